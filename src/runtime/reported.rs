//! What a device reports, and which of the two windows it is for.

use super::session::Lobby;
use crate::desk;
use crate::devices::Report;
use crate::kiosk::Event;
use crate::kiosk::event::DeviceChange;
use crate::people::ReaderName;

/// A reader or a scanner of this name stands at the desk, and speaks to the staff window.
const AT_DESK: &str = "desk";

impl Lobby {
    pub(super) fn reported(&mut self, report: Report) {
        if matches!(
            report,
            Report::CardPresented(_) | Report::DocumentPresented(_) | Report::CodeScanned(..)
        ) {
            // The page of devices says when each of them last read something.
            self.read_devices();
        }
        match report {
            Report::CardPresented(presented) => {
                match self.card_is_for_desk(presented.reader.as_ref()) {
                    true => self.desk_happened(desk::Event::CardPresented(presented)),
                    false => self.happened(Event::CardPresented(presented)),
                }
            }
            Report::CardNotRead(reader, why) => match self.card_is_for_desk(Some(&reader)) {
                true => self.desk_happened(desk::Event::CardNotRead(reader, why)),
                false => self.happened(Event::CardNotRead(reader, why)),
            },
            // No form takes a document from the touch screen's reader: a visitor stands there.
            Report::DocumentPresented(shown) => match self.stands_at_desk(&shown.reader.0) {
                true => self.desk_happened(desk::Event::DocumentPresented(shown)),
                false => self.happened(Event::DocumentPresented(shown)),
            },
            Report::CodeScanned(scanned) => match self.stands_at_desk(&scanned.scanner.0) {
                true => self.desk_happened(desk::Event::CodeScanned(scanned)),
                false => self.happened(Event::CodeScanned(scanned)),
            },
            Report::Roll(printer, roll) => self.tell_store(move |books, _| {
                books.keep_roll(&printer, roll)?;
                Ok(None)
            }),
            Report::Changed(change) => {
                self.printing.printer_changed(&change);
                if matches!(change, DeviceChange::Labels(_)) {
                    self.look_later();
                }
                self.happened(Event::DeviceChanged(change));
                self.print_next();
            }
            Report::Stands => self.read_devices(),
            Report::Paper(report) => self.paper(report),
        }
    }

    fn stands_at_desk(&self, name: &str) -> bool {
        name == AT_DESK && self.side.is_some()
    }

    /// Where a form waits for a card, any reader will do.
    fn card_is_for_desk(&self, reader: Option<&ReaderName>) -> bool {
        let form_waits = self.side.as_ref().is_some_and(|side| side.wants_card());
        form_waits || reader.is_some_and(|reader| self.stands_at_desk(&reader.0))
    }
}
