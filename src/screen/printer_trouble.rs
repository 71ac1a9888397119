//! The loan stands, the slip does not come out.

use super::form::{Controls, Form, attend, notes, strong};
use super::phrases::Phrases;
use crate::kiosk::Touch;
use crate::kiosk::view::PrinterTrouble;
use lodge_ui::{MessageForm, Picture, Tone};

pub fn form(page: &PrinterTrouble, said: &Phrases, controls: &mut Controls) -> Form {
    let due = said.with("please-return", &[("when", &said.when(page.due))]);
    let why = match page.trouble {
        Some(why) => said.with("slip-waiting", &[("why", &said.paper(why))]),
        None => said.text("slip-unknown"),
    };
    Form::Message(MessageForm {
        picture: Picture::Printer,
        tone: Tone::Attend,
        title: said.text("trouble-title"),
        detail: said.text("trouble-note"),
        caption: said.text("number"),
        number: page.number.as_str().into(),
        below: said.thing(&page.thing).into(),
        notes: notes([strong(due, Picture::Clock), attend(why, Picture::Attend)]),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}
