//! What somebody in the lobby does, and what it means for each simulated device.

use super::fault::Fault;
use lodge_hardware::clock::Moment;
use lodge_hardware::link::Link;
use lodge_hardware::reader::osdp::{Address, Addressed};
use lodge_hardware::reader::wiegand::{Fields, Layout};
use lodge_hardware::reader::{CardNumber, Uid, WiegandCode};
use lodge_hardware::scanner::Refusal;
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::label::{LabelCommand, LabelFault};
use lodge_hardware::sim::osdp::{Front, OsdpCommand};
use lodge_hardware::sim::pn532::{Card, Pn532Command};
use lodge_hardware::sim::printer::PrinterCommand;
use lodge_hardware::sim::reader::ReaderCommand;
use lodge_hardware::sim::samv::{Layout as Document, SamvCard, SamvCommand};
use lodge_hardware::sim::scanner::ScannerCommand;
use lodge_hardware::sim::scanner::triggered::TriggeredCommand;
use lodge_hardware::sim::wiegand::WiegandCommand;

/// Frames of a card held up as people do: a third of a second.
const FRAMES: usize = 5;

/// What electrical noise looks like to an RDM6300 now and then (seen by users of such readers).
const GHOST: u64 = 0x0007_8F88;

/// What a person in the lobby, or a fault, does to a device.
#[derive(Clone, Debug)]
pub enum Act {
    /// Holds something up.
    Hold(Held),
    /// Takes away what is held up.
    Lift,
    /// Scans a code.
    Scan(String),
    /// Does something to the printer.
    Printer(PrinterCommand),
    /// So many bytes of noise come down the line.
    Noise(usize),
    /// Something goes wrong with it, or is set right.
    Fault(Fault, bool),
    /// Switches the device on or off.
    Power(bool),
    /// Pulls the plug.
    Unplug,
    /// Puts it in again.
    Plug,
    /// Puts it in where it is another port of the system's.
    PlugElsewhere,
    /// Something happens to the reader at this address of a line.
    At(u8, Box<Act>),
}

/// What is held up to a reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Held {
    /// A card with these bytes of number.
    Card(Vec<u8>),
    /// A telephone, which makes up another number each time.
    Telephone,
    /// A made-up identity document of this layout.
    Document(Document),
    /// A document whose number cannot be.
    Forged,
    /// A card with a chip that is none of those the reader is for.
    OtherKind,
    /// Noise that a reader takes for a card, once.
    Ghost,
}

/// Something there is to see at a device.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// In words: what a paper says, what a lamp does.
    pub said: String,
    /// The paper as a PNG, a dot a pixel.
    pub picture: Option<Vec<u8>>,
}

impl From<String> for News {
    fn from(said: String) -> Self {
        News {
            said,
            picture: None,
        }
    }
}

/// A simulated device of any kind, moved by acts; false where an act means nothing to it.
pub trait Played: Send {
    /// Does something to the device.
    fn act(&mut self, now: Moment, act: &Act) -> bool;
    /// Whether an act means something to it.
    fn knows(&self, act: &Act) -> bool;
    /// Does everything that is due at `now`.
    fn pump(&mut self, now: Moment, link: &mut dyn Link);
    /// When it wants to go on.
    fn due(&self) -> Option<Moment>;
    /// What there is to see at it since somebody last looked: paper that came out, a lamp that changed.
    fn news(&mut self, _now: Moment) -> Vec<News> {
        Vec::new()
    }
    /// The paper that came out of it and was not taken, the latest first.
    fn paper(&self) -> Vec<String> {
        Vec::new()
    }
    /// What the readers of its line show, by their addresses.
    fn fronts(&self, _now: Moment) -> Vec<(u8, Front)> {
        Vec::new()
    }
}

/// A simulator, and what acts mean for it.
pub struct Player<S: Simulator> {
    /// The device.
    pub sim: S,
    meaning: fn(&Act) -> Option<S::Command>,
    news: Option<Look<S>>,
    paper: Option<fn(&S) -> Vec<String>>,
    fronts: Option<Fronts<S>>,
}

/// How lamps and buzzers are found out.
type Fronts<S> = Box<dyn Fn(&S, Moment) -> Vec<(u8, Front)> + Send>;

/// How what there is to see at a device is found out.
type Look<S> = Box<dyn FnMut(&mut S, Moment) -> Vec<News> + Send>;

impl<S: Simulator> Player<S> {
    /// A device for which acts mean this.
    pub fn new(sim: S, meaning: fn(&Act) -> Option<S::Command>) -> Self {
        Player {
            sim,
            meaning,
            news: None,
            paper: None,
            fronts: None,
        }
    }

    /// The same, where there is something to see at it.
    pub fn seen(self, news: impl FnMut(&mut S, Moment) -> Vec<News> + Send + 'static) -> Self {
        Player {
            news: Some(Box::new(news)),
            ..self
        }
    }

    /// The same, where it has lamps and buzzers.
    pub fn shining(self, fronts: impl Fn(&S, Moment) -> Vec<(u8, Front)> + Send + 'static) -> Self {
        Player {
            fronts: Some(Box::new(fronts)),
            ..self
        }
    }

    /// The same, where paper hangs out of it.
    pub fn printing(self, paper: fn(&S) -> Vec<String>) -> Self {
        Player {
            paper: Some(paper),
            ..self
        }
    }
}

impl<S: Simulator> Played for Player<S> {
    fn act(&mut self, now: Moment, act: &Act) -> bool {
        let command = (self.meaning)(act);
        let known = command.is_some();
        if let Some(command) = command {
            self.sim.command(now, command);
        }
        known
    }

    fn knows(&self, act: &Act) -> bool {
        (self.meaning)(act).is_some()
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        self.sim.pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        self.sim.due()
    }

    fn news(&mut self, now: Moment) -> Vec<News> {
        match &mut self.news {
            Some(news) => news(&mut self.sim, now),
            None => Vec::new(),
        }
    }

    fn paper(&self) -> Vec<String> {
        self.paper.map_or_else(Vec::new, |paper| paper(&self.sim))
    }

    fn fronts(&self, now: Moment) -> Vec<(u8, Front)> {
        let fronts = self.fronts.as_ref();
        fronts.map_or_else(Vec::new, |fronts| fronts(&self.sim, now))
    }
}

/// Any device, run on a thread of its own.
impl Simulator for Box<dyn Played> {
    type Command = Act;

    fn command(&mut self, now: Moment, act: Act) {
        // Whoever sends acts by hand sees that nothing happens.
        let _ = self.act(now, &act);
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        (**self).pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        (**self).due()
    }
}

/// An RDM6300: a card held up is there for a third of a second.
pub fn em4100(act: &Act) -> Option<ReaderCommand> {
    Some(match act {
        Act::Hold(Held::Ghost) => ReaderCommand::Ghost(CardNumber::new(GHOST)?),
        Act::Hold(held) => ReaderCommand::Hold(held.em4100()?, FRAMES),
        Act::Noise(bytes) => ReaderCommand::Garbage(*bytes),
        Act::Fault(Fault::Line(fault), set) => ReaderCommand::Fault(*fault, *set),
        _ => return None,
    })
}

/// A PN532 module.
pub fn pn532(act: &Act) -> Option<Pn532Command> {
    Some(match act {
        Act::Hold(Held::Card(bytes)) => Pn532Command::PutDown(Card::Tag(Uid::new(bytes)?)),
        Act::Hold(Held::Telephone) => Pn532Command::PutDown(Card::Telephone),
        Act::Lift => Pn532Command::LiftAll,
        Act::Fault(Fault::Line(fault), set) => Pn532Command::Fault(*fault, *set),
        Act::Power(on) => Pn532Command::Power(*on),
        _ => return None,
    })
}

/// A converter that passes on so many of the last bits of an EM4100 card.
pub fn wiegand<const BITS: u8>(act: &Act) -> Option<WiegandCommand> {
    Some(match act {
        Act::Hold(held) => WiegandCommand::Hold(WiegandCode::new(BITS, held.em4100()?.value())?, 1),
        Act::Noise(bytes) => WiegandCommand::Garbage(*bytes),
        Act::Fault(Fault::Line(fault), set) => WiegandCommand::Fault(*fault, *set),
        _ => return None,
    })
}

/// An OSDP reader of 34 bits.
pub fn osdp(act: &Act) -> Option<OsdpCommand> {
    Some(match act {
        Act::Hold(held) => OsdpCommand::Present(held.with_parity()?),
        Act::Fault(Fault::Line(fault), set) => OsdpCommand::Fault(*fault, *set),
        Act::Fault(Fault::Osdp(fault), set) => OsdpCommand::Trouble(*fault, *set),
        Act::Power(on) => OsdpCommand::Power(*on),
        _ => return None,
    })
}

/// Several of them on one line; the first where no address is named.
pub fn osdp_line(act: &Act) -> Option<Addressed<OsdpCommand>> {
    let (address, act) = match act {
        Act::At(address, act) => (*address, &**act),
        act => (0, act),
    };
    Some(Addressed {
        address: Address::new(address)?,
        what: osdp(act)?,
    })
}

/// A module that reads identity documents.
pub fn samv(act: &Act) -> Option<SamvCommand> {
    Some(match act {
        Act::Hold(Held::Document(layout)) => {
            SamvCommand::PutDown(Box::new(SamvCard::made_up_as(*layout)))
        }
        Act::Hold(Held::Forged) => SamvCommand::PutDown(Box::new(SamvCard::forged())),
        Act::Hold(Held::OtherKind) => SamvCommand::PutDown(Box::new(SamvCard::of_another_kind())),
        Act::Lift => SamvCommand::Lift,
        Act::Noise(bytes) => SamvCommand::Garbage(*bytes),
        Act::Fault(Fault::Line(fault), set) => SamvCommand::Fault(*fault, *set),
        Act::Fault(Fault::SamV(fault), set) => SamvCommand::Misbehave(*fault, *set),
        Act::Power(on) => SamvCommand::Power(*on),
        _ => return None,
    })
}

/// A scanner that only sends lines.
pub fn scanner(act: &Act) -> Option<ScannerCommand> {
    Some(match act {
        Act::Scan(code) => ScannerCommand::Scan(code.clone()),
        Act::Noise(bytes) => ScannerCommand::Garbage(*bytes),
        Act::Fault(Fault::Line(fault), set) => ScannerCommand::Fault(*fault, *set),
        _ => return None,
    })
}

/// A scanner that takes commands.
pub fn triggered(act: &Act) -> Option<TriggeredCommand> {
    Some(match act {
        Act::Scan(code) => TriggeredCommand::Show(Some(code.clone())),
        Act::Lift => TriggeredCommand::Show(None),
        Act::Noise(bytes) => TriggeredCommand::Garbage(*bytes),
        Act::Fault(Fault::Line(fault), set) => TriggeredCommand::Fault(*fault, *set),
        Act::Fault(Fault::Refuses, set) => {
            TriggeredCommand::Refuse(set.then_some(Refusal::NotAllowed))
        }
        Act::Power(true) => TriggeredCommand::Restart,
        _ => return None,
    })
}

/// A receipt printer.
pub fn printer(act: &Act) -> Option<PrinterCommand> {
    Some(match act {
        Act::Printer(command) => *command,
        Act::Fault(Fault::Line(fault), set) => PrinterCommand::Line(*fault, *set),
        Act::Fault(Fault::Printer(fault), set) => PrinterCommand::Fault(*fault, *set),
        Act::Power(on) => PrinterCommand::Power(*on),
        _ => return None,
    })
}

/// A label printer.
pub fn label(act: &Act) -> Option<LabelCommand> {
    Some(match act {
        Act::Fault(Fault::Line(fault), set) => LabelCommand::Fault(LabelFault::Line(*fault), *set),
        Act::Fault(Fault::LabelPrinter(fault), set) => LabelCommand::Fault(*fault, *set),
        Act::Fault(Fault::Labels(trouble), set) => LabelCommand::Trouble(*trouble, *set),
        Act::Power(on) => LabelCommand::Power(*on),
        _ => return None,
    })
}

impl Held {
    fn em4100(&self) -> Option<CardNumber> {
        let Held::Card(bytes) = self else { return None };
        let bytes: [u8; 5] = bytes.as_slice().try_into().ok()?;
        let number = bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte));
        CardNumber::new(number)
    }

    /// What a reader of 34 bits sends of an EM4100 card: its last 32 bits, and parity.
    fn with_parity(&self) -> Option<WiegandCode> {
        let number = self.em4100()?.value();
        Layout::H10306.code(Fields {
            facility: Some((number >> 16 & 0xFFFF) as u16),
            number: number & 0xFFFF,
        })
    }
}
