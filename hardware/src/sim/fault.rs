//! How any device may misbehave on its line.

use std::time::Duration;

use super::Schedule;
use crate::clock::Moment;
use crate::link::Link;

/// A slow device lets this pass before each byte.
const SLOW: Duration = Duration::from_millis(20);

/// Bytes of noise before each message of a device that sends garbage: marks that begin something,
/// and nothing that ends it.
const NOISE: [u8; 5] = [0xFF, 0x02, 0xAA, 0x00, 0x53];

/// What goes wrong with every message until it is set right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineFault {
    /// Nothing is said.
    Silent,
    /// A byte every 20 ms.
    Slow,
    /// Bytes without meaning come before it.
    Garbage,
    /// Only its first half is sent.
    HalfFrame,
    /// Its check does not fit what it checks.
    WrongChecksum,
    /// It is kept back, and sent behind the next one.
    WrongOrder,
}

impl LineFault {
    /// Every one of them.
    pub const ALL: [Self; 6] = [
        Self::Silent,
        Self::Slow,
        Self::Garbage,
        Self::HalfFrame,
        Self::WrongChecksum,
        Self::WrongOrder,
    ];
}

/// Where a device's messages leave, with the faults that are set.
#[derive(Default)]
pub(crate) struct Outlet {
    schedule: Schedule,
    faults: Vec<LineFault>,
    kept_back: Option<Vec<u8>>,
}

impl Outlet {
    /// Sets or lifts a fault.
    pub(crate) fn fault(&mut self, fault: LineFault, set: bool) {
        self.faults.retain(|known| *known != fault);
        if set {
            self.faults.push(fault);
        }
    }

    /// Says one message, `gap` after the one before or at `now`, whichever is later. `spoil` makes
    /// its check wrong.
    pub(crate) fn say(
        &mut self,
        now: Moment,
        gap: Duration,
        mut message: Vec<u8>,
        spoil: impl FnOnce(&mut Vec<u8>),
    ) {
        let has = |fault| self.faults.contains(&fault);
        if has(LineFault::Silent) {
            return;
        }
        if has(LineFault::WrongChecksum) {
            spoil(&mut message);
        }
        if has(LineFault::HalfFrame) {
            message.truncate(message.len() / 2);
        }
        if has(LineFault::Garbage) {
            message.splice(..0, NOISE);
        }
        if has(LineFault::WrongOrder) {
            match self.kept_back.take() {
                None => {
                    self.kept_back = Some(message);
                    return;
                }
                Some(earlier) => message.extend(earlier),
            }
        } else if let Some(earlier) = self.kept_back.take() {
            message.splice(..0, earlier);
        }
        if has(LineFault::Slow) {
            for (i, byte) in message.into_iter().enumerate() {
                let gap = if i == 0 { gap.max(SLOW) } else { SLOW };
                self.schedule.push(now, gap, vec![byte]);
            }
        } else {
            self.schedule.push(now, gap, message);
        }
    }

    /// Forgets what has not been said yet: the device was switched off.
    pub(crate) fn clear(&mut self) {
        self.schedule = Schedule::default();
        self.kept_back = None;
    }

    pub(crate) fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        self.schedule.pump(now, link);
    }

    pub(crate) fn due(&self) -> Option<Moment> {
        self.schedule.due()
    }
}
