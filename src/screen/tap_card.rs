//! Please tap your card.

use super::form::{Controls, Form, none, notes, strong};
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::TapCard;
use lodge_ui::{MessageForm, Picture};

pub fn form(page: &TapCard, said: &Phrases, controls: &mut Controls) -> Form {
    let wanted = page.wanted.as_ref().map(|thing| {
        let text = said.with("to-borrow", &[("thing", &said.thing(thing))]);
        strong(text, picture(thing.icon))
    });
    Form::Message(MessageForm {
        picture: Picture::Reader,
        title: said.text("tap-title"),
        detail: said.text("tap-detail"),
        notes: notes(wanted),
        second: match page.typing {
            true => controls.control(
                said.text("type-card"),
                Picture::Keyboard,
                Touch::TypeInstead,
            ),
            false => none(),
        },
        ..MessageForm::default()
    })
}
