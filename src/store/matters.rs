//! Open matters, in the books.

use super::books::{Books, Deed};
use super::error::{Doing, StoreError};
use super::journal::Actor;
use super::people;
use super::sql;
use super::words::{from_word, to_word};
use crate::matters::{self, Cause, Matter, MatterId, MatterRefusal, Move, Opening, Record, rules};
use crate::people::{Act, PersonId, permits};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use uuid::Uuid;

const MATTER: &str = "SELECT id, cause, about, owner, opened_at_ms FROM matters";

const READING: &str = "read the open matters";

/// The longest note, in characters: a few sentences.
const LONGEST_NOTE: usize = 500;

/// Opens a matter as part of a deed. Where the same is open already, that one goes on.
pub(super) fn open(deed: &mut Deed<'_>, opening: Opening) -> Result<MatterId, StoreError> {
    let Opening {
        cause,
        about,
        owner,
    } = opening;
    let known = find(
        &deed.tx,
        &format!("{MATTER} WHERE cause = ?1 AND about = ?2 AND closed_at_ms IS NULL"),
        params![to_word(&cause), about.to_string()],
    )?;
    if let Some(known) = known {
        return Ok(known.id);
    }
    let matter = MatterId(deed.new_id()?);
    deed.record(Record::Opened {
        matter,
        cause,
        about,
        owner,
    })?;
    Ok(matter)
}

fn all_open(connection: &Connection) -> Result<Vec<Matter>, StoreError> {
    let rows: Vec<Raw> = connection
        .prepare_cached(&format!(
            "{MATTER} WHERE closed_at_ms IS NULL ORDER BY opened_at_ms, id"
        ))
        .and_then(|mut select| select.query_map([], raw)?.collect())
        .doing(READING)?;
    rows.into_iter().map(matter).collect()
}

/// What is open about this loan, visit, key or item of mail.
fn open_about(connection: &Connection, about: Uuid) -> Result<Vec<Matter>, StoreError> {
    let rows: Vec<Raw> = connection
        .prepare_cached(&format!(
            "{MATTER} WHERE about = ?1 AND closed_at_ms IS NULL ORDER BY opened_at_ms, id"
        ))
        .and_then(|mut select| select.query_map([about.to_string()], raw)?.collect())
        .doing(READING)?;
    rows.into_iter().map(matter).collect()
}

/// A matter turned out to be another one: that goes on with whoever has it in hand.
pub(super) fn becomes(
    deed: &mut Deed<'_>,
    cause: Cause,
    now: Cause,
    about: Uuid,
) -> Result<(), StoreError> {
    let open_ones = open_about(&deed.tx, about)?;
    let before = open_ones.into_iter().find(|found| found.cause == cause);
    let owner = before.as_ref().and_then(|found| found.owner);
    let opening = Opening {
        cause: now,
        about,
        owner,
    };
    open(deed, opening)?;
    if let Some(before) = before {
        if owner.is_none() {
            let Some(owner) = deed.actor().person else {
                return Ok(());
            };
            deed.record(Record::Taken {
                matter: before.id,
                owner,
            })?;
        }
        deed.record(Record::Closed { matter: before.id })?;
    }
    Ok(())
}

/// Whoever does what a matter asked for closes it with the deed, and says why.
pub(super) fn settle(
    deed: &mut Deed<'_>,
    cause: Cause,
    about: Uuid,
    by: PersonId,
    note: &str,
) -> Result<(), StoreError> {
    for found in open_about(&deed.tx, about)? {
        if found.cause != cause {
            continue;
        }
        if found.owner.is_none() {
            deed.record(Record::Taken {
                matter: found.id,
                owner: by,
            })?;
        }
        deed.record(Record::Closed { matter: found.id })?;
        keep_note(deed, found.id, by, note)?;
    }
    Ok(())
}

/// What a matter was about has come to its end: what is open about it is closed. One that nobody owns
/// is taken by the member of staff who ended it; where nobody of them did, it stays for whoever takes
/// it first, since what nobody owned cannot be over.
pub(super) fn lapse(deed: &mut Deed<'_>, about: Uuid) -> Result<(), StoreError> {
    let open_ones = open_about(&deed.tx, about)?;
    all_lapse(deed, open_ones)
}

/// The same of one cause.
pub(super) fn lapse_of(deed: &mut Deed<'_>, cause: Cause, about: Uuid) -> Result<(), StoreError> {
    let mut open_ones = open_about(&deed.tx, about)?;
    open_ones.retain(|found| found.cause == cause);
    all_lapse(deed, open_ones)
}

/// What was left undone on days up to this one is done.
pub(super) fn lapse_of_days(
    deed: &mut Deed<'_>,
    cause: Cause,
    until: NaiveDate,
) -> Result<(), StoreError> {
    let mut open_ones = all_open(&deed.tx)?;
    open_ones.retain(|found| {
        found.cause == cause && matters::day(found.about).is_some_and(|day| day <= until)
    });
    all_lapse(deed, open_ones)
}

fn all_lapse(deed: &mut Deed<'_>, open_ones: Vec<Matter>) -> Result<(), StoreError> {
    let by = deed.actor().person;
    let roles = match by {
        Some(person) => people::roles(&deed.tx, person)?,
        None => Vec::new(),
    };
    let by = by.filter(|_| permits(&roles, Act::OwnMatters));
    for found in open_ones {
        match (found.owner, by) {
            (Some(_), _) => {}
            (None, Some(owner)) => deed.record(Record::Taken {
                matter: found.id,
                owner,
            })?,
            (None, None) => continue,
        }
        deed.record(Record::Closed { matter: found.id })?;
    }
    Ok(())
}

/// Keeps what somebody wrote about a matter; an empty note is none.
fn keep_note(
    deed: &Deed<'_>,
    matter: MatterId,
    by: PersonId,
    note: &str,
) -> Result<(), StoreError> {
    let note: String = note.trim().chars().take(LONGEST_NOTE).collect();
    if note.is_empty() {
        return Ok(());
    }
    execute(
        &deed.tx,
        "INSERT INTO matter_notes (matter, at_ms, person, note) VALUES (?1, ?2, ?3, ?4)",
        params![
            matter.to_string(),
            deed.at.timestamp_millis(),
            by.to_string(),
            note
        ],
    )
}

impl Books {
    /// Somebody at the touch screen calls the desk. Calls that nobody has answered are one.
    pub fn call_desk(&mut self, at: DateTime<Utc>) -> Result<MatterId, StoreError> {
        self.write("call the desk", at, Actor::default(), |deed| {
            let kiosk = Uuid::from_u128(u128::from(u32::from(deed.building.device)));
            open(deed, Opening::unowned(Cause::DeskCalled, kiosk))
        })
    }

    /// What is open, the oldest first.
    pub fn open_matters(&self) -> Result<Vec<Matter>, StoreError> {
        all_open(&self.connection)
    }

    /// Whether this was ever opened: what was closed by hand is not opened again by the hour.
    pub(super) fn was_opened(&self, opening: &Opening) -> Result<bool, StoreError> {
        self.connection
            .prepare_cached("SELECT 1 FROM matters WHERE cause = ?1 AND about = ?2 LIMIT 1")
            .and_then(|mut select| {
                let about = params![to_word(&opening.cause), opening.about.to_string()];
                select.exists(about)
            })
            .doing(READING)
    }

    /// Takes, hands over or closes a matter, with a note for whoever reads it later. An empty note
    /// is none; of a long one the first 500 characters are kept.
    pub fn move_matter(
        &mut self,
        id: MatterId,
        wish: Move,
        note: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<(), MatterRefusal>, StoreError> {
        self.perform("move a matter on", at, by, |deed| {
            let found = find(
                &deed.tx,
                &format!("{MATTER} WHERE id = ?1 AND closed_at_ms IS NULL"),
                [id.to_string()],
            )?;
            let (Some(found), Some(person)) = (found, by.person) else {
                return Ok(Err(MatterRefusal::NotOpen));
            };
            if wish == Move::Close && found.cause.wants_reason() && note.trim().is_empty() {
                return Ok(Err(MatterRefusal::ReasonMissing));
            }
            if let Move::HandOver(to) = wish
                && !rules::may_own(&people::roles(&deed.tx, to)?)
            {
                return Ok(Err(MatterRefusal::CannotOwn));
            }
            let roles = people::roles(&deed.tx, person)?;
            match rules::moved(&found, person, &roles, wish) {
                Ok(record) => deed.record(record)?,
                Err(refused) => return Ok(Err(refused)),
            }
            keep_note(deed, id, person, note)?;
            Ok(Ok(()))
        })
    }

    /// One matter, open or over.
    pub fn matter(&self, id: MatterId) -> Result<Option<Matter>, StoreError> {
        find(
            &self.connection,
            &format!("{MATTER} WHERE id = ?1"),
            [id.to_string()],
        )
    }

    /// What was written about a matter, the oldest first.
    pub fn matter_notes(&self, id: MatterId) -> Result<Vec<String>, StoreError> {
        self.connection
            .prepare_cached("SELECT note FROM matter_notes WHERE matter = ?1 ORDER BY at_ms, rowid")
            .and_then(|mut select| {
                select
                    .query_map([id.to_string()], |row| row.get(0))?
                    .collect()
            })
            .doing(READING)
    }
}

type Raw = (String, String, String, Option<String>, i64);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    row.try_into()
}

fn find(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<Matter>, StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut select| select.query_row(params, raw).optional())
        .doing(READING)?
        .map(matter)
        .transpose()
}

fn matter((id, cause, about, owner, opened_ms): Raw) -> Result<Matter, StoreError> {
    let row = || format!("matter {id}");
    let unreadable = || StoreError::Unreadable {
        doing: READING,
        row: row(),
    };
    Ok(Matter {
        cause: from_word(cause, READING, row)?,
        about: Uuid::parse_str(&about).map_err(|_| unreadable())?,
        owner: owner
            .map(|owner| from_word(owner, READING, row))
            .transpose()?,
        opened_at: DateTime::from_timestamp_millis(opened_ms).ok_or_else(unreadable)?,
        id: from_word(id.clone(), READING, row)?,
    })
}

pub(super) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    match record {
        Record::Opened {
            matter,
            cause,
            about,
            owner,
        } => execute(
            connection,
            "INSERT INTO matters (id, cause, about, owner, opened_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                matter.to_string(),
                to_word(cause),
                about.to_string(),
                owner.map(|owner| owner.to_string()),
                at_ms,
            ],
        ),
        Record::Taken { matter, owner } => execute(
            connection,
            "UPDATE matters SET owner = ?2 WHERE id = ?1 AND owner IS NULL",
            params![matter.to_string(), owner.to_string()],
        ),
        Record::HandedOver { matter, to, .. } => execute(
            connection,
            "UPDATE matters SET owner = ?2 WHERE id = ?1",
            params![matter.to_string(), to.to_string()],
        ),
        Record::Closed { matter } => execute(
            connection,
            "UPDATE matters SET closed_at_ms = ?2 WHERE id = ?1 AND closed_at_ms IS NULL",
            params![matter.to_string(), at_ms],
        ),
    }
}

fn execute(connection: &Connection, sql: &str, params: impl Params) -> Result<(), StoreError> {
    sql::execute(connection, "write the book of matters", sql, params)
}
