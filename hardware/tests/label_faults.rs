//! A label printer and everything that goes wrong with it, before, within and behind a job
//! (hardware.md §7.5, §8).

#[path = "support/labels.rs"]
mod labels;

use std::time::Duration;

use labels::{Bench, Joined, badge, profiles, stock};
use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::label::layout::Misfit;
use lodge_hardware::label::printer::{Ask, Doubt, JobToken, Printer, Proof, Tell};
use lodge_hardware::label::profile::{Language, Profile};
use lodge_hardware::label::status::Obstacle;
use lodge_hardware::label::{Label, Mm, Stock, Text};
use lodge_hardware::port::Told;
use lodge_hardware::sim::LineFault as L;
use lodge_hardware::sim::label::{LabelCommand as C, LabelFault as F, Trouble as T};

const JOB: JobToken = JobToken(1);
const READY: Tell = Tell::Ready(JOB);
const PRINTED: Tell = Tell::Printed(JOB, Proof::Watched);
const UNKNOWN: Tell = Tell::Unknown(JOB, Doubt::NoProof);

const TROUBLES: [(T, Obstacle); 6] = [
    (T::HeadOpen, Obstacle::HeadOpen),
    (T::PaperOut, Obstacle::PaperOut),
    (T::RibbonOut, Obstacle::RibbonOut),
    (T::Jam, Obstacle::Jam),
    (T::Paused, Obstacle::Paused),
    (T::Hot, Obstacle::Temperature),
];

const LINE_FAULTS: [L; 6] = [
    L::Silent,
    L::Slow,
    L::Garbage,
    L::HalfFrame,
    L::WrongChecksum,
    L::WrongOrder,
];

fn label() -> Label {
    badge("A-1", "ACME", "Host")
}

/// What a trouble looks like from this printer.
fn seen(profile: &Profile, trouble: T, obstacle: Obstacle) -> Obstacle {
    let zpl = matches!(profile.language, Language::Zpl { .. });
    match trouble {
        T::HeadOpen | T::PaperOut | T::RibbonOut if zpl => Obstacle::Silent,
        // ~HS has no word for a jam: the labels are not found.
        T::Jam if zpl => Obstacle::PaperOut,
        _ => obstacle,
    }
}

/// Steps until a label moves under the head and the printer has been seen at work.
fn run_into_printing(joined: &mut Joined) {
    joined.run_until(|joined| {
        let busy = |told: &Told<Tell>| matches!(told, Told::Tell(Tell::Status(s)) if s.busy);
        joined.told.iter().any(busy)
    });
}

/// Whole labels, and torn ones.
fn paper(bench: &Bench) -> (usize, usize) {
    let sheets = bench.sim.sheets();
    let whole = sheets.iter().filter(|sheet| sheet.is_whole()).count();
    (whole, sheets.len() - whole)
}

/// No proof without exactly one label; no label without a word.
fn assert_sound(bench: &Bench, context: &str) {
    let told = bench.of_jobs();
    let (whole, _) = paper(bench);
    let ends: Vec<_> = told
        .iter()
        .filter(|tell| !matches!(tell, Tell::Ready(_) | Tell::Stopped(..)))
        .collect();
    match ends[..] {
        [Tell::Printed(..)] => assert_eq!(whole, 1, "{context}: {told:?}"),
        [Tell::Unknown(..)] => assert!(whole <= 1, "{context}: {told:?}"),
        [Tell::Refused(..) | Tell::NotStarted(_)] => assert_eq!(whole, 0, "{context}: {told:?}"),
        _ => panic!("{context}: {} ends: {told:?}", ends.len()),
    }
    assert_eq!(bench.sim.surprises(), 0, "{context}");
}

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
        for fault in LINE_FAULTS {
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
            joined.run_until(|joined| labels::of_jobs(joined.told).contains(&UNKNOWN));
            joined.print(2, badge("A-2", "ACME", "Host"));
            joined.run(60);
        });
        let stopped = Tell::Stopped(JOB, Obstacle::Silent);
        let second = JobToken(2);
        let told = [
            READY,
            stopped,
            UNKNOWN,
            Tell::Ready(second),
            Tell::Printed(second, Proof::Watched),
        ];
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

#[test]
fn labels_of_another_size_are_not_called_printed() {
    for profile in profiles() {
        let other = Stock::die_cut(Mm::whole(60), Mm::whole(30), Mm::whole(2));
        let text = Text::new("A-1");
        let wrong = Label::new(other).text(other.inside(Mm::whole(2)), text);
        let mut bench = Bench::new(profile.clone());
        bench.join(|joined| {
            joined.print(1, wrong);
            joined.run(60);
            joined.does(C::Trouble(T::Jam, false));
            joined.run(60);
        });
        let stopped = Tell::Stopped(JOB, seen(&profile, T::Jam, Obstacle::Jam));
        assert_eq!(
            bench.of_jobs(),
            [READY, stopped, UNKNOWN],
            "{}",
            profile.name
        );
    }
}

#[test]
fn a_label_left_by_an_earlier_job_proves_nothing_about_the_next() {
    for profile in profiles() {
        let mut bench = Bench::new(profile.clone());
        bench.goes = false;
        bench.join(|joined| {
            joined.print(1, label());
            joined.run_until_told(1);
            joined.does(C::Trouble(T::Paused, true));
            joined.ask(Ask::Go(JOB));
            joined.run_until_told(2);
        });
        bench.goes = true;
        bench.join(|joined| {
            joined.does(C::Trouble(T::Paused, false));
            joined.print(2, badge("A-2", "ACME", "Host"));
            joined.run(120);
        });
        let stopped = Tell::Stopped(JOB, Obstacle::Paused);
        let second = JobToken(2);
        let told = [
            READY,
            stopped,
            Tell::Unknown(JOB, Doubt::LineLost),
            Tell::Ready(second),
            Tell::Printed(second, Proof::Watched),
        ];
        assert_eq!(bench.of_jobs(), told, "{}", profile.name);
        assert_eq!(paper(&bench), (2, 0));
    }
}

/// Answers every question with the same status until nothing is asked any more; gives how long that
/// took, and the last tell.
fn answer_all(mut printer: Printer, status: &[u8]) -> (Duration, Option<Tell>) {
    let (mut line, begin) = (Line::new(), Moment::from_micros(1_000_000));
    let mut now = begin;
    printer.opened(now, &mut line);
    let document = label();
    printer.asked(now, Ask::Print { job: JOB, document }, &mut line);
    let mut last = None;
    while let Some(due) = printer.due() {
        if line.take_bytes().ends_with(b"\x1B!S") {
            printer.heard(now, status, &mut line);
        } else {
            now = now.max(due);
            printer.waited(now, &mut line);
        }
        last = line.take_tells().pop().or(last);
        assert!(now - begin < Duration::from_secs(100), "{last:?}");
    }
    (now - begin, last)
}

#[test]
fn a_printer_that_is_busy_for_somebody_else_is_waited_for_and_then_refuses() {
    let printer = Printer::new(Profile::tspl2_203dpi_western(), 9600, None);
    let (time, last) = answer_all(printer, b"\x02F@@@\x03\r\n");
    assert_eq!(last, Some(Tell::Refused(JOB, Obstacle::Busy)));
    assert!(time >= Duration::from_secs(30));
}

#[test]
fn after_an_interruption_a_printer_must_stay_idle_before_it_is_ready() {
    let printer = || Printer::new(Profile::tspl2_203dpi_western(), 9600, None);
    let idle = b"\x02@@@@\x03\r\n";
    let (time, last) = answer_all(printer(), idle);
    assert_eq!((time, last), (Duration::ZERO, Some(READY)));
    let (time, last) = answer_all(printer().after_interruption(), idle);
    assert_eq!(last, Some(READY));
    assert!(time >= Duration::from_secs(2), "{time:?}");
}

#[test]
fn nothing_leaves_before_the_owner_has_written_it_down_and_he_may_withdraw() {
    for profile in profiles() {
        let mut bench = Bench::new(profile);
        bench.goes = false;
        bench.join(|joined| {
            joined.print(1, label());
            joined.run_until_told(1);
            let sent = joined.line.sent_by_near();
            joined.run(600);
            assert_eq!(joined.line.sent_by_near(), sent);
            joined.print(2, label());
            joined.ask(Ask::Withdraw(JOB));
            joined.ask(Ask::Go(JOB));
            joined.run(60);
        });
        let busy = Tell::Refused(JobToken(2), Obstacle::Busy);
        assert_eq!(bench.of_jobs(), [READY, busy, Tell::NotStarted(JOB)]);
        assert_eq!(paper(&bench), (0, 0));
    }
}

#[test]
fn a_label_that_does_not_fit_is_refused_at_once() {
    let label = Label::new(stock()).qr(stock().inside(Mm::whole(2)), &"7".repeat(2000));
    for profile in profiles() {
        let mut bench = Bench::new(profile);
        bench.join(|joined| {
            joined.print(1, label.clone());
            joined.run(60);
        });
        let why = Obstacle::DoesNotFit(Misfit::CodeTooLong(0));
        assert_eq!(bench.of_jobs(), [Tell::Refused(JOB, why)]);
    }
}

#[test]
fn an_idle_printer_is_never_polled_and_says_how_it_is_when_asked() {
    for profile in profiles() {
        let mut bench = Bench::new(profile);
        bench.join(|joined| {
            joined.run(3600);
            assert!(!joined.step(), "nothing is due");
            let sent = joined.line.sent_by_near();
            let n = joined.told.len();
            joined.ask(Ask::Status);
            joined.run(1);
            assert!(joined.line.sent_by_near() <= sent + 5);
            assert!(matches!(joined.told[n..], [Told::Tell(Tell::Status(_))]));
        });
    }
}

#[test]
fn hostile_text_is_printed_and_does_nothing_else() {
    let hostile = [
        "\"\r\nPRINT 5,1\r\n",
        "a\",0,0\r\nCLS\r\n",
        "\\[\"]\\[R]\\[L]",
        "\u{1B}!R\u{1B}!F~!D~!@",
        "^XZ^XA^PQ9^XZ",
        "~JA~HS~JX~JR",
        "_5EXZ\\&\\\\",
        ">:>;>9",
        "\u{0}\u{7F}\u{85}",
    ];
    for profile in profiles() {
        for font in [None, Some(labels::font())] {
            for text in hostile {
                let mut bench = Bench::with_font(profile.clone(), font.clone());
                bench.join(|joined| {
                    joined.print(1, badge(&format!("A{text}Z"), text, text));
                    joined.run(120);
                });
                let context = format!("{} {text:?}", profile.name);
                assert_eq!(bench.of_jobs(), [READY, PRINTED], "{context}");
                assert_sound(&bench, &context);
                let last = bench.sim.sheets()[0].text();
                assert!(last.ends_with("[QR V1:0042]"), "{context}: {last}");
            }
        }
    }
}
