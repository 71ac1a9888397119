//! The channel of a recording: the same words as over the real one, under a key that everybody knows.
//!
//! Whoever looks at a recording has to see whether a reader knows its key, and what it says over its
//! channel, and must not be able to calculate back. So nothing that depends on the real key or on the
//! real challenges is written down. The driver that plays the recording draws its challenges from
//! [`retold_seed`] and has [`made_up_key`] in place of the reader's own: it says word for word what stands
//! here. What is not proven on the line proves nothing here either.

use osdp::packet::{PacketBuilder, ParsedPacket, Scb, ScsType};
use osdp::reply::{CCrypt, Reply, ReplyCode};
use osdp::secure::crypto::{SessionKeys, client_cryptogram};
use osdp::secure::{Cryptogrammed, Secure, Session, unseal};

use super::super::substituted;
use crate::reader::osdp::channel::{KeyKind, wire_bytes};
use crate::reader::osdp::{Address, Key, Seed, Settings};

/// The key that stands in recordings in place of a reader's own: no secret, and no reader's.
#[must_use]
pub fn made_up_key() -> Key {
    Key::new(*b"recorded channel").expect("it is not the default key")
}

/// What the challenges of a recording are made of.
pub(crate) const fn retold_seed() -> Seed {
    Seed::given([0; 16])
}

/// What may be written of the data of a packet with this code.
pub(super) type Masked<'a> = &'a mut dyn FnMut(u8, Vec<u8>) -> Vec<u8>;

/// The channel with one reader, and the one that is written down in its place.
pub(super) struct Channel {
    address: Address,
    own: Option<Key>,
    seed: Seed,
    stage: Stage,
    said: Last,
    heard: Last,
}

/// A packet may be said again word for word; then it is written again as it was written before.
#[derive(Default)]
struct Last {
    real: Vec<u8>,
    written: Vec<u8>,
}

impl Last {
    fn again(&self, raw: &[u8]) -> Option<Vec<u8>> {
        (self.real == raw).then(|| self.written.clone())
    }

    /// What is written of a packet, or as many other bytes where nothing of it may be.
    fn keep(&mut self, raw: &[u8], written: Option<Vec<u8>>) -> Vec<u8> {
        self.real = raw.to_vec();
        self.written = written.unwrap_or_else(|| substituted(raw.len()));
        self.written.clone()
    }
}

#[derive(Default)]
enum Stage {
    #[default]
    None,
    Challenged {
        key: KeyKind,
        real: [u8; 8],
        written: [u8; 8],
    },
    Begun {
        real: Session<Cryptogrammed>,
        written: Session<Cryptogrammed>,
    },
    Open {
        real: Session<Secure>,
        written: Session<Secure>,
    },
}

impl Channel {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            address: settings.address,
            own: settings.key.clone(),
            seed: retold_seed(),
            stage: Stage::None,
            said: Last::default(),
            heard: Last::default(),
        }
    }

    /// What may be written of this packet to the reader.
    pub(super) fn said(&mut self, raw: &[u8], masked: Masked<'_>) -> Vec<u8> {
        if let Some(written) = self.said.again(raw) {
            return written;
        }
        let packet = ParsedPacket::parse(raw).ok();
        let written = packet.and_then(|(packet, _)| self.command(&packet, raw, masked));
        self.said.keep(raw, written)
    }

    /// What may be written of this packet from a reader.
    pub(super) fn heard(&mut self, raw: &[u8], masked: Masked<'_>) -> Vec<u8> {
        if let Some(written) = self.heard.again(raw) {
            return written;
        }
        let packet = ParsedPacket::parse(raw).ok();
        let written = packet.and_then(|(packet, _)| self.reply(&packet, raw, masked));
        self.heard.keep(raw, written)
    }

    fn command(
        &mut self,
        packet: &ParsedPacket<'_>,
        raw: &[u8],
        masked: Masked<'_>,
    ) -> Option<Vec<u8>> {
        let Some(block) = packet.scb else {
            return Some(packed(packet, masked(packet.code, packet.data.to_vec())));
        };
        match (block.ty, &mut self.stage) {
            (ScsType::Scs11, stage) => {
                let key = match block.data {
                    [mark] if *mark == KeyKind::Own.mark() => KeyKind::Own,
                    _ => KeyKind::Default,
                };
                let real = <[u8; 8]>::try_from(packet.data).ok()?;
                let written = self.seed.challenge();
                *stage = Stage::Challenged { key, real, written };
                Some(packed(packet, written.to_vec()))
            }
            (ScsType::Scs13, Stage::Begun { written, .. }) => {
                Some(packed(packet, written.server_cryptogram().to_vec()))
            }
            (ScsType::Scs15 | ScsType::Scs17, Stage::Open { real, written }) => {
                let data = unseal(real, packet, raw).ok()?;
                Some(sealed(packet, masked(packet.code, data), written))
            }
            _ => None,
        }
    }

    fn reply(
        &mut self,
        packet: &ParsedPacket<'_>,
        raw: &[u8],
        masked: Masked<'_>,
    ) -> Option<Vec<u8>> {
        let Some(block) = packet.scb else {
            return Some(packed(packet, masked(packet.code, packet.data.to_vec())));
        };
        if !raw[1..].starts_with(&[self.address.number() | osdp::REPLY_FLAG]) {
            return None;
        }
        match (block.ty, std::mem::take(&mut self.stage)) {
            (ScsType::Scs12, Stage::Challenged { key, real, written }) => {
                let Ok(Reply::CCrypt(ccrypt)) = Reply::decode(ReplyCode::CCrypt, packet.data)
                else {
                    return None;
                };
                let real = Session::new(key.bytes(self.own.as_ref())).challenge(real);
                let (retold, stage) = match real.receive_ccrypt(&ccrypt) {
                    Ok(real) => known(&ccrypt, key, real, written),
                    Err(_) => (unknown(&ccrypt), Stage::None),
                };
                self.stage = stage;
                Some(packed(packet, Reply::CCrypt(retold).encode_data().ok()?))
            }
            (ScsType::Scs14, Stage::Begun { real, written }) => {
                let proof = <[u8; 16]>::try_from(packet.data).ok()?;
                let retold = written.initial_rmac();
                let open = real.confirm_rmac_i(&proof).ok();
                let Some((real, written)) = open.zip(written.confirm_rmac_i(&retold).ok()) else {
                    return Some(packed(packet, vec![0; proof.len()]));
                };
                self.stage = Stage::Open { real, written };
                Some(packed(packet, retold.to_vec()))
            }
            (
                ScsType::Scs16 | ScsType::Scs18,
                Stage::Open {
                    mut real,
                    mut written,
                },
            ) => {
                let packet = match unseal(&mut real, packet, raw) {
                    Ok(data) => sealed(packet, masked(packet.code, data), &mut written),
                    Err(_) => forged(packet),
                };
                self.stage = Stage::Open { real, written };
                Some(packet)
            }
            (_, stage) => {
                self.stage = stage;
                None
            }
        }
    }
}

/// The answer of a reader that knows the key, to the challenge that is written down.
fn known(
    real_answer: &CCrypt,
    key: KeyKind,
    real: Session<Cryptogrammed>,
    challenge: [u8; 8],
) -> (CCrypt, Stage) {
    let bytes = key.bytes(Some(&made_up_key()));
    let mut answer = unknown(real_answer);
    let keys = SessionKeys::derive(&bytes, &challenge);
    answer.client_cryptogram = client_cryptogram(&keys.s_enc, &challenge, &answer.rnd_b);
    let written = Session::new(bytes).challenge(challenge);
    let stage = match written.receive_ccrypt(&answer) {
        Ok(written) => Stage::Begun { real, written },
        Err(_) => Stage::None,
    };
    (answer, stage)
}

/// That of one that does not: it proves nothing under any key.
fn unknown(real: &CCrypt) -> CCrypt {
    CCrypt {
        cuid: real.cuid,
        rnd_b: [0; 8],
        client_cryptogram: [0; 16],
    }
}

/// The same packet with other data, in clear text or as a part of a handshake.
fn packed(packet: &ParsedPacket<'_>, data: Vec<u8>) -> Vec<u8> {
    without_mark(wire_bytes(&builder(packet, data), None))
}

/// The same packet over the channel that is written down.
fn sealed(packet: &ParsedPacket<'_>, data: Vec<u8>, over: &mut Session<Secure>) -> Vec<u8> {
    let is_encrypted = packet.scb.is_some_and(|block| block.ty.is_encrypted());
    let data = match is_encrypted {
        true => over.seal_data(&data),
        false => data,
    };
    without_mark(wire_bytes(&builder(packet, data), Some(over)))
}

/// A packet of as many bytes, whose proof is none.
fn forged(packet: &ParsedPacket<'_>) -> Vec<u8> {
    let builder = builder(packet, vec![0; packet.data.len()]);
    let encoded = builder.encode_with_mac(|_| [0; osdp::packet::MAC_LEN]);
    encoded.unwrap_or_default()
}

fn builder(packet: &ParsedPacket<'_>, data: Vec<u8>) -> PacketBuilder {
    PacketBuilder {
        addr: packet.addr,
        ctrl: packet.ctrl,
        scb: packet.scb.map(Scb::from),
        code: packet.code,
        data,
    }
}

fn without_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.remove(0);
    bytes
}
