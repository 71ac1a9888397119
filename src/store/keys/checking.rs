//! The keeper's daily check, and the map of the hooks for the day the box is down.

use super::fold::execute;
use super::reading::{self, READING, open_loan};
use super::{kept, permitted};
use crate::keys::check::{self, Finding, Line};
use crate::keys::{CheckId, KeyId, KeyRefusal, Record, rules, slip};
use crate::matters::Cause;
use crate::people::{Act, Language};
use crate::slips::PrintJobId;
use crate::store::books::Books;
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::words::from_word;
use crate::store::{matters, slips};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};

type Refusable<T> = Result<Result<T, KeyRefusal>, StoreError>;

impl Books {
    /// Begins the check of today, or goes on with the oldest one that was begun and not closed.
    pub fn begin_key_check(&mut self, by: Actor, at: DateTime<Utc>) -> Refusable<CheckId> {
        self.perform("begin the check of the keys", at, by, |deed| {
            granted!(permitted(deed, by, Act::KeepKeys)?);
            if let Some((check, _)) = oldest_open(&deed.tx)? {
                return Ok(Ok(check));
            }
            let day = deed.today();
            match check_of(&deed.tx, day)? {
                Some((_, true)) => Ok(Err(KeyRefusal::CheckedToday)),
                Some((check, false)) => Ok(Ok(check)),
                None => {
                    let check = CheckId(deed.new_id()?);
                    deed.record(Record::CheckBegun { check, day })?;
                    Ok(Ok(check))
                }
            }
        })
    }

    /// The lines of a check, by hook.
    pub fn key_check(&self, check: CheckId, at: DateTime<Utc>) -> Result<Vec<Line>, StoreError> {
        lines(&self.connection, check, at)
    }

    /// The check of a day and whether it is closed.
    pub fn key_check_of(&self, day: NaiveDate) -> Result<Option<(CheckId, bool)>, StoreError> {
        check_of(&self.connection, day)
    }

    /// The oldest check that was begun and not closed, and its day.
    pub fn open_key_check(&self) -> Result<Option<(CheckId, NaiveDate)>, StoreError> {
        oldest_open(&self.connection)
    }

    /// The last day whose check is closed; where that is none since the first key that is kept was hung,
    /// the day of that: the keeper had them all in hand.
    pub fn keys_checked(&self) -> Result<Option<NaiveDate>, StoreError> {
        let (closed, hung): (Option<String>, Option<i64>) = self
            .connection
            .prepare_cached(
                "SELECT (SELECT max(day) FROM key_checks WHERE closed_at_ms IS NOT NULL),
                     (SELECT min(entry.at_ms) FROM keys
                      JOIN journal AS entry ON entry.service = 'keys' AND entry.kind = 'hung'
                          AND entry.subject = keys.id
                      WHERE keys.state <> 'retired')",
            )
            .and_then(|mut select| select.query_row([], |row| row.try_into()))
            .doing(READING)?;
        let row = || "day of a check".to_owned();
        let closed = closed.map(|day| from_word(day, READING, row)).transpose()?;
        let hung = hung.map(|ms| reading::moment(ms, row)).transpose()?;
        let hung = hung.map(|at| self.building.local(at).date());
        Ok(closed.max(hung))
    }

    /// Notes what the keeper found at a hook; what is not back needs a reason in writing.
    pub fn note_key(
        &mut self,
        check: CheckId,
        key: KeyId,
        finding: Finding,
        reason: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("note what hangs on a hook", at, by, |deed| {
            granted!(permitted(deed, by, Act::KeepKeys)?);
            granted!(is_open(&deed.tx, check)?);
            let lines = lines(&deed.tx, check, deed.at)?;
            let Some(line) = lines.iter().find(|line| line.key == key) else {
                return Ok(Err(KeyRefusal::NotFound));
            };
            granted!(check::may_note(line, finding));
            let reason = kept(reason);
            let has_reason = finding == Finding::NotBack && !reason.is_empty();
            deed.record(Record::Found {
                check,
                key,
                finding,
                has_reason,
            })?;
            if has_reason {
                execute(
                    &deed.tx,
                    "INSERT INTO key_reasons (check_id, key, reason) VALUES (?1, ?2, ?3)
                     ON CONFLICT (check_id, key) DO UPDATE SET reason = excluded.reason",
                    params![check.to_string(), key.to_string(), reason],
                )?;
            }
            Ok(Ok(()))
        })
    }

    /// Closes the check; not with one line unanswered.
    pub fn close_key_check(
        &mut self,
        check: CheckId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("close the check of the keys", at, by, |deed| {
            granted!(permitted(deed, by, Act::KeepKeys)?);
            granted!(is_open(&deed.tx, check)?);
            granted!(check::may_close(&lines(&deed.tx, check, deed.at)?));
            let day = day_of(&deed.tx, check)?;
            deed.record(Record::CheckClosed { check })?;
            matters::lapse_of_days(deed, Cause::KeysUnchecked, day)?;
            Ok(Ok(()))
        })
    }

    /// Prints every hook and where its key is.
    pub fn print_key_map(
        &mut self,
        language: Language,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<PrintJobId> {
        self.perform("print the map of the hooks", at, by, |deed| {
            granted!(permitted(deed, by, Act::ReadRegisters)?);
            let keys = reading::keys(&deed.tx, "WHERE state <> 'retired' ORDER BY hook", [])?;
            let mut hooks = Vec::new();
            for key in keys {
                let due = open_loan(&deed.tx, key.id)?.map(|loan| loan.due);
                hooks.push((key, due));
            }
            let day = deed.today();
            let number = slips::next_number(&deed.tx, deed.building.device, day)?;
            let job = PrintJobId(deed.new_id()?);
            let paper = slip::map(deed.building, &number, &hooks, deed.at, language);
            deed.record(Record::MapPrinted { number, job })?;
            slips::keep(&deed.tx, job, &paper)?;
            Ok(Ok(job))
        })
    }
}

fn check_of(
    connection: &Connection,
    day: NaiveDate,
) -> Result<Option<(CheckId, bool)>, StoreError> {
    let found: Option<(String, bool)> = connection
        .prepare_cached("SELECT id, closed_at_ms IS NOT NULL FROM key_checks WHERE day = ?1")
        .and_then(|mut select| {
            select
                .query_row([day.to_string()], |row| row.try_into())
                .optional()
        })
        .doing(READING)?;
    found
        .map(|(id, closed)| {
            let row = || format!("check of {day}");
            Ok((from_word(id.clone(), READING, row)?, closed))
        })
        .transpose()
}

fn oldest_open(connection: &Connection) -> Result<Option<(CheckId, NaiveDate)>, StoreError> {
    let found: Option<(String, String)> = connection
        .prepare_cached(
            "SELECT id, day FROM key_checks WHERE closed_at_ms IS NULL ORDER BY day LIMIT 1",
        )
        .and_then(|mut select| select.query_row([], |row| row.try_into()).optional())
        .doing(READING)?;
    found
        .map(|(id, day)| {
            let row = || format!("check of {day}");
            Ok((
                from_word(id, READING, row)?,
                from_word(day.clone(), READING, row)?,
            ))
        })
        .transpose()
}

fn day_of(connection: &Connection, check: CheckId) -> Result<NaiveDate, StoreError> {
    let day: String = connection
        .prepare_cached("SELECT day FROM key_checks WHERE id = ?1")
        .and_then(|mut select| select.query_row([check.to_string()], |row| row.get(0)))
        .doing(READING)?;
    from_word(day, READING, || format!("check {check}"))
}

fn is_open(connection: &Connection, check: CheckId) -> Refusable<()> {
    let open = reading::text(
        connection,
        "SELECT id FROM key_checks WHERE id = ?1 AND closed_at_ms IS NULL",
        [check.to_string()],
    )?;
    Ok(open.map(|_| ()).ok_or(KeyRefusal::NotFound))
}

fn lines(
    connection: &Connection,
    check: CheckId,
    at: DateTime<Utc>,
) -> Result<Vec<Line>, StoreError> {
    let keys = reading::keys(connection, "WHERE state <> 'retired' ORDER BY hook", [])?;
    keys.into_iter()
        .map(|key| {
            let found: Option<(String, bool)> = connection
                .prepare_cached(
                    "SELECT finding, has_reason FROM key_findings WHERE check_id = ?1 AND key = ?2",
                )
                .and_then(|mut select| {
                    select
                        .query_row([check.to_string(), key.id.to_string()], |row| {
                            row.try_into()
                        })
                        .optional()
                })
                .doing(READING)?;
            let due = open_loan(connection, key.id)?.map(|loan| loan.due);
            let row = || format!("finding at {}", key.hook);
            let (finding, has_reason) = match found {
                Some((finding, has_reason)) => {
                    (Some(from_word(finding, READING, row)?), has_reason)
                }
                None => (None, false),
            };
            Ok(Line {
                key: key.id,
                overdue: due.is_some_and(|due| rules::is_late(due, at)),
                state: key.state,
                hook: key.hook,
                finding,
                has_reason,
            })
        })
        .collect()
}
