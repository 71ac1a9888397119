//! Keys over the counter, reports and what follows from them, and the keeper's check in the evening.

use super::{Broken, done, grants};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::town;
use crate::bench::simulate::world::{Place, World};
use crate::desk::services::{KeyOrder, ServiceDone, ServiceOrder};
use crate::keys::check::Finding;
use crate::keys::{Answers, Decision, Harm, KeyId};

/// Does one thing about keys.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.u8(..8) {
        0 => return grants::act(random, lobby, world),
        1 => return grants::tell(random, lobby, world),
        _ => {}
    }
    let hooks: Vec<(String, Place)> = world
        .hooks
        .places
        .iter()
        .map(|(hook, place)| (hook.clone(), *place))
        .collect();
    let (hook, place) = &hooks[random.usize(..hooks.len())];
    match (place, random.u8(..12)) {
        (Place::With(_), 2..) => {
            let is_safe = random.u8(..8) > 0;
            let order = KeyOrder::KeyBack {
                tag: town::tag(hook),
                answers: Answers([true, is_safe, true, true, true]),
                bringer: None,
            };
            let expected = ServiceDone::KeyBack {
                hook: hook.clone(),
                awaits: world.hooks.awaits(hook),
                to_see: !is_safe,
            };
            match done(lobby, ServiceOrder::Keys(order))? {
                Some(done) if done == expected => {
                    world.hooks.comes_back(hook, (false, is_safe), lobby.now);
                    Ok(None)
                }
                other => Ok(Some(format!("the key of {hook} was brought: {other:?}"))),
            }
        }
        // It is broken while somebody has it, and stays with them.
        (Place::With(_), 1) => {
            let Some(key) = key(lobby, hook)? else {
                return Ok(Some(format!("{hook} is not in the books")));
            };
            let order = KeyOrder::Report {
                key,
                harm: Harm::Damaged,
                text: "bent".to_owned(),
            };
            let taken_down = done(lobby, ServiceOrder::Keys(order))?.is_some();
            if taken_down == world.hooks.is_reported(hook) {
                return Ok(Some(format!("{hook} reported bent: {taken_down}")));
            }
            if taken_down {
                world.hooks.is_hurt(hook);
            }
            Ok(None)
        }
        // What was found, or is broken, gets lost as well.
        (Place::Hook | Place::With(_), 0) | (Place::Found | Place::Broken, 0) => {
            let Some(key) = key(lobby, hook)? else {
                return Ok(Some(format!("{hook} is not in the books")));
            };
            let order = KeyOrder::Report {
                key,
                harm: Harm::Lost,
                text: "gone".to_owned(),
            };
            match done(lobby, ServiceOrder::Keys(order))? {
                Some(_) => {
                    world.hooks.is_lost(hook);
                    Ok(None)
                }
                None => Ok(Some(format!("the loss of {hook} was not taken down"))),
            }
        }
        (Place::Lost, 0..3) => {
            let tag = town::tag(hook);
            match done(lobby, ServiceOrder::Keys(KeyOrder::TurnedUp { tag }))? {
                Some(_) => Ok(world.hooks.turns_up(hook).err()),
                None => Ok(Some(format!("the key of {hook} could not turn up"))),
            }
        }
        (Place::Lost | Place::Found | Place::Broken, 3..6) => decide(lobby, world),
        (Place::Lost | Place::Found | Place::Broken, _) => hang_back(hook, lobby, world),
        _ => Ok(None),
    }
}

/// The keeper hangs a key on its hook again, or is told that it is not decided yet.
fn hang_back(hook: &str, lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    let Some(key) = key(lobby, hook)? else {
        return Ok(Some(format!("{hook} is not in the books")));
    };
    let order = KeyOrder::HangBack {
        key,
        tag: town::tag(hook),
    };
    let hangs = done(lobby, ServiceOrder::Keys(order))?.is_some();
    if hangs != world.hooks.may_hang(hook) {
        return Ok(Some(format!("the key of {hook} hangs again: {hangs}")));
    }
    if hangs {
        world.hooks.hangs_again(hook);
    }
    Ok(None)
}

fn key(lobby: &Lobby, hook: &str) -> Result<Option<KeyId>, SimulateError> {
    let lines = lobby.read().hooks()?;
    let found = lines.into_iter().find(|line| line.key.hook == hook);
    Ok(found.map(|line| line.key.id))
}

/// The supervisor decides about every report.
fn decide(lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    for report in lobby.read().open_key_reports()? {
        let order = KeyOrder::Decide {
            report: report.id,
            decision: Decision::Copy,
            amount_fen: 2_000,
        };
        if done(lobby, ServiceOrder::Keys(order))?.is_none() {
            return Ok(Some(format!("nothing is decided about {}", report.hook)));
        }
        world.hooks.is_decided(&report.hook);
    }
    Ok(None)
}

/// ● The keeper's check at the end of the day: it does not close with an open line, and it does once
/// every hook was looked at.
pub fn evening(lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    done(lobby, ServiceOrder::Keys(KeyOrder::BeginCheck))?;
    let today = town::building().local(lobby.now).date();
    let Some((check, false)) = lobby.read().key_check_of(today)? else {
        return Ok(Some("no check could be begun".to_owned()));
    };
    let lines = lobby.read().key_check(check, lobby.now)?;
    for line in &lines {
        if done(lobby, ServiceOrder::Keys(KeyOrder::CloseCheck(check)))?.is_some() {
            return Ok(Some(format!("the check closed before {}", line.hook)));
        }
        let finding = match (world.hooks.places.get(&line.hook), line.state) {
            (Some(Place::Hook | Place::Found | Place::Broken), _) => Finding::Here,
            (Some(Place::With(_)), _) if !line.overdue => Finding::Out,
            _ => Finding::NotBack,
        };
        let order = KeyOrder::Note {
            check,
            key: line.key,
            finding,
            reason: "asked by telephone".to_owned(),
        };
        if done(lobby, ServiceOrder::Keys(order))?.is_none() {
            return Ok(Some(format!(
                "{}: {finding:?} is not taken down",
                line.hook
            )));
        }
        if finding == Finding::NotBack {
            world.hooks.is_explained(&line.hook);
        }
    }
    let closed = done(lobby, ServiceOrder::Keys(KeyOrder::CloseCheck(check)))?;
    Ok(closed
        .is_none()
        .then(|| "the check does not close".to_owned()))
}
