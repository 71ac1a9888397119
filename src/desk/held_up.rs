//! What is held up to a reader at the desk: where it goes, and what the reader's lamp says to it.

use super::dialog::{Dialog, Holds};
use super::event::{Effect, Refusal};
use super::field::Field;
use super::say;
use super::session::Turn;
use crate::people::{Credential, NotRead, PresentedDocument, ReaderName, Signal};

impl Turn<'_> {
    /// What was held up is no card that can be read: whoever holds it is told why.
    pub(super) fn card_not_read(&mut self, reader: ReaderName, why: NotRead) {
        self.signal(Some(reader), Signal::Refused);
        self.say_why(Refusal::NotRead(why));
    }

    /// A document fills the field for its number; elsewhere it means nothing at the desk.
    pub(super) fn document_presented(&mut self, shown: PresentedDocument) {
        let PresentedDocument {
            document, reader, ..
        } = shown;
        let form = self.session.dialog.as_mut();
        let taken = form.is_some_and(|form| form.document(&document.number));
        self.held_up_to_form(Some(reader), taken, Refusal::DocumentNotWanted);
    }

    /// Whoever held something up to a form learns whether it took it.
    pub(super) fn held_up_to_form(
        &mut self,
        reader: Option<ReaderName>,
        taken: bool,
        not_wanted: Refusal,
    ) {
        match taken {
            true => {
                self.signal(reader, Signal::Granted);
                self.session.notice = None;
            }
            false => {
                self.signal(reader, Signal::Refused);
                self.say_why(not_wanted);
            }
        }
    }

    /// The reader that waits for the answer to a log-in shows it.
    pub(super) fn answer_reader(&mut self, signal: Signal) {
        let reader = self.session.held_up.take();
        self.signal(reader, signal);
    }

    /// Shows something at the reader, where there was one.
    pub(super) fn signal(&mut self, reader: Option<ReaderName>, signal: Signal) {
        self.effects
            .extend(reader.map(|reader| Effect::Signal(reader, signal)));
    }

    /// One line, where the eyes are.
    fn say_why(&mut self, why: Refusal) {
        if self.session.me.is_none() {
            let said = say::refusal(&why, self.house, self.session.language);
            self.session.locked.problem = Some(said);
        }
        self.session.notice = Some(Err(why));
    }
}

impl Dialog {
    /// Whether a card is what this form waits for.
    pub fn wants_card(&self) -> bool {
        self.fields
            .iter()
            .any(|field| matches!(field.holds, Holds::Card(_)))
    }

    /// A card was held up: for the field that takes the keys, else for the first that waits for one.
    /// Whether it has a field for one.
    pub fn card(&mut self, credential: Credential) -> bool {
        let is_card = |field: &Field| matches!(field.holds, Holds::Card(_));
        let place = match self.fields.get(self.chosen).is_some_and(is_card) {
            true => Some(self.chosen),
            false => {
                let waits = |field: &Field| is_card(field) && field.is_empty();
                let first = self.fields.iter().position(waits);
                first.or_else(|| self.fields.iter().position(is_card))
            }
        };
        let field = place.and_then(|place| self.fields.get_mut(place));
        let Some(Holds::Card(held)) = field.map(|field| &mut field.holds) else {
            return false;
        };
        *held = Some(credential);
        self.problem = None;
        true
    }

    /// A document was held up: its number goes where one belongs. Whether it has a field for it.
    pub fn document(&mut self, number: &str) -> bool {
        let Some(place) = self.fields.iter().position(|field| field.of_document) else {
            return false;
        };
        let field = &mut self.fields[place];
        field.clear();
        field.type_in(number);
        // Whoever corrects it types it anew.
        field.fresh = true;
        self.problem = None;
        if self.chosen == place {
            self.chosen = (place + 1).min(self.fields.len() - 1);
        }
        true
    }
}
