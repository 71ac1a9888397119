//! What is on a document: there and back, and what cannot be.

use lodge_hardware::reader::Credential;
use lodge_hardware::reader::samv::{
    Card, CardText, Document, EthnicGroup, Malformed, Number, Settings, Sex, ValidUntil,
};
use lodge_hardware::sim::samv::{Layout, SamvCard, SamvCommand};

use crate::cards::{
    card, documents, foreigner_2017, foreigner_2023, number, permit, presented, resident,
};
use crate::layouts::{RESIDENT, block, read};

fn resident_with(at: usize, text: &str) -> [u8; 256] {
    let fields = RESIDENT.map(|field| if field.0 == at { (at, text) } else { field });
    assert!(fields.contains(&(at, text)));
    block(&fields)
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
fn a_group_that_the_standard_does_not_know_is_none_and_the_rest_is_read() {
    for code in ["", "00", "57", "99", "+5", "A1"] {
        let read = read(&resident_with(32, code)).unwrap();
        let ethnic_group = None;
        assert!(read.card == Card::Resident { ethnic_group }, "{code}");
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
        ("81000021500101002", true),
        ("82000021500101002", true),
        ("83000021500101002", true),
        ("99999919900101002", false),
    ] {
        document.number = Number::Id(number(digits));
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

#[test]
fn there_is_a_made_up_card_of_every_layout_and_it_reads_as_one_of_that_kind() {
    for layout in Layout::ALL {
        let card = SamvCard::made_up_as(layout);
        let document = read(&card.block).expect("it is well made");
        let is = match document.card {
            Card::Resident { .. } => Layout::Resident,
            Card::HongKongMacaoTaiwan { .. } => Layout::Permit,
            Card::Foreigner2017 { .. } => Layout::Foreigner2017,
            Card::Foreigner2023 { .. } => Layout::Foreigner2023,
        };
        assert_eq!(is, layout);
        assert!(document.name.as_str().starts_with("虚构"), "{layout:?}");
    }
}
