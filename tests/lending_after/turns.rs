//! One after the other: a thing that somebody has next, one that is not here, and how the books tell
//! of what ended.

use super::desk::Desk;
use crate::support::*;
use chrono::{DateTime, TimeDelta, Utc};
use lodge::desk::about::About;
use lodge::desk::event::{Outcome, Refusal};
use lodge::desk::facts::{Hit, LoanEnded};
use lodge::desk::lending::{LendingDone, LendingOrder, LendingStop};
use lodge::lending::{
    Answered, Booking, BroughtBack, LendRefusal, LentReceipt, Question, RenewRefusal,
    ReserveRefusal, ReturnRefusal, ThingState, Wanted,
};
use lodge::matters::Cause;
use lodge::people::PersonId;

/// The morning is 09:05; so many minutes later it is this hour.
fn hour(hour: i64) -> i64 {
    hour * 60 - 9 * 60 - 5
}

impl Desk {
    pub fn moment(&self, minutes: i64) -> DateTime<Utc> {
        monday_morning() + TimeDelta::minutes(minutes)
    }

    pub fn takes(&mut self, card: u64, minutes: i64) -> Result<LentReceipt, LendRefusal> {
        let at = self.moment(minutes);
        self.lobby.lend(card, Wanted::Tag("PC-01".to_owned()), at)
    }

    fn keeps(&mut self, who: PersonId, from: u32, until: u32) {
        let order = self.keep("PC-01", who, from, until);
        let kept = self.does(order, 0);
        assert_eq!(kept, Ok(Outcome::Lending(LendingDone::Reserved)));
    }

    pub fn goes(&mut self, to: ThingState, minutes: i64) -> Result<Outcome, Refusal> {
        let thing = self.thing("PC-01");
        let yes = |question| Answered {
            question,
            yes: Some(true),
        };
        let answers = [Question::Part(0), Question::Whole, Question::Wiped].map(yes);
        let order = LendingOrder::Check {
            thing,
            answers: answers.to_vec(),
            to,
        };
        self.does(order, minutes)
    }

    /// How many reservations are over by then.
    fn released(&mut self, minutes: i64) -> usize {
        let at = self.moment(minutes);
        let books = &mut self.lobby.books;
        books.release_reservations(at).expect("writable")
    }

    pub fn causes(&self) -> Vec<Cause> {
        let open = self.lobby.books.open_matters().expect("readable");
        open.iter().map(|matter| matter.cause).collect()
    }
}

#[test]
fn whoever_fetches_what_they_reserved_has_it_until_the_next_one_s_time() {
    let mut desk = Desk::open();
    let (grace, chen) = (desk.lobby.grace, desk.lobby.chen);
    desk.keeps(grace, 9, 12);
    desk.keeps(chen, 12, 18);
    let loan = desk.takes(GRACE, 0).expect("it is theirs").loan;
    assert_eq!(loan.due, desk.moment(hour(12)), "Chen has it from twelve");
    let back = BroughtBack::Tag("PC-01".to_owned());
    let at = desk.moment(hour(11));
    desk.lobby.take_back(back, None, at).expect("it is back");
    desk.goes(ThingState::Available, hour(11))
        .expect("on the shelf");
    let loan = desk.takes(CHEN, hour(12)).expect("it is theirs").loan;
    assert_eq!(loan.due, desk.moment(hour(18)));
    desk.prove();
}

#[test]
fn whoever_comes_early_does_not_take_it_from_whom_it_is_kept_for_until_then() {
    let mut desk = Desk::open();
    let (grace, chen) = (desk.lobby.grace, desk.lobby.chen);
    desk.keeps(grace, 9, 10);
    desk.keeps(chen, 10, 18);
    // 09:45: within the half hour before their own time, and still Grace's.
    let early = desk.takes(CHEN, 40).expect_err("it is kept for Grace");
    assert!(matches!(early, LendRefusal::Reserved { .. }), "{early:?}");
    desk.takes(GRACE, 40).expect("it is theirs");
    desk.prove();
}

#[test]
fn a_loan_is_not_made_longer_into_somebody_else_s_time_whatever_one_has_reserved_oneself() {
    let mut desk = Desk::open();
    let pcs = desk.lobby.kinds.iter_mut().filter(|kind| kind.id == pc());
    pcs.for_each(|kind| kind.policy.renewals = 1);
    let (grace, chen) = (desk.lobby.grace, desk.lobby.chen);
    desk.keeps(grace, 9, 11);
    desk.keeps(grace, 11, 12);
    desk.keeps(chen, 12, 18);
    let loan = desk.takes(GRACE, 0).expect("it is theirs").loan;
    let (kinds, holder) = (desk.lobby.kinds.clone(), desk.lobby.holder(GRACE));
    let at = desk.moment(hour(11));
    let renewed = desk.lobby.books.renew(&kinds, &holder, loan.id, at);
    let from = desk.moment(hour(12));
    assert_eq!(
        renewed.expect("writable"),
        Err(RenewRefusal::Reserved { from })
    );
    desk.prove();
}

#[test]
fn what_is_late_is_kept_for_nobody_from_now_on_and_for_somebody_later() {
    let mut desk = Desk::open();
    for kind in desk.lobby.kinds.iter_mut().filter(|kind| kind.id == pc()) {
        kind.policy.due.minutes = Some(60);
    }
    let loan = desk.takes(GRACE, 0).expect("a PC").loan;
    assert_eq!(loan.due, desk.moment(60));
    let late = hour(11);
    let chen = desk.lobby.chen;
    let now = desk.keep("PC-01", chen, 10, 12);
    let refused = desk.does(now, late);
    let why = ReserveRefusal::Late { due: loan.due };
    assert_eq!(refused, Err(Refusal::Lending(LendingStop::Reserve(why))));
    let (kinds, at) = (desk.lobby.kinds.clone(), desk.moment(late));
    let offered = desk.lobby.books.vacancies(&kinds, chen, &pc(), at);
    let offered = offered.expect("readable");
    assert_eq!((offered[0].slot.from, offered[0].free), (at, 0));
    let next = &offered[1];
    assert_eq!((next.slot.from, next.free), (desk.moment(hour(12)), 1));
    let evening = desk.keep("PC-01", chen, 12, 13);
    assert!(desk.does(evening, late).is_ok());
    desk.prove();
}

#[test]
fn what_is_kept_says_whether_it_lies_there() {
    let mut desk = Desk::open();
    let (grace, chen) = (desk.lobby.grace, desk.lobby.chen);
    desk.keeps(grace, 9, 12);
    desk.keeps(chen, 12, 18);
    let kept = |desk: &Desk, who| desk.lobby.books.kept_for(who).expect("readable").remove(0);
    let of_grace = kept(&desk, grace);
    assert_eq!(of_grace.state, ThingState::Available);
    assert_eq!(of_grace.next, Some(desk.moment(hour(12))));
    // It lies there half an hour before Chen's time, and is Grace's as long as hers goes on.
    let of_chen = kept(&desk, chen);
    assert!(!of_chen.is_ready(desk.moment(hour(12) - 20)));
    assert!(of_chen.is_ready(desk.moment(hour(12))));
    desk.takes(GRACE, 0).expect("it is theirs");
    let of_chen = kept(&desk, chen);
    assert_eq!((of_chen.state, of_chen.next), (ThingState::OnLoan, None));
}

#[test]
fn what_comes_back_late_is_kept_for_an_hour_from_then() {
    let mut desk = Desk::open();
    let (grace, chen) = (desk.lobby.grace, desk.lobby.chen);
    desk.keeps(grace, 9, 12);
    desk.keeps(chen, 12, 18);
    desk.takes(GRACE, 0).expect("it is theirs");
    assert_eq!(
        desk.released(hour(13) + 10),
        0,
        "it was not here to be fetched"
    );
    let at = desk.moment(hour(13) + 20);
    let back = BroughtBack::Tag("PC-01".to_owned());
    desk.lobby.take_back(back, None, at).expect("it is back");
    assert_eq!(desk.released(hour(15)), 0, "nobody has looked at it");
    desk.goes(ThingState::Available, hour(13) + 21)
        .expect("on the shelf");
    let refused = desk.takes(GRACE, hour(14)).expect_err("it is Chen's");
    assert!(
        matches!(refused, LendRefusal::Reserved { .. }),
        "{refused:?}"
    );
    assert_eq!(desk.released(hour(14) + 19), 0);
    assert_eq!(desk.released(hour(14) + 20), 1);
    assert_eq!(desk.causes(), [], "Chen could have had it");
    desk.prove();
}

#[test]
fn whoever_counted_on_what_never_came_back_in_their_time_is_owed_a_word() {
    let mut desk = Desk::open();
    let (grace, chen) = (desk.lobby.grace, desk.lobby.chen);
    desk.keeps(grace, 9, 12);
    desk.keeps(chen, 12, 14);
    desk.takes(GRACE, 0).expect("it is theirs");
    assert_eq!(desk.released(hour(14) - 1), 0);
    assert_eq!(desk.released(hour(14)), 1);
    assert_eq!(desk.causes(), [Cause::ReservationLost]);
    assert_eq!(desk.released(hour(14) + 1), 0, "once");
    desk.prove();
}

#[test]
fn whoever_has_it_already_does_not_lose_their_next_time_and_gives_it_up_with_the_thing() {
    let mut desk = Desk::open();
    let grace = desk.lobby.grace;
    desk.keeps(grace, 9, 12);
    desk.keeps(grace, 12, 18);
    desk.takes(GRACE, 0).expect("it is theirs");
    let kept = |desk: &Desk| desk.lobby.books.kept_for(grace).expect("readable").len();
    assert_eq!((desk.released(hour(14)), kept(&desk)), (0, 1));
    let back = BroughtBack::Tag("PC-01".to_owned());
    let at = desk.moment(hour(15));
    desk.lobby.take_back(back, None, at).expect("it is back");
    assert_eq!(kept(&desk), 0);
    desk.prove();
}

#[test]
fn what_goes_to_the_mender_is_kept_for_nobody_and_whoever_counted_on_it_is_told() {
    let mut desk = Desk::open();
    let chen = desk.lobby.chen;
    desk.keeps(chen, 12, 18);
    let done = desk.goes(ThingState::InRepair, 1);
    let checked = LendingDone::Checked(ThingState::InRepair, 1);
    assert_eq!(done, Ok(Outcome::Lending(checked)));
    assert!(
        desk.lobby
            .books
            .kept_for(chen)
            .expect("readable")
            .is_empty()
    );
    assert_eq!(desk.causes(), [Cause::ReservationLost]);
    let facts = desk
        .lobby
        .books
        .registers(desk.moment(2))
        .expect("readable");
    let matter = &facts.matters[0];
    assert_eq!(matter.matter.owner, desk.by.person);
    let About::Kept { label, person, .. } = &matter.about else {
        panic!("what was kept, not {:?}", matter.about)
    };
    assert_eq!(label, "01");
    let name = person.as_ref().and_then(|name| name.latin.as_deref());
    assert_eq!(name, Some("Chen Xiaoming"));
    desk.prove();
}

#[test]
fn what_is_lost_is_kept_for_nobody_either() {
    let mut desk = Desk::open();
    let chen = desk.lobby.chen;
    let loan = desk.takes(GRACE, 0).expect("a PC").loan.id;
    let tomorrow = LendingOrder::Reserve {
        thing: desk.thing("PC-01"),
        who: chen,
        day: building().local(desk.moment(hour(33))).date(),
        from: chrono::NaiveTime::from_hms_opt(9, 0, 0).expect("a time"),
        until: chrono::NaiveTime::from_hms_opt(12, 0, 0).expect("a time"),
    };
    assert!(desk.does(tomorrow, 1).is_ok());
    let order = LendingOrder::WriteOff {
        loan,
        amount_fen: 0,
    };
    let done = desk.does(order, 2);
    let lost = LendingDone::WrittenOff(Some("01".to_owned()), 1);
    assert_eq!(done, Ok(Outcome::Lending(lost)));
    assert!(
        desk.lobby
            .books
            .kept_for(chen)
            .expect("readable")
            .is_empty()
    );
    desk.prove();
}

#[test]
fn a_thing_that_was_lent_once_and_is_in_repair_says_that_it_is_in_repair() {
    let mut desk = Desk::open();
    desk.pc_out_and_back(60);
    for state in [ThingState::InRepair, ThingState::Retired] {
        desk.goes(state, 61).expect("it goes there");
        let tag = BroughtBack::Tag("PC-01".to_owned());
        let at = desk.moment(62);
        let refused = desk.lobby.take_back(tag, None, at);
        let label = "01".to_owned();
        let kind = pc();
        let expected = ReturnRefusal::NotOut { kind, label, state };
        assert_eq!(refused, Err(expected));
    }
    desk.prove();
}

#[test]
fn the_register_says_lost_of_what_did_not_come_back_and_damage_is_charged_afterwards() {
    let mut desk = Desk::open();
    let lost = desk
        .lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("one");
    let order = LendingOrder::WriteOff {
        loan: lost.loan.id,
        amount_fen: 0,
    };
    assert!(desk.does(order, 5).is_ok());
    let back = desk.pc_out_and_back(60);
    let facts = desk
        .lobby
        .books
        .registers(desk.moment(70))
        .expect("readable");
    let ended = |loan| {
        let mut register = facts.lending.register.iter();
        register
            .find(|fact| fact.loan.id == loan)
            .and_then(|fact| fact.ended)
    };
    assert_eq!(ended(lost.loan.id), Some(LoanEnded::Lost(desk.moment(5))));
    assert_eq!(ended(back.loan), Some(LoanEnded::Back(desk.moment(60))));
    // Its number still finds it, and what shows only now is entered about it.
    let number = back.number.to_string();
    let hits = desk.lobby.books.search_registers(&number, desk.moment(70));
    let hits = hits.expect("readable");
    let found = hits.iter().find_map(|hit| match hit {
        Hit::Loan(fact) => Some(fact.loan.id),
        _ => None,
    });
    assert_eq!(found, Some(back.loan), "{hits:?}");
    let order = LendingOrder::Book {
        loan: back.loan,
        of: Booking::Damage,
        amount_fen: 12_000,
    };
    assert_eq!(
        desk.does(order, 71),
        Ok(Outcome::Lending(LendingDone::Booked))
    );
    desk.prove();
}

#[test]
fn what_was_not_wiped_and_not_whole_is_over_when_the_desk_has_seen_to_it() {
    for (question, cause) in [
        (Question::Wiped, Cause::DataNotWiped),
        (Question::Part(0), Cause::ThingIncomplete),
    ] {
        let mut desk = Desk::open();
        let receipt = desk.pc_out_and_back(60);
        let (kinds, at) = (desk.lobby.kinds.clone(), desk.moment(61));
        let no = Answered {
            question,
            yes: Some(false),
        };
        let books = &mut desk.lobby.books;
        let said = books.answer_return(&kinds, receipt.loan, &[no], None, at);
        assert!(said.expect("writable"), "the desk looks at it");
        assert_eq!(desk.causes(), [cause]);
        desk.goes(ThingState::Available, 62).expect("on the shelf");
        assert_eq!(desk.causes(), [], "{cause:?}");
        desk.prove();
    }
}

#[test]
fn what_the_desk_has_found_stands_whatever_is_said_late_at_the_screen() {
    let mut desk = Desk::open();
    let receipt = desk.pc_out_and_back(60);
    desk.goes(ThingState::Available, 61).expect("on the shelf");
    let late = [Question::Part(0), Question::Whole, Question::Wiped].map(|question| Answered {
        question,
        yes: Some(false),
    });
    let (kinds, at) = (desk.lobby.kinds.clone(), desk.moment(62));
    let books = &mut desk.lobby.books;
    let said = books.answer_return(&kinds, receipt.loan, &late, None, at);
    assert!(!said.expect("writable"), "the desk has looked at it");
    assert_eq!(desk.causes(), [], "it is whole, wiped and on the shelf");
    desk.takes(GRACE, 63).expect("it is there");
    desk.prove();
}
