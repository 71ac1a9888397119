//! Readers of Chinese identity documents with a SAM_V module (hardware.md §4).
//!
//! The module is asked, and only ever answers: find a card, select it, read it, in this order for
//! each reading. A card that was read is not found again before it was lifted, and until then the
//! module says the same as without a card: so one presentation is one reading, and nobody can say
//! that a card is gone. (A module that is switched off and on forgets this, and reads a card that
//! still lies there once more.) Photo and fingerprints are never kept, the text only while it is
//! parsed.

mod block;
mod command;
mod course;
mod date;
mod document;
mod ethnic;
mod frame;
pub(crate) mod layout;
mod number;
mod settings;
mod text;

use std::time::Duration;

use command::SamNumber;
use frame::Hunt;

use super::{Ask, NotRead, Tell, Trouble};
use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};

pub use block::Malformed;
pub use command::{Command, Outcome};
#[cfg(feature = "simulators")]
pub(crate) use command::{PREAMBLE, framed};
pub use date::Date;
pub use document::{Address, Card, Document, Nationality, Number, Sex, ValidUntil};
pub use ethnic::EthnicGroup;
pub use number::{IdNumber, NotANumber, PermitNumber, check_character};
pub use settings::{FASTEST_POLL, Settings};
pub use text::CardText;

/// So many requests in a row without an answer, and the module does not answer.
const SILENT_AFTER: u32 = 2;
/// A module that does not answer is asked again after this.
const TRY_AGAIN: Duration = Duration::from_millis(500);

/// A module whose status is not well is asked for it again after this.
const STATUS_AGAIN: Duration = Duration::from_secs(5);

/// What the dialogue is waiting for.
#[derive(Clone, Copy)]
enum Turn {
    /// The line is closed.
    Closed,
    /// The moment to ask the next thing.
    Pause { then: Command, until: Moment },
    /// The answer.
    Asked { command: Command, until: Moment },
}

/// The dialogue with a SAM_V module.
pub struct Samv {
    settings: Settings,
    hunt: Hunt,
    turn: Turn,
    /// Requests in a row without an answer.
    unanswered: u32,
    answering: Option<bool>,
    number: Option<SamNumber>,
    /// What is wrong with the module itself.
    ails: Ails,
    last_find: Moment,
    last_status: Moment,
    /// The module knows no command that reads fingerprints.
    no_fingerprint: bool,
    /// The card there has been refused already, and the module has not lost it since.
    refused: bool,
    /// Read, while its latest address is asked for.
    document: Option<Box<Document>>,
}

impl Samv {
    /// A module not heard yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            hunt: Hunt::new(),
            turn: Turn::Closed,
            unanswered: 0,
            answering: None,
            number: None,
            ails: Ails::default(),
            last_find: Moment::ORIGIN,
            last_status: Moment::ORIGIN,
            no_fingerprint: false,
            refused: false,
            document: None,
        }
    }

    fn ask(&mut self, now: Moment, command: Command, line: &mut Line<Tell>) {
        line.discard(self.hunt.begin(command));
        line.write(&command.bytes());
        match command {
            Command::Find => self.last_find = now,
            Command::Status => self.last_status = now,
            _ => {}
        }
        let until = now + command.patience(self.settings.baud) + self.settings.adapter;
        self.turn = Turn::Asked { command, until };
    }

    /// Looks for the next card, as soon as that may be.
    fn look_again(&mut self, now: Moment) {
        let every = self.settings.poll.max(FASTEST_POLL);
        self.turn = Turn::Pause {
            then: Command::Find,
            until: (self.last_find + every).max(now),
        };
    }

    fn answers(&mut self, answering: bool, line: &mut Line<Tell>) {
        if self.answering.replace(answering) != Some(answering) {
            line.tell(Tell::Answering(answering));
        }
    }

    /// Tells which module it is, when that changes.
    fn identify(&mut self, number: SamNumber, line: &mut Line<Tell>) {
        if self.number.replace(number) != Some(number) {
            line.tell(Tell::Identity(format!("SAM_V {number}")));
        }
    }

    /// Tells what is wrong with the module, when that changes.
    fn tell_trouble(&mut self, line: &mut Line<Tell>) {
        let now = self.ails.worst();
        if std::mem::replace(&mut self.ails.told, now) != now {
            line.tell(Tell::Trouble(now));
        }
    }
}

/// What is wrong with a module, by the step at which it said so.
#[derive(Default)]
struct Ails {
    /// Its status, until that is well.
    status: Option<Trouble>,
    /// The look for a card, until one goes well.
    find: Option<Trouble>,
    /// A reading, until a card is read.
    reading: Option<Trouble>,
    told: Option<Trouble>,
}

impl Ails {
    fn heard(&mut self, command: Command, outcome: Outcome) {
        match (command, outcome.trouble()) {
            (Command::Status, trouble) => self.status = trouble,
            (Command::Find, trouble) => self.find = trouble,
            (_, Some(trouble)) => self.reading = Some(trouble),
            (_, None) => {}
        }
    }

    fn worst(&self) -> Option<Trouble> {
        self.status.or(self.find).or(self.reading)
    }

    /// A card was read: whatever it was, it is over.
    fn over(&mut self) {
        (self.status, self.find, self.reading) = (None, None, None);
    }
}

impl Dialogue for Samv {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, now: Moment, line: &mut Line<Tell>) {
        (self.unanswered, self.answering) = (0, None);
        (self.number, self.ails) = (None, Ails::default());
        (self.no_fingerprint, self.refused) = (false, false);
        self.ask(now, Command::Reset, line);
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        for &byte in bytes {
            match self.turn {
                Turn::Asked { command, .. } => {
                    if let Some(heard) = self.hunt.hear(byte, line) {
                        self.heard_answer(now, command, heard, line);
                    }
                }
                // Nothing was asked: whatever it is, it answers nothing.
                Turn::Pause { .. } | Turn::Closed => line.discard(1),
            }
        }
    }

    /// A module has neither lamp nor buzzer.
    fn asked(&mut self, _now: Moment, _ask: Ask, _line: &mut Line<Tell>) {}

    fn due(&self) -> Option<Moment> {
        match self.turn {
            Turn::Closed => None,
            Turn::Pause { until, .. } | Turn::Asked { until, .. } => Some(until),
        }
    }

    fn waited(&mut self, now: Moment, line: &mut Line<Tell>) {
        match self.turn {
            Turn::Pause { then, until } if until <= now => self.ask(now, then, line),
            Turn::Asked { command, until } if until <= now => {
                line.discard(self.hunt.forget());
                self.unanswered = self.unanswered.saturating_add(1);
                if self.unanswered < SILENT_AFTER {
                    return self.went_wrong(now, command, NotRead::Again, line);
                }
                (self.number, self.ails, self.refused) = (None, Ails::default(), false);
                self.answers(false, line);
                self.turn = Turn::Pause {
                    then: Command::Reset,
                    until: now + TRY_AGAIN,
                };
            }
            _ => {}
        }
    }

    fn written(&mut self, _now: Moment, _n: usize, _line: &mut Line<Tell>) {}

    fn closed(&mut self, _now: Moment, line: &mut Line<Tell>) {
        line.discard(self.hunt.forget());
        self.turn = Turn::Closed;
        self.document = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_still_held_back_is_dropped_when_the_line_closes() {
        let date = Date::new(1990, 1, 1).expect("made up as a card would have it");
        let mut samv = Samv::new(Settings::default());
        samv.document = Some(Box::new(Document {
            name: CardText::new("虚构甲").expect("made up as a card would have it"),
            sex: Sex::Unknown,
            born: date,
            number: Number::Id(
                IdNumber::new("11010519491231002X").expect("made up as a card would have it"),
            ),
            address: None,
            authority: None,
            valid_from: date,
            valid_until: ValidUntil::LongTerm,
            card: Card::Resident { ethnic_group: None },
        }));
        samv.closed(Moment::ORIGIN, &mut Line::new());
        assert!(samv.document.is_none());
        assert_eq!(samv.due(), None);
    }
}
