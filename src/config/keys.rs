//! What every key expects, in words, and the line of the example file that shows it.

use super::EXAMPLE;
use super::expected::EXPECTED;

/// The tables a file may have, as their headings are written.
const HEADINGS: &[(&str, &str)] = &[
    ("building", "[building]"),
    ("panel", "[panel]"),
    ("windows", "[windows.kiosk]"),
    ("windows.kiosk", "[windows.kiosk]"),
    ("desk", "[desk]"),
    ("visits", "[visits]"),
    ("keys", "[keys]"),
    ("mail", "[mail]"),
    ("times", "[times]"),
    ("cards", "[cards]"),
    ("device", "[[device]]"),
    ("lending", "[[lending]]"),
];

/// The heading of a table: `[[device]]`.
pub(super) fn heading(table: &str) -> Option<&'static str> {
    HEADINGS
        .iter()
        .find(|(name, _)| *name == table)
        .map(|(_, heading)| *heading)
}

/// What a key of a table expects, and a line to copy; the heading where no key is named.
pub(super) fn usual(table: &str, key: &str) -> (String, String) {
    if let (Some(heading), "") = (heading(table), key) {
        return (format!("a section {heading}"), heading.to_owned());
    }
    let expected = EXPECTED
        .iter()
        .find(|(of, name, _)| *of == table && *name == key)
        .map_or("another value", |(_, _, expected)| expected);
    let first = key.split('.').next().unwrap_or_default();
    let example = line(table, first).or_else(|| Some(heading(table)?.to_owned()));
    (expected.to_owned(), example.unwrap_or_default())
}

/// The example of a key, whatever table it is in.
pub(super) fn anywhere(key: &str) -> Option<String> {
    let (table, _, _) = EXPECTED.iter().find(|(_, name, _)| *name == key)?;
    line(table, key)
}

/// The line of the example file that gives this key of this table its value.
fn line(table: &str, key: &str) -> Option<String> {
    let heading = heading(table)?;
    let mut inside = false;
    for line in EXAMPLE.lines() {
        if line.starts_with('[') {
            inside = line == heading;
        }
        let is_it = line
            .strip_prefix(key)
            .is_some_and(|rest| rest.starts_with(" ="));
        if inside && is_it {
            return Some(line.trim_end_matches(" # default").to_owned());
        }
    }
    None
}

/// The known key that was most likely meant.
pub(super) fn nearest<'a>(unknown: &str, known: &[&'a str]) -> Option<&'a str> {
    // Long keys are not compared: nobody means `opens` by a paragraph.
    let unknown: Vec<char> = unknown.chars().take(40).collect();
    known
        .iter()
        .map(|key| (distance(&unknown, &key.chars().collect::<Vec<_>>()), *key))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, key)| *distance <= key.chars().count().div_ceil(2).min(3))
        .map(|(_, key)| key)
}

/// How many characters have to be typed, dropped or changed to make one word of the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (typed, left) in from.iter().enumerate() {
        let mut diagonal = typed;
        for (at, right) in to.iter().enumerate() {
            let changed = diagonal + usize::from(left != right);
            diagonal = row[at + 1];
            let before = if at == 0 { typed + 1 } else { row[at] };
            row[at + 1] = changed.min(diagonal + 1).min(before + 1);
        }
        row[0] = typed + 1;
    }
    row[to.len()]
}

/// Several words as a choice: `a, b or c`.
pub(super) fn one_of<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::device::BAUD_RATES;
    use super::*;
    use crate::config::{CardBytes, CardsBehind, Check, Flow, Prints, Protocol, makes};
    use crate::equipment::DeviceKind;
    use crate::lending::{Counted, KindIcon};
    use crate::people::Role;

    /// Every second piece between these marks: the words in quotes.
    fn quoted(text: &str, mark: char) -> Vec<&str> {
        text.split(mark).skip(1).step_by(2).collect()
    }

    fn tells_the_words_of<T: serde::de::DeserializeOwned>(table: &str, key: &str) {
        let Err(error) = serde_json::from_str::<T>("\"\"") else {
            panic!("no empty word is one of {table}.{key}");
        };
        let error = error.to_string();
        let taken = &quoted(&error, '`')[1..];
        assert!(taken.len() > 1, "{error}");
        assert_eq!(quoted(&usual(table, key).0, '"'), taken, "{table}.{key}");
    }

    #[test]
    fn where_a_few_words_will_do_exactly_those_are_told() {
        tells_the_words_of::<DeviceKind>("device", "kind");
        tells_the_words_of::<Protocol>("device", "protocol");
        tells_the_words_of::<Flow>("device", "flow");
        tells_the_words_of::<CardsBehind>("device", "cards");
        tells_the_words_of::<CardBytes>("device", "card_bytes");
        tells_the_words_of::<Check>("device", "check");
        tells_the_words_of::<Prints>("device", "prints");
        tells_the_words_of::<makes::Radix>("device", "radix");
        tells_the_words_of::<makes::End>("device", "end");
        tells_the_words_of::<makes::Mode>("device", "mode");
        tells_the_words_of::<makes::Encoding>("device", "encoding");
        tells_the_words_of::<makes::CodePage>("device", "code_page");
        tells_the_words_of::<makes::LargeChinese>("device", "large_chinese");
        tells_the_words_of::<makes::Cutter>("device", "cutter");
        tells_the_words_of::<makes::ProcessId>("device", "process_id");
        tells_the_words_of::<makes::FontCharacters>("device", "font_characters");
        tells_the_words_of::<makes::Quotes>("device", "quotes");
        tells_the_words_of::<makes::Status>("device", "status");
        tells_the_words_of::<KindIcon>("lending", "icon");
        tells_the_words_of::<Counted>("lending", "counted");
        tells_the_words_of::<Role>("lending", "who");
    }

    #[test]
    fn every_key_has_an_example_and_no_key_is_told_twice() {
        for (index, (table, key, expected)) in EXPECTED.iter().enumerate() {
            let (told, example) = usual(table, key);
            assert_eq!(told, *expected, "{table}.{key}");
            assert!(!example.is_empty(), "{table}.{key}");
            let again = EXPECTED[index + 1..]
                .iter()
                .any(|(t, k, _)| t == table && k == key);
            assert!(!again, "{table}.{key}");
        }
    }

    #[test]
    fn what_is_said_of_speeds_is_what_is_taken() {
        let said = usual("device", "baud").0;
        let rates = BAUD_RATES.map(|rate| rate.to_string()).join(", ");
        assert_eq!(said, format!("one of {rates}"));
    }

    #[test]
    fn the_nearest_key_is_a_slip_of_the_finger_away() {
        let known = ["name", "opens", "closes", "idle_seconds"];
        for (unknown, expected) in [
            ("opnes", Some("opens")),
            ("closed", Some("closes")),
            ("idle_second", Some("idle_seconds")),
            ("Name", Some("name")),
            ("", None),
            ("colour", None),
            (&"x".repeat(1000), None),
        ] {
            assert_eq!(nearest(unknown, &known), expected, "{unknown}");
        }
    }
}
