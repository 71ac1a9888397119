//! The session machine of the staff window: what happened goes in, what to do and to show comes out.
//!
//! `step` is pure, as the touch screen's is. Somebody logs in by card or name and PIN; behind that lie
//! rooms, one a service. Everything is done by keyboard: a key becomes a [`Press`], and the machine
//! knows what it means where.
//!
//! **A room is data.** It is one file in `rooms/` with two functions: `tabs`, the tables it has, and
//! `table`, one of them with its rows. A row carries its cells, its state as a [`Mark`], the facts of
//! the pane beside it, and its actions: a key, words, the [`Act`](crate::people::Act) that its doer
//! needs, and what it [`Does`], an [`Order`] or a [`Dialog`] that ends in one. The machine draws the
//! table, moves through it, and dims what the role does not permit. So a service adds a room like this:
//!
//! 1. what the room shows: a list of plain structs in [`Facts`], filled in `store/desk/`;
//! 2. `rooms/NAME.rs` with `tabs` and `table`, and its arm in `rooms/mod.rs`;
//! 3. what can be done there: a variant of [`Order`] and, where something has to be typed, of
//!    [`Wish`](dialog::Wish); the store performs it in `store/desk/orders.rs`, in one deed that checks
//!    the permission again;
//! 4. what came of it: a variant of [`Outcome`] and of [`Refusal`], each with its sentence in `say.rs`;
//! 5. where a person is needed now: a line in `needs.rs`; what a scan means: [`Meant`](scanning::Meant).

pub mod about;
mod calendar;
mod counters;
pub mod dialog;
pub mod event;
pub mod facts;
mod field;
mod filling;
mod held_up;
mod keys;
pub mod lending;
mod locked;
mod needs;
pub mod pack;
mod present;
mod problem;
pub mod rooms;
mod say;
pub mod scanning;
mod seeking;
mod served;
pub mod services;
mod session;
mod stands;
pub mod view;
pub mod wishes;

pub use dialog::Dialog;
pub use event::{Answer, Effect, Event, Order, Outcome, Press, Refusal, Timer};
pub use facts::Facts;
pub use present::present;
pub use rooms::{Does, Mark, Room, cause_word};
pub use session::{Session, Step, step};
pub use stands::Stands;
pub use view::View;

use crate::building::Building;
use crate::lending::{Kind, KindId};
use std::time::Duration;

/// What the settings say about this house, as far as the desk needs it.
#[derive(Clone, Debug)]
pub struct House {
    /// The building.
    pub building: Building,
    /// What is lent.
    pub kinds: Vec<Kind>,
    /// The terms for visitors.
    pub visits: crate::visits::Terms,
    /// The terms of the keys.
    pub keys: crate::keys::Terms,
    /// The terms of the mail room.
    pub mail: crate::mail::Terms,
    /// Nobody touches a key for so long: the desk locks itself.
    pub locks_after: Duration,
    /// The program runs with sample data and simulated devices.
    pub trial: bool,
}

impl House {
    /// The name of this kind; that of the books where it left the settings.
    pub fn kind_name(&self, id: &KindId, language: crate::people::Language) -> String {
        let known = self.kinds.iter().find(|kind| kind.id == *id);
        known.map_or_else(
            || id.to_string(),
            |kind| kind.name.text(language).to_owned(),
        )
    }
}
