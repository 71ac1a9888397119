//! RDM6300 and look-alikes: readers of EM4100 cards, 125 kHz (hardware.md §2).
//!
//! Noise makes frames that pass the XOR, so a card is believed only when two equal frames follow one
//! another (§2.2). There is no message for "card gone": a presentation ends with silence, which is
//! the time in which no frame has begun. How long a frame takes says nothing of it: a slow line is slow.

use std::fmt;
use std::time::Duration;

use super::{Ask, Certainty, Credential, Presentation, Tell};
use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};

/// [`Settings::silence`] as libraries for these readers have it (§2.2).
pub const SILENCE: Duration = Duration::from_millis(300);

/// A frame takes 14.6 ms on the wire; one that pauses this long between two bytes was cut off.
const FRAME_PAUSE: Duration = Duration::from_millis(100);

const STX: u8 = 0x02;
const ETX: u8 = 0x03;
const DIGITS: usize = 12;

/// The 40 bits of an EM4100 card: 8 of version or customer, 32 of number.
///
/// It identifies, it proves nothing: such cards are copied in seconds. `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CardNumber(u64);

impl CardNumber {
    /// The card with the low 40 bits of `value`; `None` for zero, which only noise sends.
    #[must_use]
    pub fn new(value: u64) -> Option<Self> {
        let value = value & 0xFF_FFFF_FFFF;
        (value != 0).then_some(Self(value))
    }

    /// All 40 bits; the number printed on cards is the low 32 in decimal (§2.3).
    #[must_use]
    pub fn value(self) -> u64 {
        self.0
    }

    /// The frame a reader sends for this card (§2.1).
    #[must_use]
    pub fn frame(self) -> [u8; 14] {
        let check = self.0.to_be_bytes().into_iter().fold(0, |a, b| a ^ b);
        let text = format!("\x02{:010X}{check:02X}\x03", self.0);
        let mut frame = [0; 14];
        frame.copy_from_slice(text.as_bytes());
        frame
    }
}

impl fmt::Debug for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardNumber(…)")
    }
}

/// What differs between makes and batches of these readers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// A frame that begins within this after an equal one makes a card; this long without one ends
    /// the presentation.
    ///
    /// It must be more than the pause between two frames of a card that stays: about 50 ms on some
    /// readers, 65 ms on others (§2.2).
    pub silence: Duration,
    /// What the adapter between adds to every pause.
    pub adapter: Duration,
}

impl Default for Settings {
    /// As most readers are.
    fn default() -> Self {
        Self {
            silence: SILENCE,
            adapter: Duration::ZERO,
        }
    }
}

/// The dialogue with an EM4100 reader, which is never asked anything.
#[derive(Default)]
pub struct Em4100 {
    settings: Settings,
    frame: Vec<u8>,
    /// When the frame began.
    began: Moment,
    last_byte: Moment,
    candidate: Option<(CardNumber, Moment)>,
    present: Option<(CardNumber, Moment)>,
}

impl Em4100 {
    /// A reader like most, not heard yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A reader that differs, not heard yet.
    #[must_use]
    pub fn with(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    fn byte(&mut self, now: Moment, byte: u8, line: &mut Line<Tell>) {
        match byte {
            STX => {
                line.discard(self.frame.len());
                self.frame.clear();
                self.frame.push(STX);
                self.began = now;
            }
            ETX if self.digits() == DIGITS => {
                self.frame.push(ETX);
                let number = number(&self.frame[1..=DIGITS]);
                let length = self.frame.len();
                self.frame.clear();
                match number {
                    Some(number) => self.frame_of(now, number, line),
                    None => {
                        line.reject();
                        line.discard(length);
                    }
                }
            }
            b'0'..=b'9' | b'A'..=b'F' if !self.frame.is_empty() && self.frame.len() <= DIGITS => {
                self.frame.push(byte);
            }
            // ID-12 family: CR LF between checksum and ETX (§2.1).
            b'\r' if self.frame.len() == 1 + DIGITS => self.frame.push(byte),
            b'\n' if self.digits() == DIGITS && self.frame.last() != Some(&b'\n') => {
                self.frame.push(byte);
            }
            _ => {
                line.discard(self.frame.len() + 1);
                self.frame.clear();
            }
        }
    }

    fn digits(&self) -> usize {
        self.frame.len().saturating_sub(1).min(DIGITS)
    }

    fn frame_of(&mut self, now: Moment, number: u64, line: &mut Line<Tell>) {
        let Some(card) = CardNumber::new(number) else {
            return line.reject();
        };
        line.frame();
        let (began, silence) = (self.began, self.settings.silence + self.settings.adapter);
        if let Some((_, seen)) = self
            .present
            .as_mut()
            .filter(|(known, seen)| *known == card && began - *seen < silence)
        {
            *seen = now;
            if self.candidate.take().is_some() {
                line.reject();
            }
            return;
        }
        match self.candidate.take() {
            Some((twin, seen)) if twin == card && began - seen <= silence => {
                self.present = Some((card, now));
                line.tell(Tell::Presented(Presentation {
                    credential: Credential::Em4100(card),
                    certainty: Certainty::Repeated,
                }));
            }
            lonely => {
                // Frames without an equal twin are noise, however well they check.
                if lonely.is_some() {
                    line.reject();
                }
                self.candidate = Some((card, now));
            }
        }
    }
}

/// The number in ten digits, if the two behind them are its XOR.
pub(crate) fn number(digits: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(digits).ok()?;
    let all = u64::from_str_radix(text, 16).ok()?;
    let xor = all.to_be_bytes().into_iter().fold(0, |a, b| a ^ b);
    (xor == 0).then_some(all >> 8)
}

impl Dialogue for Em4100 {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, _now: Moment, _line: &mut Line<Tell>) {
        self.frame.clear();
        self.candidate = None;
        self.present = None;
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        if now - self.last_byte >= FRAME_PAUSE + self.settings.adapter {
            line.discard(self.frame.len());
            self.frame.clear();
        }
        self.last_byte = now;
        for &byte in bytes {
            self.byte(now, byte, line);
        }
    }

    fn asked(&mut self, _now: Moment, _ask: Ask, _line: &mut Line<Tell>) {}

    fn due(&self) -> Option<Moment> {
        None
    }

    fn waited(&mut self, _now: Moment, _line: &mut Line<Tell>) {}

    fn written(&mut self, _now: Moment, _n: usize, _line: &mut Line<Tell>) {}

    fn closed(&mut self, _now: Moment, _line: &mut Line<Tell>) {}
}
