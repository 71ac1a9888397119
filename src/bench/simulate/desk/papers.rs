//! Permits and the list: firms are given permits and lose them again, and now and then somebody is not
//! admitted any more by the document that they showed.

use super::{Broken, done, refused};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::Seen;
use crate::bench::simulate::world::{HeldPermit, World};
use crate::desk::services::{ServiceDone, ServiceOrder, ServiceRefusal, VisitOrder};
use crate::people::PersonName;
use crate::visits::{DoNotAdmit, DocumentNumber, Identity, Permit, VisitRefusal};
use chrono::TimeDelta;

/// How many may be on the list by their document: somebody has to be left who is not.
const MOST_LISTED: usize = 5;

/// Does one thing about papers.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.u8(..12) {
        0..6 => enter(random, lobby, world),
        6..8 => withdraw(random, lobby, world),
        8 => not_staff(random, lobby, world),
        9 => lift(random, lobby, world),
        _ => bar(random, lobby, world),
    }
}

/// A firm is given a permit: one whose number is in use is refused, and so is one that is over.
fn enter(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let today = lobby.house.building.local(lobby.now).date();
    let from = today + TimeDelta::days(random.i64(-3..2));
    let permit = Permit {
        number: format!("SG-{}", random.u8(1..12)),
        company: "Far Mountain".to_owned(),
        answers: world.staff[random.usize(..world.staff.len())].person,
        from,
        until: from + TimeDelta::days(random.i64(-1..4)),
    };
    let papers = &mut world.visits.papers;
    let known = papers.numbered(&permit.number);
    let is_known = known.is_some_and(|place| !papers.permits[place].is_withdrawn);
    let expected = match &permit {
        permit if permit.until < permit.from => Some(VisitRefusal::Days),
        permit if permit.until < today => Some(VisitRefusal::PermitOver),
        _ if is_known => Some(VisitRefusal::PermitKnown),
        _ => None,
    };
    let order = ServiceOrder::Visits(VisitOrder::EnterPermit(permit.clone()));
    if let Some(expected) = expected {
        let stop = ServiceRefusal::Visit(expected);
        return refused(lobby, order, &stop);
    }
    match done(lobby, order)? {
        Some(ServiceDone::PermitEntered(until)) if until == permit.until => {
            papers.permits.push(HeldPermit {
                permit,
                is_withdrawn: false,
            });
            papers.seen.add(Seen::PermitEntered);
            Ok(None)
        }
        other => Ok(Some(format!("{permit:?} is not entered: {other:?}"))),
    }
}

/// ● Nobody from outside the property office answers for work.
fn not_staff(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &World,
) -> Result<Broken, SimulateError> {
    let today = lobby.house.building.local(lobby.now).date();
    let order = VisitOrder::EnterPermit(Permit {
        number: "SG-77".to_owned(),
        company: "Far Mountain".to_owned(),
        answers: world.cards[random.usize(..world.cards.len())].person,
        from: today,
        until: today,
    });
    let stop = ServiceRefusal::Visit(VisitRefusal::NobodyAnswers);
    refused(lobby, ServiceOrder::Visits(order), &stop)
}

/// The desk takes a permit back; a second time there is none to take.
fn withdraw(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let facts = lobby.read().registers(lobby.now)?;
    let Some(fact) = random.choice(&facts.permits) else {
        return Ok(None);
    };
    let papers = &mut world.visits.papers;
    let own = papers.numbered(&fact.number);
    let held = own.map(|place| &mut papers.permits[place]);
    let Some(held) = held.filter(|held| !held.is_withdrawn) else {
        return Ok(Some(format!(
            "{} is in the books and no firm has it",
            fact.number
        )));
    };
    let order = ServiceOrder::Visits(VisitOrder::WithdrawPermit(fact.permit));
    match done(lobby, order.clone())? {
        Some(ServiceDone::PermitWithdrawn) => {
            held.is_withdrawn = true;
            papers.seen.add(Seen::PermitWithdrawn);
            let stop = ServiceRefusal::Visit(VisitRefusal::NoPermit);
            refused(lobby, order, &stop)
        }
        other => Ok(Some(format!(
            "{} is not taken back: {other:?}",
            fact.number
        ))),
    }
}

/// Somebody is not admitted from now on, by the document in their pocket: whether they wait, are inside
/// or far away.
fn bar(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let list = &world.visits.papers;
    // Mostly somebody who stands at the lodge just then.
    let waiting = lobby.read().visits_waiting()?;
    let waiting = waiting.iter();
    let shown = waiting.filter_map(|visit| list.document_of(visit.visitor));
    let shown: Vec<String> = shown.cloned().collect();
    let callers = world.visits.callers.iter();
    let papers = callers.filter_map(|caller| caller.paper.as_ref());
    let papers: Vec<String> = papers.map(|paper| paper.number.clone()).collect();
    let chosen = random.choice(&shown).filter(|_| random.u8(..4) > 0);
    let Some(number) = chosen.or_else(|| random.choice(&papers)) else {
        return Ok(None);
    };
    let list = &mut world.visits.papers;
    if list.listed.len() >= MOST_LISTED || list.listed.contains(number) {
        return Ok(None);
    }
    let order = VisitOrder::DoNotAdmit(DoNotAdmit {
        who: Identity {
            name: PersonName::default(),
            phone: String::new(),
            document: Some(DocumentNumber(number.clone())),
        },
        // By which the entry is known again.
        reason: number.clone(),
    });
    match done(lobby, ServiceOrder::Visits(order))? {
        Some(ServiceDone::Barred) => {
            list.listed.insert(number.clone());
            list.were_listed.insert(number.clone());
            list.seen.add(Seen::Barred);
            Ok(None)
        }
        other => Ok(Some(format!(
            "nobody could be barred by document: {other:?}"
        ))),
    }
}

/// Somebody who was on the list by their document is admitted again; a second time there is no entry.
fn lift(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let facts = lobby.read().registers(lobby.now)?;
    // The desk reads no document's number there; who was barred here is known by the reason.
    let listed = &world.visits.papers.listed;
    let by_document = facts.barred.iter();
    let by_document = by_document.filter(|fact| listed.contains(&fact.reason));
    let by_document = by_document.map(|fact| (fact.entry, fact.reason.clone()));
    let by_document: Vec<_> = by_document.collect();
    let Some((entry, document)) = random.choice(&by_document).cloned() else {
        return Ok(None);
    };
    let order = ServiceOrder::Visits(VisitOrder::AdmitAgain(entry));
    match done(lobby, order.clone())? {
        Some(ServiceDone::AdmittedAgain) => {
            let list = &mut world.visits.papers;
            list.listed.remove(&document);
            list.seen.add(Seen::Lifted);
            let stop = ServiceRefusal::Visit(VisitRefusal::Unknown);
            refused(lobby, order, &stop)
        }
        other => Ok(Some(format!("nobody is admitted again: {other:?}"))),
    }
}
