//! Somebody who has a thing kept for them.

use super::super::SimulateError;
use super::super::lobby::Lobby;
use crate::kiosk::Touch;
use crate::kiosk::view::{MyPage, Reserving, Room};
use crate::lending::flow::Touch as LendingTouch;

/// The next touch on these pages.
pub fn act(
    page: &Reserving,
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
) -> Result<bool, SimulateError> {
    let is_free = |room: Room| matches!(room, Room::Free(_));
    let touch = match page {
        Reserving::Kinds(kinds) => random
            .choice(kinds)
            .map(|(kind, ..)| Touch::Kind(kind.clone())),
        Reserving::Days(_, days) => {
            let free: Vec<_> = days.iter().filter(|line| is_free(line.room)).collect();
            let day = random.choice(&free);
            day.map(|line| Touch::Lending(LendingTouch::Day(line.day)))
        }
        Reserving::Times(_, _, times) => {
            let free: Vec<_> = times.iter().filter(|line| is_free(line.room)).collect();
            let time = random.choice(&free);
            time.map(|line| Touch::Lending(LendingTouch::Slot(line.slot)))
        }
        Reserving::Kept(_) | Reserving::Cancelled(..) => Some(Touch::End),
    };
    lobby.touch(touch.unwrap_or(Touch::Back))?;
    Ok(!page.is_over())
}

/// What they do on their own page: what is kept and not wanted any more is given up, and something
/// else is asked for.
pub fn begin(page: &MyPage, random: &mut fastrand::Rng) -> Touch {
    let unwanted = random.choice(&page.kept).filter(|_| random.u8(..3) == 0);
    match unwanted {
        Some(line) => Touch::Lending(LendingTouch::Cancel(line.reservation)),
        None if page.reserves => Touch::Lending(LendingTouch::Reserve),
        None => Touch::End,
    }
}
