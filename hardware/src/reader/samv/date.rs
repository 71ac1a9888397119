//! Days, as documents have them.

use std::fmt;

/// A day of the calendar that exists, from 1900 to 2199. `Debug` hides it: days of birth are
/// personal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day; `None` where the calendar has none such.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let exists = (1900..2200).contains(&year) && (1..=days).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The day written as eight digits, year first.
    #[must_use]
    pub fn from_digits(digits: &str) -> Option<Self> {
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (year, rest) = digits.split_at(4);
        let (month, day) = rest.split_at(2);
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Date(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_does_not_exist_is_none() {
        for (digits, exists) in [
            ("20240229", true),
            ("20230229", false),
            ("20000229", true),
            ("21000229", false),
            ("19491231", true),
            ("19490431", false),
            ("19491301", false),
            ("19490001", false),
            ("19490100", false),
            ("18991231", false),
            ("22000101", false),
            ("2024022", false),
            ("202402290", false),
            ("2024-2-1", false),
            ("+2240101", false),
        ] {
            assert_eq!(Date::from_digits(digits).is_some(), exists, "{digits}");
        }
    }

    #[test]
    fn a_day_has_its_parts_in_order() {
        let date = Date::from_digits("20240229").expect("a day of the calendar");
        assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
        assert!(date < Date::new(2024, 3, 1).expect("a day of the calendar"));
    }
}
