//! A line scanner (hardware.md §6.1); [`triggered`] is one that is told when to read.

use std::time::Duration;

use encoding_rs::GB18030;

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
    /// A code, with the end mark behind it.
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

/// What a scanner says behind a code (hardware.md §6.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum EndMark {
    /// CR, as most are sold.
    #[default]
    Cr,
    /// LF.
    Lf,
    /// CR and LF.
    CrLf,
    /// Nothing: the pause is the end.
    Nothing,
}

impl EndMark {
    /// Its bytes.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        match self {
            EndMark::Cr => b"\r",
            EndMark::Lf => b"\n",
            EndMark::CrLf => b"\r\n",
            EndMark::Nothing => b"",
        }
    }
}

/// The simulated scanner.
#[derive(Default)]
pub struct ScannerSim {
    outlet: Outlet,
    end: EndMark,
    gb18030: bool,
}

impl ScannerSim {
    /// A scanner with nothing in front of it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, with this behind every code.
    #[must_use]
    pub fn ending(mut self, end: EndMark) -> Self {
        self.end = end;
        self
    }

    /// The same; whether it says Chinese as GB18030, and not as UTF-8.
    #[must_use]
    pub fn in_gb18030(mut self, gb18030: bool) -> Self {
        self.gb18030 = gb18030;
        self
    }

    fn bytes(&self, code: &str) -> Vec<u8> {
        match self.gb18030 {
            true => GB18030.encode(code).0.into_owned(),
            false => code.as_bytes().to_vec(),
        }
    }
}

impl Simulator for ScannerSim {
    type Command = ScannerCommand;

    fn command(&mut self, now: Moment, command: ScannerCommand) {
        let bytes = match command {
            ScannerCommand::Fault(fault, set) => return self.outlet.fault(fault, set),
            ScannerCommand::Scan(code) => [&self.bytes(&code), self.end.bytes()].concat(),
            ScannerCommand::ScanUnended(code) => self.bytes(&code),
            ScannerCommand::Raw(bytes) => bytes,
            ScannerCommand::Garbage(n) => garbage(n),
        };
        let end = self.end.bytes().len();
        self.outlet.say(now, EVERY, bytes, |bytes| {
            let last = bytes.len().checked_sub(end + 1);
            if let Some(last) = last.and_then(|last| bytes.get_mut(last)) {
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
