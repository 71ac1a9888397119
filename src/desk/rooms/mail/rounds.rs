//! Rounds through the house: setting out, what became of each piece, and the end.

use super::{forms, order, row, state_word};
use crate::desk::facts::RoundFact;
use crate::desk::rooms::{Action, Look, Mark, Row, Table};
use crate::desk::services::MailOrder;
use crate::mail::desk::Outcome;
use crate::mail::{Item, MailId, MailState, rules};
use crate::people::Act;

/// Sets out with all that goes round next; nothing where nothing does.
pub fn start(look: &Look<'_>) -> Option<Action> {
    let along = look
        .facts
        .mail
        .iter()
        .filter(|item| rules::goes_round(item));
    let along: Vec<MailId> = along.map(|item| item.id).collect();
    let label = look.with("desk-do-start-round", &[("count", along.len().into())]);
    (!along.is_empty()).then(|| {
        let set_out = MailOrder::StartRound(along);
        order('S', label, Act::HandleMail, set_out).by_its_key()
    })
}

/// One piece is tried at its door by itself, where it goes on no round of the day.
pub fn to_the_door(item: MailId, look: &Look<'_>) -> Action {
    let label = look.say("desk-do-to-the-door");
    let set_out = MailOrder::StartRound(vec![item]);
    order('B', label, Act::HandleMail, set_out).by_its_key()
}

/// The rounds that are not over, piece by piece as one walks.
pub fn table(look: &Look<'_>, common: Vec<Action>) -> Table {
    let columns = [
        ("desk-col-rooms", 12),
        ("desk-col-addressee", 35),
        ("desk-col-mail", 28),
        ("desk-col-state", 25),
    ];
    let rounds = look.facts.rounds.iter();
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: rounds
            .flat_map(|round| round.items.iter().map(|item| along(round, item, look)))
            .collect(),
        common,
        empty: look.say("desk-no-rounds"),
    }
}

/// The round is over. Its last piece has an outcome, and Enter is enough; while others have none, it
/// wants its own key, and says how many they are.
fn end(round: &RoundFact, look: &Look<'_>) -> Action {
    let out = round.items.iter();
    let open = out.filter(|item| item.state == MailState::OutOnRound);
    let open = open.count();
    let values = [
        ("number", round.round.number.to_string().into()),
        ("count", open.into()),
    ];
    let label = match open {
        0 => look.with("desk-do-end-round", &values[..1]),
        _ => look.with("desk-do-end-round-open", &values),
    };
    let end = order(
        'E',
        label,
        Act::HandleMail,
        MailOrder::EndRound(round.round.id),
    );
    match open {
        0 => end,
        _ => end.by_its_key(),
    }
}

/// What tells the row of a piece on a round from all others.
pub fn key(round: &RoundFact, item: &Item) -> String {
    format!("{} {}", round.round.id, item.id)
}

fn along(round: &RoundFact, item: &Item, look: &Look<'_>) -> Row {
    let id = round.round.id;
    let is_out = item.state == MailState::OutOnRound;
    // What came back from the round lies on its shelf again.
    let state = match item.state {
        MailState::Waiting => look.say("desk-mail-not-delivered"),
        state => look.say(state_word(state)),
    };
    let mut actions = Vec::new();
    if is_out && item.kind.goes_in_bulk() {
        // Whoever lays papers at every door asks nobody's name.
        let outcome = Outcome::Delivered {
            to: String::new(),
            signed: false,
        };
        actions.push(order(
            'D',
            look.say("desk-do-delivered"),
            Act::HandleMail,
            MailOrder::Note {
                round: id,
                item: item.id,
                outcome,
            },
        ));
    } else if is_out {
        actions.push(forms::delivered(id, item, look));
    }
    if is_out {
        actions.push(forms::not_delivered(id, item, look));
    }
    let papers = |item: &&Item| item.state == MailState::OutOnRound && item.kind.goes_in_bulk();
    if round.items.iter().filter(papers).count() > 1 {
        actions.push(
            order(
                'B',
                look.say("desk-do-bulk"),
                Act::HandleMail,
                MailOrder::BulkDelivered(id),
            )
            .by_its_key(),
        );
    }
    actions.push(end(round, look));
    let plain = row(item, look);
    let carrier = round.carrier.as_ref().map(|name| look.name(name));
    let mut facts = plain.facts;
    facts.extend([
        (look.say("desk-fact-round"), round.round.number.to_string()),
        (look.say("desk-fact-carrier"), carrier.unwrap_or_default()),
    ]);
    let mut taken_by = round.taken_by.iter();
    let taken_by = taken_by.find(|(taken, _)| *taken == item.id);
    facts.extend(taken_by.map(|(_, name)| (look.say("desk-field-taken-by"), name.clone())));
    Row {
        key: key(round, item),
        mark: match item.state {
            MailState::OutOnRound => Mark::Plain,
            MailState::Delivered => Mark::Good,
            _ => Mark::Attend,
        },
        cells: vec![
            item.recipient.room.clone().unwrap_or_default(),
            item.recipient.masked(look.language),
            look.say(item.kind.word()),
            state,
        ],
        facts,
        actions,
    }
}
