//! A scanner that reads on command: a real port, a real session, real time.

#[path = "support/devices.rs"]
mod devices;

use chrono::Utc;
use devices::started;
use lodge::config::makes::{Makes, Mode, Scanner};
use lodge::config::{Device, Protocol, Settings};
use lodge::devices::{Clock, Devices, Report};
use lodge::equipment::DeviceKind;
use lodge::kiosk::{Effect, Event, House, Session, Step, Touch, step};
use lodge::people::{Scanned, ScannerName};
use lodge_hardware::link::pty::Pty;
use lodge_hardware::scanner::Family;
use lodge_hardware::sim::run::{Running, spawn};
use lodge_hardware::sim::scanner::triggered::{TriggeredCommand, TriggeredSim};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// Longer than anything takes that is going to happen at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// A kiosk's session and its scanner, with what the scanner's far end is doing.
struct Kiosk {
    devices: Devices,
    reports: Receiver<Report>,
    scanner: Running<TriggeredSim>,
    house: House,
    session: Session,
    /// It was set up to read on command.
    commanded: Arc<AtomicBool>,
    /// Its light is on.
    reading: Arc<AtomicBool>,
    _folder: tempfile::TempDir,
}

impl Kiosk {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = folder.path().join("scanner");
        let pty = Pty::plugged_at(&port).expect("a terminal");
        let (commanded, reading) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        let (is_commanded, is_reading) = (commanded.clone(), reading.clone());
        let seen = move |sim: &mut TriggeredSim, _: &mut Pty| {
            is_commanded.store(sim.is_commanded(), Ordering::SeqCst);
            is_reading.store(sim.is_reading(), Ordering::SeqCst);
        };
        let sim = TriggeredSim::new(Family::Newland);
        let scanner = spawn("scanner", sim, pty, Clock::system(), seen).expect("a thread");
        let usual = Device::usual("front", DeviceKind::Scanner, Protocol::LineScanner, port);
        let spec = Device {
            profile: Some("newland".to_owned()),
            makes: Makes::Scanner(Scanner {
                mode: Mode::Commanded,
                ..Scanner::default()
            }),
            ..usual
        };
        let (devices, reports) = started(&[spec]);
        let mut house = Settings::defaults().house(false);
        house.codes_on_command = true;
        let Step { session, .. } = Session::start(&house, Utc::now());
        Kiosk {
            devices,
            reports,
            scanner,
            house,
            session,
            commanded,
            reading,
            _folder: folder,
        }
    }

    /// Something happens to the session; the scanner hears of it.
    fn happens(&mut self, event: Event) {
        let Step {
            session, effects, ..
        } = step(self.session.clone(), &self.house, Utc::now(), event);
        self.session = session;
        for effect in effects {
            if let Effect::ReadCodes(reading) = effect {
                self.devices.read_codes(reading);
            }
        }
    }

    /// What is scanned next.
    fn scanned(&self) -> String {
        loop {
            let report = self.reports.recv_timeout(PATIENCE);
            if let Report::CodeScanned(scanned) = report.expect("a code") {
                assert_eq!(scanned.scanner, ScannerName("front".to_owned()));
                return scanned.text;
            }
        }
    }
}

fn until(what: &str, flag: &AtomicBool, is: bool) {
    let began = Instant::now();
    while flag.load(Ordering::SeqCst) != is {
        assert!(began.elapsed() < PATIENCE, "never: {what}");
        std::thread::yield_now();
    }
}

#[test]
fn the_light_of_a_commanded_scanner_is_on_while_somebody_is_there_and_what_it_sees_is_read() {
    let mut kiosk = Kiosk::open();
    until("set up", &kiosk.commanded, true);
    // Nobody is there: what lies in front of it is not read.
    let show = |code: &str| TriggeredCommand::Show(Some(code.to_owned()));
    kiosk.scanner.command(show("UMB-0007"));
    kiosk.happens(Event::Touched(Touch::GiveBack));
    assert_eq!(kiosk.scanned(), "UMB-0007");
    // It has read and is dark; the page may want another one.
    kiosk.scanner.command(show("UMB-0008"));
    kiosk.happens(Event::CodeScanned(Scanned::line(
        "UMB-0007",
        "front",
        Utc::now(),
    )));
    assert_eq!(kiosk.scanned(), "UMB-0008");
    // With nothing in front of it, it looks until the person is done.
    kiosk.scanner.command(TriggeredCommand::Show(None));
    kiosk.happens(Event::CodeScanned(Scanned::line(
        "UMB-0008",
        "front",
        Utc::now(),
    )));
    until("the light is on", &kiosk.reading, true);
    kiosk.happens(Event::Touched(Touch::End));
    until("the light is off", &kiosk.reading, false);
}
