//! How bytes get into a printer: over the wire at the baud, past the real-time commands, into a
//! receive buffer that fills (hardware.md §7.1, §7.4).

use std::collections::VecDeque;

use super::printer::WireTime;
use crate::clock::Moment;

/// Bytes the receive buffer holds, as common printers' do (§7.1).
const BUFFER: usize = 4096;
/// XOFF below this many free bytes, XON above that many (§7.1).
const XOFF_BELOW: usize = 128;
const XON_ABOVE: usize = 1024;
/// The printer looks at the wire each time so many bytes can have crossed it.
const STEP: u64 = 8;
/// Bytes that are on a wire at once; more wait in the machine that sends them.
const ON_THE_WIRE: usize = 16;

/// How the intake goes just now.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    /// Whether it is switched on.
    pub(crate) powered: bool,
    /// It takes its bytes at a tenth of the baud.
    pub(crate) slow: bool,
    /// It takes nothing, and says so.
    pub(crate) holds: bool,
    /// It takes all, also what it has no room for.
    pub(crate) overruns: bool,
    /// It says by a wire that it is full; what comes all the same it loses.
    pub(crate) by_dtr: bool,
    /// It leaves real-time commands where they stand, after it has executed them.
    pub(crate) keeps: bool,
}

/// A real-time command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RealTime {
    /// DLE EOT n.
    Status(u8),
    /// DLE ENQ 2: clear the buffer and recover.
    Clear,
}

pub(crate) struct Intake {
    baud: u32,
    wire: VecDeque<u8>,
    /// When the wire's first byte began, in nanoseconds.
    began_ns: u64,
    /// The wire's first byte waits for room.
    pub(crate) blocked: bool,
    pub(crate) xoff: bool,
    /// The beginning of what may be a real-time command.
    escape: Vec<u8>,
    pub(crate) buffer: Vec<u8>,
    /// Bytes that came when there was no room.
    pub(crate) lost: u64,
    pub(crate) measured: Option<WireTime>,
}

impl Intake {
    pub(crate) fn new(baud: u32) -> Self {
        Self {
            baud: baud.max(1),
            wire: VecDeque::new(),
            began_ns: 0,
            blocked: false,
            xoff: false,
            escape: Vec::new(),
            buffer: Vec::new(),
            lost: 0,
            measured: None,
        }
    }

    /// Switched on or off: what it held is gone.
    pub(crate) fn forget(&mut self) {
        self.buffer.clear();
        self.escape.clear();
    }

    /// How many bytes the wire has room for. Where the handshake is a wire of its own, what has yet
    /// to cross can be counted by the machine that sends it.
    pub(crate) fn room(&self, pace: Pace) -> usize {
        match pace.by_dtr {
            true => ON_THE_WIRE.saturating_sub(self.wire.len()),
            false => usize::MAX,
        }
    }

    /// Bytes have been put on the wire.
    pub(crate) fn arrive(&mut self, now: Moment, bytes: &[u8]) {
        if self.wire.is_empty() {
            self.began_ns = self.began_ns.max(now.as_micros() * 1000);
        }
        self.wire.extend(bytes);
    }

    fn byte_ns(&self, pace: Pace) -> u64 {
        let slow = if pace.slow { 10 } else { 1 };
        slow * 10_000_000_000 / u64::from(self.baud)
    }

    /// Takes bytes off the wire that have crossed it by `now` and fit into the buffer; gives the
    /// real-time commands among them.
    ///
    /// Only at its own moments, so that the printer does the same however often somebody looks at it
    /// in between, and however the bytes were given to the line.
    pub(crate) fn receive(&mut self, now: Moment, pace: Pace) -> Vec<RealTime> {
        let byte_ns = self.byte_ns(pace);
        let now_ns = now.as_micros() * 1000 + 999;
        let look_ns = now_ns - now_ns % (STEP * byte_ns);
        let mut commands = Vec::new();
        self.blocked = false;
        while !self.wire.is_empty() && self.began_ns + byte_ns <= look_ns {
            let full = self.buffer.len() >= BUFFER && !pace.overruns && !pace.by_dtr;
            if full || pace.holds {
                self.blocked = true;
                self.began_ns = look_ns;
                break;
            }
            let byte = self.cross(byte_ns);
            if pace.powered {
                commands.extend(self.real_time(byte, pace.keeps));
            }
        }
        commands
    }

    /// One byte arrives.
    fn cross(&mut self, byte_ns: u64) -> u8 {
        let first = Moment::from_micros(self.began_ns / 1000);
        self.began_ns += byte_ns;
        let last = Moment::from_micros(self.began_ns / 1000);
        let bytes = self.measured.map_or(0, |wire| wire.bytes) + 1;
        let first = self.measured.map_or(first, |wire| wire.first);
        self.measured = Some(WireTime { first, last, bytes });
        self.wire.pop_front().unwrap_or(0)
    }

    /// Real-time commands are executed as they arrive, before anything in the buffer and wherever
    /// they stand, be it in the middle of a picture (§7.4, §7.5).
    fn real_time(&mut self, byte: u8, keeps: bool) -> Option<RealTime> {
        match (&self.escape[..], byte) {
            ([], 0x10) | ([0x10], 0x04 | 0x05) => {
                self.escape.push(byte);
                None
            }
            ([0x10, 0x04], n @ 1..=4) => {
                self.escape.clear();
                if keeps {
                    for byte in [0x10, 0x04, n] {
                        self.store(byte);
                    }
                }
                Some(RealTime::Status(n))
            }
            ([0x10, 0x05], 2) => {
                self.forget();
                Some(RealTime::Clear)
            }
            _ => {
                let held = std::mem::take(&mut self.escape);
                held.into_iter().for_each(|byte| self.store(byte));
                if byte == 0x10 {
                    self.escape.push(byte);
                } else {
                    self.store(byte);
                }
                None
            }
        }
    }

    fn store(&mut self, byte: u8) {
        // The escape may still bring two bytes more than there is room for.
        if self.buffer.len() < BUFFER + 2 {
            self.buffer.push(byte);
        } else {
            self.lost += 1;
        }
    }

    /// XON or XOFF, when it is time to say it.
    pub(crate) fn flow(&mut self, pace: Pace) -> Option<u8> {
        let free = BUFFER.saturating_sub(self.buffer.len());
        if !self.xoff && !pace.overruns && (pace.holds || free < XOFF_BELOW) {
            self.xoff = true;
            return Some(0x13);
        }
        if self.xoff && !pace.holds && free > XON_ABOVE {
            self.xoff = false;
            return Some(0x11);
        }
        None
    }

    pub(crate) fn due(&self, pace: Pace) -> Option<Moment> {
        let byte_ns = self.byte_ns(pace);
        (!self.wire.is_empty() && !self.blocked).then(|| {
            let look_ns = STEP * byte_ns;
            let crossed_ns = self.began_ns + byte_ns;
            Moment::from_micros((crossed_ns.div_ceil(look_ns) * look_ns).div_ceil(1000))
        })
    }
}
