//! What the journal says about people: ids and states, never a name or a number.

use super::{CardId, CardState, Language, PersonId, Role, TenantId, TenantState};
use chrono::{DateTime, Utc};
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
    /// Where a tenant stands, or where it is reached, was written down anew.
    TenantKept {
        /// Which.
        tenant: TenantId,
        /// Its state from now on.
        state: TenantState,
    },
    /// A person works elsewhere from now on, or as something else.
    PersonMoved {
        /// Who.
        person: PersonId,
        /// For which tenant.
        tenant: Option<TenantId>,
        /// What this person may be.
        roles: Vec<Role>,
    },
    /// A person of the property office is one thing more.
    RoleGiven {
        /// Who.
        person: PersonId,
        /// What.
        role: Role,
    },
    /// A person of the property office is one thing less.
    RoleTaken {
        /// Who.
        person: PersonId,
        /// What.
        role: Role,
    },
    /// A person has left.
    PersonLeft {
        /// Who.
        person: PersonId,
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
    /// A card opens nothing any more, or again.
    CardMoved {
        /// Which.
        card: CardId,
        /// Its state from now on.
        state: CardState,
    },
    /// A PIN was set; what it is stands nowhere.
    PinSet {
        /// Whose.
        person: PersonId,
    },
    /// Somebody began to work at the desk.
    LoggedIn {
        /// Who.
        person: PersonId,
    },
    /// Somebody left the desk, or was away for too long.
    LoggedOut {
        /// Who.
        person: PersonId,
    },
    /// A wrong PIN was typed.
    PinWrong {
        /// For whom.
        person: PersonId,
        /// How many in a row by now.
        wrong: u32,
        /// Until when none is looked at.
        #[serde(
            with = "chrono::serde::ts_milliseconds_option",
            default,
            skip_serializing_if = "Option::is_none"
        )]
        paused_until: Option<DateTime<Utc>>,
    },
    /// A supervisor let somebody in again.
    StaffUnlocked {
        /// Whom.
        person: PersonId,
    },
}

impl Record {
    /// The kind of entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::TenantEntered { .. } => "tenant-entered",
            Record::TenantKept { .. } => "tenant-kept",
            Record::PersonEntered { .. } => "person-entered",
            Record::PersonMoved { .. } => "person-moved",
            Record::RoleGiven { .. } => "role-given",
            Record::RoleTaken { .. } => "role-taken",
            Record::PersonLeft { .. } => "person-left",
            Record::CardIssued { .. } => "card-issued",
            Record::LanguageChosen { .. } => "language-chosen",
            Record::CardMoved { .. } => "card-moved",
            Record::PinSet { .. } => "pin-set",
            Record::LoggedIn { .. } => "logged-in",
            Record::LoggedOut { .. } => "logged-out",
            Record::PinWrong { .. } => "pin-wrong",
            Record::StaffUnlocked { .. } => "staff-unlocked",
        }
    }

    /// What the entry is about.
    pub fn subject(&self) -> String {
        match self {
            Record::TenantEntered { tenant, .. } | Record::TenantKept { tenant, .. } => {
                tenant.to_string()
            }
            Record::PersonEntered { person, .. }
            | Record::PersonMoved { person, .. }
            | Record::RoleGiven { person, .. }
            | Record::RoleTaken { person, .. }
            | Record::PersonLeft { person }
            | Record::LanguageChosen { person, .. }
            | Record::PinSet { person }
            | Record::LoggedIn { person }
            | Record::LoggedOut { person }
            | Record::PinWrong { person, .. }
            | Record::StaffUnlocked { person } => person.to_string(),
            Record::CardIssued { card, .. } | Record::CardMoved { card, .. } => card.to_string(),
        }
    }
}
