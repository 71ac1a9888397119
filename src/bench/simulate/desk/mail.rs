//! Mail at the desk: in by the bag, round the house, back where it came from, nobody's.

use super::{Broken, by, doers, done, refused, returns};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::Seen;
use crate::bench::simulate::town;
use crate::bench::simulate::world::{Letter, Lies, World};
use crate::desk::services::{MailOrder, ServiceDone, ServiceOrder, ServiceRefusal};
use crate::mail::desk::{Intake, MailRefusal, Outcome, Override, WhyFailed};
use crate::mail::{Addressee, AuthorityRefusal, Item, MailId, MailKind, MailState, rules};
use crate::slips::SlipNumber;
use std::collections::BTreeSet;

/// Pieces in a bag.
const BAG: usize = 6;

/// Does one thing about mail.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.u8(..24) {
        0..6 => bag(random, lobby, world),
        6..17 => round(random, lobby, world),
        17..21 => returns::act(random, lobby, world),
        21 => nobodys(lobby, world),
        22 => over_the_counter(random, lobby, world),
        _ => signatory(random, lobby, world),
    }
}

/// A bag comes, piece by piece, and the batch is closed.
fn bag(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    // A batch is closed by whoever opened it.
    let desk = doers::doer(lobby, &ServiceOrder::Mail(MailOrder::CloseBatch))?;
    for _ in 0..random.usize(1..=BAG) {
        let person = world.cards[random.usize(..world.cards.len())].person;
        let company = lobby.town.company_of(person);
        let company = company.filter(|_| random.u8(..4) == 0);
        let to = company.map_or(Addressee::Person(person), Addressee::Tenant);
        let kind = MailKind::ALL[random.usize(..MailKind::ALL.len())];
        let order = MailOrder::TakeIn(Intake {
            tracking: String::new(),
            addressee: to,
            kind,
            shelf: format!("S-{:02}", random.u8(1..40)),
        });
        let Ok(ServiceDone::MailIn(number, code, _)) = by(lobby, desk, ServiceOrder::Mail(order))?
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
        let letter = Letter {
            to,
            code,
            lies,
            back: None,
        };
        world.post.letters.insert(item.id, letter);
    }
    let closed = by(lobby, desk, ServiceOrder::Mail(MailOrder::CloseBatch))?;
    Ok(closed
        .err()
        .map(|told| format!("a batch does not close: {told:?}")))
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
        false => (Outcome::Failed(why(item)), Lies::Shelf),
    };
    let order = MailOrder::Note {
        round,
        item: item.id,
        outcome,
    };
    match done(lobby, ServiceOrder::Mail(order))? {
        Some(_) => {
            world.post.moves(item.id, lies);
            if lies == Lies::Gone {
                world.post.seen.add(Seen::RoundDelivered);
            }
            Ok(None)
        }
        None => Ok(Some(format!("what became of {} is not noted", item.id))),
    }
}

/// Why this one does not reach its addressee, whenever it is tried.
fn why(item: &Item) -> WhyFailed {
    match item.id.0.as_u128().is_multiple_of(4) {
        true => WhyFailed::NobodyThere,
        false => WhyFailed::RoomEmpty,
    }
}

/// What nobody claimed on two rounds: set aside, then to the post, or somebody turns up.
fn nobodys(lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    for item in lobby.read().mail_waiting_by_shelf()? {
        if item.attempts < rules::DEAD_LETTER_ATTEMPTS {
            continue;
        }
        // ● Whoever works here and just was not there may still claim it.
        let is_held = why(&item) == WhyFailed::NobodyThere
            && !item.recipient.has_moved
            && !item.recipient.has_left;
        let order = MailOrder::DeadLetter(item.id);
        let is_dead = done(lobby, ServiceOrder::Mail(order))?.is_some();
        if is_dead && is_held {
            return Ok(Some(format!("{} is dead, though it is held", item.id)));
        }
        if is_dead {
            world.post.moves(item.id, Lies::Aside);
            world.post.seen.add(Seen::DeadLetter);
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

/// Somebody without an authority is given a piece all the same: ● never without a reason, and what is
/// signed for never without a signature.
fn over_the_counter(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let waiting = lobby.read().mail_waiting_by_shelf()?;
    let Some(item) = random.choice(&waiting) else {
        return Ok(None);
    };
    let order = |reason: &str, on_paper| {
        ServiceOrder::Mail(MailOrder::HandOutAnyway(Override {
            items: vec![item.id],
            to: "a colleague".to_owned(),
            reason: reason.to_owned(),
            signature: None,
            on_paper,
        }))
    };
    let stop = ServiceRefusal::Mail(MailRefusal::ReasonMissing);
    if let Some(what) = refused(lobby, order("", true), &stop)? {
        return Ok(Some(what));
    }
    let kind = item.kind;
    if kind.needs_signature() {
        let stop = ServiceRefusal::Mail(MailRefusal::SignatureMissing { kind });
        if let Some(what) = refused(lobby, order("telephoned", false), &stop)? {
            return Ok(Some(what));
        }
    }
    match done(lobby, order("telephoned", true))? {
        Some(ServiceDone::HandedOut) => {
            world.post.moves(item.id, Lies::Gone);
            world.post.seen.add(Seen::HandedOutAnyway);
            Ok(None)
        }
        other => Ok(Some(format!("{} is not handed out: {other:?}", item.id))),
    }
}

/// A company's signature is somebody else's from now on.
fn signatory(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let companies = lobby.town.companies.clone();
    let Some(company) = random.choice(&companies).copied() else {
        return Ok(None);
    };
    let principal = Addressee::Tenant(company);
    for held in lobby.read().mail_authorities_of(principal, lobby.now)? {
        let order = ServiceOrder::Mail(MailOrder::WithdrawAuthority(held.id));
        if done(lobby, order.clone())? != Some(ServiceDone::AuthorityWithdrawn) {
            return Ok(Some(format!("{held:?} is not taken back")));
        }
        let stop = ServiceRefusal::Authority(AuthorityRefusal::NotFound);
        if let Some(what) = refused(lobby, order, &stop)? {
            return Ok(Some(what));
        }
    }
    let Some(next) = random.choice(lobby.town.cards_of(company)).copied() else {
        return Ok(None);
    };
    let order = MailOrder::LetCollect(town::signs(next.person, principal));
    match done(lobby, ServiceOrder::Mail(order))? {
        Some(ServiceDone::AuthorityGiven) => {
            let signs = BTreeSet::from([next.person]);
            world.post.signatories.insert(company, signs);
            Ok(None)
        }
        other => Ok(Some(format!("nobody signs for a company: {other:?}"))),
    }
}
