//! What is due with the hours and nobody asks for: visits that end with the day, visitors whose time
//! is up, mail that has waited too long.

use super::books::Books;
use super::error::StoreError;
use super::journal::Actor;
use super::matters;
use crate::keys::check;
use crate::matters::{Cause, Opening};
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
        let matters = self.open_due_mail_matters(mail, at)? + self.open_missed_duties(at)?;
        Ok(Chores {
            signed_out,
            erased,
            matters,
            lapsed,
        })
    }

    /// ● Every day has its delivery round and its check of the keys: one that was left out is a matter,
    /// so that somebody owns it. Says how many are new.
    fn open_missed_duties(&mut self, at: DateTime<Utc>) -> Result<usize, StoreError> {
        let waiting = self.mail_waiting_by_shelf()?;
        let last = self.last_mail_round()?;
        let round = mail::daily::missed(&waiting, last, &self.building, at);
        let has_keys = !self.hooks()?.is_empty();
        let today = self.building.local(at).date();
        let checked = self.keys_checked()?.filter(|_| has_keys);
        let check = checked.and_then(|day| check::missed(day, today));
        let missed = [(Cause::RoundMissed, round), (Cause::KeysUnchecked, check)];
        let mut due = Vec::new();
        for (cause, day) in missed {
            let Some(day) = day else { continue };
            let opening = Opening::of_day(cause, day);
            if !self.was_opened(&opening)? {
                due.push(opening);
            }
        }
        if due.is_empty() {
            return Ok(0);
        }
        let count = due.len();
        self.write("open what was left undone", at, Actor::default(), |deed| {
            due.into_iter()
                .try_for_each(|opening| matters::open(deed, opening).map(|_| ()))
        })?;
        Ok(count)
    }
}
