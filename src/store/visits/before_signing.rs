//! What stands against signing in, asked as soon as it is known. The same rules have the last word when
//! it is signed; here nothing is written.

use super::Refusable;
use super::identity::{known_digest, likeness_of, likeness_with, not_admitted, on_the_books};
use super::known;
use super::reading::{READING, by_id, by_number, one, permit, permit_of, text};
use crate::people::{PersonId, TenantId, TenantState};
use crate::slips::SlipNumber;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::people;
use crate::store::words::from_word;
use crate::visits::flow::{Invited, Proven};
use crate::visits::rules::{permit_holds, permit_still_holds, within_window};
use crate::visits::{
    Identity, InvitationCode, Known, PermitId, SignInRefusal, Steps, Terms, Visit, VisitState, Who,
};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;

impl Books {
    /// Whoever the code of an invitation is for, or why it lets nobody in now. ● Whoever is like somebody
    /// on the list goes on to the signature, which reports it, as they would without a code.
    pub fn invited_now(
        &self,
        terms: &Terms,
        code: &InvitationCode,
        at: DateTime<Utc>,
    ) -> Refusable<Invited, SignInRefusal> {
        let Some(visit) = self.invitation(code)? else {
            return Ok(Err(SignInRefusal::UnknownInvitation));
        };
        if !is_listed(&self.connection, &Who::Invited(visit.id))? {
            granted!(holds(&self.connection, &visit, terms, at)?);
            let steps = terms.steps(visit.of);
            granted!(whom(&self.connection, steps, visit.host, visit.tenant)?);
            granted!(no_other(&self.connection, visit.visitor)?);
        } else if visit.state == VisitState::Inside {
            // The desk has looked, and let them in.
            granted!(no_other(&self.connection, visit.visitor)?);
        }
        let invited = self.invited(visit)?;
        Ok(invited.ok_or(SignInRefusal::UnknownInvitation))
    }

    /// Whether somebody who has just told their name and telephone is free to sign in.
    pub fn visitor_is_free(&self, who: &Identity) -> Refusable<(), SignInRefusal> {
        // Typed: no document was shown.
        let like = likeness_with(None, who);
        match on_the_books(&self.connection, who, &like)? {
            Some(person) => is_free(&self.connection, person),
            None => Ok(Ok(())),
        }
    }

    /// ● Whether the permit with this number holds today. Whoever is like somebody on the list goes on to
    /// the signature, which reports it.
    pub fn permit_holds(
        &self,
        number: &str,
        who: &Who,
        at: DateTime<Utc>,
    ) -> Refusable<(), SignInRefusal> {
        if is_listed(&self.connection, who)? {
            return Ok(Ok(()));
        }
        let today = self.building.local(at).date();
        Ok(holding(&self.connection, number, today)?.map(|_| ()))
    }

    /// Whether somebody may act with the number of a visit that they typed. Where a telephone was told,
    /// its last digits prove it.
    pub fn proven(&self, number: &SlipNumber, tail: Option<&str>) -> Result<Proven, StoreError> {
        let Some(visit) = by_number(&self.connection, number)? else {
            return Ok(Proven::Unknown);
        };
        let told = likeness_of(&self.connection, visit.visitor)?;
        let phone = told.map(|like| like.phone).unwrap_or_default();
        let asked = phone.len().checked_sub(4).map(|from| &phone[from..]);
        Ok(match (asked, tail) {
            (Some(_), None) => Proven::AsksTail,
            (Some(asked), Some(tail)) if asked != tail => Proven::WrongTail,
            (Some(_), Some(_)) => Proven::Stands(visit.state),
            (None, _) => Proven::Unprovable(visit.state),
        })
    }

    /// Somebody who was here before, with what holds of it now: a permit that is over is asked anew, and
    /// whoever is inside or waits is told so.
    pub(super) fn known_now(
        &self,
        known: Option<Known>,
        at: DateTime<Utc>,
    ) -> Result<Option<Known>, StoreError> {
        let Some(mut known) = known else {
            return Ok(None);
        };
        known.open = is_free(&self.connection, known.person)?.err();
        if let Some(last) = &mut known.last
            && !last.permit.is_empty()
            && self
                .permit_holds(&last.permit, &Who::Returning(known.person), at)?
                .is_err()
        {
            last.permit.clear();
        }
        Ok(Some(known))
    }
}

/// Whether this visitor has no open visit. ● Whoever is like somebody on the list goes on to the
/// signature, which reports it.
fn is_free(connection: &Connection, person: PersonId) -> Refusable<(), SignInRefusal> {
    match is_listed(connection, &Who::Returning(person))? {
        true => Ok(Ok(())),
        false => no_other(connection, person),
    }
}

/// Whether somebody is like an entry of the list of those who are not admitted.
fn is_listed(connection: &Connection, who: &Who) -> Result<bool, StoreError> {
    let like = match who {
        Who::Named(who) => {
            let document = who.document.as_ref();
            let digest = document.map(|number| known_digest(connection, number));
            Some(likeness_with(digest.transpose()?.flatten(), who))
        }
        Who::Returning(person) => likeness_of(connection, *person)?,
        Who::Invited(visit) => match by_id(connection, *visit)? {
            Some(visit) => likeness_of(connection, visit.visitor)?,
            None => None,
        },
    };
    Ok(match like {
        Some(like) => not_admitted(connection, &like)?.is_some(),
        None => false,
    })
}

/// Whether an announced visit may begin now.
pub(super) fn holds(
    connection: &Connection,
    visit: &Visit,
    terms: &Terms,
    at: DateTime<Utc>,
) -> Refusable<(), SignInRefusal> {
    match (visit.state, visit.window) {
        (VisitState::Announced, Some(window)) => Ok(within_window(window, at, terms)),
        (VisitState::Announced, None) => Ok(Ok(())),
        _ => Ok(Err(no_more(connection, visit)?)),
    }
}

/// ● Whether the permit somebody came with still holds; whoever needs none came with none.
pub(super) fn permit_stands(
    connection: &Connection,
    visit: &Visit,
    today: NaiveDate,
) -> Refusable<()> {
    Ok(match permit_of(connection, visit.id)? {
        Some((_, permit)) => permit_still_holds(permit, today),
        None => Ok(()),
    })
}

/// The permit with this number, where it holds on this day.
pub(super) fn holding(
    connection: &Connection,
    number: &str,
    today: NaiveDate,
) -> Refusable<PermitId, SignInRefusal> {
    let found = permit(connection, number)?;
    granted!(permit_holds(found.map(|(_, permit)| permit), today));
    Ok(found.map(|(id, _)| id).ok_or(SignInRefusal::PermitMissing))
}

/// Why an invitation that is no longer open lets nobody in. Whoever came with it and is still inside is told
/// that: they hold it up to leave.
fn no_more(connection: &Connection, visit: &Visit) -> Result<SignInRefusal, StoreError> {
    if let Err(open) = no_other(connection, visit.visitor)? {
        return Ok(open);
    }
    Ok(match (visit.state, visit.came_at, visit.window) {
        // Closing time was faster than the pen.
        (VisitState::Lapsed, None, Some((_, until))) => SignInRefusal::TooLate { until },
        (VisitState::Withdrawn, _, _) => SignInRefusal::InvitationWithdrawn,
        (VisitState::Left, _, _) => SignInRefusal::InvitationUsed,
        // It came to nothing, and is no invitation any more.
        _ => SignInRefusal::UnknownInvitation,
    })
}

/// The company visited, where host and company are still here.
pub(super) fn whom(
    connection: &Connection,
    steps: Steps,
    host: Option<PersonId>,
    tenant: Option<TenantId>,
) -> Refusable<Option<TenantId>, SignInRefusal> {
    if steps.host && host.is_none() || steps.tenant && host.is_none() && tenant.is_none() {
        return Ok(Err(SignInRefusal::NoHost));
    }
    let of_host = match host {
        Some(host) => {
            let sql = "SELECT coalesce(tenant, '') FROM persons WHERE id = ?1
                 AND EXISTS (SELECT 1 FROM person_roles WHERE person = persons.id)";
            match text(connection, sql, [host.to_string()])? {
                None => return Ok(Err(SignInRefusal::HostGone)),
                Some(id) if id.is_empty() => None,
                Some(id) => Some(from_word(id, READING, || "a host".to_owned())?),
            }
        }
        None => tenant,
    };
    let Some(tenant) = of_host else {
        return Ok(Ok(None));
    };
    Ok(match people::tenant(connection, tenant)?.state {
        TenantState::Moved => Err(SignInRefusal::HostGone),
        _ => Ok(Some(tenant)),
    })
}

/// One open visit a visitor.
pub(super) fn no_other(connection: &Connection, person: PersonId) -> Refusable<(), SignInRefusal> {
    let open = one(
        connection,
        "WHERE visit.visitor = ?1 AND visit.state IN ('waiting', 'admitted', 'inside')",
        [person.to_string()],
    )?;
    Ok(match open {
        Some(Visit {
            state: VisitState::Inside,
            number: Some(number),
            ..
        }) => Err(SignInRefusal::AlreadyInside { number }),
        Some(Visit {
            state,
            host,
            number: Some(number),
            ..
        }) => Err(SignInRefusal::AlreadyWaiting {
            number,
            host: known::host(connection, host)?,
            is_admitted: state == VisitState::Admitted,
        }),
        _ => Ok(()),
    })
}
