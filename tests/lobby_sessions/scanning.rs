//! Scanners that read on command: when they are told to read.

use super::kiosk::{Kiosk, seconds};
use crate::support::*;
use lodge::kiosk::event::StoreHealth;
use lodge::kiosk::view::Page;
use lodge::kiosk::{Event, Touch};

const NOTHING: [bool; 0] = [];

/// A kiosk whose scanner reads on command.
fn kiosk() -> Kiosk {
    let mut kiosk = Kiosk::open();
    kiosk.house.codes_on_command = true;
    kiosk
}

fn told(kiosk: &mut Kiosk) -> Vec<bool> {
    std::mem::take(&mut kiosk.told_to_read)
}

#[test]
fn the_scanner_reads_from_the_first_touch_until_the_person_is_done() {
    let mut kiosk = kiosk();
    kiosk.wait(seconds(3600));
    assert_eq!(told(&mut kiosk), NOTHING, "nobody is there");
    // Return, collecting, signing out: each page that asks for a code, and every way away from it.
    for touch in [
        Touch::GiveBack,
        Touch::CollectMail,
        Touch::SignOut,
        Touch::SignIn,
    ] {
        kiosk.touch(touch.clone());
        assert_eq!(told(&mut kiosk), [true], "{touch:?}");
        kiosk.touch(Touch::End);
        assert_eq!(told(&mut kiosk), [false], "{touch:?}");
        assert!(
            kiosk.timers.len() < 2,
            "only the minute: {:?}",
            kiosk.timers
        );
    }
    kiosk.tap(GRACE);
    assert_eq!(told(&mut kiosk).first(), Some(&true), "My page");
    kiosk.touch(Touch::End);
    assert_eq!(told(&mut kiosk), [false]);
    // Who just goes away is done when the page is.
    kiosk.touch(Touch::GiveBack);
    kiosk.wait(seconds(120));
    let told = told(&mut kiosk);
    assert!(matches!(kiosk.sees().page, Page::Home(_)));
    assert_eq!(told.last(), Some(&false));
    kiosk.wait(seconds(3600));
    assert_eq!(kiosk.told_to_read, NOTHING);
}

#[test]
fn a_scanner_that_has_read_or_has_had_enough_is_told_to_read_on() {
    let mut kiosk = kiosk();
    kiosk.touch(Touch::GiveBack);
    assert_eq!(told(&mut kiosk), [true]);
    kiosk.scan("NO-SUCH-THING");
    assert_eq!(told(&mut kiosk)[..1], [true], "a code ends its reading");
    told(&mut kiosk);
    kiosk.wait(seconds(2));
    assert_eq!(told(&mut kiosk), NOTHING);
    kiosk.wait(seconds(1));
    assert_eq!(told(&mut kiosk), [true], "it has had enough by now");
    kiosk.wait(seconds(9));
    assert_eq!(told(&mut kiosk), [true, true, true]);
    assert_eq!(kiosk.unexpected, 0);
}

#[test]
fn a_code_is_what_it_is_with_a_scanner_that_reads_on_command() {
    let mut kiosk = kiosk();
    kiosk.tap(GRACE);
    let view = kiosk.touch(Touch::Kind(umbrella()));
    let Page::Borrowed(borrowed) = view.page else {
        panic!("{view:?}")
    };
    kiosk.touch(Touch::End);
    kiosk.touch(Touch::GiveBack);
    told(&mut kiosk);
    let code = borrowed.number.clone();
    let view = kiosk.scan(&code);
    assert!(matches!(view.page, Page::Returned(_)), "{view:?}");
    assert_eq!(told(&mut kiosk), [true], "for the next one");
}

#[test]
fn a_closed_kiosk_reads_nothing_and_a_scanner_that_reads_by_itself_is_told_nothing() {
    let mut kiosk = kiosk();
    kiosk.touch(Touch::GiveBack);
    kiosk.happens(Event::StoreChanged(StoreHealth::CannotWrite));
    assert_eq!(told(&mut kiosk), [true, false]);
    kiosk.wait(seconds(60));
    assert_eq!(told(&mut kiosk), NOTHING);
    let mut by_itself = Kiosk::open();
    by_itself.touch(Touch::GiveBack);
    by_itself.scan("NO-SUCH-THING");
    by_itself.wait(seconds(60));
    assert_eq!(told(&mut by_itself), NOTHING);
}
