//! ● Whoever came on the list after the yes does not go in on it.

use super::desk::*;
use super::listed::{entries, listed};
use crate::support::*;
use lodge::matters::Cause;
use lodge::people::{Act, Language, Role};
use lodge::slips::SlipNumber;
use lodge::store::journal::Actor;
use lodge::visits::{DoNotAdmit, SignedIn, Terms, VisitId, VisitRefusal, VisitState, VisitorType};

/// A visitor with the host's yes who is not in yet.
fn admitted(desk: &mut Desk) -> (VisitId, SlipNumber) {
    let (visit, number) = desk.waiting(&order(VisitorType::Guest, Some(desk.lobby.grace)));
    let by = Actor::of(&desk.lobby.holder(GRACE));
    let books = &mut desk.lobby.books;
    let yes = books.approve_visit_as_host(visit, by, monday_morning());
    assert_eq!(yes.expect("writable"), Ok(()));
    (visit, number)
}

/// Touches "go in", and the desk touches "let in".
fn tries_the_door(desk: &mut Desk, visit: VisitId, number: &SlipNumber) -> [VisitRefusal; 2] {
    let (books, by, at) = (&mut desk.lobby.books, desk.desk, monday_morning());
    let entered = books.enter_visitor(number, Language::Chinese, at);
    let let_in = books.let_visitor_in(visit, by, at);
    [entered, let_in].map(|done| done.expect("writable").expect_err("nobody goes in"))
}

/// ● Whoever came on the list while they waited does not go in on the yes that was said before.
#[test]
fn whoever_comes_on_the_list_after_the_yes_is_reported_at_the_door() {
    for (entry, is_certain) in entries().into_iter().zip([true, false]) {
        let mut desk = Desk::open();
        let (visit, number) = admitted(&mut desk);
        listed(&mut desk, entry);
        let why = match is_certain {
            true => VisitRefusal::Listed,
            false => VisitRefusal::LookFirst,
        };
        for _ in 0..2 {
            let refused = tries_the_door(&mut desk, visit, &number);
            assert_eq!(refused, [why.clone(), why.clone()]);
        }
        assert_eq!(desk.causes(), [Cause::VisitorNotAdmitted], "once");
        let at = monday_morning();
        let (books, by) = (&mut desk.lobby.books, desk.desk);
        let doubt = books.doubt_about(visit).expect("readable");
        assert_eq!(doubt.map(|doubt| doubt.is_certain), Some(is_certain));
        // Perhaps it is somebody else: whoever has looked lets them in.
        let settled = books.settle_match(&Terms::default(), visit, true, "同音", by, at);
        if !is_certain {
            assert_eq!(settled.expect("writable"), Ok(VisitState::Inside));
            desk.prove();
            continue;
        }
        // Who it is for certain stays out, and is sent away.
        assert_eq!(settled.expect("writable"), Err(VisitRefusal::Listed));
        let sent_away = books.settle_match(&Terms::default(), visit, false, "名单", by, at);
        assert_eq!(sent_away.expect("writable"), Ok(VisitState::Refused));
        assert!(desk.causes().is_empty(), "{:?}", desk.causes());
        desk.prove();
    }
}

/// ● Somebody else by name may still be on the list by telephone, where that was entered later.
#[test]
fn whoever_was_found_to_be_somebody_else_and_is_listed_for_certain_after_it_stays_out() {
    let mut desk = Desk::open();
    let [telephone, name] = entries();
    listed(&mut desk, name);
    let guest = order(VisitorType::Guest, Some(desk.lobby.grace));
    assert_eq!(desk.sign_in(&guest), Ok(SignedIn::SeeTheDesk));
    let at = monday_morning();
    let waiting = desk.lobby.books.visits_waiting().expect("readable");
    let visit = waiting[0].id;
    let number = waiting[0].number.clone().expect("a number");
    let settle = |desk: &mut Desk, admit| {
        let (books, by) = (&mut desk.lobby.books, desk.desk);
        let settled = books.settle_match(&Terms::default(), visit, admit, "看过", by, at);
        settled.expect("writable")
    };
    // The look itself does not let in whom the list names by telephone meanwhile.
    let both = DoNotAdmit {
        who: telephone,
        reason: "前次纠纷".to_owned(),
    };
    let (books, keeper) = (&mut desk.lobby.books, desk.supervisor);
    let entry = books.do_not_admit(&both, keeper, at).expect("writable");
    assert_eq!(settle(&mut desk, true), Err(VisitRefusal::Listed));
    let lifted = desk
        .lobby
        .books
        .admit_again(entry.expect("entered"), keeper, at);
    assert_eq!(lifted.expect("writable"), Ok(()));
    assert_eq!(settle(&mut desk, true), Ok(VisitState::Waiting));
    let by = Actor::of(&desk.lobby.holder(GRACE));
    let yes = desk.lobby.books.approve_visit_as_host(visit, by, at);
    assert_eq!(yes.expect("writable"), Ok(()));
    listed(&mut desk, both.who);
    for _ in 0..2 {
        let refused = tries_the_door(&mut desk, visit, &number);
        assert_eq!(refused, [VisitRefusal::Listed, VisitRefusal::Listed]);
        assert_eq!(
            desk.causes(),
            [Cause::VisitorNotAdmitted],
            "once more, and once"
        );
    }
    let doubt = desk.lobby.books.doubt_about(visit).expect("readable");
    assert_eq!(doubt.map(|doubt| doubt.is_certain), Some(true));
    assert_eq!(settle(&mut desk, false), Ok(VisitState::Refused));
    desk.prove();
}

#[test]
fn whoever_was_on_the_list_goes_in_once_they_are_taken_off_it() {
    for who in entries() {
        let mut desk = Desk::open();
        let (visit, number) = admitted(&mut desk);
        let entry = DoNotAdmit {
            who,
            reason: "前次纠纷".to_owned(),
        };
        let (keeper, at) = (desk.supervisor, monday_morning());
        let books = &mut desk.lobby.books;
        let entered = books.do_not_admit(&entry, keeper, at).expect("writable");
        tries_the_door(&mut desk, visit, &number);
        let books = &mut desk.lobby.books;
        let lifted = books.admit_again(entered.expect("entered"), keeper, at);
        assert_eq!(lifted.expect("writable"), Ok(()));
        assert_eq!(books.doubt_about(visit).expect("readable"), None);
        let let_in = books.let_visitor_in(visit, desk.desk, at);
        assert!(let_in.expect("writable").is_ok());
        desk.prove();
    }
}

#[test]
fn the_schema_itself_lets_nobody_in_for_whom_the_desk_has_not_answered() {
    for who in entries() {
        let mut desk = Desk::open();
        let (visit, number) = admitted(&mut desk);
        listed(&mut desk, who);
        tries_the_door(&mut desk, visit, &number);
        let (_folder, path) = desk.lobby.close();
        let books = rusqlite::Connection::open(path).expect("the database");
        let goes_in = |books: &rusqlite::Connection| {
            let sql = "UPDATE visits SET state = 'inside', inside_at_ms = 1 WHERE id = ?1";
            books.execute(sql, [visit.to_string()])
        };
        assert!(goes_in(&books).is_err());
        let looked = "UPDATE visit_alerts SET cleared_by = 'somebody'";
        assert_eq!(books.execute(looked, []), Ok(1));
        assert_eq!(goes_in(&books), Ok(1));
    }
}

/// ● What is reported at the door bears the name of whoever opened it, and who may not open it reports nothing.
#[test]
fn whoever_may_let_nobody_in_writes_nothing_and_whoever_may_reports_in_their_name() {
    let mut desk = Desk::open();
    let (visit, _) = admitted(&mut desk);
    let [telephone, _] = entries();
    listed(&mut desk, telephone);
    let at = monday_morning();
    let guard = Actor {
        person: Some(desk.lobby.employ("郑保安", Role::Security)),
        card: None,
    };
    let books = &mut desk.lobby.books;
    let before = books.length().expect("readable");
    for by in [Actor::default(), guard] {
        let act = Act::ApproveVisit;
        let let_in = books.let_visitor_in(visit, by, at).expect("writable");
        assert_eq!(let_in.map(drop), Err(VisitRefusal::NotPermitted { act }));
    }
    assert_eq!(books.length().expect("readable"), before);
    let let_in = books.let_visitor_in(visit, desk.desk, at);
    assert_eq!(
        let_in.expect("writable").map(drop),
        Err(VisitRefusal::Listed)
    );
    let mut told_by = Vec::new();
    books
        .journal(|entry| {
            if entry.kind == "alerted" {
                told_by.push(entry.person);
            }
            Ok(())
        })
        .expect("readable");
    let name = desk.desk.person.map(|person| person.to_string());
    assert_eq!(told_by, [name]);
}

/// ● Nobody stops them at a door any more: the desk is told as soon as they are listed.
#[test]
fn whoever_is_inside_and_comes_on_the_list_is_reported_at_once() {
    for (entry, is_certain) in entries().into_iter().zip([true, false]) {
        let mut desk = Desk::open();
        let (visit, number) = admitted(&mut desk);
        let (books, at) = (&mut desk.lobby.books, monday_morning());
        let entered = books.enter_visitor(&number, Language::Chinese, at);
        assert!(entered.expect("writable").is_ok());
        listed(&mut desk, identity("孙不同", "13900000009"));
        assert!(desk.causes().is_empty(), "somebody else");
        listed(&mut desk, entry);
        assert_eq!(desk.causes(), [Cause::VisitorNotAdmitted]);
        let open = desk.lobby.books.open_matters().expect("readable");
        assert_eq!(open[0].about, visit.0);
        let alert = desk.lobby.books.alert(visit).expect("readable");
        assert_eq!(alert.map(|doubt| doubt.is_certain), Some(is_certain));
        // Known once; they leave as others do.
        listed(&mut desk, identity("王五", "13800000001"));
        assert_eq!(desk.causes(), [Cause::VisitorNotAdmitted]);
        desk.prove();
    }
}
