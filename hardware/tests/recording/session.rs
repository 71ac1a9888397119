//! Sessions with simulated devices, lived through over a recorded line.

use super::hands::{Worked, device};
use std::fmt::Debug;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Clock;
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::escpos::printer::Printer;
use lodge_hardware::kind::{Kind, WORDS};
use lodge_hardware::label;
use lodge_hardware::link::memory::pair;
use lodge_hardware::link::record::Recorded;
use lodge_hardware::link::replay::{parse, through};
use lodge_hardware::mask::{Mask, mask_for};
use lodge_hardware::port::{Conversation, PortCounters, Told, mailbox};
use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::reader::osdp::{Osdp, Seed};
use lodge_hardware::reader::pn532::Pn532;
use lodge_hardware::reader::wiegand::Converter;
use lodge_hardware::scanner::Scanner;

/// A file that is kept in memory.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A session: what is done to the device, each with the milliseconds that follow.
pub type Session = Vec<(String, u64)>;

/// What is recorded of a session, and what its driver told.
pub struct Evidence {
    pub text: String,
    pub told: Vec<String>,
}

pub fn kind(word: &str) -> Kind {
    Kind::named(word, None).unwrap()
}

/// Lives through a session with the usual device of this kind.
fn live<D: Dialogue<Tell: Debug>>(
    word: &str,
    driver: D,
    session: &Session,
    masked: bool,
) -> Evidence {
    let kind = kind(word);
    let mask = mask_for(&kind).filter(|_| masked);
    live_with(device(&kind), driver, mask, session)
}

/// Lives through a session with this device over a recorded line, a millisecond at a time.
pub fn live_with<D: Dialogue<Tell: Debug>>(
    mut device: Box<dyn Worked>,
    mut driver: D,
    mask: Option<Box<dyn Mask>>,
    session: &Session,
) -> Evidence {
    let clock = Clock::scripted(0);
    let (near, mut far, _) = pair();
    let paper = Paper::default();
    let to = Box::new(paper.clone());
    let mut link = match mask {
        Some(mask) => Recorded::masked(near, clock.clone(), to, mask),
        None => Recorded::new(near, clock.clone(), to),
    };
    let (_mailbox, inbox) = mailbox(&Activity::new()).unwrap();
    let counters = PortCounters::default();
    let mut told = Vec::new();
    let mut on_tell = |tell| {
        if let Told::Tell(tell) = tell {
            told.push(format!("{tell:?}"));
        }
    };
    let mut conversation =
        Conversation::open(&mut link, &mut driver, &counters, clock.now()).unwrap();
    for (line, lasts) in session {
        device.does(clock.now(), line);
        for _ in 0..*lasts {
            device.pump(clock.now(), &mut far);
            conversation
                .turn(clock.now(), &inbox, &mut on_tell)
                .unwrap();
            clock.advance(Duration::from_millis(1));
        }
    }
    drop(conversation);
    drop(link);
    let text = paper.text();
    Evidence { text, told }
}

/// The same with the driver that the kind of device needs, and what that driver makes of the recording
/// afterwards.
pub fn evidence(word: &str, session: &Session, masked: bool) -> (Evidence, Vec<String>) {
    fn both<D: Dialogue<Tell: Debug>>(
        word: &str,
        driver: impl Fn() -> D,
        session: &Session,
        masked: bool,
    ) -> (Evidence, Vec<String>) {
        let evidence = live(word, driver(), session, masked);
        let rows = parse(&evidence.text).unwrap();
        let again = through(&rows, &mut driver()).into_iter();
        let again = again.map(|(_, tell)| format!("{tell:?}")).collect();
        (evidence, again)
    }
    match kind(word) {
        Kind::Em4100(settings) => both(word, || Em4100::with(settings), session, masked),
        Kind::Pn532(settings) => both(word, || Pn532::new(settings.clone()), session, masked),
        Kind::Wiegand(settings) => both(word, || Converter::new(settings), session, masked),
        Kind::Osdp(settings) => {
            let driver = || Osdp::new(settings.clone(), Seed::given([1; 16]));
            both(word, driver, session, masked)
        }
        Kind::Scanner(settings) => both(word, || Scanner::with(settings.clone()), session, masked),
        Kind::EscPos(settings) => both(word, || Printer::with(settings.clone()), session, masked),
        Kind::Label(settings) => {
            let driver = || label::printer::Printer::with(settings.clone(), None);
            both(word, driver, session, masked)
        }
        Kind::SamV(_) => panic!("documents are not recorded"),
    }
}

/// What is held up to such a device; two of each, which differ in everything but their length.
pub fn held_up(word: &str) -> [String; 2] {
    match word {
        "em4100" | "wiegand" | "wie232" | "s4a" => ["card 7BCDE9A4EC", "card 2918476355"],
        "pn532" => ["smart 7BCDE9A4ECB1D2", "smart 29184763557F31"],
        "osdp" => ["card 26:1BCDE9A", "card 26:2918477"],
        "esc-pos" => ["tear", "tear"],
        "tspl" | "zpl" => ["labels out", "labels out"],
        _ => ["code PARCEL-7BCDE9", "code PARCEL-291847"],
    }
    .map(str::to_owned)
}

fn taken_away(word: &str) -> &'static str {
    match word {
        "pn532" => "lift",
        "em4100" | "wiegand" | "wie232" | "s4a" | "osdp" | "esc-pos" | "line-scanner" => "",
        "tspl" | "zpl" => "labels in",
        _ => "away",
    }
}

/// Held up, taken away, and held up again, with the fault that is set at first.
pub fn session(word: &str, held_up: &str, fault: Option<&str>) -> Session {
    let line = |line: &str, lasts| (line.to_owned(), lasts);
    let fault = fault.map(|fault| line(&format!("fault {fault}"), 0));
    let away = taken_away(word);
    let rest = [
        line("", 1500),
        line(held_up, 1700),
        line(away, 2500),
        line(held_up, 1700),
        line(away, 3000),
    ];
    fault.into_iter().chain(rest).collect()
}

pub fn recorded_kinds() -> Vec<&'static str> {
    let words = WORDS.iter().map(|row| row.0);
    words.filter(|word| *word != "sam-v").collect()
}

pub const FAULTS: [Option<&str>; 7] = [
    None,
    Some("silent"),
    Some("slow"),
    Some("garbage"),
    Some("half-frame"),
    Some("wrong-checksum"),
    Some("wrong-order"),
];
