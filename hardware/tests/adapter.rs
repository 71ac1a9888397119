//! A slow USB adapter or network port server between: what it adds to every wait of every driver.
//!
//! Each device is heard with less delay than the adapter is said to add, but more than its driver waits
//! by itself: it is taken with that setting, and is not without.

#[path = "support/two_ends.rs"]
mod two_ends;

use std::collections::VecDeque;
use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::escpos::{self, profile::ProcessId};
use lodge_hardware::label::{self, Mm, Stock};
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::{MemoryLink, pair};
use lodge_hardware::printing;
use lodge_hardware::reader::em4100::{self, Em4100};
use lodge_hardware::reader::osdp::{self, Address, Osdp, Seed};
use lodge_hardware::reader::pn532::{self, Pn532};
use lodge_hardware::reader::samv::{self, Samv};
use lodge_hardware::reader::wiegand::{self, Converter};
use lodge_hardware::reader::{CardNumber, Tell, WiegandCode};
use lodge_hardware::scanner::{self, Family, Scanner, SsiForm};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::label::LabelSim;
use lodge_hardware::sim::osdp::{OsdpReader, OsdpSim};
use lodge_hardware::sim::pn532::Pn532Sim;
use lodge_hardware::sim::printer::PrinterSim;
use lodge_hardware::sim::samv::SamvSim;
use lodge_hardware::sim::scanner::triggered::TriggeredSim;
use two_ends::TwoEnds;

const NONE: Duration = Duration::ZERO;
const ADDED: Duration = Duration::from_millis(1000);

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A device whose words arrive so much later.
struct Late<S> {
    sim: S,
    by: Duration,
    near: MemoryLink,
    far: MemoryLink,
    /// On their way.
    words: VecDeque<(Moment, Vec<u8>)>,
}

impl<S: Simulator> Late<S> {
    fn new(sim: S, by: Duration) -> Self {
        let (near, far, _) = pair();
        Self {
            sim,
            by,
            near,
            far,
            words: VecDeque::new(),
        }
    }
}

impl<S: Simulator> Simulator for Late<S> {
    type Command = S::Command;

    fn command(&mut self, now: Moment, command: S::Command) {
        self.sim.command(now, command);
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        let mut buffer = [0; 4096];
        while let n @ 1.. = link.read(&mut buffer).unwrap() {
            assert_eq!(self.near.write(&buffer[..n]).unwrap(), n);
        }
        self.sim.pump(now, &mut self.far);
        while let n @ 1.. = self.near.read(&mut buffer).unwrap() {
            self.words.push_back((now + self.by, buffer[..n].to_vec()));
        }
        while let Some((_, words)) = self.words.pop_front_if(|(at, _)| *at <= now) {
            assert_eq!(link.write(&words).unwrap(), words.len());
        }
    }

    fn due(&self) -> Option<Moment> {
        let words = self.words.front().map(|(at, _)| *at);
        [self.sim.due(), words].into_iter().flatten().min()
    }
}

/// What is told of it in the first minute, when it is late by so much.
fn told<D: Dialogue>(driver: D, sim: impl Simulator, late: Duration) -> Vec<D::Tell> {
    TwoEnds::new(driver, Late::new(sim, late)).pass(ms(60_000))
}

/// What is told when these pieces come with this pause between them, and another one behind them.
fn heard<D: Dialogue>(mut driver: D, pause: Duration, pieces: &[&[u8]]) -> Vec<D::Tell> {
    let (mut now, mut line) = (Moment::from_micros(1_000_000), Line::new());
    driver.opened(now, &mut line);
    let wait = |driver: &mut D, from: Moment, until: Moment, line: &mut Line<D::Tell>| {
        while let Some(due) = driver.due().filter(|due| *due <= until) {
            driver.waited(due.max(from), line);
        }
    };
    for piece in pieces {
        driver.heard(now, piece, &mut line);
        wait(&mut driver, now, now + pause, &mut line);
        now = now + pause;
    }
    wait(&mut driver, now, now + ms(5000), &mut line);
    line.take_tells()
}

fn answers(told: &[Tell]) -> bool {
    told.contains(&Tell::Answering(true))
}

#[test]
fn a_card_of_125_khz_that_comes_in_pieces() {
    let told = |adapter| {
        let frame = CardNumber::new(7).unwrap().frame();
        let (one, two) = frame.split_at(5);
        let settings = em4100::Settings {
            adapter,
            ..em4100::Settings::default()
        };
        heard(Em4100::with(settings), ms(500), &[one, two, one, two]).len()
    };
    assert_eq!((told(NONE), told(ADDED)), (0, 1));
}

#[test]
fn a_card_of_a_converter_that_comes_in_pieces_and_ends_with_a_pause() {
    let told = |adapter| {
        let settings = wiegand::Settings {
            end: wiegand::End::Pause,
            adapter,
            ..wiegand::Settings::wie232()
        };
        let card = settings.write(WiegandCode::new(24, 7).unwrap()).unwrap();
        let (one, two) = card.split_at(3);
        heard(Converter::new(settings), ms(500), &[one, two]).len()
    };
    assert_eq!((told(NONE), told(ADDED)), (0, 1));
}

#[test]
fn the_reply_of_an_osdp_reader() {
    let told = |adapter| {
        let settings = osdp::Settings {
            address: Address::FIRST,
            check: osdp::Check::Crc,
            key: None,
            allow_default_key: true,
            allow_clear_text: true,
            adapter,
        };
        let driver = Osdp::new(settings, Seed::given([1; 16]));
        let sim = OsdpSim::new(OsdpReader::new(Address::FIRST));
        let mut ends = TwoEnds::new(driver, Late::new(sim, ms(900)));
        let answers = answers(&ends.pass(ms(60_000)));
        // A reply to a question that was given up means nothing.
        (answers, ends.discarded() > 0)
    };
    assert_eq!((told(NONE).1, told(ADDED)), (true, (true, false)));
}

#[test]
fn the_acknowledgement_and_the_answer_of_a_pn532() {
    let told = |adapter| {
        let settings = pn532::Settings {
            adapter,
            ..pn532::Settings::default()
        };
        answers(&told(Pn532::new(settings), Pn532Sim::new(), ms(900)))
    };
    assert_eq!((told(NONE), told(ADDED)), (false, true));
}

#[test]
fn the_answer_of_a_module_for_identity_cards() {
    let told = |adapter| {
        let settings = samv::Settings {
            adapter,
            ..samv::Settings::default()
        };
        let told = told(Samv::new(settings), SamvSim::new(115_200), ms(1400));
        told.into_iter()
            .find(|tell| matches!(tell, Tell::Answering(_)))
    };
    let answering = |answers| Some(Tell::Answering(answers));
    assert_eq!(
        (told(NONE), told(ADDED)),
        (answering(false), answering(true))
    );
}

#[test]
fn the_reply_of_a_scanner() {
    for family in [
        Family::Newland,
        Family::Zebra(SsiForm::Raw),
        Family::Zebra(SsiForm::Packets),
        Family::Grow,
    ] {
        let told = |adapter| {
            let settings = scanner::Settings {
                adapter,
                ..scanner::Settings::commanded(family)
            };
            // Later than three tries wait by themselves, and sooner than they do with what is added.
            let told = told(Scanner::with(settings), TriggeredSim::new(family), ms(3500));
            told.first().cloned()
        };
        let answering = |answers| Some(scanner::Tell::Answering(answers));
        assert_eq!(
            (told(NONE), told(ADDED)),
            (answering(false), answering(true)),
            "{family:?}"
        );
    }
}

#[test]
fn a_code_that_comes_in_pieces() {
    let told = |adapter| {
        let settings = scanner::Settings {
            adapter,
            ..scanner::Settings::default()
        };
        heard(Scanner::with(settings), ms(500), &[b"LODGE-", b"17\r"]).len()
    };
    assert_eq!((told(NONE), told(ADDED)), (2, 1));
}

/// A printer of this make behind such an adapter.
fn behind<Profile>(profile: Profile, adapter: Duration) -> printing::Settings<Profile> {
    printing::Settings {
        adapter,
        ..printing::Settings::of(profile, 9600)
    }
}

#[test]
fn the_status_of_a_label_printer() {
    for profile in label::profile::Profile::all() {
        let told = |adapter| {
            let driver = label::printer::Printer::with(behind(profile.clone(), adapter), None);
            let stock = Stock::die_cut(Mm::whole(60), Mm::whole(40), Mm::whole(2));
            let sim = LabelSim::new(&profile, 9600, stock);
            told(driver, sim, ms(3500))
                .into_iter()
                .find(|tell| matches!(tell, printing::Tell::Answering(_)))
        };
        let answering = |answers| Some(printing::Tell::Answering(answers));
        assert_eq!(
            (told(NONE), told(ADDED)),
            (answering(false), answering(true)),
            "{}",
            profile.name
        );
    }
}

#[test]
fn a_status_byte_with_another_one_behind_it_is_none() {
    let told = |adapter| {
        let profile = label::profile::Profile::tspl_203dpi();
        let driver = label::printer::Printer::with(behind(profile, adapter), None);
        let told = heard(driver, ms(200), &[&[0], &[0]]);
        told.contains(&printing::Tell::Answering(true))
    };
    assert_eq!((told(NONE), told(ADDED)), (true, false));
}

#[test]
fn the_status_of_a_receipt_printer_and_whether_it_knows_process_ids() {
    let told = |adapter| {
        let profile = escpos::profile::Profile {
            process_id: ProcessId::Probe,
            ..escpos::profile::Profile::generic_80mm()
        };
        let driver = escpos::printer::Printer::with(behind(profile.clone(), adapter));
        let told = told(driver, PrinterSim::new(&profile, 9600), ms(2500));
        told.into_iter()
            .find(|tell| matches!(tell, printing::Tell::Answering(_)))
    };
    let answering = |answers| Some(printing::Tell::Answering(answers));
    assert_eq!(
        (told(NONE), told(ADDED)),
        (answering(false), answering(true))
    );
}
