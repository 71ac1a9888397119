//! Citizens' numbers and their check, GB 11643 with ISO 7064 MOD 11-2 (hardware.md §4.5).

use std::fmt;

use super::date::Date;
use super::document::Sex;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [u8; 11] = *b"10X98765432";

/// The check character behind 17 digits; `None` where they are not 17 digits.
#[must_use]
pub fn check_character(digits: &str) -> Option<char> {
    let digits = digits.as_bytes();
    if digits.len() != WEIGHTS.len() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let weigh = |(digit, weight): (&u8, u32)| u32::from(digit - b'0') * weight;
    let sum: u32 = digits.iter().zip(WEIGHTS).map(weigh).sum();
    Some(char::from(CHECKS[sum as usize % CHECKS.len()]))
}

/// A number of 18 characters whose check and whose day of birth hold. `Debug` hides it.
///
/// Residents have one, holders of a permit for Hong Kong, Macao and Taiwan residents, and
/// foreigners with a card of 2023.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct IdNumber([u8; 18]);

impl IdNumber {
    /// Reads a number, from a card or as a visitor typed it; a small x counts as a great one.
    ///
    /// # Errors
    /// When it cannot be anybody's number.
    pub fn new(text: &str) -> Result<Self, NotANumber> {
        let number = <[u8; 18]>::try_from(text.as_bytes()).map_err(|_| {
            if text.is_ascii() {
                NotANumber::Length
            } else {
                NotANumber::Character
            }
        })?;
        let number = number.map(|byte| byte.to_ascii_uppercase());
        let (digits, last) = number.split_at(17);
        let digits = std::str::from_utf8(digits).map_err(|_| NotANumber::Character)?;
        let check = check_character(digits).ok_or(NotANumber::Character)?;
        if !CHECKS.contains(&last[0]) {
            return Err(NotANumber::Character);
        }
        if char::from(last[0]) != check {
            return Err(NotANumber::Check);
        }
        let born = Date::from_digits(&digits[6..14]);
        born.map(|_| Self(number)).ok_or(NotANumber::BirthDate)
    }

    /// All 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its first and its last character with stars between: all of it that may be shown (§4.6).
    #[must_use]
    pub fn masked(&self) -> String {
        masked(self.as_str())
    }

    /// The day of birth within it.
    #[must_use]
    pub fn born(&self) -> Option<Date> {
        Date::from_digits(self.as_str().get(6..14)?)
    }

    /// The sex within it: its 17th digit is odd for men.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.0[16] % 2 == 1 {
            Sex::Male
        } else {
            Sex::Female
        }
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNumber(…)")
    }
}

/// Why something is no citizen's number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotANumber {
    /// It has not 18 characters.
    #[error("an ID number has 18 characters")]
    Length,
    /// It is not 17 digits with a digit or X behind them.
    #[error("an ID number is 17 digits and a digit or X")]
    Character,
    /// Its last character does not fit the others.
    #[error("the last character of the ID number does not fit the others")]
    Check,
    /// Its digits 7 to 14 are no day.
    #[error("the day of birth in the ID number does not exist")]
    BirthDate,
}

/// The number of a foreigner's card of 2017: 15 letters and digits, of which no check is published
/// (§4.4). `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PermitNumber([u8; 15]);

impl PermitNumber {
    /// Reads a number; `None` where it is not 15 great letters and digits.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let number = <[u8; 15]>::try_from(text.as_bytes()).ok()?;
        let fits = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        number.iter().all(fits).then_some(Self(number))
    }

    /// All 15 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its first and its last character with stars between.
    #[must_use]
    pub fn masked(&self) -> String {
        masked(self.as_str())
    }
}

impl fmt::Debug for PermitNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PermitNumber(…)")
    }
}

fn masked(number: &str) -> String {
    let last = number.len().saturating_sub(1);
    let mask = |(i, shown)| if i == 0 || i == last { shown } else { '*' };
    number.chars().enumerate().map(mask).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard's own example.
    const EXAMPLE: &str = "11010519491231002X";

    #[test]
    fn the_standards_example_holds_and_no_other_last_character_does() {
        let number = IdNumber::new(EXAMPLE).expect("a number made up with its check digit");
        assert_eq!(number.as_str(), EXAMPLE);
        assert_eq!(number.born(), Date::new(1949, 12, 31));
        assert_eq!(number.sex(), Sex::Female);
        for last in "0123456789".chars() {
            let other = format!("{}{last}", &EXAMPLE[..17]);
            assert_eq!(IdNumber::new(&other), Err(NotANumber::Check), "{last}");
        }
    }

    #[test]
    fn one_wrong_digit_anywhere_is_noticed() {
        for place in 0..17 {
            for digit in b'0'..=b'9' {
                let mut other = EXAMPLE.as_bytes().to_vec();
                if std::mem::replace(&mut other[place], digit) != digit {
                    let other = String::from_utf8(other).expect("digits are text");
                    assert_eq!(IdNumber::new(&other), Err(NotANumber::Check), "{other}");
                }
            }
        }
    }

    #[test]
    fn every_check_character_occurs() {
        let mut seen: Vec<char> = (0..100)
            .filter_map(|n| check_character(&format!("9999991990010{n:04}")))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 11);
    }

    #[test]
    fn what_a_visitor_types_is_refused_with_a_reason() {
        assert_eq!(IdNumber::new("11010519491231002x"), IdNumber::new(EXAMPLE));
        let day = "99999919900230001";
        let unreal = format!(
            "{day}{}",
            check_character(day).expect("seventeen digits have a check character")
        );
        for (typed, why) in [
            ("", NotANumber::Length),
            ("11010519491231002", NotANumber::Length),
            ("11010519491231002X ", NotANumber::Length),
            ("1101051949123100XX", NotANumber::Character),
            ("11010519491231002Y", NotANumber::Character),
            ("1101051949123一X", NotANumber::Character),
            ("1101051949123一00X", NotANumber::Character),
            (&unreal, NotANumber::BirthDate),
        ] {
            assert_eq!(IdNumber::new(typed), Err(why), "{typed}");
        }
        assert_eq!(check_character("1101051949123100"), None);
        assert_eq!(check_character("1101051949123100X"), None);
    }

    #[test]
    fn only_the_ends_of_a_number_are_shown() {
        assert_eq!(
            IdNumber::new(EXAMPLE)
                .expect("a number made up with its check digit")
                .masked(),
            "1****************X"
        );
        let permit =
            PermitNumber::new("XXA999990010100").expect("a number made up with its check digit");
        assert_eq!(permit.masked(), "X*************0");
        assert_eq!(format!("{permit:?}"), "PermitNumber(…)");
    }

    #[test]
    fn a_permit_number_is_15_letters_and_digits() {
        for wrong in [
            "",
            "XXA99999001010",
            "XXA9999900101000",
            "xxa999990010100",
            "XXA99999001010·",
        ] {
            assert_eq!(PermitNumber::new(wrong), None, "{wrong}");
        }
    }
}
