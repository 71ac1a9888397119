//! The room of visitors: who waits for a yes, who is inside, who is expected, who has left; the cards
//! that are out, the work permits, and those who are not admitted.

pub(super) mod doubts;
mod forms;
mod lists;

use super::{Action, Look, Mark, Row, Table};
use crate::desk::event::{Order, SignedFor};
use crate::desk::facts::{PermitFact, VisitFact};
use crate::desk::services::{ServiceOrder, VisitOrder};
use crate::people::Act;
use crate::visits::rules::stays_too_long;
use crate::visits::{Leaving, VisitId, VisitState, VisitorType};

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    let count = |wanted: fn(VisitState) -> bool| of(look, wanted).count();
    let mut tabs = vec![
        (look.say("desk-tab-waiting"), count(waits)),
        (look.say("desk-tab-inside"), count(is_inside)),
        (look.say("desk-tab-expected"), count(is_expected)),
        (look.say("desk-tab-left"), count(is_over)),
        (look.say("desk-tab-cards"), look.facts.cards_out.len()),
        (look.say("desk-tab-permits"), look.facts.permits.len()),
    ];
    // Who stands on the list is for whoever keeps it.
    if look.me.may(Act::KeepDoNotAdmit) {
        tabs.push((look.say("desk-tab-barred"), look.facts.barred.len()));
    }
    tabs
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    let wanted: fn(VisitState) -> bool = match tab {
        0 => waits,
        1 => is_inside,
        2 => is_expected,
        3 => is_over,
        4 => return lists::cards(look),
        5 => return lists::permits(look),
        _ => return lists::barred(look),
    };
    let columns = [
        ("desk-col-visitor", 26),
        ("desk-col-type", 16),
        ("desk-col-host", 34),
        match tab {
            // Who is expected has no number yet, but an hour.
            2 => ("desk-col-expected-at", 24),
            _ => ("desk-col-number", 24),
        },
    ];
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: of(look, wanted).map(|fact| row(fact, look)).collect(),
        common: common(look),
        empty: look.say("desk-no-visits"),
    }
}

/// Visitors who are still inside when what was announced is over, or another day has begun.
pub fn overstaying(look: &Look<'_>) -> Vec<Row> {
    let today = look.calendar().today;
    let day = |at| look.house.building.local(at).date();
    let stays = of(look, is_inside).filter(|fact| stays_too_long(&fact.visit, look.at, today, day));
    let due = |fact: &VisitFact| fact.visit.window.map(|(_, until)| look.when(until));
    stays
        .map(|fact| {
            let row = row(fact, look);
            let what = look.say("desk-overdue-visit");
            let who = Look::joined(&[&row.cells[0], &row.cells[2]]);
            Row {
                mark: Mark::Attend,
                cells: vec![what, who, due(fact).unwrap_or_default()],
                ..row
            }
        })
        .collect()
}

/// Temporary cards whose visitors have left without giving them back.
pub fn late_cards(look: &Look<'_>) -> Vec<Row> {
    let cards = look.facts.cards_out.iter();
    cards
        .filter(|fact| fact.card.is_overdue)
        .map(|fact| {
            let row = lists::card(fact, look);
            let what = look.say("desk-overdue-card");
            Row {
                // It was due when its visitor left, which the row beside tells.
                cells: vec![what, row.cells[0].clone(), String::new()],
                ..row
            }
        })
        .collect()
}

/// What can be done about somebody who is, or may be, on the list, while nobody has answered for it.
pub fn settle(visit: VisitId, look: &Look<'_>) -> Vec<Action> {
    let found = look.facts.visits.iter().find(|fact| fact.visit.id == visit);
    match found.filter(|fact| fact.doubt.is_some()) {
        Some(fact) => actions(fact, look),
        None => Vec::new(),
    }
}

/// What can be done about the temporary card that is out with a visit.
pub fn card_of(visit: VisitId, look: &Look<'_>) -> Vec<Action> {
    let mut cards = look.facts.cards_out.iter();
    let fact = cards.find(|fact| fact.card.visit == visit);
    fact.map(|fact| {
        // T takes a matter.
        let back = Action {
            key: 'B',
            ..forms::return_card(look)
        };
        vec![back, forms::card_gone(fact, look)]
    })
    .unwrap_or_default()
}

/// A work permit as a row, here and among what a search finds.
pub fn permit(fact: &PermitFact, look: &Look<'_>) -> Row {
    lists::permit(fact, look)
}

/// What can be done whatever row is chosen.
fn common(look: &Look<'_>) -> Vec<Action> {
    vec![
        forms::announce(look),
        order(
            'M',
            look.say("desk-do-roll-call"),
            // ● Whoever may see who is inside may have it on paper.
            Act::ReadRegisters,
            VisitOrder::PrintRollCall,
        ),
        forms::return_card(look),
        forms::announce_file(look),
    ]
}

fn order(key: char, label: String, act: Act, order: VisitOrder) -> Action {
    Action::order(key, label, act, Order::Service(ServiceOrder::Visits(order)))
}

fn of<'a>(look: &Look<'a>, wanted: fn(VisitState) -> bool) -> impl Iterator<Item = &'a VisitFact> {
    let visits = look.facts.visits.iter();
    visits.filter(move |fact| wanted(fact.visit.state))
}

/// Whether somebody stands at the lodge and is not in yet.
fn waits(state: VisitState) -> bool {
    matches!(state, VisitState::Waiting | VisitState::Admitted)
}

/// Whether somebody is in the building.
fn is_inside(state: VisitState) -> bool {
    state == VisitState::Inside
}

fn is_expected(state: VisitState) -> bool {
    state == VisitState::Announced
}

fn is_over(state: VisitState) -> bool {
    matches!(
        state,
        VisitState::Left | VisitState::Refused | VisitState::Lapsed
    )
}

fn kind_word(of: VisitorType) -> &'static str {
    match of {
        VisitorType::Guest => "visit-guest",
        VisitorType::Interview => "visit-interview",
        VisitorType::Courier => "visit-courier",
        VisitorType::Contractor => "visit-contractor",
        VisitorType::ProspectiveTenant => "visit-viewing",
    }
}

/// A visit as a row, here, in the column of what needs a person, and among what a search finds.
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
    let of = look.say(kind_word(visit.of));
    let number = visit
        .number
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let moment = match visit.state {
        VisitState::Announced | VisitState::Withdrawn => visit.window.map(|(from, _)| from),
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
        (look.say("desk-col-state"), look.say(state_word(fact))),
    ];
    // What is still to come is expected then, what is over ended then.
    let moment_word = match visit.state {
        VisitState::Announced | VisitState::Withdrawn => "desk-col-expected-at",
        VisitState::Left => "desk-fact-left",
        _ => "desk-fact-since",
    };
    let told = moment.map(|at| match unseen {
        true => Look::joined(&[&look.when(at), &look.say("desk-not-confirmed")]),
        false => look.when(at),
    });
    facts.extend(told.map(|told| (look.say(moment_word), told)));
    facts.extend(
        visit
            .window
            .filter(|_| visit.state == VisitState::Announced)
            .map(|(_, until)| (look.say("desk-fact-until"), look.when(until))),
    );
    facts.extend([
        (look.say("desk-field-purpose"), fact.told.purpose.clone()),
        (look.say("visit-things"), fact.told.things.clone()),
    ]);
    let signed = visit.came_at.filter(|_| fact.told.is_signed);
    facts.extend(signed.map(|at| (look.say("desk-fact-signed"), look.when(at))));
    let signed = signed.map(|_| Action::signature(look, SignedFor::Visit(visit.id)));
    // Whoever announces visitors tells them their code.
    let code = fact
        .code
        .as_deref()
        .filter(|_| look.me.may(Act::AnnounceVisit));
    facts.extend(code.map(|code| (look.say("desk-fact-code"), super::spaced(code))));
    // ● Whoever lets visitors in has to know why somebody is not admitted, and to see both.
    if let Some(doubt) = &fact.doubt {
        facts.extend(doubts::lines(doubt, look));
    }
    // An announced visit has no number yet: its window is what tells it from others.
    let last = match (visit.state, moment) {
        (VisitState::Announced | VisitState::Withdrawn, Some(from)) => look.when(from),
        _ => number,
    };
    Row {
        key: visit.id.to_string(),
        mark: match (visit.state, unseen, fact.doubt.is_some()) {
            (_, _, true) | (VisitState::Refused, ..) => Mark::Stop,
            (VisitState::Waiting, ..) | (_, true, _) => Mark::Attend,
            (VisitState::Admitted, ..) => Mark::Good,
            _ => Mark::Plain,
        },
        facts,
        cells: vec![who, of, host, last],
        actions: actions(fact, look).into_iter().chain(signed).collect(),
    }
}

/// Where a visit stands, in words.
pub fn state_word(fact: &VisitFact) -> &'static str {
    let stands = fact.visit.state;
    match stands {
        VisitState::Waiting | VisitState::Admitted if is_listed(fact) => "desk-listed",
        VisitState::Waiting | VisitState::Admitted if fact.doubt.is_some() => "desk-doubt",
        _ => stands_word(stands),
    }
}

/// The same of the state alone.
pub fn stands_word(state: VisitState) -> &'static str {
    match state {
        VisitState::Waiting => "desk-tab-waiting",
        VisitState::Announced => "desk-tab-expected",
        VisitState::Admitted => "desk-visit-admitted",
        VisitState::Refused => "desk-visit-refused",
        VisitState::Inside => "desk-tab-inside",
        VisitState::Left => "desk-visit-left",
        VisitState::Lapsed => "desk-visit-lapsed",
        VisitState::Withdrawn => "desk-visit-withdrawn",
    }
}

/// The table in which a visit stands.
pub fn place(state: VisitState) -> usize {
    match state {
        VisitState::Waiting | VisitState::Admitted => 0,
        VisitState::Inside => 1,
        VisitState::Announced => 2,
        VisitState::Left | VisitState::Refused | VisitState::Lapsed | VisitState::Withdrawn => 3,
    }
}

/// A visitor who carried something in leaves.
pub fn things_out(fact: &VisitFact, look: &Look<'_>) -> Action {
    forms::things_out(fact, look)
}

/// Whether somebody is on the list for certain.
pub fn is_listed(fact: &VisitFact) -> bool {
    fact.doubt.as_ref().is_some_and(|doubt| doubt.is_certain)
}

fn actions(fact: &VisitFact, look: &Look<'_>) -> Vec<Action> {
    let visit = &fact.visit;
    match visit.state {
        // Whoever is on the list for certain is only sent away, whatever was said before they came on it.
        VisitState::Waiting | VisitState::Admitted if is_listed(fact) => {
            vec![forms::settle(fact, false, look)]
        }
        // Perhaps somebody who is not admitted: whoever works here looks, and answers for it.
        VisitState::Waiting | VisitState::Admitted if fact.doubt.is_some() => vec![
            forms::settle(fact, true, look),
            forms::settle(fact, false, look),
        ],
        // The desk phones the host; what the host says is written down in the host's name. Where
        // nobody is visited, whoever works here says it.
        VisitState::Waiting => {
            let said = visit.host.unwrap_or(look.me.person);
            let say = |key, word, yes| {
                let visit = visit.id;
                let wanted = VisitOrder::SayYes { visit, said, yes };
                order(key, look.say(word), Act::ApproveVisit, wanted)
            };
            let mut actions = vec![
                say('Y', "desk-do-say-yes", true),
                say('N', "desk-do-say-no", false),
            ];
            if visit.host.is_some() {
                actions.push(forms::said_by_another(fact, look));
            }
            actions
        }
        VisitState::Admitted => vec![order(
            'G',
            look.say("desk-do-let-in"),
            Act::ApproveVisit,
            VisitOrder::LetIn(visit.id),
        )],
        VisitState::Announced => vec![forms::withdraw(fact, look)],
        VisitState::Inside => {
            let out = match visit.carries {
                true => forms::things_out(fact, look),
                false => order(
                    'R',
                    look.say("desk-do-sign-out"),
                    Act::SignOutVisitor,
                    VisitOrder::SignOut(visit.id, None),
                ),
            };
            let has_card = look.facts.cards_out.iter();
            let mut has_card = has_card.filter(|out| out.card.visit == visit.id);
            let mut actions = vec![out];
            if has_card.next().is_none() && look.house.visits.temporary_cards {
                actions.push(forms::issue_card(fact, look));
            }
            actions
        }
        _ => Vec::new(),
    }
}
