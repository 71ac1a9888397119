//! All receipt printers together: which of them prints, and what people are told of that.

use crate::kiosk::event::DeviceChange;
use crate::slips::{PaperTrouble, PrinterName};
use std::sync::{Mutex, MutexGuard};

/// How every printer stands, the first of the settings first.
pub(in crate::devices) struct Supply(Mutex<State>);

struct State {
    printers: Vec<Stand>,
    told: Told,
}

struct Stand {
    name: PrinterName,
    trouble: Option<PaperTrouble>,
    near_end: bool,
    /// It stopped within a slip, and takes no other one until that is at its end.
    holds: bool,
}

/// What was reported last.
#[derive(Clone, PartialEq, Eq, Default)]
struct Told {
    trouble: Option<PaperTrouble>,
    near_end: bool,
    elsewhere: Option<PrinterName>,
}

impl Supply {
    /// Printers that nobody has heard of yet; until then they are taken for able.
    pub fn new(names: impl Iterator<Item = PrinterName>) -> Self {
        let stand = |name| Stand {
            name,
            trouble: None,
            near_end: false,
            holds: false,
        };
        Supply(Mutex::new(State {
            printers: names.map(stand).collect(),
            told: Told::default(),
        }))
    }

    /// The printer that prints next: the first one that can, else the first. None while those that can
    /// are still at a slip within which they stopped.
    pub fn chosen(&self) -> Option<usize> {
        let state = self.lock();
        match (state.free(), state.able()) {
            (None, Some(_)) => None,
            (free, _) => Some(free.unwrap_or(0)),
        }
    }

    /// Notes whether a printer stopped within a slip that is not at its end.
    pub fn hold(&self, printer: usize, holds: bool) {
        if let Some(stand) = self.lock().printers.get_mut(printer) {
            stand.holds = holds;
        }
    }

    /// Notes how a printer stands; gives what has changed for people.
    pub fn note(
        &self,
        printer: usize,
        trouble: Option<PaperTrouble>,
        near_end: bool,
    ) -> Vec<DeviceChange> {
        let mut state = self.lock();
        if let Some(stand) = state.printers.get_mut(printer) {
            (stand.trouble, stand.near_end) = (trouble, near_end);
        }
        let now = state.tells();
        let before = std::mem::replace(&mut state.told, now.clone());
        let mut changes = Vec::new();
        if before.trouble != now.trouble {
            changes.push(DeviceChange::Printer(now.trouble));
        }
        if before.near_end != now.near_end {
            changes.push(DeviceChange::PaperNearEnd(now.near_end));
        }
        if before.elsewhere != now.elsewhere {
            changes.push(DeviceChange::PrintsElsewhere(now.elsewhere));
        }
        changes
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("nobody panics holding the printers")
    }
}

impl State {
    fn able(&self) -> Option<usize> {
        self.printers
            .iter()
            .position(|stand| stand.trouble.is_none())
    }

    fn free(&self) -> Option<usize> {
        let mut printers = self.printers.iter();
        printers.position(|stand| stand.trouble.is_none() && !stand.holds)
    }

    fn tells(&self) -> Told {
        let able = self.free().or_else(|| self.able());
        let prints = self.printers.get(able.unwrap_or(0));
        Told {
            trouble: match able {
                Some(_) => None,
                None => prints.and_then(|stand| stand.trouble),
            },
            near_end: prints.is_some_and(|stand| stand.near_end),
            elsewhere: match able {
                None | Some(0) => None,
                Some(_) => prints.map(|stand| stand.name.clone()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Supply {
        let names = ["lobby", "desk"].map(|name| PrinterName(name.to_owned()));
        Supply::new(names.into_iter())
    }

    #[test]
    fn the_second_printer_prints_while_the_first_cannot_and_people_are_told_where() {
        let supply = two();
        assert_eq!(supply.chosen(), Some(0));
        let desk = Some(PrinterName("desk".to_owned()));
        assert_eq!(
            supply.note(0, Some(PaperTrouble::PaperOut), false),
            [DeviceChange::PrintsElsewhere(desk)]
        );
        assert_eq!(supply.chosen(), Some(1));
        assert_eq!(
            supply.note(0, None, false),
            [DeviceChange::PrintsElsewhere(None)]
        );
        assert_eq!(supply.chosen(), Some(0));
    }

    #[test]
    fn a_printer_that_stopped_within_a_slip_gets_no_other_until_that_is_at_its_end() {
        let supply = two();
        let desk = Some(PrinterName("desk".to_owned()));
        supply.hold(0, true);
        assert_eq!(
            supply.note(0, Some(PaperTrouble::PaperOut), false),
            [DeviceChange::PrintsElsewhere(desk)]
        );
        // It was helped, and goes on with its own.
        assert!(supply.note(0, None, false).is_empty());
        assert_eq!(supply.chosen(), Some(1));
        // Nobody else can: the next one waits, and nobody is told of a trouble.
        assert_eq!(
            supply.note(1, Some(PaperTrouble::Unplugged), false),
            [DeviceChange::PrintsElsewhere(None)]
        );
        assert_eq!(supply.chosen(), None);
        supply.hold(0, false);
        assert!(supply.note(0, None, false).is_empty());
        assert_eq!(supply.chosen(), Some(0));
    }

    #[test]
    fn only_when_no_printer_can_people_hear_of_the_trouble_of_the_first() {
        let supply = two();
        assert!(
            supply
                .note(1, Some(PaperTrouble::Unplugged), false)
                .is_empty()
        );
        assert_eq!(
            supply.note(0, Some(PaperTrouble::CoverOpen), false),
            [DeviceChange::Printer(Some(PaperTrouble::CoverOpen))]
        );
        assert_eq!(supply.chosen(), Some(0));
        assert_eq!(
            supply.note(0, None, true),
            [
                DeviceChange::Printer(None),
                DeviceChange::PaperNearEnd(true)
            ]
        );
        assert!(supply.note(0, None, true).is_empty());
    }
}
