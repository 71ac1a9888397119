//! The journal: every change first, each row chained to the one before by a hash.

use super::error::{Doing, StoreError};
use super::records::Record;
use crate::people::{CardId, Holder, PersonId};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

const SELECT: &str = "SELECT seq, id, at_ms, device, person, card, service, kind, subject, payload,
    prev, hash FROM journal";

/// A link of the chain: SHA-256.
pub type Hash = [u8; 32];

/// The hash before the first row.
pub const GENESIS: Hash = [0; 32];

/// Who did something, as far as a card told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: Option<PersonId>,
    /// The card.
    pub card: Option<CardId>,
}

impl Actor {
    /// Whoever's card is here.
    pub fn of(holder: &Holder) -> Self {
        Actor {
            person: Some(holder.person),
            card: holder.card,
        }
    }
}

/// One row of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3 … without a gap.
    pub seq: i64,
    /// Its own identifier, a UUIDv7.
    pub id: String,
    /// UTC milliseconds.
    pub at_ms: i64,
    /// The letter of the kiosk.
    pub device: String,
    /// Who acted.
    pub person: Option<String>,
    /// With which card.
    pub card: Option<String>,
    /// Which service.
    pub service: String,
    /// What kind of entry.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// The results, as JSON without personal data.
    pub payload: String,
    /// The hash of the row before.
    pub prev: Hash,
    /// The hash of this row.
    pub hash: Hash,
}

/// A row as `lodge journal --json` prints it.
#[derive(Serialize)]
pub struct PrintedEntry<'a> {
    seq: i64,
    id: &'a str,
    at: String,
    device: &'a str,
    person: Option<&'a str>,
    card: Option<&'a str>,
    service: &'a str,
    kind: &'a str,
    subject: &'a str,
    payload: serde_json::Value,
    hash: String,
}

impl Entry {
    /// The hash this row must have: over the one before and every field of its own.
    ///
    /// Each field is preceded by its length, so that no two rows run together to the same bytes.
    pub fn expected_hash(&self) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(self.prev);
        hasher.update(self.seq.to_be_bytes());
        hasher.update(self.at_ms.to_be_bytes());
        let optional = |field: &Option<String>| field.clone().unwrap_or_default();
        for field in [
            &self.id,
            &self.device,
            &optional(&self.person),
            &optional(&self.card),
            &self.service,
            &self.kind,
            &self.subject,
            &self.payload,
        ] {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().into()
    }

    /// The row for people's eyes and for other programs.
    pub fn printed(&self) -> PrintedEntry<'_> {
        let at = DateTime::<Utc>::from_timestamp_millis(self.at_ms).unwrap_or_default();
        PrintedEntry {
            seq: self.seq,
            id: &self.id,
            at: at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
            device: &self.device,
            person: self.person.as_deref(),
            card: self.card.as_deref(),
            service: &self.service,
            kind: &self.kind,
            subject: &self.subject,
            payload: serde_json::from_str(&self.payload).unwrap_or_default(),
            hash: hex(&self.hash),
        }
    }
}

/// A hash as 64 lower-case hexadecimal digits.
pub fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Appends a row. The caller applies the record to the state in the same transaction.
pub(super) fn append(
    tx: &Transaction<'_>,
    id: Uuid,
    device: char,
    at: DateTime<Utc>,
    actor: Actor,
    record: &Record,
) -> Result<Entry, StoreError> {
    const DOING: &str = "write the journal";
    let (seq, prev) = head(tx)?;
    let mut entry = Entry {
        seq: seq + 1,
        id: id.to_string(),
        at_ms: at.timestamp_millis(),
        device: device.to_string(),
        person: actor.person.map(|person| person.to_string()),
        card: actor.card.map(|card| card.to_string()),
        service: record.service().to_owned(),
        kind: record.kind().to_owned(),
        subject: record.subject(),
        payload: record.payload(),
        prev,
        hash: GENESIS,
    };
    entry.hash = entry.expected_hash();
    tx.prepare_cached(
        "INSERT INTO journal (seq, id, at_ms, device, person, card, service, kind, subject, payload,
             prev, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )
    .and_then(|mut insert| {
        insert.execute(params![
            entry.seq,
            entry.id,
            entry.at_ms,
            entry.device,
            entry.person,
            entry.card,
            entry.service,
            entry.kind,
            entry.subject,
            entry.payload,
            entry.prev,
            entry.hash,
        ])
    })
    .doing(DOING)?;
    Ok(entry)
}

/// The number and hash of the last row.
pub fn head(connection: &Connection) -> Result<(i64, Hash), StoreError> {
    connection
        .prepare_cached("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
        .and_then(|mut last| last.query_row([], |row| row.try_into()).optional())
        .doing("read the end of the journal")
        .map(|last| last.unwrap_or((0, GENESIS)))
}

/// The last row.
pub(super) fn last(connection: &Connection) -> Result<Option<Entry>, StoreError> {
    connection
        .query_row(&format!("{SELECT} ORDER BY seq DESC LIMIT 1"), [], read)
        .optional()
        .doing("read the end of the journal")
}

/// Hands every row to `each`, oldest first, until one of them fails.
pub fn for_each(
    connection: &Connection,
    mut each: impl FnMut(Entry) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    const DOING: &str = "read the journal";
    let mut select = connection
        .prepare(&format!("{SELECT} ORDER BY seq"))
        .doing(DOING)?;
    let mut rows = select.query([]).doing(DOING)?;
    while let Some(row) = rows.next().doing(DOING)? {
        each(read(row).doing(DOING)?)?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: row.get(0)?,
        id: row.get(1)?,
        at_ms: row.get(2)?,
        device: row.get(3)?,
        person: row.get(4)?,
        card: row.get(5)?,
        service: row.get(6)?,
        kind: row.get(7)?,
        subject: row.get(8)?,
        payload: row.get(9)?,
        prev: row.get(10)?,
        hash: row.get(11)?,
    })
}

/// Where the chain is broken, if it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// A row is missing before this one.
    Gap {
        /// The row after the gap.
        seq: i64,
    },
    /// This row does not follow from the one before.
    Link {
        /// The row.
        seq: i64,
    },
    /// This row is not what was written.
    Row {
        /// The row.
        seq: i64,
    },
}

/// Walks the whole chain; returns its head, or the first break.
pub fn verify_chain(connection: &Connection) -> Result<Result<(i64, Hash), Break>, StoreError> {
    let mut end = (0, GENESIS);
    let mut broken = None;
    for_each(connection, |entry| {
        if broken.is_none() {
            let seq = entry.seq;
            if seq != end.0 + 1 {
                broken = Some(Break::Gap { seq });
            } else if entry.prev != end.1 {
                broken = Some(Break::Link { seq });
            } else if entry.expected_hash() != entry.hash {
                broken = Some(Break::Row { seq });
            }
            end = (seq, entry.hash);
        }
        Ok(())
    })?;
    Ok(broken.map_or(Ok(end), Err))
}
