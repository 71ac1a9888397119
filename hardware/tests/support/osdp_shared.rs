//! OSDP readers on one line and its driver, joined in memory and moved by hand.
#![allow(dead_code)]

mod bench;
#[path = "polled.rs"]
mod polled;

use std::sync::Arc;
use std::time::Duration;

use lodge_hardware::port::FrameCounters;
use lodge_hardware::reader::osdp::{Address, Addressed, Key, OnLine, OsdpLine, Seed, Settings};
use lodge_hardware::reader::{Ask, Certainty, Credential, Presentation, Tell, Trust, WiegandCode};
use lodge_hardware::sim::osdp::{Front, OsdpCommand, OsdpLineSim, OsdpReader};

pub const FRONT: Address = Address::new(0x65).unwrap();
pub const STAFF: Address = Address::new(0x01).unwrap();
pub const GATE: Address = Address::new(0x7E).unwrap();

/// Longer than the wait for a reply and what its command takes on the wire.
pub const ONE_WAIT: Duration = Duration::from_millis(250);

/// The key of the reader at this address, and of no other.
pub fn key(address: Address) -> Key {
    Key::new([address.number() ^ 0x5A; 16]).unwrap()
}

pub fn keyed(address: Address) -> Settings {
    Settings::keyed(address, key(address))
}

pub fn keyed_reader(address: Address) -> OsdpReader {
    OsdpReader {
        serial: address.number().into(),
        ..OsdpReader::new(address).with_key(key(address))
    }
}

/// A reader as it comes out of its box.
pub fn new_reader(address: Address) -> OsdpReader {
    OsdpReader {
        key: None,
        ..keyed_reader(address)
    }
}

/// A card of 26 bits.
pub fn card(value: u64) -> WiegandCode {
    WiegandCode::new(26, value).unwrap()
}

pub fn read(value: u64) -> Tell {
    Tell::Presented(Presentation {
        credential: Credential::Wiegand(card(value)),
        certainty: Certainty::Authenticated,
    })
}

pub fn of<T>(address: Address, what: T) -> Addressed<T> {
    Addressed { address, what }
}

/// A driver for readers of these settings, with its counters.
pub fn driver(settings: &[Settings]) -> (OsdpLine, Vec<Arc<FrameCounters>>) {
    let counters = Vec::from_iter(settings.iter().map(|_| Arc::default()));
    let readers = settings.iter().zip(&counters);
    let readers = readers.map(|(settings, frames)| OnLine {
        settings: settings.clone(),
        seed: Seed::given([settings.address.number(); 16]),
        frames: Arc::clone(frames),
    });
    (OsdpLine::new(readers).unwrap(), counters)
}

pub type Bench = bench::Bench<OsdpLine, OsdpLineSim>;
pub type Joined<'a> = bench::Joined<'a, OsdpLine, OsdpLineSim>;

impl Bench {
    /// A line with a driver of these settings and these readers.
    pub fn new(
        settings: impl IntoIterator<Item = Settings>,
        readers: impl IntoIterator<Item = OsdpReader>,
    ) -> Self {
        let (driver, _) = driver(&Vec::from_iter(settings));
        Self::with(driver, OsdpLineSim::new(readers))
    }

    /// A line on which everybody has a key and is what the site knows.
    pub fn of(addresses: &[Address]) -> Self {
        Self::new(
            addresses.iter().map(|address| keyed(*address)),
            addresses.iter().map(|address| keyed_reader(*address)),
        )
    }
}

impl Joined<'_> {
    pub fn ask_at(&self, address: Address, ask: Ask) {
        self.ask(of(address, ask));
    }

    pub fn does_at(&mut self, address: Address, command: OsdpCommand) {
        self.does(of(address, command));
    }

    pub fn front(&self, address: Address) -> Front {
        self.sim.reader(address).unwrap().front(*self.now)
    }

    /// How many commands the reader at this address has answered, or would have.
    pub fn asked(&self, address: Address) -> usize {
        self.sim.reader(address).unwrap().replies()
    }

    /// Steps until the reader at this address has been asked something, and then lets so much time pass,
    /// in which nothing else becomes due.
    pub fn until_asked(&mut self, address: Address, and_then: Duration) {
        let asked = self.asked(address);
        while self.asked(address) == asked {
            *self.now = self.next_due();
            assert!(self.turn(), "the line is lost");
        }
        let then = *self.now + and_then;
        assert!(then < self.next_due(), "something is due before");
        *self.now = then;
    }

    /// Steps for so many seconds; gives the longest time for which the reader at this address was not
    /// asked.
    pub fn longest_unasked(&mut self, address: Address, seconds: u64) -> Duration {
        let end = *self.now + Duration::from_secs(seconds);
        let (mut asked, mut since) = (self.asked(address), *self.now);
        let mut longest = Duration::ZERO;
        while *self.now < end {
            self.step();
            longest = longest.max(*self.now - since);
            if self.asked(address) != asked {
                (asked, since) = (self.asked(address), *self.now);
            }
        }
        longest
    }

    /// Steps until all these readers are believed, for a minute at most; forgets what was told.
    pub fn until_believed(&mut self, addresses: &[Address]) {
        for address in addresses {
            self.until_told(&of(*address, Tell::Trust(Trust::OwnKey)));
        }
        self.run(Duration::from_millis(500));
        self.told.clear();
    }

    /// What was told of one reader.
    pub fn told_of(&self, address: Address) -> Vec<Tell> {
        let told = self.told.iter().filter(|told| told.address == address);
        told.map(|told| told.what.clone()).collect()
    }

    /// What was told of cards, by whichever reader.
    pub fn cards(&self) -> Vec<Addressed<Tell>> {
        let of_cards =
            |told: &&Addressed<Tell>| matches!(told.what, Tell::Presented(_) | Tell::NotRead(_));
        self.told.iter().filter(of_cards).cloned().collect()
    }

    /// A card held up to this reader now is told once, as its own, and nothing else is told of cards.
    pub fn reads(&mut self, address: Address, value: u64) {
        self.told.clear();
        self.does_at(address, OsdpCommand::Present(card(value)));
        self.run_seconds(2);
        assert_eq!(self.cards(), [of(address, read(value))]);
    }
}
