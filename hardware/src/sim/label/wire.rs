//! Bytes that cross a wire at its baud.

use std::collections::VecDeque;

use crate::clock::Moment;
use crate::link::Link;

/// The far end looks at the wire each time so many bytes can have crossed it.
const STEP: u64 = 8;

pub(super) struct Wire {
    baud: u32,
    bytes: VecDeque<u8>,
    /// When the first byte began, in nanoseconds.
    began_ns: u64,
    pub(super) slow: bool,
}

impl Wire {
    pub(super) fn new(baud: u32) -> Self {
        Self {
            baud: baud.max(1),
            bytes: VecDeque::new(),
            began_ns: 0,
            slow: false,
        }
    }

    fn byte_ns(&self) -> u64 {
        let times = if self.slow { 10 } else { 1 };
        times * 10_000_000_000 / u64::from(self.baud)
    }

    /// Takes what was written to the line; it has yet to cross.
    pub(super) fn read(&mut self, now: Moment, link: &mut dyn Link) {
        let mut bytes = [0; 1024];
        while let Ok(n @ 1..) = link.read(&mut bytes) {
            if self.bytes.is_empty() {
                self.began_ns = self.began_ns.max(now.as_micros() * 1000);
            }
            self.bytes.extend(&bytes[..n]);
        }
    }

    /// The next byte that has crossed by `now`, and when it did.
    pub(super) fn next(&mut self, now: Moment) -> Option<(Moment, u8)> {
        let crossed_ns = self.began_ns + self.byte_ns();
        if crossed_ns > now.as_micros() * 1000 + 999 {
            return None;
        }
        let byte = self.bytes.pop_front()?;
        self.began_ns = crossed_ns;
        Some((Moment::from_micros(crossed_ns / 1000), byte))
    }

    pub(super) fn due(&self) -> Option<Moment> {
        let n = STEP.min(self.bytes.len() as u64);
        (n > 0).then(|| Moment::from_micros((self.began_ns + n * self.byte_ns()).div_ceil(1000)))
    }
}
