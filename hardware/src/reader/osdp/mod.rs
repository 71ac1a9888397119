//! OSDP v2 readers on RS-485 (hardware.md §5): polled, each over its own Secure Channel.
//!
//! Packets, checks and ciphers are those of the crate `osdp`; when to say what, what to believe and
//! what to tell is decided here:
//!
//! - [`Settings`]: the reader's address, its key, and what this site allows beside it.
//! - [`Osdp`]: the dialogue with one reader. It asks the reader who it is, opens the channel, reads its
//!   identity within it, and polls.
//! - [`OsdpLine`]: the dialogue with all readers of a line, one after the other.
//!
//! A reader is believed when it proves that it knows [`Settings::key`]. One that knows only the
//! default key, or speaks in clear text, is [refused](super::Distrust) unless the settings allow it.

mod card;
pub(crate) mod channel;
mod course;
mod driver;
mod exchange;
pub(crate) mod frame;
mod key;
mod line;
mod signal;

pub use driver::Osdp;
pub use key::{Key, KeyError, Seed};
pub use line::{Addressed, OnLine, OsdpLine, SameAddress};

use std::time::Duration;

/// A reader's address on its line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Address(u8);

impl Address {
    /// The address that readers leave the factory with.
    pub const FIRST: Self = Self(0);

    /// The address with this number; `None` above 0x7E, which are no single reader's (§5.1).
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number < ::osdp::BROADCAST_ADDR {
            Some(Self(number))
        } else {
            None
        }
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// How packets to the reader are checked; what comes from it is believed with either.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Check {
    /// By 16 bits of CRC, as nearly every reader can.
    #[default]
    Crc,
    /// By 8 bits of sum.
    Sum,
}

/// What a site knows of one reader, and what it allows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Where it is on its line.
    pub address: Address,
    /// How it is spoken to.
    pub check: Check,
    /// The key it shares with this site.
    pub key: Option<Key>,
    /// Whether the key that everybody knows will do where its own fails.
    pub allow_default_key: bool,
    /// Whether clear text will do where no channel is opened. Whoever is on the line can then force
    /// it, and say what he likes.
    pub allow_clear_text: bool,
    /// What the adapter between adds to every wait.
    pub adapter: Duration,
}

impl Settings {
    /// A reader with a key of its own, and nothing else allowed.
    #[must_use]
    pub const fn keyed(address: Address, key: Key) -> Self {
        Self {
            address,
            check: Check::Crc,
            key: Some(key),
            allow_default_key: false,
            allow_clear_text: false,
            adapter: Duration::ZERO,
        }
    }
}
