//! Visitors as the books hold them: real SQLite, one deed after the other.

mod support;

use chrono::{DateTime, NaiveDate, Utc};
use lodge::matters::Cause;
use lodge::people::{Act, Language, PersonId, PersonName, Role, Signature};
use lodge::slips::SlipNumber;
use lodge::store::journal::Actor;
use lodge::store::{DATABASE, PersonRow, Verdict};
use lodge::visits::{
    Announced, Announcement, DoNotAdmit, DocumentNumber, EnteredReceipt, Identity, Leaving, Permit,
    SignInOrder, SignInRefusal, SignOut, SignedIn, Terms, VisitId, VisitRefusal, VisitState,
    VisitorType, Who, announcing,
};
use support::*;

struct Desk {
    lobby: Lobby,
    terms: Terms,
    desk: Actor,
    supervisor: Actor,
}

impl Desk {
    fn open() -> Self {
        let mut lobby = Lobby::open();
        let mut enter = |role| {
            let row = PersonRow {
                tenant: None,
                name: name("前台一号"),
                roles: vec![role],
                language: Language::Chinese,
            };
            let person = lobby
                .books
                .enter_person(&row, monday_morning())
                .expect("a person");
            Actor {
                person: Some(person),
                card: None,
            }
        };
        let (desk, supervisor) = (enter(Role::Receptionist), enter(Role::Supervisor));
        Desk {
            lobby,
            terms: Terms::default(),
            desk,
            supervisor,
        }
    }

    fn sign_in(&mut self, order: &SignInOrder) -> Result<SignedIn, SignInRefusal> {
        self.sign_in_at(order, monday_morning())
    }

    fn sign_in_at(
        &mut self,
        order: &SignInOrder,
        at: DateTime<Utc>,
    ) -> Result<SignedIn, SignInRefusal> {
        self.lobby
            .books
            .sign_in(&self.terms, order, at)
            .expect("writable")
    }

    fn waiting(&mut self, order: &SignInOrder) -> (VisitId, SlipNumber) {
        match self.sign_in(order) {
            Ok(SignedIn::Waiting { visit, number }) => (visit, number),
            other => panic!("waiting for a yes, not {other:?}"),
        }
    }

    fn inside(&mut self, order: &SignInOrder) -> EnteredReceipt {
        match self.sign_in(order) {
            Ok(SignedIn::Inside(receipt)) => receipt,
            other => panic!("inside, not {other:?}"),
        }
    }

    fn announce(&mut self, phone: &str) -> Announced {
        let visit = Announcement {
            visitor: identity("周远", phone),
            company: "远山设计".to_owned(),
            of: VisitorType::Guest,
            host: self.lobby.grace,
            from: monday_morning() + minutes(60),
            until: monday_morning() + minutes(180),
        };
        self.lobby
            .books
            .announce_visit(&visit, self.desk, monday_morning())
            .expect("writable")
            .expect("announced")
    }

    fn causes(&self) -> Vec<Cause> {
        let open = self.lobby.books.open_matters().expect("readable");
        open.into_iter().map(|matter| matter.cause).collect()
    }

    /// The state is what the journal says, and no name is in the journal.
    fn prove(&self) {
        match self.lobby.books.verify().expect("readable") {
            Verdict::Sound(_) => {}
            other => panic!("{other:?}"),
        }
        self.lobby
            .books
            .journal(|entry| {
                for personal in ["周远", "1380000", "远山", "图纸", "X0001"] {
                    assert!(!entry.payload.contains(personal), "{}", entry.payload);
                }
                Ok(())
            })
            .expect("readable");
    }
}

fn name(chinese: &str) -> PersonName {
    PersonName {
        chinese: Some(chinese.to_owned()),
        latin: None,
    }
}

fn identity(chinese: &str, phone: &str) -> Identity {
    Identity {
        name: name(chinese),
        phone: phone.to_owned(),
        document: None,
    }
}

fn signed() -> Signature {
    Signature(vec![vec![(100, 100), (600, 200)]])
}

fn order(of: VisitorType, host: Option<PersonId>) -> SignInOrder {
    SignInOrder {
        who: Who::Named(identity("周远", "13800000001")),
        of,
        company: "远山设计".to_owned(),
        purpose: "会议".to_owned(),
        host,
        tenant: None,
        permit: String::new(),
        things: String::new(),
        signature: signed(),
        language: Language::Chinese,
    }
}

fn courier(desk: &Desk) -> SignInOrder {
    order(VisitorType::Courier, Some(desk.lobby.grace))
}

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
        card: Some(holder.card),
    };
    let (grace, chen) = (
        card(desk.lobby.holder(GRACE)),
        card(desk.lobby.holder(CHEN)),
    );
    let books = &mut desk.lobby.books;
    let stranger = books
        .approve_visit_as_host(visit, true, chen, at)
        .expect("writable");
    assert_eq!(stranger, Err(VisitRefusal::NotTheHost));
    assert_eq!(
        books
            .approve_visit_as_host(visit, true, grace, at)
            .expect("writable"),
        Ok(())
    );
    let again = books
        .approve_visit_as_host(visit, false, grace, at)
        .expect("writable");
    assert_eq!(again, Err(VisitRefusal::Stands(VisitState::Admitted)));
    let entered = books
        .enter_visitor(&number, Language::Chinese, at)
        .expect("writable");
    let receipt = entered.expect("inside");
    assert_eq!(receipt.to.expect("a company").room, "1203");
    assert_eq!(books.inside_now().expect("readable").len(), 1);
    assert_eq!(books.open_jobs().expect("readable").len(), 1);
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
    assert_eq!(desk.sign_in(&order), Err(SignInRefusal::TooEarly { from }));
    let until = monday_morning() + minutes(180);
    let late = desk.sign_in_at(&order, until + minutes(1));
    assert_eq!(late, Err(SignInRefusal::TooLate { until }));
    let in_time = desk.sign_in_at(&order, monday_morning() + minutes(31));
    assert!(matches!(in_time, Ok(SignedIn::Inside(_))), "{in_time:?}");
    assert_eq!(
        desk.lobby
            .books
            .invitation(&announced.code)
            .expect("readable"),
        None
    );
    let again = desk.sign_in_at(&order, monday_morning() + minutes(32));
    assert_eq!(again, Err(SignInRefusal::UnknownInvitation));
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
    let why = desk
        .lobby
        .books
        .why_not_admitted(attempt, desk.desk, at)
        .expect("readable");
    assert_eq!(why, Ok(Some("前次纠纷".to_owned())));
    // The same sound of a name is enough for a look.
    order.who = Who::Named(identity("汪午", "13800000009"));
    assert_eq!(desk.sign_in(&order), Ok(SignedIn::SeeTheDesk));
    assert!(desk.lobby.books.inside_now().expect("readable").is_empty());
    assert_eq!(
        desk.lobby.books.admit_again(id, by, at).expect("writable"),
        Ok(())
    );
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
    let mut enter = |permit: &Permit| desk.lobby.books.enter_permit(permit, by, at).expect("ok");
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
    assert!(enter(&permit("SG-18", staff, 1, 22)).is_ok());
    assert!(enter(&permit("SG-19", staff, 24, 30)).is_ok());
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
}

#[test]
fn leaving_by_slip_asks_for_the_things_and_a_no_opens_a_matter() {
    let mut desk = Desk::open();
    let mut order = courier(&desk);
    order.things = "图纸一卷".to_owned();
    let number = desk.inside(&order).number;
    let out = SignOut::Slip(number.clone());
    let at = monday_morning() + minutes(30);
    let asked = desk
        .lobby
        .books
        .visit_to_end(&out)
        .expect("readable")
        .expect("a visit");
    assert!(asked.carries);
    let books = &mut desk.lobby.books;
    assert!(
        books
            .sign_out(&out, Some(false), at)
            .expect("writable")
            .is_ok()
    );
    let again = books.sign_out(&out, Some(true), at).expect("writable");
    assert_eq!(again, Err(VisitRefusal::Stands(VisitState::Left)));
    assert_eq!(desk.causes(), [Cause::VisitorThingsMissing]);
    let left = desk
        .lobby
        .books
        .visits_left_since(monday_morning())
        .expect("readable");
    assert_eq!(left[0].left, Some((at, Leaving::Slip)));
    desk.prove();
}

#[test]
fn a_temporary_card_signs_out_and_is_listed_until_it_comes_back() {
    let mut desk = Desk::open();
    let receipt = desk.inside(&courier(&desk));
    let (at, by) = (monday_morning(), desk.desk);
    let (terms, temporary) = (desk.terms.clone(), card(0x77));
    let books = &mut desk.lobby.books;
    let taken = books.issue_temporary_card(&terms, receipt.visit, &card(GRACE), by, at);
    assert_eq!(taken.expect("writable"), Err(VisitRefusal::CardTaken));
    let issued = books.issue_temporary_card(&terms, receipt.visit, &temporary, by, at);
    assert!(issued.expect("writable").is_ok());
    let second = books.issue_temporary_card(&terms, receipt.visit, &card(0x78), by, at);
    assert_eq!(second.expect("writable"), Err(VisitRefusal::HasCard));
    let out = SignOut::Card(temporary.clone());
    assert!(
        books
            .sign_out(&out, None, at + minutes(5))
            .expect("writable")
            .is_ok()
    );
    assert_eq!(
        books.identify_card(&temporary).expect("readable"),
        lodge::people::Identity::ExpiredCard
    );
    assert!(books.cards_out().expect("readable")[0].is_overdue);
    assert_eq!(desk.causes(), [Cause::VisitorCardOut]);
    let books = &mut desk.lobby.books;
    assert!(
        books
            .return_temporary_card(&temporary, by, at)
            .expect("writable")
            .is_ok()
    );
    assert!(books.cards_out().expect("readable").is_empty());
    let nothing = books
        .return_temporary_card(&temporary, by, at)
        .expect("writable");
    assert_eq!(nothing, Err(VisitRefusal::CardNotOut));
    // The same card goes out with the next visitor.
    let next = desk.inside(&courier(&desk));
    let again = desk
        .lobby
        .books
        .issue_temporary_card(&terms, next.visit, &temporary, by, at);
    assert!(again.expect("writable").is_ok());
    desk.prove();
}

#[test]
fn closing_time_signs_out_as_not_confirmed_and_the_desk_can_before() {
    let mut desk = Desk::open();
    let first = desk.inside(&courier(&desk));
    let mut other = courier(&desk);
    other.who = Who::Named(identity("吴双", "13900000002"));
    desk.inside(&other);
    other.who = Who::Named(identity("郑三", "13900000003"));
    other.of = VisitorType::Guest;
    desk.waiting(&other);
    let (at, by) = (monday_morning() + minutes(660), desk.desk);
    let books = &mut desk.lobby.books;
    assert!(
        books
            .sign_out_at_desk(first.visit, None, by, at)
            .expect("writable")
            .is_ok()
    );
    assert_eq!(books.close_visits(&desk.terms, at).expect("writable"), 1);
    assert!(books.inside_now().expect("readable").is_empty());
    assert!(books.visits_waiting().expect("readable").is_empty());
    assert_eq!(books.visits_not_confirmed(at).expect("readable").len(), 1);
    desk.prove();
}

#[test]
fn the_roll_call_has_a_box_for_everybody_inside() {
    let mut desk = Desk::open();
    desk.inside(&courier(&desk));
    let at = monday_morning() + minutes(5);
    let by = desk.desk;
    let books = &mut desk.lobby.books;
    let printed = books
        .print_roll_call(Language::Chinese, by, at)
        .expect("writable");
    let (_, job) = printed.expect("the desk may");
    let jobs = books.open_jobs().expect("readable");
    let paper = &jobs
        .iter()
        .find(|open| open.id == job)
        .expect("queued")
        .slip;
    assert!(
        paper.to_text(32).contains("[ ] 周远"),
        "{}",
        paper.to_text(32)
    );
    desk.prove();
}

#[test]
fn a_message_for_an_absent_host_is_an_open_matter() {
    let mut desk = Desk::open();
    let (grace, at) = (desk.lobby.grace, monday_morning());
    let books = &mut desk.lobby.books;
    let empty = books
        .leave_message(grace, "周远", " ", at)
        .expect("writable");
    assert_eq!(empty, Err(VisitRefusal::Empty));
    let message = books
        .leave_message(grace, "周远", "图纸在前台", at)
        .expect("ok")
        .expect("kept");
    let kept = books.message(message).expect("readable");
    assert_eq!(kept, Some(("周远".to_owned(), "图纸在前台".to_owned())));
    assert_eq!(desk.causes(), [Cause::MessageForHost]);
    desk.prove();
}

#[test]
fn a_returning_visitor_is_found_by_name_and_phone_tail_behind_a_mask() {
    let mut desk = Desk::open();
    let receipt = desk.inside(&courier(&desk));
    let books = &mut desk.lobby.books;
    let out = SignOut::Slip(receipt.number);
    let done = books
        .sign_out(&out, None, monday_morning())
        .expect("writable");
    assert!(done.is_ok());
    let known = books
        .returning_visitor(&name("周远"), "0001")
        .expect("readable");
    let known = known.expect("somebody");
    assert_eq!(known.masked.zh, "周*");
    for (who, tail) in [("周远", "0002"), ("周", "0001"), ("周远", "001")] {
        assert_eq!(
            books.returning_visitor(&name(who), tail).expect("readable"),
            None,
            "{who}"
        );
    }
    let mut order = courier(&desk);
    order.who = Who::Returning(known.person);
    desk.inside(&order);
}

#[test]
fn a_table_is_announced_whole_or_not_at_all() {
    let mut desk = Desk::open();
    let (at, by) = (monday_morning(), desk.desk);
    let table = |host: &str| {
        let text = format!(
            "姓名,被访人,房间,日期,开始,结束\n周远,陈晓明,1203,2026-11-24,09:00,10:00\n\
             吴双,{host},1203,2026-11-24,09:00,10:00\n"
        );
        announcing::read(&text).expect("well written")
    };
    let books = &mut desk.lobby.books;
    let wrong = books
        .announce_table(&table("没有此人"), by, at)
        .expect("ok")
        .expect("may");
    let errors = wrong.expect_err("nobody of that name");
    assert_eq!(
        (errors[0].line, &errors[0].wrong),
        (3, &announcing::Wrong::UnknownHost)
    );
    assert!(books.visits_expected(at).expect("readable").is_empty());
    let done = books
        .announce_table(&table("郝格蕾"), by, at)
        .expect("ok")
        .expect("may");
    assert_eq!(done.expect("announced").len(), 2);
    assert_eq!(books.visits_expected(at).expect("readable").len(), 2);
    desk.prove();
}

#[test]
fn after_thirty_days_the_person_is_gone_and_the_visit_stays() {
    let mut desk = Desk::open();
    let receipt = desk.inside(&courier(&desk));
    let at = monday_morning();
    let month = at + minutes(60 * 24 * 31);
    let books = &mut desk.lobby.books;
    assert_eq!(
        books
            .erase_visitors(at + minutes(1), month)
            .expect("writable"),
        0,
        "still inside"
    );
    let out = SignOut::Slip(receipt.number);
    assert!(books.sign_out(&out, None, at).expect("writable").is_ok());
    assert_eq!(
        books
            .erase_visitors(at + minutes(1), month)
            .expect("writable"),
        1
    );
    let left = books.visits_left_since(at).expect("readable");
    assert_eq!((left.len(), left[0].name.clone()), (1, None));
    assert_eq!(
        books
            .returning_visitor(&name("周远"), "0001")
            .expect("readable"),
        None
    );
    desk.prove();
    let path = desk.lobby.path().join(DATABASE);
    let raw = rusqlite::Connection::open(path).expect("the file");
    let strokes: i64 = raw
        .query_row("SELECT count(*) FROM visit_details", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(strokes, 0);
}
