//! It is yours.

use super::Touches;
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::{Borrowed, SlipStage};
use crate::words::dates;
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{BorrowedAdapter, Kiosk};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &Borrowed) {
    let shown = kiosk.global::<BorrowedAdapter<'_>>();
    let said = Phrases {
        today: page.today,
        ..*said
    };
    shown.set_title(said.text("borrowed-title"));
    shown.set_caption(said.text("number"));
    shown.set_number(page.number.as_str().into());
    shown.set_thing(said.thing(&page.thing).into());
    shown.set_picture(picture(page.thing.icon));
    shown.set_due(said.with("please-return", &[("when", &said.when(page.due))]));
    shown.set_due_date(dates::day_time(said.language, page.due).into());
    shown.set_slip(match page.slip {
        SlipStage::None => SharedString::new(),
        SlipStage::Printing => said.text("slip-printing"),
        SlipStage::Printed => said.text("slip-printed"),
        SlipStage::Unknown => said.text("slip-unknown"),
        SlipStage::Waiting(why) => said.with("slip-waiting", &[("why", &said.paper(why))]),
    });
    let attend = matches!(page.slip, SlipStage::Unknown | SlipStage::Waiting(_));
    shown.set_slip_attend(attend);
    shown.set_done(said.text("done"));
}

pub fn forget(kiosk: &Kiosk) {
    let shown = kiosk.global::<BorrowedAdapter<'_>>();
    shown.set_number(SharedString::new());
    shown.set_thing(SharedString::new());
}

pub fn connect(touches: &Touches<'_>) {
    touches
        .kiosk
        .global::<BorrowedAdapter<'_>>()
        .on_finished(touches.always(Touch::End));
}
