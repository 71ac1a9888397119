//! The session machine of the touch screen: what happened goes in, what to do and to show comes out.
//!
//! `step` is pure: the same session, time and event give the same answer. A service's own screens
//! live with its rules (`lending/flow.rs`); this module only joins them.

mod answers;
mod borrowing;
mod collecting;
mod directory;
pub mod effect;
pub mod event;
mod hooks;
mod patience;
mod present;
mod receiving;
mod scanning;
pub mod session;
pub mod timeouts;
mod touches;
pub mod trouble;
mod turn;
pub mod view;
mod writing;

pub use effect::{Ask, Effect};
pub use event::{Event, Touch};
pub use present::present;
pub use session::Session;
pub use turn::{Step, step};
pub use view::View;

use crate::building::Building;
use crate::lending::{Kind, KindId};
use crate::people::NumberConvention;
use chrono::{DateTime, NaiveTime, Utc};
use timeouts::Timeouts;

/// What the settings say about this house, and what never changes while the program runs.
#[derive(Clone, Debug)]
pub struct House {
    /// The building.
    pub building: Building,
    /// What is lent, in the order it is offered.
    pub kinds: Vec<Kind>,
    /// The terms for visitors.
    pub visits: crate::visits::Terms,
    /// The terms of the keys.
    pub keys: crate::keys::Terms,
    /// The terms of the mail room.
    pub mail: crate::mail::Terms,
    /// The delays.
    pub timeouts: Timeouts,
    /// How card numbers are read.
    pub cards: NumberConvention,
    /// Times of day at which rain mode is on by itself, each from its first moment to before its last.
    pub rain_hours: Vec<(NaiveTime, NaiveTime)>,
    /// A scanner at the touch screen reads only when it is told to.
    pub codes_on_command: bool,
    /// The program runs with sample data and simulated devices.
    pub trial: bool,
}

impl House {
    /// Whether rain mode is on by itself now.
    pub fn is_rain_hour(&self, at: DateTime<Utc>) -> bool {
        let now = self.building.local(at).time();
        let mut hours = self.rain_hours.iter();
        hours.any(|(from, until)| (*from..*until).contains(&now))
    }

    /// The kind of this name. Kinds that left the settings may still stand in the books.
    pub fn kind(&self, id: &KindId) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == *id)
    }
}
