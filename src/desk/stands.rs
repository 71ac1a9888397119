//! What stands on the staff window, by the names of the program: for whoever lists its pages.

use super::dialog::Wish;
use super::session::{Session, look};
use super::{House, Outcome, Room};
use chrono::{DateTime, Utc};

/// What stands on the window.
#[derive(Clone, Debug)]
pub struct Stands<'a> {
    /// The room, which of its tables, and how many it has; nothing while nobody works here.
    pub table: Option<(Room, usize, usize)>,
    /// What the form that is open comes to.
    pub wish: Option<&'a Wish>,
    /// What was done last, and what the last scan came to.
    pub done: [Option<&'a Outcome>; 2],
}

impl Session {
    /// What stands on the window by the names of the program: the table with how many its room has, the
    /// form over it, and what was done last.
    pub fn stands(&self, house: &House, at: DateTime<Utc>) -> Stands<'_> {
        let place = &self.place;
        let tabs = look(self, house, at).map(|look| place.room.tabs(&look).len());
        Stands {
            table: tabs.map(|tabs| (place.room, place.tab, tabs)),
            wish: self.dialog.as_ref().map(|form| &form.wish),
            done: [
                self.notice.as_ref(),
                self.scans.first().and_then(|line| line.done.as_ref()),
            ]
            .map(|done| done.and_then(|done| done.as_ref().ok())),
        }
    }
}
