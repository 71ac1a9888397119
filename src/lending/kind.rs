//! What kinds of things a house lends, and on what terms.

use crate::people::{Bilingual, Role};
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// The name of a kind in the settings: `umbrella`, `pc`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindId(pub String);

impl std::fmt::Display for KindId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A kind of thing and the terms it is lent on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name in settings and journal.
    pub id: KindId,
    /// Its name on screens and slips.
    pub name: Bilingual,
    /// Its picture.
    pub icon: KindIcon,
    /// One by one, or so many.
    pub counted: Counted,
    /// The terms.
    pub policy: Policy,
}

/// The picture of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindIcon {
    /// An umbrella.
    Umbrella,
    /// A laptop.
    Laptop,
    /// A hand trolley.
    Trolley,
    /// A wheelchair.
    Wheelchair,
    /// Anything else.
    #[default]
    Package,
}

/// How things of a kind are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// One by one, each with a tag to scan.
    Tagged,
    /// So many in a stand, all alike.
    Pooled,
    /// So many in a box, given away: nothing comes back.
    Consumable,
}

/// The terms of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Who may borrow.
    pub who: Vec<Role>,
    /// How many of this kind one person may hold.
    pub at_once: u32,
    /// When it comes back.
    pub due: DueRule,
    /// What is left at the desk, in fen (1/100 yuan); 0 for none.
    pub deposit_fen: u32,
    /// Whether a slip prints.
    pub slip: bool,
    /// Whether the borrower may put it back alone; otherwise the desk looks at it first.
    pub self_return: bool,
    /// Whether a person with something overdue gets no more of this kind.
    pub blocked_while_overdue: bool,
    /// How often a loan may be made longer without the thing coming back; 0 for never.
    pub renewals: u32,
    /// Whether it can be kept for somebody.
    pub reservable: bool,
    /// What is asked when it comes back.
    pub asks: Asks,
    /// What belongs to it and comes back with it, or after it: charger, bag.
    pub parts: Vec<Bilingual>,
    /// Whether it stays where it stands and is used there: a PC in the lobby.
    pub in_place: bool,
    /// Whether it goes to the laundry before it goes out again: helmets, shoe covers.
    pub washed: bool,
}

/// What is asked when something comes back, beside its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    /// Whether it is whole.
    pub condition: bool,
    /// ● Whether the data on it was wiped.
    pub wiped: bool,
}

/// When a loan is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueRule {
    /// Minutes after it went out; none where a day and a time of day say it.
    pub minutes: Option<u32>,
    /// Days after the day of lending; 0 for the same day.
    pub days: u32,
    /// The time of that day, in the building's zone.
    pub at: NaiveTime,
}
