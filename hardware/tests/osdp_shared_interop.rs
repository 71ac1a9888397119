//! One line with readers that others wrote, the C library libosdp, and one of ours between them, by the
//! real clock, which that library keeps.

#[path = "support/osdp_foreign.rs"]
mod foreign;
#[path = "support/osdp_shared.rs"]
mod support;

use std::time::{Duration, Instant};

use foreign::{Orders, foreign_reader};
use libosdp::PeripheralDevice;
use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Clock;
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::{MemoryLink, pair};
use lodge_hardware::port::{Conversation, Inbox, Mailbox, PortCounters, Told, mailbox};
use lodge_hardware::reader::osdp::{Address, Addressed, OsdpLine};
use lodge_hardware::reader::{Ask, Distrust, Signal, Tell, Trust};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::osdp::{OsdpCommand, OsdpSim};
use support::*;

const PATIENCE: Duration = Duration::from_secs(20);

/// The keys of `support`, as the other library wants them.
fn key_bytes(address: Address) -> [u8; 16] {
    [address.number() ^ 0x5A; 16]
}

/// The two wires: what one says, all others hear.
struct Bus(Vec<MemoryLink>);

impl Bus {
    fn carry(&mut self) {
        for from in 0..self.0.len() {
            let mut said = [0; 512];
            while let Ok(n @ 1..) = self.0[from].read(&mut said) {
                for (to, link) in self.0.iter_mut().enumerate() {
                    if to != from {
                        assert_eq!(link.write(&said[..n]).unwrap(), n);
                    }
                }
            }
        }
    }

    /// Another one on the wires.
    fn end(&mut self) -> MemoryLink {
        let (own, wires, _) = pair();
        self.0.push(wires);
        own
    }
}

struct All<'a> {
    talk: Conversation<'a, OsdpLine>,
    bus: &'a mut Bus,
    foreign: Vec<(PeripheralDevice, Orders)>,
    ours: (OsdpSim, MemoryLink),
    clock: Clock,
    mailbox: Mailbox<Addressed<Ask>>,
    inbox: Inbox<Addressed<Ask>>,
    told: Vec<Addressed<Tell>>,
}

impl All<'_> {
    /// Moves all ends until this holds.
    fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < end, "never {what}, only {:?}", self.told);
            let told = &mut self.told;
            let mut on_tell = |tell| {
                if let Told::Tell(tell) = tell {
                    told.push(tell);
                }
            };
            let now = self.clock.now();
            self.talk.turn(now, &self.inbox, &mut on_tell).unwrap();
            self.bus.carry();
            for (reader, _) in &mut self.foreign {
                reader.refresh();
            }
            let (sim, link) = &mut self.ours;
            sim.pump(now, link);
            self.bus.carry();
            std::thread::yield_now();
        }
    }

    fn until_told(&mut self, wanted: &Addressed<Tell>) {
        self.until(&format!("{wanted:?}"), |all| all.told.contains(wanted));
    }
}

/// The front and staff readers are of the other library, the gate's is ours; does things with them.
fn on_one_line(keys: [Option<[u8; 16]>; 2], doing: impl FnOnce(&mut All)) {
    let mut bus = Bus(Vec::new());
    let mut near = bus.end();
    let foreign = [FRONT, STAFF].into_iter().zip(keys);
    let foreign = foreign.map(|(address, key)| foreign_reader(address, bus.end(), key));
    let foreign = Vec::from_iter(foreign);
    let ours = (OsdpSim::new(keyed_reader(GATE)), bus.end());
    let (mut driver, _) = driver(&[FRONT, STAFF, GATE].map(keyed));
    let (clock, counters) = (Clock::system(), PortCounters::default());
    let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
    let talk = Conversation::open(&mut near, &mut driver, &counters, clock.now()).unwrap();
    doing(&mut All {
        talk,
        bus: &mut bus,
        foreign,
        ours,
        clock,
        mailbox,
        inbox,
        told: Vec::new(),
    });
}

#[test]
fn foreign_readers_and_ours_on_one_line_are_believed_read_and_signalled() {
    on_one_line([FRONT, STAFF].map(|at| Some(key_bytes(at))), |all| {
        for address in [FRONT, STAFF, GATE] {
            all.until_told(&of(address, Tell::Trust(Trust::OwnKey)));
        }
        for value in 1..=5 {
            let read_by = [FRONT, STAFF].map(|address| of(address, read(value)));
            for (reader, _) in &mut all.foreign {
                reader.notify_event(foreign::read(card(value))).unwrap();
            }
            let now = all.clock.now();
            all.ours.0.command(now, OsdpCommand::Present(card(value)));
            for wanted in read_by.iter().chain([&of(GATE, read(value))]) {
                all.until_told(wanted);
            }
        }
        all.mailbox.send(of(STAFF, Ask::Signal(Signal::Granted)));
        all.until("a lamp and a beep", |all| {
            all.foreign[1].1.lock().unwrap().len() == 2
        });
        assert!(all.foreign[0].1.lock().unwrap().is_empty(), "the other's");
    });
}

#[test]
fn a_foreign_reader_that_is_new_is_given_its_key_while_the_others_work() {
    on_one_line([None, Some(key_bytes(STAFF))], |all| {
        all.until_told(&of(
            FRONT,
            Tell::Trust(Trust::Refused(Distrust::DefaultKey)),
        ));
        all.until_told(&of(STAFF, Tell::Trust(Trust::OwnKey)));
        all.mailbox.send(of(FRONT, Ask::InstallKey));
        all.until_told(&of(FRONT, Tell::Trust(Trust::OwnKey)));
        let (reader, _) = &mut all.foreign[0];
        reader.notify_event(foreign::read(card(11))).unwrap();
        all.until_told(&of(FRONT, read(11)));
    });
}
