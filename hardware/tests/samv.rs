//! Readers of Chinese identity documents: the published bytes, one reading a presentation, and every
//! answer a module may give (hardware.md §4).

#[path = "support/samv.rs"]
mod bench;

use std::time::{Duration, Instant};

use bench::{STEPS, card, documents, everything, join, permit, presented, resident, text};
use lodge_hardware::activity::Activity;
use lodge_hardware::clock::{Clock, Moment};
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::link::pty::Pty;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::port::{Ending, PortCounters, Told, converse, mailbox};
use lodge_hardware::reader::samv::{Address, Command, Document, Outcome, Samv, Settings};
use lodge_hardware::reader::{NotRead, Tell};
use lodge_hardware::sim::run::spawn;
use lodge_hardware::sim::samv::{SamvCard, SamvCommand, SamvFault, SamvSim};

fn hex(text: &str) -> Vec<u8> {
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
const FINE: &str = "AA AA AA 96 69 00 04 00 00 90 94";
const NUMBER: &str =
    "AA AA AA 96 69 00 14 00 00 90 05 00 03 00 FF 4C 40 01 87 D6 12 00 B1 CB 74 00 3D";
const FOUND: &str = "AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97";
const SELECTED: &str = "AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C";
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
fn each_kind_of_card_put_down_is_one_presentation_however_long_it_lies() {
    for settings in [Settings::default(), everything()] {
        join(settings, |bench| {
            for document in documents() {
                bench.put_down(&document);
                bench.run(30);
                assert_eq!(bench.take_of_cards(), [presented(&document)]);
                bench.does(SamvCommand::Lift);
                bench.run(2);
            }
            bench.put_down(&documents()[0]);
            bench.run(3);
            assert_eq!(bench.take_of_cards(), [presented(&documents()[0])]);
        });
    }
}

#[test]
fn a_card_changed_for_another_between_two_looks_is_read() {
    join(Settings::default(), |bench| {
        for document in documents() {
            bench.put_down(&document);
            bench.run(2);
            assert_eq!(bench.take_of_cards(), [presented(&document)]);
        }
    });
}

#[test]
fn the_address_written_later_is_read_where_there_is_one() {
    let printed = resident("虚构甲");
    let latest = |latest| Document {
        address: printed
            .address
            .clone()
            .map(|address| Address { latest, ..address }),
        ..printed.clone()
    };
    let moved = latest(Some(text("无此省另一市虚构路1号")));
    for (settings, on_card, told) in [
        (everything(), &moved, &moved),
        (everything(), &printed, &printed),
        (Settings::default(), &moved, &printed),
    ] {
        join(settings, |bench| {
            bench.put_down(on_card);
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [presented(told)]);
        });
    }
}

#[test]
fn an_old_module_that_knows_no_fingerprints_is_asked_without_from_then_on() {
    join(everything(), |bench| {
        bench.does(SamvCommand::Misbehave(SamvFault::NoFingerprint, true));
        for document in documents() {
            bench.put_down(&document);
            bench.run_until_asked(Command::Read);
            bench.run(3);
            assert_eq!(bench.take_of_cards(), [presented(&document)]);
        }
        bench.put_down(&resident("虚构戊"));
        bench.run_until_asked(Command::Select);
        while bench.sim.working_on() == Some(Command::Select) || bench.sim.working_on().is_none() {
            bench.step(Moment::from_micros(u64::MAX));
        }
        assert_eq!(bench.sim.working_on(), Some(Command::Read));
    });
}

#[test]
fn lengths_come_from_the_answer() {
    for (photo, fingerprint) in [(1024, 1024), (1024, 512), (1024, 0), (0, 0), (77, 1)] {
        for settings in [Settings::default(), everything()] {
            join(settings, |bench| {
                let document = resident("虚构甲");
                let mut card = card(&document);
                (card.photo, card.fingerprint) = (photo, fingerprint);
                bench.does(SamvCommand::PutDown(card));
                bench.run(5);
                assert_eq!(bench.take_of_cards(), [presented(&document)]);
            });
        }
    }
}

#[test]
fn lengths_that_do_not_add_up_are_no_document() {
    join(Settings::default(), |bench| {
        bench.does(SamvCommand::Misbehave(SamvFault::WrongLengths, true));
        bench.put_down(&resident("虚构甲"));
        bench.run(5);
        assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::Again)]);
    });
}

#[test]
fn a_number_that_does_not_hold_is_told_as_implausible_and_never_as_a_document() {
    let good = card(&resident("虚构甲")).block;
    let mut told = 0;
    for last in b'0'..=b'9' {
        let mut block = good;
        if std::mem::replace(&mut block[156], last) == last {
            continue;
        }
        join(Settings::default(), |bench| {
            bench.does(SamvCommand::PutDown(Box::new(SamvCard::with_block(block))));
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::Implausible)]);
        });
        told += 1;
    }
    assert!(told >= 9);
}

#[test]
fn a_layout_that_is_switched_off_is_not_this_kind() {
    let settings = Settings {
        foreigners_2023: false,
        ..Settings::default()
    };
    join(settings, |bench| {
        bench.put_down(&bench::foreigner_2023());
        bench.run(5);
        assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::NotThisKind)]);
        bench.does(SamvCommand::Lift);
        bench.run(1);
        bench.put_down(&permit());
        bench.run(5);
        assert_eq!(bench.take_of_cards(), [presented(&permit())]);
    });
}

#[test]
fn every_status_at_every_step_is_told_once_and_the_next_card_is_read() {
    let mut seen = std::collections::HashSet::new();
    for code in 0..=u8::MAX {
        let outcome = Outcome::from_code(code);
        assert_eq!(outcome.code(), code);
        assert!(seen.insert(outcome.code()));
        if matches!(outcome, Outcome::Other(_)) && code % 16 != 5 {
            continue;
        }
        for step in STEPS {
            refused_at(step, outcome);
        }
    }
}

fn refused_at(step: Command, outcome: Outcome) {
    let document = resident("虚构甲");
    let again = NotRead::Again;
    let expected = match (step, outcome) {
        (Command::Select | Command::ReadWithFingerprint, _) => Some(match outcome {
            Outcome::WrongKind => NotRead::NotThisKind,
            Outcome::CardRefusesModule | Outcome::ModuleRefusesCard | Outcome::InformationCheck => {
                NotRead::NotGenuine
            }
            _ => again,
        }),
        _ => None,
    };
    join(everything(), |bench| {
        bench.does(SamvCommand::Misbehave(
            SamvFault::Refuse(step, outcome),
            true,
        ));
        bench.put_down(&document);
        bench.run(12);
        let told = bench.take_of_cards();
        match (step, outcome) {
            (Command::ReadWithFingerprint, Outcome::UnknownCommand) => {
                // Tried without fingerprints, of a card that this simulator takes for spent.
                assert_eq!(told, [Tell::NotRead(again)]);
            }
            (Command::Find, _) => assert!(told.is_empty(), "{step:?} {outcome:?} {told:?}"),
            _ => match expected {
                Some(reason) => assert_eq!(told, [Tell::NotRead(reason)], "{step:?} {outcome:?}"),
                None => assert_eq!(told, [presented(&document)], "{step:?} {outcome:?}"),
            },
        }
        bench.does(SamvCommand::Misbehave(
            SamvFault::Refuse(step, outcome),
            false,
        ));
        bench.does(SamvCommand::Lift);
        bench.run(5);
        bench.take_told();
        bench.put_down(&permit());
        bench.run(5);
        assert_eq!(
            bench.take_of_cards(),
            [presented(&permit())],
            "{step:?} {outcome:?}"
        );
    });
}

#[test]
fn a_module_that_is_not_well_says_so_in_its_identity_once() {
    for (outcome, words) in [
        (Outcome::SelfTestFailed, "self-test failed"),
        (Outcome::NotAuthorised, "not authorised"),
        (Outcome::NoPermission, "no permission"),
    ] {
        join(Settings::default(), |bench| {
            for step in [Command::Status, Command::Find] {
                let fault = SamvFault::Refuse(step, outcome);
                bench.does(SamvCommand::Misbehave(fault, true));
            }
            bench.run(10);
            let told = bench.take_told();
            let number = "SAM_V 05.03-20991231-0001234567-0007654321";
            let with_words = Tell::Identity(format!("{number}, {words}"));
            assert_eq!(told.last(), Some(&with_words), "{told:?}");
            assert_eq!(told.len(), 3, "{told:?}");
            for step in [Command::Status, Command::Find] {
                let fault = SamvFault::Refuse(step, outcome);
                bench.does(SamvCommand::Misbehave(fault, false));
            }
            bench.put_down(&permit());
            bench.run(3);
            let well = Tell::Identity(number.to_owned());
            assert_eq!(bench.take_told(), [well, presented(&permit())]);
        });
    }
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

#[test]
fn a_module_holds_to_its_order_whoever_asks() {
    use lodge_hardware::link::{Link, memory::pair};
    use lodge_hardware::sim::Simulator;

    let mut sim = SamvSim::new(bench::BAUD);
    let (mut near, mut far, _) = pair();
    let mut now = Moment::from_micros(1_000_000);
    sim.command(now, SamvCommand::PutDown(card(&resident("虚构甲"))));
    let mut outcome = |request: &[u8]| {
        near.write(request).unwrap();
        sim.pump(now, &mut far);
        while let Some(due) = sim.due() {
            now = due;
            sim.pump(now, &mut far);
        }
        let mut answer = [0; 4096];
        assert!(near.read(&mut answer).unwrap() >= 11);
        Outcome::from_code(answer[9])
    };
    for (command, expected) in [
        (Command::Select, Outcome::NotSelected),
        (Command::Read, Outcome::ReadFailed),
        (Command::Find, Outcome::Found),
        (Command::Read, Outcome::ReadFailed),
        (Command::Find, Outcome::NotFound),
    ] {
        assert_eq!(outcome(&command.bytes()), expected, "{command:?}");
    }
    for (request, expected) in [
        ("AA AA AA 96 69 00 03 20 01 23", Outcome::RequestCheck),
        ("AA AA AA 96 69 01 03 20 01 22", Outcome::RequestLength),
        ("AA AA AA 96 69 00 03 77 01 75", Outcome::UnknownCommand),
        ("00 AA AA AA 96 69 00 03 20 01 22", Outcome::NotFound),
    ] {
        assert_eq!(outcome(&hex(request)), expected, "{request}");
    }
}

#[test]
fn a_document_put_down_is_told_over_a_terminal() {
    const PATIENCE: Duration = Duration::from_secs(10);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("by-id/usb-module");
    let pty = Pty::plugged_at(path.clone()).unwrap();
    let settings = PortSettings {
        path: path.to_str().unwrap().to_owned(),
        baud: bench::BAUD,
        flow: Flow::None,
    };
    let mut link = SerialLink::open(&settings).unwrap();
    let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        converse(
            &mut link,
            &mut Samv::new(everything()),
            &Clock::system(),
            &inbox,
            &Activity::new(),
            &PortCounters::default(),
            &mut |told| tell.send(told).unwrap_or(()),
        )
    });
    let wait_for = |wanted: Tell| {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let told = told.recv_timeout(left);
            if told.unwrap_or_else(|_| panic!("never told {wanted:?}"))
                == Told::Tell(wanted.clone())
            {
                return;
            }
        }
    };
    let sim = SamvSim::new(bench::BAUD);
    let module = spawn("module", sim, pty, Clock::system(), |_, _| {}).unwrap();
    wait_for(Tell::Answering(true));
    for document in documents() {
        module.command(SamvCommand::PutDown(card(&document)));
        wait_for(presented(&document));
    }
    mailbox.close();
    assert!(matches!(thread.join().unwrap(), Ending::Closed));
}
