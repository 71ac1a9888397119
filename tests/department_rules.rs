//! The table of the department's rules is complete, and what it names is there.

use std::collections::BTreeSet;
use std::path::Path;

/// What the rule book marks for the four services, in its order: a row of the table each.
const RULES: [&str; 19] = [
    "people: everything at the desk carries the name of who did it",
    "people: nothing about one tenant is shown to another; no staff list, enough letters, masked answers",
    "people: whoever takes a matter owns it until it is closed or handed over",
    "visitors: suspicious persons go to the desk, which learns why at once",
    "visitors: contractors need a valid permit and somebody who answers",
    "visitors: who is inside is one tap away, and on paper with boxes to tick",
    "visitors: a message for a host who is out becomes an open matter",
    "lending: PC use is recorded; a loaned PC's return asks whether data was wiped",
    "lending: a return is always accepted; every other scan says so in its own way",
    "keys: kept by a named keeper; nobody outside the property office takes one",
    "keys: signed out in detail: who, which, for what, until when",
    "keys: contractors never borrow; staff sign, go along and answer",
    "keys: each point is confirmed on return, and a no opens a matter",
    "keys: the keeper's daily list is not closed with one line unanswered",
    "keys: a damaged or lost key is reported in writing and stays open until the supervisor decides",
    "mail: tenants are found by name, room and English address; letters and papers go round daily",
    "mail: returned or forwarded only for the three reasons",
    "mail: special mail goes back by a form in full and the supervisor's approval",
    "mail: after two attempts with nobody claiming it, a dead letter; a moved tenant is phoned",
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
            // One that is left out proves nothing.
            None if line.starts_with("#[ignore") => marked = false,
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
    let rules: Vec<String> = table().into_iter().map(|row| row.rule).collect();
    assert_eq!(rules, RULES);
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
