//! Expected visits and work permits that the desk takes back.

use super::desk::*;
use crate::support::*;
use lodge::desk::event::{Order, Refusal};
use lodge::desk::services::{ServiceOrder, ServiceRefusal, VisitOrder};
use lodge::people::{Language, Role, Signature};
use lodge::visits::flow::{Answer, Ask};
use lodge::visits::{
    InvitationCode, Permit, SignInOrder, SignInRefusal, Terms, VisitId, VisitRefusal, VisitState,
    VisitorType, Who,
};

fn why(refusal: VisitRefusal) -> Refusal {
    Refusal::Service(ServiceRefusal::Visit(refusal))
}

fn refused(desk: &mut Desk, order: VisitOrder) -> Refusal {
    let supervisor = desk.supervisor;
    let done = desk.does_as(supervisor, Order::Service(ServiceOrder::Visits(order)));
    done.expect_err("a refusal")
}

fn comes(who: Who, of: VisitorType, permit: &str, desk: &Desk) -> SignInOrder {
    SignInOrder {
        who,
        of,
        company: String::new(),
        purpose: String::new(),
        host: Some(desk.lobby.grace),
        tenant: None,
        permit: permit.to_owned(),
        things: String::new(),
        signature: Signature(vec![vec![(100, 100), (600, 200)]]),
        language: Language::Chinese,
    }
}

/// What the touch screen is told of a code.
fn asked(desk: &mut Desk, digits: &str) -> Answer {
    let code = InvitationCode::from_digits(digits).expect("a code");
    let terms = Terms::default();
    let books = &mut desk.lobby.books;
    let answer = books.answer_visits(&terms, Ask::Invitation(code), now());
    answer.expect("readable")
}

#[test]
fn a_withdrawn_visit_is_refused_by_its_code_and_the_host_reads_of_it() {
    let mut desk = Desk::open();
    let reception = desk.enter(Role::Receptionist);
    let (visit, digits) = desk.announced("周远");
    assert!(matches!(asked(&mut desk, &digits), Answer::Invited(Ok(_))));
    let order = Order::Service(ServiceOrder::Visits(VisitOrder::Withdraw(visit)));
    let done = desk.does_as(reception, order);
    assert!(done.is_ok(), "{done:?}");
    // Who did it stands in the journal, as actor and in the row.
    let mut rows = Vec::new();
    let keep = |entry: lodge::store::journal::Entry| {
        if entry.kind == "withdrawn" {
            rows.push((entry.person, entry.subject, entry.payload));
        }
        Ok(())
    };
    desk.lobby.books.journal(keep).expect("readable");
    let [(by, subject, payload)] = rows.as_slice() else {
        panic!("one row, not {rows:?}")
    };
    assert_eq!(by.as_deref(), Some(&*reception.to_string()));
    assert_eq!(*subject, visit.to_string());
    assert!(payload.contains(&reception.to_string()), "{payload}");
    // It is expected no more, and a code of one's own says why instead of being unknown.
    assert_eq!(
        asked(&mut desk, &digits),
        Answer::Invited(Err(SignInRefusal::InvitationWithdrawn))
    );
    let books = &mut desk.lobby.books;
    assert!(books.visits_expected(now()).expect("readable").is_empty());
    assert_eq!(books.code_of_visit(visit).expect("readable"), None);
    // Whoever was on the way through the pages meanwhile does not get in either.
    let order = comes(Who::Invited(visit), VisitorType::Guest, "", &desk);
    let late = desk.lobby.books.sign_in(&Terms::default(), &order, now());
    assert_eq!(
        late.expect("writable"),
        Err(SignInRefusal::InvitationWithdrawn)
    );
    // My page of the host says so until its time is over.
    let mine = |desk: &Desk, at| {
        let found = desk
            .lobby
            .books
            .identify(&desk.lobby.kinds, &card(GRACE), at);
        let visits = found.expect("readable").visits;
        visits.iter().map(|visit| visit.state).collect::<Vec<_>>()
    };
    assert_eq!(mine(&desk, now()), [VisitState::Withdrawn]);
    assert!(mine(&desk, now() + minutes(91)).is_empty());
    // Withdrawn once, and for all; then its code is nobody's.
    let stands = VisitRefusal::Stands(VisitState::Withdrawn);
    assert_eq!(refused(&mut desk, VisitOrder::Withdraw(visit)), why(stands));
    let closed = now() + minutes(120);
    let books = &mut desk.lobby.books;
    books
        .close_visits(&Terms::default(), closed, closed)
        .expect("writable");
    assert_eq!(
        asked(&mut desk, &digits),
        Answer::Invited(Err(SignInRefusal::UnknownInvitation))
    );
    desk.prove();
}

#[test]
fn only_who_is_expected_is_taken_back() {
    let mut desk = Desk::open();
    let inside = desk.courier_inside("吴双");
    assert_eq!(
        refused(&mut desk, VisitOrder::Withdraw(inside)),
        why(VisitRefusal::Stands(VisitState::Inside))
    );
    let nobody = VisitId(uuid::Uuid::from_u128(7));
    assert_eq!(
        refused(&mut desk, VisitOrder::Withdraw(nobody)),
        why(VisitRefusal::Unknown)
    );
    desk.prove();
}

#[test]
fn nobody_comes_in_with_a_withdrawn_permit_and_its_number_can_be_entered_again() {
    let mut desk = Desk::open();
    let permit = desk.permit("SG-17");
    desk.visits(VisitOrder::WithdrawPermit(permit));
    let seen = desk.lobby.books.registers(now()).expect("readable");
    assert!(seen.permits.is_empty());
    let who = || Who::Named(identity("孙强", "13800000002"));
    let order = comes(who(), VisitorType::Contractor, "SG-17", &desk);
    let done = desk.lobby.books.sign_in(&Terms::default(), &order, now());
    assert_eq!(done.expect("writable"), Err(SignInRefusal::PermitWithdrawn));
    assert_eq!(
        refused(&mut desk, VisitOrder::WithdrawPermit(permit)),
        why(VisitRefusal::NoPermit)
    );
    // It was entered wrongly: entered again, it holds, and no second one of its number.
    desk.permit("SG-17");
    let again = Permit {
        number: "SG-17".to_owned(),
        company: "远山设计".to_owned(),
        answers: desk.keeper,
        from: today(),
        until: today(),
    };
    assert_eq!(
        refused(&mut desk, VisitOrder::EnterPermit(again)),
        why(VisitRefusal::PermitKnown)
    );
    let order = comes(who(), VisitorType::Contractor, "SG-17", &desk);
    let done = desk.lobby.books.sign_in(&Terms::default(), &order, now());
    assert!(done.expect("writable").is_ok());
    desk.prove();
}

#[test]
fn whoever_answers_for_the_work_reads_that_its_permit_was_taken_back_until_its_last_day() {
    let mut desk = Desk::open();
    let permit = desk.permit("SG-17");
    let reads = |desk: &Desk, of, at| {
        let found = desk.lobby.books.identify(&desk.lobby.kinds, &card(of), at);
        let permits = found.expect("readable").permits.into_iter();
        permits
            .map(|permit| format!("{} {}", permit.number, permit.company))
            .collect::<Vec<_>>()
    };
    assert!(reads(&desk, KEEPER, now()).is_empty(), "it holds");
    desk.visits(VisitOrder::WithdrawPermit(permit));
    assert_eq!(reads(&desk, KEEPER, now()), ["SG-17 远山设计"]);
    assert!(reads(&desk, GRACE, now()).is_empty(), "it is not hers");
    // Its last day was today; and one that was entered anew under its number holds.
    let tomorrow = now() + minutes(24 * 60);
    assert!(reads(&desk, KEEPER, tomorrow).is_empty());
    desk.permit("SG-17");
    assert!(reads(&desk, KEEPER, now()).is_empty());
    desk.prove();
}

#[test]
fn the_schema_itself_keeps_what_was_withdrawn_withdrawn() {
    let mut desk = Desk::open();
    let (visit, _) = desk.announced("周远");
    let inside = desk.courier_inside("吴双");
    let permit = desk.permit("SG-17");
    desk.visits(VisitOrder::WithdrawPermit(permit));
    let (_folder, path) = desk.lobby.close();
    let books = rusqlite::Connection::open(path).expect("the database");
    let refused = |sql: &str, id: String| {
        let done = books.execute(sql, [id]);
        assert!(done.is_err(), "{sql}: {done:?}");
    };
    // Not expected any more, but nobody's word; inside, and taken back.
    refused(
        "UPDATE visits SET withdrawn_by = 'x' WHERE id = ?1",
        visit.to_string(),
    );
    refused(
        "UPDATE visits SET state = 'lapsed', inside_at_ms = NULL, withdrawn_by = 'x' WHERE id = ?1",
        inside.to_string(),
    );
    refused(
        "UPDATE visit_permits SET withdrawn_at_ms = NULL, withdrawn_by = NULL WHERE id = ?1",
        permit.to_string(),
    );
    refused(
        "INSERT INTO visits (id, type, visitor, permit, state, device, day, count, came_at_ms)
         VALUES ('v', 'contractor', 'p', ?1, 'waiting', 'A', '2026-11-23', 900, 1)",
        permit.to_string(),
    );
}
