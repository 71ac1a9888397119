//! What is on a port: questions asked one after the other until somebody answers.
//!
//! First it only listens, because card readers and scanners of the simple kind talk by themselves; at
//! another speed too where what it heard made no sense. Then receipt printers are asked, whose question
//! (DLE EOT) prints nothing anywhere; only when none answers come the questions that a printer would take
//! for text: one that is silent, or at a speed that nobody asked at, may print a line of them. Each is
//! asked first at the speed that nearly all of its kind have; at the others a device that answers at all
//! answers at once. The first answer ends it; only of OSDP readers there may be several on a line, and all
//! of them are told.

use std::time::Duration;

use crate::activity::Activity;
use crate::clock::Clock;
use crate::dialogue::Dialogue;
use crate::escpos::status::{Answer, Demultiplexer};
use crate::label::printer::{Ask as LabelAsk, Printer as LabelPrinter, Tell as LabelTell};
use crate::label::profile::Profile as LabelProfile;
use crate::link::serial::{Flow, PortSettings, SerialLink};
use crate::link::{Link, LinkError};
use crate::port::{Conversation, PortCounters, Told, mailbox};
use crate::reader::em4100::Em4100;
use crate::reader::osdp::{Address, Check, Osdp, Seed, Settings as OsdpSettings};
use crate::reader::pn532::{Pn532, Settings as Pn532Settings};
use crate::reader::samv::{Samv, Settings as SamvSettings};
use crate::reader::{Ask, Tell};
use crate::scanner::{Scanner, Tell as Scan};

mod lines;

/// How long to listen and to wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// How long somebody has to hold up a card or scan a code while it only listens.
    pub listens: Duration,
    /// How long a module or reader has for its first answer.
    pub waits: Duration,
    /// The same for scanners, receipt printers and OSDP readers, which answer at once, and twice that for
    /// label printers.
    pub at_once: Duration,
}

impl Default for Pace {
    /// Longer than any device takes.
    fn default() -> Self {
        Self {
            listens: Duration::from_secs(5),
            waits: Duration::from_millis(2_500),
            at_once: Duration::from_millis(500),
        }
    }
}

/// Bauds that receipt and label printers are found with, the commonest first.
const PRINTER_BAUDS: [u32; 5] = [9600, 19_200, 38_400, 115_200, 57_600];

/// Bauds that scanners are found with.
const SCANNER_BAUDS: [u32; 2] = [9600, 115_200];

/// Bauds that SAM_V modules can be set to, beside the one they are delivered with (hardware.md §4.1).
const SAMV_BAUDS: [u32; 4] = [9600, 57_600, 38_400, 19_200];

/// Bauds that OSDP readers can be set to, beside the usual one (§5.1).
const OSDP_BAUDS: [u32; 5] = [115_200, 38_400, 19_200, 57_600, 230_400];

/// Addresses at which OSDP readers are asked for: those that their switches have, or most of them.
const OSDP_ADDRESSES: std::ops::Range<u8> = 0..8;

/// Time for what stands behind the end of a line.
const LAST_BYTES: Duration = Duration::from_millis(50);

/// What answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// What it is.
    pub what: What,
    /// At how many bits a second.
    pub baud: u32,
    /// What it says of itself.
    pub identity: Option<String>,
}

/// The kinds of devices that can be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A 125 kHz reader; a card was held up to it.
    Em4100,
    /// Something that sends lines: a scanner, most likely.
    Lines,
    /// Something whose line is exactly what a converter of this profile sends for a card. A guess: a scanner
    /// may read such a code.
    Converter(&'static str),
    /// A scanner that takes the commands of this profile.
    Scanner(&'static str),
    /// A receipt printer.
    EscPos,
    /// A label printer that speaks TSPL.
    Tspl,
    /// One that answers the longer status question only.
    Tspl2,
    /// A label printer that speaks ZPL.
    Zpl,
    /// A module for Chinese identity documents.
    SamV,
    /// A 13.56 MHz reader.
    Pn532,
    /// An OSDP reader, and where it is on its line.
    Osdp(Address),
}

/// Finds out what is on a port, and nothing where nobody answers; `says` hears of every question before
/// it is asked.
///
/// # Errors
///
/// Where the port cannot be opened.
pub fn look(path: &str, pace: Pace, says: &mut dyn FnMut(&str)) -> Result<Vec<Found>, LinkError> {
    let open = |baud| {
        SerialLink::open(&PortSettings {
            path: path.to_owned(),
            baud,
            flow: Flow::None,
        })
    };
    says("listening at 9600: hold up a card, or scan a code");
    // The port is closed again before it is opened anew.
    let heard = listen(&mut open(9600)?, pace.listens);
    match heard {
        Heard::Device(what) => return Ok(vec![found(what, 9600, None)]),
        Heard::Silence => {}
        Heard::Nonsense => {
            says("listening at 115200, for that made no sense: once more a card or a code");
            let heard = listen(&mut open(115_200)?, pace.listens);
            if let Heard::Device(what) = heard {
                return Ok(vec![found(what, 115_200, None)]);
            }
        }
    }
    for baud in PRINTER_BAUDS {
        says(&format!("asking for a receipt printer at {baud}"));
        if receipt_printer(&mut open(baud)?, pace.at_once)? {
            return Ok(vec![found(What::EscPos, baud, None)]);
        }
    }
    for baud in SCANNER_BAUDS {
        if let Some(make) = lines::scanner(&mut open(baud)?, baud, pace.at_once, says) {
            return Ok(vec![found(What::Scanner(make), baud, None)]);
        }
    }
    says("asking for a 13.56 MHz reader at 115200");
    let pn532 = Pn532::new(Pn532Settings::default());
    if let Some(identity) = reader(&mut open(115_200)?, pn532, pace.waits) {
        return Ok(vec![found(What::Pn532, 115_200, identity)]);
    }
    says("asking for an identity-document module at 115200");
    let samv = Samv::new(SamvSettings::default());
    if let Some(identity) = reader(&mut open(115_200)?, samv, pace.waits) {
        return Ok(vec![found(What::SamV, 115_200, identity)]);
    }
    let readers = osdp_readers(&mut open(9600)?, 9600, (pace.at_once, pace.waits), says);
    if !readers.is_empty() {
        return Ok(readers);
    }
    for baud in PRINTER_BAUDS {
        for (what, profile) in [
            (What::Tspl, LabelProfile::tspl_203dpi()),
            (What::Tspl2, LabelProfile::tspl2_203dpi_western()),
            (What::Zpl, LabelProfile::zpl_203dpi()),
        ] {
            says(&format!("asking for a label printer ({what:?}) at {baud}"));
            let printer = LabelPrinter::new(profile, baud, None);
            let answers = |tell: &LabelTell| matches!(tell, LabelTell::Answering(true));
            let asked = Some(LabelAsk::Status);
            if hear(&mut open(baud)?, printer, asked, 2 * pace.at_once, |told| {
                told.iter().any(answers)
            }) {
                return Ok(vec![found(what, baud, None)]);
            }
        }
    }
    for baud in SAMV_BAUDS {
        says(&format!("asking for an identity-document module at {baud}"));
        let asked = || {
            Samv::new(SamvSettings {
                baud,
                ..SamvSettings::default()
            })
        };
        // Where somebody answers, there is time to hear who it is.
        let mut link = open(baud)?;
        if let Some(answer) = reader(&mut link, asked(), pace.at_once) {
            let identity = answer.or_else(|| reader(&mut link, asked(), pace.waits).flatten());
            return Ok(vec![found(What::SamV, baud, identity)]);
        }
    }
    for baud in OSDP_BAUDS {
        let (first, second) = (pace.at_once / 2, pace.waits);
        let readers = osdp_readers(&mut open(baud)?, baud, (first, second), says);
        if !readers.is_empty() {
            return Ok(readers);
        }
    }
    Ok(Vec::new())
}

fn found(what: What, baud: u32, identity: Option<String>) -> Found {
    Found {
        what,
        baud,
        identity,
    }
}

/// The OSDP readers of a line; each has the first wait for its answer, and the second to say who it is.
fn osdp_readers(
    link: &mut SerialLink,
    baud: u32,
    (first, second): (Duration, Duration),
    says: &mut dyn FnMut(&str),
) -> Vec<Found> {
    let mut readers = Vec::new();
    for address in OSDP_ADDRESSES.filter_map(Address::new) {
        says(&format!(
            "asking for an OSDP reader at {baud}, address {}",
            address.number()
        ));
        // Where somebody answers, there is time to hear who it is.
        let mut answer = osdp_reader(link, address, first);
        if answer == Some(None) {
            answer = osdp_reader(link, address, second).or(answer);
        }
        readers.extend(answer.map(|identity| found(What::Osdp(address), baud, identity)));
    }
    readers
}

fn osdp_reader(link: &mut SerialLink, address: Address, waits: Duration) -> Option<Option<String>> {
    // Clear text is enough to hear who it is; no card is taken over it.
    let settings = OsdpSettings {
        address,
        check: Check::Crc,
        key: None,
        allow_default_key: true,
        allow_clear_text: true,
        adapter: Duration::ZERO,
    };
    let seed = Seed::from_system().ok()?;
    reader(link, Osdp::new(settings, seed), waits)
}

/// What was heard of somebody who talks by himself.
enum Heard {
    Silence,
    /// Bytes that nobody here says, or not at this speed.
    Nonsense,
    Device(What),
}

/// Hears what talks by itself.
fn listen(link: &mut SerialLink, listens: Duration) -> Heard {
    let clock = Clock::system();
    let (mut card, mut code) = (Em4100::new(), Scanner::new());
    let (mut cards, mut codes) = (crate::dialogue::Line::new(), crate::dialogue::Line::new());
    let end = clock.now() + listens;
    let mut buffer = [0; 1024];
    let mut raw = Vec::new();
    while clock.now() < end {
        let Ok(n) = link.read(&mut buffer) else {
            return Heard::Silence;
        };
        let now = clock.now();
        raw.extend_from_slice(&buffer[..n]);
        card.heard(now, &buffer[..n], &mut cards);
        code.heard(now, &buffer[..n], &mut codes);
        code.waited(now, &mut codes);
        if cards
            .take_tells()
            .iter()
            .any(|tell| matches!(tell, Tell::Presented(_)))
        {
            return Heard::Device(What::Em4100);
        }
        // A reader's frames have control characters in them, which no code has.
        if codes
            .take_tells()
            .iter()
            .any(|tell| matches!(tell, Scan::Code(_)))
        {
            // An LF behind the CR tells one converter from the other, and may still be on its way.
            std::thread::sleep(LAST_BYTES);
            let n = link.read(&mut buffer).unwrap_or_default();
            raw.extend_from_slice(&buffer[..n]);
            return Heard::Device(lines::of_line(&raw));
        }
        pause();
    }
    match raw.is_empty() {
        true => Heard::Silence,
        false => Heard::Nonsense,
    }
}

/// Whether the four real-time questions have four real-time answers.
fn receipt_printer(link: &mut SerialLink, waits: Duration) -> Result<bool, LinkError> {
    let clock = Clock::system();
    let mut heard = Demultiplexer::default();
    for question in 1..=4 {
        link.write(&[0x10, 0x04, question])?;
        let end = clock.now() + waits;
        let mut answered = false;
        let mut buffer = [0; 64];
        while !answered && clock.now() < end {
            let n = link.read(&mut buffer)?;
            let mut answers = buffer[..n].iter().flat_map(|byte| heard.hear(*byte));
            answered = answers.any(|answer| matches!(answer, Answer::RealTime(_)));
            pause();
        }
        if !answered {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a reader answers; and what it says it is, where it says so.
fn reader<D>(link: &mut SerialLink, dialogue: D, waits: Duration) -> Option<Option<String>>
where
    D: Dialogue<Ask = Ask, Tell = Tell>,
{
    let (mut answers, mut identity) = (false, None);
    hear(link, dialogue, None, waits, |told| {
        for tell in told {
            match tell {
                Tell::Identity(words) => identity = Some(words.clone()),
                Tell::Answering(true) | Tell::Trust(_) => answers = true,
                _ => {}
            }
        }
        identity.is_some()
    });
    (answers || identity.is_some()).then_some(identity)
}

/// Runs a dialogue, beginning with an ask, until its tells are enough or time is up.
fn hear<D: Dialogue>(
    link: &mut SerialLink,
    mut dialogue: D,
    ask: Option<D::Ask>,
    waits: Duration,
    mut enough: impl FnMut(&[D::Tell]) -> bool,
) -> bool {
    let (counters, clock) = (PortCounters::default(), Clock::system());
    let Ok((asks, inbox)) = mailbox(&Activity::new()) else {
        return false;
    };
    ask.into_iter().for_each(|ask| asks.send(ask));
    let end = clock.now() + waits;
    let mut told = Vec::new();
    let Ok(mut talk) = Conversation::open(link, &mut dialogue, &counters, clock.now()) else {
        return false;
    };
    while clock.now() < end && !enough(&told) {
        let turn = talk.turn(clock.now(), &inbox, &mut |tell| {
            if let Told::Tell(tell) = tell {
                told.push(tell);
            }
        });
        if turn.is_err() {
            return false;
        }
        pause();
    }
    enough(&told)
}

/// A moment in which the device can speak; nobody waits for a probe but the person who asked for it.
fn pause() {
    std::thread::sleep(Duration::from_millis(5));
}
