//! Who may take keys, and companies that are told when a key to their unit was used.

use super::{Broken, done, refused};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::Seen;
use crate::bench::simulate::town;
use crate::bench::simulate::world::World;
use crate::desk::services::{KeyOrder, ServiceDone, ServiceOrder, ServiceRefusal};
use crate::keys::{KeyGroup, KeyRefusal};
use chrono::TimeDelta;

/// Somebody must be left who may take keys.
const FEWEST: usize = 3;

/// The keeper grants keys, or takes a grant back.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.bool() && world.hooks.grants.len() > FEWEST {
        true => withdraw(random, lobby, world),
        false => grant(random, lobby, world),
    }
}

fn grant(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let person = world.staff[random.usize(..world.staff.len())].person;
    let order = |until| {
        ServiceOrder::Keys(KeyOrder::Grant {
            group: KeyGroup(town::GROUP.to_owned()),
            person,
            until,
        })
    };
    let stop = ServiceRefusal::Key(KeyRefusal::AlreadyOver);
    let over = order(Some(lobby.now));
    if let Some(what) = refused(lobby, over, &stop)? {
        return Ok(Some(what));
    }
    let hours = random.i64(1..9);
    let until = random.bool().then(|| lobby.now + TimeDelta::hours(hours));
    match done(lobby, order(until))? {
        Some(ServiceDone::Granted) => {
            world.hooks.grants.push((person, until));
            world.hooks.seen.add(Seen::KeysGranted);
            Ok(None)
        }
        other => Ok(Some(format!("no keys are granted: {other:?}"))),
    }
}

fn withdraw(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let held = lobby.read().registers(lobby.now)?.grants;
    let Some(fact) = random.choice(&held) else {
        return Ok(None);
    };
    let own = (fact.grant.person, fact.grant.until);
    let place = world.hooks.grants.iter().position(|grant| *grant == own);
    let Some(place) = place else {
        return Ok(Some(format!("{fact:?} was granted by nobody")));
    };
    let order = ServiceOrder::Keys(KeyOrder::WithdrawGrant(fact.grant.id));
    match done(lobby, order.clone())? {
        Some(ServiceDone::GrantWithdrawn) => {
            world.hooks.grants.remove(place);
            world.hooks.seen.add(Seen::GrantWithdrawn);
            let stop = ServiceRefusal::Key(KeyRefusal::NotFound);
            refused(lobby, order, &stop)
        }
        other => Ok(Some(format!("{fact:?} is not taken back: {other:?}"))),
    }
}

/// ○ A company is told that a key to its unit was used, once.
pub(super) fn tell(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let untold: Vec<_> = world.hooks.untold.iter().copied().collect();
    let Some(one) = random.choice(&untold) else {
        return Ok(None);
    };
    let order = ServiceOrder::Keys(KeyOrder::TellTenant(one.1));
    match done(lobby, order.clone())? {
        Some(ServiceDone::TenantTold) => {
            world.hooks.untold.remove(one);
            world.hooks.seen.add(Seen::TenantTold);
            let stop = ServiceRefusal::Key(KeyRefusal::NotFound);
            refused(lobby, order, &stop)
        }
        other => Ok(Some(format!("no tenant is told: {other:?}"))),
    }
}
