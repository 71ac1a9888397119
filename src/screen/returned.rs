//! It is back.

use super::borrowed::so_far;
use super::form::{Controls, Form, note, notes};
use super::phrases::Phrases;
use crate::kiosk::Touch;
use crate::kiosk::view::Returned;
use crate::lending::BroughtBy;
use lodge_ui::{MessageForm, Picture, Tone};

pub fn form(page: &Returned, said: &Phrases, controls: &mut Controls) -> Form {
    let info = |text| note(text, Picture::Info);
    let mut remarks = vec![info(
        said.with("returned-number", &[("number", &page.number)]),
    )];
    // Where it was lost, nothing else about its coming matters.
    if page.turned_up {
        remarks.push(info(said.text("returned-turned-up")));
    } else if page.brought_by == BroughtBy::AnotherPerson {
        remarks.push(info(said.text("returned-by-another")));
    }
    if page.late && !page.turned_up {
        remarks.push(info(said.text("returned-late")));
    }
    remarks.extend(so_far("so-far-back", &page.before, said));
    Form::Message(MessageForm {
        picture: match page.awaiting_check {
            true => Picture::HandedOver,
            false => Picture::Done,
        },
        tone: match page.awaiting_check {
            true => Tone::Attend,
            false => Tone::default(),
        },
        // What is still to be done comes first.
        title: said.text(match (page.awaiting_check, page.in_place) {
            (true, _) => "returned-to-desk",
            (false, true) => "in-place-over",
            (false, false) => "returned-title",
        }),
        detail: match page.awaiting_check {
            true => said.with(
                "returned-to-desk-detail",
                &[("thing", &said.thing(&page.thing))],
            ),
            false => said.thing(&page.thing).into(),
        },
        notes: notes(remarks),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}
