//! Days and hours as they are typed at the desk.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Utc};

/// The days and hours of the building, as far as a form needs them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calendar {
    /// Its zone.
    pub zone: chrono_tz::Tz,
    /// Today there.
    pub today: NaiveDate,
}

impl Calendar {
    /// The day that was typed: `1123`, `11-23`, `20261123`. Without a year the next such day is
    /// meant, or one not long past.
    pub fn day(&self, typed: &str) -> Option<NaiveDate> {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
        match digits.len() {
            4 => {
                let (month, day) = (number(0..2)?, number(2..4)?);
                let this = NaiveDate::from_ymd_opt(self.today.year(), month, day);
                // A permit of last week is meant as it stands; one of half a year ago is not.
                let past = chrono::TimeDelta::days(120);
                match this {
                    Some(this) if this >= self.today - past => Some(this),
                    _ => NaiveDate::from_ymd_opt(self.today.year() + 1, month, day),
                }
            }
            8 => {
                let year = i32::try_from(number(0..4)?).ok()?;
                NaiveDate::from_ymd_opt(year, number(4..6)?, number(6..8)?)
            }
            _ => None,
        }
    }

    /// The time that was typed: `930`, `0930`, `9:30`.
    pub fn time(typed: &str) -> Option<NaiveTime> {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let (hour, minute) = match digits.len() {
            1 | 2 => (digits.as_str(), "0"),
            3 | 4 => digits.split_at(digits.len() - 2),
            _ => return None,
        };
        NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
    }

    /// The moment of a day and an hour; the first where a clock shows it twice.
    pub fn moment(&self, day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
        let local = self.zone.from_local_datetime(&day.and_time(time));
        local.earliest().map(|at| at.to_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_its_year_is_the_next_one_or_not_long_past() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a real day");
        let calendar = Calendar {
            zone: chrono_tz::Asia::Shanghai,
            today: day(2026, 11, 23),
        };
        for (typed, meant) in [
            ("1123", Some(day(2026, 11, 23))),
            ("11-20", Some(day(2026, 11, 20))),
            ("0105", Some(day(2027, 1, 5))),
            ("2028-02-29", Some(day(2028, 2, 29))),
            ("0229", None),
            ("1331", None),
            ("11", None),
        ] {
            assert_eq!(calendar.day(typed), meant, "{typed}");
        }
    }

    #[test]
    fn a_time_is_typed_with_or_without_its_colon() {
        let time = |h, m| NaiveTime::from_hms_opt(h, m, 0);
        for (typed, meant) in [
            ("9", time(9, 0)),
            ("930", time(9, 30)),
            ("09:30", time(9, 30)),
            ("14：05", time(14, 5)),
            ("2560", None),
            ("24:00", None),
            ("noon", None),
            ("", None),
        ] {
            assert_eq!(Calendar::time(typed), meant, "{typed}");
        }
    }
}
