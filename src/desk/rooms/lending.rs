//! The room of things on loan: what is out, what is late, what waits for a look, what there is.

use super::{Action, Look, Mark, Row, Table};
use crate::desk::dialog::{Dialog, Field, Wish};
use crate::desk::event::Order;
use crate::desk::facts::{LoanFact, StandFact};
use crate::lending::{BroughtBack, Counted, Thing, ThingState};
use crate::matters::Cause;
use crate::people::Act;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    let out = &look.facts.out;
    vec![
        (look.say("desk-tab-out"), out.len()),
        (
            look.say("desk-tab-overdue"),
            out.iter().filter(|loan| late(loan, look)).count(),
        ),
        (look.say("desk-tab-checking"), waiting(look).count()),
        (
            look.say("desk-tab-stock"),
            stands(look).count() + look.facts.things.len(),
        ),
    ]
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    let columns = |ids: &[(&str, u8)]| {
        ids.iter()
            .map(|(id, share)| (look.say(id), *share))
            .collect()
    };
    match tab {
        0 | 1 => Table {
            columns: columns(&[
                ("desk-col-thing", 26),
                ("desk-col-who", 34),
                ("desk-col-due", 24),
                ("desk-col-number", 16),
            ]),
            rows: look
                .facts
                .out
                .iter()
                .filter(|loan| tab == 0 || late(loan, look))
                .map(|loan| out_row(loan, look))
                .collect(),
            common: common(look),
            empty: look.say("desk-nothing-out"),
        },
        2 => Table {
            columns: columns(&[("desk-col-thing", 60), ("desk-col-tag", 40)]),
            rows: waiting(look).map(|thing| thing_row(thing, look)).collect(),
            common: common(look),
            empty: look.say("desk-nothing-to-check"),
        },
        _ => Table {
            columns: columns(&[
                ("desk-col-thing", 40),
                ("desk-col-tag", 30),
                ("desk-col-state", 30),
            ]),
            rows: stands(look)
                .map(|stand| stand_row(stand, look))
                .chain(look.facts.things.iter().map(|thing| thing_row(thing, look)))
                .collect(),
            common: common(look),
            empty: look.say("desk-nothing-in-stock"),
        },
    }
}

/// Whether this should have been back by now.
pub fn late(loan: &LoanFact, look: &Look<'_>) -> bool {
    loan.loan.due < look.at
}

/// A loan as a row, here and among what a search finds.
pub fn out_row(fact: &LoanFact, look: &Look<'_>) -> Row {
    let loan = &fact.loan;
    let what = what(fact, look);
    let company = fact.tenant.as_ref().map(|name| name.text(look.language));
    let who = Look::joined(&[&look.name(&fact.borrower), company.unwrap_or_default()]);
    let due = match late(fact, look) {
        true => look.with("desk-was-due", &[("when", look.when(loan.due).into())]),
        false => look.when(loan.due),
    };
    let mut actions = vec![Action::order(
        'R',
        look.say("desk-do-take-back"),
        Act::TakeBackThings,
        Order::TakeBack(BroughtBack::Loan(loan.id)),
    )];
    actions.extend(fact.job.map(|job| {
        let label = look.say("desk-do-reprint");
        Action::order('P', label, Act::ReprintSlips, Order::Reprint(job))
    }));
    let lost = Order::OpenMatter(Cause::ThingLost, loan.id.0);
    actions.push(Action::order(
        'L',
        look.say("desk-do-report-lost"),
        Act::OwnMatters,
        lost,
    ));
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
            fact_of("desk-fact-since", look.when(loan.lent_at)),
            fact_of("desk-col-due", due.clone()),
            fact_of("desk-col-number", loan.number.to_string()),
        ],
        cells: vec![what, who, due, loan.number.to_string()],
        actions,
    }
}

/// What is out, as people call it.
pub fn what(fact: &LoanFact, look: &Look<'_>) -> String {
    let kind = look.house.kind_name(&fact.loan.kind, look.language);
    match fact.loan.item.label() {
        Some(label) => format!("{kind} {label}"),
        None => kind,
    }
}

/// A thing as a row.
pub fn thing_row(thing: &Thing, look: &Look<'_>) -> Row {
    let kind = look.house.kind_name(&thing.kind, look.language);
    let (state, mark) = state(thing.state);
    let what = format!("{kind} {}", thing.label);
    let mut actions = Vec::new();
    if thing.state == ThingState::OnLoan {
        let order = Order::TakeBack(BroughtBack::Tag(thing.tag.clone()));
        actions.push(Action::order(
            'R',
            look.say("desk-do-take-back"),
            Act::TakeBackThings,
            order,
        ));
    }
    Row {
        key: thing.id.to_string(),
        mark,
        facts: vec![
            (look.say("desk-col-thing"), what.clone()),
            (look.say("desk-col-tag"), thing.tag.clone()),
            (look.say("desk-col-state"), look.say(state)),
        ],
        cells: vec![what, thing.tag.clone(), look.say(state)],
        actions,
    }
}

fn stand_row(stand: &StandFact, look: &Look<'_>) -> Row {
    let kind = look.house.kind_name(&stand.kind, look.language);
    let inside = stand.total.saturating_sub(stand.out);
    let state = look.with(
        "desk-stand-holds",
        &[
            ("inside", inside.into()),
            ("out", stand.out.into()),
            ("total", stand.total.into()),
        ],
    );
    let dialog = Dialog {
        title: look.with("desk-ask-count", &[("kind", kind.clone().into())]),
        says: look.with("desk-ask-count-how", &[("out", stand.out.into())]),
        fields: vec![Field::amount(look.say("desk-field-total"), 9_999)],
        wish: Wish::CountStand(stand.kind.clone()),
        chosen: 0,
        problem: None,
    };
    Row {
        key: format!("stand {}", stand.kind),
        mark: match inside {
            0 => Mark::Attend,
            _ => Mark::Plain,
        },
        facts: vec![
            (look.say("desk-col-thing"), kind.clone()),
            (look.say("desk-fact-inside"), inside.to_string()),
            (look.say("desk-tab-out"), stand.out.to_string()),
            (look.say("desk-field-total"), stand.total.to_string()),
        ],
        cells: vec![kind, look.say("desk-stand"), state],
        actions: vec![Action::ask(
            'Z',
            look.say("desk-do-count"),
            Act::KeepStock,
            dialog,
        )],
    }
}

fn waiting<'a>(look: &Look<'a>) -> impl Iterator<Item = &'a Thing> {
    let things = look.facts.things.iter();
    things.filter(|thing| thing.state == ThingState::AwaitingCheck)
}

/// The stands of kinds that are lent one like another.
fn stands<'a>(look: &Look<'a>) -> impl Iterator<Item = &'a StandFact> {
    look.facts.stands.iter()
}

fn common(look: &Look<'_>) -> Vec<Action> {
    let tagged = look
        .house
        .kinds
        .iter()
        .filter(|kind| kind.counted == Counted::Tagged);
    let kinds: Vec<_> = tagged.collect();
    if kinds.is_empty() {
        return Vec::new();
    }
    let names = kinds
        .iter()
        .map(|kind| kind.name.text(look.language).to_owned());
    let dialog = Dialog {
        title: look.say("desk-do-enter-thing"),
        says: look.say("desk-ask-thing-how"),
        fields: vec![
            Field::choice(look.say("desk-col-thing"), names.collect()),
            Field::text(look.say("desk-col-tag"), 32),
            Field::text(look.say("desk-field-label"), 12),
        ],
        wish: Wish::EnterThing(kinds.iter().map(|kind| kind.id.clone()).collect()),
        chosen: 0,
        problem: None,
    };
    vec![Action::ask(
        'N',
        look.say("desk-do-enter-thing"),
        Act::KeepStock,
        dialog,
    )]
}

fn state(state: ThingState) -> (&'static str, Mark) {
    match state {
        ThingState::Available => ("desk-thing-available", Mark::Plain),
        ThingState::OnLoan => ("desk-thing-on-loan", Mark::Plain),
        ThingState::AwaitingCheck => ("desk-thing-awaiting-check", Mark::Attend),
        ThingState::Reserved => ("desk-thing-reserved", Mark::Plain),
        ThingState::InRepair => ("desk-thing-in-repair", Mark::Attend),
        ThingState::Retired => ("desk-thing-retired", Mark::Plain),
    }
}
