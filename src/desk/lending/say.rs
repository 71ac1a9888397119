//! What came of an order about things on loan, in a sentence.

use super::{LendingDone, LendingStop};
use crate::desk::House;
use crate::desk::rooms::Look;
use crate::lending::check::CheckRefusal;
use crate::lending::money::MoneyRefusal;
use crate::lending::{CountRefusal, Question, ReserveRefusal, ThingState, WashRefusal};
use crate::people::Language;
use crate::words::{self, dates};

/// What was done.
pub fn done(done: &LendingDone, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    // A thing went away that was kept for somebody.
    let and_tell = |id: &str, told: usize| match told {
        0 => say(id),
        _ => Look::joined(&[
            &say(id),
            &words::with(language, "desk-done-tell-kept", &[("count", told.into())]),
        ]),
    };
    match done {
        LendingDone::Checked(ThingState::InRepair, told) => and_tell("desk-done-to-repair", *told),
        LendingDone::Checked(ThingState::Retired, told) => and_tell("desk-done-retired", *told),
        LendingDone::Checked(..) => say("desk-done-shelved"),
        LendingDone::PartsCame(0) => say("desk-done-parts-came"),
        LendingDone::PartsCame(left) => words::with(
            language,
            "desk-done-some-parts-came",
            &[("count", (*left).into())],
        ),
        LendingDone::Booked => say("desk-done-booked"),
        LendingDone::WrittenOff(_, told) => and_tell("desk-done-written-off", *told),
        LendingDone::Reserved => say("desk-done-reserved"),
        LendingDone::Cancelled => say("desk-done-cancelled"),
        LendingDone::Washed(stand) => {
            let kind = house.kind_name(&stand.kind, language);
            let values = [
                ("kind", kind.into()),
                ("clean", stand.clean().into()),
                ("dirty", stand.dirty.into()),
                ("washing", stand.washing.into()),
            ];
            words::with(language, "desk-done-washed", &values)
        }
        LendingDone::WashSheetPrinting => say("desk-done-wash-sheet"),
        LendingDone::Rain(true) => say("desk-done-rain"),
        LendingDone::Rain(false) => say("desk-done-no-rain"),
    }
}

/// How a thing stands, in a word or two.
pub fn state_word(state: ThingState) -> &'static str {
    match state {
        ThingState::Available => "desk-thing-available",
        ThingState::OnLoan => "desk-thing-on-loan",
        ThingState::AwaitingCheck => "desk-thing-awaiting-check",
        ThingState::Reserved => "desk-thing-reserved",
        ThingState::InRepair => "desk-thing-in-repair",
        ThingState::Retired => "desk-thing-retired",
        ThingState::Lost => "desk-thing-lost",
    }
}

/// Why it was not done.
pub fn stop(stop: &LendingStop, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    let with = |id: &str, values: &[(&str, words::Value<'_>)]| words::with(language, id, values);
    match stop {
        LendingStop::Check(refusal) => match refusal {
            CheckRefusal::Unknown => say("desk-no-thing"),
            CheckRefusal::IsOut => say("desk-no-is-out"),
            CheckRefusal::StandsSo => say("desk-no-stands-so"),
            CheckRefusal::Lost => say("desk-no-is-lost"),
            CheckRefusal::NothingMissing => say("desk-no-part-missing"),
            CheckRefusal::NotWiped => say("desk-no-not-wiped"),
            CheckRefusal::Unanswered(Question::Wiped) => say("desk-no-wiped-unanswered"),
            CheckRefusal::Unanswered(_) => say("desk-no-unanswered"),
        },
        LendingStop::Money(MoneyRefusal::Unknown) | LendingStop::NotOut => say("desk-no-not-out"),
        LendingStop::Money(MoneyRefusal::Nothing) => say("desk-no-amount"),
        LendingStop::Money(MoneyRefusal::MoreThanHeld { held_fen }) => {
            let held = words::money(*held_fen);
            with("desk-no-more-than-held", &[("held", held.into())])
        }
        LendingStop::Reserve(refusal) => match refusal {
            ReserveRefusal::Unknown => say("desk-no-thing"),
            ReserveRefusal::NotReservable => say("desk-no-not-reservable"),
            ReserveRefusal::NotAllowed => say("desk-no-not-allowed"),
            ReserveRefusal::NotForLoan(_) => say("desk-no-not-for-loan"),
            ReserveRefusal::LimitReached { limit } => {
                with("desk-no-kept-enough", &[("limit", (*limit).into())])
            }
            ReserveRefusal::WrongTime => say("desk-no-wrong-time"),
            ReserveRefusal::Taken { until } => {
                let until = dates::day_time(language, house.building.local(*until));
                with("desk-no-kept-then", &[("until", until.into())])
            }
            ReserveRefusal::Late { due } => {
                let due = dates::day_time(language, house.building.local(*due));
                with("desk-no-late-now", &[("due", due.into())])
            }
        },
        LendingStop::NotKept => say("desk-no-not-kept"),
        LendingStop::Wash(WashRefusal::NotWashed) => say("desk-no-not-washed"),
        LendingStop::Wash(WashRefusal::Nothing) => say("desk-no-amount"),
        LendingStop::Wash(WashRefusal::MoreThanThere { there }) => {
            with("desk-no-more-than-there", &[("there", (*there).into())])
        }
        LendingStop::Count(CountRefusal::NoStand(kind)) => {
            let kind = house.kind_name(kind, language);
            with("desk-no-stand", &[("kind", kind.into())])
        }
        LendingStop::Count(CountRefusal::FewerThanAway(stand)) => {
            let values = [
                ("out", stand.out.into()),
                ("dirty", stand.dirty.into()),
                ("washing", stand.washing.into()),
            ];
            match stand.dirty + stand.washing {
                0 => with("desk-no-fewer-than-out", &values[..1]),
                _ => with("desk-no-fewer-than-away", &values),
            }
        }
    }
}
