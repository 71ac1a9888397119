//! OSDP readers that share a port: a real port, real threads, real time.

#[path = "support/devices.rs"]
mod devices;

use devices::started;
use lodge::commands;
use lodge::config::{Device, Osdp, Protocol};
use lodge::devices::hatch::Hatch;
use lodge::devices::{Clock, DeviceState, Devices, Report, Standing};
use lodge::equipment::{DeviceKind, Fault};
use lodge::kiosk::event::DeviceChange;
use lodge::people::{Certainty, ReaderName, Signal};
use lodge_hardware::link::pty::Pty;
use lodge_hardware::reader::WiegandCode;
use lodge_hardware::reader::osdp::{Address, Addressed, Key};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::osdp::{Lamp, OsdpCommand, OsdpLineSim, OsdpReader};
use lodge_hardware::sim::run::{Running, spawn};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Longer than anything takes that is going to happen at all.
const PATIENCE: Duration = Duration::from_secs(20);

const NAMES: [&str; 2] = ["front", "staff"];

fn address(name: &str) -> Address {
    let place = NAMES.iter().position(|other| *other == name);
    Address::new(place.expect("one of the two") as u8).expect("an address")
}

fn key(name: &str) -> Key {
    Key::new([0x51 + address(name).number(); 16]).expect("a key")
}

/// The reader of this name as the site wants it.
fn reader(name: &str) -> OsdpReader {
    OsdpReader::new(address(name)).with_key(key(name))
}

/// Two readers on one line, and their far ends.
struct Lobby {
    devices: Arc<Devices>,
    reports: Receiver<Report>,
    readers: Running<OsdpLineSim>,
    /// The lamps of both.
    lamps: Arc<Mutex<Vec<Lamp>>>,
    plugged: Arc<AtomicBool>,
    folder: tempfile::TempDir,
}

fn settings_of(name: &str, folder: &Path) -> Device {
    let key_file = folder.join(format!("{name}.key"));
    let port = folder.join("rs485");
    let mut device = Device::usual(name, DeviceKind::Reader, Protocol::Osdp, port);
    device.osdp = Some(Osdp {
        address: address(name).number(),
        key_file: Some(key_file),
        ..Osdp::default()
    });
    device
}

impl Lobby {
    /// These readers on the line; `before` does something in the folder before the start.
    fn with(readers: [OsdpReader; 2], before: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in NAMES {
            let digits = format!("{:02X}", 0x51 + address(name).number()).repeat(16);
            let file = folder.path().join(format!("{name}.key"));
            std::fs::write(file, digits).expect("a key file");
        }
        before(folder.path());
        let pty = Pty::plugged_at(folder.path().join("rs485")).expect("a terminal");
        let lamps = Arc::<Mutex<Vec<Lamp>>>::default();
        let plugged = Arc::new(AtomicBool::new(true));
        let (seen, plug, clock) = (Arc::clone(&lamps), plugged.clone(), Clock::system());
        let shown = clock.clone();
        let readers = spawn(
            "line",
            OsdpLineSim::new(readers),
            pty,
            clock,
            move |sim: &mut OsdpLineSim, pty: &mut Pty| {
                match plug.load(Ordering::SeqCst) {
                    true => pty.plug().expect("a terminal"),
                    false => pty.unplug(),
                }
                let lamp = |name| {
                    let reader = sim.reader(address(name)).expect("it is on the line");
                    reader.front(shown.now()).lamp
                };
                *seen.lock().expect("nobody panics") = Vec::from(NAMES.map(lamp));
            },
        )
        .expect("a thread");
        let specs = NAMES.map(|name| settings_of(name, folder.path()));
        let (devices, reports) = started(&specs);
        Lobby {
            devices: Arc::new(devices),
            reports,
            readers,
            lamps,
            plugged,
            folder,
        }
    }

    fn does(&self, name: &str, what: OsdpCommand) {
        let address = address(name);
        self.readers.command(Addressed { address, what });
    }

    fn plug(&self, plugged: bool) {
        self.plugged.store(plugged, Ordering::SeqCst);
        // Anything wakes the far end.
        self.does("front", OsdpCommand::Power(true));
    }

    fn state(&self, name: &str) -> DeviceState {
        let mut states = self.devices.states().into_iter();
        let found = states.find(|state| state.id == format!("reader-{name}"));
        found.expect("it is in the settings")
    }

    /// Waits until this holds, however the reports come.
    fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !holds(self) {
            let states = self.devices.states();
            assert!(began.elapsed() < PATIENCE, "never: {what}, but {states:?}");
            std::thread::yield_now();
        }
    }

    /// Waits until this reader stands so, its identity heard where it is believed.
    fn until_stands(&self, name: &str, standing: &Standing) {
        self.until(&format!("{name} {standing:?}"), |lobby| {
            let state = lobby.state(name);
            let known = state.identity.is_some() || *standing != Standing::Open;
            state.standing == *standing && known
        });
    }

    /// A card held to this reader is reported as read there, and by a reader that is believed.
    fn reads(&self, name: &str, value: u64) {
        let code = WiegandCode::new(26, value).expect("a card");
        self.does(name, OsdpCommand::Present(code));
        let began = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(began.elapsed());
            let report = self.reports.recv_timeout(left);
            let report = report.unwrap_or_else(|_| panic!("the card is never read"));
            if let Report::CardPresented(presented) = report {
                assert_eq!(presented.reader, Some(ReaderName(name.to_owned())));
                assert_eq!(presented.certainty, Certainty::Authenticated);
                let number = code.number_bits().unwrap_or(code);
                let number = format!("{}:{:X}", number.bits(), number.value());
                assert_eq!(presented.credential.number, number);
                return;
            }
        }
    }

    fn next_change(&self) -> DeviceChange {
        let began = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(began.elapsed());
            match self.reports.recv_timeout(left).expect("a change") {
                Report::Changed(change) => return change,
                _ => continue,
            }
        }
    }
}

#[test]
fn both_readers_of_a_line_are_read_and_signalled_each_by_its_name() {
    let lobby = Lobby::with(NAMES.map(reader), |_| {});
    for name in NAMES {
        lobby.until_stands(name, &Standing::Open);
    }
    for value in 1..=3 {
        for name in NAMES {
            lobby.reads(name, value);
        }
    }
    let lamps = |lobby: &Lobby| lobby.lamps.lock().expect("nobody panics").clone();
    lobby
        .devices
        .signal(&ReaderName("staff".to_owned()), Signal::Granted);
    lobby.until("a green lamp", |lobby| {
        let lamps = lamps(lobby);
        assert_ne!(lamps.first(), Some(&Lamp::Green), "the other reader's");
        lamps == [Lamp::Blue, Lamp::Green]
    });
    for name in NAMES {
        // Two questions, two steps of the handshake, the identity, and three cards.
        let (understood, rejected) = lobby.state(name).messages();
        assert!(understood >= 8 && rejected == 0, "{understood} {rejected}");
    }
    let port = lobby.state("front").counters;
    assert!(
        Arc::ptr_eq(&port, &lobby.state("staff").counters),
        "bytes and errors are those of the port"
    );
}

#[test]
fn a_reader_that_was_opened_says_so_and_reads_all_the_same() {
    let lobby = Lobby::with(NAMES.map(reader), |_| {});
    for name in NAMES {
        lobby.until_stands(name, &Standing::Open);
    }
    for (tampered, power_fails, standing) in [
        (true, false, Standing::Ailing(Fault::Tampered)),
        (false, true, Standing::Ailing(Fault::PowerFails)),
        (false, false, Standing::Open),
    ] {
        let condition = OsdpCommand::Condition {
            tampered,
            power_fails,
        };
        lobby.does("staff", condition);
        lobby.until_stands("staff", &standing);
        lobby.until_stands("front", &Standing::Open);
        lobby.reads("staff", 3);
    }
}

#[test]
fn a_line_that_is_pulled_out_takes_both_readers_with_it_and_brings_both_back() {
    let lobby = Lobby::with(NAMES.map(reader), |_| {});
    for name in NAMES {
        lobby.until_stands(name, &Standing::Open);
    }
    while lobby.reports.try_recv().is_ok() {}
    for times in 1..=3 {
        lobby.plug(false);
        assert_eq!(lobby.next_change(), DeviceChange::Reader(false));
        for name in NAMES {
            let standing = lobby.state(name).standing;
            assert!(matches!(standing, Standing::Lost(_)), "{standing:?}");
        }
        lobby.plug(true);
        assert_eq!(lobby.next_change(), DeviceChange::Reader(true));
        for name in NAMES {
            lobby.until_stands(name, &Standing::Open);
            lobby.reads(name, 5);
            assert_eq!(lobby.state(name).reopenings(), times);
        }
    }
}

#[test]
fn one_reader_that_is_silent_is_told_to_the_desk_alone() {
    let lobby = Lobby::with(NAMES.map(reader), |_| {});
    lobby.does("staff", OsdpCommand::Fault(LineFault::Silent, true));
    lobby.until_stands("front", &Standing::Open);
    lobby.until_stands("staff", &Standing::Failing(Fault::Silent));
    lobby.reads("front", 7);
    let changes = lobby.reports.try_iter();
    let of_readers = |report: &Report| matches!(report, Report::Changed(DeviceChange::Reader(_)));
    assert_eq!(
        changes.filter(of_readers).count(),
        0,
        "people have a reader"
    );
    lobby.does("staff", OsdpCommand::Fault(LineFault::Silent, false));
    lobby.until_stands("staff", &Standing::Open);
    lobby.reads("staff", 8);
}

#[test]
fn a_key_is_installed_at_the_reader_that_was_named_at_the_hatch() {
    let new = NAMES.map(|name| OsdpReader::new(address(name)));
    let lobby = Lobby::with(new, |_| {});
    for name in NAMES {
        lobby.until_stands(name, &Standing::Failing(Fault::DefaultKey));
    }
    let folder = lobby.folder.path();
    let _hatch = Hatch::open(folder, lobby.devices.clone()).expect("a hatch");
    let mut said = Vec::new();
    let outcome = commands::install_key(folder, "staff", &mut said).expect("it is heard");
    let said = String::from_utf8_lossy(&said).into_owned();
    assert_eq!(outcome, commands::Outcome::Well, "{said}");
    lobby.until_stands("staff", &Standing::Open);
    lobby.reads("staff", 9);
    let front = lobby.state("front").standing;
    assert_eq!(front, Standing::Failing(Fault::DefaultKey));
    let nobody = commands::install_key(folder, "gate", &mut Vec::new()).expect("it is heard");
    assert_eq!(nobody, commands::Outcome::Unwell);
}

#[test]
fn a_reader_whose_key_cannot_be_read_keeps_no_other_from_its_work() {
    let lobby = Lobby::with(NAMES.map(reader), |folder| {
        std::fs::remove_file(folder.join("front.key")).expect("it was there");
    });
    lobby.until_stands("staff", &Standing::Open);
    lobby.reads("staff", 6);
    let file = lobby.folder.path().join("front.key");
    let unreadable = Fault::KeyUnreadable(file.display().to_string());
    assert_eq!(lobby.state("front").standing, Standing::Lost(unreadable));
    // Plugging it in would not help: the file is named.
    let folder = lobby.folder.path();
    let hatch = Hatch::open(folder, lobby.devices.clone()).expect("a hatch");
    let mut said = Vec::new();
    let outcome = commands::install_key(folder, "front", &mut said).expect("it is heard");
    assert_eq!(outcome, commands::Outcome::Unwell);
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("front.key"), "{said}");
    drop(hatch);
    lobby.plug(false);
    lobby.until("staff is gone", |lobby| {
        matches!(lobby.state("staff").standing, Standing::Lost(_))
    });
    lobby.plug(true);
    lobby.until_stands("staff", &Standing::Open);
    assert!(matches!(
        lobby.state("front").standing,
        Standing::Lost(Fault::KeyUnreadable(_))
    ));
}
