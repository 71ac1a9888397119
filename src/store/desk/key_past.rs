//! What was written about keys: why one was not back, what was decided, why one is no longer kept.

use super::facts::{READING, rows};
use crate::desk::facts::{KeyPast, KeyPastFact, NotBackFact};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::words::from_word;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashSet;

/// Days for which the reasons of a check are shown.
const REASON_DAYS: i64 = 60;

/// Decisions, and retired keys, that are shown at most.
const SHOWN: u32 = 100;

impl Books {
    /// Why keys were not back in the checks of late, the latest of each key.
    pub(super) fn keys_not_back(&self, at: DateTime<Utc>) -> Result<Vec<NotBackFact>, StoreError> {
        let since = self.building.local(at).date() - TimeDelta::days(REASON_DAYS);
        let found: Vec<(String, String, String, String)> = rows(
            &self.connection,
            "SELECT why.key, day.id, day.day, why.reason
             FROM key_checks AS day JOIN key_reasons AS why ON why.check_id = day.id
             WHERE day.day >= ?1 ORDER BY day.day DESC, why.key",
            [since.to_string()],
            |row| row.try_into(),
        )?;
        let mut seen = HashSet::new();
        found
            .into_iter()
            .filter(|(key, ..)| seen.insert(key.clone()))
            .map(|(key, check, day, reason)| {
                let row = || format!("reason of key {key}");
                Ok(NotBackFact {
                    check: from_word(check, READING, row)?,
                    day: from_word(day, READING, row)?,
                    key: from_word(key.clone(), READING, row)?,
                    reason,
                })
            })
            .collect()
    }

    /// What was decided about keys, the latest first, then the keys that are no longer kept.
    pub(super) fn keys_past(&self) -> Result<Vec<KeyPastFact>, StoreError> {
        let mut past = self.decided()?;
        past.extend(self.retired()?);
        Ok(past)
    }

    fn decided(&self) -> Result<Vec<KeyPastFact>, StoreError> {
        type Raw = (String, String, String, String, String, String, u32, i64);
        let found: Vec<Raw> = rows(
            &self.connection,
            "SELECT report.id, report.key, coalesce(keys.was_hook, keys.hook), report.harm,
                 coalesce(words.text, ''), report.decision, report.amount_fen, report.decided_at_ms
             FROM key_reports AS report JOIN keys ON keys.id = report.key
             LEFT JOIN key_report_texts AS words ON words.report = report.id
             WHERE report.decided_at_ms IS NOT NULL
             ORDER BY report.decided_at_ms DESC, report.id DESC LIMIT ?1",
            [SHOWN],
            |row| row.try_into(),
        )?;
        found
            .into_iter()
            .map(
                |(report, key, hook, harm, text, decision, amount_fen, ms)| {
                    let row = || format!("report {report}");
                    let at = DateTime::from_timestamp_millis(ms);
                    Ok(KeyPastFact {
                        key: from_word(key, READING, row)?,
                        hook,
                        what: KeyPast::Decided {
                            harm: from_word(harm, READING, row)?,
                            decision: from_word(decision, READING, row)?,
                            at: at.ok_or_else(|| StoreError::Unreadable {
                                doing: READING,
                                row: row(),
                            })?,
                            report: from_word(report.clone(), READING, row)?,
                            text,
                            amount_fen,
                        },
                    })
                },
            )
            .collect()
    }

    fn retired(&self) -> Result<Vec<KeyPastFact>, StoreError> {
        let found: Vec<(String, String, String, String, Option<i64>)> = rows(
            &self.connection,
            "SELECT keys.id, keys.was_hook, keys.was_tag, coalesce(why.reason, ''), entry.at_ms
             FROM keys LEFT JOIN key_retirements AS why ON why.key = keys.id
             LEFT JOIN journal AS entry ON entry.service = 'keys' AND entry.kind = 'retired'
                 AND entry.subject = keys.id
             WHERE keys.state = 'retired' ORDER BY entry.seq DESC, keys.id LIMIT ?1",
            [SHOWN],
            |row| row.try_into(),
        )?;
        found
            .into_iter()
            .map(|(key, hook, tag, reason, ms)| {
                Ok(KeyPastFact {
                    key: from_word(key.clone(), READING, || format!("key {key}"))?,
                    hook,
                    what: KeyPast::Retired {
                        tag,
                        reason,
                        at: ms.and_then(DateTime::from_timestamp_millis),
                    },
                })
            })
            .collect()
    }
}
