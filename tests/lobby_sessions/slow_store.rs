//! What is being written down is waited for: nobody is told that it did not work while it still may.

use super::kiosk::{Kiosk, seconds};
use crate::support::{GRACE, umbrella};
use lodge::kiosk::event::StoreHealth;
use lodge::kiosk::view::{Page, Refusal};
use lodge::kiosk::{Event, Touch};

/// Grace has touched the umbrella, and the store takes its time with it.
fn lending() -> Kiosk {
    let mut kiosk = Kiosk::open();
    kiosk.tap(GRACE);
    kiosk.store_is_slow();
    kiosk.touch(Touch::Kind(umbrella()));
    kiosk
}

fn borrowed(kiosk: &Kiosk) -> usize {
    let loans = kiosk.lobby.books.loans_of(kiosk.lobby.grace);
    loans.expect("readable").len()
}

#[test]
fn a_loan_that_takes_its_time_is_waited_for_and_then_shown() {
    let mut kiosk = lending();
    for _ in 0..20 {
        let view = kiosk.wait(seconds(7));
        assert!(matches!(view.page, Page::Wait), "{view:?}");
    }
    let view = kiosk.store_answers();
    assert!(matches!(view.page, Page::Borrowed(_)), "{view:?}");
    assert_eq!((borrowed(&kiosk), kiosk.unexpected), (1, 0));
}

#[test]
fn what_the_store_fails_at_in_the_end_did_not_work() {
    let mut kiosk = lending();
    kiosk.wait(seconds(30));
    let view = kiosk.store_fails();
    assert!(
        matches!(&view.page, Page::Refused(page) if page.why == Refusal::NotDone),
        "{view:?}"
    );
    assert_eq!((borrowed(&kiosk), kiosk.unexpected), (0, 0));
}

#[test]
fn a_page_that_would_go_home_by_itself_stays_while_something_is_written_down() {
    let mut kiosk = Kiosk::open();
    kiosk.tap(GRACE);
    kiosk.touch(Touch::Kind(umbrella()));
    kiosk.store_is_slow();
    kiosk.scan("A-20261123-0001-V");
    // What the slip stands for is read; taking the umbrella back lasts longer than the page.
    kiosk.store_answers();
    let view = kiosk.wait(seconds(60));
    assert!(matches!(view.page, Page::Wait), "{view:?}");
    let view = kiosk.store_answers();
    assert!(matches!(view.page, Page::Returned(_)), "{view:?}");
    assert_eq!((borrowed(&kiosk), kiosk.unexpected), (0, 0));
}

#[test]
fn a_store_that_closes_the_kiosk_meanwhile_still_says_what_came_of_the_loan() {
    let mut kiosk = lending();
    kiosk.wait(seconds(1));
    let fails = || Event::StoreChanged(StoreHealth::CannotWrite);
    assert!(matches!(kiosk.happens(fails()).page, Page::Wait));
    let view = kiosk.store_answers();
    assert!(matches!(view.page, Page::Borrowed(_)), "{view:?}");
    // Whatever else fails meanwhile takes the number and the due time away from nobody.
    assert!(matches!(kiosk.happens(fails()).page, Page::Borrowed(_)));
    let view = kiosk.wait(seconds(20));
    assert!(matches!(view.page, Page::OutOfService(_)), "{view:?}");
    assert_eq!(borrowed(&kiosk), 1);

    let mut kiosk = lending();
    kiosk.happens(fails());
    let view = kiosk.store_fails();
    assert!(
        matches!(&view.page, Page::Refused(page) if page.why == Refusal::NotDone),
        "{view:?}"
    );
    let view = kiosk.touch(Touch::End);
    assert!(matches!(view.page, Page::OutOfService(_)), "{view:?}");
}

#[test]
fn whoever_stands_on_any_other_page_sees_at_once_that_the_kiosk_is_closed() {
    let mut kiosk = Kiosk::open();
    kiosk.tap(GRACE);
    let view = kiosk.happens(Event::StoreChanged(StoreHealth::CannotWrite));
    assert!(matches!(view.page, Page::OutOfService(_)), "{view:?}");
}

#[test]
fn what_is_only_looked_up_keeps_nobody_waiting_for_ever() {
    let mut kiosk = Kiosk::open();
    kiosk.store_is_slow();
    kiosk.tap(GRACE);
    let view = kiosk.wait(seconds(15));
    assert!(
        matches!(&view.page, Page::Refused(page) if page.why == Refusal::NotDone),
        "{view:?}"
    );
}
