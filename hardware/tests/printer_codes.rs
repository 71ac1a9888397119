//! Single characters and bars: code pages, national sets, CODE128 (hardware.md §7.2).

mod support;

use lodge_hardware::escpos::code_page::{CodePage, CodeTable};
use lodge_hardware::escpos::code128::{Code128, Hri, NoBarcode};
use lodge_hardware::escpos::document::{Document, Row};
use lodge_hardware::escpos::encode::{columns_on, encode};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::sim::printer::{PrinterCommand, PrinterFault};
use proptest::prelude::*;
use support::{Bench, barcode, bench, printed};

fn western() -> Profile {
    Profile::epson_80mm_western()
}

#[test]
fn letters_with_accents_print_through_the_code_page_of_a_western_printer() {
    for (page, text) in [
        (CodePage::Wpc1252, "Zoë Müller-O’Brien, São Tomé, 5 €"),
        (CodePage::Cp858, "Zoë Müller, São Tomé, ½ × 5 €"),
        (CodePage::Cp437, "Grüße, señor: ÄÖÜß £¥ ░▒▓"),
        (CodePage::Cp852, "Łukasz Żółć, Dvořák"),
        (CodePage::Wpc1250, "Łukasz Żółć, Dvořák, 5 €"),
        (CodePage::Cp860, "São João, não"),
        (CodePage::Cp865, "Bjørn Ærø"),
        (CodePage::Cp863, "Noël à l'Île"),
        (CodePage::Cp850, "Þórður ÁÍÓÚ"),
    ] {
        let profile = Profile {
            code_table: page.as_epson(),
            ..western()
        };
        let paper = printed("page", &Document::new().text(text), &profile, false);
        assert_eq!(paper, text);
        assert_eq!(columns_on(text, &profile), text.chars().count());
    }
}

#[test]
fn every_code_page_gives_each_of_its_characters_one_byte_and_back() {
    for page in CodePage::ALL {
        assert_eq!(CodePage::by_name(page.name()), Some(page));
        let mut known = 0;
        for byte in 0..=255 {
            if let Some(c) = page.char(byte) {
                assert_eq!(page.byte(c), Some(byte), "{page:?} {byte:02X}");
                known += 1;
            }
        }
        assert!(known >= 95 + 120, "{page:?} has {known}");
        assert_eq!((page.byte('中'), page.byte('\n')), (None, None));
        assert_eq!(page.byte('\u{FFFD}'), None);
    }
    for (page, encoding) in [
        (CodePage::Wpc1250, encoding_rs::WINDOWS_1250),
        (CodePage::Wpc1252, encoding_rs::WINDOWS_1252),
    ] {
        for byte in 0x80..=0xFF {
            let bytes = [byte];
            let decoded = encoding.decode_without_bom_handling(&bytes).0;
            let decoded = decoded
                .chars()
                .next()
                .filter(|c| !('\u{80}'..='\u{9F}').contains(c));
            assert_eq!(page.char(byte), decoded, "{page:?} {byte:02X}");
        }
    }
}

#[test]
fn another_makes_number_for_a_code_page_is_one_field() {
    let number = 72;
    let profile = Profile {
        code_table: CodeTable {
            page: CodePage::Wpc1250,
            number,
        },
        ..western()
    };
    let bytes = encode(&Document::new().text("Ł"), &profile, None);
    assert_eq!(
        bytes,
        [0x1B, 0x40, 0x1C, 0x2E, 0x1B, 0x74, number, 0xA3, 0x0A]
    );
}

#[test]
fn a_dollar_stays_a_dollar_on_a_printer_set_up_for_china() {
    for (national_set, paper) in [(None, "¥5"), (Some(0), "$5")] {
        let profile = Profile {
            national_set,
            ..Profile::generic_80mm()
        };
        let mut bench = Bench::new(profile);
        let fault = PrinterCommand::Fault(PrinterFault::ChinaSet, true);
        bench.join(|joined| joined.does(fault));
        bench.prints(Document::new().text("$5").row(Row::Cut));
        assert_eq!(bench.all_paper(), paper);
    }
}

#[test]
fn a_barcode_is_printed_by_the_printer_itself() {
    let bytes = |text| {
        let document = Document::new().row(barcode(text, 2, Hri::Below));
        encode(&document, &Profile::epson_80mm(), None)[4..].to_vec()
    };
    let head = [
        0x1B, 0x61, 1, 0x1D, 0x68, 50, 0x1D, 0x77, 2, 0x1D, 0x48, 2, 0x1D, 0x6B, 0x49,
    ];
    for (text, data) in [
        ("A-{1", &b"{BA-{{1"[..]),
        ("123456", b"{C\x0C\x22\x38"),
        ("1234", b"{C\x0C\x22"),
        ("A12345678", b"{BA{C\x0C\x22\x38\x4E"),
        ("A1234B", b"{BA1234B"),
        ("1234567", b"{B1{C\x17\x2D\x43"),
        // DLE EOT and its like are never in it.
        ("160401", b"{C\x10{B0401"),
        ("00161605", b"{C\x00\x10\x10{B05"),
        ("162020", b"{C\x10{B2020"),
    ] {
        let count = u8::try_from(data.len()).unwrap();
        assert_eq!(bytes(text), [&head[..], &[count], data].concat(), "{text}");
    }
}

#[test]
fn what_is_no_barcode_is_refused_with_its_reason() {
    assert_eq!(Code128::new(""), Err(NoBarcode::Empty));
    assert_eq!(Code128::new("Ä1"), Err(NoBarcode::Character('Ä')));
    assert_eq!(Code128::new("a\nb"), Err(NoBarcode::Character('\n')));
    assert_eq!(Code128::new(&"x".repeat(254)), Err(NoBarcode::TooLong(254)));
    assert!(Code128::new(&"x".repeat(253)).is_ok());
}

#[test]
fn a_barcode_too_wide_for_the_paper_gets_narrower_and_then_becomes_text() {
    let profile = Profile::generic_58mm();
    let wide = Code128::new("LODGE-0042").unwrap();
    assert_eq!(wide.fitting(6, profile.dots), Some(2));
    let long = "THIS IS FAR TOO LONG FOR THE PAPER";
    assert_eq!(Code128::new(long).unwrap().fitting(6, profile.dots), None);
    let document = Document::new()
        .row(barcode("LODGE-0042", 6, Hri::Both))
        .row(barcode(long, 6, Hri::None));
    let paper = printed("barcodes", &document, &profile, false);
    let (first, rest) = paper.split_once('\n').unwrap();
    assert_eq!(first.trim(), "[CODE128 LODGE-0042]");
    assert_eq!(rest.replace('\n', ""), long);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_barcode_says_on_paper_what_it_was_given(text in "[ -~]{1,12}|[0-9]{2,18}|[0-9A-Z-]{3,14}") {
        let document = Document::new().row(barcode(&text, 2, Hri::None));
        let mut bench = bench(&Profile::generic_80mm(), false);
        bench.prints(document);
        let paper = bench.all_paper();
        let shown = format!("[CODE128 {text}]");
        prop_assert_eq!(paper.trim(), shown.trim());
    }
}
