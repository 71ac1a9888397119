//! A printer that stops within a slip longer than its buffer (hardware.md §7.1, §7.5).

mod support;

use std::time::Duration;

use lodge_hardware::escpos::document::{Document, Row};
use lodge_hardware::escpos::printer::{Ask, Doubt, JobToken, Printer, Proof, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::escpos::status::Obstacle;
use lodge_hardware::port::Told;
use lodge_hardware::sim::printer::{Head, PrinterCommand as C, PrinterFault as F, PrinterSim};
use support::{Bench, Joined, look};

const JOB: JobToken = JobToken(1);
const STOPPED: Tell = Tell::Stopped(JOB, Obstacle::PaperOut);
const ROWS: usize = 250;

/// More than twice what the receive buffer holds.
fn long_slip() -> Document {
    let rows = (0..ROWS).map(|row| format!("row {row:03} of a slip that is longer than most"));
    let document = rows.fold(Document::new(), |document, row| document.text(&row));
    document.row(Row::Cut)
}

fn whole(paper: &str) -> bool {
    (0..ROWS).all(|row| paper.matches(&format!("row {row:03} ")).count() == 1)
}

/// Prints a slip on a printer that runs out of paper within it; gives what was told and the paper, of a
/// second slip too, and the bytes that were lost.
fn run_out(
    mut bench: Bench,
    document: Document,
    paper: u32,
    before: &[F],
    stopped: impl FnOnce(&mut Joined),
) -> (Vec<Tell>, String, u64) {
    bench.join(|joined| {
        before
            .iter()
            .for_each(|fault| joined.does(C::Fault(*fault, true)));
        joined.does(C::LoadPaper(paper));
        joined.ask(Ask::Print { job: JOB, document });
        joined.run_until(1);
        joined.run(30);
        stopped(joined);
        joined.run(60);
        let told = joined.of_jobs().len();
        joined.print(2, "A-2");
        joined.run_until(told + 2);
    });
    let lost = bench.sim.bytes_lost();
    (bench.of_jobs(), bench.all_paper(), lost)
}

fn print_long(before: &[F], stopped: impl FnOnce(&mut Joined)) -> (Vec<Tell>, String, u64) {
    let bench = Bench::new(Profile::epson_80mm());
    run_out(bench, long_slip(), 900, before, stopped)
}

const SECOND: [Tell; 2] = [
    Tell::Ready(JobToken(2)),
    Tell::Printed(JobToken(2), Proof::ProcessId),
];

#[test]
fn a_stopped_printer_without_a_handshake_is_sent_no_more_than_it_can_hold() {
    for faults in [&[][..], &[F::Overrun]] {
        let (told, paper, lost) = print_long(faults, |joined| {
            assert!(joined.line.sent_by_near() < 2000, "it was not held back");
            joined.does(C::LoadPaper(100_000));
        });
        let printed = Tell::Printed(JOB, Proof::ProcessId);
        assert_eq!(told[..3], [Tell::Ready(JOB), STOPPED, printed]);
        assert_eq!(told[3..], SECOND);
        assert_eq!(lost, 0);
        assert!(whole(&paper));
        assert_eq!(look(&paper[paper.find("爱心").unwrap()..], "A-2"), 1);
    }
}

#[test]
fn a_printer_switched_off_and_on_while_it_is_stopped_never_proves_the_rest_of_a_slip() {
    let doubt = Tell::Unknown(JOB, Doubt::NoProof);
    let (told, paper, _) = print_long(&[], |joined| {
        joined.does(C::Power(false));
        joined.does(C::LoadPaper(100_000));
        joined.does(C::Power(true));
    });
    assert_eq!(told[..3], [Tell::Ready(JOB), STOPPED, doubt]);
    assert_eq!(told[3..], SECOND);
    assert!(!whole(&paper));
    assert_eq!(look(&paper[paper.find("爱心").unwrap()..], "A-2"), 1);
}

#[test]
fn a_stopped_printer_that_stays_switched_off_leaves_the_slip_unknown() {
    let (told, ..) = print_long(&[], |joined| {
        joined.does(C::Power(false));
        joined.run(20);
        joined.does(C::LoadPaper(100_000));
        joined.does(C::Power(true));
    });
    let doubt = Tell::Unknown(JOB, Doubt::NoProof);
    assert_eq!(told[..3], [Tell::Ready(JOB), STOPPED, doubt]);
    assert_eq!(told[3..], SECOND);
}

#[test]
fn a_buffer_that_runs_over_because_nothing_told_of_the_stop_proves_nothing() {
    let (told, paper, lost) = print_long(&[F::Overrun, F::NoAsb], |joined| {
        joined.does(C::LoadPaper(100_000));
    });
    assert!(lost > 1000, "{lost} bytes lost");
    assert_eq!(told[1], Tell::Unknown(JOB, Doubt::NoProof));
    assert!(!whole(&paper));
}

/// A slip of drawn lines and codes, longer than the buffer.
fn pictures() -> Document {
    let rows = (0..8).fold(Document::new(), |rows, _| {
        rows.text(&"王小明".repeat(7)).row(Row::Qr {
            data: "0123456789abcdef".repeat(6),
            module: 4,
        })
    });
    rows.row(Row::Cut)
}

/// The same on a printer that tells nobody, and loses what comes when its buffer is full.
fn run_over(paper: u32) -> (Vec<Tell>, String, u64) {
    let bench = Bench::with_font(Profile::epson_80mm_western());
    let silent = [F::Overrun, F::NoAsb];
    run_out(bench, pictures(), paper, &silent, |joined| {
        joined.does(C::LoadPaper(100_000));
    })
}

#[test]
fn a_printer_that_ran_over_within_a_picture_or_a_code_does_not_swallow_the_next_slip() {
    let mut ran_over = 0;
    for paper in (100..1200).step_by(20) {
        let (told, look, lost) = run_over(paper);
        ran_over += usize::from(lost > 0);
        let first = match lost {
            0 => Tell::Printed(JOB, Proof::ProcessId),
            _ => Tell::Unknown(JOB, Doubt::NoProof),
        };
        assert_eq!(told[..2], [Tell::Ready(JOB), first], "{paper}: {look}");
        assert_eq!(told[2..], SECOND, "{paper}: {look}");
        for row in ["[QR L1:A-2", "END A-2"] {
            assert_eq!(look.matches(row).count(), 1, "{paper}: {look}");
        }
    }
    assert!(ran_over > 20, "{ran_over} of the slips ran over");
}

#[test]
fn a_printer_that_answers_no_fence_any_more_holds_up_no_slip_for_ever() {
    let mut bench = Bench::new(Profile::epson_80mm());
    bench.join(|joined| {
        joined.print(1, "A-1");
        joined.run_until(2);
        for fault in [F::LoseFence, F::LoseProcessId] {
            joined.does(C::Fault(fault, true));
        }
        joined.print(2, "A-2");
        joined.run_until(4);
        while !joined.of_jobs().contains(&Tell::Ready(JobToken(3))) {
            let told = joined.of_jobs().len();
            joined.print(3, "A-3");
            joined.run_until(told + 1);
        }
        joined.run(60);
    });
    let busy = Tell::Refused(JobToken(3), Obstacle::Busy);
    let told = bench.of_jobs();
    let refused = told.iter().filter(|tell| **tell == busy).count();
    assert_eq!(refused, 6, "{told:?}");
    let end = [
        Tell::Ready(JobToken(3)),
        Tell::Unknown(JobToken(3), Doubt::NoProof),
    ];
    assert!(told.ends_with(&end), "{told:?}");
    // Each came out once, and hardly any paper besides: what was filled up was cut off.
    let papers = bench.sim.tear_off();
    let slips = ["A-1", "A-2", "A-3"];
    for slip in slips {
        assert_eq!(look(&papers.join("\n"), slip), 1, "{papers:?}");
    }
    assert!(papers.len() <= slips.len() + 3, "{papers:?}");
}

#[test]
fn questions_to_a_stopped_printer_do_not_get_into_a_picture() {
    let rows = (0..20).fold(Document::new(), |rows, _| rows.text(&"王小明".repeat(8)));
    let document = rows.row(Row::Cut);
    let mut pictures = [100_000, 200].map(|paper| {
        let mut bench = Bench::with_font(Profile::epson_80mm_western());
        bench.join(|joined| {
            joined.does(C::Fault(F::RealTimeStays, true));
            joined.does(C::LoadPaper(paper));
            let document = document.clone();
            joined.ask(Ask::Print { job: JOB, document });
            joined.run_until(1);
            joined.run(60);
            joined.does(C::LoadPaper(100_000));
            joined.run(60);
        });
        let told = bench.of_jobs();
        let proven = Tell::Printed(JOB, Proof::ProcessId);
        assert_eq!(told.contains(&STOPPED), paper == 200, "{told:?}");
        assert_eq!(told.last(), Some(&proven));
        bench.sim.paper_png(0, &support::font())
    });
    let [whole, stopped] = &mut pictures;
    assert!(whole == stopped, "the picture is torn");
}

#[test]
fn a_handshake_alone_holds_back_a_slip_longer_than_the_buffer() {
    let (told, paper, lost) = print_long(&[F::NoAsb], |joined| {
        joined.does(C::LoadPaper(100_000));
    });
    assert_eq!(told[told.len() - 2..], SECOND);
    assert_eq!(lost, 0);
    assert!(whole(&paper), "{told:?}");
}

#[test]
fn a_printer_whose_dsr_alone_is_wired_holds_back_a_slip_longer_than_its_buffer() {
    for (by_dsr, baud) in [(true, 9600), (true, 115_200), (false, 9600)] {
        let profile = Profile::epson_80mm();
        let sim = PrinterSim::new(&profile, baud);
        let mut bench = Bench::with(Printer::new(profile, baud), sim);
        bench.join(|joined| {
            joined.line.change(|faults| faults.by_dsr = by_dsr);
            // Nothing but the wire tells of the stop.
            joined.does(C::Fault(F::NoAsb, true));
            joined.does(C::Fault(F::BusyByDtr, true));
            joined.does(C::LoadPaper(900));
            let document = long_slip();
            joined.ask(Ask::Print { job: JOB, document });
            joined.run_until(1);
            if by_dsr {
                joined.run_within(60, |joined| joined.told.contains(&Told::Stalled));
            } else {
                joined.run(60);
            }
            joined.does(C::LoadPaper(100_000));
            joined.run_until(2);
        });
        let printed = Tell::Printed(JOB, Proof::ProcessId);
        let lost = bench.sim.bytes_lost();
        let paper = bench.all_paper();
        if by_dsr {
            assert_eq!((bench.of_jobs()[1], lost), (printed, 0), "at {baud}");
            assert!(bench.told.contains(&Told::Flowing), "at {baud}");
        } else {
            assert_ne!(bench.of_jobs()[1], printed, "without the wire");
            assert!(lost > 1000, "{lost} bytes lost");
        }
        assert_eq!(whole(&paper), by_dsr, "at {baud}");
    }
}

#[test]
fn a_printer_that_holds_the_line_and_never_lets_go_leaves_the_slip_unknown() {
    let mut bench = Bench::new(Profile::epson_80mm());
    bench.join(|joined| {
        let document = long_slip();
        joined.ask(Ask::Print { job: JOB, document });
        joined.run_until(1);
        joined.does(C::Fault(F::HoldXoff, true));
        let began = *joined.now;
        joined.run_within(10, |joined| joined.told.contains(&Told::Stalled));
        assert!(*joined.now - began < Duration::from_secs(2));
        joined.run(1);
        // Switched off and on: the XON is never said, and the beginning is forgotten.
        joined.does(C::Power(false));
        joined.does(C::Fault(F::HoldXoff, false));
        joined.run(3);
        joined.does(C::Power(true));
        joined.run_until(2);
        joined.print(2, "A-2");
        joined.run_until(4);
    });
    let told = bench.of_jobs();
    let doubt = Tell::Unknown(JOB, Doubt::NoProof);
    assert_eq!(told[..2], [Tell::Ready(JOB), doubt]);
    assert_eq!(told[2..], SECOND);
}

#[test]
fn what_the_machine_keeps_for_a_printer_that_takes_nothing_does_not_hide_the_stall() {
    let mut bench = Bench::new(Profile::epson_80mm());
    bench.join(|joined| {
        let document = long_slip();
        joined.ask(Ask::Print { job: JOB, document });
        joined.run_until(1);
        joined
            .line
            .change(|faults| (faults.stalled, faults.room) = (true, 4096));
        let (began, sent) = (*joined.now, joined.line.sent_by_near());
        joined.run_within(10, |joined| joined.told.contains(&Told::Stalled));
        assert!(*joined.now - began < Duration::from_secs(2));
        assert!(
            joined.line.sent_by_near() > sent + 1000,
            "it was given no more"
        );
        joined.line.change(|faults| faults.stalled = false);
        joined.run_until(2);
        assert!(joined.told.contains(&Told::Flowing));
    });
    assert_eq!(bench.of_jobs()[1], Tell::Printed(JOB, Proof::ProcessId));
    assert!(whole(&bench.all_paper()));
}

#[test]
fn the_wire_is_never_idle_within_a_long_slip_at_any_usual_baud_whatever_the_handshake() {
    for (baud, by_dsr) in [9600, 38_400, 115_200]
        .map(|baud| [(baud, false), (baud, true)])
        .concat()
    {
        let profile = Profile::epson_80mm();
        // A slow head fills the buffer of whatever line is faster.
        let sim = PrinterSim::new(&profile, baud).with_head(Head::INSTANT);
        let mut bench = Bench::with(Printer::new(profile, baud), sim);
        bench.join(|joined| {
            joined.line.change(|faults| faults.by_dsr = by_dsr);
            joined.does(C::Fault(F::BusyByDtr, by_dsr));
            let document = long_slip();
            joined.ask(Ask::Print { job: JOB, document });
            joined.run_until(1);
            joined.sim.measure();
            joined.run_until(2);
        });
        let wire = bench.sim.wire_time().unwrap();
        let ratio = wire.ratio(baud);
        assert!(
            wire.bytes > 10_000 && ratio <= 1.03,
            "{wire:?} at {baud}: {ratio}"
        );
    }
}
