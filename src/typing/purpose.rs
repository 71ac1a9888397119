//! What a field is for: how long its text may be, and of which characters.

use super::keys::Mode;
use crate::pinyin::is_chinese;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The name of a person; surnames come first.
    PersonName,
    /// The name of a company.
    Company,
    /// Somebody or something to be found: a name, a room, initials.
    Finding,
    /// The plate of a car 车牌.
    Plate,
    /// A telephone number.
    Phone,
    /// Digits only.
    Number,
    /// Letters and digits as they stand on paper or on a tag.
    Code,
    /// A sentence to somebody.
    FreeText,
}

/// What may stand between the digits of a telephone number.
const OF_PHONES: &str = "+- ";

/// What may stand in names beside letters: 阿依古丽·买买提, O'Hara, Smith-Jones, "J. R.".
const OF_NAMES: &str = " ·'-.";

/// What may stand in names of companies beside that.
const OF_COMPANIES: &str = " ·'-.,&()（）、/+";

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 8] = [
        Purpose::PersonName,
        Purpose::Company,
        Purpose::Finding,
        Purpose::Plate,
        Purpose::Phone,
        Purpose::Number,
        Purpose::Code,
        Purpose::FreeText,
    ];

    /// The most characters its text may have.
    pub fn longest(self) -> usize {
        match self {
            Purpose::PersonName => 40,
            Purpose::Company => 60,
            Purpose::Finding => 30,
            Purpose::Plate => 10,
            Purpose::Phone => 20,
            Purpose::Number => 20,
            Purpose::Code => 32,
            Purpose::FreeText => 200,
        }
    }

    /// Whether its text may have this character.
    pub fn takes(self, character: char) -> bool {
        let letter = character.is_alphabetic() && !is_chinese(character);
        let chinese = is_chinese(character);
        let digit = character.is_ascii_digit();
        match self {
            Purpose::PersonName => chinese || letter || OF_NAMES.contains(character),
            Purpose::Company => chinese || letter || digit || OF_COMPANIES.contains(character),
            Purpose::Finding => chinese || letter || digit || OF_NAMES.contains(character),
            Purpose::Plate => chinese || character.is_ascii_uppercase() || digit,
            Purpose::Phone => digit || OF_PHONES.contains(character),
            Purpose::Number => digit,
            Purpose::Code => character.is_ascii_uppercase() || digit || character == '-',
            Purpose::FreeText => !character.is_control(),
        }
    }

    /// The ways of typing that make sense here, the first one to begin with.
    pub fn modes(self) -> &'static [Mode] {
        match self {
            Purpose::PersonName => &[Mode::Pinyin, Mode::English, Mode::Symbols, Mode::Code],
            Purpose::Company | Purpose::FreeText | Purpose::Finding => {
                &[Mode::Pinyin, Mode::English, Mode::Symbols, Mode::Code]
            }
            Purpose::Plate => &[Mode::Pinyin, Mode::English, Mode::Symbols],
            Purpose::Phone | Purpose::Number => &[Mode::Symbols],
            Purpose::Code => &[Mode::English, Mode::Symbols],
        }
    }

    /// Whether only capital letters make sense.
    pub(super) fn capitals(self) -> bool {
        matches!(self, Purpose::Plate | Purpose::Code)
    }
}
