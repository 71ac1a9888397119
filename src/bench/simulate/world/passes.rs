//! Temporary cards: each in the box at the desk, in a visitor's pocket, or gone for good.

use super::visits::Visits;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::{Seen, Tally};
use crate::matters::Cause;
use crate::people::PersonId;
use crate::store::{Books, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// How many there are.
const CARDS: u64 = 14;

/// The number of the first of them.
const FIRST: u64 = 0x01_00E0_0000;

/// A temporary card in somebody's pocket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// The number of the visit it went out with.
    pub visit: String,
    /// Whose pocket.
    pub visitor: PersonId,
}

/// The temporary cards of the house.
#[derive(Clone, Debug, Default)]
pub struct Passes {
    /// Those in the box.
    pub in_box: BTreeSet<u64>,
    /// Those in pockets, by the number of the card.
    pub out: BTreeMap<u64, Pass>,
    /// Those that nobody will bring any more.
    pub gone: BTreeSet<u64>,
    /// What was seen.
    pub seen: Tally,
}

impl Passes {
    /// All of them in the box.
    pub fn in_the_box() -> Self {
        Passes {
            in_box: (FIRST..FIRST + CARDS).collect(),
            ..Passes::default()
        }
    }

    /// The card that went out with this visit.
    pub fn of_visit(&self, number: &str) -> Option<u64> {
        let mut out = self.out.iter();
        out.find(|(_, pass)| pass.visit == number)
            .map(|(card, _)| *card)
    }

    /// The cards that open something: of those who are inside.
    pub fn that_open(&self, visits: &Visits) -> BTreeMap<u64, PersonId> {
        let inside = |pass: &Pass| visits.inside.contains_key(&pass.visit);
        let open = self.out.iter().filter(|(_, pass)| inside(pass));
        open.map(|(card, pass)| (*card, pass.visitor)).collect()
    }

    /// One goes out with a visit.
    pub fn goes_out(&mut self, card: u64, pass: Pass) {
        self.in_box.remove(&card);
        self.out.insert(card, pass);
        self.seen.add(Seen::PassOut);
    }

    /// One is in the box again.
    pub fn comes_back(&mut self, card: u64) {
        self.out.remove(&card);
        self.in_box.insert(card);
        self.seen.add(Seen::PassBack);
    }

    /// One never comes back.
    pub fn is_gone(&mut self, card: u64) {
        self.out.remove(&card);
        self.gone.insert(card);
        self.seen.add(Seen::PassGone);
    }

    /// ○ The cards that the books say are out are those in pockets, and each that outlived its visit
    /// has a matter of its own.
    pub fn differ_from(
        &self,
        lobby: &Lobby,
        visits: &Visits,
    ) -> Result<Option<String>, StoreError> {
        let books = lobby.read();
        let mut out = BTreeSet::new();
        let mut late = BTreeSet::new();
        for card in books.cards_out()? {
            let number = number_of(books, card.visit)?;
            if card.is_overdue {
                late.insert(card.visit.0);
            }
            out.insert((number, card.is_overdue));
        }
        let own: BTreeSet<_> = self
            .out
            .values()
            .map(|pass| (pass.visit.clone(), !visits.inside.contains_key(&pass.visit)))
            .collect();
        if out != own {
            let what = format!("the books say that cards are out with {out:?}, pockets {own:?}");
            return Ok(Some(what));
        }
        let matters = books.open_matters()?.into_iter();
        let open: BTreeSet<_> = matters
            .filter(|matter| matter.cause == Cause::VisitorCardOut)
            .map(|matter| matter.about)
            .collect();
        Ok((open != late).then(|| format!("cards not back of {late:?}, and matters of {open:?}")))
    }
}

fn number_of(books: &Books, visit: crate::visits::VisitId) -> Result<String, StoreError> {
    let number = books.visit(visit)?.and_then(|visit| visit.number);
    Ok(number.map(|number| number.to_string()).unwrap_or_default())
}
