//! Please scan the tag of the thing to borrow.

use super::Touches;
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::ScanTag;
use lodge_ui::slint::ComponentHandle;
use lodge_ui::{Kiosk, ScanTagAdapter};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &ScanTag) {
    let shown = kiosk.global::<ScanTagAdapter<'_>>();
    shown.set_title(said.text("scan-title"));
    shown.set_detail(said.text("scan-detail"));
    let thing = said.thing(&page.wanted);
    shown.set_wanted(said.with("to-borrow", &[("thing", &thing)]));
    shown.set_wanted_picture(picture(page.wanted.icon));
    shown.set_type_instead(said.text("type-number"));
}

pub fn connect(touches: &Touches<'_>) {
    let shown = touches.kiosk.global::<ScanTagAdapter<'_>>();
    shown.on_type_number(touches.always(Touch::TypeInstead));
}
