//! What a Chinese identity document says of its holder.

use std::fmt;

use super::date::Date;
use super::ethnic::EthnicGroup;
use super::number::{IdNumber, PermitNumber};
use super::text::CardText;

/// An identity document as its chip has it, without photo and fingerprints. `Debug` hides all of it.
///
/// Everything in it is personal: keep only what the visit needs, and never log it (hardware.md §4.6).
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// The name in Chinese; in English where a foreigner's card has no Chinese one.
    pub name: CardText,
    /// The sex.
    pub sex: Sex,
    /// The day of birth.
    pub born: Date,
    /// The number.
    pub number: Number,
    /// The address; foreigners' cards have none.
    pub address: Option<Address>,
    /// Who issued it: a name, or a code on foreigners' cards of 2017; those of 2023 have none.
    pub authority: Option<CardText>,
    /// The first day on which it is valid.
    pub valid_from: Date,
    /// How long it is valid.
    pub valid_until: ValidUntil,
    /// Which kind of card it is, and what only that kind says.
    pub card: Card,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Document(…)")
    }
}

/// The kinds of cards, with what only one kind says. `Debug` tells the kind alone.
#[derive(Clone, PartialEq, Eq)]
pub enum Card {
    /// A resident's identity card.
    Resident {
        /// The ethnic group; `None` for a code that the standard does not know.
        ethnic_group: Option<EthnicGroup>,
    },
    /// A residence permit for residents of Hong Kong, Macao and Taiwan.
    HongKongMacaoTaiwan {
        /// The number of the travel permit.
        travel_permit: CardText,
        /// How often the permit was issued, where it says so.
        times_issued: Option<u8>,
    },
    /// A foreigner's permanent residence card of 2017.
    Foreigner2017 {
        /// The name in English.
        english_name: CardText,
        /// Of which country.
        nationality: Nationality,
        /// The card's version.
        version: CardText,
    },
    /// A foreigner's permanent residence card of 2023.
    Foreigner2023 {
        /// The name in English.
        english_name: CardText,
        /// Of which country.
        nationality: Nationality,
        /// How often the card was renewed, where it says so.
        times_renewed: Option<u8>,
        /// What ties the number to the one of an older card.
        old_number: CardText,
    },
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Resident { .. } => "Resident(…)",
            Self::HongKongMacaoTaiwan { .. } => "HongKongMacaoTaiwan(…)",
            Self::Foreigner2017 { .. } => "Foreigner2017(…)",
            Self::Foreigner2023 { .. } => "Foreigner2023(…)",
        })
    }
}

/// An address as printed, and the latest one written into the chip since. `Debug` hides both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// The address printed on the card.
    pub printed: CardText,
    /// The one written into the chip later; `None` where there is none or it was not asked for.
    pub latest: Option<CardText>,
}

/// A document's number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Number {
    /// 18 characters with a check.
    Id(IdNumber),
    /// 15 characters, on foreigners' cards of 2017.
    Permit(PermitNumber),
}

impl Number {
    /// All of its characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(number) => number.as_str(),
            Self::Permit(number) => number.as_str(),
        }
    }

    /// Its first and its last character with stars between: all of it that may be shown (§4.6).
    #[must_use]
    pub fn masked(&self) -> String {
        match self {
            Self::Id(number) => number.masked(),
            Self::Permit(number) => number.masked(),
        }
    }
}

/// A sex by GB/T 2261. `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Code 0: not known.
    Unknown,
    /// Code 1.
    Male,
    /// Code 2.
    Female,
    /// Code 9: not said.
    Unspecified,
}

impl Sex {
    /// The sex with this code; `None` where the standard has none.
    #[must_use]
    pub fn new(code: u8) -> Option<Self> {
        Some(match code {
            0 => Self::Unknown,
            1 => Self::Male,
            2 => Self::Female,
            9 => Self::Unspecified,
            _ => return None,
        })
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Male => 1,
            Self::Female => 2,
            Self::Unspecified => 9,
        }
    }
}

impl fmt::Debug for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sex(…)")
    }
}

/// How long a document is valid.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ValidUntil {
    /// This day is its last.
    Day(Date),
    /// For life.
    LongTerm,
}

/// A country by its three letters. `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nationality([u8; 3]);

impl Nationality {
    /// The country; `None` where these are not three great letters.
    #[must_use]
    pub fn new(letters: &str) -> Option<Self> {
        let letters = <[u8; 3]>::try_from(letters.as_bytes()).ok()?;
        let good = letters.iter().all(u8::is_ascii_uppercase);
        good.then_some(Self(letters))
    }

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Nationality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nationality(…)")
    }
}
