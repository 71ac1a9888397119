//! Deposits: coins in the box at the desk, each for one loan, and what the house has kept.

use crate::bench::simulate::tally::{Seen, Tally};
use crate::desk::facts::Facts;
use crate::lending::LoanId;
use std::collections::BTreeMap;

/// The money of the box, in fen.
#[derive(Clone, Debug, Default)]
pub struct Deposits {
    /// What lies there, and for which loan.
    pub in_box: BTreeMap<LoanId, u32>,
    /// All that was ever left.
    taken_fen: u64,
    /// All that went back.
    returned_fen: u64,
    /// All that the house kept.
    kept_fen: u64,
    /// What was seen.
    pub seen: Tally,
}

impl Deposits {
    /// Somebody leaves a deposit.
    pub fn is_left(&mut self, loan: LoanId, fen: u32) {
        *self.in_box.entry(loan).or_default() += fen;
        self.taken_fen += u64::from(fen);
        self.seen.add(Seen::DepositTaken);
    }

    /// Something of it goes back.
    pub fn goes_back(&mut self, loan: LoanId, fen: u32) {
        self.is_taken_out(loan, fen);
        self.returned_fen += u64::from(fen);
        self.seen.add(Seen::DepositReturned);
    }

    /// Something of it stays with the house, and leaves the box all the same.
    pub fn is_kept(&mut self, loan: LoanId, fen: u32) {
        self.is_taken_out(loan, fen);
        self.kept_fen += u64::from(fen);
        self.seen.add(Seen::DepositKept);
    }

    fn is_taken_out(&mut self, loan: LoanId, fen: u32) {
        if let Some(held) = self.in_box.get_mut(&loan) {
            *held -= fen;
        }
        self.in_box.retain(|_, held| *held > 0);
    }

    /// What is held per the books is what lies in the box, loan by loan; and none was ever lost.
    pub fn differ_from(&self, facts: &Facts) -> Option<String> {
        let books: BTreeMap<LoanId, u32> = facts
            .lending
            .deposits
            .iter()
            .map(|fact| (fact.loan.id, fact.held_fen.unwrap_or_default()))
            .collect();
        if books != self.in_box {
            return Some(format!(
                "the books hold {books:?}, and the box {:?}",
                self.in_box
            ));
        }
        let held: u64 = books.values().map(|fen| u64::from(*fen)).sum();
        let accounted = self.returned_fen + self.kept_fen + held;
        (accounted != self.taken_fen).then(|| format!("the box does not add up: {self:?}"))
    }
}
