//! The printers' short names for jobs.

use crate::devices::Clock;
use crate::slips::PrintJobId;
use lodge_hardware::printing::JobToken;
use std::collections::VecDeque;

/// What one printer was given, under names that ascend as it wants them, also over a restart.
pub(super) struct Tokens {
    next: u64,
    given: VecDeque<Given>,
}

/// One job that a printer was given.
#[derive(Clone, Copy)]
pub(super) struct Given {
    pub token: JobToken,
    /// The job of the books; none for a test page, which nobody has to answer for.
    pub job: Option<PrintJobId>,
    /// The paper it takes, in dots.
    pub dots: u32,
    /// The printer said how it ended.
    pub over: bool,
}

/// One slip is under way at a time; a few more names are kept for answers that come late.
const REMEMBERED: usize = 16;

impl Tokens {
    /// Counts from the second of the start: a later run begins higher than an earlier one ended.
    pub fn new(clock: &Clock) -> Self {
        let seconds = clock.wall_ms() / 1000;
        Tokens {
            next: seconds.unsigned_abs(),
            given: VecDeque::new(),
        }
    }

    /// A name for a job that takes so many dots of paper.
    pub fn give(&mut self, job: Option<PrintJobId>, dots: u32) -> JobToken {
        let token = JobToken(self.next);
        self.next += 1;
        // What may still be answered stays, however many test pages come after it.
        let forgettable = |given: &Given| given.over || given.job.is_none();
        if self.given.len() >= REMEMBERED
            && let Some(oldest) = self.given.iter().position(forgettable)
        {
            self.given.remove(oldest);
        }
        self.given.push_back(Given {
            token,
            job,
            dots,
            over: false,
        });
        token
    }

    /// The latest name of this job.
    pub fn of(&self, job: PrintJobId) -> Option<JobToken> {
        let mut given = self.given.iter().rev();
        given
            .find(|given| given.job == Some(job))
            .map(|given| given.token)
    }

    /// The job of this name is at its end.
    pub fn over(&mut self, token: JobToken) {
        let mut given = self.given.iter_mut();
        if let Some(given) = given.find(|given| given.token == token) {
            given.over = true;
        }
    }

    /// What has this name.
    pub fn find(&self, token: JobToken) -> Option<Given> {
        let mut given = self.given.iter();
        given.find(|given| given.token == token).copied()
    }
}
