//! A line recorded at the byte boundary, as text that a person can read.
//!
//! One row a read or write: `ms > hex` went to the device, `ms < hex` came from it; milliseconds
//! since the clock's origin.
//!
//! A line that people present cards or codes to is recorded through a [`Mask`], which writes made-up
//! numbers in place of theirs; see [`crate::mask`]. Its rows are in the order in which messages became
//! whole: one that came in pieces is one row, of the moment of its last piece.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::os::fd::BorrowedFd;

use super::{Link, LinkError};
use crate::clock::{Clock, Moment, Waker};
use crate::mask::Mask;

/// Any link, with everything that passes written down.
pub struct Recorded<L> {
    link: L,
    clock: Clock,
    to: Box<dyn Write + Send>,
    /// Why the recording could not be written any more; nothing is, from then on.
    cut: io::Result<()>,
    mask: Option<Box<dyn Mask>>,
    last_heard: Moment,
}

impl<L> Recorded<L> {
    /// Records `link` to `to` as it is: for tests and simulators, where nobody's numbers pass. A
    /// recording that cannot be written never disturbs the line: [`Recorded::finish`] says so.
    pub fn new(link: L, clock: Clock, to: Box<dyn Write + Send>) -> Self {
        Self {
            link,
            clock,
            to,
            cut: Ok(()),
            mask: None,
            last_heard: Moment::ORIGIN,
        }
    }

    /// Records `link` to `to` without what stands for a person.
    pub fn masked(link: L, clock: Clock, to: Box<dyn Write + Send>, mask: Box<dyn Mask>) -> Self {
        let mut recorded = Self::new(link, clock, to);
        recorded.mask = Some(mask);
        recorded
    }

    /// Writes what is still held, as far as it may be, and ends the recording.
    ///
    /// # Errors
    ///
    /// Where a row could not be written: all behind it are missing.
    pub fn finish(mut self) -> io::Result<()> {
        self.end();
        std::mem::replace(&mut self.cut, Ok(()))
    }

    fn end(&mut self) {
        self.pause();
        if self.cut.is_ok() {
            self.cut = self.to.flush();
        }
    }

    fn heard(&mut self, bytes: &[u8]) {
        let now = self.clock.now();
        if bytes.is_empty() {
            return;
        }
        let quiet = now - self.last_heard;
        if self
            .mask
            .as_ref()
            .is_some_and(|mask| quiet >= mask.patience())
        {
            self.pause();
        }
        self.last_heard = now;
        match &mut self.mask {
            None => self.note(now, '<', bytes),
            Some(mask) => {
                let bytes = mask.heard(bytes);
                self.note(now, '<', &bytes);
            }
        }
    }

    fn pause(&mut self) {
        if let Some(mask) = &mut self.mask {
            let bytes = mask.pause();
            self.note(self.last_heard, '<', &bytes);
        }
    }

    fn said(&mut self, bytes: &[u8]) {
        let now = self.clock.now();
        match &mut self.mask {
            Some(mask) if !bytes.is_empty() => {
                let bytes = mask.said(bytes);
                self.note(now, '>', &bytes);
            }
            _ => self.note(now, '>', bytes),
        }
    }

    fn note(&mut self, at: Moment, way: char, bytes: &[u8]) {
        if bytes.is_empty() || self.cut.is_err() {
            return;
        }
        let mut row = format!("{} {way}", at.as_micros() / 1000);
        for byte in bytes {
            let _ = write!(row, " {byte:02X}");
        }
        row.push('\n');
        self.cut = self.to.write_all(row.as_bytes());
    }
}

impl<L> Drop for Recorded<L> {
    /// What is still held is written; nobody is left who would hear that it could not be.
    fn drop(&mut self) {
        self.end();
    }
}

impl<L: Link> Link for Recorded<L> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let n = self.link.read(buffer)?;
        self.heard(&buffer[..n]);
        Ok(n)
    }
    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let n = self.link.write(bytes)?;
        self.said(&bytes[..n]);
        Ok(n)
    }
    fn unsent(&mut self) -> Result<usize, LinkError> {
        self.link.unsent()
    }
    fn is_held(&self) -> bool {
        self.link.is_held()
    }

    fn set_ready(&mut self, ready: bool) {
        self.link.set_ready(ready);
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
