//! The forms of the room of keys.

use crate::desk::dialog::{Dialog, Field, Seek};
use crate::desk::rooms::{Action, Look};
use crate::desk::wishes::ServiceWish;
use crate::keys::rules::needs_second;
use crate::keys::{Harm, Key, KeyGroup, KeyKind, Point};
use crate::people::Act;
use std::collections::BTreeSet;

/// A key comes back: each point is asked.
pub fn back(key: &Key, look: &Look<'_>) -> Action {
    let mut fields = Point::ALL
        .map(|point| Field::yes_no(look.say(point.word())))
        .to_vec();
    fields.push(Field::pick(look.say("desk-field-brought-by"), Seek::OfTheHouse).not_needed());
    let dialog = Dialog::service(
        look.with("desk-ask-key-back", &[("hook", key.hook.clone().into())]),
        look.say("desk-ask-key-back-how"),
        fields,
        ServiceWish::KeyBack(key.tag.clone()),
    );
    Action::ask('R', look.say("desk-do-take-back"), Act::UseKeys, dialog)
}

/// A key is taken at the desk: by the card of whoever takes it, for a purpose, with a second card
/// where the key needs one.
pub fn sign_out(key: &Key, look: &Look<'_>) -> Action {
    let second = needs_second(key.kind, &look.house.keys);
    let purposes = [
        "key-for-inspection",
        "key-for-cleaning",
        "key-for-viewing",
        "key-for-repair",
        "key-for-emergency",
        "key-for-order",
    ];
    let mut fields = vec![
        Field::card(look.say("desk-field-taker")),
        Field::choice(
            look.say("desk-field-purpose"),
            purposes.map(|id| look.say(id)).to_vec(),
        ),
        Field::code(look.say("desk-field-work-order"), 40).not_needed(),
        Field::pick(look.say("desk-field-contractor"), Seek::Contractor).not_needed(),
    ];
    if second {
        fields.push(Field::card(look.say("desk-field-second")));
    }
    let dialog = Dialog::service(
        look.with("desk-ask-key-out", &[("hook", key.hook.clone().into())]),
        look.say("desk-ask-key-out-how"),
        fields,
        ServiceWish::SignKeyOut(key.id, second),
    );
    Action::ask('O', look.say("desk-do-key-out"), Act::UseKeys, dialog)
}

/// A key is lost or damaged, as far as it can be.
pub fn report(key: &Key, harms: Vec<Harm>, look: &Look<'_>) -> Action {
    let words = harms.iter().map(|harm| {
        look.say(match harm {
            Harm::Lost => "key-harm-lost",
            Harm::Damaged => "key-harm-damaged",
        })
    });
    let dialog = Dialog::service(
        look.with("desk-ask-key-report", &[("hook", key.hook.clone().into())]),
        look.say("desk-ask-key-report-how"),
        vec![
            Field::choice(look.say("desk-field-harm"), words.collect()),
            Field::text(look.say("desk-field-report"), 300),
        ],
        ServiceWish::ReportKey(key.id, harms),
    );
    Action::ask('L', look.say("desk-do-report-key"), Act::UseKeys, dialog)
}

/// A key that was lost or damaged hangs on its hook again, or what replaces it, which may have
/// another tag.
pub fn hang_back(key: &Key, look: &Look<'_>) -> Action {
    let dialog = Dialog::service(
        look.with("desk-ask-hang-back", &[("hook", key.hook.clone().into())]),
        look.say("desk-ask-hang-back-how"),
        vec![Field::code(look.say("desk-field-tag"), 40).with(key.tag.clone())],
        ServiceWish::HangKeyBack(key.id),
    );
    Action::ask('A', look.say("desk-do-hang-back"), Act::KeepKeys, dialog)
}

/// A key is no longer kept.
pub fn retire(key: &Key, look: &Look<'_>) -> Action {
    let dialog = Dialog::service(
        look.with("desk-ask-retire-key", &[("hook", key.hook.clone().into())]),
        look.say("desk-ask-retire-key-how"),
        vec![Field::text(look.say("desk-field-reason"), 300)],
        ServiceWish::RetireKey(key.id),
    );
    Action::ask('X', look.say("desk-do-retire-key"), Act::KeepKeys, dialog)
}

/// A key is new.
pub fn hang(look: &Look<'_>) -> Action {
    let kinds = KeyKind::ALL.map(|kind| {
        look.say(match kind {
            KeyKind::Ordinary => "desk-key-ordinary",
            KeyKind::Master => "desk-key-master",
            KeyKind::SealedSpare => "desk-key-sealed",
        })
    });
    let fields = vec![
        Field::text(look.say("desk-col-hook"), 12),
        Field::code(look.say("desk-field-tag"), 40),
        Field::choice(look.say("desk-col-kind"), kinds.to_vec()),
        Field::text(look.say("desk-field-group"), 30),
        Field::pick(look.say("desk-field-of-tenant"), Seek::Tenant).not_needed(),
        Field::amount(look.say("desk-field-pieces"), 50).with("1"),
        Field::text(look.say("desk-fact-opens"), 60).not_needed(),
    ];
    let dialog = Dialog::service(
        look.say("desk-do-hang"),
        look.say("desk-ask-hang-how"),
        fields,
        ServiceWish::HangKey,
    );
    Action::ask('H', look.say("desk-do-hang"), Act::KeepKeys, dialog)
}

/// Somebody may take the keys of a group.
pub fn grant(look: &Look<'_>) -> Action {
    let hooks = look.facts.hooks.iter();
    let groups: BTreeSet<KeyGroup> = hooks.map(|fact| fact.key.group.clone()).collect();
    let names = groups.iter().map(|group| group.0.clone()).collect();
    let fields = vec![
        Field::choice(look.say("desk-field-group"), names),
        Field::pick(look.say("desk-field-person"), Seek::Staff),
        Field::text(look.say("desk-field-last-day"), 10).not_needed(),
    ];
    let dialog = Dialog::service(
        look.say("desk-do-grant"),
        look.say("desk-ask-grant-how"),
        fields,
        ServiceWish::GrantKeys(groups.into_iter().collect(), look.calendar()),
    );
    Action::ask('G', look.say("desk-do-grant"), Act::KeepKeys, dialog)
}
