//! The building itself: its name, its colour, its hours and the one standard time of all its registers.

use crate::people::Bilingual;
use chrono::{
    DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

/// A colour of the house, as screens mix it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// 0 to 255.
    pub red: u8,
    /// 0 to 255.
    pub green: u8,
    /// 0 to 255.
    pub blue: u8,
}

impl Colour {
    /// The paper of a page by day.
    pub const PAPER: Colour = Colour {
        red: 0xF6,
        green: 0xF3,
        blue: 0xEE,
    };

    /// The contrast of two colours, from 1 to 21 (WCAG 2).
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

/// What every service may need to know about the building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Building {
    /// Its name, on screens and slips.
    pub name: Bilingual,
    /// The zone in which times are shown and days begin.
    pub zone: Tz,
    /// When the lobby opens.
    pub opens: NaiveTime,
    /// When it closes.
    pub closes: NaiveTime,
    /// The letter of this kiosk in slip numbers.
    pub device: char,
}

impl Building {
    /// A moment as the clock on the wall shows it.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// When the lobby last closed: this very moment counts.
    pub fn last_closing(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let today = self.local(at).date();
        match self.moment(today, self.closes) {
            closing if closing <= at => closing,
            _ => self.moment(today - Days::new(1), self.closes),
        }
    }

    /// When the lobby closes next: this very moment does not count.
    pub fn next_closing(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let today = self.local(at).date();
        match self.moment(today, self.closes) {
            closing if closing > at => closing,
            _ => self.moment(today + Days::new(1), self.closes),
        }
    }

    /// When the building's day began.
    pub fn midnight(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        self.moment(self.local(at).date(), NaiveTime::MIN)
    }

    /// The moment at which the clock on the wall shows this. An hour that comes twice counts at its
    /// first coming, one that is skipped an hour later.
    pub fn moment(&self, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let local = day.and_time(time);
        let shown = match self.zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at),
            LocalResult::None => {
                let later = local + TimeDelta::hours(1);
                self.zone.from_local_datetime(&later).earliest()
            }
        };
        shown.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn building(zone: Tz) -> Building {
        Building {
            name: Bilingual::new("大厦", "Tower"),
            zone,
            opens: NaiveTime::from_hms_opt(7, 0, 0).expect("a time"),
            closes: NaiveTime::from_hms_opt(22, 0, 0).expect("a time"),
            device: 'A',
        }
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    #[test]
    fn black_and_white_are_as_far_apart_as_colours_can_be() {
        let grey = |part| Colour {
            red: part,
            green: part,
            blue: part,
        };
        assert!((grey(0).contrast(grey(255)) - 21.0).abs() < 1e-9);
        assert!((grey(9).contrast(grey(9)) - 1.0).abs() < 1e-9);
        assert!((grey(255).contrast(grey(0x76)) - 4.54).abs() < 0.005);
    }

    #[test]
    fn the_lobby_closes_once_a_day_and_the_moment_itself_is_over() {
        let house = building(chrono_tz::Asia::Shanghai);
        for (at, last, next) in [
            (
                "2026-11-25T13:59:59Z",
                "2026-11-24T14:00:00Z",
                "2026-11-25T14:00:00Z",
            ),
            (
                "2026-11-25T14:00:00Z",
                "2026-11-25T14:00:00Z",
                "2026-11-26T14:00:00Z",
            ),
            (
                "2026-11-25T17:30:00Z",
                "2026-11-25T14:00:00Z",
                "2026-11-26T14:00:00Z",
            ),
        ] {
            assert_eq!(house.last_closing(utc(at)), utc(last), "{at}");
            assert_eq!(house.next_closing(utc(at)), utc(next), "{at}");
        }
    }

    #[test]
    fn a_closing_hour_that_the_clock_skips_or_repeats_still_comes_once() {
        let mut house = building(chrono_tz::Europe::Berlin);
        house.closes = NaiveTime::from_hms_opt(2, 30, 0).expect("a time");
        let skipped = house.next_closing(utc("2026-03-28T12:00:00Z"));
        assert_eq!(skipped, utc("2026-03-29T01:30:00Z"));
        let twice = house.next_closing(utc("2026-10-24T12:00:00Z"));
        assert_eq!(twice, utc("2026-10-25T00:30:00Z"));
        assert_eq!(house.last_closing(utc("2026-10-25T01:45:00Z")), twice);
    }
}
