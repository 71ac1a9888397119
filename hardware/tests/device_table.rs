//! The table of devices in the README says for each one what it is tested against, by which tests.

use std::path::{Path, PathBuf};

/// A file of this crate.
fn of_crate(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The tests of this crate: `em4100` of `tests/em4100.rs`, `samv` of `tests/samv/main.rs`.
fn tests() -> Vec<String> {
    let folder = std::fs::read_dir(of_crate("tests")).unwrap();
    let names = folder.filter_map(|file| {
        let path = file.unwrap().path();
        let is_test =
            path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").exists();
        is_test.then(|| path.file_stem().unwrap().to_str().unwrap().to_owned())
    });
    names.collect()
}

/// The last cell of each row, by the device of the first.
fn rows(readme: &str) -> Vec<(&str, &str)> {
    let from = readme.find("| device | protocol |").unwrap();
    let table = readme[from..].lines().skip(2);
    let rows = table.map_while(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert_eq!(cells.len(), 5, "{row}");
        (cells[0], cells[4])
    })
    .collect()
}

/// What stands between back ticks.
fn ticked(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_test_and_tour_that_the_table_of_devices_names_is_there_and_every_device_has_both() {
    let readme = std::fs::read_to_string(of_crate("README.md")).unwrap();
    let (rows, tests) = (rows(&readme), tests());
    assert!(rows.len() >= 9, "{} devices", rows.len());
    for (device, by) in rows {
        let (before, tours) = by.split_once("tour").unwrap_or((by, ""));
        let (named, tours) = (ticked(before), ticked(tours));
        assert!(!named.is_empty() && !tours.is_empty(), "{device}: {by}");
        for name in named {
            let is_it = |test: &String| match name.strip_suffix('*') {
                Some(begin) => test.starts_with(begin),
                None => test == name,
            };
            assert!(tests.iter().any(is_it), "{device}: no test {name}");
        }
        for tour in tours {
            let file = of_crate(&format!("../tests/tours/{tour}.tour"));
            assert!(file.exists(), "{device}: no tour {tour}");
        }
    }
}
