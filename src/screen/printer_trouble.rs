//! The loan stands, the slip does not come out.

use super::Touches;
use super::phrases::Phrases;
use crate::kiosk::Touch;
use crate::kiosk::view::PrinterTrouble;
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{Kiosk, PrinterTroubleAdapter};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &PrinterTrouble) {
    let shown = kiosk.global::<PrinterTroubleAdapter<'_>>();
    shown.set_title(said.text("trouble-title"));
    shown.set_note(said.text("trouble-note"));
    shown.set_caption(said.text("number"));
    shown.set_number(page.number.as_str().into());
    shown.set_thing(said.thing(&page.thing).into());
    shown.set_due_date(said.with("please-return", &[("when", &said.when(page.due))]));
    shown.set_why(match page.trouble {
        Some(why) => said.with("slip-waiting", &[("why", &said.paper(why))]),
        None => said.text("slip-unknown"),
    });
    shown.set_done(said.text("done"));
}

pub fn forget(kiosk: &Kiosk) {
    let shown = kiosk.global::<PrinterTroubleAdapter<'_>>();
    shown.set_number(SharedString::new());
    shown.set_thing(SharedString::new());
}

pub fn connect(touches: &Touches<'_>) {
    touches
        .kiosk
        .global::<PrinterTroubleAdapter<'_>>()
        .on_finished(touches.always(Touch::End));
}
