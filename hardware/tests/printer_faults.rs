//! A printer and everything that goes wrong with it, a fault a test (hardware.md §7.4, §7.5).

mod support;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::escpos::printer::{Ask, Doubt, JobToken, Printer, Proof, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::escpos::status::{Obstacle, Paper, PrinterStatus};
use lodge_hardware::port::Told;
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::printer::{PrinterCommand as C, PrinterFault as F};
use std::time::Duration;
use support::{Bench, Joined, look};

const JOB: JobToken = JobToken(1);
const READY: Tell = Tell::Ready(JOB);
const HEALTHY: PrinterStatus = PrinterStatus {
    online: true,
    paper: Paper::Ok,
    cover_open: false,
    cutter_error: false,
    other: false,
};

fn printed(proof: Proof) -> Vec<Tell> {
    vec![READY, Tell::Printed(JOB, proof)]
}

/// Prints one slip after `before` was done to the printer; gives the tells and the paper.
fn print_with(profile: Profile, before: impl FnOnce(&mut Joined)) -> (Vec<Tell>, String) {
    let mut bench = Bench::new(profile);
    bench.join(|joined| {
        before(joined);
        joined.print(1, "A-1");
        joined.run(60);
    });
    (bench.of_jobs(), bench.all_paper())
}

#[test]
fn a_healthy_printer_proves_the_slip_by_its_process_id() {
    for profile in [Profile::epson_80mm(), Profile::generic_80mm()] {
        let (told, paper) = print_with(profile, |_| {});
        assert_eq!(told, printed(Proof::ProcessId));
        assert_eq!(look(&paper, "A-1"), 1);
    }
}

#[test]
fn a_printer_without_process_ids_proves_the_slip_by_the_fence() {
    let (told, paper) = print_with(Profile::generic_58mm(), |_| {});
    assert_eq!(told, printed(Proof::Fence));
    assert_eq!(look(&paper, "A-1"), 1);
}

#[test]
fn a_lost_process_id_falls_back_to_the_fence() {
    let fault = C::Fault(F::LoseProcessId, true);
    for profile in [Profile::epson_80mm(), Profile::generic_80mm()] {
        let (told, paper) = print_with(profile, |joined| joined.does(fault));
        assert_eq!(told, printed(Proof::Fence));
        assert_eq!(look(&paper, "A-1"), 1);
    }
}

#[test]
fn without_any_answer_behind_the_data_the_slip_is_unknown_though_it_is_on_paper() {
    let (told, paper) = print_with(Profile::epson_80mm(), |joined| {
        joined.does(C::Fault(F::LoseProcessId, true));
        joined.does(C::Fault(F::LoseFence, true));
    });
    assert_eq!(told, [READY, Tell::Unknown(JOB, Doubt::NoProof)]);
    assert_eq!(look(&paper, "A-1"), 1);
}

#[test]
fn a_printer_that_falls_silent_within_a_job_leaves_it_unknown() {
    let mut bench = Bench::new(Profile::epson_80mm());
    bench.join(|joined| {
        joined.print(1, "A-1");
        joined.run_until(1);
        joined.does(C::Line(LineFault::Silent, true));
        joined.run_until(2);
    });
    assert_eq!(bench.of_jobs(), [READY, Tell::Unknown(JOB, Doubt::NoProof)]);
    assert!(bench.told.contains(&Told::Tell(Tell::Answering(false))));
}

#[test]
fn whatever_stops_a_printer_refuses_a_job_with_nothing_sent() {
    for (fault, obstacle) in [
        (C::LoadPaper(0), Obstacle::PaperOut),
        (C::Cover(true), Obstacle::CoverOpen),
        (C::Online(false), Obstacle::Offline),
        (C::Line(LineFault::Silent, true), Obstacle::Silent),
        (C::Power(false), Obstacle::Silent),
    ] {
        let (told, paper) = print_with(Profile::epson_80mm(), |joined| joined.does(fault));
        assert_eq!(told, [Tell::Refused(JOB, obstacle)]);
        assert_eq!(paper, "");
    }
}

#[test]
fn a_printer_that_answers_again_is_noticed_by_itself_and_tells_its_changes_as_before() {
    let silences = [
        (C::Power(false), C::Power(true)),
        (
            C::Line(LineFault::Silent, true),
            C::Line(LineFault::Silent, false),
        ),
    ];
    for (begins, ends) in silences {
        let mut bench = Bench::new(Profile::epson_80mm());
        bench.join(|joined| {
            joined.run(1);
            joined.does(begins);
            joined.print(1, "A-1");
            joined.run(60);
            joined.does(ends);
            joined.run(8);
            joined.does(C::Cover(true));
            joined.run(1);
            joined.does(C::Cover(false));
            joined.run(1);
            joined.print(2, "A-2");
            joined.run(20);
        });
        let mut told = bench.told.iter();
        let mut then = |what: &str, is_it: &dyn Fn(&Tell) -> bool| {
            let found = told.any(|told| matches!(told, Told::Tell(tell) if is_it(tell)));
            assert!(found, "{what}: {:?}", bench.told);
        };
        then("the silence", &|tell| *tell == Tell::Answering(false));
        then("its end", &|tell| *tell == Tell::Answering(true));
        then(
            "what it tells by itself",
            &|tell| matches!(tell, Tell::Status(status) if status.obstacle() == Some(Obstacle::CoverOpen)),
        );
        then("the slip", &|tell| {
            matches!(tell, Tell::Printed(JobToken(2), _))
        });
    }
}

#[test]
fn a_printer_that_stops_between_ready_and_go_says_that_nothing_was_started() {
    for fault in [C::LoadPaper(0), C::Cover(true), C::Online(false)] {
        let mut bench = Bench::new(Profile::epson_80mm());
        bench.goes = false;
        bench.join(|joined| {
            joined.print(1, "A-1");
            joined.run(5);
            joined.does(fault);
            joined.run(1);
            joined.ask(Ask::Go(JOB));
            joined.run(5);
        });
        // By now the owner has written down that it is being sent: a refusal would mean that it has not.
        assert_eq!(bench.of_jobs(), [READY, Tell::NotStarted(JOB)]);
        assert_eq!(bench.all_paper(), "");
    }
}

#[test]
fn paper_out_in_the_middle_stops_the_job_and_a_new_roll_prints_it_once() {
    for (profile, proof) in [
        (Profile::epson_80mm(), Proof::ProcessId),
        (Profile::generic_58mm(), Proof::Fence),
    ] {
        let stopped = Tell::Stopped(JOB, Obstacle::PaperOut);
        let mut bench = Bench::new(profile);
        bench.join(|joined| {
            joined.does(C::LoadPaper(250));
            joined.print(1, "A-1");
            joined.run_until(2);
            joined.run(3600);
            joined.does(C::LoadPaper(100_000));
            joined.run(60);
        });
        assert_eq!(bench.of_jobs(), [READY, stopped, Tell::Printed(JOB, proof)]);
        assert_eq!(look(&bench.all_paper(), "A-1"), 1);
    }
}

#[test]
fn a_stopped_printer_without_automatic_status_is_noticed_and_waited_for() {
    let mut bench = Bench::new(Profile::epson_80mm());
    bench.join(|joined| {
        joined.does(C::Fault(F::NoAsb, true));
        joined.does(C::LoadPaper(250));
        joined.print(1, "A-1");
        joined.run_until(2);
        joined.run(600);
        joined.does(C::LoadPaper(100_000));
        joined.run(60);
    });
    let stopped = Tell::Stopped(JOB, Obstacle::PaperOut);
    let told = [READY, stopped, Tell::Printed(JOB, Proof::ProcessId)];
    assert_eq!(bench.of_jobs(), told);
    assert_eq!(look(&bench.all_paper(), "A-1"), 1);
}

#[test]
fn a_cover_opened_or_a_cutter_jammed_within_a_job_stops_it_until_it_is_put_right() {
    for (fault, remedy, obstacle) in [
        (C::Cover(true), C::Cover(false), Obstacle::CoverOpen),
        (C::Jam(true), C::Jam(false), Obstacle::CutterError),
        (C::Online(false), C::Online(true), Obstacle::Offline),
    ] {
        let mut bench = Bench::new(Profile::epson_80mm());
        bench.join(|joined| {
            joined.print(1, "A-1");
            joined.run_until(1);
            joined.does(fault);
            joined.run_until(2);
            joined.run(600);
            joined.does(remedy);
            joined.run(60);
        });
        let stopped = Tell::Stopped(JOB, obstacle);
        let told = [READY, stopped, Tell::Printed(JOB, Proof::ProcessId)];
        assert_eq!(bench.of_jobs(), told);
        assert_eq!(look(&bench.all_paper(), "A-1"), 1);
    }
}

#[test]
fn a_stopped_printer_that_is_switched_off_loses_the_slip_and_it_is_unknown() {
    let mut bench = Bench::new(Profile::epson_80mm());
    bench.join(|joined| {
        joined.does(C::LoadPaper(250));
        joined.print(1, "A-1");
        joined.run_until(2);
        joined.run(5);
        joined.does(C::Power(false));
        joined.does(C::LoadPaper(100_000));
        joined.does(C::Power(true));
        joined.run(60);
    });
    let told = bench.of_jobs();
    assert_eq!(told.last(), Some(&Tell::Unknown(JOB, Doubt::NoProof)));
    assert_eq!(look(&bench.all_paper(), "A-1"), 0);
}

#[test]
fn garbage_between_the_answers_does_no_harm() {
    let fault = C::Line(LineFault::Garbage, true);
    let (told, paper) = print_with(Profile::epson_80mm(), |joined| joined.does(fault));
    assert_eq!(told, printed(Proof::ProcessId));
    assert_eq!(look(&paper, "A-1"), 1);
}

#[test]
fn a_slow_printer_and_one_that_holds_the_line_are_waited_for() {
    for fault in [F::Slow, F::HoldXoff] {
        let mut bench = Bench::new(Profile::epson_80mm());
        bench.join(|joined| {
            joined.print(1, "A-1");
            joined.run_until(1);
            joined.does(C::Fault(fault, true));
            let began = *joined.now;
            if fault == F::HoldXoff {
                // The driver obeys the byte itself, and nothing waits at the port.
                joined.run_within(10, |joined| joined.told.contains(&Told::Stalled));
                assert!(*joined.now - began < Duration::from_secs(2));
                assert!(!joined.told.contains(&Told::Flowing));
            }
            joined.run(4);
            joined.does(C::Fault(fault, false));
            joined.run(60);
            let flows = joined.told.contains(&Told::Flowing);
            assert_eq!(flows, fault == F::HoldXoff);
        });
        assert_eq!(bench.of_jobs(), printed(Proof::ProcessId));
        assert_eq!(look(&bench.all_paper(), "A-1"), 1);
    }
}

/// Says that all is well to the four questions of one inquiry.
fn say_healthy(printer: &mut Printer, now: Moment, line: &mut Line<Tell>) {
    printer.heard(now, &[0x12; 4], line);
    let n = line.take_bytes().len();
    printer.written(now, n, line);
}

/// A printer whose slip is unknown, and which is asked for the fence that it owes before the next one.
fn owing_a_fence() -> (Printer, Line<Tell>, Moment) {
    let mut printer = Printer::new(Profile::generic_58mm(), 9600);
    let (mut line, mut now) = (Line::new(), Moment::ORIGIN);
    let print = |n| Ask::Print {
        job: JobToken(n),
        document: support::slip("A-1"),
    };
    printer.opened(now, &mut line);
    say_healthy(&mut printer, now, &mut line);
    // Asked whether it knows fences, it says so.
    printer.heard(now, &[0x00], &mut line);
    now = printer.due().unwrap();
    printer.waited(now, &mut line);
    printer.asked(now, print(1), &mut line);
    say_healthy(&mut printer, now, &mut line);
    printer.asked(now, Ask::Go(JOB), &mut line);
    let n = line.take_bytes().len();
    printer.written(now, n, &mut line);
    line.take_tells();
    now = printer.due().unwrap();
    printer.waited(now, &mut line);
    say_healthy(&mut printer, now, &mut line);
    let unknown = Tell::Unknown(JOB, Doubt::NoProof);
    assert_eq!(line.take_tells(), [unknown]);

    printer.asked(now, print(2), &mut line);
    say_healthy(&mut printer, now, &mut line);
    (printer, line, now)
}

#[test]
fn a_fence_still_owed_by_one_job_proves_nothing_about_the_next() {
    for (late, outcome) in [
        (vec![0x00, 0x00], Tell::Ready(JobToken(2))),
        (vec![], Tell::Refused(JobToken(2), Obstacle::Busy)),
    ] {
        let (mut printer, mut line, now) = owing_a_fence();
        assert_eq!(line.take_tells(), [], "first the owed fence");
        printer.heard(now, &late, &mut line);
        printer.waited(printer.due().unwrap(), &mut line);
        assert_eq!(line.take_tells(), [outcome]);
    }
}

#[test]
fn a_fence_answered_while_an_earlier_slip_still_comes_out_is_not_the_next_ones() {
    let (mut printer, mut line, now) = owing_a_fence();
    // The slip itself is out by now; what cuts off its torso is not.
    printer.heard(now, &[0x00], &mut line);
    let late = now + Duration::from_millis(1500);
    while printer.due().is_some_and(|due| due < late) {
        let due = printer.due().unwrap();
        printer.waited(due, &mut line);
    }
    assert_eq!(line.take_tells(), [], "one of two is answered");
    printer.heard(late, &[0x00], &mut line);
    printer.waited(printer.due().unwrap(), &mut line);
    assert_eq!(line.take_tells(), [Tell::Ready(JobToken(2))]);
}

#[test]
fn a_cover_that_opens_after_a_doubt_is_told_by_the_printer_itself() {
    let mut bench = Bench::new(Profile::epson_80mm());
    bench.join(|joined| {
        for fault in [F::LoseFence, F::LoseProcessId] {
            joined.does(C::Fault(fault, true));
        }
        joined.print(1, "A-1");
        joined.run_until(2);
        joined.run(30);
        let told = joined.told.len();
        joined.does(C::Cover(true));
        joined.run(5);
        let open = |told: &Told<Tell>| matches!(told, Told::Tell(Tell::Status(status)) if status.obstacle() == Some(Obstacle::CoverOpen));
        assert!(joined.told[told..].iter().any(open), "{:?}", &joined.told[told..]);
    });
}

#[test]
fn nothing_leaves_before_the_owner_has_written_it_down_and_he_may_withdraw() {
    let mut bench = Bench::new(Profile::epson_80mm());
    bench.goes = false;
    bench.join(|joined| {
        joined.print(1, "A-1");
        joined.run_until(1);
        let sent = joined.line.sent_by_near();
        joined.run(600);
        assert_eq!(joined.line.sent_by_near(), sent);
        joined.print(2, "A-2");
        joined.ask(Ask::Withdraw(JOB));
        joined.run(60);
    });
    let busy = Tell::Refused(JobToken(2), Obstacle::Busy);
    assert_eq!(bench.of_jobs(), [READY, busy, Tell::NotStarted(JOB)]);
}

#[test]
fn an_idle_printer_is_never_polled_and_tells_its_changes_by_itself() {
    let mut bench = Bench::new(Profile::generic_80mm());
    bench.join(|joined| {
        joined.run(3600);
        let told = [
            Told::Tell(Tell::Answering(true)),
            Told::Tell(Tell::Status(HEALTHY)),
        ];
        assert_eq!(joined.told[..].len(), told.len());
        assert!(told.iter().all(|tell| joined.told.contains(tell)));
        let sent = joined.line.sent_by_near();
        assert!(!joined.step(), "nothing is due");
        joined.does(C::Cover(true));
        joined.run(1);
        let open = PrinterStatus {
            online: false,
            cover_open: true,
            ..HEALTHY
        };
        assert_eq!(joined.told.last(), Some(&Told::Tell(Tell::Status(open))));
        joined.ask(Ask::Status);
        joined.run(1);
        assert_eq!(joined.told[3..], [Told::Tell(Tell::Status(open))]);
        assert_eq!(joined.line.sent_by_near(), sent + 12);
    });
}
