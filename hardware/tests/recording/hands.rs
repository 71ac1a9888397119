//! Simulated devices worked by the few words that the sessions here are written in.

use lodge_hardware::clock::Moment;
use lodge_hardware::kind::Kind;
use lodge_hardware::label::{Mm, Stock};
use lodge_hardware::link::Link;
use lodge_hardware::reader::{CardNumber, Uid, WiegandCode};
use lodge_hardware::scanner::Family;
use lodge_hardware::sim::{LineFault, Simulator};

use lodge_hardware::sim::label::{LabelCommand, LabelFault, LabelSim, Trouble};
use lodge_hardware::sim::osdp::{OsdpCommand, OsdpFault, OsdpReader, OsdpSim};
use lodge_hardware::sim::pn532::{Card, Pn532Command, Pn532Sim};
use lodge_hardware::sim::printer::{PrinterCommand, PrinterSim};
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use lodge_hardware::sim::scanner::triggered::{TriggeredCommand, TriggeredSim};
use lodge_hardware::sim::scanner::{ScannerCommand, ScannerSim};
use lodge_hardware::sim::wiegand::{WiegandCommand, WiegandSim};

/// A device that is worked by a line of words; an empty one is nothing.
pub trait Worked {
    fn does(&mut self, now: Moment, line: &str);
    fn pump(&mut self, now: Moment, link: &mut dyn Link);
}

/// The command for a word and what follows it; `None` where no device understands it.
type Understood<C> = Box<dyn Fn(&str, &str) -> Option<C>>;

/// The simulator, and what sets a fault and does the rest.
struct Hands<S: Simulator> {
    sim: S,
    fault: fn(LineFault) -> S::Command,
    command: Understood<S::Command>,
}

impl<S: Simulator> Worked for Hands<S> {
    fn does(&mut self, now: Moment, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let command = match word {
            "" => return,
            "fault" => (self.fault)(fault(rest)),
            _ => (self.command)(word, rest).unwrap_or_else(|| panic!("{line}")),
        };
        self.sim.command(now, command);
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        self.sim.pump(now, link);
    }
}

fn fault(word: &str) -> LineFault {
    match word {
        "silent" => LineFault::Silent,
        "slow" => LineFault::Slow,
        "garbage" => LineFault::Garbage,
        "half-frame" => LineFault::HalfFrame,
        "wrong-checksum" => LineFault::WrongChecksum,
        "wrong-order" => LineFault::WrongOrder,
        _ => panic!("{word}"),
    }
}

fn number(hex: &str) -> u64 {
    u64::from_str_radix(hex, 16).unwrap()
}

/// A card of 26 bits or another length, `bits:hex`.
fn code(text: &str) -> Option<WiegandCode> {
    let (bits, value) = text.split_once(':')?;
    WiegandCode::new(bits.parse().ok()?, number(value))
}

fn uid(hex: &str) -> Option<Uid> {
    let pairs = (0..hex.len()).step_by(2);
    let bytes: Vec<u8> = pairs.map(|at| number(&hex[at..at + 2]) as u8).collect();
    Uid::new(&bytes)
}

fn hands<S: Simulator + 'static>(
    sim: S,
    fault: fn(LineFault) -> S::Command,
    command: impl Fn(&str, &str) -> Option<S::Command> + 'static,
) -> Box<dyn Worked> {
    let command = Box::new(command);
    Box::new(Hands {
        sim,
        fault,
        command,
    })
}

fn badges() -> Stock {
    Stock::die_cut(Mm::whole(60), Mm::whole(40), Mm::whole(2))
}

/// Whole readings of a card that is held up for a second.
const READINGS: usize = 15;

/// The device of this kind, with nothing in front of it.
pub fn device(kind: &Kind) -> Box<dyn Worked> {
    match kind {
        Kind::Em4100(_) => hands(
            ReaderSim::new(),
            |fault| ReaderCommand::Fault(fault, true),
            |word, rest| match word {
                "card" => Some(ReaderCommand::Hold(
                    CardNumber::new(number(rest))?,
                    READINGS,
                )),
                _ => None,
            },
        ),
        Kind::Pn532(_) => hands(
            Pn532Sim::new(),
            |fault| Pn532Command::Fault(fault, true),
            |word, rest| match word {
                "smart" => Some(Pn532Command::PutDown(Card::Smart(uid(rest)?))),
                "lift" => Some(Pn532Command::LiftAll),
                _ => None,
            },
        ),
        Kind::Wiegand(settings) => {
            let settings = *settings;
            hands(
                WiegandSim::new(settings),
                |fault| WiegandCommand::Fault(fault, true),
                move |word, rest| match word {
                    "card" => Some(WiegandCommand::Hold(
                        WiegandCode::new(settings.wire.bits(), number(rest))?,
                        1,
                    )),
                    "key" => Some(WiegandCommand::Key(rest.parse().ok()?)),
                    _ => None,
                },
            )
        }
        Kind::Osdp(settings) => osdp(OsdpReader::new(settings.address)),
        Kind::Scanner(settings) if settings.family == Family::Any => hands(
            ScannerSim::new(),
            |fault| ScannerCommand::Fault(fault, true),
            |word, rest| (word == "code").then(|| ScannerCommand::Scan(rest.to_owned())),
        ),
        Kind::Scanner(settings) => hands(
            TriggeredSim::new(settings.family),
            |fault| TriggeredCommand::Fault(fault, true),
            |word, rest| match word {
                "code" => Some(TriggeredCommand::Show(Some(rest.to_owned()))),
                "away" => Some(TriggeredCommand::Show(None)),
                _ => None,
            },
        ),
        Kind::EscPos(settings) => hands(
            PrinterSim::new(&settings.profile, settings.baud),
            |fault| PrinterCommand::Line(fault, true),
            |word, _| (word == "tear").then_some(PrinterCommand::TearOff),
        ),
        Kind::Label(settings) => hands(
            LabelSim::new(&settings.profile, settings.baud, badges()),
            |fault| LabelCommand::Fault(LabelFault::Line(fault), true),
            |word, rest| match word {
                "labels" => Some(LabelCommand::Trouble(Trouble::PaperOut, rest == "out")),
                _ => None,
            },
        ),
        Kind::SamV(_) => panic!("documents are not recorded"),
    }
}

fn trouble(word: &str) -> OsdpFault {
    match word {
        "wrong-mac" => OsdpFault::WrongMac,
        "replay" => OsdpFault::Replay,
        "busy" => OsdpFault::Busy,
        _ => panic!("{word}"),
    }
}

/// An OSDP reader with nothing in front of it.
pub fn osdp(reader: OsdpReader) -> Box<dyn Worked> {
    hands(
        OsdpSim::new(reader),
        |fault| OsdpCommand::Fault(fault, true),
        |word, rest| match word {
            "card" => Some(OsdpCommand::Present(code(rest)?)),
            "keys" => Some(OsdpCommand::Press(rest.to_owned())),
            "formatted" => Some(OsdpCommand::PresentFormatted),
            "trouble" => Some(OsdpCommand::Trouble(trouble(rest), true)),
            _ => None,
        },
    )
}
