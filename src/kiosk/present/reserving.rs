//! The pages on which somebody has a thing kept for them, and what My page says of it.

use super::Presenter;
use crate::kiosk::session::Person;
use crate::kiosk::view::{
    DayLine, Kept, KeptLine, Page, Readiness, Refusal, Refused, Reserving, Room, TimeLine,
};
use crate::lending::flow::Goal;
use crate::lending::flow::reserving::{Receipt, Stage};
use crate::lending::reserving::EARLY;
use crate::lending::slots::{self, Vacancy};
use crate::lending::{KindId, Loan, ReserveRefusal, ThingState};
use chrono::NaiveDate;

impl Presenter<'_> {
    pub(super) fn reserving(&self, stage: &Stage) -> Page {
        Page::Reserving(match stage {
            Stage::Kinds(kinds) => {
                let kind = |id: &KindId| {
                    let thing = self.thing(id, None);
                    (id.clone(), thing.name, thing.icon)
                };
                Reserving::Kinds(kinds.iter().map(kind).collect())
            }
            Stage::Days(kind, vacancies) => {
                Reserving::Days(self.thing(kind, None), days(vacancies))
            }
            Stage::Times(kind, vacancies, day) => {
                let of_day = vacancies.iter().filter(|vacancy| vacancy.day == *day);
                let times = of_day.map(|vacancy| self.time(vacancy)).collect();
                Reserving::Times(self.thing(kind, None), *day, times)
            }
            Stage::Kept(receipt) => Reserving::Kept(self.kept(receipt)),
            Stage::Cancelled(kept) => Reserving::Cancelled(
                self.thing(&kept.kind, Some(&kept.label)),
                self.house.building.local(kept.reservation.from),
            ),
            Stage::Refused(kind, why) => return self.not_kept(kind, why),
        })
    }

    fn time(&self, vacancy: &Vacancy) -> TimeLine {
        let local = |at| self.house.building.local(at);
        let slot = vacancy.slot;
        TimeLine {
            slot,
            from: (slot.from > self.at).then(|| local(slot.from)),
            until: local(slot.until),
            room: room([vacancy].into_iter()),
        }
    }

    fn kept(&self, receipt: &Receipt) -> Kept {
        let local = |at| self.house.building.local(at);
        let kept = &receipt.kept;
        Kept {
            thing: self.thing(&kept.kind, Some(&kept.label)),
            from: local(kept.reservation.from),
            until: local(kept.reservation.until),
            lapses: local(receipt.lapses),
            ready: kept.is_ready(self.at),
        }
    }

    /// How many of a kind are kept for this person since a moment ago.
    pub(super) fn kept_now(&self, kind: &KindId, person: &Person) -> u32 {
        let kept = person.kept.iter().filter(|kept| kept.kind == *kind);
        let now = kept.filter(|kept| {
            let (own, at) = (&kept.reservation, self.at);
            own.from <= at && at < own.until && kept.state == ThingState::Available
        });
        u32::try_from(now.count()).unwrap_or(u32::MAX)
    }

    fn readiness(&self, kept: &slots::Kept, loans: &[Loan]) -> Readiness {
        let has_it = loans.iter().any(|loan| {
            let thing = Some(kept.reservation.thing);
            loan.item.thing() == thing
        });
        match kept.is_ready(self.at) {
            true => Readiness::Ready,
            false if kept.reservation.from <= self.at && !has_it => Readiness::NotHere,
            false => Readiness::Later,
        }
    }

    /// What of this person's is kept at this moment and called like this.
    pub(super) fn fetched<'a>(&self, goal: &Goal, person: &'a Person) -> Option<&'a slots::Kept> {
        let own = |kept: &&slots::Kept| {
            Some(&kept.label) == goal.label.as_ref()
                && kept.kind == goal.kind
                && kept.reservation.from - EARLY <= self.at
                && self.at < kept.reservation.until
        };
        person.kept.iter().find(own)
    }

    fn not_kept(&self, kind: &KindId, why: &ReserveRefusal) -> Page {
        let until = match why {
            ReserveRefusal::Taken { until } => Some(self.house.building.local(*until)),
            ReserveRefusal::Late { due } => Some(self.house.building.local(*due)),
            _ => None,
        };
        let why = Refusal::Reserve(why.clone(), until);
        Page::Refused(Refused {
            leads_back: true,
            ..Refused::new(why, Some(self.thing(kind, None)))
        })
    }

    pub(super) fn kept_lines(&self, person: &Person) -> Vec<KeptLine> {
        let line = |kept: &slots::Kept| KeptLine {
            reservation: kept.reservation.id,
            thing: self.thing(&kept.kind, Some(&kept.label)),
            from: self.house.building.local(kept.reservation.from),
            until: self.house.building.local(kept.reservation.until),
            ready: self.readiness(kept, &person.loans),
            cancels: self.session.is_own_card(),
        };
        person.kept.iter().map(line).collect()
    }
}

/// The days that are offered, each with its best time.
fn days(vacancies: &[Vacancy]) -> Vec<DayLine> {
    let mut days: Vec<NaiveDate> = vacancies.iter().map(|vacancy| vacancy.day).collect();
    days.dedup();
    let line = |day: NaiveDate| DayLine {
        day,
        room: room(vacancies.iter().filter(|vacancy| vacancy.day == day)),
    };
    days.into_iter().map(line).collect()
}

fn room<'a>(vacancies: impl Iterator<Item = &'a Vacancy> + Clone) -> Room {
    let open = vacancies.clone().filter(|vacancy| vacancy.is_open());
    match open.map(|vacancy| vacancy.free).max() {
        Some(free) => Room::Free(free),
        None if vacancies.clone().any(|vacancy| vacancy.has) => Room::Own,
        None => Room::Taken,
    }
}
