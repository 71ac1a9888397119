//! What is due with the hours and nobody asks for: visits that end with the day, visitors whose time
//! is up, mail that has waited too long.

use super::books::Books;
use super::error::StoreError;
use crate::{mail, visits};
use chrono::{DateTime, TimeDelta, Utc};

/// What the hours brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chores {
    /// Visitors signed out at closing time, as not confirmed.
    pub signed_out: usize,
    /// Visitors whose names and numbers were erased.
    pub erased: u32,
    /// Matters 待办 that time alone opened.
    pub matters: usize,
    /// Reservations that nobody came for.
    pub lapsed: usize,
}

impl Books {
    /// Does what is due. Done twice, the second time finds nothing: it may be called at any time,
    /// and after a power cut it makes up for what was missed.
    pub fn do_chores(
        &mut self,
        visits: &visits::Terms,
        mail: &mail::Terms,
        at: DateTime<Utc>,
    ) -> Result<Chores, StoreError> {
        let closed = self.building.last_closing(at);
        let signed_out = self.close_visits(visits, closed, at)?;
        let kept = TimeDelta::days(i64::from(visits.erased_after_days));
        let erased = self.erase_visitors(at - kept, at)?;
        let lapsed = self.release_reservations(at)?;
        let matters = self.open_due_mail_matters(mail, at)?;
        Ok(Chores {
            signed_out,
            erased,
            matters,
            lapsed,
        })
    }
}
