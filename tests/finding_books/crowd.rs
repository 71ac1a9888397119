//! Many invented people, the same every time.

use crate::support::building;
use lodge::people::PersonName;
use lodge::people::finding::Spoken;
use lodge::pinyin::{given_rank, starting_with, surnames};
use lodge::store::{Books, DATABASE};
use std::collections::BTreeSet;
use std::path::Path;

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % count
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Characters of given names, the commonest first.
pub fn given_characters() -> Vec<char> {
    let all: BTreeSet<(u16, char)> = starting_with("")
        .iter()
        .flat_map(|syllable| syllable.characters.chars())
        .filter_map(|c| given_rank(c).map(|rank| (rank, c)))
        .collect();
    all.into_iter().map(|(_, c)| c).collect()
}

pub fn invented(dice: &mut Dice, given: &[char]) -> PersonName {
    const LATIN: [&str; 8] = [
        "Grace",
        "José",
        "Maria",
        "Lana",
        "Oscar",
        "Hart",
        "Müller",
        "de la Cruz",
    ];
    // Common ones are common: the smaller of two throws.
    let surname = dice
        .below(surnames().len())
        .min(dice.below(surnames().len()));
    let mut chinese = surnames()[surname].characters.to_owned();
    for _ in 0..=dice.below(2) {
        chinese.push(given[dice.below(given.len()).min(dice.below(given.len()))]);
    }
    match dice.below(10) {
        0 => PersonName {
            chinese: None,
            latin: Some(format!("{} {}", dice.of(&LATIN), dice.of(&LATIN))),
        },
        1 => PersonName {
            chinese: Some(chinese),
            latin: Some(format!("{} {}", dice.of(&LATIN), dice.of(&LATIN))),
        },
        2 => PersonName {
            chinese: Some(format!("{chinese}·{}{}", dice.of(given), dice.of(given))),
            latin: None,
        },
        _ => PersonName {
            chinese: Some(chinese),
            latin: None,
        },
    }
}

/// Books with so many invented people, written beside the program and indexed when it opens them.
pub fn crowded(folder: &Path, count: usize) -> (Books, Vec<PersonName>) {
    drop(Books::open(folder, &building()).expect("fresh books"));
    let mut direct = rusqlite::Connection::open(folder.join(DATABASE)).expect("the file");
    let tx = direct.transaction().expect("a transaction");
    let (given, mut dice) = (given_characters(), Dice(7));
    let names: Vec<PersonName> = (0..count).map(|_| invented(&mut dice, &given)).collect();
    for (number, name) in names.iter().enumerate() {
        let id = uuid::Uuid::from_u128(0x0193_6000_0000_7000_8000_0000_0000_0000 + number as u128);
        tx.prepare_cached("INSERT INTO persons VALUES (?1, NULL, 'chinese', ?2, ?3)")
            .and_then(|mut insert| insert.execute((id.to_string(), &name.chinese, &name.latin)))
            .expect("a person");
    }
    tx.execute("DELETE FROM finding_rules", [])
        .expect("old rules");
    tx.commit().expect("written");
    drop(direct);
    let books = Books::open(folder, &building()).expect("they are indexed");
    (books, names)
}

/// What somebody might type for this person.
pub fn typed(dice: &mut Dice, name: &PersonName) -> Vec<String> {
    let mut typed = Vec::new();
    let keys = Spoken::person(name).keys();
    let characters: Vec<char> = name.chinese.iter().flat_map(|name| name.chars()).collect();
    let characters: Vec<char> = characters.into_iter().filter(|c| *c != '·').collect();
    for pair in characters.windows(2) {
        typed.push(pair.iter().collect());
    }
    typed.extend(keys.name.iter().cloned());
    for key in keys.pinyin.iter().chain(&keys.initials) {
        let key = key.trim_end_matches('*');
        typed.push(key.to_owned());
        typed.push(key[..=dice.below(key.len())].to_owned());
    }
    for key in &keys.words {
        typed.push(key.split(' ').rev().collect::<Vec<_>>().join(" "));
        typed.push(key.chars().take(3).collect());
    }
    typed
}
