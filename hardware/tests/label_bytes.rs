//! Labels as TSPL and ZPL bytes (hardware.md §8), and what no text can do to them.

#[path = "support/labels.rs"]
mod labels;

use labels::{badge, font, parcel, profiles, stock};
use lodge_hardware::escpos::encode::character;
use lodge_hardware::label::layout::{Layout, Misfit};
use lodge_hardware::label::profile::{BitmapFont, Characters, Language, Profile, Quotes};
use lodge_hardware::label::{Align, Area, Label, Mm, Spacing, Stock, Text, tspl, zpl};
use proptest::prelude::*;

/// A label's bytes as a printer without a font to draw with gets them.
fn bytes(label: &Label, profile: &Profile) -> Vec<u8> {
    let layout = Layout::new(label, profile, None).unwrap();
    match profile.language {
        Language::Tspl { .. } => tspl::encode(&layout, profile),
        Language::Zpl { .. } => zpl::encode(&layout, profile),
    }
}

/// Bytes with those outside ASCII in hexadecimal.
fn shown(bytes: &[u8]) -> String {
    let chars = bytes.iter().map(|byte| match byte {
        b'\n' => "\n".to_owned(),
        b'\r' => String::new(),
        0x20..=0x7E => char::from(*byte).to_string(),
        byte => format!("<{byte:02X}>"),
    });
    chars.collect()
}

/// The lines that one text of 3 mm makes.
fn lines(text: &str, profile: &Profile) -> Vec<String> {
    let label = Label::new(stock()).text(stock().inside(Mm::whole(2)), Text::new(text));
    let all = shown(&bytes(&label, profile));
    let text = all
        .lines()
        .filter(|line| line.starts_with("TEXT") || line.starts_with("^FO"));
    text.map(str::to_owned).collect()
}

fn without_escape() -> Profile {
    let Language::Tspl { font, status, .. } = Profile::tspl_203dpi().language else {
        unreachable!("a TSPL printer")
    };
    let quotes = Quotes::Never;
    Profile {
        language: Language::Tspl {
            font,
            quotes,
            status,
        },
        ..Profile::tspl_203dpi()
    }
}

#[test]
fn a_badge_and_a_parcel_are_these_bytes() {
    let all = profiles().into_iter().flat_map(|profile| {
        [
            badge("王小明", "ACME_1 ^~\"", "Host"),
            parcel("7-0042", "A-12", "王**"),
        ]
        .map(|label| format!("{}\n{}", profile.name, shown(&bytes(&label, &profile))))
    });
    insta::assert_snapshot!(all.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_drawn_line_is_this_picture() {
    let label = Label::new(stock()).text(stock().inside(Mm::whole(16)), Text::new("王"));
    let all = [Profile::tspl2_203dpi_western(), Profile::zpl_203dpi()].map(|profile| {
        let layout = Layout::new(&label, &profile, Some(&font())).unwrap();
        let bytes = [
            tspl::encode(&layout, &profile),
            zpl::encode(&layout, &profile),
        ]
        .concat();
        shown(&bytes)
    });
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn stock_of_every_kind_is_told_to_the_printer() {
    let stock = |spacing| Stock {
        width: Mm::tenths(605),
        height: Mm::whole(40),
        spacing,
    };
    for (spacing, tspl, zpl) in [
        (Spacing::Gap(Mm::tenths(25)), "GAP 2.5 mm,0 mm", "^MNY"),
        (Spacing::Mark(Mm::whole(3)), "BLINE 3 mm,0 mm", "^MNM"),
        (Spacing::Continuous, "GAP 0 mm,0 mm", "^MNN"),
    ] {
        let label = Label::new(stock(spacing));
        let expected =
            format!("SIZE 60.5 mm,40 mm\n{tspl}\nDIRECTION 1\nREFERENCE 0,0\nCLS\nPRINT 1,1\n");
        assert_eq!(shown(&bytes(&label, &Profile::tspl_203dpi())), expected);
        let expected = format!("^XA^CI28{zpl}^PON^LH0,0^PW484^LL320\n^PQ1^XZ\n");
        assert_eq!(shown(&bytes(&label, &Profile::zpl_203dpi())), expected);
    }
    let turned = Profile {
        upside_down: true,
        ..Profile::tspl_203dpi()
    };
    let label = Label::new(stock(Spacing::Continuous));
    assert!(shown(&bytes(&label, &turned)).contains("DIRECTION 0\n"));
    let turned = Profile {
        upside_down: true,
        ..Profile::zpl_203dpi()
    };
    assert!(shown(&bytes(&label, &turned)).contains("^POI"));
}

#[test]
fn a_quotation_mark_is_escaped_where_the_printer_knows_how_and_replaced_where_not() {
    let tspl = lines("a\"b", &Profile::tspl_203dpi());
    assert_eq!(tspl, ["TEXT 16,146,\"TSS24.BF2\",0,1,1,\"a\\[\"]b\""]);
    let never = lines("a\"b", &without_escape());
    assert_eq!(never, ["TEXT 16,146,\"TSS24.BF2\",0,1,1,\"a<A3><A2>b\""]);
}

#[test]
fn what_could_begin_an_escape_or_an_immediate_command_is_never_sent() {
    let profile = Profile::tspl_203dpi();
    assert!(lines("a\\[R]", &profile)[0].ends_with("\"a\\<A3><DB>R]\""));
    assert!(lines("~!D", &profile)[0].ends_with("\"~<A3><A1>D\""));
    assert!(lines("a\\\"b", &profile)[0].ends_with("\"a\\<A3><A2>b\""));
    assert!(lines("a\\", &profile)[0].ends_with("\"a\\ \""));
    assert!(lines("乗", &profile)[0].ends_with("\"<81>\\ \""));
    let western = Profile::tspl2_203dpi_western();
    assert!(lines("a\\[R]~!D", &western)[0].ends_with("\"a\\(R]~.D\""));
    // The second byte of some Chinese characters is a backslash or a tilde.
    for (c, second) in [('乗', b'\\'), ('亊', b'~')] {
        assert_eq!(character(c).0[1], second);
        let line = lines(&format!("{c}[!"), &profile)[0].clone();
        assert!(!line.contains("\\[") && !line.contains("~!"), "{line}");
    }
}

#[test]
fn controls_are_left_out_and_lines_become_spaces() {
    for profile in profiles() {
        let hostile = lines("a\r\nPRINT 9,9\r\n\u{1B}!R\u{7F}\u{0}b\u{85}c", &profile);
        assert_eq!(hostile.len(), 1);
        assert!(hostile[0].contains("a  PRINT 9,9  !Rb c"), "{hostile:?}");
    }
}

#[test]
fn a_zpl_text_cannot_leave_its_field() {
    let line = lines("^XZ^XA~JA_5E\\&", &Profile::zpl_203dpi());
    let data = "_5EXZ_5EXA_7EJA_5F5E\\&";
    assert_eq!(line, [format!("^FO16,146^A0N,24,24^FH^FD{data}^FS")]);
    let area = stock().inside(Mm::whole(2));
    for (align, block) in [
        (Align::Centre, "^FB448,1,0,C"),
        (Align::Right, "^FB448,1,0,R"),
    ] {
        let label = Label::new(stock()).text(area, Text::new("a").align(align));
        let all = shown(&bytes(&label, &Profile::zpl_203dpi()));
        assert!(
            all.contains(&format!("^A0N,24,24{block}^FH^FDa^FS")),
            "{all}"
        );
        let label = Label::new(stock()).text(area, Text::new("a\\&b").align(align));
        assert!(!shown(&bytes(&label, &Profile::zpl_203dpi())).contains("^FB"));
    }
    let label = Label::new(stock()).code128(area, "a>:^b");
    let all = shown(&bytes(&label, &Profile::zpl_203dpi()));
    assert!(all.contains("^FH^FD>:a>0:_5Eb^FS"), "{all}");
}

#[test]
fn what_a_font_does_not_have_is_marked_and_four_byte_codes_are_never_sent() {
    let profile = Profile::tspl_203dpi();
    assert!(lines("𠮷¥", &profile)[0].ends_with("\"<A1><FE><A3><A4>\""));
    let western = lines("王é…", &Profile::tspl2_203dpi_western());
    assert!(western[0].ends_with("\"??.\""), "{western:?}");
    let zpl = lines("王é…", &Profile::zpl_203dpi());
    assert!(zpl[0].ends_with("^FD?<C3><A9>.^FS"), "{zpl:?}");
    let Language::Tspl {
        font,
        quotes,
        status,
    } = profile.language
    else {
        unreachable!("a TSPL printer")
    };
    let font = BitmapFont {
        characters: Characters::Gb2312,
        ..font
    };
    let narrow = Profile {
        language: Language::Tspl {
            font,
            quotes,
            status,
        },
        ..Profile::tspl_203dpi()
    };
    assert!(lines("喆王", &narrow)[0].ends_with("\"<A1><FE><CD><F5>\""));
}

#[test]
fn a_label_that_cannot_be_right_is_refused_with_its_reason() {
    let inside = stock().inside(Mm::whole(2));
    let narrow = Area {
        width: Mm::whole(1),
        height: Mm::whole(1),
        ..inside
    };
    let off = Area {
        x: Mm::whole(50),
        ..inside
    };
    let new = || Label::new(stock()).text(inside, Text::new("a"));
    let wide = Stock::die_cut(Mm::whole(200), Mm::whole(40), Mm::whole(2));
    for (label, why) in [
        (Label::new(wide), Misfit::WiderThanHead),
        (new().text(off, Text::new("a")), Misfit::OffLabel(1)),
        (new().text(narrow, Text::new("a")), Misfit::NoRoom(1)),
        (new().qr(inside, &"7".repeat(2000)), Misfit::CodeTooLong(1)),
        (new().qr(narrow, "7"), Misfit::CodeTooLong(1)),
        (new().qr(inside, ""), Misfit::CodeUnwritable(1)),
        (new().qr(inside, "a\nPRINT 1"), Misfit::CodeUnwritable(1)),
        (
            new().code128(inside, &"7".repeat(40)),
            Misfit::CodeTooLong(1),
        ),
        (new().code128(inside, "王"), Misfit::CodeUnwritable(1)),
    ] {
        for profile in profiles() {
            let refused = Layout::new(&label, &profile, Some(&font())).err();
            assert_eq!(refused, Some(why), "{}", profile.name);
        }
    }
    let quoted = new().qr(inside, "a\"b");
    let refused = Layout::new(&quoted, &without_escape(), None).err();
    assert_eq!(refused, Some(Misfit::CodeUnwritable(1)));
    let escape = new().qr(inside, "\\[R]");
    let refused = Layout::new(&escape, &Profile::tspl_203dpi(), None).err();
    assert_eq!(refused, Some(Misfit::CodeUnwritable(1)));
}

#[test]
fn text_that_had_to_be_shortened_is_told() {
    let small = Area {
        width: Mm::whole(12),
        height: Mm::whole(4),
        ..stock().inside(Mm::whole(2))
    };
    let label = Label::new(stock())
        .text(small, Text::new("short"))
        .text(small, Text::new("much too long for this"));
    for profile in profiles() {
        for font in [None, Some(font())] {
            let layout = Layout::new(&label, &profile, font.as_ref()).unwrap();
            assert_eq!(layout.shortened(), [1], "{}", profile.name);
        }
    }
    let endless = Label::new(stock()).text(small, Text::new(&"王 ".repeat(1_000_000)));
    let layout = Layout::new(&endless, &Profile::zpl_203dpi(), Some(&font())).unwrap();
    assert_eq!(layout.shortened(), [0]);
}

#[test]
fn every_profile_is_found_by_its_name() {
    for name in Profile::names() {
        assert_eq!(Profile::by_name(name).unwrap().name, name);
    }
    assert_eq!(Profile::by_name("ZD420"), None);
}

#[test]
fn nothing_of_a_label_is_in_its_debug_output() {
    let label = badge("Someone", "Somewhere", "Somebody");
    assert_eq!(format!("{label:?}"), "Label(60 × 40 mm, 5 elements)");
}

proptest! {
    #[test]
    fn no_text_leaves_its_quotation_marks_or_its_field(
        text in prop_oneof![any::<String>(), "[\"\\\\\\[\\]~!^_><\u{1B}\r\n,王乗亊a ]{0,40}"],
    ) {
        for profile in profiles().into_iter().chain([without_escape()]) {
            for line in lines(&text, &profile) {
                match profile.language {
                    Language::Tspl { .. } => {
                        let content = line.splitn(7, ',').nth(6).unwrap();
                        let content = content.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
                        prop_assert!(!content.is_empty() && !content.ends_with('\\'), "{}", line);
                        let content = content.replace("\\[\"]", "\n");
                        prop_assert!(!content.contains(['"', '\r']), "{}", line);
                        prop_assert!(!content.contains("\\\n"), "{}", line);
                        prop_assert!(!content.contains("\\[") && !content.contains("~!"), "{}", line);
                        prop_assert!(!content.contains("<1B>"), "{}", line);
                    }
                    Language::Zpl { .. } => {
                        let data = line.split_once("^FD").unwrap().1.strip_suffix("^FS").unwrap();
                        prop_assert!(!data.contains(['^', '~']), "{}", line);
                    }
                }
            }
        }
    }

    #[test]
    fn no_picture_holds_an_immediate_command(text in "[a-zA-Z王小明海蓝科技]{1,12}", size in 2u16..14) {
        let profile = Profile::tspl2_203dpi_western();
        let text = Text::new(&format!("王{text}")).size(Mm::whole(size)).bold();
        let label = Label::new(stock()).text(stock().inside(Mm::whole(1)), text);
        let layout = Layout::new(&label, &profile, Some(&font())).unwrap();
        let bytes = tspl::encode(&layout, &profile);
        let special = |pair: &[u8]| pair == b"\x1B!" || pair == b"~!";
        prop_assert!(!bytes.windows(2).any(special));
    }
}
