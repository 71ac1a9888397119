//! The physical world: where everything and everybody is, as people were told by the screen, and as
//! the desk did it with its own hands.

mod deposits;
mod keys;
mod lost;
mod papers;
mod passes;
mod post;
mod sets;
mod stands;
mod things;
mod visits;

pub use deposits::Deposits;
pub use keys::{Hooks, Place};
pub use lost::Lost;
pub use papers::Held as HeldPermit;
pub use passes::{Pass, Passes};
pub use post::{Back, Letter, Lies, Post};
pub use sets::Sets;
pub use stands::Stands;
pub use things::{Held, Things};
pub use visits::{Caller, Visits};

use super::SimulateError;
use super::lobby::Lobby;
use super::tally::{Seen, Tally};
use super::town::TownCard;
use crate::kiosk::view::Page;
use crate::matters::{Cause, Matter};

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
    /// What of it is lost.
    pub lost: Lost,
    /// Stands and the laundry.
    pub stands: Stands,
    /// What belongs to the PCs.
    pub sets: Sets,
    /// The box with the deposits.
    pub deposits: Deposits,
    /// Keys and their hooks.
    pub hooks: Hooks,
    /// Mail.
    pub post: Post,
    /// Visitors.
    pub visits: Visits,
    /// Temporary cards.
    pub passes: Passes,
    messages_closed: usize,
    seen: Tally,
}

impl World {
    /// The world as the town was furnished.
    pub fn of(lobby: &Lobby) -> Self {
        World {
            cards: lobby.town.cards.clone(),
            staff: lobby.town.staff.clone(),
            hooks: Hooks::hung(&lobby.town),
            visits: Visits::outside(lobby),
            stands: Stands::full(),
            passes: Passes::in_the_box(),
            post: Post::none(&lobby.town),
            ..World::default()
        }
    }

    /// What was seen until now.
    pub fn seen(&self) -> Tally {
        let parts = [
            self.lost.seen,
            self.stands.seen,
            self.sets.seen,
            self.deposits.seen,
            self.visits.papers.seen,
            self.passes.seen,
            self.post.seen,
            self.hooks.seen,
        ];
        let mut sum = self.seen;
        for part in parts {
            sum += part;
        }
        sum
    }

    /// Takes in what a page says has happened; what cannot be, where that is so.
    pub fn told(&mut self, lobby: &Lobby, page: &Page) -> Result<Told, String> {
        self.visits.papers.document_told(lobby, page)?;
        if matches!(page, Page::Refused(_)) && self.is_old_pass(lobby) {
            self.seen.add(Seen::PassOpensNothing);
        }
        let told = match page {
            Page::Keys(stage) => self.hooks.told(lobby, stage),
            Page::Mail(stage) => self.post.told(lobby, stage),
            Page::Visits(stage) => self.visits.told(lobby, stage, &mut self.passes),
            // ● A card that opens nothing opens nobody's page.
            Page::MyPage(_) if lobby.stay.on_card.is_none() => {
                Err("a card that opens nothing opened a page".to_owned())
            }
            page => self.things_told(lobby, page),
        };
        self.hears_answers(page);
        told
    }

    /// What is answered on this page, or was before it came. Before the desk looks at anything, it is
    /// heard what the screen has written down meanwhile.
    pub fn hears_answers(&mut self, page: &Page) {
        let asked = match page {
            Page::Asking(asking) => self.sets.loan_of(&asking.number),
            _ => None,
        };
        self.sets.told(page, asked);
    }

    /// Whether a temporary card was tapped just now that is nobody's any more.
    fn is_old_pass(&self, lobby: &Lobby) -> bool {
        let tapped = lobby.stay.tapped;
        let is_old = |card: u64| {
            let known = self.passes.out.contains_key(&card) || self.passes.in_box.contains(&card);
            known && !lobby.passes.contains_key(&card)
        };
        tapped.is_some_and(is_old)
    }

    fn things_told(&mut self, lobby: &Lobby, page: &Page) -> Result<Told, String> {
        if let Page::Returned(page) = page
            && self.turns_up(&page.number)
        {
            return Ok(Told::Returned);
        }
        let (told, held) = self.things.told(lobby, page)?;
        match (told, held) {
            (Told::Lent, Some(held)) => {
                self.stands.one_out(&held.kind, &self.things)?;
                if !self.cards.iter().any(|card| card.person == held.person) {
                    self.seen.add(Seen::VisitorBorrowed);
                }
            }
            (Told::Returned, Some(held)) => self.is_back(page_number(page), &held),
            _ => {}
        }
        Ok(told)
    }

    /// Something is back, at the screen or over the counter.
    pub fn is_back(&mut self, number: &str, held: &Held) {
        self.stands.one_back(&held.kind);
        self.sets.comes_back(number, held);
    }

    /// Something that was lost is here again, and the desk looks at it; not where it was not lost.
    pub fn turns_up(&mut self, number: &str) -> bool {
        let Some(held) = self.lost.turns_up(number) else {
            return false;
        };
        self.stands.turns_up(&held.kind);
        self.things.turns_up(&held);
        self.sets.comes_back(number, &held);
        true
    }

    /// Something went out and will not come back.
    pub fn is_lost(&mut self, number: &str, is_charged: bool) {
        if let Some(held) = self.things.is_lost(number) {
            self.stands.one_lost(&held.kind);
            self.lost.is_written_off(number, held, is_charged);
        }
    }

    /// Something happened that leaves everything where it is.
    pub fn saw(&mut self, seen: Seen) {
        self.seen.add(seen);
    }

    /// Somebody at the desk has closed a matter by hand.
    pub fn is_closed(&mut self, matter: &Matter) {
        match matter.cause {
            Cause::MessageForHost => self.messages_closed += 1,
            cause => self.hooks.is_seen_to(cause, matter.about),
        }
    }

    /// ● Every message for a host is somebody's matter until it is closed.
    fn messages_differ(&self, lobby: &Lobby) -> Result<Option<String>, SimulateError> {
        let open = lobby.read().open_matters()?.into_iter();
        let open = open.filter(|matter| matter.cause == Cause::MessageForHost);
        let (open, own) = (open.count(), lobby.messages - self.messages_closed);
        Ok((open != own).then(|| format!("{open} messages are open, and {own} were left")))
    }

    /// Something was handed over the counter.
    pub fn over_the_counter(&mut self) {
        self.seen.add(Seen::OverTheCounter);
    }

    /// Whether the books say something else; what, if so.
    pub fn differs_from(&mut self, lobby: &Lobby) -> Result<Option<String>, SimulateError> {
        let books = lobby.read();
        let house = &lobby.house.building;
        let now = house.local(lobby.now);
        if let Some(what) = self.things.differ_from(books, &self.cards, house, now)? {
            return Ok(Some(what));
        }
        if let Some(what) = self.stands.differ_from(lobby, &self.things)? {
            return Ok(Some(what));
        }
        if let Some(what) = self.lost.differ_from(lobby)? {
            return Ok(Some(what));
        }
        if let Some(what) = self.sets.differ_from(lobby)? {
            return Ok(Some(what));
        }
        if let Some(what) = self.hooks.differ_from(lobby)? {
            return Ok(Some(what));
        }
        if let Some(what) = self.post.differs_from(books)? {
            return Ok(Some(what));
        }
        if let Some(what) = self.passes.differ_from(lobby, &self.visits)? {
            return Ok(Some(what));
        }
        if let Some(what) = self.messages_differ(lobby)? {
            return Ok(Some(what));
        }
        Ok(self.visits.differ_from(books)?)
    }

    /// The same in the evening, against everything that the rooms of the desk show.
    pub fn differs_in_the_evening(
        &mut self,
        lobby: &Lobby,
    ) -> Result<Option<String>, SimulateError> {
        let facts = lobby.read().registers(lobby.now)?;
        let today = lobby.house.building.local(lobby.now).date();
        if facts.out.len() != self.things.out.len() {
            let (books, own) = (&facts.out, &self.things.out);
            return Ok(Some(format!(
                "the books have {books:?} out, people {own:?}"
            )));
        }
        let differs = self.deposits.differ_from(&facts);
        let differs = differs.or_else(|| self.visits.papers.differ_from(&facts, today));
        let stands = || self.stands.differ_in_the_evening(&facts, &self.things);
        let sets = || self.sets.differ_in_the_evening(&facts, &self.things);
        Ok(differs.or_else(stands).or_else(sets))
    }
}

/// The number of the loan whose thing is back.
fn page_number(page: &Page) -> &str {
    match page {
        Page::Returned(page) => &page.number,
        Page::Asking(page) => &page.number,
        _ => "",
    }
}
