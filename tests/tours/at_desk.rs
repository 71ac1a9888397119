//! Every table, form and outcome of the staff window stands in a tour, in both languages. What there is
//! follows from the sources, so that a new one is missed at once.

use std::collections::{BTreeMap, BTreeSet};

/// What no tour shows, and why.
const NOT_IN_TOURS: &[(&str, &str)] = &[
    (
        "Form/Found",
        "only a house without staff founds itself, and the house of a tour has staff; see tests/desk/setting.rs",
    ),
    ("Done/Founded", "the same"),
];

/// An enum in a source file, and what the names of its variants begin with.
const KINDS: [(&str, &str, &str); 6] = [
    (include_str!("../../src/desk/dialog.rs"), "Wish", "Form"),
    (
        include_str!("../../src/desk/wishes.rs"),
        "ServiceWish",
        "Form/Service",
    ),
    (
        include_str!("../../src/desk/lending/wish.rs"),
        "LendingWish",
        "Form/Lending",
    ),
    (include_str!("../../src/desk/event.rs"), "Outcome", "Done"),
    (
        include_str!("../../src/desk/services.rs"),
        "ServiceDone",
        "Done/Service",
    ),
    (
        include_str!("../../src/desk/lending/mod.rs"),
        "LendingDone",
        "Done/Lending",
    ),
];

/// The variants of an enum, as they stand in its source.
fn variants(source: &str, name: &str) -> Vec<String> {
    let head = format!("pub enum {name} {{");
    let (_, body) = source.split_once(&head).expect("the enum");
    let (body, _) = body.split_once("\n}").expect("its end");
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let named = lines.filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()));
    named
        .map(|line| {
            let end = line.find(|char: char| !char.is_ascii_alphanumeric());
            line[..end.unwrap_or(line.len())].to_owned()
        })
        .collect()
}

/// What has to be shown.
fn wanted() -> Vec<String> {
    let mut wanted = Vec::new();
    for (source, name, begins) in KINDS {
        let all = variants(source, name);
        assert!(all.len() > 5, "{name} has only {all:?}");
        // These two hold the others.
        let own = all
            .iter()
            .filter(|own| !["Service", "Lending"].contains(&own.as_str()));
        wanted.extend(own.map(|own| format!("{begins}/{own}")));
    }
    wanted
}

/// Whether all of it was shown; `shown` are the names from the tours, each with its language.
pub fn all_was_shown(shown: &BTreeSet<String>) {
    let is_shown = |language: &str, name: &str| {
        shown.iter().any(|shown| {
            let own = shown
                .strip_prefix(language)
                .and_then(|own| own.strip_prefix(' '));
            own.and_then(|own| own.strip_prefix(name))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let excepted = |name: &str| NOT_IN_TOURS.iter().any(|(not, _)| *not == name);
    let mut missing = Vec::new();
    for name in wanted() {
        for language in ["zh", "en"] {
            let is_there = is_shown(language, &name);
            assert!(!(is_there && excepted(&name)), "{name} is shown after all");
            if !is_there && !excepted(&name) {
                missing.push(format!("{language} {name}"));
            }
        }
    }
    missing.extend(tables_missing(shown));
    assert!(missing.is_empty(), "at the desk of no tour: {missing:#?}");
}

/// The tables that were not shown of the rooms that were, by language.
fn tables_missing(shown: &BTreeSet<String>) -> Vec<String> {
    let mut rooms: BTreeMap<String, (BTreeSet<usize>, usize)> = BTreeMap::new();
    for name in shown {
        // zh Table/Mail 1 of 5
        let words: Vec<&str> = name.split(' ').collect();
        let [language, room, tab, "of", tabs] = words[..] else {
            continue;
        };
        let (Ok(tab), Ok(tabs)) = (tab.parse::<usize>(), tabs.parse::<usize>()) else {
            panic!("{name} is no table");
        };
        let (seen, most) = rooms.entry(format!("{language} {room}")).or_default();
        seen.insert(tab);
        *most = tabs.max(*most);
    }
    assert_eq!(
        rooms.len(),
        2 * 8,
        "eight rooms, in both languages: {rooms:?}"
    );
    let missing = rooms.iter().flat_map(|(room, (seen, most))| {
        let unseen = (1..=*most).filter(|tab| !seen.contains(tab));
        unseen.map(move |tab| format!("{room} {tab}"))
    });
    missing.collect()
}
