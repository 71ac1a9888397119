//! Open matters: taken, handed over and closed, and what nobody owns is not closed.

use super::Broken;
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::Seen;
use crate::bench::simulate::world::World;
use crate::desk::event::{Order, Refusal};
use crate::matters::{Cause, Matter, MatterRefusal, Move};
use crate::people::PersonId;

/// Whether a matter is over when somebody at the desk says so. The others are over when what they are
/// about is, and the world knows when.
fn ends_by_hand(cause: Cause) -> bool {
    !cause.awaits_decision()
        && !cause.lasts_until_key_is_back()
        && !matches!(
            cause,
            Cause::ThingIncomplete
                | Cause::ThingLost
                | Cause::VisitorCardOut
                | Cause::VisitorNotAdmitted
        )
}

/// Sees to one matter.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let open = lobby.read().open_matters()?;
    if let Some(what) = not_by_hand(&open, random, lobby, world)? {
        return Ok(Some(what));
    }
    let open: Vec<_> = open.iter().filter(|one| ends_by_hand(one.cause)).collect();
    let Some(matter) = random.choice(&open) else {
        return Ok(None);
    };
    let supervisor = lobby.town.supervisor;
    let owner = match matter.owner {
        Some(owner) => {
            // ● Whoever takes it owns it: it cannot be taken from them.
            let why = MatterRefusal::OwnedBy(owner);
            if let Some(what) = refused(lobby, matter, Move::Take, why)? {
                return Ok(Some(what));
            }
            owner
        }
        None => {
            for wish in [Move::Close, Move::HandOver(supervisor)] {
                if let Some(what) = refused(lobby, matter, wish, MatterRefusal::NobodyOwnsIt)? {
                    return Ok(Some(what));
                }
            }
            if let Some(what) = moves(lobby, matter, Move::Take, Some(supervisor))? {
                return Ok(Some(what));
            }
            world.saw(Seen::MatterTaken);
            supervisor
        }
    };
    // ● And only with somebody who may act on it.
    let member = world.cards[random.usize(..world.cards.len())].person;
    let stop = MatterRefusal::CannotOwn;
    if let Some(what) = refused(lobby, matter, Move::HandOver(member), stop)? {
        return Ok(Some(what));
    }
    let keeper = world.staff.last().map(|card| card.person);
    if let Some(keeper) = keeper.filter(|keeper| *keeper != owner && random.bool()) {
        let what = moves(lobby, matter, Move::HandOver(keeper), Some(keeper))?;
        world.saw(Seen::MatterHandedOver);
        return Ok(what);
    }
    if let Some(what) = moves(lobby, matter, Move::Close, None)? {
        return Ok(Some(what));
    }
    world.saw(Seen::MatterClosed);
    world.is_closed(matter);
    refused(lobby, matter, Move::Close, MatterRefusal::NotOpen)
}

/// ● What is about a key is over with the key, or with the supervisor's decision, and not by hand.
fn not_by_hand(
    open: &[Matter],
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let lasting: Vec<_> = open
        .iter()
        .filter(|one| one.cause.awaits_decision() || one.cause.lasts_until_key_is_back())
        .collect();
    let Some(matter) = random.choice(&lasting) else {
        return Ok(None);
    };
    let why = match matter.cause {
        Cause::ContractorWithKey => MatterRefusal::KeyIsOut,
        _ => MatterRefusal::DecidedInKeys,
    };
    world.saw(Seen::KeptOpen);
    refused(lobby, matter, Move::Close, why)
}

fn order(matter: &Matter, wish: Move) -> Order {
    Order::MoveMatter(matter.id, wish, "seen to".to_owned())
}

/// The supervisor does this; afterwards the matter is in these hands, or over.
fn moves(
    lobby: &mut Lobby,
    matter: &Matter,
    wish: Move,
    then: Option<PersonId>,
) -> Result<Broken, SimulateError> {
    let supervisor = lobby.town.supervisor;
    let done = lobby.order(supervisor, &order(matter, wish))?;
    let open = lobby.read().open_matters()?;
    let now = open.iter().find(|one| one.id == matter.id);
    let is_so = now.and_then(|now| now.owner) == then && now.is_some() == then.is_some();
    Ok((done.is_err() || !is_so)
        .then(|| format!("{wish:?} of {matter:?} came to {done:?}: {now:?}")))
}

/// The supervisor wants this, and is refused for this very reason; nothing is written.
fn refused(
    lobby: &mut Lobby,
    matter: &Matter,
    wish: Move,
    why: MatterRefusal,
) -> Result<Broken, SimulateError> {
    let supervisor = lobby.town.supervisor;
    let before = lobby.read().length()?;
    let told = lobby.order(supervisor, &order(matter, wish))?;
    let wrote = lobby.read().length()? != before;
    let is_right = matches!(&told, Err(Refusal::Matter(told, _)) if *told == why);
    Ok((!is_right || wrote)
        .then(|| format!("{wish:?} of {matter:?} came to {told:?}, not {why:?}")))
}
