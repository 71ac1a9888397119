//! The host said yes to a visitor.

use super::form::{Controls, Form};
use super::phrases::Phrases;
use crate::kiosk::Touch;
use lodge_ui::{MessageForm, Picture};

pub fn form(said: &Phrases, controls: &mut Controls) -> Form {
    Form::Message(MessageForm {
        picture: Picture::Person,
        title: said.text("visit-said-yes"),
        detail: said.text("visit-said-detail"),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}
