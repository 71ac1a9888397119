//! Ports that come, go, flap and come back under another name: real ports, real threads, real time.

#[path = "support/devices.rs"]
mod devices;

use chrono::Utc;
use devices::started;
use lodge::config::{Device, Protocol};
use lodge::devices::{DeviceState, Devices, Report};
use lodge::equipment::DeviceKind;
use lodge::kiosk::event::DeviceChange;
use lodge_hardware::link::Link;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::reader::CardNumber;
use lodge_hardware::sim::pn532::Pn532Sim;
use lodge_hardware::sim::run::spawn;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// A reader that was plugged in again works within this, opening included.
const WITHIN: Duration = Duration::from_secs(2);

/// Longer than anything takes that is going to happen at all.
const PATIENCE: Duration = Duration::from_secs(20);

struct Lobby {
    devices: Devices,
    reports: Receiver<Report>,
    folder: tempfile::TempDir,
}

impl Lobby {
    /// A lobby with readers of these names; `plug` plugs some in before the start.
    fn with_readers(names: &[&str], plug: impl FnOnce(&Path)) -> Self {
        Self::with(Protocol::Em4100, names, plug)
    }

    /// The same with readers that speak something else.
    fn with(protocol: Protocol, names: &[&str], plug: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        plug(folder.path());
        let specs: Vec<Device> = names
            .iter()
            .map(|name| {
                let port = folder.path().join(name);
                Device::usual(name, DeviceKind::Reader, protocol, port)
            })
            .collect();
        let (devices, reports) = started(&specs);
        Lobby {
            devices,
            reports,
            folder,
        }
    }

    fn port(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Waits for the next report of this kind; gives how long that took.
    fn wait_for(&self, what: &str, wanted: impl Fn(&Report) -> bool) -> Duration {
        let began = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(began.elapsed());
            let report = self.reports.recv_timeout(left);
            if wanted(&report.unwrap_or_else(|_| panic!("never: {what}"))) {
                return began.elapsed();
            }
        }
    }

    fn wait_until_readers(&self, work: bool) -> Duration {
        self.wait_for(
            "readers come or go",
            |report| matches!(report, Report::Changed(DeviceChange::Reader(now)) if *now == work),
        )
    }

    /// Holds a card up until it is read: a port may still be on its way open.
    fn read_card(&self, pty: &mut Pty, number: u64) -> Duration {
        let frame = CardNumber::new(number).expect("a card").frame();
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            pty.write(&frame).expect("the line takes it");
            match self.reports.recv_timeout(Duration::from_millis(65)) {
                Ok(Report::CardPresented(_)) => return began.elapsed(),
                _ => continue,
            }
        }
        panic!("the card is never read");
    }

    fn reopenings(&self, name: &str) -> u64 {
        self.state(name).reopenings()
    }

    /// Whether a reader's line comes and goes, as it is said so many minutes from now.
    fn flaps(&self, name: &str, minutes: i64) -> bool {
        let now_ms = Utc::now().timestamp_millis();
        self.state(name).flaps(now_ms + minutes * 60_000)
    }

    fn state(&self, name: &str) -> DeviceState {
        let id = format!("reader-{name}");
        let mut states = self.devices.states().into_iter();
        states
            .find(|state| state.id == id)
            .expect("it is in the settings")
    }
}

fn plugged(path: PathBuf) -> Pty {
    Pty::plugged_at(path).expect("a terminal")
}

#[test]
fn one_of_two_readers_is_enough_and_people_hear_only_when_none_is_left() {
    let mut ptys = Vec::new();
    let lobby = Lobby::with_readers(&["left", "right"], |folder| {
        ptys = ["left", "right"]
            .map(|name| plugged(folder.join(name)))
            .into();
    });
    for (number, pty) in ptys.iter_mut().enumerate() {
        lobby.read_card(pty, 7 + number as u64);
    }
    ptys[0].unplug();
    // The other one goes on reading, and nothing was said of the first.
    let frame = CardNumber::new(9).expect("a card").frame();
    let began = Instant::now();
    loop {
        ptys[1].write(&frame).expect("the line takes it");
        match lobby.reports.recv_timeout(Duration::from_millis(65)) {
            Ok(Report::CardPresented(_)) => break,
            Ok(Report::Changed(change)) => panic!("{change:?}, and one reader is left"),
            _ => assert!(began.elapsed() < PATIENCE, "the card is never read"),
        }
    }
    ptys[1].unplug();
    lobby.wait_until_readers(false);
    ptys[0].plug().expect("a terminal");
    assert!(lobby.wait_until_readers(true) < WITHIN);
    assert!(lobby.read_card(&mut ptys[0], 10) < WITHIN);
}

#[test]
fn a_reader_that_comes_later_works_within_two_seconds() {
    let lobby = Lobby::with_readers(&["front"], |_| {});
    lobby.wait_until_readers(false);
    let mut pty = plugged(lobby.port("front"));
    assert!(lobby.wait_until_readers(true) < WITHIN);
    assert!(lobby.read_card(&mut pty, 7) < WITHIN);
    assert_eq!(lobby.reopenings("front"), 1, "it was waited for");
}

#[test]
fn a_reader_that_flaps_is_counted_and_works_once_it_stays() {
    let mut pty = None;
    let lobby = Lobby::with_readers(&["front"], |folder| {
        pty = Some(plugged(folder.join("front")));
    });
    let mut pty = pty.expect("it was plugged in");
    lobby.read_card(&mut pty, 7);
    assert!(!lobby.flaps("front", 0));
    for _ in 0..5 {
        pty.unplug();
        lobby.wait_until_readers(false);
        pty.plug().expect("a terminal");
        assert!(lobby.wait_until_readers(true) < WITHIN);
    }
    // Faster than anybody can open a port.
    for _ in 0..50 {
        pty.unplug();
        pty.plug().expect("a terminal");
    }
    assert!(lobby.read_card(&mut pty, 8) < WITHIN);
    assert!(
        lobby.reopenings("front") >= 5,
        "{}",
        lobby.reopenings("front")
    );
    assert!(lobby.flaps("front", 0) && !lobby.flaps("front", 11));
}

#[test]
fn a_reader_that_hangs_up_as_soon_as_it_is_opened_is_opened_less_and_less_often() {
    // A PN532 is spoken to at each opening; this one drops off the bus at the first byte.
    let mut far = None;
    let lobby = Lobby::with(Protocol::Pn532, &["front"], |folder| {
        let pty = plugged(folder.join("front"));
        let (totals, mut heard) = (pty.totals(), 0);
        let drop_off = move |_: &mut Pn532Sim, pty: &mut Pty| {
            let so_far = totals.read.load(Ordering::SeqCst);
            if std::mem::replace(&mut heard, so_far) < so_far {
                pty.unplug();
                pty.plug().expect("a terminal");
            }
        };
        let clock = lodge_hardware::clock::Clock::system();
        far = Some(spawn("front", Pn532Sim::new(), pty, clock, drop_off).expect("a thread"));
    });
    let began = Instant::now();
    for _ in 0..5 {
        lobby.wait_until_readers(false);
        lobby.wait_until_readers(true);
    }
    // Pauses of 0.1, 0.2, 0.4, 0.8 and 1 s; all of them 0.1 s would be over by now.
    let passed = began.elapsed();
    assert!(passed > Duration::from_millis(2400), "{passed:?}");
    assert!(lobby.reopenings("front") >= 5);
    drop(far);
}

#[test]
fn an_adapter_that_comes_back_under_another_device_name_is_the_same_reader() {
    let mut pty = None;
    let lobby = Lobby::with_readers(&["front"], |folder| {
        pty = Some(plugged(folder.join("front")));
    });
    let mut pty = pty.expect("it was plugged in");
    lobby.read_card(&mut pty, 7);
    let before = pty.device().to_owned();
    pty.unplug();
    lobby.wait_until_readers(false);
    pty.plug_elsewhere().expect("a terminal");
    assert_ne!(pty.device(), before);
    assert!(lobby.wait_until_readers(true) < WITHIN);
    assert!(lobby.read_card(&mut pty, 8) < WITHIN);
}
