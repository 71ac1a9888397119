//! The lists of the room of visitors: cards that are out, work permits, and the list of those who are
//! not admitted.

use super::{common, doubts, forms, order};
use crate::desk::facts::{BarredFact, CardOutFact, PermitFact};
use crate::desk::rooms::{Look, Mark, Row, Table};
use crate::desk::services::VisitOrder;
use crate::people::Act;
use crate::words::dates;

/// The temporary cards that are out.
pub fn cards(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-col-visitor", 25),
        ("desk-col-number", 21),
        ("desk-fact-since", 20),
        ("desk-col-state", 34),
    ];
    // Here each card is taken back with the first key of its row.
    let back = forms::return_card(look).key;
    let mut common = common(look);
    common.retain(|action| action.key != back);
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: look
            .facts
            .cards_out
            .iter()
            .map(|fact| card(fact, look))
            .collect(),
        common,
        empty: look.say("desk-no-cards-out"),
    }
}

/// A temporary card that is out, as a row.
pub fn card(fact: &CardOutFact, look: &Look<'_>) -> Row {
    let visit = &fact.visit.visit;
    let who = visit
        .name
        .as_ref()
        .map(|name| look.name(name))
        .unwrap_or_default();
    let number = visit
        .number
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let (mark, state) = match fact.card.is_overdue {
        true => (Mark::Stop, look.say("desk-card-overdue")),
        false => (Mark::Plain, look.say("desk-tab-inside")),
    };
    let since = look.when(fact.card.since);
    Row {
        key: format!("card {}", fact.card.card),
        mark,
        facts: vec![
            (look.say("desk-col-visitor"), who.clone()),
            (look.say("desk-col-number"), number.clone()),
            (look.say("desk-fact-since"), since.clone()),
            (look.say("desk-col-state"), state.clone()),
        ],
        cells: vec![who, number, since, state],
        actions: vec![forms::return_card(look), forms::card_gone(fact, look)],
    }
}

/// The work permits.
pub fn permits(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-field-permit", 24),
        ("desk-field-works", 34),
        ("desk-field-answers", 18),
        ("desk-field-last-day", 24),
    ];
    let permits = look.facts.permits.iter();
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: permits.map(|fact| permit(fact, look)).collect(),
        common: std::iter::once(forms::permit(look))
            .chain(common(look))
            .collect(),
        empty: look.say("desk-no-permits"),
    }
}

/// A work permit as a row.
pub fn permit(fact: &PermitFact, look: &Look<'_>) -> Row {
    let answers = fact.answers.as_ref().map(|name| look.name(name));
    let answers = answers.unwrap_or_default();
    let (from, until) = fact.days;
    let day = |day| dates::short_day(look.language, day);
    Row {
        key: format!("permit {}", fact.permit),
        mark: match from > look.calendar().today {
            true => Mark::Plain,
            false => Mark::Good,
        },
        facts: vec![
            (look.say("desk-field-permit"), fact.number.clone()),
            (look.say("desk-field-works"), fact.company.clone()),
            (look.say("desk-field-answers"), answers.clone()),
            (look.say("desk-field-first-day"), day(from)),
            (look.say("desk-field-last-day"), day(until)),
        ],
        cells: vec![
            fact.number.clone(),
            fact.company.clone(),
            answers,
            day(until),
        ],
        actions: vec![forms::withdraw_permit(fact, look)],
    }
}

/// Those who are not admitted.
pub fn barred(look: &Look<'_>) -> Table {
    let columns = [("desk-col-name", 30), ("desk-field-reason", 70)];
    let barred = look.facts.barred.iter();
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        // Whoever gets here with another role sees an empty list.
        rows: barred
            .filter(|_| look.me.may(Act::KeepDoNotAdmit))
            .map(|fact| entry(fact, look))
            .collect(),
        common: std::iter::once(forms::bar(look))
            .chain(common(look))
            .collect(),
        empty: look.say("desk-no-barred"),
    }
}

fn entry(fact: &BarredFact, look: &Look<'_>) -> Row {
    // Whoever keeps the list has to see whom it is about.
    let name = fact.name.as_ref().map(doubts::whole).unwrap_or_default();
    let document = match fact.has_document {
        true => look.say("desk-document-known"),
        false => String::new(),
    };
    let who = Look::joined(&[&name, &fact.phone, &document]);
    Row {
        key: fact.entry.to_string(),
        mark: Mark::Stop,
        facts: vec![
            (look.say("desk-col-name"), name),
            (look.say("desk-field-phone"), fact.phone.clone()),
            (look.say("desk-field-document"), document),
            (look.say("desk-field-reason"), fact.reason.clone()),
            (look.say("desk-fact-since"), look.when(fact.since)),
        ],
        cells: vec![who, fact.reason.clone()],
        actions: vec![
            order(
                'L',
                look.say("desk-do-admit-again"),
                Act::KeepDoNotAdmit,
                VisitOrder::AdmitAgain(fact.entry),
            )
            .by_its_key(),
        ],
    }
}
