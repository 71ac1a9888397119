//! Surnames: many are read otherwise than the same character elsewhere.

use std::sync::OnceLock;

const SURNAMES: &str = include_str!("tables/surnames.txt");

/// A surname of one or two characters and how it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surname {
    /// 欧阳
    pub characters: &'static str,
    /// One list a character; the first reading is the usual one.
    pub readings: Vec<Vec<&'static str>>,
}

/// Every surname, the commonest first; the compound ones stand behind the others.
pub fn surnames() -> &'static [Surname] {
    static ALL: OnceLock<Vec<Surname>> = OnceLock::new();
    ALL.get_or_init(|| {
        SURNAMES
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(characters, readings)| Surname {
                characters,
                readings: readings
                    .split(' ')
                    .map(|of_one| of_one.split('|').collect())
                    .collect(),
            })
            .collect()
    })
}

/// How many characters of this name are its surname: two for a compound one with something behind
/// it, one for every other name, none for no name.
pub fn surname_length(name: &str) -> usize {
    let length = name.chars().count();
    let compound = surnames()
        .iter()
        .any(|surname| surname.readings.len() == 2 && name.starts_with(surname.characters));
    if compound && length > 2 {
        2
    } else {
        length.min(1)
    }
}

/// How the surname of this name is read, one list a character; empty where no such surname is known.
pub fn surname_readings(name: &str) -> &'static [Vec<&'static str>] {
    let length = surname_length(name);
    surnames()
        .iter()
        .find(|surname| surname.readings.len() == length && name.starts_with(surname.characters))
        .map_or(&[], |surname| &surname.readings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_have_their_own_readings() {
        for (name, reading) in [
            ("单晓明", "shan"),
            ("仇晓明", "qiu"),
            ("曾晓明", "zeng"),
            ("解晓明", "xie"),
            ("查晓明", "zha"),
            ("朴晓明", "piao"),
            ("区晓明", "ou"),
            ("盖晓明", "ge"),
            ("任晓明", "ren"),
        ] {
            assert_eq!(surname_readings(name)[0][0], reading, "{name}");
        }
        assert_eq!(surname_readings("尉迟明"), [vec!["yu"], vec!["chi"]]);
        assert_eq!(surname_readings("万俟明"), [vec!["mo"], vec!["qi"]]);
        assert!(surname_readings("阿依古丽").len() == 1 && surname_readings("").is_empty());
    }

    #[test]
    fn a_compound_surname_needs_a_name_behind_it() {
        assert_eq!(surname_length("欧阳晓岚"), 2);
        assert_eq!(surname_length("欧阳"), 1);
        assert_eq!(surname_length("陈明"), 1);
        assert_eq!(surname_length(""), 0);
    }

    #[test]
    fn every_reading_of_a_surname_is_a_syllable() {
        assert!(surnames().len() > 600);
        for surname in surnames() {
            assert_eq!(surname.readings.len(), surname.characters.chars().count());
            for reading in surname.readings.iter().flatten() {
                assert!(super::super::of_syllable(reading).is_some(), "{surname:?}");
            }
        }
    }
}
