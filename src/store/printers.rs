//! Printers: how the roll of each was left.

use super::books::Books;
use super::error::{Doing, StoreError};
use crate::slips::{PaperRoll, PrinterName};
use rusqlite::params;
use std::collections::HashMap;

impl Books {
    /// How the rolls of all printers were left.
    pub fn rolls(&self) -> Result<HashMap<PrinterName, PaperRoll>, StoreError> {
        self.connection
            .prepare_cached("SELECT printer, used_dots, is_warned, is_out FROM printer_rolls")
            .and_then(|mut select| {
                select
                    .query_map([], |row| {
                        let roll = PaperRoll {
                            used_dots: row.get::<_, i64>(1)?.unsigned_abs(),
                            is_warned: row.get(2)?,
                            is_out: row.get(3)?,
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
                "INSERT INTO printer_rolls (printer, used_dots, is_warned, is_out)
                 VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (printer) DO UPDATE SET used_dots = excluded.used_dots,
                     is_warned = excluded.is_warned, is_out = excluded.is_out",
            )
            .and_then(|mut keep| {
                keep.execute(params![printer.0, used, roll.is_warned, roll.is_out])
            })
            .map(|_| ())
            .doing("keep how a roll stands")
    }
}
