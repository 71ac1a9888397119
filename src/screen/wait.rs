//! One moment.

use super::phrases::Phrases;
use lodge_ui::slint::ComponentHandle;
use lodge_ui::{Kiosk, WaitAdapter};

pub fn show(kiosk: &Kiosk, said: &Phrases) {
    let wait = kiosk.global::<WaitAdapter<'_>>();
    wait.set_title(said.text("wait"));
}
