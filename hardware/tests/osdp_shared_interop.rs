//! One line with readers that others wrote, the C library libosdp, and one of ours between them, by the
//! real clock, which that library keeps.

#[path = "support/osdp_foreign.rs"]
mod foreign;
#[path = "support/osdp_shared.rs"]
mod support;

use foreign::{FarEnds, ForeignReader, Meeting, foreign_reader, meet};
use lodge_hardware::clock::Moment;
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::{MemoryLink, pair};
use lodge_hardware::reader::osdp::{Address, OsdpLine};
use lodge_hardware::reader::{Ask, Distrust, Signal, Tell, Trust};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::osdp::{OsdpCommand, OsdpSim};
use support::*;

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

/// Two readers of the other library and one of ours.
struct OnOneLine {
    bus: Bus,
    foreign: Vec<ForeignReader>,
    ours: (OsdpSim, MemoryLink),
}

impl FarEnds for OnOneLine {
    fn turn(&mut self, now: Moment) {
        self.bus.carry();
        for foreign in &mut self.foreign {
            foreign.reader.refresh();
        }
        let (sim, link) = &mut self.ours;
        sim.pump(now, link);
        self.bus.carry();
    }
}

/// The front and staff readers are of the other library, the gate's is ours; does things with them.
fn on_one_line(
    keys: [Option<[u8; 16]>; 2],
    doing: impl FnOnce(&mut Meeting<'_, OsdpLine, OnOneLine>),
) {
    let mut bus = Bus(Vec::new());
    let near = bus.end();
    let foreign = [FRONT, STAFF].into_iter().zip(keys);
    let foreign = foreign.map(|(address, key)| foreign_reader(address, bus.end(), key));
    let foreign = Vec::from_iter(foreign);
    let ours = (OsdpSim::new(keyed_reader(GATE)), bus.end());
    let (driver, _) = driver(&[FRONT, STAFF, GATE].map(keyed));
    meet(near, driver, OnOneLine { bus, foreign, ours }, doing);
}

#[test]
fn foreign_readers_and_ours_on_one_line_are_believed_read_and_signalled() {
    on_one_line([FRONT, STAFF].map(|at| Some(key_bytes(at))), |all| {
        for address in [FRONT, STAFF, GATE] {
            all.until_told(&of(address, Tell::Trust(Trust::OwnKey)));
        }
        for value in 1..=5 {
            let read_by = [FRONT, STAFF].map(|address| of(address, read(value)));
            for foreign in &mut all.far.foreign {
                foreign.reads(card(value));
            }
            let now = all.clock.now();
            let (ours, _) = &mut all.far.ours;
            ours.command(now, OsdpCommand::Present(card(value)));
            for wanted in read_by.iter().chain([&of(GATE, read(value))]) {
                all.until_told(wanted);
            }
        }
        all.mailbox.send(of(STAFF, Ask::Signal(Signal::Granted)));
        all.until("a lamp and a beep", |_, far| {
            far.foreign[1].orders.lock().unwrap().len() == 2
        });
        assert!(
            all.far.foreign[0].orders.lock().unwrap().is_empty(),
            "the other's"
        );
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
        all.far.foreign[0].reads(card(11));
        all.until_told(&of(FRONT, read(11)));
    });
}
