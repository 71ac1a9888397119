//! Packets out of a stream of bytes (hardware.md §5.1).

use osdp::packet::{Address as WireAddress, ControlByte, HEADER_LEN, ParsedPacket};
use osdp::{REPLY_FLAG, SOM};

use super::Address;
use crate::dialogue::Line;

/// Readers may send this mark before a packet; lines show it between packets.
pub(crate) const MARK: u8 = 0xFF;

/// Longer packets are not for us: a reader may send 128 bytes to one that has asked for no more.
const LONGEST: usize = 256;

/// Bytes heard that are no whole packet yet.
pub(crate) struct Hearing {
    /// The address byte of packets that are meant for this end; any reader's where it is `None`.
    address: Option<u8>,
    begun: Vec<u8>,
}

impl Hearing {
    /// The controller's end: it hears replies of this reader.
    pub(crate) const fn of_replies(reader: Address) -> Self {
        Self::of(reader.number() | REPLY_FLAG)
    }

    /// Hears packets with this address byte.
    pub(crate) const fn of(address: u8) -> Self {
        Self {
            address: Some(address),
            begun: Vec::new(),
        }
    }

    /// Hears replies of any reader.
    pub(crate) const fn of_any_reply() -> Self {
        Self {
            address: None,
            begun: Vec::new(),
        }
    }

    /// Whether a packet has begun.
    pub(crate) const fn has_begun(&self) -> bool {
        !self.begun.is_empty()
    }

    /// Forgets what is no whole packet.
    pub(crate) fn forget<T>(&mut self, line: &mut Line<T>) {
        line.discard(self.begun.len());
        self.begun.clear();
    }

    /// Takes a byte; gives a whole packet whose check is right.
    pub(crate) fn byte<T>(&mut self, byte: u8, line: &mut Line<T>) -> Option<Vec<u8>> {
        self.begun.push(byte);
        while !self.begun.is_empty() {
            let length = match self.length() {
                Begun::Packet(length) => length,
                Begun::TooShortToTell => return None,
                Begun::Nothing => {
                    self.skip(line);
                    continue;
                }
            };
            if self.begun.len() < length {
                return None;
            }
            if ParsedPacket::parse(&self.begun).is_ok() {
                return Some(std::mem::take(&mut self.begun));
            }
            line.reject();
            self.skip(line);
        }
        None
    }

    fn length(&self) -> Begun {
        let begun = &self.begun[..];
        let right = begun[0] == SOM
            && begun.get(1).is_none_or(|address| match self.address {
                Some(own) => *address == own,
                None => address & REPLY_FLAG != 0,
            })
            && begun
                .get(4)
                .is_none_or(|control| ControlByte::decode(*control).is_ok());
        let &[_, _, low, high, ..] = begun else {
            return if right {
                Begun::TooShortToTell
            } else {
                Begun::Nothing
            };
        };
        let length = usize::from(u16::from_le_bytes([low, high]));
        if right && (HEADER_LEN + 2..=LONGEST).contains(&length) {
            Begun::Packet(length)
        } else {
            Begun::Nothing
        }
    }

    /// Drops the first byte: what follows it may be a packet.
    fn skip<T>(&mut self, line: &mut Line<T>) {
        if self.begun.remove(0) != MARK {
            line.discard(1);
        }
    }
}

enum Begun {
    Packet(usize),
    TooShortToTell,
    Nothing,
}

/// The address a controller writes.
pub(super) const fn to(reader: Address) -> WireAddress {
    WireAddress::from_raw(reader.number())
}
