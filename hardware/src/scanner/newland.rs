//! Newland: `~` SOH commands (hardware.md §6.2).

use super::family::{Command, Look, Refusal, agree};
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
    if !agree(bytes, &REPLY_HEAD) || bytes.len() > MOST {
        return Look::No;
    }
    let Some((echo, verdict)) = bytes.strip_suffix(&TAIL).and_then(split_last) else {
        return if may_go_on(bytes.get(REPLY_HEAD.len()..).unwrap_or_default()) {
            Look::Begun
        } else {
            Look::No
        };
    };
    let sent = awaited.and_then(|sent| sent.strip_suffix(&TAIL));
    if sent.and_then(|sent| sent.get(1..)) != echo.get(1..) {
        return Look::Stray;
    }
    match verdict {
        ACK => Look::Reply(Ok(())),
        ENQ => Look::Reply(Err(Refusal::Unknown)),
        NAK => Look::Reply(Err(Refusal::BadValue)),
        _ => Look::Spoilt,
    }
}

fn split_last(bytes: &[u8]) -> Option<(&[u8], u8)> {
    bytes.split_last().map(|(last, rest)| (rest, *last))
}

/// Whether this can stand behind the head of a reply whose tail is not complete: printable text, and
/// at its end perhaps the verdict, or the verdict and the first byte of the tail.
fn may_go_on(body: &[u8]) -> bool {
    let is_text = |text: &[u8]| text.iter().all(|byte| (b' '..=b'~').contains(byte));
    match body {
        [.., b'\r' | b'\n'] => false,
        [text @ .., _, b';'] if is_text(text) => true,
        [text @ .., _] => is_text(text),
        [] => true,
    }
}
