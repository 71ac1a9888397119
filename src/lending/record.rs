//! What the journal says about lending: results, never inputs, and no personal data.

use super::{BroughtBy, Item, KindId, LoanId, ThingId, ThingState};
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
        }
    }

    /// What the entry is about, as the journal shows it.
    pub fn subject(&self) -> String {
        match self {
            Record::ThingEntered { thing, .. } => thing.to_string(),
            Record::PoolCounted { of, .. } => of.to_string(),
            Record::Lent { loan, .. } | Record::Returned { loan, .. } => loan.to_string(),
        }
    }
}
