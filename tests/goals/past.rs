//! Ten years of rows. They are written past the rules, which are proven elsewhere: here they are only read.

use super::desk::PEOPLE;
use super::support::monday_morning;
use rusqlite::Connection;

const DAYS: u32 = 3_650;

/// Keys that are kept.
const HOOKS: u32 = 300;

/// Fills a database with the past of a busy desk. Its journal stays as it is: everything that reads it
/// reads one record through an index.
pub fn fill(database: &Connection) -> rusqlite::Result<()> {
    let mut names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")?;
    let names = names.query_map([], |row| row.get::<_, String>(0))?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    let triggers: String = names
        .iter()
        .map(|name| format!("DROP TRIGGER {name};"))
        .collect();
    database.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; {triggers}
         CREATE TEMP TABLE someone AS
             SELECT row_number() OVER (ORDER BY id) - 1 AS number, id, tenant
             FROM persons WHERE tenant IS NOT NULL;
         CREATE UNIQUE INDEX temp.someone_by_number ON someone (number);
         BEGIN;"
    ))?;
    for (a_day, rows) in ROWS {
        database.execute_batch(&statement(*a_day, rows))?;
    }
    database.execute_batch("COMMIT; ANALYZE;")
}

/// So many rows on every day, by a statement that selects from `n`: their number is `i`.
fn statement(a_day: u32, rows: &str) -> String {
    let first = monday_morning().timestamp_millis() - i64::from(DAYS) * 86_400_000;
    let whens = format!("({first} + i / {a_day} * 86400000 + i % {a_day} * 600000)");
    let last = DAYS * a_day;
    let numbered =
        format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last})");
    let mut rows = rows.replace("{when}", &whens);
    rows = rows.replace("{day}", &format!("date({whens} / 1000, 'unixepoch')"));
    rows = rows.replace("{hook}", &format!("(1 + i % {HOOKS})"));
    for (word, column) in [("{someone}", "id"), ("{company}", "tenant")] {
        let one = format!("(SELECT {column} FROM someone WHERE number = i * 7919 % {PEOPLE})");
        rows = rows.replace(word, &one);
    }
    format!("{numbered} {};", identified(&rows))
}

/// `{id 3}` is the row's own identifier, one of the third family; `{id 3 of WHICH}` that of another row.
/// They rise with time, as those of the program do.
fn identified(rows: &str) -> String {
    let mut parts = rows.split("{id ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (what, rest) = part.split_once('}').expect("it is closed");
        let (family, which) = what.split_once(" of ").unwrap_or((what, "i"));
        out += &format!("printf('01900000-0000-7000-800{family}-%012x', {which}){rest}");
    }
    out
}

/// What a day brings, how often, in which rows.
const ROWS: &[(u32, &str)] = &[
    (
        30,
        "INSERT INTO visits (id, type, visitor, host, tenant, state, device, day, count, came_at_ms,
             approval, inside_at_ms, left_at_ms, leaving, carries, carried_out)
         SELECT {id 1}, 'guest', {id 9}, {someone}, {company}, 'left', 'Z', {day}, i, {when},
             'invitation', {when}, {when} + 3600000, 'slip', 0, 'nothing' FROM n",
    ),
    (
        3,
        "INSERT INTO visit_cards (visit, card, issued_at_ms, returned_at_ms)
         SELECT {id 1 of i * 10}, {id 8}, {when}, {when} + 3600000 FROM n",
    ),
    (
        60,
        "INSERT INTO mail_items (id, kind, addressee, addressee_is, shelf, arrived_at_ms, left_at_ms,
             state)
         SELECT {id 2}, 'letter', {someone}, 'person', 'A-01', {when}, {when} + 7200000, 'delivered'
         FROM n",
    ),
    (
        15,
        "INSERT INTO lending_loans (id, device, day, count, kind, borrower, lent_at_ms, due_ms,
             returned_at_ms, brought_by)
         SELECT {id 3}, 'Y', {day}, i, 'umbrella', {someone}, {when}, {when} + 86400000,
             {when} + 7200000, 'borrower' FROM n",
    ),
    (
        5,
        "INSERT INTO lending_bookings (id, loan, of, amount_fen, at_ms)
         SELECT {id 4 of i * 2 + way.column1}, {id 3 of i * 3}, way.column2, 5000, {when}
         FROM n, (VALUES (0, 'deposit-taken'), (1, 'deposit-returned')) AS way",
    ),
    (
        45,
        "INSERT INTO print_jobs (id, device, day, count, state, moved_ms)
         SELECT {id 5}, 'Y', {day}, i, 'confirmed', {when} FROM n",
    ),
    (
        1,
        "INSERT INTO keys (id, hook, tag, kind, key_group, tenant, pieces, state)
         SELECT {id 6}, printf('K-%03d', i), printf('KEY-%04d', i), 'ordinary', 'floor ' || i % 30,
             CASE i % 3 WHEN 0 THEN {company} END, 1, 'on-hook' FROM n WHERE i <= 300",
    ),
    (
        10,
        "INSERT INTO key_loans (id, hook, holder, taken_at_ms, due_ms, returned_at_ms, key, purpose,
             goes_along, by_another, told_at_ms)
         SELECT {id 7}, printf('K-%03d', {hook}), {someone}, {when}, {when} + 36000000,
             {when} + 3600000, {id 6 of {hook}}, 'inspection', 0, 0,
             CASE {hook} % 3 WHEN 0 THEN {when} END FROM n",
    ),
    (
        2,
        "INSERT INTO matters (id, cause, about, owner, opened_at_ms, closed_at_ms)
         SELECT {id a}, 'message-for-host', {id b}, {someone}, {when}, {when} + 3600000 FROM n",
    ),
];
