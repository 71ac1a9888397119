//! Scanners that send text: where a code ends, and what is none (hardware.md §6.1).

#[path = "support/hearing.rs"]
mod hearing;
#[path = "support/two_ends.rs"]
mod two_ends;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::Certainty;
use lodge_hardware::scanner::{
    Code, Encoding, End, LONGEST, Scanner, Settings, Symbology, Tell, Unreadable,
};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::scanner::{EndMark, ScannerCommand, ScannerSim};
use proptest::prelude::*;
use two_ends::TwoEnds;

/// What is told of bytes that come at this time to a thread that was awake when it was due.
fn hear(scanner: &mut Scanner, at_ms: u64, bytes: &[u8]) -> Vec<Tell> {
    let now = Moment::from_micros(at_ms * 1000);
    let mut line = Line::new();
    if let Some(due) = scanner.due().filter(|due| *due <= now) {
        scanner.waited(due, &mut line);
    }
    scanner.heard(now, bytes, &mut line);
    line.take_tells()
}

/// What is told of bytes that are looked at this late only.
fn hear_late(scanner: &mut Scanner, at_ms: u64, bytes: &[u8]) -> Vec<Tell> {
    let mut line = Line::new();
    scanner.heard(Moment::from_micros(at_ms * 1000), bytes, &mut line);
    line.take_tells()
}

fn code(text: &str) -> Tell {
    Tell::Code(Code {
        text: text.to_owned(),
        symbology: None,
        certainty: Certainty::Bare,
    })
}

fn code_of(symbology: Symbology, text: &str) -> Tell {
    Tell::Code(Code {
        text: text.to_owned(),
        symbology: Some(symbology),
        certainty: Certainty::Bare,
    })
}

fn with(change: impl FnOnce(&mut Settings)) -> Scanner {
    let mut settings = Settings::default();
    change(&mut settings);
    Scanner::with(settings)
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
fn a_code_of_which_the_rest_was_looked_at_too_late_is_whole() {
    let mut scanner = Scanner::new();
    assert!(hear(&mut scanner, 0, b"A-11").is_empty());
    assert_eq!(hear_late(&mut scanner, 900, b"23\r"), [code("A-1123")]);
}

#[test]
fn an_aim_identifier_is_told_as_the_symbology_and_is_no_part_of_the_code() {
    for (identifier, symbology) in [
        ("]Q1", Symbology::Qr),
        ("]Q3", Symbology::Gs1Qr),
        ("]C0", Symbology::Code128),
        ("]C1", Symbology::Gs1Code128),
        ("]E0", Symbology::Ean),
        ("]E4", Symbology::Ean),
        ("]d1", Symbology::DataMatrix),
        ("]d2", Symbology::Gs1DataMatrix),
        ("]A7", Symbology::Code39),
        ("]F0", Symbology::Codabar),
        ("]G0", Symbology::Code93),
        ("]I1", Symbology::Interleaved2of5),
        ("]L2", Symbology::Pdf417),
        ("]e0", Symbology::Gs1DataBar),
        ("]h1", Symbology::HanXin),
        ("]zC", Symbology::Aztec),
        ("]X9", Symbology::Other),
    ] {
        let stream = format!("{identifier}690\r");
        let told = hear(&mut Scanner::new(), 0, stream.as_bytes());
        assert_eq!(told, [code_of(symbology, "690")], "{identifier}");
    }
}

#[test]
fn every_letter_and_digit_behind_a_bracket_is_an_identifier_and_nothing_else_is() {
    for letter in 0x20..0x7F_u8 {
        for modifier in 0x20..0x7F_u8 {
            let stream = [b']', letter, modifier, b'5', b'\r'];
            let told = hear(&mut Scanner::new(), 0, &stream);
            let is_one = letter.is_ascii_alphabetic()
                && (modifier.is_ascii_digit() || (b'A'..=b'F').contains(&modifier));
            let whole = String::from_utf8(stream[..4].to_vec()).unwrap();
            let wanted = if is_one {
                code_of(Symbology::from_aim(letter, modifier), "5")
            } else {
                code(&whole)
            };
            assert_eq!(told, [wanted], "{whole}");
        }
    }
}

#[test]
fn a_scanner_that_sends_no_identifier_may_send_codes_that_look_like_one() {
    let mut scanner = with(|settings| settings.aim = false);
    assert_eq!(hear(&mut scanner, 0, b"]C1690\r"), [code("]C1690")]);
}

#[test]
fn a_configured_prefix_is_taken_off_and_a_scan_without_it_is_refused() {
    let mut scanner = with(|settings| settings.prefix = b"\x02QR:".to_vec());
    let told = hear(&mut scanner, 0, b"\x02QR:]Q1A\rB\r\x02QR:C\r");
    let none = refused(Unreadable::NoPrefix);
    assert_eq!(told, [code_of(Symbology::Qr, "A"), none, code("C")]);
}

#[test]
fn a_configured_suffix_ends_a_code_and_line_breaks_before_it_are_its_own() {
    for suffix in [&b"\x03"[..], b"\r\n", b"\r\r\n", b"##"] {
        let mut scanner = with(|settings| settings.end = End::Suffix(suffix.to_vec()));
        let stream = [b"A\nB", suffix, b"C", suffix, suffix].concat();
        let told = hear(&mut scanner, 0, &stream);
        assert_eq!(told, [code("A\nB"), code("C")], "{suffix:?}");
        // The end is found behind any length.
        let stream = [&[b'7'; 20_000][..], suffix, b"OK", suffix].concat();
        let told = hear(&mut scanner, 0, &stream);
        assert_eq!(told, [refused(Unreadable::TooLong), code("OK")]);
    }
}

#[test]
fn a_line_break_inside_a_code_is_kept_where_a_check_says_that_the_code_goes_on() {
    // A form of two lines, the second with a check of its length.
    let is_whole = |text: &str| text.split('\r').nth(1).is_some_and(|line| line.len() == 4);
    let told = hear(&mut Scanner::new(), 0, b"V1\r0042\r");
    assert_eq!(told, [code("V1"), code("0042")], "without a check");
    let mut scanner = with(|settings| settings.whole = Some(is_whole));
    let told = hear(&mut scanner, 0, b"V1\r0042\rV1\r0043\r\n");
    assert_eq!(told, [code("V1\r0042"), code("V1\r0043")]);
    // A text that never becomes whole ends with a pause, and spoils nothing.
    assert!(hear(&mut scanner, 100, b"V1\r").is_empty());
    let told = hear(&mut scanner, 300, b"V1\r0044\r");
    assert_eq!(told, [code("V1"), code("V1\r0044")]);
}

#[test]
fn a_scanner_may_end_codes_with_a_pause_only() {
    let mut scanner = with(|settings| {
        settings.end = End::Pause;
        settings.idle_end = Duration::from_millis(50);
    });
    assert!(hear(&mut scanner, 0, b"A\rB").is_empty());
    assert_eq!(scanner.due(), Some(Moment::from_micros(50_000)));
    assert_eq!(hear(&mut scanner, 60, b"C"), [code("A\rB")]);
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
fn the_order_of_encodings_is_a_setting() {
    let utf8 = "访客".as_bytes();
    let gbk = b"\xB7\xC3\xBF\xCD";
    let by = |encoding, bytes: &[u8]| {
        let mut scanner = with(|settings| settings.encoding = encoding);
        hear(&mut scanner, 0, &[bytes, b"\r"].concat())
    };
    assert_eq!(by(Encoding::Utf8, utf8), [code("访客")]);
    assert_eq!(by(Encoding::Utf8, gbk), [refused(Unreadable::NotText)]);
    assert_eq!(by(Encoding::Gb18030, gbk), [code("访客")]);
    assert_eq!(by(Encoding::Gb18030ThenUtf8, gbk), [code("访客")]);
    // Six bytes of UTF-8 are three characters of GB18030: why that order is not the default.
    assert_ne!(by(Encoding::Gb18030ThenUtf8, utf8), [code("访客")]);
    // Three bytes that are one and a half characters of GB18030 are looked at as UTF-8.
    assert_eq!(by(Encoding::Gb18030ThenUtf8, "€".as_bytes()), [code("€")]);
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
    let mut scanner = with(|settings| settings.same_code = Duration::from_secs(2));
    assert_eq!(hear(&mut scanner, 0, b"A\r").len(), 1);
    assert_eq!(hear(&mut scanner, 1999, b"A\r").len(), 0);
    assert_eq!(hear(&mut scanner, 3999, b"A\r").len(), 1);
}

#[test]
fn a_code_is_not_shown_in_debug_output() {
    assert_eq!(format!("{:?}", code("secret")), "Code(… 6 characters)");
    let of = code_of(Symbology::Qr, "secret");
    assert_eq!(format!("{of:?}"), "Code(… 6 characters of Qr)");
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

#[test]
fn a_code_is_the_same_whatever_stands_behind_it_and_however_its_chinese_is_said() {
    for end in [EndMark::Cr, EndMark::Lf, EndMark::CrLf, EndMark::Nothing] {
        for gb18030 in [false, true] {
            let scanner = ScannerSim::new().ending(end).in_gb18030(gb18030);
            let mut ends = TwoEnds::new(Scanner::new(), scanner);
            for text in ["UMB-0007", "访客 A-0012"] {
                ends.does(ScannerCommand::Scan(text.to_owned()));
                let told = ends.pass(Duration::from_secs(2));
                assert_eq!(told, [code(text)], "{end:?} {gb18030}");
            }
            assert_eq!(ends.frames(), (2, 0));
            assert_eq!(ends.discarded(), 0);
        }
    }
}

#[test]
fn every_fault_of_the_line_is_told_and_counted_like_this_and_is_over_when_it_is_lifted() {
    let scan = |text: &str| ScannerCommand::Scan(text.to_owned());
    for (fault, chunk) in LineFault::ALL.iter().flat_map(|f| [(*f, 1), (*f, 99)]) {
        let mut ends = TwoEnds::new(Scanner::new(), ScannerSim::new());
        ends.chunk = chunk;
        ends.does(ScannerCommand::Fault(fault, true));
        let mut told = Vec::new();
        for text in ["A-11", "B-12", "C-13", "D-14"] {
            ends.does(scan(text));
            told.extend(ends.pass(Duration::from_secs(2)));
        }
        let codes = |texts: [&str; 4]| texts.map(code).to_vec();
        // What is told, the messages understood and not believed, the bytes of no meaning.
        let (wanted, frames, discarded) = match fault {
            LineFault::Silent => (vec![], (0, 0), 0),
            LineFault::Slow => (codes(["A-11", "B-12", "C-13", "D-14"]), (4, 0), 0),
            LineFault::Garbage => (vec![refused(Unreadable::NotText); 4], (0, 4), 4 * 9),
            // Nothing on the line checks a code: half of one, or another last character, is a code.
            LineFault::HalfFrame => (codes(["A-", "B-", "C-", "D-"]), (4, 0), 0),
            LineFault::WrongChecksum => (codes(["A-10", "B-13", "C-12", "D-15"]), (4, 0), 0),
            LineFault::WrongOrder => (codes(["B-12", "A-11", "D-14", "C-13"]), (4, 0), 0),
        };
        assert_eq!(told, wanted, "{fault:?}");
        assert_eq!(ends.frames(), frames, "{fault:?}");
        assert_eq!(ends.discarded(), discarded, "{fault:?}");
        ends.does(ScannerCommand::Fault(fault, false));
        ends.does(scan("E-15"));
        assert_eq!(ends.pass(Duration::from_secs(2)), [code("E-15")]);
        assert_eq!((ends.frames(), ends.discarded()), ((1, 0), 0), "{fault:?}");
    }
}

/// Hears ten megabytes of noise and counts the codes in it.
fn codes_in_noise(mut scanner: Scanner) -> usize {
    let mut line = Line::new();
    let noise = hearing::noise(1 << 16, b"\x02\x03\r\n]Q1\x00\xFF\xA1\x04");
    let mut codes = 0;
    for i in 0..160u64 {
        scanner.heard(Moment::from_micros(i), &noise, &mut line);
        for tell in line.take_tells() {
            if let Tell::Code(Code { text, .. }) = tell {
                codes += 1;
                assert!(text.chars().count() <= LONGEST);
                assert!(
                    !text
                        .chars()
                        .any(|c| c.is_control() && c != '\r' && c != '\n')
                );
            }
        }
    }
    scanner.waited(Moment::from_micros(1_000_000), &mut line);
    assert!(line.take_discarded() > 1_000_000);
    assert!(line.take_bytes().is_empty(), "it is never talked to");
    codes
}

#[test]
fn noise_between_end_marks_can_pass_for_a_code_unless_codes_have_a_prefix() {
    // A line of noise that happens to be text is a code to every scanner: what it means is for the
    // lobby to know, by a check digit.
    assert!(codes_in_noise(Scanner::new()) > 0);
    let prefix = |settings: &mut Settings| settings.prefix = b"\x02QR:".to_vec();
    assert_eq!(codes_in_noise(with(prefix)), 0);
    assert_eq!(
        codes_in_noise(with(|settings| settings.end = End::Pause)),
        0
    );
    let suffix = End::Suffix(b"\x03\r\n".to_vec());
    assert!(codes_in_noise(with(|settings| settings.end = suffix)) < 1000);
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_codes(
        stream in prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b']'), any::<u8>()], 1..200),
        cuts in prop::collection::vec(1usize..20, 1..40),
    ) {
        for end in [End::Line, End::Pause, End::Suffix(b"\r\n".to_vec())] {
            let fresh = || with(|settings| {
                settings.end = end.clone();
                settings.whole = Some(|text| text.len() % 3 != 1);
            });
            let now = Moment::ORIGIN;
            let whole = hearing::in_pieces(&mut fresh(), now, &stream, &[stream.len()]);
            let pieces = hearing::in_pieces(&mut fresh(), now, &stream, &cuts);
            prop_assert_eq!(pieces, whole);
        }
    }
}
