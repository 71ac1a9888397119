//! What the journal says about people: ids and states, never a name or a number.

use super::{CardId, CardState, Language, PersonId, Role, TenantId, TenantState};
use serde::{Deserialize, Serialize};

/// One journal entry of this service. The rows themselves are personal and outside the rebuild.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Record {
    /// A tenant was entered.
    TenantEntered {
        /// Which.
        tenant: TenantId,
        /// Its state.
        state: TenantState,
    },
    /// A person was entered.
    PersonEntered {
        /// Who.
        person: PersonId,
        /// Of which tenant.
        tenant: Option<TenantId>,
        /// What this person may be.
        roles: Vec<Role>,
    },
    /// A card was issued.
    CardIssued {
        /// Which.
        card: CardId,
        /// To whom.
        person: PersonId,
        /// Its state.
        state: CardState,
    },
    /// A person chose a language.
    LanguageChosen {
        /// Who.
        person: PersonId,
        /// Which.
        language: Language,
    },
}

impl Record {
    /// The kind of entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::TenantEntered { .. } => "tenant-entered",
            Record::PersonEntered { .. } => "person-entered",
            Record::CardIssued { .. } => "card-issued",
            Record::LanguageChosen { .. } => "language-chosen",
        }
    }

    /// What the entry is about.
    pub fn subject(&self) -> String {
        match self {
            Record::TenantEntered { tenant, .. } => tenant.to_string(),
            Record::PersonEntered { person, .. } | Record::LanguageChosen { person, .. } => {
                person.to_string()
            }
            Record::CardIssued { card, .. } => card.to_string(),
        }
    }
}
