//! Please scan what you bring back.

use super::Touches;
use super::my_page;
use super::phrases::{Phrases, list};
use crate::kiosk::Touch;
use crate::kiosk::view::{GiveBack, Page};
use lodge_ui::slint::ComponentHandle;
use lodge_ui::{GiveBackAdapter, Kiosk};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &GiveBack) {
    let shown = kiosk.global::<GiveBackAdapter<'_>>();
    shown.set_title(said.text("give-back-title"));
    shown.set_detail(said.text("give-back-detail"));
    shown.set_loans_title(said.text("my-loans"));
    shown.set_loans(list(
        page.loans.iter().map(|line| my_page::loan(line, said)),
    ));
    shown.set_type_instead(said.text("type-number"));
}

pub fn forget(kiosk: &Kiosk) {
    kiosk.global::<GiveBackAdapter<'_>>().set_loans(list([]));
}

pub fn connect(touches: &Touches<'_>) {
    let shown = touches.kiosk.global::<GiveBackAdapter<'_>>();
    shown.on_loan(touches.on_page(|page, line| match page {
        Page::GiveBack(page) => page.loans.get(line).map(|loan| Touch::Loan(loan.loan)),
        _ => None,
    }));
    shown.on_type_number(touches.always(Touch::TypeInstead));
}
