//! A label printer and everything that goes wrong with it, before, within and behind a job
//! (hardware.md §7.5, §8).

#[path = "support/label_checks.rs"]
mod checks;
#[path = "support/labels.rs"]
mod labels;

use checks::*;
use labels::{Bench, Joined, badge, profiles};
use lodge_hardware::label::printer::{Ask, JobToken, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::status::Obstacle;
use lodge_hardware::port::Told;
use lodge_hardware::sim::LineFault as L;
use lodge_hardware::sim::label::{LabelCommand as C, LabelFault as F};

#[test]
fn a_healthy_printer_is_watched_until_the_label_is_out() {
    for profile in profiles() {
        let mut bench = Bench::new(profile);
        bench.join(|joined| {
            joined.print(1, label());
            joined.run(60);
        });
        assert_eq!(bench.of_jobs(), [READY, PRINTED]);
        assert_eq!((paper(&bench), bench.sim.labels_left()), ((1, 0), 499));
    }
}

#[test]
fn whatever_stops_a_printer_refuses_a_job_with_nothing_sent() {
    for profile in profiles() {
        for (trouble, obstacle) in TROUBLES {
            let mut bench = Bench::new(profile.clone());
            bench.join(|joined| {
                joined.does(C::Trouble(trouble, true));
                joined.print(1, label());
                joined.run(60);
                assert!(joined.line.sent_by_near() < 40, "questions only");
            });
            let refused = Tell::Refused(JOB, seen(&profile, trouble, obstacle));
            assert_eq!(bench.of_jobs(), [refused], "{} {trouble:?}", profile.name);
            assert_eq!(paper(&bench), (0, 0));
        }
    }
}

#[test]
fn a_printer_that_is_off_or_falls_silent_refuses() {
    for profile in profiles() {
        for command in [C::Power(false), C::Fault(F::Line(L::Silent), true)] {
            let mut bench = Bench::new(profile.clone());
            bench.join(|joined| {
                joined.does(command);
                joined.print(1, label());
                joined.run(60);
            });
            assert_eq!(bench.of_jobs(), [Tell::Refused(JOB, Obstacle::Silent)]);
            assert!(bench.told.contains(&Told::Tell(Tell::Answering(false))));
        }
    }
}

#[test]
fn a_printer_that_stops_between_ready_and_go_says_that_nothing_was_started() {
    let mut said_why = 0;
    for profile in profiles() {
        let mut bench = Bench::new(profile.clone());
        bench.goes = false;
        bench.join(|joined| {
            joined.print(1, label());
            joined.run_until_told(1);
            joined.does(C::Trouble(TROUBLES[0].0, true));
            joined.ask(Ask::Status);
            joined.run(1);
            joined.ask(Ask::Go(JOB));
            joined.run(1);
        });
        let says_why = |told: &Told<Tell>| match told {
            Told::Tell(Tell::Status(status)) => status.obstacle().is_some(),
            _ => false,
        };
        // A printer that is only silent then is told to go, and stops within.
        if !bench.told.iter().any(says_why) {
            continue;
        }
        said_why += 1;
        // By now the owner has written down that it is being sent: a refusal would mean that it has not.
        let told = [READY, Tell::NotStarted(JOB)];
        assert_eq!(bench.of_jobs(), told, "{}", profile.name);
        assert_eq!(paper(&bench), (0, 0));
    }
    assert!(said_why > 0);
}

#[test]
fn a_printer_that_stops_before_the_label_moves_prints_it_once_when_helped() {
    for profile in profiles() {
        for (trouble, obstacle) in TROUBLES {
            let mut bench = Bench::new(profile.clone());
            bench.goes = false;
            bench.join(|joined| {
                joined.print(1, label());
                joined.run_until_told(1);
                joined.does(C::Trouble(trouble, true));
                joined.ask(Ask::Go(JOB));
                joined.run_until_told(2);
                joined.run(100);
                // As it is asked the next time: a label takes less than the pause between two questions to one
                // that says nothing, and one that was not seen at work proves nothing.
                joined.go_on();
                joined.does(C::Trouble(trouble, false));
                joined.run(60);
            });
            let stopped = Tell::Stopped(JOB, seen(&profile, trouble, obstacle));
            let context = format!("{} {trouble:?}", profile.name);
            assert_eq!(bench.of_jobs(), [READY, stopped, PRINTED], "{context}");
            assert_eq!(paper(&bench), (1, 0), "{context}");
        }
    }
}

#[test]
fn a_printer_that_stops_within_the_label_leaves_it_to_a_person() {
    for profile in profiles() {
        for (trouble, obstacle) in TROUBLES {
            for forgets in [false, true] {
                let mut bench = Bench::new(profile.clone());
                bench.join(|joined| {
                    joined.does(C::Fault(F::ForgetsLabel, forgets));
                    joined.print(1, label());
                    run_into_printing(joined);
                    // ZPL is busy from the last byte on; the label itself moves a little later.
                    joined.run_until(|joined| joined.sim.is_printing());
                    joined.does(C::Trouble(trouble, true));
                    joined.run(100);
                    joined.does(C::Trouble(trouble, false));
                    joined.run(60);
                });
                let stopped = Tell::Stopped(JOB, seen(&profile, trouble, obstacle));
                let context = format!("{} {trouble:?} {forgets}", profile.name);
                assert_eq!(bench.of_jobs(), [READY, stopped, UNKNOWN], "{context}");
                assert_eq!(paper(&bench), (usize::from(!forgets), 1), "{context}");
            }
        }
    }
}

#[test]
fn no_fault_of_the_answers_makes_a_proof_without_a_label() {
    for profile in profiles() {
        for fault in L::ALL {
            for when in 0..4 {
                let mut bench = Bench::new(profile.clone());
                bench.goes = false;
                bench.join(|joined| {
                    let spoil = |joined: &mut Joined, now| {
                        if now == when {
                            joined.does(C::Fault(F::Line(fault), true));
                        }
                    };
                    spoil(joined, 0);
                    joined.print(1, label());
                    spoil(joined, 1);
                    joined.run(20);
                    spoil(joined, 2);
                    joined.ask(Ask::Go(JOB));
                    if when == 3 {
                        run_into_printing(joined);
                        spoil(joined, 3);
                    }
                    joined.run(900);
                });
                let context = format!("{} {fault:?} {when}", profile.name);
                assert_sound(&bench, &context);
            }
        }
    }
}

#[test]
fn slow_answers_and_noise_around_framed_ones_do_no_harm() {
    for profile in profiles() {
        let one_byte = profile == Profile::tspl_203dpi();
        for fault in [L::Slow, L::Garbage] {
            let mut bench = Bench::new(profile.clone());
            bench.join(|joined| {
                joined.does(C::Fault(F::Line(fault), true));
                joined.print(1, label());
                joined.run(300);
            });
            match (one_byte, fault) {
                // Noise beside an answer of one byte cannot be told from it.
                (true, L::Garbage) => {
                    assert_eq!(bench.of_jobs(), [Tell::Refused(JOB, Obstacle::Silent)]);
                }
                _ => assert_sound(&bench, profile.name),
            }
            if one_byte && fault == L::Slow || !one_byte && fault == L::Garbage {
                assert_eq!(bench.of_jobs(), [READY, PRINTED], "{}", profile.name);
            }
        }
    }
}

#[test]
fn a_lost_answer_is_asked_for_again() {
    for profile in profiles() {
        let mut bench = Bench::new(profile.clone());
        bench.join(|joined| {
            joined.does(C::LoseAnswers(1));
            joined.print(1, label());
            joined.run_until_told(1);
            joined.does(C::LoseAnswers(1));
            joined.run(60);
        });
        let told = bench.of_jobs();
        assert_eq!(told[0], READY);
        assert_eq!(told.len(), 2);
        assert_sound(&bench, profile.name);
    }
}

#[test]
fn a_label_that_was_never_seen_at_work_is_unknown_though_it_is_on_paper() {
    for profile in profiles() {
        let mut bench = Bench::new(profile);
        bench.join(|joined| {
            joined.does(C::Fault(F::NeverBusy, true));
            joined.print(1, label());
            joined.run(60);
        });
        assert_eq!(bench.of_jobs(), [READY, UNKNOWN]);
        assert_eq!(paper(&bench), (1, 0));
    }
}

#[test]
fn a_printer_that_stays_silent_within_a_job_leaves_it_unknown() {
    for profile in profiles() {
        for command in [C::Power(false), C::Fault(F::Line(L::Silent), true)] {
            let mut bench = Bench::new(profile.clone());
            bench.join(|joined| {
                joined.print(1, label());
                run_into_printing(joined);
                joined.does(command);
                joined.run(900);
            });
            let stopped = Tell::Stopped(JOB, Obstacle::Silent);
            assert_eq!(bench.of_jobs(), [READY, stopped, UNKNOWN]);
        }
    }
}

#[test]
fn a_printer_switched_off_and_on_within_a_job_leaves_it_unknown_and_prints_the_next() {
    for profile in profiles() {
        let mut bench = Bench::new(profile.clone());
        bench.join(|joined| {
            joined.print(1, label());
            run_into_printing(joined);
            joined.does(C::Power(false));
            joined.run(20);
            joined.does(C::Power(true));
            joined.run_until(|joined| joined.of_jobs().contains(&UNKNOWN));
            joined.print(2, badge("A-2", "ACME", "Host"));
            joined.run(60);
        });
        let stopped = Tell::Stopped(JOB, Obstacle::Silent);
        let told = [&[READY, stopped, UNKNOWN], &NEXT_PRINTED[..]].concat();
        assert_eq!(bench.of_jobs(), told, "{}", profile.name);
        assert!(
            bench
                .sim
                .sheets()
                .last()
                .unwrap()
                .text()
                .starts_with("A-2\n")
        );
    }
}

#[test]
fn a_printer_that_takes_its_bytes_slowly_is_waited_for() {
    for profile in profiles() {
        let mut bench = Bench::new(profile.clone());
        bench.join(|joined| {
            joined.print(1, label());
            joined.run_until_told(1);
            joined.does(C::Fault(F::Slow, true));
            joined.run(120);
        });
        assert_eq!(paper(&bench), (1, 0));
        assert_sound(&bench, profile.name);
    }
}

#[test]
fn the_last_label_of_a_roll_is_printed_and_the_next_waits_for_a_new_one() {
    for profile in profiles() {
        let mut bench = Bench::new(profile.clone());
        bench.join(|joined| {
            joined.does(C::LoadLabels(1));
            joined.print(1, label());
            joined.run_until_told(2);
            joined.print(2, badge("A-2", "ACME", "Host"));
            joined.run_until_told(4);
            joined.does(C::LoadLabels(500));
            joined.run(60);
        });
        let told = bench.of_jobs();
        assert_eq!(told[..3], [READY, PRINTED, Tell::Ready(JobToken(2))]);
        assert!(matches!(told[3], Tell::Stopped(JobToken(2), _)), "{told:?}");
        assert_eq!(told.len(), 5);
        assert_eq!(paper(&bench), (2, 0));
    }
}
