//! Visitors at the desk: yes and no by telephone, a look at who may be on the list, letting in and out.

use super::{Broken, by, doers, done, jobs, paper_since};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::Seen;
use crate::bench::simulate::world::World;
use crate::desk::event::Refusal;
use crate::desk::services::{ServiceDone, ServiceOrder, ServiceRefusal, VisitOrder};
use crate::people::PersonName;
use crate::slips::Line;
use crate::visits::{Announcement, Identity, Visit, VisitRefusal, VisitState, VisitorType};
use chrono::TimeDelta;

/// Does one thing about visitors.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.u8(..40) {
        0 => roll_call(lobby, world),
        1..24 => {
            let waiting = lobby.read().visits_waiting()?;
            match random.choice(&waiting) {
                Some(visit) => see_to(visit, random, lobby, world),
                None => Ok(None),
            }
        }
        24..32 => announce(random, lobby, world),
        _ => {
            let inside = lobby.read().inside_now()?;
            match random.choice(&inside) {
                Some(visit) => sign_out(visit, random, lobby, world),
                None => Ok(None),
            }
        }
    }
}

fn number(visit: &Visit) -> String {
    let number = visit.number.as_ref();
    number.map(ToString::to_string).unwrap_or_default()
}

/// Somebody stands at the lodge and is not in yet.
fn see_to(
    visit: &Visit,
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let number = number(visit);
    let id = visit.id;
    let today = lobby.house.building.local(lobby.now).date();
    let may_pass = world.visits.papers.may_pass(visit, today);
    let has_doubt = lobby.read().doubt_about(id)?.is_some();
    if visit.state == VisitState::Admitted && !has_doubt {
        let order = ServiceOrder::Visits(VisitOrder::LetIn(id));
        let desk = doers::doer(lobby, &order)?;
        return Ok(match (by(lobby, desk, order)?, may_pass) {
            (Ok(ServiceDone::LetIn(_)), _) => world.visits.goes_in(lobby, &number).err(),
            // ● Came on the list while they waited, or the permit was taken back.
            (_, Err(_)) => {
                world.visits.papers.seen.add(Seen::StoppedAtTheDoor);
                None
            }
            // Looked at as perhaps on the list, then certain by a document, which is off it again: whoever
            // lets them in looks once more.
            (Err(refused), Ok(())) if refused == look_first() && world.visits.is_again(visit) => {
                world.visits.papers.seen.add(Seen::StoppedAtTheDoor);
                None
            }
            (other, Ok(())) => Some(format!("{number} has a yes and is not let in: {other:?}")),
        });
    }
    if has_doubt {
        // Without a look the telephone says nothing.
        let yes = VisitOrder::SayYes {
            visit: id,
            said: visit.host.unwrap_or(lobby.town.supervisor),
            yes: true,
        };
        if done(lobby, ServiceOrder::Visits(yes))?.is_some() {
            return Ok(Some(format!("{number} got a yes before anybody looked")));
        }
        let admit = random.bool();
        let look = VisitOrder::SettleMatch {
            visit: id,
            admit,
            reason: "looked at the face".to_owned(),
        };
        return Ok(match done(lobby, ServiceOrder::Visits(look))? {
            Some(ServiceDone::MatchSettled(state)) => {
                if admit {
                    world.visits.cleared.insert(number.clone());
                }
                match state {
                    VisitState::Inside => world.visits.goes_in(lobby, &number).err(),
                    _ => None,
                }
            }
            // Whoever it is for certain is nobody else, and no look makes up for a permit.
            None if admit && may_pass.is_err() => {
                world.visits.papers.seen.add(Seen::StoppedAtTheDoor);
                None
            }
            other => Some(format!("nobody could look at {number}: {other:?}")),
        });
    }
    let yes = random.u8(..8) > 0;
    let order = VisitOrder::SayYes {
        visit: id,
        said: visit.host.unwrap_or(lobby.town.supervisor),
        yes,
    };
    match done(lobby, ServiceOrder::Visits(order))? {
        Some(ServiceDone::SaidYes(true)) => {
            world.visits.yes.insert(number);
            Ok(None)
        }
        Some(ServiceDone::SaidYes(false)) => Ok(None),
        _ => Ok(Some(format!("nothing could be said to {number}"))),
    }
}

fn look_first() -> Refusal {
    Refusal::Service(ServiceRefusal::Visit(VisitRefusal::LookFirst))
}

fn sign_out(
    visit: &Visit,
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let all_out = visit.carries.then(|| random.u8(..8) > 0);
    let order = VisitOrder::SignOut(visit.id, all_out);
    Ok(match done(lobby, ServiceOrder::Visits(order))? {
        Some(ServiceDone::SignedOut) => {
            world.visits.inside.remove(&number(visit));
            None
        }
        _ => Some(format!("{} cannot leave", number(visit))),
    })
}

/// A tenant announces one of those who come now and again.
fn announce(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let host = world.cards[random.usize(..world.cards.len())].person;
    let place = random.usize(..world.visits.callers.len());
    let caller = &mut world.visits.callers[place];
    let from = lobby.now + TimeDelta::minutes(random.i64(5..90));
    let order = VisitOrder::Announce(Announcement {
        visitor: Identity {
            name: PersonName {
                chinese: None,
                latin: Some(caller.name.clone()),
            },
            phone: caller.phone.clone(),
            document: None,
        },
        company: "Far".to_owned(),
        of: match random.u8(..5) {
            0 => VisitorType::Contractor,
            _ => VisitorType::Guest,
        },
        host,
        from,
        until: from + TimeDelta::hours(3),
    });
    // Whoever works for a company that has moved out is visited by nobody.
    if let Some(ServiceDone::Announced(code)) = done(lobby, ServiceOrder::Visits(order))? {
        caller.code = Some(code);
    }
    Ok(None)
}

/// ● Who is inside is on the paper, each with a box to tick, and nobody else.
fn roll_call(lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    let order = ServiceOrder::Visits(VisitOrder::PrintRollCall);
    let before = jobs(lobby)?;
    let printed = done(lobby, order)?;
    if printed != Some(ServiceDone::Printing) {
        return Ok(Some(format!("no roll call: {printed:?}")));
    }
    world.saw(Seen::RollCall);
    let lines = paper_since(lobby, &before)?.unwrap_or_default();
    let boxes = lines.iter().filter_map(|line| match line {
        Line::Pair { label, value } if label.starts_with("[ ]") => Some(value),
        _ => None,
    });
    let boxes: Vec<&String> = boxes.collect();
    let inside = &world.visits.inside;
    let is_on = |number: &String| boxes.iter().any(|value| value.ends_with(number.as_str()));
    let all = boxes.len() == inside.len() && inside.keys().all(is_on);
    Ok((!all).then(|| format!("the roll call has {boxes:?}, and inside are {inside:?}")))
}
