//! The published bytes, and the time between them (hardware.md §4.1, §4.3).

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::samv::{Command, Outcome, Samv, Settings};
use lodge_hardware::reader::{NotRead, Tell};
use lodge_hardware::sim::samv::{SamvCommand, SamvFault};

use crate::bench::join;
use crate::cards::{card, presented, resident};

pub fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<_> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(pair).collect()
}

/// A driver spoken to byte by byte, with the time in hand.
struct Alone {
    samv: Samv,
    line: Line<Tell>,
    now: Moment,
}

impl Alone {
    fn opened(settings: Settings) -> Self {
        let mut alone = Self {
            samv: Samv::new(settings),
            line: Line::new(),
            now: Moment::from_micros(1_000_000),
        };
        alone.samv.opened(alone.now, &mut alone.line);
        alone
    }

    fn hears(&mut self, bytes: &[u8]) -> Vec<Tell> {
        self.samv.heard(self.now, bytes, &mut self.line);
        self.line.take_tells()
    }

    fn asks(&mut self) -> Vec<u8> {
        self.line.take_bytes()
    }

    /// Goes to the moment that the driver waits for; gives how long that was.
    fn waits(&mut self) -> Duration {
        let due = self.samv.due().unwrap();
        let waited = due - self.now;
        self.now = due;
        self.samv.waited(due, &mut self.line);
        waited
    }
}

const RESET: &str = "AA AA AA 96 69 00 03 10 FF EC";
const STATUS: &str = "AA AA AA 96 69 00 03 11 FF ED";
const SAM_NUMBER: &str = "AA AA AA 96 69 00 03 12 FF EE";
const FIND: &str = "AA AA AA 96 69 00 03 20 01 22";
const SELECT: &str = "AA AA AA 96 69 00 03 20 02 21";
const READ: &str = "AA AA AA 96 69 00 03 30 01 32";
pub const FINE: &str = "AA AA AA 96 69 00 04 00 00 90 94";
pub const NUMBER: &str =
    "AA AA AA 96 69 00 14 00 00 90 05 00 03 00 FF 4C 40 01 87 D6 12 00 B1 CB 74 00 3D";
pub const FOUND: &str = "AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97";
pub const SELECTED: &str = "AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C";
const NO_CARD: &str = "AA AA AA 96 69 00 04 00 00 80 84";

/// The 1295 bytes of a reading: what is published of them, this text, a photo of 5A.
fn reading(block: &[u8; 256]) -> Vec<u8> {
    let mut bytes = hex("AA AA AA 96 69 05 08 00 00 90 01 00 04 00");
    bytes.extend(block);
    bytes.extend([0x5A; 1024]);
    bytes.push(bytes[5..].iter().fold(0, |a, b| a ^ b));
    assert_eq!(bytes.len(), 1295);
    bytes
}

#[test]
fn requests_are_the_published_bytes() {
    for (command, bytes) in [
        (Command::Reset, RESET),
        (Command::Status, STATUS),
        (Command::SamNumber, SAM_NUMBER),
        (
            Command::RadioFrame(0x50),
            "AA AA AA 96 69 00 04 61 FF 50 CA",
        ),
        (Command::Find, FIND),
        (Command::Select, SELECT),
        (Command::Read, READ),
        (
            Command::ReadWithFingerprint,
            "AA AA AA 96 69 00 03 30 10 23",
        ),
        (Command::ReadLatestAddress, "AA AA AA 96 69 00 03 30 03 30"),
    ] {
        assert_eq!(command.bytes(), hex(bytes), "{command:?}");
    }
}

#[test]
fn the_published_bytes_lead_from_opening_to_a_document() {
    let document = resident("虚构甲");
    let mut alone = Alone::opened(Settings::default());
    let identity = "SAM_V 05.03-20991231-0001234567-0007654321";
    for (asked, answer, told) in [
        (RESET, hex(FINE), vec![Tell::Answering(true)]),
        (STATUS, hex(FINE), vec![]),
        (
            SAM_NUMBER,
            hex(NUMBER),
            vec![Tell::Identity(identity.to_owned())],
        ),
        (FIND, hex(NO_CARD), vec![]),
        (FIND, hex(FOUND), vec![]),
        (SELECT, hex(SELECTED), vec![]),
        (
            READ,
            reading(&card(&document).block),
            vec![presented(&document)],
        ),
        (FIND, hex(NO_CARD), vec![]),
    ] {
        if asked == FIND {
            alone.waits();
        }
        assert_eq!(alone.asks(), hex(asked));
        assert_eq!(alone.hears(&answer), told, "{asked}");
        assert_eq!(alone.line.take_frames(), (1, 0));
        assert_eq!(alone.line.take_discarded(), 0);
    }
}

#[test]
fn spoilt_leading_bytes_cost_nothing_but_themselves() {
    let mut alone = Alone::opened(Settings::default());
    for (answer, noise) in [
        ("AA 00 AA AA 96 69 00 04 00 00 90 94", 2),
        ("AA 96 69 00 04 00 00 90 94", 0),
        (
            "96 69 00 AA 96 AA AA AA AA 96 69 00 14 00 00 90 05 00 03 00 FF 4C 40 01 87 D6 12 00 B1 CB 74 00 3D",
            6,
        ),
    ] {
        alone.asks();
        alone.hears(&hex(answer));
        assert_eq!(alone.line.take_frames(), (1, 0), "{answer}");
        assert_eq!(alone.line.take_discarded(), noise, "{answer}");
    }
    assert!(alone.asks().is_empty(), "waits to look for a card");
}

#[test]
fn a_mark_without_any_aa_before_it_begins_nothing() {
    let mut alone = Alone::opened(Settings::default());
    assert!(alone.hears(&hex("00 96 69 00 04 00 00 90 94")).is_empty());
    assert_eq!(alone.line.take_discarded(), 9);
}

#[test]
fn the_notice_whose_length_is_a_lie_ends_a_request_at_once() {
    let mut alone = Alone::opened(Settings::default());
    alone.asks();
    let told = alone.hears(&hex("AA AA AA 96 69 00 05 05 05 05"));
    assert_eq!(told, [Tell::Answering(true)]);
    assert_eq!(alone.asks(), hex(STATUS));
    for step in [Command::Select, Command::Read] {
        join(Settings::default(), |bench| {
            bench.does(SamvCommand::Misbehave(SamvFault::GiveUp(step), true));
            bench.put_down(&resident("虚构甲"));
            bench.run(3);
            assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::Again)]);
        });
    }
}

#[test]
fn cards_are_looked_for_every_300_ms_and_never_more_often() {
    for (poll, every) in [(1, 300), (300, 300), (700, 700)] {
        let mut alone = Alone::opened(Settings {
            poll: Duration::from_millis(poll),
            ..Settings::default()
        });
        for answer in [FINE, FINE, NUMBER] {
            alone.hears(&hex(answer));
        }
        let mut last = None;
        for _ in 0..5 {
            alone.waits();
            assert!(alone.asks().ends_with(&hex(FIND)));
            if let Some(last) = last.replace(alone.now) {
                assert_eq!(alone.now - last, Duration::from_millis(every));
            }
            alone.now = alone.now + Duration::from_millis(50);
            alone.hears(&hex(NO_CARD));
        }
    }
}

#[test]
fn time_outs_grow_as_the_line_gets_slower() {
    for (baud, reset_ms, read_ms) in [(115_200, 501, 2113), (9600, 521, 3359)] {
        let mut alone = Alone::opened(Settings {
            baud,
            ..Settings::default()
        });
        assert_eq!(alone.samv.due().unwrap() - alone.now, {
            let micros = 500_000 + 210_000_000 / u64::from(baud);
            Duration::from_micros(micros)
        });
        assert_eq!(
            (alone.samv.due().unwrap() - alone.now).as_millis(),
            reset_ms
        );
        for answer in [FINE, FINE, NUMBER] {
            alone.hears(&hex(answer));
        }
        alone.waits();
        alone.hears(&hex(FOUND));
        alone.hears(&hex(SELECTED));
        assert_eq!(alone.waits().as_millis(), read_ms);
        let told = alone.line.take_tells();
        assert_eq!(told, [Tell::NotRead(NotRead::Again)]);
    }
}

#[test]
fn a_card_found_again_without_being_lifted_is_complained_of_once() {
    let document = resident("虚构甲");
    let mut alone = Alone::opened(Settings::default());
    for answer in [FINE, FINE, NUMBER] {
        alone.hears(&hex(answer));
    }
    let failed = hex("AA AA AA 96 69 00 04 00 00 41 45");
    let read = reading(&card(&document).block);
    let again = Tell::NotRead(NotRead::Again);
    for (answer, told) in [
        (&failed, vec![again.clone()]),
        (&failed, vec![]),
        (&read, vec![presented(&document)]),
        (&failed, vec![again]),
    ] {
        alone.waits();
        alone.line.take_tells();
        alone.hears(&hex(FOUND));
        alone.hears(&hex(SELECTED));
        assert_eq!(alone.hears(answer), told);
    }
}

#[test]
fn a_spoilt_answer_is_counted_and_the_right_one_behind_it_is_heard() {
    let mut alone = Alone::opened(Settings::default());
    let told = alone.hears(&hex("AA AA AA 96 69 00 04 00 00 90 95"));
    assert!(told.is_empty());
    assert_eq!(alone.line.take_frames(), (0, 1));
    assert_eq!(alone.line.take_discarded(), 11);
    assert_eq!(alone.hears(&hex(FINE)), [Tell::Answering(true)]);
    assert_eq!(Outcome::from_code(0x90), Outcome::Done);
}

#[test]
fn an_answer_to_another_request_is_waited_out() {
    let mut alone = Alone::opened(Settings::default());
    for answer in [FINE, FINE, NUMBER] {
        alone.hears(&hex(answer));
    }
    alone.waits();
    alone.line.take_frames();
    alone.asks();
    for stale in [FINE, SELECTED, "AA AA AA 96 69 00 04 00 00 81 85"] {
        assert!(alone.hears(&hex(stale)).is_empty());
        assert!(alone.asks().is_empty(), "{stale}");
    }
    let stale = reading(&card(&resident("虚构甲")).block);
    assert!(alone.hears(&stale).is_empty());
    alone.hears(&hex(FOUND));
    assert_eq!(alone.asks(), hex(SELECT));
    for stale in [FINE, FOUND, NO_CARD] {
        assert!(alone.hears(&hex(stale)).is_empty());
        assert!(alone.asks().is_empty(), "{stale}");
    }
    assert!(alone.hears(&stale).is_empty());
    alone.hears(&hex(SELECTED));
    assert_eq!(alone.asks(), hex(READ));
    for stale in [FINE, FOUND, SELECTED] {
        assert!(alone.hears(&hex(stale)).is_empty());
        assert!(alone.asks().is_empty(), "{stale}");
    }
    assert_eq!(alone.line.take_frames().0, 2);
}
