//! The four layouts of the text block, by offset (hardware.md §4.4).

use lodge_hardware::reader::samv::{
    Address, Card, Document, Malformed, Nationality, Settings, Sex, ValidUntil,
};

use crate::cards::{date, number, text};

pub fn read(block: &[u8]) -> Result<Document, Malformed> {
    Document::from_block(block, &Settings::default())
}

/// A block of spaces with these texts at these offsets, made without the crate's own table.
pub fn block(fields: &[(usize, &str)]) -> [u8; 256] {
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
pub const RESIDENT: [(usize, &str); 9] = [
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
        (122, number("83000021500101003").as_str()),
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
    assert_eq!(read.number.as_str()[..17], *"83000021500101003");
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
        (122, number("99999919900101004").as_str()),
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
fn a_field_padded_with_zeros_is_trimmed_too() {
    let mut block = block(&RESIDENT);
    for unit in block.chunks_exact_mut(2).filter(|unit| **unit == [0x20, 0]) {
        unit.fill(0);
    }
    assert_eq!(read(&block).unwrap().name.as_str(), "虚构甲");
}
