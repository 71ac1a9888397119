//! Masks of readers that only talk, in digits: EM4100 (hardware.md §2) and converters (§6.3).

use std::time::Duration;

use super::{MadeUp, Mask, PAUSE, substituted};
use crate::reader::CardNumber;
use crate::reader::em4100;
use crate::reader::wiegand::{End, Settings};

const STX: u8 = 0x02;
const ETX: u8 = 0x03;

/// No frame of an EM4100 reader is longer: 14 bytes, and two more of the ID-12 family.
const LONGEST: usize = 16;

/// Frames of EM4100 readers.
pub(super) struct Em4100 {
    settings: em4100::Settings,
    held: Vec<u8>,
    made_up: MadeUp,
}

impl Em4100 {
    pub(super) fn new(settings: em4100::Settings) -> Self {
        Self {
            settings,
            held: Vec::new(),
            made_up: MadeUp::default(),
        }
    }

    /// What may be written of a frame from STX to ETX: the same frame of a made-up card, or of none
    /// where it is none.
    fn frame(&mut self) -> Vec<u8> {
        let frame = std::mem::take(&mut self.held);
        let digits = frame.get(1..13);
        let number = digits.and_then(em4100::number);
        let (Some(number), Some(line_end)) = (number, frame.get(13..frame.len() - 1)) else {
            return substituted(frame.len());
        };
        let is_line_end = line_end.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        if !is_line_end {
            return substituted(frame.len());
        }
        // All zero is no card but noise, and stays what it is.
        let Some(card) = CardNumber::new(number) else {
            return frame;
        };
        let made_up = self.made_up.number(&card.value().to_be_bytes());
        let made_up = CardNumber::new(made_up).unwrap_or(card).frame();
        [&made_up[..13], line_end, &[ETX]].concat()
    }
}

impl Mask for Em4100 {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut written = Vec::new();
        for &byte in bytes {
            if byte == STX {
                written.extend(self.pause());
            }
            if byte != STX && self.held.is_empty() {
                written.extend(substituted(1));
                continue;
            }
            self.held.push(byte);
            if byte == ETX {
                written.extend(self.frame());
            } else if self.held.len() >= LONGEST {
                written.extend(self.pause());
            }
        }
        written
    }

    fn pause(&mut self) -> Vec<u8> {
        substituted(std::mem::take(&mut self.held).len())
    }

    fn patience(&self) -> Duration {
        PAUSE + self.settings.adapter
    }
}

/// Digits of a converter, up to their end mark.
pub(super) struct Wiegand {
    settings: Settings,
    held: Vec<u8>,
    made_up: MadeUp,
}

impl Wiegand {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            settings,
            held: Vec::new(),
            made_up: MadeUp::default(),
        }
    }

    /// What may be written of what is held: a made-up card where it is exactly one; a key pressed is a
    /// secret, and anything else may be half a card.
    fn message(&mut self) -> Vec<u8> {
        let message = std::mem::take(&mut self.held);
        let end: &[u8] = match self.settings.end {
            End::Cr => b"\r",
            End::Lf => b"\n",
            End::CrLf => b"\r\n",
            End::Pause => b"",
        };
        let card = message.strip_suffix(end).and_then(|digits| {
            self.settings.read(digits)?;
            let made_up = self.settings.wire.card(self.made_up.number(digits))?;
            self.settings.write(made_up)
        });
        card.unwrap_or_else(|| substituted(message.len()))
    }
}

impl Mask for Wiegand {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut written = Vec::new();
        for &byte in bytes {
            self.held.push(byte);
            let is_end = match self.settings.end {
                End::Cr => byte == b'\r',
                End::Lf | End::CrLf => byte == b'\n',
                End::Pause => false,
            };
            if is_end {
                written.extend(self.message());
            } else if self.held.len() > usize::from(self.settings.digits) + 2 {
                // No card is so long; what follows up to the end mark is none either.
                written.extend(substituted(1));
                self.held.remove(0);
            }
        }
        written
    }

    fn pause(&mut self) -> Vec<u8> {
        self.message()
    }

    fn patience(&self) -> Duration {
        PAUSE + self.settings.adapter
    }
}
