//! The masks of scanners (hardware.md §6): codes are somebody's parcel or badge, replies are not.

use std::time::Duration;

use super::{MadeUp, Mask, substituted};
use crate::scanner::{Code, End, Family, Look, Settings, SsiForm, Unreadable, read, ssi};

/// The mask of scanners with these settings.
pub(super) fn mask(settings: &Settings) -> Box<dyn Mask> {
    let form = Form {
        settings: settings.clone(),
        made_up: MadeUp::default(),
    };
    match settings.family {
        Family::Zebra(SsiForm::Packets) => Box::new(Packets {
            form,
            held: Vec::new(),
            is_within_code: false,
        }),
        _ => Box::new(Lines::new(form)),
    }
}

/// What codes look like at this scanner.
struct Form {
    settings: Settings,
    made_up: MadeUp,
}

impl Form {
    /// A made-up code in place of one that can be read, and nothing readable in place of any other. What
    /// the scanner puts before every code, and before those of one kind, is nobody's.
    fn written(&mut self, code: &[u8]) -> Vec<u8> {
        let prefix = self.settings.prefix.len();
        match read(code, &self.settings) {
            Ok(Code {
                text, symbology, ..
            }) if !text.is_empty() => {
                let aim = if symbology.is_some() { AIM } else { 0 };
                let mut written = code[..prefix + aim].to_vec();
                written.extend(self.made_up_code(text.as_bytes(), text.chars().count()));
                written
            }
            Ok(_) | Err(Unreadable::NoPrefix) => substituted(code.len()),
            Err(_) => [&code[..prefix], &substituted(code.len() - prefix)].concat(),
        }
    }

    /// Something made up in place of one of several parts, which says by itself neither what the code is
    /// nor where it ends.
    fn part(&mut self, code: &[u8], is_first: bool) -> Vec<u8> {
        let prefix = self.settings.prefix.clone();
        let rest = code.strip_prefix(&prefix[..]).filter(|_| is_first);
        match rest {
            Some(rest) => [prefix, self.made_up_code(rest, rest.len())].concat(),
            None => self.made_up_code(code, code.len()),
        }
    }

    /// As long as the real one, so that a replay tells as many characters; longer where there is no room.
    fn made_up_code(&mut self, real: &[u8], length: usize) -> Vec<u8> {
        let number = self.made_up.number(real);
        let word = if length > WORD.len() { WORD } else { "" };
        let digits = length - word.len();
        format!("{word}{number:0digits$}").into_bytes()
    }
}

/// Made-up codes begin so.
const WORD: &str = "CODE-";

/// Characters of an AIM identifier.
const AIM: usize = 3;

/// Codes as text, with replies between them. The words of the host are known to tell a reply that
/// repeats them from a code.
struct Lines {
    form: Form,
    /// What may still become a reply.
    held: Vec<u8>,
    code: Vec<u8>,
    last_said: Vec<u8>,
    /// A reply has just ended, and this byte would still belong to it.
    tail: Option<u8>,
}

impl Lines {
    fn new(form: Form) -> Self {
        Self {
            form,
            held: Vec::new(),
            code: Vec::new(),
            last_said: Vec::new(),
            tail: None,
        }
    }

    fn text(&mut self, byte: u8) -> Vec<u8> {
        match &self.form.settings.end {
            End::Line if matches!(byte, b'\r' | b'\n') => {
                let mut written = self.end();
                written.push(byte);
                return written;
            }
            End::Line | End::Pause => self.code.push(byte),
            End::Suffix(suffix) => {
                self.code.push(byte);
                if self.code.ends_with(suffix) && !suffix.is_empty() {
                    let suffix = suffix.clone();
                    self.code.truncate(self.code.len() - suffix.len());
                    return [self.end(), suffix].concat();
                }
            }
        }
        if self.code.len() > self.form.settings.most_bytes() {
            return substituted(std::mem::take(&mut self.code).len());
        }
        Vec::new()
    }

    fn end(&mut self) -> Vec<u8> {
        let code = std::mem::take(&mut self.code);
        self.form.written(&code)
    }
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
                let checked = self.form.settings.check_replies;
                match self.form.settings.family.look(&self.held, awaited, checked) {
                    Look::Begun => break,
                    Look::No => {
                        let byte = self.held.remove(0);
                        written.extend(self.text(byte));
                    }
                    Look::Reply(_) => {
                        written.extend(self.end());
                        written.append(&mut self.held);
                        self.tail = self.form.settings.family.reply_tail();
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

    fn patience(&self) -> Duration {
        patience(&self.form.settings)
    }
}

/// So long a code may pause.
fn patience(settings: &Settings) -> Duration {
    settings.idle_end + settings.adapter
}

/// Codes in SSI packets.
struct Packets {
    form: Form,
    held: Vec<u8>,
    /// More of a code is to come in packets of its own.
    is_within_code: bool,
}

impl Packets {
    /// The packet at the front, with this length before its check, without what it says of a person.
    fn packet(&mut self, length: usize) -> Vec<u8> {
        let packet: Vec<u8> = self.held.drain(..length + ssi::CHECK).collect();
        match packet[..length] {
            [_, ssi::DECODED, source, status, kind, ref code @ ..] => {
                let goes_on = status & ssi::CONTINUED != 0;
                let is_first = !std::mem::replace(&mut self.is_within_code, goes_on);
                let is_part = goes_on || !is_first;
                let code = match (is_part, is_first) {
                    (false, _) => self.form.written(code),
                    (true, is_first) => self.form.part(code, is_first),
                };
                let data = [&[kind][..], &code].concat();
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

    fn patience(&self) -> Duration {
        patience(&self.form.settings)
    }
}
