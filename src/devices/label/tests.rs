//! What is reported of a label's job, and what never is.

use super::*;
use crate::config::Protocol;
use crate::devices::printing::bench;
use crate::equipment::DeviceKind;
use crate::slips::{LabelKind, PrinterName, Proof, WhyUnknown};
use lodge_hardware::label::layout::Misfit;
use lodge_hardware::label::printer;
use lodge_hardware::printing::JobToken;

struct Bench {
    of: bench::Bench<Sheet>,
    place: Place,
}

fn bench() -> Bench {
    let (of, mailbox) = bench::bench("labels", DeviceKind::LabelPrinter, Protocol::Tspl);
    let place = Place {
        way: Way::new(&of.surround, mailbox),
        stands: Arc::new(Stands::new(std::iter::once(Default::default()))),
        number: 0,
    };
    Bench { of, place }
}

impl Bench {
    /// Offers a job; gives the name it goes by.
    fn offer(&self) -> (PrintJobId, JobToken) {
        let job = self.of.job();
        let label = Label {
            kind: LabelKind::Badge,
            heading: "访客".to_owned(),
            title: "周远".to_owned(),
            lines: Vec::new(),
            code: "A-20261123-0001-V".to_owned(),
            mark: None,
        };
        self.place.way.print(job, &label);
        (job, self.of.offered())
    }

    fn told(&self, tell: Tell) -> Option<PaperReport> {
        moved(tell, &self.of.surround, &self.place);
        self.of.report()
    }
}

#[test]
fn a_label_nobody_looked_at_is_given_back_once_and_not_printed_when_the_printer_comes() {
    let bench = bench();
    let (job, token) = bench.offer();
    bench.place.way.feed.give_back(&bench.of.surround);
    assert_eq!(bench.of.report(), Some(PaperReport::Refused(job)));
    bench.place.way.feed.give_back(&bench.of.surround);
    assert_eq!(bench.of.report(), None, "it is given back already");
    // The receipt printer has it by now. Should the label printer come upon it, it is to let it go.
    assert_eq!(bench.of.asked(), Some(Ask::Withdraw(token)));
    assert_eq!(bench.told(Tell::Ready(token)), None);
    assert_eq!(bench.of.asked(), None);
    // A report of this would have the slip that is being sent sent again.
    assert_eq!(bench.told(Tell::NotStarted(token)), None);
    // Offered once more it goes by another name, and is a job like any other.
    let (job, again) = bench.offer();
    assert_ne!(again, token);
    let name = PrinterName("labels".to_owned());
    assert_eq!(
        bench.told(Tell::Ready(again)),
        Some(PaperReport::Ready(job, name))
    );
}

#[test]
fn a_label_that_is_looked_at_is_the_printers_until_it_says_how_it_ended() {
    let bench = bench();
    let (job, token) = bench.offer();
    assert!(bench.told(Tell::Ready(token)).is_some());
    bench.place.way.feed.give_back(&bench.of.surround);
    assert_eq!(bench.of.report(), None);
    assert_eq!(
        bench.told(Tell::Printed(token, printer::Proof::Watched)),
        Some(PaperReport::Printed(job, Proof::Watched))
    );
    let ends = [
        (printer::Doubt::LineLost, WhyUnknown::LineLost),
        (printer::Doubt::NoProof, WhyUnknown::NoProof),
    ];
    for (doubt, why) in ends {
        assert_eq!(
            bench.told(Tell::Unknown(token, doubt)),
            Some(PaperReport::Unknown(job, why))
        );
    }
}

#[test]
fn a_printer_that_stops_within_a_label_says_so_once_and_gets_no_other_until_that_is_at_its_end() {
    let bench = bench();
    let (job, token) = bench.offer();
    assert!(bench.told(Tell::Ready(token)).is_some());
    bench.place.way.feed.go(job);
    let stopped = Tell::Stopped(token, Obstacle::PaperOut);
    assert_eq!(bench.told(stopped), Some(PaperReport::Stopped(job)));
    assert_eq!(bench.told(stopped), None);
    assert_eq!(bench.place.stands.chosen(LabelKind::Badge), None);
    let printed = Tell::Printed(token, printer::Proof::Watched);
    let report = PaperReport::Printed(job, Proof::Watched);
    assert_eq!(bench.told(printed), Some(report));
    assert_eq!(bench.place.stands.chosen(LabelKind::Badge), Some(0));
}

#[test]
fn a_label_that_fits_nowhere_or_would_wait_is_a_slip_and_one_refused_may_be_offered_again() {
    let bench = bench();
    let (job, token) = bench.offer();
    let misfit = Obstacle::DoesNotFit(Misfit::WiderThanHead);
    assert_eq!(
        bench.told(Tell::Refused(token, misfit)),
        Some(PaperReport::AsSlip(job))
    );
    assert_eq!(
        bench.told(Tell::Refused(token, Obstacle::Busy)),
        Some(PaperReport::AsSlip(job))
    );
    assert_eq!(
        bench.told(Tell::Refused(token, Obstacle::PaperOut)),
        Some(PaperReport::Refused(job))
    );
}

#[test]
fn what_keeps_it_from_printing_is_told_to_the_desk_and_puts_it_out_of_the_row() {
    let bench = bench();
    let out = LabelStatus {
        paper_out: true,
        ..LabelStatus::default()
    };
    let mut seen = Seen {
        status: Some(out),
        ..Seen::default()
    };
    seen.note(&bench.of.surround, &bench.place);
    let stands = || match bench.of.reports.try_recv() {
        Ok(Report::Stands) => {}
        other => panic!("{other:?}"),
    };
    let changed = |kinds: &[LabelKind]| match bench.of.reports.try_recv() {
        Ok(Report::Changed(DeviceChange::Labels(now))) => assert_eq!(now, kinds),
        other => panic!("{other:?}"),
    };
    stands();
    changed(&[]);
    seen.note(&bench.of.surround, &bench.place);
    assert!(bench.of.reports.try_recv().is_err(), "no news");
    let help = || {
        bench.of.surround.board.states()[0]
            .standing
            .fault()
            .cloned()
    };
    assert_eq!(help(), Some(Fault::LabelsOut));
    // Silence says more than what was said before it.
    seen.silent = true;
    seen.note(&bench.of.surround, &bench.place);
    stands();
    assert_eq!(help(), Some(Fault::LabelsSilent));
    (seen.silent, seen.status) = (false, Some(LabelStatus::default()));
    seen.note(&bench.of.surround, &bench.place);
    stands();
    changed(&[LabelKind::Badge, LabelKind::Parcel]);
    assert_eq!(help(), None);
}
