//! Whoever walks away from a page, or ends there, leaves nothing behind: tried on each page that
//! anybody gets to see, on simulated days and in tours, beside what goes on.

use crate::kiosk::effect::Ask;
use crate::kiosk::session::TimerId;
use crate::kiosk::view::Page;
use crate::kiosk::{Effect, Event, House, Session, Touch, View, present, step};
use crate::lending::flow::Ask as LendingAsk;
use crate::runtime::Standing;
use chrono::{DateTime, TimeDelta, Utc};

/// Nobody does anything for this long before the screen must be home: the longest patience of any
/// page, the countdown, and a minute more.
pub const HOME_BY: TimeDelta = TimeDelta::minutes(3);

/// Books that another program holds fail at last, after less than this.
const BOOKS_FAIL_AFTER: TimeDelta = TimeDelta::seconds(30);

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
    is_home(view) && *view == new
}

/// The page on which nobody has begun anything; what was touched there, a language say, goes with time.
fn is_home(view: &View) -> bool {
    matches!(view.page, Page::Home(_) | Page::OutOfService(_))
}

/// Somebody stands at the screen and does nothing more, or ends: what is wrong with what stays.
pub fn leaves_something(standing: &Standing<'_>) -> Option<String> {
    let house = standing.house;
    let stay = Stay {
        house,
        session: standing.session.clone(),
        timers: standing.timers.clone(),
        now: standing.at,
        asked: Vec::new(),
    };
    let here = present(standing.session, house, standing.at);
    let mut gone = stay.clone();
    gone.waits();
    let mut left = vec![("walked away", gone)];
    // At home there is nothing to end; and what is under way goes on, as a finger may be faster than the
    // answer.
    if !is_home(&here) && !standing.session.is_busy() {
        let mut ended = stay;
        ended.happens(Event::Touched(Touch::End));
        left.push(("ended", ended));
    }
    for (manner, left) in left {
        let view = present(&left.session, house, left.now);
        if is_nobodys(&view) && left.asked.is_empty() {
            continue;
        }
        let (page, asked) = (&here.page, &left.asked);
        return Some(format!(
            "{manner} at {page:?}: {view:?}, and it asks {asked:?}"
        ));
    }
    None
}

/// One who leaves. The books are not asked: nothing of leaving is to be written down.
#[derive(Clone)]
struct Stay<'a> {
    house: &'a House,
    session: Session,
    timers: Vec<(TimerId, DateTime<Utc>)>,
    now: DateTime<Utc>,
    asked: Vec<String>,
}

impl Stay<'_> {
    fn happens(&mut self, event: Event) {
        let done = step(self.session.clone(), self.house, self.now, event);
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
        if let Some(request) = self.session.being_written() {
            self.waits_until(self.now + BOOKS_FAIL_AFTER);
            self.happens(Event::Failed(request));
        }
        self.waits_until(until);
    }

    fn waits_until(&mut self, until: DateTime<Utc>) {
        loop {
            let due = self.timers.iter().copied().filter(|(_, at)| *at <= until);
            let Some(next) = due.min_by_key(|(timer, at)| (*at, *timer)) else {
                self.now = until;
                return;
            };
            self.timers.retain(|timer| *timer != next);
            self.now = self.now.max(next.1);
            self.happens(Event::TimerFired(next.0));
        }
    }
}
