//! An OSDP reader and its driver on one line in memory, moved by hand.
#![allow(dead_code)]

mod bench;
#[path = "polled.rs"]
mod polled;

use std::time::Duration;

use lodge_hardware::link::Link;
use lodge_hardware::reader::osdp::{Address, Key, Osdp, Seed, Settings};
use lodge_hardware::reader::{
    Certainty, Credential, Distrust, NotRead, Presentation, Tell, Trust, WiegandCode,
};
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

pub type Bench = bench::Bench<Osdp, OsdpSim>;
pub type Joined<'a> = bench::Joined<'a, Osdp, OsdpSim>;

impl Bench {
    pub fn new(settings: Settings, reader: OsdpReader) -> Self {
        let driver = Osdp::new(settings, Seed::given([0xC3; 16]));
        Self::with(driver, OsdpSim::new(reader))
    }
}

impl Joined<'_> {
    pub fn front(&self) -> Front {
        self.sim.front(*self.now)
    }

    /// These bytes come to the driver as if from the reader.
    pub fn is_told(&mut self, bytes: &[u8]) {
        assert_eq!(self.far.write(bytes).unwrap(), bytes.len());
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
        self.until_told(wanted);
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
