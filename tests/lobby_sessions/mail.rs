//! Mail at the touch screen: whose page stands there.

use super::kiosk::Kiosk;
use crate::support::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::Page;
use lodge::mail::desk::Intake;
use lodge::mail::flow::Stage;
use lodge::mail::{Addressee, MailKind, PickUpCode};
use lodge::people::{Language, Role};
use lodge::store::journal::Actor;

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

#[test]
fn whoever_scans_the_label_of_a_parcel_still_shows_who_they_are() {
    let mut kiosk = Kiosk::open();
    let desk = kiosk.lobby.employ("李静华", Role::Receptionist);
    let intake = Intake {
        addressee: Addressee::Person(kiosk.lobby.grace),
        kind: MailKind::Letter,
        shelf: "B-04".to_owned(),
        tracking: String::new(),
    };
    let (terms, at) = (kiosk.house.mail.clone(), kiosk.now);
    let books = &mut kiosk.lobby.books;
    let taken = books.take_mail_in(
        &intake,
        &terms,
        Language::Chinese,
        Actor {
            person: Some(desk),
            card: None,
        },
        at,
    );
    let number = taken.expect("writable").expect("taken in").number;
    let view = kiosk.scan(&number.code());
    let Page::Mail(stage) = &view.page else {
        panic!("{view:?}")
    };
    assert!(matches!(**stage, Stage::Presenting { .. }), "{stage:?}");
    // Somebody else's card offers nothing of it, hers does.
    for (card, pieces) in [(CHEN, 0), (GRACE, 1)] {
        kiosk.scan(&number.code());
        let view = kiosk.tap(card);
        let offered = format!("{:?}", view.page).matches("B-04").count();
        assert_eq!(offered, pieces, "{view:?}");
        kiosk.touch(Touch::End);
    }
    assert_eq!(kiosk.unexpected, 0);
}
