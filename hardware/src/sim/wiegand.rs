//! A Wiegand reader behind a converter (hardware.md §6.3).

use std::time::Duration;

use super::Simulator;
use super::fault::{LineFault, Outlet};
use super::reader::garbage;
use crate::clock::Moment;
use crate::link::Link;
use crate::reader::WiegandCode;
use crate::reader::wiegand::Settings;

/// A reader behind a converter reads a card that stays this often.
const EVERY: Duration = Duration::from_millis(500);

/// What happens at the reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WiegandCommand {
    /// A card is held until it has been read so often. One whose bits the converter does not know is
    /// not passed on.
    Hold(WiegandCode, usize),
    /// A key is pressed: its digit, with nothing behind it.
    Key(u8),
    /// Bytes of no meaning, this many.
    Garbage(usize),
    /// Sets or lifts a fault of everything it says. Where there is no parity, nothing checks a card:
    /// a spoilt one has another last bit.
    Fault(LineFault, bool),
}

/// The simulated converter.
pub struct WiegandSim {
    settings: Settings,
    outlet: Outlet,
}

impl WiegandSim {
    /// A converter of that make with nothing at its reader.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            outlet: Outlet::default(),
        }
    }
}

impl Simulator for WiegandSim {
    type Command = WiegandCommand;

    fn command(&mut self, now: Moment, command: WiegandCommand) {
        let messages = match command {
            WiegandCommand::Fault(fault, set) => return self.outlet.fault(fault, set),
            WiegandCommand::Hold(code, n) => {
                let message = self.settings.write(code);
                message.map_or_else(Vec::new, |message| vec![message; n])
            }
            WiegandCommand::Key(key) => vec![vec![b'0' + key % 10]],
            WiegandCommand::Garbage(n) => vec![garbage(n)],
        };
        for message in messages {
            self.outlet.say(now, EVERY, message, |message| {
                let digit = message
                    .iter_mut()
                    .rfind(|byte| byte.is_ascii_alphanumeric());
                if let Some(digit) = digit {
                    let first = if digit.is_ascii_digit() { b'0' } else { b'A' };
                    *digit = ((*digit - first) ^ 1) + first;
                }
            });
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        self.outlet.pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        self.outlet.due()
    }
}
