//! What is reported of a slip's job when a printer stops or its line goes, and what never is.

use super::*;
use crate::config::Protocol;
use crate::devices::printing::bench;
use crate::equipment::DeviceKind;
use crate::slips::{PrinterName, Proof};
use lodge_hardware::escpos::printer;
use lodge_hardware::printing::JobToken;

struct Bench {
    of: bench::Bench<Document>,
    place: Place,
}

/// The first of two printers.
fn bench() -> Bench {
    let (of, mailbox) = bench::bench("lobby", DeviceKind::Printer, Protocol::EscPos);
    let names = ["lobby", "spare"].map(|name| PrinterName(name.to_owned()));
    let place = Place {
        way: Way::new(&of.surround, mailbox),
        supply: Arc::new(Supply::new(names.into_iter())),
        number: 0,
        roll: PaperRoll::default(),
    };
    Bench { of, place }
}

impl Bench {
    /// Offers a job; gives the name it goes by.
    fn offer(&self) -> (PrintJobId, JobToken) {
        let job = self.of.job();
        self.place.way.print(job, &Slip { lines: Vec::new() });
        (job, self.of.offered())
    }

    fn told(&self, tell: Tell) -> Option<PaperReport> {
        let mut seen = Seen::new(&self.of.surround, &self.place);
        moved(tell, &self.of.surround, &self.place, &mut seen);
        self.of.report()
    }
}

#[test]
fn a_slip_nobody_looked_at_is_given_back_once_and_not_printed_when_the_printer_comes() {
    let bench = bench();
    let (job, token) = bench.offer();
    bench.place.way.feed.give_back(&bench.of.surround);
    assert_eq!(bench.of.report(), Some(PaperReport::Refused(job)));
    bench.place.way.feed.give_back(&bench.of.surround);
    assert_eq!(bench.of.report(), None, "it is given back already");
    let asked = bench.of.asked();
    assert_eq!(asked, Some(Ask::Withdraw(token)));
    // A report of this would have the slip that another one is sent sent again.
    assert_eq!(bench.told(Tell::NotStarted(token)), None);
}

#[test]
fn a_slip_that_lies_in_the_box_of_a_lost_line_is_taken_out_of_it() {
    let bench = bench();
    let job = bench.of.job();
    bench.place.way.print(job, &Slip { lines: Vec::new() });
    bench.place.way.feed.give_back(&bench.of.surround);
    assert_eq!(bench.of.report(), Some(PaperReport::Refused(job)));
    assert_eq!(bench.of.asked(), None);
}

#[test]
fn a_line_that_takes_no_bytes_within_a_slip_leaves_the_next_to_the_other_printer() {
    let bench = bench();
    let (job, token) = bench.offer();
    assert!(bench.told(Tell::Ready(token)).is_some());
    bench.place.way.feed.go(job);
    let mut seen = Seen::new(&bench.of.surround, &bench.place);
    (seen.open, seen.stalled) = (true, true);
    seen.report_changes(&bench.of.surround, &bench.place);
    assert_eq!(bench.of.report(), Some(PaperReport::Stopped(job)));
    seen.stalled = false;
    seen.report_changes(&bench.of.surround, &bench.place);
    assert_eq!(bench.place.supply.chosen(), Some(1), "it is at its slip");
    let printed = Tell::Printed(token, printer::Proof::ProcessId);
    let report = PaperReport::Printed(job, Proof::ProcessId);
    assert_eq!(bench.told(printed), Some(report));
    assert_eq!(bench.place.supply.chosen(), Some(0));
}

fn paper(paper: Paper) -> PrinterStatus {
    PrinterStatus {
        online: paper != Paper::Out,
        paper,
        ..PrinterStatus::default()
    }
}

/// So much that one with the usual settings is warned of its end.
const NEARLY_ALL: u32 = 8 * 49_000;

#[test]
fn a_roll_swapped_on_its_warning_is_counted_anew_and_warned_of_again() {
    let bench = bench();
    let (surround, place) = (&bench.of.surround, &bench.place);
    let is_low = || surround.board.states()[0].paper_low;
    let mut seen = Seen::new(surround, place);
    seen.opened();
    for _ in 0..2 {
        seen.roll.fed(NEARLY_ALL);
        seen.report_changes(surround, place);
        assert!(is_low(), "it ends soon");
        // Swapped before it was out: the printer says nothing of it, somebody does.
        seen.heard(paper(Paper::Ok));
        seen.take_new_roll(&place.way);
        seen.report_changes(surround, place);
        assert!(is_low(), "nobody knows");
        place.way.new_roll();
        assert_eq!(bench.of.asked(), Some(Ask::Status), "its thread wakes up");
        seen.take_new_roll(&place.way);
        seen.report_changes(surround, place);
        assert!(!is_low());
        assert_eq!(seen.kept, PaperRoll::default());
    }
}

#[test]
fn paper_after_a_restart_is_a_new_roll_where_the_last_one_had_run_out() {
    let mut bench = bench();
    let mut seen = Seen::new(&bench.of.surround, &bench.place);
    seen.opened();
    seen.roll.fed(NEARLY_ALL);
    seen.heard(paper(Paper::Out));
    seen.report_changes(&bench.of.surround, &bench.place);
    // The program ends here, and what it knew of the roll is what it kept.
    bench.place.roll = seen.kept;
    let mut seen = Seen::new(&bench.of.surround, &bench.place);
    seen.opened();
    seen.heard(paper(Paper::Ok));
    seen.report_changes(&bench.of.surround, &bench.place);
    assert!(!bench.of.surround.board.states()[0].paper_low);
    assert_eq!(seen.kept, PaperRoll::default());
}

#[test]
fn a_printer_that_says_nonsense_of_its_paper_has_it_written_down_once() {
    let bench = bench();
    let mut seen = Seen::new(&bench.of.surround, &bench.place);
    seen.opened();
    seen.roll.fed(NEARLY_ALL);
    let mut written = 0;
    for turn in 0..100 {
        let before = seen.kept;
        seen.heard(paper(if turn % 2 == 0 { Paper::Out } else { Paper::Ok }));
        seen.report_changes(&bench.of.surround, &bench.place);
        written += u32::from(seen.kept != before);
    }
    assert_eq!(written, 2, "that it was out, and that another one is in");
}
