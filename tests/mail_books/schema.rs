//! The schema refuses on its own what the rules refuse.

use super::office::*;
use lodge::mail::desk::{Outcome, WhyFailed};
use lodge::mail::{MailId, MailKind, MailState};
use rusqlite::{Connection, params};

/// One waiting item of every kind, and the file behind the books.
fn waiting() -> (tempfile::TempDir, Connection, Vec<(MailKind, MailId)>) {
    let mut office = Office::open();
    let items = MailKind::ALL
        .into_iter()
        .map(|kind| (kind, office.for_grace(kind).item))
        .collect();
    let (folder, path) = office.lobby.close();
    (folder, Connection::open(path).expect("the file"), items)
}

fn word(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).expect("a word");
    value.as_str().expect("a word").to_owned()
}

fn says(error: rusqlite::Error, sentence: &str) {
    assert!(
        error.to_string().contains(sentence),
        "{error} instead of {sentence}"
    );
}

#[test]
fn items_move_by_the_table_and_by_no_other_way() {
    let (_folder, direct, items) = waiting();
    let item = items[0].1.to_string();
    // Everything but the table of moves is put out of the way.
    direct
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             PRAGMA ignore_check_constraints = ON;
             DROP TRIGGER mail_is_collected_by_a_pick_up;
             DROP TRIGGER what_is_signed_for_is_collected_with_a_signature;
             DROP TRIGGER nobody_collects_for_another_without_authority;
             DROP TRIGGER an_authority_opens_only_what_it_covers;
             DROP TRIGGER mail_is_delivered_on_a_round;
             DROP TRIGGER mail_goes_back_only_where_it_was_allowed;",
        )
        .expect("only one trigger is left");
    let table: String = direct
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE name = 'an_item_moves_by_the_table'",
            [],
            |row| row.get(0),
        )
        .expect("the trigger");
    for from in MailState::ALL {
        direct
            .execute_batch("DROP TRIGGER an_item_moves_by_the_table")
            .expect("gone");
        let set = "UPDATE mail_items SET state = ?2 WHERE id = ?1";
        direct
            .execute(set, params![item, word(from)])
            .expect("put there");
        direct.execute_batch(&table).expect("there again");
        for to in MailState::ALL {
            let moved = direct.execute(
                "UPDATE mail_items SET state = ?2 WHERE id = ?1 AND state = ?3",
                params![item, word(to), word(from)],
            );
            assert_eq!(moved.is_ok(), from.may_become(to), "{from:?} to {to:?}");
            if moved.is_ok() {
                direct
                    .execute_batch("DROP TRIGGER an_item_moves_by_the_table")
                    .expect("gone");
                direct
                    .execute(set, params![item, word(from)])
                    .expect("back");
                direct.execute_batch(&table).expect("there again");
            }
        }
    }
}

#[test]
fn only_an_unsigned_kind_is_collected_without_a_signature() {
    let (_folder, direct, items) = waiting();
    let grace: String = direct
        .query_row("SELECT addressee FROM mail_items LIMIT 1", [], |row| {
            row.get(0)
        })
        .expect("Grace");
    for signed in [0, 1] {
        direct
            .execute(
                "INSERT INTO mail_pick_ups VALUES (?1, 1, ?2, 'card', ?3)",
                params![format!("pick-up-{signed}"), grace, signed],
            )
            .expect("a pick-up");
    }
    let collect = "UPDATE mail_items SET state = 'collected', left_at_ms = 1, pick_up = ?2
        WHERE id = ?1";
    for (kind, item) in items {
        let unsigned = direct.execute(collect, params![item.to_string(), "pick-up-0"]);
        assert_eq!(unsigned.is_err(), kind.needs_signature(), "{kind:?}");
        if let Err(error) = unsigned {
            says(error, "nobody signed");
            direct
                .execute(collect, params![item.to_string(), "pick-up-1"])
                .expect("signed");
        }
    }
}

#[test]
fn nothing_is_collected_by_nobody_or_by_another_without_authority() {
    let (_folder, direct, items) = waiting();
    let item = items[0].1.to_string();
    let collect = "UPDATE mail_items SET state = 'collected', left_at_ms = 1, pick_up = ?2,
        authority = ?3 WHERE id = ?1";
    let none: Option<String> = None;
    let error = direct
        .execute(collect, params![item, none, none])
        .expect_err("by nobody");
    says(error, "nobody is named");
    direct
        .execute_batch(
            "INSERT INTO mail_pick_ups VALUES ('p', 5000, 'chen', 'card', 1);
             INSERT INTO mail_authorities
                 (id, holder, principal, principal_is, kinds, until_ms, once, given_at_ms)
             SELECT 'ended', 'chen', addressee, 'person', '[\"letter\"]', 4000, 0, 1
                 FROM mail_items LIMIT 1;
             INSERT INTO mail_authorities
                 (id, holder, principal, principal_is, kinds, until_ms, once, given_at_ms)
             SELECT 'for-papers', 'chen', addressee, 'person', '[\"newspaper\"]', NULL, 0, 1
                 FROM mail_items LIMIT 1;
             INSERT INTO mail_authorities
                 (id, holder, principal, principal_is, kinds, until_ms, once, given_at_ms)
             SELECT 'good', 'chen', addressee, 'person', '[\"letter\"]', NULL, 1, 1
                 FROM mail_items LIMIT 1;",
        )
        .expect("authorities");
    let error = direct
        .execute(collect, params![item, "p", none])
        .expect_err("another's");
    says(error, "nobody let them");
    for authority in ["ended", "for-papers"] {
        let error = direct.execute(collect, params![item, "p", authority]);
        says(
            error.expect_err("it does not cover it"),
            "does not cover it",
        );
    }
    direct
        .execute(collect, params![item, "p", "good"])
        .expect("covered");
    let used = "UPDATE mail_authorities SET used_at_ms = 1 WHERE id = 'good'";
    direct.execute(used, []).expect("once");
    says(direct.execute(used, []).expect_err("twice"), "for one time");
}

#[test]
fn no_return_slip_without_approval_and_no_approval_of_ones_own_form() {
    let (_folder, direct, items) = waiting();
    let of = |wanted| {
        let found = items.iter().find(|(kind, _)| *kind == wanted);
        found.expect("one of each").1.to_string()
    };
    let ask = "INSERT INTO mail_returns (id, item, onward, reason, special, asked_by, asked_at_ms)
        VALUES (?1, ?2, 'to-sender', ?3, ?4, 'desk', 1)";
    let airmail = of(MailKind::Airmail);
    let error = direct.execute(ask, params!["r", airmail, "no-such-person", 0]);
    says(error.expect_err("not special"), "as special mail");
    direct
        .execute(ask, params!["r", airmail, "too-heavy", 1])
        .expect_err("only three reasons");
    direct
        .execute(ask, params!["r", airmail, "no-such-person", 1])
        .expect("asked");
    direct
        .execute(ask, params!["r2", airmail, "no-such-person", 1])
        .expect_err("one return an item");
    let set = |sql: &str| direct.execute(sql, []);
    set("UPDATE mail_returns SET printed_job = 'j'").expect_err("not approved");
    set("UPDATE mail_returns SET allowed_by = 'desk', allowed_at_ms = 2").expect_err("their own");
    set("UPDATE mail_returns SET special = 0").expect_err("it stays special");
    let item = |state: &str| {
        direct.execute(
            "UPDATE mail_items SET state = ?2 WHERE id = ?1",
            params![airmail, state],
        )
    };
    item("return-asked").expect("asked");
    says(item("return-allowed").expect_err("not yet"), "not allowed");
    set("UPDATE mail_returns SET allowed_by = 'boss', allowed_at_ms = 2").expect("approved");
    item("return-allowed").expect("approved");
    says(
        item("return-printed").expect_err("not printed"),
        "not allowed",
    );
    set("UPDATE mail_returns SET printed_job = 'j'").expect("printed");
    item("return-printed").expect("printed");
}

#[test]
fn codes_batches_and_rounds_are_unique_where_they_are_open() {
    let (_folder, direct, items) = waiting();
    let (first, second) = (items[0].1.to_string(), items[1].1.to_string());
    let run = |sql: &str| direct.execute(sql, []);
    run("UPDATE mail_codes SET code = (SELECT max(code) FROM mail_codes)").expect_err("one each");
    run("UPDATE mail_codes SET code = '12x456'").expect_err("six digits");
    run("INSERT INTO mail_batches SELECT 'b', opened_by, 1, NULL FROM mail_batches")
        .expect_err("one open batch a person");
    run("UPDATE mail_batches SET closed_at_ms = 1").expect("closed");
    let late =
        "INSERT INTO mail_items SELECT 'late', kind, addressee, addressee_is, shelf, 1, NULL,
        'waiting', 0, NULL, batch, device, day, 999, NULL, NULL FROM mail_items LIMIT 1";
    says(run(late).expect_err("closed"), "not open");
    for round in ["x", "y"] {
        direct
            .execute(
                "INSERT INTO mail_rounds VALUES (?1, 'A', '2026-11-23', 1, 'desk', 1, NULL)",
                [round],
            )
            .expect("a round");
    }
    let on = "INSERT INTO mail_round_items (round, item) VALUES (?1, ?2)";
    direct.execute(on, params!["x", first]).expect("out");
    direct
        .execute(on, params!["y", first])
        .expect_err("it is out already");
    direct.execute(on, params!["y", second]).expect("out");
    let ended = run("UPDATE mail_rounds SET ended_at_ms = 2 WHERE id = 'x'");
    says(ended.expect_err("an item is out"), "no outcome");
}

#[test]
fn nothing_is_a_dead_letter_before_its_second_attempt() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    let round = office.round(&[letter.item]);
    office.note(round, letter.item, Outcome::Failed(WhyFailed::RoomEmpty));
    let (_folder, path) = office.lobby.close();
    let direct = Connection::open(path).expect("the file");
    let dead = "UPDATE mail_items SET state = 'dead-letter'";
    direct.execute(dead, []).expect_err("tried once");
    direct
        .execute("UPDATE mail_items SET attempts = 2", [])
        .expect("tried twice");
    direct.execute(dead, []).expect("tried twice");
}

#[test]
fn mail_is_delivered_only_by_a_round_and_with_its_signature() {
    let (_folder, direct, items) = waiting();
    direct
        .execute_batch(
            "INSERT INTO mail_rounds VALUES ('x', 'A', '2026-11-23', 1, 'desk', 1, NULL);
             INSERT INTO mail_round_items (round, item) SELECT 'x', id FROM mail_items;
             UPDATE mail_items SET state = 'out-on-round';",
        )
        .expect("all are out");
    let deliver = "UPDATE mail_items SET state = 'delivered', left_at_ms = 1 WHERE id = ?1";
    for (_, item) in &items {
        let error = direct.execute(deliver, [item.to_string()]);
        says(error.expect_err("no outcome"), "was not delivered");
    }
    direct
        .execute(
            "UPDATE mail_round_items SET outcome = 'delivered', noted_ms = 1",
            [],
        )
        .expect("delivered without a signature");
    for (kind, item) in items {
        let delivered = direct.execute(deliver, [item.to_string()]);
        assert_eq!(delivered.is_err(), kind.needs_signature(), "{kind:?}");
    }
}
