//! A line scanner (hardware.md §6.1).

use std::time::Duration;

use super::reader::garbage;
use super::{Schedule, Simulator};
use crate::clock::Moment;
use crate::link::Link;

/// A person cannot present two codes faster than this.
const EVERY: Duration = Duration::from_millis(200);

/// What happens in front of the scanner.
#[derive(Clone, PartialEq, Eq)]
pub enum ScannerCommand {
    /// A code, sent with CR behind it.
    Scan(String),
    /// A code without any end mark.
    ScanUnended(String),
    /// Exactly these bytes.
    Raw(Vec<u8>),
    /// Bytes of no meaning, this many.
    Garbage(usize),
    /// Nothing more is said until set to false.
    Silent(bool),
}

/// The simulated scanner.
#[derive(Default)]
pub struct ScannerSim {
    schedule: Schedule,
    silent: bool,
}

impl ScannerSim {
    /// A scanner with nothing in front of it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Simulator for ScannerSim {
    type Command = ScannerCommand;

    fn command(&mut self, now: Moment, command: ScannerCommand) {
        let bytes = match command {
            ScannerCommand::Silent(silent) => {
                self.silent = silent;
                return;
            }
            ScannerCommand::Scan(code) => format!("{code}\r").into_bytes(),
            ScannerCommand::ScanUnended(code) => code.into_bytes(),
            ScannerCommand::Raw(bytes) => bytes,
            ScannerCommand::Garbage(n) => garbage(n),
        };
        if !self.silent {
            self.schedule.push(now, EVERY, bytes);
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        self.schedule.pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        self.schedule.due()
    }
}
