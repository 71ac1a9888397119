//! Grow GM6x modules: reads and writes of numbered settings (hardware.md §6.2).
//!
//! The check of both directions is CRC-16 with polynomial 1021 and initial 0 over the bytes behind the
//! two of the head; it agrees with the three replies and three commands that are published with one.
//! Commands use AB CD instead, "not checked", as all published ones do.

use super::family::{Command, Look, Refusal, agree};
use super::settings::Mode;

const HEAD: [u8; 2] = [0x7E, 0x00];
const WRITE_ONE: [u8; 2] = [0x08, 0x01];
const UNCHECKED: [u8; 2] = [0xAB, 0xCD];

/// Lamps, beep and mode, the mode in the two lowest bits.
const BASICS: u16 = 0x0000;
/// What [`BASICS`] is from the factory, without the mode.
const FACTORY: u8 = 0xD4;
const COMMANDED: u8 = 0b01;
const INDUCTION: u8 = 0b11;
/// Bit 0 is the trigger.
const TRIGGER: u16 = 0x0002;

const REPLY_HEAD: [u8; 2] = [0x02, 0x00];
const REPLY_LENGTH: usize = 7;
const DONE: u8 = 0x00;
const DAMAGED: u8 = 0x01;
const UNKNOWN: u8 = 0x03;

/// The bytes of one command. Nothing is saved: that would be another command.
///
/// That clearing the trigger bit stops the module is seen in public code only; one that does not know
/// it stops by itself.
pub(super) fn message(command: Command, mode: Mode) -> Vec<u8> {
    let (address, value) = match (command, mode) {
        (Command::Start, _) => (TRIGGER, 1),
        (Command::Stop, _) => (TRIGGER, 0),
        (Command::SetUp, Mode::Commanded) => (BASICS, FACTORY | COMMANDED),
        (Command::SetUp, Mode::AutoSense) => (BASICS, FACTORY | INDUCTION),
    };
    [
        &HEAD[..],
        &WRITE_ONE,
        &address.to_be_bytes(),
        &[value],
        &UNCHECKED,
    ]
    .concat()
}

/// `02 00`, a verdict, `01 00` and the check, which counts where it is `checked`.
pub(super) fn look(bytes: &[u8], awaited: Option<&[u8]>, checked: bool) -> Look {
    let body = bytes.get(REPLY_HEAD.len()..).unwrap_or_default();
    if !agree(bytes, &REPLY_HEAD) || !agree(body.get(1..).unwrap_or_default(), &[0x01, 0x00]) {
        return Look::No;
    }
    let [verdict, length, value, check @ ..] = body else {
        return Look::Begun;
    };
    if bytes.len() < REPLY_LENGTH {
        return Look::Begun;
    }
    match *verdict {
        _ if checked && crc(&[*verdict, *length, *value]).to_be_bytes() != check => Look::Spoilt,
        _ if awaited.is_none() => Look::Stray,
        DONE => Look::Reply(Ok(())),
        DAMAGED => Look::Reply(Err(Refusal::Damaged)),
        UNKNOWN => Look::Reply(Err(Refusal::Unknown)),
        _ => Look::Reply(Err(Refusal::BadValue)),
    }
}

/// CRC-16, polynomial 1021, initial 0, not reflected.
pub(crate) fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc: u16, byte| {
        let shifted = |crc: u16| {
            if crc & 0x8000 == 0 {
                crc << 1
            } else {
                crc << 1 ^ 0x1021
            }
        };
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| shifted(crc))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_agrees_with_what_is_published() {
        for (bytes, check) in [
            (&[0x00, 0x01, 0x00][..], 0x3331),
            (&[0x01, 0x01, 0x00], 0x0401),
            (&[0x03, 0x01, 0x00], 0x6A61),
            (&[0x09, 0x01, 0x00, 0x00, 0x00], 0xDEC8),
            (&[0x08, 0x02, 0x00, 0x2A, 0x39, 0x01], 0xA7EA),
            (&[0x07, 0x01, 0x00, 0x2A, 0x02], 0xD80F),
        ] {
            assert_eq!(crc(bytes), check, "{bytes:02X?}");
        }
    }
}
