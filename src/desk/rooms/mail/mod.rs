//! The room of mail: what waits, what is on a round, what is to go back, what waits for the postman,
//! who may collect for whom. Each piece stands in one of the tables only: that of where it is.

mod authorities;
mod forms;
pub mod rounds;

pub use forms::note_forwarding;

use super::{Action, Look, Mark, Row, Table};
use crate::desk::event::{Order, SignedFor};
use crate::desk::facts::{MailGone, SignedOn};
use crate::desk::scanning::OfMail;
use crate::desk::services::{MailOrder, ServiceOrder};
use crate::mail::desk::{Onward, Return};
use crate::mail::{Item, MailId, MailState, PickUpWay, is_overdue, reminder_due, rules};
use crate::people::Act;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    let out = look.facts.rounds.iter().flat_map(|round| &round.items);
    let out = out.filter(|item| item.state == MailState::OutOnRound);
    vec![
        (look.say("desk-tab-mail"), look.facts.mail.len()),
        (look.say("desk-tab-rounds"), out.count()),
        (look.say("desk-tab-returns"), going_back(look).count()),
        (look.say("desk-tab-post"), look.facts.post.len()),
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
        ("desk-col-mail", 24),
        ("desk-col-addressee", 31),
        ("desk-col-shelf", 10),
        ("desk-col-state", 19),
        ("desk-col-number", 16),
    ];
    let mut common = vec![forms::take_in(look)];
    let (rows, empty): (Vec<Row>, &str) = match tab {
        0 => {
            common.extend(rounds::start(look));
            common.extend(all_reminded(look));
            let waiting = look.facts.mail.iter();
            (
                waiting.map(|item| waits(item, look)).collect(),
                "desk-no-mail",
            )
        }
        1 => return rounds::table(look, common),
        RETURNS => (
            going_back(look).map(|back| going(back, look)).collect(),
            "desk-no-returns",
        ),
        3 => {
            if look.facts.post.len() > 1 {
                common.insert(0, all_to_post(look));
            }
            let due = look.facts.post.iter();
            (due.map(|item| leaves(item, look)).collect(), "desk-no-post")
        }
        _ => return authorities::table(look),
    };
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows,
        common,
        empty: look.say(empty),
    }
}

/// What lies on its shelf, with what there is to do about it. Handing out without an authority is the
/// exception, and what is written down cannot be taken back, so that Enter does neither.
fn waits(item: &Item, look: &Look<'_>) -> Row {
    let mut actions = Vec::new();
    if is_dead(item, look) {
        actions.push(dead_letter(item.id, look));
    }
    if is_to_remind(item, look) {
        actions.push(reminded(item.id, look));
    }
    actions.extend([
        notice(item.id, look),
        forms::hand_out(item, look),
        forms::back(item, look),
        forms::correct(item, look),
    ]);
    let moved = item.recipient.company.filter(|_| item.recipient.has_moved);
    actions.extend(moved.and_then(|company| forms::note_forwarding(company, look)));
    // ● After two attempts with nobody claiming it, it is a dead letter: of a company that has moved too,
    // whose mail goes on no daily round.
    if item.recipient.has_moved && !is_dead(item, look) {
        actions.push(rounds::to_the_door(item.id, look));
    }
    Row {
        mark: match to_do(item, look) {
            Some(_) => Mark::Attend,
            None => Mark::Plain,
        },
        actions,
        ..row(item, look)
    }
}

/// What there is to do about a piece on its shelf, the most pressing of it; nothing where it just waits.
fn to_do(item: &Item, look: &Look<'_>) -> Option<&'static str> {
    if item.state != MailState::Waiting {
        return None;
    }
    if is_dead(item, look) {
        return Some("desk-mail-unclaimed");
    }
    if item.recipient.has_moved {
        return Some("desk-mail-has-moved");
    }
    if item.recipient.has_left {
        return Some("desk-mail-has-left");
    }
    if is_overdue(item, &look.house.mail, look.at) {
        return Some("desk-mail-held-too-long");
    }
    is_to_remind(item, look).then_some("desk-mail-to-remind")
}

fn is_dead(item: &Item, look: &Look<'_>) -> bool {
    rules::may_be_dead_letter(item, &look.house.mail, look.at).is_ok()
}

/// Whether the addressee is to be reminded of this today.
fn is_to_remind(item: &Item, look: &Look<'_>) -> bool {
    reminder_due(item, &look.house.mail, look.at, look.house.building.zone)
}

/// Whose addressees are to be reminded today, by shelf.
pub fn to_remind<'a>(look: &'a Look<'_>) -> impl Iterator<Item = &'a Item> {
    let waiting = look.facts.mail.iter();
    waiting.filter(|item| is_to_remind(item, look))
}

fn all_reminded(look: &Look<'_>) -> Option<Action> {
    let all: Vec<MailId> = to_remind(look).map(|item| item.id).collect();
    let label = look.with("desk-do-all-reminded", &[("count", all.len().into())]);
    (all.len() > 1).then(|| {
        let remind = MailOrder::Remind(all);
        order('A', label, Act::HandleMail, remind).by_its_key()
    })
}

fn all_to_post(look: &Look<'_>) -> Action {
    let all = look.facts.post.iter().map(|item| item.id).collect();
    let label = look.say("desk-do-all-to-post");
    order('A', label, Act::HandleMail, MailOrder::HandToPost(all)).by_its_key()
}

fn reminded(item: MailId, look: &Look<'_>) -> Action {
    let label = look.say("desk-do-reminded");
    order('R', label, Act::HandleMail, MailOrder::Remind(vec![item])).by_its_key()
}

fn notice(item: MailId, look: &Look<'_>) -> Action {
    let label = look.say("desk-do-notice");
    order('N', label, Act::HandleMail, MailOrder::PrintNotice(item)).by_its_key()
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
    let state = look.say(to_do(item, look).unwrap_or(state_word(item.state)));
    Row {
        key: item.id.to_string(),
        mark: Mark::Plain,
        facts: vec![
            (look.say("desk-col-mail"), kind.clone()),
            (look.say("desk-col-addressee"), who.clone()),
            (look.say("desk-col-shelf"), item.shelf.clone()),
            (look.say("desk-col-state"), state.clone()),
            (look.say("slip-mail-arrived"), look.when(item.arrived)),
            (look.say("slip-mail-attempts"), item.attempts.to_string()),
            (look.say("desk-col-number"), number.clone()),
        ],
        cells: vec![kind, who, item.shelf.clone(), state, number],
        actions: Vec::new(),
    }
}

/// A piece that a search found, with what can be done where it stands.
pub fn found(item: &Item, went: Option<&MailGone>, look: &Look<'_>) -> Row {
    let mut row = match item.state {
        MailState::Waiting => waits(item, look),
        MailState::DeadLetter | MailState::ReturnPrinted => leaves(item, look),
        _ => row(item, look),
    };
    row.facts
        .extend(went.into_iter().flat_map(|went| gone(went, look)));
    if went.is_some_and(|went| went.signed == Some(SignedOn::Glass)) {
        let of = SignedFor::Mail(item.id);
        row.actions.push(Action::signature(look, of));
    }
    row
}

/// How a piece went, label and value.
fn gone(went: &MailGone, look: &Look<'_>) -> Vec<(String, String)> {
    let way = went.way.map(|way| {
        look.say(match way {
            PickUpWay::Card => "desk-mail-by-card",
            PickUpWay::Code => "desk-do-hand-out-code",
            PickUpWay::Override => "desk-do-hand-out",
        })
    });
    let collector = went.collector.as_ref().map(|name| look.name(name));
    let at = look.when(went.at);
    let signed = went.signed.map(|on| match on {
        SignedOn::Glass => Look::joined(&[&look.say("desk-signed-glass"), &at]),
        SignedOn::Paper => Look::joined(&[&look.say("desk-signed-paper"), &at]),
    });
    vec![
        (
            look.say("desk-fact-left"),
            Look::joined(&[&at, &way.unwrap_or_default()]),
        ),
        (
            look.say("desk-field-taken-by"),
            collector.unwrap_or_else(|| went.taken_by.clone()),
        ),
        (look.say("desk-field-reason"), went.reason.clone()),
        (look.say("desk-fact-signed"), signed.unwrap_or_default()),
    ]
}

/// The table in which a piece stands, and its row there; that of what waits for a piece that is gone.
pub fn place(item: &Item, look: &Look<'_>) -> (usize, String) {
    let key = item.id.to_string();
    match item.state {
        MailState::OutOnRound => {
            let mut rounds = look.facts.rounds.iter();
            let round = rounds.find(|round| round.items.iter().any(|along| along.id == item.id));
            let key = round.map(|round| rounds::key(round, item));
            (ROUNDS, key.unwrap_or_default())
        }
        MailState::ReturnAsked | MailState::ReturnAllowed => {
            let back = going_back(look).find(|back| back.item.id == item.id);
            (RETURNS, back.map(return_key).unwrap_or_default())
        }
        MailState::ReturnPrinted | MailState::DeadLetter => (3, key),
        _ => (0, key),
    }
}

/// What is asked about a piece that was scanned: who takes it, where it waits; nothing where it stands
/// otherwise, which its row tells.
pub fn asked_of(item: &Item, of: &OfMail, look: &Look<'_>) -> Option<Action> {
    match of {
        OfMail::Code(code, pieces) => Some(forms::hand_out_by_code(item, code, pieces, look)),
        OfMail::Standing(_) if item.state == MailState::Waiting => {
            Some(forms::hand_out(item, look))
        }
        OfMail::Standing(_) => None,
    }
}

/// How a piece stands, in words.
pub fn state_word(state: MailState) -> &'static str {
    match state {
        MailState::Waiting => "desk-tab-mail",
        MailState::OutOnRound => "desk-tab-rounds",
        MailState::Collected => "desk-mail-collected",
        MailState::Delivered => "desk-mail-delivered",
        MailState::ReturnAsked => "desk-mail-return-asked",
        MailState::ReturnAllowed => "desk-mail-return-allowed",
        MailState::ReturnPrinted => "desk-mail-return-printed",
        MailState::DeadLetter => "desk-mail-dead",
        MailState::HandedToPost => "desk-mail-at-post",
    }
}

fn dead_letter(item: MailId, look: &Look<'_>) -> Action {
    let label = look.say("desk-do-dead-letter");
    order('D', label, Act::HandleMail, MailOrder::DeadLetter(item)).by_its_key()
}

/// What waits for the postman: he takes it, or its addressee turns up after all.
fn leaves(item: &Item, look: &Look<'_>) -> Row {
    let mut actions = vec![to_post(item.id, look)];
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
    Row {
        actions,
        ..row(item, look)
    }
}

fn to_post(item: MailId, look: &Look<'_>) -> Action {
    let label = look.say("desk-do-to-post");
    let hand = MailOrder::HandToPost(vec![item]);
    order('P', label, Act::HandleMail, hand).by_its_key()
}

fn drop_return(back: &Return, look: &Look<'_>) -> Action {
    order(
        'B',
        look.say("desk-do-drop-return"),
        Act::HandleMail,
        MailOrder::DropReturn(back.id),
    )
}

/// What is to go back and has no slip yet; once it has one, it waits for the postman.
fn going_back<'a>(look: &Look<'a>) -> impl Iterator<Item = &'a Return> {
    let returns = look.facts.returns.iter();
    returns.filter(|back| !back.is_printed)
}

/// The place of the returns among the tables of this room.
pub const RETURNS: usize = 2;

/// The table of the rounds that are not over.
pub const ROUNDS: usize = 1;

/// What tells the row of a return from all others.
pub fn return_key(back: &Return) -> String {
    format!("return {}", back.id)
}

/// A return as a row: special mail waits for the supervisor, what is allowed for its slip.
fn going(back: &Return, look: &Look<'_>) -> Row {
    let first = match back.allowed_by {
        None => order(
            'Y',
            look.say("desk-do-approve-return"),
            match back.form.is_some() {
                true => Act::ApproveMailReturn,
                false => Act::CheckMailReturn,
            },
            MailOrder::AllowReturn(back.id),
        ),
        Some(_) => order(
            'P',
            look.say("desk-do-return-slip"),
            Act::HandleMail,
            MailOrder::PrintReturnSlip(back.id),
        )
        .by_its_key(),
    };
    let mut actions = vec![first];
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
