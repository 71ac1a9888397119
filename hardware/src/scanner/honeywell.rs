//! Honeywell, HHP and Datalogic: SYN commands (hardware.md §6.2).
//!
//! Trigger commands get no reply; menu commands get their text back, with a verdict behind it.

use super::family::{Command, Look, Refusal, agree};
use super::settings::Mode;

const SYN: u8 = 0x16;
const MENU: [u8; 3] = [SYN, b'M', b'\r'];
/// Ends a menu command that is forgotten when the power goes; `.` would keep it.
const TEMPORARY: u8 = b'!';

const ACK: u8 = 0x06;
const ENQ: u8 = 0x05;
const NAK: u8 = 0x15;

/// The bytes of one command.
pub(super) fn message(command: Command, mode: Mode) -> Vec<u8> {
    let text = match (command, mode) {
        (Command::Start, _) => return vec![SYN, b'T', b'\r'],
        (Command::Stop, _) => return vec![SYN, b'U', b'\r'],
        (Command::SetUp, Mode::Commanded) => b"TRGMOD0",
        (Command::SetUp, Mode::AutoSense) => b"TRGMOD3",
    };
    [&MENU, &text[..], &[TEMPORARY]].concat()
}

/// What may stand behind a reply: the end of the command once more. Not all makers send it.
pub(super) const REPLY_TAIL: u8 = TEMPORARY;

/// The text of the command and a verdict.
///
/// The text could begin a code as well. So it is only looked for while a reply is awaited. In that
/// second a code is lost that is exactly its beginning without an end mark, or the whole of it with
/// something behind: that is a damaged reply much sooner.
pub(super) fn look(bytes: &[u8], awaited: Option<&[u8]>) -> Look {
    let text = awaited
        .and_then(|sent| sent.strip_prefix(&MENU))
        .and_then(|menu| menu.strip_suffix(&[TEMPORARY]));
    let Some(text) = text.filter(|text| agree(bytes, text)) else {
        return Look::No;
    };
    match bytes.get(text.len()) {
        None => Look::Begun,
        Some(&ACK) => Look::Reply(Ok(())),
        Some(&ENQ) => Look::Reply(Err(Refusal::Unknown)),
        Some(&NAK) => Look::Reply(Err(Refusal::BadValue)),
        Some(b'\r' | b'\n') => Look::No,
        Some(_) => Look::Spoilt,
    }
}
