//! The room of mail: what waits, what nobody claims, what is to go back.

use super::{Action, Look, Mark, Row, Table};
use crate::desk::dialog::{Dialog, Field, Wish};
use crate::desk::event::Order;
use crate::desk::services::ServiceOrder;
use crate::mail::desk::{Return, ReturnReason};
use crate::mail::{Item, MailKind};
use crate::people::Act;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    vec![
        (look.say("desk-tab-mail"), look.facts.mail.len()),
        (look.say("desk-tab-dead"), look.facts.dead_letters.len()),
        (look.say("desk-tab-returns"), look.facts.returns.len()),
    ]
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
    let common = take_in(look).into_iter().collect();
    match tab {
        0 => Table {
            columns,
            rows: look.facts.mail.iter().map(|item| row(item, look)).collect(),
            common,
            empty: look.say("desk-no-mail"),
        },
        1 => Table {
            columns,
            rows: look
                .facts
                .dead_letters
                .iter()
                .map(|item| Row {
                    mark: Mark::Attend,
                    actions: vec![Action::order(
                        'D',
                        look.say("desk-do-dead-letter"),
                        Act::HandleMail,
                        Order::Service(ServiceOrder::DeadLetter(item.id)),
                    )],
                    ..row(item, look)
                })
                .collect(),
            common,
            empty: look.say("desk-no-dead"),
        },
        _ => Table {
            columns,
            rows: look
                .facts
                .returns
                .iter()
                .map(|back| going(back, look))
                .collect(),
            common,
            empty: look.say("desk-no-returns"),
        },
    }
}

/// Mail is for one of the companies; whom exactly is on the envelope.
fn take_in(look: &Look<'_>) -> Option<Action> {
    let tenants = &look.facts.tenants;
    if tenants.is_empty() {
        return None;
    }
    let names = tenants
        .iter()
        .map(|tenant| {
            let name = tenant.name.text(look.language);
            Look::joined(&[name, &tenant.rooms])
        })
        .collect();
    let kinds = MailKind::ALL.map(|kind| look.say(kind_word(kind)));
    let dialog = Dialog {
        title: look.say("desk-ask-mail"),
        says: look.say("desk-ask-mail-how"),
        fields: vec![
            Field::text(look.say("desk-field-tracking"), 40).not_needed(),
            Field::choice(look.say("desk-field-tenant"), names),
            Field::choice(look.say("desk-col-mail"), kinds.to_vec()),
            Field::text(look.say("desk-col-shelf"), 12),
        ],
        wish: Wish::TakeMailIn(tenants.iter().map(|tenant| tenant.tenant).collect()),
        chosen: 0,
        problem: None,
    };
    let label = look.say("desk-do-mail-in");
    Some(Action::ask('I', label, Act::HandleMail, dialog))
}

/// The word for a kind of mail.
fn kind_word(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Letter => "mail-letter",
        MailKind::PrintedMatter => "mail-printed-matter",
        MailKind::RegisteredLetter => "mail-registered-letter",
        MailKind::RegisteredPrintedMatter => "mail-registered-printed-matter",
        MailKind::Airmail => "mail-airmail",
        MailKind::ParcelSlip => "mail-parcel-slip",
        MailKind::Parcel => "mail-parcel",
        MailKind::MoneyOrder => "mail-money-order",
        MailKind::Newspaper => "mail-newspaper",
        MailKind::Magazine => "mail-magazine",
        MailKind::Express => "mail-express",
    }
}

fn row(item: &Item, look: &Look<'_>) -> Row {
    let kind = look.say(kind_word(item.kind));
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
            (look.say("desk-fact-since"), look.when(item.arrived)),
            (look.say("slip-mail-attempts"), item.attempts.to_string()),
            (look.say("desk-col-number"), number.clone()),
        ],
        cells: vec![kind, who, item.shelf.clone(), number],
        actions: Vec::new(),
    }
}

/// A return as a row: special mail waits for the supervisor, what is allowed for its slip.
fn going(back: &Return, look: &Look<'_>) -> Row {
    let reason = look.say(match back.reason {
        ReturnReason::NoSuchPerson => "mail-reason-no-such-person",
        ReturnReason::MovedAddressUnknown => "mail-reason-moved",
        ReturnReason::AddressIllegible => "mail-reason-illegible",
    });
    let action = match back.allowed_by {
        None => Action::order(
            'Y',
            look.say("desk-do-approve-return"),
            match back.form.is_some() {
                true => Act::ApproveMailReturn,
                false => Act::HandleMail,
            },
            Order::Service(ServiceOrder::ApproveReturn(back.id)),
        ),
        Some(_) => Action::order(
            'P',
            look.say("desk-do-return-slip"),
            Act::HandleMail,
            Order::Service(ServiceOrder::PrintReturnSlip(back.id)),
        ),
    };
    let mut row = row(&back.item, look);
    row.facts.push((look.say("slip-mail-reason"), reason));
    Row {
        key: format!("return {}", back.id),
        mark: match back.allowed_by {
            None => Mark::Attend,
            Some(_) => Mark::Plain,
        },
        actions: vec![action],
        ..row
    }
}
