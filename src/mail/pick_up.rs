//! Collecting mail at the lodge: who, with what right, and what comes of it.

use super::{
    Addressee, AuthorityId, MailId, MailKind, MailState, PickUpCode, PickUpId, Recipient, Whose,
};
use crate::people::{Holder, How, PersonId, PersonName, Signature};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who stands at the screen for mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Collector {
    /// Somebody with a card.
    Card {
        /// Who.
        holder: Holder,
        /// Whether the card was tapped or its number typed.
        how: How,
    },
    /// Somebody with the code that was sent to the addressee. All that waits for the addressee is
    /// offered; what only a signatory of a company may take is not.
    Code(PickUpCode),
}

/// All that somebody can take along now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// What waits, the oldest first.
    pub pieces: Vec<Piece>,
    /// How many more are on a round, on the way to the addressee.
    pub on_the_way: u32,
    /// What waits and is not given here.
    pub withheld: Vec<WithheldPiece>,
}

/// One thing offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which.
    pub item: MailId,
    /// Its kind.
    pub kind: MailKind,
    /// Where it lies 货位.
    pub shelf: String,
    /// When it came.
    pub arrived: DateTime<Utc>,
    /// For whom it is.
    pub recipient: Recipient,
    /// By what right it is given.
    pub whose: Whose,
}

/// Something that waits and is not given at the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithheldPiece {
    /// Its kind.
    pub kind: MailKind,
    /// Why.
    pub why: Withheld,
}

/// Why something that waits is not given to this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// A company's mail that is signed for: only somebody whose signature the company accepts
    /// 签字有效人员 takes it, with a card.
    SignatoryNeeded,
    /// It is signed for, and the card's number was typed, which anybody can do.
    CardNotTapped,
}

/// A signature on the glass, or none.
pub type OnTheGlass = Option<Signature>;

/// What somebody takes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickUpOrder {
    /// Who stands at the screen.
    pub by: Collector,
    /// What of the offer is taken.
    pub items: Vec<MailId>,
    /// The signature, where one is due.
    pub signature: OnTheGlass,
}

/// Mail that was handed out, as it goes back to the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickUpReceipt {
    /// The handing out.
    pub id: PickUpId,
    /// What went.
    pub pieces: Vec<Piece>,
    /// What was ticked and is not given after all: it went meanwhile, or may not be given here.
    pub not_given: Vec<MailKind>,
    /// How many are left waiting of what was offered.
    pub left: u32,
}

/// Why no mail is given, with the facts a sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickUpRefusal {
    /// No item that is here has this code.
    UnknownCode,
    /// Nothing to take along now.
    NothingWaits {
        /// How many are on a round, on the way to the addressee.
        on_the_way: u32,
        /// What waits and is not given here.
        withheld: Vec<WithheldPiece>,
    },
    /// Nothing was ticked.
    NothingChosen,
    /// Something ticked is signed for, and nobody signed.
    SignatureMissing,
    /// Something ticked is no longer on its shelf.
    Gone {
        /// Its kind.
        kind: MailKind,
        /// How it stands now.
        state: MailState,
    },
    /// Something ticked is for somebody who has not let this person collect it.
    NotYours {
        /// Its kind.
        kind: MailKind,
    },
    /// Something ticked is not given to this person at the screen.
    Withheld(WithheldPiece),
}

/// A permission to collect for somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Its identifier.
    pub id: AuthorityId,
    /// Who may collect.
    pub holder: PersonId,
    /// For whom. A company's authority makes its holder one whose signature it accepts.
    pub principal: Addressee,
    /// What.
    pub kinds: Vec<MailKind>,
    /// Until when; until it is taken back where none.
    pub until: Option<DateTime<Utc>>,
    /// Whether one pick-up uses it up.
    pub once: bool,
    /// Whether that has happened.
    pub is_used: bool,
    /// Whether it was taken back.
    pub is_withdrawn: bool,
}

/// An authority to be given at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityOrder {
    /// Who may collect.
    pub holder: PersonId,
    /// For whom.
    pub principal: Addressee,
    /// What.
    pub kinds: Vec<MailKind>,
    /// Until when; until it is taken back where none.
    pub until: Option<DateTime<Utc>>,
    /// Whether one pick-up uses it up.
    pub once: bool,
}

/// An authority that somebody has given, as their own page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityLine {
    /// Which.
    pub id: AuthorityId,
    /// Who may collect.
    pub holder: PersonName,
    /// What.
    pub covers: Covers,
    /// Until when; until it is taken back where none.
    pub until: Option<DateTime<Utc>>,
    /// Whether one pick-up uses it up.
    pub once: bool,
}

/// What a person lets somebody collect: two choices are enough at the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// All of it.
    Everything,
    /// What nobody signs for.
    Unsigned,
}

impl Covers {
    /// The kinds it stands for.
    pub fn kinds(self) -> Vec<MailKind> {
        let covered = |kind: &MailKind| self == Covers::Everything || !kind.needs_signature();
        MailKind::ALL.into_iter().filter(covered).collect()
    }

    /// The nearest choice to a list of kinds: everything only where something is signed for.
    pub fn of(kinds: &[MailKind]) -> Self {
        match kinds.iter().any(|kind| kind.needs_signature()) {
            true => Covers::Everything,
            false => Covers::Unsigned,
        }
    }
}

/// How long an authority given at the screen lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lasts {
    /// One pick-up.
    Once,
    /// To the end of this day.
    Today,
    /// Until it is taken back.
    UntilWithdrawn,
}

/// Somebody of one's own company who could collect for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: PersonName,
}

/// Why an authority is not given or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorityRefusal {
    /// This person's roles do not let them.
    NotPermitted,
    /// Nobody collects for themselves by authority.
    SamePerson,
    /// The card's number was typed, which anybody can do.
    CardNotTapped,
    /// At the screen one lets only people of one's own company collect; others at the desk.
    NotAColleague,
    /// It covers nothing.
    NoKinds,
    /// It would be over before it begins.
    AlreadyOver {
        /// Until when it was meant.
        until: DateTime<Utc>,
    },
    /// There is no such authority that still holds, or somebody else gave it.
    NotFound,
}

impl AuthorityRefusal {
    /// Whether somebody else may do, of whose card it was.
    pub fn is_about_deputy(self) -> bool {
        matches!(
            self,
            AuthorityRefusal::SamePerson | AuthorityRefusal::NotAColleague
        )
    }
}
