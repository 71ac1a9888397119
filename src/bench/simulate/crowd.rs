//! Who comes to the screen, what for, and how far they get.

use super::SimulateError;
use super::lobby::Lobby;
use super::town;
use super::world::World;
use crate::kiosk::Touch;
use crate::kiosk::view::{Asking, Page};
use crate::lending::KindId;
use crate::lending::flow::Touch::{Said, Say};
use crate::screen;

/// What somebody came for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Goal {
    /// An umbrella or another thing out of a stand.
    Borrow(KindId),
    /// The thing with this tag, which they hold in their hand.
    BorrowTagged(String),
    /// To bring back the thing with this tag.
    BringBack(String),
    /// To bring back what their own page shows.
    BringBackOwn,
    /// To bring something back by the number of its slip.
    BringBackBySlip(String),
    /// To see what happens.
    Play,
}

/// Somebody at the screen.
pub struct Visitor {
    /// They left before they were done.
    pub walked_away: bool,
    card: Option<u64>,
    tapped: bool,
    scanned: bool,
    goal: Goal,
    patience: u8,
}

impl Visitor {
    /// The next to come.
    pub fn new(random: &mut fastrand::Rng, world: &World, rain: bool) -> Self {
        let card = world.cards[random.usize(..world.cards.len())];
        let holds: Vec<_> = world
            .out
            .iter()
            .filter(|(_, held)| held.person == card.person)
            .collect();
        let goal = match random.u8(..10) {
            0 => Goal::Play,
            1..4 if !holds.is_empty() => {
                let (number, held) = holds[random.usize(..holds.len())];
                match &held.tag {
                    Some(tag) => Goal::BringBack(tag.clone()),
                    None if random.bool() => Goal::BringBackOwn,
                    None => Goal::BringBackBySlip(number.clone()),
                }
            }
            1..7 if rain => Goal::Borrow(KindId("umbrella".to_owned())),
            4..6 => Goal::Borrow(KindId("umbrella".to_owned())),
            6 => Goal::BringBack("NOT-OURS".to_owned()),
            _ => {
                let (_, count, letters) = town::TAGGED[random.usize(..town::TAGGED.len())];
                Goal::BorrowTagged(format!("{letters}-{:02}", random.u32(1..=count)))
            }
        };
        Visitor {
            walked_away: false,
            card: (random.u8(..20) > 0).then_some(card.number),
            tapped: false,
            scanned: false,
            goal,
            patience: random.u8(..),
        }
    }

    /// Does the next thing; false once they leave.
    pub fn act(
        &mut self,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
        world: &World,
    ) -> Result<bool, SimulateError> {
        let page = lobby.view().page;
        if random.u8(..100) < 4 {
            self.walked_away = !matches!(page, Page::Home(_));
            return Ok(false);
        }
        // A finger that slips, a child beside them, somebody who plays: anything on the page.
        if self.goal == Goal::Play || random.u8(..100) < 6 {
            return self.anything(random, lobby, world);
        }
        match &page {
            Page::Home(_) if self.tapped || self.scanned => Ok(false),
            Page::Home(_) => self.begin(random, lobby),
            Page::MyPage(page) => match &self.goal {
                Goal::Borrow(kind) => {
                    let touch = Touch::Kind(kind.clone());
                    lobby.touch(touch).map(|()| true)
                }
                Goal::BorrowTagged(tag) | Goal::BringBack(tag) => {
                    let tag = tag.clone();
                    self.scan(lobby, &tag)
                }
                _ => match page.loans.iter().find(|loan| loan.give_back) {
                    Some(loan) => lobby.touch(Touch::Loan(loan.loan)).map(|()| true),
                    None => lobby.touch(Touch::End).map(|()| true),
                },
            },
            Page::Choose(_) => match &self.goal {
                Goal::Borrow(kind) => {
                    let touch = Touch::Kind(kind.clone());
                    lobby.touch(touch).map(|()| true)
                }
                _ => lobby.touch(Touch::Back).map(|()| true),
            },
            Page::Asking(page) => self.answer(random, lobby, page),
            Page::TapCard(_) => self.tap(lobby),
            Page::ScanTag(_) | Page::GiveBack(_) => match self.goal.clone() {
                Goal::BorrowTagged(tag) | Goal::BringBack(tag) if !self.scanned => {
                    self.scan(lobby, &tag)
                }
                _ => lobby.touch(Touch::End).map(|()| true),
            },
            Page::Confirm(_) => lobby.touch(Touch::Agree).map(|()| true),
            Page::TypeNumber(_) => lobby.touch(Touch::End).map(|()| true),
            Page::Borrowed(_)
            | Page::Given(_)
            | Page::Renewed(_)
            | Page::Returned(_)
            | Page::Refused(_)
            | Page::PrinterTrouble(_) => {
                lobby.print(random)?;
                // Half of them press "done"; the screen sees to the others.
                if self.patience < 128 {
                    return Ok(false);
                }
                lobby.touch(Touch::End)?;
                Ok(false)
            }
            Page::Directory(_) | Page::Mail(_) | Page::Keys(_) | Page::Visits(_) => {
                lobby.touch(Touch::Back).map(|()| true)
            }
            Page::SaidYes(_) | Page::DeskCalled | Page::Wait | Page::OutOfService(_) => Ok(false),
        }
    }

    /// Says yes or no to the next question of a return, or walks away from all of them.
    fn answer(
        &mut self,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
        page: &Asking,
    ) -> Result<bool, SimulateError> {
        let open = page.points.iter().find(|point| point.yes.is_none());
        let touch = match open {
            Some(point) => Say(point.question, random.u8(..100) < 85),
            None => Said,
        };
        lobby.touch(Touch::Lending(touch)).map(|()| true)
    }

    fn begin(
        &mut self,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
    ) -> Result<bool, SimulateError> {
        match self.goal.clone() {
            Goal::BringBack(tag) => self.scan(lobby, &tag),
            Goal::BringBackBySlip(number) => self.scan(lobby, &number),
            Goal::Borrow(_) | Goal::BorrowTagged(_) if random.u8(..4) == 0 => {
                lobby.touch(Touch::Borrow).map(|()| true)
            }
            _ => self.tap(lobby),
        }
    }

    fn tap(&mut self, lobby: &mut Lobby) -> Result<bool, SimulateError> {
        self.tapped = true;
        match self.card {
            Some(number) => lobby.tap(number)?,
            // A card of another house.
            None => lobby.tap(0x77_7777_7777)?,
        }
        Ok(true)
    }

    fn scan(&mut self, lobby: &mut Lobby, code: &str) -> Result<bool, SimulateError> {
        self.scanned = true;
        lobby.scan(code).map(|()| true)
    }

    /// Anything that can be done on this page.
    fn anything(
        &mut self,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
        world: &World,
    ) -> Result<bool, SimulateError> {
        let mut touches = screen::controls(&lobby.view());
        touches.extend([
            Touch::Back,
            Touch::End,
            Touch::OtherLanguage,
            Touch::MoreTime,
        ]);
        touches.extend(['7', 'A'].map(Touch::Key));
        match random.u8(..8) {
            0 => self.tap(lobby),
            1 => match world
                .out
                .values()
                .filter_map(|held| held.tag.clone())
                .next()
            {
                Some(tag) => self.scan(lobby, &tag),
                _ => self.scan(lobby, "6901234567892"),
            },
            _ => {
                let touch = touches.swap_remove(random.usize(..touches.len()));
                lobby.touch(touch).map(|()| true)
            }
        }
    }
}
