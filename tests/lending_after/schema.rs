//! The schema refuses on its own what the rules refuse, and a rebuild takes what was written before it.

use super::desk::Desk;
use crate::support::*;
use lodge::desk::event::Outcome;
use lodge::desk::lending::LendingDone;
use lodge::lending::{BroughtBack, Wanted};
use lodge::store::{Books, Verdict};
use rusqlite::Connection;

fn says(direct: &Connection, sql: &str, sentence: &str) {
    let error = direct.execute(sql, []).expect_err("the schema forbids it");
    assert!(
        error.to_string().contains(sentence),
        "{error} instead of {sentence}"
    );
}

#[test]
fn what_is_kept_for_somebody_is_there_for_them_whoever_writes() {
    let mut desk = Desk::open();
    let (grace, chen) = (desk.lobby.grace, desk.lobby.chen);
    for (who, from, until) in [(grace, 9, 12), (chen, 12, 18)] {
        let order = desk.keep("PC-01", who, from, until);
        let kept = desk.does(order, 0);
        assert_eq!(kept, Ok(Outcome::Lending(LendingDone::Reserved)));
    }
    desk.lobby
        .lend(GRACE, Wanted::Tag("PC-01".to_owned()), monday_morning())
        .expect("it is theirs until twelve");
    let (_folder, path) = desk.lobby.close();
    let direct = Connection::open(path).expect("the file");
    says(
        &direct,
        "UPDATE lending_loans SET due_ms = due_ms + 1 WHERE thing IS NOT NULL",
        "kept for somebody else by then",
    );
    says(
        &direct,
        "INSERT INTO lending_loans (id, device, day, count, kind, thing, borrower, lent_at_ms, due_ms)
         SELECT 'another', device, day, count + 1, kind, thing, borrower, due_ms, due_ms + 1
         FROM lending_loans WHERE thing IS NOT NULL",
        "kept for somebody else by then",
    );
    for state in ["in-repair", "retired", "lost"] {
        says(
            &direct,
            &format!("UPDATE lending_things SET state = '{state}' WHERE tag = 'PC-01'"),
            "it is kept for somebody",
        );
    }
    says(
        &direct,
        "INSERT INTO lending_reservations (id, thing, person, from_ms, until_ms)
         SELECT 'another', id, 'somebody', 1, 2 FROM lending_things WHERE tag = 'PC-02'",
        "it cannot be kept for anybody",
    );
}

#[test]
fn what_is_not_on_its_shelf_goes_out_to_nobody_and_nothing_goes_there_unasked() {
    let mut desk = Desk::open();
    let receipt = desk.pc_out_and_back(30);
    assert!(receipt.awaiting_check);
    let (_folder, path) = desk.lobby.close();
    let direct = Connection::open(path).expect("the file");
    says(
        &direct,
        "UPDATE lending_things SET state = 'available' WHERE tag = 'PC-01'",
        "a question of its return is open",
    );
    direct
        .execute("UPDATE lending_questions SET yes = 1", [])
        .expect("answered");
    for state in ["awaiting-check", "in-repair", "retired", "lost"] {
        direct
            .execute(
                "UPDATE lending_things SET state = ?1 WHERE tag = 'PC-01'",
                [state],
            )
            .expect("it is so");
        says(
            &direct,
            "INSERT INTO lending_loans (id, device, day, count, kind, thing, borrower, lent_at_ms, due_ms)
             SELECT 'another', device, day, count + 1, kind, thing, borrower, due_ms, due_ms + 1
             FROM lending_loans WHERE thing IS NOT NULL",
            "it is not on its shelf",
        );
    }
    direct
        .execute(
            "UPDATE lending_things SET state = 'available' WHERE tag = 'PC-01'",
            [],
        )
        .expect("it is looked at, and asked about");
}

#[test]
fn a_stand_is_not_counted_below_what_is_away_and_one_that_was_before_is_put_right() {
    let mut desk = Desk::open();
    let at = monday_morning();
    let lent = desk.lobby.lend(GRACE, Wanted::Pool(helmet()), at);
    let number = lent.expect("a helmet").loan.number;
    let slip = BroughtBack::Slip(number);
    desk.lobby.take_back(slip, None, at).expect("it is back");
    desk.lobby
        .lend(CHEN, Wanted::Pool(helmet()), at)
        .expect("another helmet");
    // One is out and one is not clean.
    let books = &mut desk.lobby.books;
    books
        .count_pool(&helmet(), 1, at)
        .expect_err("fewer than are away");
    let (folder, path) = desk.lobby.close();
    let direct = Connection::open(&path).expect("the file");
    let trigger: String = direct
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE name = 'a_stand_holds_all_that_is_away'",
            [],
            |row| row.get(0),
        )
        .expect("the trigger");
    // A house of before, where that was written down.
    direct
        .execute_batch("DROP TRIGGER a_stand_holds_all_that_is_away")
        .expect("gone");
    drop(direct);
    let mut books = Books::open(folder.path(), &building()).expect("books");
    books.count_pool(&helmet(), 0, at).expect("as it was then");
    drop(books);
    let direct = Connection::open(&path).expect("the file");
    direct.execute_batch(&trigger).expect("as it is now");
    drop(direct);
    // Written now, past the rule, it would be no journal of this house.
    let books = Books::open(folder.path(), &building()).expect("books");
    books.verify().expect_err("it breaks a rule");
    drop(books);
    let direct = Connection::open(&path).expect("the file");
    direct
        .execute(
            "UPDATE rules_since SET seq = (SELECT max(seq) FROM journal)",
            [],
        )
        .expect("from before the rule");
    drop(direct);
    let mut books = Books::open(folder.path(), &building()).expect("books");
    let sound = |books: &Books| {
        let verdict = books.verify().expect("readable");
        assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
    };
    sound(&books);
    books.count_pool(&helmet(), 3, at).expect("counted again");
    sound(&books);
    books
        .count_pool(&helmet(), 1, at)
        .expect_err("and never below it again");
}
