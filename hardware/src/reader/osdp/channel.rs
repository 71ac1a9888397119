//! What is said in clear text, and what within the Secure Channel (hardware.md §5.3).

use osdp::Sqn;
use osdp::command::Command;
use osdp::packet::{ControlByte, CtrlFlags, MAC_LEN, PacketBuilder, ParsedPacket, Scb, ScsType};
use osdp::reply::ReplyCode;
use osdp::secure::{SCBK_D, Secure, Session, unseal};

use super::frame::{MARK, to};
use super::{Address, Check, Key};

/// Which key opens the channel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyKind {
    /// The reader's own.
    Own,
    /// The one that everybody knows.
    Default,
}

impl KeyKind {
    /// Its name within handshake packets.
    pub(crate) const fn mark(self) -> u8 {
        match self {
            Self::Default => 0,
            Self::Own => 1,
        }
    }

    /// Its bytes; `own` is the reader's.
    pub(crate) fn bytes(self, own: Option<&Key>) -> [u8; 16] {
        match (self, own) {
            (Self::Own, Some(key)) => key.bytes(),
            _ => SCBK_D,
        }
    }
}

/// How packets go over the line.
pub(super) enum Channel {
    Clear,
    Secure(KeyKind, Session<Secure>),
}

/// What a packet from the reader is worth.
pub(super) enum Opened {
    /// A reply, as far as its channel goes.
    Reply(Vec<u8>),
    /// The reader refuses in clear text what was said within the channel: it has lost it.
    ChannelLost,
    /// It does not carry the proof it must.
    Forged,
}

/// Who is spoken to, and how.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub(super) address: Address,
    pub(super) check: Check,
    pub(super) sequence: Sqn,
}

impl Channel {
    /// The bytes that say this command; `handshake` is the key of a handshake's command.
    pub(super) fn seal(
        &mut self,
        manner: Manner,
        command: &Command,
        handshake: Option<KeyKind>,
    ) -> Vec<u8> {
        // What fails here is only what has no form, such as a text of wrong letters; nothing said
        // here is of that kind, and an empty packet would be heard as silence.
        let mut data = command.encode_data().unwrap_or_default();
        let scb = match (&*self, command, handshake) {
            (_, Command::Chlng(_), Some(key)) => Some(Scb::new(ScsType::Scs11, [key.mark()])),
            (_, Command::SCrypt(_), Some(key)) => Some(Scb::new(ScsType::Scs13, [key.mark()])),
            (Self::Secure(..), ..) if data.is_empty() => Some(Scb::new(ScsType::Scs15, [])),
            (Self::Secure(_, session), ..) => {
                data = session.seal_data(&data);
                Some(Scb::new(ScsType::Scs17, []))
            }
            (Self::Clear, ..) => None,
        };
        let packet = PacketBuilder {
            addr: to(manner.address),
            ctrl: control(manner.sequence, manner.check == Check::Crc, scb.is_some()),
            scb,
            code: command.code().as_byte(),
            data,
        };
        match self {
            Self::Clear => wire_bytes(&packet, None),
            Self::Secure(_, session) => wire_bytes(&packet, Some(session)),
        }
    }

    /// Takes a reply out of its packet. A forged one leaves the channel as it was, so that the
    /// right one may still come.
    pub(super) fn open(&mut self, packet: &ParsedPacket<'_>, raw: &[u8]) -> Opened {
        let kind = packet.scb.map(|scb| scb.ty);
        match (self, kind) {
            (Self::Clear, None | Some(ScsType::Scs12 | ScsType::Scs14)) => {
                Opened::Reply(packet.data.to_vec())
            }
            (Self::Secure(_, session), Some(ScsType::Scs16 | ScsType::Scs18)) => {
                unseal(session, packet, raw).map_or(Opened::Forged, Opened::Reply)
            }
            (Self::Secure(..), None) if packet.code == ReplyCode::Nak.as_byte() => {
                Opened::ChannelLost
            }
            _ => Opened::Forged,
        }
    }
}

/// A packet's control byte.
pub(crate) fn control(sequence: Sqn, crc: bool, has_scb: bool) -> ControlByte {
    let mut flags = CtrlFlags::empty();
    flags.set(CtrlFlags::USE_CRC, crc);
    flags.set(CtrlFlags::HAS_SCB, has_scb);
    ControlByte::new(sequence, flags)
}

/// A packet as it goes over the wire, with the proof that its security block asks for.
pub(crate) fn wire_bytes(packet: &PacketBuilder, session: Option<&mut Session<Secure>>) -> Vec<u8> {
    let has_mac = packet.scb.as_ref().is_some_and(|scb| scb.ty.has_mac());
    let encoded = match session {
        Some(session) if has_mac => packet.encode_with_mac(|bytes| {
            let mut mac = [0; MAC_LEN];
            mac.copy_from_slice(&session.mac(bytes)[..MAC_LEN]);
            mac
        }),
        _ => packet.encode(),
    };
    let mut bytes = vec![MARK];
    bytes.extend(encoded.unwrap_or_default());
    bytes
}
