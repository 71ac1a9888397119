//! Leaving, cards, messages, tables, and what stays when a person is erased.

use crate::support::*;
use lodge::matters::Cause;
use lodge::people::Language;
use lodge::slips::{Proof, Record as Paper};
use lodge::store::DATABASE;
use lodge::visits::flow::{Answer, Ask};
use lodge::visits::{
    Leaving, SignInOrder, SignOut, Terms, Visit, VisitRefusal, VisitState, VisitorType, Who,
    announcing,
};

use super::desk::*;

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
    // Whoever leaves is asked by name.
    let terms = desk.terms.clone();
    let books = &mut desk.lobby.books;
    let told = books.answer_visits(&terms, Ask::VisitToEnd(out.clone()), at);
    assert!(
        matches!(told.expect("readable"), Answer::VisitToEnd(Ok(told)) if told.things == "图纸一卷")
    );
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
    // It is in the box: nobody looks for it any more.
    assert_eq!(desk.causes(), [] as [Cause; 0]);
    let books = &mut desk.lobby.books;
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
fn a_card_that_never_comes_back_is_written_off_and_keeps_nobodys_name() {
    let mut desk = Desk::open();
    let receipt = desk.inside(&courier(&desk));
    let (at, by) = (monday_morning(), desk.desk);
    let (terms, temporary) = (desk.terms.clone(), card(0x77));
    let books = &mut desk.lobby.books;
    let issued = books.issue_temporary_card(&terms, receipt.visit, &temporary, by, at);
    let out = issued.expect("writable").expect("a card");
    let left = books.sign_out(&SignOut::Slip(receipt.number), None, at + minutes(5));
    assert!(left.expect("writable").is_ok());
    let month = at + minutes(60 * 24 * 31);
    let (before, later) = (month - minutes(60 * 24 * 30), month + minutes(1));
    let kept = books.erase_visitors(before, month).expect("writable");
    assert_eq!(kept, 0, "the card is still looked for");
    // Whoever says so gives a reason, and may keep cards.
    let empty = books.write_off_temporary_card(out, " ", by, month);
    assert_eq!(empty.expect("writable"), Err(VisitRefusal::Empty));
    let nobody = books.write_off_temporary_card(out, "丢失", Default::default(), month);
    let act = lodge::people::Act::KeepCards;
    assert_eq!(
        nobody.expect("writable"),
        Err(VisitRefusal::NotPermitted { act })
    );
    assert_eq!(desk.causes(), [Cause::VisitorCardOut]);
    let matter = desk.lobby.books.open_matters().expect("readable")[0].id;
    let books = &mut desk.lobby.books;
    let gone = books.write_off_temporary_card(out, "访客说丢在地铁上", by, month);
    assert_eq!(gone.expect("writable"), Ok(out));
    let again = books.write_off_temporary_card(out, "再写一次", by, month);
    assert_eq!(again.expect("writable"), Err(VisitRefusal::CardNotOut));
    assert_eq!(
        books.identify_card(&temporary).expect("readable"),
        lodge::people::Identity::LostCard
    );
    assert!(books.cards_out().expect("readable").is_empty());
    assert_eq!(
        books.matter_notes(matter).expect("readable"),
        ["访客说丢在地铁上"]
    );
    assert_eq!(desk.causes(), [] as [Cause; 0]);
    let mut said = None;
    let books = &mut desk.lobby.books;
    let read = books.journal(|entry| {
        assert!(!entry.payload.contains("地铁"), "{}", entry.payload);
        if entry.kind == "card-gone" {
            said = entry.person;
        }
        Ok(())
    });
    read.expect("readable");
    assert_eq!(said, by.person.map(|person| person.to_string()));
    assert_eq!(books.erase_visitors(before, later).expect("writable"), 1);
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
    // At the closing of the day before nobody was inside yet.
    let before = monday_morning() - minutes(1);
    assert_eq!(
        books
            .close_visits(&desk.terms, before, at)
            .expect("writable"),
        0
    );
    assert_eq!(
        books.close_visits(&desk.terms, at, at).expect("writable"),
        1
    );
    assert!(books.inside_now().expect("readable").is_empty());
    assert!(books.visits_waiting().expect("readable").is_empty());
    let left = books.visits_left_since(at).expect("readable");
    let unseen = |visit: &&Visit| {
        visit
            .left
            .is_some_and(|(_, how)| how == Leaving::NotConfirmed)
    };
    assert_eq!(left.iter().filter(unseen).count(), 1);
    desk.prove();
}

#[test]
fn the_roll_call_has_a_box_for_everybody_inside() {
    let mut desk = Desk::open();
    let named = |desk: &Desk, name: &str, phone: &str| SignInOrder {
        who: Who::Named(identity(name, phone)),
        ..courier(desk)
    };
    desk.inside(&courier(&desk));
    desk.inside(&named(&desk, "何远", "13800000002"));
    let gone = desk.inside(&named(&desk, "林远", "13800000003")).visit;
    let at = monday_morning() + minutes(5);
    let by = desk.desk;
    let out = desk.lobby.books.sign_out_at_desk(gone, Some(true), by, at);
    out.expect("writable").expect("out");
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
    let paper = paper.to_text(32);
    for inside in ["周远", "何远"] {
        assert!(paper.contains(&format!("[ ] {inside}")), "{paper}");
    }
    assert_eq!(paper.matches("[ ] ").count(), 2, "{paper}");
    assert!(!paper.contains("林远"), "{paper}");
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
    // Whoever works in the office has no room of a company.
    desk.lobby
        .employ("王物业", lodge::people::Role::PropertyStaff);
    for (host, is_there) in [("王物业", true), ("陈晓明", false)] {
        let text =
            format!("姓名,被访人,房间,日期,开始,结束\n钱七,{host},,2026-11-24,09:00,10:00\n");
        let rows = announcing::read(&text).expect("well written");
        let books = &mut desk.lobby.books;
        let done = books.announce_table(&rows, by, at).expect("ok");
        assert_eq!(done.expect("may").is_ok(), is_there, "{host}");
    }
    desk.prove();
}

#[test]
fn after_thirty_days_the_person_is_gone_and_the_visit_stays() {
    let mut desk = Desk::open();
    let receipt = desk.inside(&courier(&desk));
    // Its slip is on paper; a roll call waits for a printer that is out of paper, and another one is in a
    // printer that stopped.
    for record in [
        Paper::Sending {
            job: receipt.job.expect("a slip"),
            printer: None,
        },
        Paper::Confirmed {
            job: receipt.job.expect("a slip"),
            proof: Proof::Fence,
        },
    ] {
        let moved = desk.lobby.books.move_job(record, monday_morning());
        assert!(moved.expect("writable"));
    }
    let by = desk.desk;
    for _ in 0..2 {
        let listed = desk
            .lobby
            .books
            .print_roll_call(Language::Chinese, by, monday_morning());
        assert!(listed.expect("writable").is_ok());
    }
    let open = desk.lobby.books.open_jobs().expect("readable");
    let (waits, stopped) = (open[0].id, open[1].id);
    let sending = Paper::Sending {
        job: stopped,
        printer: None,
    };
    let moved = desk.lobby.books.move_job(sending, monday_morning());
    assert!(moved.expect("writable"));
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
    let slips: i64 = raw
        .query_row("SELECT count(*) FROM slips", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(slips, 0, "names stand on what waits for a printer, too");
    let states = [(waits, "failed"), (stopped, "unknown")];
    for (job, state) in states {
        let sql = "SELECT state FROM print_jobs WHERE id = ?1";
        let is: String = raw
            .query_row(sql, [job.to_string()], |row| row.get(0))
            .expect("a job");
        assert_eq!(is, state);
    }
    let open = desk.lobby.books.open_jobs().expect("readable");
    assert!(open.is_empty(), "nothing of that is printed any more");
    // The printer that had stopped goes on: it is in doubt, and stays so.
    let confirmed = Paper::Confirmed {
        job: stopped,
        proof: Proof::Fence,
    };
    let moved = desk.lobby.books.move_job(confirmed, month);
    assert!(!moved.expect("writable"));
}

/// Each question about visits of now tells in a debug build whether it read others too.
#[test]
fn who_is_here_is_found_without_reading_all_who_have_been_here() {
    let mut desk = Desk::open();
    let at = monday_morning();
    for _ in 0..3 {
        let came = courier(&desk);
        let number = desk.inside(&came).number;
        let left = desk.lobby.books.sign_out(&SignOut::Slip(number), None, at);
        assert!(left.expect("writable").is_ok());
    }
    desk.announce("13800000001");
    let (grace, by) = (desk.lobby.grace, desk.desk);
    let books = &mut desk.lobby.books;
    assert_eq!(books.visits_expected(at).expect("readable").len(), 1);
    assert_eq!(books.visits_of_host(grace, at).expect("readable").len(), 1);
    assert!(books.inside_now().expect("readable").is_empty());
    assert!(books.visits_waiting().expect("readable").is_empty());
    let left = books.visits_left_since(at).expect("readable");
    assert_eq!(left.len(), 3);
    let roll = books.print_roll_call(Language::Chinese, by, at);
    assert!(roll.expect("writable").is_ok());
    let closed = books.close_visits(&Terms::default(), at, at);
    assert_eq!(closed.expect("writable"), 0);
}
