//! What is reported of a slip's job when a printer stops or its line goes, and what never is.

use super::*;
use crate::config::{Device, Protocol};
use crate::devices::state::Board;
use crate::devices::{Activity, Clock};
use crate::equipment::DeviceKind;
use ab_glyph::FontArc;
use lodge_hardware::port::mailbox;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

const FONT: &[u8] = include_bytes!("../../../ui/fonts/NotoSansSC-Regular.ttf");

struct Bench {
    surround: Surround,
    place: Place,
    inbox: Inbox<Ask>,
    reports: Receiver<Report>,
}

/// The first of two printers.
fn bench() -> Bench {
    let port = PathBuf::from("/dev/null");
    let spec = Device::usual("lobby", DeviceKind::Printer, Protocol::EscPos, port);
    let activity = Activity::new();
    let (tell, reports) = channel();
    let surround = Surround {
        board: Arc::new(Board::new(std::slice::from_ref(&spec))),
        clock: Clock::system(),
        activity: activity.clone(),
        tell: Arc::new(move |report, _: Busy| drop(tell.send(report))),
        interrupted: false,
        font: FontArc::try_from_slice(FONT).expect("a font"),
        spec,
    };
    let (mailbox, inbox) = mailbox(&activity).expect("pipes");
    let names = ["lobby", "spare"].map(|name| PrinterName(name.to_owned()));
    let place = Place {
        way: Way::new(&surround, mailbox),
        supply: Arc::new(Supply::new(names.into_iter())),
        number: 0,
        roll: PaperRoll::default(),
    };
    Bench {
        surround,
        place,
        inbox,
        reports,
    }
}

impl Bench {
    /// Offers a job; gives the name it goes by.
    fn offer(&self) -> (PrintJobId, JobToken) {
        let job = PrintJobId(uuid::Uuid::from_u128(1));
        self.place.way.print(job, &Slip { lines: Vec::new() });
        match self.inbox.take() {
            Some((Ask::Print { job: token, .. }, _)) => (job, token),
            _ => panic!("it is offered"),
        }
    }

    fn told(&self, tell: Tell) -> Option<PaperReport> {
        let mut seen = Seen::new(&self.surround, &self.place);
        moved(tell, &self.surround, &self.place, &mut seen);
        self.report()
    }

    /// The next report about paper.
    fn report(&self) -> Option<PaperReport> {
        let mut reports = self.reports.try_iter();
        reports.find_map(|report| match report {
            Report::Paper(report) => Some(report),
            _ => None,
        })
    }
}

#[test]
fn a_slip_nobody_looked_at_is_given_back_once_and_not_printed_when_the_printer_comes() {
    let bench = bench();
    let (job, token) = bench.offer();
    give_back(&bench.surround, &bench.place);
    assert_eq!(bench.report(), Some(PaperReport::Refused(job)));
    give_back(&bench.surround, &bench.place);
    assert_eq!(bench.report(), None, "it is given back already");
    let asked = bench.inbox.take().map(|(ask, _)| ask);
    assert_eq!(asked, Some(Ask::Withdraw(token)));
    // A report of this would have the slip that another one is sent sent again.
    assert_eq!(bench.told(Tell::NotStarted(token)), None);
}

#[test]
fn a_line_that_takes_no_bytes_within_a_slip_leaves_the_next_to_the_other_printer() {
    let bench = bench();
    let (job, token) = bench.offer();
    assert!(bench.told(Tell::Ready(token)).is_some());
    bench.place.way.go(job);
    let mut seen = Seen::new(&bench.surround, &bench.place);
    (seen.open, seen.stalled) = (true, true);
    seen.report_changes(&bench.surround, &bench.place);
    assert_eq!(bench.report(), Some(PaperReport::Stopped(job)));
    seen.stalled = false;
    seen.report_changes(&bench.surround, &bench.place);
    assert_eq!(bench.place.supply.chosen(), Some(1), "it is at its slip");
    let printed = Tell::Printed(token, printer::Proof::ProcessId);
    let report = PaperReport::Printed(job, Proof::ProcessId);
    assert_eq!(bench.told(printed), Some(report));
    assert_eq!(bench.place.supply.chosen(), Some(0));
}

#[test]
fn half_a_slip_is_filled_up_again_until_the_printer_answers() {
    let torso = Torso::new(true);
    // A line that comes and goes: what was to fill it up never arrived.
    assert!(torso.is_filled_up_now());
    assert!(torso.is_filled_up_now());
    torso.answered();
    assert!(!torso.is_filled_up_now());
    // One left in the middle of this line is filled up on the next; the answers to this one say nothing.
    torso.left();
    torso.answered();
    assert!(torso.is_filled_up_now());
}
