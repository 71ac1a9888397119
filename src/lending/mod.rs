//! Things on loan 物品借用: umbrellas, PCs and whatever else the desk lends.
//!
//! `mod` and `kind` have the nouns, `rules` what is allowed, `flow` the screens in between, `slip`
//! the paper; `check` what is asked of a thing that comes back, `reserving` what is kept for whom and
//! for how long, `slots` the times it can be kept for, `money` deposits and damage, `wash` the counts
//! of what goes to the laundry.

pub mod check;
pub mod flow;
mod kind;
pub mod money;
pub mod rain;
pub mod record;
pub mod reserving;
pub mod rules;
pub mod slip;
pub mod slots;
pub mod wash;

pub use check::{Answered, Question};
pub use kind::{Asks, Counted, DueRule, Kind, KindIcon, KindId, Policy};
pub use money::{Booking, Money};
pub use reserving::{RenewRefusal, Reservation, ReserveRefusal};
pub use wash::{CountRefusal, Stand, WashDay, WashMove, WashRefusal};

use crate::ids::id;
use crate::people::{Holder, PersonId};
use crate::slips::{PrintJobId, SlipNumber};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

id!(
    /// One tagged thing.
    ThingId
);
id!(
    /// One borrowing of one thing.
    LoanId
);
id!(
    /// One thing kept for one person.
    ReservationId
);

/// A tagged thing as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its identifier.
    pub id: ThingId,
    /// Its kind.
    pub kind: KindId,
    /// The code on it, as scanned: `UMB-0007`.
    pub tag: String,
    /// What people call it: `007`.
    pub label: String,
    /// Whether it can go out.
    pub state: ThingState,
}

/// Whether a thing can go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThingState {
    /// On its shelf.
    Available,
    /// With somebody.
    OnLoan,
    /// Brought back, not yet looked at by the desk.
    AwaitingCheck,
    /// Kept for somebody.
    Reserved,
    /// Being mended.
    InRepair,
    /// No longer lent.
    Retired,
    /// Nobody knows where it is.
    Lost,
}

/// What exactly went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// This one thing.
    Tagged {
        /// Its identifier.
        thing: ThingId,
        /// What people call it.
        label: String,
    },
    /// One out of the stand.
    Pooled,
}

impl Item {
    /// Which thing this is; nothing for one out of a stand.
    pub fn thing(&self) -> Option<ThingId> {
        match self {
            Item::Tagged { thing, .. } => Some(*thing),
            Item::Pooled => None,
        }
    }

    /// What people call it; nothing for one out of a stand.
    pub fn label(&self) -> Option<&str> {
        match self {
            Item::Tagged { label, .. } => Some(label),
            Item::Pooled => None,
        }
    }
}

/// An open loan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loan {
    /// Its identifier.
    pub id: LoanId,
    /// The number on its slip.
    pub number: SlipNumber,
    /// Its kind.
    pub kind: KindId,
    /// What went out.
    pub item: Item,
    /// Who has it.
    pub borrower: PersonId,
    /// Since when.
    pub lent_at: DateTime<Utc>,
    /// Until when.
    pub due: DateTime<Utc>,
    /// How often it was made longer.
    pub renewals: u32,
    /// The deposit that it was made on, in fen; nothing where there is none.
    pub deposit_fen: u32,
}

/// What is there of one kind, and how much of it is free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// Which kind.
    pub kind: KindId,
    /// How many can go out now.
    pub free: u32,
}

/// What somebody wants to borrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The thing with this tag.
    Tag(String),
    /// One out of the stand of this kind.
    Pool(KindId),
}

/// A loan asked for, with everything the store needs to decide and to write it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LendOrder {
    /// Who borrows.
    pub borrower: Holder,
    /// What.
    pub wanted: Wanted,
    /// Whether the card was tapped or its number typed.
    pub how: crate::people::How,
    /// The language of the slip.
    pub language: crate::people::Language,
}

/// A committed loan, as it goes back to the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LentReceipt {
    /// The loan.
    pub loan: Loan,
    /// The print job of its slip, where one is due.
    pub job: Option<PrintJobId>,
}

/// What somebody brings back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BroughtBack {
    /// The thing with this tag.
    Tag(String),
    /// The loan with this number on its slip.
    Slip(SlipNumber),
    /// A loan chosen on the borrower's own page.
    Loan(LoanId),
}

/// A return asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnOrder {
    /// What comes back.
    pub what: BroughtBack,
    /// Who brings it, where a card said so. A return is accepted from anybody.
    pub by: Option<Holder>,
}

/// Something given away, as it goes back to the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenReceipt {
    /// Of which kind.
    pub kind: KindId,
}

/// A committed return, as it goes back to the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnReceipt {
    /// The loan it closes.
    pub loan: LoanId,
    /// The kind.
    pub kind: KindId,
    /// What came back.
    pub item: Item,
    /// The number of the loan it closes.
    pub number: SlipNumber,
    /// Who brought it.
    pub brought_by: BroughtBy,
    /// Whether it came after its time.
    pub late: bool,
    /// Whether the desk still has to look at it.
    pub awaiting_check: bool,
    /// What is asked of whoever brings it. It is back whether they answer or not.
    pub asks: Vec<Question>,
    /// Whether it was written off as lost before.
    pub turned_up: bool,
}

/// Who brought a thing back, as far as a card told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BroughtBy {
    /// The borrower's own card.
    Borrower,
    /// Another person's card.
    AnotherPerson,
    /// Nobody tapped a card.
    Unknown,
}

/// Why something is not lent, with the facts a sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LendRefusal {
    /// This person may not borrow this kind.
    NotAllowed {
        /// Which kind.
        kind: KindId,
    },
    /// This person already holds as many as one may.
    LimitReached {
        /// Which kind.
        kind: KindId,
        /// How many one may hold.
        limit: u32,
    },
    /// Nothing comes back of this, and this person was given today's.
    GivenToday {
        /// Which kind.
        kind: KindId,
    },
    /// Something this person holds is past its time.
    Overdue {
        /// The kind of the overdue thing.
        kind: KindId,
        /// What people call it.
        label: Option<String>,
        /// When it was due.
        due: DateTime<Utc>,
    },
    /// None left in the stand.
    NoneLeft {
        /// Which kind.
        kind: KindId,
    },
    /// The tag belongs to nothing we lend.
    UnknownTag,
    /// This thing is out already.
    AlreadyOut {
        /// Its kind.
        kind: KindId,
        /// What people call it.
        label: String,
        /// When it is due back.
        due: DateTime<Utc>,
    },
    /// This thing is kept for somebody else.
    Reserved {
        /// Its kind.
        kind: KindId,
        /// What people call it.
        label: String,
        /// From when.
        from: DateTime<Utc>,
    },
    /// This thing cannot go out for another reason.
    NotForLoan {
        /// Its kind.
        kind: KindId,
        /// What people call it.
        label: String,
        /// Reserved, in repair, retired or awaiting its check.
        state: ThingState,
    },
}

impl LendRefusal {
    /// The kind of which another one will do, where only this very thing cannot go out.
    pub fn another(&self) -> Option<&KindId> {
        match self {
            LendRefusal::AlreadyOut { kind, .. }
            | LendRefusal::Reserved { kind, .. }
            | LendRefusal::NotForLoan { kind, .. } => Some(kind),
            LendRefusal::NotAllowed { .. }
            | LendRefusal::LimitReached { .. }
            | LendRefusal::GivenToday { .. }
            | LendRefusal::Overdue { .. }
            | LendRefusal::NoneLeft { .. }
            | LendRefusal::UnknownTag => None,
        }
    }

    /// Whether it is about what this person holds already: that is seen to on their own page.
    pub fn is_of_own_loans(&self) -> bool {
        matches!(
            self,
            LendRefusal::LimitReached { .. } | LendRefusal::Overdue { .. }
        )
    }
}

/// Why nothing was taken back, with the facts a sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReturnRefusal {
    /// The tag or number belongs to nothing we lend.
    Unknown,
    /// It is not out: it never was, or it went to the mender or away since.
    NotOut {
        /// Its kind.
        kind: KindId,
        /// What people call it.
        label: String,
        /// Where it is instead.
        state: ThingState,
    },
    /// It came back before.
    AlreadyReturned {
        /// Its kind.
        kind: KindId,
        /// What people call it; nothing for one out of a stand.
        label: Option<String>,
        /// When it came back.
        at: DateTime<Utc>,
    },
}
