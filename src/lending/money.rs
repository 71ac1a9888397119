//! Deposits, damage and loss: entries with amounts. Nothing is ever deleted; a mistake is another
//! entry.

use super::LoanId;
use crate::ids::id;
use serde::{Deserialize, Serialize};

id!(
    /// One entry with an amount.
    BookingId
);

/// What an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Booking {
    /// A deposit 押金 was left at the desk.
    DepositTaken,
    /// It was given back, or a part of it.
    DepositReturned,
    /// It stays with the house, or a part of it.
    DepositKept,
    /// Damage was charged.
    Damage,
    /// A loss was charged.
    Loss,
}

impl Booking {
    /// All of them, in the order in which the desk offers them.
    pub const ALL: [Booking; 5] = [
        Booking::DepositTaken,
        Booking::DepositReturned,
        Booking::DepositKept,
        Booking::Damage,
        Booking::Loss,
    ];
}

/// An amount entered about a loan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// About which loan.
    pub loan: LoanId,
    /// What for.
    pub of: Booking,
    /// How much, in fen (1/100 yuan).
    pub amount_fen: u32,
}

/// Why an amount is not entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyRefusal {
    /// There is no such loan.
    Unknown,
    /// An entry has an amount.
    Nothing,
    /// More than is held of this loan's deposit.
    MoreThanHeld {
        /// What is held, in fen.
        held_fen: u32,
    },
}

/// Yuan as a decimal, `50` or `50.5`, in fen; nothing where it is no amount or has more than two places.
pub fn fen(decimal: &str) -> Option<u32> {
    let (whole, places) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || places.len() > 2 || !digits(whole) || !digits(places) {
        return None;
    }
    format!("{whole}{places:0<2}").parse().ok()
}

/// What the house holds of a loan's deposit, in fen. In whatever order the entries come: two of the
/// same moment have none.
pub fn held(entries: &[Money]) -> u32 {
    let sum = |wanted: fn(Booking) -> bool| {
        let entries = entries.iter().filter(|entry| wanted(entry.of));
        entries.fold(0u32, |sum, entry| sum.saturating_add(entry.amount_fen))
    };
    let taken = sum(|of| of == Booking::DepositTaken);
    let gone = sum(|of| matches!(of, Booking::DepositReturned | Booking::DepositKept));
    taken.saturating_sub(gone)
}

/// The same; nothing where no deposit was ever taken.
pub fn held_of_taken(entries: &[Money]) -> Option<u32> {
    let taken = entries
        .iter()
        .any(|entry| entry.of == Booking::DepositTaken);
    taken.then(|| held(entries))
}

/// Whether an amount may be entered beside what stands about this loan.
pub fn may_book(entries: &[Money], of: Booking, amount_fen: u32) -> Result<(), MoneyRefusal> {
    let held_fen = held(entries);
    match of {
        _ if amount_fen == 0 => Err(MoneyRefusal::Nothing),
        Booking::DepositReturned | Booking::DepositKept if amount_fen > held_fen => {
            Err(MoneyRefusal::MoreThanHeld { held_fen })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(of: Booking, amount_fen: u32) -> Money {
        let loan = LoanId(uuid::Uuid::nil());
        Money {
            loan,
            of,
            amount_fen,
        }
    }

    #[test]
    fn no_more_of_a_deposit_goes_out_than_came_in() {
        let mut entries = Vec::new();
        let refused = may_book(&entries, Booking::DepositReturned, 1);
        assert_eq!(refused, Err(MoneyRefusal::MoreThanHeld { held_fen: 0 }));
        entries.push(entry(Booking::DepositTaken, 5_000));
        entries.push(entry(Booking::DepositKept, 2_000));
        entries.push(entry(Booking::Damage, 9_000));
        assert_eq!(held(&entries), 3_000);
        assert_eq!(may_book(&entries, Booking::DepositReturned, 3_000), Ok(()));
        let refused = may_book(&entries, Booking::DepositKept, 3_001);
        assert_eq!(refused, Err(MoneyRefusal::MoreThanHeld { held_fen: 3_000 }));
    }

    #[test]
    fn what_is_held_does_not_depend_on_the_order_of_one_moment() {
        let back = entry(Booking::DepositReturned, 5_000);
        let taken = entry(Booking::DepositTaken, 5_000);
        assert_eq!(held(&[back, taken]), 0);
        assert_eq!(held(&[taken, back]), 0);
    }

    #[test]
    fn an_entry_has_an_amount() {
        for of in Booking::ALL {
            assert_eq!(may_book(&[], of, 0), Err(MoneyRefusal::Nothing));
        }
    }
}
