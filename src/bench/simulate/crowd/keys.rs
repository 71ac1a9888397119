//! A member of staff with a key: taking one, and bringing it back.

use super::typing;
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::world::World;
use crate::keys::Purpose;
use crate::keys::flow::{Stage, Touch as KeyTouch};
use crate::kiosk::Touch;

/// Does the next thing on a page of keys.
pub(super) fn act(
    stage: &Stage,
    hook: Option<&str>,
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &World,
) -> Result<bool, SimulateError> {
    let touch = match stage {
        Stage::Looking | Stage::TurningUp => return Ok(true),
        Stage::Choosing(keys) => {
            let wanted = keys.iter().find(|key| Some(key.hook.as_str()) == hook);
            let wanted = wanted.or_else(|| random.choice(keys));
            match wanted {
                Some(key) => KeyTouch::Key(key.id),
                None => return lobby.touch(Touch::Back).map(|()| true),
            }
        }
        Stage::AskingPurpose {
            only_emergency: true,
            ..
        } => KeyTouch::For(Purpose::Emergency),
        Stage::AskingPurpose { .. } => match random.u8(..8) {
            0 => KeyTouch::ForOrder,
            _ => KeyTouch::For(Purpose::Inspection),
        },
        Stage::TypingOrder(_) => return typing::whole(lobby, "2026"),
        Stage::ChoosingContractor { inside, .. } => match random.choice(inside) {
            Some(inside) if random.u8(..4) > 0 => KeyTouch::With(inside.person),
            _ => KeyTouch::WithAnother,
        },
        Stage::TypingContractor(_) => return typing::whole(lobby, "Far Mountain"),
        Stage::Confirming(_) => match random.u8(..8) {
            0 => KeyTouch::GoAlong,
            _ => KeyTouch::Confirm,
        },
        Stage::AwaitingSecond { .. } => {
            let keeper = world.staff.last().filter(|_| random.u8(..4) > 0);
            let other = &world.staff[random.usize(..world.staff.len())];
            return lobby.tap(keeper.unwrap_or(other).number).map(|()| true);
        }
        Stage::Returning { answers, .. } => {
            let open = answers.iter().position(Option::is_none);
            match open {
                Some(place) => {
                    let point = crate::keys::Point::ALL[place];
                    KeyTouch::Answer(point, random.u8(..100) < 97)
                }
                None => KeyTouch::Finish,
            }
        }
        Stage::Taken(_)
        | Stage::Returned(_)
        | Stage::TurnedUp(_)
        | Stage::Refused(_)
        | Stage::RefusedReturn(_) => {
            lobby.print(random)?;
            lobby.touch(Touch::End)?;
            return Ok(false);
        }
    };
    lobby.touch(Touch::Keys(touch)).map(|()| true)
}
