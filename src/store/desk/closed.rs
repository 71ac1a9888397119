//! Matters that are over: what was written about them is read here, and changed no more.

use super::facts::{READING, rows};
use crate::desk::facts::ClosedFact;
use crate::matters::MatterId;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::words::from_word;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Params;

/// Days for which a closed matter is shown.
const DAYS: i64 = 30;

/// As many are shown at most.
const SHOWN: u32 = 50;

impl Books {
    /// The matters that were closed of late, the latest first.
    pub(super) fn matters_closed(&self, at: DateTime<Utc>) -> Result<Vec<ClosedFact>, StoreError> {
        let since = (at - TimeDelta::days(DAYS)).timestamp_millis();
        self.closed(
            "matter.closed_at_ms >= ?1 ORDER BY matter.closed_at_ms DESC, matter.id DESC LIMIT ?2",
            rusqlite::params![since, SHOWN],
        )
    }

    /// Matters that are over and have this in a note, the latest first.
    pub(super) fn matters_closed_with(&self, text: &str) -> Result<Vec<ClosedFact>, StoreError> {
        self.closed(
            "matter.closed_at_ms IS NOT NULL AND matter.id IN
                 (SELECT matter FROM matter_notes WHERE instr(lower(note), ?1) > 0)
             ORDER BY matter.closed_at_ms DESC, matter.id DESC LIMIT ?2",
            rusqlite::params![text, SHOWN],
        )
    }

    fn closed(&self, which: &str, params: impl Params) -> Result<Vec<ClosedFact>, StoreError> {
        // Who closed a matter stands in the journal alone.
        let sql = format!(
            "SELECT matter.id, matter.closed_at_ms, entry.person FROM matters AS matter
             LEFT JOIN journal AS entry ON entry.service = 'matters' AND entry.kind = 'closed'
                 AND entry.subject = matter.id
             WHERE {which}"
        );
        let found: Vec<(String, i64, Option<String>)> =
            rows(&self.connection, &sql, params, |row| row.try_into())?;
        let mut closed = Vec::new();
        for (id, ms, person) in found {
            let row = || format!("matter {id}");
            let matter: MatterId = from_word(id.clone(), READING, row)?;
            let Some(matter) = self.matter(matter)? else {
                continue;
            };
            let at = DateTime::from_timestamp_millis(ms);
            closed.push(ClosedFact {
                fact: self.matter_fact(matter)?,
                at: at.ok_or_else(|| StoreError::Unreadable {
                    doing: READING,
                    row: row(),
                })?,
                by: self.named(person)?,
            });
        }
        Ok(closed)
    }
}
