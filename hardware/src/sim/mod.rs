//! The devices from the other end of the line, with their faults; no threads inside.

use std::time::Duration;

use crate::clock::Moment;
use crate::link::Link;

mod antenna;
mod bars;
mod command;
mod condition;
mod fault;
mod intake;
pub mod label;
mod mechanics;
pub mod osdp;
pub mod paper;
mod picture;
pub mod pn532;
pub mod printer;
pub mod reader;
pub mod run;
mod said;
pub mod samv;
pub mod scanner;
pub mod wiegand;

pub use fault::LineFault;

/// One simulated device, stepped from outside.
pub trait Simulator: Send {
    /// What a person, or a fault, does to it.
    type Command: Send + 'static;

    /// Does something to the device at `now`.
    fn command(&mut self, now: Moment, command: Self::Command);

    /// Does everything that is due at `now`, over the far end of a line.
    fn pump(&mut self, now: Moment, link: &mut dyn Link);

    /// When it wants to be pumped next even if nothing arrives.
    fn due(&self) -> Option<Moment>;
}

/// Bytes that leave a device at set times.
#[derive(Default)]
pub(crate) struct Schedule {
    queue: std::collections::VecDeque<(Moment, Vec<u8>)>,
}

impl Schedule {
    /// Queues bytes, `gap` after those before or at `now`, whichever is later.
    pub(crate) fn push(&mut self, now: Moment, gap: Duration, bytes: Vec<u8>) {
        let at = self
            .queue
            .back()
            .map_or(now, |(last, _)| (*last + gap).max(now));
        self.queue.push_back((at, bytes));
    }

    pub(crate) fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        while let Some((at, bytes)) = self.queue.pop_front() {
            if at > now {
                self.queue.push_front((at, bytes));
                return;
            }
            // A line that is gone loses what is said into it, as a cable does.
            let mut rest = &bytes[..];
            while let Ok(n @ 1..) = link.write(rest) {
                rest = &rest[n..];
                if rest.is_empty() {
                    break;
                }
            }
        }
    }

    pub(crate) fn due(&self) -> Option<Moment> {
        self.queue.front().map(|(at, _)| *at)
    }
}
