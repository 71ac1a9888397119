//! One device at the dock: what can be done to it, and what was.

use crate::bench::rig::{Act, FULL_ROLL, Fault, Played, SHORT_ROLL};
use crate::config::Device;
use crate::equipment::DeviceKind;
use crate::screen::DockDevice;
use lodge_hardware::sim::printer::PrinterCommand;

/// A device at the dock.
#[derive(Clone)]
pub(super) struct Place {
    /// Its word: an id of the translation files.
    said: &'static str,
    name: String,
    kind: DeviceKind,
    /// Which line it is on.
    line: usize,
    /// Where on its line, if it is not alone there.
    address: Option<u8>,
    can: Vec<Can>,
}

/// Something that can be done, under a word of the translation files.
#[derive(Clone)]
struct Can {
    what: What,
    said: &'static str,
    is_on: bool,
}

#[derive(Clone, PartialEq)]
enum What {
    Pull,
    PlugElsewhere,
    SwitchOff,
    /// A roll of so many dots.
    Roll(u32),
    Cover,
    Jam,
    OffLine,
    Noise,
    Fault(Fault),
}

/// Bytes of noise, enough that a counter shows them.
const NOISE: usize = 200;

impl Place {
    /// A device alone on its line.
    pub(super) fn of(device: &Device, line: usize, twin: &dyn Played) -> Self {
        let all = [
            (What::Pull, "dock-pull"),
            (What::PlugElsewhere, "dock-elsewhere"),
            (What::SwitchOff, "dock-switch-off"),
            (What::Roll(0), "dock-paper-out"),
            (What::Roll(SHORT_ROLL), "dock-paper-short"),
            (What::Roll(FULL_ROLL), "dock-paper-new"),
            (What::Cover, "dock-cover"),
            (What::Jam, "dock-cutter"),
            (What::OffLine, "dock-off-line"),
            (What::Noise, "dock-noise"),
        ];
        let faults = Fault::all().map(|fault| (What::Fault(fault), fault.said()));
        let all = all.into_iter().chain(faults);
        let known = all.filter(|(what, _)| what.is_of_any() || twin.knows(&what.act(true)));
        Place {
            said: match device.kind {
                DeviceKind::Reader => "dock-reader",
                DeviceKind::Scanner => "dock-scanner",
                DeviceKind::Printer => "dock-printer",
                DeviceKind::LabelPrinter => "dock-label-printer",
            },
            name: device.name.clone(),
            kind: device.kind,
            line,
            address: None,
            can: known
                .map(|(what, said)| Can {
                    what,
                    said,
                    is_on: false,
                })
                .collect(),
        }
    }

    /// Another one on its line.
    pub(super) fn beside(&self, device: &Device, address: Option<u8>) -> Self {
        Place {
            name: device.name.clone(),
            address,
            ..self.clone()
        }
    }

    pub(super) fn kind(&self) -> DeviceKind {
        self.kind
    }

    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// The act as its line takes it.
    pub(super) fn to(&self, act: Act) -> Act {
        match self.address {
            Some(address) => Act::At(address, Box::new(act)),
            None => act,
        }
    }

    /// How the window shows it.
    pub(super) fn view(&self) -> DockDevice {
        DockDevice {
            said: self.said,
            name: self.name.clone(),
            can: self.can.iter().map(|can| (can.said, can.is_on)).collect(),
        }
    }

    /// What was touched at this place of the list is done or undone.
    pub(super) fn touched(&mut self, index: usize) -> Option<Act> {
        let can = self.can.get_mut(index)?;
        let (what, set) = (can.what.clone(), !can.is_on);
        can.is_on = set;
        match what {
            What::Roll(_) => {
                // One roll takes the place of another, and the cover is closed over it.
                let others = [0, SHORT_ROLL, FULL_ROLL].map(What::Roll);
                let others = others.iter().filter(|other| **other != what);
                others.for_each(|other| self.is_not(other));
                self.is_not(&What::Roll(FULL_ROLL));
                self.is_not(&What::Cover);
            }
            // What is over at once is never on.
            What::Noise => self.is_not(&What::Noise),
            What::PlugElsewhere => {
                self.is_not(&What::PlugElsewhere);
                self.is_not(&What::Pull);
            }
            _ => {}
        }
        Some(what.act(set))
    }

    /// What was done to another device of this line was done to this one too, where it is about the line.
    pub(super) fn shares(&mut self, done: &Place) {
        if done.line != self.line {
            return;
        }
        for can in self.can.iter_mut().filter(|can| can.what.is_of_any()) {
            let there = done.can.iter().find(|other| other.what == can.what);
            can.is_on = there.is_some_and(|there| there.is_on);
        }
    }

    fn is_not(&mut self, what: &What) {
        let mut all = self.can.iter_mut();
        if let Some(can) = all.find(|can| can.what == *what) {
            can.is_on = false;
        }
    }
}

impl What {
    fn act(&self, set: bool) -> Act {
        match self {
            What::Pull if set => Act::Unplug,
            What::Pull => Act::Plug,
            What::PlugElsewhere => Act::PlugElsewhere,
            What::SwitchOff => Act::Power(!set),
            // Whoever takes out a roll that is on puts in a new one.
            What::Roll(dots) => Act::Printer(PrinterCommand::LoadPaper(match set {
                true => *dots,
                false => FULL_ROLL,
            })),
            What::Cover => Act::Printer(PrinterCommand::Cover(set)),
            What::Jam => Act::Printer(PrinterCommand::Jam(set)),
            What::OffLine => Act::Printer(PrinterCommand::Online(!set)),
            What::Noise => Act::Noise(NOISE),
            What::Fault(fault) => Act::Fault(*fault, set),
        }
    }

    /// Whether it is about the plug, which every device has.
    fn is_of_any(&self) -> bool {
        matches!(self, What::Pull | What::PlugElsewhere)
    }
}
