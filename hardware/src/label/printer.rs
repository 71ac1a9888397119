//! A label printer that prints a label exactly once, or says that it does not know (hardware.md §7.5,
//! §8).
//!
//! The course is that of [`crate::printing`]. No label printer names the job it has printed. A label
//! is printed only when the printer, asked behind the label's last byte, was seen at work and then
//! twice idle, with no error in between. Everything else is [`Tell::Unknown`], never a second try.

use std::time::Duration;

use ab_glyph::FontArc;

use super::document::Label;
use super::inquiry::{Inquiry, Outcome, Question, Waste};
use super::job::Job;
use super::layout::{Layout, Misfit};
use super::profile::{Language, Profile};
use super::status::{LabelStatus, Obstacle};
use super::{tspl, zpl};
use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};
use crate::printing;
use crate::printing::{Settings, wire_time};

pub use crate::printing::{Doubt, JobToken};

/// What may be asked of a label printer.
pub type Ask = printing::Ask<Label>;
/// What a label printer tells.
pub type Tell = printing::Tell<LabelStatus, Obstacle, Proof>;

/// How a label printer showed that a label is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    /// It was seen at work behind the label's bytes, then done, without an error in between.
    Watched,
}

/// Most bytes that the kernel may still be sending from before a line was opened.
const IN_TRANSIT: u64 = 4096;
/// Most bytes a command cut off in the middle may still be waiting for.
const MOST_MISSING: usize = tspl::BAND + 64;

/// Not `Debug`: a label's bytes hold what it says.
pub(super) enum Phase {
    Idle,
    /// Looked at since the first moment; idle since the second.
    Checking(JobToken, Vec<u8>, Moment, Option<Moment>),
    Ready(JobToken, Vec<u8>),
    Sending(Job),
}

/// The dialogue with a label printer.
pub struct Printer {
    pub(super) profile: Profile,
    font: Option<FontArc>,
    pub(super) baud: u32,
    pub(super) adapter: Duration,
    pub(super) status: Option<LabelStatus>,
    answering: Option<bool>,
    pub(super) inquiry: Option<Inquiry>,
    /// When to ask next.
    pub(super) look: Option<Moment>,
    report: bool,
    pub(super) phase: Phase,
    /// Bytes given to and taken by the line since it was opened.
    pub(super) given: u64,
    pub(super) taken: u64,
    /// When all that was given has crossed the wire, if nothing holds it up.
    pub(super) crossed: Moment,
    /// Half a command may be left in the printer.
    pub(super) torso: bool,
    /// A label of an earlier job may still come out, and must not count for the next one.
    pub(super) owed: bool,
}

impl Printer {
    /// A printer of this make, at `baud` bits a second (for time-outs); `font` draws the characters it
    /// does not have.
    #[must_use]
    pub fn new(profile: Profile, baud: u32, font: Option<FontArc>) -> Self {
        Self::with(Settings::of(profile, baud), font)
    }

    /// A printer with these settings; `font` as in [`Printer::new`].
    #[must_use]
    pub fn with(settings: Settings<Profile>, font: Option<FontArc>) -> Self {
        let Settings {
            profile,
            baud,
            adapter,
        } = settings;
        Self {
            profile,
            font,
            baud,
            adapter,
            status: None,
            answering: None,
            inquiry: None,
            look: None,
            report: false,
            phase: Phase::Idle,
            given: 0,
            taken: 0,
            crossed: Moment::ORIGIN,
            torso: false,
            owed: false,
        }
    }

    /// The same, when a job was cut off in an earlier run of the program: half a command is cleared
    /// away, and a label that may still come out is waited for, before the next job.
    #[must_use]
    pub fn after_interruption(mut self) -> Self {
        (self.torso, self.owed) = (true, true);
        self
    }

    pub(super) fn send(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        let n = bytes.len() as u64;
        self.given += n;
        self.crossed = self.crossed.max(now) + wire_time(n, self.baud);
        line.write(bytes);
    }

    /// Asks how it is.
    pub(super) fn inquire(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.look = None;
        if self.inquiry.is_none() {
            let question = Question::of(&self.profile.language);
            self.send(now, question.bytes(), line);
            // The answer cannot come before all that was sent has crossed the wire.
            let at_work = matches!(&self.phase, Phase::Sending(job) if job.is_at_work());
            let inquiry = Inquiry::begin(question, self.crossed, self.adapter, at_work);
            self.inquiry = Some(inquiry);
        }
    }

    fn bytes_of(&self, label: &Label) -> Result<Vec<u8>, Misfit> {
        let layout = Layout::new(label, &self.profile, self.font.as_ref())?;
        Ok(match &self.profile.language {
            Language::Tspl { .. } => tspl::encode(&layout, &self.profile),
            Language::Zpl { .. } => zpl::encode(&layout, &self.profile),
        })
    }

    /// Ends half a command, if one may be left, without printing what it belongs to.
    fn clear_away(&mut self, now: Moment, line: &mut Line<Tell>) {
        let torso = std::mem::take(&mut self.torso);
        match self.profile.language {
            // The mark closes text and spoils a command; the rest fills up a picture. The next job's
            // CLS wipes what was drawn.
            Language::Tspl { .. } if torso => {
                self.send(now, b"\"", line);
                self.send(now, &b"\r\n".repeat(MOST_MISSING / 2), line);
            }
            // Forget a format that has not ended.
            Language::Zpl { .. } if torso => self.send(now, b"\r\n~JX\r\n", line),
            // Ends a question that was cut off; alone it is an empty line.
            _ => self.send(now, b"\r\n", line),
        }
    }

    fn answers(&mut self, answering: bool, line: &mut Line<Tell>) {
        if self.answering.replace(answering) != Some(answering) {
            line.tell(Tell::Answering(answering));
        }
    }

    fn understood(&mut self, now: Moment, status: LabelStatus, line: &mut Line<Tell>) {
        self.inquiry = None;
        line.frame();
        self.answers(true, line);
        let report = std::mem::take(&mut self.report);
        if self.status.replace(status) != Some(status) || report {
            line.tell(Tell::Status(status));
        }
        self.looked(now, status, line);
    }
}

fn count(waste: Waste, line: &mut Line<Tell>) {
    line.discard(waste.bytes);
    for _ in 0..waste.answers {
        line.reject();
    }
}

impl Dialogue for Printer {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, now: Moment, line: &mut Line<Tell>) {
        (self.given, self.taken, self.crossed) = (0, 0, now);
        if self.torso {
            self.crossed = now + wire_time(IN_TRANSIT, self.baud);
        }
        self.clear_away(now, line);
        self.inquire(now, line);
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        for &byte in bytes {
            let mut waste = Waste::default();
            let Some(inquiry) = &mut self.inquiry else {
                line.discard(1);
                continue;
            };
            let status = inquiry.hear(now, byte, &mut waste);
            count(waste, line);
            if let Some(status) = status {
                self.understood(now, status, line);
            }
        }
    }

    fn asked(&mut self, now: Moment, ask: Ask, line: &mut Line<Tell>) {
        match ask {
            Ask::Print { job, document } => {
                let refusal = match (&self.phase, self.bytes_of(&document)) {
                    (Phase::Idle, Ok(bytes)) => {
                        self.phase = Phase::Checking(job, bytes, now, None);
                        if self.torso {
                            self.clear_away(now, line);
                        }
                        return self.inquire(now, line);
                    }
                    (Phase::Idle, Err(misfit)) => Obstacle::DoesNotFit(misfit),
                    _ => Obstacle::Busy,
                };
                line.tell(Tell::Refused(job, refusal));
            }
            Ask::Go(job) => self.go(now, job, line),
            Ask::Withdraw(job) => match &self.phase {
                Phase::Checking(token, ..) | Phase::Ready(token, _) if *token == job => {
                    self.phase = Phase::Idle;
                    self.look = None;
                    line.tell(Tell::NotStarted(job));
                }
                _ => {}
            },
            // Behind a job's bytes the question could wait for long: what is known must do.
            Ask::Status if matches!(self.phase, Phase::Sending(_)) => {
                let known = self.status.into_iter();
                known.for_each(|status| line.tell(Tell::Status(status)));
            }
            Ask::Status => {
                self.report = true;
                self.inquire(now, line);
            }
        }
    }

    fn due(&self) -> Option<Moment> {
        let inquiry = self.inquiry.as_ref().map(Inquiry::due);
        [inquiry, self.look].into_iter().flatten().min()
    }

    fn waited(&mut self, now: Moment, line: &mut Line<Tell>) {
        if let Some(inquiry) = self.inquiry.as_mut().filter(|inquiry| inquiry.due() <= now) {
            let mut waste = Waste::default();
            let outcome = inquiry.waited(now, &mut waste);
            count(waste, line);
            match outcome {
                Outcome::Answered(status) => self.understood(now, status, line),
                Outcome::Again => {
                    let question = Question::of(&self.profile.language);
                    self.send(now, question.bytes(), line);
                }
                Outcome::Silent => {
                    (self.inquiry, self.status, self.report) = (None, None, false);
                    self.answers(false, line);
                    self.silent(now, line);
                }
            }
        }
        if self.look.is_some_and(|at| at <= now) {
            self.inquire(now, line);
        }
    }

    fn written(&mut self, now: Moment, n: usize, line: &mut Line<Tell>) {
        self.taken += n as u64;
        self.hand_over(now, line);
    }

    fn closed(&mut self, _now: Moment, line: &mut Line<Tell>) {
        match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Idle => {}
            Phase::Checking(token, ..) | Phase::Ready(token, _) => {
                line.tell(Tell::NotStarted(token));
            }
            Phase::Sending(job) if self.taken > job.starts_at => {
                (self.torso, self.owed) = (true, true);
                line.tell(Tell::Unknown(job.token, Doubt::LineLost));
            }
            Phase::Sending(job) => line.tell(Tell::NotStarted(job.token)),
        }
        (self.inquiry, self.look, self.report) = (None, None, false);
        (self.status, self.answering) = (None, None);
    }
}
