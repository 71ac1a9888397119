//! A label printer's jobs beside one another: what an earlier label, somebody else's, or a strange text
//! does to the next (hardware.md §7.5, §8).

#[path = "support/label_checks.rs"]
mod checks;
#[path = "support/labels.rs"]
mod labels;

use std::time::Duration;

use checks::*;
use labels::{Bench, badge, profiles, stock};
use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::label::layout::Misfit;
use lodge_hardware::label::printer::{Ask, Doubt, JobToken, Printer, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::status::Obstacle;
use lodge_hardware::label::{Label, Mm, Stock, Text};
use lodge_hardware::port::Told;
use lodge_hardware::sim::label::{LabelCommand as C, Trouble as T};

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
        let lost = Tell::Unknown(JOB, Doubt::LineLost);
        let told = [&[READY, stopped, lost], &NEXT_PRINTED[..]].concat();
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
