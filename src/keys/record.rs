//! What the journal says about keys: hooks, never what they open, and no personal data.

use super::check::Finding;
use super::{
    CheckId, Decision, GrantId, Harm, KeyGroup, KeyId, KeyKind, KeyLoanId, Point, Purpose, ReportId,
};
use crate::people::{PersonId, TenantId};
use crate::slips::{PrintJobId, SlipNumber};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One journal entry of this service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Record {
    /// A key was hung on a hook.
    Hung {
        /// Which.
        key: KeyId,
        /// The hook.
        hook: String,
        /// The code on its tag.
        tag: String,
        /// What it is.
        of: KeyKind,
        /// The group it is granted with.
        group: KeyGroup,
        /// Whose unit it opens.
        tenant: Option<TenantId>,
        /// How many keys hang together.
        pieces: u32,
    },
    /// Somebody may take keys of a group.
    Granted {
        /// The grant.
        grant: GrantId,
        /// Which keys.
        group: KeyGroup,
        /// Who.
        person: PersonId,
        /// From when, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        from: DateTime<Utc>,
        /// Until when, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds_option")]
        until: Option<DateTime<Utc>>,
    },
    /// A grant was withdrawn.
    GrantWithdrawn {
        /// The grant.
        grant: GrantId,
    },
    /// A key left its hook; of the first books, which knew only the hook.
    Taken {
        /// The taking.
        loan: KeyLoanId,
        /// The hook.
        hook: String,
        /// By whom.
        holder: PersonId,
        /// Until when, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        due: DateTime<Utc>,
    },
    /// A key was signed out, with everything the rule book asks for.
    SignedOut {
        /// The taking.
        loan: KeyLoanId,
        /// Which key.
        key: KeyId,
        /// The hook.
        hook: String,
        /// By whom.
        holder: PersonId,
        /// Until when, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        due: DateTime<Utc>,
        /// What for.
        purpose: Purpose,
        /// The second person.
        second: Option<PersonId>,
        /// Whether the holder goes along with a contractor.
        goes_along: bool,
        /// The contractor, where it is a visitor who was inside.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contractor: Option<PersonId>,
    },
    /// A key came back.
    Returned {
        /// The taking it closes.
        loan: KeyLoanId,
        /// Which key.
        key: KeyId,
        /// Whether somebody else brought it, as far as a card told.
        by_another: bool,
        /// Whether it came after its time.
        late: bool,
        /// What was answered with no.
        denied: Vec<Point>,
        /// Whether it was kept aside instead of hanging on its hook. The first entries did not say it:
        /// what was not whole was kept aside, and nothing else.
        #[serde(default)]
        aside: bool,
        /// Who brought it, where whoever took it in at the desk says that it was somebody else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bringer: Option<PersonId>,
    },
    /// A key was reported lost or damaged.
    Reported {
        /// The report.
        report: ReportId,
        /// Which key.
        key: KeyId,
        /// What happened.
        harm: Harm,
        /// The number on the report.
        number: SlipNumber,
        /// Its print job.
        job: PrintJobId,
    },
    /// A damaged key, or one that was found again, is lost: its open report is one of a loss now.
    Raised {
        /// The report.
        report: ReportId,
        /// Which key.
        key: KeyId,
        /// The number on the paper.
        number: SlipNumber,
        /// Its print job.
        job: PrintJobId,
    },
    /// The open report of a damaged key, which said nothing of the damage until now, says it.
    Described {
        /// The report.
        report: ReportId,
        /// The number on the paper.
        number: SlipNumber,
        /// Its print job.
        job: PrintJobId,
    },
    /// A lost key is here again, and not on its hook yet.
    TurnedUp {
        /// Which key.
        key: KeyId,
    },
    /// The keeper hung a key, or what replaces it, on its hook again.
    HungBack {
        /// Which key.
        key: KeyId,
        /// The code on its tag from now on.
        tag: String,
    },
    /// A key is no longer kept; its hook and its tag are free.
    Retired {
        /// Which key.
        key: KeyId,
    },
    /// The supervisor decided what follows; that by itself hangs nothing on a hook.
    Decided {
        /// The report.
        report: ReportId,
        /// What.
        decision: Decision,
        /// What is charged, in fen.
        amount_fen: u32,
    },
    /// The keeper began the check of a day.
    CheckBegun {
        /// The check.
        check: CheckId,
        /// The day, in the building's zone.
        day: NaiveDate,
    },
    /// The keeper found this at a hook.
    Found {
        /// The check.
        check: CheckId,
        /// Which key.
        key: KeyId,
        /// What.
        finding: Finding,
        /// Whether a reason was written.
        has_reason: bool,
    },
    /// The check was closed.
    CheckClosed {
        /// The check.
        check: CheckId,
    },
    /// The map of the hooks was printed, for the day the box is down.
    MapPrinted {
        /// The number on it.
        number: SlipNumber,
        /// Its print job.
        job: PrintJobId,
    },
    /// A tenant was told that a key to its unit was used.
    TenantTold {
        /// The taking.
        loan: KeyLoanId,
    },
}

impl Record {
    /// The kind of entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::Hung { .. } => "hung",
            Record::Granted { .. } => "granted",
            Record::GrantWithdrawn { .. } => "grant-withdrawn",
            Record::Taken { .. } => "taken",
            Record::SignedOut { .. } => "signed-out",
            Record::Returned { .. } => "returned",
            Record::Reported { .. } => "reported",
            Record::Raised { .. } => "raised",
            Record::Described { .. } => "described",
            Record::TurnedUp { .. } => "turned-up",
            Record::HungBack { .. } => "hung-back",
            Record::Retired { .. } => "retired",
            Record::Decided { .. } => "decided",
            Record::CheckBegun { .. } => "check-begun",
            Record::Found { .. } => "found",
            Record::CheckClosed { .. } => "check-closed",
            Record::MapPrinted { .. } => "map-printed",
            Record::TenantTold { .. } => "tenant-told",
        }
    }

    /// What the entry is about.
    pub fn subject(&self) -> String {
        match self {
            Record::Hung { key, .. }
            | Record::TurnedUp { key }
            | Record::HungBack { key, .. }
            | Record::Retired { key } => key.to_string(),
            Record::Granted { grant, .. } | Record::GrantWithdrawn { grant } => grant.to_string(),
            Record::Taken { loan, .. }
            | Record::SignedOut { loan, .. }
            | Record::Returned { loan, .. }
            | Record::TenantTold { loan } => loan.to_string(),
            Record::Reported { report, .. }
            | Record::Raised { report, .. }
            | Record::Described { report, .. }
            | Record::Decided { report, .. } => report.to_string(),
            Record::CheckBegun { check, .. }
            | Record::Found { check, .. }
            | Record::CheckClosed { check } => check.to_string(),
            Record::MapPrinted { number, .. } => number.to_string(),
        }
    }
}
