//! Mail at the touch screen: whose page stands there.

use super::kiosk::Kiosk;
use crate::support::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::Page;
use lodge::mail::PickUpCode;
use lodge::mail::flow::Stage;

/// Somebody scanned an old pick-up code on their own page, and left.
fn wrong_code_left_behind() -> Kiosk {
    let mut kiosk = Kiosk::open();
    kiosk.tap(CHEN);
    let code = PickUpCode::from_digits("123456").expect("six digits");
    let view = kiosk.scan(&code.code());
    assert!(matches!(&view.page, Page::Mail(_)), "{view:?}");
    kiosk
}

#[test]
fn whoever_taps_next_sees_their_own_mail_and_never_the_page_of_whoever_was_here() {
    let mut kiosk = wrong_code_left_behind();
    let view = kiosk.tap(GRACE);
    assert!(
        matches!(&view.page, Page::Mail(stage) if !matches!(**stage, Stage::WrongCode { .. })),
        "{view:?}"
    );
    let view = kiosk.touch(Touch::Back);
    assert!(
        matches!(view.page, Page::Home(_)),
        "not the page of Chen: {view:?}"
    );
    assert_eq!(kiosk.unexpected, 0);
}
