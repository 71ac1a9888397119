//! The times that the touch screen offers to whoever wants something kept for them.

use super::reserving::{EARLY, may_reserve};
use super::{DueRule, Kind, KindId, Loan, Reservation, Thing, ThingState};
use crate::building::Building;
use crate::people::PersonId;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

/// Days that are offered, today among them.
pub const DAYS: u64 = 7;

/// Less time than this is not offered any more.
pub const SHORTEST: TimeDelta = TimeDelta::minutes(15);

/// Where a day is halved.
const NOON: NaiveTime = NaiveTime::from_hms_opt(12, 0, 0).expect("a time of day");

/// A time that something can be kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
}

impl Slot {
    fn meets(&self, kept: &Reservation) -> bool {
        kept.from < self.until && self.from < kept.until
    }
}

/// How it looks at a time that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacancy {
    /// The day it begins on.
    pub day: NaiveDate,
    /// When.
    pub slot: Slot,
    /// How many of the kind can be kept for that time.
    pub free: u32,
    /// As many as one may have are kept for this person then.
    pub has: bool,
}

/// A thing kept for somebody, as it is shown to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The reservation.
    pub reservation: Reservation,
    /// Of which kind the thing is.
    pub kind: KindId,
    /// What people call it.
    pub label: String,
    /// How the thing stands.
    pub state: ThingState,
    /// Until when it is kept for somebody else before, where it is.
    pub before: Option<DateTime<Utc>>,
    /// From when somebody else has it, where anybody does.
    pub next: Option<DateTime<Utc>>,
}

impl Kept {
    /// Whether it can be fetched: it is their time and nobody else's, and it is there.
    pub fn is_ready(&self, now: DateTime<Utc>) -> bool {
        self.reservation.from - EARLY <= now
            && self.before.is_none_or(|until| until <= now)
            && self.state == ThingState::Available
    }

    /// Until when a loan goes that begins with this.
    pub fn due(&self, due: DateTime<Utc>) -> DateTime<Utc> {
        self.next.map_or(due, |next| next.min(due))
    }
}

/// A thing with everything that decides whether it can be kept.
#[derive(Clone, Debug)]
pub struct Held {
    /// The thing.
    pub thing: Thing,
    /// For whom it is kept already.
    pub kept: Vec<Reservation>,
    /// Its loan, where it is out.
    pub out: Option<Loan>,
}

/// The times that are offered for things with this rule, the earliest first.
///
/// What is lent for minutes is kept for as many; what comes back the same day for half a day or all
/// of it; what stays out for days from the opening of one day until it would be due.
pub fn slots(rule: &DueRule, house: &Building, now: DateTime<Utc>) -> Vec<(NaiveDate, Slot)> {
    let today = house.local(now).date();
    let days = (0..DAYS).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
    let of_day = |day| {
        let offered = of_day(rule, house, day).into_iter();
        let mut left: Vec<Slot> = Vec::new();
        for (from, until) in offered {
            let from = from.max(now);
            let slot = Slot { from, until };
            // In the afternoon what is left of the day is its second half.
            if until - from >= SHORTEST && !left.contains(&slot) {
                left.push(slot);
            }
        }
        left.into_iter().map(move |slot| (day, slot))
    };
    days.flat_map(of_day).collect()
}

fn of_day(rule: &DueRule, house: &Building, day: NaiveDate) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let at = |time| house.moment(day, time);
    let (opens, closes) = (at(house.opens), at(house.closes));
    if let Some(minutes) = rule.minutes {
        let step = TimeDelta::minutes(i64::from(minutes.max(1)));
        let starts = std::iter::successors(Some(opens), |from| Some(*from + step));
        let within = starts.map(|from| (from, from + step));
        return within.take_while(|(_, until)| *until <= closes).collect();
    }
    if rule.days > 0 {
        let last = day.checked_add_days(Days::new(u64::from(rule.days)));
        let until = last.map(|last| house.moment(last, rule.at));
        return until.map(|until| (opens, until)).into_iter().collect();
    }
    let (noon, ends) = (at(NOON), at(rule.at));
    match opens < noon && noon < ends {
        true => vec![(opens, noon), (noon, ends), (opens, ends)],
        false => vec![(opens, ends)],
    }
}

/// How it looks for this person at each time that is offered.
pub fn vacancies(
    kind: &Kind,
    things: &[Held],
    person: PersonId,
    house: &Building,
    now: DateTime<Utc>,
) -> Vec<Vacancy> {
    let offered = slots(&kind.policy.due, house, now).into_iter();
    offered
        .map(|(day, slot)| {
            let free = things.iter().filter(|held| is_free(kind, held, slot, now));
            Vacancy {
                day,
                slot,
                free: u32::try_from(free.count()).unwrap_or(u32::MAX),
                has: has_enough(kind, things, person, slot),
            }
        })
        .collect()
}

fn is_free(kind: &Kind, held: &Held, slot: Slot, now: DateTime<Utc>) -> bool {
    let span = (slot.from, slot.until);
    let state = held.thing.state;
    may_reserve(kind, state, span, &held.kept, held.out.as_ref(), now).is_ok()
}

/// Whether as many things of a kind as one may have are kept for this person at that time.
pub fn has_enough(kind: &Kind, things: &[Held], person: PersonId, slot: Slot) -> bool {
    let kept = things.iter().flat_map(|held| &held.kept);
    let own = kept.filter(|kept| kept.person == person && slot.meets(kept));
    own.count() >= kind.policy.at_once as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lending::{ReservationId, ThingId};
    use crate::people::Bilingual;
    use chrono_tz::Asia::Shanghai;
    use uuid::Uuid;

    fn time(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day")
    }

    fn house() -> Building {
        Building {
            name: Bilingual::new("大厦", "Tower"),
            zone: Shanghai,
            opens: time(8, 0),
            closes: time(20, 0),
            device: 'A',
        }
    }

    fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        let day = NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
        house().moment(day, time(hour, minute))
    }

    fn rule(minutes: Option<u32>, days: u32) -> DueRule {
        DueRule {
            minutes,
            days,
            at: time(18, 0),
        }
    }

    fn of_today(rule: &DueRule, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let today = house().local(now).date();
        let all = slots(rule, &house(), now).into_iter();
        let today = all.filter(|(day, _)| *day == today);
        today.map(|(_, slot)| (slot.from, slot.until)).collect()
    }

    #[test]
    fn a_day_is_offered_in_halves_and_whole_as_far_as_it_is_left() {
        let same_day = rule(None, 0);
        let early = at(23, 7, 0);
        let whole = (at(23, 8, 0), at(23, 18, 0));
        let halves = [
            (at(23, 8, 0), at(23, 12, 0)),
            (at(23, 12, 0), at(23, 18, 0)),
        ];
        assert_eq!(of_today(&same_day, early), [halves[0], halves[1], whole]);
        // At ten the morning and the day begin now.
        let ten = at(23, 10, 0);
        let left = [(ten, at(23, 12, 0)), halves[1], (ten, at(23, 18, 0))];
        assert_eq!(of_today(&same_day, ten), left);
        // In the afternoon both are the same.
        let two = at(23, 14, 0);
        assert_eq!(of_today(&same_day, two), [(two, at(23, 18, 0))]);
        // Ten minutes are nothing to come for.
        assert_eq!(of_today(&same_day, at(23, 17, 50)), []);
        let days: Vec<_> = slots(&same_day, &house(), at(23, 17, 50));
        assert_eq!(days.len(), 3 * 6);
        assert_eq!(days[0].1.from, at(24, 8, 0));
    }

    #[test]
    fn minutes_are_offered_one_after_the_other_and_days_whole() {
        let hour = of_today(&rule(Some(60), 0), at(23, 9, 50));
        assert_eq!(hour.first(), Some(&(at(23, 10, 0), at(23, 11, 0))));
        assert_eq!(hour.last(), Some(&(at(23, 19, 0), at(23, 20, 0))));
        let two_days = of_today(&rule(None, 2), at(23, 9, 0));
        assert_eq!(two_days, [(at(23, 9, 0), at(25, 18, 0))]);
    }

    #[test]
    fn what_is_kept_or_out_is_not_counted_and_one_s_own_is_said() {
        let kind = Kind {
            id: KindId("pc".to_owned()),
            name: Bilingual::new("电脑", "PC"),
            icon: Default::default(),
            counted: crate::lending::Counted::Tagged,
            policy: crate::lending::Policy {
                who: vec![],
                at_once: 1,
                due: rule(None, 0),
                deposit_fen: 0,
                slip: false,
                self_return: true,
                blocked_while_overdue: false,
                renewals: 0,
                reservable: true,
                asks: Default::default(),
                parts: vec![],
                in_place: false,
                washed: false,
            },
        };
        let (me, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let held = |label: &str, state, kept: Vec<Reservation>| Held {
            thing: Thing {
                id: ThingId(Uuid::from_u128(9)),
                kind: kind.id.clone(),
                tag: format!("PC-{label}"),
                label: label.to_owned(),
                state,
            },
            kept,
            out: None,
        };
        let kept = |person, from, until| Reservation {
            id: ReservationId(Uuid::from_u128(5)),
            thing: ThingId(Uuid::from_u128(9)),
            person,
            from,
            until,
        };
        let mine = kept(me, at(24, 8, 0), at(24, 12, 0));
        let theirs = kept(other, at(24, 12, 0), at(24, 18, 0));
        let things = [
            held("01", ThingState::Available, vec![mine, theirs]),
            held("02", ThingState::Available, vec![]),
            held("03", ThingState::InRepair, vec![]),
        ];
        let seen = vacancies(&kind, &things, me, &house(), at(23, 7, 0));
        let tomorrow = house().local(at(24, 0, 0)).date();
        let of_tomorrow: Vec<_> = seen
            .iter()
            .filter(|vacancy| vacancy.day == tomorrow)
            .map(|vacancy| (vacancy.free, vacancy.has))
            .collect();
        // Morning, afternoon, the whole day.
        assert_eq!(of_tomorrow, [(1, true), (1, false), (1, true)]);
        assert!(
            seen.iter()
                .filter(|v| v.day != tomorrow)
                .all(|v| v.free == 2 && !v.has)
        );
    }
}
