//! Slips and labels on their way: what the books say is open, what the printers are handed, how it ended.

use super::Post;
use super::session::{Lobby, PRINT_AGAIN, PRINT_AGAIN_AFTER, now, unwell};
use crate::devices::PaperReport;
use crate::kiosk::Event;
use crate::kiosk::session::TimerId;
use crate::slips::{JobState, Medium};
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

    fn print_receipt(&mut self) {
        if let Some(job) = self.printing.next(Medium::Receipt) {
            let id = job.id;
            self.desk.devices.print(id, &job.slip);
            self.happened(Event::SlipOffered(id, Medium::Receipt));
        }
    }

    fn print_label(&mut self) {
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
            // None can any more; the report of that is on its way.
            false => drop(self.printing.put_back(id)),
        }
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
        use crate::slips::Record;
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
                    Err(error) => {
                        let mut posts = vec![Post::NotSent(job)];
                        posts.extend(unwell(&error));
                        posts
                    }
                });
            }
            PaperReport::Refused(job) => {
                let refused_by = self.printing.put_back(job);
                self.print_later();
                // Nobody waits for a label printer: where it cannot, the receipt printer does.
                if refused_by == Some(Medium::Label) {
                    self.print_receipt();
                }
            }
            PaperReport::AsSlip(job) => {
                self.printing.as_slip(job);
                self.print_next();
            }
            PaperReport::NotStarted(job) => self.tell_store(move |books, at| {
                books.move_job(Record::Requeued { job }, at)?;
                Ok(Some(Post::Requeued(job)))
            }),
            PaperReport::Printed(job, proof) => self.finish(Record::Confirmed { job, proof }),
            PaperReport::Unknown(job, why) => self.finish(Record::Unknown { job, why }),
        }
    }

    /// Writes down how a job ended. Where that fails it stays "sending" in the books, which the next
    /// start makes unknown; the slips behind it do not wait for that.
    pub(super) fn finish(&self, record: crate::slips::Record) {
        let at = now(&self.desk.clock);
        let (job, state) = (record.job(), record.state());
        self.submit(move |books| match books.move_job(record, at) {
            Ok(_) => vec![Post::Over(job, state)],
            Err(error) => {
                let mut posts = vec![Post::Over(job, JobState::Unknown)];
                posts.extend(unwell(&error));
                posts
            }
        });
    }

    pub(super) fn print_later(&mut self) {
        self.timers.stop(PRINT_AGAIN);
        self.timers.start(PRINT_AGAIN, PRINT_AGAIN_AFTER);
    }
}
