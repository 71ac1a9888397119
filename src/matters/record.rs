//! What the journal says about open matters.

use super::{Cause, MatterId};
use crate::people::PersonId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One journal entry about a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Record {
    /// It began.
    Opened {
        /// Which.
        matter: MatterId,
        /// Why.
        cause: Cause,
        /// The loan, visit, key or item of mail.
        about: Uuid,
        /// Who owns it; nobody yet where none.
        owner: Option<PersonId>,
    },
    /// Somebody took what nobody owned.
    Taken {
        /// Which.
        matter: MatterId,
        /// Who.
        owner: PersonId,
    },
    /// It went from one to another.
    HandedOver {
        /// Which.
        matter: MatterId,
        /// Who owned it.
        from: PersonId,
        /// Who owns it now.
        to: PersonId,
    },
    /// It is done with.
    Closed {
        /// Which.
        matter: MatterId,
    },
}

impl Record {
    /// The kind of entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::Opened { .. } => "opened",
            Record::Taken { .. } => "taken",
            Record::HandedOver { .. } => "handed-over",
            Record::Closed { .. } => "closed",
        }
    }

    /// What the entry is about.
    pub fn subject(&self) -> String {
        match self {
            Record::Opened { matter, .. }
            | Record::Taken { matter, .. }
            | Record::HandedOver { matter, .. }
            | Record::Closed { matter } => matter.to_string(),
        }
    }
}
