//! Who comes to the screen, what for, and how far they get.

mod guests;
mod keys;
mod mail;
mod reserving;
mod returning;
mod typing;
mod visits;

use super::SimulateError;
use super::lobby::Lobby;
use super::town::{self, TownCard};
use super::world::{Lies, Place, World};
use crate::kiosk::Touch;
use crate::kiosk::view::{Page, Readiness};
use crate::lending::KindId;
use crate::mail::{Addressee, PickUpCode};
use crate::screen;
use crate::slips::SlipNumber;
pub use visits::Outsider;

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
    /// To take a key from this hook.
    TakeKey(String),
    /// To bring back the key with this tag.
    BringKey(String),
    /// To collect mail by card.
    Collect,
    /// To collect mail with the code of its notice.
    CollectWith(String),
    /// To give a visitor their yes.
    SayYes,
    /// To visit somebody, or to leave again.
    Visit,
    /// To have something kept, or to fetch what is kept.
    Reserve,
    /// To see what happens.
    Play,
}

/// Somebody at the screen.
pub struct Visitor {
    /// They left before they were done.
    pub walked_away: bool,
    /// Who they are, where they come from outside.
    pub outsider: Option<Outsider>,
    card: Option<u64>,
    /// The slip of their visit, which stands for a card where somebody borrows.
    slip: Option<SlipNumber>,
    tapped: bool,
    scanned: bool,
    goal: Goal,
    patience: u8,
}

impl Visitor {
    /// The next to come.
    pub fn new(
        random: &mut fastrand::Rng,
        lobby: &Lobby,
        world: &World,
        rain: bool,
    ) -> Result<Self, SimulateError> {
        Ok(match random.u8(..100) {
            0..22 => Visitor::outsider(random, lobby, world),
            22..29 => Visitor::guest(random, lobby, world),
            29..41 => Visitor::of_the_house(random, world),
            41..52 => Visitor::with_mail(random, lobby, world),
            52..57 => Visitor::host(random, lobby, world)?,
            _ => Visitor::with_a_thing(random, world, rain),
        })
    }

    /// Somebody whose visitor waits, or who hopes so.
    fn host(
        random: &mut fastrand::Rng,
        lobby: &Lobby,
        world: &World,
    ) -> Result<Self, SimulateError> {
        let waiting = lobby.read().visits_waiting()?;
        let host = random.choice(&waiting).and_then(|visit| visit.host);
        let card = world.cards.iter().find(|card| Some(card.person) == host);
        Ok(match card {
            Some(card) => Visitor::of(Some(card.number), Goal::SayYes, random),
            None => Visitor::tenant(random, world, Goal::SayYes),
        })
    }

    fn of(card: Option<u64>, goal: Goal, random: &mut fastrand::Rng) -> Self {
        Visitor {
            walked_away: false,
            outsider: None,
            card,
            slip: None,
            tapped: false,
            scanned: false,
            goal,
            patience: random.u8(..),
        }
    }

    fn outsider(random: &mut fastrand::Rng, lobby: &Lobby, world: &World) -> Self {
        let outsider = Some(Outsider::new(random, lobby, world));
        Visitor {
            outsider,
            ..Visitor::of(None, Goal::Visit, random)
        }
    }

    fn tenant(random: &mut fastrand::Rng, world: &World, goal: Goal) -> Self {
        let card = world.cards[random.usize(..world.cards.len())].number;
        Visitor::of(Some(card), goal, random)
    }

    /// A member of staff: brings back what they hold, or takes a key.
    fn of_the_house(random: &mut fastrand::Rng, world: &World) -> Self {
        let card = world.staff[random.usize(..world.staff.len())];
        let places: Vec<_> = world.hooks.places.iter().collect();
        let held = places
            .iter()
            .find(|(_, place)| **place == Place::With(card.person));
        let lost = places.iter().find(|(_, place)| **place == Place::Lost);
        let goal = match (held, lost) {
            (Some((hook, _)), _) if random.u8(..4) > 0 => Goal::BringKey(town::tag(hook)),
            (_, Some((hook, _))) if random.u8(..4) == 0 => Goal::BringKey(town::tag(hook)),
            _ => Goal::TakeKey(places[random.usize(..places.len())].0.clone()),
        };
        Visitor::of(Some(card.number), goal, random)
    }

    /// Somebody for whom mail waits, or who hopes so.
    fn with_mail(random: &mut fastrand::Rng, lobby: &Lobby, world: &World) -> Self {
        let waiting: Vec<_> = world
            .post
            .letters
            .values()
            .filter(|letter| letter.lies == Lies::Shelf)
            .collect();
        let Some(letter) = random.choice(&waiting) else {
            return Visitor::tenant(random, world, Goal::Collect);
        };
        if random.u8(..3) == 0 {
            let goal = Goal::CollectWith(letter.code.clone());
            return Visitor::of(None, goal, random);
        }
        let card = match letter.to {
            Addressee::Person(to) => world.cards.iter().find(|card| card.person == to),
            // Anybody of the company, and mostly those who sign for it.
            Addressee::Tenant(company) => {
                let cards = lobby.town.cards_of(company);
                let signs = &world.post.signatories[&company];
                let signs = |card: &&TownCard| signs.contains(&card.person);
                match random.u8(..3) {
                    0 => random.choice(cards),
                    _ => cards.iter().find(signs),
                }
            }
        };
        Visitor::of(card.map(|card| card.number), Goal::Collect, random)
    }

    fn with_a_thing(random: &mut fastrand::Rng, world: &World, rain: bool) -> Self {
        let card = world.cards[random.usize(..world.cards.len())];
        let holds: Vec<_> = world
            .things
            .out
            .iter()
            .filter(|(_, held)| held.person == card.person)
            .collect();
        let goal = match random.u8(..11) {
            0 => Goal::Play,
            10 => Goal::Reserve,
            1..4 if !holds.is_empty() => {
                let (number, held) = holds[random.usize(..holds.len())];
                match &held.tag {
                    Some(tag) => Goal::BringBack(tag.clone()),
                    None if random.bool() => Goal::BringBackOwn,
                    None => Goal::BringBackBySlip(number.clone()),
                }
            }
            1..7 if rain => Goal::Borrow(KindId("umbrella".to_owned())),
            4 => Goal::Borrow(KindId("umbrella".to_owned())),
            5 => Goal::Borrow(KindId(town::WASHED[random.usize(..2)].to_owned())),
            6 => Goal::BringBack("NOT-OURS".to_owned()),
            _ => {
                let (_, count, letters) = town::TAGGED[random.usize(..town::TAGGED.len())];
                Goal::BorrowTagged(format!("{letters}-{:02}", random.u32(1..=count)))
            }
        };
        let card = (random.u8(..20) > 0).then_some(card.number);
        Visitor::of(card, goal, random)
    }

    /// Does the next thing; false once they leave.
    pub fn act(
        &mut self,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
        world: &World,
    ) -> Result<bool, SimulateError> {
        // Whoever finds somebody else's page ends it, and stays for their own.
        let has_begun = self.tapped || self.scanned;
        let goes_on = self.next(random, lobby, world)?;
        Ok(goes_on || !(has_begun || self.walked_away))
    }

    fn next(
        &mut self,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
        world: &World,
    ) -> Result<bool, SimulateError> {
        let page = lobby.view().page;
        if random.u8(..100) < 3 {
            self.walked_away = !matches!(page, Page::Home(_));
            return Ok(false);
        }
        // A finger that slips, a child beside them, somebody who plays: anything on the page.
        if self.goal == Goal::Play || random.u8(..100) < 6 {
            return self.anything(random, lobby, world);
        }
        match &page {
            Page::Home(_) if self.tapped || self.scanned => self.again(random, lobby),
            Page::Home(_) => self.begin(random, lobby),
            Page::MyPage(page) => match &self.goal {
                Goal::Borrow(kind) => {
                    let touch = Touch::Kind(kind.clone());
                    lobby.touch(touch).map(|()| true)
                }
                Goal::BorrowTagged(tag) | Goal::BringBack(tag) | Goal::BringKey(tag) => {
                    let tag = tag.clone();
                    self.scan(lobby, &tag)
                }
                Goal::Reserve => {
                    let ready = page.kept.iter().find(|line| line.ready == Readiness::Ready);
                    match ready.and_then(|line| line.thing.label.as_ref()) {
                        Some(label) if random.bool() => self.scan(lobby, &format!("PC-{label}")),
                        _ => {
                            let touch = reserving::begin(page, random);
                            lobby.touch(touch).map(|()| true)
                        }
                    }
                }
                Goal::TakeKey(_) => lobby.touch(Touch::TakeKey).map(|()| true),
                Goal::Collect => match random.u8(..10) {
                    0 => lobby.touch(Touch::MailDeputies).map(|()| true),
                    _ => lobby.touch(Touch::CollectMail).map(|()| true),
                },
                Goal::SayYes => match page.visits.iter().find(|visit| visit.waits) {
                    Some(visit) => lobby.touch(Touch::SayYes(visit.visit)).map(|()| true),
                    None => lobby.touch(Touch::End).map(|()| true),
                },
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
            Page::Asking(page) => returning::answer(page, random, lobby, world),
            Page::TapCard(_) => self.tap(lobby),
            Page::ScanTag(_) | Page::GiveBack(_) => match self.goal.clone() {
                Goal::BorrowTagged(tag) | Goal::BringBack(tag) if !self.scanned => {
                    self.scan(lobby, &tag)
                }
                _ => lobby.touch(Touch::End).map(|()| true),
            },
            Page::Reserving(page) => reserving::act(page, random, lobby),
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
            Page::Directory(_) | Page::FindTenant { .. } => lobby.touch(Touch::Back).map(|()| true),
            Page::Keys(stage) => {
                let hook = match &self.goal {
                    Goal::TakeKey(hook) => Some(hook.as_str()),
                    _ => None,
                };
                keys::act(stage, hook, random, lobby, world)
            }
            Page::Mail(stage) => {
                let code = match &self.goal {
                    Goal::CollectWith(code) => Some(code.as_str()),
                    _ => None,
                };
                mail::act(stage, self.card, code, random, lobby)
            }
            Page::Visits(stage) => match &mut self.outsider {
                Some(outsider) => {
                    outsider.sees(stage);
                    outsider.act(stage, random, lobby)
                }
                None => lobby.touch(Touch::Back).map(|()| true),
            },
            Page::SaidYes | Page::DeskCalled | Page::Wait | Page::OutOfService(_) => Ok(false),
        }
    }

    /// Somebody from outside whose finger slipped begins once more; everybody else is done.
    fn again(
        &mut self,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
    ) -> Result<bool, SimulateError> {
        match &self.outsider {
            Some(outsider) if !outsider.is_done && random.u8(..4) > 0 => {
                outsider.begin(random, lobby)
            }
            _ => Ok(false),
        }
    }

    fn begin(
        &mut self,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
    ) -> Result<bool, SimulateError> {
        match self.goal.clone() {
            Goal::BringBack(tag) | Goal::BringKey(tag) => self.scan(lobby, &tag),
            Goal::CollectWith(code) if random.bool() => {
                let code = PickUpCode::from_digits(&code).map_or(code, |code| code.code());
                self.scan(lobby, &code)
            }
            Goal::CollectWith(_) => {
                self.tapped = true;
                lobby.touch(Touch::CollectMail).map(|()| true)
            }
            Goal::Visit => {
                self.scanned = true;
                match &self.outsider {
                    Some(outsider) => outsider.begin(random, lobby),
                    None => Ok(false),
                }
            }
            Goal::BringBackBySlip(number) => self.scan(lobby, &number),
            // A slip stands for a card only where somebody borrows.
            Goal::Borrow(_) if self.slip.is_some() => {
                self.tapped = true;
                lobby.touch(Touch::Borrow).map(|()| true)
            }
            Goal::Borrow(_) | Goal::BorrowTagged(_) if random.u8(..4) == 0 => {
                lobby.touch(Touch::Borrow).map(|()| true)
            }
            _ => self.tap(lobby),
        }
    }

    fn tap(&mut self, lobby: &mut Lobby) -> Result<bool, SimulateError> {
        self.tapped = true;
        match (self.card, &self.slip) {
            (Some(number), _) => lobby.tap(number)?,
            (None, Some(slip)) => lobby.scan(&slip.code())?,
            // A card of another house.
            (None, None) => lobby.tap(0x77_7777_7777)?,
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
        match random.u8(..9) {
            0 => self.tap(lobby),
            // Somebody holds up an identity document wherever they are.
            8 => match self
                .outsider
                .as_ref()
                .and_then(|own| own.caller.paper.clone())
            {
                Some(paper) => lobby.show(&paper).map(|()| true),
                None => Ok(true),
            },
            1 => match world
                .things
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
