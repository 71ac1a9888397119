//! What the desk does meanwhile: saying yes, letting in and out, keys over the counter, mail by the
//! bag, rounds, the look at what came back, the keeper's check. And somebody who may do none of it.

mod keys;
mod mail;
mod visits;

pub use keys::evening;

use super::SimulateError;
use super::lobby::Lobby;
use super::world::World;
use crate::desk::event::{Order, Outcome, Refusal};
use crate::desk::lending::LendingOrder;
use crate::desk::services::{
    KeyOrder, MailOrder, ServiceDone, ServiceOrder, ServiceRefusal, VisitOrder,
};
use crate::keys::KeyRefusal;
use crate::kiosk::event::CodeMeaning;
use crate::lending::check::questions;
use crate::lending::{Answered, Question, ThingState};
use crate::mail::desk::MailRefusal;
use crate::visits::VisitRefusal;

/// A rule that the desk saw broken; none where all is well.
pub type Broken = Option<String>;

/// Does one thing, whatever is to be done.
pub fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.u8(..12) {
        0..5 => visits::act(random, lobby, world),
        5..7 => keys::act(random, lobby, world),
        7..10 => mail::act(random, lobby, world),
        10 => look_at_a_thing(lobby, world),
        _ => audit(random, lobby),
    }
}

/// The supervisor does this; what was done, or nothing where it was refused.
fn done(lobby: &mut Lobby, order: ServiceOrder) -> Result<Option<ServiceDone>, SimulateError> {
    let supervisor = lobby.town.supervisor;
    Ok(match lobby.order(supervisor, &Order::Service(order))? {
        Ok(Outcome::Service(done)) => Some(done),
        _ => None,
    })
}

/// What stands at the desk is looked at, and goes on the shelf again.
fn look_at_a_thing(lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    let Some(tag) = world.things.at_desk.first().cloned() else {
        return Ok(None);
    };
    let meaning = lobby.read().read_code(&tag, lobby.now)?;
    let CodeMeaning::Thing(thing, None) = meaning else {
        return Ok(Some(format!("{tag} stands at the desk, and {meaning:?}")));
    };
    let kinds = super::town::house().kinds;
    let kind = kinds.iter().find(|kind| kind.id == thing.kind);
    let asked = kind.map(questions).unwrap_or_default();
    let look = |yes| LendingOrder::Check {
        thing: thing.id,
        answers: asked
            .iter()
            .map(|question| Answered {
                question: *question,
                yes: Some(yes),
            })
            .collect(),
        to: ThingState::Available,
    };
    let supervisor = lobby.town.supervisor;
    // ● No PC goes on the shelf with data on it.
    if asked.contains(&Question::Wiped) {
        let unwiped = lobby.order(supervisor, &Order::Lending(look(false)))?;
        if unwiped.is_ok() {
            return Ok(Some(format!("{tag} went on the shelf with data on it")));
        }
    }
    let looked = lobby.order(supervisor, &Order::Lending(look(true)))?;
    if let Err(refusal) = looked {
        return Ok(Some(format!("{tag} does not go back: {refusal:?}")));
    }
    world.things.at_desk.retain(|other| *other != tag);
    Ok(None)
}

/// ● A role does what its row of the permission table says: whoever may only read is refused.
fn audit(random: &mut fastrand::Rng, lobby: &mut Lobby) -> Result<Broken, SimulateError> {
    let orders = [
        ServiceOrder::Visits(VisitOrder::PrintRollCall),
        ServiceOrder::Keys(KeyOrder::BeginCheck),
        ServiceOrder::Mail(MailOrder::CloseBatch),
    ];
    let order = orders[random.usize(..orders.len())].clone();
    let auditor = lobby.town.auditor;
    let before = lobby.read().length()?;
    let told = lobby.order(auditor, &Order::Service(order.clone()))?;
    let is_refused = matches!(
        told,
        Err(Refusal::NotPermitted(_)
            | Refusal::Service(
                ServiceRefusal::Visit(VisitRefusal::NotPermitted { .. })
                    | ServiceRefusal::Key(KeyRefusal::NotPermitted(_))
                    | ServiceRefusal::Mail(MailRefusal::NotPermitted { .. })
            ))
    );
    let wrote = lobby.read().length()? != before;
    Ok((!is_refused || wrote).then(|| format!("an auditor did {order:?}: {told:?}")))
}
