//! Who somebody is: first time, here before, with a code; and what brings them.

use super::super::form::{Controls, Form};
use super::super::phrases::{Phrases, list};
use super::super::write::Asked;
use super::{type_of, written};
use crate::kiosk::Touch;
use crate::kiosk::view::View;
use crate::visits::VisitorType;
use crate::visits::flow::{Draft, Touch as VisitTouch};
use chrono::{DateTime, TimeDelta, Utc};
use lodge_ui::slint::SharedString;
use lodge_ui::{Choice, MenuForm, MessageForm, Picture, Tone};

pub(super) fn arriving(said: &Phrases, controls: &mut Controls) -> Form {
    let mut tile = |title: &'static str, second: &'static str, picture, filled, touch| Choice {
        title: said.text(title),
        second: said.text(second),
        picture,
        filled,
        dim: false,
        touch: controls.add(Touch::Visits(touch)),
    };
    let tiles = [
        tile(
            "visit-first-time",
            "visit-first-time-how",
            Picture::Keyboard,
            true,
            VisitTouch::FirstTime,
        ),
        tile(
            "visit-been-here",
            "visit-been-here-how",
            Picture::People,
            false,
            VisitTouch::BeenHere,
        ),
        tile(
            "visit-by-code",
            "visit-by-code-how",
            Picture::Expected,
            false,
            VisitTouch::ByCode,
        ),
        tile(
            "visit-by-number",
            "visit-by-number-how",
            Picture::Wait,
            false,
            VisitTouch::ByNumber,
        ),
    ];
    Form::Menu(MenuForm {
        title: said.text("visit-arriving"),
        detail: said.text("visit-arriving-how"),
        tiles: list(tiles),
        ..MenuForm::default()
    })
}

pub(super) fn types(said: &Phrases, controls: &mut Controls) -> Form {
    let tiles: Vec<Choice> = VisitorType::ALL
        .into_iter()
        .map(|of| {
            let (word, picture) = type_of(of);
            Choice {
                title: said.text(word),
                second: SharedString::new(),
                picture,
                filled: of == VisitorType::Guest,
                dim: false,
                touch: controls.add(Touch::Visits(VisitTouch::Type(of))),
            }
        })
        .collect();
    Form::Menu(MenuForm {
        title: said.text("visit-types"),
        detail: said.text("visit-types-detail"),
        tiles: list(tiles),
        ..MenuForm::default()
    })
}

/// The name that goes with the digits; where it is not found, the way of a first visit stands open.
pub(super) fn naming(is_wrong: bool, said: &Phrases, view: &View, controls: &mut Controls) -> Form {
    let asked = Asked {
        title: said.text("visit-name-of-tail"),
        detail: said.text("visit-name-of-tail-how"),
        wrong: is_wrong.then(|| said.text("visit-not-found-again")),
        known: None,
        second: controls.control(
            said.text("visit-first-time"),
            Picture::Keyboard,
            Touch::Visits(VisitTouch::FirstTime),
        ),
        action: controls.control(said.text("next"), Picture::Done, Touch::Enter),
    };
    written(asked, said, view)
}

pub(super) fn it_is_me(draft: &Draft, said: &Phrases, controls: &mut Controls) -> Form {
    let masked = draft.familiar.as_ref().map(|known| &known.masked);
    let name = masked.map_or("", |masked| masked.text(said.language));
    Form::Message(MessageForm {
        picture: Picture::Person,
        title: said.with("visit-is-it-you", &[("name", name)]),
        second: controls.control(
            said.text("visit-not-me"),
            Picture::Back,
            Touch::Visits(VisitTouch::No),
        ),
        action: controls.control(
            said.text("visit-it-is-me"),
            Picture::Done,
            Touch::Visits(VisitTouch::Yes),
        ),
        ..MessageForm::default()
    })
}

pub(super) fn paused(
    until: DateTime<Utc>,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    // Nobody waits for a second: the next whole minute is soon enough.
    let whole = (until + TimeDelta::milliseconds(59_999))
        .with_timezone(&view.zone)
        .format("%H:%M");
    Form::Message(MessageForm {
        picture: Picture::Wait,
        tone: Tone::Attend,
        title: said.text("visit-paused"),
        detail: said.with("visit-paused-detail", &[("time", &whole.to_string())]),
        action: controls.control(said.text("end"), Picture::End, Touch::End),
        ..MessageForm::default()
    })
}
