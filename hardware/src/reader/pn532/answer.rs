//! What a PN532 answers (hardware.md §3.3, §3.4).

use std::fmt;

use crate::reader::Uid;

/// The bit of SEL_RES that says: this card speaks ISO 14443-4, an ATS may follow.
const SPEAKS_14443_4: u8 = 0x20;

/// The chip and its firmware.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Firmware {
    chip: u8,
    version: u8,
    revision: u8,
}

impl Firmware {
    /// From what follows the answer's code.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [chip, version, revision, _support] = *bytes else {
            return None;
        };
        Some(Self {
            chip,
            version,
            revision,
        })
    }
}

impl fmt::Display for Firmware {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (chip, version, revision) = (self.chip, self.version, self.revision);
        write!(f, "PN5{chip:02X}, firmware {version}.{revision}")
    }
}

/// The numbers of the cards found, from what follows the answer's code; `None` where the bytes do not
/// fit, to the last one.
pub(super) fn cards(bytes: &[u8]) -> Option<Vec<Uid>> {
    let [count @ 0..=2, rest @ ..] = bytes else {
        return None;
    };
    let mut rest = rest;
    let mut cards = Vec::new();
    for number in 1..=*count {
        let [target, _, _, sel_res, length, after @ ..] = rest else {
            return None;
        };
        if *target != number {
            return None;
        }
        let (uid, after) = after.split_at_checked(usize::from(*length))?;
        cards.push(Uid::new(uid)?);
        rest = match after {
            // The ATS counts its own length.
            [ats @ (1..), ..] if sel_res & SPEAKS_14443_4 != 0 => after.get(usize::from(*ats)..)?,
            _ => after,
        };
    }
    rest.is_empty().then_some(cards)
}

/// How a command on a card went: the low six bits of a status byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Ok,
    /// The card did not answer.
    Timeout,
    Crc,
    Parity,
    BitCount,
    Framing,
    Collision,
    BufferTooSmall,
    FieldOverflow,
    FieldMissing,
    FieldProtocol,
    Overheated,
    InternalOverflow,
    Parameter,
    Format,
    Authentication,
    UidCheck,
    DeviceState,
    NotAllowed,
    NotAcceptable,
    Released,
    CardExchanged,
    CardGone,
    OverCurrent,
    /// One that the manual does not have.
    Unknown(u8),
}

impl Status {
    pub(super) fn from_byte(byte: u8) -> Self {
        match byte & 0x3F {
            0x00 => Self::Ok,
            0x01 => Self::Timeout,
            0x02 => Self::Crc,
            0x03 => Self::Parity,
            0x04 => Self::BitCount,
            0x05 => Self::Framing,
            0x06 => Self::Collision,
            0x07 => Self::BufferTooSmall,
            0x09 => Self::FieldOverflow,
            0x0A => Self::FieldMissing,
            0x0B => Self::FieldProtocol,
            0x0D => Self::Overheated,
            0x0E => Self::InternalOverflow,
            0x10 => Self::Parameter,
            0x13 => Self::Format,
            0x14 => Self::Authentication,
            0x23 => Self::UidCheck,
            0x25 => Self::DeviceState,
            0x26 => Self::NotAllowed,
            0x27 => Self::NotAcceptable,
            0x29 => Self::Released,
            0x2A => Self::CardExchanged,
            0x2B => Self::CardGone,
            0x2D => Self::OverCurrent,
            unknown => Self::Unknown(unknown),
        }
    }

    /// Whether it is the chip that is in trouble, and not only the card.
    pub(super) fn is_of_the_chip(self) -> bool {
        matches!(
            self,
            Self::Overheated | Self::OverCurrent | Self::InternalOverflow | Self::Unknown(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR: [u8; 9] = [1, 0x00, 0x04, 0x08, 4, 0xA1, 0xB2, 0xC3, 0xD4];

    fn lengths(bytes: &[u8]) -> Option<Vec<usize>> {
        let cards = cards(bytes)?;
        Some(cards.iter().map(|uid| uid.bytes().len()).collect())
    }

    /// A card that speaks ISO 14443-4, as the second one found.
    fn smart(ats: &[u8]) -> Vec<u8> {
        [&[2, 0x03, 0x44, 0x20, 7, 4, 1, 2, 3, 4, 5, 6], ats].concat()
    }

    #[test]
    fn an_ats_may_be_there_or_not() {
        let ats = [6, 0x75, 0x77, 0x81, 0x02, 0x80];
        for ats in [&ats[..], &ats[..0], &[1]] {
            let answer = [&[2][..], &FOUR, &smart(ats)].concat();
            assert_eq!(lengths(&answer), Some(vec![4, 7]));
        }
        for ats in [&ats[..5], &[0], &[6, 0x75, 0x77, 0x81, 0x02, 0x80, 0]] {
            assert_eq!(lengths(&[&[2][..], &FOUR, &smart(ats)].concat()), None);
        }
    }

    #[test]
    fn an_answer_cut_anywhere_or_too_long_has_no_cards() {
        let whole = [&[1][..], &FOUR].concat();
        assert_eq!(lengths(&whole), Some(vec![4]));
        for cut in 0..whole.len() {
            assert_eq!(lengths(&whole[..cut]), None, "{cut}");
        }
        assert_eq!(lengths(&[&whole[..], &[0]].concat()), None);
        assert_eq!(lengths(&[0]), Some(vec![]));
        assert_eq!(lengths(&[0, 0]), None);
        assert_eq!(lengths(&[3]), None);
    }

    #[test]
    fn a_status_is_the_low_six_bits() {
        assert_eq!(Status::from_byte(0x40), Status::Ok);
        assert_eq!(Status::from_byte(0xAB), Status::CardGone);
        assert_eq!(Status::from_byte(0x3F), Status::Unknown(0x3F));
        let of_the_chip = (0..=0x3F).map(Status::from_byte);
        let known = of_the_chip.filter(|status| !matches!(status, Status::Unknown(_)));
        assert_eq!(known.filter(|status| status.is_of_the_chip()).count(), 3);
    }
}
