//! The desk was called.

use super::form::{Controls, Form};
use super::phrases::Phrases;
use crate::kiosk::Touch;
use lodge_ui::{MessageForm, Picture};

pub fn form(said: &Phrases, controls: &mut Controls) -> Form {
    Form::Message(MessageForm {
        picture: Picture::Bell,
        title: said.text("desk-called"),
        detail: said.text("desk-called-detail"),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}
