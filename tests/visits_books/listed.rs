//! ● Whoever is like somebody on the list is reported at once, whatever else stands against their visit.

use super::before_signing::november;
use super::desk::*;
use crate::support::*;
use chrono::{DateTime, Utc};
use lodge::matters::Cause;
use lodge::people::{Act, Language, Role};
use lodge::slips::SlipNumber;
use lodge::store::journal::Actor;
use lodge::visits::flow::{Answer, Ask};
use lodge::visits::{
    DoNotAdmit, Identity, SignInOrder, SignInRefusal, SignedIn, Terms, VisitId, VisitRefusal,
    VisitState, VisitorType, Who,
};

fn listed(desk: &mut Desk, who: Identity) {
    let entry = DoNotAdmit {
        who,
        reason: "前次纠纷".to_owned(),
    };
    let (by, at) = (desk.supervisor, monday_morning());
    let entered = desk.lobby.books.do_not_admit(&entry, by, at);
    assert!(entered.expect("writable").is_ok());
}

/// By telephone, and by the sound of the name alone.
fn entries() -> [Identity; 2] {
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
    let why = books.why_not_admitted(VisitId(newest.about), desk.desk, at);
    assert_eq!(why.expect("readable"), Ok(Some("前次纠纷".to_owned())));
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
    let mut desk = Desk::open();
    let grace = desk.lobby.grace;
    let (visit, _) = desk.waiting(&order(VisitorType::Guest, Some(grace)));
    listed(&mut desk, identity("周元", "13911112222"));
    let answer = desk.asks(
        Ask::CheckVisitor(identity("周远", "13800000001")),
        monday_morning(),
    );
    assert_eq!(answer, Answer::Checked(Ok(())));
    // Nobody is sent to a desk that knows of nothing: it is told, once, and about the visit that waits.
    for _ in 0..2 {
        let signed = desk.sign_in(&order(VisitorType::Guest, Some(grace)));
        assert_eq!(signed, Ok(SignedIn::SeeTheDesk));
        assert_eq!(desk.causes(), [Cause::VisitorNotAdmitted]);
    }
    let doubt = desk.lobby.books.doubt_about(visit).expect("readable");
    assert_eq!(doubt.map(|doubt| doubt.is_certain), Some(false));
    desk.prove();
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
    let facts = desk.lobby.books.desk_facts(at).expect("readable");
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
    let permit = books.desk_facts(at).expect("readable").permits[0].permit;
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

/// A visitor with the host's yes who is not in yet.
fn admitted(desk: &mut Desk) -> (VisitId, SlipNumber) {
    let (visit, number) = desk.waiting(&order(VisitorType::Guest, Some(desk.lobby.grace)));
    let by = Actor::of(&desk.lobby.holder(GRACE));
    let books = &mut desk.lobby.books;
    let yes = books.approve_visit_as_host(visit, true, by, monday_morning());
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
    let yes = desk.lobby.books.approve_visit_as_host(visit, true, by, at);
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

#[test]
fn whoever_the_desk_found_to_be_somebody_else_waits_like_anybody() {
    let mut desk = Desk::open();
    listed(&mut desk, identity("周元", "13911112222"));
    let order = order(VisitorType::Guest, Some(desk.lobby.grace));
    assert_eq!(desk.sign_in(&order), Ok(SignedIn::SeeTheDesk));
    let at = monday_morning();
    let visit = desk.lobby.books.desk_facts(at).expect("readable").visits[0]
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
