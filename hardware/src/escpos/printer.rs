//! A printer that prints a document exactly once, or says that it does not know (hardware.md §7.5).
//!
//! The owner asks to [`Ask::Print`]; the printer is looked at, and is [`Tell::Ready`] or
//! [`Tell::Refused`] with nothing sent. The owner writes down that it is sending, then says
//! [`Ask::Go`]. A job is printed only when the printer says so behind the data: by process id, or by
//! answering GS r 1 and then being healthy. GS r 1 stands within the data too, or process ids where it
//! answers no GS r, often enough that a printer whose power was gone for a moment leaves one unanswered: what
//! it says behind the data then proves nothing. Everything else is [`Tell::Unknown`], never a second try.

use std::time::Duration;

use ab_glyph::FontArc;

use super::document::{Document, Row};
use super::encode::{INITIALISE, LONGEST_COMMAND, encode};
use super::inquiry::Inquiry;
use super::job::{ENABLE_ASB, Job};
use super::profile::{ProcessId, Profile};
use super::status::{Demultiplexer, Obstacle, PrinterStatus};
use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};
use crate::printing::{Settings, wire_time};

pub use super::terms::{Ask, Proof, Tell};
pub use crate::printing::{Doubt, JobToken};

/// Half an answer this old is none.
const ANSWER_PAUSE: Duration = Duration::from_millis(500);
/// How often a printer that does not answer is asked again.
const ASK_AGAIN: Duration = Duration::from_secs(5);
/// Completes a short command, such as a probe, that was cut off; a printer ignores NUL by itself.
const FILLER: [u8; 16] = [0; 16];
/// Fences that a job of an earlier run of the program may have left unanswered, or more.
const FENCES_OF_A_JOB: u32 = 64;
/// The mark of the probe; no job has it.
pub(super) const PROBE: [u8; 4] = *b"~~~~";

#[derive(Debug)]
pub(super) enum Phase {
    Idle,
    Checking(JobToken, Document),
    Ready(JobToken, Document),
    Sending(Job),
}

/// The dialogue with an ESC/POS printer.
pub struct Printer {
    pub(super) profile: Profile,
    pub(super) font: Option<FontArc>,
    pub(super) baud: u32,
    /// What the adapter between adds to the wait for every answer.
    pub(super) adapter: Duration,
    pub(super) heard: Demultiplexer,
    pub(super) last_byte: Moment,
    pub(super) status: Option<PrinterStatus>,
    pub(super) answering: Option<bool>,
    pub(super) process_id: Option<bool>,
    pub(super) inquiry: Option<Inquiry>,
    pub(super) report: bool,
    pub(super) probe: Option<Moment>,
    pub(super) phase: Phase,
    /// Bytes given to and taken by the line since it was opened.
    pub(super) given: u64,
    pub(super) taken: u64,
    /// When what was sent outside of a job has crossed the wire: no answer can come before.
    pub(super) clear_at: Moment,
    pub(super) held: bool,
    pub(super) missing: usize,
    /// When one that does not answer is asked again: nobody else would find out that it does.
    pub(super) ask_again: Option<Moment>,
    /// Fences that may still be answered; none of them counts for the next job.
    pub(super) owed: u32,
    /// One of them was answered since it was asked for the last.
    pub(super) answered: bool,
    /// How often it was asked for one, and answered none.
    pub(super) unanswered: u8,
    /// Answers to earlier fences that may come while a job is being sent: it was not waited for them.
    pub(super) late: u32,
    /// It has answered a fence since the line was opened: one that it owes is waited for.
    pub(super) knows_fences: bool,
    /// How often it was asked for one since then.
    pub(super) fences_asked: u8,
}

impl Printer {
    /// A printer of this make, at `baud` bits a second (for time-outs).
    #[must_use]
    pub fn new(profile: Profile, baud: u32) -> Self {
        Self::with(Settings::of(profile, baud))
    }

    /// A printer with these settings.
    #[must_use]
    pub fn with(settings: Settings<Profile>) -> Self {
        let Settings {
            profile,
            baud,
            adapter,
        } = settings;
        let process_id = match profile.process_id {
            ProcessId::Yes => Some(true),
            ProcessId::No => Some(false),
            ProcessId::Probe => None,
        };
        Self {
            profile,
            font: None,
            baud,
            adapter,
            heard: Demultiplexer::default(),
            last_byte: Moment::ORIGIN,
            status: None,
            answering: None,
            process_id,
            inquiry: None,
            report: false,
            probe: None,
            phase: Phase::Idle,
            given: 0,
            taken: 0,
            clear_at: Moment::ORIGIN,
            held: false,
            missing: 0,
            ask_again: None,
            owed: 0,
            answered: false,
            unanswered: 0,
            late: 0,
            knows_fences: false,
            fences_asked: 0,
        }
    }

    /// The same, with a font for the rows that the printer's own fonts cannot print.
    #[must_use]
    pub fn with_font(mut self, font: FontArc) -> Self {
        self.font = Some(font);
        self
    }

    /// The same, when a job was cut off in an earlier run of the program: what the printer may still
    /// be waiting for is filled up, and the torso cut off, before the next job.
    #[must_use]
    pub fn after_interruption(mut self) -> Self {
        self.missing = LONGEST_COMMAND;
        self.owed = FENCES_OF_A_JOB;
        self
    }

    pub(super) fn send(&mut self, bytes: &[u8], line: &mut Line<Tell>) {
        self.given += bytes.len() as u64;
        line.write(bytes);
    }

    /// Gives a command that was cut off what it still waits for, and cuts off the torso.
    pub(super) fn fill_up(&mut self, now: Moment, line: &mut Line<Tell>) {
        let missing = std::mem::take(&mut self.missing);
        if missing > 0 {
            let mut bytes = vec![0; missing];
            let torso = Document::new().row(Row::Cut);
            bytes.extend(encode(&torso, &self.profile, None));
            // ESC @ has put it out.
            bytes.extend(ENABLE_ASB);
            self.send(&bytes, line);
            self.clear_at = now + wire_time(bytes.len() as u64, self.baud);
        }
    }

    pub(super) fn inquire(&mut self, now: Moment, line: &mut Line<Tell>) {
        if self.inquiry.is_none() {
            let (inquiry, question) = Inquiry::begin(now.max(self.clear_at), self.adapter);
            self.inquiry = Some(inquiry);
            self.send(&question, line);
        }
    }

    /// Asks one that did not answer. It may have been switched off meanwhile, and says nothing by itself
    /// any more until it is told to.
    fn ask_once_more(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.ask_again = Some(now + ASK_AGAIN);
        let is_free = matches!(self.phase, Phase::Idle) && self.inquiry.is_none();
        // A line that takes nothing would only be filled up with questions.
        if is_free && self.taken == self.given {
            self.send(&ENABLE_ASB, line);
            self.inquire(now, line);
        }
    }

    pub(super) fn answers(&mut self, answering: bool, line: &mut Line<Tell>) {
        if answering {
            self.ask_again = None;
        }
        if self.answering.replace(answering) != Some(answering) {
            line.tell(Tell::Answering(answering));
        }
    }

    pub(super) fn is(&mut self, status: PrinterStatus, line: &mut Line<Tell>) {
        let report = std::mem::take(&mut self.report);
        if self.status.replace(status) != Some(status) || report {
            line.tell(Tell::Status(status));
        }
    }
}

impl Dialogue for Printer {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, now: Moment, line: &mut Line<Tell>) {
        line.discard(self.heard.forget());
        (self.given, self.taken) = (0, 0);
        (self.held, self.knows_fences, self.fences_asked) = (false, false, 0);
        (self.unanswered, self.late) = (0, 0);
        if self.profile.process_id == ProcessId::Probe && self.process_id == Some(false) {
            self.process_id = None;
        }
        self.send(&FILLER, line);
        self.fill_up(now, line);
        self.send(&INITIALISE, line);
        self.send(&ENABLE_ASB, line);
        self.clear_at = now + wire_time(self.given, self.baud);
        self.inquire(now, line);
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        if now - self.last_byte >= ANSWER_PAUSE + self.adapter {
            line.discard(self.heard.forget());
        }
        self.last_byte = now;
        for &byte in bytes {
            for answer in self.heard.hear(byte) {
                self.understood(now, answer, line);
            }
        }
    }

    fn asked(&mut self, now: Moment, ask: Ask, line: &mut Line<Tell>) {
        match ask {
            Ask::Print { job, document } => match self.phase {
                Phase::Idle => {
                    self.phase = Phase::Checking(job, document);
                    self.inquire(now, line);
                }
                _ => line.tell(Tell::Refused(job, Obstacle::Busy)),
            },
            Ask::Go(job) => self.go(now, job, line),
            Ask::Withdraw(job) => match &self.phase {
                Phase::Checking(token, _) | Phase::Ready(token, _) if *token == job => {
                    self.phase = Phase::Idle;
                    line.tell(Tell::NotStarted(job));
                }
                _ => {}
            },
            // Behind a job's bytes the question could wait for long: what is known must do.
            Ask::Status if matches!(self.phase, Phase::Sending(_)) => {
                self.status
                    .into_iter()
                    .for_each(|status| line.tell(Tell::Status(status)));
            }
            Ask::Status => {
                self.report = true;
                self.inquire(now, line);
            }
        }
    }

    fn due(&self) -> Option<Moment> {
        let job = match (&self.phase, &self.inquiry) {
            (Phase::Sending(job), None) => job.due(),
            _ => None,
        };
        let inquiry = self.inquiry.as_ref().map(|inquiry| inquiry.deadline);
        // An inquiry under way is the asking.
        let again = self.ask_again.filter(|_| self.inquiry.is_none());
        [inquiry, self.probe, job, again]
            .into_iter()
            .flatten()
            .min()
    }

    fn waited(&mut self, now: Moment, line: &mut Line<Tell>) {
        if self
            .inquiry
            .as_ref()
            .is_some_and(|inquiry| inquiry.deadline <= now)
        {
            self.inquiry = None;
            self.report = false;
            self.status = None;
            self.answers(false, line);
            self.inquired(now, Some(Obstacle::Silent), line);
            self.ask_again = Some(now + ASK_AGAIN);
        }
        if self.ask_again.is_some_and(|at| at <= now) {
            self.ask_once_more(now, line);
        }
        if self.probe.is_some_and(|until| until <= now) {
            self.end_probe(now, line);
        }
        self.hand_over(now, line);
        self.settle(now, line);
    }

    fn written(&mut self, now: Moment, n: usize, line: &mut Line<Tell>) {
        self.taken += n as u64;
        self.hand_over(now, line);
    }

    fn is_held(&self) -> bool {
        self.held && matches!(self.phase, Phase::Sending(_))
    }

    fn closed(&mut self, _now: Moment, line: &mut Line<Tell>) {
        match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Idle => {}
            Phase::Checking(token, _) | Phase::Ready(token, _) => {
                line.tell(Tell::NotStarted(token));
            }
            Phase::Sending(job) if self.taken > job.starts_at => {
                self.missing = job.most_missing();
                self.owed = self.late + job.unanswered().max(1);
                line.tell(Tell::Unknown(job.token, Doubt::LineLost));
            }
            Phase::Sending(job) => line.tell(Tell::NotStarted(job.token)),
        }
        (self.inquiry, self.probe, self.report) = (None, None, false);
        self.ask_again = None;
        (self.status, self.answering) = (None, None);
    }
}
