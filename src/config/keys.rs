//! What every key expects, in words, and the line of the example file that shows it.

use super::EXAMPLE;

/// Table, key, and what is expected of its value; a test of the settings holds that no key is
/// forgotten.
const EXPECTED: &[(&str, &str, &str)] = &[
    (
        "building",
        "name",
        "a name in both languages, at most 40 characters each",
    ),
    ("building", "name.zh", CHINESE),
    ("building", "name.en", ENGLISH),
    (
        "building",
        "rooms",
        "a list of rooms in quotes, at most 40 characters each",
    ),
    ("building", "opens", TIME),
    ("building", "closes", TIME),
    (
        "building",
        "rain_hours",
        "a list of spans of the day, each \"00:00-23:59\" in quotes",
    ),
    ("building", "zone", "an IANA time zone in quotes"),
    ("building", "device_letter", "one letter \"A\" to \"Z\""),
    ("panel", "width_px", "a whole number from 480 to 7680"),
    ("panel", "height_px", "a whole number from 480 to 7680"),
    ("panel", "diagonal_inches", "a number from 7 to 100"),
    ("panel", "high_contrast", YES_OR_NO),
    ("panel", "low_reach", YES_OR_NO),
    ("panel", "accent", "a colour \"#RRGGBB\""),
    ("windows.kiosk", "fullscreen", YES_OR_NO),
    ("desk", "window", YES_OR_NO),
    ("desk", "width_px", "a whole number from 1180 to 7680"),
    ("desk", "height_px", "a whole number from 720 to 7680"),
    ("desk", "lock_minutes", "a whole number from 1 to 120"),
    ("desk", "pack_minutes", "a whole number from 0 to 720"),
    ("times", "factor", "a number from 0.5 to 5"),
    ("times", "idle_seconds", "a whole number from 10 to 600"),
    ("times", "countdown_seconds", "a whole number from 5 to 120"),
    ("cards", "bits", "24, 32 or 40"),
    ("visits", "guest", "\"none\", \"host-or-desk\" or \"desk\""),
    (
        "visits",
        "contractor",
        "\"none\", \"host-or-desk\" or \"desk\"",
    ),
    (
        "visits",
        "courier",
        "\"none\", \"host-or-desk\" or \"desk\"",
    ),
    (
        "visits",
        "prospective_tenant",
        "\"none\", \"host-or-desk\" or \"desk\"",
    ),
    (
        "visits",
        "interview",
        "\"none\", \"host-or-desk\" or \"desk\"",
    ),
    (
        "visits",
        "erased_after_days",
        "a whole number from 1 to 366",
    ),
    ("visits", "temporary_cards", YES_OR_NO),
    ("visits", "signs_out_at_closing", YES_OR_NO),
    ("visits", "early_minutes", "a whole number from 0 to 720"),
    ("visits", "guest_purposes", PURPOSES),
    ("visits", "guest_purposes.zh", CHINESE),
    ("visits", "guest_purposes.en", ENGLISH),
    ("visits", "interview_purposes", PURPOSES),
    ("visits", "interview_purposes.zh", CHINESE),
    ("visits", "interview_purposes.en", ENGLISH),
    ("visits", "courier_purposes", PURPOSES),
    ("visits", "courier_purposes.zh", CHINESE),
    ("visits", "courier_purposes.en", ENGLISH),
    ("visits", "contractor_purposes", PURPOSES),
    ("visits", "contractor_purposes.zh", CHINESE),
    ("visits", "contractor_purposes.en", ENGLISH),
    ("visits", "prospective_tenant_purposes", PURPOSES),
    ("visits", "prospective_tenant_purposes.zh", CHINESE),
    ("visits", "prospective_tenant_purposes.en", ENGLISH),
    ("visits", "notice", PARAGRAPH),
    ("visits", "notice.zh", CHINESE_TEXT),
    ("visits", "notice.en", ENGLISH_TEXT),
    ("visits", "house_rules", PARAGRAPH),
    ("visits", "house_rules.zh", CHINESE_TEXT),
    ("visits", "house_rules.en", ENGLISH_TEXT),
    ("keys", "due_at", TIME),
    ("keys", "no_more_minutes", "a whole number from 0 to 240"),
    ("keys", "emergency_in_curfew", YES_OR_NO),
    ("keys", "second_card_for_masters", YES_OR_NO),
    ("keys", "second_card_for_spares", YES_OR_NO),
    (
        "keys",
        "second_card_seconds",
        "a whole number from 10 to 300",
    ),
    (
        "mail",
        "special_within_minutes",
        "a whole number from 10 to 1440",
    ),
    ("mail", "remind_every_days", "a whole number from 1 to 30"),
    ("mail", "held_days", "a whole number from 1 to 366"),
    ("mail", "moved_held_days", "a whole number from 1 to 366"),
    ("mail", "shelves", "a list of names in quotes"),
    ("mail", "wrong_codes", "a whole number from 3 to 20"),
    (
        "mail",
        "code_pause_seconds",
        "a whole number from 10 to 3600",
    ),
    ("device", "name", "a name in quotes, at most 40 characters"),
    (
        "device",
        "kind",
        "\"reader\", \"scanner\", \"printer\" or \"label-printer\"",
    ),
    (
        "device",
        "protocol",
        "\"em4100\", \"pn532\", \"wiegand\", \"osdp\", \"sam-v\", \"line-scanner\", \"esc-pos\", \"tspl\" or \"zpl\"",
    ),
    ("device", "port", "an absolute path in quotes"),
    (
        "device",
        "baud",
        "one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600",
    ),
    ("device", "flow", "\"none\", \"xon-xoff\" or \"rts-cts\""),
    (
        "device",
        "profile",
        "the make of a printer, a scanner or a converter",
    ),
    ("device", "cards", "\"as-read\" or \"em4100\""),
    ("device", "address", "a whole number from 0 to 126"),
    ("device", "key_file", "an absolute path in quotes"),
    ("device", "allow_default_key", YES_OR_NO),
    ("device", "allow_clear_text", YES_OR_NO),
    ("device", "roll_metres", "a whole number from 0 to 200"),
    (
        "device",
        "label_mm",
        "width and height in whole millimetres, 40x25 to 110x200",
    ),
    (
        "device",
        "prints",
        "\"badges-and-parcels\", \"badges\" or \"parcels\"",
    ),
    (
        "lending",
        "id",
        "small letters, digits and hyphens in quotes, a letter first, at most 32",
    ),
    (
        "lending",
        "name",
        "a name in both languages, at most 40 characters each",
    ),
    ("lending", "name.zh", CHINESE),
    ("lending", "name.en", ENGLISH),
    (
        "lending",
        "icon",
        "\"umbrella\", \"laptop\", \"trolley\", \"wheelchair\" or \"package\"",
    ),
    (
        "lending",
        "counted",
        "\"tagged\", \"pooled\" or \"consumable\"",
    ),
    (
        "lending",
        "who",
        "a list of at least one of \"visitor\", \"tenant-member\", \"contractor\", \
         \"property-staff\", \"receptionist\", \"key-keeper\", \"mail-administrator\", \
         \"supervisor\", \"security\", \"technician\" or \"auditor\"",
    ),
    ("lending", "at_once", "a whole number from 1 to 99"),
    ("lending", "days", "a whole number from 0 to 366"),
    ("lending", "due_at", TIME),
    (
        "lending",
        "deposit_yuan",
        "yuan from 0 to 100000 with at most two decimals",
    ),
    ("lending", "slip", YES_OR_NO),
    ("lending", "self_return", YES_OR_NO),
    ("lending", "blocked_while_overdue", YES_OR_NO),
    (
        "lending",
        "due_minutes",
        "0, or a whole number from 5 to 1440",
    ),
    ("lending", "renewals", "a whole number from 0 to 9"),
    ("lending", "reservable", YES_OR_NO),
    ("lending", "ask_condition", YES_OR_NO),
    ("lending", "ask_wiped", YES_OR_NO),
    (
        "lending",
        "parts",
        "a list of at most 4 names in both languages, at most 40 characters each",
    ),
    ("lending", "parts.zh", CHINESE),
    ("lending", "parts.en", ENGLISH),
    ("lending", "in_place", YES_OR_NO),
    ("lending", "washed", YES_OR_NO),
];

const TIME: &str = "a time of day \"00:00\" to \"23:59\"";
const PURPOSES: &str = "a list of at most 6 purposes in both languages, at most 40 characters each";
const PARAGRAPH: &str = "a paragraph in both languages, at most 600 characters each";
const CHINESE_TEXT: &str = "the Chinese paragraph in quotes";
const ENGLISH_TEXT: &str = "the English paragraph in quotes";
const CHINESE: &str = "the Chinese name in quotes";
const ENGLISH: &str = "the English name in quotes";
const YES_OR_NO: &str = "true or false";

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
    use crate::config::{CardsBehind, Flow, Protocol};
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
