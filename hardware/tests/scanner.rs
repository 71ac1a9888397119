//! Line scanners: where a code ends, and what is none (hardware.md §6.1).

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::scanner::{LONGEST, Scanner, Tell, Unreadable};
use proptest::prelude::*;

fn hear(scanner: &mut Scanner, at_ms: u64, bytes: &[u8]) -> Vec<Tell> {
    let mut line = Line::new();
    scanner.heard(Moment::from_micros(at_ms * 1000), bytes, &mut line);
    line.take_tells()
}

fn code(text: &str) -> Tell {
    Tell::Code(text.to_owned())
}

fn refused(reason: Unreadable) -> Tell {
    Tell::Unreadable { reason }
}

#[test]
fn cr_lf_and_both_end_a_code() {
    let told = hear(&mut Scanner::new(), 0, b"A-1123-0042\rB\nC\r\n\r\nD\r");
    assert_eq!(told, [code("A-1123-0042"), code("B"), code("C"), code("D")]);
}

#[test]
fn a_pause_of_80_ms_ends_a_code_without_an_end_mark() {
    let mut scanner = Scanner::new();
    assert!(hear(&mut scanner, 0, b"AB").is_empty());
    assert!(hear(&mut scanner, 50, b"C").is_empty());
    let due = scanner.due().unwrap();
    assert_eq!(due, Moment::from_micros(130_000));
    let mut line = Line::new();
    scanner.waited(due, &mut line);
    assert_eq!(line.take_tells(), [code("ABC")]);
    assert_eq!(scanner.due(), None);
    assert!(hear(&mut scanner, 140, b"\r\n").is_empty());
}

#[test]
fn an_aim_prefix_is_no_part_of_the_code() {
    for prefix in ["]Q1", "]C0", "]C1", "]E0", "]d1", "]d2"] {
        let told = hear(&mut Scanner::new(), 0, format!("{prefix}690\r").as_bytes());
        assert_eq!(told, [code("690")]);
    }
    assert_eq!(hear(&mut Scanner::new(), 0, b"]X9690\r"), [code("]X9690")]);
}

#[test]
fn chinese_is_read_as_utf8_and_else_as_gb18030() {
    let gbk = b"\xB7\xC3\xBF\xCD\r";
    assert_eq!(
        hear(&mut Scanner::new(), 0, "访客\r".as_bytes()),
        [code("访客")]
    );
    assert_eq!(hear(&mut Scanner::new(), 0, gbk), [code("访客")]);
    let told = hear(&mut Scanner::new(), 0, b"\xFF\xFF\r");
    assert_eq!(told, [refused(Unreadable::NotText)]);
}

#[test]
fn a_control_character_within_is_refused() {
    let told = hear(&mut Scanner::new(), 0, b"A\x1BB\r");
    assert_eq!(told, [refused(Unreadable::ControlCharacter)]);
}

#[test]
fn the_longest_code_is_read_and_one_longer_is_refused() {
    let longest = "访".repeat(LONGEST);
    let told = hear(&mut Scanner::new(), 0, format!("{longest}\r").as_bytes());
    assert_eq!(told, [code(&longest)]);
    for n in [LONGEST + 1, 100_000] {
        let told = hear(
            &mut Scanner::new(),
            0,
            format!("{}\rOK\r", "7".repeat(n)).as_bytes(),
        );
        assert_eq!(told, [refused(Unreadable::TooLong), code("OK")]);
    }
}

#[test]
fn the_same_code_is_told_once_while_it_stays_in_front() {
    let mut scanner = Scanner::new();
    assert_eq!(hear(&mut scanner, 0, b"A\r").len(), 1);
    assert_eq!(hear(&mut scanner, 1000, b"A\r").len(), 0);
    assert_eq!(hear(&mut scanner, 2000, b"A\r").len(), 0);
    assert_eq!(hear(&mut scanner, 3500, b"A\r").len(), 1);
    assert_eq!(hear(&mut scanner, 3600, b"B\r").len(), 1);
    assert_eq!(hear(&mut scanner, 3700, b"A\r").len(), 1);
}

#[test]
fn a_code_is_not_shown_in_debug_output() {
    assert_eq!(format!("{:?}", code("secret")), "Code(… 6 characters)");
}

#[test]
fn ten_megabytes_without_an_end_mark_are_one_refusal() {
    let mut scanner = Scanner::new();
    let mut line = Line::new();
    for _ in 0..160 {
        scanner.heard(
            Moment::ORIGIN + Duration::from_millis(1),
            &[b'7'; 1 << 16],
            &mut line,
        );
    }
    scanner.heard(Moment::ORIGIN + Duration::from_millis(2), b"\r", &mut line);
    assert_eq!(line.take_tells(), [refused(Unreadable::TooLong)]);
    assert_eq!(line.take_discarded(), 160 << 16);
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_codes(
        stream in prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b']'), any::<u8>()], 1..200),
        cuts in prop::collection::vec(1usize..20, 1..40),
    ) {
        let whole = hear(&mut Scanner::new(), 0, &stream);
        let mut scanner = Scanner::new();
        let (mut told, mut rest, mut cuts) = (Vec::new(), &stream[..], cuts.iter().cycle());
        while !rest.is_empty() {
            let (piece, next) = rest.split_at(rest.len().min(*cuts.next().unwrap()));
            told.extend(hear(&mut scanner, 0, piece));
            rest = next;
        }
        prop_assert_eq!(told, whole);
    }
}
