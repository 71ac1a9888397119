//! Typing a number instead of tapping or scanning.

use super::sheet::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::screen::Panel;

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

/// How wide and how high a control must be, as a share of what a finger wants.
///
/// Only keys may be smaller: ten of 20 mm with their gaps are 227 mm, and a panel of 10.1 inches is 217
/// mm wide. There they take the whole width, and of the height what the field, the candidates and the
/// foot leave, which in large letters is less.
pub fn least_share(panel: &Panel, is_key: bool) -> [f32; 2] {
    match is_key && panel.diagonal_inches < 15.0 {
        true => [0.94, 0.6],
        false => [1.0, 1.0],
    }
}
