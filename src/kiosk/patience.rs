//! What passes by itself: pages that run out, the idle countdown, the clock's minute, late answers.

use super::effect::Effect;
use super::session::{Awaited, Patience, Situation, TimerId};
use super::turn::Turn;
use super::view::Refusal;
use crate::mail;
use chrono::Timelike;
use std::time::Duration;

impl Turn<'_> {
    /// Starts the time of the page anew.
    pub fn stay(&mut self) {
        self.stop_patience();
        let timeouts = &self.house.timeouts;
        let delay = match &self.session.situation {
            Situation::Home if self.session.is_untouched() => return,
            Situation::Lending(stage) if stage.is_done() && !self.slip_in_trouble() => {
                Some(timeouts.done)
            }
            Situation::Mail(stage) if matches!(**stage, mail::flow::Stage::Done(_)) => {
                Some(timeouts.done)
            }
            Situation::SaidYes => Some(timeouts.done),
            Situation::Keys(stage) if stage.is_done() => Some(timeouts.done),
            situation if situation.is_over() => Some(timeouts.note),
            _ => None,
        };
        self.session.patience = match delay {
            Some(delay) => Patience::Page(self.start_timer(delay)),
            None => Patience::Idle(self.start_timer(timeouts.idle)),
        };
    }

    /// More time was asked for.
    pub fn prolong(&mut self) {
        if let Situation::Keys(stage) = &mut self.session.situation {
            stage.prolong(self.at);
        }
        self.stay();
    }

    pub fn stop_patience(&mut self) {
        match self.session.patience {
            Patience::Endless => {}
            Patience::Idle(timer) | Patience::Countdown(timer, _) | Patience::Page(timer) => {
                self.effects.push(Effect::StopTimer(timer));
            }
        }
        self.session.patience = Patience::Endless;
    }

    pub fn timer_fired(&mut self, timer: TimerId) {
        if self.session.minute == Some(timer) {
            self.start_minute();
        } else if self.is_time_to_read_on(timer) {
            // Whether they do is seen to when the step is over.
        } else if self
            .session
            .waiting
            .as_ref()
            .is_some_and(|waiting| waiting.timer == timer)
        {
            self.waited();
        } else {
            match self.session.patience {
                Patience::Idle(running) if running == timer => self.count_down_from_start(),
                Patience::Countdown(running, left) if running == timer => self.count_down(left),
                Patience::Page(running) if running == timer => self.leave(),
                // A timer that was stopped while it fired.
                _ => self.expected = false,
            }
        }
    }

    /// The clock on the screen changes with the minute; nothing else wakes an untouched home screen.
    pub fn start_minute(&mut self) {
        let into =
            u64::from(self.at.second()) * 1000 + u64::from(self.at.timestamp_subsec_millis());
        let rest = Duration::from_millis(60_000 - into.min(59_999));
        self.session.minute = Some(self.start_timer(rest));
    }

    fn waited(&mut self) {
        let Some(mut waiting) = self.session.waiting.take() else {
            return;
        };
        if waiting.live {
            // Nobody is kept waiting by it.
            self.session.waiting = Some(waiting);
        } else if waiting.shown && waiting.writes {
            // Whoever is told that it did not work does it again, and a slow store does both: it answers or
            // fails in the end.
            self.session.waiting = Some(waiting);
        } else if waiting.shown {
            match waiting.awaited {
                Awaited::Refresh => {}
                _ => self.go(Situation::Refused(Refusal::NotDone)),
            }
        } else {
            waiting.shown = true;
            waiting.timer = self.start_timer(self.house.timeouts.answer);
            self.session.waiting = Some(waiting);
        }
    }

    fn count_down_from_start(&mut self) {
        let seconds = self
            .house
            .timeouts
            .countdown
            .as_secs()
            .try_into()
            .unwrap_or(u32::MAX);
        self.count_down(seconds + 1);
    }

    fn count_down(&mut self, left: u32) {
        if left <= 1 {
            self.leave();
        } else {
            let timer = self.start_timer(Duration::from_secs(1));
            self.session.patience = Patience::Countdown(timer, left - 1);
        }
    }

    /// The page is over by itself; what is being written down is still told.
    fn leave(&mut self) {
        if self.is_committing() {
            self.stay();
        } else {
            self.go_home();
        }
    }

    pub fn start_timer(&mut self, delay: Duration) -> TimerId {
        let timer = TimerId(self.new_id());
        self.effects.push(Effect::StartTimer(timer, delay));
        timer
    }
}
