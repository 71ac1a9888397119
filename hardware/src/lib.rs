//! Card readers, scanners and receipt printers on serial ports.
//!
//! The crate turns bytes into meaning and meaning into bytes. It knows nothing of what a card opens
//! or what a slip is for, and it logs nothing: it tells.
//!
//! In reading order:
//!
//! - [`clock`]: what time it is, real or scripted; [`activity`]: whether anybody is still at work.
//! - [`link`]: bytes to and from one device: a serial port, memory, a recording, a pty.
//! - [`dialogue`]: what bytes mean, without any I/O; [`port`]: one dialogue over one link on one thread;
//!   [`supervise`]: a port kept open.
//! - [`reader`], [`scanner`], [`escpos`]: the drivers.
//! - [`label`]: label printers; [`printing`]: what may be asked of any printer.
//! - [`kind`]: which kinds there are, by the words that people have for them.
//! - [`mask`]: what a recording of a line leaves out.
//! - [`watch`]: any kind of device listened to, told in words without numbers.
//! - [`raster`]: text as dots, where a printer has no font for it.
//! - [`probe`]: what is on a port.
//! - [`sim`] (feature `simulators`): the same devices from the other end, with their faults.

pub mod activity;
pub mod clock;
pub mod dialogue;
pub mod escpos;
pub mod kind;
pub mod label;
pub mod link;
mod lock;
mod mailbox;
pub mod mask;
pub mod port;
pub mod printing;
pub mod probe;
pub mod raster;
pub mod reader;
pub mod scanner;
#[cfg(feature = "simulators")]
pub mod sim;
pub mod supervise;
mod wake;
pub mod watch;
