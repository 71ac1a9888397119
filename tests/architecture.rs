//! The walls of the house: who may import whom, what pure code never names, what ships and how.
//!
//! Nothing is compiled for this: the sources are read as words. Each check says how much it looked
//! at, and shows on a broken wall that it would see one.

mod architecture {
    pub mod checks;
    pub mod reading;
}

use architecture::checks::{empty_names, forbidden_crates, imports, manifest, named, reached};
use architecture::reading::{files, module, shipped, without_tests, words};
use std::collections::BTreeSet;
use std::path::Path;

/// A module at the top of `src`, and the paths in other modules it may name.
struct Room(&'static str, &'static [&'static str]);

/// Who may import whom. A new module gets its row here first.
#[rustfmt::skip]
const ROOMS: &[Room] = &[
    Room("ids", &[]),
    Room("pinyin", &[]),
    Room("typing", &["pinyin"]),
    Room("building", &["people"]),
    Room("people", &["ids", "pinyin"]),
    Room("words", &["building", "people", "slips"]),
    Room("equipment", &["people", "words"]),
    Room("slips", &["ids", "people", "words"]),
    Room("matters", &["ids", "people"]),
    Room("lending", &["ids", "building", "people", "words", "slips", "matters"]),
    Room("keys", &["ids", "building", "people", "words", "slips", "matters"]),
    Room("mail", &["ids", "building", "people", "words", "slips", "matters"]),
    Room("visits", &["ids", "building", "people", "pinyin", "words", "slips", "matters", "typing"]),
    Room("kiosk", &["ids", "typing", "building", "people", "words", "slips", "matters", "lending", "visits", "keys", "mail"]),
    Room("desk", &["ids", "building", "equipment", "people", "words", "slips", "matters", "lending", "visits", "keys", "mail", "kiosk::event"]),
    Room("store", &["ids", "building", "people", "words", "slips", "matters", "lending", "visits", "keys", "mail", "kiosk::event", "desk"]),
    Room("config", &["building", "equipment", "people", "lending", "visits", "keys", "mail", "desk", "kiosk::House", "kiosk::timeouts"]),
    Room("devices", &["people", "slips", "kiosk::event", "equipment", "config::CardBytes", "config::CardsBehind", "config::Check", "config::Device", "config::makes", "config::Flow", "config::Prints", "config::Protocol", "config::USUAL_LABEL"]),
    Room("screen", &["typing", "building", "people", "words", "slips", "matters", "lending", "visits", "keys", "mail", "kiosk::view", "kiosk::View", "kiosk::event", "kiosk::Event", "kiosk::Touch", "desk"]),
    Room("runtime", &["building", "equipment", "people", "words", "slips", "matters", "lending", "visits", "keys", "mail", "kiosk", "desk", "config", "store", "devices"]),
    Room("assembly", &["building", "people", "words", "slips", "kiosk", "desk", "config", "store", "devices", "screen", "runtime"]),
    Room("commands", &["building", "equipment", "people", "words", "slips", "config", "store", "devices"]),
    Room("crash", &[]),
    Room("bench", &["building", "equipment", "people", "words", "slips", "matters", "lending", "visits", "keys", "mail", "typing", "kiosk", "desk", "config", "store", "devices", "screen", "runtime", "assembly", "commands"]),
    Room("main", &["assembly", "bench", "commands", "config", "crash"]),
];

/// Modules that neither do anything nor look at anything: time and facts come in, data goes out.
const PURE: &[&str] = &[
    "ids",
    "pinyin",
    "typing",
    "building",
    "equipment",
    "people",
    "words",
    "slips",
    "matters",
    "lending",
    "keys",
    "mail",
    "visits",
    "kiosk",
    "desk",
];

/// What pure code never names.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::thread",
    "std::process",
    "Instant",
    "SystemTime",
    "Utc::now",
    "Local::now",
    "tokio",
    "tracing",
    "rusqlite",
    "slint",
    "serialport",
    "println",
    "print",
    "eprintln",
    "eprint",
    "dbg",
];

/// A crate and the only modules of the root package that may name it.
const GUARDED: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("serialport", &[]),
    ("slint", &["screen"]),
    ("lodge_ui", &["screen"]),
    ("lodge_hardware", &["devices", "bench"]),
];

/// A package of the workspace and the crates that never become its dependencies; a star is any.
const PACKAGES: &[(&str, &[&str])] = &[
    (".", &["serialport", "slint"]),
    (
        "ui",
        &["lodge", "lodge-hardware", "serialport", "rusqlite", "tokio"],
    ),
    (
        "hardware",
        &["lodge", "lodge-ui", "slint", "rusqlite", "tokio"],
    ),
    (".ci/setup", &["*"]),
];

/// A file that no longer fits on a few screens is split by lobby idea.
const LONGEST: usize = 450;

#[test]
fn every_module_imports_only_what_its_row_allows() {
    let (mut seen, mut broken, mut rooms) = (0, Vec::new(), BTreeSet::new());
    for (file, text) in files(&["src"], &["rs"])
        .iter()
        .filter(|(file, _)| file != "src/lib.rs")
    {
        let (some, wrong) = imports(file, text);
        seen += some;
        broken.extend(wrong);
        rooms.insert(module(file)[0].to_owned());
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(seen > 100, "{seen}");
    // A row whose module is gone would keep its rights for whoever takes the name next.
    assert_eq!(rooms, ROOMS.iter().map(|room| room.0.to_owned()).collect());
}

#[test]
fn the_rows_themselves_keep_the_walls_of_the_design() {
    let may = |room: &str| ROOMS.iter().find(|row| row.0 == room).expect("a row").1;
    let apart = |rooms: &[&str]| {
        for room in rooms {
            for path in may(room) {
                let to = path.split("::").next().expect("a module");
                assert!(!rooms.contains(&to), "{room} and {to}");
            }
        }
    };
    apart(&["lending", "keys", "mail", "visits"]);
    apart(&["store", "devices", "screen"]);
    for Room(room, may) in ROOMS {
        assert!(*room == "main" || !may.contains(&"bench"), "{room}");
        let outside = |to: &&str| !PURE.contains(&to.split("::").next().expect("a module"));
        assert!(!PURE.contains(room) || !may.iter().any(outside), "{room}");
    }
}

#[test]
fn pure_modules_do_nothing_and_look_at_nothing() {
    let mut seen = 0;
    for (file, text) in files(&["src"], &["rs"])
        .iter()
        .filter(|(file, _)| file != "src/lib.rs")
    {
        if PURE.contains(&module(file)[0]) {
            let found = named(&without_tests(&words(text)), IMPURE);
            assert!(found.is_empty(), "{file} names {found:?}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn each_guarded_crate_is_named_where_it_belongs_and_nowhere_else() {
    let mut users = BTreeSet::new();
    for (file, text) in files(&["src"], &["rs"]) {
        for (guarded, rooms) in GUARDED {
            if !named(&words(&text), &[guarded]).is_empty() {
                let room = module(&file).first().copied().unwrap_or("lib").to_owned();
                assert!(rooms.contains(&room.as_str()), "{file} names {guarded}");
                users.insert((*guarded, room));
            }
        }
    }
    assert!(users.len() >= 4, "{users:?}");
}

#[test]
fn no_package_depends_on_what_is_behind_its_wall() {
    let workspace = manifest(".")["workspace"]["members"]
        .as_array()
        .expect("a list")
        .clone();
    let members: BTreeSet<&str> = workspace
        .iter()
        .filter_map(|m| m.as_str())
        .chain(["."])
        .collect();
    assert_eq!(members, PACKAGES.iter().map(|package| package.0).collect());
    let mut seen = 0;
    for (package, forbidden) in PACKAGES {
        let (some, found) = forbidden_crates(&manifest(package), forbidden);
        assert!(found.is_empty(), "{package} depends on {found:?}");
        seen += some;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn nothing_that_ships_is_unsafe() {
    assert_eq!(
        manifest(".")["workspace"]["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
    for (package, _) in PACKAGES {
        let lints = &manifest(package)["lints"];
        // What Slint generates for lodge-ui allows itself what `forbid` would refuse to allow.
        let denied = lints
            .get("rust")
            .and_then(|rust| rust["unsafe_code"].as_str())
            == Some("deny");
        let inherited = lints.get("workspace").and_then(toml::Value::as_bool) == Some(true);
        assert!(inherited || (*package == "ui" && denied), "{package}");
    }
    let shipped = shipped();
    for (file, text) in &shipped {
        let words = words(text);
        assert!(named(&words, &["unsafe"]).is_empty(), "{file}");
        let allows = words
            .windows(3)
            .any(|three| three[0] == "allow" && three[2] == "unsafe_code");
        assert!(!allows, "{file}");
    }
    assert!(shipped.len() > 50, "{}", shipped.len());
}

#[test]
fn no_file_is_longer_than_a_few_screens() {
    let all = files(&["src", "ui", "hardware", ".ci", "tests"], &["rs", "slint"]);
    for (file, text) in &all {
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{file}: {lines} lines");
    }
    assert!(all.len() > 100, "{}", all.len());
}

#[test]
fn every_type_and_module_says_what_it_is() {
    let mut seen = 0;
    for (file, text) in files(&["src", "ui", "hardware", ".ci", "tests"], &["rs", "slint"]) {
        let (some, found) = empty_names(&text);
        assert!(found.is_empty(), "{file}: {found:?}");
        seen += some;
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn every_source_is_part_of_a_target() {
    for (package, _) in PACKAGES {
        let inside = |folder: &str| {
            format!("{package}/{folder}")
                .trim_start_matches("./")
                .to_owned()
        };
        let folders: Vec<String> = ["src", "tests"].map(inside).into_iter().collect();
        let there = |folder: &&str| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).is_dir();
        let folders: Vec<&str> = folders.iter().map(String::as_str).filter(there).collect();
        // Fuzz targets are a workspace of their own, which lists them; stable builds never see it.
        let fuzz = inside("tests/fuzz/");
        let mut all = files(&folders, &["rs"]);
        all.retain(|(file, _)| !file.starts_with(&fuzz));
        let manifest = manifest(package);
        assert!(manifest["package"].get("autotests").is_none(), "{package}");
        let named = ["test", "bench"]
            .iter()
            .filter_map(|kind| manifest.get(*kind)?.as_array());
        let named: Vec<&str> = named
            .flatten()
            .filter_map(|target| target.get("path")?.as_str())
            .collect();
        let (src, tests) = (inside("src"), inside("tests"));
        let is_target = |file: &str| {
            let (folder, name) = file.rsplit_once('/').expect("a folder");
            folder == tests
                || (folder
                    .rsplit_once('/')
                    .is_some_and(|(above, _)| above == tests)
                    && name == "main.rs")
                || (folder == src && ["lib.rs", "main.rs"].contains(&name))
                || named.contains(&file)
        };
        let mut parts = BTreeSet::new();
        for (target, _) in all.iter().filter(|(file, _)| is_target(file)) {
            reached(target, true, &all, &mut parts);
        }
        assert_eq!(
            parts,
            all.into_iter().map(|(file, _)| file).collect(),
            "{package}"
        );
    }
}

#[test]
fn a_broken_import_is_seen_however_it_is_written() {
    for (file, text) in [
        ("src/lending/rules.rs", "use crate::mail::Waiting;"),
        (
            "src/lending/mod.rs",
            "use crate::{people::Role, keys::{HeldKey}};",
        ),
        (
            "src/lending/flow.rs",
            "fn f() { let x = crate::store::open(); }",
        ),
        ("src/lending/flow.rs", "use super::super::store::Books;"),
        ("src/building.rs", "use super::kiosk;"),
        ("src/devices/reader.rs", "use crate::kiosk::Session;"),
        ("src/store/books.rs", "use crate::screen::Look;"),
        ("src/runtime/mod.rs", "use crate::bench::trial;"),
        ("src/gossip.rs", ""),
    ] {
        assert_eq!(imports(file, text).1.len(), 1, "{file}: {text}");
    }
    let fine = "//! crate::store\nuse crate::people::Role; /* crate::mail */ const A: &str = r#\"crate::mail \"\"#;";
    assert_eq!(imports("src/lending/mod.rs", fine), (1, Vec::new()));
}

#[test]
fn impure_and_unsafe_words_are_seen_and_words_in_strings_and_tests_are_not() {
    for broken in [
        "use std::{fmt, fs::File};",
        "let t = std::time::Instant::now();",
        "Utc::now()",
        "use std::time::{Duration, SystemTime};",
        "tracing::info!(\"x\")",
        "println!(\"x\")",
    ] {
        assert_eq!(
            named(&without_tests(&words(broken)), IMPURE).len(),
            1,
            "{broken}"
        );
    }
    let fine = "fn f<'a>(c: char) { c == '\\'' || c == '\"'; \"std::fs\"; } #[cfg(test)] mod tests { use std::fs; }";
    assert!(named(&without_tests(&words(fine)), IMPURE).is_empty());
    assert_eq!(
        named(&words("fn f() { unsafe { g() } }"), &["unsafe"]).len(),
        1
    );
}

#[test]
fn empty_names_forbidden_crates_and_lost_files_are_seen() {
    let text = "struct LoanManager; mod utils {} enum Metadata {} type Done = u8; // struct Data;";
    assert_eq!(
        empty_names(text),
        (
            4,
            ["LoanManager", "utils", "Metadata"]
                .map(str::to_owned)
                .to_vec()
        )
    );
    let manifest =
        toml::from_str("[dev-dependencies]\nslint = \"1\"\nchrono = \"1\"").expect("TOML");
    assert_eq!(
        forbidden_crates(&manifest, &["slint"]),
        (2, vec!["slint".to_owned()])
    );
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let all = [
        file("tests/a.rs", "mod support; mod a { mod b; }"),
        file("tests/support/mod.rs", "mod c;"),
        file("tests/support/c.rs", ""),
        file("tests/a/b.rs", ""),
        file("tests/b.rs", ""),
        file("tests/c.rs", ""),
    ];
    let mut parts = BTreeSet::new();
    reached("tests/a.rs", true, &all, &mut parts);
    assert_eq!(
        Vec::from_iter(parts),
        [
            "tests/a.rs",
            "tests/a/b.rs",
            "tests/support/c.rs",
            "tests/support/mod.rs"
        ]
    );
}
