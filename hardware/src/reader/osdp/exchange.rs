//! One command and the wait for its reply (hardware.md §5.2).

use std::time::Duration;

use osdp::Sqn;

use crate::clock::Moment;

/// A reply begins within this after the command has left.
const REPLY_BEGINS: Duration = Duration::from_millis(200);

/// What a byte takes at 9600 baud, the slowest rate there is.
const BYTE: Duration = Duration::from_micros(1042);

/// A reply that pauses this long was cut off.
const BYTE_PAUSE: Duration = Duration::from_millis(100);

/// A reply that takes this long in all is none.
const LONGEST: Duration = Duration::from_secs(2);

/// A command is said this often before it is given up.
const ATTEMPTS: u8 = 4;

/// A command that has been said, and may be said again word for word: a reader that heard it already
/// repeats its reply.
pub(super) struct Exchange {
    pub(super) bytes: Vec<u8>,
    pub(super) sequence: Sqn,
    /// Whether a reply to it came without its proof.
    pub(super) forged: bool,
    attempts: u8,
    /// What the adapter adds to every wait.
    adapter: Duration,
    deadline: Moment,
    latest: Moment,
}

impl Exchange {
    pub(super) fn said(now: Moment, bytes: Vec<u8>, sequence: Sqn, adapter: Duration) -> Self {
        let mut exchange = Self {
            bytes,
            sequence,
            forged: false,
            attempts: 0,
            adapter,
            deadline: now,
            latest: now,
        };
        exchange.said_again(now);
        exchange
    }

    pub(super) fn said_again(&mut self, now: Moment) {
        let wire = u32::try_from(self.bytes.len()).map_or(LONGEST, |bytes| BYTE * bytes);
        self.attempts = self.attempts.saturating_add(1);
        self.deadline = now + wire + REPLY_BEGINS + self.adapter;
        self.latest = now + wire + LONGEST + self.adapter;
    }

    /// A reply goes on.
    pub(super) fn hears(&mut self, now: Moment) {
        let pause = BYTE_PAUSE + self.adapter;
        self.deadline = self.deadline.max(now + pause).min(self.latest);
    }

    /// The reader wants to be asked later; that was no attempt.
    pub(super) fn put_off(&mut self) {
        self.attempts = self.attempts.saturating_sub(1);
    }

    pub(super) const fn deadline(&self) -> Moment {
        self.deadline
    }

    pub(super) const fn is_used_up(&self) -> bool {
        self.attempts >= ATTEMPTS
    }
}
