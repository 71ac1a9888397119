//! The forms of the room of visitors.

use super::{doubts, kind_word};
use crate::desk::dialog::{Dialog, Field, Seek};
use crate::desk::facts::{CardOutFact, PermitFact, VisitFact};
use crate::desk::rooms::{Action, Look};
use crate::desk::wishes::{EXPECTED_HOURS, ServiceWish};
use crate::people::Act;
use crate::visits::VisitorType;
use chrono::{TimeDelta, Timelike};

/// The two fields of a name, either of which may stay empty.
fn names(look: &Look<'_>) -> [Field; 2] {
    [
        Field::text(look.say("desk-field-name-chinese"), 20).not_needed(),
        Field::text(look.say("desk-field-name-latin"), 40).not_needed(),
    ]
}

/// Somebody is expected: today, from the next half hour on, unless somebody types otherwise.
pub fn announce(look: &Look<'_>) -> Action {
    let local = look.house.building.local(look.at);
    let ahead = TimeDelta::minutes(i64::from(30 - local.minute() % 30));
    let from = local + ahead;
    let until = from + TimeDelta::hours(EXPECTED_HOURS);
    let time = |at: chrono::NaiveDateTime| at.format("%H:%M").to_string();
    let [chinese, latin] = names(look);
    let kinds = VisitorType::ALL.map(|of| look.say(kind_word(of)));
    let fields = vec![
        chinese,
        latin,
        Field::text(look.say("desk-field-phone"), 20).not_needed(),
        Field::text(look.say("desk-field-from-company"), 40).not_needed(),
        Field::choice(look.say("desk-col-type"), kinds.to_vec()),
        Field::pick(look.say("desk-field-host"), Seek::OfTheHouse),
        Field::text(look.say("desk-field-visit-day"), 10).with(from.format("%m%d").to_string()),
        Field::text(look.say("desk-field-from"), 5).with(time(from)),
        Field::text(look.say("desk-field-until"), 5).with(match until.date() == from.date() {
            true => time(until),
            false => "23:59".to_owned(),
        }),
    ];
    let dialog = Dialog::service(
        look.say("desk-do-announce"),
        look.say("desk-ask-announce-how"),
        fields,
        ServiceWish::Announce(look.calendar()),
    );
    Action::ask(
        'A',
        look.say("desk-do-announce"),
        Act::AnnounceVisit,
        dialog,
    )
}

/// Visitors are announced by a file of comma-separated values.
pub fn announce_file(look: &Look<'_>) -> Action {
    let dialog = Dialog::service(
        look.say("desk-do-announce-file"),
        look.say("desk-ask-announce-file-how"),
        vec![Field::text(look.say("desk-field-file"), 200)],
        ServiceWish::AnnounceFile,
    );
    let label = look.say("desk-do-announce-file");
    Action::ask('C', label, Act::AnnounceVisit, dialog)
}

/// A work permit 施工出入证.
pub fn permit(look: &Look<'_>) -> Action {
    let today = look.calendar().today.format("%m%d").to_string();
    let fields = vec![
        Field::code(look.say("desk-field-permit"), 40),
        Field::text(look.say("desk-field-works"), 40),
        Field::pick(look.say("desk-field-answers"), Seek::Staff),
        Field::text(look.say("desk-field-first-day"), 10).with(today),
        Field::text(look.say("desk-field-last-day"), 10),
    ];
    let dialog = Dialog::service(
        look.say("desk-do-permit"),
        look.say("desk-ask-permit-how"),
        fields,
        ServiceWish::EnterPermit(look.calendar()),
    );
    Action::ask('P', look.say("desk-do-permit"), Act::EnterPermit, dialog)
}

/// Somebody is not admitted from now on.
pub fn bar(look: &Look<'_>) -> Action {
    let [chinese, latin] = names(look);
    let fields = vec![
        chinese,
        latin,
        Field::text(look.say("desk-field-phone"), 20).not_needed(),
        Field::text(look.say("desk-field-document"), 30)
            .of_document()
            .not_needed(),
        Field::text(look.say("desk-field-reason"), 300),
    ];
    let dialog = Dialog::service(
        look.say("desk-do-bar"),
        look.say("desk-ask-bar-how"),
        fields,
        ServiceWish::DoNotAdmit,
    );
    Action::ask('N', look.say("desk-do-bar"), Act::KeepDoNotAdmit, dialog)
}

/// Somebody looked at a visitor who is perhaps on the list.
pub fn settle(fact: &VisitFact, admit: bool, look: &Look<'_>) -> Action {
    let (key, word) = match admit {
        true => ('Y', "desk-do-other-person"),
        false => ('N', "desk-do-send-away"),
    };
    // Whoever answers for it sees both beside each other while writing why.
    let doubt = fact.doubt.as_deref();
    let lines = doubt.map(|doubt| doubts::lines(doubt, look));
    let lines: Vec<String> = lines.unwrap_or_default().into_iter().map(said).collect();
    let dialog = Dialog::service(
        look.say(word),
        lines.join("\n"),
        vec![Field::text(look.say("desk-field-why"), 300)],
        ServiceWish::SettleMatch(fact.visit.id, admit),
    );
    Action::ask(key, look.say(word), Act::ApproveVisit, dialog).by_its_key()
}

/// A colleague of whoever is visited answered the telephone.
pub fn said_by_another(fact: &VisitFact, look: &Look<'_>) -> Action {
    let words = ["desk-do-say-yes", "desk-do-say-no"].map(|word| look.say(word));
    let fields = vec![
        Field::pick(look.say("desk-field-who-said"), Seek::OfTheHouse),
        Field::choice(look.say("desk-field-said"), words.to_vec()),
    ];
    let label = look.say("desk-do-said-by-another");
    let dialog = Dialog::service(
        label.clone(),
        look.say("desk-ask-said-by-another-how"),
        fields,
        ServiceWish::SaidByAnother(fact.visit.id),
    );
    Action::ask('O', label, Act::ApproveVisit, dialog)
}

fn said((label, value): (String, String)) -> String {
    format!("{label}　{value}")
}

/// An expected visit is taken back: the code opens nothing any more.
pub fn withdraw(fact: &VisitFact, look: &Look<'_>) -> Action {
    let visit = &fact.visit;
    let who = visit.name.as_ref().map(|name| look.name(name));
    let host = fact.host.as_ref().map(|name| look.name(name));
    let when = visit.window.map(|(from, _)| look.when(from));
    let values = [
        ("who", who.unwrap_or_default().into()),
        ("host", host.unwrap_or_default().into()),
        ("when", when.unwrap_or_default().into()),
    ];
    let dialog = Dialog::service(
        look.say("desk-do-withdraw-visit"),
        look.with("desk-ask-withdraw-visit-how", &values),
        vec![Field::yes_no(look.say("desk-field-withdraw-visit"))],
        ServiceWish::Withdraw(visit.id),
    );
    let label = look.say("desk-do-withdraw-visit");
    Action::ask('W', label, Act::AnnounceVisit, dialog).by_its_key()
}

/// A work permit is taken back: nobody comes in with it any more.
pub fn withdraw_permit(fact: &PermitFact, look: &Look<'_>) -> Action {
    let answers = fact.answers.as_ref().map(|name| look.name(name));
    let values = [
        ("number", fact.number.clone().into()),
        ("company", fact.company.clone().into()),
        ("answers", answers.unwrap_or_default().into()),
    ];
    let dialog = Dialog::service(
        look.say("desk-do-withdraw-permit"),
        look.with("desk-ask-withdraw-permit-how", &values),
        vec![Field::yes_no(look.say("desk-field-withdraw-permit"))],
        ServiceWish::WithdrawPermit(fact.permit),
    );
    let label = look.say("desk-do-withdraw-permit");
    Action::ask('W', label, Act::EnterPermit, dialog).by_its_key()
}

/// A visitor who carried something in leaves.
pub fn things_out(fact: &VisitFact, look: &Look<'_>) -> Action {
    let says = match fact.told.things.as_str() {
        "" => look.say("visit-things-out-detail"),
        things => said((look.say("visit-things"), things.to_owned())),
    };
    let dialog = Dialog::service(
        look.say("visit-things-out"),
        says,
        vec![Field::yes_no(look.say("visit-things-all"))],
        ServiceWish::SignOut(fact.visit.id),
    );
    let label = look.say("desk-do-sign-out");
    Action::ask('R', label, Act::SignOutVisitor, dialog)
}

/// A visitor inside gets a temporary card.
pub fn issue_card(fact: &VisitFact, look: &Look<'_>) -> Action {
    let name = fact.visit.name.as_ref().map(|name| look.name(name));
    let dialog = Dialog::service(
        look.say("desk-do-temporary-card"),
        look.with(
            "desk-ask-temporary-card-how",
            &[("name", name.unwrap_or_default().into())],
        ),
        vec![Field::card(look.say("desk-field-temporary-card"))],
        ServiceWish::IssueCard(fact.visit.id),
    );
    let label = look.say("desk-do-temporary-card");
    Action::ask('K', label, Act::KeepCards, dialog)
}

/// A temporary card does not come back.
pub fn card_gone(fact: &CardOutFact, look: &Look<'_>) -> Action {
    let name = fact.visit.visit.name.as_ref().map(|name| look.name(name));
    let number = fact.visit.visit.number.as_ref().map(ToString::to_string);
    let who = Look::joined(&[&name.unwrap_or_default(), &number.unwrap_or_default()]);
    let dialog = Dialog::service(
        look.say("desk-do-card-gone"),
        look.with("desk-ask-card-gone-how", &[("who", who.into())]),
        vec![Field::text(look.say("desk-field-reason"), 300)],
        ServiceWish::CardGone(fact.card.card),
    );
    Action::ask('X', look.say("desk-do-card-gone"), Act::KeepCards, dialog).by_its_key()
}

/// A temporary card comes back.
pub fn return_card(look: &Look<'_>) -> Action {
    let dialog = Dialog::service(
        look.say("desk-do-card-back"),
        look.say("desk-ask-card-back-how"),
        vec![Field::card(look.say("desk-field-temporary-card"))],
        ServiceWish::ReturnCard,
    );
    Action::ask('T', look.say("desk-do-card-back"), Act::KeepCards, dialog)
}
