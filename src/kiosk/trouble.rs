//! What the session knows about devices and store, and what of it people are told.

use super::event::{DeviceChange, StoreHealth};
use super::view::{FaultCode, Notice};
use crate::slips::{LabelKind, PaperTrouble, PrinterName};

/// The state of everything around the touch screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Some card reader works.
    pub reader: bool,
    /// Some scanner works.
    pub scanner: bool,
    /// What keeps the printer from printing.
    pub printer: Option<PaperTrouble>,
    /// The roll is near its end.
    pub near_end: bool,
    /// Which printer prints in place of the first.
    pub elsewhere: Option<PrinterName>,
    /// A label printer can print badges, where the house has one.
    pub badges: bool,
    /// Whether a commit can be trusted.
    pub store: StoreHealth,
}

impl Default for Surroundings {
    /// All well: the first report of a device that is not comes within a second of the start, and
    /// until then nobody is told of a trouble that may not exist.
    fn default() -> Self {
        Surroundings {
            reader: true,
            scanner: true,
            printer: None,
            near_end: false,
            elsewhere: None,
            badges: false,
            store: StoreHealth::Well,
        }
    }
}

impl Surroundings {
    /// Takes in what a device reported.
    pub fn note(&mut self, change: DeviceChange) {
        match change {
            DeviceChange::Reader(works) => self.reader = works,
            DeviceChange::Scanner(works) => self.scanner = works,
            DeviceChange::Printer(trouble) => self.printer = trouble,
            DeviceChange::PaperNearEnd(near_end) => self.near_end = near_end,
            DeviceChange::PrintsElsewhere(printer) => self.elsewhere = printer,
            DeviceChange::Labels(kinds) => self.badges = kinds.contains(&LabelKind::Badge),
        }
    }

    /// What stands on the screen in words, the most needed first.
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if !self.reader {
            notices.push(Notice::NoReader);
        }
        if !self.scanner {
            notices.push(Notice::NoScanner);
        }
        if let Some(printer) = &self.elsewhere {
            notices.push(Notice::PrintsElsewhere(printer.clone()));
        }
        match self.printer {
            Some(trouble) => notices.push(Notice::NoPrinter(trouble)),
            None if self.near_end => notices.push(Notice::PaperNearEnd),
            None => {}
        }
        notices
    }

    /// The fault that closes the kiosk, if there is one.
    pub fn closed_by(&self) -> Option<FaultCode> {
        match self.store {
            StoreHealth::Well => None,
            StoreHealth::CannotWrite => Some(FaultCode::StoreCannotWrite),
            StoreHealth::Damaged => Some(FaultCode::StoreDamaged),
        }
    }
}
