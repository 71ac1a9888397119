//! Mail: each piece on its shelf, on a round, set aside on its way back, or gone.

use super::Told;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::{Seen, Tally};
use crate::bench::simulate::town::Town;
use crate::mail::flow::Stage;
use crate::mail::{Addressee, MailId, MailKind, MailState, PickUpId, Piece};
use crate::people::{PersonId, TenantId};
use crate::store::{Books, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// Where a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// On its shelf.
    Shelf,
    /// With whoever goes round.
    Round,
    /// On its way back or on, or nobody's.
    Aside,
    /// With somebody, or with the post office.
    Gone,
}

/// A piece of mail.
#[derive(Clone, Debug)]
pub struct Letter {
    /// For whom.
    pub to: Addressee,
    /// The digits of the code in its notice.
    pub code: String,
    /// Where it is.
    pub lies: Lies,
    /// How far it is on its way back or on.
    pub back: Option<Back>,
}

/// A piece that is to go back or on.
#[derive(Clone, Debug)]
pub struct Back {
    /// Who asked for it.
    pub asked_by: PersonId,
    /// Where it goes on to; to its sender where none.
    pub address: Option<String>,
    /// Whether it was checked or approved.
    pub is_allowed: bool,
    /// Whether its slip was printed.
    pub is_printed: bool,
}

/// All mail of the house.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// Every piece that ever came.
    pub letters: BTreeMap<MailId, Letter>,
    /// Whose signature each company accepts.
    pub signatories: BTreeMap<TenantId, BTreeSet<PersonId>>,
    /// What was seen of it.
    pub seen: Tally,
    told: BTreeSet<PickUpId>,
    /// Pieces that are gone in the books too: what has left never comes back.
    settled: BTreeSet<MailId>,
}

impl Post {
    /// No mail yet, and the first of each company signs for it.
    pub fn none(town: &Town) -> Self {
        let companies = town.companies.iter();
        let signs = companies.filter_map(|tenant| {
            let first = town.cards_of(*tenant).first()?;
            Some((*tenant, BTreeSet::from([first.person])))
        });
        Post {
            signatories: signs.collect(),
            ..Post::default()
        }
    }

    /// Takes in what a page of mail says.
    pub fn told(&mut self, lobby: &Lobby, stage: &Stage) -> Result<Told, String> {
        match stage {
            Stage::Done(receipt) if self.told.insert(receipt.id) => {
                for piece in &receipt.pieces {
                    self.is_taken(lobby, piece)?;
                }
                Ok(Told::MailOut(receipt.pieces.len()))
            }
            Stage::Refused(_) | Stage::CodesPaused { .. } | Stage::WrongCode { .. } => {
                Ok(Told::Refused)
            }
            _ => Ok(Told::Nothing),
        }
    }

    fn is_taken(&mut self, lobby: &Lobby, piece: &Piece) -> Result<(), String> {
        let id = piece.item;
        let Some(letter) = self.letters.get(&id) else {
            return Err(format!("{id} was handed out and never came"));
        };
        if letter.lies != Lies::Shelf {
            return Err(format!(
                "{id} was handed out while it was {:?}",
                letter.lies
            ));
        }
        // ● What needs a signature goes with one.
        if piece.kind.needs_signature() && !lobby.stay.signed {
            return Err(format!("{id} was handed out without a signature"));
        }
        let to = letter.to;
        let is_theirs = match to {
            Addressee::Person(person) => self.may_take(lobby, to, person),
            Addressee::Tenant(company) => self.may_take_for(lobby, company, piece.kind),
        };
        if !is_theirs {
            return Err(format!("{id} was handed to somebody else"));
        }
        if let Addressee::Tenant(_) = to {
            self.seen.add(match piece.kind.needs_signature() {
                true => Seen::SignedForCompany,
                false => Seen::MailOfCompany,
            });
        }
        self.moves(id, Lies::Gone);
        Ok(())
    }

    /// ● What binds a company goes only to somebody whose signature it accepts; its other mail to any of
    /// its people, or to whoever has a code of it.
    fn may_take_for(&self, lobby: &Lobby, company: TenantId, kind: MailKind) -> bool {
        let stay = &lobby.stay;
        let signs = |person| self.signatories[&company].contains(&person);
        if stay.on_card.is_some_and(signs) {
            return true;
        }
        let is_of_it = |person| lobby.town.company_of(person) == Some(company);
        let by_code = || self.shows_a_code(lobby, Addressee::Tenant(company));
        !kind.needs_signature() && (stay.on_card.is_some_and(is_of_it) || by_code())
    }

    fn shows_a_code(&self, lobby: &Lobby, to: Addressee) -> bool {
        let mut theirs = self.letters.values().filter(|letter| letter.to == to);
        theirs.any(|letter| lobby.stay.shows(&letter.code))
    }

    /// ● Mail goes to its addressee, to whoever may collect for them, or to whoever has a code of
    /// theirs.
    fn may_take(&self, lobby: &Lobby, to: Addressee, person: PersonId) -> bool {
        let stay = &lobby.stay;
        stay.on_card == Some(person)
            || self.shows_a_code(lobby, to)
            || stay.collects_for.contains(&person)
    }

    /// How far a piece is that is to go back or on.
    pub fn back(&mut self, id: MailId) -> Option<&mut Back> {
        self.letters.get_mut(&id)?.back.as_mut()
    }

    /// A piece is somewhere else now.
    pub fn moves(&mut self, id: MailId, to: Lies) {
        if let Some(letter) = self.letters.get_mut(&id) {
            letter.lies = to;
            if to == Lies::Shelf {
                letter.back = None;
            }
        }
    }

    /// Whether the books say something else; what, if so.
    pub fn differs_from(&mut self, books: &Books) -> Result<Option<String>, StoreError> {
        for (id, letter) in &self.letters {
            if self.settled.contains(id) {
                continue;
            }
            let item = books.mail_item(*id)?;
            let state = item.map(|item| item.state);
            let lies = state.map(|state| match state {
                MailState::Waiting => Lies::Shelf,
                MailState::OutOnRound => Lies::Round,
                MailState::ReturnAsked
                | MailState::ReturnAllowed
                | MailState::ReturnPrinted
                | MailState::DeadLetter => Lies::Aside,
                MailState::Collected | MailState::Delivered | MailState::HandedToPost => Lies::Gone,
            });
            if lies != Some(letter.lies) {
                return Ok(Some(format!(
                    "the books say {state:?} of {id}, and the world {:?}",
                    letter.lies
                )));
            }
            if letter.lies == Lies::Gone {
                self.settled.insert(*id);
            }
        }
        Ok(None)
    }
}
