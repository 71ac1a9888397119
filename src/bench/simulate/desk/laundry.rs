//! Helmets and shoe covers: by the bag to the laundry and back, counted, and the sheet of the day.

use super::{Broken, jobs, lending, paper_since, stopped};
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::Seen;
use crate::bench::simulate::town;
use crate::bench::simulate::world::World;
use crate::desk::event::{Order, Outcome, Refusal};
use crate::desk::lending::{LendingDone, LendingOrder, LendingStop};
use crate::lending::{CountRefusal, KindId, WashMove, WashRefusal};
use crate::slips::Line;

/// A stand that has become smaller than this is filled up again.
const FEW: u32 = 8;

/// Does one thing about the laundry.
pub(super) fn act(
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let kind = KindId(town::WASHED[random.usize(..town::WASHED.len())].to_owned());
    match random.u8(..16) {
        0 => sheet(lobby, world),
        1 => count(&kind, random, lobby, world),
        2 => wash(&kind, WashMove::WrittenOff, random, lobby, world),
        3..9 => wash(&kind, WashMove::Sent, random, lobby, world),
        _ => wash(&kind, WashMove::Back, random, lobby, world),
    }
}

/// Some move; never more than are there.
fn wash(
    kind: &KindId,
    how: WashMove,
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let Some(pile) = world.stands.piles.get(kind) else {
        return Ok(None);
    };
    let there = match how {
        WashMove::Sent => pile.dirty,
        WashMove::Back => pile.washing,
        WashMove::WrittenOff => (pile.dirty + pile.washing).min(pile.total),
    };
    let most = match how {
        WashMove::WrittenOff => 2,
        WashMove::Sent | WashMove::Back => there + 1,
    };
    let count = random.u32(0..=most);
    let order = LendingOrder::Wash {
        kind: kind.clone(),
        how,
        count,
    };
    let refusal = match count {
        0 => Some(WashRefusal::Nothing),
        _ if count > there => Some(WashRefusal::MoreThanThere { there }),
        _ => None,
    };
    if let Some(refusal) = refusal {
        return stopped(lobby, order, &LendingStop::Wash(refusal));
    }
    world.stands.wash(kind, how, count);
    let expected = world.stands.stand(kind, &world.things);
    match lending(lobby, order)? {
        Ok(LendingDone::Washed(stand)) if Some(&stand) == expected.as_ref() => Ok(None),
        other => Ok(Some(format!(
            "{how:?} {count}: {other:?}, and the house {expected:?}"
        ))),
    }
}

/// Somebody counts a stand: never fewer than are away, and new ones are bought where few are left.
fn count(
    kind: &KindId,
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &mut World,
) -> Result<Broken, SimulateError> {
    let Some(stand) = world.stands.stand(kind, &world.things) else {
        return Ok(None);
    };
    let away = stand.away();
    let total = match (random.u8(..3), stand.total < FEW) {
        (0, _) if away > 0 => random.u32(..away),
        (_, true) => FEW.max(away) + random.u32(1..=FEW),
        _ => stand.total.max(away),
    };
    let order = Order::CountStand {
        kind: kind.clone(),
        total,
    };
    let supervisor = lobby.town.supervisor;
    let counted = lobby.order(supervisor, &order)?;
    let refusal = Refusal::Lending(LendingStop::Count(CountRefusal::FewerThanAway(stand)));
    match counted {
        Err(told) if total < away && told == refusal => Ok(None),
        Ok(Outcome::Counted(..)) if total >= away => {
            if let Some(pile) = world.stands.piles.get_mut(kind) {
                pile.total = total;
            }
            Ok(None)
        }
        other => Ok(Some(format!(
            "{total} {kind} counted, {away} away: {other:?}"
        ))),
    }
}

/// ● The sheet of the day says what moved and where all of it is; the counts add up.
fn sheet(lobby: &mut Lobby, world: &mut World) -> Result<Broken, SimulateError> {
    let before = jobs(lobby)?;
    match lending(lobby, LendingOrder::PrintWashSheet)? {
        Ok(LendingDone::WashSheetPrinting) => {}
        other => return Ok(Some(format!("no sheet of the laundry: {other:?}"))),
    }
    let Some(sheet) = paper_since(lobby, &before)? else {
        return Ok(Some("the sheet of the laundry does not print".to_owned()));
    };
    let printed: Vec<u32> = sheet
        .iter()
        .filter_map(|line| match line {
            Line::Pair { value, .. } => value.parse().ok(),
            _ => None,
        })
        .collect();
    let mut own = Vec::new();
    for (kind, pile) in &world.stands.piles {
        let Some(stand) = world.stands.stand(kind, &world.things) else {
            continue;
        };
        if town::WASHED.contains(&kind.0.as_str()) {
            let day = pile.day;
            own.extend([day.issued, day.returned, day.sent, day.back, day.gone]);
            let clean = stand.total - stand.away();
            own.extend([clean, stand.out, stand.dirty, stand.washing, stand.total]);
        }
    }
    world.stands.seen.add(Seen::WashSheet);
    Ok((printed != own).then(|| format!("the sheet says {printed:?}, and the house {own:?}")))
}
