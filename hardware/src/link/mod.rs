//! Bytes to and from one device, never blocking.

use std::io;
use std::os::fd::BorrowedFd;

use crate::clock::Waker;

pub mod memory;
#[cfg(feature = "simulators")]
pub mod pty;
pub mod record;
pub mod replay;
pub mod serial;

/// One end of a line to a device. No call ever blocks.
pub trait Link: Send {
    /// Reads what is there; 0 means nothing now.
    ///
    /// # Errors
    /// When the line is gone.
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError>;

    /// Writes as many bytes as the line takes; 0 means none now.
    ///
    /// # Errors
    /// When the line is gone.
    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError>;

    /// Bytes taken by [`Link::write`] that have not left the machine yet.
    ///
    /// # Errors
    /// When the line is gone.
    fn unsent(&mut self) -> Result<usize, LinkError> {
        Ok(0)
    }

    /// Whether the last [`Link::write`] was held back by a wire that poll(2) does not watch: what
    /// waits is to be offered again soon.
    fn is_held(&self) -> bool {
        false
    }

    /// Sets this end's wire that says whether it takes bytes, where the line has one.
    fn set_ready(&mut self, _ready: bool) {}

    /// What to wait on in poll(2), where there is such a thing.
    fn readiness(&self) -> Option<BorrowedFd<'_>> {
        None
    }

    /// Whom to wake when a link without [`Link::readiness`] can be read or written again.
    fn wake_with(&mut self, _waker: Waker) {}

    /// Throws away bytes that have not left the machine.
    fn clear_output(&mut self) {}
}

impl<L: Link + ?Sized> Link for Box<L> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        (**self).read(buffer)
    }
    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        (**self).write(bytes)
    }
    fn unsent(&mut self) -> Result<usize, LinkError> {
        (**self).unsent()
    }
    fn is_held(&self) -> bool {
        (**self).is_held()
    }
    fn set_ready(&mut self, ready: bool) {
        (**self).set_ready(ready);
    }
    fn readiness(&self) -> Option<BorrowedFd<'_>> {
        (**self).readiness()
    }
    fn wake_with(&mut self, waker: Waker) {
        (**self).wake_with(waker);
    }
    fn clear_output(&mut self) {
        (**self).clear_output();
    }
}

/// How many bytes may go to a device whose DSR wire says whether it is `ready`, while `unsent` are on
/// their way. One that drops the wire still takes 128 or so (hardware.md §7.1), and what an adapter
/// holds is not counted everywhere.
fn room_by_dsr(ready: bool, unsent: usize) -> usize {
    const ON_THE_WAY: usize = 64;
    if ready {
        ON_THE_WAY.saturating_sub(unsent)
    } else {
        0
    }
}

/// Why a line cannot be used, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// There is no such device file.
    #[error("opening {port}: no such device; plug it in, or correct its path in the settings")]
    NotFound {
        /// The device's path.
        port: String,
    },
    /// Another program holds the port.
    #[error(
        "opening {port}: another program has it open; stop that program (ModemManager is a usual one)"
    )]
    Busy {
        /// The device's path.
        port: String,
    },
    /// The user may not open the device file.
    #[error("opening {port}: not allowed; add the user to the group dialout and start again")]
    NotAllowed {
        /// The device's path.
        port: String,
    },
    /// It is a file, but no serial port, or not with these settings.
    #[error("setting up {port} at {baud} baud: the device refuses; check its path and baud")]
    Refused {
        /// The device's path.
        port: String,
        /// Bits a second that were asked for.
        baud: u32,
        /// What the system said.
        source: io::Error,
    },
    /// The device went away while in use.
    #[error("using {port}: it was unplugged; plug it in again")]
    Unplugged {
        /// The device's path.
        port: String,
    },
    /// Anything else the system says.
    #[error("{doing} {port}: the system reports an error; unplug the device and plug it in again")]
    Failed {
        /// What was being done: a verb in its -ing form.
        doing: &'static str,
        /// The device's path.
        port: String,
        /// What the system said.
        source: io::Error,
    },
}
