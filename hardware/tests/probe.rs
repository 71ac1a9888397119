//! What is on a port is told for every device, and nothing is printed on a printer that answers.

#[path = "support/terminal.rs"]
mod terminal;

use std::sync::Mutex;
use std::time::Duration;

use lodge_hardware::clock::Clock;
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::label::profile::Profile as LabelProfile;
use lodge_hardware::label::{Mm, Stock};
use lodge_hardware::probe::{Found, Pace, What, look};
use lodge_hardware::reader::osdp::{Address, Key};
use lodge_hardware::reader::{CardNumber, WiegandCode, wiegand};
use lodge_hardware::scanner::{Family, SsiForm};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::label::LabelSim;
use lodge_hardware::sim::osdp::{OsdpLineSim, OsdpReader, OsdpSim};
use lodge_hardware::sim::pn532::Pn532Sim;
use lodge_hardware::sim::printer::PrinterSim;
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use lodge_hardware::sim::run::{Running, spawn};
use lodge_hardware::sim::samv::SamvSim;
use lodge_hardware::sim::scanner::triggered::TriggeredSim;
use lodge_hardware::sim::scanner::{ScannerCommand, ScannerSim};
use lodge_hardware::sim::wiegand::{WiegandCommand, WiegandSim};
use terminal::Place;

/// Long enough for devices that are on this machine.
const PACE: Pace = Pace {
    listens: Duration::from_millis(600),
    waits: Duration::from_millis(1_500),
    at_once: Duration::from_millis(300),
};

impl Place {
    fn with<S: Simulator + 'static>(&self, sim: S) -> Running<S> {
        let pty = self.pty();
        spawn("probed", sim, pty, Clock::system(), |_, _| {}).unwrap()
    }

    fn look(&self) -> Option<Found> {
        let mut found = self.all();
        assert!(found.len() < 2, "{found:?}");
        found.pop()
    }

    fn all(&self) -> Vec<Found> {
        look(self.path().to_str().unwrap(), PACE, &mut |_| {}).unwrap()
    }
}

fn what(found: Option<Found>) -> Option<What> {
    found.map(|found| found.what)
}

#[test]
fn what_talks_by_itself_is_heard() {
    let port = Place::new();
    let reader = port.with(ReaderSim::new());
    reader.command(ReaderCommand::Hold(CardNumber::new(7).unwrap(), 20));
    assert_eq!(what(port.look()), Some(What::Em4100));
    drop(reader);
    let scanner = port.with(ScannerSim::new());
    for _ in 0..3 {
        scanner.command(ScannerCommand::Scan("UMB-0007".to_owned()));
    }
    assert_eq!(what(port.look()), Some(What::Lines));
}

#[test]
fn a_converter_is_told_from_a_scanner_by_the_form_of_its_cards() {
    for (name, settings, bits) in [
        ("wie232", wiegand::Settings::wie232(), 24),
        ("s4a", wiegand::Settings::s4a(), 32),
    ] {
        let port = Place::new();
        let converter = port.with(WiegandSim::new(settings));
        let card = WiegandCode::new(bits, 13_477_100).unwrap();
        converter.command(WiegandCommand::Hold(card, 1));
        assert_eq!(what(port.look()), Some(What::Converter(name)));
    }
    // As many digits with another end mark are a code.
    let port = Place::new();
    let scanner = port.with(ScannerSim::new());
    scanner.command(ScannerCommand::Raw(b"0013477100\r".to_vec()));
    assert_eq!(what(port.look()), Some(What::Lines));
}

#[test]
fn a_scanner_that_waits_for_its_trigger_is_asked_and_does_what_it_did() {
    for (family, make) in [
        (Family::Honeywell, "honeywell"),
        (Family::Newland, "newland"),
        (Family::Zebra(SsiForm::Raw), "zebra"),
        (Family::Zebra(SsiForm::Packets), "zebra"),
        (Family::Grow, "grow"),
    ] {
        let port = Place::new();
        let modes = std::sync::Arc::new(Mutex::new(Vec::new()));
        let seen = modes.clone();
        let sim = TriggeredSim::new(family);
        let _scanner = spawn("probed", sim, port.pty(), Clock::system(), move |sim, _| {
            seen.lock()
                .unwrap()
                .push((sim.is_commanded(), sim.is_reading()));
        });
        assert_eq!(what(port.look()), Some(What::Scanner(make)), "{family:?}");
        let modes = modes.lock().unwrap();
        assert!(
            modes.iter().all(|mode| *mode == (false, false)),
            "{family:?}"
        );
    }
}

#[test]
fn other_speeds_are_tried_where_nobody_answers_at_the_usual_ones() {
    let port = Place::new();
    let _silent = port.with(ReaderSim::new());
    let mut said = Vec::new();
    let path = port.path().to_str().unwrap().to_owned();
    look(&path, PACE, &mut |words| said.push(words.to_owned())).unwrap();
    for words in [
        "a scanner (grow) at 115200",
        "module at 57600",
        "OSDP reader at 38400, address 0",
        "OSDP reader at 230400, address 7",
        "label printer (Tspl2) at 9600",
    ] {
        assert!(
            said.iter().any(|said| said.contains(words)),
            "{words}: {said:?}"
        );
    }
    assert!(!said.iter().any(|said| said.contains("listening at 115200")));
}

#[test]
fn a_receipt_printer_is_told_and_not_a_dot_is_printed() {
    let port = Place::new();
    let pty = port.pty();
    let sim = PrinterSim::new(&Profile::generic_80mm(), 9600);
    let full = sim.paper_left();
    let left = std::sync::Arc::new(Mutex::new((full, String::new())));
    let seen = left.clone();
    let _printer = spawn("probed", sim, pty, Clock::system(), move |sim, _| {
        *seen.lock().unwrap() = (sim.paper_left(), sim.hanging_text());
    });
    assert_eq!(what(port.look()), Some(What::EscPos));
    assert_eq!(*left.lock().unwrap(), (full, String::new()));
}

#[test]
fn modules_and_readers_that_are_asked_say_what_they_are() {
    let port = Place::new();
    let module = port.with(Pn532Sim::new());
    let found = port.look().unwrap();
    assert_eq!(found.what, What::Pn532);
    assert_eq!(found.identity.as_deref(), Some("PN532, firmware 1.6"));
    drop(module);
    let module = port.with(SamvSim::new(115_200));
    let found = port.look().unwrap();
    assert_eq!(found.what, What::SamV);
    assert!(found.identity.is_some());
    drop(module);
    for key in [None, Key::new([0x5A; 16]).ok()] {
        let mut reader = OsdpReader::new(Address::FIRST);
        reader.key = key;
        let running = port.with(OsdpSim::new(reader));
        assert_eq!(what(port.look()), Some(What::Osdp(Address::FIRST)));
        drop(running);
    }
}

#[test]
fn every_osdp_reader_of_a_line_is_told_with_its_address() {
    let addresses = [1, 4].map(|number| Address::new(number).unwrap());
    let port = Place::new();
    let _line = port.with(OsdpLineSim::new(addresses.map(OsdpReader::new)));
    let found = port.all();
    let told: Vec<What> = found.iter().map(|found| found.what).collect();
    assert_eq!(told, addresses.map(What::Osdp));
    assert!(
        found.iter().all(|found| found.identity.is_some()),
        "{found:?}"
    );
}

#[test]
fn label_printers_are_told_apart() {
    let stock = Stock::die_cut(Mm::whole(60), Mm::whole(40), Mm::whole(2));
    for (profile, expected) in [
        (LabelProfile::tspl_203dpi(), What::Tspl),
        (LabelProfile::tspl2_203dpi_western(), What::Tspl2),
        (LabelProfile::zpl_203dpi(), What::Zpl),
    ] {
        let port = Place::new();
        let pty = port.pty();
        let sim = LabelSim::new(&profile, 9600, stock);
        let sheets = std::sync::Arc::new(Mutex::new(0));
        let seen = sheets.clone();
        let _printer = spawn("probed", sim, pty, Clock::system(), move |sim, _| {
            *seen.lock().unwrap() = sim.sheets().len();
        });
        assert_eq!(what(port.look()), Some(expected));
        assert_eq!(*sheets.lock().unwrap(), 0, "a label was printed");
    }
}

#[test]
fn a_silent_port_and_one_that_talks_nonsense_have_no_device() {
    let port = Place::new();
    let silent = port.with(ReaderSim::new());
    assert_eq!(port.look(), None);
    silent.command(ReaderCommand::Garbage(500));
    assert_eq!(port.look(), None);
}

#[test]
fn a_port_that_is_not_there_says_so() {
    let error = look("/dev/no-such-port", PACE, &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("no such device"), "{error}");
}
