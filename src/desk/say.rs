//! What came of something, in a sentence.

use super::House;
use super::event::{LeaveRefusal, Outcome, Refusal, RoleRefusal};
use super::lending;
use super::rooms::{Mark, role_word, state_word};
use super::scanning;
use super::served;
use super::services::ServiceDone;
use crate::lending::{BroughtBy, KindId, ReturnReceipt, ReturnRefusal};
use crate::matters::{MatterRefusal, Move};
use crate::people::staff::{LoginRefusal, PinRefusal};
use crate::people::{CardState, Language, NotRead, Role};
use crate::words::{self, dates};

/// What came of an order, and whether somebody should look at it.
pub(super) fn done(
    done: &Result<Outcome, Refusal>,
    house: &House,
    language: Language,
) -> (Mark, String) {
    match done {
        Ok(done) => (mark(done), outcome(done, house, language)),
        Err(refused) => (Mark::Stop, refusal(refused, house, language)),
    }
}

/// Whether somebody should look at it all the same.
fn mark(outcome: &Outcome) -> Mark {
    match outcome {
        Outcome::TakenBack(receipt) if receipt.late || receipt.awaiting_check => Mark::Attend,
        Outcome::Meant(_) => Mark::Plain,
        Outcome::Service(ServiceDone::KeyBack { awaits, to_see, .. })
            if awaits.is_some() || *to_see =>
        {
            Mark::Attend
        }
        Outcome::Service(ServiceDone::HandedOutByCode(not_given)) if !not_given.is_empty() => {
            Mark::Attend
        }
        _ => Mark::Good,
    }
}

/// What was done.
fn outcome(outcome: &Outcome, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    match outcome {
        Outcome::TakenBack(receipt) => taken_back(receipt, house, language),
        Outcome::Meant(meant) => scanning::said(meant, house, language),
        Outcome::Counted(kind, total) => {
            let kind = house.kind_name(kind, language);
            let values = [("kind", kind.into()), ("total", (*total).into())];
            words::with(language, "desk-done-counted", &values)
        }
        Outcome::ThingEntered(kind, label, tag) => {
            let what = format!("{} {label}", house.kind_name(kind, language));
            let values = [("what", what.into()), ("tag", tag.clone().into())];
            words::with(language, "desk-done-thing", &values)
        }
        Outcome::Reprinting(number, count) => {
            let values = [
                ("number", number.clone().into()),
                ("count", (*count).into()),
            ];
            words::with(language, "desk-done-reprint", &values)
        }
        Outcome::SlipSeen => say("desk-done-seen"),
        Outcome::MatterMoved(Move::Take) => say("desk-done-taken"),
        Outcome::MatterMoved(Move::HandOver(_)) => say("desk-done-handed"),
        Outcome::MatterMoved(Move::Close) => say("desk-done-closed"),
        Outcome::TenantEntered => say("desk-done-tenant"),
        Outcome::TenantKept(state) => {
            let state = say(state_word(*state));
            words::with(
                language,
                "desk-done-tenant-kept",
                &[("state", state.into())],
            )
        }
        Outcome::PersonEntered(_) => say("desk-done-person"),
        Outcome::PersonMoved => say("desk-done-person-moved"),
        Outcome::RoleGiven(role) => with_role("desk-done-role-given", *role, language),
        Outcome::RoleTaken(role) => with_role("desk-done-role-taken", *role, language),
        Outcome::PersonLeft => say("desk-done-person-left"),
        Outcome::CardIssued => say("desk-done-card"),
        Outcome::CardMoved(CardState::Active) => say("desk-done-unblocked"),
        Outcome::CardMoved(_) => say("desk-done-blocked"),
        Outcome::PackPrinting => say("desk-done-printing"),
        Outcome::PinSet => say("desk-done-pin"),
        Outcome::Unlocked => say("desk-done-unlocked"),
        Outcome::Lending(done) => lending::done(done, house, language),
        Outcome::Service(done) => served::done(done, house, language),
        Outcome::RollNew => say("desk-done-new-roll"),
        Outcome::Founded => say("desk-done-founded"),
    }
}

fn with_role(id: &str, role: Role, language: Language) -> String {
    let role = words::text(language, role_word(role));
    words::with(language, id, &[("role", role.into())])
}

fn named(kind: &KindId, label: Option<&str>, house: &House, language: Language) -> String {
    let kind = house.kind_name(kind, language);
    match label {
        Some(label) => format!("{kind} {label}"),
        None => kind,
    }
}

fn taken_back(receipt: &ReturnReceipt, house: &House, language: Language) -> String {
    let what = named(&receipt.kind, receipt.item.label(), house, language);
    let mut said = vec![words::with(
        language,
        "desk-done-back",
        &[("what", what.into())],
    )];
    let more = [
        (receipt.late, "desk-done-back-late"),
        (receipt.awaiting_check, "desk-done-back-check"),
        (
            receipt.brought_by == BroughtBy::AnotherPerson,
            "desk-done-back-other",
        ),
    ];
    let there = more.into_iter().filter(|(there, _)| *there);
    said.extend(there.map(|(_, id)| words::text(language, id)));
    said.join(" · ")
}

/// Why it was not done, and what to do.
pub(super) fn refusal(refusal: &Refusal, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    match refusal {
        Refusal::NotPermitted(_) => say("desk-no-permission"),
        Refusal::Lending(refusal) => lending::stop(refusal, house, language),
        Refusal::Service(refusal) => served::not_done(refusal, house, language),
        Refusal::Return(ReturnRefusal::Unknown) => say("desk-no-such-code"),
        Refusal::Return(ReturnRefusal::NotOut { kind, label, state }) => {
            let what = named(kind, Some(label), house, language);
            let state = say(lending::state_word(*state));
            let values = [("what", what.into()), ("state", state.into())];
            words::with(language, "desk-no-not-out-now", &values)
        }
        Refusal::Return(ReturnRefusal::AlreadyReturned { kind, label, at }) => {
            let what = named(kind, label.as_deref(), house, language);
            let when = dates::day_time(language, house.building.local(*at));
            let values = [("what", what.into()), ("when", when.into())];
            words::with(language, "desk-no-back-before", &values)
        }
        Refusal::KeyNotOut { hook } => {
            words::with(language, "key-not-out", &[("hook", hook.as_str().into())])
        }
        Refusal::Matter(MatterRefusal::NotOpen, _) => say("desk-no-not-open"),
        Refusal::Matter(MatterRefusal::NobodyOwnsIt, _) => say("desk-no-nobody-owns"),
        Refusal::Matter(MatterRefusal::CannotOwn, _) => say("desk-no-cannot-own"),
        Refusal::Matter(MatterRefusal::DecidedInKeys, _) => say("desk-no-decided-in-keys"),
        Refusal::Matter(MatterRefusal::KeyIsOut, _) => say("desk-no-key-is-out"),
        Refusal::Matter(MatterRefusal::ReasonMissing, _) => say("desk-no-empty"),
        Refusal::Matter(MatterRefusal::OwnedBy(_), owner) => {
            let owner = owner
                .as_ref()
                .map(|name| name.masked(language))
                .unwrap_or_default();
            words::with(language, "desk-no-owned-by", &[("owner", owner.into())])
        }
        Refusal::TagInUse(tag) => words::with(
            language,
            "desk-no-tag-in-use",
            &[("tag", tag.clone().into())],
        ),
        Refusal::NoSuchKind(kind) => words::with(
            language,
            "desk-no-such-kind",
            &[("kind", kind.to_string().into())],
        ),
        Refusal::Leaving(LeaveRefusal::Yourself) => say("desk-no-yourself"),
        Refusal::Leaving(LeaveRefusal::OwnsMatters(count)) => words::with(
            language,
            "desk-no-owns-matters",
            &[("count", (*count).into())],
        ),
        Refusal::Leaving(LeaveRefusal::AnswersForWork(count)) => words::with(
            language,
            "desk-no-answers-for-work",
            &[("count", (*count).into())],
        ),
        Refusal::Role(refusal) => match refusal {
            RoleRefusal::NotOfTheOffice => say("desk-no-role-of-the-office"),
            RoleRefusal::HasIt(role) => with_role("desk-no-role-has-it", *role, language),
            RoleRefusal::HasItNot(role) => with_role("desk-no-role-has-it-not", *role, language),
            RoleRefusal::TheOnlyOne(role) => with_role("desk-no-role-only-one", *role, language),
        },
        Refusal::CardInUse => say("desk-no-card-in-use"),
        Refusal::StillPrinting => say("desk-no-still-printing"),
        Refusal::NoSuchSlip => say("desk-no-such-slip"),
        Refusal::Pin(refusal) => pin(*refusal, language),
        Refusal::NotNew => say("desk-no-not-new"),
        Refusal::NotRead(why) => say(not_read(*why)),
        Refusal::CardNotWanted => say("desk-no-card-wanted"),
        Refusal::DocumentNotWanted => say("desk-no-document-wanted"),
        Refusal::NotDone => say("desk-no-not-done"),
    }
}

/// Why what was held up to the reader is no card.
fn not_read(why: NotRead) -> &'static str {
    match why {
        NotRead::RandomNumber => "desk-not-read-phone",
        NotRead::Several => "desk-not-read-several",
        NotRead::Again => "desk-not-read-again",
        NotRead::NotThisKind => "desk-not-read-kind",
        NotRead::NotProven => "desk-not-read-proven",
        NotRead::Document => "desk-no-document-wanted",
    }
}

/// Why a PIN is not taken.
pub(super) fn pin(refusal: PinRefusal, language: Language) -> String {
    words::text(
        language,
        match refusal {
            PinRefusal::NotDigits => "desk-pin-not-digits",
            PinRefusal::TooEasy => "desk-pin-too-easy",
            PinRefusal::Different => "desk-pin-different",
        },
    )
}

/// Why somebody is not let in.
pub(super) fn login(refusal: LoginRefusal, house: &House, language: Language) -> String {
    match refusal {
        LoginRefusal::NotStaff => words::text(language, "desk-login-not-staff"),
        LoginRefusal::NoPin => words::text(language, "desk-login-no-pin"),
        LoginRefusal::WrongPin { left } => {
            words::with(language, "desk-login-wrong", &[("left", left.into())])
        }
        LoginRefusal::Paused { until } => {
            let when = house.building.local(until).format("%H:%M:%S").to_string();
            words::with(language, "desk-login-paused", &[("when", when.into())])
        }
        LoginRefusal::NeedsSupervisor => words::text(language, "desk-login-supervisor"),
        LoginRefusal::NoPepper => words::text(language, "desk-login-no-pepper"),
    }
}
