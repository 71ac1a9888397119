//! Newland: `~` SOH commands (hardware.md §6.2).

use super::family::{Command, Look, Refusal};
use super::settings::Mode;

const HEAD: [u8; 6] = [b'~', 0x01, b'0', b'0', b'0', b'0'];
const TAIL: [u8; 2] = [b';', 0x03];

const REPLY_HEAD: [u8; 2] = [0x02, 0x01];
const ACK: u8 = 0x06;
const ENQ: u8 = 0x05;
const NAK: u8 = 0x15;

/// Most bytes of a reply to one command; the longest here has 17.
const MOST: usize = 32;

/// The bytes of one command. `#` is forgotten when the power goes; `@` would wear the memory out,
/// one write each time the port is opened.
pub(super) fn message(command: Command, mode: Mode) -> Vec<u8> {
    let text: &[u8] = match (command, mode) {
        (Command::Start, _) => b"#SCNTRG1",
        (Command::Stop, _) => b"#SCNTRG0",
        (Command::SetUp, Mode::Commanded) => b"#SCNMOD0",
        (Command::SetUp, Mode::AutoSense) => b"#SCNMOD2",
    };
    [&HEAD, text, &TAIL].concat()
}

/// The command with another head, and a verdict before its tail.
pub(super) fn look(bytes: &[u8], awaited: Option<&[u8]>) -> Look {
    if !super::family::agree(bytes, &REPLY_HEAD) || bytes.len() > MOST {
        return Look::No;
    }
    let Some(body) = bytes.strip_suffix(&TAIL) else {
        // Only the tail and the verdict before it are control characters.
        return match bytes.get(REPLY_HEAD.len()..).unwrap_or_default() {
            [text @ .., last] if text.iter().all(|byte| (b' '..=b'~').contains(byte)) => match last
            {
                b'\r' | b'\n' => Look::No,
                _ => Look::Begun,
            },
            [text @ .., _, b';'] if text.iter().all(|byte| (b' '..=b'~').contains(byte)) => {
                Look::Begun
            }
            [] => Look::Begun,
            _ => Look::No,
        };
    };
    let Some((verdict, echo)) = body.split_last() else {
        return Look::No;
    };
    let sent = awaited.and_then(|sent| sent.strip_suffix(&TAIL));
    let is_echo = sent.is_some_and(|sent| sent.get(1..) == echo.get(1..));
    match verdict {
        _ if !is_echo => Look::Stray,
        &ACK => Look::Reply(Ok(())),
        &ENQ => Look::Reply(Err(Refusal::Unknown)),
        &NAK => Look::Reply(Err(Refusal::BadValue)),
        _ => Look::Spoilt,
    }
}
