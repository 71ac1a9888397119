//! What stands on the keys.

use super::purpose::Purpose;

/// A way of typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// 中文: letters are pinyin.
    Pinyin,
    /// Letters are letters.
    English,
    /// Digits, and marks where the purpose takes some.
    Symbols,
    /// A rare character by its code.
    Code,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Mode; 4] = [Mode::Pinyin, Mode::English, Mode::Symbols, Mode::Code];
}

const LETTERS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const MARKS: [&str; 2] = ["-/:;()&@·", ".,?!'+"];
const CHINESE_MARKS: [&str; 2] = ["，。、？！：；（）", "“”《》—…"];

/// The keys of a mode row by row, only those that can do something. Symbols have a second page.
pub(super) fn rows(mode: Mode, purpose: Purpose, capital: bool, page: usize) -> Vec<Vec<char>> {
    let rows: Vec<String> = match mode {
        Mode::Pinyin => vec![LETTERS[0].into(), LETTERS[1].into(), "zxcvbnm'".into()],
        Mode::English => LETTERS
            .iter()
            .map(|row| match capital {
                true => row.to_uppercase(),
                false => (*row).to_owned(),
            })
            .collect(),
        Mode::Symbols if matches!(purpose, Purpose::Number | Purpose::Phone) => {
            vec!["123".into(), "456".into(), "789".into(), "+0-".into()]
        }
        Mode::Symbols => {
            let marks = if page == 0 { MARKS } else { CHINESE_MARKS };
            vec!["1234567890".into(), marks[0].into(), marks[1].into()]
        }
        Mode::Code => vec!["1234567890".into(), "ABCDEF".into()],
    };
    let takes = |key: &char| !matches!(mode, Mode::Symbols) || purpose.takes(*key);
    rows.into_iter()
        .map(|row| row.chars().filter(takes).collect::<Vec<char>>())
        .filter(|row| !row.is_empty())
        .collect()
}
