//! Zebra's Simple Serial Interface: packets (hardware.md §6.2).
//!
//! A packet is its length without checksum, an opcode, who speaks, a status, data, and the 16-bit
//! two's complement of the sum of all that.

use super::family::{Command, Look, Refusal, agree};
use super::settings::{Mode, SsiForm};

/// Wakes a sleeping decoder; a packet may follow after 10 ms.
pub(super) const WAKE: u8 = 0x00;

pub(crate) const ACK: u8 = 0xD0;
pub(crate) const NAK: u8 = 0xD1;
pub(crate) const DECODED: u8 = 0xF3;
pub(crate) const EVENT: u8 = 0xF6;
pub(crate) const SET: u8 = 0xC6;
pub(crate) const START: u8 = 0xE4;
pub(crate) const STOP: u8 = 0xE5;
pub(crate) const ENABLE: u8 = 0xE9;

pub(crate) const HOST: u8 = 0x04;
pub(crate) const DECODER: u8 = 0x00;

/// Status bit: this packet was sent before.
pub(crate) const AGAIN: u8 = 0x01;
/// Status bit: more of the same code follows.
pub(crate) const CONTINUED: u8 = 0x02;

/// Causes of a NAK.
pub(crate) const RESEND: u8 = 0x01;
pub(crate) const DENIED: u8 = 0x06;

/// Bytes of a packet without data and checksum.
pub(crate) const HEAD: usize = 4;
pub(crate) const CHECK: usize = 2;

/// In front of parameters: the decoder shall not beep.
const NO_BEEP: u8 = 0xFF;
/// Parameter: 0 text, 1 packets.
pub(crate) const PACKETED: u8 = 0xEE;
/// Parameter: whether packets are acknowledged.
const HANDSHAKE: u8 = 0x9F;
/// Parameter: 7 presentation, 8 host.
pub(crate) const TRIGGER: u8 = 0x8A;
const PRESENTATION: u8 = 0x07;
pub(crate) const BY_HOST: u8 = 0x08;

/// One packet; data beyond what its length byte can count is cut off.
pub(crate) fn packet(opcode: u8, source: u8, status: u8, data: &[u8]) -> Vec<u8> {
    let data = &data[..data.len().min(usize::from(u8::MAX) - HEAD)];
    let mut packet = vec![(HEAD + data.len()) as u8, opcode, source, status];
    packet.extend_from_slice(data);
    let check = check(&packet);
    packet.extend_from_slice(&check);
    packet
}

/// The checksum of these bytes.
pub(crate) fn check(bytes: &[u8]) -> [u8; CHECK] {
    let sum = bytes
        .iter()
        .fold(0, |sum: u16, byte| sum.wrapping_add(u16::from(*byte)));
    sum.wrapping_neg().to_be_bytes()
}

/// The packets of one command. Parameters are set until the power goes.
pub(super) fn messages(command: Command, mode: Mode, form: SsiForm) -> Vec<Vec<u8>> {
    let order = |opcode| packet(opcode, HOST, 0, &[]);
    match command {
        Command::Start => vec![order(START)],
        Command::Stop => vec![order(STOP)],
        Command::SetUp => {
            let packeted = u8::from(form == SsiForm::Packets);
            let trigger = match mode {
                Mode::AutoSense => PRESENTATION,
                Mode::Commanded => BY_HOST,
            };
            let parameters = [NO_BEEP, HANDSHAKE, 1, PACKETED, packeted, TRIGGER, trigger];
            vec![packet(SET, HOST, 0, &parameters), order(ENABLE)]
        }
    }
}

/// The host's acknowledgement of a packet.
pub(super) fn acknowledgement() -> Vec<u8> {
    packet(ACK, HOST, 0, &[])
}

/// The host's wish to hear a packet again.
pub(super) fn complaint() -> Vec<u8> {
    packet(NAK, HOST, 0, &[RESEND])
}

/// What the decoder refuses with that cause.
pub(super) fn refusal(cause: u8) -> Refusal {
    match cause {
        RESEND => Refusal::Damaged,
        DENIED => Refusal::NotAllowed,
        _ => Refusal::Unknown,
    }
}

/// A reply in a stream of text: ACK or NAK.
pub(super) fn look(bytes: &[u8], awaited: Option<&[u8]>) -> Look {
    let head = [ACK, NAK]
        .map(|opcode| [HEAD as u8 + u8::from(opcode == NAK), opcode, DECODER])
        .into_iter()
        .find(|head| agree(bytes, head));
    let Some([length, opcode, _]) = head else {
        return Look::No;
    };
    let length = usize::from(length);
    if bytes.len() < length + CHECK {
        return Look::Begun;
    }
    let (body, sent) = bytes.split_at(length);
    match (opcode, body.last()) {
        _ if check(body) != sent => Look::Spoilt,
        _ if awaited.is_none() => Look::Stray,
        (NAK, Some(cause)) => Look::Reply(Err(refusal(*cause))),
        _ => Look::Reply(Ok(())),
    }
}
