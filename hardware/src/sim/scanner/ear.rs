//! What a scanner understands of the bytes a host sends, and how it replies (hardware.md §6.2).

use crate::scanner::{Family, Refusal, SsiForm, grow, ssi};

/// A message from the host.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// Read now.
    Start,
    /// Stop reading.
    Stop,
    /// Read when told (true), or by itself.
    Commanded(bool),
    /// Be as these parameters say, each where it is named.
    Set {
        /// As [`Heard::Commanded`].
        commanded: Option<bool>,
        /// How it sends codes from now on.
        form: Option<SsiForm>,
    },
    /// A command that changes nothing here.
    Other,
    /// The last packet came well.
    Acknowledged,
    /// The last packet came damaged.
    Resend,
}

/// Takes the message that stands at the front of `bytes`, with its own bytes; skips what is none.
pub(super) fn take(family: Family, bytes: &mut Vec<u8>) -> Option<(Heard, Vec<u8>)> {
    while !bytes.is_empty() {
        let length = match family {
            Family::Any => None,
            Family::Honeywell => honeywell(bytes),
            Family::Newland => ended(bytes, b"~\x010000", b";\x03"),
            Family::Zebra(_) => packet(bytes),
            Family::Grow => fixed(bytes, &[0x7E, 0x00, 0x08], 9),
        };
        match length {
            Some(0) => return None,
            Some(length) => {
                let message: Vec<u8> = bytes.drain(..length).collect();
                return Some((meaning(family, &message), message));
            }
            None => drop(bytes.remove(0)),
        }
    }
    None
}

/// The reply to a message.
pub(super) fn reply(family: Family, message: &[u8], refusal: Option<Refusal>) -> Vec<u8> {
    let verdict = match refusal {
        None => 0x06,
        Some(Refusal::BadValue) => 0x15,
        Some(_) => 0x05,
    };
    match family {
        Family::Any => Vec::new(),
        Family::Honeywell => match message {
            [0x16, b'M', b'\r', text @ .., end] => [text, &[verdict, *end]].concat(),
            _ => Vec::new(),
        },
        Family::Newland => {
            let echo = &message[1..message.len() - 2];
            [&[0x02], echo, &[verdict], b";\x03"].concat()
        }
        Family::Zebra(_) => match refusal {
            None => ssi::packet(ssi::ACK, ssi::DECODER, 0, &[]),
            Some(refusal) => {
                let cause = match refusal {
                    Refusal::Damaged => ssi::RESEND,
                    Refusal::NotAllowed => ssi::DENIED,
                    Refusal::Unknown | Refusal::BadValue => 0x02,
                };
                ssi::packet(ssi::NAK, ssi::DECODER, 0, &[cause])
            }
        },
        Family::Grow => {
            let verdict = match refusal {
                None => 0x00,
                Some(Refusal::Damaged) => 0x01,
                Some(_) => 0x03,
            };
            let body = [verdict, 0x01, 0x00];
            [&[0x02, 0x00], &body[..], &grow::crc(&body).to_be_bytes()].concat()
        }
    }
}

fn meaning(family: Family, message: &[u8]) -> Heard {
    match (family, message) {
        (Family::Honeywell, [0x16, b'T', ..]) => Heard::Start,
        (Family::Honeywell, [0x16, b'U', ..]) => Heard::Stop,
        (Family::Honeywell, [_, _, _, text @ .., _]) => match text {
            b"TRGMOD0" => Heard::Commanded(true),
            b"TRGMOD3" => Heard::Commanded(false),
            _ => Heard::Other,
        },
        (Family::Newland, [_, _, _, _, _, _, _, text @ .., _, _]) => match text {
            b"SCNTRG1" => Heard::Start,
            b"SCNTRG0" => Heard::Stop,
            b"SCNMOD0" => Heard::Commanded(true),
            b"SCNMOD2" => Heard::Commanded(false),
            _ => Heard::Other,
        },
        (Family::Zebra(_), [_, opcode, _, _, data @ .., _, _]) => match *opcode {
            ssi::START => Heard::Start,
            ssi::STOP => Heard::Stop,
            ssi::ACK => Heard::Acknowledged,
            ssi::NAK => Heard::Resend,
            ssi::SET => set(data),
            _ => Heard::Other,
        },
        (Family::Grow, [_, _, _, _, 0, 2, value, ..]) => {
            if value & 1 == 1 {
                Heard::Start
            } else {
                Heard::Stop
            }
        }
        (Family::Grow, [_, _, _, _, 0, 0, value, ..]) => Heard::Commanded(value & 3 == 1),
        _ => Heard::Other,
    }
}

/// What parameters and their values say, behind the beep.
fn set(data: &[u8]) -> Heard {
    let parameters = data.get(1..).unwrap_or_default();
    let value = |wanted| {
        let mut pairs = parameters.chunks_exact(2);
        pairs.find_map(|pair| (pair[0] == wanted).then_some(pair[1]))
    };
    Heard::Set {
        commanded: value(ssi::TRIGGER).map(|mode| mode == ssi::BY_HOST),
        form: value(ssi::PACKETED).map(|packeted| match packeted {
            0 => SsiForm::Raw,
            _ => SsiForm::Packets,
        }),
    }
}

/// Lengths of the message at the front: none, not come whole (zero), or so many bytes.
fn honeywell(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0x16] | [0x16, b'T' | b'U' | b'M'] => Some(0),
        [0x16, b'T' | b'U', b'\r', ..] => Some(3),
        [0x16, b'M', b'\r', text @ ..] => {
            let end = text.iter().position(|byte| matches!(byte, b'!' | b'.'));
            Some(end.map_or(0, |end| end + 4))
        }
        _ => None,
    }
}

fn ended(bytes: &[u8], head: &[u8], tail: &[u8]) -> Option<usize> {
    let common = bytes.len().min(head.len());
    (bytes[..common] == head[..common]).then(|| {
        let end = bytes.windows(tail.len()).position(|bytes| bytes == tail);
        end.map_or(0, |end| end + tail.len())
    })
}

fn fixed(bytes: &[u8], head: &[u8], length: usize) -> Option<usize> {
    let common = bytes.len().min(head.len());
    let begins = bytes[..common] == head[..common];
    begins.then_some(if bytes.len() < length { 0 } else { length })
}

fn packet(bytes: &[u8]) -> Option<usize> {
    let length = usize::from(*bytes.first()?);
    let from_host = bytes.get(2).is_none_or(|source| *source == ssi::HOST);
    if length < ssi::HEAD || !from_host {
        return None;
    }
    match bytes.get(length..length + ssi::CHECK) {
        None => Some(0),
        Some(check) if ssi::check(&bytes[..length]) == check => Some(length + ssi::CHECK),
        Some(_) => None,
    }
}
