//! The masks of scanners (hardware.md §6): codes are somebody's parcel or badge, replies are not.

use super::{MadeUp, Mask, substituted};
use crate::scanner::{Family, Look, Settings, SsiForm, read, ssi};

/// The mask of scanners of that family.
pub(super) fn mask(family: Family) -> Box<dyn Mask> {
    match family {
        Family::Zebra(SsiForm::Packets) => Box::new(Packets::default()),
        _ => Box::new(Lines::new(family)),
    }
}

/// Codes as lines of text, with replies between them. The words of the host are known to tell a
/// reply that repeats them from a code.
struct Lines {
    family: Family,
    settings: Settings,
    /// What may still become a reply.
    held: Vec<u8>,
    code: Vec<u8>,
    last_said: Vec<u8>,
    /// A reply has just ended, and this byte would still belong to it.
    tail: Option<u8>,
    made_up: MadeUp,
}

impl Lines {
    fn new(family: Family) -> Self {
        Self {
            family,
            settings: Settings::default(),
            held: Vec::new(),
            code: Vec::new(),
            last_said: Vec::new(),
            tail: None,
            made_up: MadeUp::default(),
        }
    }

    fn text(&mut self, byte: u8) -> Vec<u8> {
        if matches!(byte, b'\r' | b'\n') {
            let mut written = self.end();
            written.push(byte);
            return written;
        }
        self.code.push(byte);
        if self.code.len() > self.settings.most_bytes() {
            return substituted(std::mem::take(&mut self.code).len());
        }
        Vec::new()
    }

    /// A made-up code in place of one that can be read, and nothing readable in place of any other.
    fn end(&mut self) -> Vec<u8> {
        let code = std::mem::take(&mut self.code);
        match read(&code, &self.settings) {
            Ok(text) if text.text.is_empty() => substituted(code.len()),
            Ok(text) => made_up_code(&mut self.made_up, text.text.as_bytes()),
            Err(_) => substituted(code.len()),
        }
    }
}

fn made_up_code(made_up: &mut MadeUp, real: &[u8]) -> Vec<u8> {
    format!("CODE-{}", made_up.number(real)).into_bytes()
}

impl Mask for Lines {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut written = Vec::new();
        for &byte in bytes {
            if self.tail.take() == Some(byte) {
                written.push(byte);
                continue;
            }
            self.held.push(byte);
            while !self.held.is_empty() {
                let awaited = Some(&self.last_said[..]).filter(|said| !said.is_empty());
                match self.family.look(&self.held, awaited, true) {
                    Look::Begun => break,
                    Look::No => {
                        let byte = self.held.remove(0);
                        written.extend(self.text(byte));
                    }
                    Look::Reply(_) => {
                        written.extend(self.end());
                        written.append(&mut self.held);
                        self.tail = self.family.reply_tail();
                    }
                    // One to another question may say anything.
                    Look::Stray | Look::Spoilt => {
                        written.extend(self.end());
                        written.extend(substituted(std::mem::take(&mut self.held).len()));
                    }
                }
            }
        }
        written
    }

    fn said(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.last_said = bytes.to_vec();
        self.last_said.clone()
    }

    fn pause(&mut self) -> Vec<u8> {
        self.tail = None;
        let mut written = Vec::new();
        for byte in std::mem::take(&mut self.held) {
            written.extend(self.text(byte));
        }
        written.extend(self.end());
        written
    }
}

/// Codes in SSI packets.
#[derive(Default)]
struct Packets {
    held: Vec<u8>,
    made_up: MadeUp,
}

impl Packets {
    /// The packet at the front, with this length before its check, without what it says of a person.
    fn packet(&mut self, length: usize) -> Vec<u8> {
        let packet: Vec<u8> = self.held.drain(..length + ssi::CHECK).collect();
        match packet[..length] {
            [_, ssi::DECODED, source, status, kind, ref code @ ..] => {
                let mut data = vec![kind];
                data.extend(made_up_code(&mut self.made_up, code));
                ssi::packet(ssi::DECODED, source, status, &data)
            }
            [_, ssi::ACK | ssi::NAK, ..] => packet,
            _ => substituted(packet.len()),
        }
    }
}

impl Mask for Packets {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut written = Vec::new();
        for &byte in bytes {
            self.held.push(byte);
            while let [length, ..] = self.held[..] {
                let length = usize::from(length);
                let is_packet = length >= ssi::HEAD
                    && self
                        .held
                        .get(2)
                        .is_none_or(|source| *source == ssi::DECODER);
                match self.held.get(length..length + ssi::CHECK) {
                    None if is_packet => break,
                    Some(check) if is_packet && ssi::check(&self.held[..length]) == check => {
                        written.extend(self.packet(length));
                    }
                    _ => {
                        self.held.remove(0);
                        written.extend(substituted(1));
                    }
                }
            }
        }
        written
    }

    fn pause(&mut self) -> Vec<u8> {
        substituted(std::mem::take(&mut self.held).len())
    }
}
