//! An OSDP reader and its driver on one line in memory, moved by hand.
#![allow(dead_code)]

use std::time::Duration;

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Moment;
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::{MemoryLine, MemoryLink, pair};
use lodge_hardware::port::{Conversation, Inbox, Mailbox, PortCounters, Told, mailbox};
use lodge_hardware::reader::osdp::{Address, Key, Osdp, Seed, Settings};
use lodge_hardware::reader::{
    Ask, Certainty, Credential, Distrust, NotRead, Presentation, Tell, Trust, WiegandCode,
};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::osdp::{Front, OsdpCommand, OsdpReader, OsdpSim};
use osdp::packet::PacketBuilder;
use osdp::{Address as WireAddress, ControlByte};

pub const ADDRESS: Address = Address::new(0x65).unwrap();

pub fn key() -> Key {
    Key::new([0x5A; 16]).unwrap()
}

pub fn other_key() -> Key {
    Key::new([0xA5; 16]).unwrap()
}

pub fn keyed() -> Settings {
    Settings::keyed(ADDRESS, key())
}

pub fn keyed_reader() -> OsdpReader {
    OsdpReader::new(ADDRESS).with_key(key())
}

pub fn new_reader() -> OsdpReader {
    OsdpReader::new(ADDRESS)
}

/// A site that allows everything.
pub fn anything() -> Settings {
    Settings {
        allow_default_key: true,
        allow_clear_text: true,
        ..keyed()
    }
}

/// A reader that knows no Secure Channel.
pub fn clear_reader() -> OsdpReader {
    OsdpReader {
        secure_channel: false,
        ..new_reader()
    }
}

/// A card of 26 bits.
pub fn card(value: u64) -> WiegandCode {
    WiegandCode::new(26, value).unwrap()
}

pub fn presented(code: WiegandCode, certainty: Certainty) -> Tell {
    Tell::Presented(Presentation {
        credential: Credential::Wiegand(code),
        certainty,
    })
}

pub fn refused(why: Distrust) -> Tell {
    Tell::Trust(Trust::Refused(why))
}

/// What cannot be told unless a card was held up.
pub fn of_cards(told: &[Tell]) -> Vec<Tell> {
    let of_cards = |tell: &&Tell| matches!(tell, Tell::Presented(_) | Tell::NotRead(_));
    told.iter().filter(of_cards).cloned().collect()
}

/// What was told of trust, in order.
pub fn of_trust(told: &[Tell]) -> Vec<Trust> {
    let of_trust = |tell: &Tell| match tell {
        Tell::Trust(trust) => Some(*trust),
        _ => None,
    };
    told.iter().filter_map(of_trust).collect()
}

pub fn not_this_kind() -> Tell {
    Tell::NotRead(NotRead::NotThisKind)
}

pub struct Bench {
    pub now: Moment,
    pub sim: OsdpSim,
    pub driver: Osdp,
    pub counters: PortCounters,
    mailbox: Mailbox<Ask>,
    inbox: Inbox<Ask>,
}

/// A bench whose line is up.
pub struct Joined<'a> {
    talk: Conversation<'a, Osdp>,
    far: MemoryLink,
    pub line: MemoryLine,
    pub sim: &'a mut OsdpSim,
    pub now: &'a mut Moment,
    pub told: Vec<Tell>,
    pub counters: &'a PortCounters,
    mailbox: &'a Mailbox<Ask>,
    inbox: &'a Inbox<Ask>,
}

impl Bench {
    pub fn new(settings: Settings, reader: OsdpReader) -> Self {
        let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
        Self {
            now: Moment::from_micros(1_000_000),
            sim: OsdpSim::new(reader),
            driver: Osdp::new(settings, Seed::given([0xC3; 16])),
            counters: PortCounters::default(),
            mailbox,
            inbox,
        }
    }

    /// Opens a line, does things over it, and closes it.
    pub fn join<R>(&mut self, doing: impl FnOnce(&mut Joined) -> R) -> R {
        let (mut near, far, line) = pair();
        let talk =
            Conversation::open(&mut near, &mut self.driver, &self.counters, self.now).unwrap();
        let mut joined = Joined {
            talk,
            far,
            line,
            sim: &mut self.sim,
            now: &mut self.now,
            told: Vec::new(),
            counters: &self.counters,
            mailbox: &self.mailbox,
            inbox: &self.inbox,
        };
        let result = doing(&mut joined);
        joined.talk.close(*joined.now, &mut |_| {});
        result
    }
}

impl Joined<'_> {
    pub fn ask(&self, ask: Ask) {
        self.mailbox.send(ask);
    }

    pub fn does(&mut self, command: OsdpCommand) {
        self.sim.command(*self.now, command);
    }

    pub fn front(&self) -> Front {
        self.sim.front(*self.now)
    }

    /// These bytes come to the driver as if from the reader.
    pub fn is_told(&mut self, bytes: &[u8]) {
        assert_eq!(self.far.write(bytes).unwrap(), bytes.len());
    }

    /// Does on both ends what is due, then goes on to the next thing that is; false when the line is
    /// lost.
    pub fn step_or_lost(&mut self) -> bool {
        for _ in 0..3 {
            let told = &mut self.told;
            let mut on_tell = |tell| {
                if let Told::Tell(tell) = tell {
                    told.push(tell);
                }
            };
            let turned = self.talk.turn(*self.now, self.inbox, &mut on_tell);
            self.sim.pump(*self.now, &mut self.far);
            if turned.is_err() {
                return false;
            }
        }
        let due = [self.talk.due(), self.sim.due()].into_iter().flatten();
        *self.now = due.min().expect("a reader is always polled").max(*self.now);
        true
    }

    /// The same over a line that holds.
    pub fn step(&mut self) {
        assert!(self.step_or_lost(), "the line is lost");
    }

    /// Steps until so much time has passed.
    pub fn run(&mut self, span: Duration) {
        let end = *self.now + span;
        while *self.now < end {
            self.step();
        }
    }

    pub fn run_seconds(&mut self, seconds: u64) {
        self.run(Duration::from_secs(seconds));
    }

    /// Steps until the reader has answered so many commands in all.
    pub fn until_replies(&mut self, replies: usize) {
        let end = *self.now + Duration::from_secs(600);
        while self.sim.replies() < replies {
            assert!(*self.now < end, "only {} replies", self.sim.replies());
            self.step();
        }
    }

    /// Steps until this is told, for a minute at most; gives everything told on the way, and forgets
    /// it.
    pub fn until(&mut self, wanted: &Tell) -> Vec<Tell> {
        let end = *self.now + Duration::from_secs(60);
        while !self.told.contains(wanted) {
            assert!(*self.now < end, "never {wanted:?}, only {:?}", self.told);
            self.step();
        }
        std::mem::take(&mut self.told)
    }

    /// A card held up now is told once, with this certainty, and nothing else is told of cards.
    pub fn reads(&mut self, value: u64, certainty: Certainty) {
        self.told.clear();
        self.does(OsdpCommand::Present(card(value)));
        self.run_seconds(1);
        assert_eq!(of_cards(&self.told), [presented(card(value), certainty)]);
    }
}

/// A packet in clear text as from the reader.
pub fn clear(sequence: u8, code: u8, data: &[u8]) -> Vec<u8> {
    let (address, control) = (
        WireAddress::from_raw(0xE5),
        ControlByte::decode(sequence | 4),
    );
    let packet = PacketBuilder::plain(address, control.unwrap(), code, data.to_vec());
    packet.encode().unwrap()
}
