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
