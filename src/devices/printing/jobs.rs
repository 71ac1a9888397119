//! What one printer was given and how far it is with that; the same for slips and labels.

use super::tokens::{Given, Tokens};
use crate::devices::Clock;
use crate::slips::PrintJobId;
use lodge_hardware::printing::JobToken;

/// What a printer was given.
pub(super) struct Jobs {
    tokens: Tokens,
    /// Offered, and it has said nothing to that yet.
    unanswered: Option<JobToken>,
    /// Given back in the meantime: it must not print these any more.
    let_go: Vec<JobToken>,
    /// Told to go, and not at its end.
    under_way: Option<JobToken>,
    /// The printer stopped within that one.
    stopped: bool,
}

impl Jobs {
    /// Nothing yet.
    pub fn new(clock: &Clock) -> Self {
        Jobs {
            tokens: Tokens::new(clock),
            unanswered: None,
            let_go: Vec::new(),
            under_way: None,
            stopped: false,
        }
    }

    /// A name for a job of the books that is offered, and takes so many dots of paper.
    pub fn offer(&mut self, job: PrintJobId, dots: u32) -> JobToken {
        let token = self.tokens.give(Some(job), dots);
        self.unanswered = Some(token);
        token
    }

    /// A name for a test page, which nobody has to answer for.
    pub fn test(&mut self, dots: u32) -> JobToken {
        self.tokens.give(None, dots)
    }

    /// The latest name of this job.
    pub fn of(&self, job: PrintJobId) -> Option<JobToken> {
        self.tokens.of(job)
    }

    /// The job of this name is told to go.
    pub fn go(&mut self, token: JobToken) {
        // One that has ended in the meantime, because the line was lost, is not begun any more.
        if self.tokens.find(token).is_some_and(|given| !given.over) {
            (self.under_way, self.stopped) = (Some(token), false);
        }
    }

    /// The printer said something of a job: gives what that is, and nothing where it was let go of.
    pub fn heard(&mut self, token: JobToken, at_its_end: bool) -> Option<Given> {
        self.unanswered.take_if(|unanswered| *unanswered == token);
        let given = self.tokens.find(token);
        if at_its_end {
            self.tokens.over(token);
            if self.under_way.take_if(|job| *job == token).is_some() {
                self.stopped = false;
            }
        }
        if self.let_go.contains(&token) {
            if at_its_end {
                self.let_go.retain(|let_go| *let_go != token);
            }
            // Another printer has it by now. It was never told to go, so nothing was sent.
            return None;
        }
        given
    }

    /// Takes back what the printer has not even looked at, which it must not print any more.
    pub fn give_back(&mut self) -> Option<Given> {
        let token = self.unanswered.take()?;
        self.let_go.push(token);
        self.tokens.find(token)
    }

    /// What was given back was taken out of the box: the printer says nothing of it any more.
    pub fn never_looked_at(&mut self, token: JobToken) {
        self.tokens.over(token);
        self.let_go.retain(|let_go| *let_go != token);
    }

    /// The printer stopped, and holds what was under way until somebody helps it; gives that, once.
    pub fn stop(&mut self) -> Option<Given> {
        let token = self.under_way.filter(|_| !self.stopped)?;
        self.stopped = true;
        self.tokens.find(token)
    }

    /// Whether the printer stopped within a job that is not at its end. It takes no other one until then.
    pub fn has_stopped(&self) -> bool {
        self.under_way.is_some() && self.stopped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(count: u128) -> PrintJobId {
        PrintJobId(uuid::Uuid::from_u128(count))
    }

    #[test]
    fn a_job_stops_once_and_is_held_until_it_is_at_its_end() {
        let mut jobs = Jobs::new(&Clock::system());
        let token = jobs.offer(job(1), 0);
        assert!(jobs.heard(token, false).is_some(), "ready");
        assert!(jobs.stop().is_none(), "nothing was sent yet");
        jobs.go(token);
        assert_eq!(jobs.stop().and_then(|given| given.job), Some(job(1)));
        assert!(jobs.stop().is_none(), "it is known");
        assert!(jobs.has_stopped());
        assert!(jobs.heard(token, true).is_some(), "printed");
        assert!(!jobs.has_stopped());
        assert!(jobs.stop().is_none());
    }

    #[test]
    fn what_was_taken_out_of_the_box_is_nobodys_any_more() {
        let mut jobs = Jobs::new(&Clock::system());
        let token = jobs.offer(job(1), 0);
        let given = jobs.give_back().expect("it was not looked at");
        assert_eq!(given.token, token);
        jobs.never_looked_at(token);
        assert!(jobs.let_go.is_empty() && jobs.give_back().is_none());
    }

    #[test]
    fn a_job_that_ended_before_it_was_told_to_go_is_not_under_way() {
        let mut jobs = Jobs::new(&Clock::system());
        let token = jobs.offer(job(1), 0);
        assert!(jobs.heard(token, false).is_some(), "ready");
        assert!(jobs.heard(token, true).is_some(), "the line is lost");
        jobs.go(token);
        assert!(jobs.stop().is_none());
    }

    #[test]
    fn a_job_that_stopped_is_known_however_many_test_pages_come_after_it() {
        let mut jobs = Jobs::new(&Clock::system());
        let token = jobs.offer(job(1), 0);
        jobs.heard(token, false);
        jobs.go(token);
        assert!(jobs.stop().is_some());
        for _ in 0..100 {
            jobs.test(0);
        }
        let printed = jobs.heard(token, true).and_then(|given| given.job);
        assert_eq!(printed, Some(job(1)));
    }
}
