//! Please scan the tag of the thing to borrow.

use super::form::{Controls, Form, notes, strong};
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::ScanTag;
use lodge_ui::{MessageForm, Picture};

pub fn form(page: &ScanTag, said: &Phrases, controls: &mut Controls) -> Form {
    let text = said.with("to-borrow", &[("thing", &said.thing(&page.wanted))]);
    Form::Message(MessageForm {
        picture: Picture::Scan,
        title: said.text("scan-title"),
        detail: said.text("scan-detail"),
        notes: notes([strong(text, picture(page.wanted.icon))]),
        second: controls.control(
            said.text("type-number"),
            Picture::Keyboard,
            Touch::TypeInstead,
        ),
        ..MessageForm::default()
    })
}
