//! Simulated devices that stand alone, as another program would meet them.

#[path = "support/sims.rs"]
mod sims;

use lodge::config::Protocol;
use lodge::equipment::DeviceKind;
use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Clock;
use lodge_hardware::link::Link;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::port::{Conversation, PortCounters, Told, mailbox};
use lodge_hardware::reader::osdp::{Address, Addressed, Key, OnLine, OsdpLine, Seed, Settings};
use lodge_hardware::reader::samv::{self, Samv};
use lodge_hardware::reader::{Tell, Trust};
use sims::{PROGRAM, Sim, lodge, told};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// Longer than anything takes that is going to happen at all.
const PATIENCE: Duration = Duration::from_secs(20);

fn open(port: &Path) -> SerialLink {
    SerialLink::open(&PortSettings {
        path: port.display().to_string(),
        baud: 9600,
        flow: Flow::None,
    })
    .expect("it can be opened like any port")
}

/// Reads until so many bytes have come.
fn hear(link: &mut dyn Link, length: usize) -> Vec<u8> {
    let (mut heard, began) = (Vec::new(), Instant::now());
    let mut buffer = [0; 256];
    while heard.len() < length {
        assert!(began.elapsed() < PATIENCE, "only {heard:02X?}");
        let n = link.read(&mut buffer).expect("the line is up");
        heard.extend_from_slice(&buffer[..n]);
        std::thread::yield_now();
    }
    heard
}

#[test]
fn a_reader_alone_says_the_frames_of_the_card_that_is_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = folder.path().join("reader");
    let mut sim = Sim::at(&port, &["em4100"]);
    let mut link = open(&port);
    sim.does("card 0100CDA4EC");
    assert_eq!(hear(&mut link, 14)[..14], *b"\x020100CDA4EC84\x03");
    sim.does("dance");
    let said = sim.sees();
    assert!(said.contains("expected one of: with, card"), "{said}");
    sim.does("press x");
    let said = sim.sees();
    assert!(said.contains("something done to the device"), "{said}");
}

#[test]
fn a_device_alone_stands_on_a_real_port_too_whose_plug_is_somebody_elses() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = folder.path().join("cable");
    // Its own end is a terminal of the system, as a serial port is; the cable leads here.
    let mut cable = Pty::plugged_at(&port).expect("a terminal");
    let mut sim = Sim::at(&port, &["em4100"]);
    sim.does("card 0100CDA4EC");
    assert_eq!(hear(&mut cable, 14)[..14], *b"\x020100CDA4EC84\x03");
    sim.does("unplug");
    let said = sim.sees();
    assert!(said.contains("yours to pull"), "{said}");
    sim.does("card 0100CDA4EC");
    assert_eq!(hear(&mut cable, 14).len(), 14, "it is plugged in");
}

#[test]
fn a_document_module_alone_is_read_by_the_driver() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = folder.path().join("module");
    let mut sim = Sim::at(&port, &["sam-v"]);
    let mut link = open(&port);
    let mut dialogue = Samv::new(samv::Settings::default());
    let (clock, counters) = (Clock::system(), PortCounters::default());
    let (_asks, inbox) = mailbox(&Activity::new()).expect("a pipe");
    let mut talk =
        Conversation::open(&mut link, &mut dialogue, &counters, clock.now()).expect("the line");
    let (mut is_put_down, mut is_read, began) = (false, false, Instant::now());
    while !is_read {
        assert!(began.elapsed() < PATIENCE, "no document");
        talk.turn(clock.now(), &inbox, &mut |tell| match tell {
            Told::Tell(Tell::Answering(true)) if !is_put_down => {
                sim.does("hold document");
                is_put_down = true;
            }
            Told::Tell(Tell::Presented(_)) => is_read = true,
            _ => {}
        })
        .expect("the line is up");
        std::thread::yield_now();
    }
}

#[test]
fn a_printer_alone_says_how_it_is_and_shows_the_paper_that_came_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = folder.path().join("printer");
    let mut sim = Sim::at(&port, &["esc-pos", "--profile", "epson-80mm"]);
    let mut link = open(&port);
    let status = |link: &mut SerialLink| {
        assert_eq!(link.write(&[0x10, 0x04, 4]).expect("the line is up"), 3);
        hear(link, 1)[0]
    };
    assert_eq!(status(&mut link) & 0x60, 0);
    sim.does("paper out");
    let began = Instant::now();
    while status(&mut link) & 0x60 == 0 {
        assert!(began.elapsed() < PATIENCE, "paper is not out");
    }
    sim.does("paper in");
    link.write(b"Hello lobby\n\x1DVB\0")
        .expect("the line is up");
    let mut seen = String::new();
    while !seen.contains("Hello lobby") {
        seen = sim.sees();
    }
    // Whoever tests a program against it hears of what no printer knows.
    link.write(b"\x1B\x7F").expect("the line is up");
    while !seen.contains("does not know: 1") {
        seen = sim.sees();
    }
}

#[test]
fn osdp_readers_on_one_line_read_the_card_that_is_typed_behind_an_address() {
    two_readers_from(0);
    two_readers_from(41);
    let (well, said) = lodge(&["sim", "em4100", "--readers", "2"]);
    assert!(!well && said.contains("only osdp readers"), "{said}");
    let (well, said) = lodge(&["sim", "osdp", "--readers", "3", "--address", "125"]);
    assert!(!well && said.contains("addresses 0 to 126"), "{said}");
    let (well, said) = lodge(&["sim", "em4100", "--gb18030"]);
    assert!(!well && said.contains("line-scanner of any make"), "{said}");
}

fn two_readers_from(first: u8) {
    let folder = tempfile::tempdir().expect("a folder");
    let port = folder.path().join("line");
    let at = first.to_string();
    let mut sim = Sim::at(&port, &["osdp", "--readers", "2", "--address", &at]);
    let mut link = open(&port);
    let address = |number| Address::new(number).expect("an address");
    let readers = [first, first + 1].map(|number| OnLine {
        settings: Settings::keyed(
            address(number),
            Key::new(*b"sample lodge key").expect("a key"),
        ),
        seed: Seed::given([number; 16]),
        frames: Arc::default(),
    });
    let mut dialogue = OsdpLine::new(readers).expect("two addresses");
    let (clock, counters) = (Clock::system(), PortCounters::default());
    let (_asks, inbox) = mailbox(&Activity::new()).expect("a pipe");
    let mut talk =
        Conversation::open(&mut link, &mut dialogue, &counters, clock.now()).expect("the line");
    let mut until = |wanted: &dyn Fn(&Addressed<Tell>) -> bool| {
        let (mut told, began) = (Vec::new(), Instant::now());
        while !told.iter().any(wanted) {
            assert!(began.elapsed() < PATIENCE, "only {told:?}");
            talk.turn(clock.now(), &inbox, &mut |tell| {
                if let Told::Tell(tell) = tell {
                    told.push(tell);
                }
            })
            .expect("the line is up");
            std::thread::yield_now();
        }
    };
    until(&|told| matches!(told.what, Tell::Trust(Trust::OwnKey)));
    for number in [first + 1, first] {
        sim.does(&format!("{number} card 0100CDA4EC"));
        until(&|told| told.address == address(number) && matches!(told.what, Tell::Presented(_)));
    }
    sim.does(&format!("{} card 0100CDA4EC", first + 2));
    let mut seen = String::new();
    let expected = format!("expected an address from {first} to {}", first + 1);
    while !seen.contains(&expected) {
        seen = sim.sees();
    }
}

#[test]
fn the_doctor_finds_out_what_is_on_a_port_and_says_what_to_write_in_the_settings() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = folder.path().join("printer");
    let _sim = Sim::at(&port, &["esc-pos"]);
    let probe = |port: &Path| {
        let output = Command::new(PROGRAM)
            .args(["doctor", "--probe"])
            .arg(port)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let wrong = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), said + &wrong)
    };
    let (found, said) = probe(&port);
    assert!(found, "{said}");
    let lines = format!(
        "kind = \"printer\"\nprotocol = \"esc-pos\"\nport = \"{}\"\nbaud = 9600",
        port.display()
    );
    assert!(said.contains(&lines), "{said}");
    let (found, said) = probe(Path::new("/dev/no-such-port"));
    assert!(!found && said.contains("no such device"), "{said}");
}

#[test]
fn a_reader_that_is_not_the_first_of_its_line_is_found_and_recorded_by_its_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = folder.path().join("line");
    let _sim = Sim::at(&port, &["osdp", "--readers", "2"]);
    let path = port.display().to_string();
    let (found, said) = lodge(&["doctor", "--probe", &path]);
    assert!(found, "{said}");
    let named = said.matches("protocol = \"osdp\"").count();
    assert_eq!(
        (named, said.matches("address = 1").count()),
        (2, 1),
        "{said}"
    );
    let record = |address: &str| {
        let file = folder.path().join(address).display().to_string();
        let of = ["record", "--protocol", "osdp", "--seconds", "1", "--port"];
        lodge(&[&of[..], &[&path, "--address", address, "--out", &file]].concat())
    };
    let (well, said) = record("1");
    assert!(well && !said.starts_with("0 messages"), "{said}");
    // Nobody is at this one.
    let (well, said) = record("9");
    assert!(well && said.contains("0 messages understood"), "{said}");
    let file = folder.path().join("1").display().to_string();
    let replay = |protocol| lodge(&["replay", &file, "--protocol", protocol, "--address", "1"]);
    let (well, said) = replay("osdp");
    assert!(well && !said.contains("tells nothing"), "{said}");
    let (well, said) = replay("em4100");
    assert!(
        !well && said.contains("only osdp readers have an address"),
        "{said}"
    );
}

/// Every protocol with every make of it; documents are never recorded.
fn all_devices() -> Vec<(Protocol, Option<&'static str>)> {
    let kinds = [
        DeviceKind::Reader,
        DeviceKind::Scanner,
        DeviceKind::Printer,
        DeviceKind::LabelPrinter,
    ];
    let all = kinds.into_iter().flat_map(Protocol::spoken_by).copied();
    let recorded = all.filter(|protocol| *protocol != Protocol::SamV);
    let makes = |protocol: Protocol| {
        let named = protocol.profiles().iter().copied().map(Some);
        named.chain([None]).map(move |make| (protocol, make))
    };
    recorded.flat_map(makes).collect()
}

#[test]
fn whatever_is_simulated_is_understood_by_the_driver_of_the_same_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = all_devices();
    assert!(all.len() > 20, "{all:?}");
    for (number, (protocol, profile)) in all.into_iter().enumerate() {
        let (protocol, typed) = (
            protocol.word(),
            match protocol {
                Protocol::Pn532 => "card 04A1B2C3D4E5F6",
                Protocol::LineScanner => "scan UMB-0007",
                Protocol::EscPos => "paper near-end",
                Protocol::Tspl | Protocol::Zpl => "labels open",
                _ => "card 0100CDA4EC",
            },
        );
        let path = |name: &str| folder.path().join(format!("{name}-{number}"));
        let (port, file) = (path("port"), path("recording"));
        let make: Vec<&str> = profile
            .iter()
            .flat_map(|make| ["--profile", *make])
            .collect();
        let mut sim = Sim::at(&port, &[&[protocol], &make[..]].concat());
        let (port, file) = (port.display().to_string(), file.display().to_string());
        let of = ["record", "--port", &port, "--out", &file];
        let lasts = ["--seconds", "2", "--protocol", protocol];
        let of = [&of[..], &lasts, &make].concat();
        let (well, said) = std::thread::scope(|scope| {
            let (tell, told) = mpsc::channel();
            scope.spawn(move || tell.send(lodge(&of)));
            // Over and over, because what was done before the port was open is not heard.
            loop {
                match told.recv_timeout(Duration::from_millis(300)) {
                    Ok(said) => return said,
                    Err(_) => sim.does(typed),
                }
            }
        });
        let messages = said.lines().last().unwrap_or_default();
        assert!(
            well && !messages.starts_with("0 messages"),
            "{protocol} {profile:?}: {said}"
        );
        assert!(
            messages.contains(" understood, 0 not believed"),
            "{protocol} {profile:?}: {said}"
        );
    }
}

#[test]
fn a_printer_alone_writes_its_paper_down_and_comes_back_as_another_port() {
    let folder = tempfile::tempdir().expect("a folder");
    let (port, paper) = (folder.path().join("printer"), folder.path().join("paper"));
    let paper_at = paper.display().to_string();
    let mut sim = Sim::at(&port, &["esc-pos", "--paper", &paper_at]);
    let mut link = open(&port);
    link.write(b"Hello lobby\n\x1DVB\0")
        .expect("the line is up");
    while !sim.sees().contains("Hello lobby") {}
    let text = fs::read_to_string(paper.join("paper-01.txt")).expect("the slip");
    assert!(text.contains("Hello lobby"), "{text}");
    let png = fs::read(paper.join("paper-01.png")).expect("its picture");
    assert!(png.starts_with(b"\x89PNG"));
    let before = fs::read_link(&port).expect("a port");
    sim.does("plug elsewhere");
    let began = Instant::now();
    while fs::read_link(&port).ok().is_none_or(|now| now == before) {
        assert!(began.elapsed() < PATIENCE, "still {}", before.display());
        std::thread::yield_now();
    }
}

#[test]
fn a_recording_tells_the_same_again_and_has_nobodys_card_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (port, file) = (path("reader"), path("recording"));
    let mut sim = Sim::at(Path::new(&port), &["em4100"]);
    sim.does("card 0100CDA4EC");
    let protocol = ["--protocol", "em4100"];
    let ask = ["record", "--port", &port, "--out", &file, "--seconds", "2"];
    let (well, live) = lodge(&[&ask[..], &protocol].concat());
    assert!(well, "{live}");
    let card = ["an EM4100 card is there, heard twice the same"];
    assert_eq!(told(&live), card, "{live}");
    let recording = fs::read_to_string(&file).expect("a recording");
    let made_up = "02 30 30 30 30 30 30 30 30 30 31 30 31 03";
    assert!(recording.contains(made_up), "{recording}");
    assert!(!recording.contains("43 44 41 34"), "{recording}");
    let (well, again) = lodge(&[&["replay", &file][..], &protocol].concat());
    assert!(well, "{again}");
    assert_eq!(told(&again), card, "{again}");

    let (well, twice) = lodge(&[&ask[..], &protocol].concat());
    assert!(!well && twice.contains("there already"), "{twice}");
    assert_eq!(fs::read_to_string(&file).expect("a recording"), recording);
}

#[test]
fn documents_are_never_recorded_nor_what_nobody_knows() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (port, file) = (path("module"), path("recording"));
    let _sim = Sim::at(Path::new(&port), &["sam-v"]);
    for (protocol, says) in [
        ("sam-v", "never recorded"),
        ("teletype", "no device is called"),
    ] {
        let (well, said) = lodge(&[
            "record",
            "--port",
            &port,
            "--out",
            &file,
            "--protocol",
            protocol,
        ]);
        assert!(!well && said.contains(says), "{said}");
        assert!(!Path::new(&file).exists(), "{protocol}");
    }
}

#[test]
fn a_make_that_is_not_there_and_a_protocol_that_is_none_say_what_would_do() {
    for (arguments, says) in [
        (
            vec!["sim", "esc-pos", "--profile", "star"],
            "it has: generic-80mm",
        ),
        (vec!["sim", "morse"], "expected one of: em4100, pn532"),
    ] {
        let output = Command::new(PROGRAM)
            .args(&arguments)
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{arguments:?}");
        assert!(said.contains(says), "{said}");
    }
}
