//! What follows upon each answer: opening, then one reading after another (hardware.md §4.3).

use super::command::SamNumber;
use super::frame::Heard;
use super::{CardText, Command, Document, Malformed, Outcome, STATUS_AGAIN, Samv};
use crate::clock::Moment;
use crate::dialogue::Line;
use crate::reader::{Certainty, Credential, NotRead, Presentation, Tell};

impl Samv {
    /// A whole message has come in answer to `command`.
    pub(super) fn heard_answer(
        &mut self,
        now: Moment,
        command: Command,
        heard: Heard,
        line: &mut Line<Tell>,
    ) {
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
        self.ails.heard(command, outcome);
        self.tell_trouble(line);
        match (command, outcome) {
            (Command::SamNumber, Outcome::Done) => {
                let number = SamNumber::from_bytes(self.hunt.data());
                self.identify(number, line);
                self.go_on(now, command, line);
            }
            (Command::Find, Outcome::Found) => self.ask(now, Command::Select, line),
            (Command::Find, Outcome::NotFound) => {
                self.refused = false;
                let is_ill = self.ails.status.is_some();
                match is_ill && now - self.last_status >= STATUS_AGAIN {
                    true => self.ask(now, Command::Status, line),
                    false => self.look_again(now),
                }
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
                self.ails.over();
                self.tell_trouble(line);
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
    pub(super) fn went_wrong(
        &mut self,
        now: Moment,
        command: Command,
        why: NotRead,
        line: &mut Line<Tell>,
    ) {
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
