//! The session's timers, on whatever clock the program runs.

use crate::devices::{Alarm, Clock, Moment};
use crate::kiosk::session::TimerId;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Timers that run, the next one first.
pub(super) struct Timers {
    clock: Clock,
    running: BTreeSet<(Moment, TimerId)>,
    alarm: Alarm,
    rung: Arc<Notify>,
}

impl Timers {
    pub fn new(clock: &Clock) -> Self {
        let rung = Arc::new(Notify::new());
        let bell = rung.clone();
        let alarm = clock.alarm(Arc::new(move || bell.notify_one()));
        Timers {
            clock: clock.clone(),
            running: BTreeSet::new(),
            alarm,
            rung,
        }
    }

    pub fn start(&mut self, timer: TimerId, delay: Duration) {
        self.running.insert((self.clock.now() + delay, timer));
        self.announce();
    }

    /// Those that run, and when each runs out, where it is this now.
    pub fn running(&self, at: DateTime<Utc>) -> Vec<(TimerId, DateTime<Utc>)> {
        let now = self.clock.now();
        let running = self.running.iter();
        running
            .map(|(due, timer)| (*timer, at + ((*due).max(now) - now)))
            .collect()
    }

    /// Whether it runs.
    pub fn runs(&self, timer: TimerId) -> bool {
        self.running.iter().any(|(_, running)| *running == timer)
    }

    pub fn stop(&mut self, timer: TimerId) {
        self.running.retain(|(_, running)| *running != timer);
        self.announce();
    }

    /// The next timer that has run out, if one has.
    pub fn take_due(&mut self) -> Option<TimerId> {
        let (at, _) = *self.running.first()?;
        if at > self.clock.now() {
            return None;
        }
        self.running.pop_first().map(|(_, timer)| timer)
    }

    /// Says when somebody has to look again. Called when everything that is due was taken, so that a
    /// scripted clock knows how far it may go.
    pub fn announce(&self) {
        self.alarm.set(self.running.first().map(|(at, _)| *at));
    }

    /// Waits until the next timer may have run out; for ever where none runs.
    pub async fn wait(&self) {
        match self
            .clock
            .timeout_until(self.running.first().map(|(at, _)| *at))
        {
            Some(left) => {
                // A clock that is moved by hand rings before the time is over.
                tokio::select! {
                    () = tokio::time::sleep(left) => {}
                    () = self.rung.notified() => {}
                }
            }
            None => self.rung.notified().await,
        }
    }
}
