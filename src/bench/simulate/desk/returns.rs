//! Mail that goes back or on: asked for, checked or approved, its slip printed, handed to the postman.

use super::{Broken, by, done, jobs, paper_since, refused, refused_by};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::Seen;
use crate::bench::simulate::world::{Back, Lies, World};
use crate::desk::services::{MailOrder, ServiceDone, ServiceOrder, ServiceRefusal};
use crate::mail::desk::{MailRefusal, Onward, Return, ReturnForm, ReturnOrder, ReturnReason};
use crate::people::{Act, Role};
use crate::slips::Line;

/// Does one thing about mail that cannot stay.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.u8(..5) {
        0 => ask(random, lobby, world),
        _ => go_on(random, lobby, world),
    }
}

/// The form of special mail, filled in but for what was done to find the addressee.
fn form(is_full: bool) -> ReturnForm {
    let enquiries = match is_full {
        true => "asked on two floors",
        false => " ",
    };
    ReturnForm {
        addressee: "Whoever".to_owned(),
        address: "Somewhere".to_owned(),
        sender: "Somebody".to_owned(),
        tracking: "XA1".to_owned(),
        enquiries: enquiries.to_owned(),
    }
}

/// Somebody at the desk asks that a piece go back or on. ● For one of three reasons; on only with an
/// address; special mail only with its form in full.
fn ask(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let waiting = lobby.read().mail_waiting_by_shelf()?;
    let Some(item) = random.choice(&waiting) else {
        return Ok(None);
    };
    let address = random
        .bool()
        .then(|| format!("{} Long Road", random.u16(1..)));
    let order = |address: &Option<String>, form: Option<ReturnForm>| {
        ServiceOrder::Mail(MailOrder::AskReturn(ReturnOrder {
            item: item.id,
            onward: match address {
                Some(_) => Onward::Forward,
                None => Onward::ToSender,
            },
            reason: ReturnReason::ALL[usize::from(item.id.0.as_bytes()[15] % 3)],
            address: address.clone().unwrap_or_default(),
            form,
        }))
    };
    let no_address = order(&Some(String::new()), Some(form(true)));
    let stop = ServiceRefusal::Mail(MailRefusal::AddressMissing);
    if let Some(what) = refused(lobby, no_address, &stop)? {
        return Ok(Some(what));
    }
    if item.kind.is_special() {
        for part in [None, Some(form(false))] {
            let missing = part.clone().unwrap_or_default().missing();
            let stop = ServiceRefusal::Mail(MailRefusal::FormIncomplete { missing });
            if let Some(what) = refused(lobby, order(&address, part), &stop)? {
                return Ok(Some(what));
            }
        }
    }
    let askers = [
        Role::Receptionist,
        Role::MailAdministrator,
        Role::Supervisor,
    ];
    let asked_by = lobby.town.with(askers[random.usize(..askers.len())]);
    let asked = by(lobby, asked_by, order(&address, Some(form(true))))?;
    if asked != Ok(ServiceDone::ReturnAsked) {
        return Ok(Some(format!("{} cannot go back: {asked:?}", item.id)));
    }
    world.post.moves(item.id, Lies::Aside);
    if let Some(letter) = world.post.letters.get_mut(&item.id) {
        letter.back = Some(Back {
            asked_by,
            address,
            is_allowed: false,
            is_printed: false,
        });
    }
    Ok(None)
}

/// One of those that are to go is seen to: ● no slip before it is checked or approved.
fn go_on(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let returns = lobby.read().mail_returns()?;
    let Some(back) = random.choice(&returns) else {
        return Ok(None);
    };
    let item = back.item.id;
    let letter = world.post.letters.get(&item);
    let Some(own) = letter.and_then(|letter| letter.back.clone()) else {
        return Ok(Some(format!("{item} is to go back, and nobody asked")));
    };
    let stands = (back.allowed_by.is_some(), back.is_printed);
    if stands != (own.is_allowed, own.is_printed) || back.asked_by != own.asked_by {
        return Ok(Some(format!("{back:?} and {own:?}")));
    }
    let special = back.item.kind.is_special();
    match stands {
        (false, _) => {
            let print = ServiceOrder::Mail(MailOrder::PrintReturnSlip(back.id));
            let stop = ServiceRefusal::Mail(MailRefusal::NotAllowedYet { special });
            if let Some(what) = refused(lobby, print, &stop)? {
                return Ok(Some(what));
            }
            allow(back, lobby, world)
        }
        (true, false) => print(back, &own, lobby, world),
        (true, true) if random.u8(..3) > 0 => {
            let order = ServiceOrder::Mail(MailOrder::HandToPost(vec![item]));
            match done(lobby, order)? {
                Some(ServiceDone::AtPost(1)) => {
                    world.post.moves(item, Lies::Gone);
                    Ok(None)
                }
                other => Ok(Some(format!("the postman leaves {item}: {other:?}"))),
            }
        }
        (true, true) => stay(back, lobby, world),
    }
}

/// It stays after all.
fn stay(back: &Return, lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    let item = back.item.id;
    match done(lobby, ServiceOrder::Mail(MailOrder::DropReturn(back.id)))? {
        Some(ServiceDone::MailMoved) => {
            world.post.moves(item, Lies::Shelf);
            Ok(None)
        }
        other => Ok(Some(format!("{item} does not stay: {other:?}"))),
    }
}

/// ● The mail administrator checks ordinary mail; the supervisor approves special mail that somebody
/// else filled in.
fn allow(back: &Return, lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    let order = || ServiceOrder::Mail(MailOrder::AllowReturn(back.id));
    let special = back.item.kind.is_special();
    let (act, unable, able) = match special {
        true => (
            Act::ApproveMailReturn,
            [Role::Receptionist, Role::MailAdministrator],
            Role::Supervisor,
        ),
        false => (
            Act::CheckMailReturn,
            [Role::Receptionist, Role::Security],
            Role::MailAdministrator,
        ),
    };
    for role in unable {
        let (who, stop) = (lobby.town.with(role), MailRefusal::NotPermitted { act });
        if let Some(what) = refused_by(lobby, who, order(), &ServiceRefusal::Mail(stop))? {
            return Ok(Some(what));
        }
    }
    let able = lobby.town.with(able);
    if special && back.asked_by == able {
        let stop = ServiceRefusal::Mail(MailRefusal::OwnForm);
        if let Some(what) = refused_by(lobby, able, order(), &stop)? {
            return Ok(Some(what));
        }
        world.post.seen.add(Seen::OwnFormRefused);
        return stay(back, lobby, world);
    }
    match by(lobby, able, order())? {
        Ok(ServiceDone::MailMoved) => {
            if special {
                world.post.seen.add(Seen::SpecialReturnApproved);
            }
            if let Some(own) = world.post.back(back.item.id) {
                own.is_allowed = true;
            }
            Ok(None)
        }
        other => Ok(Some(format!("{back:?} is not allowed: {other:?}"))),
    }
}

/// The slip says where it goes on to.
fn print(
    back: &Return,
    own: &Back,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let item = back.item.id;
    let order = MailOrder::PrintReturnSlip(back.id);
    let before = jobs(lobby)?;
    let printed = done(lobby, ServiceOrder::Mail(order))?;
    if printed != Some(ServiceDone::Printing) {
        return Ok(Some(format!("no slip for {item}: {printed:?}")));
    }
    if let Some(own) = world.post.back(item) {
        own.is_printed = true;
    }
    let Some(address) = &own.address else {
        return Ok(None);
    };
    world.post.seen.add(Seen::Forwarded);
    let lines = paper_since(lobby, &before)?;
    let says = |line: &Line| matches!(line, Line::Pair { value, .. } if value == address);
    let is_said = lines.is_some_and(|lines| lines.iter().any(says));
    Ok((!is_said).then(|| format!("the slip of {item} does not say {address}")))
}
