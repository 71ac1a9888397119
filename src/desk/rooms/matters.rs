//! The room of open matters 待办: whoever takes one owns it until it is closed or handed over.

use super::lending::parts;
use super::{Action, Look, MOMENT, Mark, Row, Table, about, keys, mail, visitors};
use crate::desk::about::About;
use crate::desk::dialog::{Dialog, Field, Wish};
use crate::desk::event::Order;
use crate::desk::facts::{ClosedFact, MatterFact};
use crate::keys::KeyId;
use crate::lending::LoanId;
use crate::matters::rules::may_own;
use crate::matters::{Cause, Move};
use crate::people::{Act, PersonId, Role, TenantId};
use crate::visits::VisitId;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    vec![
        (look.say("desk-tab-open"), look.facts.matters.len()),
        (look.say("desk-tab-closed"), look.facts.matters_closed.len()),
    ]
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    if tab > 0 {
        return closed(look);
    }
    let column = |id: &str, share| (look.say(id), share);
    Table {
        columns: vec![
            column("desk-col-what", 34),
            column("desk-col-about", 34),
            column("desk-fact-since", 14),
            column("desk-col-owner", 18),
        ],
        rows: look
            .facts
            .matters
            .iter()
            .map(|matter| row(matter, look))
            .collect(),
        common: Vec::new(),
        empty: look.say("desk-no-matters"),
    }
}

/// What was closed of late: only to be read.
fn closed(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-col-what", 32),
        ("desk-col-about", 30),
        ("desk-col-closed", MOMENT),
        ("desk-col-by", 12),
    ];
    let over = look.facts.matters_closed.iter();
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: over.map(|over| closed_row(over, look)).collect(),
        common: Vec::new(),
        empty: look.say("desk-no-matters-closed"),
    }
}

/// A matter that is over, as a row.
pub fn closed_row(over: &ClosedFact, look: &Look<'_>) -> Row {
    let mut row = row(&over.fact, look);
    let by = over.by.as_ref().map(|name| look.name(name));
    let by = by.unwrap_or_else(|| look.say("desk-by-program"));
    let at = look.when(over.at);
    row.facts.extend([
        (look.say("desk-col-closed"), at.clone()),
        (look.say("desk-fact-closed-by"), by.clone()),
    ]);
    row.cells.truncate(2);
    row.cells.extend([at, by]);
    Row {
        mark: Mark::Plain,
        actions: Vec::new(),
        ..row
    }
}

/// A matter as a row.
pub fn row(fact: &MatterFact, look: &Look<'_>) -> Row {
    let matter = &fact.matter;
    let owner = match &fact.owner {
        Some(name) => look.name(name),
        None => look.say("desk-nobody-owns"),
    };
    let title = title(fact, look);
    let mut facts = vec![(look.say("desk-col-what"), title.clone())];
    facts.extend(about::facts(&fact.about, look));
    facts.push((look.say("desk-fact-since"), look.when(matter.opened_at)));
    facts.push((look.say("desk-col-owner"), owner.clone()));
    facts.extend(
        fact.notes
            .iter()
            .map(|note| (look.say("desk-field-note"), note.clone())),
    );
    let mut actions = match matter.owner {
        None => vec![Action::order(
            'T',
            look.say("desk-do-take"),
            Act::OwnMatters,
            Order::MoveMatter(matter.id, Move::Take, String::new()),
        )],
        // ● The supervisor's decision closes it, or the key that is back; whoever tries is told so.
        Some(_) if matter.cause.awaits_decision() || matter.cause.lasts_until_key_is_back() => {
            vec![close_by_hand(fact, look), hand_over(fact, look)]
        }
        // ● Whose it is sees it through; the supervisor may, where people fall ill.
        Some(owner) if owner != look.me.person && !look.me.roles.contains(&Role::Supervisor) => {
            Vec::new()
        }
        Some(_) => vec![close(fact, look), hand_over(fact, look)],
    };
    let mut reports = look.facts.key_reports.iter();
    if let Some(report) = reports.find(|report| report.id.0 == matter.about) {
        actions.push(keys::decide(report, look));
    }
    if matches!(matter.cause, Cause::KeyTurnedUp | Cause::KeyToHang) {
        actions.extend(keys::asked_of_keeper(KeyId(matter.about), look));
    }
    if let (Cause::ThingIncomplete, About::Thing { kind, missing, .. }) =
        (matter.cause, &fact.about)
    {
        actions.extend(parts::came(LoanId(matter.about), kind, missing, look));
    }
    if matter.cause == Cause::MailForMovedTenant {
        actions.extend(mail::note_forwarding(TenantId(matter.about), look));
    }
    if matter.cause == Cause::VisitorCardOut {
        actions.extend(visitors::card_of(VisitId(matter.about), look));
    }
    if matter.cause == Cause::VisitorNotAdmitted {
        // Whoever is perhaps on the list is looked at here as well as among the visitors.
        actions.extend(visitors::settle(VisitId(matter.about), look));
    }
    Row {
        key: matter.id.to_string(),
        mark: match matter.owner {
            // Somebody stands there and waits, or must not come in.
            None if matches!(matter.cause, Cause::DeskCalled | Cause::VisitorNotAdmitted) => {
                Mark::Stop
            }
            None => Mark::Attend,
            Some(_) => Mark::Plain,
        },
        cells: vec![
            title,
            about::line(&fact.about, look),
            look.when(matter.opened_at),
            owner,
        ],
        facts,
        actions,
    }
}

fn close_by_hand(fact: &MatterFact, look: &Look<'_>) -> Action {
    let close = Order::MoveMatter(fact.matter.id, Move::Close, String::new());
    Action::order('C', look.say("desk-do-close"), Act::OwnMatters, close).by_its_key()
}

fn close(fact: &MatterFact, look: &Look<'_>) -> Action {
    let dialog = Dialog {
        title: look.say("desk-do-close"),
        says: Look::joined(&[&title(fact, look), &about::line(&fact.about, look)]),
        fields: vec![Field::text(look.say("desk-field-how-it-ended"), 200)],
        wish: Wish::CloseMatter(fact.matter.id),
        chosen: 0,
        problem: None,
    };
    Action::ask('C', look.say("desk-do-close"), Act::OwnMatters, dialog)
}

fn hand_over(fact: &MatterFact, look: &Look<'_>) -> Action {
    let others = look
        .facts
        .staff
        .iter()
        .filter(|other| Some(other.person) != fact.matter.owner)
        // Whoever cannot log in, or may not act on it, would leave it lying.
        .filter(|other| other.has_pin && may_own(&other.roles));
    let (ids, names): (Vec<PersonId>, Vec<String>) = others
        .map(|other| (other.person, look.name(&other.name)))
        .unzip();
    let dialog = Dialog {
        title: look.say("desk-do-hand-over"),
        says: Look::joined(&[&title(fact, look), &about::line(&fact.about, look)]),
        fields: vec![
            Field::choice(look.say("desk-field-to"), names),
            Field::text(look.say("desk-field-note"), 200).not_needed(),
        ],
        wish: Wish::HandOver(fact.matter.id, ids),
        chosen: 0,
        problem: None,
    };
    Action::ask('H', look.say("desk-do-hand-over"), Act::OwnMatters, dialog)
}

/// What a matter is, in words; whether somebody is on the list is said as sure as it is.
pub fn title(fact: &MatterFact, look: &Look<'_>) -> String {
    match &fact.about {
        About::Alert(doubt) if !doubt.is_certain => look.say("desk-cause-visitor-perhaps"),
        _ => look.say(cause_word(fact.matter.cause)),
    }
}

/// Why a person is needed: its words.
pub fn cause_word(cause: Cause) -> &'static str {
    match cause {
        Cause::DeskCalled => "desk-cause-called",
        Cause::ThingDamaged => "desk-cause-thing-damaged",
        Cause::ThingIncomplete => "desk-cause-thing-incomplete",
        Cause::DataNotWiped => "desk-cause-data-not-wiped",
        Cause::ThingLost => "desk-cause-thing-lost",
        Cause::ReservationLost => "desk-cause-reservation-lost",
        Cause::SpecialMailLate => "desk-cause-special-mail-late",
        Cause::MailHeldTooLong => "desk-cause-mail-held-too-long",
        Cause::MailForMovedTenant => "desk-cause-mail-for-moved-tenant",
        Cause::MailUnclaimed => "desk-cause-mail-unclaimed",
        Cause::VisitorNotAdmitted => "desk-cause-visitor-not-admitted",
        Cause::VisitorThingsMissing => "desk-cause-visitor-things",
        Cause::VisitorCardOut => "desk-cause-visitor-card",
        Cause::MessageForHost => "desk-cause-message-for-host",
        Cause::UnitNotSafe => "desk-cause-unit-not-safe",
        Cause::KeyLost => "desk-cause-key-lost",
        Cause::KeyDamaged => "desk-cause-key-damaged",
        Cause::KeyTurnedUp => "desk-cause-key-turned-up",
        Cause::KeyToHang => "desk-cause-key-to-hang",
        Cause::KeyInEmergency => "desk-cause-key-in-emergency",
        Cause::KeyWasOut => "desk-cause-key-was-out",
        Cause::ContractorWithKey => "desk-cause-contractor-with-key",
        Cause::RoundMissed => "desk-cause-round-missed",
        Cause::KeysUnchecked => "desk-cause-keys-unchecked",
    }
}
