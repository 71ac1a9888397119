//! The pick-up code: six random digits that people carry, and how often one may guess.

use super::Terms;
use crate::slips::{CodeError, CodeForm};
use chrono::{DateTime, TimeDelta, Utc};
use std::fmt;

/// Six random digits, unique among the items that have not left.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PickUpCode(String);

/// How many digits a code has.
pub const CODE_DIGITS: usize = 6;

const FORM: CodeForm = CodeForm {
    prefix: "M-",
    digits: CODE_DIGITS,
};

/// Whoever knows a code gets the mail, so no log shows one by accident.
impl fmt::Debug for PickUpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PickUpCode(……)")
    }
}

impl PickUpCode {
    /// A code out of six digits.
    pub fn from_digits(digits: &str) -> Result<Self, CodeError> {
        FORM.sound(digits).map(PickUpCode)
    }

    /// The six digits, as people read and type them.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The text of its QR code: `M-`, the digits, a check digit.
    pub fn code(&self) -> String {
        FORM.written(&self.0)
    }

    /// Reads what [`PickUpCode::code`] wrote.
    pub fn from_code(code: &str) -> Result<Self, CodeError> {
        FORM.read(code).map(PickUpCode)
    }

    /// Reads a code as a person types it: six digits, blanks among them or not.
    pub fn from_typed(text: &str) -> Result<Self, CodeError> {
        FORM.typed(text).map(PickUpCode)
    }
}

/// Wrong codes in a row at one screen. It outlives the stay of a person: whoever guesses would
/// otherwise only touch Home.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeTries {
    wrong: u32,
    /// The pause: from when, until when. A clock that is set back before it ends it.
    paused: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl CodeTries {
    /// Until when the screen takes no code, where that is so now.
    pub fn paused(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let paused = self
            .paused
            .filter(|(from, until)| (*from..*until).contains(&now));
        paused.map(|(_, until)| until)
    }

    /// How many wrong codes are left before the pause.
    pub fn left(&self, terms: &Terms) -> u32 {
        terms.wrong_codes.saturating_sub(self.wrong)
    }

    /// A code that nothing has was tried.
    pub fn wrong(self, terms: &Terms, now: DateTime<Utc>) -> Self {
        let wrong = self.wrong + 1;
        if wrong < terms.wrong_codes {
            return CodeTries {
                wrong,
                paused: None,
            };
        }
        let pause = TimeDelta::seconds(i64::from(terms.code_pause_seconds));
        CodeTries {
            wrong: 0,
            paused: Some((now, now + pause)),
        }
    }

    /// A code was right: the row of wrong ones is over.
    pub fn right(self) -> Self {
        CodeTries::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn a_code_reads_back_as_it_was_written_and_typed() {
        let code = PickUpCode::from_typed("048 213").expect("six digits");
        assert_eq!(PickUpCode::from_code(&code.code()), Ok(code));
        for text in ["", "M-", "048213", "M-048213", "A-20261123-0001-V"] {
            assert_eq!(PickUpCode::from_code(text), Err(CodeError::Form), "{text}");
        }
    }

    #[test]
    fn a_code_never_stands_in_a_log() {
        let code = PickUpCode::from_typed("048213").expect("six digits");
        assert!(!format!("{code:?}").contains("048"));
    }

    #[test]
    fn five_wrong_codes_in_a_row_pause_the_screen_for_a_minute() {
        let terms = Terms::default();
        let mut tries = CodeTries::default();
        for left in [4, 3, 2, 1] {
            tries = tries.wrong(&terms, at(0));
            assert_eq!((tries.left(&terms), tries.paused(at(0))), (left, None));
        }
        tries = tries.wrong(&terms, at(0));
        assert_eq!(tries.paused(at(59)), Some(at(60)));
        assert_eq!(tries.paused(at(60)), None);
        assert_eq!(tries.left(&terms), 5, "then one may try again");
    }

    #[test]
    fn a_right_code_ends_the_row_of_wrong_ones() {
        let terms = Terms::default();
        let tries = CodeTries::default()
            .wrong(&terms, at(0))
            .wrong(&terms, at(1));
        assert_eq!(tries.right().left(&terms), 5);
    }
}
