//! A recording played back: through a dialogue with its times, or as a link.

use std::collections::VecDeque;
use std::time::Duration;

use super::{Link, LinkError};
use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};

/// One row of a recording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// When, on the recording's clock.
    pub at: Moment,
    /// Whether the bytes came from the device.
    pub from_device: bool,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A row that is not `ms > hex` or `ms < hex`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("reading a recording: row {row} is not \"ms > hex\" or \"ms < hex\"; correct or delete it")]
pub struct BadRow {
    /// Counted from 1.
    pub row: usize,
}

/// Reads a recording; empty rows and rows that begin with `#` are skipped.
///
/// # Errors
/// [`BadRow`] with the first row that cannot be read.
pub fn parse(text: &str) -> Result<Vec<Row>, BadRow> {
    let rows = text.lines().enumerate();
    let rows = rows.filter(|(_, row)| !row.trim().is_empty() && !row.starts_with('#'));
    rows.map(|(i, row)| parse_row(row).ok_or(BadRow { row: i + 1 }))
        .collect()
}

fn parse_row(row: &str) -> Option<Row> {
    let mut words = row.split_whitespace();
    let ms: u64 = words.next()?.parse().ok()?;
    let from_device = match words.next()? {
        "<" => true,
        ">" => false,
        _ => return None,
    };
    let bytes = words.map(|word| u8::from_str_radix(word, 16).ok());
    Some(Row {
        at: Moment::ORIGIN + Duration::from_millis(ms),
        from_device,
        bytes: bytes.collect::<Option<_>>()?,
    })
}

/// So long after the last row a dialogue is still listened to: for what was begun, and not for the
/// silence of a device that is no longer there.
pub const AFTER_THE_LAST: Duration = Duration::from_millis(200);

/// Plays what the device said through a dialogue at the recorded times; gives its tells.
///
/// The line is opened at the moment of the first row, so that a dialogue which asks does so when it
/// did. Its words go nowhere.
pub fn through<D: Dialogue>(rows: &[Row], dialogue: &mut D) -> Vec<(Moment, D::Tell)> {
    through_with(rows, AFTER_THE_LAST, dialogue)
}

/// The same, for a device whose messages may pause for so long that it is listened to for `rest` after the
/// last row.
pub fn through_with<D: Dialogue>(
    rows: &[Row],
    rest: Duration,
    dialogue: &mut D,
) -> Vec<(Moment, D::Tell)> {
    let mut line = Line::new();
    let mut told = Vec::new();
    let first = rows.first().map_or(Moment::ORIGIN, |row| row.at);
    let last = rows.last().map_or(first, |row| row.at);
    dialogue.opened(first, &mut line);
    for row in rows.iter().filter(|row| row.from_device) {
        while let Some(due) = dialogue.due().filter(|due| *due <= row.at) {
            dialogue.waited(due, &mut line);
            told.extend(line.take_tells().into_iter().map(|tell| (due, tell)));
        }
        dialogue.heard(row.at, &row.bytes, &mut line);
        told.extend(line.take_tells().into_iter().map(|tell| (row.at, tell)));
    }
    let end = last + rest;
    while let Some(due) = dialogue.due().filter(|due| *due <= end) {
        dialogue.waited(due, &mut line);
        told.extend(line.take_tells().into_iter().map(|tell| (due, tell)));
    }
    told
}

/// A recording as a link: each answer is there once the bytes recorded before it were written.
pub struct Replay {
    rows: VecDeque<Row>,
}

impl Replay {
    /// Plays these rows.
    #[must_use]
    pub fn new(rows: Vec<Row>) -> Self {
        Self { rows: rows.into() }
    }
}

impl Link for Replay {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let Some(row) = self.rows.front_mut().filter(|row| row.from_device) else {
            return Ok(0);
        };
        let n = row.bytes.len().min(buffer.len());
        for (slot, byte) in buffer.iter_mut().zip(row.bytes.drain(..n)) {
            *slot = byte;
        }
        if row.bytes.is_empty() {
            self.rows.pop_front();
        }
        Ok(n)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let mut left = bytes.len();
        while let Some(row) = self.rows.front_mut().filter(|row| !row.from_device) {
            let n = row.bytes.len().min(left);
            row.bytes.drain(..n);
            left -= n;
            if !row.bytes.is_empty() {
                break;
            }
            self.rows.pop_front();
        }
        Ok(bytes.len())
    }
}
