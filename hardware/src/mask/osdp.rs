//! The mask of an OSDP reader (hardware.md §5).
//!
//! A recording is made in clear text: what goes over a Secure Channel can be read by whoever has the
//! key, and everybody has the default one. Packets of such a channel are not written down.

use osdp::packet::{ParsedPacket, checksum8, crc16_le};
use osdp::reply::ReplyCode;

use super::{MadeUp, Mask, substituted};
use crate::dialogue::Line;
use crate::reader::osdp::frame::Hearing;

/// Bytes of a packet before the data of a reply in clear text: mark, address, length, control, code.
const HEAD: usize = 6;
/// Bytes before the bits of a card: reader, format, number of bits.
const CARD_HEAD: usize = 4;

/// Replies of a reader, whatever its address.
pub(super) struct Osdp {
    hearing: Hearing,
    held: usize,
    made_up: MadeUp,
}

impl Default for Osdp {
    fn default() -> Self {
        Self {
            hearing: Hearing::of_any_reply(),
            held: 0,
            made_up: MadeUp::default(),
        }
    }
}

impl Osdp {
    /// The same packet without what it says of a person.
    fn packet(&mut self, mut raw: Vec<u8>) -> Vec<u8> {
        let Ok((packet, _)) = ParsedPacket::parse(&raw) else {
            return substituted(raw.len());
        };
        if packet.scb.is_some() || packet.mac.is_some() {
            return substituted(raw.len());
        }
        let (crc, code, length) = (packet.ctrl.use_crc(), packet.code, packet.data.len());
        let data = HEAD..HEAD + length;
        match ReplyCode::from_byte(code) {
            Ok(
                ReplyCode::Ack
                | ReplyCode::Nak
                | ReplyCode::PdId
                | ReplyCode::PdCap
                | ReplyCode::LStatR
                | ReplyCode::Busy,
            ) => return raw,
            Ok(ReplyCode::Raw) if length > CARD_HEAD => {
                let bits = data.start + CARD_HEAD..data.end;
                let made_up = self.made_up.number(&raw[data.clone()]);
                let count = u16::from_le_bytes([raw[data.start + 2], raw[data.start + 3]]);
                let bytes = from_left(made_up, usize::from(count), bits.len());
                raw[bits].copy_from_slice(&bytes);
            }
            // Keys pressed, cards in a layout of the reader's own, and whatever else there is.
            _ => raw[data].fill(0),
        }
        let end = raw.len() - if crc { 2 } else { 1 };
        if crc {
            let check = crc16_le(&raw[..end]);
            raw[end..].copy_from_slice(&check);
        } else {
            raw[end] = checksum8(&raw[..end]);
        }
        raw
    }
}

/// A number in the last of so many bits, which begin at the left of so many bytes.
fn from_left(number: u64, bits: usize, bytes: usize) -> Vec<u8> {
    let surplus = (bytes * 8).saturating_sub(bits).min(7);
    let shifted = (u128::from(number) << surplus).to_be_bytes();
    let mut written = vec![0; bytes];
    let n = bytes.min(shifted.len());
    written[bytes - n..].copy_from_slice(&shifted[shifted.len() - n..]);
    written
}

impl Mask for Osdp {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut written = Vec::new();
        for &byte in bytes {
            self.held += 1;
            let packet = self.hearing.byte(byte, &mut Line::<()>::new());
            if let Some(packet) = packet {
                written.extend(substituted(self.held - packet.len()));
                written.extend(self.packet(packet));
                self.held = 0;
            } else if !self.hearing.has_begun() {
                written.extend(self.pause());
            }
        }
        written
    }

    fn pause(&mut self) -> Vec<u8> {
        self.hearing.forget(&mut Line::<()>::new());
        substituted(std::mem::take(&mut self.held))
    }
}
