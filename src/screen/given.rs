//! It is yours for good; or you keep it longer.

use super::borrowed::{another, so_far};
use super::form::{Controls, Form, notes, strong};
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::{Given, Renewed};
use lodge_ui::{MessageForm, Picture};

pub fn given(page: &Given, said: &Phrases, controls: &mut Controls) -> Form {
    Form::Message(MessageForm {
        picture: picture(page.thing.icon),
        title: said.text("given-title"),
        detail: said.with("given-detail", &[("thing", &said.thing(&page.thing))]),
        notes: notes(so_far("so-far-lent", &page.before, said)),
        second: another(page.more, said, controls),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

pub fn renewed(page: &Renewed, said: &Phrases, controls: &mut Controls) -> Form {
    let due = said.with("please-return", &[("when", &said.when(page.due))]);
    Form::Message(MessageForm {
        picture: picture(page.thing.icon),
        title: said.text("renewed-title"),
        detail: said.thing(&page.thing).into(),
        notes: notes([strong(due, Picture::Clock)]),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}
