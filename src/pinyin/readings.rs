//! Which characters a syllable can be, and how a character can be read.

use std::sync::OnceLock;

const READINGS: &str = include_str!("tables/readings.txt");
const COMMON: &str = include_str!("tables/common.txt");
const GIVEN: &str = include_str!("tables/given.txt");

/// One syllable and every character that can be read so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syllable {
    /// Its letters, without tone.
    pub letters: &'static str,
    /// The characters, the commonest first.
    pub characters: &'static str,
}

/// The tables by what is looked for. Characters stay where the program has them.
struct Tables {
    /// Sorted by letters.
    syllables: Vec<Syllable>,
    /// A character and the number of a syllable, sorted.
    readings: Vec<(char, u16)>,
    common: Vec<(char, u16)>,
    given: Vec<(char, u16)>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let syllables: Vec<Syllable> = READINGS
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(letters, characters)| Syllable {
                letters,
                characters,
            })
            .collect();
        let mut readings: Vec<(char, u16)> = (0_u16..)
            .zip(&syllables)
            .flat_map(|(number, syllable)| syllable.characters.chars().map(move |c| (c, number)))
            .collect();
        readings.sort_unstable();
        Tables {
            syllables,
            readings,
            common: ranks(COMMON),
            given: ranks(GIVEN),
        }
    })
}

fn ranks(order: &str) -> Vec<(char, u16)> {
    let mut ranks: Vec<(char, u16)> = order.trim_end().chars().zip(0_u16..).collect();
    ranks.sort_unstable();
    ranks
}

fn rank(ranks: &[(char, u16)], character: char) -> Option<u16> {
    ranks
        .binary_search_by_key(&character, |entry| entry.0)
        .ok()
        .map(|at| ranks[at].1)
}

/// The syllable with exactly these letters.
pub fn of_syllable(letters: &str) -> Option<&'static Syllable> {
    let all = &tables().syllables;
    all.binary_search_by_key(&letters, |syllable| syllable.letters)
        .ok()
        .map(|at| &all[at])
}

/// Every syllable that begins with these letters.
pub fn starting_with(letters: &str) -> &'static [Syllable] {
    let all = &tables().syllables;
    let from = all.partition_point(|syllable| syllable.letters < letters);
    let count = all[from..].partition_point(|syllable| syllable.letters.starts_with(letters));
    &all[from..from + count]
}

/// How a character can be read; nothing for what is no Chinese character.
pub fn readings(character: char) -> impl Iterator<Item = &'static str> {
    let tables = tables();
    let from = tables.readings.partition_point(|entry| entry.0 < character);
    tables.readings[from..]
        .iter()
        .take_while(move |entry| entry.0 == character)
        .map(|entry| tables.syllables[usize::from(entry.1)].letters)
}

/// How common a character is: 0 for the commonest, none behind the first three thousand.
pub fn common_rank(character: char) -> Option<u16> {
    rank(&tables().common, character)
}

/// How common a character is in given names: 0 for the commonest.
pub fn given_rank(character: char) -> Option<u16> {
    rank(&tables().given, character)
}

/// Whether this is a Chinese character, however rare.
pub fn is_chinese(character: char) -> bool {
    matches!(
        character,
        '〇' | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{323AF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_holds_each_character_once_a_syllable() {
        let all = &tables().syllables;
        assert!(all.is_sorted_by(|a, b| a.letters < b.letters));
        assert!(tables().readings.is_sorted_by(|a, b| a < b));
        assert_eq!(all.len(), 413);
    }

    #[test]
    fn a_character_knows_all_its_readings() {
        let read = |c| readings(c).collect::<Vec<_>>();
        assert_eq!(read('乐'), ["le", "yue"]);
        assert_eq!(read('吕'), ["lv"]);
        assert_eq!(read('略'), ["lve"]);
        assert_eq!(read('喆'), ["zhe"]);
        assert_eq!(read('x'), [""; 0]);
    }

    #[test]
    fn the_commonest_character_of_a_syllable_is_its_first() {
        for (letters, first) in [("shi", '是'), ("wo", '我'), ("lv", '律'), ("zhong", '中')] {
            let syllable = of_syllable(letters).expect(letters);
            assert_eq!(syllable.characters.chars().next(), Some(first), "{letters}");
        }
        assert_eq!(of_syllable("zhon"), None);
        assert!(starting_with("zhon").iter().all(|s| s.letters == "zhong"));
        assert_eq!(starting_with("").len(), 413);
        assert!(starting_with("zz").is_empty());
    }
}
