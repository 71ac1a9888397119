//! Things over the counter: handed in, looked at, lost and found again, and their parts brought later.

use super::{Broken, lending, stopped};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::world::{Held, World};
use crate::desk::event::{Order, Outcome, Refusal};
use crate::desk::lending::{LendingDone, LendingOrder, LendingStop};
use crate::kiosk::event::CodeMeaning;
use crate::lending::check::{CheckRefusal, questions};
use crate::lending::{Answered, BroughtBack, Question, ThingState};

/// Does one thing about things.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.u8(..10) {
        0..6 => look(lobby, world),
        8 => write_off(random, lobby, world),
        9 => is_found(random, lobby, world),
        // Parts take their time: meanwhile their PC goes out without them.
        6 => part_comes(random, lobby, world),
        _ => hand_over(random, lobby, world),
    }
}

/// Something that somebody has, by the number of its slip.
fn out(random: &mut fastrand::Rng, world: &World) -> Option<(String, Held)> {
    let out: Vec<_> = world.things.out.iter().collect();
    let (number, held) = random.choice(&out)?;
    Some(((*number).clone(), (*held).clone()))
}

/// It is taken in at the desk: by its tag, or by its loan where it has none.
fn taken_back(lobby: &mut Lobby, held: Held) -> Result<Result<Outcome, Refusal>, SimulateError> {
    let what = match held.tag {
        Some(tag) => BroughtBack::Tag(tag),
        None => BroughtBack::Loan(held.loan),
    };
    let supervisor = lobby.town.supervisor;
    lobby.order(supervisor, &Order::TakeBack(what, None))
}

/// Somebody hands in what they have; nothing of it is asked there.
fn hand_over(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let Some((number, held)) = out(random, world) else {
        return Ok(None);
    };
    match taken_back(lobby, held)? {
        Ok(Outcome::TakenBack(receipt)) if receipt.number.to_string() == number => {
            let now = lobby.house.building.local(lobby.now);
            let (_, held) = world
                .things
                .comes_back(&number, receipt.awaiting_check, now);
            if let Some(held) = held {
                world.is_back(&number, &held);
                world.over_the_counter();
            }
            Ok(None)
        }
        other => Ok(Some(format!("{number} is not taken back: {other:?}"))),
    }
}

/// Somebody comes and says that they have lost what they borrowed; sometimes they pay for it.
fn write_off(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let Some((number, held)) = out(random, world) else {
        return Ok(None);
    };
    let loan = held.loan;
    let amount_fen = match random.bool() {
        true => 3_000,
        false => 0,
    };
    let order = LendingOrder::WriteOff { loan, amount_fen };
    match lending(lobby, order.clone())? {
        Ok(LendingDone::WrittenOff(..)) => world.is_lost(&number, amount_fen > 0),
        other => return Ok(Some(format!("{number} is not written off: {other:?}"))),
    }
    // It cannot be lost twice.
    stopped(lobby, order, &LendingStop::NotOut)
}

/// Somebody brings what was lost.
fn is_found(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let Some((number, held)) = world.lost.any(random) else {
        return Ok(None);
    };
    match taken_back(lobby, held)? {
        Ok(Outcome::TakenBack(receipt))
            if receipt.turned_up && receipt.number.to_string() == number =>
        {
            world.turns_up(&number);
            Ok(None)
        }
        other => Ok(Some(format!("{number} does not turn up: {other:?}"))),
    }
}

/// What stands at the desk is looked at, and goes on the shelf again: with what is there of it.
fn look(lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    let Some(standing) = world.things.at_desk.first().cloned() else {
        return Ok(None);
    };
    let tag = &standing.tag;
    let meaning = lobby.read().read_code(tag, lobby.now)?;
    let CodeMeaning::Thing(thing, None) = meaning else {
        return Ok(Some(format!("{tag} stands at the desk, and {meaning:?}")));
    };
    let kinds = &lobby.house.kinds;
    let kind = kinds.iter().find(|kind| kind.id == thing.kind);
    let asked = kind.map(questions).unwrap_or_default();
    let look = |wiped: bool| -> Vec<Answered> {
        let said = asked.iter().map(|question| Answered {
            question: *question,
            yes: Some(match question {
                Question::Part(part) => world.sets.is_with(tag, *part),
                Question::Wiped => wiped,
                Question::Whole => true,
            }),
        });
        said.collect()
    };
    let order = |answers: &[Answered]| LendingOrder::Check {
        thing: thing.id,
        answers: answers.to_vec(),
        to: ThingState::Available,
    };
    // ● No PC goes on the shelf with data on it.
    if asked.contains(&Question::Wiped) {
        let stop = LendingStop::Check(CheckRefusal::NotWiped);
        if let Some(what) = stopped(lobby, order(&look(false)), &stop)? {
            return Ok(Some(what));
        }
    }
    let found = look(true);
    match lending(lobby, order(&found))? {
        Ok(LendingDone::Checked(ThingState::Available, _)) => {
            world.things.at_desk.retain(|other| other.tag != *tag);
            world.sets.is_said(standing.loan, &found);
            world.sets.is_looked_at(standing.loan);
            Ok(None)
        }
        other => Ok(Some(format!("{tag} does not go back: {other:?}"))),
    }
}

/// A charger or a bag that somebody had at home comes to the desk: it is entered with every return of
/// its PC from which it is missing, wherever that PC is by now.
fn part_comes(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let away: Vec<_> = world.sets.away.iter().cloned().collect();
    let Some((tag, part)) = random.choice(&away) else {
        return Ok(None);
    };
    world.sets.part_comes(tag, *part);
    for loan in world.sets.that_miss(tag, *part) {
        let order = LendingOrder::PartsCame {
            loan,
            parts: vec![Question::Part(*part)],
        };
        let left = world.sets.part_is_entered(loan, *part);
        match lending(lobby, order.clone())? {
            Ok(LendingDone::PartsCame(still)) if still == left => {}
            other => return Ok(Some(format!("part {part} of {tag} comes: {other:?}"))),
        }
        // It cannot come twice.
        let stop = LendingStop::Check(CheckRefusal::NothingMissing);
        if let Some(what) = stopped(lobby, order, &stop)? {
            return Ok(Some(what));
        }
    }
    Ok(None)
}
