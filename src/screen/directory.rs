//! Which company is on which floor.

use super::form::Form;
use super::phrases::{Phrases, list};
use crate::kiosk::view::Directory;
use crate::people::Bilingual;
use lodge_ui::slint::SharedString;
use lodge_ui::{Control, Line, List, ListingForm, Picture};

pub fn form(page: &Directory, said: &Phrases) -> Form {
    let tenants = page.tenants.iter();
    let lines = tenants.map(|tenant| company(&tenant.name, &tenant.rooms.join(" · "), said));
    let nowhere = Control::default();
    companies(said.text("directory"), lines.collect(), nowhere, true, said)
}

/// A company and where it is.
pub(super) fn company(name: &Bilingual, rooms: &str, said: &Phrases) -> Line {
    Line {
        title: name.text(said.language).into(),
        detail: said.with("directory-rooms", &[("rooms", rooms)]),
        picture: Picture::Building,
        ..Line::default()
    }
}

/// The companies of the house under a heading, with another way on where there is one. That there are none is said once they were read.
pub(super) fn companies(
    title: SharedString,
    lines: Vec<Line>,
    second: Control,
    is_read: bool,
    said: &Phrases,
) -> Form {
    Form::Listing(ListingForm {
        title,
        second,
        nothing: match is_read && lines.is_empty() {
            true => said.text("directory-nothing"),
            false => SharedString::new(),
        },
        lists: list([List {
            title: SharedString::new(),
            lines: list(lines),
        }]),
        ..ListingForm::default()
    })
}
