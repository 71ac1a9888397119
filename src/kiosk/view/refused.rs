//! Every no, with its facts.

use super::Thing;
use crate::lending::{LendRefusal, RenewRefusal, ReserveRefusal, ReturnRefusal};
use crate::people::NotRead;
use chrono::NaiveDateTime;

/// No, because.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Why.
    pub why: Refusal,
    /// What it was about, where that is known.
    pub thing: Option<Thing>,
    /// Whether the page before it can be gone back to.
    pub leads_back: bool,
}

impl Refused {
    /// A no that ends what somebody came for.
    pub fn new(why: Refusal, thing: Option<Thing>) -> Self {
        Refused {
            why,
            thing,
            leads_back: false,
        }
    }
}

/// Every reason for a no; each has a sentence and a next step in both languages.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// What was held up is no card that can be read.
    NotRead(NotRead),
    /// This card is not registered.
    UnknownCard,
    /// The slip of a visit whose visitor is not inside.
    NotInside,
    /// This card was reported lost.
    LostCard,
    /// This card has run out.
    ExpiredCard,
    /// The company has left the building.
    TenantMoved,
    /// What a visitor held up is neither an invitation nor the slip of a visit.
    UnknownCode,
    /// The visitor about whom the host said yes or no was seen to already, or has left.
    SeenTo,
    /// The thing or the person cannot have it. The time is local, where the reason carries one.
    Lend(LendRefusal, Option<NaiveDateTime>),
    /// It is not kept longer. The time is local, where the reason carries one.
    Renew(RenewRefusal, Option<NaiveDateTime>),
    /// It is not kept. The time is local, where the reason carries one.
    Reserve(ReserveRefusal, Option<NaiveDateTime>),
    /// Nothing was taken back. The time is local, where the reason carries one.
    Return(ReturnRefusal, Option<NaiveDateTime>),
    /// The store did not answer in time or failed; nothing is said to have happened.
    NotDone,
}

impl Refusal {
    /// Whether it is about what was held up to the reader, whatever somebody came for.
    pub fn is_of_card(&self) -> bool {
        matches!(
            self,
            Refusal::NotRead(_)
                | Refusal::UnknownCard
                | Refusal::LostCard
                | Refusal::ExpiredCard
                | Refusal::TenantMoved
        )
    }
}
