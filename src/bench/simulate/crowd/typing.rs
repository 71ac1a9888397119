//! Fingers on the keyboard of the screen, and on the pad.

use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::kiosk::Touch;
use crate::typing::{Mode, Press};

/// Types this, and says that it is whole.
pub(super) fn whole(lobby: &mut Lobby, text: &str) -> Result<bool, SimulateError> {
    some(lobby, text)?;
    lobby.touch(Touch::Enter).map(|()| true)
}

/// Takes back what stands in the field.
pub(super) fn wipe(lobby: &mut Lobby) -> Result<(), SimulateError> {
    let stands = |lobby: &Lobby| {
        lobby
            .view()
            .writing
            .is_some_and(|field| !field.text.is_empty())
    };
    while stands(lobby) {
        lobby.touch(Touch::Press(Press::Erase))?;
    }
    Ok(())
}

/// Types this, and no more.
pub(super) fn some(lobby: &mut Lobby, text: &str) -> Result<bool, SimulateError> {
    let mut mode = None;
    for char in text.chars() {
        // A page may have read enough, and be another one now.
        if lobby.view().writing.is_none() {
            break;
        }
        let wanted = match char.is_ascii_alphabetic() {
            true => Mode::English,
            false => Mode::Symbols,
        };
        if char == ' ' {
            lobby.touch(Touch::Press(Press::Space))?;
            continue;
        }
        if mode.replace(wanted) != Some(wanted) {
            lobby.touch(Touch::Press(Press::Mode(wanted)))?;
        }
        lobby.touch(Touch::Press(Press::Key(char)))?;
    }
    Ok(true)
}

/// Signs, and says that it is done.
pub(super) fn signature(lobby: &mut Lobby) -> Result<bool, SimulateError> {
    lobby.touch(Touch::Stroke(vec![(100, 100), (600, 200), (300, 260)]))?;
    lobby.touch(Touch::Enter).map(|()| true)
}
