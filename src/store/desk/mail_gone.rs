//! How a piece of mail went: who took it, why, and whether somebody signed.

use super::facts::{READING, name, rows};
use crate::desk::facts::{MailGone, SignedOn};
use crate::mail::{Item, MailState};
use crate::people::PersonId;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::words::from_word;
use chrono::{DateTime, TimeDelta, Utc};

/// Days that a round is out at most, with all its outcomes written down.
const LONGEST_ROUND: i64 = 31;

impl Books {
    /// How this piece went; nothing while it is here, or with the post office.
    pub(super) fn mail_gone(&self, item: &Item) -> Result<Option<MailGone>, StoreError> {
        match item.state {
            MailState::Collected => self.picked_up(item),
            MailState::Delivered => self.delivered(item),
            _ => Ok(None),
        }
    }

    fn picked_up(&self, item: &Item) -> Result<Option<MailGone>, StoreError> {
        type Raw = (i64, String, Option<String>, bool, bool, String, String);
        // Mail of the first books was given away without a pick-up.
        let found: Vec<Raw> = rows(
            &self.connection,
            "SELECT up.at_ms, up.way, up.collector, up.signed, glass.pick_up IS NOT NULL,
                 coalesce(anyway.taken_by, ''), coalesce(anyway.reason, '')
             FROM mail_items AS item JOIN mail_pick_ups AS up ON up.id = item.pick_up
             LEFT JOIN mail_signatures AS glass ON glass.pick_up = up.id
             LEFT JOIN mail_overrides AS anyway ON anyway.pick_up = up.id
             WHERE item.id = ?1",
            [item.id.to_string()],
            |row| row.try_into(),
        )?;
        let Some((ms, way, collector, is_signed, on_glass, taken_by, reason)) =
            found.into_iter().next()
        else {
            return Ok(None);
        };
        let row = || format!("pick-up of item {}", item.id);
        let collector: Option<PersonId> = collector
            .map(|person| from_word(person, READING, row))
            .transpose()?;
        let collector = collector.map(|person| name(&self.connection, person));
        Ok(Some(MailGone {
            at: moment(ms, row)?,
            way: Some(from_word(way, READING, row)?),
            collector: collector.transpose()?.flatten(),
            taken_by,
            reason,
            signed: match (is_signed, on_glass) {
                (_, true) => Some(SignedOn::Glass),
                (true, false) => Some(SignedOn::Paper),
                (false, false) => None,
            },
        }))
    }

    fn delivered(&self, item: &Item) -> Result<Option<MailGone>, StoreError> {
        let id = item.id.to_string();
        let row = || format!("delivery of item {id}");
        let left: Vec<i64> = rows(
            &self.connection,
            "SELECT left_at_ms FROM mail_items WHERE id = ?1 AND left_at_ms IS NOT NULL",
            [&id],
            |row| row.get(0),
        )?;
        let Some(left) = left.into_iter().next() else {
            return Ok(None);
        };
        // Rounds are years of them; that of this piece set out on its last day, or not long before.
        let last = self.building.local(moment(left, row)?).date();
        let first = last - TimeDelta::days(LONGEST_ROUND);
        let found: Vec<(i64, bool, String)> = rows(
            &self.connection,
            "SELECT along.noted_ms, along.signed, coalesce(received.taken_by, '')
             FROM mail_rounds AS round
             JOIN mail_round_items AS along ON along.round = round.id AND along.item = ?1
             LEFT JOIN mail_received AS received
                 ON received.round = along.round AND received.item = along.item
             WHERE round.day BETWEEN ?2 AND ?3 AND along.outcome = 'delivered'",
            [id.clone(), first.to_string(), last.to_string()],
            |row| row.try_into(),
        )?;
        let Some((ms, is_signed, taken_by)) = found.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some(MailGone {
            at: moment(ms, row)?,
            way: None,
            collector: None,
            taken_by,
            reason: String::new(),
            signed: is_signed.then_some(SignedOn::Paper),
        }))
    }
}

fn moment(ms: i64, row: impl FnOnce() -> String) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| StoreError::Unreadable {
        doing: READING,
        row: row(),
    })
}
