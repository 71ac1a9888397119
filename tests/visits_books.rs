//! Visitors as the books hold them: real SQLite, one deed after the other.

mod support;

mod visits_books {
    pub mod again;
    mod asked;
    pub mod at_the_door;
    pub mod before_signing;
    pub mod desk;
    pub mod leaving;
    pub mod listed;
    pub mod messages;
    pub mod numbers;
    mod works;
}

use chrono::{NaiveDate, TimeDelta};
use lodge::desk::event::{Doer, Order as DeskOrder};
use lodge::matters::Cause;
use lodge::people::{Act, Language, PersonId, Role, Signature};
use lodge::slips::{Label, LabelKind, Record as Paper, WhyUnknown};
use lodge::store::journal::Actor;
use lodge::visits::{
    DoNotAdmit, DocumentNumber, Identity, Permit, SignInRefusal, SignOut, SignedIn, VisitId,
    VisitRefusal, VisitState, VisitorType, Who,
};
use support::*;

use visits_books::desk::*;

#[test]
fn a_guest_waits_until_the_host_says_yes_with_a_card_and_then_takes_the_slip() {
    let mut desk = Desk::open();
    let (visit, number) = desk.waiting(&order(VisitorType::Guest, Some(desk.lobby.grace)));
    assert_eq!(number.to_string(), "A-1123-0001");
    let at = monday_morning() + minutes(2);
    let books = &mut desk.lobby.books;
    let early = books
        .enter_visitor(&number, Language::Chinese, at)
        .expect("writable");
    assert_eq!(early, Err(VisitRefusal::Stands(VisitState::Waiting)));
    let mine = books
        .visits_of_host(desk.lobby.grace, at)
        .expect("readable");
    assert_eq!(
        mine.iter().map(|visit| visit.id).collect::<Vec<_>>(),
        [visit]
    );
    let card = |holder: lodge::people::Holder| Actor {
        person: Some(holder.person),
        card: holder.card,
    };
    let (grace, chen) = (
        card(desk.lobby.holder(GRACE)),
        card(desk.lobby.holder(CHEN)),
    );
    let books = &mut desk.lobby.books;
    let stranger = books
        .approve_visit_as_host(visit, chen, at)
        .expect("writable");
    assert_eq!(stranger, Err(VisitRefusal::NotTheHost));
    assert_eq!(
        books
            .approve_visit_as_host(visit, grace, at)
            .expect("writable"),
        Ok(())
    );
    let again = books
        .approve_visit_as_host(visit, grace, at)
        .expect("writable");
    assert_eq!(again, Err(VisitRefusal::Stands(VisitState::Admitted)));
    let entered = books
        .enter_visitor(&number, Language::Chinese, at)
        .expect("writable");
    let receipt = entered.expect("inside");
    assert_eq!(receipt.to.expect("a company").room, "1203");
    assert!(receipt.job.is_some());
    // Whoever touches once more, or was let in at the desk meanwhile, is told the same, and no second
    // slip comes out.
    let again = books
        .enter_visitor(&number, Language::Chinese, at)
        .expect("writable");
    let told = again.expect("inside");
    assert_eq!((told.number, told.job), (number, None));
    assert_eq!(books.inside_now().expect("readable").len(), 1);
    assert_eq!(books.open_jobs().expect("readable").len(), 1);
    desk.prove();
}

#[test]
fn a_badge_names_its_wearer_masks_the_host_and_holds_until_the_house_closes() {
    let mut desk = Desk::open();
    let order = courier(&desk);
    let receipt = desk.inside(&order);
    let jobs = desk.lobby.books.open_jobs().expect("readable");
    let label = jobs[0].label.as_ref().expect("a badge beside the slip");
    assert_eq!(label.kind, LabelKind::Badge);
    assert_eq!(label.heading, "快递员 · A-1123-0001");
    assert_eq!(label.title, "周远");
    assert_eq!(label.code, receipt.number.code(), "as on the slip");
    let closing = building().local(building().next_closing(monday_morning()));
    let until = format!("有效至 11月23日 {}", closing.format("%H:%M"));
    assert_eq!(label.lines.len(), 4, "{:?}", label.lines);
    assert!(label.lines[0].ends_with(" 1203"), "{:?}", label.lines);
    assert_eq!(
        label.lines[1..],
        [until, "被访人 郝*蕾".to_owned(), "远山设计".to_owned()]
    );
    assert_eq!(label.mark, None);
    // The slip beside it names nobody, as ever.
    assert!(!jobs[0].slip.to_text(32).contains("周远"));
    desk.prove();
}

#[test]
fn a_badge_printed_again_says_so() {
    let mut desk = Desk::open();
    let order = courier(&desk);
    let job = desk.inside(&order).job.expect("a job");
    let books = &mut desk.lobby.books;
    let at = monday_morning();
    for record in [
        Paper::Sending { job, printer: None },
        Paper::Unknown {
            job,
            why: WhyUnknown::LineLost,
        },
    ] {
        assert!(books.move_job(record, at).expect("writable"));
    }
    let doer = Doer {
        person: desk.desk.person.expect("a person"),
        card: None,
    };
    let house = desk_house(&desk.lobby.kinds);
    let books = &mut desk.lobby.books;
    let done = books.desk_order(&house, doer, &DeskOrder::Reprint(job), at);
    assert!(done.expect("writable").is_ok());
    let jobs = books.open_jobs().expect("readable");
    let [first, again] = jobs.as_slice() else {
        panic!("{jobs:?}")
    };
    let (first, again) = (first.label.clone(), again.label.clone());
    let (first, again) = (first.expect("a badge"), again.expect("a badge"));
    assert_eq!(again.mark.as_deref(), Some("补打 1 / REPRINT 1"));
    assert_eq!(
        Label {
            mark: None,
            ..again
        },
        first
    );
    desk.prove();
}

#[test]
fn the_desk_phones_and_writes_down_who_said_yes_or_no() {
    let mut desk = Desk::open();
    let (visit, number) = desk.waiting(&order(VisitorType::Interview, Some(desk.lobby.grace)));
    let (at, grace, by) = (monday_morning(), desk.lobby.grace, desk.desk);
    let visitor = desk.lobby.books.visits_waiting().expect("readable")[0].visitor;
    let books = &mut desk.lobby.books;
    let nobody = books
        .approve_visit_by_phone(visit, visitor, true, by, at)
        .expect("writable");
    assert_eq!(nobody, Err(VisitRefusal::NobodySaidYes));
    // Somebody of another company cannot say it for her.
    let stranger = desk.lobby.employ("路人戊", Role::Receptionist);
    let books = &mut desk.lobby.books;
    let theirs = books
        .approve_visit_by_phone(visit, stranger, true, by, at)
        .expect("writable");
    assert_eq!(theirs, Err(VisitRefusal::NotTheirVisitor));
    let member = Actor {
        person: Some(grace),
        card: None,
    };
    let refused = books
        .approve_visit_by_phone(visit, grace, true, member, at)
        .expect("writable");
    assert_eq!(
        refused,
        Err(VisitRefusal::NotPermitted {
            act: Act::ApproveVisit
        })
    );
    assert_eq!(
        books
            .approve_visit_by_phone(visit, grace, false, by, at)
            .expect("ok"),
        Ok(())
    );
    let no = books
        .enter_visitor(&number, Language::Chinese, at)
        .expect("writable");
    assert_eq!(no, Err(VisitRefusal::Stands(VisitState::Refused)));
    desk.prove();
}

#[test]
fn a_colleague_who_answers_the_telephone_says_it_in_their_own_name() {
    let mut desk = Desk::open();
    let (visit, _) = desk.waiting(&order(VisitorType::Interview, Some(desk.lobby.grace)));
    let (at, by, chen) = (monday_morning(), desk.desk, desk.lobby.chen);
    let books = &mut desk.lobby.books;
    let yes = books.approve_visit_by_phone(visit, chen, true, by, at);
    assert_eq!(yes.expect("writable"), Ok(()));
    let mut said = String::new();
    let read = books.journal(|entry| {
        said = entry.payload;
        Ok(())
    });
    read.expect("readable");
    assert!(said.contains(&chen.to_string()), "{said}");
    desk.prove();
}

#[test]
fn an_invitation_lets_in_within_its_window_and_only_once() {
    let mut desk = Desk::open();
    let announced = desk.announce("13800000001");
    let found = desk
        .lobby
        .books
        .invitation(&announced.code)
        .expect("readable");
    assert_eq!(found.map(|visit| visit.id), Some(announced.visit));
    let mut order = order(VisitorType::Guest, None);
    order.who = Who::Invited(announced.visit);
    let from = monday_morning() + minutes(60);
    let opens = from - minutes(30);
    let early = SignInRefusal::TooEarly { from, opens };
    assert_eq!(desk.sign_in(&order), Err(early));
    let until = monday_morning() + minutes(180);
    let late = desk.sign_in_at(&order, until + minutes(1));
    assert_eq!(late, Err(SignInRefusal::TooLate { until }));
    let in_time = desk.sign_in_at(&order, monday_morning() + minutes(31));
    let Ok(SignedIn::Inside(receipt)) = in_time else {
        panic!("{in_time:?}")
    };
    let again = desk.sign_in_at(&order, monday_morning() + minutes(32));
    let number = receipt.number.clone();
    assert_eq!(again, Err(SignInRefusal::AlreadyInside { number }));
    let out = SignOut::Slip(receipt.number);
    let at = monday_morning() + minutes(33);
    let left = desk.lobby.books.sign_out(&out, None, at).expect("writable");
    assert!(left.is_ok());
    let used = desk.sign_in_at(&order, monday_morning() + minutes(34));
    assert_eq!(used, Err(SignInRefusal::InvitationUsed));
    desk.prove();
}

#[test]
fn whoever_is_on_the_list_is_sent_to_the_desk_which_learns_why() {
    let mut desk = Desk::open();
    let document = || Some(DocumentNumber("X0001".to_owned()));
    let entry = DoNotAdmit {
        who: Identity {
            document: document(),
            ..identity("王五", "")
        },
        reason: "前次纠纷".to_owned(),
    };
    let at = monday_morning();
    let by = desk.desk;
    let refused = desk
        .lobby
        .books
        .do_not_admit(&entry, by, at)
        .expect("writable");
    assert_eq!(
        refused,
        Err(VisitRefusal::NotPermitted {
            act: Act::KeepDoNotAdmit
        })
    );
    let by = desk.supervisor;
    let id = desk
        .lobby
        .books
        .do_not_admit(&entry, by, at)
        .expect("ok")
        .expect("entered");
    let mut order = courier(&desk);
    order.who = Who::Named(Identity {
        document: document(),
        ..identity("周远", "")
    });
    assert_eq!(desk.sign_in(&order), Ok(SignedIn::SeeTheDesk));
    assert_eq!(desk.causes(), [Cause::VisitorNotAdmitted]);
    let attempt = VisitId(desk.lobby.books.open_matters().expect("readable")[0].about);
    let why = desk.lobby.books.alert(attempt).expect("readable");
    assert_eq!(why.expect("an alert").reason, "前次纠纷");
    // The same sound of a name is enough for a look.
    order.who = Who::Named(identity("汪午", "13800000009"));
    assert_eq!(desk.sign_in(&order), Ok(SignedIn::SeeTheDesk));
    assert!(desk.lobby.books.inside_now().expect("readable").is_empty());
    assert_eq!(
        desk.lobby.books.admit_again(id, by, at).expect("writable"),
        Ok(())
    );
    order.who = Who::Named(identity("汪武", "13800000010"));
    desk.inside(&order);
    desk.prove();
}

#[test]
fn a_contractor_needs_a_permit_that_holds_today_and_somebody_who_answers() {
    let mut desk = Desk::open();
    let mut order = order(VisitorType::Contractor, None);
    order.permit = "SG-17".to_owned();
    assert_eq!(desk.sign_in(&order), Err(SignInRefusal::PermitMissing));
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a real day");
    let staff = desk.desk.person.expect("somebody");
    let permit = |number: &str, answers, from, until| Permit {
        number: number.to_owned(),
        company: "远山装修".to_owned(),
        answers,
        from: day(from),
        until: day(until),
    };
    let (at, by, grace) = (monday_morning(), desk.desk, desk.lobby.grace);
    let mut enter_at =
        |permit: &Permit, at| desk.lobby.books.enter_permit(permit, by, at).expect("ok");
    let mut enter = |permit: &Permit| enter_at(permit, at);
    assert_eq!(
        enter(&permit("SG-17", grace, 1, 30)),
        Err(VisitRefusal::NobodyAnswers)
    );
    assert_eq!(
        enter(&permit("SG-17", staff, 30, 1)),
        Err(VisitRefusal::Days)
    );
    assert!(enter(&permit("SG-17", staff, 23, 23)).is_ok());
    assert_eq!(
        enter(&permit("SG-17", staff, 23, 23)),
        Err(VisitRefusal::PermitKnown)
    );
    let over = permit("SG-18", staff, 1, 22);
    assert_eq!(enter(&over), Err(VisitRefusal::PermitOver));
    assert!(enter(&permit("SG-19", staff, 24, 30)).is_ok());
    assert!(enter_at(&over, at - TimeDelta::days(1)).is_ok());
    order.permit = "SG-18".to_owned();
    assert_eq!(
        desk.sign_in(&order),
        Err(SignInRefusal::PermitExpired { until: day(22) })
    );
    order.permit = "SG-19".to_owned();
    assert_eq!(
        desk.sign_in(&order),
        Err(SignInRefusal::PermitNotYet { from: day(24) })
    );
    order.permit = "SG-17".to_owned();
    desk.inside(&order);
    desk.prove();
}

#[test]
fn a_gap_in_the_form_is_refused_with_what_is_missing() {
    let mut desk = Desk::open();
    let mut order = courier(&desk);
    order.signature = Signature::default();
    assert_eq!(desk.sign_in(&order), Err(SignInRefusal::NotSigned));
    order.signature = signed();
    order.host = None;
    assert_eq!(desk.sign_in(&order), Err(SignInRefusal::NoHost));
    order.host = Some(PersonId(uuid::Uuid::from_u128(7)));
    assert_eq!(desk.sign_in(&order), Err(SignInRefusal::HostGone));
    order.host = Some(desk.lobby.grace);
    order.who = Who::Named(identity(" ", ""));
    assert_eq!(desk.sign_in(&order), Err(SignInRefusal::NoName));
    order.who = Who::Returning(PersonId(uuid::Uuid::from_u128(7)));
    assert_eq!(desk.sign_in(&order), Err(SignInRefusal::UnknownVisitor));
}

#[test]
fn one_open_visit_a_visitor_by_rule_and_by_schema() {
    let mut desk = Desk::open();
    let order = courier(&desk);
    let number = desk.inside(&order).number;
    assert_eq!(
        desk.sign_in(&order),
        Err(SignInRefusal::AlreadyInside { number })
    );
    let (_folder, path) = desk.lobby.close();
    let raw = rusqlite::Connection::open(path).expect("the file");
    let refused = |sql: &str, why: &str| {
        let error = raw.execute(sql, []).expect_err(sql).to_string();
        assert!(error.contains(why), "{error}");
    };
    refused(
        "INSERT INTO visits (id, type, visitor, state, device, day, count, came_at_ms, inside_at_ms)
         SELECT 'x', type, visitor, state, device, day, 99, came_at_ms, inside_at_ms FROM visits",
        "UNIQUE constraint failed: visits.visitor",
    );
    refused(
        "INSERT INTO visits (id, type, visitor, state, device, day, count, came_at_ms)
         VALUES ('x', 'contractor', 'y', 'admitted', 'A', '2026-11-23', 98, 1)",
        "CHECK constraint failed",
    );
    raw.execute(
        "INSERT INTO visits (id, type, visitor, state, device, day, count, came_at_ms)
         VALUES ('w', 'guest', 'z', 'waiting', 'A', '2026-11-23', 97, 1)",
        [],
    )
    .expect("somebody who waits");
    refused(
        "UPDATE visits SET state = 'inside', inside_at_ms = 2 WHERE id = 'w'",
        "nobody has said yes",
    );
    refused(
        "UPDATE visits SET state = 'admitted', host = 'h', approval = 'host-card', said_yes = 'g'
         WHERE id = 'w'",
        "not the host",
    );
}

#[test]
fn a_permit_that_does_not_hold_lets_nobody_in_whatever_the_program_says() {
    let mut desk = Desk::open();
    desk.inside(&courier(&desk));
    let (_folder, path) = desk.lobby.close();
    let raw = rusqlite::Connection::open(path).expect("the file");
    for (permit, days, withdrawn) in [
        ("over", ["2026-11-01", "2026-11-22"], "NULL"),
        ("later", ["2026-11-24", "2026-11-30"], "NULL"),
        ("back", ["2026-11-23", "2026-11-30"], "1"),
    ] {
        let [from, until] = days;
        let by = if withdrawn == "1" { "'desk'" } else { "NULL" };
        raw.execute_batch(&format!(
            "INSERT INTO visit_permits (id, answers, from_day, until_day)
             VALUES ('{permit}', 'staff', '{from}', '{until}');
             INSERT INTO visits (id, type, visitor, permit, state, device, day, count, came_at_ms)
             VALUES ('v-{permit}', 'contractor', 'of-{permit}', '{permit}', 'admitted', 'B',
                 '2026-11-23', (SELECT 100 + count(*) FROM visits), 1);
             UPDATE visit_permits SET withdrawn_at_ms = {withdrawn}, withdrawn_by = {by}
             WHERE id = '{permit}';"
        ))
        .expect("somebody who may come in");
        let goes_in =
            format!("UPDATE visits SET state = 'inside', inside_at_ms = 2 WHERE id = 'v-{permit}'");
        let error = raw.execute(&goes_in, []).expect_err(permit).to_string();
        assert!(error.contains("the permit does not hold"), "{error}");
    }
}
