//! Keys, as far as a person's own page shows them.

use super::books::Books;
use super::error::{Doing, StoreError};
use super::journal::Actor;
use crate::keys::{HeldKey, KeyLoanId, Record};
use crate::people::PersonId;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

impl Books {
    /// Writes down that a key left its hook.
    pub fn take_key(
        &mut self,
        hook: &str,
        holder: PersonId,
        due: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<KeyLoanId, StoreError> {
        let actor = Actor {
            person: Some(holder),
            card: None,
        };
        self.write("write down a key", at, actor, |deed| {
            let loan = KeyLoanId(deed.new_id()?);
            deed.record(Record::Taken {
                loan,
                hook: hook.to_owned(),
                holder,
                due,
            })?;
            Ok(loan)
        })
    }
}

/// The keys this person holds, the earliest due first.
pub(super) fn held_by(
    connection: &Connection,
    person: PersonId,
) -> Result<Vec<HeldKey>, StoreError> {
    const DOING: &str = "read the keys somebody holds";
    let rows: Vec<(String, i64)> = connection
        .prepare_cached(
            "SELECT hook, due_ms FROM key_loans
             WHERE holder = ?1 AND returned_at_ms IS NULL ORDER BY due_ms, hook",
        )
        .and_then(|mut select| {
            select
                .query_map([person.to_string()], |row| row.try_into())?
                .collect()
        })
        .doing(DOING)?;
    rows.into_iter()
        .map(|(hook, due_ms)| {
            let due =
                DateTime::from_timestamp_millis(due_ms).ok_or_else(|| StoreError::Unreadable {
                    doing: DOING,
                    row: format!("hook {hook}"),
                })?;
            Ok(HeldKey { hook, due })
        })
        .collect()
}

pub(super) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    match record {
        Record::Taken {
            loan,
            hook,
            holder,
            due,
        } => connection
            .prepare_cached(
                "INSERT INTO key_loans (id, hook, holder, taken_at_ms, due_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .and_then(|mut insert| {
                let due_ms = due.timestamp_millis();
                insert.execute(params![
                    loan.to_string(),
                    hook,
                    holder.to_string(),
                    at_ms,
                    due_ms
                ])
            })
            .map(|_| ())
            .doing("write down a key"),
    }
}
