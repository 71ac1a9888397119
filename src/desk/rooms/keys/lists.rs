//! The lists of the room of keys: grants, uses of which a tenant is to be told, and the register.

use super::{forms, order};
use crate::desk::facts::{Bringer, GrantFact, KeyUseFact, TakingEnded, TakingFact};
use crate::desk::rooms::{Look, MOMENT, Mark, Row, Table};
use crate::desk::services::KeyOrder;
use crate::keys::Purpose;
use crate::people::{Act, PersonName};

/// Who may take which keys.
pub fn grants(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-field-group", 38),
        ("desk-field-person", 36),
        ("desk-field-last-day", MOMENT),
    ];
    let grants = look.facts.grants.iter();
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: grants.map(|fact| grant(fact, look)).collect(),
        common: vec![forms::grant(look), forms::hang(look)],
        empty: look.say("desk-no-grants"),
    }
}

/// A grant as a row.
pub fn grant(fact: &GrantFact, look: &Look<'_>) -> Row {
    let grant = &fact.grant;
    let who = fact.name.as_ref().map(|name| look.name(name));
    let who = who.unwrap_or_default();
    let until = match grant.until {
        Some(until) => look.last_day(until),
        None => look.say("desk-grant-open"),
    };
    Row {
        key: grant.id.to_string(),
        mark: Mark::Plain,
        facts: vec![
            (look.say("desk-field-group"), grant.group.0.clone()),
            (look.say("desk-field-person"), who.clone()),
            (look.say("desk-fact-since"), look.when(grant.from)),
            (look.say("desk-field-last-day"), until.clone()),
        ],
        cells: vec![grant.group.0.clone(), who, until],
        actions: vec![
            order(
                'W',
                look.say("desk-do-withdraw"),
                Act::KeepKeys,
                KeyOrder::WithdrawGrant(grant.id),
            )
            .by_its_key(),
        ],
    }
}

/// Uses of which the tenants are still to be told; none where the house tells them of none.
pub fn untold<'a>(look: &Look<'a>) -> impl Iterator<Item = &'a KeyUseFact> {
    let tells = look.house.keys.tells_tenants;
    look.facts.key_uses.iter().filter(move |_| tells)
}

/// Uses of keys to tenants' units, of which the tenants were not told.
pub fn uses(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-field-of-tenant", 32),
        ("desk-col-hook", 14),
        ("desk-col-key-holder", 28),
        ("desk-fact-taken-out", MOMENT),
    ];
    let uses = untold(look);
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: uses.map(|fact| used(fact, look)).collect(),
        common: Vec::new(),
        empty: look.say("desk-no-key-uses"),
    }
}

fn used(fact: &KeyUseFact, look: &Look<'_>) -> Row {
    let holder = fact.holder.as_ref().map(|name| look.name(name));
    let holder = holder.unwrap_or_default();
    let tenant = fact.tenant.text(look.language).to_owned();
    let since = look.when(fact.loan.taken_at);
    Row {
        key: fact.loan.id.to_string(),
        mark: Mark::Attend,
        facts: vec![
            (look.say("desk-field-of-tenant"), tenant.clone()),
            (look.say("desk-col-hook"), fact.loan.hook.clone()),
            (look.say("desk-col-key-holder"), holder.clone()),
            (look.say("desk-fact-taken-out"), since.clone()),
        ],
        cells: vec![tenant, fact.loan.hook.clone(), holder, since],
        actions: vec![
            order(
                'T',
                look.say("desk-do-told"),
                Act::UseKeys,
                KeyOrder::TellTenant(fact.loan.id),
            )
            .by_its_key(),
        ],
    }
}

/// The register of takings 钥匙借用登记: ● who, which, for what, until when; and when it came back.
pub fn register(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-col-hook", 10),
        ("desk-col-key-holder", 20),
        ("desk-field-purpose", 18),
        ("desk-fact-taken-out", MOMENT),
        ("desk-col-back", MOMENT),
    ];
    let takings = look.facts.key_register.iter();
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: takings.map(|taking| registered(taking, look)).collect(),
        common: Vec::new(),
        empty: look.say("desk-no-takings"),
    }
}

fn registered(taking: &TakingFact, look: &Look<'_>) -> Row {
    let loan = &taking.loan;
    let who = taker(taking, look);
    let what_for = purpose(taking, look);
    let since = look.when(loan.taken_at);
    let back = match &taking.ended {
        Some(TakingEnded::Back(at, _)) => look.when(*at),
        Some(TakingEnded::Lost(at)) => {
            look.with("desk-ended-lost", &[("when", look.when(*at).into())])
        }
        None => look.say("desk-not-back"),
    };
    let mut facts = vec![
        (look.say("desk-col-hook"), loan.hook.clone()),
        (look.say("desk-col-key-holder"), who.clone()),
        (look.say("desk-col-due"), look.when(loan.due)),
    ];
    facts.extend(about(taking, look));
    facts.push((look.say("desk-col-back"), back.clone()));
    if let Some(TakingEnded::Back(_, by)) = &taking.ended {
        facts.push((look.say("desk-fact-brought-by"), brought(by, look)));
    }
    Row {
        key: loan.id.to_string(),
        mark: match &taking.ended {
            None if loan.due < look.at => Mark::Stop,
            Some(TakingEnded::Lost(_)) => Mark::Attend,
            _ => Mark::Plain,
        },
        cells: vec![loan.hook.clone(), who, what_for, since, back],
        facts,
        // What happened is only to be read; a key that is out is on its hook's row.
        actions: Vec::new(),
    }
}

/// Who took a key, and whether with a contractor.
pub fn taker(taking: &TakingFact, look: &Look<'_>) -> String {
    let who = named(taking.holder.as_ref(), look);
    match &taking.contractor {
        Some(_) => Look::joined(&[&who, &look.say("desk-with-contractor")]),
        None => who,
    }
}

/// What else there is to know about a taking, label and value.
pub fn about(taking: &TakingFact, look: &Look<'_>) -> Vec<(String, String)> {
    let mut facts = vec![
        (look.say("desk-field-purpose"), purpose(taking, look)),
        (
            look.say("desk-fact-taken-out"),
            look.when(taking.loan.taken_at),
        ),
    ];
    if taking.second.is_some() {
        let second = named(taking.second.as_ref(), look);
        facts.push((look.say("desk-fact-second"), second));
    }
    if let Some(contractor) = &taking.contractor {
        facts.push((look.say("desk-fact-contractor"), contractor.clone()));
    }
    facts
}

fn purpose(taking: &TakingFact, look: &Look<'_>) -> String {
    let id = match &taking.purpose {
        None => return String::new(),
        Some(Purpose::WorkOrder(number)) => {
            return look.with("key-order", &[("number", number.clone().into())]);
        }
        Some(Purpose::Inspection) => "key-for-inspection",
        Some(Purpose::Cleaning) => "key-for-cleaning",
        Some(Purpose::Viewing) => "key-for-viewing",
        Some(Purpose::Repair) => "key-for-repair",
        Some(Purpose::Emergency) => "key-for-emergency",
    };
    look.say(id)
}

pub fn brought(by: &Bringer, look: &Look<'_>) -> String {
    let with = |id: &str, name: &Option<PersonName>| {
        let name = named(name.as_ref(), look);
        look.with(id, &[("name", name.into())])
    };
    match by {
        Bringer::Holder => look.say("desk-brought-holder"),
        Bringer::Another(name) => with("desk-brought-another", name),
        Bringer::AtDesk(name) => with("desk-brought-desk", name),
        Bringer::Unknown => look.say("desk-brought-unknown"),
        Bringer::Keeper => look.say("desk-brought-keeper"),
    }
}

fn named(name: Option<&PersonName>, look: &Look<'_>) -> String {
    name.map(|name| look.name(name)).unwrap_or_default()
}
