//! What happens around a loan, as the books hold it: questions at its return, renewals, loss, money,
//! reservations, the laundry, what is given away, rain.

mod support;

mod lending_after {
    pub mod desk;
    mod lost;
    mod reserving;
    mod schema;
    mod stands;
    mod turns;
}

use lending_after::desk::Desk;
use lodge::desk::event::{Outcome, Refusal};
use lodge::desk::lending::{LendingDone, LendingOrder, LendingStop};
use lodge::lending::check::CheckRefusal;
use lodge::lending::{
    Answered, BroughtBack, LendRefusal, Question, RenewRefusal, ReserveRefusal, ReturnRefusal,
    ThingState, Wanted,
};
use lodge::matters::Cause;
use lodge::people::PersonId;
use support::*;

fn tag(tag: &str) -> Wanted {
    Wanted::Tag(tag.to_owned())
}

fn back(tag: &str) -> BroughtBack {
    BroughtBack::Tag(tag.to_owned())
}

fn said(question: Question, yes: bool) -> Answered {
    Answered {
        question,
        yes: Some(yes),
    }
}

#[test]
fn a_pc_that_comes_back_asks_for_its_parts_its_condition_and_its_data() {
    let mut desk = Desk::open();
    let receipt = desk.pc_out_and_back(60);
    assert_eq!(
        receipt.asks,
        [Question::Part(0), Question::Whole, Question::Wiped]
    );
    assert!(receipt.awaiting_check);
    // It is back although nobody has answered; it just does not go out again.
    let refused = desk
        .lobby
        .lend(CHEN, tag("PC-01"), desk.later(61))
        .expect_err("nobody has looked at it");
    assert!(matches!(
        refused,
        LendRefusal::NotForLoan {
            state: ThingState::AwaitingCheck,
            ..
        }
    ));
    desk.prove();
}

#[test]
fn pc_use_is_recorded_with_start_end_which_pc_and_by_whom() {
    let mut desk = Desk::open();
    for kind in desk.lobby.kinds.iter_mut().filter(|kind| kind.id == pc()) {
        kind.policy.in_place = true;
        kind.policy.due.minutes = Some(60);
    }
    let receipt = desk.pc_out_and_back(25);
    let mut register = Vec::new();
    desk.lobby
        .books
        .journal(|entry| {
            if entry.subject == receipt.loan.to_string() {
                register.push((entry.kind.clone(), entry.at_ms, entry.payload.clone()));
            }
            Ok(())
        })
        .expect("readable");
    let [(began, start, used), (ended, end, _)] = register.as_slice() else {
        panic!("a start and an end, not {register:?}")
    };
    assert_eq!((began.as_str(), ended.as_str()), ("lent", "returned"));
    assert_eq!(*start, monday_morning().timestamp_millis());
    assert_eq!(*end, desk.later(25).timestamp_millis());
    for told in [
        desk.lobby.grace.to_string(),
        desk.thing("PC-01").to_string(),
        desk.later(60).timestamp_millis().to_string(),
    ] {
        assert!(used.contains(&told), "{told} in {used}");
    }
}

#[test]
fn no_pc_goes_on_the_shelf_with_a_question_open_or_data_on_it() {
    let mut desk = Desk::open();
    desk.pc_out_and_back(60);
    let thing = desk.thing("PC-01");
    let shelve = |answers| LendingOrder::Check {
        thing,
        answers,
        to: ThingState::Available,
    };
    let all = |wiped| {
        vec![
            said(Question::Part(0), true),
            said(Question::Whole, true),
            said(Question::Wiped, wiped),
        ]
    };
    let refused = desk.does(shelve(vec![said(Question::Whole, true)]), 61);
    assert_eq!(
        refused,
        Err(Refusal::Lending(LendingStop::Check(
            CheckRefusal::Unanswered(Question::Part(0))
        )))
    );
    let refused = desk.does(shelve(all(false)), 62);
    assert_eq!(
        refused,
        Err(Refusal::Lending(LendingStop::Check(CheckRefusal::NotWiped)))
    );
    let done = desk.does(shelve(all(true)), 63);
    assert_eq!(
        done,
        Ok(Outcome::Lending(LendingDone::Checked(
            ThingState::Available,
            0
        )))
    );
    desk.lobby
        .lend(CHEN, tag("PC-01"), desk.later(64))
        .expect("it goes out again");
    desk.prove();
}

#[test]
fn a_no_at_the_touch_screen_leaves_a_matter_that_nobody_owns_yet() {
    let mut desk = Desk::open();
    let (receipt, at) = (desk.pc_out_and_back(60), desk.later(60));
    let kinds = desk.lobby.kinds.clone();
    let answers = [said(Question::Whole, true), said(Question::Wiped, false)];
    let waits = desk
        .lobby
        .books
        .answer_return(&kinds, receipt.loan, &answers, None, at)
        .expect("writable");
    assert!(waits, "the desk looks at it");
    let matters = desk.lobby.books.open_matters().expect("readable");
    let [matter] = matters.as_slice() else {
        panic!("one matter, not {matters:?}")
    };
    assert_eq!(
        (matter.cause, matter.about, matter.owner),
        (Cause::DataNotWiped, receipt.loan.0, None)
    );
    desk.prove();
}

#[test]
fn an_answer_to_what_was_not_asked_is_not_written_down() {
    let mut desk = Desk::open();
    let receipt = desk
        .lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("one");
    let number = receipt.loan.number.clone();
    let at = desk.later(5);
    let receipt = desk
        .lobby
        .take_back(BroughtBack::Slip(number), None, at)
        .expect("back");
    let kinds = desk.lobby.kinds.clone();
    let before = desk.lobby.books.length().expect("readable");
    let answers = [said(Question::Wiped, false)];
    desk.lobby
        .books
        .answer_return(&kinds, receipt.loan, &answers, None, at)
        .expect("writable");
    assert_eq!(desk.lobby.books.length().expect("readable"), before);
    assert!(
        desk.lobby
            .books
            .open_matters()
            .expect("readable")
            .is_empty()
    );
}

#[test]
fn an_umbrella_is_kept_longer_as_often_as_the_house_allows_and_never_when_late() {
    let mut desk = Desk::open();
    let loan = desk
        .lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("one")
        .loan;
    let (grace, chen) = (desk.lobby.holder(GRACE), desk.lobby.holder(CHEN));
    let kinds = desk.lobby.kinds.clone();
    let books = &mut desk.lobby.books;
    let mut renew = |holder, at| books.renew(&kinds, holder, loan.id, at).expect("writable");
    assert_eq!(renew(&chen, monday_morning()), Err(RenewRefusal::Unknown));
    assert_eq!(
        renew(&grace, loan.due + chrono::TimeDelta::minutes(1)),
        Err(RenewRefusal::Overdue)
    );
    let longer = renew(&grace, monday_morning()).expect("once is allowed");
    assert_eq!(longer.due, loan.due + chrono::TimeDelta::days(2));
    assert_eq!(
        renew(&grace, monday_morning()),
        Err(RenewRefusal::TooOften { limit: 1 })
    );
    desk.prove();
}

#[test]
fn what_is_kept_for_somebody_goes_to_nobody_else_and_ends_with_the_loan() {
    let mut desk = Desk::open();
    let keep = desk.keep("PC-01", desk.lobby.chen, 9, 12);
    assert_eq!(
        desk.does(keep, 0),
        Ok(Outcome::Lending(LendingDone::Reserved))
    );
    let again = desk.keep("PC-01", desk.lobby.grace, 10, 11);
    assert!(matches!(
        desk.does(again, 0),
        Err(Refusal::Lending(LendingStop::Reserve(
            ReserveRefusal::Taken { .. }
        )))
    ));
    let refused = desk
        .lobby
        .lend(GRACE, tag("PC-01"), monday_morning())
        .expect_err("it is kept for Chen");
    assert!(
        matches!(refused, LendRefusal::Reserved { .. }),
        "{refused:?}"
    );
    desk.lobby
        .lend(CHEN, tag("PC-01"), monday_morning())
        .expect("it is theirs");
    assert_eq!(
        desk.lobby
            .books
            .release_reservations(desk.later(600))
            .expect("writable"),
        0
    );
    desk.prove();
}

#[test]
fn a_thing_that_nobody_fetches_within_an_hour_is_free_again() {
    let mut desk = Desk::open();
    let keep = desk.keep("PC-01", desk.lobby.chen, 10, 18);
    assert_eq!(
        desk.does(keep, 0),
        Ok(Outcome::Lending(LendingDone::Reserved))
    );
    // 11:00 is an hour after 10:00; the lobby's morning is 09:05.
    let books = &mut desk.lobby.books;
    let at = |minute| monday_morning() + chrono::TimeDelta::minutes(minute);
    assert_eq!(books.release_reservations(at(114)).expect("writable"), 0);
    assert_eq!(books.release_reservations(at(115)).expect("writable"), 1);
    desk.lobby
        .lend(GRACE, tag("PC-01"), at(116))
        .expect("it is free");
    desk.prove();
}

#[test]
fn nothing_is_kept_for_somebody_who_may_not_borrow_it() {
    let mut desk = Desk::open();
    let nobody = desk.keep("PC-01", PersonId(uuid::Uuid::from_u128(7)), 10, 11);
    assert_eq!(
        desk.does(nobody, 0),
        Err(Refusal::Lending(LendingStop::Reserve(
            ReserveRefusal::NotAllowed
        )))
    );
}

#[test]
fn what_is_written_off_is_charged_owned_and_taken_back_when_it_turns_up() {
    let mut desk = Desk::open();
    let loan = desk
        .lobby
        .lend(GRACE, tag("PC-01"), monday_morning())
        .expect("a PC")
        .loan;
    let order = LendingOrder::WriteOff {
        loan: loan.id,
        amount_fen: 450_000,
    };
    let done = desk.does(order.clone(), 30);
    assert_eq!(
        done,
        Ok(Outcome::Lending(LendingDone::WrittenOff(
            Some("01".to_owned()),
            0
        )))
    );
    assert_eq!(
        desk.does(order, 31),
        Err(Refusal::Lending(LendingStop::NotOut))
    );
    let matters = desk.lobby.books.open_matters().expect("readable");
    assert_eq!(
        matters
            .iter()
            .map(|m| (m.cause, m.owner))
            .collect::<Vec<_>>(),
        [(Cause::ThingLost, desk.by.person)]
    );
    assert!(
        desk.lobby
            .books
            .loans_of(desk.lobby.grace)
            .expect("readable")
            .is_empty()
    );
    let back_again = desk
        .lobby
        .take_back(back("PC-01"), Some(CHEN), desk.later(60));
    let receipt = back_again.expect("whoever brings it, it is taken");
    assert!(receipt.turned_up && receipt.awaiting_check);
    let twice = desk.lobby.take_back(back("PC-01"), None, desk.later(61));
    assert!(matches!(twice, Err(ReturnRefusal::AlreadyReturned { .. })));
    desk.prove();
}

#[test]
fn a_lost_umbrella_leaves_its_stand_and_comes_back_to_it() {
    let mut desk = Desk::open();
    let loan = desk
        .lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("one")
        .loan;
    let order = LendingOrder::WriteOff {
        loan: loan.id,
        amount_fen: 0,
    };
    assert!(desk.does(order, 5).is_ok());
    assert_eq!(desk.free(&umbrella()), 1, "one of two is gone");
    let slip = BroughtBack::Slip(loan.number);
    let receipt = desk
        .lobby
        .take_back(slip, None, desk.later(9))
        .expect("found");
    assert!(receipt.turned_up);
    assert_eq!(desk.free(&umbrella()), 2);
    desk.prove();
}
