//! Matters that are over: what was written about them is read here, and changed no more.

use super::facts::{READING, rows};
use crate::desk::facts::ClosedFact;
use crate::matters::MatterId;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::words::from_word;
use chrono::{DateTime, TimeDelta, Utc};

/// Rows of the journal, from its end, among which they are looked for.
const LOOKED_AT: u32 = 5_000;

/// Days for which a closed matter is shown.
const DAYS: i64 = 30;

/// As many are shown at most.
const SHOWN: u32 = 50;

impl Books {
    /// The matters that were closed of late, the latest first.
    pub(super) fn matters_closed(&self, at: DateTime<Utc>) -> Result<Vec<ClosedFact>, StoreError> {
        let since = (at - TimeDelta::days(DAYS)).timestamp_millis();
        // The end of the journal is enough, and who closed them stands nowhere else.
        let found: Vec<(String, i64, Option<String>)> = rows(
            &self.connection,
            "SELECT subject, at_ms, person FROM journal
             WHERE seq > (SELECT max(seq) FROM journal) - ?1 AND service = 'matters'
                 AND kind = 'closed' AND at_ms >= ?2
             ORDER BY seq DESC LIMIT ?3",
            rusqlite::params![LOOKED_AT, since, SHOWN],
            |row| row.try_into(),
        )?;
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
