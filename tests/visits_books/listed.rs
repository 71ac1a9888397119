//! ● Whoever is like somebody on the list is reported at once, whatever else stands against their visit.

use super::before_signing::november;
use super::desk::*;
use crate::support::*;
use chrono::{DateTime, Utc};
use lodge::matters::Cause;
use lodge::people::Language;
use lodge::store::journal::Actor;
use lodge::visits::flow::{Answer, Ask};
use lodge::visits::{
    DoNotAdmit, DocumentNumber, Identity, SignInOrder, SignInRefusal, SignedIn, Terms, VisitId,
    VisitRefusal, VisitState, VisitorType, Who,
};

pub fn listed(desk: &mut Desk, who: Identity) {
    let entry = DoNotAdmit {
        who,
        reason: "前次纠纷".to_owned(),
    };
    let (by, at) = (desk.supervisor, monday_morning());
    let entered = desk.lobby.books.do_not_admit(&entry, by, at);
    assert!(entered.expect("writable").is_ok());
}

/// By telephone, and by the sound of the name alone.
pub fn entries() -> [Identity; 2] {
    [
        identity("王五", "13800000001"),
        identity("周元", "13911112222"),
    ]
}

/// Signs at this moment, is sent to the desk, and the desk has one matter more that tells whom it is about.
fn is_reported(desk: &mut Desk, order: &SignInOrder, at: DateTime<Utc>, said: &str) {
    let before = desk.causes().len();
    assert_eq!(
        desk.sign_in_at(order, at),
        Ok(SignedIn::SeeTheDesk),
        "{said}"
    );
    let matters = desk.lobby.books.open_matters().expect("readable");
    assert_eq!(matters.len(), before + 1, "{said}");
    let newest = matters.iter().max_by_key(|matter| matter.id.0);
    let newest = newest.expect("a matter");
    assert_eq!(newest.cause, Cause::VisitorNotAdmitted, "{said}");
    let books = &mut desk.lobby.books;
    let why = books.alert(VisitId(newest.about)).expect("readable");
    assert_eq!(why.expect("an alert").reason, "前次纠纷");
    assert!(books.inside_now().expect("readable").is_empty(), "{said}");
}

#[test]
fn a_permit_that_does_not_hold_keeps_nobody_from_being_reported() {
    for entry in entries() {
        let mut desk = Desk::open();
        desk.permit("SG-18", november(30));
        listed(&mut desk, entry);
        let mut order = order(VisitorType::Contractor, None);
        let at = monday_morning();
        for (number, said) in [("SG-71", "none"), ("SG-18", "not yet valid")] {
            // Nothing is said before the signature, which reports.
            let ask = Ask::CheckPermit(number.to_owned(), order.who.clone());
            assert_eq!(desk.asks(ask, at), Answer::Checked(Ok(())));
            order.permit = number.to_owned();
            is_reported(&mut desk, &order, at, said);
        }
        desk.prove();
    }
}

#[test]
fn an_invitation_out_of_its_hours_or_taken_back_keeps_nobody_from_being_reported() {
    let (early, late) = (monday_morning(), monday_morning() + minutes(200));
    for entry in entries() {
        for (said, at, is_withdrawn) in [
            ("early", early, false),
            ("late", late, false),
            ("withdrawn", early + minutes(31), true),
        ] {
            let mut desk = Desk::open();
            let announced = desk.announce("13800000001");
            if is_withdrawn {
                let books = &mut desk.lobby.books;
                let gone = books.withdraw_visit(announced.visit, desk.desk, monday_morning());
                assert!(gone.expect("writable").is_ok());
            }
            listed(&mut desk, entry.clone());
            let code = Ask::Invitation(announced.code.clone());
            let answer = desk.asks(code, at);
            assert!(
                matches!(answer, Answer::Invited(Ok(_))),
                "{said}: {answer:?}"
            );
            let mut order = order(VisitorType::Guest, None);
            order.who = Who::Invited(announced.visit);
            is_reported(&mut desk, &order, at, said);
            desk.prove();
        }
    }
}

#[test]
fn whoever_waits_for_the_look_of_the_desk_is_reported_once_and_told_the_same() {
    let mut desk = Desk::open();
    listed(&mut desk, identity("周元", "13911112222"));
    let order = order(VisitorType::Guest, Some(desk.lobby.grace));
    for _ in 0..2 {
        assert_eq!(desk.sign_in(&order), Ok(SignedIn::SeeTheDesk));
    }
    assert_eq!(desk.causes(), [Cause::VisitorNotAdmitted]);
}

#[test]
fn whoever_waits_and_comes_on_the_list_signs_again_and_is_sent_to_the_desk() {
    for (entry, is_certain) in entries().into_iter().zip([true, false]) {
        let mut desk = Desk::open();
        let guest = order(VisitorType::Guest, Some(desk.lobby.grace));
        let (visit, _) = desk.waiting(&guest);
        listed(&mut desk, entry);
        let who = identity("周远", "13800000001");
        let answer = desk.asks(Ask::CheckVisitor(who), monday_morning());
        assert_eq!(answer, Answer::Checked(Ok(())));
        // Nobody is sent to a desk that knows of nothing: it is told, once, and about the visit that waits.
        for _ in 0..2 {
            assert_eq!(desk.sign_in(&guest), Ok(SignedIn::SeeTheDesk));
            assert_eq!(desk.causes(), [Cause::VisitorNotAdmitted]);
        }
        let (books, by, at) = (&mut desk.lobby.books, desk.desk, monday_morning());
        let doubt = books.doubt_about(visit).expect("readable");
        assert_eq!(doubt.map(|doubt| doubt.is_certain), Some(is_certain));
        // The host neither sees them nor says yes to them.
        let said = desk.lobby.grace;
        let mine = books.visits_of_host(said, at).expect("readable");
        assert!(mine.is_empty(), "{mine:?}");
        let yes = books.approve_visit_by_phone(visit, said, true, by, at);
        let why = match is_certain {
            true => VisitRefusal::Listed,
            false => VisitRefusal::LookFirst,
        };
        assert_eq!(yes.expect("writable"), Err(why));
        let sent_away = books.settle_match(&Terms::default(), visit, false, "名单", by, at);
        assert_eq!(sent_away.expect("writable"), Ok(VisitState::Refused));
        desk.prove();
    }
}

#[test]
fn whoever_the_desk_let_in_holds_up_the_code_to_leave_and_is_no_news() {
    let mut desk = Desk::open();
    let announced = desk.announce("13800000001");
    listed(&mut desk, identity("周元", "13911112222"));
    let mut order = order(VisitorType::Guest, None);
    order.who = Who::Invited(announced.visit);
    let at = monday_morning() + minutes(31);
    is_reported_as_visit(&mut desk, &order, at);
    let (books, by) = (&mut desk.lobby.books, desk.desk);
    let settled = books.settle_match(&Terms::default(), announced.visit, true, "同音", by, at);
    assert_eq!(settled.expect("writable"), Ok(VisitState::Inside));
    let inside = desk.asks(Ask::Invitation(announced.code.clone()), at);
    assert!(
        matches!(
            inside,
            Answer::Invited(Err(SignInRefusal::AlreadyInside { .. }))
        ),
        "{inside:?}"
    );
    desk.prove();
}

fn is_reported_as_visit(desk: &mut Desk, order: &SignInOrder, at: DateTime<Utc>) {
    assert_eq!(desk.sign_in_at(order, at), Ok(SignedIn::SeeTheDesk));
    assert_eq!(desk.causes(), [Cause::VisitorNotAdmitted]);
}

/// ● A permit that is taken back lets nobody in any more who waits with it.
#[test]
fn a_permit_taken_back_while_somebody_waits_keeps_them_out_by_every_door() {
    let mut desk = Desk::open();
    desk.permit("SG-17", november(23));
    listed(&mut desk, identity("周元", "13911112222"));
    let mut order = order(VisitorType::Contractor, None);
    order.permit = "SG-17".to_owned();
    let at = monday_morning();
    assert_eq!(desk.sign_in(&order), Ok(SignedIn::SeeTheDesk));
    let facts = desk.lobby.books.registers(at).expect("readable");
    let visit = facts.visits[0].visit.clone();
    let permit = facts.permits[0].permit;
    let (books, by) = (&mut desk.lobby.books, desk.desk);
    let gone = books.withdraw_permit(permit, by, at);
    assert!(gone.expect("writable").is_ok());
    let books = &mut desk.lobby.books;
    let before = books.length().expect("readable");
    let settled = books.settle_match(&Terms::default(), visit.id, true, "同音", by, at);
    assert_eq!(settled.expect("writable"), Err(VisitRefusal::NoPermit));
    assert_eq!(
        books.length().expect("readable"),
        before,
        "nothing is settled"
    );
    let sent_away = books.settle_match(&Terms::default(), visit.id, false, "注销", by, at);
    assert_eq!(sent_away.expect("writable"), Ok(VisitState::Refused));
    desk.prove();
}

#[test]
fn a_yes_to_somebody_whose_permit_is_taken_back_opens_no_door() {
    let mut desk = Desk::open();
    desk.terms.contractor = lodge::visits::Approval::Desk;
    desk.permit("SG-17", november(23));
    let mut order = order(VisitorType::Contractor, None);
    order.permit = "SG-17".to_owned();
    let at = monday_morning();
    let (visit, number) = desk.waiting(&order);
    let (books, by) = (&mut desk.lobby.books, desk.desk);
    let said = by.person.expect("somebody");
    let yes = books.approve_visit_by_phone(visit, said, true, by, at);
    assert_eq!(yes.expect("writable"), Ok(()));
    let permit = books.registers(at).expect("readable").permits[0].permit;
    assert!(
        books
            .withdraw_permit(permit, by, at)
            .expect("writable")
            .is_ok()
    );
    let no = Err(VisitRefusal::NoPermit);
    let entered = books.enter_visitor(&number, Language::Chinese, at);
    assert_eq!(entered.expect("writable").map(drop), no);
    let let_in = books.let_visitor_in(visit, Actor::default(), at);
    assert!(
        let_in.expect("writable").is_err(),
        "nobody acts without a name"
    );
    let let_in = books.let_visitor_in(visit, by, at);
    assert_eq!(let_in.expect("writable").map(drop), no);
    desk.prove();
}

#[test]
fn a_permit_whose_last_day_passes_while_somebody_waits_opens_no_door() {
    let mut desk = Desk::open();
    desk.terms.contractor = lodge::visits::Approval::Desk;
    desk.permit("SG-17", november(23));
    let mut order = order(VisitorType::Contractor, None);
    order.permit = "SG-17".to_owned();
    let (visit, number) = desk.waiting(&order);
    let (books, by) = (&mut desk.lobby.books, desk.desk);
    let said = by.person.expect("somebody");
    let yes = books.approve_visit_by_phone(visit, said, true, by, monday_morning());
    assert_eq!(yes.expect("writable"), Ok(()));
    let tomorrow = monday_morning() + chrono::TimeDelta::days(1);
    let entered = books.enter_visitor(&number, Language::Chinese, tomorrow);
    let over = Err(VisitRefusal::PermitOver);
    assert_eq!(entered.expect("writable").map(drop), over);
}

#[test]
fn whoever_the_desk_found_to_be_somebody_else_waits_like_anybody() {
    let mut desk = Desk::open();
    listed(&mut desk, identity("周元", "13911112222"));
    let order = order(VisitorType::Guest, Some(desk.lobby.grace));
    assert_eq!(desk.sign_in(&order), Ok(SignedIn::SeeTheDesk));
    let at = monday_morning();
    let visit = desk.lobby.books.registers(at).expect("readable").visits[0]
        .visit
        .id;
    let (books, by) = (&mut desk.lobby.books, desk.desk);
    let settled = books.settle_match(&Terms::default(), visit, true, "同音", by, at);
    assert_eq!(settled.expect("writable"), Ok(VisitState::Waiting));
    let again = desk.sign_in(&order);
    assert!(
        matches!(again, Err(SignInRefusal::AlreadyWaiting { .. })),
        "{again:?}"
    );
}

#[test]
fn whoever_shows_the_document_of_somebody_on_the_list_is_reported_before_they_sign_or_walk_off() {
    let mut desk = Desk::open();
    let shown = |number: &str| Identity {
        document: Some(DocumentNumber(number.to_owned())),
        ..identity("周远", "")
    };
    let on_the_list = shown("110105194912310038");
    listed(&mut desk, on_the_list.clone());
    let at = monday_morning();
    let ask = |desk: &mut Desk, who: &Identity| {
        let (terms, ask) = (Terms::default(), Ask::ByDocument(who.clone()));
        let answer = desk.lobby.books.answer_visits(&terms, ask, at);
        answer.expect("writable")
    };
    // The same name with another document is only like it: nothing is said before they sign.
    let other = shown("11010519491231002X");
    assert_eq!(ask(&mut desk, &other), Answer::Known(None));
    assert_eq!(desk.causes(), []);
    assert_eq!(ask(&mut desk, &on_the_list), Answer::Listed);
    assert_eq!(desk.causes(), [Cause::VisitorNotAdmitted]);
    // Nothing of a visit was begun: nobody waits and nobody is inside.
    let books = &desk.lobby.books;
    assert!(books.visits_waiting().expect("readable").is_empty());
    assert!(books.inside_now().expect("readable").is_empty());
    desk.prove();
}
