//! Every word people read, in both languages, from Fluent files beside this one.
//!
//! Slips, both windows and the home screen, which shows both languages at once, take their words
//! from here; nothing else in the program writes a sentence for a visitor.

pub mod dates;
mod spacing;

use crate::people::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::OnceLock;

pub use fluent_bundle::FluentValue as Value;
pub use spacing::bound;

/// The files of one language, by name.
type Files = &'static [(&'static str, &'static str)];

const CHINESE: Files = &[
    ("common", include_str!("zh/common.ftl")),
    ("desk", include_str!("zh/desk.ftl")),
    ("devices", include_str!("zh/devices.ftl")),
    ("dock", include_str!("zh/dock.ftl")),
    ("keys", include_str!("zh/keys.ftl")),
    ("kiosk", include_str!("zh/kiosk.ftl")),
    ("mail", include_str!("zh/mail.ftl")),
    ("services", include_str!("zh/services.ftl")),
    ("slips", include_str!("zh/slips.ftl")),
    ("visits", include_str!("zh/visits.ftl")),
];

const ENGLISH: Files = &[
    ("common", include_str!("en/common.ftl")),
    ("desk", include_str!("en/desk.ftl")),
    ("devices", include_str!("en/devices.ftl")),
    ("dock", include_str!("en/dock.ftl")),
    ("keys", include_str!("en/keys.ftl")),
    ("kiosk", include_str!("en/kiosk.ftl")),
    ("mail", include_str!("en/mail.ftl")),
    ("services", include_str!("en/services.ftl")),
    ("slips", include_str!("en/slips.ftl")),
    ("visits", include_str!("en/visits.ftl")),
];

/// The words of one id.
pub fn text(language: Language, id: &str) -> String {
    with(language, id, &[])
}

/// The words of one id with values put in.
///
/// A test holds that both files know the same ids and variables; an id nobody wrote shows itself.
pub fn with(language: Language, id: &str, values: &[(&str, Value<'_>)]) -> String {
    let bundle = bundle(language);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        debug_assert!(false, "no words for {id}");
        return id.to_owned();
    };
    let arguments: FluentArgs<'_> = values
        .iter()
        .map(|(name, value)| (*name, value.clone()))
        .collect();
    let mut errors = Vec::new();
    let words = bundle
        .format_pattern(pattern, Some(&arguments), &mut errors)
        .into_owned();
    debug_assert!(errors.is_empty(), "{id}: {errors:?}");
    match language {
        Language::Chinese => {
            let texts = values.iter().filter_map(|(_, value)| match value {
                Value::String(text) => Some(text.to_string()),
                _ => None,
            });
            spacing::mended(words, &texts.collect::<Vec<_>>())
        }
        Language::English => words,
    }
}

/// An amount in yuan: ¥50 / ¥50.50.
pub fn money(fen: u32) -> String {
    match fen % 100 {
        0 => format!("¥{}", fen / 100),
        rest => format!("¥{}.{rest:02}", fen / 100),
    }
}

fn bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; 2] =
        [OnceLock::new(), OnceLock::new()];
    let (slot, tag, files) = match language {
        Language::Chinese => (&BUNDLES[0], "zh-CN", CHINESE),
        Language::English => (&BUNDLES[1], "en-GB", ENGLISH),
    };
    slot.get_or_init(|| load(tag, files))
}

/// The files are compiled in and tested, so what is wrong with one is a bug of ours.
fn load(tag: &str, files: Files) -> FluentBundle<FluentResource> {
    let tag = tag.parse().expect("a language tag written above");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Marks around values would only matter for right-to-left scripts, and printers print them.
    bundle.set_use_isolating(false);
    for (name, text) in files {
        let resource = FluentResource::try_new((*text).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{name}.ftl cannot be read: {errors:?}"));
        bundle
            .add_resource(resource)
            .unwrap_or_else(|errors| panic!("{name}.ftl says something twice: {errors:?}"));
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Ids with the variables their patterns use, read from the text of the files.
    fn ids(files: Files) -> BTreeMap<String, BTreeSet<String>> {
        let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in files.iter().flat_map(|(_, text)| text.lines()) {
            if line.starts_with(|char: char| char.is_ascii_lowercase()) {
                current = line.split(['=', ' ']).next().unwrap_or_default().to_owned();
                ids.entry(current.clone()).or_default();
            }
            for part in line.split('$').skip(1) {
                let name: String = part
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                    .collect();
                ids.entry(current.clone()).or_default().insert(name);
            }
        }
        ids
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_facts() {
        let (chinese, english) = (ids(CHINESE), ids(ENGLISH));
        assert!(chinese.len() > 10, "only {} ids were found", chinese.len());
        assert_eq!(chinese, english);
    }

    #[test]
    fn every_word_is_used_and_every_used_word_is_there() {
        let known: BTreeSet<String> = ids(CHINESE).into_keys().collect();
        let source = source_text();
        let unused: Vec<&String> = known
            .iter()
            .filter(|id| !source.contains(&format!("\"{id}\"")))
            .collect();
        assert!(unused.is_empty(), "nobody says {unused:?}");
    }

    fn source_text() -> String {
        fn read(folder: &std::path::Path, all: &mut String) {
            for entry in std::fs::read_dir(folder).expect("the source folder") {
                let path = entry.expect("an entry of it").path();
                if path.is_dir() {
                    read(&path, all);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    all.push_str(&std::fs::read_to_string(&path).expect("a source file"));
                }
            }
        }
        let mut all = String::new();
        read(
            &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut all,
        );
        all
    }

    #[test]
    fn money_shows_fen_only_where_there_are_some() {
        assert_eq!(money(5_000), "¥50");
        assert_eq!(money(5_005), "¥50.05");
    }
}
