//! The building itself: its name, its hours and the one standard time of all its registers.

use crate::people::Bilingual;
use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

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
}
