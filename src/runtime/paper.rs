//! Slips and labels on their way: what the books say is open, what the printers are handed, how it ended.

use super::Post;
use super::session::{Lobby, PRINT_AGAIN, PRINT_AGAIN_AFTER, now, unwell};
use crate::devices::PaperReport;
use crate::kiosk::Event;
use crate::kiosk::event::StoreHealth;
use crate::kiosk::session::TimerId;
use crate::slips::{JobState, Medium, PrintJobId, Record};
use std::time::Duration;

/// The timer by which label printers are asked how they are; the touch screen's count up from 1.
pub(super) const LOOK_AT_LABELS: TimerId = TimerId(u64::MAX - 4);

/// A label printer that was well is asked again after this: the desk knows before a visitor does.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// One that was not: somebody may have helped it.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

impl Lobby {
    pub(super) fn read_jobs(&self) {
        self.tell_store(|books, _| books.open_jobs().map(|jobs| Some(Post::Jobs(jobs))));
    }

    pub(super) fn print_next(&mut self) {
        self.print_receipt();
        self.print_label();
    }

    /// What cannot be written down must not be sent. Whoever waits is printed when the store is well.
    fn may_print(&self) -> bool {
        self.is_settled && self.store() == StoreHealth::Well
    }

    fn print_receipt(&mut self) {
        if !self.may_print() {
            return;
        }
        let Some(job) = self.printing.next(Medium::Receipt) else {
            return;
        };
        let id = job.id;
        match self.desk.devices.print(id, &job.slip) {
            true => self.happened(Event::SlipOffered(id, Medium::Receipt)),
            false => self.not_taken(id),
        }
    }

    fn print_label(&mut self) {
        if !self.may_print() {
            return;
        }
        let Some(job) = self.printing.next(Medium::Label) else {
            return;
        };
        let (id, devices) = (job.id, &self.desk.devices);
        let offered = job
            .label
            .as_ref()
            .is_some_and(|label| devices.print_label(id, label));
        match offered {
            true => self.happened(Event::SlipOffered(id, Medium::Label)),
            false => self.not_taken(id),
        }
    }

    /// No printer takes this one now: none can any more, and the report of that is on its way, or those
    /// that can are still at what they stopped within.
    fn not_taken(&mut self, job: PrintJobId) {
        let _ = self.printing.put_back(job);
        self.print_later();
    }

    /// Asks the label printers how they are, and does so again after a while.
    pub(super) fn look_at_labels(&mut self) {
        self.desk.devices.look_at_labels();
        self.look_later();
    }

    /// Looks at the label printers again: soon, where one cannot print.
    pub(super) fn look_later(&mut self) {
        let after = match self.desk.devices.all_labels_able() {
            None => return,
            Some(true) => LOOK_EVERY,
            Some(false) => LOOK_AGAIN,
        };
        self.timers.stop(LOOK_AT_LABELS);
        self.timers.start(LOOK_AT_LABELS, after);
    }

    pub(super) fn paper(&mut self, report: PaperReport) {
        match report {
            PaperReport::Ready(job, printer) => {
                let at = now(&self.desk.clock);
                let record = Record::Sending {
                    job,
                    printer: Some(printer),
                };
                self.submit(move |books| match books.move_job(record, at) {
                    Ok(true) => vec![Post::Sending(job)],
                    // It is no longer waiting: somebody saw to it.
                    Ok(false) => vec![Post::NotSent(job), Post::Over(job, JobState::Failed)],
                    // The printer gives it back, and it waits until that can be written down.
                    Err(error) => {
                        let mut posts = unwell(&error);
                        posts.push(Post::NotSent(job));
                        posts
                    }
                });
            }
            PaperReport::Refused(job) => self.put_back(job),
            PaperReport::Stopped(job) => {
                self.printing.stopped(job);
                if self.printing.is_able() {
                    // No trouble is on the screen while another one prints: whoever waits for this one is
                    // told that it may not come out. Should it, that is told then.
                    self.happened(Event::SlipMoved(job, JobState::Unknown));
                }
                self.print_next();
            }
            PaperReport::AsSlip(job) => {
                self.printing.as_slip(job);
                self.print_next();
            }
            PaperReport::NotStarted(job) => self.write_down(Record::Requeued { job }),
            PaperReport::Printed(job, proof) => self.write_down(Record::Confirmed { job, proof }),
            PaperReport::Unknown(job, why) => self.write_down(Record::Unknown { job, why }),
        }
    }

    /// Nothing of a job was sent, and the books say so: it waits again.
    fn put_back(&mut self, job: PrintJobId) {
        let given_back_by = self.printing.put_back(job);
        self.print_later();
        // Nobody waits for a label printer: where it cannot, the receipt printer does.
        if given_back_by == Some(Medium::Label) {
            self.print_receipt();
        }
    }

    /// A job waits again, and that is written down.
    pub(super) fn requeued(&mut self, job: PrintJobId) {
        self.put_back(job);
        self.happened(Event::SlipMoved(job, JobState::Queued));
    }

    /// A job is at its end.
    pub(super) fn over(&mut self, job: PrintJobId, state: JobState) {
        self.printing.over(job);
        self.happened(Event::SlipMoved(job, state));
        self.print_next();
    }

    /// Writes down how a job ended or that it waits again, at once or when the store can write again.
    /// Should the program end before that, it is "sending" in the books, which the next start makes
    /// unknown.
    fn write_down(&mut self, record: Record) {
        if self.store() != StoreHealth::Well {
            return self.not_written(record);
        }
        let at = now(&self.desk.clock);
        let (job, state) = (record.job(), record.state());
        self.submit(move |books| match books.move_job(record.clone(), at) {
            Ok(_) => vec![match state {
                JobState::Queued => Post::Requeued(job),
                state => Post::Over(job, state),
            }],
            Err(error) => {
                let mut posts = unwell(&error);
                posts.push(match error.health() {
                    // No second try will do better.
                    StoreHealth::Well => Post::Over(job, JobState::Unknown),
                    StoreHealth::CannotWrite | StoreHealth::Damaged => Post::NotWritten(record),
                });
                posts
            }
        });
    }

    /// Keeps what could not be written down. The paper is out, or not, whatever the books say: whoever
    /// waits for it is told, and only a job that would be printed again waits for the books.
    pub(super) fn not_written(&mut self, record: Record) {
        let (job, state) = (record.job(), record.state());
        self.unwritten.push(record);
        if state != JobState::Queued {
            self.over(job, state);
        }
    }

    /// The store can write again: what could not be written is, and what waits is printed.
    pub(super) fn catch_up(&mut self) {
        if !self.is_settled {
            self.settle();
        }
        for record in std::mem::take(&mut self.unwritten) {
            self.write_down(record);
        }
        self.read_jobs();
    }

    /// Writes down what became of the slips that were being printed when the program last ended. Nothing
    /// is printed before that is done: until then each slip that is "sending" in the books is such a one.
    pub(super) fn settle(&self) {
        let at = now(&self.desk.clock);
        self.submit(move |books| match books.settle_interrupted_jobs(at) {
            Ok(settled) => {
                if settled > 0 {
                    tracing::warn!(settled, "slips were being printed when the program ended");
                }
                vec![Post::Settled]
            }
            Err(error) => {
                let mut posts = unwell(&error);
                // No second try will do better, and it is known which ones they are.
                posts.extend((error.health() == StoreHealth::Well).then_some(Post::Settled));
                posts
            }
        });
    }

    pub(super) fn settled(&mut self) {
        self.is_settled = true;
        self.print_next();
    }

    pub(super) fn print_later(&mut self) {
        self.timers.stop(PRINT_AGAIN);
        self.timers.start(PRINT_AGAIN, PRINT_AGAIN_AFTER);
    }
}
