//! Reservations and renewals, in the books.

use super::Refusable;
use super::around::{all_reservations, reservations_where};
use super::out::lent;
use super::reading::{self, loan_by_id, open_loan_of};
use crate::lending::record::Record;
use crate::lending::reserving::{self, Ending};
use crate::lending::{
    Kind, Loan, LoanId, RenewRefusal, Reservation, ReservationId, ReserveRefusal, ThingId,
};
use crate::people::PersonId;
use crate::store::books::{Books, Deed};
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::people;
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
    let kept = match &loan.item {
        crate::lending::Item::Tagged { thing, .. } => open_reservations(&deed.tx, *thing)?,
        crate::lending::Item::Pooled => Vec::new(),
    };
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

pub(super) fn reserve(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    thing: ThingId,
    person: PersonId,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> Refusable<ReservationId, ReserveRefusal> {
    let Some(found) = reading::thing(&deed.tx, thing)? else {
        return Ok(Err(ReserveRefusal::Unknown));
    };
    let Some(kind) = lent(kinds, &found.kind) else {
        return Ok(Err(ReserveRefusal::NotReservable));
    };
    let roles = people::roles(&deed.tx, person)?;
    if !kind.policy.who.iter().any(|role| roles.contains(role)) {
        return Ok(Err(ReserveRefusal::NotAllowed));
    }
    let others = open_reservations(&deed.tx, thing)?;
    let out = open_loan_of(&deed.tx, thing)?;
    let may = reserving::may_reserve(kind, found.state, span, &others, out.as_ref(), deed.at);
    if let Err(refused) = may {
        return Ok(Err(refused));
    }
    let reservation = ReservationId(deed.new_id()?);
    deed.record(Record::Reserved {
        reservation,
        thing,
        person,
        from: span.0,
        until: span.1,
    })?;
    Ok(Ok(reservation))
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
    /// Things that nobody fetched are free again. Says how many.
    pub fn release_reservations(&mut self, at: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut lapsed = all_reservations(&self.connection)?;
        lapsed.retain(|kept| reserving::lapses(kept, at));
        if lapsed.is_empty() {
            return Ok(0);
        }
        let count = lapsed.len();
        self.write("let reservations lapse", at, Actor::default(), |deed| {
            for kept in lapsed {
                deed.record(Record::ReservationEnded {
                    reservation: kept.id,
                    how: Ending::Lapsed,
                })?;
            }
            Ok(())
        })?;
        Ok(count)
    }
}
