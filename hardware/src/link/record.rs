//! A line recorded at the byte boundary, as text that a person can read.
//!
//! One row a read or write: `ms > hex` went to the device, `ms < hex` came from it; milliseconds
//! since the clock's origin. A recording of a card reader holds card numbers: keep it like one.

use std::fmt::Write as _;
use std::io::Write;
use std::os::fd::BorrowedFd;

use super::{Link, LinkError};
use crate::clock::{Clock, Waker};

/// Any link, with everything that passes written down.
pub struct Recorded<L> {
    link: L,
    clock: Clock,
    to: Box<dyn Write + Send>,
}

impl<L: Link> Recorded<L> {
    /// Records `link` to `to`; a recording that cannot be written never disturbs the line.
    pub fn new(link: L, clock: Clock, to: Box<dyn Write + Send>) -> Self {
        Self { link, clock, to }
    }

    fn note(&mut self, way: char, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let mut row = format!("{} {way}", self.clock.now().as_micros() / 1000);
        for byte in bytes {
            let _ = write!(row, " {byte:02X}");
        }
        let _ = writeln!(self.to, "{row}");
    }
}

impl<L: Link> Link for Recorded<L> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let n = self.link.read(buffer)?;
        self.note('<', &buffer[..n]);
        Ok(n)
    }
    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let n = self.link.write(bytes)?;
        self.note('>', &bytes[..n]);
        Ok(n)
    }
    fn unsent(&mut self) -> Result<usize, LinkError> {
        self.link.unsent()
    }
    fn readiness(&self) -> Option<BorrowedFd<'_>> {
        self.link.readiness()
    }
    fn wake_with(&mut self, waker: Waker) {
        self.link.wake_with(waker);
    }
    fn clear_output(&mut self) {
        self.link.clear_output();
    }
}
