//! Which company is on which floor.

use super::form::Form;
use super::phrases::{Phrases, list};
use crate::kiosk::view::Directory;
use lodge_ui::slint::SharedString;
use lodge_ui::{Line, List, ListingForm, Picture};

pub fn form(page: &Directory, said: &Phrases) -> Form {
    let lines: Vec<Line> = page
        .tenants
        .iter()
        .map(|tenant| Line {
            title: tenant.name.text(said.language).into(),
            detail: said.with("directory-rooms", &[("rooms", &tenant.rooms.join(" · "))]),
            picture: Picture::Building,
            ..Line::default()
        })
        .collect();
    Form::Listing(ListingForm {
        title: said.text("directory"),
        nothing: match lines.is_empty() {
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
