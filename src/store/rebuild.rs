//! Proving the books: the chain of the journal, and the state tables against a fold over it.

use super::books::{Books, apply};
use super::error::{Doing, StoreError};
use super::journal::{self, Break, Hash};
use super::open;
use super::records::Record;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use std::cmp::Ordering;

/// Tables that are a fold over the journal.
const STATE_TABLES: &[&str] = &[
    "lending_things",
    "lending_pools",
    "lending_loans",
    "lending_questions",
    "lending_bookings",
    "lending_deposits",
    "lending_reservations",
    "lending_washes",
    "lending_given",
    "lending_rain",
    "keys",
    "key_grants",
    "key_loans",
    "key_reports",
    "key_checks",
    "key_findings",
    "mail_batches",
    "mail_authorities",
    "mail_pick_ups",
    "mail_items",
    "mail_rounds",
    "mail_round_items",
    "mail_returns",
    "visit_permits",
    "visits",
    "visit_cards",
    "do_not_admit",
    "visit_alerts",
    "visit_messages",
    "matters",
    "staff_attempts",
    "slip_numbers",
    "print_jobs",
];

/// Differences listed before the rest is only counted.
const LISTED: usize = 20;

/// What a proof came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Chain and state are what they should be.
    Sound(Sound),
    /// The chain is broken.
    Broken(Break),
    /// The state is not what the journal says.
    Different {
        /// The first ones.
        first: Vec<Difference>,
        /// How many there are in all.
        count: usize,
    },
    /// SQLite finds the file damaged.
    Damaged(String),
}

/// Sound books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// How many journal rows there are.
    pub rows: i64,
    /// The hash of the last one.
    pub head: Hash,
}

/// A row that is not what the journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// The row as it stands, empty where it is missing.
    pub found: String,
    /// The row as it should be, empty where it should not be.
    pub expected: String,
}

impl Books {
    /// Reads everything and proves it. Works beside a running kiosk, on the books of one moment.
    pub fn verify(&self) -> Result<Verdict, StoreError> {
        const DOING: &str = "verify the books";
        let moment = self.connection.unchecked_transaction().doing(DOING)?;
        let check: String = moment
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .doing(DOING)?;
        if check != "ok" {
            return Ok(Verdict::Damaged(check));
        }
        let (rows, head) = match journal::verify_chain(&moment)? {
            Ok(end) => end,
            Err(broken) => return Ok(Verdict::Broken(broken)),
        };
        let rebuilt = rebuild(&moment)?;
        let mut differences = Differences::default();
        for table in STATE_TABLES {
            compare(table, &moment, &rebuilt, &mut differences)?;
        }
        match differences.count {
            0 => Ok(Verdict::Sound(Sound { rows, head })),
            count => Ok(Verdict::Different {
                first: differences.first,
                count,
            }),
        }
    }
}

/// A fresh database in memory with nothing but what the journal says.
fn rebuild(books: &Connection) -> Result<Connection, StoreError> {
    const DOING: &str = "rebuild the state from the journal";
    let rebuilt = Connection::open_in_memory().doing(DOING)?;
    open::create_schema(&rebuilt).doing(DOING)?;
    // A trigger guards what is written now; what was written before it came is folded as it stands.
    let since: i64 = books
        .query_row("SELECT seq FROM rules_since", [], |row| row.get(0))
        .doing(DOING)?;
    let guard = |guards: bool| {
        let triggers = DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER;
        rebuilt.set_db_config(triggers, guards).doing(DOING)
    };
    let mut guards = guard(false)?;
    let tx = rebuilt.unchecked_transaction().doing(DOING)?;
    journal::for_each(books, |entry| {
        if !guards && entry.seq > since {
            guards = guard(true)?;
        }
        apply(&tx, entry.at_ms, &Record::read(&entry)?)
    })?;
    tx.commit().doing(DOING)?;
    Ok(rebuilt)
}

#[derive(Default)]
struct Differences {
    first: Vec<Difference>,
    count: usize,
}

impl Differences {
    fn add(&mut self, table: &'static str, found: Option<&Row>, expected: Option<&Row>) {
        self.count += 1;
        if self.first.len() < LISTED {
            let shown = |row: Option<&Row>| row.map(show).unwrap_or_default();
            self.first.push(Difference {
                table,
                found: shown(found),
                expected: shown(expected),
            });
        }
    }
}

type Row = Vec<Value>;

/// Walks both tables side by side in the order of their whole keys.
fn compare(
    table: &'static str,
    books: &Connection,
    rebuilt: &Connection,
    differences: &mut Differences,
) -> Result<(), StoreError> {
    const DOING: &str = "compare the state with the journal";
    let key = key(rebuilt, table).doing(DOING)?;
    let (mut left, mut right) = (
        sorted(books, table, &key).doing(DOING)?,
        sorted(rebuilt, table, &key).doing(DOING)?,
    );
    let (mut left_rows, mut right_rows) =
        (left.query([]).doing(DOING)?, right.query([]).doing(DOING)?);
    let next = |rows: &mut rusqlite::Rows<'_>| -> Result<Option<Row>, StoreError> {
        let row = rows.next().doing(DOING)?;
        row.map(|row| {
            (0..row.as_ref().column_count())
                .map(|at| row.get(at))
                .collect()
        })
        .transpose()
        .doing(DOING)
    };
    let (mut found, mut expected) = (next(&mut left_rows)?, next(&mut right_rows)?);
    loop {
        let order = match (&found, &expected) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(found), Some(expected)) => key
                .iter()
                .map(|column| in_order(&found[*column], &expected[*column]))
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal),
        };
        match order {
            Ordering::Less => {
                differences.add(table, found.as_ref(), None);
                found = next(&mut left_rows)?;
            }
            Ordering::Greater => {
                differences.add(table, None, expected.as_ref());
                expected = next(&mut right_rows)?;
            }
            Ordering::Equal => {
                if found != expected {
                    differences.add(table, found.as_ref(), expected.as_ref());
                }
                found = next(&mut left_rows)?;
                expected = next(&mut right_rows)?;
            }
        }
    }
}

/// Where the columns of a table's primary key stand, the most significant first.
fn key(connection: &Connection, table: &str) -> rusqlite::Result<Vec<usize>> {
    connection
        .prepare("SELECT cid FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")?
        .query_map([table], |row| row.get::<_, u16>(0).map(usize::from))?
        .collect()
}

fn sorted<'a>(
    connection: &'a Connection,
    table: &str,
    key: &[usize],
) -> rusqlite::Result<rusqlite::Statement<'a>> {
    // SQLite counts them from one.
    let order: Vec<String> = key.iter().map(|column| (column + 1).to_string()).collect();
    connection.prepare(&format!(
        "SELECT * FROM {table} ORDER BY {}",
        order.join(", ")
    ))
}

/// The order in which SQLite sorts the two kinds of keys there are; the column of a strict table holds one.
fn in_order(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Integer(one), Value::Integer(other)) => one.cmp(other),
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        _ => Ordering::Equal,
    }
}

fn show(row: &Row) -> String {
    let values: Vec<String> = row
        .iter()
        .map(|value| match value {
            Value::Null => "-".to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Blob(bytes) => format!("{} bytes", bytes.len()),
        })
        .collect();
    values.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_paired_by_their_numbers_not_by_how_these_are_written() {
        let table = |rows: &str| {
            let books = Connection::open_in_memory().expect("memory");
            let made = books.execute_batch(&format!(
                "CREATE TABLE washes (seq INTEGER PRIMARY KEY, what TEXT);
                 INSERT INTO washes VALUES {rows};"
            ));
            made.expect("a table");
            books
        };
        let whole = table("(9, 'a'), (10, 'b'), (11, 'c')");
        let mut differences = Differences::default();
        let short = table("(10, 'b'), (11, 'c')");
        compare("washes", &short, &whole, &mut differences).expect("readable");
        assert_eq!(differences.count, 1);
        assert_eq!(differences.first[0].expected, "9 | a");
    }
}
