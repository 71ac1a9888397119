//! Somebody who brings back what is asked about.

use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::world::World;
use crate::kiosk::Touch;
use crate::kiosk::view::Asking;
use crate::lending::Question;
use crate::lending::flow::Touch::{Said, Say};

/// Says yes or no to the next question of a return, or walks away from all of them. Nobody says that a
/// part is there which is not.
pub(super) fn answer(
    page: &Asking,
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
    world: &World,
) -> Result<bool, SimulateError> {
    let open = page.points.iter().find(|point| point.yes.is_none());
    let touch = match open.map(|point| point.question) {
        Some(question @ Question::Part(part)) => {
            let tag = page.thing.label.as_ref().map(|label| format!("PC-{label}"));
            let is_here = tag.is_some_and(|tag| world.sets.is_with(&tag, part));
            Say(question, is_here && random.u8(..100) < 85)
        }
        Some(question) => Say(question, random.u8(..100) < 85),
        None => Said,
    };
    lobby.touch(Touch::Lending(touch)).map(|()| true)
}
