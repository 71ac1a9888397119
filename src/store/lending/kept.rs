//! Reservations and renewals, in the books.

use super::Refusable;
use super::around::{all_reservations, reservations_where};
use super::out::lent;
use super::reading::{self, loan_by_id, open_loan_of};
use crate::lending::flow::reserving::{Order, Receipt};
use crate::lending::record::Record;
use crate::lending::reserving::{self, Ending, Passed, Whereabouts};
use crate::lending::slots::{self, Held, Kept, Slot, Vacancy};
use crate::lending::{
    Item, Kind, KindId, Loan, LoanId, RenewRefusal, Reservation, ReservationId, ReserveRefusal,
    ThingId, ThingState,
};
use crate::matters::{Cause, Opening};
use crate::people::{Holder, PersonId};
use crate::store::books::{Books, Deed};
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::{matters, people};
use chrono::{DateTime, Utc};
use rusqlite::Connection;

/// For whom a thing is kept, the earliest first.
pub(super) fn open_reservations(
    connection: &Connection,
    thing: ThingId,
) -> Result<Vec<Reservation>, StoreError> {
    reservations_where(
        connection,
        "thing = ?1 AND ended IS NULL ORDER BY from_ms",
        [thing.to_string()],
    )
}

/// The same for what is lent; nobody keeps one out of a stand.
pub(super) fn reservations_of(
    connection: &Connection,
    item: &Item,
) -> Result<Vec<Reservation>, StoreError> {
    match item.thing() {
        Some(thing) => open_reservations(connection, thing),
        None => Ok(Vec::new()),
    }
}

pub(super) fn renew(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    person: PersonId,
    loan: LoanId,
) -> Refusable<Loan, RenewRefusal> {
    let found = loan_by_id(&deed.tx, loan)?;
    let loan = match found {
        Some((loan, None)) if loan.borrower == person => loan,
        _ => return Ok(Err(RenewRefusal::Unknown)),
    };
    let Some(kind) = lent(kinds, &loan.kind) else {
        return Ok(Err(RenewRefusal::Never));
    };
    let kept = reservations_of(&deed.tx, &loan.item)?;
    let due = match reserving::renewed(kind, &loan, &kept, deed.at, deed.building.zone) {
        Ok(due) => due,
        Err(refused) => return Ok(Err(refused)),
    };
    let renewals = loan.renewals + 1;
    deed.record(Record::Renewed {
        loan: loan.id,
        due,
        renewals,
    })?;
    Ok(Ok(Loan {
        due,
        renewals,
        ..loan
    }))
}

/// Keeps this very thing for somebody.
pub(super) fn reserve(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    thing: ThingId,
    person: PersonId,
    slot: Slot,
) -> Refusable<ReservationId, ReserveRefusal> {
    let Some(found) = reading::thing(&deed.tx, thing)? else {
        return Ok(Err(ReserveRefusal::Unknown));
    };
    let Some(kind) = lent(kinds, &found.kind) else {
        return Ok(Err(ReserveRefusal::NotReservable));
    };
    let things = held(&deed.tx, &kind.id)?;
    Ok(keep(deed, kind, &things, Some(thing), person, slot)?.map(|kept| kept.reservation.id))
}

/// Keeps one of a kind for somebody: the first that is free then.
pub(super) fn reserve_one(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    order: &Order,
) -> Refusable<Receipt, ReserveRefusal> {
    let Some(kind) = lent(kinds, &order.kind) else {
        return Ok(Err(ReserveRefusal::NotReservable));
    };
    let things = held(&deed.tx, &kind.id)?;
    let person = order.holder.person;
    Ok(
        keep(deed, kind, &things, None, person, order.slot)?.map(|kept| Receipt {
            lapses: reserving::lapses(&kept.reservation),
            kept,
        }),
    )
}

/// Keeps the first of these that can be kept, or only this one.
fn keep(
    deed: &mut Deed<'_>,
    kind: &Kind,
    things: &[Held],
    only: Option<ThingId>,
    person: PersonId,
    slot: Slot,
) -> Refusable<Kept, ReserveRefusal> {
    let roles = people::roles(&deed.tx, person)?;
    if !kind.policy.who.iter().any(|role| roles.contains(role)) {
        return Ok(Err(ReserveRefusal::NotAllowed));
    }
    if kind.policy.reservable && slots::has_enough(kind, things, person, slot) {
        let limit = kind.policy.at_once;
        return Ok(Err(ReserveRefusal::LimitReached { limit }));
    }
    let mut refused = ReserveRefusal::Unknown;
    for held in things {
        if only.is_some_and(|only| only != held.thing.id) {
            continue;
        }
        let span = (slot.from, slot.until);
        let (state, out) = (held.thing.state, held.out.as_ref());
        match reserving::may_reserve(kind, state, span, &held.kept, out, deed.at) {
            Ok(()) => return Ok(Ok(enter(deed, held, person, slot)?)),
            Err(why) => refused = sooner(refused, why),
        }
    }
    Ok(Err(refused))
}

/// What to say of two things that cannot be had: when the first of them is free again, if that is it.
fn sooner(one: ReserveRefusal, other: ReserveRefusal) -> ReserveRefusal {
    match (&one, &other) {
        (ReserveRefusal::Taken { until: first }, ReserveRefusal::Taken { until }) => {
            let until = *first.min(until);
            ReserveRefusal::Taken { until }
        }
        (ReserveRefusal::Taken { .. }, _) => one,
        // That the time is over, or one is late, is said before that another is in repair.
        (
            ReserveRefusal::WrongTime | ReserveRefusal::Late { .. },
            ReserveRefusal::NotForLoan(_),
        ) => one,
        _ => other,
    }
}

fn enter(
    deed: &mut Deed<'_>,
    held: &Held,
    person: PersonId,
    slot: Slot,
) -> Result<Kept, StoreError> {
    let reservation = Reservation {
        id: ReservationId(deed.new_id()?),
        thing: held.thing.id,
        person,
        from: slot.from,
        until: slot.until,
    };
    deed.record(Record::Reserved {
        reservation: reservation.id,
        thing: reservation.thing,
        person,
        from: slot.from,
        until: slot.until,
    })?;
    let (before, next) = others_around(&held.kept, &reservation);
    Ok(Kept {
        before,
        next,
        reservation,
        kind: held.thing.kind.clone(),
        label: held.thing.label.clone(),
        state: held.thing.state,
    })
}

/// Every thing of a kind, with its loan and for whom it is kept.
fn held(connection: &Connection, kind: &KindId) -> Result<Vec<Held>, StoreError> {
    let mut things = reading::all_things(connection)?;
    things.retain(|thing| thing.kind == *kind);
    let with = |thing: crate::lending::Thing| {
        Ok(Held {
            kept: open_reservations(connection, thing.id)?,
            out: open_loan_of(connection, thing.id)?,
            thing,
        })
    };
    things.into_iter().map(with).collect()
}

/// What is kept for this person, the earliest first.
fn kept_for_person(connection: &Connection, person: PersonId) -> Result<Vec<Kept>, StoreError> {
    let found = reservations_where(
        connection,
        "person = ?1 AND ended IS NULL ORDER BY from_ms, id",
        [person.to_string()],
    )?;
    let mut kept = Vec::new();
    for reservation in found {
        if let Some(thing) = reading::thing(connection, reservation.thing)? {
            let all = open_reservations(connection, thing.id)?;
            let (before, next) = others_around(&all, &reservation);
            kept.push(Kept {
                before,
                next,
                reservation,
                kind: thing.kind,
                label: thing.label,
                state: thing.state,
            });
        }
    }
    Ok(kept)
}

/// What is not here any more is kept for nobody: whoever counted on it is told, which is an open
/// matter of whoever took it away. Says how many those are.
pub(super) fn release(
    deed: &mut Deed<'_>,
    thing: ThingId,
    doer: PersonId,
) -> Result<usize, StoreError> {
    let kept = open_reservations(&deed.tx, thing)?;
    for kept in &kept {
        cancel(deed, kept.id)?;
        let opening = Opening {
            cause: Cause::ReservationLost,
            about: kept.id.0,
            owner: Some(doer),
        };
        matters::open(deed, opening)?;
    }
    Ok(kept.len())
}

/// Until when somebody else has what is kept here before, and from when after.
fn others_around(
    all: &[Reservation],
    own: &Reservation,
) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let others = || all.iter().filter(|other| other.person != own.person);
    let before = others().map(|other| other.until);
    let after = others().map(|other| other.from);
    (
        before.filter(|until| *until <= own.from).max(),
        after.filter(|from| *from >= own.until).min(),
    )
}

/// Where a thing is, for whom it is kept.
fn whereabouts(connection: &Connection, kept: &Reservation) -> Result<Whereabouts, StoreError> {
    let latest = reading::latest_loan_of(connection, kept.thing)?;
    let thing = reading::thing(connection, kept.thing)?;
    let is_there = thing.is_some_and(|thing| thing.state == ThingState::Available);
    Ok(match latest {
        Some((loan, None)) if loan.borrower == kept.person => Whereabouts::WithThem,
        Some((_, None)) => Whereabouts::Away,
        _ if !is_there => Whereabouts::Away,
        Some((_, Some(back))) => Whereabouts::Here(Some(back)),
        None => Whereabouts::Here(None),
    })
}

/// A thing comes back: what its borrower had it for by then is over with it.
pub(super) fn end_with_loan(deed: &mut Deed<'_>, loan: &Loan) -> Result<(), StoreError> {
    for kept in reservations_of(&deed.tx, &loan.item)? {
        if reserving::is_spent(&kept, loan.borrower, deed.at) {
            deed.record(Record::ReservationEnded {
                reservation: kept.id,
                how: Ending::Fetched,
            })?;
        }
    }
    Ok(())
}

/// The time of a reservation went by.
fn lapse(deed: &mut Deed<'_>, kept: &Reservation, how: Passed) -> Result<(), StoreError> {
    deed.record(Record::ReservationEnded {
        reservation: kept.id,
        how: Ending::Lapsed,
    })?;
    match how {
        Passed::NobodyCame => Ok(()),
        Passed::NotHere => {
            let opening = Opening::unowned(Cause::ReservationLost, kept.id.0);
            matters::open(deed, opening).map(drop)
        }
    }
}

/// Ends an open reservation; says whether there was one.
pub(super) fn cancel(deed: &mut Deed<'_>, reservation: ReservationId) -> Result<bool, StoreError> {
    let open = reservations_where(
        &deed.tx,
        "id = ?1 AND ended IS NULL",
        [reservation.to_string()],
    )?;
    if open.is_empty() {
        return Ok(false);
    }
    let how = Ending::Cancelled;
    deed.record(Record::ReservationEnded { reservation, how })?;
    Ok(true)
}

impl Books {
    /// What is kept for this person, the earliest first.
    pub fn kept_for(&self, person: PersonId) -> Result<Vec<Kept>, StoreError> {
        kept_for_person(&self.connection, person)
    }

    /// How it looks for this person at the times that are offered for a kind; nothing for a kind that
    /// left the settings.
    pub fn vacancies(
        &self,
        kinds: &[Kind],
        person: PersonId,
        kind: &KindId,
        at: DateTime<Utc>,
    ) -> Result<Vec<Vacancy>, StoreError> {
        let Some(kind) = lent(kinds, kind) else {
            return Ok(Vec::new());
        };
        let things = held(&self.connection, &kind.id)?;
        Ok(slots::vacancies(kind, &things, person, &self.building, at))
    }

    /// Keeps one of a kind for somebody, by their own card.
    pub fn reserve_one(
        &mut self,
        kinds: &[Kind],
        order: &Order,
        at: DateTime<Utc>,
    ) -> Refusable<Receipt, ReserveRefusal> {
        let actor = Actor::of(&order.holder);
        self.perform("keep a thing for somebody", at, actor, |deed| {
            reserve_one(deed, kinds, order)
        })
    }

    /// Does not keep a thing any more, by the card of whom it was kept for. Nothing is written down
    /// where it was not kept any more, or is kept for somebody else.
    pub fn cancel_kept(
        &mut self,
        holder: &Holder,
        reservation: ReservationId,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let own = self.kept_for(holder.person)?;
        if !own.iter().any(|kept| kept.reservation.id == reservation) {
            return Ok(false);
        }
        let actor = Actor::of(holder);
        self.write("keep a thing no more", at, actor, |deed| {
            cancel(deed, reservation)
        })
    }

    /// Things whose time went by are free again. Says how many.
    pub fn release_reservations(&mut self, at: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut over = Vec::new();
        for kept in all_reservations(&self.connection)? {
            let is = whereabouts(&self.connection, &kept)?;
            over.extend(reserving::passed(&kept, is, at).map(|how| (kept, how)));
        }
        if over.is_empty() {
            return Ok(0);
        }
        self.write("let reservations lapse", at, Actor::default(), |deed| {
            for (kept, how) in &over {
                lapse(deed, kept, *how)?;
            }
            Ok(())
        })?;
        Ok(over.len())
    }
}
