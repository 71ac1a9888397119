//! Which company is on which floor, and which one is meant.

use super::form::{Controls, Form};
use super::phrases::{Phrases, list};
use super::wait;
use super::write::{self, Asked};
use crate::kiosk::Touch;
use crate::kiosk::view::{Directory, View};
use crate::people::directory::{TenantsFound, is_worth_typing};
use crate::people::{Bilingual, Tenant};
use lodge_ui::slint::SharedString;
use lodge_ui::{Control, Line, List, ListingForm, Picture};

pub fn form(page: &Directory, said: &Phrases, controls: &mut Controls) -> Form {
    let lines = page.tenants.iter().map(|tenant| everywhere(tenant, said));
    let ways = Ways {
        find: find(page.tenants.len(), Touch::FindTenant, said, controls),
        other: Control::default(),
    };
    companies(said.text("directory"), lines.collect(), ways, true, said)
}

/// The company that is typed, and where it is.
pub fn finding(found: &TenantsFound, said: &Phrases, view: &View) -> Form {
    let lines = found.tenants.iter().map(|tenant| everywhere(tenant, said));
    let title = said.text("directory-find");
    found_form(
        title,
        SharedString::new(),
        lines.collect(),
        found,
        said,
        view,
    )
}

/// A company and all its rooms.
pub(super) fn everywhere(tenant: &Tenant, said: &Phrases) -> Line {
    company(&tenant.name, &tenant.rooms.join(" · "), said)
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

/// The ways on from a list of companies.
pub(super) struct Ways {
    /// To type one.
    pub find: Control,
    /// Another one, where there is one.
    pub other: Control,
}

/// The way to type a company, where there are so many that it is worth it.
pub(super) fn find(
    companies: usize,
    touch: Touch,
    said: &Phrases,
    controls: &mut Controls,
) -> Control {
    match is_worth_typing(companies) {
        true => controls.control(said.text("directory-find"), Picture::Find, touch),
        false => Control::default(),
    }
}

/// The companies of the house under a heading, with the ways on. That there are none is said once they were read.
pub(super) fn companies(
    title: SharedString,
    lines: Vec<Line>,
    ways: Ways,
    is_read: bool,
    said: &Phrases,
) -> Form {
    Form::Listing(ListingForm {
        title,
        second: ways.other,
        action: ways.find,
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

/// A company is typed, and those that go with it stand over the keys.
pub(super) fn found_form(
    title: SharedString,
    caption: SharedString,
    lines: Vec<Line>,
    found: &TenantsFound,
    said: &Phrases,
    view: &View,
) -> Form {
    let caption = match found.more {
        true => said.text("directory-more"),
        false => caption,
    };
    let asked = Asked {
        title,
        // What is found needs the room of what explains.
        detail: match lines.is_empty() {
            true => said.text("directory-find-how"),
            false => SharedString::new(),
        },
        wrong: found
            .is_nobody()
            .then(|| said.text("directory-find-nothing")),
        known: (!lines.is_empty()).then_some((caption, lines)),
        second: Control::default(),
        action: Control::default(),
    };
    match &view.writing {
        Some(writing) => write::form(asked, writing, said),
        None => wait::form(said),
    }
}
