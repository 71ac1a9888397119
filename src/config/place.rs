//! Where in the file something is wrong, and what its key expects.

use super::error::{Problem, SettingsError, Wrong};
use super::keys;
use std::ops::Range;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// A file being read.
pub(super) struct Source<'a> {
    /// What stands in it.
    pub text: &'a str,
    /// What it is called.
    pub path: &'a Path,
}

/// The place of a value: its table and, in it, its key.
#[derive(Debug, Default, PartialEq, Eq)]
struct Place {
    /// The table as the example file writes it: `building`, `windows.kiosk`, `device`.
    table: String,
    /// The table as people tell it from others: `device "front"`.
    label: String,
    /// The key in that table, `name.en`; empty for the table itself.
    key: String,
}

/// A file that is not text.
pub(super) fn not_utf8(bytes: &[u8], error: std::str::Utf8Error, path: &Path) -> SettingsError {
    let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
    SettingsError::Wrong(Box::new(Problem {
        file: path.to_owned(),
        line: line(&good, good.len()),
        found: "this is not UTF-8 text".to_owned(),
        expected: "a file saved as UTF-8".to_owned(),
        example: "iconv -f GB18030 -t UTF-8 lodge.toml".to_owned(),
    }))
}

impl Source<'_> {
    /// A value that cannot be.
    pub fn wrong(&self, wrong: Wrong) -> SettingsError {
        let place = self.place(&wrong.span);
        let (expected, example) = keys::usual(&place.table, &place.key);
        self.problem(
            &wrong.span,
            format!(
                "{} is {}",
                place.sentence(&place.key),
                self.shown(&wrong.span)
            ),
            wrong.expected.unwrap_or(expected),
            wrong.example.unwrap_or(example),
        )
    }

    /// What the reader of TOML or of our tables stumbled over.
    pub fn unread(&self, error: &toml::de::Error) -> SettingsError {
        let span = error.span().unwrap_or_default();
        let message = error.message();
        if DeTable::parse(self.text).is_err() {
            return self.not_toml(&span, message);
        }
        // serde tells what it knows in backquotes behind its last "expected".
        let known: Vec<&str> = message
            .rsplit_once(", expected ")
            .map_or(message, |(_, known)| known)
            .split('`')
            .skip(1)
            .step_by(2)
            .collect();
        // A date in the place of a table reads as a table with a key of the reader's own.
        let is_date = message.starts_with("unknown field `$");
        if message.starts_with("unknown field ") && !is_date {
            self.unknown(&span, &known)
        } else if let (true, [key]) = (message.starts_with("missing field "), known.as_slice()) {
            self.missing(&span, key)
        } else {
            self.wrong(Wrong::at(span))
        }
    }

    fn not_toml(&self, span: &Range<usize>, message: &str) -> SettingsError {
        let (found, expected) = match message.split_once(", expected ") {
            _ if message == "duplicate key" => (message, "each key and each section once"),
            Some((found @ "string values must be quoted", _)) => (found, "words in \"\" quotes"),
            Some((found, expected)) => (found, expected),
            None => (message, "a line of the form key = value"),
        };
        let written = self.text.lines().nth(line(self.text, span.start) - 1);
        let key = written.and_then(|written| written.split_once('='));
        let example = key.and_then(|(key, _)| keys::anywhere(key.trim()));
        self.problem(
            span,
            format!("this cannot be read: {found}"),
            expected.replace('`', ""),
            example.unwrap_or_else(|| keys::usual("building", "opens").1),
        )
    }

    fn unknown(&self, span: &Range<usize>, known: &[&str]) -> SettingsError {
        let place = self.place(span).parent();
        let unknown = self.shown(span);
        let near = keys::nearest(&unknown, known);
        let likely = near.or(known.first().copied()).unwrap_or_default();
        // At the top of a file the keys are the sections.
        let (expected, example) = if place.table.is_empty() {
            let headings: Vec<&str> = known.iter().filter_map(|key| keys::heading(key)).collect();
            let example = keys::heading(likely).unwrap_or_default();
            (
                near.map_or(keys::one_of(&headings), |_| example.to_owned()),
                example.to_owned(),
            )
        } else {
            let (_, example) = keys::usual(&place.table, &place.child(likely));
            (near.map_or(keys::one_of(known), str::to_owned), example)
        };
        self.problem(
            span,
            format!("{} is not a key", place.sentence(&place.child(&unknown))),
            expected,
            example,
        )
    }

    fn missing(&self, span: &Range<usize>, key: &str) -> SettingsError {
        let place = self.place(span);
        // A section that is missing has its place at the top of the file.
        let (table, key) = match place.table.as_str() {
            "" => (key, String::new()),
            table => (table, place.child(key)),
        };
        let (expected, example) = keys::usual(table, &key);
        let what = match keys::heading(table) {
            Some(heading) if key.is_empty() => heading.to_owned(),
            _ => place.sentence(&key),
        };
        self.problem(span, format!("{what} is missing"), expected, example)
    }

    fn problem(
        &self,
        span: &Range<usize>,
        found: String,
        expected: String,
        example: String,
    ) -> SettingsError {
        SettingsError::Wrong(Box::new(Problem {
            file: self.path.to_owned(),
            line: line(self.text, span.start),
            found,
            expected,
            example,
        }))
    }

    /// The value as it is written, cut to what fits a line.
    fn shown(&self, span: &Range<usize>) -> String {
        shown(self.text.get(span.clone()).unwrap_or_default())
    }

    fn place(&self, span: &Range<usize>) -> Place {
        let mut steps = Vec::new();
        if let Ok(root) = DeTable::parse(self.text) {
            in_table(root.get_ref(), span, &mut steps);
        }
        Place::of(&steps)
    }
}

/// One step on the way from the top of the file to a value.
enum Step {
    /// Into the table of this name, or to the value of this key.
    Key(String),
    /// Into one of several tables, with what people call it, or to one value of a list.
    Index(String),
}

fn in_table(table: &DeTable<'_>, span: &Range<usize>, steps: &mut Vec<Step>) -> bool {
    // Deepest first: the heading of a table lies in the table that holds it, too.
    table.iter().any(|(key, value)| {
        steps.push(Step::Key(key.get_ref().to_string()));
        let found =
            in_value(value.get_ref(), span, steps) || key.span() == *span || value.span() == *span;
        if !found {
            steps.pop();
        }
        found
    })
}

fn in_value(value: &DeValue<'_>, span: &Range<usize>, steps: &mut Vec<Step>) -> bool {
    match value {
        DeValue::Table(table) => in_table(table, span, steps),
        DeValue::Array(array) => array.iter().enumerate().any(|(index, value)| {
            steps.push(Step::Index(called(value.get_ref(), index)));
            let found = in_value(value.get_ref(), span, steps) || value.span() == *span;
            if !found {
                steps.pop();
            }
            found
        }),
        _ => false,
    }
}

/// What people call one of several tables: its name or id in quotes, or else its number.
fn called(value: &DeValue<'_>, index: usize) -> String {
    let own = ["name", "id"]
        .iter()
        .find_map(|key| value.get(*key)?.get_ref().as_str());
    own.map_or_else(
        || (index + 1).to_string(),
        |own| format!("\"{}\"", shown(own)),
    )
}

impl Place {
    fn of(steps: &[Step]) -> Place {
        let (table, label, rest) = match steps {
            [Step::Key(windows), Step::Key(kiosk), rest @ ..]
                if windows == "windows" && kiosk == "kiosk" =>
            {
                ("windows.kiosk", "windows.kiosk".to_owned(), rest)
            }
            [Step::Key(table), Step::Index(which), rest @ ..]
                if table == "device" || table == "lending" =>
            {
                (table.as_str(), format!("{table} {which}"), rest)
            }
            [Step::Key(table), rest @ ..] if keys::heading(table).is_some() => {
                (table.as_str(), table.clone(), rest)
            }
            rest => ("", String::new(), rest),
        };
        let key: Vec<&str> = rest
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Index(_) => None,
            })
            .collect();
        Place {
            table: table.to_owned(),
            label,
            key: key.join("."),
        }
    }

    /// The beginning of a sentence about a key of this table, or about the table.
    fn sentence(&self, key: &str) -> String {
        match (self.label.as_str(), key) {
            (label, "") => label.to_owned(),
            ("", key) => key.to_owned(),
            (label, key) => format!("{label}: {key}"),
        }
    }

    /// A key below this one.
    fn child(&self, key: &str) -> String {
        if self.key.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.key)
        }
    }

    /// The same place without its last key.
    fn parent(mut self) -> Place {
        self.key.truncate(self.key.rfind('.').unwrap_or(0));
        self
    }
}

/// The number of the line in which this byte stands; the first is 1.
fn line(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    1 + before.filter(|byte| **byte == b'\n').count()
}

/// Words of the file, cut to what fits a line.
fn shown(written: &str) -> String {
    const MOST: usize = 60;
    let mut shown: String = written
        .chars()
        .take(MOST)
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    if written.chars().count() > MOST {
        shown.push('…');
    }
    shown
}
