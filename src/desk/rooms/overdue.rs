//! What is overdue, whatever it is: keys, things on loan, temporary cards, and visitors who stay on
//! when their time is over.

use super::{Look, Row, Table, keys, lending, visitors};
use crate::desk::facts::HookFact;

/// All of it, as the counter at the top counts it.
pub fn rows(look: &Look<'_>) -> Vec<Row> {
    let keys = look.facts.hooks.iter().filter(|fact| is_late(fact, look));
    let keys = keys.map(|fact| {
        let hook = fact.key.hook.clone();
        let holder = fact.holder().map(|name| look.name(name));
        let cells = vec![
            look.with("desk-overdue-key", &[("hook", hook.into())]),
            holder.unwrap_or_default(),
            fact.due().map(|due| look.when(due)).unwrap_or_default(),
        ];
        Row {
            cells,
            ..keys::hook(fact, look)
        }
    });
    let out = look.facts.out.iter();
    let loans = out.filter(|loan| lending::late(loan, look)).map(|fact| {
        let mut row = lending::out_row(fact, look);
        let company = fact.tenant.as_ref().map(|name| name.text(look.language));
        let who = look.name(&fact.borrower);
        row.cells = vec![
            row.cells.swap_remove(0),
            Look::joined(&[&who, company.unwrap_or_default()]),
            look.when(fact.loan.due),
        ];
        row
    });
    keys.chain(loans)
        .chain(visitors::overstaying(look))
        .chain(visitors::late_cards(look))
        .collect()
}

/// Whether the key of this hook should hang there again.
pub fn is_late(fact: &HookFact, look: &Look<'_>) -> bool {
    fact.due().is_some_and(|due| due < look.at)
}

/// The table of it.
pub fn table(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-col-what", 34),
        ("desk-overdue-who", 36),
        ("desk-col-due", 30),
    ];
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: rows(look),
        common: Vec::new(),
        empty: look.say("desk-nothing-overdue"),
    }
}
