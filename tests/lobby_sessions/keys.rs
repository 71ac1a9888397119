//! Keys at the touch screen: a second card that fails, who is told what, and leaving at every step.

use super::kiosk::{Kiosk, seconds};
use crate::journal_rows;
use crate::support::*;
use chrono::TimeDelta;
use lodge::keys::flow::{Stage, Touch as KeyTouch};
use lodge::keys::{
    Awaits, Harm, KeyGroup, KeyId, KeyKind, KeyReturnRefusal, KeyState, Point, Purpose, TakeRefusal,
};
use lodge::kiosk::view::{Page, Refusal};
use lodge::kiosk::{Touch, View};
use lodge::people::{CardState, Role};
use lodge::store::journal::Actor;
use lodge::store::{CardRow, KeyEntry};

pub const TECHNICIAN: u64 = 0x01_0055_0001;
const KEEPER: u64 = 0x01_0055_0002;
/// Of the property office too, and granted nothing.
pub const GUARD: u64 = 0x01_0055_0003;

/// A kiosk in a house with a master and a plain key.
pub struct Hooks {
    pub kiosk: Kiosk,
    master: KeyId,
    pub plain: KeyId,
    pub keeper: Actor,
}

impl Hooks {
    pub fn open() -> Self {
        let mut kiosk = Kiosk::open();
        let at = kiosk.now;
        let mut staff = |name: &str, role, number| {
            let person = kiosk.lobby.employ(name, role);
            let row = CardRow {
                person,
                credential: card(number),
                state: CardState::Active,
            };
            kiosk.lobby.books.issue_card(&row, at).expect("a card");
            person
        };
        let technician = staff("工程甲", Role::Technician, TECHNICIAN);
        let keeper = Actor {
            person: Some(staff("钥匙乙", Role::KeyKeeper, KEEPER)),
            card: None,
        };
        staff("保安丙", Role::Security, GUARD);
        let group = KeyGroup("house".into());
        let books = &mut kiosk.lobby.books;
        let mut hang = |hook: &str, tag: &str, kind| {
            let entry = KeyEntry {
                hook: hook.into(),
                tag: tag.into(),
                kind,
                group: group.clone(),
                tenant: None,
                pieces: 1,
                opens: "1203".into(),
            };
            let hung = books.hang_key(&entry, keeper, at).expect("writable");
            hung.expect("a free hook")
        };
        let master = hang("K-01", "KEY-0001", KeyKind::Master);
        let plain = hang("K-12", "KEY-0012", KeyKind::Ordinary);
        let granted = books.grant_keys(&group, technician, None, keeper, at);
        granted.expect("writable").expect("a grant");
        Hooks {
            kiosk,
            master,
            plain,
            keeper,
        }
    }

    /// The technician takes the plain key.
    pub fn take_plain(&mut self) {
        self.kiosk.tap(TECHNICIAN);
        self.kiosk.scan("KEY-0012");
        let purpose = KeyTouch::For(Purpose::Repair);
        self.kiosk.touch(Touch::Keys(purpose));
        let view = self.kiosk.touch(Touch::Keys(KeyTouch::Confirm));
        assert!(matches!(stage(&view), Stage::Taken(_)), "{view:?}");
    }

    /// Everything is said about the master, and a second card is asked for.
    fn ask_for_master(&mut self) -> View {
        self.kiosk.tap(TECHNICIAN);
        self.kiosk.touch(Touch::TakeKey);
        self.kiosk.touch(Touch::Keys(KeyTouch::Key(self.master)));
        let purpose = KeyTouch::For(Purpose::Repair);
        self.kiosk.touch(Touch::Keys(purpose));
        self.kiosk.touch(Touch::Keys(KeyTouch::Confirm))
    }

    fn damage(&mut self, key: KeyId) {
        let at = self.kiosk.now;
        let books = &mut self.kiosk.lobby.books;
        let reported = books.report_key(key, Harm::Damaged, "bent", self.keeper, at);
        reported.expect("writable").expect("reported");
    }
}

pub fn stage(view: &View) -> &Stage {
    match &view.page {
        Page::Keys(stage) => stage,
        page => panic!("{page:?}"),
    }
}

/// What was wrong with the card before, on the page that asks for the second one.
fn not_yet(view: &View) -> Option<&TakeRefusal> {
    match stage(view) {
        Stage::AwaitingSecond { wish, not_yet, .. } => {
            assert_eq!(wish.key.hook, "K-01", "the wish stands");
            assert_eq!(wish.purpose, Purpose::Repair, "the wish stands");
            not_yet.as_ref()
        }
        stage => panic!("{stage:?}"),
    }
}

#[test]
fn a_second_card_that_fails_leaves_the_wish_and_the_right_one_takes_the_key() {
    let mut hooks = Hooks::open();
    assert_eq!(not_yet(&hooks.ask_for_master()), None);
    let same = hooks.kiosk.tap(TECHNICIAN);
    assert_eq!(not_yet(&same), Some(&TakeRefusal::SamePerson));
    let may_not = hooks.kiosk.tap(GUARD);
    assert_eq!(not_yet(&may_not), Some(&TakeRefusal::SecondMayNot));
    // More than a minute later: too late, and the next card is in time again.
    hooks.kiosk.wait(seconds(61));
    let late = hooks.kiosk.tap(KEEPER);
    let hook = "K-01".to_owned();
    let too_late = TakeRefusal::SecondPersonNeeded { hook };
    assert_eq!(not_yet(&late), Some(&too_late));
    let taken = hooks.kiosk.tap(KEEPER);
    assert!(
        matches!(stage(&taken), Stage::Taken(receipt) if receipt.hook == "K-01"),
        "{taken:?}"
    );
    assert_eq!(hooks.kiosk.unexpected, 0);
}

#[test]
fn a_second_card_that_opens_nothing_leads_back_to_the_wish() {
    let mut hooks = Hooks::open();
    hooks.ask_for_master();
    for number in [LOST, 0x01_0000_0001] {
        let view = hooks.kiosk.tap(number);
        assert!(
            matches!(&view.page, Page::Refused(page) if page.leads_back && page.why.is_of_card()),
            "{view:?}"
        );
    }
    assert_eq!(not_yet(&hooks.kiosk.touch(Touch::Back)), None);
    // Or the next card is tapped at once.
    hooks.kiosk.tap(LOST);
    let taken = hooks.kiosk.tap(KEEPER);
    assert!(matches!(stage(&taken), Stage::Taken(_)), "{taken:?}");
}

#[test]
fn whoever_leaves_while_a_second_card_is_asked_for_leaves_no_record_and_no_trace() {
    let fails: [fn(&mut Kiosk); 4] = [
        |_| {},
        |kiosk| drop(kiosk.tap(TECHNICIAN)),
        |kiosk| drop(kiosk.tap(GUARD)),
        |kiosk| drop(kiosk.tap(LOST)),
    ];
    let leaves: [fn(&mut Kiosk); 3] = [
        |kiosk| drop(kiosk.touch(Touch::End)),
        |kiosk| drop(kiosk.wait(seconds(70))),
        |kiosk| {
            for _ in 0..8 {
                if !matches!(kiosk.sees().page, Page::Home(_)) {
                    kiosk.touch(Touch::Back);
                }
            }
            kiosk.touch(Touch::End);
        },
    ];
    for fail in fails {
        for leave in leaves {
            let mut hooks = Hooks::open();
            let (rows, home) = (journal_rows(&hooks.kiosk), hooks.kiosk.sees());
            hooks.ask_for_master();
            fail(&mut hooks.kiosk);
            leave(&mut hooks.kiosk);
            let mut view = hooks.kiosk.sees();
            view.clock = home.clock;
            assert_eq!(view, home);
            assert_eq!(journal_rows(&hooks.kiosk), rows, "nothing was written");
            // The next card begins anew.
            let view = hooks.kiosk.tap(KEEPER);
            assert!(matches!(view.page, Page::MyPage(_)), "{view:?}");
        }
    }
}

#[test]
fn keys_are_offered_to_those_who_were_granted_some() {
    let mut hooks = Hooks::open();
    for (number, offered) in [(TECHNICIAN, true), (GUARD, false), (CHEN, false)] {
        let view = hooks.kiosk.tap(number);
        assert!(
            matches!(&view.page, Page::MyPage(page) if page.takes_keys == offered),
            "{view:?}"
        );
        hooks.kiosk.touch(Touch::End);
    }
}

#[test]
fn a_found_key_is_handed_in_by_whoever_may_take_none() {
    let mut hooks = Hooks::open();
    for tap in [Some(CHEN), None] {
        if let Some(number) = tap {
            hooks.kiosk.tap(number);
        }
        let view = hooks.kiosk.scan("KEY-0012");
        let hook = "K-12".to_owned();
        let found = Stage::RefusedReturn(KeyReturnRefusal::NotOut { hook });
        assert_eq!(stage(&view), &found);
        hooks.kiosk.touch(Touch::End);
    }
}

#[test]
fn that_a_key_is_damaged_is_the_business_of_those_who_were_granted_it() {
    let mut hooks = Hooks::open();
    hooks.damage(hooks.plain);
    let hook = || "K-12".to_owned();
    let damaged = TakeRefusal::NotThere {
        hook: hook(),
        state: KeyState::Damaged,
    };
    for (number, why) in [
        (TECHNICIAN, damaged),
        (GUARD, TakeRefusal::NotGranted { hook: hook() }),
    ] {
        hooks.kiosk.tap(number);
        let view = hooks.kiosk.scan("KEY-0012");
        assert_eq!(stage(&view), &Stage::Refused(why));
        hooks.kiosk.touch(Touch::End);
    }
}

#[test]
fn after_hours_the_first_touch_says_that_no_key_is_given_and_from_when() {
    let mut hooks = Hooks::open();
    hooks.kiosk.house.keys.emergency_in_curfew = false;
    // Ten minutes before closing.
    hooks.kiosk.wait(TimeDelta::minutes(10 * 60 + 45));
    let again = "2026-11-24T00:00:00Z".parse().expect("a moment");
    let curfew = Stage::Refused(TakeRefusal::Curfew { again });
    hooks.kiosk.tap(TECHNICIAN);
    assert_eq!(stage(&hooks.kiosk.touch(Touch::TakeKey)), &curfew);
    hooks.kiosk.touch(Touch::End);
    hooks.kiosk.tap(TECHNICIAN);
    assert_eq!(stage(&hooks.kiosk.scan("KEY-0012")), &curfew);
    // In the morning it is given.
    hooks.kiosk.wait(TimeDelta::hours(13));
    hooks.kiosk.tap(TECHNICIAN);
    let view = hooks.kiosk.scan("KEY-0012");
    assert!(
        matches!(stage(&view), Stage::AskingPurpose { .. }),
        "{view:?}"
    );
}

#[test]
fn a_card_nobody_waits_for_still_ends_what_stands_there() {
    let mut hooks = Hooks::open();
    hooks.kiosk.tap(TECHNICIAN);
    let view = hooks.kiosk.tap(LOST);
    assert!(
        matches!(&view.page, Page::Refused(page) if page.why == Refusal::LostCard && !page.leads_back),
        "{view:?}"
    );
}

#[test]
fn a_key_that_was_reported_damaged_while_it_was_out_is_handed_to_the_desk() {
    let mut hooks = Hooks::open();
    hooks.take_plain();
    hooks.kiosk.touch(Touch::End);
    let (plain, keeper, at) = (hooks.plain, hooks.keeper, hooks.kiosk.now);
    let books = &mut hooks.kiosk.lobby.books;
    let reported = books.report_key(plain, Harm::Damaged, "弯了", keeper, at);
    assert!(reported.expect("writable").is_ok());
    // Small letters are the same tag.
    let view = hooks.kiosk.scan("key-0012");
    assert!(matches!(stage(&view), Stage::Returning { .. }), "{view:?}");
    for point in Point::ALL {
        hooks
            .kiosk
            .touch(Touch::Keys(KeyTouch::Answer(point, true)));
    }
    let view = hooks.kiosk.touch(Touch::Keys(KeyTouch::Finish));
    let Stage::Returned(receipt) = stage(&view) else {
        panic!("{view:?}");
    };
    assert!(receipt.awaits == Some(Awaits::Decision) && receipt.denied.is_empty());
    let books = &hooks.kiosk.lobby.books;
    let (key, is_out) = books
        .key_of_tag("KEY-0012")
        .expect("readable")
        .expect("a key");
    assert_eq!((key.state, is_out), (KeyState::Damaged, false));
    assert_eq!(books.open_key_reports().expect("readable").len(), 1);
}

#[test]
fn the_bar_code_of_a_work_order_is_its_number_where_that_is_asked_for() {
    let mut hooks = Hooks::open();
    hooks.kiosk.tap(TECHNICIAN);
    hooks.kiosk.touch(Touch::TakeKey);
    hooks.kiosk.touch(Touch::Keys(KeyTouch::Key(hooks.plain)));
    hooks.kiosk.touch(Touch::Keys(KeyTouch::ForOrder));
    let view = hooks.kiosk.scan("工单");
    let leads_back = |view: &View| matches!(&view.page, Page::Refused(page) if page.why == Refusal::UnknownCode && page.leads_back);
    assert!(leads_back(&view), "{view:?}");
    // Small letters are the same number.
    let view = hooks.kiosk.scan(" wo-2026-1123 ");
    let Stage::Confirming(wish) = stage(&view) else {
        panic!("{view:?}");
    };
    assert_eq!(wish.purpose, Purpose::WorkOrder("WO-2026-1123".to_owned()));
    // What belongs to the house is what it is there too.
    hooks.kiosk.touch(Touch::Back);
    hooks.kiosk.touch(Touch::Keys(KeyTouch::ForOrder));
    let view = hooks.kiosk.scan("KEY-0012");
    assert!(
        matches!(stage(&view), Stage::AskingPurpose { .. }),
        "{view:?}"
    );
}

#[test]
fn a_card_at_the_checklist_says_who_brings_the_key_and_one_that_opens_nothing_ends_nothing() {
    let mut hooks = Hooks::open();
    hooks.take_plain();
    hooks.kiosk.touch(Touch::End);
    hooks.kiosk.scan("KEY-0012");
    let point = Point::ALL[0];
    hooks
        .kiosk
        .touch(Touch::Keys(KeyTouch::Answer(point, true)));
    let view = hooks.kiosk.tap(LOST);
    assert!(
        matches!(&view.page, Page::Refused(page) if page.why == Refusal::LostCard && page.leads_back),
        "{view:?}"
    );
    // What was answered before was answered by nobody.
    let view = hooks.kiosk.tap(GUARD);
    let open = matches!(stage(&view), Stage::Returning { answers, .. } if *answers == [None; Point::ALL.len()]);
    assert!(open, "{view:?}");
    for point in Point::ALL {
        hooks
            .kiosk
            .touch(Touch::Keys(KeyTouch::Answer(point, true)));
    }
    let view = hooks.kiosk.touch(Touch::Keys(KeyTouch::Finish));
    assert!(matches!(stage(&view), Stage::Returned(_)), "{view:?}");
    let guard = hooks.kiosk.lobby.holder(GUARD).person;
    let mut by = None;
    let books = &hooks.kiosk.lobby.books;
    let last = books.journal(|entry| {
        by = entry.person;
        Ok(())
    });
    last.expect("readable");
    assert_eq!(by, Some(guard.to_string()));
}

#[test]
fn at_night_only_an_emergency_is_given_a_key() {
    let mut hooks = Hooks::open();
    hooks.kiosk.wait(TimeDelta::hours(13));
    hooks.kiosk.tap(TECHNICIAN);
    let view = hooks.kiosk.touch(Touch::TakeKey);
    assert!(matches!(stage(&view), Stage::Choosing(_)), "{view:?}");
    let view = hooks.kiosk.touch(Touch::Keys(KeyTouch::Key(hooks.plain)));
    let only = matches!(
        stage(&view),
        Stage::AskingPurpose {
            only_emergency: true,
            ..
        }
    );
    assert!(only, "{view:?}");
    let view = hooks
        .kiosk
        .touch(Touch::Keys(KeyTouch::For(Purpose::Emergency)));
    let Stage::Confirming(wish) = stage(&view) else {
        panic!("{view:?}");
    };
    let opens = "2026-11-24T00:00:00Z".parse().expect("a moment");
    assert_eq!(wish.in_curfew, Some(opens));
    let view = hooks.kiosk.touch(Touch::Keys(KeyTouch::Confirm));
    let Stage::Taken(receipt) = stage(&view) else {
        panic!("{view:?}");
    };
    assert_eq!(receipt.due, opens);
}

#[test]
fn who_waits_on_the_page_until_the_curfew_is_told_so() {
    let mut hooks = Hooks::open();
    // The last seconds in which keys are given.
    hooks
        .kiosk
        .wait(TimeDelta::minutes(10 * 60 + 39) + seconds(50));
    hooks.kiosk.tap(TECHNICIAN);
    let view = hooks.kiosk.scan("KEY-0012");
    assert!(
        matches!(stage(&view), Stage::AskingPurpose { .. }),
        "{view:?}"
    );
    hooks.kiosk.wait(seconds(20));
    let view = hooks
        .kiosk
        .touch(Touch::Keys(KeyTouch::For(Purpose::Repair)));
    let again = "2026-11-24T00:00:00Z".parse().expect("a moment");
    assert_eq!(stage(&view), &Stage::Refused(TakeRefusal::Curfew { again }));
}
