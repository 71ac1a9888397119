//! It is back.

use super::Touches;
use super::phrases::{Phrases, list};
use crate::kiosk::Touch;
use crate::kiosk::view::Returned;
use crate::lending::BroughtBy;
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{Kiosk, ReturnedAdapter};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &Returned) {
    let shown = kiosk.global::<ReturnedAdapter<'_>>();
    shown.set_title(said.text("returned-title"));
    shown.set_thing(said.thing(&page.thing).into());
    let mut remarks = vec![said.with("returned-number", &[("number", &page.number)])];
    if page.brought_by == BroughtBy::AnotherPerson {
        remarks.push(said.text("returned-by-another"));
    }
    if page.late {
        remarks.push(said.text("returned-late"));
    }
    shown.set_remarks(list(remarks));
    shown.set_next(match page.awaiting_check {
        true => said.text("returned-to-desk"),
        false => SharedString::new(),
    });
    shown.set_done(said.text("done"));
}

pub fn forget(kiosk: &Kiosk) {
    let shown = kiosk.global::<ReturnedAdapter<'_>>();
    shown.set_thing(SharedString::new());
    shown.set_remarks(list([]));
}

pub fn connect(touches: &Touches<'_>) {
    touches
        .kiosk
        .global::<ReturnedAdapter<'_>>()
        .on_finished(touches.always(Touch::End));
}
