//! What a search found, as a table like any other.

use super::{Look, Mark, Room, Row, Table, keys, lending, mail, matters, people, visitors};
use crate::desk::facts::Hit;
use crate::people::Act;

/// What was found.
pub fn found(hits: &[Hit], look: &Look<'_>) -> Table {
    let column = |id: &str, share| (look.say(id), share);
    Table {
        columns: vec![
            column("desk-col-kind", 14),
            column("desk-col-what", 36),
            column("desk-col-about", 50),
        ],
        rows: hits.iter().map(|hit| row(hit, look)).collect(),
        common: Vec::new(),
        empty: match look.may(Act::ReadRegisters) {
            true => look.say("desk-nothing-found"),
            false => look.say("desk-nothing-of-yours"),
        },
    }
}

fn row(hit: &Hit, look: &Look<'_>) -> Row {
    let (kind, row) = match hit {
        Hit::Person(person) => ("desk-hit-person", people::person_row(person, look)),
        Hit::Thing(_, Some(loan)) => ("desk-hit-thing", lending::found_row(loan, look)),
        Hit::Thing(thing, None) => ("desk-hit-thing", lending::thing_row(thing, look)),
        Hit::Loan(loan) => ("desk-hit-loan", lending::found_row(loan, look)),
        Hit::Tenant(tenant) => ("desk-hit-tenant", people::tenant_row(tenant, look)),
        Hit::Visit(visit) => ("desk-hit-visit", visitors::row(visit, look)),
        Hit::Key(key) => ("desk-hit-key", keys::hook(key, look)),
        Hit::Grant(fact) => ("desk-hit-grant", keys::grant(fact, look)),
        Hit::Matter(fact) => ("desk-hit-matter", matters::row(fact, look)),
        Hit::Closed(fact) => ("desk-hit-matter", matters::closed_row(fact, look)),
        Hit::Permit(fact) => ("desk-hit-permit", visitors::permit(fact, look)),
        Hit::Kept(fact) => ("desk-hit-kept", lending::kept_row(fact, look)),
        Hit::Mail(item, went) => ("desk-hit-mail", mail::found(item, went.as_deref(), look)),
    };
    let mut cells = row.cells.clone().into_iter();
    let what = cells.next().unwrap_or_default();
    let rest: Vec<String> = cells.collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    Row {
        cells: vec![look.say(kind), what, Look::joined(&rest)],
        mark: match row.mark {
            Mark::Good => Mark::Plain,
            mark => mark,
        },
        ..row
    }
}

/// Where a hit stands among the tables of its room, with its row there; nothing where it is in none of
/// them, because it is over or nobody of the office.
pub fn stands(hit: &Hit, look: &Look<'_>) -> Option<(Room, usize, String)> {
    let room = match hit {
        Hit::Person(_) | Hit::Tenant(_) => Room::People,
        Hit::Thing(..) | Hit::Loan(_) | Hit::Kept(_) => Room::Lending,
        Hit::Visit(_) | Hit::Permit(_) => Room::Visitors,
        Hit::Mail(item, _) => {
            let (tab, key) = mail::place(item, look);
            let rows = Room::Mail.table(tab, look).rows;
            let is_there = rows.iter().any(|row| row.key == key);
            return is_there.then_some((Room::Mail, tab, key));
        }
        Hit::Key(_) | Hit::Grant(_) => Room::Keys,
        Hit::Matter(_) | Hit::Closed(_) => Room::Matters,
    };
    let key = row(hit, look).key;
    let mut tabs = 0..room.tabs(look).len().max(1);
    let tab = tabs.find(|tab| {
        let rows = room.table(*tab, look).rows;
        rows.iter().any(|row| row.key == key)
    })?;
    Some((room, tab, key))
}
