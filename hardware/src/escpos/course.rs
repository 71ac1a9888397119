//! The course of a job: looked at, ready, sent, stopped, proven or doubted (hardware.md §7.5).

use std::time::Duration;

use super::encode::LONGEST_COMMAND;
use super::job::{FENCE, Job, Known, process_id};
use super::printer::{PROBE, Phase, Printer};
use super::status::Obstacle;
use super::terms::{Proof, Tell};
use crate::clock::Moment;
use crate::dialogue::Line;
use crate::printing::{Doubt, JobToken};

/// An idle printer that knows process ids answers within this (§7.5).
const PROBE_FOR: Duration = Duration::from_secs(1);
/// No buffer is full for so long on a healthy printer: its XON is lost, or its XOFF was only noise.
const HELD_TOO_LONG: Duration = Duration::from_secs(30);
/// Fences that a busy printer may leave unanswered before it is given a slip all the same, which then
/// tells: it must not hold up all slips for ever with nobody knowing.
const BUSY_FOR: u8 = 6;
/// The same of one that has answered none yet, and may know none.
const UNKNOWN_FOR: u8 = 4;
/// How often one that owes none is asked whether it knows them, once its line is open.
const ASKED_ON_OPENING: u8 = 2;
/// At this one of them what it may wait for is filled up once more: the first filling may have been lost in
/// a buffer that was full.
const FILL_AGAIN_AT: u8 = 3;
/// How often a stopped job looks whether the printer goes on.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

impl Printer {
    /// What a status means for the job under way, if it came by itself.
    pub(super) fn watched(
        &mut self,
        now: Moment,
        obstacle: Option<Obstacle>,
        line: &mut Line<Tell>,
    ) {
        let (baud, adapter) = (self.baud, self.adapter);
        let Phase::Sending(job) = &mut self.phase else {
            return;
        };
        match obstacle {
            Some(obstacle) => {
                if job.is_answered() || job.is_marked {
                    job.void = true;
                    job.settle_at = None;
                }
                job.look_again = Some(now + LOOK_AGAIN);
                if job.stopped.replace(obstacle) != Some(obstacle) {
                    line.tell(Tell::Stopped(job.token, obstacle));
                }
            }
            None if job.stopped.take().is_some() => {
                job.look_again = None;
                job.overdue = false;
                if job.deadline.is_some() {
                    job.deadline = Some(now + job.patience(baud) + adapter);
                }
                self.hand_over(now, line);
            }
            None => {}
        }
    }

    /// What the answers to an inquiry mean for the job.
    pub(super) fn inquired(
        &mut self,
        now: Moment,
        obstacle: Option<Obstacle>,
        line: &mut Line<Tell>,
    ) {
        if let (Phase::Checking(token, _), Some(obstacle)) = (&self.phase, obstacle) {
            line.tell(Tell::Refused(*token, obstacle));
            self.phase = Phase::Idle;
        }
        if obstacle.is_none() {
            self.begin_probe(now, line);
        }
        if obstacle == Some(Obstacle::Silent) {
            if matches!(&self.phase, Phase::Sending(job) if job.deadline.is_some() || job.is_paused())
            {
                self.doubt(now, line);
            }
            return self.hand_over(now, line);
        }
        if obstacle.is_none() {
            self.goes_on(now, line);
        }
        self.watched(now, obstacle, line);
        if let (Phase::Sending(job), None) = (&self.phase, obstacle) {
            let settled = job.settle_at.is_some_and(|at| at <= now);
            if settled && job.is_answered() && !job.void {
                line.tell(Tell::Printed(job.token, Proof::Fence));
                self.phase = Phase::Idle;
            } else if settled && job.is_asked_again && !job.void {
                // It is well, and answers none any more: that it left all unanswered means nothing.
                self.knows_fences = false;
                self.printed(line);
            } else if settled || job.overdue || job.void {
                self.doubt(now, line);
            }
        }
        self.proceed(line);
    }

    /// A printer that was waited for is healthy, and has not said so by itself.
    fn goes_on(&mut self, now: Moment, line: &mut Line<Tell>) {
        let Phase::Sending(job) = &self.phase else {
            return;
        };
        let waits = job.is_paused() || self.held && !job.is_handed_over();
        self.held = false;
        if waits {
            // One that stops by automatic status, or by XOFF, goes on by it. This one was switched
            // off and on, and has forgotten the beginning of the slip.
            self.doubt(now, line);
        } else {
            self.hand_over(now, line);
        }
    }

    /// Asks an idle printer whether it knows process ids and fences, and for those it still owes.
    pub(super) fn begin_probe(&mut self, now: Moment, line: &mut Line<Tell>) {
        if self.probe.is_some() || matches!(self.phase, Phase::Sending(_)) {
            return;
        }
        let is_new = !self.knows_fences && self.fences_asked < ASKED_ON_OPENING;
        if self.owed > 0 || is_new {
            self.probe = Some(now + PROBE_FOR + self.adapter);
            self.fences_asked = self.fences_asked.saturating_add(1);
            self.owed += 1;
            self.answered = false;
            self.send(&FENCE, line);
        }
        if self.process_id.is_none() {
            self.probe = Some(now + PROBE_FOR + self.adapter);
            self.send(&process_id(PROBE), line);
        }
    }

    /// The time of the probe is over.
    pub(super) fn end_probe(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.probe = None;
        self.process_id.get_or_insert(false);
        if self.answered {
            // What is not answered so long after another was never asked, or the answer is lost.
            (self.owed, self.answered) = (0, false);
        }
        if self.owed == 1 {
            // Only this one was asked, of a printer that owes nothing. It knows none, or says it late, or has
            // lost its power since it said that it is well.
            self.late += std::mem::take(&mut self.owed);
            self.inquire(now, line);
        }
        if self.owed > 0 {
            // One that never answered a fence may not know it, and none is asked for ever.
            self.unanswered += 1;
            let most = if self.knows_fences {
                BUSY_FOR
            } else {
                UNKNOWN_FOR
            };
            if self.unanswered == most {
                self.late += std::mem::take(&mut self.owed);
            } else if self.unanswered == FILL_AGAIN_AT {
                self.missing = LONGEST_COMMAND;
                self.fill_up(now, line);
            }
            if let Phase::Checking(token, _) = &self.phase {
                line.tell(Tell::Refused(*token, Obstacle::Busy));
                self.phase = Phase::Idle;
            }
        }
        self.proceed(line);
    }

    pub(super) fn doubt(&mut self, now: Moment, line: &mut Line<Tell>) {
        if let Phase::Sending(job) = std::mem::replace(&mut self.phase, Phase::Idle) {
            // One that ran over lost some of it, and still waits for that: it would take the next slip for
            // the rest of a picture.
            if !job.is_answered() && !job.is_marked {
                self.unanswered = 0;
                self.owed = self.late + job.unanswered();
                self.missing = job.most_missing();
                self.fill_up(now, line);
            }
            self.late = 0;
            line.tell(Tell::Unknown(job.token, Doubt::NoProof));
        }
    }

    /// A job that was looked at is ready once the probe is over too.
    pub(super) fn proceed(&mut self, line: &mut Line<Tell>) {
        if self.inquiry.is_some() || self.probe.is_some() {
            return;
        }
        self.phase = match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Checking(token, document) => {
                line.tell(Tell::Ready(token));
                Phase::Ready(token, document)
            }
            phase => phase,
        };
    }

    pub(super) fn go(&mut self, now: Moment, token: JobToken, line: &mut Line<Tell>) {
        let Phase::Ready(ready, document) = &self.phase else {
            return;
        };
        if *ready != token {
            return;
        }
        if self.status.and_then(|status| status.obstacle()).is_some() {
            // The owner has written down that it is being sent, so this is no refusal: it is taken back.
            line.tell(Tell::NotStarted(token));
            self.phase = Phase::Idle;
            return;
        }
        let known = Known {
            process_id: self.process_id == Some(true),
            fences: self.knows_fences,
            baud: self.baud,
        };
        let mut job = Job::new(token, document, &self.profile, self.font.as_ref(), known);
        job.starts_at = self.given;
        self.phase = Phase::Sending(job);
        self.hand_over(now, line);
    }

    /// Hands the next chunk to the line once it took the one before.
    pub(super) fn hand_over(&mut self, now: Moment, line: &mut Line<Tell>) {
        let Phase::Sending(job) = &mut self.phase else {
            return;
        };
        job.next_at = None;
        if self.held {
            job.look_again.get_or_insert(now + HELD_TOO_LONG);
        } else if job.stopped.is_none() {
            job.look_again = None;
        }
        // A stopped printer gets no more: without a handshake its buffer would run over. One that is
        // asked gets no more until all questions are through.
        let is_asked = self.inquiry.is_some() && job.is_between();
        if self.held || job.is_paused() || is_asked {
            job.pace = None;
            return;
        }
        if self.taken < self.given {
            return;
        }
        if job.is_handed_over() {
            let patience = job.patience(self.baud) + self.adapter;
            job.deadline.get_or_insert(now + patience);
            return;
        }
        let may_go = job.may_go(now, self.baud);
        if now < may_go {
            job.next_at = Some(may_go);
            return;
        }
        let end = job.chunk_end();
        let chunk = job.bytes[job.handed..end].to_vec();
        job.handed = end;
        self.send(&chunk, line);
    }

    pub(super) fn settle(&mut self, now: Moment, line: &mut Line<Tell>) {
        let Phase::Sending(job) = &mut self.phase else {
            return;
        };
        if job.deadline.is_some_and(|at| at <= now) && job.stopped.is_none() {
            job.overdue = true;
            job.deadline = Some(now + LOOK_AGAIN);
            self.inquire(now, line);
        } else if job.look_again.is_some_and(|at| at <= now) {
            job.look_again = Some(now + LOOK_AGAIN);
            // Behind bytes that the line has not taken a question would wait for long, and within a
            // command it could be taken for a part of it.
            let is_clear = self.taken == self.given;
            if job.deadline.is_some() || is_clear && job.is_between() {
                self.inquire(now, line);
            } else if is_clear && self.held {
                self.held = false;
                self.doubt(now, line);
            }
        } else if job.settle_at.is_some_and(|at| at <= now) {
            if !job.is_marked || job.is_answered() {
                self.inquire(now, line);
            } else if job.has_answered() {
                self.doubt(now, line);
            } else if !job.is_asked_again {
                job.is_asked_again = true;
                job.settle_at = Some(now + PROBE_FOR + self.adapter);
                self.send(&FENCE, line);
            } else {
                self.inquire(now, line);
            }
        }
    }
}
