//! The pages on which somebody has a thing kept for them.

use super::Thing;
use crate::lending::slots::Slot;
use crate::lending::{KindIcon, KindId, ReservationId};
use crate::people::Bilingual;
use chrono::{NaiveDate, NaiveDateTime};

/// Something kept for this person, on their own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLine {
    /// The reservation.
    pub reservation: ReservationId,
    /// What is kept.
    pub thing: Thing,
    /// From when.
    pub from: NaiveDateTime,
    /// Until when.
    pub until: NaiveDateTime,
    /// Whether it can be fetched now.
    pub ready: Readiness,
    /// Whether it can be given up here.
    pub cancels: bool,
}

/// Whether what is kept can be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It is not their time yet.
    Later,
    /// It lies there for them.
    Ready,
    /// It should, and does not: somebody has not brought it back, or the desk has yet to look at it.
    NotHere,
}

/// A page of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserving {
    /// Which kind of thing.
    Kinds(Vec<(KindId, Bilingual, KindIcon)>),
    /// On which day.
    Days(Thing, Vec<DayLine>),
    /// At what time of this day.
    Times(Thing, NaiveDate, Vec<TimeLine>),
    /// It is kept.
    Kept(Kept),
    /// It is not kept any more; from when it was.
    Cancelled(Thing, NaiveDateTime),
}

impl Reserving {
    /// Whether the deed is done, so that there is no way back.
    pub fn is_over(&self) -> bool {
        matches!(self, Reserving::Kept(_) | Reserving::Cancelled(..))
    }
}

/// A day that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayLine {
    /// Which.
    pub day: NaiveDate,
    /// How it looks at its best time.
    pub room: Room,
}

/// A time that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeLine {
    /// What a touch on it sends.
    pub slot: Slot,
    /// From when; nothing where that is now.
    pub from: Option<NaiveDateTime>,
    /// Until when.
    pub until: NaiveDateTime,
    /// How it looks then.
    pub room: Room,
}

/// How it looks at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// So many are free.
    Free(u32),
    /// None is free.
    Taken,
    /// One's own is kept then, and one may not have more.
    Own,
}

/// It is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What.
    pub thing: Thing,
    /// From when.
    pub from: NaiveDateTime,
    /// Until when.
    pub until: NaiveDateTime,
    /// When others may have it, where nobody came for it.
    pub lapses: NaiveDateTime,
    /// Whether it can be fetched now.
    pub ready: bool,
}
