use super::*;
use crate::config::Settings;
use lodge_hardware::link::Link;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::sim::samv::Layout;
use std::time::Instant;

const PATIENCE: Duration = Duration::from_secs(20);

struct Trial {
    ports: tempfile::TempDir,
    dock: Dock,
}

impl Trial {
    fn with(equipment: &str) -> Self {
        let ports = tempfile::tempdir().expect("a folder");
        let equipment = equipment.parse().expect("known makes");
        let (clock, building) = (Clock::system(), Settings::defaults().building());
        let dock = Dock::plugged_in(ports.path(), &equipment, &clock, building);
        let dock = dock.expect("ptys and threads");
        let device = lock(&dock.places).all[0].view();
        dock.shown.change(|view| view.device = device);
        Trial { ports, dock }
    }

    fn port(&self, name: &str) -> PathBuf {
        self.ports.path().join(name)
    }

    fn open(&self, name: &str) -> SerialLink {
        let path = self.port(name).display().to_string();
        let (baud, flow) = (9600, Flow::None);
        SerialLink::open(&PortSettings { path, baud, flow }).expect("a port like any other")
    }

    fn view(&self) -> DockView {
        lock(&self.dock.shown.view).clone()
    }

    /// Goes on to the device of this name and kind.
    fn choose(&self, said: &str, name: &str) {
        let all = lock(&self.dock.places).all.len();
        for _ in 0..all {
            let device = self.view().device;
            if device.said == said && device.name == name {
                return;
            }
            self.dock.act(DockTouch::NextDevice);
        }
        panic!("no {said} {name}");
    }

    fn does(&self, said: &str) {
        let device = self.view().device;
        let at = device.can.iter().position(|(can, _)| *can == said);
        let at = at.unwrap_or_else(|| panic!("{said} is not in {device:?}"));
        self.dock.act(DockTouch::Do(at));
    }
}

/// Looks again and again until it is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "{what} never came");
        std::thread::yield_now();
    }
}

/// Asks until the answer has this bit, or has it not.
fn answers(link: &mut SerialLink, question: &[u8], bit: u8, set: bool) {
    until("the answer", || {
        link.write(question).expect("the line is up");
        let mut answer = [0; 1];
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(1) {
            if link.read(&mut answer).expect("the line is up") == 1 {
                return (answer[0] & bit != 0) == set;
            }
        }
        false
    });
}

fn hears(link: &mut SerialLink, wanted: &[u8]) {
    let (mut heard, mut buffer) = (Vec::new(), [0; 256]);
    until("what was wanted", || {
        let n = link.read(&mut buffer).expect("the line is up");
        heard.extend_from_slice(&buffer[..n]);
        heard.windows(wanted.len()).any(|part| part == wanted)
    });
}

#[test]
fn cards_and_codes_come_down_the_lines_of_reader_and_scanner() {
    let trial = Trial::with("");
    let (mut reader, mut scanner) = (trial.open("reader-front"), trial.open("scanner-front"));
    trial.dock.act(DockTouch::Card(0));
    hears(&mut reader, b"\x02");
    trial.dock.act(DockTouch::Code(0));
    hears(&mut scanner, b"UMB-0007");
    trial.choose("dock-reader", "front");
    trial.does("dock-silent");
    trial.does("dock-silent");
    trial.does("dock-noise");
    hears(&mut reader, &[0xFF]);
}

#[test]
fn every_device_of_the_lobby_can_be_chosen_and_every_deed_undone() {
    let trial = Trial::with("reader=osdp-line spare=generic-80mm labels=tspl-203dpi scanner=grow");
    let mut seen = Vec::new();
    for _ in 0..6 {
        let device = trial.view().device;
        for at in 0..device.can.len() {
            trial.dock.act(DockTouch::Do(at));
            if trial.view().device.can[at].1 {
                trial.dock.act(DockTouch::Do(at));
            }
        }
        assert_eq!(trial.view().device, device, "nothing of it stays");
        assert!(device.can.len() > 8, "{device:?}");
        seen.push(format!("{} {}", device.said, device.name));
        trial.dock.act(DockTouch::NextDevice);
    }
    assert_eq!(
        seen,
        [
            "dock-reader front",
            "dock-scanner front",
            "dock-printer desk",
            "dock-printer spare",
            "dock-label-printer labels",
            "dock-reader desk",
        ]
    );
    assert_eq!(trial.view().device.name, "front", "and round again");
}

#[test]
fn a_document_of_every_layout_can_be_put_down_and_what_is_none() {
    let trial = Trial::with("reader=sam-v");
    let mut told: Vec<Held> = trial
        .dock
        .held
        .iter()
        .map(|(held, _)| held.clone())
        .collect();
    for layout in Layout::ALL {
        let at = told.iter().position(|held| *held == Held::Document(layout));
        told.remove(at.unwrap_or_else(|| panic!("{layout:?} is not at the dock")));
    }
    assert_eq!(told, [Held::Forged, Held::OtherKind]);
}

#[test]
fn what_the_lamps_of_osdp_readers_do_is_seen_at_the_dock() {
    let trial = Trial::with("reader=osdp-line");
    until("the lamps at rest", || trial.view().lamps.len() == 2);
    let lamps = trial.view().lamps;
    let names: Vec<&str> = lamps.iter().map(|lamp| lamp.name.as_str()).collect();
    assert_eq!(names, ["front", "desk"]);
    assert!(
        lamps
            .iter()
            .all(|lamp| lamp.lamp == "dock-lamp-blue" && !lamp.sounding)
    );
    // Without power there is nothing to see.
    trial.choose("dock-reader", "desk");
    trial.does("dock-switch-off");
    until("a dark lamp", || {
        trial
            .view()
            .lamps
            .iter()
            .any(|lamp| lamp.name == "desk" && lamp.lamp == "dock-lamp-dark")
    });
    assert_eq!(trial.view().lamps[0].lamp, "dock-lamp-blue");
}

#[test]
fn a_plug_is_pulled_put_in_and_put_in_elsewhere() {
    let trial = Trial::with("");
    let port = trial.port("printer-desk");
    let before = std::fs::read_link(&port).expect("a port");
    trial.choose("dock-printer", "desk");
    trial.does("dock-pull");
    until("the gap", || !port.exists());
    trial.does("dock-pull");
    until("the port", || port.exists());
    trial.does("dock-elsewhere");
    let now = || std::fs::read_link(&port).ok();
    until("another port", || now().is_some_and(|now| now != before));
}

#[test]
fn readers_on_one_line_have_one_plug_and_each_its_own_faults() {
    let trial = Trial::with("reader=osdp-line");
    let is_on = |said: &str| {
        let can = trial.view().device.can;
        can.iter().any(|(can, is_on)| *can == said && *is_on)
    };
    let port = trial.port("reader-front");
    trial.choose("dock-reader", "front");
    trial.does("dock-busy");
    trial.does("dock-pull");
    until("the gap", || !port.exists());
    trial.choose("dock-reader", "desk");
    assert!(is_on("dock-pull"), "it hangs on the same plug");
    assert!(!is_on("dock-busy"), "the other is busy");
    // One touch puts it in again for both.
    trial.does("dock-pull");
    until("the port", || port.exists());
    trial.choose("dock-reader", "front");
    assert!(!is_on("dock-pull") && is_on("dock-busy"));
}

#[test]
fn what_happens_at_the_printers_is_answered_and_their_paper_is_shown_until_it_is_torn_off() {
    let trial = Trial::with("labels=tspl-203dpi");
    let (mut slips, mut labels) = (
        trial.open("printer-desk"),
        trial.open("label-printer-labels"),
    );
    trial.choose("dock-printer", "desk");
    trial.does("dock-paper-out");
    answers(&mut slips, &[0x10, 0x04, 4], 0x60, true);
    trial.does("dock-paper-new");
    answers(&mut slips, &[0x10, 0x04, 4], 0x60, false);
    trial.choose("dock-label-printer", "labels");
    trial.does("dock-labels-out");
    answers(&mut labels, b"\x1B!?", 0x04, true);
    trial.does("dock-labels-out");
    answers(&mut labels, b"\x1B!?", 0x04, false);
    slips
        .write(b"Hello lobby\n\x1DVB\0")
        .expect("the line is up");
    let label = b"SIZE 60 mm,40 mm\r\nGAP 2 mm,0 mm\r\nCLS\r\nTEXT 8,8,\"3\",0,1,1,\"Hello badge\"\r\nPRINT 1,1\r\n";
    labels.write(label).expect("the line is up");
    let shows = |text: &str| trial.view().paper.contains(text);
    until("the paper", || shows("Hello lobby") && shows("Hello badge"));
    trial.dock.act(DockTouch::Tear);
    until("a bare dock", || trial.view().paper.is_empty());
}

/// Somebody who touches the dock's window, on a thread beside it.
struct Hand(DockBridge);

impl Hand {
    fn touches(&self, label: &str) {
        self.0.press(label).unwrap_or_else(|why| panic!("{why}"));
    }

    fn sees(&self, what: &str) {
        until(what, || {
            let labels = self.0.labels().expect("a window");
            labels.iter().any(|label| label.contains(what))
        });
    }

    /// Goes on to the device that is called this.
    fn chooses(&self, device: &str) {
        for _ in 0..4 {
            let labels = self.0.labels().expect("a window");
            if labels.iter().any(|label| label.contains(device)) {
                return;
            }
            let now = labels.iter().find(|label| label.ends_with('▸'));
            self.touches(now.expect("a device"));
        }
        panic!("no {device}");
    }
}

/// Ends the screen's loop when a test is done, also where it failed.
struct EndsScreen(crate::screen::Bridge);

impl Drop for EndsScreen {
    fn drop(&mut self) {
        self.0.quit();
    }
}

#[test]
fn whoever_touches_the_window_reaches_the_devices_and_sees_their_paper() {
    crate::screen::without_display().expect("no window on this thread before this one");
    let screen = crate::screen::open(&trial_panel(), &Default::default(), |_| {});
    let screen = screen.expect("a screen without a display");
    let Trial { ports, dock } = Trial::with("");
    let folder = ports.path().to_owned();
    let at = |name: &str| {
        let path = folder.join(name).display().to_string();
        let (baud, flow) = (9600, Flow::None);
        SerialLink::open(&PortSettings { path, baud, flow }).expect("a port like any other")
    };
    let mut links = ["reader-front", "scanner-front", "printer-desk"].map(at);
    let opened = dock.open(&screen, 0, folder.clone()).expect("a window");
    let (hand, ends) = (Hand(opened.bridge()), EndsScreen(screen.bridge()));
    let person = std::thread::spawn(move || {
        let _ends = ends;
        let [reader, scanner, printer] = &mut links;
        hand.touches("陈晓明 Chen Xiaoming");
        hears(reader, b"\x02");
        hand.touches("爱心伞 007 umbrella");
        hears(scanner, b"UMB-0007");
        hand.chooses("打印机 Printer desk");
        hand.touches("缺纸 no paper");
        answers(printer, b"\x10\x04\x04", 0x60, true);
        hand.touches("缺纸 no paper");
        answers(printer, b"\x10\x04\x04", 0x60, false);
        printer
            .write(b"A SLIP\n\x1dV\x42\x00")
            .expect("the line is up");
        hand.sees("A SLIP");
        hand.touches("撕下凭条 Tear off");
        until("an empty tray", || {
            let labels = hand.0.labels().expect("a window");
            labels.iter().all(|label| !label.contains("A SLIP"))
        });
        hand.touches("屏幕截图 Picture");
        until("a picture", || {
            let files = std::fs::read_dir(&folder).expect("a folder");
            let mut names = files.map(|file| file.expect("a file").file_name());
            names.any(|name| name.to_string_lossy().ends_with(".png"))
        });
    });
    screen.run().expect("it ends when it is told to");
    person.join().expect("everything was found");
}

fn trial_panel() -> crate::screen::Panel {
    crate::assembly::panel(&Settings::defaults())
}
