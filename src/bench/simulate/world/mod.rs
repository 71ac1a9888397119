//! The physical world: where everything and everybody is, as people were told by the screen, and as
//! the desk did it with its own hands.

mod keys;
mod post;
mod things;
mod visits;

pub use keys::{Hooks, Place};
pub use post::{Letter, Lies, Post};
pub use things::Things;
pub use visits::{Caller, Visits};

use super::SimulateError;
use super::lobby::Lobby;
use super::town::TownCard;
use crate::kiosk::view::Page;

/// What the screen told somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Something is theirs now.
    Lent,
    /// Something is back.
    Returned,
    /// Something is kept for them now.
    Kept,
    /// A key is theirs now.
    KeyOut,
    /// A key is back on its hook, or with the keeper.
    KeyBack,
    /// So many pieces of mail are theirs now.
    MailOut(usize),
    /// Somebody is inside.
    SignedIn,
    /// Somebody has left.
    SignedOut,
    /// No.
    Refused,
    /// Nothing that changes the world.
    Nothing,
}

/// Where everything is.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Everybody's card.
    pub cards: Vec<TownCard>,
    /// The cards of those who take keys, the keeper's last.
    pub staff: Vec<TownCard>,
    /// What is lent.
    pub things: Things,
    /// Keys and their hooks.
    pub hooks: Hooks,
    /// Mail.
    pub post: Post,
    /// Visitors.
    pub visits: Visits,
}

impl World {
    /// The world as the town was furnished.
    pub fn of(lobby: &Lobby) -> Self {
        World {
            cards: lobby.town.cards.clone(),
            staff: lobby.town.staff.clone(),
            hooks: Hooks::hung(),
            visits: Visits::outside(),
            ..World::default()
        }
    }

    /// Takes in what a page says has happened; what cannot be, where that is so.
    pub fn told(&mut self, lobby: &Lobby, page: &Page) -> Result<Told, String> {
        match page {
            Page::Keys(stage) => self.hooks.told(lobby, stage),
            Page::Mail(stage) => self.post.told(lobby, stage),
            Page::Visits(stage) => self.visits.told(lobby, stage),
            page => {
                let now = lobby.house.building.local(lobby.now);
                self.things.told(lobby.stay.on_card, page, now)
            }
        }
    }

    /// Whether the books say something else; what, if so.
    pub fn differs_from(&self, lobby: &Lobby) -> Result<Option<String>, SimulateError> {
        let books = lobby.read();
        let house = &lobby.house.building;
        let now = house.local(lobby.now);
        if let Some(what) = self.things.differ_from(books, &self.cards, house, now)? {
            return Ok(Some(what));
        }
        if let Some(what) = self.hooks.differ_from(books)? {
            return Ok(Some(what));
        }
        if let Some(what) = self.post.differs_from(books)? {
            return Ok(Some(what));
        }
        Ok(self.visits.differ_from(books)?)
    }
}
