//! An OSDP reader: a peripheral that is polled (hardware.md §5).

use std::collections::VecDeque;
use std::time::Duration;

use osdp::packet::{ParsedPacket, checksum8, crc16_le};
use osdp::reply::{Fmt, Keypad, LStatR, Raw, Reply, ReplyCode};

use self::front::Panel;
use self::session::Peer;
use super::Simulator;
use super::fault::{LineFault, Outlet};
use crate::clock::Moment;
use crate::dialogue::Line;
use crate::link::Link;
use crate::reader::WiegandCode;
use crate::reader::osdp::frame::Hearing;
use crate::reader::osdp::{Address, Key};

mod front;
mod line;
mod session;

pub use front::{Front, Lamp};
pub use line::OsdpLineSim;

/// A reader answers this long after it was asked.
const DELAY: Duration = Duration::from_millis(3);

/// A packet that pauses this long was cut off.
const BYTE_PAUSE: Duration = Duration::from_millis(100);

/// What one reader is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OsdpReader {
    /// Its address on the line.
    pub address: Address,
    /// Its serial number.
    pub serial: u32,
    /// Its key; without one it knows the default key, and reads for anybody.
    pub key: Option<Key>,
    /// Whether it knows the Secure Channel at all.
    pub secure_channel: bool,
    /// What it does with a key it is given.
    pub given_a_key: GivenAKey,
}

/// What a reader does with a key it is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GivenAKey {
    /// It keeps it.
    Keeps,
    /// It says that it has it, and forgets it.
    Forgets,
    /// It does not take it.
    Refuses,
}

impl OsdpReader {
    /// A reader as it leaves the factory.
    #[must_use]
    pub const fn new(address: Address) -> Self {
        Self {
            address,
            serial: 0x0001_0203,
            key: None,
            secure_channel: true,
            given_a_key: GivenAKey::Keeps,
        }
    }

    /// The same reader, with a key.
    #[must_use]
    pub fn with_key(mut self, key: Key) -> Self {
        self.key = Some(key);
        self
    }
}

/// What goes wrong with every reply until it is set right, beside [`LineFault`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OsdpFault {
    /// Its proof is wrong, within the channel or of the channel.
    WrongMac,
    /// Somebody plays an earlier reply with the same number instead.
    Replay,
    /// It says that it is busy.
    Busy,
}

/// What happens at the reader.
#[derive(Clone)]
pub enum OsdpCommand {
    /// A card is held up.
    Present(WiegandCode),
    /// A card of so many bits is held up.
    PresentLong(u16),
    /// A card is held up whose data the reader lays out in its own way.
    PresentFormatted,
    /// Keys are pressed.
    Press(String),
    /// Its condition has changed, and is this.
    Condition {
        /// It is open, or off its wall.
        tampered: bool,
        /// Its power fails.
        power_fails: bool,
    },
    /// It gets power, or loses it with everything it has not told yet.
    Power(bool),
    /// Another reader is put in its place.
    Replace(OsdpReader),
    /// From now on it answers so long after it was asked.
    Takes(Duration),
    /// Sets or lifts a fault of every reply.
    Fault(LineFault, bool),
    /// Sets or lifts a fault of this protocol's.
    Trouble(OsdpFault, bool),
}

/// The simulated reader.
pub struct OsdpSim {
    peer: Peer,
    hearing: Hearing,
    heard: Moment,
    outlet: Outlet,
    delay: Duration,
    powered: bool,
    panel: Panel,
    read: VecDeque<Reply>,
    troubles: Vec<OsdpFault>,
    /// The last command and the reply to it, which is said again when the command is.
    last: Option<(Vec<u8>, Vec<u8>)>,
    /// The first reply within the channel with each number.
    overheard: [Option<Vec<u8>>; 4],
    replies: usize,
}

impl OsdpSim {
    /// A reader with power and nothing in front of it.
    #[must_use]
    pub fn new(reader: OsdpReader) -> Self {
        Self {
            hearing: Hearing::of(reader.address.number()),
            heard: Moment::ORIGIN,
            peer: Peer::new(reader),
            outlet: Outlet::default(),
            delay: DELAY,
            powered: true,
            panel: Panel::default(),
            read: VecDeque::new(),
            troubles: Vec::new(),
            last: None,
            overheard: [const { None }; 4],
            replies: 0,
        }
    }

    /// What a person in front of it sees and hears.
    #[must_use]
    pub fn front(&self, now: Moment) -> Front {
        if self.powered {
            self.panel.front(now)
        } else {
            Front {
                lamp: Lamp::Dark,
                sounding: false,
            }
        }
    }

    /// What it is by now: it may have been given a key.
    #[must_use]
    pub const fn reader(&self) -> &OsdpReader {
        &self.peer.reader
    }

    /// How many commands it has answered.
    #[must_use]
    pub const fn replies(&self) -> usize {
        self.replies
    }

    /// How many times it was asked to open a channel.
    #[must_use]
    pub const fn challenges(&self) -> u32 {
        self.peer.challenges
    }

    /// Cards it has read and not told yet.
    #[must_use]
    pub fn untold(&self) -> usize {
        self.read.len()
    }

    fn power(&mut self, on: bool) {
        self.powered = on;
        self.outlet.clear();
        self.hearing.forget(&mut Line::<()>::new());
        self.peer.forget();
        (self.panel, self.last) = (Panel::default(), None);
        self.overheard = [const { None }; 4];
        self.read.clear();
    }

    /// These bytes came along the line, whoever sent them.
    fn hears(&mut self, now: Moment, bytes: &[u8]) {
        // What others say among themselves may look like the beginning of a command to this reader.
        if now - self.heard >= BYTE_PAUSE {
            self.hearing.forget(&mut Line::<()>::new());
        }
        self.heard = now;
        for &byte in bytes {
            let raw = self.hearing.byte(byte, &mut Line::<()>::new());
            if let (true, Some(raw)) = (self.powered, raw) {
                self.obey(now, &raw);
            }
        }
    }

    fn has(&self, trouble: OsdpFault) -> bool {
        self.troubles.contains(&trouble)
    }

    fn obey(&mut self, now: Moment, raw: &[u8]) {
        let Ok((command, _)) = ParsedPacket::parse(raw) else {
            return;
        };
        let known = self
            .last
            .as_ref()
            .filter(|(said, _)| said == raw && !self.is_first(&command));
        let reply = if self.has(OsdpFault::Busy) {
            self.peer.busy(command.ctrl.use_crc())
        } else if let Some((_, reply)) = known {
            reply.clone()
        } else {
            let reply = self
                .peer
                .answer(now, &command, raw, &mut self.read, &mut self.panel);
            self.last = Some((raw.to_vec(), reply.clone()));
            reply
        };
        self.replies += 1;
        let reply = self.spoilt(&command, reply);
        self.outlet
            .say(now + self.delay, Duration::ZERO, reply, |reply| {
                if let Some(check) = reply.last_mut() {
                    *check ^= 0xFF;
                }
            });
    }

    fn is_first(&self, command: &ParsedPacket<'_>) -> bool {
        command.ctrl.sqn == osdp::Sqn::ZERO
    }

    /// The reply with the troubles that are set, and a right check all the same.
    fn spoilt(&mut self, command: &ParsedPacket<'_>, mut reply: Vec<u8>) -> Vec<u8> {
        // The mark before it is no part of the packet.
        let packet = reply.get(1..).map(ParsedPacket::parse);
        let Some(Ok((packet, _))) = packet else {
            return reply;
        };
        if packet.mac.is_some() {
            let heard = &mut self.overheard[usize::from(command.ctrl.sqn.value())];
            let first = heard.get_or_insert_with(|| reply.clone());
            if self.troubles.contains(&OsdpFault::Replay) {
                return first.clone();
            }
        }
        let proves = packet.mac.is_some() || packet.code == ReplyCode::RMacI.as_byte();
        if proves && self.troubles.contains(&OsdpFault::WrongMac) {
            let crc = packet.ctrl.use_crc();
            let trailer = if crc { 2 } else { 1 };
            let end = reply.len() - trailer;
            reply[end - 1] ^= 1;
            if crc {
                let check = crc16_le(&reply[1..end]);
                reply[end..].copy_from_slice(&check);
            } else {
                reply[end] = checksum8(&reply[1..end]);
            }
        }
        reply
    }
}

impl Simulator for OsdpSim {
    type Command = OsdpCommand;

    fn command(&mut self, _now: Moment, command: OsdpCommand) {
        let read = match command {
            OsdpCommand::Power(on) => return self.power(on),
            OsdpCommand::Replace(reader) => {
                let (replies, powered) = (self.replies, self.powered);
                *self = Self::new(reader);
                (self.replies, self.powered) = (replies, powered);
                return;
            }
            OsdpCommand::Takes(delay) => {
                self.delay = delay;
                return;
            }
            OsdpCommand::Fault(fault, set) => return self.outlet.fault(fault, set),
            OsdpCommand::Trouble(trouble, set) => {
                self.troubles.retain(|known| *known != trouble);
                if set {
                    self.troubles.push(trouble);
                }
                return;
            }
            OsdpCommand::Present(code) => Reply::Raw(card(code)),
            OsdpCommand::PresentLong(bits) => Reply::Raw(Raw {
                reader: 0,
                format_code: 0,
                bit_count: bits,
                bits: vec![0xFF; usize::from(bits).div_ceil(8)],
            }),
            OsdpCommand::PresentFormatted => Reply::Fmt(Fmt {
                reader: 0,
                direction: 0,
                char_count: 3,
                chars: b"123".to_vec(),
            }),
            OsdpCommand::Condition {
                tampered,
                power_fails,
            } => Reply::LStatR(LStatR {
                tamper: tampered.into(),
                power: power_fails.into(),
            }),
            OsdpCommand::Press(keys) => Reply::Keypad(Keypad {
                reader: 0,
                digit_count: u8::try_from(keys.len()).unwrap_or(u8::MAX),
                digits: keys.into_bytes(),
            }),
        };
        if self.powered {
            self.read.push_back(read);
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        let mut buffer = [0; 512];
        while let Ok(n @ 1..) = link.read(&mut buffer) {
            self.hears(now, &buffer[..n]);
        }
        self.outlet.pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        self.outlet.due()
    }
}

/// The report of a card: its bits from the left of the first byte on.
fn card(code: WiegandCode) -> Raw {
    let bits = usize::from(code.bits());
    let from_left = code.value() << (64 - bits);
    Raw {
        reader: 0,
        format_code: 1,
        bit_count: code.bits().into(),
        bits: from_left.to_be_bytes()[..bits.div_ceil(8)].to_vec(),
    }
}
