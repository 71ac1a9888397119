//! What is on a Chinese identity document: four layouts, by offset and there and back
//! (hardware.md §4.4).

#[path = "support/samv.rs"]
mod bench;

use bench::{
    card, date, documents, foreigner_2017, foreigner_2023, permit, presented, resident, text,
};
use lodge_hardware::reader::Credential;
use lodge_hardware::reader::samv::{
    Address, Card, CardText, Document, EthnicGroup, Malformed, Nationality, Settings, Sex,
    ValidUntil,
};
use lodge_hardware::sim::samv::{SamvCard, SamvCommand};

fn read(block: &[u8]) -> Result<Document, Malformed> {
    Document::from_block(block, &Settings::default())
}

/// A block of spaces with these texts at these offsets, made without the crate's own table.
fn block(fields: &[(usize, &str)]) -> [u8; 256] {
    let mut block = [0; 256];
    block.iter_mut().step_by(2).for_each(|low| *low = 0x20);
    for (at, text) in fields {
        for (i, unit) in text.encode_utf16().enumerate() {
            block[at + 2 * i..at + 2 * i + 2].copy_from_slice(&unit.to_le_bytes());
        }
    }
    block
}

/// The standard's own example of a number, on a card of nobody's.
const RESIDENT: [(usize, &str); 9] = [
    (0, "虚构甲"),
    (30, "2"),
    (32, "05"),
    (36, "19491231"),
    (52, "无此省无此市"),
    (122, "11010519491231002X"),
    (158, "无此市公安局"),
    (188, "20200229"),
    (204, "长期"),
];

fn resident_with(at: usize, text: &str) -> [u8; 256] {
    let fields = RESIDENT.map(|field| if field.0 == at { (at, text) } else { field });
    assert!(fields.contains(&(at, text)));
    block(&fields)
}

#[test]
fn a_residents_card_is_read_by_offset() {
    let block = block(&RESIDENT);
    assert_eq!(
        block[204..208],
        [0x7F, 0x95, 0x1F, 0x67],
        "长期 as published"
    );
    let read = read(&block).unwrap();
    assert_eq!(read.name.as_str(), "虚构甲");
    assert_eq!(read.sex, Sex::Female);
    assert_eq!(read.born, date("19491231"));
    assert_eq!(read.number.as_str(), "11010519491231002X");
    assert_eq!(read.number.masked(), "1****************X");
    let printed = text("无此省无此市");
    assert_eq!(
        read.address,
        Some(Address {
            printed,
            latest: None
        })
    );
    assert_eq!(read.authority, Some(text("无此市公安局")));
    assert_eq!(read.valid_from, date("20200229"));
    assert_eq!(read.valid_until, ValidUntil::LongTerm);
    let Card::Resident { ethnic_group } = read.card else {
        panic!("{:?}", read.card);
    };
    assert_eq!(ethnic_group.unwrap().name(), "维吾尔");
}

#[test]
fn any_other_flag_than_i_j_and_y_is_a_residents_card() {
    for flag in [0x00, 0x20, 0x41, 0x69, 0x6A, 0x79] {
        let mut block = block(&RESIDENT);
        block[248] = flag;
        assert!(matches!(read(&block).unwrap().card, Card::Resident { .. }));
    }
}

#[test]
fn a_permit_is_read_by_offset() {
    let bytes = block(&[
        (0, "虚构乙"),
        (30, "1"),
        (36, "19900101"),
        (52, "无此市虚构路"),
        (122, bench::number("83000019900101003").as_str()),
        (158, "无此市公安局"),
        (188, "20200101"),
        (204, "20250101"),
        (220, "X00000001"),
        (238, "03"),
        (248, "J"),
    ]);
    assert_eq!(bytes[248..250], [0x4A, 0]);
    let read = read(&bytes).unwrap();
    assert_eq!((read.name, read.sex), (text("虚构乙"), Sex::Male));
    assert_eq!(read.born, date("19900101"));
    assert_eq!(read.number.as_str()[..17], *"83000019900101003");
    assert_eq!(read.address.unwrap().printed, text("无此市虚构路"));
    assert_eq!(read.authority, Some(text("无此市公安局")));
    assert_eq!(read.valid_from, date("20200101"));
    assert_eq!(read.valid_until, ValidUntil::Day(date("20250101")));
    let card = Card::HongKongMacaoTaiwan {
        travel_permit: text("X00000001"),
        times_issued: Some(3),
    };
    assert!(read.card == card);
}

#[test]
fn a_foreigners_card_of_2017_is_read_by_offset() {
    let english = "NOBODY, ENTIRELY MADE UP FOR A TEST AND OF NO PARTICULAR LAN";
    assert_eq!(english.len(), 60, "it fills its field");
    let bytes = block(&[
        (0, english),
        (120, "9"),
        (122, "XXA999990010100"),
        (152, "XXA"),
        (158, "虚构丙"),
        (188, "20200101"),
        (204, "20300101"),
        (220, "19900228"),
        (236, "01"),
        (240, "9999"),
        (248, "I"),
    ]);
    assert_eq!(bytes[248..250], [0x49, 0]);
    let read = read(&bytes).unwrap();
    assert_eq!((read.name, read.sex), (text("虚构丙"), Sex::Unspecified));
    assert_eq!(read.born, date("19900228"));
    assert_eq!(read.number.as_str(), "XXA999990010100");
    assert_eq!((read.address, read.authority), (None, Some(text("9999"))));
    assert_eq!(read.valid_from, date("20200101"));
    assert_eq!(read.valid_until, ValidUntil::Day(date("20300101")));
    let card = Card::Foreigner2017 {
        english_name: text(english),
        nationality: Nationality::new("XXA").unwrap(),
        version: text("01"),
    };
    assert!(read.card == card);
}

#[test]
fn a_foreigners_card_of_2023_is_read_by_offset() {
    let (begin, end) = ("NOBODY, ENTIRELY MADE UP FOR A TEST", "AND NO LAND");
    assert_eq!((begin.len(), end.len()), (35, 11), "both fill their fields");
    let bytes = block(&[
        (0, "虚构丁"),
        (30, "2"),
        (32, "04"),
        (36, "19900101"),
        (52, begin),
        (122, bench::number("99999919900101004").as_str()),
        (188, "20240101"),
        (204, "20340101"),
        (220, end),
        (242, "XXA"),
        (248, "Y"),
        (250, "B01"),
    ]);
    assert_eq!(bytes[248..250], [0x59, 0]);
    let read = read(&bytes).unwrap();
    assert_eq!((read.name, read.sex), (text("虚构丁"), Sex::Female));
    assert_eq!(read.born, date("19900101"));
    assert_eq!(read.number.as_str()[..17], *"99999919900101004");
    assert_eq!((read.address, read.authority), (None, None));
    assert_eq!(read.valid_from, date("20240101"));
    assert_eq!(read.valid_until, ValidUntil::Day(date("20340101")));
    let card = Card::Foreigner2023 {
        english_name: text(&format!("{begin}{end}")),
        nationality: Nationality::new("XXA").unwrap(),
        times_renewed: Some(4),
        old_number: text("B01"),
    };
    assert!(read.card == card);
}

#[test]
fn a_space_where_the_two_fields_of_an_english_name_meet_stays() {
    let document = foreigner_2023();
    let Card::Foreigner2023 { english_name, .. } = &document.card else {
        panic!("{:?}", document.card);
    };
    assert_eq!(english_name.as_str().find(' '), Some(18));
    assert_eq!(
        &english_name.as_str()[34..35],
        " ",
        "the last of the first field"
    );
    let read = read(&card(&document).block).unwrap();
    assert!(read.card == document.card);
}

#[test]
fn what_a_simulated_card_says_is_read_from_it() {
    let without_chinese = |document: Document| {
        let (Card::Foreigner2017 { english_name, .. } | Card::Foreigner2023 { english_name, .. }) =
            &document.card
        else {
            panic!("{:?}", document.card);
        };
        let name = english_name.clone();
        Document { name, ..document }
    };
    let mut all = documents().to_vec();
    all.push(without_chinese(foreigner_2017()));
    all.push(without_chinese(foreigner_2023()));
    all.push(resident("\u{E000}𠀀·阿"));
    for sex in [0, 1, 2, 9] {
        let sex = Sex::new(sex).unwrap();
        all.push(Document { sex, ..permit() });
    }
    for code in 0..=99 {
        let ethnic_group = EthnicGroup::new(code);
        let card = Card::Resident { ethnic_group };
        all.push(Document {
            card,
            ..resident("虚构戊")
        });
    }
    let valid_until = ValidUntil::LongTerm;
    all.push(Document {
        valid_until,
        ..resident("虚构己")
    });
    for document in all {
        let read = read(&card(&document).block).unwrap();
        assert!(read == document);
    }
}

#[test]
fn a_text_too_long_for_its_field_makes_no_card() {
    assert!(SamvCard::of(&resident(&"甲".repeat(15))).is_some());
    assert!(SamvCard::of(&resident(&"甲".repeat(16))).is_none());
}

#[test]
fn a_field_padded_with_zeros_is_trimmed_too() {
    let mut block = block(&RESIDENT);
    for unit in block.chunks_exact_mut(2).filter(|unit| **unit == [0x20, 0]) {
        unit.fill(0);
    }
    assert_eq!(read(&block).unwrap().name.as_str(), "虚构甲");
}

#[test]
fn a_block_of_another_length_is_refused() {
    let block = [0x20; 300];
    for length in (0..300).filter(|length| *length != 256) {
        assert_eq!(read(&block[..length]), Err(Malformed::Length), "{length}");
    }
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    for (at, text, why) in [
        (0, "", Malformed::Text),
        (0, "甲\n乙", Malformed::Text),
        (30, "3", Malformed::Sex),
        (30, "", Malformed::Sex),
        (36, "19490230", Malformed::Date),
        (36, "", Malformed::Date),
        (122, "110105194912310021", Malformed::Number),
        (122, "110105194912310", Malformed::Number),
        (188, "2020", Malformed::Date),
        (204, "长久", Malformed::Date),
        (204, "20250431", Malformed::Date),
    ] {
        assert_eq!(read(&resident_with(at, text)), Err(why), "{at} {text}");
    }
    for (document, at, text, why) in [
        (foreigner_2017(), 152, "xxa", Malformed::Nationality),
        (foreigner_2017(), 122, "xxa", Malformed::Number),
        (foreigner_2023(), 242, "X1A", Malformed::Nationality),
        (
            foreigner_2023(),
            122,
            "11010519491231002X",
            Malformed::Number,
        ),
    ] {
        let mut block = card(&document).block;
        for (i, unit) in text.encode_utf16().enumerate() {
            block[at + 2 * i..at + 2 * i + 2].copy_from_slice(&unit.to_le_bytes());
        }
        assert_eq!(read(&block), Err(why), "{at} {text}");
    }
}

#[test]
fn half_a_surrogate_pair_in_any_text_is_refused() {
    for (document, fields) in [
        (resident("虚构甲"), &[0, 52, 158][..]),
        (permit(), &[0, 52, 158, 220]),
        (foreigner_2017(), &[0, 158, 236, 240]),
        (foreigner_2023(), &[0, 52, 220, 250]),
    ] {
        for at in fields {
            for half in [0xD8, 0xDC] {
                let mut block = card(&document).block;
                block[at + 1] = half;
                assert_eq!(read(&block), Err(Malformed::Text), "{at}");
            }
        }
    }
}

#[test]
fn no_block_of_any_bytes_makes_the_parser_panic_or_a_number_that_does_not_hold() {
    let base: Vec<_> = documents()
        .iter()
        .map(|document| card(document).block)
        .collect();
    let mut refused = 0;
    for block in &base {
        for at in 0..256 {
            for value in [0x00, 0x20, 0x30, 0x39, 0x58, 0xAA, 0xD8, 0xDC, 0xFF] {
                let mut block = *block;
                block[at] = value;
                match read(&block) {
                    Ok(read) => assert!(matches!(read.number.as_str().len(), 15 | 18)),
                    Err(_) => refused += 1,
                }
            }
        }
    }
    assert!(refused > 1000, "{refused}");
}

#[test]
fn less_known_layouts_and_prefixes_are_settings() {
    let without = Settings {
        foreigners_2023: false,
        ..Settings::default()
    };
    let block = card(&foreigner_2023()).block;
    assert_eq!(
        Document::from_block(&block, &without),
        Err(Malformed::Layout)
    );
    let strict = Settings {
        permit_beginnings: true,
        ..Settings::default()
    };
    let mut document = permit();
    for (digits, well) in [
        ("81000019900101002", true),
        ("82000019900101002", true),
        ("83000019900101002", true),
        ("99999919900101002", false),
    ] {
        document.number = lodge_hardware::reader::samv::Number::Id(bench::number(digits));
        let block = card(&document).block;
        assert!(read(&block).is_ok());
        assert_eq!(
            Document::from_block(&block, &strict).is_ok(),
            well,
            "{digits}"
        );
    }
}

#[test]
fn nothing_personal_is_in_debug_output() {
    for document in documents() {
        let mut shown = String::new();
        shown += &format!("{:?} {:#?}", document, document);
        shown += &format!("{:?}", Credential::Document(Box::new(document.clone())));
        shown += &format!("{:?}", presented(&document));
        shown += &format!("{:?}", SamvCommand::PutDown(card(&document)));
        let Document {
            name,
            sex,
            born,
            number,
            address,
            authority,
            valid_from,
            valid_until,
            card,
        } = &document;
        shown += &format!("{name:?} {sex:?} {born:?} {number:?} {address:?} {authority:?}");
        shown += &format!("{valid_from:?} {valid_until:?} {card:?}");
        if let Card::Resident { ethnic_group } = card {
            shown += &format!("{ethnic_group:?}");
        }
        if let Card::Foreigner2017 { nationality, .. } = card {
            shown += &format!("{nationality:?}");
        }
        let address = address
            .as_ref()
            .map_or("-", |address| address.printed.as_str());
        let authority = authority.as_ref().map_or("-", CardText::as_str);
        for personal in [name.as_str(), number.as_str(), address, authority] {
            assert!(personal == "-" || !shown.contains(personal), "{shown}");
        }
        let kinds = ["2017", "2023"].iter().fold(shown, |shown, kind| {
            shown.replace(&format!("Foreigner{kind}"), "")
        });
        for hidden in ["Male", "汉", "XXA", "NOBODY", "虚"] {
            assert!(!kinds.contains(hidden), "{kinds}");
        }
        assert!(
            !kinds.contains(|shown: char| shown.is_ascii_digit()),
            "{kinds}"
        );
    }
}
