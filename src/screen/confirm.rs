//! Terms to agree to.

use super::Touches;
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::Confirm;
use crate::words;
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{ConfirmAdapter, Kiosk};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &Confirm) {
    let shown = kiosk.global::<ConfirmAdapter<'_>>();
    shown.set_title(said.with("confirm-title", &[("name", &page.name)]));
    shown.set_thing(said.with("to-borrow", &[("thing", &said.thing(&page.thing))]));
    shown.set_picture(picture(page.thing.icon));
    shown.set_due(said.with("please-return", &[("when", &said.when(page.due))]));
    shown.set_deposit(match page.deposit_fen {
        0 => SharedString::new(),
        fen => said.with("confirm-deposit", &[("amount", &words::money(fen))]),
    });
    shown.set_agree(said.text("confirm"));
}

pub fn forget(kiosk: &Kiosk) {
    let shown = kiosk.global::<ConfirmAdapter<'_>>();
    shown.set_title(SharedString::new());
    shown.set_thing(SharedString::new());
}

pub fn connect(touches: &Touches<'_>) {
    touches
        .kiosk
        .global::<ConfirmAdapter<'_>>()
        .on_agreed(touches.always(Touch::Agree));
}
