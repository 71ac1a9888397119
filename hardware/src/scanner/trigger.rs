//! The commands a scanner is sent, one at a time, and whether it answers.

use std::collections::VecDeque;
use std::time::Duration;

use super::family::{Command, Refusal, Verdict};
use super::settings::{Family, Mode, Settings};
use super::{Ask, Tell};
use crate::clock::Moment;
use crate::dialogue::Line;

/// A reply comes within this, or not at all.
pub const REPLY_WITHIN: Duration = Duration::from_secs(1);

/// So many times in all is a command sent that gets no reply.
pub const TRIES: u8 = 3;

/// A scanner that does not answer is set up again each time this has passed.
pub const TRY_AGAIN: Duration = Duration::from_secs(5);

/// What a scanner refused of its set-up is asked of it again each time this has passed.
pub const REFUSED_AGAIN: Duration = Duration::from_secs(60);

/// A sleeping scanner is given this long to wake up; it needs 10 ms.
const WAKE_UP: Duration = Duration::from_millis(20);

/// What is being done with one scanner.
pub(super) struct Trigger {
    family: Family,
    mode: Mode,
    set_up: bool,
    reply_within: Duration,
    queue: VecDeque<Step>,
    current: Option<Current>,
    answering: Option<bool>,
    /// When a scanner that does not answer is tried again.
    again: Option<Moment>,
    /// What it refused and has not done since.
    refused: Vec<Step>,
    /// When that is asked of it again.
    retry: Option<Moment>,
}

#[derive(Clone, PartialEq, Eq)]
struct Step {
    command: Command,
    message: Vec<u8>,
}

struct Current {
    step: Step,
    tries: u8,
    /// False while the scanner wakes up.
    sent: bool,
    until: Moment,
}

impl Trigger {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            family: settings.family,
            mode: settings.mode,
            set_up: settings.set_up,
            reply_within: REPLY_WITHIN + settings.adapter,
            queue: VecDeque::new(),
            current: None,
            answering: None,
            again: None,
            refused: Vec::new(),
            retry: None,
        }
    }

    /// The message whose reply is awaited.
    pub(super) fn awaited(&self) -> Option<&[u8]> {
        let current = self.current.as_ref().filter(|current| current.sent);
        current.map(|current| &current.step.message[..])
    }

    pub(super) fn opened(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.queue.clear();
        self.current = None;
        self.again = None;
        self.refused.clear();
        self.retry = None;
        if self.set_up {
            self.queue(Command::SetUp);
        }
        self.go_on(now, line);
    }

    /// Only the last ask counts: one that waits for its turn gives way to another.
    ///
    /// A scanner is set up again before it is told to read: it may have lost its power since, and
    /// forgotten, while the adapter between stayed. Honeywell's show by this alone that they hear.
    pub(super) fn asked(&mut self, now: Moment, ask: Ask, line: &mut Line<Tell>) {
        if self.mode == Mode::AutoSense {
            return;
        }
        let is_set_up = |step: &Step| step.command == Command::SetUp;
        self.queue.retain(is_set_up);
        let is_under_way = self
            .current
            .as_ref()
            .is_some_and(|current| is_set_up(&current.step));
        match ask {
            Ask::StartReading => {
                if self.set_up && self.queue.is_empty() && !is_under_way {
                    self.queue(Command::SetUp);
                    self.again = None;
                }
                self.queue(Command::Start);
            }
            Ask::StopReading => self.queue(Command::Stop),
        }
        self.go_on(now, line);
    }

    /// The scanner replied to what is awaited.
    pub(super) fn replied(&mut self, now: Moment, verdict: Verdict, line: &mut Line<Tell>) {
        let Some(mut current) = self.current.take_if(|current| current.sent) else {
            return;
        };
        self.answers(true, line);
        match verdict {
            Err(Refusal::Damaged) if current.tries < TRIES => {
                current.tries += 1;
                return self.send(now, current, line);
            }
            Err(refusal) => self.refuses(now, current.step, refusal, line),
            Ok(()) => {
                let before = self.refused.len();
                self.refused.retain(|step| *step != current.step);
                if before > 0 && self.refused.is_empty() {
                    self.retry = None;
                    line.tell(Tell::Obeys);
                }
            }
        }
        self.go_on(now, line);
    }

    pub(super) fn due(&self) -> Option<Moment> {
        let current = self.current.as_ref().map(|current| current.until);
        [current, self.again, self.retry]
            .into_iter()
            .flatten()
            .min()
    }

    pub(super) fn waited(&mut self, now: Moment, line: &mut Line<Tell>) {
        if let Some(mut current) = self.current.take_if(|current| current.until <= now) {
            if !current.sent {
                self.write(now, current, line);
            } else if current.tries < TRIES {
                current.tries += 1;
                self.send(now, current, line);
            } else {
                // What was asked is too old by now to be done when the scanner comes back.
                self.queue.clear();
                self.answers(false, line);
                self.again = self.set_up.then(|| now + TRY_AGAIN);
            }
        }
        if self.again.take_if(|again| *again <= now).is_some() {
            self.queue(Command::SetUp);
            self.go_on(now, line);
        }
        if self.retry.take_if(|retry| *retry <= now).is_some() {
            let set_up = |step: &&Step| step.command == Command::SetUp;
            self.queue
                .extend(self.refused.iter().filter(set_up).cloned());
            self.go_on(now, line);
        }
    }

    fn refuses(&mut self, now: Moment, step: Step, refusal: Refusal, line: &mut Line<Tell>) {
        // Reading is asked of it by people, never by the clock.
        if step.command == Command::SetUp {
            self.retry = Some(now + REFUSED_AGAIN);
        }
        if !self.refused.contains(&step) {
            let command = step.command;
            self.refused.push(step);
            line.tell(Tell::Refused { command, refusal });
        }
    }

    fn queue(&mut self, command: Command) {
        let messages = self.family.messages(command, self.mode);
        let steps = messages
            .into_iter()
            .map(|message| Step { command, message });
        self.queue.extend(steps);
    }

    fn go_on(&mut self, now: Moment, line: &mut Line<Tell>) {
        while self.current.is_none() {
            let Some(step) = self.queue.pop_front() else {
                return;
            };
            let current = Current {
                step,
                tries: 1,
                sent: false,
                until: now,
            };
            self.send(now, current, line);
        }
    }

    fn send(&mut self, now: Moment, mut current: Current, line: &mut Line<Tell>) {
        match self.family.wake() {
            Some(wake) => {
                line.write(&[wake]);
                current.sent = false;
                current.until = now + WAKE_UP;
                self.current = Some(current);
            }
            None => self.write(now, current, line),
        }
    }

    fn write(&mut self, now: Moment, mut current: Current, line: &mut Line<Tell>) {
        line.write(&current.step.message);
        if self.family.replies_to(current.step.command) {
            current.sent = true;
            current.until = now + self.reply_within;
            self.current = Some(current);
        }
    }

    fn answers(&mut self, answers: bool, line: &mut Line<Tell>) {
        if self.answering.replace(answers) != Some(answers) {
            line.tell(Tell::Answering(answers));
        }
    }
}
