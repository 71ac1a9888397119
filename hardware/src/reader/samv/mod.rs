//! Readers of Chinese identity documents with a SAM_V module (hardware.md §4).
//!
//! The module is asked, and only ever answers: find a card, select it, read it, in this order for
//! each reading. A card that was read is not found again before it was lifted, and until then the
//! module says the same as without a card: so one presentation is one reading, and nobody can say
//! that a card is gone. Photo and fingerprints are never kept, the text only while it is parsed.

mod block;
mod command;
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
use frame::{Heard, Hunt};

use super::{Ask, Certainty, Credential, NotRead, Presentation, Tell};
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
const PATIENCE: u32 = 2;
/// A module that does not answer is asked again after this.
const TRY_AGAIN: Duration = Duration::from_millis(500);

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
    /// What is wrong with the module itself, until it reads a card or is switched off.
    trouble: Option<&'static str>,
    last_find: Moment,
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
            trouble: None,
            last_find: Moment::ORIGIN,
            no_fingerprint: false,
            refused: false,
            document: None,
        }
    }

    fn ask(&mut self, now: Moment, command: Command, line: &mut Line<Tell>) {
        line.discard(self.hunt.begin(command.most()));
        line.write(&command.bytes());
        if command == Command::Find {
            self.last_find = now;
        }
        let until = now + command.patience(self.settings.baud);
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

    /// Tells which module it is and whether something is wrong with it, when that changes.
    fn identify(
        &mut self,
        number: Option<SamNumber>,
        trouble: Option<&'static str>,
        line: &mut Line<Tell>,
    ) {
        if (self.number, self.trouble) == (number, trouble) {
            return;
        }
        (self.number, self.trouble) = (number, trouble);
        let number = number.map(|number| format!(" {number}"));
        let trouble = trouble.map(|trouble| format!(", {trouble}"));
        let [number, trouble] = [number, trouble].map(Option::unwrap_or_default);
        line.tell(Tell::Identity(format!("SAM_V{number}{trouble}")));
    }

    /// A whole message has come in answer to `command`.
    fn heard_answer(&mut self, now: Moment, command: Command, heard: Heard, line: &mut Line<Tell>) {
        if let Heard::Answer { outcome, length } = heard
            && !command.takes(outcome, length)
        {
            // Another request's answer, or nobody's: the right one may still come.
            line.reject();
            line.discard(self.hunt.size());
            return self.hunt.wipe();
        }
        line.frame();
        self.unanswered = 0;
        self.answers(true, line);
        match heard {
            Heard::GaveUp => self.went_wrong(now, command, NotRead::Again, line),
            Heard::Answer { outcome, length } => {
                self.understood(now, command, outcome, length, line);
            }
        }
        self.hunt.wipe();
    }

    fn understood(
        &mut self,
        now: Moment,
        command: Command,
        outcome: Outcome,
        length: usize,
        line: &mut Line<Tell>,
    ) {
        if let Some(trouble) = outcome.trouble() {
            self.identify(self.number, Some(trouble), line);
        }
        match (command, outcome) {
            (Command::SamNumber, Outcome::Done) => {
                let number = SamNumber::from_bytes(self.hunt.data());
                self.identify(Some(number), self.trouble, line);
                self.go_on(now, command, line);
            }
            (Command::Find, Outcome::Found) => self.ask(now, Command::Select, line),
            (Command::Find, Outcome::NotFound) => {
                self.refused = false;
                self.look_again(now);
            }
            (Command::Select, Outcome::Done) => self.ask(now, self.reading(), line),
            (Command::Read | Command::ReadWithFingerprint, Outcome::Done) => {
                self.read(now, command, length, line);
            }
            (Command::ReadWithFingerprint, Outcome::UnknownCommand) => {
                self.no_fingerprint = true;
                self.ask(now, Command::Read, line);
            }
            (Command::ReadLatestAddress, Outcome::Done) => {
                let latest = CardText::from_bytes(self.hunt.data());
                let latest = latest.filter(|text| !text.is_empty());
                if let Some(address) = self
                    .document
                    .as_mut()
                    .and_then(|read| read.address.as_mut())
                {
                    address.latest = latest;
                }
                self.present(now, line);
            }
            _ => {
                let reason = match outcome {
                    Outcome::WrongKind => NotRead::NotThisKind,
                    Outcome::CardRefusesModule
                    | Outcome::ModuleRefusesCard
                    | Outcome::InformationCheck => NotRead::NotGenuine,
                    _ => NotRead::Again,
                };
                self.went_wrong(now, command, reason, line);
            }
        }
    }

    fn reading(&self) -> Command {
        if self.settings.with_fingerprint && !self.no_fingerprint {
            Command::ReadWithFingerprint
        } else {
            Command::Read
        }
    }

    /// Parses what was read; the lengths within say where its parts stand.
    fn read(&mut self, now: Moment, command: Command, length: usize, line: &mut Line<Tell>) {
        let Some(text) = command.text_in(self.hunt.data(), length) else {
            return self.refuse(now, NotRead::Again, line);
        };
        match Document::from_block(text, &self.settings) {
            Ok(document) => {
                self.identify(self.number, None, line);
                let address = document.address.is_some();
                self.document = Some(Box::new(document));
                if address && self.settings.latest_address {
                    self.ask(now, Command::ReadLatestAddress, line);
                } else {
                    self.present(now, line);
                }
            }
            Err(Malformed::Layout) => self.refuse(now, NotRead::NotThisKind, line),
            Err(_) => self.refuse(now, NotRead::Implausible, line),
        }
    }

    fn present(&mut self, now: Moment, line: &mut Line<Tell>) {
        if let Some(document) = self.document.take() {
            line.tell(Tell::Presented(Presentation {
                credential: Credential::Document(document),
                certainty: Certainty::Authenticated,
            }));
        }
        self.refused = false;
        self.look_again(now);
    }

    /// Tells once that the card there cannot be read; it must be lifted and put down again.
    fn refuse(&mut self, now: Moment, reason: NotRead, line: &mut Line<Tell>) {
        if !std::mem::replace(&mut self.refused, true) {
            line.tell(Tell::NotRead(reason));
        }
        self.look_again(now);
    }

    /// Goes on from a request that brought nothing.
    fn went_wrong(&mut self, now: Moment, command: Command, why: NotRead, line: &mut Line<Tell>) {
        match command {
            Command::Find => self.look_again(now),
            Command::Select | Command::Read | Command::ReadWithFingerprint => {
                self.refuse(now, why, line);
            }
            // It may be missing: what was read stands.
            Command::ReadLatestAddress => self.present(now, line),
            _ => self.go_on(now, command, line),
        }
    }

    /// The next step of opening.
    fn go_on(&mut self, now: Moment, command: Command, line: &mut Line<Tell>) {
        match (command, self.settings.radio_frame) {
            (Command::Reset, _) => self.ask(now, Command::Status, line),
            (Command::Status, _) => self.ask(now, Command::SamNumber, line),
            (Command::SamNumber, Some(size)) => self.ask(now, Command::RadioFrame(size), line),
            _ => self.look_again(now),
        }
    }
}

impl Dialogue for Samv {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, now: Moment, line: &mut Line<Tell>) {
        (self.unanswered, self.answering) = (0, None);
        (self.number, self.trouble) = (None, None);
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
                line.discard(self.hunt.begin(0));
                self.unanswered = self.unanswered.saturating_add(1);
                if self.unanswered < PATIENCE {
                    return self.went_wrong(now, command, NotRead::Again, line);
                }
                (self.number, self.trouble, self.refused) = (None, None, false);
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
        line.discard(self.hunt.begin(0));
        self.turn = Turn::Closed;
        self.document = None;
    }
}
