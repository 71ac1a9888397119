//! One card at readers of different make: real ports, real books.

mod support;

#[path = "support/devices.rs"]
mod devices;

use devices::started;
use lodge::config::{CardBytes, CardsBehind, Device, Osdp, Protocol};
use lodge::devices::{Clock, DeviceState, Devices, Report, Standing};
use lodge::equipment::DeviceKind;
use lodge::people::{CardState, Credential, Identity, NotRead, ReaderName};
use lodge::store::CardRow;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::reader::osdp::{Address, Key};
use lodge_hardware::reader::{Uid, WiegandCode, wiegand};
use lodge_hardware::sim::osdp::{OsdpCommand, OsdpReader, OsdpSim};
use lodge_hardware::sim::pn532::{Card, Pn532Command, Pn532Sim};
use lodge_hardware::sim::run::{Running, spawn};
use lodge_hardware::sim::wiegand::{WiegandCommand, WiegandSim};
use std::path::Path;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};
use support::{Lobby, monday_morning};

/// Longer than anything takes that is going to happen at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// Three readers of 13.56 MHz cards, and their far ends.
struct Readers {
    devices: Devices,
    reports: Receiver<Report>,
    chip: Running<Pn532Sim>,
    osdp: Running<OsdpSim>,
    wire: Running<WiegandSim>,
}

/// What a reader told of what was held up to it.
type Told = Result<Credential, NotRead>;

impl Readers {
    /// Readers whose ports are in this folder: the one on OSDP sends bytes as cards do, the converter
    /// the other way round.
    fn open(folder: &Path) -> Self {
        let key = folder.join("gate.key");
        std::fs::write(&key, "51".repeat(16)).expect("a key file");
        let usual = |name: &str, protocol| {
            let port = folder.join(name);
            Device::usual(name, DeviceKind::Reader, protocol, port)
        };
        let specs = [
            usual("front", Protocol::Pn532),
            Device {
                cards: CardsBehind::Iso14443a,
                osdp: Some(Osdp {
                    key_file: Some(key),
                    ..Osdp::default()
                }),
                ..usual("gate", Protocol::Osdp)
            },
            Device {
                cards: CardsBehind::Iso14443a,
                card_bytes: CardBytes::Reversed,
                profile: Some("s4a".to_owned()),
                ..usual("yard", Protocol::Wiegand)
            },
        ];
        let pty = |name: &str| Pty::plugged_at(folder.join(name)).expect("a terminal");
        let key = Key::new([0x51; 16]).expect("a key");
        let gate = OsdpSim::new(OsdpReader::new(Address::FIRST).with_key(key));
        let yard = WiegandSim::new(wiegand::Settings::s4a());
        let clock = Clock::system;
        let chip = spawn("front", Pn532Sim::new(), pty("front"), clock(), |_, _| {});
        let osdp = spawn("gate", gate, pty("gate"), clock(), |_, _| {});
        let wire = spawn("yard", yard, pty("yard"), clock(), |_, _| {});
        let (devices, reports) = started(&specs);
        Readers {
            devices,
            reports,
            chip: chip.expect("a thread"),
            osdp: osdp.expect("a thread"),
            wire: wire.expect("a thread"),
        }
        .until_open()
    }

    /// Waits until all of them can be used: two say who they are when they are.
    fn until_open(self) -> Self {
        let began = Instant::now();
        let can_be_used = |state: &DeviceState| {
            let is_known = state.identity.is_some() || state.id == "reader-yard";
            state.standing == Standing::Open && is_known
        };
        while !self.devices.states().iter().all(can_be_used) {
            let states = self.devices.states();
            assert!(began.elapsed() < PATIENCE, "never open: {states:?}");
            std::thread::yield_now();
        }
        self
    }

    /// What this reader tells next.
    fn told(&self, reader: &str) -> Told {
        let by = ReaderName(reader.to_owned());
        loop {
            let report = self.reports.recv_timeout(PATIENCE);
            match report.unwrap_or_else(|_| panic!("{reader} never reads the card")) {
                Report::CardPresented(presented) if presented.reader.as_ref() == Some(&by) => {
                    return Ok(presented.credential);
                }
                Report::CardNotRead(reader, why) if reader == by => return Err(why),
                _ => {}
            }
        }
    }

    fn on_the_chip(&self, uid: &[u8]) -> Told {
        let card = Card::Tag(Uid::new(uid).expect("a UID"));
        self.chip.command(Pn532Command::PutDown(card));
        let told = self.told("front");
        self.chip.command(Pn532Command::LiftAll);
        told
    }

    fn at_the_gate(&self, bits: u8, value: u64) -> Told {
        let code = WiegandCode::new(bits, value).expect("a card");
        self.osdp.command(OsdpCommand::Present(code));
        self.told("gate")
    }

    fn in_the_yard(&self, value: u64) -> Told {
        let code = WiegandCode::new(32, value).expect("a card");
        self.wire.command(WiegandCommand::Hold(code, 1));
        self.told("yard")
    }
}

#[test]
fn a_card_that_was_enrolled_at_a_pn532_is_known_at_an_osdp_and_at_a_wiegand_reader() {
    let mut lobby = Lobby::open();
    let readers = Readers::open(lobby.path());
    for (uid, bits, value) in [
        (&[0xFB, 0x0E, 0xE2, 0x0B][..], 32, 0xFB0E_E20B),
        (
            &[0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6],
            56,
            0x0004_A1B2_C3D4_E5F6,
        ),
    ] {
        let row = CardRow {
            person: lobby.grace,
            credential: readers.on_the_chip(uid).expect("it is read"),
            state: CardState::Active,
        };
        let issued = lobby.books.issue_card(&row, monday_morning());
        issued.expect("a card");
        let seen = readers.at_the_gate(bits, value).expect("it is read");
        let known = lobby.books.identify_card(&seen).expect("readable books");
        assert!(
            matches!(&known, Identity::Known(holder) if holder.person == lobby.grace),
            "{bits} bits: {known:?}"
        );
    }
    let seen = readers.in_the_yard(0x0BE2_0EFB).expect("it is read");
    let known = lobby.books.identify_card(&seen).expect("readable books");
    assert!(
        matches!(&known, Identity::Known(holder) if holder.person == lobby.grace),
        "{known:?}"
    );
    let other = readers.in_the_yard(0xFB0E_E20B).expect("it is read");
    let known = lobby.books.identify_card(&other).expect("readable books");
    assert_eq!(known, Identity::UnknownCard, "another order, another card");
}

#[test]
fn a_telephone_is_no_card_at_any_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let readers = Readers::open(folder.path());
    let random = Err(NotRead::RandomNumber);
    assert_eq!(readers.on_the_chip(&[0x08, 0x12, 0x34, 0x56]), random);
    assert_eq!(readers.at_the_gate(32, 0x0812_3456), random);
    assert_eq!(readers.in_the_yard(0x5634_1208), random);
}
