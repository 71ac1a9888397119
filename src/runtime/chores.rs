//! What the clock alone brings: closing time, the end of a visitor's month, mail that waits too long.

use super::Post;
use super::session::{Lobby, now};
use crate::kiosk::session::TimerId;
use chrono::TimeDelta;
use std::time::Duration;

/// The timer of the chores; the touch screen's count up from 1.
pub(super) const CHORES: TimerId = TimerId(u64::MAX - 3);

/// Special mail has two hours: what is late is known within this.
const EVERY: TimeDelta = TimeDelta::minutes(10);

impl Lobby {
    /// Does what is due now, also what a power cut made late, and comes back when something may be
    /// due again: at closing time to the second.
    pub(super) fn do_chores(&mut self) {
        let at = now(&self.desk.clock);
        let next = self.desk.house.building.next_closing(at).min(at + EVERY);
        let wait = (next - at).to_std().unwrap_or(Duration::from_secs(60));
        self.timers.stop(CHORES);
        self.timers.start(CHORES, wait);
        let house = self.desk.house.clone();
        let packs = self.desk.packs;
        self.tell_store(move |books, at| {
            if let Some(packs) = packs {
                books.print_due_pack(&house.kinds, packs, at)?;
            }
            let done = books.do_chores(&house.visits, &house.mail, at)?;
            if done != Default::default() {
                tracing::info!(
                    signed_out = done.signed_out,
                    erased = done.erased,
                    matters = done.matters,
                    lapsed = done.lapsed,
                    "what was due with the hour is done"
                );
            }
            // A pack may be among them, and what waited for too long is not any more.
            books.open_jobs().map(|jobs| Some(Post::Jobs(jobs)))
        });
        // Whoever waits for a yes at closing time waits for nothing any more.
        self.books_changed();
    }
}
