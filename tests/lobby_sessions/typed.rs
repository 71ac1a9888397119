//! Numbers follow one another: whoever types one need not hold what it stands on.

use super::keys::{GUARD, Hooks, TECHNICIAN, stage};
use super::kiosk::Kiosk;
use crate::support::*;
use lodge::keys::KeyReturnRefusal;
use lodge::keys::flow::Stage as KeyStage;
use lodge::kiosk::view::Page;
use lodge::kiosk::{Touch, View};
use lodge::slips::SlipNumber;
use lodge::visits::VisitState;
use lodge::visits::flow::{Proven, Stage as VisitStage, Way};

/// The pages where the number of a tag may be typed.
const PAGES: [&[Touch]; 2] = [&[Touch::GiveBack], &[Touch::Borrow]];

fn types(kiosk: &mut Kiosk, page: &[Touch], number: &SlipNumber) -> View {
    for touch in page {
        kiosk.touch(touch.clone());
    }
    if page == [Touch::Borrow] {
        kiosk.touch(Touch::Kind(pc()));
    }
    kiosk.touch(Touch::TypeInstead);
    kiosk.type_in(&number.to_string())
}

#[test]
fn the_number_of_a_visit_typed_where_a_tag_is_asked_for_proves_nothing() {
    for page in PAGES {
        let mut kiosk = Kiosk::open();
        let (visit, number) = kiosk.courier_waits();
        kiosk.grace_says(visit, true);
        let view = types(&mut kiosk, page, &number);
        let asked = VisitStage::ProvingNumber {
            way: Way::Out,
            number: number.clone(),
            typed: String::new(),
            is_wrong: false,
        };
        let Page::Visits(stage) = &view.page else {
            panic!("{view:?}")
        };
        assert_eq!(**stage, asked, "the end of the telephone number is asked");
        kiosk.touch(Touch::End);
        let standing = kiosk.lobby.books.proven(&number, Some("0001"));
        let approved = Proven::Stands(VisitState::Admitted);
        assert_eq!(standing.expect("readable"), approved, "still out there");
        // The slip itself says who holds it.
        let view = kiosk.scan(&number.to_string());
        assert!(
            matches!(&view.page, Page::Visits(stage) if !matches!(**stage, VisitStage::ProvingNumber { .. }))
        );
        assert_eq!(kiosk.unexpected, 0);
    }
}

#[test]
fn a_key_comes_back_by_its_tag_or_by_a_card_of_staff_never_by_a_typed_number() {
    let mut hooks = Hooks::open();
    hooks.take_plain();
    hooks.kiosk.touch(Touch::End);
    let typed = |hooks: &mut Hooks, number: Option<u64>| {
        if let Some(number) = number {
            hooks.kiosk.tap(number);
        }
        hooks.kiosk.touch(Touch::GiveBack);
        hooks.kiosk.touch(Touch::TypeInstead);
        let view = hooks.kiosk.type_in("KEY-0012");
        let stage = stage(&view).clone();
        hooks.kiosk.touch(Touch::End);
        stage
    };
    for nobody in [None, Some(CHEN)] {
        let refused = KeyStage::RefusedReturn(KeyReturnRefusal::TagNotScanned);
        assert_eq!(typed(&mut hooks, nobody), refused, "{nobody:?}");
    }
    for staff in [TECHNICIAN, GUARD] {
        let asked = typed(&mut hooks, Some(staff));
        assert!(matches!(asked, KeyStage::Returning { .. }), "{asked:?}");
    }
    let scanned = hooks.kiosk.scan("KEY-0012");
    assert!(matches!(stage(&scanned), KeyStage::Returning { .. }));
}
