//! It is back.

use super::borrowed::so_far;
use super::form::{Controls, Form, note, notes};
use super::phrases::Phrases;
use crate::kiosk::Touch;
use crate::kiosk::view::Returned;
use crate::lending::BroughtBy;
use lodge_ui::{MessageForm, Note, Picture};

pub fn form(page: &Returned, said: &Phrases, controls: &mut Controls) -> Form {
    let mut remarks = Vec::new();
    if page.awaiting_check {
        remarks.push(Note {
            text: said.text("returned-to-desk"),
            picture: Picture::Attend,
            attend: true,
            strong: true,
            ..Note::default()
        });
    }
    let info = |text| note(text, Picture::Info);
    remarks.push(info(
        said.with("returned-number", &[("number", &page.number)]),
    ));
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
        title: said.text(match page.in_place {
            true => "in-place-over",
            false => "returned-title",
        }),
        detail: said.thing(&page.thing).into(),
        notes: notes(remarks),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}
