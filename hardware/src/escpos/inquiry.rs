//! Asking a printer for its status in real time: DLE EOT 1 to 4, one at a time (hardware.md §7.4).

use std::time::Duration;

use super::status::PrinterStatus;
use crate::clock::Moment;

/// A printer that leaves DLE EOT unanswered this long is silent.
pub const SILENT_AFTER: Duration = Duration::from_secs(2);

/// One round of four questions.
#[derive(Debug)]
pub(crate) struct Inquiry {
    n: u8,
    answers: [u8; 4],
    /// What the adapter adds to the wait for each answer.
    adapter: Duration,
    pub(crate) deadline: Moment,
}

impl Inquiry {
    /// Begins; gives the first question.
    pub(crate) fn begin(now: Moment, adapter: Duration) -> (Self, [u8; 3]) {
        let inquiry = Self {
            n: 1,
            answers: [0; 4],
            adapter,
            deadline: now + SILENT_AFTER + adapter,
        };
        (inquiry, [0x10, 0x04, 1])
    }

    /// Takes an answer; gives the next question, or what all four say.
    pub(crate) fn answered(&mut self, now: Moment, byte: u8) -> Result<PrinterStatus, [u8; 3]> {
        self.answers[usize::from(self.n - 1)] = byte;
        if self.n == 4 {
            return Ok(PrinterStatus::from_real_time(self.answers));
        }
        self.n += 1;
        self.deadline = now + SILENT_AFTER + self.adapter;
        Err([0x10, 0x04, self.n])
    }
}
