//! The mask of a PN532 (hardware.md §3).

use std::time::Duration;

use super::{MadeUp, Mask, PAUSE, substituted};
use crate::reader::Uid;
use crate::reader::pn532::frame::{ACK, Heard, NACK, Receiver, Speaker, information};

/// Answers that say nothing of a card: to GetFirmwareVersion, SetParameters, SAMConfiguration,
/// RFConfiguration and InRelease.
const HARMLESS: [u8; 5] = [0x03, 0x13, 0x15, 0x33, 0x53];

/// The answer to InListPassiveTarget.
const CARDS: u8 = 0x4B;

/// The bit of SEL_RES that says: an ATS may follow.
const SPEAKS_14443_4: u8 = 0x20;

/// Frames of the chip. Preambles, and zeros behind a frame, are not kept: nothing depends on them.
/// Damaged bytes are one substitute for all that follow one another: how many of them are zeros, which
/// are nothing between frames, is the card's.
pub(super) struct Pn532 {
    receiver: Receiver,
    /// The last thing heard was no frame.
    is_within_noise: bool,
    made_up: MadeUp,
    adapter: Duration,
}

impl Pn532 {
    /// Of a chip behind an adapter that adds so much to every pause.
    pub(super) fn behind(adapter: Duration) -> Self {
        Self {
            adapter,
            receiver: Receiver::new(Speaker::Chip),
            is_within_noise: false,
            made_up: MadeUp::default(),
        }
    }

    fn written(&mut self, heard: Heard) -> Vec<u8> {
        let is_noise = matches!(heard, Heard::Noise(_) | Heard::Wrong(_));
        let goes_on = std::mem::replace(&mut self.is_within_noise, is_noise) && is_noise;
        match heard {
            Heard::Ack => ACK.to_vec(),
            Heard::Nack => NACK.to_vec(),
            Heard::SyntaxError => vec![0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00],
            Heard::Noise(_) | Heard::Wrong(_) => substituted(usize::from(!goes_on)),
            Heard::Information(answer) => match answer[0] {
                CARDS => match self.cards(&answer[1..]) {
                    Some(cards) => information(Speaker::Chip, &[&[CARDS], &cards[..]].concat()),
                    None => substituted(answer.len()),
                },
                code if HARMLESS.contains(&code) => information(Speaker::Chip, &answer),
                _ => substituted(answer.len()),
            },
        }
    }

    /// The same cards with other numbers. What an ATS says of a card is taken out too: makers put
    /// serial numbers there.
    fn cards(&mut self, answer: &[u8]) -> Option<Vec<u8>> {
        let [count, rest @ ..] = answer else {
            return None;
        };
        let mut rest = rest;
        let mut written = vec![*count];
        for _ in 0..*count {
            let (head, after) = rest.split_at_checked(5)?;
            let (uid, after) = after.split_at_checked(usize::from(head[4]))?;
            written.extend_from_slice(head);
            written.extend(self.uid(Uid::new(uid)?));
            rest = after;
            let ats = after.first().filter(|_| head[3] & SPEAKS_14443_4 != 0);
            if let Some(length @ 1..) = ats.copied() {
                let (ats, after) = after.split_at_checked(usize::from(length))?;
                written.push(length);
                written.extend(std::iter::repeat_n(0, ats.len() - 1));
                rest = after;
            }
        }
        rest.is_empty().then_some(written)
    }

    /// A random number stays one by its first byte; all others begin with 00.
    fn uid(&mut self, uid: Uid) -> Vec<u8> {
        let mut made_up = self.made_up.bytes(uid.bytes());
        if uid.is_random() {
            made_up[0] = 0x08;
        }
        made_up
    }
}

impl Mask for Pn532 {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut written = Vec::new();
        for &byte in bytes {
            self.receiver.push(byte);
            while let Some(heard) = self.receiver.next() {
                written.extend(self.written(heard));
            }
        }
        written
    }

    fn pause(&mut self) -> Vec<u8> {
        let is_half = self.receiver.forget() > 0;
        self.is_within_noise = false;
        substituted(usize::from(is_half))
    }

    fn patience(&self) -> Duration {
        PAUSE + self.adapter
    }
}
