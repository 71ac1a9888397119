//! It is back, and something is asked about it: is everything there, is it whole, is it wiped.

use super::form::{Controls, Form};
use super::phrases::{Phrases, list};
use crate::kiosk::Touch;
use crate::kiosk::view::{Asking, PointLine};
use crate::lending::Question;
use crate::lending::flow::Touch as LendingTouch;
use lodge_ui::slint::SharedString;
use lodge_ui::{Check, ChecksForm, Control, Picture};

pub fn form(page: &Asking, said: &Phrases, controls: &mut Controls) -> Form {
    let checks: Vec<Check> = page
        .points
        .iter()
        .map(|point| check(point, said, controls))
        .collect();
    let open = page.points.iter().filter(|point| point.yes.is_none());
    let open = u32::try_from(open.count()).unwrap_or(u32::MAX);
    Form::Checks(ChecksForm {
        title: said.text("asking-title"),
        detail: said.with("asking-detail", &[("thing", &said.thing(&page.thing))]),
        checks: list(checks),
        missing: match open {
            0 => SharedString::new(),
            open => said.count("key-points-left", open),
        },
        action: match open {
            0 => controls.control(
                said.text("done"),
                Picture::Done,
                Touch::Lending(LendingTouch::Said),
            ),
            _ => Control::default(),
        },
    })
}

fn check(point: &PointLine, said: &Phrases, controls: &mut Controls) -> Check {
    let mut say = |word, yes| {
        controls.control(
            said.text(word),
            Picture::None,
            Touch::Lending(LendingTouch::Say(point.question, yes)),
        )
    };
    Check {
        yes: say("yes", true),
        no: say("no", false),
        said_yes: point.yes == Some(true),
        said_no: point.yes == Some(false),
        text: match (point.question, &point.part) {
            (Question::Whole, _) => said.text("asking-whole"),
            (Question::Wiped, _) => said.text("asking-wiped"),
            (Question::Part(_), Some(part)) => {
                said.with("asking-part", &[("part", part.text(said.language))])
            }
            // Its kind has fewer parts by now than when it went out.
            (Question::Part(_), None) => said.text("asking-all-parts"),
        },
    }
}
