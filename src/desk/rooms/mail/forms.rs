//! The forms of the room of mail.

use crate::desk::dialog::{Dialog, Field, Seek};
use crate::desk::facts::TenantFact;
use crate::desk::rooms::people::LONGEST_ADDRESS;
use crate::desk::rooms::{Action, Look};
use crate::desk::wishes::{ONWARD, ServiceWish, WHY_FAILED};
use crate::mail::desk::{FormField, Onward, ReturnReason, WhyFailed};
use crate::mail::{Item, MailId, MailKind, PickUpCode, Piece, RoundId};
use crate::people::{Act, TenantId};

/// Mail comes in, one piece after the other: scan, two letters, Enter. Kind and shelf stay for the
/// next piece.
pub fn take_in(look: &Look<'_>) -> Action {
    let kinds = MailKind::ALL.map(|kind| look.say(kind.word()));
    let fields = vec![
        Field::code(look.say("desk-field-tracking"), 40).not_needed(),
        Field::pick(look.say("desk-field-addressee"), Seek::Addressee),
        Field::choice(look.say("desk-field-kind"), kinds.to_vec()),
        Field::text(look.say("desk-col-shelf"), 12),
    ];
    let dialog = Dialog::service(
        look.say("desk-ask-mail"),
        look.say("desk-ask-mail-how"),
        fields,
        ServiceWish::TakeMailIn,
    );
    Action::ask('I', look.say("desk-do-mail-in"), Act::HandleMail, dialog)
}

/// A piece was written down wrongly: the wrong Zhang, the wrong kind, the wrong shelf.
pub fn correct(item: &Item, look: &Look<'_>) -> Action {
    let kinds = MailKind::ALL.map(|kind| look.say(kind.word()));
    let kind = MailKind::ALL.iter().position(|kind| *kind == item.kind);
    let fields = vec![
        Field::pick(look.say("desk-field-addressee"), Seek::Addressee),
        Field::choice(look.say("desk-field-kind"), kinds.to_vec()).at(kind.unwrap_or_default()),
        Field::text(look.say("desk-col-shelf"), 12).with(item.shelf.clone()),
    ];
    let who = item.recipient.masked(look.language);
    let dialog = Dialog::service(
        look.say("desk-do-correct-mail"),
        look.with("desk-ask-correct-mail-how", &[("who", who.into())]),
        fields,
        ServiceWish::CorrectMail(item.id),
    );
    Action::ask(
        'K',
        look.say("desk-do-correct-mail"),
        Act::HandleMail,
        dialog,
    )
    .by_its_key()
}

/// A piece goes to somebody without an authority.
pub fn hand_out(item: &Item, look: &Look<'_>) -> Action {
    let mut fields = vec![
        Field::text(look.say("desk-field-taken-by"), 40),
        Field::text(look.say("desk-field-reason"), 300),
    ];
    if item.kind.needs_signature() {
        fields.push(Field::yes_no(look.say("desk-field-signed-paper")));
    }
    let dialog = Dialog::service(
        look.say("desk-do-hand-out"),
        look.with(
            "desk-ask-hand-out-how",
            &[("who", item.recipient.masked(look.language).into())],
        ),
        fields,
        ServiceWish::HandOutAnyway(item.id),
    );
    let label = look.say("desk-do-hand-out");
    Action::ask('H', label, Act::OverridePickUp, dialog)
}

/// Somebody shows the pick-up code: all that waits for the addressee goes, or this piece alone.
pub fn hand_out_by_code(
    item: &Item,
    code: &PickUpCode,
    pieces: &[Piece],
    look: &Look<'_>,
) -> Action {
    let lies = |piece: &Piece| Look::joined(&[&piece.shelf, &look.say(piece.kind.word())]);
    let lines: Vec<String> = pieces.iter().map(lies).collect();
    let who = item.recipient.masked(look.language);
    let all: Vec<MailId> = pieces.iter().map(|piece| piece.item).collect();
    let this = pieces.iter().find(|piece| piece.item == item.id);
    let mut fields = Vec::new();
    let mut choices = vec![all];
    if let Some(this) = this.filter(|_| pieces.len() > 1) {
        choices.push(vec![this.item]);
        let all = look.with("desk-hand-out-all", &[("count", pieces.len().into())]);
        let alone = look.with("desk-hand-out-this", &[("piece", lies(this).into())]);
        fields.push(Field::choice(
            look.say("desk-field-handed-out"),
            vec![all, alone],
        ));
    }
    let shown = fields.len();
    fields.push(Field::yes_no(look.say("desk-field-code-shown")));
    if pieces.iter().any(|piece| piece.kind.needs_signature()) {
        fields.push(Field::yes_no(look.say("desk-field-signed-paper")));
    }
    let says = look.with("desk-ask-hand-out-code-how", &[("who", who.into())]);
    let dialog = Dialog::service(
        look.say("desk-do-hand-out-code"),
        format!("{says}\n{}", lines.join("\n")),
        fields,
        ServiceWish::HandOutByCode {
            code: code.clone(),
            choices,
            shown,
        },
    );
    let label = look.say("desk-do-hand-out-code");
    Action::ask('H', label, Act::HandleMail, dialog)
}

/// A piece goes back or on. Special mail brings the special-mail return form 特殊邮件退信表.
pub fn back(item: &Item, look: &Look<'_>) -> Action {
    let is_special = item.kind.is_special();
    // A company that has moved and said where to: its mail goes on, there.
    let forwarding = forwarding(item, look);
    let goes_on = ONWARD.iter().position(|way| *way == Onward::Forward);
    let onward = goes_on.filter(|_| !forwarding.is_empty());
    // And for one that has moved, whoever has its place now knows nothing of it.
    let moved = item.recipient.has_moved;
    let why = ReturnReason::MovedAddressUnknown;
    let reason = ReturnReason::ALL
        .iter()
        .position(|reason| moved && *reason == why);
    let reason = reason.unwrap_or_default();
    let mut fields = vec![
        Field::choice(
            look.say("desk-field-onward"),
            ONWARD.map(|onward| look.say(onward_word(onward))).to_vec(),
        )
        .at(onward.unwrap_or_default()),
        Field::choice(
            look.say("slip-mail-reason"),
            ReturnReason::ALL
                .map(|reason| look.say(reason.word()))
                .to_vec(),
        )
        .at(reason),
        Field::text(look.say("desk-field-address"), LONGEST_ADDRESS)
            .not_needed()
            .with(forwarding),
    ];
    if is_special {
        let name = item.recipient.name(look.language);
        fields.extend(
            [
                FormField::Addressee,
                FormField::Address,
                FormField::Sender,
                FormField::Tracking,
                FormField::Enquiries,
            ]
            .map(|field| {
                let label = look.say(field.word());
                match field {
                    FormField::Addressee => Field::text(label, 200).with(name.clone()),
                    FormField::Tracking => Field::code(label, 200),
                    _ => Field::text(label, 200),
                }
            }),
        );
    }
    let how = match is_special {
        true => "desk-ask-special-return-how",
        false => "desk-ask-return-how",
    };
    let title = match is_special {
        true => "desk-ask-special-return",
        false => "desk-do-ask-return",
    };
    let dialog = Dialog::service(
        look.say(title),
        look.say(how),
        fields,
        ServiceWish::AskReturn(item.id, is_special),
    );
    Action::ask('O', look.say("desk-do-ask-return"), Act::HandleMail, dialog)
}

/// The mail administrator, who phones a company that has moved, writes down where its mail goes.
pub fn note_forwarding(tenant: TenantId, look: &Look<'_>) -> Option<Action> {
    let mut tenants = look.facts.tenants.iter();
    let fact = tenants.find(|fact| fact.tenant == tenant)?;
    let name = fact.name.text(look.language).to_owned();
    let dialog = Dialog::service(
        look.say("desk-do-forwarding"),
        look.with(
            "desk-ask-forwarding-how",
            &[("name", name.into()), ("phone", phone(fact, look).into())],
        ),
        vec![
            Field::text(look.say("desk-field-address"), LONGEST_ADDRESS)
                .not_needed()
                .with(fact.forwarding.clone()),
        ],
        ServiceWish::NoteForwarding(tenant),
    );
    let label = look.say("desk-do-forwarding");
    Some(Action::ask('F', label, Act::NoteForwarding, dialog).by_its_key())
}

fn phone(fact: &TenantFact, look: &Look<'_>) -> String {
    match fact.phone.is_empty() {
        true => look.say("desk-not-known"),
        false => fact.phone.clone(),
    }
}

/// Where the mail of a company that has moved goes; empty where it has not, or nobody knows.
fn forwarding(item: &Item, look: &Look<'_>) -> String {
    let moved = item.recipient.company.filter(|_| item.recipient.has_moved);
    let known = look
        .facts
        .tenants
        .iter()
        .find(|fact| Some(fact.tenant) == moved);
    known
        .map(|fact| fact.forwarding.clone())
        .unwrap_or_default()
}

/// Where mail goes that cannot stay.
pub fn onward_word(onward: Onward) -> &'static str {
    match onward {
        Onward::ToSender => "desk-onward-sender",
        Onward::Forward => "desk-onward-forward",
    }
}

/// A piece on a round was taken by somebody.
pub fn delivered(round: RoundId, item: &Item, look: &Look<'_>) -> Action {
    let mut fields = vec![Field::text(look.say("desk-field-taken-by"), 40)];
    if item.kind.needs_signature() {
        fields.push(Field::yes_no(look.say("desk-field-signed")));
    }
    let dialog = Dialog::service(
        look.say("desk-do-delivered"),
        item.recipient.masked(look.language),
        fields,
        ServiceWish::Delivered(round, item.id),
    );
    Action::ask('D', look.say("desk-do-delivered"), Act::HandleMail, dialog)
}

/// A piece on a round was not delivered.
pub fn not_delivered(round: RoundId, item: &Item, look: &Look<'_>) -> Action {
    let reasons = WHY_FAILED.map(|why| {
        look.say(match why {
            WhyFailed::NobodyThere => "desk-why-nobody",
            WhyFailed::RoomEmpty => "desk-why-empty",
            WhyFailed::Moved => "desk-why-moved",
            WhyFailed::LeftCompany => "desk-why-left",
            WhyFailed::Declined => "desk-why-declined",
        })
    });
    let mut reasons = reasons.to_vec();
    reasons.push(look.say("desk-why-not-tried"));
    // Why mail for somebody who has left is not taken is known before it is tried.
    let left = |why: &WhyFailed| item.recipient.has_left && *why == WhyFailed::LeftCompany;
    let likely = WHY_FAILED.iter().position(left);
    let dialog = Dialog::service(
        look.say("desk-do-not-delivered"),
        item.recipient.masked(look.language),
        vec![Field::choice(look.say("desk-field-why"), reasons).at(likely.unwrap_or_default())],
        ServiceWish::NotDelivered(round, item.id),
    );
    let label = look.say("desk-do-not-delivered");
    Action::ask('N', label, Act::HandleMail, dialog)
}
