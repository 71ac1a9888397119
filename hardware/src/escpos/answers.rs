//! What a printer's answers mean for its owner and for the job under way.

use std::time::Duration;

use super::printer::{PROBE, Phase, Printer};
use super::status::{Answer, Paper, PrinterStatus};
use super::terms::{Proof, Tell};
use crate::clock::Moment;
use crate::dialogue::Line;

/// How long the last fence waits for the better proof that should come behind it.
const AFTER_FENCE: Duration = Duration::from_secs(1);
/// A late answer that nobody counts may follow a late answer by this much.
const QUIET: Duration = Duration::from_millis(200);
/// What lies between two fences that are owed, a part of a slip or a torn one that is cut off, takes the
/// printer less.
const STILL_PRINTS: Duration = Duration::from_secs(4);

impl Printer {
    pub(super) fn understood(&mut self, now: Moment, answer: Answer, line: &mut Line<Tell>) {
        // Of an answer that nobody awaits, all bytes.
        let discarded = match answer {
            Answer::Noise(n) => return line.discard(n),
            Answer::Flow(go) => {
                self.held = !go;
                self.hand_over(now, line);
                0
            }
            Answer::RealTime(byte) => match self.inquiry.as_mut() {
                None => 1,
                Some(inquiry) => {
                    match inquiry.answered(now, byte) {
                        Err(question) => self.send(&question, line),
                        Ok(status) => {
                            self.inquiry = None;
                            self.answers(true, line);
                            self.is(status, line);
                            self.inquired(now, status.obstacle(), line);
                        }
                    }
                    0
                }
            },
            Answer::Asb(asb) => {
                let status = PrinterStatus::from_asb(asb);
                self.is(status, line);
                self.watched(now, status.obstacle(), line);
                0
            }
            Answer::Queued(byte) => {
                let discarded = self.fence(now, line);
                if discarded == 0 {
                    self.paper_is(Paper::from_sensors(byte), line);
                }
                discarded
            }
            Answer::Block(kind, text) => {
                let is_awaited = self.marked(now, kind, &text, line);
                self.proceed(line);
                if is_awaited { 0 } else { text.len() + 2 }
            }
        };
        if discarded == 0 {
            line.frame();
        } else {
            line.reject();
            line.discard(discarded);
        }
        self.answers(true, line);
    }

    /// Takes the answer to a fence; gives the bytes of it that nobody awaits.
    fn fence(&mut self, now: Moment, line: &mut Line<Tell>) -> usize {
        self.knows_fences = true;
        match &mut self.phase {
            Phase::Sending(job) if job.is_asked_again => {
                self.doubt(now, line);
                0
            }
            // It is an earlier one's.
            Phase::Sending(_) if self.late > 0 => {
                self.late -= 1;
                1
            }
            Phase::Sending(job) => {
                if !job.fence_answered() {
                    return 1;
                }
                if job.is_answered() && job.is_marked {
                    self.printed(line);
                } else if job.is_answered() && !job.void {
                    let wait = match self.process_id {
                        Some(true) => AFTER_FENCE + self.adapter,
                        _ => Duration::ZERO,
                    };
                    job.settle_at.get_or_insert(now + wait);
                    self.settle(now, line);
                }
                0
            }
            _ if self.owed == 0 => {
                self.late = self.late.saturating_sub(1);
                1
            }
            _ => {
                self.owed -= 1;
                self.answered = true;
                // Earlier ones are answered before, or never.
                self.late = 0;
                let more = if self.owed == 0 { QUIET } else { STILL_PRINTS };
                let until = Some(now + more + self.adapter);
                self.probe = match self.process_id {
                    Some(_) => until,
                    None => self.probe.max(until),
                };
                0
            }
        }
    }

    /// Takes what the answer to a fence says of the paper. It stops no job and voids none: one that has ended may
    /// have ended behind the slip, and a printer that stops within it answers no fence.
    fn paper_is(&mut self, paper: Paper, line: &mut Line<Tell>) {
        if let Some(status) = self.status {
            self.is(PrinterStatus { paper, ..status }, line);
        }
    }

    /// Takes a process id; gives whether it was one that is awaited.
    fn marked(&mut self, now: Moment, kind: u8, text: &[u8], line: &mut Line<Tell>) -> bool {
        let (0x37, [0x22, mark @ ..]) = (kind, text) else {
            return false;
        };
        if mark == PROBE {
            self.process_id = Some(true);
            // It was asked behind the fences: what they are answered by has come, or never comes.
            (self.owed, self.answered, self.late) = (0, false, 0);
            return self.probe.take().is_some();
        }
        let (Phase::Sending(job), Ok(mark)) = (&mut self.phase, mark.try_into()) else {
            return false;
        };
        if !job.says(mark) {
            return false;
        }
        if job.is_marked && job.is_answered() {
            self.printed(line);
        } else if job.is_marked {
            // Its end is on paper, and a part of it may never have reached the printer: a fence that comes too
            // late to have been lost comes within the second.
            job.settle_at = Some(now + AFTER_FENCE + self.adapter);
        }
        true
    }

    /// The printer has said the process id, and answered all fences that it answers.
    pub(super) fn printed(&mut self, line: &mut Line<Tell>) {
        if let Phase::Sending(job) = std::mem::replace(&mut self.phase, Phase::Idle) {
            self.late = 0;
            line.tell(Tell::Printed(job.token, Proof::ProcessId));
        }
    }
}
