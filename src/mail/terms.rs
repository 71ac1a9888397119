//! What a house may set about its mail. What the rule book demands is not here.

use chrono::TimeDelta;

/// The terms of a house for its mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Minutes within which special mail reaches its addressee.
    pub special_within_minutes: u32,
    /// Days from one reminder to the next.
    pub remind_every_days: u32,
    /// Days an item is held.
    pub held_days: u32,
    /// Days a moved tenant's ordinary mail is held.
    pub moved_held_days: u32,
    /// Whether every piece gets a label, letters and papers too.
    pub label_everything: bool,
    /// Whether a notice prints where nobody was there to sign.
    pub notice_after_attempt: bool,
    /// The shelves 货位 of the mail room; any where none is listed.
    pub shelves: Vec<String>,
    /// Wrong pick-up codes in a row after which the screen takes no more for a while.
    pub wrong_codes: u32,
    /// Seconds of that while.
    pub code_pause_seconds: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Terms {
            special_within_minutes: 120,
            remind_every_days: 1,
            held_days: 30,
            moved_held_days: 14,
            label_everything: false,
            notice_after_attempt: true,
            shelves: Vec::new(),
            wrong_codes: 5,
            code_pause_seconds: 60,
        }
    }
}

impl Terms {
    /// The time special mail has.
    pub fn special_within(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.special_within_minutes))
    }

    /// Whether the mail room has this shelf.
    pub fn has_shelf(&self, shelf: &str) -> bool {
        self.shelves.is_empty() || self.shelves.iter().any(|known| known == shelf)
    }
}
