//! Typing a number instead of tapping or scanning.

use super::sheet::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;

pub fn typing_sheets() -> Vec<Sheet> {
    let keys = |keys: &'static [&'static str]| {
        keys.iter()
            .map(|key| ([*key, *key], Touch::Key(key.chars().next().expect("a key"))))
    };
    let mut sheets = vec![];
    for (name, number, typed, wrong, zh, en) in [
        (
            "type-card",
            NumberAsked::Card,
            "00134",
            false,
            "请输入卡号",
            "Please type your card number",
        ),
        (
            "type-card-wrong",
            NumberAsked::Card,
            "12",
            true,
            "没有认出这个号码，请对照卡面再输入一次",
            "We could not read that number. Please compare it with the card",
        ),
        (
            "type-tag",
            NumberAsked::Tag,
            "UMB-0007",
            false,
            "请输入物品编号",
            "Please type the number on the tag",
        ),
        (
            "type-any",
            NumberAsked::TagOrSlip,
            "A-1123-0042-XX-20260042",
            true,
            "请输入物品编号或单号",
            "Please type the number on the tag or slip",
        ),
    ] {
        let mut controls: Vec<_> =
            keys(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]).collect();
        controls.extend(if number == NumberAsked::Card {
            keys(&[","])
        } else {
            keys(&["-"])
        });
        controls.extend([
            (["确认", "Confirm"], Touch::Enter),
            (["删除", "Delete"], Touch::Erase),
            BACK,
            END,
        ]);
        sheets.push(sheet(
            name,
            Page::TypeNumber(TypeNumber {
                number,
                typed: typed.into(),
                wrong,
            }),
            &[zh, typed],
            &[en, typed],
            &controls,
        ));
    }
    sheets
}

/// What stands on the keys of the keyboard on the screen, beside the candidates.
pub fn is_key(label: &str) -> bool {
    const WORDS: [&str; 11] = [
        "拼音", "英文", "ABC", "123", "字码", "Code", "空格", "Space", "大写", "Shift", "删除",
    ];
    label.chars().count() == 1
        || WORDS.contains(&label)
        || ["Delete", "More"].contains(&label)
        || label.chars().all(lodge::pinyin::is_chinese)
}
