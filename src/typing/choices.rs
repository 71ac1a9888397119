//! Which characters a run of letters can be, the likeliest first.

use super::purpose::Purpose;
use crate::pinyin::{
    Head, Surname, Syllable, common_rank, given_rank, heads, of_syllable, readings, starting_with,
    surnames, word,
};
use std::cmp::Reverse;
use std::collections::HashSet;

/// Something to choose, and how much of what was typed it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is written.
    pub text: String,
    /// How many bytes of the typed letters it takes.
    pub taken: usize,
}

/// Words that names of companies are made of, with their syllables.
const OF_COMPANIES: &[(&str, &[&str])] = &[
    ("有限公司", &["you", "xian", "gong", "si"]),
    ("有限责任公司", &["you", "xian", "ze", "ren", "gong", "si"]),
    ("股份有限公司", &["gu", "fen", "you", "xian", "gong", "si"]),
    ("分公司", &["fen", "gong", "si"]),
    ("公司", &["gong", "si"]),
    ("集团", &["ji", "tuan"]),
    ("科技", &["ke", "ji"]),
    ("贸易", &["mao", "yi"]),
    ("咨询", &["zi", "xun"]),
    ("管理", &["guan", "li"]),
    ("投资", &["tou", "zi"]),
    ("工程", &["gong", "cheng"]),
    ("装饰", &["zhuang", "shi"]),
    ("设计", &["she", "ji"]),
    ("物流", &["wu", "liu"]),
    ("网络", &["wang", "luo"]),
    ("信息", &["xin", "xi"]),
    ("技术", &["ji", "shu"]),
    ("传媒", &["chuan", "mei"]),
    ("文化", &["wen", "hua"]),
    ("广告", &["guang", "gao"]),
    ("服务", &["fu", "wu"]),
    ("国际", &["guo", "ji"]),
    ("银行", &["yin", "hang"]),
    ("保险", &["bao", "xian"]),
    ("证券", &["zheng", "quan"]),
    ("律师事务所", &["lv", "shi", "shi", "wu", "suo"]),
    ("会计师事务所", &["kuai", "ji", "shi", "shi", "wu", "suo"]),
    ("物业", &["wu", "ye"]),
    ("电子", &["dian", "zi"]),
    ("医药", &["yi", "yao"]),
    ("教育", &["jiao", "yu"]),
    ("北京", &["bei", "jing"]),
    ("上海", &["shang", "hai"]),
    ("广州", &["guang", "zhou"]),
    ("深圳", &["shen", "zhen"]),
    ("杭州", &["hang", "zhou"]),
    ("中国", &["zhong", "guo"]),
];

/// What a plate begins with, in the order of the register of provinces.
const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";

/// Everything a run of letters can be here; the letters themselves are the last choice. `begins` says
/// that nothing stands before it.
pub(super) fn choices(run: &str, purpose: Purpose, begins: bool) -> Vec<Choice> {
    if run.is_empty() {
        return match purpose {
            Purpose::Plate if begins => PROVINCES.chars().map(|c| choice(c, 0)).collect(),
            _ => Vec::new(),
        };
    }
    let heads = heads(run);
    let mut found = Vec::new();
    let named = matches!(purpose, Purpose::PersonName | Purpose::Finding);
    if begins && named {
        found.extend(of_surnames(run, &heads));
    }
    if matches!(purpose, Purpose::Company | Purpose::FreeText) {
        found.extend(of_companies(run));
    }
    for head in &heads {
        found.extend(
            of_head(head, named)
                .into_iter()
                .map(|c| choice(c, head.taken)),
        );
    }
    let mut seen = HashSet::new();
    found.retain(|choice| {
        seen.insert(choice.text.clone()) && choice.text.chars().all(|c| purpose.takes(c))
    });
    let letters = run.replace('\'', "");
    if !letters.is_empty() && letters.chars().all(|c| purpose.takes(c)) {
        found.push(Choice {
            text: letters,
            taken: run.len(),
        });
    }
    found
}

fn choice(character: char, taken: usize) -> Choice {
    Choice {
        text: character.to_string(),
        taken,
    }
}

/// Surnames: those that make sense of most letters first, then by how common they are.
fn of_surnames(run: &str, heads: &[Head<'_>]) -> Vec<Choice> {
    let mut found: Vec<(usize, bool, &Surname)> = surnames()
        .iter()
        .filter_map(|surname| {
            let (taken, whole) = match surname.readings.as_slice() {
                [readings] => heads.iter().find_map(|head| {
                    let whole = readings.iter().any(|reading| head.whole == Some(reading));
                    let grows = head.open && readings.iter().any(|r| r.starts_with(head.letters));
                    (whole || grows).then_some((head.taken, whole))
                })?,
                readings => word(run, readings)?,
            };
            Some((taken, whole, surname))
        })
        .collect();
    // The table is in order of frequency, which a stable sort keeps.
    found.sort_by_key(|(taken, whole, _)| Reverse((*taken, *whole)));
    found
        .into_iter()
        .map(|(taken, _, surname)| Choice {
            text: surname.characters.to_owned(),
            taken,
        })
        .collect()
}

fn of_companies(run: &str) -> Vec<Choice> {
    let mut found: Vec<(usize, bool, &str)> = OF_COMPANIES
        .iter()
        .filter_map(|(text, syllables)| {
            let syllables: Vec<[&'static str; 1]> = syllables.iter().map(|s| [*s]).collect();
            word(run, &syllables).map(|(taken, whole)| (taken, whole, *text))
        })
        .collect();
    found.sort_by_key(|(taken, whole, _)| Reverse((*taken, *whole)));
    found
        .into_iter()
        .map(|(taken, _, text)| Choice {
            text: text.to_owned(),
            taken,
        })
        .collect()
}

/// The characters of a piece: those of exactly this syllable, then those of syllables it may grow to.
fn of_head(head: &Head<'_>, named: bool) -> Vec<char> {
    let exact = head.whole.and_then(of_syllable);
    let mut found = exact.map_or_else(Vec::new, |syllable| {
        let mut characters: Vec<char> = syllable.characters.chars().collect();
        if named {
            characters.sort_by_key(|c| given_rank(*c).unwrap_or(u16::MAX));
        }
        characters
    });
    if head.open {
        let others = starting_with(head.letters)
            .iter()
            .filter(|syllable| Some(syllable.letters) != head.whole);
        found.extend(merged(others, named));
    }
    found
}

/// The characters of several syllables in one order.
fn merged<'a>(syllables: impl Iterator<Item = &'a Syllable>, named: bool) -> Vec<char> {
    let mut all: Vec<(u16, u16, usize, char)> = syllables
        .flat_map(|syllable| syllable.characters.chars().enumerate())
        .map(|(place, c)| {
            // A rank is that of the character; in a side reading it is not worth as much.
            let main = |rank: Option<u16>| rank.filter(|_| is_main(c, place));
            let given = main(given_rank(c).filter(|_| named)).unwrap_or(u16::MAX);
            (given, main(common_rank(c)).unwrap_or(u16::MAX), place, c)
        })
        .collect();
    all.sort_unstable();
    all.into_iter().map(|(.., c)| c).collect()
}

/// Whether no other reading has this character nearer to its beginning than this place.
fn is_main(character: char, place: usize) -> bool {
    let mut others = readings(character).filter_map(of_syllable);
    !others.any(|syllable| {
        syllable
            .characters
            .chars()
            .take(place)
            .any(|c| c == character)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_syllable_of_the_words_is_one() {
        for (text, syllables) in OF_COMPANIES {
            assert_eq!(text.chars().count(), syllables.len(), "{text}");
            for (c, syllable) in text.chars().zip(*syllables) {
                let known = of_syllable(syllable).expect(syllable);
                assert!(known.characters.contains(c), "{c} {syllable}");
            }
        }
        assert_eq!(PROVINCES.chars().count(), 31);
    }
}
