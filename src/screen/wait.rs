//! One moment: an answer is on its way.

use super::form::Form;
use super::phrases::Phrases;
use lodge_ui::{MessageForm, Picture};

pub fn form(said: &Phrases) -> Form {
    Form::Message(MessageForm {
        picture: Picture::Wait,
        title: said.text("wait"),
        ..MessageForm::default()
    })
}
