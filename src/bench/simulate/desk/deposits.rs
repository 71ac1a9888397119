//! Deposits at the desk: left for what was borrowed, given back with it, or kept where a part is missing.

use super::{Broken, lending, stopped};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::town;
use crate::bench::simulate::world::World;
use crate::desk::lending::{LendingDone, LendingOrder, LendingStop};
use crate::lending::money::MoneyRefusal;
use crate::lending::{Booking, LoanId};

/// What the house keeps of a deposit for each part that is missing, in fen.
const FOR_A_PART: u32 = 8_000;

/// Does one thing about deposits.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    match random.bool() {
        true => leave(random, lobby, world),
        false => settle(random, lobby, world),
    }
}

/// Whoever borrowed leaves what the house asks for.
fn leave(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let owed = world.things.out.values().filter_map(|held| {
        let fen = town::deposit_of(&held.kind);
        let is_owed = fen > 0 && !world.deposits.in_box.contains_key(&held.loan);
        is_owed.then_some((held.loan, fen))
    });
    let owed: Vec<(LoanId, u32)> = owed.collect();
    let Some((loan, fen)) = random.choice(&owed).copied() else {
        return Ok(None);
    };
    // Nothing was left yet, so that nothing goes back; and nothing is no amount.
    for (of, amount_fen, refusal) in [
        (
            Booking::DepositReturned,
            1,
            MoneyRefusal::MoreThanHeld { held_fen: 0 },
        ),
        (Booking::DepositTaken, 0, MoneyRefusal::Nothing),
    ] {
        if let Some(what) = stopped(
            lobby,
            book(loan, of, amount_fen),
            &LendingStop::Money(refusal),
        )? {
            return Ok(Some(what));
        }
    }
    match lending(lobby, book(loan, Booking::DepositTaken, fen))? {
        Ok(LendingDone::Booked) => {
            world.deposits.is_left(loan, fen);
            Ok(None)
        }
        other => Ok(Some(format!("a deposit is not taken: {other:?}"))),
    }
}

/// What came back is settled: the deposit goes back, but for what is missing.
fn settle(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let is_out = |loan: &LoanId| world.things.out.values().any(|held| held.loan == *loan);
    let to_settle = world
        .deposits
        .in_box
        .iter()
        .filter(|(loan, _)| !is_out(loan));
    let to_settle: Vec<(LoanId, u32)> = to_settle.map(|(loan, fen)| (*loan, *fen)).collect();
    let Some((loan, held_fen)) = random.choice(&to_settle).copied() else {
        return Ok(None);
    };
    // ● Never more than was left.
    for of in [Booking::DepositReturned, Booking::DepositKept] {
        let stop = LendingStop::Money(MoneyRefusal::MoreThanHeld { held_fen });
        if let Some(what) = stopped(lobby, book(loan, of, held_fen + 1), &stop)? {
            return Ok(Some(what));
        }
    }
    let heard = world.sets.heard.get(&loan);
    let missing = heard.map_or(0, |heard| heard.missing().len());
    let missing = u32::try_from(missing).unwrap_or(u32::MAX);
    let kept = match world.lost.is_lost(loan) {
        true => held_fen,
        false => missing.saturating_mul(FOR_A_PART).min(held_fen),
    };
    if kept > 0 {
        match lending(lobby, book(loan, Booking::DepositKept, kept))? {
            Ok(LendingDone::Booked) => world.deposits.is_kept(loan, kept),
            other => return Ok(Some(format!("nothing is kept of a deposit: {other:?}"))),
        }
    }
    let back = held_fen - kept;
    if back == 0 {
        return Ok(None);
    }
    match lending(lobby, book(loan, Booking::DepositReturned, back))? {
        Ok(LendingDone::Booked) => {
            world.deposits.goes_back(loan, back);
            Ok(None)
        }
        other => Ok(Some(format!("a deposit does not go back: {other:?}"))),
    }
}

fn book(loan: LoanId, of: Booking, amount_fen: u32) -> LendingOrder {
    LendingOrder::Book {
        loan,
        of,
        amount_fen,
    }
}
