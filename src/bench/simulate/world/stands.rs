//! Stands of things that are all alike: with people, not clean, at the laundry, or there to be taken.

use super::things::Things;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::{Seen, Tally};
use crate::bench::simulate::town;
use crate::desk::facts::Facts;
use crate::lending::{KindId, Stand, WashMove};
use crate::store::StoreError;
use std::collections::BTreeMap;

/// A stand, without those that people have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pile {
    /// How many belong to it.
    pub total: u32,
    /// Back and not clean.
    pub dirty: u32,
    /// At the laundry.
    pub washing: u32,
    /// What moved today.
    pub day: Day,
}

/// ● Issued, returned, to the laundry, back: what moved on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// How many went out.
    pub issued: u32,
    /// How many came back.
    pub returned: u32,
    /// How many went to the laundry.
    pub sent: u32,
    /// How many came back from it.
    pub back: u32,
    /// How many were written off.
    pub gone: u32,
}

/// The stands of the house, by kind.
#[derive(Clone, Debug, Default)]
pub struct Stands {
    /// Each with where its things are.
    pub piles: BTreeMap<KindId, Pile>,
    /// What was seen.
    pub seen: Tally,
}

impl Stands {
    /// Everything clean and in its stand.
    pub fn full() -> Self {
        let piles = town::STANDS.into_iter().map(|(kind, total)| {
            let pile = Pile {
                total,
                ..Pile::default()
            };
            (KindId(kind.to_owned()), pile)
        });
        Stands {
            piles: piles.collect(),
            ..Stands::default()
        }
    }

    /// Another day begins to be counted.
    pub fn morning(&mut self) {
        for pile in self.piles.values_mut() {
            pile.day = Day::default();
        }
    }

    /// One went out of a stand: never more than were clean.
    pub fn one_out(&mut self, kind: &KindId, things: &Things) -> Result<(), String> {
        let out = things.out_of(kind);
        let Some(pile) = self.piles.get_mut(kind) else {
            return Ok(());
        };
        pile.day.issued += 1;
        if pile.dirty + pile.washing + out > pile.total {
            return Err(format!(
                "a {kind} went out and none was clean: {pile:?}, {out} out"
            ));
        }
        if is_washed(kind) {
            self.seen.add(Seen::WashedOut);
        }
        Ok(())
    }

    /// One is back.
    pub fn one_back(&mut self, kind: &KindId) {
        let Some(pile) = self.piles.get_mut(kind) else {
            return;
        };
        pile.day.returned += 1;
        if is_washed(kind) {
            pile.dirty += 1;
            self.seen.add(Seen::WashedReturned);
        }
    }

    /// One that somebody had is lost, and belongs to the stand no more.
    pub fn one_lost(&mut self, kind: &KindId) {
        if let Some(pile) = self.piles.get_mut(kind) {
            pile.total -= 1;
        }
    }

    /// One that was lost is back, and belongs to the stand again.
    pub fn turns_up(&mut self, kind: &KindId) {
        if let Some(pile) = self.piles.get_mut(kind) {
            pile.total += 1;
        }
        self.one_back(kind);
    }

    /// So many move.
    pub fn wash(&mut self, kind: &KindId, how: WashMove, count: u32) {
        let Some(pile) = self.piles.get_mut(kind) else {
            return;
        };
        match how {
            WashMove::Sent => {
                pile.dirty -= count;
                pile.washing += count;
                pile.day.sent += count;
            }
            WashMove::Back => {
                pile.washing -= count;
                pile.day.back += count;
            }
            // What does not come back from the laundry, and then what is past washing.
            WashMove::WrittenOff => {
                let there = count.min(pile.washing);
                pile.washing -= there;
                pile.dirty -= count - there;
                pile.total -= count;
                pile.day.gone += count;
            }
        }
        self.seen.add(match how {
            WashMove::Sent => Seen::SentToLaundry,
            WashMove::Back => Seen::BackFromLaundry,
            WashMove::WrittenOff => Seen::WashWrittenOff,
        });
    }

    /// A stand as the books ought to have it.
    pub fn stand(&self, kind: &KindId, things: &Things) -> Option<Stand> {
        self.piles.get(kind).map(|pile| Stand {
            kind: kind.clone(),
            total: pile.total,
            out: things.out_of(kind),
            dirty: pile.dirty,
            washing: pile.washing,
        })
    }

    /// Whether there are as many to take as the screen says.
    pub fn differ_from(
        &self,
        lobby: &Lobby,
        things: &Things,
    ) -> Result<Option<String>, StoreError> {
        for stock in lobby.read().stock(&lobby.house.kinds, lobby.now)? {
            let Some(stand) = self.stand(&stock.kind, things) else {
                continue;
            };
            if stand.total != stand.out + stand.dirty + stand.washing + stock.free {
                return Ok(Some(format!("{stock:?} of {stand:?}")));
            }
        }
        Ok(None)
    }

    /// The same in the evening, with what moved all day.
    pub fn differ_in_the_evening(&self, facts: &Facts, things: &Things) -> Option<String> {
        for kind in self.piles.keys() {
            let books = facts.stands.iter().find(|stand| stand.kind == *kind);
            let own = self.stand(kind, things);
            if books != own.as_ref() {
                return Some(format!("the books have {books:?}, and the house {own:?}"));
            }
        }
        for (kind, pile) in &self.piles {
            let moves = [
                (WashMove::Sent, pile.day.sent),
                (WashMove::Back, pile.day.back),
                (WashMove::WrittenOff, pile.day.gone),
            ];
            for (how, count) in moves {
                let today = facts.lending.washes.iter();
                let books = today.filter(|(of, way, _)| of == kind && *way == how);
                let books: u32 = books.map(|(.., count)| count).sum();
                if books != count {
                    return Some(format!(
                        "{how:?} of {kind}: {books} in the books, {count} moved"
                    ));
                }
            }
        }
        None
    }
}

fn is_washed(kind: &KindId) -> bool {
    town::WASHED.contains(&kind.0.as_str())
}
