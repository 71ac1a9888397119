//! The room of mail: what waits, what is on a round, what nobody claims, what is to go back, what
//! waits for the postman, who may collect for whom.

mod authorities;
mod forms;
mod rounds;

use super::{Action, Look, Mark, Row, Table};
use crate::desk::event::Order;
use crate::desk::services::{MailOrder, ServiceOrder};
use crate::mail::desk::{Onward, Return};
use crate::mail::{Item, MailId, MailState, reminder_due, rules};
use crate::people::Act;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    let out = look.facts.rounds.iter().flat_map(|round| &round.items);
    let out = out.filter(|item| item.state == MailState::OutOnRound);
    vec![
        (look.say("desk-tab-mail"), look.facts.mail.len()),
        (look.say("desk-tab-rounds"), out.count()),
        (look.say("desk-tab-dead"), look.facts.dead_letters.len()),
        (look.say("desk-tab-returns"), look.facts.returns.len()),
        (look.say("desk-tab-post"), look.facts.post.len()),
        (look.say("desk-tab-remind"), to_remind(look).count()),
        (look.say("desk-tab-collect"), look.facts.authorities.len()),
    ]
}

/// What follows once no more pieces come in.
pub fn after_pieces() -> Order {
    Order::Service(ServiceOrder::Mail(MailOrder::CloseBatch))
}

fn order(key: char, label: String, act: Act, order: MailOrder) -> Action {
    Action::order(key, label, act, Order::Service(ServiceOrder::Mail(order)))
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    let columns = [
        ("desk-col-mail", 22),
        ("desk-col-addressee", 38),
        ("desk-col-shelf", 16),
        ("desk-col-number", 24),
    ];
    let columns = columns.map(|(id, w)| (look.say(id), w)).to_vec();
    let mut common = vec![forms::take_in(look)];
    let rows = |items: &[Item], actions: &dyn Fn(&Item) -> Vec<Action>| {
        let row = |item: &Item| Row {
            actions: actions(item),
            ..row(item, look)
        };
        items.iter().map(row).collect::<Vec<_>>()
    };
    let (rows, empty) = match tab {
        0 => {
            common.extend(rounds::start(look));
            let actions = |item: &Item| {
                // Handing out without an authority is the exception, so Enter does not begin with it.
                vec![
                    notice(item.id, look),
                    forms::hand_out(item, look),
                    forms::back(item, look),
                ]
            };
            (rows(&look.facts.mail, &actions), "desk-no-mail")
        }
        1 => return rounds::table(look, common),
        6 => return authorities::table(look),
        2 => {
            let actions = |item: &Item| vec![dead_letter(item.id, look), forms::back(item, look)];
            let rows = rows(&look.facts.dead_letters, &actions);
            let attend = |row| Row {
                mark: Mark::Attend,
                ..row
            };
            (rows.into_iter().map(attend).collect(), "desk-no-dead")
        }
        RETURNS => {
            let returns = look.facts.returns.iter();
            let rows = returns.map(|back| going(back, look)).collect();
            (rows, "desk-no-returns")
        }
        4 => {
            let all: Vec<MailId> = look.facts.post.iter().map(|item| item.id).collect();
            if all.len() > 1 {
                common.insert(
                    0,
                    order(
                        'A',
                        look.say("desk-do-all-to-post"),
                        Act::HandleMail,
                        MailOrder::HandToPost(all),
                    ),
                );
            }
            let actions = |item: &Item| post(item, look);
            (rows(&look.facts.post, &actions), "desk-no-post")
        }
        _ => {
            let all: Vec<MailId> = to_remind(look).map(|item| item.id).collect();
            if all.len() > 1 {
                let label = look.say("desk-do-all-reminded");
                common.insert(
                    0,
                    order('A', label, Act::HandleMail, MailOrder::Remind(all)),
                );
            }
            let rows = to_remind(look).map(|item| Row {
                mark: Mark::Attend,
                actions: vec![reminded(item.id, look), notice(item.id, look)],
                ..row(item, look)
            });
            (rows.collect(), "desk-no-remind")
        }
    };
    Table {
        columns,
        rows,
        common,
        empty: look.say(empty),
    }
}

/// Mail of whose addressees somebody is to be reminded today.
fn to_remind<'a>(look: &Look<'a>) -> impl Iterator<Item = &'a Item> {
    let (house, at) = (look.house, look.at);
    let waiting = look.facts.mail.iter();
    waiting.filter(move |item| reminder_due(item, &house.mail, at, house.building.zone))
}

fn reminded(item: MailId, look: &Look<'_>) -> Action {
    let label = look.say("desk-do-reminded");
    order('R', label, Act::HandleMail, MailOrder::Remind(vec![item]))
}

fn notice(item: MailId, look: &Look<'_>) -> Action {
    let label = look.say("desk-do-notice");
    order('N', label, Act::HandleMail, MailOrder::PrintNotice(item))
}

/// Mail that waits as a row, here and among what a search finds; wherever it stands now.
pub fn row(item: &Item, look: &Look<'_>) -> Row {
    let kind = look.say(item.kind.word());
    let who = Look::joined(&[
        &item.recipient.masked(look.language),
        item.recipient.room.as_deref().unwrap_or_default(),
    ]);
    let number = item
        .number
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    Row {
        key: item.id.to_string(),
        mark: Mark::Plain,
        facts: vec![
            (look.say("desk-col-mail"), kind.clone()),
            (look.say("desk-col-addressee"), who.clone()),
            (look.say("desk-col-shelf"), item.shelf.clone()),
            (look.say("desk-col-state"), look.say(state_word(item.state))),
            (look.say("desk-fact-since"), look.when(item.arrived)),
            (look.say("slip-mail-attempts"), item.attempts.to_string()),
            (look.say("desk-col-number"), number.clone()),
        ],
        cells: vec![kind, who, item.shelf.clone(), number],
        actions: Vec::new(),
    }
}

/// A piece that a search found, with what can be done where it stands.
pub fn found(item: &Item, look: &Look<'_>) -> Row {
    let actions = match item.state {
        MailState::Waiting => {
            let mut actions = vec![
                notice(item.id, look),
                forms::hand_out(item, look),
                forms::back(item, look),
            ];
            if rules::may_be_dead_letter(item).is_ok() {
                actions.push(dead_letter(item.id, look));
            }
            actions
        }
        MailState::DeadLetter | MailState::ReturnPrinted => post(item, look),
        _ => Vec::new(),
    };
    Row {
        actions,
        ..row(item, look)
    }
}

/// How a piece stands, in words.
fn state_word(state: MailState) -> &'static str {
    match state {
        MailState::Waiting => "desk-tab-mail",
        MailState::OutOnRound => "desk-tab-rounds",
        MailState::Collected => "desk-mail-collected",
        MailState::Delivered => "desk-mail-delivered",
        MailState::ReturnAsked => "desk-mail-return-asked",
        MailState::ReturnAllowed => "desk-mail-return-allowed",
        MailState::ReturnPrinted => "desk-mail-return-printed",
        MailState::DeadLetter => "desk-tab-dead",
        MailState::HandedToPost => "desk-mail-at-post",
    }
}

fn dead_letter(item: MailId, look: &Look<'_>) -> Action {
    order(
        'D',
        look.say("desk-do-dead-letter"),
        Act::HandleMail,
        MailOrder::DeadLetter(item),
    )
}

/// What waits for the postman: he takes it, or its addressee turns up after all.
fn post(item: &Item, look: &Look<'_>) -> Vec<Action> {
    let mut actions = vec![order(
        'P',
        look.say("desk-do-to-post"),
        Act::HandleMail,
        MailOrder::HandToPost(vec![item.id]),
    )];
    match item.state {
        MailState::DeadLetter => actions.push(order(
            'B',
            look.say("desk-do-recall"),
            Act::HandleMail,
            MailOrder::Recall(item.id),
        )),
        _ => {
            let returns = look.facts.returns.iter();
            let of_item = returns.filter(|back| back.item.id == item.id);
            actions.extend(of_item.map(|back| drop_return(back, look)));
        }
    }
    actions
}

fn drop_return(back: &Return, look: &Look<'_>) -> Action {
    order(
        'B',
        look.say("desk-do-drop-return"),
        Act::HandleMail,
        MailOrder::DropReturn(back.id),
    )
}

/// The place of the returns among the tables of this room.
pub const RETURNS: usize = 3;

/// What tells the row of a return from all others.
pub fn return_key(back: &Return) -> String {
    format!("return {}", back.id)
}

/// A return as a row: special mail waits for the supervisor, what is allowed for its slip, what is
/// printed for the postman.
fn going(back: &Return, look: &Look<'_>) -> Row {
    let mut actions = Vec::new();
    match (back.allowed_by, back.is_printed) {
        (None, _) => actions.push(order(
            'Y',
            look.say("desk-do-approve-return"),
            match back.form.is_some() {
                true => Act::ApproveMailReturn,
                false => Act::CheckMailReturn,
            },
            MailOrder::AllowReturn(back.id),
        )),
        (Some(_), false) => actions.push(order(
            'P',
            look.say("desk-do-return-slip"),
            Act::HandleMail,
            MailOrder::PrintReturnSlip(back.id),
        )),
        (Some(_), true) => actions.push(order(
            'P',
            look.say("desk-do-to-post"),
            Act::HandleMail,
            MailOrder::HandToPost(vec![back.item.id]),
        )),
    }
    actions.push(drop_return(back, look));
    let mut row = row(&back.item, look);
    let onward = look.say(forms::onward_word(back.onward));
    row.facts.push((look.say("desk-field-onward"), onward));
    row.facts
        .push((look.say("slip-mail-reason"), look.say(back.reason.word())));
    if back.onward == Onward::Forward {
        let address = back.address.clone();
        row.facts.push((look.say("desk-field-address"), address));
    }
    if let Some(form) = &back.form {
        let fields = form.fields();
        row.facts
            .extend(fields.map(|(field, text)| (look.say(field.word()), text.to_owned())));
    }
    Row {
        key: return_key(back),
        mark: match back.allowed_by {
            None => Mark::Attend,
            Some(_) => Mark::Plain,
        },
        actions,
        ..row
    }
}
