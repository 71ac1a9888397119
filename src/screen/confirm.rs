//! Terms to agree to before a loan.

use super::form::{Controls, Form, note, notes, strong};
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::Confirm;
use crate::words;
use lodge_ui::{MessageForm, Picture};

pub fn form(page: &Confirm, said: &Phrases, controls: &mut Controls) -> Form {
    let due = said.with("please-return", &[("when", &said.when(page.due))]);
    let deposit = (page.deposit_fen > 0).then(|| {
        let amount = words::money(page.deposit_fen);
        note(
            said.with("confirm-deposit", &[("amount", &amount)]),
            Picture::Info,
        )
    });
    Form::Message(MessageForm {
        picture: picture(page.thing.icon),
        title: said.with("confirm-title", &[("name", &page.name)]),
        detail: said.with("to-borrow", &[("thing", &said.thing(&page.thing))]),
        notes: notes([strong(due, Picture::Clock)].into_iter().chain(deposit)),
        action: controls.control(said.text("confirm"), Picture::Done, Touch::Agree),
        ..MessageForm::default()
    })
}
