//! What a search found, as a table like any other.

use super::{Look, Mark, Row, Table, lending, mail, people, visitors};
use crate::desk::facts::Hit;

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
        empty: look.say("desk-nothing-found"),
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
