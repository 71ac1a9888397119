//! The pages on which somebody has a thing kept for them: which kind, which day, what time.

use super::{Ask, Here, Next, Stage as Lending, Touch};
use crate::lending::slots::{Kept, Slot, Vacancy};
use crate::lending::{Kind, KindId, ReservationId, ReserveRefusal};
use crate::people::{Holder, Role};
use chrono::{DateTime, NaiveDate, Utc};

/// Where a person is who wants something kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Which kind of thing, of these.
    Kinds(Vec<KindId>),
    /// On which day.
    Days(KindId, Vec<Vacancy>),
    /// At what time of this day.
    Times(KindId, Vec<Vacancy>, NaiveDate),
    /// It is kept.
    Kept(Receipt),
    /// It is not kept any more.
    Cancelled(Kept),
    /// It is not kept.
    Refused(KindId, ReserveRefusal),
}

/// A thing wanted for a time, with everything the store needs to decide and to write it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// For whom.
    pub holder: Holder,
    /// One of which kind.
    pub kind: KindId,
    /// When.
    pub slot: Slot,
}

/// A committed reservation, as it goes back to the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What is kept.
    pub kept: Kept,
    /// When it is given to others, where nobody came for it.
    pub lapses: DateTime<Utc>,
}

/// The kinds this person can have something kept of.
pub fn kinds<'a>(kinds: &'a [Kind], roles: &[Role]) -> Vec<&'a Kind> {
    let may = |kind: &&Kind| {
        let policy = &kind.policy;
        policy.reservable && policy.who.iter().any(|role| roles.contains(role))
    };
    kinds.iter().filter(may).collect()
}

/// Somebody wants something kept; nothing where nothing can be.
pub fn begin(of_house: &[Kind], here: Here<'_>) -> Option<Next> {
    let holder = here.holder?;
    let found = kinds(of_house, &holder.roles);
    match &found[..] {
        [] => None,
        [only] => Some(look(holder, &only.id)),
        _ => {
            let found = found.iter().map(|kind| kind.id.clone()).collect();
            Some(Next::Show(Lending::Reserving(Stage::Kinds(found))))
        }
    }
}

/// Which kind was touched.
pub fn chose(stage: &Stage, kind: &KindId, here: Here<'_>) -> Option<Next> {
    match stage {
        Stage::Kinds(kinds) if kinds.contains(kind) => Some(look(here.holder?, kind)),
        _ => None,
    }
}

fn look(holder: &Holder, kind: &KindId) -> Next {
    Next::Ask(Ask::Vacancies(holder.person, kind.clone()))
}

/// A control of one of these pages was touched; nothing where it does not belong there.
pub fn touched(stage: &Stage, touch: Touch, here: Here<'_>) -> Option<Next> {
    match (stage, touch) {
        (Stage::Days(kind, vacancies), Touch::Day(day)) => {
            let mut of_day = vacancies.iter().filter(|vacancy| vacancy.day == day);
            of_day.find(|vacancy| vacancy.is_open())?;
            let times = Stage::Times(kind.clone(), vacancies.clone(), day);
            Some(Next::Show(Lending::Reserving(times)))
        }
        (Stage::Times(kind, vacancies, day), Touch::Slot(slot)) => {
            let mut open = vacancies.iter().filter(|vacancy| vacancy.is_open());
            open.find(|vacancy| vacancy.day == *day && vacancy.slot == slot)?;
            Some(Next::Ask(Ask::Reserve(Order {
                holder: here.holder?.clone(),
                kind: kind.clone(),
                slot,
            })))
        }
        _ => None,
    }
}

/// After a no that another time may answer: the times as they are now. Nothing where no time helps.
pub fn again(stage: &Stage, here: Here<'_>) -> Option<Next> {
    match stage {
        Stage::Refused(kind, why) if why.is_of_time() => Some(look(here.holder?, kind)),
        _ => None,
    }
}

/// Somebody does not want any more what is kept for them, on My page.
pub fn cancel(kept: &[Kept], reservation: ReservationId, here: Here<'_>) -> Option<Next> {
    let own = kept.iter().find(|own| own.reservation.id == reservation)?;
    Some(Next::Ask(Ask::Cancel(here.holder?.clone(), own.clone())))
}

impl Vacancy {
    /// Whether this person can have something kept then.
    pub fn is_open(&self) -> bool {
        self.free > 0 && !self.has
    }
}

impl Stage {
    /// The page one step back; none where that is My page.
    pub fn back(&self) -> Option<Stage> {
        match self {
            Stage::Times(kind, vacancies, _) => Some(Stage::Days(kind.clone(), vacancies.clone())),
            _ => None,
        }
    }

    /// Whether the deed is done.
    pub fn is_done(&self) -> bool {
        matches!(self, Stage::Kept(_) | Stage::Cancelled(_))
    }

    /// Whether it is done, so that the page goes home by itself. After a no another time is chosen, or
    /// something else from one's own page.
    pub fn is_over(&self) -> bool {
        self.is_done()
    }
}
