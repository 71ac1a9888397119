//! Labels as they are laid out: whatever is on them and however small they are, nothing is cut.

use ab_glyph::FontArc;
use lodge::devices::label_of;
use lodge::slips::{Label, LabelKind};
use lodge_hardware::label::layout::Layout;
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::{Area, Element, Label as Sheet, Mm, Text};

/// The smallest, the common ones, the largest that every head prints.
const SIZES: [(u16, u16); 7] = [
    (40, 25),
    (40, 30),
    (50, 30),
    (60, 40),
    (70, 50),
    (100, 60),
    (104, 200),
];

fn badge(title: &str, mark: Option<&str>) -> Label {
    let lines = [
        "北方极光国际供应链管理咨询（上海）股份有限公司 2801-2806",
        "Valid until 23 Nov 18:00",
        "Visiting Bartholomew F.",
        "Harbour Trading Ltd",
    ];
    Label {
        kind: LabelKind::Badge,
        heading: "施工人员 · A-1123-0001".to_owned(),
        title: title.to_owned(),
        lines: lines.map(str::to_owned).to_vec(),
        code: "A-20261123-0001-V".to_owned(),
        mark: mark.map(str::to_owned),
    }
}

#[test]
fn on_every_size_and_make_the_longest_names_stand_whole_beside_a_code_that_is_read() {
    let font = FontArc::try_from_slice(lodge::screen::PAPER_FONT).expect("a font");
    let names = [
        "王小明",
        "阿不都热合曼·买买提",
        "Bartholomew Featherstonehaugh",
        "B-03",
    ];
    for profile in Profile::all() {
        for size in SIZES {
            for name in names {
                for mark in [None, Some("补打 1 / REPRINT 1")] {
                    let sheet = label_of(&badge(name, mark), size);
                    let context = format!("{} {size:?} {name} {mark:?}", profile.name);
                    let layout = Layout::new(&sheet, &profile, Some(&font));
                    let layout = layout.unwrap_or_else(|why| panic!("{context}: {why}"));
                    assert_eq!(layout.shortened(), [] as [usize; 0], "{context}");
                }
            }
        }
    }
}

#[test]
fn nothing_comes_near_the_code_and_all_of_it_is_on_the_label() {
    let (mut codes, mut texts) = (0, 0);
    for size in SIZES {
        let sheet = label_of(&badge("王小明", Some("补打 1 / REPRINT 1")), size);
        let code = sheet.elements.iter().find_map(|element| match element {
            Element::Qr(area, _) => Some(*area),
            _ => None,
        });
        let code = code.expect("it has a code");
        assert!(code.is_on(&sheet.stock), "{size:?}");
        codes += 1;
        for element in &sheet.elements {
            let Element::Text(area, _) = element else {
                continue;
            };
            assert!(area.is_on(&sheet.stock), "{size:?}");
            let end = |from: Mm, length: Mm| from.dots(10) + length.dots(10) + 15;
            let left_of = end(area.x, area.width) <= code.x.dots(10);
            let above = end(area.y, area.height) <= code.y.dots(10);
            assert!(left_of || above, "{size:?}: {area:?} beside {code:?}");
            texts += 1;
        }
    }
    assert_eq!(codes, SIZES.len());
    assert!(texts >= 3 * SIZES.len(), "{texts}");
}

#[test]
fn a_small_label_leaves_out_the_last_lines_and_never_the_mark_of_a_reprint() {
    let count = |size, mark| label_of(&badge("王小明", mark), size).elements.len();
    // Heading, title, code, and all four lines.
    assert_eq!(count((100, 60), None), 7);
    assert!(count((40, 25), None) < 7);
    let small = label_of(&badge("王小明", Some("补打 1")), (40, 25));
    let mark = Sheet::new(small.stock).text(Area::default(), Text::new("补打 1").bold());
    let Some(Element::Text(_, bold)) = mark.elements.first() else {
        panic!("a text");
    };
    let bold = bold.clone().size(Mm::tenths(29));
    let found = small
        .elements
        .iter()
        .any(|element| matches!(element, Element::Text(_, text) if *text == bold));
    assert!(found, "the mark stands on the smallest label");
}
