//! What the desk asks about mail.

use super::reading::{self, READING, in_state, items};
use crate::mail::desk::Round;
use crate::mail::{Addressee, Item, MailId, MailState, PickUpCode, RoundId, rules};
use crate::slips::SlipNumber;
use crate::store::books::Books;
use crate::store::error::{Doing, StoreError};
use crate::store::slips;
use crate::store::words::from_word;
use chrono::{DateTime, NaiveDate};
use rusqlite::{Params, params};

/// One round with everything on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundSheet {
    /// The round.
    pub round: Round,
    /// What went along, in the order of the doors, with who took it.
    pub items: Vec<(Item, Option<ReceivedBy>)>,
}

/// The name of who took an item on a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedBy(pub String);

impl Books {
    /// One item, wherever it is.
    pub fn mail_item(&self, id: MailId) -> Result<Option<Item>, StoreError> {
        reading::item(&self.connection, id)
    }

    /// What waits, shelf by shelf.
    pub fn mail_waiting_by_shelf(&self) -> Result<Vec<Item>, StoreError> {
        let mut waiting = in_state(&self.connection, MailState::Waiting)?;
        waiting.sort_by(|one, other| one.shelf.cmp(&other.shelf));
        Ok(waiting)
    }

    /// What is here for one addressee, on a round or on its way back included.
    pub fn mail_here_for(&self, addressee: Addressee) -> Result<Vec<Item>, StoreError> {
        reading::here_for(&self.connection, addressee)
    }

    /// What waits for the postman: printed returns and dead letters.
    pub fn mail_for_the_post(&self) -> Result<Vec<Item>, StoreError> {
        let mut due = in_state(&self.connection, MailState::ReturnPrinted)?;
        due.extend(in_state(&self.connection, MailState::DeadLetter)?);
        Ok(due)
    }

    /// The item that is here under this pick-up code.
    pub fn mail_by_code(&self, code: &PickUpCode) -> Result<Option<Item>, StoreError> {
        reading::item_of_code(&self.connection, code)
    }

    /// Items with this carrier's number, the latest first.
    pub fn mail_by_tracking(&self, tracking: &str) -> Result<Vec<Item>, StoreError> {
        reading::by_tracking(&self.connection, tracking.trim())
    }

    /// The item with this number on its label.
    pub fn mail_by_number(&self, number: &SlipNumber) -> Result<Option<Item>, StoreError> {
        // Only what came in a batch has a number; said, so that the index of those is used.
        let which = "WHERE item.batch IS NOT NULL AND item.device = ?1 AND item.day = ?2 AND item.count = ?3";
        let (device, day) = (number.device.to_string(), number.day.to_string());
        let found = items(&self.connection, which, params![device, day, number.count])?;
        Ok(found.into_iter().next())
    }

    /// The rounds that are not over, the earliest first.
    pub fn open_mail_rounds(&self) -> Result<Vec<RoundId>, StoreError> {
        let rounds = self.rounds("WHERE ended_at_ms IS NULL", [])?;
        Ok(rounds.into_iter().map(|round| round.id).collect())
    }

    /// The day of the latest round that set out.
    pub fn last_mail_round(&self) -> Result<Option<NaiveDate>, StoreError> {
        let day: Option<String> = self
            .connection
            .prepare_cached("SELECT max(day) FROM mail_rounds")
            .and_then(|mut select| select.query_row([], |row| row.get(0)))
            .doing(READING)?;
        day.map(|day| from_word(day, READING, || "day of a round".to_owned()))
            .transpose()
    }

    /// One round with all that is on it.
    pub fn mail_round(&self, id: RoundId) -> Result<Option<RoundSheet>, StoreError> {
        let Some(round) = self.rounds("WHERE id = ?1", [id.to_string()])?.pop() else {
            return Ok(None);
        };
        let which = "JOIN mail_round_items ON mail_round_items.item = item.id
            WHERE mail_round_items.round = ?1";
        let mut along = items(&self.connection, which, [id.to_string()])?;
        rules::in_order_of_doors(&mut along);
        let names: Vec<(String, String)> = self
            .connection
            .prepare_cached("SELECT item, taken_by FROM mail_received WHERE round = ?1")
            .and_then(|mut select| {
                select
                    .query_map([id.to_string()], |row| row.try_into())?
                    .collect()
            })
            .doing(READING)?;
        let taken_by = |item: &Item| {
            let id = item.id.to_string();
            let found = names.iter().find(|(of, _)| *of == id);
            found.map(|(_, name)| ReceivedBy(name.clone()))
        };
        let items = along.into_iter().map(|item| {
            let by = taken_by(&item);
            (item, by)
        });
        Ok(Some(RoundSheet {
            round,
            items: items.collect(),
        }))
    }

    fn rounds(&self, which: &str, params: impl Params) -> Result<Vec<Round>, StoreError> {
        type Raw = (
            String,
            String,
            String,
            u32,
            String,
            i64,
            Option<i64>,
            u32,
            u32,
            u32,
        );
        let sql = format!(
            "SELECT id, device, day, count, carrier, started_at_ms, ended_at_ms,
                 (SELECT count(*) FROM mail_round_items WHERE round = id AND outcome IS NULL),
                 (SELECT count(*) FROM mail_round_items WHERE round = id AND outcome = 'delivered'),
                 (SELECT count(*) FROM mail_round_items WHERE round = id AND outcome = 'failed')
             FROM mail_rounds {which} ORDER BY started_at_ms, id"
        );
        let rows: Vec<Raw> = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut select| select.query_map(params, |row| row.try_into())?.collect())
            .doing(READING)?;
        rows.into_iter()
            .map(
                |(id, device, day, count, carrier, started, ended, open, delivered, failed)| {
                    let row = || format!("round {id}");
                    let unreadable = || StoreError::Unreadable {
                        doing: READING,
                        row: row(),
                    };
                    let moment = |ms| DateTime::from_timestamp_millis(ms).ok_or_else(unreadable);
                    Ok(Round {
                        number: slips::number(&device, &day, count).ok_or_else(unreadable)?,
                        carrier: from_word(carrier, READING, row)?,
                        started: moment(started)?,
                        ended: ended.map(moment).transpose()?,
                        open,
                        delivered,
                        failed,
                        id: from_word(id.clone(), READING, row)?,
                    })
                },
            )
            .collect()
    }
}
