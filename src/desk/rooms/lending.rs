//! The room of things on loan: what is out, what is late, what waits for a look, what there is, what
//! is kept for whom, and whose deposit the house holds.

mod money;
pub(super) mod parts;
mod stock;

use super::{Action, Look, MOMENT, Mark, Row, Table, keys};
use crate::desk::dialog::{Dialog, Field, Seek, Wish};
use crate::desk::event::Order;
use crate::desk::facts::{LoanEnded, LoanFact};
use crate::desk::lending::LendingWish;
use crate::lending::{BroughtBack, Thing, ThingState};
use crate::people::Act;
pub use money::due as deposits_due;
pub use stock::{kept_row, thing_row};

/// The table of deposits.
pub const DEPOSITS: usize = 5;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    let (out, facts) = (&look.facts.out, &look.facts.lending);
    vec![
        (look.say("desk-tab-out"), out.len()),
        (
            look.say("desk-tab-overdue"),
            out.iter().filter(|loan| late(loan, look)).count(),
        ),
        (look.say("desk-tab-checking"), waiting(look).count()),
        (
            look.say("desk-tab-stock"),
            stock::stands(look).len() + look.facts.things.len(),
        ),
        (look.say("desk-tab-kept"), facts.kept.len()),
        (
            look.say("desk-tab-deposits"),
            money::due(look).count() + facts.deposits.len(),
        ),
        (look.say("desk-tab-register"), facts.register.len()),
    ]
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    let (columns, rows, empty): (&[(&str, u8)], Vec<Row>, &str) = match tab {
        0 | 1 => (
            &[
                ("desk-col-thing", 22),
                ("desk-col-who", 35),
                ("desk-col-due", MOMENT),
                ("desk-col-number", 17),
            ],
            look.facts
                .out
                .iter()
                .filter(|loan| tab == 0 || late(loan, look))
                .map(|loan| out_row(loan, look))
                .collect(),
            "desk-nothing-out",
        ),
        2 => (
            &[
                ("desk-col-thing", 22),
                ("desk-col-tag", 16),
                ("desk-col-answers", 62),
            ],
            waiting(look)
                .map(|thing| stock::waiting_row(thing, look))
                .collect(),
            "desk-nothing-to-check",
        ),
        3 => (
            &[
                ("desk-col-thing", 26),
                ("desk-col-tag", 16),
                ("desk-col-state", 58),
            ],
            stock::stands(look)
                .iter()
                .map(|stand| stock::stand_row(stand, look))
                .chain(look.facts.things.iter().map(|thing| thing_row(thing, look)))
                .collect(),
            "desk-nothing-in-stock",
        ),
        4 => (
            &[
                ("desk-col-thing", 22),
                ("desk-col-who", 26),
                ("desk-col-from", MOMENT),
                ("desk-col-until", MOMENT),
            ],
            look.facts
                .lending
                .kept
                .iter()
                .map(|kept| stock::kept_row(kept, look))
                .collect(),
            "desk-nothing-kept",
        ),
        6 => (
            &[
                ("desk-col-thing", 20),
                ("desk-col-who", 28),
                ("desk-col-from", MOMENT),
                ("desk-col-back", MOMENT),
            ],
            look.facts
                .lending
                .register
                .iter()
                .map(|fact| register_row(fact, look))
                .collect(),
            "desk-nothing-out",
        ),
        _ => (
            &[
                ("desk-col-thing", 26),
                ("desk-col-who", 30),
                ("desk-col-number", 18),
                ("desk-col-held", 26),
            ],
            money::rows(look),
            "desk-no-deposits",
        ),
    };
    Table {
        columns: columns
            .iter()
            .map(|(id, share)| (look.say(id), *share))
            .collect(),
        rows,
        common: stock::common(look),
        empty: look.say(empty),
    }
}

/// A line of the register 物品借用登记表: ● what, who, from when, until when.
fn register_row(fact: &LoanFact, look: &Look<'_>) -> Row {
    let row = found_row(fact, look);
    let since = look.when(fact.loan.lent_at);
    let cells = vec![
        row.cells[0].clone(),
        row.cells[1].clone(),
        since,
        ended(fact, look),
    ];
    Row { cells, ..row }
}

/// A loan as a search finds it, out or over. What is over stays as it was, but a damage that shows
/// afterwards is charged all the same.
pub fn found_row(fact: &LoanFact, look: &Look<'_>) -> Row {
    let mut row = out_row(fact, look);
    row.facts
        .push((look.say("desk-col-back"), ended(fact, look)));
    row.facts.extend(fact.bringer.iter().map(|bringer| {
        (
            look.say("desk-fact-brought-by"),
            keys::brought(bringer, look),
        )
    }));
    if fact.ended.is_some() {
        let (loan, missing) = (&fact.loan, &fact.missing);
        row.mark = Mark::Plain;
        row.facts.push((
            look.say("desk-fact-missing"),
            parts::list(&loan.kind, missing, look),
        ));
        let came = parts::came(loan.id, &loan.kind, missing, look);
        row.actions = came.into_iter().collect();
        row.actions.push(money::book(fact, look));
    }
    row
}

/// When a thing came back, or that it did not.
fn ended(fact: &LoanFact, look: &Look<'_>) -> String {
    match fact.ended {
        Some(LoanEnded::Back(at)) => look.when(at),
        Some(LoanEnded::Lost(at)) => {
            look.with("desk-ended-lost", &[("when", look.when(at).into())])
        }
        None => look.say("desk-not-back"),
    }
}

/// Whether this should have been back by now.
pub fn late(loan: &LoanFact, look: &Look<'_>) -> bool {
    loan.loan.due < look.at && loan.ended.is_none()
}

/// A loan as a row, here and among what a search finds.
pub fn out_row(fact: &LoanFact, look: &Look<'_>) -> Row {
    let loan = &fact.loan;
    let what = what(fact, look);
    let company = fact.tenant.as_ref().map(|name| name.text(look.language));
    let who = Look::joined(&[&look.name(&fact.borrower), company.unwrap_or_default()]);
    let due = look.when(loan.due);
    let told = match late(fact, look) {
        true => look.with("desk-was-due", &[("when", due.clone().into())]),
        false => due.clone(),
    };
    let mut actions = vec![Action::order(
        'R',
        look.say("desk-do-take-back"),
        Act::TakeBackThings,
        Order::TakeBack(BroughtBack::Loan(loan.id), None),
    )];
    actions.push(by_another(fact, look));
    actions.extend(fact.job.map(|job| {
        let label = look.say("desk-do-reprint");
        Action::order('P', label, Act::ReprintSlips, Order::Reprint(job))
    }));
    actions.extend(money::actions(fact, look));
    let fact_of = |id: &str, value: String| (look.say(id), value);
    Row {
        key: loan.id.to_string(),
        mark: match late(fact, look) {
            true => Mark::Attend,
            false => Mark::Plain,
        },
        facts: vec![
            fact_of("desk-col-thing", what.clone()),
            fact_of("desk-col-who", who.clone()),
            fact_of("slip-lent-at", look.when(loan.lent_at)),
            fact_of("desk-col-due", told),
            fact_of("desk-col-number", loan.number.to_string()),
        ],
        cells: vec![what, who, due, loan.number.to_string()],
        actions,
    }
}

/// ● Somebody else brings it: the register says who.
fn by_another(fact: &LoanFact, look: &Look<'_>) -> Action {
    let label = look.say("desk-do-back-by-another");
    let who = look.name(&fact.borrower);
    let dialog = Dialog {
        title: label.clone(),
        says: Look::joined(&[&what(fact, look), &who]),
        fields: vec![Field::pick(
            look.say("desk-fact-brought-by"),
            Seek::OfTheHouse,
        )],
        wish: Wish::Lending(LendingWish::BackByAnother(fact.loan.id)),
        chosen: 0,
        problem: None,
    };
    Action::ask('B', label, Act::TakeBackThings, dialog)
}

/// What is out, as people call it.
pub fn what(fact: &LoanFact, look: &Look<'_>) -> String {
    let kind = look.house.kind_name(&fact.loan.kind, look.language);
    match fact.loan.item.label() {
        Some(label) => format!("{kind} {label}"),
        None => kind,
    }
}

fn waiting<'a>(look: &Look<'a>) -> impl Iterator<Item = &'a Thing> + use<'a> {
    let things = look.facts.things.iter();
    things.filter(|thing| {
        matches!(
            thing.state,
            ThingState::AwaitingCheck | ThingState::InRepair
        )
    })
}
