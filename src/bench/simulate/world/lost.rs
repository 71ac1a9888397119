//! What went out and was lost: nobody knows where it is, until somebody finds it.

use super::things::Held;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::{Seen, Tally};
use crate::lending::LoanId;
use crate::matters::Cause;
use crate::store::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Lost things, and what is owed for those that were found again.
#[derive(Clone, Debug, Default)]
pub struct Lost {
    /// By the number of the slip, with whether the loss was charged.
    things: BTreeMap<String, (Held, bool)>,
    /// Loans whose thing turned up after somebody had been charged for it: that is still to be settled.
    charged: BTreeSet<LoanId>,
    /// What was seen.
    pub seen: Tally,
}

impl Lost {
    /// Somebody says at the desk that it will not come back.
    pub fn is_written_off(&mut self, number: &str, held: Held, is_charged: bool) {
        self.things.insert(number.to_owned(), (held, is_charged));
        self.seen.add(Seen::ThingLost);
    }

    /// One that may be found, by its number.
    pub fn any(&self, random: &mut fastrand::Rng) -> Option<(String, Held)> {
        let lost: Vec<_> = self.things.iter().collect();
        let (number, (held, _)) = random.choice(&lost)?;
        Some(((*number).clone(), held.clone()))
    }

    /// It is here again.
    pub fn turns_up(&mut self, number: &str) -> Option<Held> {
        let (held, is_charged) = self.things.remove(number)?;
        if is_charged {
            self.charged.insert(held.loan);
        }
        self.seen.add(Seen::ThingTurnedUp);
        Some(held)
    }

    /// Whether this loan ended because its thing was lost.
    pub fn is_lost(&self, loan: LoanId) -> bool {
        self.things.values().any(|(held, _)| held.loan == loan)
    }

    /// ● A loss is somebody's matter until it is over: what is lost, and what was paid for and is here.
    pub fn differ_from(&self, lobby: &Lobby) -> Result<Option<String>, StoreError> {
        let matters = lobby.read().open_matters()?.into_iter();
        let matters = matters.filter(|matter| matter.cause == Cause::ThingLost);
        let books: BTreeSet<Uuid> = matters.map(|matter| matter.about).collect();
        let lost = self.things.values().map(|(held, _)| held.loan);
        let own = lost.chain(self.charged.iter().copied());
        let own: BTreeSet<Uuid> = own.map(|loan| loan.0).collect();
        Ok((books != own).then(|| format!("lost: {own:?}, and matters of {books:?}")))
    }
}
