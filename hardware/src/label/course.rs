//! The course of a job: looked at, ready, sent, watched, printed or doubted (hardware.md §7.5, §8.1).

use std::time::Duration;

use super::job::{CHUNK, Job, Verdict};
use super::printer::{JobToken, Phase, Printer, Proof, Tell};
use super::status::{LabelStatus, Obstacle};
use crate::clock::Moment;
use crate::dialogue::Line;
use crate::printing::Doubt;

/// How often a printer at work is asked. Half a second is the least that a label takes.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How often a printer that stopped is asked.
const LOOK_AGAIN: Duration = Duration::from_millis(250);
/// Idle for so long, nothing of an earlier job comes any more.
const SETTLED: Duration = Duration::from_secs(2);
/// How long a new job waits for what an earlier one left.
const WAIT_FOR_EARLIER: Duration = Duration::from_secs(30);
/// How long a printer may be silent within a job: time enough for somebody to put in labels.
const SILENT_FOR: Duration = Duration::from_secs(300);

impl Printer {
    /// What an answer means for the job.
    pub(super) fn looked(&mut self, now: Moment, status: LabelStatus, line: &mut Line<Tell>) {
        match &mut self.phase {
            Phase::Checking(token, _, since, idle) => {
                let token = *token;
                if let Some(obstacle) = status.obstacle() {
                    return self.refuse(token, obstacle, line);
                }
                let settled = match status.busy {
                    true => {
                        *idle = None;
                        false
                    }
                    false => !self.owed || now - *idle.get_or_insert(now) >= SETTLED,
                };
                if settled {
                    self.owed = false;
                    self.ready(line);
                } else if now - *since >= WAIT_FOR_EARLIER {
                    self.refuse(token, Obstacle::Busy, line);
                } else {
                    self.look = Some(now + LOOK_EVERY);
                }
            }
            Phase::Sending(job) if job.asked => {
                let token = job.token;
                if let Some(obstacle) = status.obstacle() {
                    job.silent_since = None;
                    if job.stop(obstacle) {
                        line.tell(Tell::Stopped(token, obstacle));
                    }
                    self.look = Some(now + LOOK_AGAIN);
                    return;
                }
                // What the adapter adds to each answer cannot be told from a printer that is away.
                let away = self.profile.restart + 2 * self.adapter;
                match job.healthy(now, status.busy, SETTLED, away) {
                    Verdict::Waiting => self.look = Some(now + LOOK_EVERY),
                    Verdict::Printed => {
                        self.phase = Phase::Idle;
                        line.tell(Tell::Printed(token, Proof::Watched));
                    }
                    Verdict::Doubtful => self.doubt(line),
                }
            }
            _ => {}
        }
    }

    /// What no answer means for the job.
    pub(super) fn silent(&mut self, now: Moment, line: &mut Line<Tell>) {
        match &mut self.phase {
            Phase::Checking(token, ..) => {
                let token = *token;
                self.refuse(token, Obstacle::Silent, line);
            }
            Phase::Sending(job) if job.asked => {
                if job.stop(Obstacle::Silent) {
                    line.tell(Tell::Stopped(job.token, Obstacle::Silent));
                }
                if now - *job.silent_since.get_or_insert(now) >= SILENT_FOR {
                    self.doubt(line);
                } else {
                    self.look = Some(now + LOOK_AGAIN);
                }
            }
            _ => {}
        }
    }

    pub(super) fn go(&mut self, now: Moment, token: JobToken, line: &mut Line<Tell>) {
        if !matches!(&self.phase, Phase::Ready(ready, _) if *ready == token) {
            return;
        }
        if let Phase::Ready(_, bytes) = std::mem::replace(&mut self.phase, Phase::Idle) {
            if self.status.and_then(|status| status.obstacle()).is_some() {
                // The owner has written down that it is being sent, so this is no refusal: it is taken
                // back.
                return line.tell(Tell::NotStarted(token));
            }
            self.phase = Phase::Sending(Job::new(token, bytes, self.given));
            self.hand_over(now, line);
        }
    }

    /// Hands the next chunk to the line once it took the one before; asks behind the last.
    pub(super) fn hand_over(&mut self, now: Moment, line: &mut Line<Tell>) {
        let Phase::Sending(job) = &mut self.phase else {
            return;
        };
        if self.taken < self.given || job.asked {
            return;
        }
        if job.is_handed_over() {
            job.left(self.crossed.max(now));
            // An answer to a question from before the job says nothing about it.
            self.inquiry = None;
            return self.inquire(now, line);
        }
        let end = job.bytes.len().min(job.handed + CHUNK);
        let chunk = job.bytes[job.handed..end].to_vec();
        job.handed = end;
        self.send(now, &chunk, line);
    }

    fn ready(&mut self, line: &mut Line<Tell>) {
        self.phase = match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Checking(token, bytes, ..) => {
                line.tell(Tell::Ready(token));
                Phase::Ready(token, bytes)
            }
            phase => phase,
        };
    }

    fn refuse(&mut self, token: JobToken, obstacle: Obstacle, line: &mut Line<Tell>) {
        self.phase = Phase::Idle;
        line.tell(Tell::Refused(token, obstacle));
    }

    fn doubt(&mut self, line: &mut Line<Tell>) {
        if let Phase::Sending(job) = std::mem::replace(&mut self.phase, Phase::Idle) {
            (self.torso, self.owed) = (true, true);
            line.tell(Tell::Unknown(job.token, Doubt::NoProof));
        }
    }
}
