//! What the receipt and the label printers have in common: jobs offered, told to go, and reported.

#[cfg(test)]
pub(super) mod bench;
mod jobs;
mod tokens;
mod torso;

pub(super) use torso::Torso;

use super::{PaperReport, Report, Surround};
use crate::equipment::TestPage;
use crate::slips::{PrintJobId, PrinterName, Proof, WhyUnknown};
use jobs::Jobs;
use lodge_hardware::escpos;
use lodge_hardware::label;
use lodge_hardware::port::Mailbox;
use lodge_hardware::printing::{Ask, Doubt, JobToken, Tell};
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard};

/// How documents of one kind come to one printer, and what is reported of them.
pub(super) struct Feed<Document> {
    name: PrinterName,
    mailbox: Mailbox<Ask<Document>>,
    jobs: Arc<Mutex<Jobs>>,
}

// Not derived: a document need not be cloned for it.
impl<Document> Clone for Feed<Document> {
    fn clone(&self) -> Self {
        Feed {
            name: self.name.clone(),
            mailbox: self.mailbox.clone(),
            jobs: Arc::clone(&self.jobs),
        }
    }
}

impl<Document> Feed<Document> {
    /// The way to the printer with this mailbox.
    pub fn new(surround: &Surround, mailbox: Mailbox<Ask<Document>>) -> Self {
        Feed {
            name: PrinterName(surround.spec.name.clone()),
            mailbox,
            jobs: Arc::new(Mutex::new(Jobs::new(&surround.clock))),
        }
    }

    /// What the settings call it.
    pub fn name(&self) -> &PrinterName {
        &self.name
    }

    /// Offers a job of the books, which takes so many dots of paper.
    pub fn offer(&self, job: PrintJobId, document: Document, dots: u32) {
        let job = self.jobs().offer(job, dots);
        self.mailbox.send(Ask::Print { job, document });
    }

    /// Prints what nobody has to answer for.
    pub fn test(&self, document: Document, dots: u32) {
        let job = self.jobs().test(dots);
        self.mailbox.send(Ask::Print { job, document });
    }

    /// The job is written down as being sent: go.
    pub fn go(&self, job: PrintJobId) {
        let token = self.jobs().of(job);
        if let Some(token) = token {
            self.begin(token);
        }
    }

    /// The job must not be sent after all.
    pub fn withdraw(&self, job: PrintJobId) {
        let token = self.jobs().of(job);
        if let Some(token) = token {
            self.mailbox.send(Ask::Withdraw(token));
        }
    }

    /// Asks how the printer is.
    pub fn look(&self) {
        self.mailbox.send(Ask::Status);
    }

    /// Gives back a job that the printer has not even looked at: another one may print it.
    pub fn give_back(&self, surround: &Surround) {
        let Some(given) = self.jobs().give_back() else {
            return;
        };
        let is_it =
            |ask: &Ask<Document>| matches!(ask, Ask::Print { job, .. } if *job == given.token);
        match self.mailbox.take_back(is_it) {
            true => self.jobs().never_looked_at(given.token),
            // Should the printer come upon it when its line is there again.
            false => self.mailbox.send(Ask::Withdraw(given.token)),
        }
        if let Some(job) = given.job {
            surround.report(Report::Paper(PaperReport::Refused(job)));
        }
    }

    /// The printer stopped: reports the job it is at, once, so that the next one does not wait for it.
    /// `hold` is told before that.
    pub fn stopped(&self, surround: &Surround, hold: impl FnOnce(bool)) {
        let Some(given) = self.jobs().stop() else {
            return;
        };
        hold(true);
        if let Some(job) = given.job {
            surround.report(Report::Paper(PaperReport::Stopped(job)));
        }
    }

    /// A job moved on: reports it where it is one of the books. Before that `hold` is told whether the
    /// printer stopped within a job; `refused` says what becomes of one that cannot be printed. Gives
    /// the dots of paper that the job took or may have taken.
    pub fn moved<Status, Obstacle: Debug, P: Into<Proof>>(
        &self,
        tell: Tell<Status, Obstacle, P>,
        surround: &Surround,
        hold: impl FnOnce(bool),
        refused: impl FnOnce(PrintJobId, Obstacle) -> PaperReport,
    ) -> Option<u32> {
        let (token, at_its_end) = match tell {
            Tell::Stopped(..) => {
                self.stopped(surround, hold);
                return None;
            }
            Tell::Ready(token) => (token, false),
            Tell::Refused(token, _)
            | Tell::NotStarted(token)
            | Tell::Printed(token, _)
            | Tell::Unknown(token, _) => (token, true),
            Tell::Status(_) | Tell::Answering(_) => return None,
        };
        let mut jobs = self.jobs();
        let given = jobs.heard(token, at_its_end);
        let stopped = jobs.has_stopped();
        drop(jobs);
        hold(stopped);
        let given = given?;
        let took_paper = matches!(tell, Tell::Printed(..) | Tell::Unknown(..));
        match given.job {
            Some(job) => {
                if let Some(report) = self.report_of(job, tell, refused) {
                    surround.report(Report::Paper(report));
                }
            }
            None => self.test_moved(tell, surround),
        }
        took_paper.then_some(given.dots)
    }

    fn report_of<Status, Obstacle, P: Into<Proof>>(
        &self,
        job: PrintJobId,
        tell: Tell<Status, Obstacle, P>,
        refused: impl FnOnce(PrintJobId, Obstacle) -> PaperReport,
    ) -> Option<PaperReport> {
        Some(match tell {
            Tell::Ready(_) => PaperReport::Ready(job, self.name.clone()),
            Tell::Refused(_, obstacle) => refused(job, obstacle),
            Tell::NotStarted(_) => PaperReport::NotStarted(job),
            Tell::Printed(_, proof) => PaperReport::Printed(job, proof.into()),
            Tell::Unknown(_, Doubt::LineLost) => PaperReport::Unknown(job, WhyUnknown::LineLost),
            Tell::Unknown(_, Doubt::NoProof) => PaperReport::Unknown(job, WhyUnknown::NoProof),
            Tell::Stopped(..) | Tell::Status(_) | Tell::Answering(_) => return None,
        })
    }

    fn test_moved<Status, Obstacle: Debug, P>(
        &self,
        tell: Tell<Status, Obstacle, P>,
        surround: &Surround,
    ) {
        let device = surround.spec.id();
        let page = match tell {
            // It waits for nobody to write it down.
            Tell::Ready(token) => return self.begin(token),
            Tell::Refused(_, obstacle) => {
                tracing::warn!(device, ?obstacle, "the test page cannot be printed");
                TestPage::Refused
            }
            Tell::NotStarted(_) => TestPage::Refused,
            Tell::Printed(..) => TestPage::Printed,
            Tell::Unknown(_, doubt) => {
                tracing::warn!(
                    device,
                    ?doubt,
                    "nobody knows whether the test page is printed"
                );
                TestPage::Doubtful
            }
            Tell::Stopped(..) | Tell::Status(_) | Tell::Answering(_) => return,
        };
        surround.board.tested(&device, page, &surround.clock);
        surround.report(Report::Stands);
    }

    fn begin(&self, token: JobToken) {
        self.jobs().go(token);
        self.mailbox.send(Ask::Go(token));
    }

    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().expect("nobody panics holding the jobs")
    }
}

impl From<escpos::printer::Proof> for Proof {
    fn from(proof: escpos::printer::Proof) -> Self {
        match proof {
            escpos::printer::Proof::ProcessId => Proof::ProcessId,
            escpos::printer::Proof::Fence => Proof::Fence,
        }
    }
}

impl From<label::printer::Proof> for Proof {
    fn from(proof: label::printer::Proof) -> Self {
        match proof {
            label::printer::Proof::Watched => Proof::Watched,
        }
    }
}
