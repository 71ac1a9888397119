//! What the journal says about keys.

use super::KeyLoanId;
use crate::people::PersonId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One journal entry of this service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Record {
    /// A key left its hook.
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
}

impl Record {
    /// The kind of entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::Taken { .. } => "taken",
        }
    }

    /// What the entry is about.
    pub fn subject(&self) -> String {
        match self {
            Record::Taken { loan, .. } => loan.to_string(),
        }
    }
}
