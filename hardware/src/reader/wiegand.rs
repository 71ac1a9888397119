//! Bits as they come over a Wiegand wire.

use std::fmt;

/// The bits of one card, most significant first, parity bits and all. `Debug` hides them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WiegandCode {
    bits: u8,
    value: u64,
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
        })
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
        assert_eq!(WiegandCode::new(26, u64::MAX).unwrap().value(), 0x3FF_FFFF);
        assert_eq!(WiegandCode::new(64, u64::MAX).unwrap().value(), u64::MAX);
        for (bits, value) in [(0, 1), (65, 1), (26, 0), (26, 1 << 26)] {
            assert_eq!(WiegandCode::new(bits, value), None, "{bits} {value}");
        }
    }
}
