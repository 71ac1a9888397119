//! OSDP readers: what a line does to single replies, byte by byte.

#[path = "support/osdp.rs"]
mod support;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::Tell;
use lodge_hardware::reader::osdp::{Osdp, Seed, Settings};
use support::*;

/// A driver in clear text that has just polled with number 0, and when; the poll comes out of it
/// once more when it is not answered.
fn polled() -> (Osdp, Moment, Line<Tell>) {
    let settings = Settings {
        key: None,
        allow_clear_text: true,
        ..keyed()
    };
    let mut driver = Osdp::new(settings, Seed::given([1; 16]));
    let (mut now, mut line) = (Moment::ORIGIN, Line::new());
    driver.opened(now, &mut line);
    for answer in [clear(0, 0x41, &[3]), clear(1, 0x41, &[3]), Vec::new()] {
        now = driver.due().unwrap();
        driver.waited(now, &mut line);
        driver.heard(now, &answer, &mut line);
    }
    line.take_bytes();
    line.take_discarded();
    (driver, now, line)
}

const CARD: [u8; 8] = [0, 1, 26, 0, 1, 2, 3, 0x40];

#[test]
fn a_late_reply_with_another_number_is_not_the_answer() {
    let (mut driver, now, mut line) = polled();
    for sequence in [1, 2, 3] {
        driver.heard(now, &clear(sequence, 0x50, &CARD), &mut line);
    }
    assert_eq!(of_cards(&line.take_tells()), []);
    driver.heard(now, &clear(0, 0x50, &CARD), &mut line);
    assert_eq!(of_cards(&line.take_tells()).len(), 1);
    driver.heard(now, &clear(0, 0x50, &CARD), &mut line);
    assert_eq!(of_cards(&line.take_tells()), [], "nobody asked again");
}

#[test]
fn a_length_beyond_all_packets_swallows_nothing_and_one_within_only_until_the_reply_is_late() {
    let answer = clear(0, 0x50, &CARD);
    let (mut driver, now, mut line) = polled();
    driver.heard(now, &[0x53, 0xE5, 0x00, 0xF0, 0x04], &mut line);
    driver.heard(now, &answer, &mut line);
    assert_eq!(of_cards(&line.take_tells()).len(), 1);

    let (mut driver, now, mut line) = polled();
    driver.heard(now, &[0x53, 0xE5, 0xC8, 0x00, 0x04], &mut line);
    driver.heard(now, &answer, &mut line);
    assert_eq!(of_cards(&line.take_tells()), []);
    let now = driver.due().unwrap();
    driver.waited(now, &mut line);
    assert!(!line.take_bytes().is_empty(), "it is asked again");
    driver.heard(now, &answer, &mut line);
    assert_eq!(of_cards(&line.take_tells()).len(), 1);
}

#[test]
fn a_reply_that_trickles_on_for_ever_is_none() {
    let (mut driver, mut now, mut line) = polled();
    driver.heard(now, &[0x53, 0xE5, 0xF0, 0x00, 0x04], &mut line);
    for _ in 0..140 {
        now = now + Duration::from_millis(90);
        if driver.due().unwrap() <= now {
            driver.waited(now, &mut line);
            driver.heard(now, &[0x53, 0xE5, 0xF0, 0x00, 0x04], &mut line);
        }
        driver.heard(now, &[0x00], &mut line);
    }
    assert!(line.take_tells().contains(&Tell::Answering(false)));
}

#[test]
fn an_adapter_that_hears_itself_does_no_harm() {
    let (mut driver, now, mut line) = polled();
    let echo = [0xFF, 0x53, 0x65, 0x08, 0x00, 0x04, 0x60, 0x60, 0x90];
    driver.heard(now, &echo, &mut line);
    driver.heard(now, &clear(0, 0x50, &CARD), &mut line);
    assert_eq!(of_cards(&line.take_tells()).len(), 1);
    assert_eq!(line.take_discarded(), 8, "all but the mark");
}
