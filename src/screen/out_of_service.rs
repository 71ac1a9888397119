//! Nothing works here right now, in both languages.

use super::phrases::Phrases;
use crate::kiosk::view::{FaultCode, OutOfService};
use lodge_ui::slint::ComponentHandle;
use lodge_ui::{Kiosk, OutOfServiceAdapter};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &OutOfService) {
    let shown = kiosk.global::<OutOfServiceAdapter<'_>>();
    let second = said.other();
    shown.set_title(said.text("closed-title"));
    shown.set_detail(said.text("closed-detail"));
    shown.set_title_second(second.text("closed-title"));
    shown.set_detail_second(second.text("closed-detail"));
    shown.set_code(page.code.code().into());
    shown.set_staff(said.text(match page.code {
        FaultCode::StoreCannotWrite => "fault-cannot-write",
        FaultCode::StoreDamaged => "fault-damaged",
    }));
}
