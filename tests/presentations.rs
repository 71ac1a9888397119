//! What readers tell, all in the same way: what was held up, by which reader, when, and how sure it is.
//! Real ports, real time.

#[path = "support/devices.rs"]
mod devices;

use chrono::{DateTime, Utc};
use devices::started;
use lodge::config::{Device, Protocol};
use lodge::devices::{Clock, Devices, Report};
use lodge::equipment::DeviceKind;
use lodge::people::{Certainty, ReaderName};
use lodge_hardware::link::pty::Pty;
use lodge_hardware::reader::{CardNumber, Uid};
use lodge_hardware::sim::pn532::{Card, Pn532Command, Pn532Sim};
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use lodge_hardware::sim::run::spawn;
use lodge_hardware::sim::samv::{SamvCard, SamvCommand, SamvSim};
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
    state.expect("it is in the settings").last_read
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
