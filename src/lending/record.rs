//! What the journal says about lending: results, never inputs, and no personal data.

use super::money::BookingId;
use super::reserving::Ending;
use super::{
    Answered, Booking, BroughtBy, Item, KindId, LoanId, Question, ReservationId, ThingId,
    ThingState, WashMove,
};
use crate::people::{How, PersonId};
use crate::slips::{PrintJobId, SlipNumber};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One journal entry of this service. The state tables are a fold over these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Record {
    /// A tagged thing was entered into the books.
    ThingEntered {
        /// Its identifier.
        thing: ThingId,
        /// Its kind.
        of: KindId,
        /// The code on it.
        tag: String,
        /// What people call it.
        label: String,
        /// How it stands on entering.
        state: ThingState,
    },
    /// A stand was counted: so many belong to it, out or in.
    PoolCounted {
        /// Of which kind.
        of: KindId,
        /// How many.
        total: u32,
    },
    /// Something went out.
    Lent {
        /// The loan.
        loan: LoanId,
        /// The number on its slip.
        number: SlipNumber,
        /// Of which kind.
        of: KindId,
        /// What.
        item: Item,
        /// To whom.
        borrower: PersonId,
        /// Whether the card was tapped or typed.
        how: How,
        /// Until when, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        due: DateTime<Utc>,
        /// The terms it went out on.
        terms: TermsUsed,
        /// The print job of its slip.
        job: Option<PrintJobId>,
    },
    /// Something came back.
    Returned {
        /// The loan it closes.
        loan: LoanId,
        /// Who brought it.
        brought_by: BroughtBy,
        /// Whether it came after its time.
        late: bool,
        /// Whether the desk still looks at it.
        awaiting_check: bool,
        /// What was asked of whoever brought it.
        #[serde(default)]
        asks: Vec<Question>,
        /// Whether it goes to the laundry before it goes out again.
        #[serde(default)]
        washed: bool,
        /// Who brought it, where whoever took it in at the desk says that it was somebody else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bringer: Option<PersonId>,
    },
    /// What was asked at a return was answered, all of it or some.
    Answered {
        /// The loan that was closed.
        loan: LoanId,
        /// The answers.
        answers: Vec<Answered>,
        /// How the thing stands now, where that followed.
        state: Option<ThingState>,
    },
    /// A loan was made longer.
    Renewed {
        /// The loan.
        loan: LoanId,
        /// Until when, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        due: DateTime<Utc>,
        /// How often it was made longer by now.
        renewals: u32,
    },
    /// What went out will not come back.
    Lost {
        /// The loan it closes.
        loan: LoanId,
    },
    /// What was lost came back.
    TurnedUp {
        /// The loan.
        loan: LoanId,
        /// Who brought it.
        brought_by: BroughtBy,
        /// What the desk has to find out before it goes out again.
        #[serde(default)]
        asks: Vec<Question>,
        /// Whether it is washed before it goes out again.
        #[serde(default)]
        washed: bool,
        /// Who brought it, where whoever took it in at the desk says that it was somebody else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bringer: Option<PersonId>,
    },
    /// The desk put a thing on the shelf, to the mender or away for good.
    ThingMoved {
        /// The thing.
        thing: ThingId,
        /// How it stands now.
        state: ThingState,
    },
    /// An amount was entered about a loan.
    Booked {
        /// The entry.
        booking: BookingId,
        /// About which loan.
        loan: LoanId,
        /// What for.
        of: Booking,
        /// How much, in fen.
        amount_fen: u32,
    },
    /// A thing is kept for somebody.
    Reserved {
        /// The reservation.
        reservation: ReservationId,
        /// The thing.
        thing: ThingId,
        /// For whom.
        person: PersonId,
        /// From when, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        from: DateTime<Utc>,
        /// Until when, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        until: DateTime<Utc>,
    },
    /// It is not kept any more.
    ReservationEnded {
        /// The reservation.
        reservation: ReservationId,
        /// How it ended.
        how: Ending,
    },
    /// Something was given away.
    Given {
        /// Of which kind.
        of: KindId,
        /// To whom.
        person: PersonId,
        /// Whether the card was tapped or typed.
        how: How,
    },
    /// Things went to the laundry, came back from it, or were written off.
    Washed {
        /// Of which kind.
        of: KindId,
        /// Which of the three.
        how: WashMove,
        /// How many.
        count: u32,
    },
    /// The sheet of the laundry's day was printed.
    WashSheetPrinted {
        /// Its number.
        number: SlipNumber,
        /// Its print job.
        job: PrintJobId,
    },
    /// Rain mode was switched.
    Rain {
        /// Whether it rains.
        on: bool,
    },
}

/// The terms a loan was made on, so that a later change of settings does not rewrite history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsUsed {
    /// How many one could hold.
    pub at_once: u32,
    /// For how many days.
    pub days: u32,
    /// The deposit, in fen.
    pub deposit_fen: u32,
}

impl Record {
    /// What kind of entry this is, as the journal shows it.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::ThingEntered { .. } => "thing-entered",
            Record::PoolCounted { .. } => "pool-counted",
            Record::Lent { .. } => "lent",
            Record::Returned { .. } => "returned",
            Record::Answered { .. } => "answered",
            Record::Renewed { .. } => "renewed",
            Record::Lost { .. } => "lost",
            Record::TurnedUp { .. } => "turned-up",
            Record::ThingMoved { .. } => "thing-moved",
            Record::Booked { .. } => "booked",
            Record::Reserved { .. } => "reserved",
            Record::ReservationEnded { .. } => "reservation-ended",
            Record::Given { .. } => "given",
            Record::Washed { .. } => "washed",
            Record::WashSheetPrinted { .. } => "wash-sheet-printed",
            Record::Rain { .. } => "rain",
        }
    }

    /// What the entry is about, as the journal shows it.
    pub fn subject(&self) -> String {
        match self {
            Record::ThingEntered { thing, .. } | Record::ThingMoved { thing, .. } => {
                thing.to_string()
            }
            Record::PoolCounted { of, .. }
            | Record::Given { of, .. }
            | Record::Washed { of, .. } => of.to_string(),
            Record::Lent { loan, .. }
            | Record::Returned { loan, .. }
            | Record::Answered { loan, .. }
            | Record::Renewed { loan, .. }
            | Record::Lost { loan }
            | Record::TurnedUp { loan, .. }
            | Record::Booked { loan, .. } => loan.to_string(),
            Record::Reserved { reservation, .. } | Record::ReservationEnded { reservation, .. } => {
                reservation.to_string()
            }
            Record::WashSheetPrinted { number, .. } => number.to_string(),
            Record::Rain { .. } => "rain".to_owned(),
        }
    }
}
