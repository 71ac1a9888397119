//! Guessing codes and telephones at one screen, slowed down.

use chrono::{DateTime, TimeDelta, Utc};

/// So many tries without a hit, within [`WINDOW`], and the screen takes none for a while.
pub const WRONG_TRIES: usize = 5;

/// How long a try counts.
const WINDOW: TimeDelta = TimeDelta::minutes(1);

/// The first pause; every further one is twice as long as the one before.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// The pauses stop growing after so many doublings: 16 minutes are enough for anybody.
const DOUBLINGS: u32 = 5;

/// After so long without a pause the next one is short again.
const FORGIVEN: TimeDelta = TimeDelta::hours(1);

/// Tries without a hit at one screen. They outlive the stay of a person, since whoever guesses would
/// only touch Home, and nothing of them is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    recent: Vec<DateTime<Utc>>,
    pauses: u32,
    paused_until: Option<DateTime<Utc>>,
}

impl Tries {
    /// Until when nothing is taken, where that is so now.
    pub fn paused(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // By a clock that was set back no pause lasts longer than the longest.
        let longest = FIRST_PAUSE * (1 << DOUBLINGS);
        self.paused_until
            .filter(|until| now < *until && *until - now <= longest)
    }

    /// Something was tried that is nobody's, or that is not known yet to be somebody's.
    pub fn missed(&self, now: DateTime<Utc>) -> Self {
        let mut after = self.clone();
        if after
            .paused_until
            .is_some_and(|until| now >= until + FORGIVEN)
        {
            after.pauses = 0;
        }
        after.recent.retain(|at| now < *at + WINDOW);
        after.recent.push(now);
        if after.recent.len() >= WRONG_TRIES {
            let pause = FIRST_PAUSE * (1 << after.pauses.min(DOUBLINGS));
            after.paused_until = Some(now + pause);
            after.pauses += 1;
            after.recent.clear();
        }
        after
    }

    /// Somebody was found: what was mistyped on the way is forgotten. Earlier pauses are not, or a
    /// guesser with a code of their own would make them short again.
    pub fn found(&self) -> Self {
        Tries {
            recent: Vec::new(),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn a_clock_that_was_set_back_by_hours_ends_a_pause() {
        let noon = 12 * 3600;
        let tried = (0..WRONG_TRIES).fold(Tries::default(), |tries, _| tries.missed(at(noon)));
        assert!(tried.paused(at(noon)).is_some());
        assert_eq!(tried.paused(at(noon - 3600)), None);
    }

    fn missed(mut tries: Tries, moments: impl IntoIterator<Item = i64>) -> Tries {
        for moment in moments {
            tries = tries.missed(at(moment));
        }
        tries
    }

    #[test]
    fn five_misses_within_a_minute_pause_and_four_do_not() {
        let tries = missed(Tries::default(), [0, 1, 2, 3]);
        assert_eq!(tries.paused(at(3)), None);
        let tries = missed(tries, [4]);
        assert_eq!(tries.paused(at(4)), Some(at(34)));
        assert_eq!(tries.paused(at(34)), None);
    }

    #[test]
    fn misses_that_are_far_apart_never_pause() {
        let tries = missed(Tries::default(), (0..40).map(|n| n * 16));
        assert_eq!(tries.paused(at(40 * 16)), None);
    }

    #[test]
    fn every_pause_is_twice_as_long_until_it_is_long_enough_and_short_again_after_an_hour() {
        let (mut tries, mut now, mut lengths) = (Tries::default(), 0, Vec::new());
        for _ in 0..7 {
            tries = missed(tries, [now; WRONG_TRIES]);
            let until = tries.paused(at(now)).expect("a pause");
            lengths.push((until - at(now)).num_seconds());
            now = until.timestamp();
        }
        assert_eq!(lengths, [30, 60, 120, 240, 480, 960, 960]);
        now += 3_600;
        tries = missed(tries, [now; WRONG_TRIES]);
        assert_eq!(tries.paused(at(now)), Some(at(now + 30)));
    }

    #[test]
    fn a_hit_forgets_what_was_mistyped_and_keeps_the_pauses_long() {
        let tries = missed(Tries::default(), [0, 1, 2, 3]).found();
        assert_eq!(missed(tries, [4]).paused(at(4)), None);
        let tries = missed(Tries::default(), [0; 5]).found();
        let again = missed(tries, [40; 5]);
        assert_eq!(again.paused(at(40)), Some(at(100)));
    }
}
