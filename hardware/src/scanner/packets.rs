//! Codes that come in SSI packets, and the acknowledgements they want (hardware.md §6.2).

use std::time::Duration;

use super::family::{Refusal, Verdict};
use super::ssi;
use crate::clock::Moment;
use crate::dialogue::Line;

/// A code whose packets stop coming for this long is forgotten.
pub(super) const MESSAGE_PAUSE: Duration = Duration::from_secs(2);

/// The packets from a decoder.
#[derive(Default)]
pub(super) struct Packets {
    bytes: Vec<u8>,
    /// What has come of a code in several packets.
    message: Vec<u8>,
    dropped: usize,
    last_packet: Moment,
    /// The last packet of a code that was acknowledged, to know it again when the acknowledgement is
    /// lost and it comes once more.
    last: Vec<u8>,
    /// A damaged packet was complained of, and no pause or good packet came since.
    complained: bool,
}

/// What a code in several packets keeps within.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// Most bytes of it.
    pub(super) most: usize,
    /// Its packets do not stop coming for this long.
    pub(super) pause: Duration,
}

/// What a packet says.
pub(super) enum Heard {
    /// A reply to a command.
    Reply(Verdict),
    /// A whole code.
    Code {
        /// The kind of bar code, as SSI counts them.
        kind: u8,
        bytes: Vec<u8>,
        /// Bytes that had no room.
        dropped: usize,
    },
}

/// What stands at the front of the buffer.
enum Front {
    /// No packet begins here.
    Noise,
    /// One may, but it has not come whole.
    Begun,
    /// One of so many bytes without checksum.
    Whole(usize),
    /// One whose checksum is wrong.
    Spoilt,
}

impl Packets {
    pub(super) fn push(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// Takes what stands at the front of the bytes so far, until more are needed.
    pub(super) fn next<T>(
        &mut self,
        now: Moment,
        limits: Limits,
        line: &mut Line<T>,
    ) -> Option<Heard> {
        loop {
            match self.front() {
                Front::Begun => return None,
                Front::Noise => self.skip(line),
                Front::Spoilt => {
                    line.reject();
                    self.complain(line);
                    self.skip(line);
                }
                Front::Whole(length) => {
                    let packet: Vec<u8> = self.bytes.drain(..length + ssi::CHECK).collect();
                    self.complained = false;
                    line.frame();
                    let heard = self.packet(now, &packet[..length], limits, line);
                    if heard.is_some() {
                        return heard;
                    }
                }
            }
        }
    }

    /// A pause: the packet at the front is not coming any more. Its first byte is skipped, so that
    /// what stands behind it is looked at.
    pub(super) fn give_up<T>(&mut self, line: &mut Line<T>) {
        self.complain(line);
        self.skip(line);
    }

    /// A damaged packet may be complained of again.
    pub(super) fn calm_down(&mut self) {
        self.complained = false;
    }

    fn front(&self) -> Front {
        let begins = |at: usize, is: &dyn Fn(u8) -> bool| self.bytes.get(at).is_none_or(|b| is(*b));
        let is_known = |opcode| matches!(opcode, ssi::ACK | ssi::NAK | ssi::DECODED | ssi::EVENT);
        let plausible = begins(0, &|length| usize::from(length) >= ssi::HEAD)
            && begins(1, &is_known)
            && begins(2, &|source| source == ssi::DECODER);
        let Some(length) = self.bytes.first().map(|length| usize::from(*length)) else {
            return Front::Begun;
        };
        if !plausible {
            return Front::Noise;
        }
        match self.bytes.get(length..length + ssi::CHECK) {
            None => Front::Begun,
            Some(check) if ssi::check(&self.bytes[..length]) == check => Front::Whole(length),
            Some(_) => Front::Spoilt,
        }
    }

    fn skip<T>(&mut self, line: &mut Line<T>) {
        self.bytes.drain(..1);
        line.discard(1);
    }

    /// Asks once for a damaged packet; noise must not make us chatter.
    fn complain<T>(&mut self, line: &mut Line<T>) {
        let wants_answer = matches!(self.bytes.get(1), Some(&(ssi::DECODED | ssi::EVENT)));
        if wants_answer && !std::mem::replace(&mut self.complained, true) {
            line.write(&ssi::complaint());
        }
    }

    fn packet<T>(
        &mut self,
        now: Moment,
        packet: &[u8],
        limits: Limits,
        line: &mut Line<T>,
    ) -> Option<Heard> {
        let (head, data) = packet.split_at_checked(ssi::HEAD)?;
        let (opcode, status) = (head[1], head[3]);
        match opcode {
            ssi::ACK => return Some(Heard::Reply(Ok(()))),
            ssi::NAK => {
                let cause = data.first().map_or(Refusal::Unknown, |c| ssi::refusal(*c));
                return Some(Heard::Reply(Err(cause)));
            }
            _ => line.write(&ssi::acknowledgement()),
        }
        let (kind, text) = data.split_first()?;
        let quiet = now - std::mem::replace(&mut self.last_packet, now);
        if opcode != ssi::DECODED || (status & ssi::AGAIN != 0 && self.last == data) {
            return None;
        }
        self.last = data.to_vec();
        if quiet >= limits.pause && !self.message.is_empty() {
            line.reject();
            line.discard(self.message.len() + self.dropped);
            self.message.clear();
            self.dropped = 0;
        }
        let room = limits
            .most
            .saturating_sub(self.message.len())
            .min(text.len());
        self.message.extend_from_slice(&text[..room]);
        self.dropped += text.len() - room;
        (status & ssi::CONTINUED == 0).then(|| Heard::Code {
            kind: *kind,
            bytes: std::mem::take(&mut self.message),
            dropped: std::mem::take(&mut self.dropped),
        })
    }
}
