//! Which slip is printed next. One at a time for each medium, in the order of the deeds; what waits, waits.
//!
//! There is one queue and not one for each medium: what a label printer would print stays in its place
//! when that printer cannot, and the receipt printer prints it when its turn has come.

use crate::kiosk::event::DeviceChange;
use crate::slips::{JobState, LabelKind, Medium, PrintJobId};
use crate::store::OpenJob;
use std::collections::VecDeque;

/// The queue before the printers.
pub(super) struct Printing {
    waiting: VecDeque<OpenJob>,
    /// With a receipt printer right now.
    on_receipt: Option<OpenJob>,
    /// With a label printer right now. No other printer gets it until that one has given it back.
    on_label: Option<OpenJob>,
    /// Within each of these a printer stopped, which finishes it when it is helped. Nobody else gets it,
    /// and nobody waits for it.
    stopped: Vec<(OpenJob, Medium)>,
    /// The receipt printer has not said that it cannot print.
    able: bool,
    /// What a label printer can print.
    labels: Vec<LabelKind>,
}

impl Printing {
    /// Before anything was heard of the printers, which print these labels.
    pub fn new(labels: Vec<LabelKind>) -> Self {
        Printing {
            waiting: VecDeque::new(),
            on_receipt: None,
            on_label: None,
            stopped: Vec::new(),
            able: true,
            labels,
        }
    }

    /// Takes in what the books say is open. Answers come in the order of the deeds, so a job that is
    /// over here is not in a later answer, and one that waits here and is not in it was given up.
    pub fn queue(&mut self, jobs: Vec<OpenJob>) {
        let queued = |waiting: &OpenJob| {
            let mut jobs = jobs.iter();
            jobs.any(|job| job.id == waiting.id && job.state == JobState::Queued)
        };
        self.waiting.retain(queued);
        for job in jobs {
            let known = self
                .waiting
                .iter()
                .chain(&self.on_receipt)
                .chain(&self.on_label)
                .chain(self.stopped.iter().map(|(job, _)| job))
                .any(|known| known.id == job.id);
            if job.state == JobState::Queued && !known {
                self.waiting.push_back(job);
            }
        }
    }

    /// The job to hand to a printer of this medium, if it is free and able.
    pub fn next(&mut self, medium: Medium) -> Option<&OpenJob> {
        let labels = &self.labels;
        let mut waiting = self.waiting.iter();
        let at = waiting.position(|job| medium_of(job, labels) == medium);
        let (current, able) = match medium {
            Medium::Receipt => (&mut self.on_receipt, self.able),
            Medium::Label => (&mut self.on_label, true),
        };
        if current.is_some() || !able {
            return None;
        }
        *current = self.waiting.remove(at?);
        current.as_ref()
    }

    /// The printer stopped within this job: it is that printer's, and the next one may go to another.
    pub fn stopped(&mut self, job: PrintJobId) {
        if let Some(stopped) = self.take(job) {
            self.stopped.push(stopped);
        }
    }

    /// Whether some receipt printer can print.
    pub fn is_able(&self) -> bool {
        self.able
    }

    /// Takes a job from the printer that has it.
    fn take(&mut self, job: PrintJobId) -> Option<(OpenJob, Medium)> {
        let receipt = (&mut self.on_receipt, Medium::Receipt);
        let label = (&mut self.on_label, Medium::Label);
        for (current, medium) in [receipt, label] {
            if let Some(job) = current.take_if(|current| current.id == job) {
                return Some((job, medium));
            }
        }
        let at = self
            .stopped
            .iter()
            .position(|(stopped, _)| stopped.id == job)?;
        Some(self.stopped.remove(at))
    }

    /// Nothing of this job was sent: it is the first in the queue again. Gives with whom it was.
    pub fn put_back(&mut self, job: PrintJobId) -> Option<Medium> {
        let (job, medium) = self.take(job)?;
        self.waiting.push_front(job);
        Some(medium)
    }

    /// The label printer leaves this one to the receipt printer, for good.
    pub fn as_slip(&mut self, job: PrintJobId) {
        let _ = self.put_back(job);
        let mut waiting = self.waiting.iter_mut();
        if let Some(job) = waiting.find(|waiting| waiting.id == job) {
            job.label = None;
        }
    }

    /// This job will not be sent again.
    pub fn over(&mut self, job: PrintJobId) {
        let _ = self.take(job);
        self.waiting.retain(|waiting| waiting.id != job);
    }

    /// What the printers said about themselves.
    pub fn printer_changed(&mut self, change: &DeviceChange) {
        match change {
            DeviceChange::Printer(trouble) => self.able = trouble.is_none(),
            DeviceChange::Labels(kinds) => self.labels.clone_from(kinds),
            _ => {}
        }
    }
}

/// What a job is printed as now.
fn medium_of(job: &OpenJob, labels: &[LabelKind]) -> Medium {
    match &job.label {
        Some(label) if labels.contains(&label.kind) => Medium::Label,
        _ => Medium::Receipt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slips::{Label, PaperTrouble, Slip, SlipNumber};

    const ALL: [LabelKind; 2] = [LabelKind::Badge, LabelKind::Parcel];

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
            label: None,
        }
    }

    fn badge(count: u32) -> OpenJob {
        let label = Label {
            kind: LabelKind::Badge,
            heading: String::new(),
            title: "张伟".to_owned(),
            lines: Vec::new(),
            code: "A-20261123-0001-V".to_owned(),
            mark: None,
        };
        OpenJob {
            label: Some(label),
            ..job(count)
        }
    }

    fn count(job: Option<&OpenJob>) -> Option<u32> {
        job.map(|job| job.number.count)
    }

    #[test]
    fn slips_print_one_at_a_time_in_their_order() {
        let mut printing = Printing::new(Vec::new());
        printing.queue(vec![job(1), job(2)]);
        assert_eq!(count(printing.next(Medium::Receipt)), Some(1));
        assert_eq!(printing.next(Medium::Receipt), None, "the printer is busy");
        printing.queue(vec![job(1), job(2), job(3)]);
        printing.over(job(1).id);
        assert_eq!(count(printing.next(Medium::Receipt)), Some(2));
        printing.over(job(2).id);
        assert_eq!(count(printing.next(Medium::Receipt)), Some(3));
    }

    #[test]
    fn a_printer_in_trouble_gets_nothing_and_the_refused_slip_is_first_again() {
        let mut printing = Printing::new(Vec::new());
        printing.queue(vec![job(1), job(2)]);
        assert!(printing.next(Medium::Receipt).is_some());
        printing.printer_changed(&DeviceChange::Printer(Some(PaperTrouble::PaperOut)));
        assert_eq!(printing.put_back(job(1).id), Some(Medium::Receipt));
        assert_eq!(printing.next(Medium::Receipt), None);
        printing.printer_changed(&DeviceChange::Printer(None));
        assert_eq!(count(printing.next(Medium::Receipt)), Some(1));
    }

    #[test]
    fn a_slip_within_which_its_printer_stopped_holds_up_nobody_and_is_sent_by_nobody_else() {
        let mut printing = Printing::new(ALL.to_vec());
        printing.queue(vec![job(1), badge(2), job(3), badge(4), job(5)]);
        assert_eq!(count(printing.next(Medium::Receipt)), Some(1));
        assert_eq!(count(printing.next(Medium::Label)), Some(2));
        printing.stopped(job(1).id);
        printing.stopped(badge(2).id);
        assert_eq!(count(printing.next(Medium::Receipt)), Some(3));
        assert_eq!(count(printing.next(Medium::Label)), Some(4));
        let sending = |job: OpenJob| OpenJob {
            state: JobState::Sending,
            ..job
        };
        printing.queue(vec![sending(job(1)), sending(badge(2)), job(5)]);
        printing.over(job(3).id);
        // Nothing of it was sent after all: it is the first again. The other one is over.
        assert_eq!(printing.put_back(job(1).id), Some(Medium::Receipt));
        printing.over(badge(2).id);
        assert_eq!(printing.put_back(badge(2).id), None);
        assert_eq!(count(printing.next(Medium::Receipt)), Some(1));
    }

    #[test]
    fn what_was_given_up_in_the_books_waits_no_more() {
        let mut printing = Printing::new(Vec::new());
        printing.queue(vec![job(1), job(2)]);
        printing.queue(vec![job(2)]);
        assert_eq!(count(printing.next(Medium::Receipt)), Some(2));
    }

    #[test]
    fn what_was_sent_before_a_crash_is_not_sent_again() {
        let mut printing = Printing::new(ALL.to_vec());
        let states = [JobState::Sending, JobState::Unknown];
        printing.queue(states.map(|state| OpenJob { state, ..badge(1) }).to_vec());
        assert_eq!(printing.next(Medium::Receipt), None);
        assert_eq!(printing.next(Medium::Label), None);
    }

    #[test]
    fn badges_and_slips_print_side_by_side_and_neither_waits_for_the_other() {
        let mut printing = Printing::new(ALL.to_vec());
        printing.queue(vec![badge(1), job(2), badge(3)]);
        assert_eq!(count(printing.next(Medium::Receipt)), Some(2));
        assert_eq!(count(printing.next(Medium::Label)), Some(1));
        assert_eq!(printing.next(Medium::Label), None, "one at a time");
        printing.printer_changed(&DeviceChange::Printer(Some(PaperTrouble::PaperOut)));
        printing.over(badge(1).id);
        assert_eq!(count(printing.next(Medium::Label)), Some(3));
    }

    #[test]
    fn without_a_label_printer_that_can_a_badge_is_a_slip() {
        let mut printing = Printing::new(ALL.to_vec());
        printing.queue(vec![badge(1), badge(2), badge(3)]);
        assert_eq!(count(printing.next(Medium::Label)), Some(1));
        printing.printer_changed(&DeviceChange::Labels(vec![LabelKind::Parcel]));
        assert_eq!(printing.next(Medium::Label), None);
        // What is with the label printer is printed by nobody else until it is given back.
        assert_eq!(count(printing.next(Medium::Receipt)), Some(2));
        printing.over(badge(2).id);
        assert_eq!(printing.put_back(badge(1).id), Some(Medium::Label));
        assert_eq!(count(printing.next(Medium::Receipt)), Some(1));
        printing.over(badge(1).id);
        printing.printer_changed(&DeviceChange::Labels(ALL.to_vec()));
        assert_eq!(printing.next(Medium::Receipt), None);
        assert_eq!(count(printing.next(Medium::Label)), Some(3));
    }

    #[test]
    fn what_the_label_printer_leaves_to_the_receipt_printer_is_a_slip_for_good() {
        let mut printing = Printing::new(ALL.to_vec());
        printing.queue(vec![badge(1)]);
        assert_eq!(count(printing.next(Medium::Label)), Some(1));
        printing.as_slip(badge(1).id);
        assert_eq!(printing.next(Medium::Label), None);
        assert_eq!(count(printing.next(Medium::Receipt)), Some(1));
    }
}
