//! What readers and scanners tell, all in the same way: what was held up, by which of them, when, and how
//! sure it is.
//! Real ports, real time.

#[path = "support/devices.rs"]
mod devices;

use chrono::{DateTime, Utc};
use devices::started;
use lodge::config::{Device, Osdp, Protocol};
use lodge::devices::{Clock, Devices, Report, Standing};
use lodge::equipment::DeviceKind;
use lodge::people::{Certainty, LastRead, ReaderName, ScannerName, Symbology};
use lodge_hardware::kind::Kind;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::reader::osdp::{Address, Key};
use lodge_hardware::reader::{CardNumber, Uid, WiegandCode, wiegand};
use lodge_hardware::sim::osdp::{OsdpCommand, OsdpReader, OsdpSim};
use lodge_hardware::sim::pn532::{Card, Pn532Command, Pn532Sim};
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use lodge_hardware::sim::run::spawn;
use lodge_hardware::sim::samv::{SamvCard, SamvCommand, SamvSim};
use lodge_hardware::sim::scanner::triggered::{TriggeredCommand, TriggeredSim};
use lodge_hardware::sim::scanner::{ScannerCommand, ScannerSim};
use lodge_hardware::sim::wiegand::{WiegandCommand, WiegandSim};
use std::path::Path;
use std::sync::mpsc::Receiver;
use std::time::Duration;

/// Longer than anything takes that is going to happen at all.
const PATIENCE: Duration = Duration::from_secs(20);

fn reader(folder: &Path, protocol: Protocol) -> Device {
    let name = protocol.word();
    Device::usual(name, DeviceKind::Reader, protocol, folder.join(name))
}

fn pty(folder: &Path, protocol: Protocol) -> Pty {
    Pty::plugged_at(folder.join(protocol.word())).expect("a terminal")
}

/// By which reader, when and how sure, of the next thing that is told.
fn next(reports: &Receiver<Report>) -> (ReaderName, DateTime<Utc>, Certainty) {
    loop {
        match reports.recv_timeout(PATIENCE).expect("something is read") {
            Report::CardPresented(presented) => {
                let reader = presented.reader.expect("it was tapped");
                return (reader, presented.at, presented.certainty);
            }
            Report::DocumentPresented(presented) => {
                return (presented.reader, presented.at, presented.certainty);
            }
            _ => {}
        }
    }
}

/// The moment in whole milliseconds, as the books keep it.
fn now() -> DateTime<Utc> {
    let now = Utc::now().timestamp_millis();
    DateTime::from_timestamp_millis(now).expect("a moment")
}

/// When this reader last read something, as its state says.
fn last_read(devices: &Devices, protocol: Protocol) -> Option<DateTime<Utc>> {
    let id = format!("reader-{}", protocol.word());
    let mut states = devices.states().into_iter();
    let state = states.find(|state| state.id == id);
    let read = state.expect("it is in the settings").last_read;
    read.map(|read| read.at)
}

#[test]
fn a_card_and_a_document_are_told_with_their_reader_their_moment_and_how_sure_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let protocols = [Protocol::Em4100, Protocol::Pn532, Protocol::SamV];
    let specs = protocols.map(|protocol| reader(folder, protocol));
    let clock = Clock::system;
    let em4100 = spawn(
        "em4100",
        ReaderSim::new(),
        pty(folder, Protocol::Em4100),
        clock(),
        |_, _| {},
    );
    let pn532 = spawn(
        "pn532",
        Pn532Sim::new(),
        pty(folder, Protocol::Pn532),
        clock(),
        |_, _| {},
    );
    let module = SamvSim::new(Protocol::SamV.usual_baud());
    let samv = spawn(
        "sam-v",
        module,
        pty(folder, Protocol::SamV),
        clock(),
        |_, _| {},
    );
    let (em4100, pn532, samv) = (
        em4100.expect("a thread"),
        pn532.expect("a thread"),
        samv.expect("a thread"),
    );
    let (devices, reports) = started(&specs);
    for (protocol, certainty) in [
        (Protocol::Pn532, Certainty::Checked),
        (Protocol::SamV, Certainty::Authenticated),
        (Protocol::Em4100, Certainty::Repeated),
    ] {
        assert_eq!(last_read(&devices, protocol), None, "nothing yet");
        let before = now();
        match protocol {
            Protocol::Pn532 => {
                let uid = Uid::new(&[0xFB, 0x0E, 0xE2, 0x0B]).expect("a UID");
                pn532.command(Pn532Command::PutDown(Card::Tag(uid)));
            }
            Protocol::SamV => {
                let card = Box::new(SamvCard::made_up());
                samv.command(SamvCommand::PutDown(card));
            }
            _ => {
                let card = CardNumber::new(7).expect("a card");
                // For as long as the port may take to open.
                em4100.command(ReaderCommand::Hold(card, 200));
            }
        }
        let (by, at, sure) = next(&reports);
        assert_eq!(by, ReaderName(protocol.word().to_owned()));
        assert!((before..=now()).contains(&at), "{at}");
        assert_eq!(sure, certainty, "{protocol:?}");
        assert_eq!(last_read(&devices, protocol), Some(at));
    }
}

#[test]
fn a_wire_and_a_line_with_keys_are_told_in_the_same_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mut osdp = reader(folder, Protocol::Osdp);
    let key_file = folder.join("key");
    std::fs::write(&key_file, "5A".repeat(16)).expect("a key file");
    osdp.osdp = Some(Osdp {
        key_file: Some(key_file),
        ..Osdp::default()
    });
    let specs = [reader(folder, Protocol::Wiegand), osdp];
    let (clock, settings) = (Clock::system, wiegand::Settings::wie232());
    let (wire, line) = (pty(folder, Protocol::Wiegand), pty(folder, Protocol::Osdp));
    let wire = spawn("wire", WiegandSim::new(settings), wire, clock(), |_, _| {});
    let key = Key::new([0x5A; 16]).expect("a key");
    let sim = OsdpSim::new(OsdpReader::new(Address::FIRST).with_key(key));
    let line = spawn("line", sim, line, clock(), |_, _| {});
    let (wire, line) = (wire.expect("a thread"), line.expect("a thread"));
    let (devices, reports) = started(&specs);
    for (protocol, certainty) in [
        (Protocol::Wiegand, Certainty::Bare),
        (Protocol::Osdp, Certainty::Authenticated),
    ] {
        let before = now();
        match protocol {
            Protocol::Wiegand => {
                let card = WiegandCode::new(24, 7).expect("a card");
                wire.command(WiegandCommand::Hold(card, 200));
            }
            _ => {
                // What is held up before it is believed counts for nothing.
                while !is_open(&devices, Protocol::Osdp) {
                    std::thread::sleep(Duration::from_millis(10));
                }
                let card = WiegandCode::new(26, 0x1BC_DE9A).expect("a card");
                line.command(OsdpCommand::Present(card));
            }
        }
        let (by, at, sure) = next(&reports);
        assert_eq!(by, ReaderName(protocol.word().to_owned()));
        assert!((before..=now()).contains(&at), "{at}");
        assert_eq!(sure, certainty, "{protocol:?}");
        assert_eq!(last_read(&devices, protocol), Some(at));
    }
}

/// Whether this reader is believed.
fn is_open(devices: &Devices, protocol: Protocol) -> bool {
    let id = format!("reader-{}", protocol.word());
    let mut states = devices.states().into_iter();
    states.any(|state| {
        let trusted = state.messages().0 > 5;
        state.id == id && state.standing == Standing::Open && trusted
    })
}

#[test]
fn a_code_is_told_with_its_scanner_its_moment_its_kind_and_how_sure_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    for (make, kind, certainty) in [
        ("any", Some(Symbology("QR")), Certainty::Bare),
        ("honeywell", None, Certainty::Bare),
        ("newland", None, Certainty::Bare),
        ("zebra", None, Certainty::Bare),
        (
            "zebra-packets",
            Some(Symbology("Code 128")),
            Certainty::Checked,
        ),
        ("grow", None, Certainty::Bare),
    ] {
        let port = folder.path().join(make);
        let pty = Pty::plugged_at(port.clone()).expect("a terminal");
        let (name, line) = (format!("by-{make}"), Protocol::LineScanner);
        let usual = Device::usual(&name, DeviceKind::Scanner, line, port);
        let spec = Device {
            profile: Some(make.to_owned()),
            ..usual
        };
        let before = now();
        let (devices, reports) = started(&[spec]);
        // What is there before the port is opened waits in it.
        let running: Box<dyn std::any::Any> = match Kind::named(make, None) {
            Ok(Kind::Scanner(settings)) => {
                let sim = TriggeredSim::new(settings.family);
                let sim = spawn(make, sim, pty, Clock::system(), |_, _| {}).expect("a thread");
                sim.command(TriggeredCommand::Show(Some("LODGE-17".to_owned())));
                Box::new(sim)
            }
            _ => {
                let sim = ScannerSim::new();
                let sim = spawn(make, sim, pty, Clock::system(), |_, _| {}).expect("a thread");
                sim.command(ScannerCommand::Scan("]Q1LODGE-17".to_owned()));
                Box::new(sim)
            }
        };
        let scanned = loop {
            if let Report::CodeScanned(scanned) =
                reports.recv_timeout(PATIENCE).expect("a code is read")
            {
                break scanned;
            }
        };
        assert_eq!(scanned.text, "LODGE-17");
        assert_eq!(scanned.scanner, ScannerName(name));
        assert!((before..=now()).contains(&scanned.at), "{}", scanned.at);
        assert_eq!(
            (scanned.symbology, scanned.certainty),
            (kind, certainty),
            "{make}"
        );
        let read = LastRead {
            at: scanned.at,
            certainty,
            symbology: kind,
        };
        assert_eq!(devices.states()[0].last_read, Some(read));
        drop(running);
    }
}
