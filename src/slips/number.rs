//! The short number on a slip, and the longer form in its QR code.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// `A-1123-0042`: device, month and day, count of that day. Unique per device and year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SlipNumber {
    /// The letter of the kiosk that gave the number.
    pub device: char,
    /// The day, in the building's zone.
    pub day: NaiveDate,
    /// 1 for the first of the day.
    pub count: u32,
}

/// Why a typed or scanned text is no slip number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Another kind of text.
    #[error("not written like a slip number")]
    Form,
    /// Month and day name no day.
    #[error("the day in the number does not exist")]
    Day,
    /// A digit was misread or mistyped.
    #[error("the check character does not fit")]
    Check,
}

impl fmt::Display for SlipNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}-{:02}{:02}-{:04}",
            self.device,
            self.day.month(),
            self.day.day(),
            self.count
        )
    }
}

impl SlipNumber {
    /// The text of the QR code: `A-20261123-0042-` and a check character.
    ///
    /// The year keeps old slips apart, the check character (ISO 7064 MOD 37,36) catches what a
    /// scratched code or a tired eye gets wrong.
    pub fn code(&self) -> String {
        let body = format!(
            "{}-{}-{:04}",
            self.device,
            self.day.format("%Y%m%d"),
            self.count
        );
        let check = check_character(&body);
        format!("{body}-{check}")
    }

    /// Reads what [`SlipNumber::code`] wrote.
    pub fn from_code(code: &str) -> Result<Self, NumberError> {
        let (body, check) = code.rsplit_once('-').ok_or(NumberError::Form)?;
        let number = parse(body, |day| {
            (day.len() == 8).then_some(())?;
            NaiveDate::parse_from_str(day, "%Y%m%d").ok()
        })?;
        if check.chars().eq([check_character(body)]) {
            Ok(number)
        } else {
            Err(NumberError::Check)
        }
    }

    /// Reads the short form as a person types it; the year is that of the latest such day that is
    /// not after `today`.
    pub fn from_typed(text: &str, today: NaiveDate) -> Result<Self, NumberError> {
        let typed = text.trim().to_ascii_uppercase();
        parse(&typed, |day| {
            (day.len() == 4).then_some(())?;
            let month = u32::from_str(&day[..2]).ok()?;
            let day = u32::from_str(&day[2..]).ok()?;
            // 29 February needs up to eight years of looking back (1896 to 1904, 2096 to 2104).
            (0..=8)
                .filter_map(|back| NaiveDate::from_ymd_opt(today.year() - back, month, day))
                .find(|date| *date <= today)
        })
    }
}

fn parse(
    body: &str,
    day: impl FnOnce(&str) -> Option<NaiveDate>,
) -> Result<SlipNumber, NumberError> {
    let mut parts = body.split('-');
    let (Some(device), Some(date), Some(count), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(NumberError::Form);
    };
    let mut letters = device.chars();
    let (Some(device @ 'A'..='Z'), None) = (letters.next(), letters.next()) else {
        return Err(NumberError::Form);
    };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|char| char.is_ascii_digit());
    if !digits(date) || !digits(count) || count.len() < 4 {
        return Err(NumberError::Form);
    }
    Ok(SlipNumber {
        device,
        day: day(date).ok_or(NumberError::Day)?,
        count: count.parse().map_err(|_| NumberError::Form)?,
    })
}

/// ISO 7064 MOD 37,36 over letters and digits; other characters are passed over.
fn check_character(body: &str) -> char {
    let mut product = 36;
    for value in body.chars().filter_map(|char| char.to_digit(36)) {
        let sum = match (product + value) % 36 {
            0 => 36,
            sum => sum,
        };
        product = (sum * 2) % 37;
    }
    let check = (37 - product) % 36;
    char::from_digit(check, 36)
        .expect("a remainder of 36 is a digit of base 36")
        .to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number() -> SlipNumber {
        SlipNumber {
            device: 'A',
            day: NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real day"),
            count: 42,
        }
    }

    #[test]
    fn a_slip_number_is_short_enough_to_say_aloud() {
        assert_eq!(number().to_string(), "A-1123-0042");
    }

    #[test]
    fn the_check_character_is_that_of_iso_7064() {
        // Published example of MOD 37,36: A12425GABC1234002 takes M.
        assert_eq!(check_character("A12425GABC1234002"), 'M');
    }

    #[test]
    fn its_code_reads_back_and_every_single_slip_of_the_eye_is_caught() {
        let code = number().code();
        assert_eq!(SlipNumber::from_code(&code), Ok(number()));
        let mut tried = 0;
        for (at, was) in code
            .char_indices()
            .filter(|(_, char)| char.is_ascii_digit())
        {
            for digit in ('0'..='9').filter(|digit| *digit != was) {
                let mut wrong = code.clone();
                wrong.replace_range(at..=at, &digit.to_string());
                assert!(
                    SlipNumber::from_code(&wrong).is_err(),
                    "{wrong} was believed"
                );
                tried += 1;
            }
        }
        assert!(tried >= 9 * 12);
    }

    #[test]
    fn a_typed_number_means_the_latest_such_day() {
        let typed = |text: &str, today: (i32, u32, u32)| {
            let today = NaiveDate::from_ymd_opt(today.0, today.1, today.2).expect("a real day");
            SlipNumber::from_typed(text, today)
        };
        assert_eq!(typed(" a-1123-0042 ", (2026, 11, 23)), Ok(number()));
        assert_eq!(typed("A-1123-0042", (2027, 1, 5)), Ok(number()));
        let leap = typed("A-0229-0001", (2027, 1, 5)).expect("29 February 2024");
        assert_eq!(leap.day.year(), 2024);
        assert_eq!(typed("A-1341-0042", (2026, 11, 23)), Err(NumberError::Day));
        for text in [
            "",
            "A",
            "A-1123",
            "AB-1123-0042",
            "A-1123-42",
            "A-1123-0042-9",
            "1-1123-0042",
        ] {
            assert_eq!(
                typed(text, (2026, 11, 23)),
                Err(NumberError::Form),
                "{text}"
            );
        }
    }
}
