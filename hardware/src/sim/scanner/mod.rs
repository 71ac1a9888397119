//! A line scanner (hardware.md §6.1); [`triggered`] is one that is told when to read.

use std::time::Duration;

use super::Simulator;
use super::fault::{LineFault, Outlet};
use super::reader::garbage;
use crate::clock::Moment;
use crate::link::Link;

mod ear;
pub mod triggered;

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
    /// Sets or lifts a fault of every code. Codes have no check of the line's: a spoilt one has
    /// another last character.
    Fault(LineFault, bool),
}

/// The simulated scanner.
#[derive(Default)]
pub struct ScannerSim {
    outlet: Outlet,
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
            ScannerCommand::Fault(fault, set) => return self.outlet.fault(fault, set),
            ScannerCommand::Scan(code) => format!("{code}\r").into_bytes(),
            ScannerCommand::ScanUnended(code) => code.into_bytes(),
            ScannerCommand::Raw(bytes) => bytes,
            ScannerCommand::Garbage(n) => garbage(n),
        };
        self.outlet.say(now, EVERY, bytes, |bytes| {
            if let [.., last, b'\r'] = &mut bytes[..] {
                *last ^= 1;
            }
        });
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        self.outlet.pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        self.outlet.due()
    }
}
