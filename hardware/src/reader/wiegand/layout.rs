//! Where facility, number and parity stand among the bits of common Wiegand formats.

use super::WiegandCode;

/// A format of bits. The wire does not say which one it is: two here have the same length.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Layout {
    /// 26 bits, "H10301" (hardware.md §5.1): 8 of facility, 16 of number.
    H10301,
    /// 34 bits, "H10306": 16 of facility, 16 of number.
    H10306,
    /// 37 bits, "H10304": 16 of facility, 19 of number.
    H10304,
    /// 37 bits, "H10302": no facility, 35 of number.
    H10302,
}

/// What a card's bits say. `Debug` hides the number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fields {
    /// The site or batch of cards, where the format has such a thing.
    pub facility: Option<u16>,
    /// The number of the card within that.
    pub number: u64,
}

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fields(…)")
    }
}

impl Layout {
    /// How many bits it has, both parity bits among them.
    #[must_use]
    pub fn bits(self) -> u8 {
        match self {
            Self::H10301 => 26,
            Self::H10306 => 34,
            Self::H10304 | Self::H10302 => 37,
        }
    }

    /// How many bits of facility and of number it has.
    fn widths(self) -> (u8, u8) {
        match self {
            Self::H10301 => (8, 16),
            Self::H10306 => (16, 16),
            Self::H10304 => (16, 19),
            Self::H10302 => (0, 35),
        }
    }

    /// Facility and number; `None` for another number of bits, or a wrong parity.
    #[must_use]
    pub fn read(self, code: WiegandCode) -> Option<Fields> {
        if code.bits() != self.bits() || !has_parity(code) {
            return None;
        }
        let (facility, number) = self.widths();
        let body = body(code);
        Some(Fields {
            facility: (facility > 0).then_some((body >> number) as u16),
            number: body & mask(number),
        })
    }

    /// The bits of a card, with parity; `None` where a field has no room for its value, or is missing.
    #[must_use]
    pub fn code(self, fields: Fields) -> Option<WiegandCode> {
        let (facility_width, number_width) = self.widths();
        let facility = u64::from(fields.facility.unwrap_or(0));
        if fields.facility.is_some() != (facility_width > 0)
            || facility & !mask(facility_width) != 0
            || fields.number & !mask(number_width) != 0
        {
            return None;
        }
        Some(with_parity(
            self.bits(),
            facility << number_width | fields.number,
        ))
    }
}

/// Whether the two parity bits at the ends are right: the first makes the first half even, the last
/// makes the last half odd. The halves of 37 bits share the one in the middle.
pub(super) fn has_parity(code: WiegandCode) -> bool {
    with_parity(code.bits(), body(code)).value() == code.value()
}

/// The bits between the two parity bits.
pub(super) fn body(code: WiegandCode) -> u64 {
    code.value() >> 1 & mask(code.bits() - 2)
}

pub(super) fn with_parity(bits: u8, body: u64) -> WiegandCode {
    let half = (bits - 1) / 2;
    let first = body >> (bits - 2 - half) & mask(half);
    let last = body & mask(half);
    let even = u64::from(first.count_ones() & 1);
    let odd = u64::from(last.count_ones() & 1 ^ 1);
    WiegandCode {
        bits,
        value: even << (bits - 1) | body << 1 | odd,
        is_bare: false,
    }
}

fn mask(bits: u8) -> u64 {
    (1 << bits) - 1
}
