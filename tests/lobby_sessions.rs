//! The whole session machine against real books, without pixels or wires: what people do goes in,
//! the pages they see come out.

mod support;

mod lobby_sessions {
    mod along;
    mod badges;
    mod finding;
    pub mod keys;
    pub mod kiosk;
    mod lending;
    mod mail;
    mod rain;
    mod scanning;
    mod slow_store;
    mod told;
    mod typed;
    mod waiting;
}

use lobby_sessions::kiosk::{Kiosk, seconds};
use lodge::kiosk::event::{DeviceChange, StoreHealth};
use lodge::kiosk::view::{NumberAsked, Page, Refusal, SlipStage};
use lodge::kiosk::{Event, Touch};
use lodge::lending::LendRefusal;
use lodge::people::{Language, NotRead, ReaderName, Signal};
use lodge::slips::{JobState, PaperTrouble};
use proptest::prelude::*;
use support::*;

#[test]
fn a_card_and_one_touch_are_an_umbrella_in_the_language_of_its_owner() {
    let mut kiosk = Kiosk::open();
    let view = kiosk.tap(GRACE);
    assert_eq!(view.language, Language::English);
    assert!(
        matches!(&view.page, Page::MyPage(page) if page.name == "Grace H."),
        "{view:?}"
    );
    let view = kiosk.touch(Touch::Kind(umbrella()));
    let Page::Borrowed(borrowed) = view.page else {
        panic!("{view:?}")
    };
    assert_eq!(
        (borrowed.number.as_str(), borrowed.slip),
        ("A-1123-0001", SlipStage::Printing)
    );
    assert_eq!(kiosk.unexpected, 0);
}

#[test]
fn a_touch_and_then_the_card_do_as_well() {
    let mut kiosk = Kiosk::open();
    assert!(matches!(kiosk.touch(Touch::Borrow).page, Page::Choose(_)));
    assert!(matches!(
        kiosk.touch(Touch::Kind(umbrella())).page,
        Page::TapCard(_)
    ));
    assert!(matches!(kiosk.tap(CHEN).page, Page::Borrowed(_)));
}

#[test]
fn a_pc_goes_out_with_card_and_scan_and_comes_back_with_one_scan() {
    let mut kiosk = Kiosk::open();
    kiosk.tap(GRACE);
    assert!(
        matches!(kiosk.scan("PC-01").page, Page::Borrowed(_)),
        "no further question"
    );
    kiosk.touch(Touch::End);
    let view = kiosk.scan("PC-01");
    let Page::Returned(returned) = view.page else {
        panic!("{view:?}")
    };
    assert!(returned.awaiting_check);
}

#[test]
fn the_slip_of_a_loan_gives_it_back_from_the_home_screen() {
    let mut kiosk = Kiosk::open();
    kiosk.tap(GRACE);
    kiosk.touch(Touch::Kind(umbrella()));
    kiosk.touch(Touch::End);
    let code = "A-20261123-0001-V";
    assert!(matches!(kiosk.scan(code).page, Page::Returned(_)));
    let view = kiosk.scan(code);
    assert!(
        matches!(view.page, Page::Refused(_)),
        "back already: {view:?}"
    );
}

#[test]
fn every_refused_card_says_why() {
    for (number, why) in [
        (0x01_0000_0001, Refusal::UnknownCard),
        (LOST, Refusal::LostCard),
        (MOVED, Refusal::TenantMoved),
    ] {
        let mut kiosk = Kiosk::open();
        let view = kiosk.tap(number);
        assert!(
            matches!(&view.page, Page::Refused(refused) if refused.why == why),
            "{view:?}"
        );
        assert!(
            matches!(kiosk.wait(seconds(20)).page, Page::Home(_)),
            "it goes home by itself"
        );
    }
}

#[test]
fn the_reader_that_was_used_shows_wait_and_then_yes_or_no() {
    let mut kiosk = Kiosk::open();
    let front = || ReaderName("front".to_owned());
    kiosk.tap(GRACE);
    assert_eq!(
        std::mem::take(&mut kiosk.signals),
        [(front(), Signal::Wait), (front(), Signal::Granted)]
    );
    kiosk.tap(LOST);
    assert_eq!(
        std::mem::take(&mut kiosk.signals),
        [(front(), Signal::Wait), (front(), Signal::Refused)]
    );
}

#[test]
fn what_is_no_card_says_why_at_any_time_and_takes_nothing_from_who_stands_here() {
    for why in [
        NotRead::RandomNumber,
        NotRead::Several,
        NotRead::Again,
        NotRead::NotThisKind,
        NotRead::NotProven,
        NotRead::Document,
    ] {
        let mut kiosk = Kiosk::open();
        let reader = ReaderName("front".to_owned());
        let view = kiosk.happens(Event::CardNotRead(reader.clone(), why));
        assert!(
            matches!(&view.page, Page::Refused(page) if page.why == Refusal::NotRead(why)),
            "{:?}",
            view.page
        );
        assert_eq!(kiosk.signals, [(reader, Signal::Refused)]);
        let view = kiosk.tap(GRACE);
        assert!(matches!(view.page, Page::MyPage(_)), "{:?}", view.page);
    }
}

#[test]
fn an_idle_page_counts_down_and_more_time_keeps_it() {
    let mut kiosk = Kiosk::open();
    kiosk.tap(GRACE);
    assert_eq!(kiosk.wait(seconds(44)).countdown, None);
    assert_eq!(kiosk.wait(seconds(1)).countdown, Some(20));
    assert_eq!(kiosk.wait(seconds(19)).countdown, Some(1));
    let view = kiosk.touch(Touch::MoreTime);
    assert!(view.countdown.is_none() && matches!(view.page, Page::MyPage(_)));
    let view = kiosk.wait(seconds(65));
    assert!(matches!(view.page, Page::Home(_)));
    assert_eq!(
        view.language,
        Language::Chinese,
        "nothing of the person is left"
    );
}

#[test]
fn without_a_reader_the_number_on_the_card_is_typed_and_terms_are_agreed_to() {
    let mut kiosk = Kiosk::open();
    let view = kiosk.happens(Event::DeviceChanged(DeviceChange::Reader(false)));
    assert_eq!(view.notices.len(), 1);
    let view = kiosk.touch(Touch::TypeInstead);
    assert!(matches!(&view.page, Page::TypeNumber(page) if page.number == NumberAsked::Card));
    let view = kiosk.type_in("12x");
    assert!(
        matches!(&view.page, Page::TypeNumber(page) if page.wrong),
        "{view:?}"
    );
    for _ in 0..3 {
        kiosk.touch(Touch::Erase);
    }
    assert!(matches!(kiosk.type_in("0013477100").page, Page::MyPage(_)));
    assert!(matches!(
        kiosk.touch(Touch::Kind(umbrella())).page,
        Page::Confirm(_)
    ));
    assert!(matches!(kiosk.touch(Touch::Agree).page, Page::Borrowed(_)));
}

#[test]
fn paper_trouble_shows_the_number_while_the_loan_stands_and_clears_by_itself() {
    let mut kiosk = Kiosk::open();
    let out = |trouble| Event::DeviceChanged(DeviceChange::Printer(trouble));
    kiosk.happens(out(Some(PaperTrouble::PaperOut)));
    kiosk.tap(GRACE);
    let view = kiosk.touch(Touch::Kind(umbrella()));
    assert!(
        matches!(&view.page, Page::PrinterTrouble(page) if page.number == "A-1123-0001"
            && page.trouble == Some(PaperTrouble::PaperOut)),
        "{view:?}"
    );
    kiosk.happens(out(None));
    let job = kiosk.jobs[0];
    let view = kiosk.happens(Event::SlipMoved(job, JobState::Confirmed));
    assert!(matches!(&view.page, Page::Borrowed(page) if page.slip == SlipStage::Printed));
    let view = kiosk.happens(Event::SlipMoved(job, JobState::Unknown));
    assert!(matches!(&view.page, Page::PrinterTrouble(page) if page.trouble.is_none()));
}

#[test]
fn a_store_that_cannot_write_closes_the_kiosk_until_it_can() {
    let mut kiosk = Kiosk::open();
    let view = kiosk.happens(Event::StoreChanged(StoreHealth::CannotWrite));
    assert!(matches!(&view.page, Page::OutOfService(page) if page.code.code() == "F01"));
    assert!(
        matches!(kiosk.tap(GRACE).page, Page::OutOfService(_)),
        "no card is taken"
    );
    let view = kiosk.happens(Event::StoreChanged(StoreHealth::Well));
    assert!(matches!(view.page, Page::Home(_)));
}

#[test]
fn a_damaged_store_closes_the_kiosk_for_good_whatever_else_fails_or_succeeds() {
    let mut kiosk = Kiosk::open();
    kiosk.happens(Event::StoreChanged(StoreHealth::CannotWrite));
    let health = [
        StoreHealth::Damaged,
        StoreHealth::CannotWrite,
        StoreHealth::Well,
    ];
    for health in health {
        let view = kiosk.happens(Event::StoreChanged(health));
        assert!(matches!(&view.page, Page::OutOfService(page) if page.code.code() == "F02"));
    }
}

#[test]
fn a_second_loan_of_the_same_umbrella_kind_says_the_limit() {
    let mut kiosk = Kiosk::open();
    kiosk.tap(GRACE);
    kiosk.touch(Touch::Kind(umbrella()));
    kiosk.touch(Touch::End);
    kiosk.tap(GRACE);
    let view = kiosk.touch(Touch::Kind(umbrella()));
    let why = Refusal::Lend(
        LendRefusal::LimitReached {
            kind: umbrella(),
            limit: 1,
        },
        None,
    );
    assert!(
        matches!(&view.page, Page::Refused(page) if page.why == why),
        "{view:?}"
    );
}

/// Something somebody does.
type Act = fn(&mut Kiosk);

/// Every way to reach a page, so that leaving can be tried on each.
fn ways() -> Vec<(&'static str, Act)> {
    vec![
        ("home in English", |k| drop(k.touch(Touch::OtherLanguage))),
        ("my page", |k| drop(k.tap(GRACE))),
        ("choose", |k| drop(k.touch(Touch::Borrow))),
        ("tap card", |k| {
            k.touch(Touch::Borrow);
            k.touch(Touch::Kind(umbrella()));
        }),
        ("scan tag", |k| {
            k.tap(GRACE);
            k.touch(Touch::Kind(pc()));
        }),
        ("type tag", |k| {
            k.tap(GRACE);
            k.touch(Touch::Kind(pc()));
            k.touch(Touch::TypeInstead);
        }),
        ("confirm", |k| {
            k.house.kinds[0].policy.deposit_fen = 5_000;
            k.tap(GRACE);
            k.touch(Touch::Kind(umbrella()));
        }),
        ("give back", |k| drop(k.touch(Touch::GiveBack))),
        ("type slip", |k| {
            k.touch(Touch::GiveBack);
            k.touch(Touch::TypeInstead);
        }),
        ("refused", |k| drop(k.tap(LOST))),
        ("another one will do", |k| {
            k.tap(GRACE);
            k.scan("PC-02");
        }),
        ("not our tag", |k| {
            k.touch(Touch::Borrow);
            k.scan("nonsense");
        }),
    ]
}

#[test]
fn idle_cancel_and_back_leave_no_half_record_and_no_trace_at_every_step() {
    let leave: [(&str, Act); 3] = [
        ("idle", |k| drop(k.wait(seconds(70)))),
        ("end", |k| drop(k.touch(Touch::End))),
        ("back", |k| {
            for _ in 0..6 {
                if !matches!(k.sees().page, Page::Home(_)) {
                    k.touch(Touch::Back);
                }
            }
        }),
    ];
    let home = Kiosk::open().sees();
    for (place, go) in ways() {
        for (manner, leave) in leave {
            let mut kiosk = Kiosk::open();
            let rows = journal_rows(&kiosk);
            go(&mut kiosk);
            if place == "home in English" && manner == "back" {
                continue; // Home has no way back.
            }
            leave(&mut kiosk);
            let mut view = kiosk.sees();
            view.clock = home.clock;
            assert_eq!(view, home, "{manner} from {place}");
            assert_eq!(
                journal_rows(&kiosk),
                rows,
                "{manner} from {place} wrote something"
            );
        }
    }
}

fn journal_rows(kiosk: &Kiosk) -> usize {
    let mut rows = 0;
    let count = |_| {
        rows += 1;
        Ok(())
    };
    kiosk.lobby.books.journal(count).expect("readable");
    rows
}

/// One of the things people and devices do.
fn anything() -> impl Strategy<Value = fn(&mut Kiosk)> {
    let acts: Vec<fn(&mut Kiosk)> = vec![
        |k| drop(k.tap(GRACE)),
        |k| drop(k.tap(CHEN)),
        |k| drop(k.tap(LOST)),
        |k| drop(k.scan("PC-01")),
        |k| drop(k.scan("PC-02")),
        |k| drop(k.scan("A-20261123-0001-V")),
        |k| drop(k.scan("nonsense")),
        |k| drop(k.touch(Touch::Borrow)),
        |k| drop(k.touch(Touch::GiveBack)),
        |k| drop(k.touch(Touch::Kind(umbrella()))),
        |k| drop(k.touch(Touch::Kind(pc()))),
        |k| drop(k.touch(Touch::Agree)),
        |k| drop(k.touch(Touch::Back)),
        |k| drop(k.touch(Touch::End)),
        |k| drop(k.touch(Touch::OtherLanguage)),
        |k| drop(k.touch(Touch::Comfort)),
        |k| drop(k.touch(Touch::TypeInstead)),
        |k| drop(k.type_in("0013477100")),
        |k| drop(k.type_in("A-1123-0001")),
        |k| drop(k.wait(seconds(1))),
        |k| drop(k.wait(seconds(50))),
        |k| drop(k.happens(Event::DeviceChanged(DeviceChange::Reader(false)))),
        |k| drop(k.happens(Event::DeviceChanged(DeviceChange::Reader(true)))),
        |k| {
            let trouble = Some(PaperTrouble::CoverOpen);
            k.happens(Event::DeviceChanged(DeviceChange::Printer(trouble)));
        },
        |k| drop(k.happens(Event::DeviceChanged(DeviceChange::Printer(None)))),
        |k| drop(k.hears_of_the_books()),
        |k| k.rains(true),
        |k| k.rains(false),
    ];
    (0..acts.len()).prop_map(move |at| acts[at])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_people_do_nothing_is_lent_twice_and_the_screen_comes_home(
        acts in proptest::collection::vec(anything(), 1..60),
    ) {
        let mut kiosk = Kiosk::open();
        for act in acts {
            act(&mut kiosk);
            let stock = kiosk.lobby.books.stock(&kiosk.house.kinds, kiosk.now).expect("readable");
            let out: usize = [kiosk.lobby.grace, kiosk.lobby.chen]
                .into_iter()
                .flat_map(|person| kiosk.lobby.books.loans_of(person).expect("readable"))
                .filter(|loan| loan.kind == umbrella())
                .count();
            prop_assert_eq!(stock[0].free as usize + out, 2);
        }
        let view = kiosk.wait(seconds(200));
        prop_assert!(matches!(view.page, Page::Home(_)), "{:?}", view.page);
        prop_assert_eq!(view.language, Language::Chinese);
        let verdict = kiosk.lobby.books.verify().expect("readable");
        prop_assert!(matches!(verdict, lodge::store::Verdict::Sound(_)), "{:?}", verdict);
    }
}
