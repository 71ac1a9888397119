//! Takings of keys as the desk reads them: ● who, which, for what, until when; and what came of each.

use super::facts::{READING, name, rows};
use crate::desk::facts::{Bringer, CheckFact, HookFact, TakingEnded, TakingFact};
use crate::keys::{Key, KeyId, KeyLoan, Purpose};
use crate::people::PersonId;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::keys;
use crate::store::words::from_word;
use chrono::{DateTime, Utc};
use rusqlite::{Params, Row};
use std::collections::HashMap;

/// Takings in the register on the screen.
const A_SCREENFUL: u32 = 100;

const TAKING: &str = "SELECT taking.id, taking.key, taking.hook, taking.holder, taking.taken_at_ms,
         taking.due_ms, taking.purpose, taking.work_order, taking.second,
         CASE taking.goes_along WHEN 1 THEN coalesce(key_contractors.contractor, '') END,
         taking.returned_at_ms, taking.by_another, taking.lost,
         (SELECT coalesce(payload ->> '$.bringer', person) FROM journal
          WHERE service = 'keys' AND kind = 'returned' AND subject = taking.id)
     FROM key_loans AS taking LEFT JOIN key_contractors ON key_contractors.loan = taking.id";

struct Raw {
    id: String,
    key: Option<String>,
    hook: String,
    holder: String,
    taken_ms: i64,
    due_ms: i64,
    purpose: Option<String>,
    work_order: Option<String>,
    second: Option<String>,
    contractor: Option<String>,
    returned_ms: Option<i64>,
    by_another: Option<bool>,
    lost: bool,
    brought: Option<String>,
}

impl Raw {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Raw {
            id: row.get(0)?,
            key: row.get(1)?,
            hook: row.get(2)?,
            holder: row.get(3)?,
            taken_ms: row.get(4)?,
            due_ms: row.get(5)?,
            purpose: row.get(6)?,
            work_order: row.get(7)?,
            second: row.get(8)?,
            contractor: row.get(9)?,
            returned_ms: row.get(10)?,
            by_another: row.get(11)?,
            lost: row.get(12)?,
            brought: row.get(13)?,
        })
    }
}

impl Books {
    /// Every hook by its name, with the taking of its key where somebody has it.
    pub fn hooks(&self) -> Result<Vec<HookFact>, StoreError> {
        let open = self.takings("WHERE taking.returned_at_ms IS NULL", [])?;
        let open = open
            .into_iter()
            .filter_map(|taking| Some((taking.loan.key?, taking)));
        let mut out: HashMap<KeyId, TakingFact> = open.collect();
        let hook = |(key, opens): (Key, _)| HookFact {
            out: out.remove(&key.id),
            key,
            opens,
        };
        Ok(keys::kept_keys(&self.connection)?
            .into_iter()
            .map(hook)
            .collect())
    }

    /// The oldest check that is not closed, else today's: none is forgotten at midnight.
    pub(super) fn check_fact(&self, at: DateTime<Utc>) -> Result<Option<CheckFact>, StoreError> {
        let today = self.building.local(at).date();
        let (id, day, closed) = match self.open_key_check()? {
            Some((id, day)) => (id, day, false),
            None => match self.key_check_of(today)? {
                Some((id, closed)) => (id, today, closed),
                None => return Ok(None),
            },
        };
        Ok(Some(CheckFact {
            lines: self.key_check(id, at)?,
            id,
            day,
            closed,
        }))
    }

    /// The latest takings, the newest first.
    pub(super) fn key_register(&self) -> Result<Vec<TakingFact>, StoreError> {
        self.takings(
            "ORDER BY taking.taken_at_ms DESC, taking.id DESC LIMIT ?1",
            [A_SCREENFUL],
        )
    }

    fn takings(&self, which: &str, params: impl Params) -> Result<Vec<TakingFact>, StoreError> {
        let sql = format!("{TAKING} {which}");
        let found = rows(&self.connection, &sql, params, Raw::read)?;
        found.into_iter().map(|raw| self.taking_fact(raw)).collect()
    }

    fn taking_fact(&self, raw: Raw) -> Result<TakingFact, StoreError> {
        let row = || format!("taking {}", raw.id);
        let moment = |ms: i64| {
            DateTime::from_timestamp_millis(ms).ok_or_else(|| StoreError::Unreadable {
                doing: READING,
                row: row(),
            })
        };
        let person = |id: String| from_word::<PersonId>(id, READING, row);
        let holder = person(raw.holder.clone())?;
        let brought = raw.brought.clone().map(person).transpose()?;
        let ended = match raw.returned_ms {
            None => None,
            Some(ms) if raw.lost => Some(TakingEnded::Lost(moment(ms)?)),
            Some(ms) => {
                let by = match (raw.by_another, brought) {
                    (None, _) => Bringer::Keeper,
                    (Some(true), by) => Bringer::Another(self.name_of(by)?),
                    (Some(false), None) => Bringer::Unknown,
                    (Some(false), Some(by)) if by == holder => Bringer::Holder,
                    (Some(false), by) => Bringer::AtDesk(self.name_of(by)?),
                };
                Some(TakingEnded::Back(moment(ms)?, by))
            }
        };
        let purpose = match (raw.purpose.clone(), raw.work_order.clone()) {
            (Some(_), Some(number)) => Some(Purpose::WorkOrder(number)),
            (Some(word), None) => Some(from_word(word, READING, row)?),
            (None, _) => None,
        };
        let second = raw.second.clone().map(person).transpose()?;
        Ok(TakingFact {
            holder: self.name_of(Some(holder))?,
            second: self.name_of(second)?,
            contractor: raw.contractor.clone(),
            purpose,
            ended,
            loan: KeyLoan {
                id: from_word(raw.id.clone(), READING, row)?,
                key: raw
                    .key
                    .clone()
                    .map(|key| from_word(key, READING, row))
                    .transpose()?,
                taken_at: moment(raw.taken_ms)?,
                due: moment(raw.due_ms)?,
                hook: raw.hook.clone(),
                holder,
            },
        })
    }

    fn name_of(
        &self,
        person: Option<PersonId>,
    ) -> Result<Option<crate::people::PersonName>, StoreError> {
        match person {
            Some(person) => name(&self.connection, person),
            None => Ok(None),
        }
    }
}
