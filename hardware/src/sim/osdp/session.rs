//! The reader's end of the line: numbers, the channel, and what each command is answered with.

use std::collections::VecDeque;

use osdp::caps::{Capability, FunctionCode};
use osdp::command::{Command, CommandCode};
use osdp::packet::{Address as WireAddress, PacketBuilder, ParsedPacket, Scb, ScsType};
use osdp::reply::{Ack, Busy, CCrypt, Nak, NakErrorCode, PdCap, PdId, RMacI, Reply};
use osdp::secure::crypto::{SessionKeys, client_cryptogram};
use osdp::secure::{Cryptogrammed, SCBK_D, Secure, Session, unseal};
use osdp::{REPLY_FLAG, Sqn};

use super::front::Panel;
use super::{GivenAKey, OsdpReader};
use crate::clock::Moment;
use crate::reader::osdp::Key;
use crate::reader::osdp::channel::{control, wire_bytes};

/// One end of a channel.
enum Channel {
    None,
    Begun(Session<Cryptogrammed>),
    Open(Session<Secure>),
}

/// How a reply is packed.
enum Packed {
    /// In clear text, or within the channel if the command was.
    Plain,
    /// As a part of the handshake.
    Handshake(ScsType),
}

/// The reader as the controller knows it.
pub(super) struct Peer {
    pub(super) reader: OsdpReader,
    channel: Channel,
    last: Sqn,
    pub(super) challenges: u32,
}

impl Peer {
    pub(super) const fn new(reader: OsdpReader) -> Self {
        Self {
            reader,
            channel: Channel::None,
            last: Sqn::ZERO,
            challenges: 0,
        }
    }

    /// It was switched off.
    pub(super) fn forget(&mut self) {
        self.channel = Channel::None;
        self.last = Sqn::ZERO;
    }

    pub(super) fn busy(&self, crc: bool) -> Vec<u8> {
        self.pack(Sqn::ZERO, crc, &Reply::Busy(Busy), None, None)
    }

    /// The bytes that answer a command.
    pub(super) fn answer(
        &mut self,
        now: Moment,
        command: &ParsedPacket<'_>,
        raw: &[u8],
        read: &mut VecDeque<Reply>,
        panel: &mut Panel,
    ) -> Vec<u8> {
        let (sequence, crc) = (command.ctrl.sqn, command.ctrl.use_crc());
        if sequence == Sqn::ZERO {
            self.channel = Channel::None;
        } else if sequence != self.last.next() {
            let reply = nak(NakErrorCode::UnexpectedSequenceNumber);
            return self.pack(sequence, crc, &reply, None, None);
        }
        self.last = sequence;
        let kind = command.scb.map(|scb| scb.ty);
        let secured = kind.is_some_and(ScsType::has_mac);
        let data = match (&mut self.channel, secured) {
            (_, false) => Some(command.data.to_vec()),
            (Channel::Open(session), true) => unseal(session, command, raw).ok(),
            (_, true) => None,
        };
        let code = CommandCode::from_byte(command.code).ok();
        let (reply, packed) = match (data, code) {
            (None, _) => {
                self.channel = Channel::None;
                return self.pack(
                    sequence,
                    crc,
                    &nak(NakErrorCode::EncryptedCommunicationRequired),
                    None,
                    None,
                );
            }
            (_, None) => (nak(NakErrorCode::UnknownCommandCode), Packed::Plain),
            (Some(data), Some(code)) => match Command::decode(code, &data) {
                Ok(command) => self.obey(now, &command, secured, read, panel),
                Err(_) => (nak(NakErrorCode::CommandLengthError), Packed::Plain),
            },
        };
        let mut channel = std::mem::replace(&mut self.channel, Channel::None);
        let bytes = match (packed, &mut channel) {
            (Packed::Handshake(kind), _) => self.pack(sequence, crc, &reply, Some(kind), None),
            (Packed::Plain, Channel::Open(session)) if secured => {
                self.pack(sequence, crc, &reply, None, Some(session))
            }
            (Packed::Plain, _) => self.pack(sequence, crc, &reply, None, None),
        };
        // A new key ends the channel of the old one.
        if code != Some(CommandCode::KeySet) {
            self.channel = channel;
        }
        bytes
    }

    fn obey(
        &mut self,
        now: Moment,
        command: &Command,
        secured: bool,
        read: &mut VecDeque<Reply>,
        panel: &mut Panel,
    ) -> (Reply, Packed) {
        let reply = match command {
            Command::Id(_) => self.identity(),
            Command::Cap(_) => self.capabilities(),
            Command::Chlng(_) | Command::SCrypt(_) if !self.reader.secure_channel => {
                nak(NakErrorCode::UnknownCommandCode)
            }
            Command::Chlng(challenge) => return self.challenged(challenge.rnd_a),
            Command::SCrypt(proof) => return self.proven(&proof.server_cryptogram),
            _ if self.reader.key.is_some() && !secured => {
                nak(NakErrorCode::EncryptedCommunicationRequired)
            }
            Command::Poll(_) => read.pop_front().unwrap_or(Reply::Ack(Ack)),
            Command::Led(lamps) => {
                lamps
                    .records
                    .iter()
                    .for_each(|record| panel.light(now, *record));
                Reply::Ack(Ack)
            }
            Command::Buzzer(buzzer) => {
                panel.sound(now, *buzzer);
                Reply::Ack(Ack)
            }
            Command::KeySet(key) if secured => self.given(&key.key),
            Command::KeySet(_) => nak(NakErrorCode::EncryptedCommunicationRequired),
            _ => nak(NakErrorCode::UnknownCommandCode),
        };
        (reply, Packed::Plain)
    }

    fn given(&mut self, key: &[u8]) -> Reply {
        match (self.reader.given_a_key, <[u8; 16]>::try_from(key)) {
            (_, Err(_)) => nak(NakErrorCode::CommandLengthError),
            (GivenAKey::Refuses, _) => nak(NakErrorCode::UnableToProcessCommandRecord),
            (GivenAKey::Forgets, _) => Reply::Ack(Ack),
            (GivenAKey::Keeps, Ok(bytes)) => {
                self.reader.key = Key::new(bytes).ok();
                Reply::Ack(Ack)
            }
        }
    }

    fn challenged(&mut self, rnd_a: [u8; 8]) -> (Reply, Packed) {
        // Whatever key it is asked for, it answers with the one it has.
        let key = self.reader.key.as_ref().map_or(SCBK_D, Key::bytes);
        self.challenges = self.challenges.wrapping_add(1);
        let mut rnd_b = [0xB0; 8];
        rnd_b[..4].copy_from_slice(&self.challenges.to_le_bytes());
        let mut cuid = [0; 8];
        cuid[4..].copy_from_slice(&self.reader.serial.to_le_bytes());
        let keys = SessionKeys::derive(&key, &rnd_a);
        let ccrypt = CCrypt {
            cuid,
            rnd_b,
            client_cryptogram: client_cryptogram(&keys.s_enc, &rnd_a, &rnd_b),
        };
        // Both ends reckon alike from here on.
        self.channel = match Session::new(key).challenge(rnd_a).receive_ccrypt(&ccrypt) {
            Ok(session) => Channel::Begun(session),
            Err(_) => Channel::None,
        };
        (Reply::CCrypt(ccrypt), Packed::Handshake(ScsType::Scs12))
    }

    fn proven(&mut self, server_cryptogram: &[u8; 16]) -> (Reply, Packed) {
        let refused = nak(NakErrorCode::SecurityBlockTypeNotSupported);
        let Channel::Begun(session) = std::mem::replace(&mut self.channel, Channel::None) else {
            return (refused, Packed::Plain);
        };
        if session.server_cryptogram() != *server_cryptogram {
            return (refused, Packed::Plain);
        }
        let r_mac_i = session.initial_rmac();
        if let Ok(session) = session.confirm_rmac_i(&r_mac_i) {
            self.channel = Channel::Open(session);
        }
        (
            Reply::RMacI(RMacI { r_mac_i }),
            Packed::Handshake(ScsType::Scs14),
        )
    }

    fn identity(&self) -> Reply {
        Reply::PdId(PdId {
            vendor_oui: [0x02, 0x4C, 0x44],
            model: 1,
            version: 2,
            serial: self.reader.serial,
            firmware: [3, 4, 5],
        })
    }

    fn capabilities(&self) -> Reply {
        let has = |function: FunctionCode, compliance| Capability {
            code: function.as_byte(),
            compliance,
            number_of: 1,
        };
        Reply::PdCap(PdCap::new(vec![
            has(FunctionCode::CardDataFormat, 1),
            has(FunctionCode::LedControl, 1),
            has(FunctionCode::AudibleOutput, 1),
            has(FunctionCode::CheckCharacter, 1),
            has(
                FunctionCode::CommunicationSecurity,
                self.reader.secure_channel.into(),
            ),
        ]))
    }

    fn pack(
        &self,
        sequence: Sqn,
        crc: bool,
        reply: &Reply,
        handshake: Option<ScsType>,
        session: Option<&mut Session<Secure>>,
    ) -> Vec<u8> {
        let mut data = reply.encode_data().unwrap_or_default();
        let scb = match (handshake, &session) {
            (Some(ScsType::Scs12), _) => {
                let own_key = self.reader.key.is_some().into();
                Some(Scb::new(ScsType::Scs12, [own_key]))
            }
            // 1: the controller is believed.
            (Some(kind), _) => Some(Scb::new(kind, [1])),
            (None, None) => None,
            (None, Some(_)) if data.is_empty() => Some(Scb::new(ScsType::Scs16, [])),
            (None, Some(session)) => {
                data = session.seal_data(&data);
                Some(Scb::new(ScsType::Scs18, []))
            }
        };
        let packet = PacketBuilder {
            addr: WireAddress::from_raw(self.reader.address.number() | REPLY_FLAG),
            ctrl: control(sequence, crc, scb.is_some()),
            scb,
            code: reply.code().as_byte(),
            data,
        };
        wire_bytes(&packet, session)
    }
}

fn nak(why: NakErrorCode) -> Reply {
    Reply::Nak(Nak::simple(why))
}
