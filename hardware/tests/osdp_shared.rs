//! Several OSDP readers on one line: each is read, believed, signalled and given its key for itself.

#[path = "support/hearing.rs"]
mod hearing;
#[path = "support/osdp_shared.rs"]
mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::port::Ending;
use lodge_hardware::reader::osdp::{
    Address, Check, OnLine, Osdp, OsdpLine, SameAddress, Seed, Settings,
};
use lodge_hardware::reader::{Ask, Distrust, Signal, Tell, Trust};
use lodge_hardware::sim::osdp::{Lamp, OsdpCommand, OsdpLineSim, OsdpReader, OsdpSim};
use lodge_hardware::sim::{LineFault, Simulator};
use proptest::prelude::*;
use support::*;
use terminal::Terminal;

#[test]
fn a_card_is_told_as_read_by_the_reader_it_was_held_to() {
    for addresses in [&[FRONT, STAFF][..], &[FRONT, STAFF, GATE]] {
        let mut bench = Bench::of(addresses);
        bench.join(|joined| {
            joined.until_believed(addresses);
            for value in 1..=3 {
                for address in addresses {
                    joined.reads(*address, value);
                }
            }
            joined.told.clear();
            for address in addresses {
                joined.does_at(*address, OsdpCommand::Present(card(9)));
            }
            joined.run_seconds(1);
            assert_eq!(joined.cards().len(), addresses.len(), "all at once");
            for address in addresses {
                assert_eq!(joined.told_of(*address), [read(9)]);
            }
        });
    }
}

#[test]
fn every_reader_is_believed_and_identified_and_asked_as_often_as_one_alone() {
    let addresses = [FRONT, STAFF, GATE];
    let (driver, frames) = driver(&addresses.map(keyed));
    let mut bench = Bench::with(driver, OsdpLineSim::new(addresses.map(keyed_reader)));
    bench.join(|joined| {
        joined.run_seconds(2);
        for address in addresses {
            let [
                Tell::Answering(true),
                Tell::Trust(Trust::OwnKey),
                Tell::Identity(words),
            ] = &joined.told_of(address)[..]
            else {
                panic!("{:?}", joined.told_of(address));
            };
            let serial = format!("serial {:08X}", address.number());
            assert!(words.ends_with(&serial), "{words}");
        }
        joined.told.clear();
        for address in addresses {
            let longest = joined.longest_unasked(address, 200);
            assert!(longest < Duration::from_millis(50 * 3), "{longest:?}");
        }
        assert_eq!(joined.told, [], "nothing changes in ten minutes");
        assert_eq!(joined.sim.interruptions(), 0);
    });
    let port = &bench.counters;
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::SeqCst);
    assert_eq!((count(&port.discarded), count(&port.rejected)), (0, 0));
    let each: Vec<u64> = frames.iter().map(|own| count(&own.frames)).collect();
    assert!(each.iter().all(|frames| *frames > 600 * 10), "{each:?}");
    assert_eq!(each.iter().sum::<u64>(), count(&port.frames));
}

#[test]
fn one_address_for_two_readers_is_refused() {
    let on_line = |address| OnLine {
        settings: keyed(address),
        seed: Seed::given([1; 16]),
        frames: Arc::default(),
    };
    let twice = OsdpLine::new([FRONT, STAFF, FRONT].map(on_line));
    assert_eq!(twice.err(), Some(SameAddress(FRONT)));
    let says = SameAddress(FRONT).to_string();
    assert!(
        says.contains("address 101") && says.contains("give"),
        "{says}"
    );
    assert!(OsdpLine::new([FRONT, STAFF].map(on_line)).is_ok());
}

#[test]
fn lamp_and_buzzer_are_those_of_the_reader_that_was_asked() {
    let addresses = [FRONT, STAFF, GATE];
    let mut bench = Bench::of(&addresses);
    bench.join(|joined| {
        joined.until_believed(&addresses);
        joined.ask_at(STAFF, Ask::Signal(Signal::Granted));
        joined.ask_at(GATE, Ask::Signal(Signal::Refused));
        // Nobody has this address, and nobody shows anything.
        joined.ask_at(Address::FIRST, Ask::Signal(Signal::Granted));
        joined.run(Duration::from_millis(500));
        let lamps = addresses.map(|address| joined.front(address).lamp);
        assert_eq!(lamps, [Lamp::Blue, Lamp::Green, Lamp::Red]);
        joined.run_seconds(4);
        let lamps = addresses.map(|address| joined.front(address).lamp);
        assert_eq!(lamps, [Lamp::Blue; 3]);
    });
}

#[test]
fn a_key_is_given_to_the_reader_that_was_asked_and_to_no_other() {
    let addresses = [FRONT, STAFF, GATE];
    let new = [FRONT, STAFF].map(new_reader);
    let readers = new.into_iter().chain([keyed_reader(GATE)]);
    let mut bench = Bench::new(addresses.map(keyed), readers);
    bench.join(|joined| {
        joined.until_believed(&[GATE]);
        joined.run_seconds(2);
        joined.ask_at(STAFF, Ask::InstallKey);
        joined.until_believed(&[STAFF]);
        joined.run_seconds(10);
        let key_of = |address| joined.sim.reader(address).unwrap().reader().key.clone();
        assert_eq!(key_of(STAFF), Some(key(STAFF)));
        assert_eq!(key_of(FRONT), None);
        assert_eq!(joined.told, [], "the others are as they were");
        joined.reads(STAFF, 4);
        joined.reads(GATE, 5);
    });
}

#[test]
fn a_reader_with_another_key_is_refused_while_the_others_are_read() {
    let addresses = [FRONT, STAFF, GATE];
    for (stranger, why) in [
        (new_reader(STAFF), Distrust::DefaultKey),
        (new_reader(STAFF).with_key(key(FRONT)), Distrust::WrongKey),
    ] {
        let readers = [keyed_reader(FRONT), stranger, keyed_reader(GATE)];
        let mut bench = Bench::new(addresses.map(keyed), readers);
        bench.join(|joined| {
            joined.until_believed(&[FRONT, GATE]);
            joined.run_seconds(3);
            assert!(joined.told.is_empty(), "{:?}", joined.told);
            for value in 1..=3 {
                joined.does_at(STAFF, OsdpCommand::Present(card(77)));
                joined.reads(FRONT, value);
                joined.reads(GATE, value);
            }
            joined.does_at(STAFF, OsdpCommand::Replace(keyed_reader(STAFF)));
            joined.until_believed(&[STAFF]);
            joined.reads(STAFF, 6);
        });
        let mut bench = Bench::new(addresses.map(keyed), [new_reader(STAFF)]);
        bench.join(|joined| {
            joined.run_seconds(5);
            let refused = Tell::Trust(Trust::Refused(Distrust::DefaultKey));
            let told = joined.told_of(STAFF);
            assert_eq!(told, [Tell::Answering(true), refused], "{why:?}");
        });
    }
}

/// The bytes and tells of a driver and a reader with these troubles, with their moments.
fn course<D: Dialogue, S: Simulator>(
    mut driver: D,
    mut sim: S,
    command: impl Fn(OsdpCommand) -> S::Command,
    ask: impl Fn(Ask) -> D::Ask,
) -> Vec<(Moment, Vec<u8>, Vec<D::Tell>)> {
    let troubles = [
        (2, OsdpCommand::Present(card(1))),
        (3, OsdpCommand::Fault(LineFault::Silent, true)),
        (5, OsdpCommand::Fault(LineFault::Silent, false)),
        (6, OsdpCommand::Fault(LineFault::Garbage, true)),
        (7, OsdpCommand::Present(card(2))),
        (8, OsdpCommand::Power(false)),
        (30, OsdpCommand::Power(true)),
        (33, OsdpCommand::Takes(Duration::from_millis(230))),
        (36, OsdpCommand::Replace(new_reader(FRONT))),
    ];
    let mut troubles = troubles.into_iter().peekable();
    let (mut near, mut far, _) = lodge_hardware::link::memory::pair();
    let (mut now, mut line, mut course) = (Moment::ORIGIN, Line::new(), Vec::new());
    driver.opened(now, &mut line);
    while now < Moment::from_micros(60_000_000) {
        if let Some((_, trouble)) =
            troubles.next_if(|(second, _)| Moment::from_micros(second * 1_000_000) <= now)
        {
            sim.command(now, command(trouble));
            driver.asked(now, ask(Ask::Signal(Signal::Wait)), &mut line);
        }
        if driver.due().is_some_and(|due| due <= now) {
            driver.waited(now, &mut line);
        }
        let bytes = line.take_bytes();
        lodge_hardware::link::Link::write(&mut near, &bytes).unwrap();
        sim.pump(now, &mut far);
        let mut heard = [0; 512];
        let n = lodge_hardware::link::Link::read(&mut near, &mut heard).unwrap();
        driver.heard(now, &heard[..n], &mut line);
        let told = line.take_tells();
        if !bytes.is_empty() || !told.is_empty() {
            course.push((now, bytes, told));
        }
        let due = [driver.due(), sim.due()].into_iter().flatten().min();
        now = due.expect("a reader is always polled").max(now);
    }
    course
}

#[test]
fn a_line_with_one_reader_says_and_tells_what_the_reader_alone_would() {
    let seed = || Seed::given([0x65; 16]);
    let single = course(
        Osdp::new(keyed(FRONT), seed()),
        OsdpSim::new(keyed_reader(FRONT)),
        |command| command,
        |ask| ask,
    );
    let line = course(
        driver(&[keyed(FRONT)]).0,
        OsdpLineSim::new([keyed_reader(FRONT)]),
        |command| of(FRONT, command),
        |ask| of(FRONT, ask),
    );
    assert!(single.len() > 200, "{}", single.len());
    let line: Vec<_> = line
        .into_iter()
        .map(|(at, bytes, told)| {
            let told = told.into_iter().map(|told| told.what).collect();
            (at, bytes, told)
        })
        .collect();
    assert_eq!(line, single);
}

#[test]
fn cards_held_to_two_readers_at_a_terminal_are_told() {
    let (driver, _) = driver(&[FRONT, STAFF].map(keyed));
    let sim = OsdpLineSim::new([FRONT, STAFF].map(keyed_reader));
    let mut terminal = Terminal::start(9600, driver, sim);
    terminal.port.patience = Duration::from_secs(20);
    terminal.wait_for(&of(FRONT, Tell::Trust(Trust::OwnKey)));
    for value in [21, 22, 23] {
        for address in [STAFF, FRONT] {
            let presented = OsdpCommand::Present(card(value));
            terminal.device.command(of(address, presented));
            terminal.wait_for(&of(address, read(value)));
        }
    }
    assert!(matches!(terminal.close(), Ending::Closed));
}

/// A reader in clear text.
fn clear(address: Address) -> Settings {
    Settings {
        key: None,
        allow_clear_text: true,
        check: Check::Crc,
        ..keyed(address)
    }
}

/// A packet of a reader in clear text.
fn packet(address: Address, sequence: u8, code: u8, data: &[u8]) -> Vec<u8> {
    let packet = osdp::packet::PacketBuilder::plain(
        osdp::Address::from_raw(address.number() | 0x80),
        osdp::ControlByte::decode(sequence | 4).unwrap(),
        code,
        data.to_vec(),
    );
    packet.encode().unwrap()
}

/// A driver of two readers in clear text that waits for the first answer of the front one.
fn asking() -> (OsdpLine, Moment) {
    let (mut driver, _) = driver(&[FRONT, STAFF].map(clear));
    let (now, mut line) = (Moment::from_micros(1), Line::new());
    driver.opened(now, &mut line);
    driver.waited(now, &mut line);
    let said = line.take_bytes();
    assert_eq!(said[2], FRONT.number(), "{said:02X?}");
    (driver, now)
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_tells(
        parts in prop::collection::vec((0u8..4, any::<bool>(), any::<u8>(), 0usize..16), 1..20),
        cuts in prop::collection::vec(1usize..20, 1..40),
    ) {
        let mut stream = Vec::new();
        for (kind, front, byte, length) in parts {
            let address = if front { FRONT } else { STAFF };
            let card = packet(address, 0, 0x50, &[0, 1, 26, 0, byte, 1, 2, 0x40]);
            match kind {
                0 => stream.extend_from_slice(&card),
                1 => stream.extend_from_slice(&card[..length]),
                2 => stream.extend(vec![byte; length]),
                _ => stream.extend(packet(address, byte & 3, 0x40, &[])),
            }
        }
        let (mut one, now) = asking();
        let (mut other, _) = asking();
        let whole = hearing::in_pieces(&mut one, now, &stream, &[stream.len()]);
        let pieces = hearing::in_pieces(&mut other, now, &stream, &cuts);
        prop_assert_eq!(pieces, whole);
        prop_assert_eq!(one.due(), other.due());
    }
}

#[test]
fn nothing_of_a_key_is_shown_in_debug_output() {
    let on_line = OnLine {
        settings: keyed(FRONT),
        seed: Seed::given([0xAB; 16]),
        frames: Arc::default(),
    };
    let shown = format!("{on_line:?} {:?}", OsdpReader::new(FRONT));
    assert!(
        shown.contains("Key(…)") && shown.contains("Seed(…)"),
        "{shown}"
    );
    assert!(!shown.contains("AB") && !shown.contains("171"), "{shown}");
}
