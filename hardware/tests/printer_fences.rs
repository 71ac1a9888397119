//! Printers whose fences go unanswered, when their process id is believed all the same, and what an answer to a
//! fence says besides (hardware.md §7.4, §7.5).

mod support;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::escpos::document::{Document, Row};
use lodge_hardware::escpos::printer::{Ask, Doubt, JobToken, Printer, Proof, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::escpos::status::{Paper, PrinterStatus};
use lodge_hardware::port::Told;
use lodge_hardware::sim::printer::{PrinterCommand as C, PrinterFault as F};
use support::{Bench, slip};

const JOB: JobToken = JobToken(1);

/// A printer that answers no fence from the beginning, or from now on, prints by its process id all the same, one
/// slip after the other.
#[test]
fn a_printer_without_fences_proves_each_slip_by_its_process_id() {
    for profile in [Profile::epson_80mm(), Profile::generic_80mm()] {
        for from_now_on in [false, true] {
            let mut bench = Bench::new(profile.clone());
            bench.join(|joined| {
                if from_now_on {
                    joined.run(5);
                }
                joined.does(C::Fault(F::LoseFence, true));
                for job in 1..=3 {
                    joined.print(job, &format!("A-{job}"));
                    joined.run(30);
                }
            });
            let proven = |job| [Tell::Ready(job), Tell::Printed(job, Proof::ProcessId)];
            let proven = [1, 2, 3].map(|job| proven(JobToken(job))).concat();
            assert_eq!(bench.of_jobs(), proven, "{} {from_now_on}", profile.name);
            let papers = bench.sim.tear_off();
            assert_eq!(papers.len(), 3, "{papers:?}");
        }
    }
}

/// The power goes for a moment within a slip, which loses a fence, and the printer is stopped as soon as it has
/// said its process id: that it leaves the question unanswered whether it knows fences is no proof that it knows none.
#[test]
fn a_slip_that_lost_a_fence_is_not_proven_by_a_printer_that_has_stopped_since() {
    for stop in [C::Cover(true), C::Power(false), C::LoadPaper(0)] {
        let mut bench = Bench::new(Profile::epson_80mm());
        bench.join(|joined| {
            let rows = (0..40).map(|row| format!("row {row:02} of a slip like others"));
            let long = rows.fold(Document::new(), |long, row| long.text(&row));
            let document = long.row(Row::Cut);
            joined.run(5);
            joined.ask(Ask::Print { job: JOB, document });
            joined.run_until(1);
            joined.run_for(Duration::from_millis(400));
            joined.does(C::Power(false));
            joined.does(C::Power(true));
            // The slip is through, its process id is said, and nothing more.
            joined.run_for(Duration::from_millis(1700));
            joined.does(stop);
            joined.run(30);
            joined.does(C::Power(true));
            joined.does(C::LoadPaper(100_000));
            joined.run(60);
        });
        let told = bench.of_jobs();
        let proven = told.iter().any(|tell| matches!(tell, Tell::Printed(..)));
        assert!(!proven, "{stop:?}: {told:?}");
        assert_eq!(told.last(), Some(&Tell::Unknown(JOB, Doubt::NoProof)));
    }
}

const HEALTHY: PrinterStatus = PrinterStatus {
    online: true,
    paper: Paper::Ok,
    cover_open: false,
    cutter_error: false,
    other: false,
};

#[test]
fn the_near_end_of_the_roll_is_told_by_a_printer_that_says_nothing_by_itself() {
    let mut bench = Bench::new(Profile::epson_80mm());
    bench.join(|joined| {
        joined.does(C::Fault(F::NoAsb, true));
        // The last metre begins within the slip.
        joined.does(C::LoadPaper(8_010));
        joined.run(5);
        joined.told.clear();
        joined.print(1, "A-1");
        joined.run(30);
    });
    let near_end = PrinterStatus {
        paper: Paper::NearEnd,
        ..HEALTHY
    };
    let told = [
        Tell::Ready(JOB),
        Tell::Status(near_end),
        Tell::Printed(JOB, Proof::ProcessId),
    ];
    assert_eq!(bench.told, told.map(Told::Tell));
}

/// What is told of a slip by a printer that says of its paper that it has ended behind each fence of it.
fn with_the_end_behind(profile: Profile) -> Vec<Tell> {
    let mut printer = Printer::new(profile, 9600);
    let (mut line, mut now) = (Line::new(), Moment::from_micros(1_000_000));
    let (mut told, mut unheard, mut paper) = (Vec::new(), Vec::new(), 0x00);
    let (job, document) = (JOB, slip("A-1"));
    printer.opened(now, &mut line);
    printer.asked(now, Ask::Print { job, document }, &mut line);
    while now < Moment::from_micros(60_000_000) {
        for tell in line.take_tells() {
            told.push(tell);
            if tell == Tell::Ready(JOB) {
                paper = 0x0C;
                printer.asked(now, Ask::Go(JOB), &mut line);
            }
        }
        let sent = line.take_bytes();
        if sent.is_empty() {
            let due = printer.due().filter(|due| *due > now);
            now = due.unwrap_or(now + Duration::from_millis(50));
            printer.waited(now, &mut line);
        }
        printer.written(now, sent.len(), &mut line);
        unheard.extend(sent);
        while let Some((answer, length)) = (0..unheard.len()).find_map(|at| {
            let (answer, length) = match unheard[at..] {
                [0x10, 0x04, 1..=4, ..] => (vec![0x12], 3),
                [0x1D, 0x72, 0x01, ..] => (vec![paper], 3),
                [0x1D, 0x28, 0x48, 0x06, 0, 0x30, 0x30, a, b, c, d, ..] => {
                    (vec![0x37, 0x22, a, b, c, d, 0], 11)
                }
                _ => return None,
            };
            Some((answer, at + length))
        }) {
            unheard.drain(..length);
            printer.heard(now, &answer, &mut line);
        }
    }
    told
}

#[test]
fn paper_that_ended_behind_the_slip_is_told_and_voids_no_proof() {
    let out = PrinterStatus {
        paper: Paper::Out,
        ..HEALTHY
    };
    for (profile, proof) in [
        (Profile::epson_80mm(), Proof::ProcessId),
        (Profile::generic_58mm(), Proof::Fence),
    ] {
        let told = with_the_end_behind(profile);
        assert!(told.contains(&Tell::Status(out)), "{told:?}");
        let own =
            |tell: &&Tell| matches!(tell, Tell::Ready(_) | Tell::Status(_) | Tell::Answering(_));
        let ends = told.iter().filter(|tell| !own(tell));
        assert_eq!(ends.collect::<Vec<_>>(), [&Tell::Printed(JOB, proof)]);
    }
}
