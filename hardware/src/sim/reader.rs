//! An EM4100 reader, and what noise makes of it (hardware.md §2).

use std::time::Duration;

use super::Simulator;
use super::fault::{LineFault, Outlet};
use crate::clock::Moment;
use crate::link::Link;
use crate::reader::CardNumber;

/// A frame repeats after this while the card stays (§2.2).
const EVERY: Duration = Duration::from_millis(65);

/// What happens at the antenna.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReaderCommand {
    /// A card is held for so many frames.
    Hold(CardNumber, usize),
    /// Noise that looks like this card, once.
    Ghost(CardNumber),
    /// Noise that looks like no card at all: all zero.
    Zero,
    /// Bytes of no meaning, this many.
    Garbage(usize),
    /// Sets or lifts a fault of every frame.
    Fault(LineFault, bool),
}

/// The simulated reader.
#[derive(Default)]
pub struct ReaderSim {
    outlet: Outlet,
}

impl ReaderSim {
    /// A reader with nothing at its antenna.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Simulator for ReaderSim {
    type Command = ReaderCommand;

    fn command(&mut self, now: Moment, command: ReaderCommand) {
        let frames = match command {
            ReaderCommand::Fault(fault, set) => return self.outlet.fault(fault, set),
            ReaderCommand::Hold(card, n) => vec![card.frame().to_vec(); n],
            ReaderCommand::Ghost(card) => vec![card.frame().to_vec()],
            ReaderCommand::Zero => vec![b"\x02000000000000\x03".to_vec()],
            ReaderCommand::Garbage(n) => vec![garbage(n)],
        };
        for frame in frames {
            self.outlet.say(now, EVERY, frame, |frame| {
                if let [.., check, _] = &mut frame[..] {
                    *check = if *check == b'0' { b'1' } else { b'0' };
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

/// The same meaningless bytes every time.
pub(crate) fn garbage(n: usize) -> Vec<u8> {
    let mut state = 12_345u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..n).map(|_| next()).collect()
}
