//! The lists of the room of keys: grants, and uses of which a tenant is to be told.

use super::{forms, order};
use crate::desk::facts::{GrantFact, KeyUseFact};
use crate::desk::rooms::{Look, MOMENT, Mark, Row, Table};
use crate::desk::services::KeyOrder;
use crate::people::Act;

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

fn grant(fact: &GrantFact, look: &Look<'_>) -> Row {
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

/// Uses of keys to tenants' units, of which the tenants were not told.
pub fn uses(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-field-of-tenant", 32),
        ("desk-col-hook", 14),
        ("desk-col-key-holder", 28),
        ("desk-fact-taken-out", MOMENT),
    ];
    let uses = look.facts.key_uses.iter();
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
