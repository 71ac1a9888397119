//! Printers: what each printed last, and how its roll was left.

use super::books::Books;
use super::error::{Doing, StoreError};
use super::slips::number;
use super::words::from_word;
use crate::slips::{JobState, PaperRoll, PrinterName, SlipNumber};
use chrono::{DateTime, Utc};
use rusqlite::params;
use std::collections::HashMap;

/// A print job of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastJob {
    /// The number on the slip.
    pub number: SlipNumber,
    /// By which printer, where a byte was sent.
    pub printer: Option<PrinterName>,
    /// Where it stands.
    pub state: JobState,
    /// Since when.
    pub moved: DateTime<Utc>,
}

impl Books {
    /// The latest print jobs, the newest first.
    pub fn latest_jobs(&self, most: u32) -> Result<Vec<PastJob>, StoreError> {
        const DOING: &str = "read the latest print jobs";
        let rows: Vec<(String, String, u32, String, Option<String>, i64)> = self
            .connection
            .prepare_cached(
                "SELECT device, day, count, state, printer, moved_ms FROM print_jobs
                 ORDER BY id DESC LIMIT ?1",
            )
            .and_then(|mut select| select.query_map([most], |row| row.try_into())?.collect())
            .doing(DOING)?;
        rows.into_iter()
            .map(|(device, day, count, state, printer, moved_ms)| {
                let row = || format!("the print job of {device} {day} {count}");
                let unreadable = || StoreError::Unreadable {
                    doing: DOING,
                    row: row(),
                };
                Ok(PastJob {
                    number: number(&device, &day, count).ok_or_else(unreadable)?,
                    printer: printer.map(PrinterName),
                    state: from_word(state, DOING, row)?,
                    moved: DateTime::from_timestamp_millis(moved_ms).ok_or_else(unreadable)?,
                })
            })
            .collect()
    }

    /// How the rolls of all printers were left.
    pub fn rolls(&self) -> Result<HashMap<PrinterName, PaperRoll>, StoreError> {
        self.connection
            .prepare_cached("SELECT printer, used_dots, is_warned FROM printer_rolls")
            .and_then(|mut select| {
                select
                    .query_map([], |row| {
                        let roll = PaperRoll {
                            used_dots: row.get::<_, i64>(1)?.unsigned_abs(),
                            is_warned: row.get(2)?,
                        };
                        Ok((PrinterName(row.get(0)?), roll))
                    })?
                    .collect()
            })
            .doing("read how the rolls were left")
    }

    /// Keeps how a roll stands. A measure: nothing of it is written in the journal.
    pub fn keep_roll(&mut self, printer: &PrinterName, roll: PaperRoll) -> Result<(), StoreError> {
        let used = i64::try_from(roll.used_dots).unwrap_or(i64::MAX);
        self.connection
            .prepare_cached(
                "INSERT INTO printer_rolls (printer, used_dots, is_warned) VALUES (?1, ?2, ?3)
                 ON CONFLICT (printer) DO UPDATE SET used_dots = excluded.used_dots,
                     is_warned = excluded.is_warned",
            )
            .and_then(|mut keep| keep.execute(params![printer.0, used, roll.is_warned]))
            .map(|_| ())
            .doing("keep how a roll stands")
    }
}
