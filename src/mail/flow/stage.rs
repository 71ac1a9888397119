//! The situations of mail on the touch screen, and what goes in and out of them.

use crate::mail::{
    AuthorityId, AuthorityLine, AuthorityRefusal, Colleague, Collector, Covers, Lasts, MailId,
    Offer, PickUpOrder, PickUpReceipt, PickUpRefusal,
};
use crate::people::{Holder, PersonId, Signature};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// How somebody with a card comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// To take along all that My page shows.
    All,
    /// To look at it first, and to leave some.
    Choose,
}

/// Where a person is with their mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Waiting for a card, or for a code to be scanned or typed.
    Presenting {
        /// What was typed of a code.
        typed: String,
    },
    /// The books are being asked; one moment.
    Looking {
        /// For whom.
        by: Collector,
        /// What they want.
        entrance: Entrance,
    },
    /// All that waits, to be ticked.
    Offered {
        /// For whom.
        by: Collector,
        /// What waits.
        offer: Offer,
        /// What is left here of it.
        left: BTreeSet<MailId>,
    },
    /// Waiting for a signature.
    Signing {
        /// For whom.
        by: Collector,
        /// What waits.
        offer: Offer,
        /// What is left here of it.
        left: BTreeSet<MailId>,
    },
    /// It is theirs.
    Done(PickUpReceipt),
    /// Nothing here has this code.
    WrongCode {
        /// How many wrong ones are left before a pause.
        tries_left: u32,
    },
    /// What was scanned or typed is no whole code; it counts for nothing.
    Misread,
    /// Too many wrong codes: please see the desk.
    CodesPaused {
        /// Until when no code is taken.
        until: DateTime<Utc>,
    },
    /// Not handed out.
    Refused(PickUpRefusal),
    /// Who may collect for this person.
    Deputies {
        /// The authorities that hold now.
        given: Vec<AuthorityLine>,
        /// What was just changed.
        changed: Option<Change>,
    },
    /// Looking for somebody who may collect: by name, or that person taps a card.
    NamingDeputy {
        /// The authorities that hold now.
        given: Vec<AuthorityLine>,
        /// What was typed of a name.
        typed: String,
        /// Colleagues of such a name.
        found: Vec<Colleague>,
    },
    /// What, and for how long.
    ChoosingTerms {
        /// The authorities that hold now.
        given: Vec<AuthorityLine>,
        /// Who may collect.
        deputy: Colleague,
        /// What.
        covers: Covers,
        /// For how long.
        lasts: Lasts,
    },
    /// Not given, or not taken back.
    DeputyRefused {
        /// The authorities that hold now.
        given: Vec<AuthorityLine>,
        /// Why.
        refusal: AuthorityRefusal,
    },
}

/// What was just changed about who may collect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Somebody may collect now.
    Given,
    /// Somebody may no longer.
    Withdrawn,
}

/// What can be touched on the pages of mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// The text in the field is this now: a code, or a colleague's name.
    Typed(String),
    /// The typed code is whole.
    Enter,
    /// Once more, after a wrong code.
    Again,
    /// Takes an item along, or leaves it.
    Tick(MailId),
    /// Takes along what is ticked.
    Collect,
    /// Somebody signed.
    Signed(Signature),
    /// Lets somebody else collect.
    NewDeputy,
    /// This colleague.
    Deputy(PersonId),
    /// This much.
    Cover(Covers),
    /// This long.
    Last(Lasts),
    /// Lets them.
    Give,
    /// Takes it back.
    Withdraw(AuthorityId),
}

/// What the flow wants of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// All that this person can take along: `Books::offer_mail`.
    Offer(Collector),
    /// Hand it out: `Books::pick_up_mail`.
    PickUp(PickUpOrder),
    /// Whom the holder lets collect: `Books::mail_authorities_given`.
    Deputies,
    /// Colleagues of the holder of such a name: `Books::find_colleagues`.
    FindColleagues(String),
    /// Let this colleague collect: `Books::let_collect_mail`.
    Give {
        /// Who.
        deputy: PersonId,
        /// What.
        covers: Covers,
        /// For how long.
        lasts: Lasts,
    },
    /// Take it back: `Books::withdraw_mail_authority`, then whom the holder still lets collect.
    Withdraw(AuthorityId),
}

impl Ask {
    /// Whose card collects.
    pub fn collector(&self) -> Option<&Holder> {
        match self {
            Ask::PickUp(PickUpOrder {
                by: Collector::Card { holder, .. },
                ..
            }) => Some(holder),
            _ => None,
        }
    }

    /// Whether something is written down.
    pub fn is_deed(&self) -> bool {
        match self {
            Ask::Offer(_) | Ask::Deputies | Ask::FindColleagues(_) => false,
            Ask::PickUp(_) | Ask::Give { .. } | Ask::Withdraw(_) => true,
        }
    }
}

/// What the store says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To `Offer`.
    Offered(Result<Offer, PickUpRefusal>),
    /// To `PickUp`.
    PickedUp(Result<PickUpReceipt, PickUpRefusal>),
    /// To `Deputies`.
    Deputies(Vec<AuthorityLine>),
    /// To `FindColleagues`, with what was typed.
    Colleagues(String, Vec<Colleague>),
    /// To `Give`: whom the holder lets collect now.
    Given(Result<Vec<AuthorityLine>, AuthorityRefusal>),
    /// To `Withdraw`: whom the holder lets collect now.
    Withdrawn(Result<Vec<AuthorityLine>, AuthorityRefusal>),
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Show this stage.
    Show(Stage),
    /// Ask the store, and stay on this stage meanwhile.
    Ask(Stage, Ask),
    /// Back to one's own page.
    MyPage,
    /// Home.
    Home,
}

impl Stage {
    /// The stage one step back; none where going back means leaving mail.
    pub fn back(&self) -> Option<Stage> {
        match self {
            Stage::Presenting { .. }
            | Stage::Looking { .. }
            | Stage::Done(_)
            | Stage::CodesPaused { .. }
            | Stage::Refused(_)
            | Stage::Deputies { .. } => None,
            Stage::Offered { by, .. } => match by {
                Collector::Code(_) => Some(Stage::presenting()),
                Collector::Card { .. } => None,
            },
            Stage::Signing { by, offer, left } => Some(Stage::Offered {
                by: by.clone(),
                offer: offer.clone(),
                left: left.clone(),
            }),
            Stage::WrongCode { .. } | Stage::Misread => Some(Stage::presenting()),
            // Nobody's list is open there.
            Stage::DeputyRefused {
                refusal: AuthorityRefusal::CardNotTapped,
                ..
            } => None,
            Stage::DeputyRefused { given, refusal } if refusal.is_about_deputy() => {
                Some(Stage::naming(given))
            }
            Stage::NamingDeputy { given, .. } | Stage::DeputyRefused { given, .. } => {
                Some(Stage::Deputies {
                    given: given.clone(),
                    changed: None,
                })
            }
            Stage::ChoosingTerms { given, .. } => Some(Stage::naming(given)),
        }
    }

    /// Whether the deed is done or refused, so that the page goes home by itself.
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Stage::Done(_)
                | Stage::Refused(_)
                | Stage::CodesPaused { .. }
                | Stage::DeputyRefused {
                    refusal: AuthorityRefusal::CardNotTapped,
                    ..
                }
        )
    }

    /// Where the card of a colleague is waited for, with the authorities that hold now.
    pub fn awaits_deputy(&self) -> Option<&[AuthorityLine]> {
        match self {
            Stage::NamingDeputy { given, .. } => Some(given),
            Stage::DeputyRefused { given, refusal } if refusal.is_about_deputy() => Some(given),
            _ => None,
        }
    }

    /// Nobody named yet.
    pub(super) fn naming(given: &[AuthorityLine]) -> Stage {
        Stage::NamingDeputy {
            given: given.to_vec(),
            typed: String::new(),
            found: Vec::new(),
        }
    }

    /// Nothing typed yet.
    pub fn presenting() -> Stage {
        Stage::Presenting {
            typed: String::new(),
        }
    }
}
