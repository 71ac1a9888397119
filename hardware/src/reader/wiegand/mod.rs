//! Bits as they come over a Wiegand wire, and the converters that put them on a serial port
//! (hardware.md §6.3).

use std::cmp::Ordering;
use std::fmt;

mod converter;
mod layout;

pub use converter::{Converter, End, Radix, SAME_CARD, Settings, Wire};
pub use layout::{Fields, Layout};

/// The bits of one card, most significant first, parity bits and all. `Debug` hides them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WiegandCode {
    bits: u8,
    value: u64,
    /// Of a length that has known parity, and yet all of these are number.
    is_bare: bool,
}

impl WiegandCode {
    /// The low `bits` of `value`; `None` for no bits, for more than 64, or for all zero, which only a
    /// broken wire sends.
    #[must_use]
    pub fn new(bits: u8, value: u64) -> Option<Self> {
        let mask = match bits {
            1..=63 => (1 << bits) - 1,
            64 => u64::MAX,
            _ => return None,
        };
        (value & mask != 0).then_some(Self {
            bits,
            value: value & mask,
            is_bare: false,
        })
    }

    /// The same bits, of which none is parity: whatever passes them on has taken it off.
    #[must_use]
    pub fn bare(self) -> Self {
        Self {
            is_bare: matches!(self.bits, 26 | 34 | 37),
            ..self
        }
    }

    /// How many bits there are.
    #[must_use]
    pub fn bits(self) -> u8 {
        self.bits
    }

    /// All of them as a number.
    #[must_use]
    pub fn value(self) -> u64 {
        self.value
    }

    /// The bits that carry the number: those of 26, 34 and 37 without their parity bits, and of any
    /// other length, and of those that are bare, all of them. `None` where parity is wrong or the number is zero.
    ///
    /// This is how a card is known from one reader to another: the 24 bits that remain of 26, and the
    /// 32 of 34, are the low bits of what an EM4100 reader reads of the same card (hardware.md §2.3).
    /// Whether 24, 32 or all 40 must agree is for the building to decide.
    #[must_use]
    pub fn number_bits(self) -> Option<Self> {
        match self.bits {
            _ if self.is_bare => Some(self),
            26 | 34 | 37 if layout::has_parity(self) => {
                Self::new(self.bits - 2, layout::body(self)).map(Self::bare)
            }
            26 | 34 | 37 => None,
            _ => Some(self),
        }
    }

    /// The card of the same length with this number, as far as it has room, in the bits that carry it,
    /// and with right parity.
    pub(crate) fn numbered(self, number: u64) -> Self {
        let body = self.bits.saturating_sub(2);
        match self.bits {
            26 | 34 | 37 if !self.is_bare => {
                layout::with_parity(self.bits, number & ((1 << body) - 1))
            }
            _ => Self::new(self.bits, number).unwrap_or(self),
        }
    }

    /// The low `bits` of these, of which none is parity where there are fewer; `None` where all of them
    /// are zero or there are not so many.
    #[must_use]
    pub fn low(self, bits: u8) -> Option<Self> {
        match bits.cmp(&self.bits) {
            Ordering::Less => Self::new(bits, self.value).map(Self::bare),
            Ordering::Equal => Some(self),
            Ordering::Greater => None,
        }
    }
}

impl fmt::Debug for WiegandCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WiegandCode(… {} bits)", self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_one_to_64_bits_and_not_all_of_them_zero() {
        assert_eq!(
            WiegandCode::new(26, u64::MAX)
                .expect("this length is a Wiegand frame's")
                .value(),
            0x3FF_FFFF
        );
        assert_eq!(
            WiegandCode::new(64, u64::MAX)
                .expect("this length is a Wiegand frame's")
                .value(),
            u64::MAX
        );
        for (bits, value) in [(0, 1), (65, 1), (26, 0), (26, 1 << 26)] {
            assert_eq!(WiegandCode::new(bits, value), None, "{bits} {value}");
        }
    }
}
