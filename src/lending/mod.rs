//! Things on loan 物品借用: umbrellas, PCs and whatever else the desk lends.
//!
//! `mod` has the nouns, `rules` what is allowed, `flow` the screens in between, `slip` the paper.

pub mod flow;
pub mod record;
pub mod rules;
pub mod slip;

use crate::ids::id;
use crate::people::{Bilingual, Holder, PersonId, Role};
use crate::slips::{PrintJobId, SlipNumber};
use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

id!(
    /// One tagged thing.
    ThingId
);
id!(
    /// One borrowing of one thing.
    LoanId
);

/// The name of a kind in the settings: `umbrella`, `pc`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindId(pub String);

impl std::fmt::Display for KindId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A kind of thing and the terms it is lent on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name in settings and journal.
    pub id: KindId,
    /// Its name on screens and slips.
    pub name: Bilingual,
    /// Its picture.
    pub icon: KindIcon,
    /// One by one, or so many.
    pub counted: Counted,
    /// The terms.
    pub policy: Policy,
}

/// The picture of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindIcon {
    /// An umbrella.
    Umbrella,
    /// A laptop.
    Laptop,
    /// A hand trolley.
    Trolley,
    /// A wheelchair.
    Wheelchair,
    /// Anything else.
    #[default]
    Package,
}

/// How things of a kind are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// One by one, each with a tag to scan.
    Tagged,
    /// So many in a stand, all alike.
    Pooled,
}

/// The terms of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Who may borrow.
    pub who: Vec<Role>,
    /// How many of this kind one person may hold.
    pub at_once: u32,
    /// When it comes back.
    pub due: DueRule,
    /// What is left at the desk, in fen (1/100 yuan); 0 for none.
    pub deposit_fen: u32,
    /// Whether a slip prints.
    pub slip: bool,
    /// Whether the borrower may put it back alone; otherwise the desk looks at it first.
    pub self_return: bool,
    /// Whether a person with something overdue gets no more of this kind.
    pub blocked_while_overdue: bool,
}

/// When a loan is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueRule {
    /// Days after the day of lending; 0 for the same day.
    pub days: u32,
    /// The time of that day, in the building's zone.
    pub at: NaiveTime,
}

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

/// A committed return, as it goes back to the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnReceipt {
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

/// Why nothing was taken back, with the facts a sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReturnRefusal {
    /// The tag or number belongs to nothing we lend.
    Unknown,
    /// It was never out.
    NeverLent {
        /// Its kind.
        kind: KindId,
        /// What people call it.
        label: String,
        /// On its shelf, reserved, in repair or retired.
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
