//! Lending at the touch screen: what is said at a return and then left, and what leads on after a no.

use super::kiosk::{Kiosk, seconds};
use crate::journal_rows;
use crate::support::*;
use chrono::TimeDelta;
use lodge::kiosk::event::DeviceChange;
use lodge::kiosk::view::{Page, Refusal, Reserving};
use lodge::kiosk::{Event, Touch, View};
use lodge::lending::flow::Touch as LendingTouch;
use lodge::lending::flow::reserving::Order;
use lodge::lending::slots::Slot;
use lodge::lending::{Asks, LendRefusal, Question, ReserveRefusal, ThingState};
use lodge::matters::Cause;
use lodge::people::{NotRead, ReaderName};

fn say(question: Question, yes: bool) -> Touch {
    Touch::Lending(LendingTouch::Say(question, yes))
}

/// A PC is back, and two questions stand on the screen.
fn asked() -> Kiosk {
    let mut kiosk = Kiosk::open();
    kiosk.house.kinds[1].policy.asks = Asks {
        condition: true,
        wiped: true,
    };
    kiosk.tap(GRACE);
    kiosk.scan("PC-01");
    kiosk.touch(Touch::End);
    let view = kiosk.scan("PC-01");
    assert!(matches!(view.page, Page::Asking(_)), "{view:?}");
    kiosk
}

fn causes(kiosk: &Kiosk) -> Vec<Cause> {
    let open = kiosk.lobby.books.open_matters().expect("readable");
    open.iter().map(|matter| matter.cause).collect()
}

/// Who said what was said about returns, in the journal.
fn tellers(kiosk: &Kiosk) -> Vec<Option<String>> {
    let mut tellers = Vec::new();
    let read = kiosk.lobby.books.journal(|entry| {
        if entry.kind == "answered" {
            tellers.push(entry.person);
        }
        Ok(())
    });
    read.expect("readable");
    tellers
}

/// A way to leave a page.
type Leave = (&'static str, fn(&mut Kiosk));

/// Every way to leave one before it is done.
fn leaves() -> [Leave; 6] {
    [
        ("end", |kiosk| drop(kiosk.touch(Touch::End))),
        ("idle", |kiosk| drop(kiosk.wait(seconds(70)))),
        ("another card", |kiosk| drop(kiosk.tap(CHEN))),
        ("a lost card", |kiosk| drop(kiosk.tap(LOST))),
        ("another scan", |kiosk| drop(kiosk.scan("PC-02"))),
        ("the desk is called", |kiosk| {
            drop(kiosk.touch(Touch::CallDesk))
        }),
    ]
}

#[test]
fn a_damage_told_at_a_return_is_written_down_however_the_page_is_left() {
    for (manner, leave) in leaves() {
        let mut kiosk = asked();
        kiosk.touch(say(Question::Whole, false));
        assert_eq!(causes(&kiosk), [], "they may still think better of it");
        leave(&mut kiosk);
        let found = causes(&kiosk);
        let damaged = found.iter().filter(|cause| **cause == Cause::ThingDamaged);
        assert_eq!(damaged.count(), 1, "{manner}: {found:?}");
        let loans = kiosk.lobby.books.loans_of(kiosk.lobby.grace);
        assert!(loans.expect("readable").is_empty(), "the return stands");
        assert_eq!(tellers(&kiosk), [None], "{manner}: nobody tapped a card");
        let rows = journal_rows(&kiosk);
        kiosk.wait(seconds(200));
        assert_eq!(journal_rows(&kiosk), rows, "{manner}: once");
        assert_eq!(kiosk.unexpected, 0, "{manner}");
    }
}

#[test]
fn whoever_says_nothing_of_a_return_leaves_nothing_but_the_return() {
    for (manner, leave) in leaves() {
        let mut kiosk = asked();
        let rows = journal_rows(&kiosk);
        leave(&mut kiosk);
        let more = journal_rows(&kiosk) - rows;
        let called = usize::from(manner == "the desk is called");
        assert_eq!(more, called, "{manner}");
    }
}

#[test]
fn answers_are_written_once_where_all_are_given_and_a_card_that_was_not_read_loses_none() {
    let mut kiosk = asked();
    kiosk.touch(say(Question::Wiped, false));
    let rows = journal_rows(&kiosk);
    let reader = ReaderName("front".to_owned());
    let view = kiosk.happens(Event::CardNotRead(reader, NotRead::Again));
    assert!(matches!(&view.page, Page::Refused(page) if page.leads_back));
    assert_eq!(journal_rows(&kiosk), rows, "the questions come back");
    let view = kiosk.touch(Touch::Back);
    assert!(
        matches!(&view.page, Page::Asking(page) if page.points.iter().any(|point| point.yes == Some(false))),
        "{view:?}"
    );
    kiosk.touch(say(Question::Whole, true));
    let view = kiosk.touch(Touch::Lending(LendingTouch::Said));
    assert!(matches!(view.page, Page::Returned(_)), "{view:?}");
    let rows = journal_rows(&kiosk);
    kiosk.touch(Touch::End);
    assert_eq!(journal_rows(&kiosk), rows, "nothing is left to say");
    assert_eq!(causes(&kiosk), [Cause::DataNotWiped]);
}

fn leads_back(view: &View) -> &Refusal {
    match &view.page {
        Page::Refused(page) if page.leads_back => &page.why,
        page => panic!("{page:?}"),
    }
}

#[test]
fn where_another_one_will_do_it_is_scanned_one_step_back_on_the_same_card() {
    let mut kiosk = Kiosk::open();
    kiosk.tap(CHEN);
    kiosk.touch(Touch::Kind(pc()));
    let view = kiosk.scan("PC-02");
    assert!(
        matches!(
            leads_back(&view),
            Refusal::Lend(LendRefusal::NotForLoan { .. }, None)
        ),
        "{view:?}"
    );
    assert!(matches!(kiosk.touch(Touch::Back).page, Page::ScanTag(_)));
    let view = kiosk.scan("PC-01");
    assert!(matches!(view.page, Page::Borrowed(_)), "{view:?}");
    kiosk.touch(Touch::End);
    // Out already, by a number that is typed: the same, and without a card the card comes after.
    kiosk.touch(Touch::Borrow);
    kiosk.touch(Touch::Kind(pc()));
    kiosk.touch(Touch::TypeInstead);
    let view = kiosk.type_in("PC-01");
    assert!(
        matches!(
            leads_back(&view),
            Refusal::Lend(LendRefusal::AlreadyOut { .. }, Some(_))
        ),
        "{view:?}"
    );
    assert!(matches!(kiosk.touch(Touch::Back).page, Page::ScanTag(_)));
    let view = kiosk.wait(seconds(70));
    assert!(matches!(view.page, Page::Home(_)), "it goes home by itself");
}

#[test]
fn a_tag_that_is_not_ours_leads_back_to_the_page_that_asked_for_one() {
    let mut kiosk = Kiosk::open();
    kiosk.tap(CHEN);
    kiosk.touch(Touch::Kind(pc()));
    let unknown = Refusal::Lend(LendRefusal::UnknownTag, None);
    assert_eq!(leads_back(&kiosk.scan("nonsense")), &unknown);
    assert!(matches!(kiosk.touch(Touch::Back).page, Page::ScanTag(_)));
    // Or the next tag is scanned at once.
    kiosk.scan("nonsense");
    let view = kiosk.scan("PC-01");
    assert!(matches!(view.page, Page::Borrowed(_)), "{view:?}");
    kiosk.touch(Touch::End);
    kiosk.touch(Touch::GiveBack);
    let view = kiosk.scan("nonsense");
    assert!(matches!(leads_back(&view), Refusal::Return(..)), "{view:?}");
    assert!(matches!(kiosk.touch(Touch::Back).page, Page::GiveBack(_)));
    // The number of a slip that is nobody's is corrected where it was typed.
    kiosk.touch(Touch::TypeInstead);
    let view = kiosk.type_in("A-1123-0009");
    assert!(matches!(leads_back(&view), Refusal::Return(..)), "{view:?}");
    let view = kiosk.touch(Touch::Back);
    assert!(
        matches!(&view.page, Page::TypeNumber(page) if page.typed == "A-1123-0009"),
        "{view:?}"
    );
    // On the home screen there is nothing to go back to.
    kiosk.touch(Touch::End);
    let view = kiosk.scan("nonsense");
    assert!(
        matches!(&view.page, Page::Refused(page) if !page.leads_back),
        "{view:?}"
    );
}

#[test]
fn what_one_holds_already_is_seen_to_on_ones_own_page() {
    let mut kiosk = Kiosk::open();
    let (free, at) = (ThingState::Available, kiosk.now);
    let books = &mut kiosk.lobby.books;
    let entered = books.enter_thing(&pc(), "PC-03", "03", free, at);
    entered.expect("a PC");
    kiosk.tap(CHEN);
    kiosk.scan("PC-01");
    kiosk.touch(Touch::End);
    kiosk.tap(CHEN);
    let view = kiosk.scan("PC-03");
    assert!(
        matches!(leads_back(&view), Refusal::Lend(why, _) if why.is_of_own_loans()),
        "{view:?}"
    );
    let view = kiosk.touch(Touch::Back);
    let Page::MyPage(page) = &view.page else {
        panic!("{view:?}")
    };
    assert!(!page.loans.is_empty());
    assert_eq!(kiosk.unexpected, 0);
}

#[test]
fn after_a_time_that_is_over_the_days_are_offered_anew() {
    let mut kiosk = Kiosk::open();
    kiosk.house.kinds[1].policy.reservable = true;
    kiosk.tap(CHEN);
    let view = kiosk.touch(Touch::Lending(LendingTouch::Reserve));
    let Page::Reserving(Reserving::Days(_, days)) = &view.page else {
        panic!("{view:?}")
    };
    let view = kiosk.touch(Touch::Lending(LendingTouch::Day(days[0].day)));
    let Page::Reserving(Reserving::Times(_, _, times)) = &view.page else {
        panic!("{view:?}")
    };
    let morning = times[0].slot;
    // Somebody keeps the page until the morning is over.
    kiosk.now = morning.until + TimeDelta::minutes(1);
    let view = kiosk.touch(Touch::Lending(LendingTouch::Slot(morning)));
    assert_eq!(
        leads_back(&view),
        &Refusal::Reserve(ReserveRefusal::WrongTime, None)
    );
    let view = kiosk.touch(Touch::Back);
    assert!(
        matches!(view.page, Page::Reserving(Reserving::Days(..))),
        "{view:?}"
    );
    assert_eq!(kiosk.unexpected, 0);
}

/// Things are kept for people, and loans made longer.
fn generous() -> Kiosk {
    let mut kiosk = Kiosk::open();
    kiosk.house.kinds[1].policy.reservable = true;
    for kind in &mut kiosk.house.kinds {
        kind.policy.renewals = 1;
    }
    kiosk
}

/// Grace's number is typed, since the reader does not read.
fn type_number(kiosk: &mut Kiosk) -> View {
    kiosk.happens(Event::DeviceChanged(DeviceChange::Reader(false)));
    kiosk.touch(Touch::TypeInstead);
    let view = kiosk.type_in("0013477100");
    assert!(matches!(view.page, Page::MyPage(_)), "{view:?}");
    view
}

#[test]
fn a_typed_number_changes_nothing_that_was_agreed_with_its_holder() {
    let mut kiosk = generous();
    // What is out and kept stands on the page of whoever tapped, to be changed.
    kiosk.tap(GRACE);
    kiosk.touch(Touch::Kind(umbrella()));
    kiosk.touch(Touch::End);
    kiosk.tap(GRACE);
    let view = kiosk.touch(Touch::Lending(LendingTouch::Reserve));
    let Page::Reserving(Reserving::Days(_, days)) = &view.page else {
        panic!("{view:?}")
    };
    let view = kiosk.touch(Touch::Lending(LendingTouch::Day(days[1].day)));
    let Page::Reserving(Reserving::Times(_, _, times)) = &view.page else {
        panic!("{view:?}")
    };
    kiosk.touch(Touch::Lending(LendingTouch::Slot(times[0].slot)));
    kiosk.touch(Touch::End);
    let offers = |view: &View| {
        let Page::MyPage(page) = &view.page else {
            panic!("{view:?}")
        };
        (page.loans[0].renew, page.kept[0].cancels, page.reserves)
    };
    let view = kiosk.tap(GRACE);
    assert_eq!(offers(&view), (true, true, true));
    kiosk.touch(Touch::End);

    let view = type_number(&mut kiosk);
    assert_eq!(offers(&view), (false, false, false));
    let Page::MyPage(page) = &view.page else {
        panic!("{view:?}")
    };
    let (loan, kept) = (page.loans[0].loan, page.kept[0].reservation);
    let rows = journal_rows(&kiosk);
    for touch in [
        LendingTouch::Renew(loan),
        LendingTouch::Cancel(kept),
        LendingTouch::Reserve,
    ] {
        let view = kiosk.touch(Touch::Lending(touch));
        assert!(matches!(view.page, Page::MyPage(_)), "{touch:?}: {view:?}");
    }
    assert_eq!(kiosk.unexpected, 3);
    // Another language is for whoever stands here, and is not remembered of the holder.
    let before = kiosk.lobby.holder(GRACE).language;
    kiosk.touch(Touch::OtherLanguage);
    assert_eq!(kiosk.lobby.holder(GRACE).language, before);
    assert_eq!(journal_rows(&kiosk), rows, "nothing was written down");
}

#[test]
fn the_terms_one_agrees_to_say_when_the_next_one_has_it() {
    let mut kiosk = generous();
    let (kinds, now) = (kiosk.house.kinds.clone(), kiosk.now);
    for (card, hours) in [(GRACE, (0, 3)), (CHEN, (3, 8))] {
        let order = Order {
            holder: kiosk.lobby.holder(card),
            kind: pc(),
            slot: Slot {
                from: now + TimeDelta::hours(hours.0),
                until: now + TimeDelta::hours(hours.1),
            },
        };
        let books = &mut kiosk.lobby.books;
        let kept = books.reserve_one(&kinds, &order, now).expect("writable");
        kept.expect("it is free then");
    }
    type_number(&mut kiosk);
    kiosk.touch(Touch::Kind(pc()));
    let view = kiosk.scan("PC-01");
    let noon = building().local(now + TimeDelta::hours(3));
    assert!(
        matches!(&view.page, Page::Confirm(page) if page.due == noon),
        "{view:?}"
    );
    let view = kiosk.touch(Touch::Agree);
    assert!(
        matches!(&view.page, Page::Borrowed(page) if page.due == noon),
        "{view:?}"
    );
}

#[test]
fn what_is_out_comes_back_also_where_somebody_wants_to_borrow() {
    for begins in [&[Touch::Borrow][..], &[Touch::Borrow, Touch::Kind(pc())]] {
        let mut kiosk = Kiosk::open();
        kiosk.tap(CHEN);
        kiosk.scan("PC-01");
        kiosk.touch(Touch::End);
        for touch in begins {
            kiosk.touch(touch.clone());
        }
        let view = kiosk.scan("PC-01");
        assert!(matches!(view.page, Page::Returned(_)), "{view:?}");
        // What is here is lent.
        kiosk.touch(Touch::End);
    }
}
