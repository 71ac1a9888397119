//! The table of the department's rules is complete, and what it names is there.

use std::collections::BTreeSet;
use std::path::Path;

/// How many rules the rule book marks for each of these.
const RULES: [(&str, usize); 5] = [
    ("people", 3),
    ("visitors", 4),
    ("lending", 2),
    ("keys", 6),
    ("mail", 4),
];

/// What is known to be missing, by the first words of its rule.
const NOT_YET: [&str; 0] = [];

struct Row {
    rule: String,
    tests: Vec<String>,
    is_missing: bool,
}

fn table() -> Vec<Row> {
    let text = include_str!("department_rules.md");
    text.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .filter(|line| !line.starts_with("rule |"))
        .map(|line| {
            let (rule, proof) = line.split_once(" | ").expect("two columns");
            let named = proof.split('`').skip(1).step_by(2);
            Row {
                rule: rule.to_owned(),
                tests: named.map(str::to_owned).collect(),
                is_missing: proof == "not yet",
            }
        })
        .collect()
}

/// Every function of a source file that is a test.
fn tests_in(text: &str, found: &mut BTreeSet<String>) {
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        match line.strip_prefix("fn ") {
            Some(named) if marked => {
                found.extend(named.split('(').next().map(str::to_owned));
                marked = false;
            }
            Some(_) => marked = false,
            None => marked |= line == "#[test]",
        }
    }
}

fn every_test() -> BTreeSet<String> {
    fn read(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry of it").path();
            if path.is_dir() {
                read(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                tests_in(&std::fs::read_to_string(&path).expect("a source"), found);
            }
        }
    }
    let mut found = BTreeSet::new();
    for folder in ["src", "tests"] {
        read(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut found,
        );
    }
    found
}

#[test]
fn the_table_has_every_rule_of_the_rule_book() {
    let rows = table();
    for (service, count) in RULES {
        let of = |row: &&Row| row.rule.starts_with(&format!("{service}: "));
        assert_eq!(rows.iter().filter(of).count(), count, "{service}");
    }
    assert_eq!(rows.len(), RULES.iter().map(|(_, count)| count).sum());
}

#[test]
fn every_rule_names_tests_that_are_there() {
    let known = every_test();
    assert!(known.len() > 300, "only {} tests were found", known.len());
    for row in table() {
        assert!(
            row.is_missing != row.tests.iter().any(|_| true),
            "{}",
            row.rule
        );
        for test in &row.tests {
            assert!(
                known.contains(test),
                "{}: there is no test {test}",
                row.rule
            );
        }
    }
}

#[test]
fn what_is_missing_is_known_and_nothing_else_is() {
    let missing: Vec<String> = table()
        .into_iter()
        .filter(|row| row.is_missing)
        .map(|row| row.rule)
        .collect();
    assert_eq!(missing.len(), NOT_YET.len(), "{missing:?}");
    for (rule, known) in missing.iter().zip(NOT_YET) {
        assert!(rule.starts_with(known), "{rule}");
    }
}
