//! ● What is asked for in writing: why a key was not back, and what is wrong with one.

use crate::*;
use lodge::matters::{MatterRefusal, Move};
use lodge::store::Books;

#[test]
fn a_key_that_was_out_over_night_leaves_the_question_why_unless_a_check_has_the_answer() {
    for is_asked in [false, true] {
        let mut hooks = Hooks::open();
        hooks
            .take(hooks.plain, TECHNICIAN, None, morning())
            .expect("a grant");
        let (keeper, plain) = (hooks.keeper, hooks.plain);
        let next_day = morning() + TimeDelta::days(1);
        if is_asked {
            let books = &mut hooks.lobby.books;
            let check = books.begin_key_check(keeper, next_day).expect("writable");
            let check = check.expect("the check of the day");
            let noted =
                books.note_key(check, plain, Finding::NotBack, "仍在维修", keeper, next_day);
            assert_eq!(noted.expect("writable"), Ok(()));
        }
        let back = hooks.bring_back("KEY-0012", None, &[], next_day);
        assert!(back.expect("out").late);
        if is_asked {
            assert_eq!(hooks.causes(), []);
            continue;
        }
        assert_eq!(hooks.causes(), [Cause::KeyWasOut]);
        let books = &mut hooks.lobby.books;
        let matter = books.open_matters().expect("readable").remove(0);
        let mut moved = |wish, note: &str| {
            let moved = books.move_matter(matter.id, wish, note, keeper, next_day);
            moved.expect("writable")
        };
        assert_eq!(moved(Move::Take, ""), Ok(()));
        assert_eq!(moved(Move::Close, " "), Err(MatterRefusal::ReasonMissing));
        assert_eq!(moved(Move::Close, "仍在维修"), Ok(()));
        hooks.is_sound();
    }
}

#[test]
fn what_is_wrong_with_a_key_is_written_once_a_no_at_its_return_has_said_that_something_is() {
    let mut hooks = Hooks::open();
    hooks
        .take(hooks.plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let back = hooks.bring_back("KEY-0012", None, &[Point::Whole], morning());
    back.expect("out");
    let (keeper, plain) = (hooks.keeper, hooks.plain);
    let books = &mut hooks.lobby.books;
    let said = |books: &Books| books.open_key_reports().expect("readable").remove(0).text;
    assert_eq!(said(books), "");
    let mut describe = |text: &str| {
        let reported = books.report_key(plain, Harm::Damaged, text, keeper, morning());
        reported.expect("writable")
    };
    assert_eq!(describe(" "), Err(KeyRefusal::ReasonMissing));
    let report = describe("齿断了一颗").expect("it says nothing yet");
    assert!(describe("还弯了").is_err(), "it is written");
    let books = &hooks.lobby.books;
    assert_eq!(said(books), "齿断了一颗");
    let open = books.open_key_reports().expect("readable");
    assert_eq!((open.len(), open[0].id), (1, report), "one report");
    assert_eq!(hooks.causes(), [Cause::KeyDamaged]);
    let jobs = hooks.lobby.books.open_jobs().expect("readable");
    let papers: Vec<String> = jobs.iter().map(|job| format!("{:?}", job.slip)).collect();
    let empty = papers
        .iter()
        .filter(|paper| paper.contains("____") && paper.contains("损坏或缺少"));
    assert_eq!(empty.count(), 1);
    assert!(papers.iter().any(|paper| paper.contains("齿断了一颗")));
    hooks.is_sound();
}
