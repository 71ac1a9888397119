//! What is done at the desk about things on loan, beside taking them back: orders, and what came of
//! them; `wish` has the forms, `say` the sentences.

mod say;
mod wish;

pub(super) use say::{done, state_word, stop};
pub use wish::{GOES_TO, LendingWish};

use super::facts::LoanFact;
use crate::lending::check::CheckRefusal;
use crate::lending::money::MoneyRefusal;
use crate::lending::{
    Answered, Booking, CountRefusal, KindId, LoanId, Question, Reservation, ReservationId,
    ReserveRefusal, Stand, ThingId, ThingState, WashMove, WashRefusal,
};
use crate::people::{PersonId, PersonName};
use chrono::{NaiveDate, NaiveTime};

/// An order about things on loan.
#[derive(Clone, Debug, PartialEq)]
pub enum LendingOrder {
    /// The desk looked at a thing that came back.
    Check {
        /// Which.
        thing: ThingId,
        /// What it found.
        answers: Vec<Answered>,
        /// Where the thing goes.
        to: ThingState,
    },
    /// Parts that were missing at a return came later.
    PartsCame {
        /// Of which loan.
        loan: LoanId,
        /// Which.
        parts: Vec<Question>,
    },
    /// An amount is entered about a loan.
    Book {
        /// Which loan.
        loan: LoanId,
        /// What for.
        of: Booking,
        /// How much, in fen.
        amount_fen: u32,
    },
    /// What went out will not come back.
    WriteOff {
        /// Which loan.
        loan: LoanId,
        /// What is charged, in fen; 0 for nothing.
        amount_fen: u32,
    },
    /// Keep a thing for somebody.
    Reserve {
        /// Which.
        thing: ThingId,
        /// For whom.
        who: PersonId,
        /// On which day of the building.
        day: NaiveDate,
        /// From when.
        from: NaiveTime,
        /// Until when.
        until: NaiveTime,
    },
    /// Do not keep it any more.
    Cancel(ReservationId),
    /// Things go to the laundry, come back from it, or are written off.
    Wash {
        /// Of which kind.
        kind: KindId,
        /// Which of the three.
        how: WashMove,
        /// How many.
        count: u32,
    },
    /// Print the day of what is washed.
    PrintWashSheet,
    /// It rains, or no longer.
    Rain(bool),
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum LendingDone {
    /// A thing was looked at, and stands like this now; so many for whom it was kept are to be told.
    Checked(ThingState, usize),
    /// Missing parts came; how many are missing still.
    PartsCame(usize),
    /// An amount was entered.
    Booked,
    /// A loan ended without its thing; what people call it, and how many are to be told.
    WrittenOff(Option<String>, usize),
    /// A thing is kept for somebody.
    Reserved,
    /// It is not kept any more.
    Cancelled,
    /// Things were moved; the stand as it is now.
    Washed(Stand),
    /// The sheet of the laundry's day is being printed.
    WashSheetPrinting,
    /// Rain mode was switched.
    Rain(bool),
}

/// Why it was not done.
#[derive(Clone, Debug, PartialEq)]
pub enum LendingStop {
    /// The thing stays where it is.
    Check(CheckRefusal),
    /// The amount is not entered.
    Money(MoneyRefusal),
    /// The loan is over, or there is none.
    NotOut,
    /// The thing is not kept.
    Reserve(ReserveRefusal),
    /// It was not kept any more.
    NotKept,
    /// Nothing moves to or from the laundry.
    Wash(WashRefusal),
    /// The count of a stand is not entered.
    Count(CountRefusal),
}

/// What the room of lending shows beside loans, things and stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LendingFacts {
    /// Things that wait for the desk's look, with what was said at their return.
    pub asked: Vec<(ThingId, Vec<Answered>)>,
    /// The latest loans, with how each ended; the newest first.
    pub register: Vec<LoanFact>,
    /// What is kept for whom, the earliest first.
    pub kept: Vec<KeptFact>,
    /// Loans whose deposit the house holds, or a part of it.
    pub deposits: Vec<LoanFact>,
    /// What went to the laundry and came back today.
    pub washes: Vec<(KindId, WashMove, u32)>,
    /// Whether rain mode is on.
    pub rain: bool,
}

/// A thing kept for somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptFact {
    /// The reservation.
    pub kept: Reservation,
    /// For whom.
    pub person: PersonName,
}
