//! Keys: each on its hook, with somebody, lost, found again, or broken on the keeper's table.

use super::Told;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::town;
use crate::keys::flow::Stage;
use crate::keys::{Awaits, KeyKind, KeyLoanId, KeyState, Point};
use crate::people::PersonId;
use crate::store::{Books, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// Where a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On its hook.
    Hook,
    /// With this person.
    With(PersonId),
    /// Nobody knows.
    Lost,
    /// Lost once, and on the keeper's table.
    Found,
    /// Not whole, on the keeper's table.
    Broken,
}

/// The keys of the house, by hook.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    /// Where each is.
    pub places: BTreeMap<String, Place>,
    for_two: BTreeSet<String>,
    undecided: BTreeSet<String>,
    hurt: BTreeSet<String>,
    told: BTreeSet<KeyLoanId>,
}

impl Hooks {
    /// Every key on its hook.
    pub fn hung() -> Self {
        let hooks = town::hooks();
        let for_two = hooks
            .iter()
            .filter(|(_, kind)| *kind != KeyKind::Ordinary)
            .map(|(hook, _)| hook.clone());
        Hooks {
            for_two: for_two.collect(),
            places: hooks
                .into_iter()
                .map(|(hook, _)| (hook, Place::Hook))
                .collect(),
            undecided: BTreeSet::new(),
            hurt: BTreeSet::new(),
            told: BTreeSet::new(),
        }
    }

    /// Takes in what a page of keys says.
    pub fn told(&mut self, lobby: &Lobby, stage: &Stage) -> Result<Told, String> {
        match stage {
            Stage::Taken(receipt) => {
                if !self.told.insert(receipt.loan) {
                    return Ok(Told::Nothing);
                }
                let hook = &receipt.hook;
                let Some(person) = lobby.stay.on_card else {
                    return Err(format!("the key of {hook} was given to nobody"));
                };
                // ● Two people are there for masters and sealed spares.
                let second = lobby.stay.second.filter(|second| *second != person);
                if self.for_two.contains(hook) && second.is_none() {
                    return Err(format!("the key of {hook} went out with one card"));
                }
                if receipt.due <= lobby.now {
                    return Err(format!("the key of {hook} was due before it went out"));
                }
                self.goes_out(hook, person)
            }
            Stage::Returned(receipt) => {
                let hook = &receipt.hook;
                let whole = !receipt.denied.contains(&Point::Whole);
                let held = matches!(self.places.get(hook), Some(Place::With(_)));
                let awaits = match whole {
                    true => self.awaits(hook),
                    false => Some(Awaits::Decision),
                };
                if held && receipt.awaits != awaits {
                    return Err(format!("the key of {hook} hangs again: {receipt:?}"));
                }
                Ok(self.comes_back(hook, !whole))
            }
            Stage::TurnedUp(hook) => self.turns_up(hook).map(|()| Told::Nothing),
            Stage::Refused(_) | Stage::RefusedReturn(_) => Ok(Told::Refused),
            _ => Ok(Told::Nothing),
        }
    }

    fn goes_out(&mut self, hook: &str, person: PersonId) -> Result<Told, String> {
        match self.places.insert(hook.to_owned(), Place::With(person)) {
            Some(Place::Hook) => Ok(Told::KeyOut),
            other => Err(format!("the key of {hook} went out while it was {other:?}")),
        }
    }

    /// A key comes back. Its page may stand until the next in line reads it once more.
    pub fn comes_back(&mut self, hook: &str, broken: bool) -> Told {
        let held = matches!(self.places.get(hook), Some(Place::With(_)));
        let was_hurt = held && self.hurt.remove(hook);
        let place = match broken || was_hurt {
            true => Place::Broken,
            false => Place::Hook,
        };
        match self.places.get_mut(hook) {
            Some(held @ Place::With(_)) => {
                *held = place;
                if broken {
                    self.undecided.insert(hook.to_owned());
                }
                Told::KeyBack
            }
            _ => Told::Nothing,
        }
    }

    /// Whoever has a key reports that it is broken.
    pub fn is_hurt(&mut self, hook: &str) {
        self.hurt.insert(hook.to_owned());
        self.undecided.insert(hook.to_owned());
    }

    /// Whether a report of it waits for the supervisor.
    pub fn is_reported(&self, hook: &str) -> bool {
        self.undecided.contains(hook)
    }

    /// What it waits for instead of hanging again when it comes back: it was reported broken since it
    /// went out.
    pub fn awaits(&self, hook: &str) -> Option<Awaits> {
        match (self.hurt.contains(hook), self.undecided.contains(hook)) {
            (false, _) => None,
            (true, true) => Some(Awaits::Decision),
            (true, false) => Some(Awaits::Keeper),
        }
    }

    /// A key is lost, and reported.
    pub fn is_lost(&mut self, hook: &str) {
        self.hurt.remove(hook);
        self.places.insert(hook.to_owned(), Place::Lost);
        self.undecided.insert(hook.to_owned());
    }

    /// A lost key is here again. Its page may stand until the next in line reads it once more.
    pub fn turns_up(&mut self, hook: &str) -> Result<(), String> {
        match self.places.get_mut(hook) {
            Some(place @ (Place::Lost | Place::Found)) => {
                *place = Place::Found;
                Ok(())
            }
            other => Err(format!(
                "the key of {hook} turned up while it was {other:?}"
            )),
        }
    }

    /// The supervisor has decided.
    pub fn is_decided(&mut self, hook: &str) {
        self.undecided.remove(hook);
    }

    /// Whether the keeper may hang it on its hook again: ● not before the supervisor has decided.
    pub fn may_hang(&self, hook: &str) -> bool {
        let waits = matches!(
            self.places.get(hook),
            Some(Place::Lost | Place::Found | Place::Broken)
        );
        waits && !self.undecided.contains(hook)
    }

    /// It hangs there again.
    pub fn hangs_again(&mut self, hook: &str) {
        self.places.insert(hook.to_owned(), Place::Hook);
    }

    /// Whether the books say something else; what, if so.
    pub fn differ_from(&self, books: &Books) -> Result<Option<String>, StoreError> {
        for line in books.hooks()? {
            let place = self.places.get(&line.key.hook);
            let holder = line.out.as_ref().map(|taking| taking.loan.holder);
            let agree = match (place, line.key.state) {
                (Some(Place::Hook), KeyState::OnHook) => holder.is_none(),
                (Some(Place::With(person)), KeyState::Out) => holder == Some(*person),
                (Some(Place::Lost), KeyState::Lost)
                | (Some(Place::Found), KeyState::TurnedUp)
                | (Some(Place::Broken), KeyState::Damaged) => true,
                _ => false,
            };
            if !agree {
                return Ok(Some(format!(
                    "the books say {:?} of {}, and the world {place:?}",
                    line.key.state, line.key.hook
                )));
            }
        }
        Ok(None)
    }
}
