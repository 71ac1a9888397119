//! With which contractor somebody goes who takes a key.

use crate::keys::Inside;
use crate::keys::flow::{Along, Touch as KeyTouch};
use crate::kiosk::Touch;
use crate::screen::form::{Controls, Form, attend};
use crate::screen::phrases::{Phrases, list, shown};
use lodge_ui::slint::SharedString;
use lodge_ui::{Line, List, ListingForm, Note, Picture};

/// Those who are inside, as far as others may read over a shoulder, and whoever is not among them.
pub fn choosing(inside: &[Inside], said: &Phrases, controls: &mut Controls) -> Form {
    let lines: Vec<Line> = inside
        .iter()
        .map(|inside| Line {
            title: shown(&inside.name.masked(said.language)),
            detail: inside.company.as_str().into(),
            picture: Picture::Contractor,
            touch: controls.add(Touch::Keys(KeyTouch::With(inside.person))),
            ..Line::default()
        })
        .collect();
    Form::Listing(ListingForm {
        title: said.text("key-contractor-title"),
        detail: said.text("key-contractor-choose"),
        lists: list([List {
            title: SharedString::new(),
            lines: list(lines),
        }]),
        second: controls.control(
            said.text("key-contractor-another"),
            Picture::Contractor,
            Touch::Keys(KeyTouch::WithAnother),
        ),
        ..ListingForm::default()
    })
}

/// Whom the holder goes along with, before they say yes.
pub fn remark(along: &Along, said: &Phrases) -> Note {
    let name = match along {
        Along::Inside(inside) => inside.name.masked(said.language),
        Along::Named(name) => name.clone(),
    };
    let words = said.with("key-goes-along", &[("name", &name)]);
    attend(words, Picture::Contractor)
}
