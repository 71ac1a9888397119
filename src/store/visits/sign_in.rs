//! Signing in, and going in once somebody has said yes.

use super::before_signing::{holding, holds, no_other, permit_stands, whom};
use super::identity::{likeness, likeness_of, not_admitted, on_the_books, visitor};
use super::matching::{not_listed_since, report};
use super::reading::{READING, by_id, by_number, one, text};
use super::{Refusable, cut, execute};
use crate::matters::{Cause, Opening};
use crate::people::{Language, PersonId, TenantId};
use crate::slips::{Paper, PrintJobId, SlipNumber};
use crate::store::books::{Books, Deed};
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::words::from_word;
use crate::store::{matters, people, slips};
use crate::visits::flow::HostLine;
use crate::visits::rules::{Certainty, after_coming};
use crate::visits::{
    DoNotAdmitId, EnteredReceipt, Identity, InvitationCode, PermitId, Record, SignInOrder,
    SignInRefusal, SignedIn, Terms, Visit, VisitId, VisitRefusal, VisitState, VisitorType, WhereTo,
    Who, slip,
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

impl Books {
    /// Signs a visitor in: in at once, waiting for a yes, or sent to the desk.
    pub fn sign_in(
        &mut self,
        terms: &Terms,
        order: &SignInOrder,
        at: DateTime<Utc>,
    ) -> Result<Result<SignedIn, SignInRefusal>, StoreError> {
        self.perform("sign a visitor in", at, Actor::default(), |deed| {
            sign_in(deed, terms, order)
        })
    }

    /// ● Reports whoever shows the document of somebody on the list, at once and before anything else is
    /// asked. Says whether they are to see the desk.
    pub fn report_document(
        &mut self,
        who: &Identity,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let told = self.perform("report a document", at, Actor::default(), |deed| {
            let like = likeness(deed, who)?;
            let Some((entry, Certainty::Certain)) = not_admitted(&deed.tx, &like)? else {
                return Ok(Ok(None));
            };
            let person = on_the_books(&deed.tx, who, &like)?;
            Ok(certainly_listed(deed, entry, person)?.map(Some))
        })?;
        // Whoever is waited for already after a look is told so when they sign.
        Ok(matches!(told, Ok(Some(SignedIn::SeeTheDesk))))
    }

    /// Lets in a visitor to whom somebody has said yes; the slip prints now.
    pub fn enter_visitor(
        &mut self,
        number: &SlipNumber,
        language: Language,
        at: DateTime<Utc>,
    ) -> Result<Result<EnteredReceipt, VisitRefusal>, StoreError> {
        let done = self.perform("let a visitor in", at, Actor::default(), |deed| {
            let Some(visit) = by_number(&deed.tx, number)? else {
                return Ok(Err(VisitRefusal::Unknown));
            };
            if let Err(listed) = not_listed_since(deed, &visit)? {
                return Ok(Ok(Err(listed)));
            }
            match visit.state {
                VisitState::Admitted => {
                    granted!(permit_stands(&deed.tx, &visit, deed.today())?);
                    Ok(Ok(Ok(enter(deed, &visit, language)?)))
                }
                // The desk was faster: where to go is told once more, and nothing happens twice.
                VisitState::Inside => Ok(Ok(Ok(EnteredReceipt {
                    visit: visit.id,
                    number: number.clone(),
                    job: None,
                    to: where_to(deed, &visit)?,
                    host: asks_for(&deed.tx, &visit)?,
                }))),
                state => Ok(Err(VisitRefusal::Stands(state))),
            }
        })?;
        Ok(done.flatten())
    }

    /// The visit that was announced with a code, wherever it stands now.
    pub fn invitation(&self, code: &InvitationCode) -> Result<Option<Visit>, StoreError> {
        one(
            &self.connection,
            "WHERE visit.id = (SELECT visit FROM visit_codes WHERE code = ?1)",
            [code.digits()],
        )
    }
}

fn sign_in(
    deed: &mut Deed<'_>,
    terms: &Terms,
    order: &SignInOrder,
) -> Refusable<SignedIn, SignInRefusal> {
    let invited = match &order.who {
        Who::Invited(visit) => match by_id(&deed.tx, *visit)? {
            Some(visit) => Some(visit),
            None => return Ok(Err(SignInRefusal::UnknownInvitation)),
        },
        _ => None,
    };
    let of = invited.as_ref().map_or(order.of, |visit| visit.of);
    let is_signed = order.signature.is_written();
    if terms.steps(of).signature && !is_signed {
        return Ok(Err(SignInRefusal::NotSigned));
    }
    let like = match (&order.who, &invited) {
        (Who::Named(who), _) => {
            let named = [&who.name.chinese, &who.name.latin];
            if named
                .into_iter()
                .flatten()
                .all(|name| name.trim().is_empty())
            {
                return Ok(Err(SignInRefusal::NoName));
            }
            Some(likeness(deed, who)?)
        }
        (Who::Returning(person), _) => likeness_of(&deed.tx, *person)?,
        (_, Some(visit)) => likeness_of(&deed.tx, visit.visitor)?,
        _ => None,
    };
    let Some(like) = like else {
        return Ok(Err(SignInRefusal::UnknownVisitor));
    };
    // ● Reported at once, whatever else stands against the visit. A certain match is no new visit; a possible
    // one waits until the desk has looked.
    let matched = not_admitted(&deed.tx, &like)?;
    if let Some((entry, Certainty::Certain)) = matched {
        let person = match (&order.who, &invited) {
            (Who::Named(who), _) => on_the_books(&deed.tx, who, &like)?,
            (Who::Returning(person), _) => Some(*person),
            (_, visit) => visit.as_ref().map(|visit| visit.visitor),
        };
        return certainly_listed(deed, entry, person);
    }
    let Allowed {
        of,
        permit,
        host,
        tenant,
    } = match (allowed(deed, terms, order, invited.as_ref())?, matched) {
        (Ok(allowed), _) => allowed,
        // The desk has looked already, or looks just now.
        (Err(inside @ SignInRefusal::AlreadyInside { .. }), _) => return Ok(Err(inside)),
        (Err(waiting @ SignInRefusal::AlreadyWaiting { .. }), Some(matched)) => {
            return told_again(deed, waiting, matched);
        }
        (Err(_), Some((entry, certainty))) => return no_visit(deed, entry, certainty),
        (Err(refusal), None) => return Ok(Err(refusal)),
    };
    let visit = match &invited {
        Some(visit) => visit.id,
        None => VisitId(deed.new_id()?),
    };
    let person = match (&order.who, &invited) {
        (Who::Named(who), _) => visitor(deed, who, &like, &order.company, order.language)?,
        (Who::Returning(person), _) => *person,
        (_, Some(visit)) => visit.visitor,
        _ => return Ok(Err(SignInRefusal::UnknownVisitor)),
    };
    match (no_other(&deed.tx, person)?, matched) {
        (Err(waiting @ SignInRefusal::AlreadyWaiting { .. }), Some(matched)) => {
            return told_again(deed, waiting, matched);
        }
        (free, _) => granted!(free),
    }
    if let Some((entry, certainty)) = matched {
        alert(deed, visit, entry, certainty)?;
    }
    let number = slips::next_number(&deed.tx, deed.building.device, deed.today())?;
    let state = match matched {
        Some(_) => VisitState::Waiting,
        None => after_coming(of, invited.is_some(), terms),
    };
    deed.record(Record::Came {
        visit,
        of,
        visitor: person,
        host,
        tenant,
        permit,
        number: number.clone(),
        state,
        invited: invited.is_some(),
        carries: !order.things.trim().is_empty(),
    })?;
    // What was signed is known with the signature: which words stood over it.
    let notice = is_signed.then(|| terms.notice_version());
    let signature = serde_json::json!({
        "notice": notice.unwrap_or_default(),
        "strokes": order.signature,
    })
    .to_string();
    execute(
        &deed.tx,
        "INSERT INTO visit_details (visit, purpose, things, signature) VALUES (?1, ?2, ?3, ?4)",
        params![
            visit.to_string(),
            cut(&order.purpose),
            cut(&order.things),
            signature
        ],
    )?;
    if matched.is_some() {
        return Ok(Ok(SignedIn::SeeTheDesk));
    }
    if state == VisitState::Waiting {
        return Ok(Ok(SignedIn::Waiting { visit, number }));
    }
    match by_id(&deed.tx, visit)? {
        Some(visit) => Ok(Ok(SignedIn::Inside(enter(deed, &visit, order.language)?))),
        None => Ok(Err(SignInRefusal::UnknownInvitation)),
    }
}

/// What the rules leave of what was told.
struct Allowed {
    of: VisitorType,
    permit: Option<PermitId>,
    host: Option<PersonId>,
    tenant: Option<TenantId>,
}

/// Whether the invitation is for now, the permit holds, and host and company are still here.
fn allowed(
    deed: &Deed<'_>,
    terms: &Terms,
    order: &SignInOrder,
    invited: Option<&Visit>,
) -> Refusable<Allowed, SignInRefusal> {
    if let Some(visit) = invited {
        granted!(holds(&deed.tx, visit, terms, deed.at)?);
    }
    let of = invited.map_or(order.of, |visit| visit.of);
    let steps = terms.steps(of);
    let permit = match steps.permit {
        true => Some(granted!(holding(&deed.tx, &order.permit, deed.today())?)),
        false => None,
    };
    let (host, tenant) = match invited {
        Some(visit) => (visit.host, visit.tenant),
        None => (order.host, order.tenant),
    };
    let tenant = granted!(whom(&deed.tx, steps, host, tenant)?);
    Ok(Ok(Allowed {
        of,
        permit,
        host,
        tenant,
    }))
}

/// Somebody who is, or may be, on the list signs in once more: they are told the same while nobody has answered
/// for it, and after a look what anybody is told who waits. ● Who was entered only since is reported now.
fn told_again(
    deed: &mut Deed<'_>,
    waiting: SignInRefusal,
    matched: (DoNotAdmitId, Certainty),
) -> Refusable<SignedIn, SignInRefusal> {
    let SignInRefusal::AlreadyWaiting { number, .. } = &waiting else {
        return Ok(Err(waiting));
    };
    let Some(visit) = by_number(&deed.tx, number)? else {
        return Ok(Err(waiting));
    };
    Ok(match report(deed, visit.id, matched)? {
        Some(_) => Ok(SignedIn::SeeTheDesk),
        None => Err(waiting),
    })
}

/// Somebody is on the list for certain: the desk is told, and there is no visit.
fn certainly_listed(
    deed: &mut Deed<'_>,
    entry: DoNotAdmitId,
    person: Option<PersonId>,
) -> Refusable<SignedIn, SignInRefusal> {
    // Whoever waits already is reported where they wait, so that nobody says yes to them.
    if let Some(person) = person
        && let Err(waiting @ SignInRefusal::AlreadyWaiting { .. }) = no_other(&deed.tx, person)?
    {
        return told_again(deed, waiting, (entry, Certainty::Certain));
    }
    no_visit(deed, entry, Certainty::Certain)
}

/// The desk is told of an attempt that becomes no visit.
fn no_visit(
    deed: &mut Deed<'_>,
    entry: DoNotAdmitId,
    certainty: Certainty,
) -> Refusable<SignedIn, SignInRefusal> {
    let attempt = VisitId(deed.new_id()?);
    alert(deed, attempt, entry, certainty)?;
    Ok(Ok(SignedIn::SeeTheDesk))
}

/// Tells the desk that somebody is, or may be, on the list.
pub(super) fn alert(
    deed: &mut Deed<'_>,
    visit: VisitId,
    entry: DoNotAdmitId,
    certainty: Certainty,
) -> Result<(), StoreError> {
    deed.record(Record::Alerted {
        visit,
        entry,
        certainty,
    })?;
    matters::open(deed, Opening::unowned(Cause::VisitorNotAdmitted, visit.0))?;
    Ok(())
}

pub(super) fn enter(
    deed: &mut Deed<'_>,
    visit: &Visit,
    language: Language,
) -> Result<EnteredReceipt, StoreError> {
    let number = visit.number.clone().ok_or_else(|| StoreError::Unreadable {
        doing: READING,
        row: format!("visit {}", visit.id),
    })?;
    let to = where_to(deed, visit)?;
    let host = asks_for(&deed.tx, visit)?;
    let job = PrintJobId(deed.new_id()?);
    deed.record(Record::Entered {
        visit: visit.id,
        number: number.clone(),
        job,
    })?;
    let asked_for = host.as_ref().map(|host| host.masked.text(language));
    let slip = slip::visit(
        deed.building,
        &number,
        asked_for,
        to.as_ref(),
        deed.at,
        language,
    );
    let company = text(
        &deed.tx,
        "SELECT company FROM visitors WHERE person = ?1",
        [visit.visitor.to_string()],
    )?;
    let badge = visit.name.as_ref().map(|name| {
        let wearer = slip::Wearer {
            name,
            of: visit.of,
            company: company.as_deref().unwrap_or_default(),
        };
        let to = to.as_ref();
        slip::badge(
            deed.building,
            &number,
            wearer,
            asked_for,
            to,
            deed.at,
            language,
        )
    });
    let paper = Paper { slip, label: badge };
    slips::keep_paper(&deed.tx, job, &paper)?;
    Ok(EnteredReceipt {
        visit: visit.id,
        number,
        job: Some(job),
        to,
        host,
    })
}

/// The company of a visit and its first room; none for one of the property office.
fn where_to(deed: &Deed<'_>, visit: &Visit) -> Result<Option<WhereTo>, StoreError> {
    let Some(tenant) = visit.tenant else {
        return Ok(None);
    };
    let tenant = people::tenant(&deed.tx, tenant)?;
    let room = tenant.rooms.first().cloned().unwrap_or_default();
    let tenant = tenant.name;
    Ok(Some(WhereTo { tenant, room }))
}

/// Whom a visitor is for: the host, or else the member of staff who answers for the work; nobody for
/// somebody who visits a company, or rooms.
pub(super) fn whose(
    connection: &Connection,
    visit: &Visit,
) -> Result<Option<PersonId>, StoreError> {
    if visit.host.is_some() {
        return Ok(visit.host);
    }
    text(
        connection,
        "SELECT permit.answers FROM visits AS visit
         JOIN visit_permits AS permit ON permit.id = visit.permit WHERE visit.id = ?1",
        [visit.id.to_string()],
    )?
    .map(|id| from_word(id, READING, || format!("visit {}", visit.id)))
    .transpose()
}

/// Whom a visitor asks for, behind a mask.
fn asks_for(connection: &Connection, visit: &Visit) -> Result<Option<HostLine>, StoreError> {
    let Some(person) = whose(connection, visit)? else {
        return Ok(None);
    };
    Ok(people::name(connection, person)?.map(|name| HostLine {
        person,
        masked: name.masked_in_both(),
    }))
}
