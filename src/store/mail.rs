//! Mail, as far as a person's own page shows it.

use super::books::Books;
use super::error::{Doing, StoreError};
use super::journal::Actor;
use super::words::{from_word, to_word};
use crate::mail::{MailId, MailKind, Record, Waiting};
use crate::people::PersonId;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

impl Books {
    /// Writes down that something came for somebody.
    pub fn receive_mail(
        &mut self,
        kind: MailKind,
        addressee: PersonId,
        shelf: &str,
        at: DateTime<Utc>,
    ) -> Result<MailId, StoreError> {
        self.write("write down a piece of mail", at, Actor::default(), |deed| {
            let item = MailId(deed.new_id()?);
            let shelf = shelf.to_owned();
            deed.record(Record::Arrived {
                item,
                addressee,
                of: kind,
                shelf,
            })?;
            Ok(item)
        })
    }
}

/// What waits for this person, the oldest first.
pub(super) fn waiting_for(
    connection: &Connection,
    person: PersonId,
) -> Result<Vec<Waiting>, StoreError> {
    const DOING: &str = "read the mail that waits";
    let rows: Vec<(String, String, i64)> = connection
        .prepare_cached(
            "SELECT kind, shelf, arrived_at_ms FROM mail_items
             WHERE addressee = ?1 AND left_at_ms IS NULL ORDER BY arrived_at_ms, id",
        )
        .and_then(|mut select| {
            select
                .query_map([person.to_string()], |row| row.try_into())?
                .collect()
        })
        .doing(DOING)?;
    rows.into_iter()
        .map(|(kind, shelf, arrived_ms)| {
            let row = || format!("mail on shelf {shelf}");
            let arrived = DateTime::from_timestamp_millis(arrived_ms).ok_or_else(|| {
                StoreError::Unreadable {
                    doing: DOING,
                    row: row(),
                }
            })?;
            Ok(Waiting {
                kind: from_word(kind, DOING, row)?,
                arrived,
                shelf,
            })
        })
        .collect()
}

pub(super) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    match record {
        Record::Arrived {
            item,
            addressee,
            of,
            shelf,
        } => connection
            .prepare_cached(
                "INSERT INTO mail_items (id, kind, addressee, shelf, arrived_at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .and_then(|mut insert| {
                let (item, addressee) = (item.to_string(), addressee.to_string());
                insert.execute(params![item, to_word(of), addressee, shelf, at_ms])
            })
            .map(|_| ())
            .doing("write down a piece of mail"),
    }
}
