//! What time it is: the machine's, or one that a controlling process moves by hand.

use std::collections::BTreeMap;
use std::ops::{Add, Sub};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::lock::lock;

/// Calls somebody who sleeps.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// A point in time: microseconds since the clock's origin, never backwards.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Moment(u64);

impl Moment {
    /// The clock's origin.
    pub const ORIGIN: Self = Self(0);

    /// The moment so many microseconds after the origin.
    #[must_use]
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// Microseconds since the origin.
    #[must_use]
    pub const fn as_micros(self) -> u64 {
        self.0
    }
}

impl Add<Duration> for Moment {
    type Output = Self;
    fn add(self, span: Duration) -> Self {
        let micros = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(micros))
    }
}

impl Sub for Moment {
    type Output = Duration;
    /// The span from `earlier` to this moment; zero if it is not earlier.
    fn sub(self, earlier: Self) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }
}

/// The process's one clock, shared by everybody who waits.
#[derive(Clone)]
pub struct Clock(Arc<Kind>);

enum Kind {
    System(Real),
    Scripted(Mutex<Script>),
}

/// The machine's clock, and how far a trial has moved it ahead.
struct Real {
    origin: Instant,
    ahead_micros: AtomicU64,
    wakers: Mutex<BTreeMap<u64, Waker>>,
    next_id: AtomicU64,
}

impl Real {
    fn ahead(&self) -> Duration {
        Duration::from_micros(self.ahead_micros.load(Ordering::SeqCst))
    }
}

struct Script {
    start_wall_ms: i64,
    now: Moment,
    alarms: BTreeMap<u64, (Option<Moment>, Waker)>,
    next_id: u64,
}

impl Clock {
    /// The machine's clock, with its origin now.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Kind::System(Real {
            origin: Instant::now(),
            ahead_micros: AtomicU64::new(0),
            wakers: Mutex::default(),
            next_id: AtomicU64::new(0),
        })))
    }

    /// A clock that stands still until it is advanced; `start_wall_ms` is UTC in milliseconds.
    #[must_use]
    pub fn scripted(start_wall_ms: i64) -> Self {
        Self(Arc::new(Kind::Scripted(Mutex::new(Script {
            start_wall_ms,
            now: Moment::ORIGIN,
            alarms: BTreeMap::new(),
            next_id: 0,
        }))))
    }

    /// Whether a controlling process moves this clock.
    #[must_use]
    pub fn is_scripted(&self) -> bool {
        matches!(*self.0, Kind::Scripted(_))
    }

    /// The monotonic time.
    #[must_use]
    pub fn now(&self) -> Moment {
        match &*self.0 {
            Kind::System(real) => Moment::ORIGIN + (real.origin.elapsed() + real.ahead()),
            Kind::Scripted(script) => lock(script).now,
        }
    }

    /// The wall's time: UTC milliseconds since 1970.
    #[must_use]
    pub fn wall_ms(&self) -> i64 {
        match &*self.0 {
            Kind::System(real) => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |span| {
                    let millis = (span + real.ahead()).as_millis();
                    i64::try_from(millis).unwrap_or(i64::MAX)
                }),
            Kind::Scripted(script) => {
                let script = lock(script);
                let run_ms = i64::try_from(script.now.0 / 1000).unwrap_or(i64::MAX);
                script.start_wall_ms.saturating_add(run_ms)
            }
        }
    }

    /// Moves a scripted clock on to `moment` (never back) and wakes every alarm that is due.
    /// The machine's clock is only moved by [`Clock::advance`]: nothing happens.
    pub fn advance_to(&self, moment: Moment) {
        let Kind::Scripted(script) = &*self.0 else {
            return;
        };
        let due: Vec<Waker> = {
            let mut script = lock(script);
            script.now = script.now.max(moment);
            let now = script.now;
            let is_due = |at: &Option<Moment>| at.is_some_and(|at| at <= now);
            let due = script.alarms.values().filter(|(at, _)| is_due(at));
            due.map(|(_, waker)| waker.clone()).collect()
        };
        for waker in due {
            waker();
        }
    }

    /// Moves the clock on by `span`: a scripted one as [`Clock::advance_to`], the machine's so that
    /// it goes ahead from now on, which is for trials. Everybody who waits looks again.
    pub fn advance(&self, span: Duration) {
        let real = match &*self.0 {
            Kind::Scripted(_) => return self.advance_to(self.now() + span),
            Kind::System(real) => real,
        };
        let micros = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
        real.ahead_micros.fetch_add(micros, Ordering::SeqCst);
        let wakers: Vec<Waker> = lock(&real.wakers).values().cloned().collect();
        for waker in wakers {
            waker();
        }
    }

    /// The earliest alarm set in a scripted clock, due or not.
    #[must_use]
    pub fn next_alarm(&self) -> Option<Moment> {
        match &*self.0 {
            Kind::System(_) => None,
            Kind::Scripted(script) => lock(script).alarms.values().filter_map(|(at, _)| *at).min(),
        }
    }

    /// Whether an alarm that is due has not been taken by its owner yet (who then sets the next one).
    #[must_use]
    pub fn overdue(&self) -> bool {
        self.is_scripted() && self.next_alarm().is_some_and(|at| at <= self.now())
    }

    /// Registers somebody who wants to be woken; unset at first.
    #[must_use]
    pub fn alarm(&self, waker: Waker) -> Alarm {
        let id = match &*self.0 {
            Kind::System(real) => {
                let id = real.next_id.fetch_add(1, Ordering::SeqCst);
                lock(&real.wakers).insert(id, waker);
                id
            }
            Kind::Scripted(script) => {
                let mut script = lock(script);
                script.next_id += 1;
                let id = script.next_id;
                script.alarms.insert(id, (None, waker));
                id
            }
        };
        Alarm {
            clock: self.clone(),
            id,
        }
    }

    /// How long a thread may really sleep when its next duty is at `moment`; `None` is for ever.
    ///
    /// Under a scripted clock that is zero when due and else for ever: waking comes from the alarm.
    #[must_use]
    pub fn timeout_until(&self, moment: Option<Moment>) -> Option<Duration> {
        let left = moment? - self.now();
        (!self.is_scripted() || left.is_zero()).then_some(left)
    }
}

/// One sleeper's next wish to be woken; gone when dropped.
pub struct Alarm {
    clock: Clock,
    id: u64,
}

impl Alarm {
    /// Takes the alarm that rang, if any, and sets the next one. A moment already past wakes at once.
    ///
    /// Under the system clock this does nothing: its sleepers use [`Clock::timeout_until`].
    pub fn set(&self, moment: Option<Moment>) {
        let Kind::Scripted(script) = &*self.clock.0 else {
            return;
        };
        let ring = {
            let mut script = lock(script);
            let now = script.now;
            script.alarms.get_mut(&self.id).and_then(|(at, waker)| {
                *at = moment;
                moment.is_some_and(|at| at <= now).then(|| waker.clone())
            })
        };
        if let Some(waker) = ring {
            waker();
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        match &*self.clock.0 {
            Kind::Scripted(script) => drop(lock(script).alarms.remove(&self.id)),
            Kind::System(real) => drop(lock(&real.wakers).remove(&self.id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_scripted_clock_wakes_whoever_is_due_and_waits_until_the_alarm_is_taken() {
        let clock = Clock::scripted(1_000);
        let rung = Arc::new(AtomicUsize::new(0));
        let alarm = clock.alarm(Arc::new({
            let rung = rung.clone();
            move || {
                rung.fetch_add(1, Ordering::SeqCst);
            }
        }));
        alarm.set(Some(clock.now() + 10 * MS));
        assert_eq!(clock.next_alarm(), Some(Moment::from_micros(10_000)));
        clock.advance(9 * MS);
        assert_eq!((rung.load(Ordering::SeqCst), clock.overdue()), (0, false));
        clock.advance(MS);
        assert_eq!((rung.load(Ordering::SeqCst), clock.overdue()), (1, true));
        alarm.set(None);
        assert!(!clock.overdue());
        assert_eq!(clock.wall_ms(), 1_010);
        drop(alarm);
        assert_eq!(clock.next_alarm(), None);
    }

    #[test]
    fn a_thread_under_a_scripted_clock_sleeps_for_ever_or_not_at_all() {
        let clock = Clock::scripted(0);
        assert_eq!(clock.timeout_until(None), None);
        assert_eq!(clock.timeout_until(Some(clock.now() + MS)), None);
        assert_eq!(clock.timeout_until(Some(clock.now())), Some(Duration::ZERO));
    }

    #[test]
    fn the_system_clock_sleeps_no_longer_than_asked() {
        let clock = Clock::system();
        let left = clock
            .timeout_until(Some(clock.now() + MS))
            .expect("an alarm is set, so there is a time left");
        assert!(left <= MS);
        assert!(clock.wall_ms() > 1_600_000_000_000);
        assert!(!clock.overdue());
    }

    #[test]
    fn a_trial_moves_the_system_clock_ahead_and_wakes_whoever_waits() {
        let clock = Clock::system();
        let rung = Arc::new(AtomicUsize::new(0));
        let bell = rung.clone();
        let alarm = clock.alarm(Arc::new(move || {
            bell.fetch_add(1, Ordering::SeqCst);
        }));
        let (now, wall) = (clock.now(), clock.wall_ms());
        clock.advance(Duration::from_secs(3600));
        assert!(clock.now() - now >= Duration::from_secs(3600));
        assert!(clock.wall_ms() - wall >= 3_600_000);
        assert_eq!(rung.load(Ordering::SeqCst), 1);
        drop(alarm);
        clock.advance(MS);
        assert_eq!(rung.load(Ordering::SeqCst), 1);
    }
}
