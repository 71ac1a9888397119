//! Printers whose fences go unanswered: when their process id is believed all the same (hardware.md §7.5).

mod support;

use std::time::Duration;

use lodge_hardware::escpos::document::{Document, Row};
use lodge_hardware::escpos::printer::{Ask, Doubt, JobToken, Proof, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::sim::printer::{PrinterCommand as C, PrinterFault as F};
use support::Bench;

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
