//! One item of mail: for whom it is, where it lies, how it stands.

use super::desk::WhyFailed;
use super::{MailId, MailKind};
use crate::people::{Bilingual, Language, PersonId, PersonName, TenantId};
use crate::slips::SlipNumber;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// For whom an item is: a person by name, or a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "id")]
pub enum Addressee {
    /// Somebody by name.
    Person(PersonId),
    /// A company.
    Tenant(TenantId),
}

/// How an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailState {
    /// On its shelf.
    Waiting,
    /// With whoever carries the round.
    OutOnRound,
    /// Handed out at the lodge.
    Collected,
    /// Handed over on a round.
    Delivered,
    /// Somebody asked that it go back or on; not yet allowed.
    ReturnAsked,
    /// It may go back or on; its slip is not printed yet.
    ReturnAllowed,
    /// Its return slip is printed; it waits for the postman.
    ReturnPrinted,
    /// 盲件: nobody claimed it on two attempts; it waits for the postman.
    DeadLetter,
    /// The post office has it.
    HandedToPost,
}

impl MailState {
    /// Every state.
    pub const ALL: [MailState; 9] = [
        MailState::Waiting,
        MailState::OutOnRound,
        MailState::Collected,
        MailState::Delivered,
        MailState::ReturnAsked,
        MailState::ReturnAllowed,
        MailState::ReturnPrinted,
        MailState::DeadLetter,
        MailState::HandedToPost,
    ];

    /// Whether the lodge no longer has it.
    pub fn has_left(self) -> bool {
        use MailState::*;
        matches!(self, Collected | Delivered | HandedToPost)
    }

    /// The table of moves. Until the postman has it, an item whose addressee turns up goes back on
    /// its shelf; what has left never moves again.
    pub fn may_become(self, next: MailState) -> bool {
        use MailState::*;
        match self {
            Waiting => matches!(next, OutOnRound | Collected | ReturnAsked | DeadLetter),
            OutOnRound => matches!(next, Waiting | Delivered),
            ReturnAsked => matches!(next, Waiting | ReturnAllowed),
            ReturnAllowed => matches!(next, Waiting | ReturnPrinted),
            ReturnPrinted | DeadLetter => matches!(next, Waiting | HandedToPost),
            Collected | Delivered | HandedToPost => false,
        }
    }
}

/// An item with everything the rules ask about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its identifier.
    pub id: MailId,
    /// The number on its label; items of the first books have none.
    pub number: Option<SlipNumber>,
    /// Its kind.
    pub kind: MailKind,
    /// For whom.
    pub recipient: Recipient,
    /// Where it lies 货位.
    pub shelf: String,
    /// When it came.
    pub arrived: DateTime<Utc>,
    /// How it stands.
    pub state: MailState,
    /// Failed attempts to deliver it.
    pub attempts: u32,
    /// When its addressee was last reminded.
    pub reminded: Option<DateTime<Utc>>,
    /// The day of the latest round that went along with it and was not broken off before its door, or that
    /// had set out when it came.
    pub went_round: Option<NaiveDate>,
    /// Why the latest attempt to deliver it failed.
    pub failed: Option<WhyFailed>,
}

/// For whom an item is, with name and door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub addressee: Addressee,
    /// What they are called.
    pub name: RecipientName,
    /// The first room of the company; none for the property office.
    pub room: Option<String>,
    /// The company: itself, or the one this person works for.
    pub company: Option<TenantId>,
    /// Whether the company has left the building.
    pub has_moved: bool,
    /// Whether this person has left the company; their mail still goes round, to those they worked with.
    pub has_left: bool,
}

/// What an addressee is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecipientName {
    /// A person's name; both scripts are empty once it was erased.
    Person(PersonName),
    /// A company's name.
    Tenant(Bilingual),
}

impl RecipientName {
    /// The name for a screen that others can see.
    pub fn masked(&self, language: Language) -> String {
        match self {
            RecipientName::Tenant(name) => name.text(language).to_owned(),
            RecipientName::Person(name) => name.masked(language),
        }
    }
}

impl Recipient {
    /// The whole name: for the desk and for paper that goes with the item.
    pub fn name(&self, language: Language) -> String {
        match &self.name {
            RecipientName::Tenant(name) => name.text(language).to_owned(),
            RecipientName::Person(name) => {
                let (first, second) = match language {
                    Language::Chinese => (&name.chinese, &name.latin),
                    Language::English => (&name.latin, &name.chinese),
                };
                first
                    .as_ref()
                    .or(second.as_ref())
                    .cloned()
                    .unwrap_or_default()
            }
        }
    }

    /// The name for a screen that others can see.
    pub fn masked(&self, language: Language) -> String {
        self.name.masked(language)
    }
}

/// Mail that waits for one person, as far as My page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its kind.
    pub kind: MailKind,
    /// Where it lies 货位.
    pub shelf: String,
    /// When it came.
    pub arrived: DateTime<Utc>,
    /// Whose it is.
    pub whose: Whose,
}

/// By what right somebody gets an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    /// It is theirs, or they hold the code that was sent to its addressee.
    Own,
    /// Their company's.
    Company,
    /// Somebody else's who lets them collect it.
    OnBehalf(super::AuthorityId),
}

#[cfg(test)]
mod tests {
    use super::MailState;

    #[test]
    fn what_has_left_never_moves_again_and_everything_else_can_still_leave() {
        for state in MailState::ALL {
            let next: Vec<_> = MailState::ALL
                .into_iter()
                .filter(|next| state.may_become(*next))
                .collect();
            assert_eq!(next.is_empty(), state.has_left(), "{state:?}");
            assert!(!next.contains(&state), "{state:?}");
        }
    }

    #[test]
    fn mail_reaches_the_post_only_by_a_printed_return_slip_or_as_a_dead_letter() {
        let before: Vec<_> = MailState::ALL
            .into_iter()
            .filter(|state| state.may_become(MailState::HandedToPost))
            .collect();
        assert_eq!(before, [MailState::ReturnPrinted, MailState::DeadLetter]);
    }
}
