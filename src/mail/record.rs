//! What the journal says about mail.

use super::{MailId, MailKind};
use crate::people::PersonId;
use serde::{Deserialize, Serialize};

/// One journal entry of this service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Record {
    /// Something came and waits on a shelf.
    Arrived {
        /// The item.
        item: MailId,
        /// For whom.
        addressee: PersonId,
        /// Of which kind.
        of: MailKind,
        /// Where it lies 货位.
        shelf: String,
    },
}

impl Record {
    /// The kind of entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::Arrived { .. } => "arrived",
        }
    }

    /// What the entry is about.
    pub fn subject(&self) -> String {
        match self {
            Record::Arrived { item, .. } => item.to_string(),
        }
    }
}
