//! Requests as a module hears them (hardware.md §4.1).

use std::time::Duration;

use crate::reader::samv::{Command, Outcome, PREAMBLE};

/// No request's length says more than this.
const LONGEST: usize = 16;

/// Takes the first whole request, or why it is none; `None` while there is none yet.
pub(super) fn first(incoming: &mut Vec<u8>) -> Option<Result<Command, Outcome>> {
    let begins = |seen: &[u8]| seen.iter().zip(PREAMBLE).all(|(seen, mark)| *seen == mark);
    while !begins(incoming) {
        incoming.remove(0);
    }
    let [_, _, _, _, _, high, low, ..] = incoming[..] else {
        return None;
    };
    let length = usize::from(u16::from_be_bytes([high, low]));
    if !(3..=LONGEST).contains(&length) {
        incoming.clear();
        return Some(Err(Outcome::RequestLength));
    }
    let end = PREAMBLE.len() + 2 + length;
    if incoming.len() < end {
        return None;
    }
    let request: Vec<u8> = incoming.drain(..end).skip(PREAMBLE.len()).collect();
    Some(if request.iter().fold(0, |a, b| a ^ b) == 0 {
        command(&request[2..1 + length]).ok_or(Outcome::UnknownCommand)
    } else {
        Err(Outcome::RequestCheck)
    })
}

/// The request with this between its lengths and its check.
fn command(body: &[u8]) -> Option<Command> {
    Some(match *body {
        [0x10, 0xFF] => Command::Reset,
        [0x11, 0xFF] => Command::Status,
        [0x12, 0xFF] => Command::SamNumber,
        [0x61, 0xFF, size] => Command::RadioFrame(size),
        [0x20, 0x01] => Command::Find,
        [0x20, 0x02] => Command::Select,
        [0x30, 0x01] => Command::Read,
        [0x30, 0x10] => Command::ReadWithFingerprint,
        [0x30, 0x03] => Command::ReadLatestAddress,
        _ => return None,
    })
}

/// How long the module works on it.
pub(super) fn takes(command: Command) -> Duration {
    Duration::from_millis(match command {
        Command::Reset | Command::Status | Command::SamNumber | Command::RadioFrame(_) => 10,
        Command::Find | Command::Select => 40,
        Command::Read => 600,
        Command::ReadWithFingerprint => 900,
        Command::ReadLatestAddress => 100,
    })
}
