//! Slips on their way: what the books say is open, what the printer is handed, how it ended.

use super::Post;
use super::session::{Lobby, PRINT_AGAIN, PRINT_AGAIN_AFTER, now, unwell};
use crate::devices::PaperReport;
use crate::slips::JobState;

impl Lobby {
    pub(super) fn read_jobs(&self) {
        self.tell_store(|books, _| books.open_jobs().map(|jobs| Some(Post::Jobs(jobs))));
    }

    pub(super) fn print_next(&mut self) {
        if let Some(job) = self.printing.next() {
            self.desk.devices.print(job.id, &job.slip);
        }
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
                self.printing.put_back(job);
                self.print_later();
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
