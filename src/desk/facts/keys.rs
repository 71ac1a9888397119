//! What the desk shows of keys.

use crate::keys::check::Line;
use crate::keys::{CheckId, Decision, Grant, Harm, Key, KeyId, KeyLoan, Purpose, ReportId};
use crate::people::{Bilingual, PersonName};
use chrono::{DateTime, NaiveDate, Utc};

/// A grant of keys that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantFact {
    /// The grant.
    pub grant: Grant,
    /// To whom.
    pub name: Option<PersonName>,
}

/// A use of a key to a tenant's unit, of which the tenant was not told.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyUseFact {
    /// The taking.
    pub loan: KeyLoan,
    /// Who took it.
    pub holder: Option<PersonName>,
    /// Whose unit it opens.
    pub tenant: Bilingual,
}

/// A hook, with who has its key.
#[derive(Clone, Debug, PartialEq)]
pub struct HookFact {
    /// The key.
    pub key: Key,
    /// Its taking, where somebody has it.
    pub out: Option<TakingFact>,
    /// What it opens.
    pub opens: Option<String>,
}

impl HookFact {
    /// Who has its key.
    pub fn holder(&self) -> Option<&PersonName> {
        self.out.as_ref().and_then(|taking| taking.holder.as_ref())
    }

    /// When its key is due, where somebody has it.
    pub fn due(&self) -> Option<DateTime<Utc>> {
        self.out.as_ref().map(|taking| taking.loan.due)
    }
}

/// A taking of a key: ● who, which, for what, until when.
#[derive(Clone, Debug, PartialEq)]
pub struct TakingFact {
    /// The taking.
    pub loan: KeyLoan,
    /// Who took it.
    pub holder: Option<PersonName>,
    /// What for; none in the first books.
    pub purpose: Option<Purpose>,
    /// The second person.
    pub second: Option<PersonName>,
    /// The contractor whom the holder goes along with; empty once the name is erased.
    pub contractor: Option<String>,
    /// How and when it ended; nothing while the key is out.
    pub ended: Option<TakingEnded>,
}

/// How a taking of a key ended, and when.
#[derive(Clone, Debug, PartialEq)]
pub enum TakingEnded {
    /// Its key came back.
    Back(DateTime<Utc>, Bringer),
    /// It did not: it was reported lost.
    Lost(DateTime<Utc>),
}

/// Who brought a key or a thing back.
#[derive(Clone, Debug, PartialEq)]
pub enum Bringer {
    /// Whoever had taken it.
    Holder,
    /// Somebody else.
    Another(Option<PersonName>),
    /// Whoever stood at the desk, where this member of staff took it.
    AtDesk(Option<PersonName>),
    /// Nobody showed a card.
    Unknown,
    /// The keeper, who hung it on its hook; of older books, where its taking stood open by then.
    Keeper,
}

/// A check of the keeper: the oldest that is not closed, else today's.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckFact {
    /// Which.
    pub id: CheckId,
    /// Its day.
    pub day: NaiveDate,
    /// Whether it is closed.
    pub closed: bool,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A report that waits for the supervisor.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportFact {
    /// Which.
    pub id: ReportId,
    /// Of which hook.
    pub hook: String,
    /// What happened.
    pub harm: Harm,
    /// What was written.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why a key was not back, as the keeper wrote in a check.
#[derive(Clone, Debug, PartialEq)]
pub struct NotBackFact {
    /// Which key.
    pub key: KeyId,
    /// In which check.
    pub check: CheckId,
    /// Of which day.
    pub day: NaiveDate,
    /// Why.
    pub reason: String,
}

/// What is over about a key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyPastFact {
    /// Which key.
    pub key: KeyId,
    /// Its hook, then.
    pub hook: String,
    /// What.
    pub what: KeyPast,
}

/// What is over about a key.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyPast {
    /// The supervisor has decided about a report.
    Decided {
        /// Which report.
        report: ReportId,
        /// What had happened.
        harm: Harm,
        /// What was written.
        text: String,
        /// What followed.
        decision: Decision,
        /// What was charged, in fen.
        amount_fen: u32,
        /// When.
        at: DateTime<Utc>,
    },
    /// It is no longer kept.
    Retired {
        /// Its tag, then.
        tag: String,
        /// Why.
        reason: String,
        /// Since when; unknown in the first books.
        at: Option<DateTime<Utc>>,
    },
}
