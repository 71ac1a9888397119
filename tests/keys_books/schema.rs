//! What the schema refuses, whatever the program says.

use crate::*;

#[test]
fn the_schema_alone_refuses_what_the_rules_refuse() {
    let mut hooks = Hooks::open();
    hooks
        .take(hooks.plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let keeper = hooks.keeper;
    let check = hooks
        .lobby
        .books
        .begin_key_check(keeper, morning())
        .expect("writable")
        .expect("a check");
    let (plain, master) = (hooks.plain, hooks.master);
    let (_folder, path) = hooks.lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    // One grant that holds, one that begins later, one that is over, one that was taken back.
    for (person, from, until, withdrawn) in [
        ("p", 0, "NULL", "NULL"),
        ("early", 1, "NULL", "NULL"),
        ("late", -9, "0", "NULL"),
        ("former", 0, "NULL", "5"),
    ] {
        direct
            .execute_batch(&format!(
                "INSERT INTO key_grants (id, key_group, person, from_ms, until_ms, withdrawn_at_ms)
                 SELECT DISTINCT '{person}' || key_group, key_group, '{person}', {from}, {until},
                     {withdrawn} FROM keys"
            ))
            .expect("grants");
    }
    let held_by = |holder: &str, key: KeyId, hook: &str, due: i64, second: &str| {
        format!(
            "INSERT INTO key_loans (id, hook, holder, taken_at_ms, due_ms, key, purpose, second,
                 goes_along)
             VALUES ('x', '{hook}', '{holder}', 0, {due}, '{key}', 'repair', {second}, 0)"
        )
    };
    let loan = |key, hook: &str, due, second: &str| held_by("p", key, hook, due, second);
    for (sql, why) in [
        (held_by("nobody", master, "K-01", 1000, "NULL"), "granted"),
        (held_by("early", master, "K-01", 1000, "NULL"), "granted"),
        (held_by("late", master, "K-01", 1000, "NULL"), "granted"),
        (held_by("former", master, "K-01", 1000, "NULL"), "granted"),
        (loan(plain, "K-99", 1000, "NULL"), "not on its hook"),
        (loan(plain, "K-12", 1000, "NULL"), "UNIQUE"),
        (loan(master, "K-01", 86_400_000, "NULL"), "the same day"),
        (loan(master, "K-01", 1000, "'p'"), "another person"),
        (
            format!(
                "INSERT INTO key_loans (id, hook, holder, taken_at_ms, due_ms, key)
                 VALUES ('x', 'K-01', 'p', 0, 1000, '{master}')"
            ),
            "for what",
        ),
        (
            format!("UPDATE key_checks SET closed_at_ms = 1 WHERE id = '{check}'"),
            "open",
        ),
    ] {
        let error = direct.execute_batch(&sql).expect_err(&sql).to_string();
        // The unique hook is found first where both would do.
        assert!(
            error.contains(why) || (why == "UNIQUE" && error.contains("hook")),
            "{sql}: {error}"
        );
    }
    let taken = direct.execute_batch(&loan(master, "K-01", 1000, "NULL"));
    taken.expect("nothing but what is wrong is refused");
}

#[test]
fn who_goes_along_with_a_contractor_answers_until_the_key_is_back_whoever_writes() {
    let mut hooks = Hooks::open();
    hooks
        .take(hooks.plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let (_folder, path) = hooks.lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    let by_hand = "UPDATE matters SET closed_at_ms = 1";
    let error = direct.execute_batch(by_hand).expect_err("it is out");
    assert!(error.to_string().contains("has the key"), "{error}");
    direct
        .execute_batch("UPDATE key_loans SET returned_at_ms = taken_at_ms + 1")
        .expect("it is back");
    direct.execute_batch(by_hand).expect("and over");
}
