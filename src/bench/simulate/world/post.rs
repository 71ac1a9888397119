//! Mail: each piece on its shelf, on a round, set aside on its way back, or gone.

use super::Told;
use crate::bench::simulate::lobby::Lobby;
use crate::mail::flow::Stage;
use crate::mail::{MailId, MailState, PickUpId, Piece};
use crate::people::PersonId;
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
    pub to: PersonId,
    /// The digits of the code in its notice.
    pub code: String,
    /// Where it is.
    pub lies: Lies,
}

/// All mail of the house.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// Every piece that ever came.
    pub letters: BTreeMap<MailId, Letter>,
    told: BTreeSet<PickUpId>,
    /// Pieces that are gone in the books too: what has left never comes back.
    settled: BTreeSet<MailId>,
}

impl Post {
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
        if !self.may_take(lobby, letter.to) {
            return Err(format!("{id} was handed to somebody else"));
        }
        self.moves(id, Lies::Gone);
        Ok(())
    }

    /// ● Mail goes to its addressee, to whoever may collect for them, or to whoever has a code of
    /// theirs.
    fn may_take(&self, lobby: &Lobby, to: PersonId) -> bool {
        let stay = &lobby.stay;
        if stay.on_card == Some(to) {
            return true;
        }
        let mut theirs = self.letters.values().filter(|letter| letter.to == to);
        if theirs.any(|letter| stay.shows(&letter.code)) {
            return true;
        }
        stay.collects_for.contains(&to)
    }

    /// A piece is somewhere else now.
    pub fn moves(&mut self, id: MailId, to: Lies) {
        if let Some(letter) = self.letters.get_mut(&id) {
            letter.lies = to;
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
