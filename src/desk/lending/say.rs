//! What came of an order about things on loan, in a sentence.

use super::{LendingDone, LendingStop};
use crate::desk::House;
use crate::lending::check::CheckRefusal;
use crate::lending::money::MoneyRefusal;
use crate::lending::{Question, ReserveRefusal, ThingState, WashRefusal};
use crate::people::Language;
use crate::words::{self, dates};

/// What was done.
pub fn done(done: &LendingDone, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    match done {
        LendingDone::Checked(ThingState::InRepair) => say("desk-done-to-repair"),
        LendingDone::Checked(ThingState::Retired) => say("desk-done-retired"),
        LendingDone::Checked(_) => say("desk-done-shelved"),
        LendingDone::Booked => say("desk-done-booked"),
        LendingDone::WrittenOff(_) => say("desk-done-written-off"),
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
        },
        LendingStop::NotKept => say("desk-no-not-kept"),
        LendingStop::Wash(WashRefusal::NotWashed) => say("desk-no-not-washed"),
        LendingStop::Wash(WashRefusal::Nothing) => say("desk-no-amount"),
        LendingStop::Wash(WashRefusal::MoreThanThere { there }) => {
            with("desk-no-more-than-there", &[("there", (*there).into())])
        }
    }
}
