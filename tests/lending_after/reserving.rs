//! Reserving at the touch screen: one of a kind, at a time that was offered.

use super::desk::Desk;
use crate::support::*;
use chrono::{DateTime, TimeDelta, Utc};
use lodge::desk::event::Refusal;
use lodge::desk::lending::LendingStop;
use lodge::lending::flow::reserving::{Order, Receipt};
use lodge::lending::slots::{Slot, Vacancy};
use lodge::lending::{LendRefusal, ReserveRefusal, ThingState, Wanted};

impl Desk {
    fn vacancies(&self, card: u64, at: DateTime<Utc>) -> Vec<Vacancy> {
        let person = self.lobby.holder(card).person;
        let found = self
            .lobby
            .books
            .vacancies(&self.lobby.kinds, person, &pc(), at);
        found.expect("readable")
    }

    fn reserve(
        &mut self,
        card: u64,
        slot: Slot,
        at: DateTime<Utc>,
    ) -> Result<Receipt, ReserveRefusal> {
        let order = Order {
            holder: self.lobby.holder(card),
            kind: pc(),
            slot,
        };
        let kinds = self.lobby.kinds.clone();
        let reserved = self.lobby.books.reserve_one(&kinds, &order, at);
        reserved.expect("writable")
    }
}

/// Tomorrow's slots: morning, afternoon, the whole day.
fn tomorrow(vacancies: &[Vacancy]) -> Vec<Vacancy> {
    let day = building().local(monday_morning()).date() + TimeDelta::days(1);
    let of_day = vacancies.iter().filter(|vacancy| vacancy.day == day);
    of_day.cloned().collect()
}

#[test]
fn the_first_free_one_is_kept_until_all_are_and_nobody_has_two() {
    let mut desk = Desk::open();
    let morning = monday_morning();
    let books = &mut desk.lobby.books;
    books
        .enter_thing(&pc(), "PC-03", "03", ThingState::Available, morning)
        .expect("a second one");
    let seen = tomorrow(&desk.vacancies(CHEN, morning));
    assert_eq!(seen[0].free, 2, "{seen:?}");
    let receipt = desk
        .reserve(CHEN, seen[0].slot, morning)
        .expect("one is free");
    assert_eq!(receipt.lapses, seen[0].slot.from + TimeDelta::hours(1));
    // The morning and the whole day meet; the afternoon does not.
    let after = tomorrow(&desk.vacancies(CHEN, morning));
    let told: Vec<_> = after.iter().map(|v| (v.free, v.has)).collect();
    assert_eq!(told, [(1, true), (2, false), (1, true)]);
    let twice = desk.reserve(CHEN, seen[2].slot, morning);
    assert_eq!(twice, Err(ReserveRefusal::LimitReached { limit: 1 }));
    assert_eq!(receipt.kept.label, "01");
    // Somebody else gets the other one.
    let other = desk.reserve(GRACE, seen[0].slot, morning);
    assert_eq!(other.expect("one is left").kept.label, "03");
    assert_eq!(tomorrow(&desk.vacancies(GRACE, morning))[0].free, 0);
    desk.prove();
}

#[test]
fn what_was_free_a_moment_ago_is_refused_with_the_time_it_is_free_again() {
    let mut desk = Desk::open();
    let morning = monday_morning();
    let slot = tomorrow(&desk.vacancies(CHEN, morning))[1].slot;
    desk.reserve(GRACE, slot, morning).expect("the only one");
    let late = desk.reserve(CHEN, slot, morning);
    assert_eq!(late, Err(ReserveRefusal::Taken { until: slot.until }));
    assert_eq!(tomorrow(&desk.vacancies(CHEN, morning))[1].free, 0);
    desk.prove();
}

#[test]
fn only_whom_it_is_kept_for_gives_it_up_and_then_it_is_anybody_s() {
    let mut desk = Desk::open();
    let morning = monday_morning();
    let now = desk.vacancies(CHEN, morning)[0].slot;
    assert_eq!(now.from, morning);
    let kept = desk.reserve(CHEN, now, morning).expect("free").kept;
    let tag = Wanted::Tag(format!("PC-{}", kept.label));
    let theirs = desk.lobby.lend(GRACE, tag.clone(), morning);
    assert!(
        matches!(theirs, Err(LendRefusal::Reserved { .. })),
        "{theirs:?}"
    );
    let id = kept.reservation.id;
    let mut cancel = |card| {
        let holder = desk.lobby.holder(card);
        desk.lobby
            .books
            .cancel_kept(&holder, id, morning)
            .expect("writable")
    };
    assert!(!cancel(GRACE));
    assert!(cancel(CHEN));
    assert!(!cancel(CHEN));
    desk.lobby.lend(GRACE, tag, morning).expect("it is free");
    desk.prove();
}

#[test]
fn the_desk_keeps_no_more_for_somebody_than_they_may_have_either() {
    let mut desk = Desk::open();
    let morning = monday_morning();
    let slot = desk.vacancies(CHEN, morning)[0].slot;
    let kept = desk.reserve(CHEN, slot, morning).expect("free").kept;
    let tag = format!("PC-{}", kept.label);
    let again = desk.keep(&tag, desk.lobby.chen, 10, 11);
    let limit = ReserveRefusal::LimitReached { limit: 1 };
    let refused = Refusal::Lending(LendingStop::Reserve(limit));
    assert_eq!(desk.does(again, 0), Err(refused));
}
