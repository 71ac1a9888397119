//! One label on its way: its bytes, how far they are, and what has been seen of it since.

use std::time::Duration;

use super::printer::JobToken;
use super::status::Obstacle;
use crate::clock::Moment;

/// Bytes handed to the line at once.
pub(crate) const CHUNK: usize = 256;
/// How long a printer may take, beyond the wire, to begin.
const BEGIN_WITHIN: Duration = Duration::from_secs(10);
/// How long one label may take.
const PRINT_WITHIN: Duration = Duration::from_secs(60);
/// Idle this often in a row after being busy is done: a single odd answer is no proof.
const IDLE_TWICE: u8 = 2;

/// A job in the state "sending". Not `Debug`: its bytes hold what the label says.
pub(crate) struct Job {
    pub(crate) token: JobToken,
    pub(crate) bytes: Vec<u8>,
    /// Bytes handed to the line.
    pub(crate) handed: usize,
    /// Bytes of anything that the line had been given before the first of the job.
    pub(crate) starts_at: u64,
    /// Whether the printer was asked since the line took the last byte.
    pub(crate) asked: bool,
    pub(crate) stopped: Option<Obstacle>,
    pub(crate) silent_since: Option<Moment>,
    /// Whether the printer was busy behind the job's bytes.
    busy: bool,
    /// When it was heard last, behind the job's bytes.
    heard: Moment,
    /// It stopped while it printed, or was away for long enough to have been switched off: what came out is for a person to judge.
    void: bool,
    idle: u8,
    idle_since: Option<Moment>,
    deadline: Moment,
}

/// What is known of a job now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    Waiting,
    Printed,
    Doubtful,
}

impl Job {
    pub(crate) fn new(token: JobToken, bytes: Vec<u8>, starts_at: u64) -> Self {
        Self {
            token,
            bytes,
            handed: 0,
            starts_at,
            asked: false,
            stopped: None,
            silent_since: None,
            busy: false,
            heard: Moment::ORIGIN,
            void: false,
            idle: 0,
            idle_since: None,
            deadline: Moment::ORIGIN,
        }
    }

    pub(crate) fn is_handed_over(&self) -> bool {
        self.handed == self.bytes.len()
    }

    /// Whether it was seen at work on the label, and goes on.
    pub(crate) fn is_at_work(&self) -> bool {
        self.busy && self.stopped.is_none()
    }

    /// The line took the last byte; it has crossed the wire at this moment, if nothing holds it up.
    pub(crate) fn left(&mut self, crossed: Moment) {
        self.asked = true;
        self.deadline = crossed + BEGIN_WITHIN;
    }

    /// It does not go on; gives whether that is news.
    pub(crate) fn stop(&mut self, obstacle: Obstacle) -> bool {
        // Printers print a label again from its top when they stopped within it.
        self.void |= self.busy;
        (self.idle, self.idle_since) = (0, None);
        self.stopped.replace(obstacle) != Some(obstacle)
    }

    /// It is healthy, and busy or not.
    ///
    /// `away` is how long one that lost its power is not heard, at the least.
    pub(crate) fn healthy(
        &mut self,
        now: Moment,
        busy: bool,
        settled: Duration,
        away: Duration,
    ) -> Verdict {
        self.silent_since = None;
        self.void |= self.busy && now - self.heard >= away;
        self.heard = now;
        if self.stopped.take().is_some() {
            self.deadline = now + BEGIN_WITHIN;
        }
        if busy {
            (self.idle, self.idle_since) = (0, None);
            if !std::mem::replace(&mut self.busy, true) {
                self.deadline = now + PRINT_WITHIN;
            }
        } else {
            self.idle = self.idle.saturating_add(1);
            let since = *self.idle_since.get_or_insert(now);
            if self.busy && !self.void && self.idle >= IDLE_TWICE {
                return Verdict::Printed;
            }
            if self.void && now - since >= settled {
                return Verdict::Doubtful;
            }
        }
        match self.deadline <= now {
            true => Verdict::Doubtful,
            false => Verdict::Waiting,
        }
    }
}
