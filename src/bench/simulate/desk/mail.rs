//! Mail at the desk: in by the bag, round the house, back where it came from, nobody's.

use super::{Broken, done};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::town;
use crate::bench::simulate::world::{Letter, Lies, World};
use crate::desk::services::{MailOrder, ServiceDone, ServiceOrder};
use crate::mail::desk::{Intake, Onward, Outcome, ReturnOrder, ReturnReason, WhyFailed};
use crate::mail::{Addressee, MailId, MailKind, MailState, rules};
use crate::slips::SlipNumber;

/// Pieces in a bag.
const BAG: usize = 6;

/// Does one thing about mail.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.u8(..12) {
        0..3 => bag(random, lobby, world),
        3..9 => round(random, lobby, world),
        9 => back(random, lobby, world),
        10 => returns(lobby, world),
        _ => nobodys(lobby, world),
    }
}

/// A bag comes, piece by piece, and the batch is closed.
fn bag(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    for _ in 0..random.usize(1..=BAG) {
        let to = world.cards[random.usize(..world.cards.len())].person;
        let order = MailOrder::TakeIn(Intake {
            tracking: String::new(),
            addressee: Addressee::Person(to),
            kind: MailKind::ALL[random.usize(..MailKind::ALL.len())],
            shelf: format!("S-{:02}", random.u8(1..40)),
        });
        let Some(ServiceDone::MailIn(number, code, _)) = done(lobby, ServiceOrder::Mail(order))?
        else {
            return Ok(Some("a piece was not taken in".to_owned()));
        };
        let today = town::building().local(lobby.now).date();
        let item = match SlipNumber::from_typed(&number, today) {
            Ok(number) => lobby.read().mail_by_number(&number)?,
            Err(_) => None,
        };
        let Some(item) = item else {
            return Ok(Some(format!("{number} is on a label and not in the books")));
        };
        let lies = Lies::Shelf;
        let letter = Letter { to, code, lies };
        world.post.letters.insert(item.id, letter);
    }
    done(lobby, ServiceOrder::Mail(MailOrder::CloseBatch))?;
    Ok(None)
}

/// A round sets out, goes on door by door, or ends.
fn round(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let open = lobby.read().open_mail_rounds()?;
    let Some(round) = open.first().copied() else {
        let mut along: Vec<MailId> = lobby
            .read()
            .mail_waiting_by_shelf()?
            .iter()
            .filter(|item| rules::goes_round(item))
            .map(|item| item.id)
            .collect();
        along.truncate(random.usize(1..=BAG));
        let order = MailOrder::StartRound(along.clone());
        if done(lobby, ServiceOrder::Mail(order))?.is_some() {
            for item in along {
                world.post.moves(item, Lies::Round);
            }
        }
        return Ok(None);
    };
    let sheet = lobby.read().mail_round(round)?;
    let items = sheet.map(|sheet| sheet.items).unwrap_or_default();
    let next = items
        .iter()
        .find(|(item, _)| item.state == MailState::OutOnRound);
    let Some((item, _)) = next else {
        let ended = done(lobby, ServiceOrder::Mail(MailOrder::EndRound(round)))?;
        return Ok(ended.is_none().then(|| "a round does not end".to_owned()));
    };
    // ● A round does not end with a piece in the bag.
    if done(lobby, ServiceOrder::Mail(MailOrder::EndRound(round)))?.is_some() {
        return Ok(Some(format!("a round ended with {} in the bag", item.id)));
    }
    let (outcome, lies) = match random.bool() {
        true => {
            let (to, signed) = ("the front office".to_owned(), true);
            (Outcome::Delivered { to, signed }, Lies::Gone)
        }
        false => (Outcome::Failed(WhyFailed::NobodyThere), Lies::Shelf),
    };
    let order = MailOrder::Note {
        round,
        item: item.id,
        outcome,
    };
    match done(lobby, ServiceOrder::Mail(order))? {
        Some(_) => {
            world.post.moves(item.id, lies);
            Ok(None)
        }
        None => Ok(Some(format!("what became of {} is not noted", item.id))),
    }
}

/// Somebody asks that a piece go back. Special mail has a form of its own, and goes no other way.
fn back(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let waiting = lobby.read().mail_waiting_by_shelf()?;
    let Some(item) = random.choice(&waiting) else {
        return Ok(None);
    };
    let order = MailOrder::AskReturn(ReturnOrder {
        item: item.id,
        onward: Onward::ToSender,
        reason: ReturnReason::ALL[random.usize(..3)],
        address: String::new(),
        form: None,
    });
    let asked = done(lobby, ServiceOrder::Mail(order))?.is_some();
    if asked {
        world.post.moves(item.id, Lies::Aside);
    }
    Ok((asked && item.kind.is_special())
        .then(|| format!("special mail {} goes back without its form", item.id)))
}

/// What is to go back: allowed, printed, handed to the postman, or put back on its shelf.
fn returns(lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    let Some(back) = lobby.read().mail_returns()?.into_iter().next() else {
        return Ok(None);
    };
    let item = back.item.id;
    let (order, lies) = match (back.allowed_by, back.is_printed) {
        (None, _) => (MailOrder::AllowReturn(back.id), Lies::Aside),
        (Some(_), false) => (MailOrder::PrintReturnSlip(back.id), Lies::Aside),
        (Some(_), true) if item.0.as_u128().is_multiple_of(2) => {
            (MailOrder::HandToPost(vec![item]), Lies::Gone)
        }
        (Some(_), true) => (MailOrder::DropReturn(back.id), Lies::Shelf),
    };
    if done(lobby, ServiceOrder::Mail(order))?.is_some() {
        world.post.moves(item, lies);
    }
    Ok(None)
}

/// What nobody claimed on two rounds: set aside, then to the post, or somebody turns up.
fn nobodys(lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    for item in lobby.read().mail_waiting_by_shelf()? {
        if rules::may_be_dead_letter(&item).is_err() {
            continue;
        }
        let order = MailOrder::DeadLetter(item.id);
        if done(lobby, ServiceOrder::Mail(order))?.is_some() {
            world.post.moves(item.id, Lies::Aside);
        }
    }
    for item in lobby.read().mail_for_the_post()? {
        if item.state != MailState::DeadLetter {
            continue;
        }
        let (order, lies) = match item.id.0.as_u128().is_multiple_of(3) {
            true => (MailOrder::Recall(item.id), Lies::Shelf),
            false => (MailOrder::HandToPost(vec![item.id]), Lies::Gone),
        };
        if done(lobby, ServiceOrder::Mail(order))?.is_some() {
            world.post.moves(item.id, lies);
        }
    }
    Ok(None)
}
