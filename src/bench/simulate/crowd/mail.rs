//! Somebody who collects mail, by card or by the code in their notice.

use super::typing;
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::kiosk::Touch;
use crate::mail::flow::{Stage, Touch as MailTouch};

/// Does the next thing on a page of mail.
pub(super) fn act(
    stage: &Stage,
    card: Option<u64>,
    code: Option<&str>,
    random: &mut fastrand::Rng,
    lobby: &mut Lobby,
) -> Result<bool, SimulateError> {
    let touch = match stage {
        Stage::Looking { .. } => return Ok(true),
        Stage::Presenting { .. } => {
            return match (code, card) {
                (Some(code), _) => typing::whole(lobby, code),
                // A guess, as anybody may make one.
                (None, _) if random.u8(..4) == 0 => typing::whole(lobby, "123456"),
                (None, Some(card)) => lobby.tap(card).map(|()| true),
                (None, None) => lobby.touch(Touch::End).map(|()| true),
            };
        }
        Stage::Offered { offer, .. } => match random.choice(&offer.pieces) {
            Some(piece) if random.u8(..6) == 0 => MailTouch::Tick(piece.item),
            _ => MailTouch::Collect,
        },
        Stage::Signing { .. } => return typing::signature(lobby),
        Stage::WrongCode { .. } | Stage::Misread => MailTouch::Again,
        Stage::Deputies { .. } => match random.bool() {
            true => MailTouch::NewDeputy,
            false => return lobby.touch(Touch::Back).map(|()| true),
        },
        Stage::NamingDeputy { found, .. } => match random.choice(found) {
            Some(colleague) => MailTouch::Deputy(colleague.person),
            None if random.bool() => return typing::some(lobby, "Member2"),
            None => return lobby.touch(Touch::Back).map(|()| true),
        },
        Stage::ChoosingTerms { .. } => MailTouch::Give,
        Stage::Done(_)
        | Stage::CodesPaused { .. }
        | Stage::Refused(_)
        | Stage::DeputyRefused { .. } => {
            lobby.touch(Touch::End)?;
            return Ok(false);
        }
    };
    lobby.touch(Touch::Mail(touch)).map(|()| true)
}
