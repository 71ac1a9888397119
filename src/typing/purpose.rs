//! What a field is for: how long its text may be, and of which characters.

use super::code::is_sign;
use super::keys::Mode;
use crate::pinyin::is_chinese;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The name of a person; surnames come first.
    PersonName,
    /// The name of a company, or the room it is in.
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
        let letter = is_latin(character);
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
            Purpose::FreeText => chinese || is_plain(character) || is_sign(character),
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

/// A Latin letter, with or without an accent.
fn is_latin(character: char) -> bool {
    let block = character < '\u{250}' || ('\u{1E00}'..='\u{1EFF}').contains(&character);
    block && character.is_alphabetic()
}

/// Letters, digits and marks that are what they look like: nothing that turns text round, takes no
/// room, or is a picture.
fn is_plain(character: char) -> bool {
    let hidden = matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    );
    character < '\u{E000}' && !character.is_control() && !hidden
        || ('\u{FF00}'..='\u{FFEF}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_hides_or_turns_round_is_taken_nowhere() {
        for purpose in Purpose::ALL {
            for hidden in [
                '\n',
                '\u{202E}',
                '\u{200B}',
                '\u{FEFF}',
                '\u{E000}',
                '\u{1F600}',
            ] {
                assert!(!purpose.takes(hidden), "{purpose:?} {hidden:?}");
            }
        }
        let all = |purpose: Purpose, text: &str| text.chars().all(|c| purpose.takes(c));
        assert!(all(
            Purpose::PersonName,
            "阿依古丽·买买提 José O'Hara-Núñez 𠮷"
        ));
        assert!(!Purpose::PersonName.takes('7') && !Purpose::PersonName.takes('Ж'));
        assert!(all(Purpose::Company, "3M（中国）有限公司 A&B Co., Ltd."));
        assert!(all(Purpose::FreeText, "请到12楼，谢谢！“B座” 100% ＋1"));
    }
}
