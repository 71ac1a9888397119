//! Boxes between a Wiegand reader and a serial port (hardware.md §6.3).
//!
//! There is no standard: a card is so many digits with something behind them. A converter says each
//! card once, as often as the reader behind it reads; it has no message for "card gone". What is not
//! exactly a card is none: digits are believed only from one end mark, or pause, to the next. Nothing
//! protects them but parity, where the converter leaves it in, and parity sees no two wrong bits in
//! one half: a digit changed on the way can be another card.

use std::time::Duration;

use super::super::{Ask, Certainty, Credential, Presentation, Tell};
use super::WiegandCode;
use super::layout::{self, Layout};
use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};

/// The same card again within this, counted from when it was last heard, is one presentation.
pub const SAME_CARD: Duration = Duration::from_secs(1);

/// A card takes 12 ms on the wire; one that pauses this long was cut off, or was a key.
const PAUSE: Duration = Duration::from_millis(100);

/// Most digits a card can have.
const MOST_DIGITS: u8 = 20;

/// How one converter writes a card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// What the digits are.
    pub radix: Radix,
    /// How many there are, leading zeros among them; 20 at most.
    pub digits: u8,
    /// What stands behind them.
    pub end: End,
    /// What bits they stand for.
    pub wire: Wire,
    /// How many of the low number bits are told; all bits, parity among them, where this is `None`.
    pub keep: Option<u8>,
    /// How long the same card is one presentation.
    pub same_card: Duration,
    /// What the adapter between adds to the pause that ends a card.
    pub adapter: Duration,
}

/// What digits are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Radix {
    /// 0 to 9 and A to F, large or small.
    Hexadecimal,
    /// 0 to 9.
    Decimal,
}

/// What ends a card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// CR.
    Cr,
    /// LF.
    Lf,
    /// CR and LF.
    CrLf,
    /// Nothing: a pause after the last digit.
    Pause,
}

/// What bits a converter passes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wire {
    /// So many bits of number: it has taken parity off, and looked at it or not.
    Number(u8),
    /// All bits of that format: parity is looked at here.
    Whole(Layout),
}

impl Settings {
    /// The converter with this name in settings.
    #[must_use]
    pub fn named(make: &str) -> Option<Self> {
        Some(match make {
            "wie232" => Self::wie232(),
            "s4a" => Self::s4a(),
            _ => return None,
        })
    }

    /// Priority-1 WIE232: six hexadecimal digits and CR; parity is taken off.
    #[must_use]
    pub const fn wie232() -> Self {
        Self {
            radix: Radix::Hexadecimal,
            digits: 6,
            end: End::Cr,
            wire: Wire::Number(24),
            keep: None,
            same_card: SAME_CARD,
            adapter: Duration::ZERO,
        }
    }

    /// S4A: ten decimal digits, CR and LF. A key pressed at the reader is a single digit without
    /// them, and is no card.
    #[must_use]
    pub const fn s4a() -> Self {
        Self {
            radix: Radix::Decimal,
            digits: 10,
            end: End::CrLf,
            wire: Wire::Number(32),
            keep: None,
            same_card: SAME_CARD,
            adapter: Duration::ZERO,
        }
    }

    /// The bytes this converter writes for a card; `None` where its number has no room.
    #[must_use]
    pub fn write(&self, code: WiegandCode) -> Option<Vec<u8>> {
        let width = usize::from(self.digits);
        let mut text = match self.radix {
            Radix::Hexadecimal => format!("{:0width$X}", code.value()),
            Radix::Decimal => format!("{:0width$}", code.value()),
        };
        let fits = code.bits() == self.wire.bits() && text.len() == width;
        text.push_str(match self.end {
            End::Cr => "\r",
            End::Lf => "\n",
            End::CrLf => "\r\n",
            End::Pause => "",
        });
        fits.then(|| text.into_bytes())
    }

    pub(crate) fn read(&self, digits: &[u8]) -> Option<WiegandCode> {
        let radix = match self.radix {
            Radix::Hexadecimal => 16,
            Radix::Decimal => 10,
        };
        let is_digit = |byte: &u8| char::from(*byte).is_digit(radix);
        let text = std::str::from_utf8(digits).ok()?;
        if digits.len() != usize::from(self.digits) || !digits.iter().all(is_digit) {
            return None;
        }
        let value = u64::from_str_radix(text, radix).ok()?;
        let code = WiegandCode::new(self.wire.bits(), value)?;
        let (code, is_right) = match self.wire {
            Wire::Number(_) => (code.bare(), true),
            Wire::Whole(_) => (code, layout::has_parity(code)),
        };
        if code.value() != value || !is_right {
            return None;
        }
        let Some(bits) = self.keep else {
            return Some(code);
        };
        let number = match self.wire {
            Wire::Number(_) => code,
            Wire::Whole(_) => code.number_bits()?,
        };
        number.low(bits.min(number.bits()))
    }
}

impl Wire {
    /// How many bits it passes on.
    #[must_use]
    pub fn bits(self) -> u8 {
        match self {
            Self::Number(bits) => bits,
            Self::Whole(layout) => layout.bits(),
        }
    }

    /// A card of this number, as far as it has room, with parity where that is among the bits.
    pub(crate) fn card(self, number: u64) -> Option<WiegandCode> {
        let code = WiegandCode::new(self.bits(), number)?;
        match self {
            Self::Number(_) => Some(code),
            Self::Whole(_) => Some(code.numbered(number)),
        }
    }
}

/// The dialogue with a converter, which is never asked anything.
pub struct Converter {
    settings: Settings,
    digits: Vec<u8>,
    /// Bytes since the last end mark that have no room among the digits of a card.
    surplus: usize,
    last_byte: Moment,
    present: Option<(WiegandCode, Moment)>,
}

impl Converter {
    /// A converter not heard yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            digits: Vec::new(),
            surplus: 0,
            last_byte: Moment::default(),
            present: None,
        }
    }

    fn byte(&mut self, now: Moment, byte: u8, line: &mut Line<Tell>) {
        match (self.settings.end, byte) {
            (End::Cr, b'\r') | (End::Lf, b'\n') => self.end(now, line),
            (End::CrLf, b'\n') if self.digits.last() == Some(&b'\r') && self.surplus == 0 => {
                self.digits.pop();
                self.end(now, line);
            }
            (End::CrLf, b'\n') => self.end_of_rubbish(1, line),
            _ if self.digits.len() > usize::from(MOST_DIGITS) => self.surplus += 1,
            _ => self.digits.push(byte),
        }
    }

    fn end(&mut self, now: Moment, line: &mut Line<Tell>) {
        let read = self.settings.read(&self.digits);
        match read.filter(|_| self.surplus == 0) {
            None => self.end_of_rubbish(0, line),
            Some(code) => {
                line.frame();
                self.digits.clear();
                let window = self.settings.same_card;
                let is_again = self
                    .present
                    .is_some_and(|(known, seen)| known == code && now - seen < window);
                self.present = Some((code, now));
                if !is_again {
                    line.tell(Tell::Presented(Presentation {
                        credential: Credential::Wiegand(code),
                        certainty: Certainty::Bare,
                    }));
                }
            }
        }
    }

    /// What stands before an end mark of `mark` bytes is no card.
    fn end_of_rubbish(&mut self, mark: usize, line: &mut Line<Tell>) {
        let length = self.digits.len() + self.surplus;
        self.digits.clear();
        self.surplus = 0;
        if length > 0 {
            line.reject();
        }
        line.discard(length + mark);
    }

    fn pause(&mut self, now: Moment, line: &mut Line<Tell>) {
        if self.settings.end == End::Pause && !self.digits.is_empty() {
            return self.end(now, line);
        }
        // A key, or a card that was cut off.
        line.discard(self.digits.len() + self.surplus);
        self.digits.clear();
        self.surplus = 0;
    }
}

impl Dialogue for Converter {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, _now: Moment, _line: &mut Line<Tell>) {
        self.digits.clear();
        self.surplus = 0;
        self.present = None;
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        if now - self.last_byte >= PAUSE + self.settings.adapter {
            self.pause(now, line);
        }
        self.last_byte = now;
        for &byte in bytes {
            self.byte(now, byte, line);
        }
    }

    fn asked(&mut self, _now: Moment, _ask: Ask, _line: &mut Line<Tell>) {}

    fn due(&self) -> Option<Moment> {
        (!self.digits.is_empty()).then(|| self.last_byte + PAUSE + self.settings.adapter)
    }

    fn waited(&mut self, now: Moment, line: &mut Line<Tell>) {
        if self.due().is_some_and(|due| due <= now) {
            self.pause(now, line);
        }
    }

    fn written(&mut self, _now: Moment, _n: usize, _line: &mut Line<Tell>) {}

    fn closed(&mut self, _now: Moment, _line: &mut Line<Tell>) {}
}
