//! Documents as bytes (hardware.md §7.2, §7.3), and what a printer says (§7.4).

use lodge_hardware::escpos::document::{Align, Document, Row};
use lodge_hardware::escpos::encode::{character, columns, encode};
use lodge_hardware::escpos::profile::{Cutter, Profile};
use lodge_hardware::escpos::status::{Answer, Demultiplexer, Obstacle, Paper, PrinterStatus};
use proptest::prelude::*;

fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(" ")
}

/// The bytes behind the modes every job begins with.
fn body(document: &Document) -> String {
    let head = "1B 40 1C 26 ";
    let all = hex(&encode(document, &Profile::epson_80mm(), None));
    all.strip_prefix(head)
        .unwrap_or_else(|| panic!("{all}"))
        .to_owned()
}

#[test]
fn the_yen_sign_becomes_the_wide_one_and_the_euro_takes_two_bytes() {
    assert_eq!(character('¥'), ([0xA3, 0xA4], 2));
    assert_eq!(character('€'), ([0xA2, 0xE3], 2));
    assert_eq!(character('·'), ([0xA1, 0xA4], 2));
    assert_eq!(character('—'), ([0xA1, 0xAA], 2));
    assert_eq!(character('“'), ([0xA1, 0xB0], 2));
    assert_eq!(character('A').1, 1);
}

#[test]
fn a_character_without_a_two_byte_code_becomes_a_geta_mark() {
    for c in ['𠮷', 'ß', '😀', '\u{E000}'] {
        let (bytes, n) = character(c);
        assert!(n == 2 && bytes[0] >= 0x81, "{c}");
    }
    assert_eq!(character('𠮷'), ([0xA1, 0xFE], 2));
    assert_eq!(character('😀'), ([0xA1, 0xFE], 2));
    assert_eq!(character('〓'), ([0xA1, 0xFE], 2));
}

#[test]
fn columns_are_counted_as_printed() {
    assert_eq!(columns("押金 ¥50·“A”"), 4 + 1 + 2 + 2 + 2 + 2 + 1 + 2);
    assert_eq!(columns("a\u{1B}b"), 2);
}

#[test]
fn text_cannot_forge_a_command() {
    let document = Document::new().text("a\u{1B}@\u{10}\u{04}\u{01}\u{7F}\nb");
    assert_eq!(body(&document), "61 40 62 0A");
}

#[test]
fn modes_are_sent_only_where_they_change() {
    let bold = |text: &str| Row::Text {
        text: text.to_owned(),
        align: Align::Right,
        bold: true,
        large: false,
    };
    let document = Document::new()
        .row(bold("a"))
        .row(bold("b"))
        .text("c  ")
        .text("");
    let expected = "1B 61 02 1B 45 01 61 0A 62 0A 1B 61 00 1B 45 00 63 0A 0A";
    assert_eq!(body(&document), expected);
}

#[test]
fn large_chinese_gets_the_clones_command_where_the_profile_says_so() {
    let document = Document::new().title("钥匙");
    let large = "1B 61 01 1B 45 01 1D 21 11 D4 BF B3 D7 0A";
    assert_eq!(body(&document), large);
    let generic = hex(&encode(&document, &Profile::generic_80mm(), None));
    let expected = "1B 40 1C 26 1C 53 00 00 1B 61 01 1B 45 01 1D 21 11 1C 21 0C D4 BF B3 D7 0A";
    assert_eq!(generic, expected);
}

#[test]
fn a_printer_without_chinese_prints_marks_of_the_same_width() {
    let bytes = encode(
        &Document::new().text("钥A"),
        &Profile::epson_80mm_western(),
        None,
    );
    assert_eq!(hex(&bytes), "1B 40 1C 2E 1B 74 10 3F 3F 41 0A");
}

#[test]
fn a_qr_code_is_printed_by_the_printer_itself() {
    let qr = |data: &str| Row::Qr {
        data: data.to_owned(),
        module: 6,
    };
    let expected = "1B 61 01 1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31 \
                    1D 28 6B 05 00 31 50 30 4C 31 1D 28 6B 03 00 31 51 30";
    assert_eq!(body(&Document::new().row(qr("L1"))), expected);
    let forged = Document::new().row(qr("L\u{10}\u{04}\u{01}1"));
    assert_eq!(body(&forged), expected);
    let too_long = Document::new().row(qr(&"7".repeat(2332)));
    assert_eq!(body(&too_long), "1B 61 01 A1 FE 0A");
}

#[test]
fn every_cutter_is_fed_and_cut_its_own_way() {
    for (cutter, expected) in [
        (Cutter::FeedPartial, "1D 56 42 00"),
        (Cutter::Full, "1B 64 04 1D 56 00"),
        (Cutter::Partial, "1B 64 04 1D 56 01"),
        (Cutter::None, "1B 64 04"),
    ] {
        let profile = Profile {
            cutter,
            ..Profile::epson_80mm()
        };
        let bytes = hex(&encode(
            &Document::new().row(Row::Feed(2)).row(Row::Cut),
            &profile,
            None,
        ));
        assert_eq!(bytes, format!("1B 40 1C 26 0A 0A {expected}"));
    }
}

#[test]
fn every_profile_is_found_by_its_name() {
    for name in Profile::names() {
        assert_eq!(Profile::by_name(name).unwrap().name, name);
    }
    assert_eq!(Profile::by_name("TM-T88V"), None);
}

#[test]
fn the_documented_status_bytes_mean_what_the_document_says() {
    let healthy = PrinterStatus::from_real_time([0x12, 0x12, 0x12, 0x12]);
    assert_eq!(
        healthy,
        PrinterStatus::from_real_time([0x16, 0x12, 0x12, 0x12])
    );
    assert_eq!((healthy.obstacle(), healthy.paper), (None, Paper::Ok));
    let out = PrinterStatus::from_real_time([0x1A, 0x32, 0x12, 0x7E]);
    assert_eq!(out.obstacle(), Some(Obstacle::PaperOut));
    let cover = PrinterStatus::from_real_time([0x1A, 0x16, 0x12, 0x12]);
    assert_eq!(cover.obstacle(), Some(Obstacle::CoverOpen));
    let near = PrinterStatus::from_real_time([0x12, 0x12, 0x12, 0x1E]);
    assert_eq!((near.obstacle(), near.paper), (None, Paper::NearEnd));
    let asb = PrinterStatus::from_asb([0x38, 0x08, 0x0C, 0x00]);
    assert!(asb.cover_open && asb.cutter_error && !asb.online && asb.paper == Paper::Out);
}

fn take_apart(bytes: &[u8]) -> Vec<Answer> {
    let mut heard = Demultiplexer::default();
    bytes.iter().flat_map(|byte| heard.hear(*byte)).collect()
}

#[test]
fn all_kinds_of_answers_are_told_apart_in_one_stream() {
    let mut stream = vec![0x12, 0x10, 0x00, 0x16, 0x03, 0x00, 0x0F, 0x13];
    stream.extend(b"\x37\x22A\x1AB12\x00\x5FTM-T88V\x00\x11\xFF");
    assert_eq!(
        take_apart(&stream),
        [
            Answer::RealTime(0x12),
            Answer::RealTime(0x16),
            Answer::Asb([0x10, 0, 3, 0]),
            Answer::Queued(0x0F),
            Answer::Flow(false),
            Answer::RealTime(0x1A),
            Answer::Block(0x37, b"\"AB12".to_vec()),
            Answer::Block(0x5F, b"TM-T88V".to_vec()),
            Answer::Flow(true),
            Answer::Noise(1),
        ]
    );
}

#[test]
fn an_endless_block_is_given_up() {
    let mut heard = Demultiplexer::default();
    for i in 0..10_000_000u32 {
        heard.hear(if i == 0 { 0x5F } else { 0x5F + (i % 7) as u8 });
    }
    assert!(heard.forget() <= 96);
}

proptest! {
    #[test]
    fn every_byte_is_accounted_for(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut heard = Demultiplexer::default();
        let mut n = 0;
        for answer in bytes.iter().flat_map(|byte| heard.hear(*byte)).collect::<Vec<_>>() {
            n += match answer {
                Answer::RealTime(_) | Answer::Queued(_) | Answer::Flow(_) => 1,
                Answer::Asb(_) => 4,
                Answer::Block(_, text) => text.len() + 2,
                Answer::Noise(n) => n,
            };
        }
        prop_assert_eq!(n + heard.forget(), bytes.len());
    }

    #[test]
    fn any_chunking_of_what_a_printer_says_gives_the_same_tells(
        bytes in prop::collection::vec(prop_oneof![
            Just(0x12u8), Just(0x16), Just(0x1A), Just(0x10), Just(0u8), Just(0x37), any::<u8>()
        ], 1..200),
        cuts in prop::collection::vec(1usize..9, 1..30),
    ) {
        use lodge_hardware::clock::Moment;
        use lodge_hardware::dialogue::{Dialogue, Line};
        use lodge_hardware::escpos::printer::Printer;
        let hear = |pieces: Vec<&[u8]>| {
            let mut printer = Printer::new(Profile::generic_80mm(), 9600);
            let mut line = Line::new();
            printer.opened(Moment::ORIGIN, &mut line);
            pieces.into_iter().for_each(|piece| printer.heard(Moment::ORIGIN, piece, &mut line));
            (line.take_tells(), line.take_bytes(), line.take_discarded())
        };
        let (mut pieces, mut rest, mut cuts) = (Vec::new(), &bytes[..], cuts.iter().cycle());
        while !rest.is_empty() {
            let (piece, next) = rest.split_at(rest.len().min(*cuts.next().unwrap()));
            pieces.push(piece);
            rest = next;
        }
        prop_assert_eq!(hear(pieces), hear(vec![&bytes]));
    }

    #[test]
    fn no_text_takes_more_bytes_than_columns(text in any::<String>()) {
        let bytes: usize = text.chars().filter(|c| !c.is_control()).map(|c| character(c).1).sum();
        prop_assert_eq!(bytes, columns(&text));
    }
}
