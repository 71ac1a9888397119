//! Dates and times as people read them.

use super::{Value, text, with};
use crate::people::Language;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

/// Days from today within which a day is told without its year.
const GOES_WITHOUT_YEAR: i64 = 180;

/// 2026年11月23日 周一 09:05 / Mon 23 Nov 2026, 09:05.
pub fn day_time(language: Language, at: NaiveDateTime) -> String {
    with(
        language,
        "date-day-time",
        &[
            ("day", day(language, at.date()).into()),
            ("time", time(at).into()),
        ],
    )
}

/// 2026年11月23日 周一 / Mon 23 Nov 2026.
pub fn day(language: Language, day: NaiveDate) -> String {
    with(
        language,
        "date-day",
        &[
            ("weekday", weekday(language, day.weekday()).into()),
            ("day", number(day.day())),
            ("month", month(language, day.month()).into()),
            ("year", Value::from(day.year().to_string())),
        ],
    )
}

/// 11月23日 周一 / Mon 23 Nov, for days so near that the year goes without saying.
pub fn short_day(language: Language, day: NaiveDate) -> String {
    with(
        language,
        "date-short-day",
        &[
            ("weekday", weekday(language, day.weekday()).into()),
            ("day", number(day.day())),
            ("month", month(language, day.month()).into()),
        ],
    )
}

/// 11月23日 / 23 Nov, where there is no room for more.
pub fn date(language: Language, day: NaiveDate) -> String {
    with(
        language,
        "date-alone",
        &[
            ("day", number(day.day())),
            ("month", month(language, day.month()).into()),
        ],
    )
}

/// 18:00 today, 18:00 tomorrow, or the day with it, seen from this day.
pub fn near(language: Language, at: NaiveDateTime, today: NaiveDate) -> String {
    on_day(language, at.date(), &time(at), today)
}

/// A time of a day, or a span of it, with the day as it is called from this one.
pub fn on_day(language: Language, day: NaiveDate, time: &str, today: NaiveDate) -> String {
    let away = (day - today).num_days();
    let said = match away.abs() <= GOES_WITHOUT_YEAR {
        true => short_day(language, day),
        false => self::day(language, day),
    };
    let values = [("time", Value::from(time)), ("day", Value::from(said))];
    let id = match away {
        -1 => "when-yesterday",
        0 => "when-today",
        1 => "when-tomorrow",
        _ => return with(language, "when-day", &values),
    };
    with(language, id, &values[..1])
}

/// 09:05, on every screen and slip.
pub fn time(at: NaiveDateTime) -> String {
    at.format("%H:%M").to_string()
}

fn number(value: u32) -> Value<'static> {
    Value::from(value.to_string())
}

fn weekday(language: Language, weekday: Weekday) -> String {
    text(
        language,
        match weekday {
            Weekday::Mon => "weekday-monday",
            Weekday::Tue => "weekday-tuesday",
            Weekday::Wed => "weekday-wednesday",
            Weekday::Thu => "weekday-thursday",
            Weekday::Fri => "weekday-friday",
            Weekday::Sat => "weekday-saturday",
            Weekday::Sun => "weekday-sunday",
        },
    )
}

fn month(language: Language, month: u32) -> String {
    const IDS: [&str; 12] = [
        "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8",
        "month-9", "month-10", "month-11", "month-12",
    ];
    text(language, IDS[month as usize - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_the_house_writes_them() {
        let at = NaiveDate::from_ymd_opt(2026, 11, 23)
            .and_then(|day| day.and_hms_opt(9, 5, 0))
            .expect("a real moment");
        assert_eq!(day_time(Language::Chinese, at), "2026年11月23日 周一 09:05");
        assert_eq!(day_time(Language::English, at), "Mon 23 Nov 2026, 09:05");
    }

    #[test]
    fn a_near_moment_is_told_with_its_day_in_the_order_people_say_it() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real day");
        let told = |ahead: i64, language| {
            let day = today + chrono::TimeDelta::days(ahead);
            near(language, day.and_hms_opt(18, 0, 0).expect("an hour"), today)
        };
        let told = |ahead| [Language::Chinese, Language::English].map(|of| told(ahead, of));
        assert_eq!(told(-1), ["昨天 18:00", "18:00 yesterday"]);
        assert_eq!(told(0), ["今天 18:00", "18:00 today"]);
        assert_eq!(told(1), ["明天 18:00", "18:00 tomorrow"]);
        assert_eq!(told(2), ["11月25日 周三 18:00", "18:00 on Wed 25 Nov"]);
        let long_ago = ["2023年11月25日 周六 18:00", "18:00 on Sat 25 Nov 2023"];
        assert_eq!(
            told(-1094),
            long_ago,
            "a year that does not go without saying"
        );
    }
}
