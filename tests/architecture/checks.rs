//! What each wall is, as a function of text: a broken one given as text is found like a real one.

use super::reading::{module, paths, words};
use crate::{ROOMS, Room};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Imports of other modules of the root package, and those that no row allows.
pub fn imports(file: &str, text: &str) -> (usize, Vec<String>) {
    let own = module(file);
    let Some(Room(room, may)) = ROOMS.iter().find(|room| own.first() == Some(&room.0)) else {
        return (
            0,
            vec![format!(
                "{file}: no row for this module in tests/architecture.rs"
            )],
        );
    };
    let (mut seen, mut broken) = (0, Vec::new());
    for path in paths(&words(text)) {
        let ups = path.iter().take_while(|part| *part == "super").count();
        let from_root = match path[0].as_str() {
            "crate" | "lodge" => &path[1..],
            "super" if ups >= own.len() => &path[ups..],
            _ => continue,
        };
        let Some(to) = from_root
            .first()
            .filter(|to| ROOMS.iter().any(|room| room.0 == **to))
        else {
            continue;
        };
        seen += 1;
        let allowed = |may: &&str| {
            may.split("::").zip(from_root).all(|(a, b)| a == b)
                && may.split("::").count() <= from_root.len()
        };
        if to != room && !may.iter().any(allowed) {
            broken.push(format!(
                "{file}: {room} may not import {}",
                from_root.join("::")
            ));
        }
    }
    (seen, broken)
}

/// What this text names of a list of words and paths.
pub fn named(text: &[String], forbidden: &[&str]) -> Vec<String> {
    let paths = paths(text);
    let names = |path: &Vec<String>, wanted: &str| {
        let wanted: Vec<&str> = wanted.split("::").collect();
        path.windows(wanted.len())
            .any(|part| part.iter().eq(wanted.iter()))
    };
    let hit = |wanted: &&&str| paths.iter().any(|path| names(path, wanted));
    forbidden
        .iter()
        .filter(hit)
        .map(|wanted| (*wanted).to_owned())
        .collect()
}

/// Names of types and modules that say nothing.
pub fn empty_names(text: &str) -> (usize, Vec<String>) {
    let keywords = [
        "struct",
        "enum",
        "union",
        "trait",
        "type",
        "mod",
        "component",
        "global",
    ];
    let words = words(text);
    let names: Vec<&String> = words
        .windows(2)
        .filter(|pair| keywords.contains(&pair[0].as_str()))
        .map(|pair| &pair[1])
        .collect();
    let empty = |name: &&&String| {
        let name = name.to_lowercase();
        let ends = |end: &&str| name.ends_with(*end) || name.ends_with(&format!("{end}s"));
        ["manager", "helper", "util", "data"].iter().any(ends)
    };
    (
        names.len(),
        names
            .iter()
            .filter(empty)
            .map(|name| (*name).clone())
            .collect(),
    )
}

pub fn manifest(package: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(package)
        .join("Cargo.toml");
    toml::from_str(&fs::read_to_string(path).expect("a manifest")).expect("TOML")
}

/// The dependencies of a package that its wall forbids.
pub fn forbidden_crates(manifest: &toml::Table, forbidden: &[&str]) -> (usize, Vec<String>) {
    let tables = ["dependencies", "build-dependencies", "dev-dependencies"];
    let tables = tables
        .iter()
        .filter_map(|name| manifest.get(*name)?.as_table());
    let all: Vec<String> = tables.flat_map(|table| table.keys().cloned()).collect();
    let is_forbidden =
        |name: &&String| forbidden.contains(&"*") || forbidden.contains(&name.as_str());
    (
        all.len(),
        all.iter().filter(is_forbidden).cloned().collect(),
    )
}

/// The files that the `mod` lines of a file lead to, itself among them.
pub fn reached(file: &str, is_root: bool, all: &[(String, String)], found: &mut BTreeSet<String>) {
    let Some((_, text)) = all.iter().find(|(name, _)| name == file) else {
        return;
    };
    found.insert(file.to_owned());
    let mut folder = file
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned();
    if !is_root && !file.ends_with("/mod.rs") {
        folder = file.trim_end_matches(".rs").to_owned();
    }
    // `#[path = "support/x.rs"] mod x;` says where it lies, beside the file that says so.
    for pointed in text.split("#[path = \"").skip(1) {
        let way = pointed.split('"').next().unwrap_or_default();
        let beside = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (mut beside, mut way) = (beside, way);
        while let Some(rest) = way.strip_prefix("../") {
            beside = beside.rsplit_once('/').map_or("", |(above, _)| above);
            way = rest;
        }
        reached(&format!("{beside}/{way}"), false, all, found);
    }
    // Modules written out in the file are folders on the way to those that are not.
    let (words, mut depth, mut open) = (words(text), 0, Vec::new());
    for (place, word) in words.iter().enumerate() {
        match word.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if open.last().is_some_and(|(at, _)| *at == depth) {
                    open.pop();
                }
            }
            "mod" => match words.get(place + 1..place + 3) {
                Some([name, end]) if end == "{" => open.push((depth, name.as_str())),
                Some([name, end]) if end == ";" => {
                    let way = open.iter().map(|(_, name)| format!("{name}/"));
                    let path = format!("{folder}/{}{name}", way.collect::<String>());
                    reached(&format!("{path}.rs"), false, all, found);
                    reached(&format!("{path}/mod.rs"), false, all, found);
                }
                _ => {}
            },
            _ => {}
        }
    }
}
