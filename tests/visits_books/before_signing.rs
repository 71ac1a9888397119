//! Whatever stands against a visit is known before anything is signed, and asking writes nothing.

use super::desk::*;
use crate::support::*;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use lodge::people::{Bilingual, Language};
use lodge::store::journal::Actor;
use lodge::visits::flow::{Answer, Ask};
use lodge::visits::{
    EnteredReceipt, Identity, Permit, SignInRefusal, SignOut, SignedIn, VisitState, VisitorType,
    Who,
};

impl Desk {
    /// What a page is told, in the proof that nothing was written for it.
    pub fn asks(&mut self, ask: Ask, at: DateTime<Utc>) -> Answer {
        assert!(!ask.is_deed(), "{ask:?}");
        let books = &mut self.lobby.books;
        let before = books.length().expect("readable");
        let answer = books.answer_visits(&self.terms, ask, at).expect("readable");
        assert_eq!(books.length().expect("readable"), before);
        answer
    }

    pub fn permit(&mut self, number: &str, until: NaiveDate) {
        let permit = Permit {
            number: number.to_owned(),
            company: "远山装修".to_owned(),
            answers: self.desk.person.expect("somebody"),
            from: until - TimeDelta::days(3),
            until,
        };
        let (by, at) = (self.desk, monday_morning());
        let entered = self.lobby.books.enter_permit(&permit, by, at);
        assert!(entered.expect("writable").is_ok());
    }

    fn leaves(&mut self, receipt: &EnteredReceipt) {
        let out = SignOut::Slip(receipt.number.clone());
        let at = monday_morning() + minutes(1);
        let done = self.lobby.books.sign_out(&out, None, at);
        assert!(done.expect("writable").is_ok());
    }
}

pub fn november(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).expect("a real day")
}

fn who() -> Identity {
    identity("周远", "13800000001")
}

#[test]
fn the_code_of_an_invitation_says_whether_it_is_time_and_closing_time_ends_it_by_its_own_name() {
    let mut desk = Desk::open();
    let announced = desk.announce("13800000001");
    let code = || Ask::Invitation(announced.code.clone());
    let (from, until) = (
        monday_morning() + minutes(60),
        monday_morning() + minutes(180),
    );
    assert_eq!(
        desk.asks(code(), monday_morning()),
        Answer::Invited(Err(SignInRefusal::TooEarly {
            from,
            opens: from - minutes(30)
        }))
    );
    let late = Answer::Invited(Err(SignInRefusal::TooLate { until }));
    assert_eq!(desk.asks(code(), until + minutes(1)), late);
    let in_time = desk.asks(code(), monday_morning() + minutes(31));
    assert!(matches!(in_time, Answer::Invited(Ok(_))), "{in_time:?}");
    // The same visitor is inside with another visit: that is said with the code, too.
    let mut other = courier(&desk);
    other.who = Who::Named(who());
    let receipt = desk.inside(&other);
    let number = receipt.number.clone();
    let inside = Answer::Invited(Err(SignInRefusal::AlreadyInside { number }));
    assert_eq!(desk.asks(code(), from), inside);
    desk.leaves(&receipt);
    // The page stands, and the house closes: it was an invitation, and it is over.
    let closed = monday_morning() + minutes(660);
    let terms = desk.terms.clone();
    let books = &mut desk.lobby.books;
    books
        .close_visits(&terms, closed, closed)
        .expect("writable");
    let mut order = order(VisitorType::Guest, None);
    order.who = Who::Invited(announced.visit);
    let signed = desk.sign_in_at(&order, closed + minutes(1));
    assert_eq!(signed, Err(SignInRefusal::TooLate { until }));
    let unknown = Answer::Invited(Err(SignInRefusal::UnknownInvitation));
    assert_eq!(desk.asks(code(), closed), unknown);
    desk.prove();
}

#[test]
fn the_code_somebody_came_with_says_that_they_are_inside_and_later_that_it_was_used() {
    let mut desk = Desk::open();
    let announced = desk.announce("13800000001");
    let code = || Ask::Invitation(announced.code.clone());
    let at = monday_morning() + minutes(31);
    let mut order = order(VisitorType::Guest, None);
    order.who = Who::Invited(announced.visit);
    let Ok(SignedIn::Inside(receipt)) = desk.sign_in_at(&order, at) else {
        panic!("nobody has to be asked")
    };
    let number = receipt.number.clone();
    let inside = Answer::Invited(Err(SignInRefusal::AlreadyInside { number }));
    assert_eq!(desk.asks(code(), at), inside);
    desk.leaves(&receipt);
    let used = Answer::Invited(Err(SignInRefusal::InvitationUsed));
    assert_eq!(desk.asks(code(), at), used);
    let digits = desk.lobby.books.code_of_visit(announced.visit);
    assert_eq!(digits.expect("readable"), None, "it is shown to nobody");
    desk.prove();
}

#[test]
fn a_name_and_telephone_say_who_is_inside_or_waits_and_for_whose_yes() {
    let mut desk = Desk::open();
    let check = || Ask::CheckVisitor(who());
    let free = Answer::Checked(Ok(()));
    let at = monday_morning();
    assert_eq!(desk.asks(check(), at), free);
    let grace = desk.lobby.grace;
    let (visit, number) = desk.waiting(&order(VisitorType::Guest, Some(grace)));
    let waits = |answer| match answer {
        Answer::Checked(Err(SignInRefusal::AlreadyWaiting {
            number: known,
            host,
            is_admitted,
        })) => {
            assert_eq!(known, number);
            assert_eq!(host.map(|host| host.person), Some(grace));
            is_admitted
        }
        other => panic!("{other:?}"),
    };
    assert!(!waits(desk.asks(check(), at)));
    for other in [
        identity("周远", "13800000002"),
        identity("周元", "13800000001"),
    ] {
        assert_eq!(desk.asks(Ask::CheckVisitor(other), at), free);
    }
    let holder = desk.lobby.holder(GRACE);
    let by = Actor::of(&holder);
    let yes = desk.lobby.books.approve_visit_as_host(visit, by, at);
    assert_eq!(yes.expect("writable"), Ok(()));
    assert!(waits(desk.asks(check(), at)), "somebody has said yes");
    let stands = Ask::Standing(number.clone());
    assert_eq!(
        desk.asks(stands, at),
        Answer::Stands(number.clone(), Some(VisitState::Admitted))
    );
    let entered = desk
        .lobby
        .books
        .enter_visitor(&number, Language::Chinese, at)
        .expect("writable");
    let receipt = entered.expect("inside");
    let inside = SignInRefusal::AlreadyInside { number };
    assert_eq!(desk.asks(check(), at), Answer::Checked(Err(inside.clone())));
    let again = Ask::Returning {
        name: name("周远"),
        tail: "0001".to_owned(),
    };
    let Answer::Known(Some(known)) = desk.asks(again.clone(), at) else {
        panic!("somebody who was here before")
    };
    assert_eq!(known.open, Some(inside));
    desk.leaves(&receipt);
    let Answer::Known(Some(known)) = desk.asks(again, at) else {
        panic!("somebody who was here before")
    };
    assert_eq!(known.open, None);
}

#[test]
fn the_number_of_a_permit_says_whether_it_holds_and_one_that_is_over_is_asked_anew() {
    let mut desk = Desk::open();
    desk.permit("SG-17", november(23));
    desk.permit("SG-18", november(30));
    let (today, tomorrow) = (monday_morning(), monday_morning() + TimeDelta::days(1));
    let check = |number: &str| Ask::CheckPermit(number.to_owned(), Who::Named(who()));
    let checked = |desk: &mut Desk, number, at| desk.asks(check(number), at);
    let no = |refusal| Answer::Checked(Err(refusal));
    assert_eq!(
        checked(&mut desk, " SG-17 ", today),
        Answer::Checked(Ok(()))
    );
    let until = november(23);
    assert_eq!(
        checked(&mut desk, "SG-17", tomorrow),
        no(SignInRefusal::PermitExpired { until })
    );
    let from = november(27);
    assert_eq!(
        checked(&mut desk, "SG-18", today),
        no(SignInRefusal::PermitNotYet { from })
    );
    assert_eq!(
        checked(&mut desk, "SG-71", today),
        no(SignInRefusal::PermitMissing)
    );
    // Who answers for the work is whom a contractor asks for, on the page and on paper.
    let mut order = order(VisitorType::Contractor, None);
    order.permit = "SG-17".to_owned();
    let receipt = desk.inside(&order);
    let asks_for = receipt.host.as_ref().map(|host| host.masked.clone());
    assert_eq!(asks_for, Some(Bilingual::new("前**号", "前**号")));
    let jobs = desk.lobby.books.open_jobs().expect("readable");
    let paper = jobs[0].slip.to_text(32);
    assert!(paper.contains("前**号"), "{paper}");
    desk.leaves(&receipt);
    let mut permit_at = |at| {
        let again = Ask::BySlip(receipt.number.clone());
        let Answer::Known(Some(known)) = desk.asks(again, at) else {
            panic!("somebody who was here before")
        };
        known.last.expect("a visit").permit
    };
    assert_eq!(permit_at(today + minutes(2)), "SG-17");
    assert_eq!(permit_at(tomorrow), "");
}
