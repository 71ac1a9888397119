//! Nothing works here right now, in both languages, with the code staff look up.

use super::form::{Form, notes};
use super::phrases::Phrases;
use crate::kiosk::view::{FaultCode, OutOfService};
use lodge_ui::{MessageForm, Note, Picture, Tone};

pub fn form(page: &OutOfService, said: &Phrases) -> Form {
    let second = said.other();
    let line = |text| Note {
        text,
        ..Note::default()
    };
    let staff = said.text(match page.code {
        FaultCode::StoreCannotWrite => "fault-cannot-write",
        FaultCode::StoreDamaged => "fault-damaged",
    });
    Form::Message(MessageForm {
        picture: Picture::Wrench,
        tone: Tone::Attend,
        title: said.text("closed-title"),
        detail: said.text("closed-detail"),
        notes: notes([
            Note {
                strong: true,
                lead: true,
                ..line(second.text("closed-title"))
            },
            line(second.text("closed-detail")),
            Note {
                strong: true,
                lead: true,
                attend: true,
                ..line(page.code.code().into())
            },
            Note {
                soft: true,
                ..line(staff)
            },
        ]),
        ..MessageForm::default()
    })
}
