//! What printers of every profile put on paper: drawn rows, whole slips, the test page.

mod support;

use lodge_hardware::escpos::code128::Hri;
use lodge_hardware::escpos::document::{Align, Document, Row};
use lodge_hardware::escpos::encode::{columns_on, encode};
use lodge_hardware::escpos::measure::dots;
use lodge_hardware::escpos::profile::{LINE_DOTS, Profile};
use lodge_hardware::escpos::test_page;
use proptest::prelude::*;
use support::{Bench, barcode, bench, font, printed, row, slip};

/// A slip in two languages, with long names and letters of many kinds.
fn bilingual() -> Document {
    Document::new()
        .title("爱心伞 借用")
        .row(row("Umbrella loan", Align::Centre, false, false))
        .text("------------------------------------------------")
        .text("单号 No.                             A-1123-0042")
        .text("借用人 Borrower  欧阳娜娜·阿卜杜拉 Müller-Łukow")
        .text("借用人 Borrower        Zoë Müller-O’Brien Å.")
        .text("时间 Time                       2026-11-23 18:05")
        .row(row("请于 11-25 前归还", Align::Centre, true, false))
        .row(row("Return by 25 Nov", Align::Right, true, true))
        .row(row("谢谢 Danke", Align::Left, false, true))
        .row(Row::Qr {
            data: "L1:A-1123-0042".to_owned(),
            module: 6,
        })
        .text("END A-1123-0042")
        .row(Row::Cut)
}

fn western() -> Profile {
    Profile::epson_80mm_western()
}

/// The dark dots of a printed document, as (x, y).
fn ink(document: &Document, profile: &Profile) -> Vec<(usize, usize)> {
    let mut bench = Bench::with_font(profile.clone());
    bench.prints(document.clone());
    let file = bench.sim.paper_png(0, &font());
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let width = reader.next_frame(&mut pixels).unwrap().width as usize;
    let dark = pixels.iter().enumerate().filter(|(_, pixel)| **pixel < 128);
    dark.map(|(i, _)| (i % width, i / width)).collect()
}

#[test]
fn rare_characters_are_letters_only_on_a_printer_whose_font_is_known_to_have_them() {
    let with = Profile {
        four_byte: true,
        ..Profile::epson_80mm()
    };
    let name = "𠮷㐂王";
    let document = Document::new().text(name).row(Row::Cut);
    let rare = [0x95, 0x34, 0xB2, 0x35, 0x81, 0x39, 0xEF, 0x31, 0xCD, 0xF5];
    let sent = |profile: &Profile| {
        let bytes = encode(&document, profile, Some(&font()));
        bytes.windows(rare.len()).any(|bytes| bytes == rare)
    };
    assert!(sent(&with) && !sent(&Profile::epson_80mm()));
    assert_eq!(columns_on(name, &with), 6);
    // What is no Chinese character is in no such font.
    let document = document.text("ß😀").row(Row::Cut);
    assert_eq!(printed("rare", &document, &with, false), "𠮷㐂王\n〓〓");
    let without = printed("rare", &document, &Profile::epson_80mm(), false);
    assert_eq!(without, "〓〓王\n〓〓");
}

#[test]
fn a_row_with_a_character_the_printer_lacks_is_drawn_and_the_others_are_not() {
    let document = Document::new()
        .text("Zoë")
        .row(row("王 A", Align::Centre, true, false))
        .row(row("谢谢", Align::Right, false, true))
        .text("end");
    let paper = printed("drawn", &document, &western(), true);
    let expected = [
        "Zoë".to_owned(),
        format!("{}[picture 48x20]", " ".repeat(16)),
        // In two bands.
        format!("{}[picture 96x36]", " ".repeat(33)),
        format!("{}[picture 96x4]", " ".repeat(33)),
        "end".to_owned(),
    ];
    let rows: Vec<&str> = paper.lines().collect();
    assert_eq!(rows.len(), expected.len(), "{paper}");
    for (row, expected) in rows.iter().zip(&expected) {
        let size = |row: &str| row.trim_start().split('x').next().unwrap().to_owned();
        assert_eq!(size(row), size(expected), "{paper}");
    }
    let marks = printed("marks", &document, &western(), false);
    assert_eq!(marks.matches("??").count(), 3, "{marks}");
    let emoji = printed(
        "emoji",
        &Document::new().text("好😀"),
        &Profile::generic_80mm(),
        true,
    );
    assert!(emoji.starts_with("[picture 48x"), "{emoji}");
    let geta = printed(
        "geta",
        &Document::new().text("好😀"),
        &Profile::generic_80mm(),
        false,
    );
    assert_eq!(geta, "好〓");
}

#[test]
fn a_drawn_row_stands_where_the_printers_own_letters_would() {
    for align in [Align::Left, Align::Centre, Align::Right] {
        for (bold, large) in [(false, false), (true, false), (false, true), (true, true)] {
            let document = Document::new()
                .text("native")
                .row(row("王小明 访客证 A1g 国", align, bold, large))
                .text("native")
                .row(Row::Cut);
            let own = ink(&document, &Profile::epson_80mm());
            let drawn = ink(&document, &western());
            let edge = |dots: &[(usize, usize)], of: fn(&(usize, usize)) -> usize| {
                let places = dots.iter().map(of);
                (places.clone().min().unwrap(), places.max().unwrap())
            };
            let middle = 16 + 30..16 + 30 + if large { 48 } else { 30 };
            let row = |dots: &[(usize, usize)]| {
                let dots = dots.iter().filter(|(_, y)| middle.contains(y));
                dots.copied().collect::<Vec<_>>()
            };
            let (own_row, drawn_row) = (row(&own), row(&drawn));
            for of in [|dot: &(usize, usize)| dot.0, |dot: &(usize, usize)| dot.1] {
                let (a, b) = (edge(&own_row, of), edge(&drawn_row, of));
                let apart = a.0.abs_diff(b.0).max(a.1.abs_diff(b.1));
                assert!(apart <= 2, "{align:?} {bold} {large}: {a:?} {b:?}");
            }
            let (own_ink, drawn_ink) = (own_row.len() as f64, drawn_row.len() as f64);
            let ratio = drawn_ink / own_ink;
            assert!((0.8..1.3).contains(&ratio), "{bold} {large}: {ratio}");
            // The rows below have not moved.
            assert_eq!(edge(&own, |dot| dot.1), edge(&drawn, |dot| dot.1));
        }
    }
}

/// The pictures of a slip by their widths; the bands of one are one.
fn widths(paper: &str) -> Vec<&str> {
    let pictures = paper
        .lines()
        .filter(|row| row.trim_start().starts_with("[picture"));
    let mut widths: Vec<&str> = pictures.map(|row| &row[..row.find('x').unwrap()]).collect();
    widths.dedup();
    widths
}

#[test]
fn a_drawn_row_too_long_for_the_paper_goes_on_in_the_next() {
    let profile = western();
    let document = Document::new().text(&"王".repeat(25)).row(Row::Cut);
    let paper = printed("long", &document, &profile, true);
    assert_eq!(widths(&paper), ["[picture 576", "[picture 24"]);
    let by_page = printed("bilingual", &bilingual(), &profile, true);
    // Seven rows are drawn, two beside each other as wide as the paper.
    assert_eq!(widths(&by_page).len(), 6, "{by_page}");
}

#[test]
fn the_test_page_shows_everything_within_the_columns_of_every_profile() {
    for profile in Profile::all() {
        let paper = printed("test", &test_page(&profile), &profile, true);
        printed("bilingual", &bilingual(), &profile, true);
        for word in ["large", "bold", "[QR ", "[CODE128 TEST-0123456789]", "cut"] {
            let word = match (word, profile.name.contains("58mm")) {
                ("cut", true) => "tear here",
                (word, _) => word,
            };
            assert!(
                paper.contains(word),
                "{} lacks {word}: {paper}",
                profile.name
            );
        }
        let ruler = paper.lines().find(|row| row.starts_with("1234567890"));
        assert_eq!(ruler.unwrap().len(), usize::from(profile.columns));
        assert!(paper.contains("来访登记") == profile.chinese);
        assert!(paper.contains("äöüß") != profile.chinese);
        for row in paper.lines().filter(|row| !row.contains('[')) {
            assert!(
                columns_on(row, &profile) <= usize::from(profile.columns),
                "{row}"
            );
        }
    }
}

#[test]
fn the_paper_a_document_takes_is_known_before_it_is_printed() {
    let all = Document::new()
        .row(barcode("LODGE-0042", 3, Hri::Both))
        .row(barcode("LODGE", 3, Hri::None))
        .row(Row::Feed(7))
        .text(&"w".repeat(100))
        .row(row(&"W".repeat(30), Align::Left, true, true))
        .row(Row::Cut);
    for profile in Profile::all() {
        for with_font in [false, true] {
            for document in [&all, &bilingual(), &slip("A-1"), &test_page(&profile)] {
                let mut bench = bench(&profile, with_font);
                let before = bench.sim.paper_left();
                bench.prints(document.clone());
                let used = before - bench.sim.paper_left();
                let counted = dots(document, &profile);
                // A printer packs digits of a QR code tighter than is counted.
                let most = used + 3 * LINE_DOTS;
                assert!(
                    (used..=most).contains(&counted),
                    "{used} {counted} {profile:?}"
                );
            }
        }
    }
}

fn any_row() -> impl Strategy<Value = Row> {
    let letters = "[ A-Za-z0-9{äöüÄß€“”·王小明访客龘¥$\u{1B}\u{10}\u{4}😀]{0,60}";
    let align = prop_oneof![Just(Align::Left), Just(Align::Centre), Just(Align::Right)];
    let text = (letters, align, any::<bool>(), any::<bool>())
        .prop_map(|(text, align, bold, large)| row(&text, align, bold, large));
    let code = ("[ -~]{1,40}|[0-9]{1,60}", 1u8..8)
        .prop_map(|(text, module)| barcode(&text, module, Hri::Below));
    prop_oneof![3 => text, 1 => code, 1 => Just(Row::Feed(2))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_document_holds_a_real_time_command_and_each_is_printed_whole(
        rows in prop::collection::vec(any_row(), 1..6),
        which in 0usize..6,
        with_font: bool,
    ) {
        let profile = Profile::all()[which].clone();
        let document = Document { rows };
        let font = with_font.then(font);
        let bytes = encode(&document, &profile, font.as_ref());
        for pair in bytes.windows(2) {
            prop_assert!(!(pair[0] == 0x10 && matches!(pair[1], 4 | 5 | 0x14)));
        }
        let mut bench = bench(&profile, with_font);
        let before = bench.sim.paper_left();
        bench.prints(document.clone().text("END"));
        let used = before - bench.sim.paper_left();
        prop_assert!(bench.all_paper().ends_with("END"));
        prop_assert!(used <= dots(&document, &profile) + LINE_DOTS);
    }
}
