//! Temporary cards at the desk: given with a visit, taken back, written off.

use super::{Broken, done, refused};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::town;
use crate::bench::simulate::world::{Pass, World};
use crate::desk::services::{ServiceDone, ServiceOrder, ServiceRefusal, VisitOrder};
use crate::visits::{Visit, VisitId, VisitRefusal};

/// Does one thing about temporary cards.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.u8(..10) {
        0 => too_early(random, lobby, world),
        1..6 => issue(random, lobby, world),
        6..9 => comes_back(random, lobby, world),
        _ => write_off(random, lobby, world),
    }
}

/// Whoever is not inside gets none.
fn too_early(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &World,
) -> Result<Broken, SimulateError> {
    let waiting = lobby.read().visits_waiting()?;
    let (Some(visit), Some(card)) = (random.choice(&waiting), world.passes.in_box.first()) else {
        return Ok(None);
    };
    let order = VisitOrder::IssueCard(visit.id, town::credential(*card));
    let stop = ServiceRefusal::Visit(VisitRefusal::Stands(visit.state));
    refused(lobby, ServiceOrder::Visits(order), &stop)
}

/// One goes out with a visit; a visit has one at most, and nobody else's card goes out.
fn issue(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let inside = lobby.read().inside_now()?;
    let Some(visit) = random.choice(&inside) else {
        return Ok(None);
    };
    let number = number(visit);
    let in_box: Vec<u64> = world.passes.in_box.iter().copied().collect();
    let taken: Vec<u64> = match random.u8(..3) {
        0 => world.cards.iter().map(|card| card.number).collect(),
        _ => world.passes.out.keys().copied().collect(),
    };
    let has_one = world.passes.of_visit(&number).is_some();
    let from_box = random.choice(&in_box).filter(|_| random.u8(..6) > 0);
    let Some(card) = from_box.or_else(|| random.choice(&taken)) else {
        return Ok(None);
    };
    let order = ServiceOrder::Visits(VisitOrder::IssueCard(visit.id, town::credential(*card)));
    let is_free = world.passes.in_box.contains(card);
    match (has_one, is_free) {
        (true, _) => {
            let stop = ServiceRefusal::Visit(VisitRefusal::HasCard);
            refused(lobby, order, &stop)
        }
        (false, false) => {
            let stop = ServiceRefusal::Visit(VisitRefusal::CardTaken);
            refused(lobby, order, &stop)
        }
        (false, true) => match done(lobby, order)? {
            Some(ServiceDone::CardOut) => {
                let visitor = visit.visitor;
                let pass = Pass {
                    visit: number,
                    visitor,
                };
                world.passes.goes_out(*card, pass);
                Ok(None)
            }
            other => Ok(Some(format!("{number} got no card: {other:?}"))),
        },
    }
}

/// One is laid on the counter: mostly of somebody who has left. One that is not out is not taken.
fn comes_back(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let late = late(lobby, world);
    let out: Vec<u64> = world.passes.out.keys().copied().collect();
    // Some hand theirs in before they leave.
    let chosen = match random.u8(..3) {
        0 => random.choice(&out),
        _ => random.choice(&late),
    };
    let Some(card) = chosen else {
        return Ok(None);
    };
    let order = ServiceOrder::Visits(VisitOrder::ReturnCard(town::credential(*card)));
    match done(lobby, order.clone())? {
        Some(ServiceDone::CardBack) => {
            world.passes.comes_back(*card);
            let stop = ServiceRefusal::Visit(VisitRefusal::CardNotOut);
            refused(lobby, order, &stop)
        }
        other => Ok(Some(format!("a card is not taken back: {other:?}"))),
    }
}

/// ○ One that will never come back is written off, with a reason; it is out no more, and nobody may
/// bring it.
fn write_off(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let late = late(lobby, world);
    // The box must not run empty.
    let few = world.passes.gone.len() >= 4;
    let Some(card) = random.choice(&late).filter(|_| !few) else {
        return Ok(None);
    };
    let visit = world.passes.out[card].visit.clone();
    let mut row = None;
    for out in lobby.read().cards_out()? {
        if number_of(lobby, out.visit)? == visit {
            row = Some(out.card);
        }
    }
    let Some(id) = row else {
        return Ok(Some(format!("the card of {visit} is not listed")));
    };
    // Nobody writes off without a reason.
    let silent = VisitOrder::CardGone(id, String::new());
    let stop = ServiceRefusal::Visit(VisitRefusal::Empty);
    if let Some(what) = refused(lobby, ServiceOrder::Visits(silent), &stop)? {
        return Ok(Some(what));
    }
    let order = VisitOrder::CardGone(id, "does not answer the telephone".to_owned());
    match done(lobby, ServiceOrder::Visits(order))? {
        Some(ServiceDone::CardGone) => {
            world.passes.is_gone(*card);
            let order = VisitOrder::ReturnCard(town::credential(*card));
            let stop = ServiceRefusal::Visit(VisitRefusal::CardNotOut);
            refused(lobby, ServiceOrder::Visits(order), &stop)
        }
        other => Ok(Some(format!("the card of {visit} is not gone: {other:?}"))),
    }
}

/// Cards whose visits are over.
fn late(lobby: &Lobby, world: &World) -> Vec<u64> {
    let out = world.passes.out.keys();
    let late = out.filter(|card| !lobby.passes.contains_key(card));
    late.copied().collect()
}

fn number(visit: &Visit) -> String {
    let number = visit.number.as_ref();
    number.map(ToString::to_string).unwrap_or_default()
}

fn number_of(lobby: &Lobby, visit: VisitId) -> Result<String, SimulateError> {
    let visit = lobby.read().visit(visit)?;
    Ok(visit.as_ref().map(number).unwrap_or_default())
}
