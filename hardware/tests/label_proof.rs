//! What counts as seen at work, and what as done: how often a label printer must have answered which
//! (hardware.md §8.1).

#[path = "support/label_checks.rs"]
mod checks;
#[path = "support/labels.rs"]
mod labels;

use std::time::Duration;

use checks::*;
use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::label::printer::{Ask, Printer, Tell};
use lodge_hardware::label::profile::Profile;

const IDLE: u8 = 0x00;
const BUSY: u8 = 0x20;

/// What becomes of a job whose printer answers this behind the last byte, and idle ever after; and how
/// many questions that took.
fn ends(answers: &[u8]) -> (Tell, usize) {
    let mut printer = Printer::new(Profile::tspl_203dpi(), 9600, None);
    let (mut line, begin) = (Line::new(), Moment::from_micros(1_000_000));
    let (mut now, mut gone, mut questions) = (begin, false, 0);
    printer.opened(now, &mut line);
    let document = label();
    printer.asked(now, Ask::Print { job: JOB, document }, &mut line);
    loop {
        for tell in line.take_tells() {
            match tell {
                Tell::Ready(_) => {
                    gone = true;
                    printer.asked(now, Ask::Go(JOB), &mut line);
                }
                Tell::Printed(..) | Tell::Unknown(..) => return (tell, questions),
                _ => {}
            }
        }
        let sent = line.take_bytes();
        if sent.is_empty() {
            now = now.max(printer.due().expect("it waits for something"));
            printer.waited(now, &mut line);
            assert!(now - begin < Duration::from_secs(100), "it ends");
            continue;
        }
        printer.written(now, sent.len(), &mut line);
        if sent.ends_with(b"\x1B!?") {
            let answer = answers.get(questions).filter(|_| gone);
            printer.heard(now, &[answer.copied().unwrap_or(IDLE)], &mut line);
            questions += usize::from(gone);
        }
    }
}

/// The decision: once is enough. A short label on a fast printer (25 mm at 150 mm a second) is at work
/// for two questions at most; to ask for two would make doubts of proofs, and a doubt costs a person a
/// look. Against a stray byte stands that it must come alone, within the answer to a question.
#[test]
fn a_printer_seen_at_work_once_and_then_idle_twice_has_printed() {
    assert_eq!(ends(&[BUSY, IDLE, IDLE]), (PRINTED, 3));
}

#[test]
fn busy_answered_twice_is_the_same_label_and_told_once() {
    assert_eq!(ends(&[BUSY, BUSY, IDLE, IDLE]), (PRINTED, 4));
    // Idle for one answer between is no end: another busy one begins the count again.
    assert_eq!(ends(&[BUSY, IDLE, BUSY, IDLE, IDLE]), (PRINTED, 5));
    assert_eq!(ends(&[IDLE, IDLE, IDLE, BUSY, IDLE, IDLE]), (PRINTED, 6));
}

#[test]
fn a_printer_that_was_never_at_work_has_proven_nothing() {
    let (end, questions) = ends(&[]);
    assert_eq!(end, UNKNOWN);
    assert!(questions > 50, "asked all the time: {questions}");
}
