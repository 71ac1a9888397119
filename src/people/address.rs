//! English addresses as they stand on letters: one door is written in many ways.
//!
//! | written | finds "Room 1203, 12th Floor, Cloud Tower, 8 Harbour Road" |
//! |---|---|
//! | as a sender writes it | Rm 1203, 12/F Cloud Tower · Unit 1203, No. 8 Harbour Rd. |
//! | begun | harb · cloud tow · rm 12 |

use super::finding::words;

/// Words that say what a number beside them is, and tell no door from another.
const BESIDE_NUMBERS: [&str; 14] = [
    "rm", "room", "unit", "suite", "ste", "flat", "f", "fl", "flr", "floor", "level", "no",
    "number", "the",
];

/// What is written short as often as not, with its long form.
const SHORT: [(&str, &str); 18] = [
    ("st", "street"),
    ("jie", "street"),
    ("rd", "road"),
    ("lu", "road"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("blvd", "boulevard"),
    ("ln", "lane"),
    ("dr", "drive"),
    ("sq", "square"),
    ("bldg", "building"),
    ("twr", "tower"),
    ("ctr", "center"),
    ("centre", "center"),
    ("e", "east"),
    ("w", "west"),
    ("n", "north"),
    ("s", "south"),
];

/// What stands behind a number that counts: the 12th floor.
const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];

/// Letters that a word has at least by which a door is looked for without any number.
const TELLING: usize = 3;

/// An address as far as it was typed from a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    words: Vec<String>,
}

impl Written {
    /// Reads what was typed; nothing where it can be no address: Chinese, or a number by itself,
    /// which is a room's or a slip's.
    pub fn read(typed: &str) -> Option<Written> {
        if typed.chars().any(crate::pinyin::is_chinese) {
            return None;
        }
        let all = split(typed);
        let says_of_number = all.iter().any(|word| is_beside_number(word));
        let words: Vec<String> = all
            .into_iter()
            .filter(|word| !is_beside_number(word))
            .collect();
        let tells = |word: &String| word.len() >= TELLING && !is_number(word);
        let is_address =
            words.iter().any(tells) || says_of_number && words.iter().any(|word| is_number(word));
        is_address.then_some(Written { words })
    }

    /// Whether a letter written so is for the door of this address and these rooms, in this house:
    /// each word begins one of theirs, in any order, and not all of them are only the house's own.
    pub fn is_for(&self, address: &str, rooms: &str, house: &str) -> bool {
        let door = [split(address), split(rooms)].concat();
        let house = split(house);
        self.words
            .iter()
            .all(|word| begins(word, &door) || begins(word, &house))
            && self.words.iter().any(|word| begins(word, &door))
    }
}

/// The words of an address; letters and digits that touch are two: 12F, A1203.
fn split(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in words(&text.replace('.', " ")) {
        let mut counts = None;
        for letter in word.chars() {
            let digit = letter.is_ascii_digit();
            match parts.last_mut().filter(|_| counts == Some(digit)) {
                Some(part) => part.push(letter),
                None => parts.push(letter.to_string()),
            }
            counts = Some(digit);
        }
        let is_ordinal = |part: &String| ORDINALS.contains(&part.as_str());
        let began_with_number = word.starts_with(|c: char| c.is_ascii_digit());
        if began_with_number && parts.last().is_some_and(is_ordinal) {
            parts.pop();
        }
    }
    parts
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

fn is_beside_number(word: &str) -> bool {
    BESIDE_NUMBERS.contains(&word)
}

/// Whether this word begins one of those, written short or long.
fn begins(word: &str, of: &[String]) -> bool {
    let long = in_full(word);
    of.iter()
        .any(|own| own.starts_with(word) || in_full(own).starts_with(long))
}

fn in_full(word: &str) -> &str {
    SHORT
        .iter()
        .find(|(short, _)| *short == word)
        .map_or(word, |(_, long)| long)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "Room 1203, 12th Floor, Cloud Tower, 8 Harbour Road (West)";

    fn is_for(typed: &str, address: &str, rooms: &str) -> bool {
        Written::read(typed).is_some_and(|written| written.is_for(address, rooms, "Cloud Tower"))
    }

    #[test]
    fn one_door_is_found_however_the_sender_wrote_it() {
        for typed in [
            "Rm 1203, 12/F Cloud Tower",
            "ROOM 1203, 12F, CLOUD TOWER, NO.8 HARBOUR RD. W",
            "Unit 1203, 8 Harbour Road West",
            "harbour rd",
            "harb",
            "8 harbour lu",
            "rm 1203",
            "12/F cloud",
        ] {
            assert!(is_for(typed, ADDRESS, "1203"), "{typed}");
        }
        for typed in [
            "Rm 1204, 12/F Cloud Tower",
            "9 Harbour Road",
            "Harbour Street",
            "harbour lights",
        ] {
            assert!(!is_for(typed, ADDRESS, "1203"), "{typed}");
        }
    }

    #[test]
    fn a_company_without_an_address_is_found_by_its_room_in_this_house() {
        assert!(is_for("Rm 1203, 12/F Cloud Tower", "", "1203"));
        assert!(is_for("Suite 0801 Cloud Twr", "", "A-0801"));
        // The house alone is everybody's.
        assert!(!is_for("Cloud Tower", "", "1203"));
        assert!(!is_for("Rm 1203 Other Tower", "", "1203"));
    }

    #[test]
    fn numbers_short_words_and_chinese_are_no_address() {
        for typed in ["1203", "8", "ha", "rm", "the floor", "海港路", "", " , /"] {
            assert_eq!(Written::read(typed), None, "{typed}");
        }
    }
}
