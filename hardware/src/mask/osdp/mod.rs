//! The mask of an OSDP reader (hardware.md §5).
//!
//! What goes over a Secure Channel can be read by whoever has the key. It is opened here with that key,
//! and written down as the same words over [another channel](channel), whose key everybody knows.

use std::time::Duration;

use osdp::command::CommandCode;
use osdp::reply::ReplyCode;

use super::{MadeUp, Mask, PAUSE, substituted};
use crate::dialogue::Line;
use crate::reader::WiegandCode;
use crate::reader::osdp::Settings;
use crate::reader::osdp::frame::{Hearing, MARK};

mod channel;

use channel::Channel;
pub use channel::made_up_key;
pub(crate) use channel::retold_seed;

/// Bytes before the bits of a card: reader, format, number of bits.
const CARD_HEAD: usize = 4;

/// Replies of a reader, whatever its address, and what it is told.
pub(super) struct Osdp {
    hearing: Hearing,
    held: usize,
    saying: Hearing,
    channel: Channel,
    made_up: MadeUp,
    adapter: Duration,
}

impl Osdp {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            hearing: Hearing::of_any_reply(),
            held: 0,
            saying: Hearing::of(settings.address.number()),
            channel: Channel::new(settings),
            made_up: MadeUp::default(),
            adapter: settings.adapter,
        }
    }

    /// The same packet without what it says of a person.
    fn reply(&mut self, raw: &[u8]) -> Vec<u8> {
        let made_up = &mut self.made_up;
        self.channel
            .heard(raw, &mut |code, data| replied(made_up, code, data))
    }
}

/// What may be written of the data of a reply.
fn replied(made_up: &mut MadeUp, code: u8, mut data: Vec<u8>) -> Vec<u8> {
    match ReplyCode::from_byte(code) {
        Ok(
            ReplyCode::Ack
            | ReplyCode::Nak
            | ReplyCode::PdId
            | ReplyCode::PdCap
            | ReplyCode::LStatR
            | ReplyCode::Busy,
        ) => {}
        Ok(ReplyCode::Raw) if data.len() > CARD_HEAD => {
            let number = made_up.number(&data);
            let count = u16::from_le_bytes([data[2], data[3]]);
            let bits = &mut data[CARD_HEAD..];
            let written = card(number, usize::from(count), bits);
            bits.copy_from_slice(&written);
        }
        // Keys pressed, cards in a layout of the reader's own, and whatever else there is.
        _ => data.fill(0),
    }
    data
}

/// What may be written of the data of a command: the words of a course, lamps and buzzers; no key.
fn told(code: u8, mut data: Vec<u8>) -> Vec<u8> {
    match CommandCode::from_byte(code) {
        Ok(
            CommandCode::Poll
            | CommandCode::Id
            | CommandCode::Cap
            | CommandCode::Led
            | CommandCode::Buz,
        ) => {}
        _ => data.fill(0),
    }
    data
}

/// The card of a made-up number in the place of a card of so many bits, from the left of these bytes: with
/// right parity where that has it, because a house may look at it.
fn card(number: u64, count: usize, real: &[u8]) -> Vec<u8> {
    let length = real.len();
    let surplus = (length * 8).saturating_sub(count).min(7);
    let value = real
        .iter()
        .fold(0_u128, |value, byte| value << 8 | u128::from(*byte));
    let code = u8::try_from(count)
        .ok()
        .and_then(|count| WiegandCode::new(count, (value >> surplus) as u64));
    let number = match code.filter(|code| code.number_bits().is_some()) {
        Some(code) => code.numbered(number).value(),
        None => number,
    };
    let shifted = (u128::from(number) << surplus).to_be_bytes();
    let mut written = vec![0; length];
    let n = length.min(shifted.len());
    written[length - n..].copy_from_slice(&shifted[shifted.len() - n..]);
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
                written.extend(self.reply(&packet));
                self.held = 0;
            } else if !self.hearing.has_begun() {
                written.extend(self.pause());
            }
        }
        written
    }

    /// Only whole packets are said, and those of a channel can be written only when they are whole.
    fn said(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut written = Vec::new();
        for &byte in bytes {
            if let Some(packet) = self.saying.byte(byte, &mut Line::<()>::new()) {
                written.push(MARK);
                written.extend(self.channel.said(&packet, &mut told));
            }
        }
        written
    }

    fn pause(&mut self) -> Vec<u8> {
        self.hearing.forget(&mut Line::<()>::new());
        substituted(std::mem::take(&mut self.held))
    }

    fn patience(&self) -> Duration {
        PAUSE + self.adapter
    }
}
