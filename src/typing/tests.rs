//! What a hand can do on the keyboard, and what comes of it.

use super::*;
use crate::pinyin::{of_syllable, readings, starting_with};
use proptest::prelude::*;

fn typed(purpose: Purpose, keys: &str) -> Field {
    let mut field = Field::new(purpose);
    for key in keys.chars() {
        assert!(field.press(Press::Key(key)), "{key} of {keys}");
    }
    field
}

fn choose(field: &mut Field, wanted: &str) {
    for _ in 0..400 {
        if let Some(place) = field.candidates().iter().position(|text| text == wanted) {
            assert!(field.press(Press::Candidate(place)));
            return;
        }
        assert!(field.press(Press::NextCandidates), "no page has {wanted}");
    }
    panic!("no page has {wanted}");
}

fn first(purpose: Purpose, keys: &str) -> Vec<String> {
    typed(purpose, keys).candidates()
}

#[test]
fn a_name_is_typed_in_one_run_and_chosen_piece_by_piece() {
    let mut field = typed(Purpose::PersonName, "ouyangxiaolan");
    assert_eq!(field.candidates()[0], "欧阳");
    choose(&mut field, "欧阳");
    assert_eq!((field.text(), field.composing()), ("欧阳", "xiaolan"));
    choose(&mut field, "晓");
    assert_eq!(field.composing(), "lan");
    choose(&mut field, "岚");
    assert_eq!((field.text(), field.composing()), ("欧阳晓岚", ""));
    assert!(field.candidates().is_empty());
}

#[test]
fn surnames_come_first_by_their_own_readings() {
    for (keys, surname) in [
        ("shan", "单"),
        ("qiu", "邱"),
        ("zeng", "曾"),
        ("xie", "谢"),
        ("zha", "查"),
        ("piao", "朴"),
        ("wang", "王"),
        ("yuchi", "尉迟"),
        ("sm", "司马"),
        ("lv", "吕"),
    ] {
        assert_eq!(first(Purpose::PersonName, keys)[0], surname, "{keys}");
    }
    for (keys, surname) in [("qiu", "仇"), ("xie", "解"), ("ou", "区"), ("ge", "盖")] {
        let page = first(Purpose::PersonName, keys);
        assert!(page.contains(&surname.to_owned()), "{keys}: {page:?}");
    }
    // Behind the surname, and in a sentence, the same letters mean something else.
    let mut field = typed(Purpose::PersonName, "wangshan");
    choose(&mut field, "王");
    assert_ne!(field.candidates()[0], "单");
    assert_eq!(first(Purpose::FreeText, "shan")[0], "山");
    assert_eq!(first(Purpose::Finding, "wang")[0], "王");
}

#[test]
fn initials_offer_what_they_may_begin() {
    // 说 is read yue now and then, but nobody who types y means it.
    assert!(!first(Purpose::Company, "yxgs").contains(&"说".to_owned()));
    let mut field = typed(Purpose::PersonName, "wxl");
    assert_eq!(field.candidates()[0], "王");
    choose(&mut field, "王");
    assert_eq!(field.composing(), "xl");
    choose(&mut field, "晓");
    choose(&mut field, "岚");
    assert_eq!(field.text(), "王晓岚");
}

#[test]
fn a_company_is_written_in_words() {
    let mut field = typed(Purpose::Company, "haigangmaoyi");
    choose(&mut field, "海");
    choose(&mut field, "港");
    assert_eq!(field.candidates()[0], "贸易");
    choose(&mut field, "贸易");
    for key in "yxgs".chars() {
        field.press(Press::Key(key));
    }
    choose(&mut field, "有限公司");
    assert_eq!(field.text(), "海港贸易有限公司");
}

#[test]
fn a_plate_begins_with_its_province() {
    let mut field = Field::new(Purpose::Plate);
    assert_eq!(field.candidates()[0], "京");
    choose(&mut field, "沪");
    assert!(field.candidates().is_empty());
    field.press(Press::Mode(Mode::English));
    for key in "a12345".chars() {
        field.press(Press::Key(key));
    }
    assert_eq!(field.text(), "沪A12345");
}

#[test]
fn every_character_of_gb2312_is_reached_by_one_of_its_readings() {
    let mut reached = 0;
    for high in 0xB0..=0xF7_u8 {
        for low in 0xA1..=0xFE_u8 {
            let bytes = [high, low];
            let text = encoding_rs::GB18030.decode_without_bom_handling(&bytes).0;
            let character = text.chars().next().expect("a character");
            // Five places behind the last character are empty.
            if !('\u{4E00}'..='\u{9FFF}').contains(&character) {
                continue;
            }
            let reading = readings(character).next().expect("a reading");
            assert!(of_syllable(reading).is_some());
            reached += 1;
        }
    }
    assert_eq!(reached, 6763);
    // Whatever stands in the table stands on a page, whoever comes first there.
    let fields = [
        Field::new(Purpose::FreeText),
        Field::new(Purpose::PersonName),
        Field::new(Purpose::PersonName).with_text("王"),
    ];
    let mut on_pages = 0;
    for (field, syllable) in fields
        .iter()
        .flat_map(|field| starting_with("").iter().map(move |s| (field, s)))
    {
        let mut field = field.clone();
        for key in syllable.letters.chars() {
            field.press(Press::Key(key));
        }
        let mut seen = std::collections::HashSet::new();
        let begin = field.candidates();
        loop {
            let page = field.candidates();
            assert!(!page.is_empty() && page.len() <= Field::CELLS);
            seen.extend(page);
            if !field.press(Press::NextCandidates) || field.candidates() == begin {
                break;
            }
        }
        for character in syllable.characters.chars() {
            assert!(seen.contains(&character.to_string()), "{character}");
            on_pages += 1;
        }
    }
    assert!(on_pages > 3 * 21_000, "{on_pages}");
}

/// Those that stand on no key: signs, numerals, kana, Greek, Cyrillic, and lines.
#[test]
fn every_sign_of_gb2312_is_reached_by_its_code_where_anything_may_be_written() {
    let (mut reached, mut of_names) = (0, 0);
    for high in 0xA1..=0xA9_u8 {
        for low in 0xA1..=0xFE_u8 {
            let text = encoding_rs::GB18030
                .decode_without_bom_handling(&[high, low])
                .0
                .into_owned();
            let character = text.chars().next().expect("a character");
            // Places that are empty in the standard, and the blank, which has a key.
            if ('\u{E000}'..='\u{F8FF}').contains(&character) || character == '\u{3000}' {
                continue;
            }
            let reached_in = |purpose| {
                let mut field = Field::new(purpose).beginning_in(Mode::Code);
                for digit in format!("{high:02X}{low:02X}").chars() {
                    field.press(Press::Key(digit));
                }
                field.candidates().contains(&text)
            };
            assert!(
                reached_in(Purpose::FreeText),
                "{character} {high:02X}{low:02X}"
            );
            of_names += usize::from(reached_in(Purpose::PersonName));
            reached += 1;
        }
    }
    // 682 signs in the standard, the blank not counted; its successor has some more in its empty places.
    assert!(reached >= 681, "{reached}");
    // Letters with marks, as names have them.
    assert!(of_names < 40, "{of_names} signs in a name");
}

#[test]
fn a_rare_character_comes_by_its_code() {
    for (digits, character) in [("5586", "喆"), ("20BB7", "𠮷"), ("95329033", "𠂉")] {
        let mut field = Field::new(Purpose::PersonName).beginning_in(Mode::Code);
        for digit in digits.chars() {
            field.press(Press::Key(digit));
        }
        assert_eq!(field.candidates(), [character], "{digits}");
        assert!(field.press(Press::Space));
        assert_eq!((field.text(), field.composing()), (character, ""));
    }
}

#[test]
fn letters_that_nobody_turned_into_chinese_stay_letters() {
    let mut field = typed(Purpose::PersonName, "grace");
    assert_eq!(field.so_far(), "grace");
    assert_eq!(field.entered(), "grace");
    let mut field = typed(Purpose::Company, "abc");
    field.press(Press::Mode(Mode::English));
    assert_eq!((field.text(), field.composing()), ("abc", ""));
    // A run that is no pinyin offers itself.
    assert_eq!(first(Purpose::Company, "iu"), ["iu"]);
}

#[test]
fn a_latin_name_gets_its_capitals_by_itself() {
    let mut field = Field::new(Purpose::PersonName).beginning_in(Mode::English);
    let mut shown = String::new();
    for key in "grace hart".chars() {
        let key = match field.capital() {
            true => key.to_ascii_uppercase(),
            false => key,
        };
        assert!(key == ' ' || field.keys().concat().contains(&key));
        field.press(Press::Key(key));
        shown.push(key);
    }
    assert_eq!((field.text(), shown.as_str()), ("Grace Hart", "Grace Hart"));
    assert!(field.press(Press::Shift) && field.capital());
}

#[test]
fn numbers_take_digits_and_phones_what_stands_between_them() {
    let mut field = Field::new(Purpose::Number);
    assert!(!field.press(Press::Key('a')) && !field.press(Press::Space));
    assert!(!field.press(Press::Mode(Mode::Pinyin)));
    assert!(field.press(Press::Key('7')));
    assert_eq!(field.text(), "7");
    assert_eq!(field.keys().concat().len(), 10);
    let phone = typed(Purpose::Phone, "+86 138-0000");
    assert_eq!(phone.text(), "+86 138-0000");
}

#[test]
fn erasing_takes_letters_first_and_then_text() {
    let mut field = typed(Purpose::PersonName, "wangxi");
    choose(&mut field, "王");
    for left in [("王", "x"), ("王", ""), ("", "")] {
        assert!(field.press(Press::Erase));
        assert_eq!((field.text(), field.composing()), left);
    }
    assert!(!field.press(Press::Erase));
}

fn any_press() -> impl Strategy<Value = Press> {
    prop_oneof![
        6 => proptest::char::range('a', 'z').prop_map(Press::Key),
        2 => prop_oneof![Just('\''), Just('ü'), Just(' '), Just('5'), Just('A'), Just('中'),
            Just('😀'), Just('\n'), any::<char>()].prop_map(Press::Key),
        2 => Just(Press::Erase),
        3 => (0_usize..10).prop_map(Press::Candidate),
        2 => Just(Press::NextCandidates),
        1 => proptest::sample::select(&Mode::ALL[..]).prop_map(Press::Mode),
        1 => Just(Press::Shift),
        1 => Just(Press::Space),
    ]
}

proptest! {
    #[test]
    fn whatever_is_pressed_the_text_stays_within_what_the_field_takes(
        purpose in proptest::sample::select(&Purpose::ALL[..]),
        presses in proptest::collection::vec(any_press(), 0..120),
    ) {
        let mut field = Field::new(purpose);
        let mut twin = field.clone();
        for press in presses {
            let before = field.clone();
            let done = field.press(press);
            twin.press(press);
            prop_assert_eq!(&field, &twin);
            prop_assert!(done || field == before);
            prop_assert!(field.text().chars().count() <= purpose.longest());
            prop_assert!(field.text().chars().all(|c| purpose.takes(c)));
            prop_assert!(field.composing().len() <= 32);
            prop_assert!(purpose.modes().contains(&field.mode()));
            prop_assert!(field.candidates().len() <= Field::CELLS);
            if press == Press::Erase && done {
                let longer = before.text().len() + before.composing().len();
                prop_assert!(field.text().len() + field.composing().len() < longer);
            }
        }
        // Erased to the end, nothing is left of it.
        while field.press(Press::Erase) {}
        prop_assert_eq!((field.text(), field.composing()), ("", ""));
        let entered = twin.entered().to_owned();
        prop_assert!(entered.chars().count() <= purpose.longest());
        prop_assert!(entered.chars().all(|c| purpose.takes(c)));
    }
}
