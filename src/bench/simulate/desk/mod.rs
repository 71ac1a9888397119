//! What the desk does meanwhile: saying yes, letting in and out, permits and the list, temporary cards,
//! keys over the counter, mail by the bag, rounds, the look at what came back, deposits, the laundry,
//! open matters, the keeper's check. And somebody who may do none of it.

mod deposits;
mod doers;
mod grants;
mod keys;
mod laundry;
mod mail;
mod matters;
mod papers;
mod passes;
mod returns;
mod things;
mod visits;

pub use keys::evening;

use super::SimulateError;
use super::lobby::Lobby;
use super::tally::Seen;
use super::world::World;
use crate::desk::event::{Order, Outcome, Refusal};
use crate::desk::lending::{LendingDone, LendingOrder, LendingStop};
use crate::desk::services::{
    KeyOrder, MailOrder, ServiceDone, ServiceOrder, ServiceRefusal, VisitOrder,
};
use crate::kiosk::view::Page;
use crate::people::{PersonId, Role};
use crate::slips::{Line, PrintJobId};
use crate::visits::Permit;
use std::collections::BTreeSet;

/// A rule that the desk saw broken; none where all is well.
pub type Broken = Option<String>;

/// Does one thing, whatever is to be done.
pub fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let broken = match random.u8(..36) {
        0..10 => visits::act(random, lobby, world),
        10..14 => keys::act(random, lobby, world),
        14..20 => mail::act(random, lobby, world),
        20..23 => things::act(random, lobby, world),
        23 => papers::act(random, lobby, world),
        24..26 => passes::act(random, lobby, world),
        26..28 => laundry::act(random, lobby, world),
        28..30 => deposits::act(random, lobby, world),
        30..34 => matters::act(random, lobby, world),
        _ => audit(random, lobby),
    }?;
    Ok(broken.or_else(|| lobby.broken.take()))
}

/// Somebody who may do it does this, perhaps after somebody who may not; what was done, or nothing where
/// it was refused.
fn done(lobby: &mut Lobby, order: ServiceOrder) -> Result<Option<ServiceDone>, SimulateError> {
    let wrong = doers::in_vain(lobby, &order)?;
    lobby.broken = lobby.broken.take().or(wrong);
    let doer = doers::doer(lobby, &order)?;
    Ok(by(lobby, doer, order)?.ok())
}

/// This person does this.
fn by(
    lobby: &mut Lobby,
    doer: PersonId,
    order: ServiceOrder,
) -> Result<Result<ServiceDone, Refusal>, SimulateError> {
    Ok(match lobby.order(doer, &Order::Service(order))? {
        Ok(Outcome::Service(done)) => Ok(done),
        Ok(_) => Err(Refusal::NotDone),
        Err(refusal) => Err(refusal),
    })
}

/// The supervisor wants this, and is refused for this very reason; nothing is written.
fn refused(
    lobby: &mut Lobby,
    order: ServiceOrder,
    why: &ServiceRefusal,
) -> Result<Broken, SimulateError> {
    let supervisor = lobby.town.supervisor;
    refused_by(lobby, supervisor, order, why)
}

/// The same of somebody else.
fn refused_by(
    lobby: &mut Lobby,
    doer: PersonId,
    order: ServiceOrder,
    why: &ServiceRefusal,
) -> Result<Broken, SimulateError> {
    let before = lobby.read().length()?;
    let told = by(lobby, doer, order.clone())?;
    let wrote = lobby.read().length()? != before;
    let is_right = matches!(&told, Err(Refusal::Service(told)) if told == why);
    Ok((!is_right || wrote).then(|| format!("{order:?} came to {told:?}, and not {why:?}")))
}

/// The print jobs that are under way.
fn jobs(lobby: &Lobby) -> Result<BTreeSet<PrintJobId>, SimulateError> {
    let open = lobby.read().open_jobs()?.into_iter();
    Ok(open.map(|job| job.id).collect())
}

/// What is on the one paper that is under way since; nothing where there are none or several.
fn paper_since(
    lobby: &Lobby,
    before: &BTreeSet<PrintJobId>,
) -> Result<Option<Vec<Line>>, SimulateError> {
    let mut new = lobby.read().open_jobs()?;
    new.retain(|job| !before.contains(&job.id));
    let one = new.pop().filter(|_| new.is_empty());
    Ok(one.map(|job| job.slip.lines))
}

/// The supervisor does this about things on loan.
fn lending(
    lobby: &mut Lobby,
    order: LendingOrder,
) -> Result<Result<LendingDone, Refusal>, SimulateError> {
    let supervisor = lobby.town.supervisor;
    Ok(match lobby.order(supervisor, &Order::Lending(order))? {
        Ok(Outcome::Lending(done)) => Ok(done),
        Ok(_) => Err(Refusal::NotDone),
        Err(refusal) => Err(refusal),
    })
}

/// The same, and it is refused for this very reason; nothing is written.
fn stopped(
    lobby: &mut Lobby,
    order: LendingOrder,
    why: &LendingStop,
) -> Result<Broken, SimulateError> {
    let before = lobby.read().length()?;
    let told = lending(lobby, order.clone())?;
    let wrote = lobby.read().length()? != before;
    let is_right = matches!(&told, Err(Refusal::Lending(told)) if told == why);
    Ok((!is_right || wrote).then(|| format!("{order:?} came to {told:?}, and not {why:?}")))
}

/// The desk switches rain mode as the day begins: the screen at home says so at once.
pub fn rain(rain: bool, lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    let told = lending(lobby, LendingOrder::Rain(rain))?;
    let Page::Home(home) = lobby.view().page else {
        return Ok(Some("the day begins on another page".to_owned()));
    };
    if rain {
        world.saw(Seen::Rain);
    }
    let is_right = told == Ok(LendingDone::Rain(rain)) && home.rain.is_some() == rain;
    Ok((!is_right).then(|| format!("rain {rain}: {told:?}, and home says {:?}", home.rain)))
}

/// ● A role does what its row of the permission table says: whoever may only read is refused.
fn audit(random: &mut fastrand::Rng, lobby: &mut Lobby) -> Result<Broken, SimulateError> {
    let today = lobby.house.building.local(lobby.now).date();
    let permit = Permit {
        number: "SG-78".to_owned(),
        company: "Far Mountain".to_owned(),
        answers: lobby.town.supervisor,
        from: today,
        until: today,
    };
    let orders = [
        Order::Service(ServiceOrder::Visits(VisitOrder::AnnounceFile(
            "guests.csv".to_owned(),
        ))),
        Order::Service(ServiceOrder::Visits(VisitOrder::EnterPermit(permit))),
        Order::Service(ServiceOrder::Keys(KeyOrder::BeginCheck)),
        Order::Service(ServiceOrder::Mail(MailOrder::CloseBatch)),
        Order::Lending(LendingOrder::PrintWashSheet),
    ];
    let order = orders[random.usize(..orders.len())].clone();
    let auditor = lobby.town.with(Role::Auditor);
    let before = lobby.read().length()?;
    let told = lobby.order(auditor, &order)?;
    let wrote = lobby.read().length()? != before;
    Ok((!doers::is_not_permitted(&told) || wrote)
        .then(|| format!("an auditor did {order:?}: {told:?}")))
}
