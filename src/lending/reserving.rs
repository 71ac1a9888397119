//! What is kept for whom, and for how long a loan may go on.

use super::{Kind, Loan, ReservationId, ThingId, ThingState, rules};
use crate::people::PersonId;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// How long before its time whoever reserved a thing may have it.
pub const EARLY: TimeDelta = TimeDelta::minutes(30);

/// How long after its time a thing that nobody fetches is still kept.
pub const KEPT: TimeDelta = TimeDelta::minutes(60);

/// The longest time ahead that something is kept for.
pub const AHEAD: TimeDelta = TimeDelta::days(31);

/// A thing kept for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Its identifier.
    pub id: ReservationId,
    /// What is kept.
    pub thing: ThingId,
    /// For whom.
    pub person: PersonId,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// How a reservation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The thing was fetched.
    Fetched,
    /// It was not wanted any more.
    Cancelled,
    /// Its time went by: nobody came for it, or it was not here.
    Lapsed,
}

/// Why a thing is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReserveRefusal {
    /// There is no such thing.
    Unknown,
    /// Things of this kind are not kept for anybody.
    NotReservable,
    /// This person may not borrow this kind.
    NotAllowed,
    /// It is in repair, retired or lost.
    NotForLoan(ThingState),
    /// As many as one may have are kept for this person at that time.
    LimitReached {
        /// How many that is.
        limit: u32,
    },
    /// The time is over, runs backwards, or is further off than a month.
    WrongTime,
    /// It is kept for somebody else then, or still out.
    Taken {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// It should be here by now and is not: nobody knows when it comes.
    Late {
        /// When it was due.
        due: DateTime<Utc>,
    },
}

impl ReserveRefusal {
    /// Whether another time may do.
    pub fn is_of_time(&self) -> bool {
        matches!(
            self,
            ReserveRefusal::LimitReached { .. }
                | ReserveRefusal::WrongTime
                | ReserveRefusal::Taken { .. }
                | ReserveRefusal::Late { .. }
        )
    }
}

/// Whether a thing can be kept for somebody from then until then.
///
/// `others` are the open reservations of this thing, `out` its loan.
pub fn may_reserve(
    kind: &Kind,
    state: ThingState,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    others: &[Reservation],
    out: Option<&Loan>,
    now: DateTime<Utc>,
) -> Result<(), ReserveRefusal> {
    if !kind.policy.reservable {
        return Err(ReserveRefusal::NotReservable);
    }
    if matches!(
        state,
        ThingState::InRepair | ThingState::Retired | ThingState::Lost
    ) {
        return Err(ReserveRefusal::NotForLoan(state));
    }
    // It can go out once the desk has looked at it, and nobody knows when that is.
    if state == ThingState::AwaitingCheck && from <= now {
        return Err(ReserveRefusal::NotForLoan(state));
    }
    if until <= from || until <= now || from > now + AHEAD {
        return Err(ReserveRefusal::WrongTime);
    }
    if let Some(loan) = out.filter(|loan| from <= now && rules::is_late(loan.due, now)) {
        return Err(ReserveRefusal::Late { due: loan.due });
    }
    if let Some(loan) = out.filter(|loan| loan.due > from) {
        return Err(ReserveRefusal::Taken { until: loan.due });
    }
    match others
        .iter()
        .find(|other| other.from < until && from < other.until)
    {
        Some(other) => Err(ReserveRefusal::Taken { until: other.until }),
        None => Ok(()),
    }
}

/// For how long somebody may have a thing that is kept, and by what right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn<'a> {
    /// Their own reservation, which ends with the loan.
    pub fetched: Option<&'a Reservation>,
    /// Until when: where somebody else is next, until then.
    pub due: DateTime<Utc>,
}

/// Whether this person may have a thing from now until `due`; if not, from when it is somebody else's.
///
/// Whoever has reserved it gets it until the next one's time. Whoever has not gets it where nobody
/// waits for it until it is due: coming by does not shorten what a loan is for.
pub fn turn_of(
    reservations: &[Reservation],
    person: PersonId,
    now: DateTime<Utc>,
    due: DateTime<Utc>,
) -> Result<Turn<'_>, DateTime<Utc>> {
    let mut fetched = reservations
        .iter()
        .filter(|kept| kept.person == person && kept.from - EARLY <= now && now < kept.until);
    let fetched = fetched.next();
    let Some(next) = next_of_others(reservations, person, now, due) else {
        return Ok(Turn { fetched, due });
    };
    match fetched {
        // Those who come early do not take it from whoever has it before them.
        Some(mine) if next > now.max(mine.from) => Ok(Turn { fetched, due: next }),
        _ => Err(next),
    }
}

/// From when a thing is somebody else's, where that is before `due` and not over.
fn next_of_others(
    reservations: &[Reservation],
    person: PersonId,
    now: DateTime<Utc>,
    due: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let others = reservations
        .iter()
        .filter(|kept| kept.person != person && kept.from < due && now < kept.until);
    others.map(|kept| kept.from).min()
}

/// When nobody will come for this any more, where it is here in its time.
pub fn lapses(kept: &Reservation) -> DateTime<Utc> {
    kept.until.min(kept.from + KEPT)
}

/// Where a thing is that is kept for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// In its place, and since when it is back; it may never have been out.
    Here(Option<DateTime<Utc>>),
    /// Whoever it is kept for has it already: their time ends when they bring it back.
    WithThem,
    /// Somebody else still has it, or it waits for the desk's look.
    Away,
}

/// How the time of a reservation went by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// It was here, and nobody came.
    NobodyCame,
    /// It was not here in all its time: whoever counted on it is owed a word.
    NotHere,
}

/// Whether a reservation is over by now, and how.
///
/// The hour for which it is kept begins when it can be fetched: what comes back late is kept for as
/// long as what was in time.
pub fn passed(kept: &Reservation, is: Whereabouts, now: DateTime<Utc>) -> Option<Passed> {
    match is {
        Whereabouts::WithThem => None,
        Whereabouts::Away => (kept.until <= now).then_some(Passed::NotHere),
        Whereabouts::Here(since) => {
            let fetchable = since.map_or(kept.from, |since| since.max(kept.from));
            (kept.until.min(fetchable + KEPT) <= now).then_some(Passed::NobodyCame)
        }
    }
}

/// Whether this is over with a loan that comes back now: they had the thing in its time.
pub fn is_spent(kept: &Reservation, borrower: PersonId, now: DateTime<Utc>) -> bool {
    kept.person == borrower && kept.from <= now
}

/// Why a loan is not made longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenewRefusal {
    /// It is not out any more, or not this person's.
    Unknown,
    /// Loans of this kind are not made longer.
    Never,
    /// It was made longer as often as may be.
    TooOften {
        /// How often that is.
        limit: u32,
    },
    /// It is past its time: it comes back first.
    Overdue,
    /// Somebody else has reserved it.
    Reserved {
        /// From when.
        from: DateTime<Utc>,
    },
}

/// Until when a loan goes on, where it may.
pub fn renewed(
    kind: &Kind,
    loan: &Loan,
    reservations: &[Reservation],
    now: DateTime<Utc>,
    zone: Tz,
) -> Result<DateTime<Utc>, RenewRefusal> {
    let limit = kind.policy.renewals;
    if limit == 0 {
        return Err(RenewRefusal::Never);
    }
    if rules::is_late(loan.due, now) {
        return Err(RenewRefusal::Overdue);
    }
    if loan.renewals >= limit {
        return Err(RenewRefusal::TooOften { limit });
    }
    let due = rules::due(&kind.policy.due, loan.due, zone);
    match next_of_others(reservations, loan.borrower, now, due) {
        Some(from) => Err(RenewRefusal::Reserved { from }),
        None => Ok(due),
    }
}
