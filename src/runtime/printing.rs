//! Which slip is printed next. One at a time, in the order of the deeds; what waits, waits.

use crate::kiosk::event::DeviceChange;
use crate::slips::{JobState, PrintJobId};
use crate::store::OpenJob;
use std::collections::VecDeque;

/// The queue before the printer.
pub(super) struct Printing {
    waiting: VecDeque<OpenJob>,
    /// With the printer right now.
    current: Option<OpenJob>,
    /// The printer has not said that it cannot print.
    able: bool,
}

impl Printing {
    pub fn new() -> Self {
        Printing {
            waiting: VecDeque::new(),
            current: None,
            able: true,
        }
    }

    /// Takes in what the books say is open. Answers come in the order of the deeds, so a job that is
    /// over here is not in a later answer.
    pub fn queue(&mut self, jobs: Vec<OpenJob>) {
        for job in jobs {
            let known = self
                .waiting
                .iter()
                .chain(&self.current)
                .any(|known| known.id == job.id);
            if job.state == JobState::Queued && !known {
                self.waiting.push_back(job);
            }
        }
    }

    /// The job to hand to the printer, if it is free and able.
    pub fn next(&mut self) -> Option<&OpenJob> {
        if self.current.is_some() || !self.able {
            return None;
        }
        self.current = self.waiting.pop_front();
        self.current.as_ref()
    }

    /// Nothing of this job was sent: it is the first in the queue again.
    pub fn put_back(&mut self, job: PrintJobId) {
        if let Some(job) = self.current.take_if(|current| current.id == job) {
            self.waiting.push_front(job);
        }
    }

    /// This job will not be sent again.
    pub fn over(&mut self, job: PrintJobId) {
        self.current.take_if(|current| current.id == job);
        self.waiting.retain(|waiting| waiting.id != job);
    }

    /// What the printer said about itself.
    pub fn printer_changed(&mut self, change: &DeviceChange) {
        if let DeviceChange::Printer(trouble) = change {
            self.able = trouble.is_none();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slips::{PaperTrouble, Slip, SlipNumber};

    fn job(count: u32) -> OpenJob {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real day");
        OpenJob {
            id: PrintJobId(uuid::Uuid::from_u128(u128::from(count))),
            number: SlipNumber {
                device: 'A',
                day,
                count,
            },
            state: JobState::Queued,
            slip: Slip { lines: Vec::new() },
        }
    }

    #[test]
    fn slips_print_one_at_a_time_in_their_order() {
        let mut printing = Printing::new();
        printing.queue(vec![job(1), job(2)]);
        assert_eq!(printing.next().map(|job| job.number.count), Some(1));
        assert_eq!(printing.next(), None, "the printer is busy");
        printing.queue(vec![job(1), job(2), job(3)]);
        printing.over(job(1).id);
        assert_eq!(printing.next().map(|job| job.number.count), Some(2));
        printing.over(job(2).id);
        assert_eq!(printing.next().map(|job| job.number.count), Some(3));
    }

    #[test]
    fn a_printer_in_trouble_gets_nothing_and_the_refused_slip_is_first_again() {
        let mut printing = Printing::new();
        printing.queue(vec![job(1), job(2)]);
        assert!(printing.next().is_some());
        printing.printer_changed(&DeviceChange::Printer(Some(PaperTrouble::PaperOut)));
        printing.put_back(job(1).id);
        assert_eq!(printing.next(), None);
        printing.printer_changed(&DeviceChange::Printer(None));
        assert_eq!(printing.next().map(|job| job.number.count), Some(1));
    }

    #[test]
    fn what_was_sent_before_a_crash_is_not_sent_again() {
        let mut printing = Printing::new();
        let states = [JobState::Sending, JobState::Unknown];
        printing.queue(states.map(|state| OpenJob { state, ..job(1) }).to_vec());
        assert_eq!(printing.next(), None);
    }
}
