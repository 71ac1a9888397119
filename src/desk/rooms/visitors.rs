//! The room of visitors: who waits for a yes, who is inside, who is expected, who has left.

use super::{Action, Look, Mark, Row, Table};
use crate::desk::dialog::{Dialog, Field, Wish};
use crate::desk::event::Order;
use crate::desk::facts::VisitFact;
use crate::desk::services::ServiceOrder;
use crate::people::Act;
use crate::visits::{Leaving, VisitState, VisitorType};

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    let count = |wanted: fn(VisitState) -> bool| of(look, wanted).count();
    vec![
        (look.say("desk-tab-waiting"), count(waits)),
        (look.say("desk-tab-inside"), count(is_inside)),
        (look.say("desk-tab-expected"), count(is_expected)),
        (look.say("desk-tab-left"), count(is_over)),
    ]
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    let wanted: fn(VisitState) -> bool = match tab {
        0 => waits,
        1 => is_inside,
        2 => is_expected,
        _ => is_over,
    };
    let columns = [
        ("desk-col-visitor", 26),
        ("desk-col-type", 16),
        ("desk-col-host", 34),
        ("desk-col-number", 24),
    ];
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: of(look, wanted).map(|fact| row(fact, look)).collect(),
        common: vec![Action::order(
            'M',
            look.say("desk-do-roll-call"),
            Act::SignOutVisitor,
            Order::Service(ServiceOrder::PrintRollCall),
        )],
        empty: look.say("desk-no-visits"),
    }
}

fn of<'a>(look: &Look<'a>, wanted: fn(VisitState) -> bool) -> impl Iterator<Item = &'a VisitFact> {
    let visits = look.facts.visits.iter();
    visits.filter(move |fact| wanted(fact.visit.state))
}

/// Whether somebody waits for a yes.
pub fn waits(state: VisitState) -> bool {
    state == VisitState::Waiting
}

/// Whether somebody is in the building.
pub fn is_inside(state: VisitState) -> bool {
    state == VisitState::Inside
}

fn is_expected(state: VisitState) -> bool {
    matches!(state, VisitState::Announced | VisitState::Admitted)
}

fn is_over(state: VisitState) -> bool {
    matches!(state, VisitState::Left | VisitState::Refused)
}

/// A visit as a row, here and in the column of what needs a person.
pub fn row(fact: &VisitFact, look: &Look<'_>) -> Row {
    let visit = &fact.visit;
    let who = visit
        .name
        .as_ref()
        .map(|name| look.name(name))
        .unwrap_or_default();
    let host = Look::joined(&[
        &fact
            .host
            .as_ref()
            .map(|name| look.name(name))
            .unwrap_or_default(),
        fact.tenant
            .as_ref()
            .map(|name| name.text(look.language))
            .unwrap_or_default(),
    ]);
    let of = look.say(match visit.of {
        VisitorType::Guest => "visit-guest",
        VisitorType::Interview => "visit-interview",
        VisitorType::Courier => "visit-courier",
        VisitorType::Contractor => "visit-contractor",
        VisitorType::ProspectiveTenant => "visit-viewing",
    });
    let number = visit
        .number
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let moment = match visit.state {
        VisitState::Announced => visit.window.map(|(from, _)| from),
        VisitState::Inside => visit.inside_at,
        VisitState::Left => visit.left.map(|(at, _)| at),
        _ => visit.came_at,
    };
    let unseen = matches!(visit.left, Some((_, Leaving::NotConfirmed)));
    let mut facts = vec![
        (look.say("desk-col-visitor"), who.clone()),
        (look.say("desk-col-type"), of.clone()),
        (look.say("desk-col-host"), host.clone()),
        (look.say("desk-col-number"), number.clone()),
    ];
    facts.extend(moment.map(|at| (look.say("desk-fact-since"), look.when(at))));
    if unseen {
        facts.push((look.say("desk-col-state"), look.say("desk-not-confirmed")));
    }
    Row {
        key: visit.id.to_string(),
        mark: match (visit.state, unseen) {
            (VisitState::Waiting, _) | (_, true) => Mark::Attend,
            (VisitState::Refused, _) => Mark::Stop,
            _ => Mark::Plain,
        },
        facts,
        cells: vec![who, of, host, number],
        actions: actions(fact, look),
    }
}

fn actions(fact: &VisitFact, look: &Look<'_>) -> Vec<Action> {
    let visit = &fact.visit;
    match visit.state {
        // The desk phones the host; what the host says is written down in the host's name. Where
        // nobody is visited, whoever works here says it.
        VisitState::Waiting => {
            let said = visit.host.unwrap_or(look.me.person);
            let say = |key, word, yes| {
                let visit = visit.id;
                let order = Order::Service(ServiceOrder::SayYes { visit, said, yes });
                Action::order(key, look.say(word), Act::ApproveVisit, order)
            };
            vec![
                say('Y', "desk-do-say-yes", true),
                say('N', "desk-do-say-no", false),
            ]
        }
        VisitState::Inside if visit.carries => {
            let dialog = Dialog {
                title: look.say("visit-things-out"),
                says: look.say("visit-things-out-detail"),
                fields: vec![Field::yes_no(look.say("visit-things-all"))],
                wish: Wish::SignOut(visit.id),
                chosen: 0,
                problem: None,
            };
            let label = look.say("desk-do-sign-out");
            vec![Action::ask('R', label, Act::SignOutVisitor, dialog)]
        }
        VisitState::Inside => {
            let order = Order::Service(ServiceOrder::SignOut(visit.id, None));
            let label = look.say("desk-do-sign-out");
            vec![Action::order('R', label, Act::SignOutVisitor, order)]
        }
        _ => Vec::new(),
    }
}
