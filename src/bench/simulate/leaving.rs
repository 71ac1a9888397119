//! Whoever walks away from a page, or ends there, leaves nothing behind: tried on each page that
//! anybody gets to see, beside the day that goes on.

use super::HOME_BY;
use super::lobby::Lobby;
use crate::kiosk::effect::Ask;
use crate::kiosk::session::TimerId;
use crate::kiosk::view::Page;
use crate::kiosk::{Effect, Event, Session, Touch, View, present, step};
use crate::lending::flow::Ask as LendingAsk;
use chrono::{DateTime, Utc};

/// The screen as nobody's: home, with nothing of whoever was there.
pub fn is_nobodys(view: &View) -> bool {
    let new = View {
        language: Default::default(),
        comfort: Default::default(),
        countdown: None,
        writing: None,
        slip: None,
        reception: Default::default(),
        strokes: Default::default(),
        ..view.clone()
    };
    matches!(view.page, Page::Home(_)) && *view == new
}

/// Somebody stands at the screen and does nothing more, or ends: what is wrong with what stays.
pub fn leaves_something(lobby: &Lobby) -> Option<String> {
    let page = lobby.view().page;
    let (session, timers) = lobby.standing();
    let mut stay = Stay {
        lobby,
        session,
        timers,
        now: lobby.now,
        asked: Vec::new(),
    };
    let mut ended = stay.clone();
    ended.happens(Event::Touched(Touch::End));
    stay.waits();
    for (manner, left) in [("ended", ended), ("walked away", stay)] {
        let view = present(&left.session, &lobby.house, left.now);
        if !is_nobodys(&view) {
            return Some(format!("{manner} at {page:?}: {view:?}"));
        }
        if !left.asked.is_empty() {
            return Some(format!(
                "{manner} at {page:?}, and it asks {:?}",
                left.asked
            ));
        }
    }
    None
}

/// One who leaves. The books are not asked: nothing of leaving is to be written down.
#[derive(Clone)]
struct Stay<'a> {
    lobby: &'a Lobby,
    session: Session,
    timers: Vec<(TimerId, DateTime<Utc>)>,
    now: DateTime<Utc>,
    asked: Vec<String>,
}

impl Stay<'_> {
    fn happens(&mut self, event: Event) {
        let done = step(self.session.clone(), &self.lobby.house, self.now, event);
        self.session = done.session;
        for effect in done.effects {
            match effect {
                Effect::StartTimer(timer, delay) => self.timers.push((timer, self.now + delay)),
                Effect::StopTimer(timer) => self.timers.retain(|(running, _)| *running != timer),
                Effect::Signal(..) | Effect::ReadCodes(_) => {}
                // What was answered of a return stands, and what was not stays open.
                Effect::Tell(Ask::Lending(_, ask)) if matches!(*ask, LendingAsk::Answer(..)) => {}
                // Whoever chose a language did so before.
                Effect::Ask(..) | Effect::Tell(_) | Effect::RememberLanguage(..) => {
                    self.asked.push(format!("{effect:?}"));
                }
            }
        }
    }

    fn waits(&mut self) {
        let until = self.now + HOME_BY;
        loop {
            let due = self.timers.iter().copied().filter(|(_, at)| *at <= until);
            let Some(next) = due.min_by_key(|(timer, at)| (*at, *timer)) else {
                return;
            };
            self.timers.retain(|timer| *timer != next);
            self.now = self.now.max(next.1);
            self.happens(Event::TimerFired(next.0));
        }
    }
}
