//! Sources as words and paths, without comments and strings.

use std::fs;
use std::path::{Path, PathBuf};

/// The words and marks of a source, without comments, strings and characters.
pub fn words(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |place: usize| chars.get(place).copied().unwrap_or(' ');
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let (mut words, mut here) = (Vec::new(), 0);
    while here < chars.len() {
        let char = at(here);
        let mut hashes = here + 1;
        while char == 'r' && at(hashes) == '#' {
            hashes += 1;
        }
        if char == '/' && at(here + 1) == '/' {
            here += chars[here..]
                .iter()
                .take_while(|char| **char != '\n')
                .count();
        } else if char == '/' && at(here + 1) == '*' {
            here += 2;
            while here < chars.len() && (at(here), at(here + 1)) != ('*', '/') {
                here += 1;
            }
            here += 2;
        } else if char == 'r' && at(hashes) == '"' {
            // A raw string ends with as many hashes as it began with.
            let end: String = std::iter::once('"')
                .chain(vec!['#'; hashes - here - 1])
                .collect();
            let rest: String = chars[hashes + 1..].iter().collect();
            let length = rest.find(&end).map_or(rest.len(), |byte| byte + end.len());
            here = hashes + 1 + rest[..length].chars().count();
        } else if char == '"' {
            here += 1;
            while here < chars.len() && at(here) != '"' {
                here += if at(here) == '\\' { 2 } else { 1 };
            }
            here += 1;
        } else if char == '\'' && (at(here + 1) == '\\' || at(here + 2) == '\'') {
            here += 3;
            while here < chars.len() && at(here - 1) != '\'' {
                here += 1;
            }
        } else if is_word(char) {
            let word: String = chars[here..]
                .iter()
                .take_while(|char| is_word(**char))
                .collect();
            here += word.chars().count();
            words.push(word);
        } else {
            let joined = char == ':' && at(here + 1) == ':';
            here += if joined { 2 } else { 1 };
            if joined {
                words.push("::".to_owned());
            } else if !char.is_whitespace() {
                words.push(char.to_string());
            }
        }
    }
    words
}

/// The same words without items that are compiled for tests only.
pub fn without_tests(words: &[String]) -> Vec<String> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut here) = (Vec::new(), 0);
    while here < words.len() {
        if words[here..].iter().take(mark.len()).ne(mark.iter()) {
            kept.push(words[here].clone());
            here += 1;
            continue;
        }
        let mut depth = 0;
        while here < words.len() {
            depth += i32::from(words[here] == "{") - i32::from(words[here] == "}");
            here += 1;
            if depth == 0 && ["}", ";"].contains(&words[here - 1].as_str()) {
                break;
            }
        }
    }
    kept
}

/// Every path that is named, with the groups of `use` written out: `a::b`, `a::c`.
pub fn paths(words: &[String]) -> Vec<Vec<String>> {
    let (mut found, mut here) = (Vec::new(), 0);
    while here < words.len() {
        branch(words, &mut here, &[], &mut found);
    }
    found
}

fn branch(words: &[String], here: &mut usize, trunk: &[String], found: &mut Vec<Vec<String>>) {
    let is_name =
        |word: &str| word == "*" || word.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut path = trunk.to_vec();
    while *here < words.len() {
        match words[*here].as_str() {
            "{" if !path.is_empty() => {
                *here += 1;
                while *here < words.len() && words[*here] != "}" {
                    branch(words, here, &path, found);
                }
                *here += 1;
                return;
            }
            word if is_name(word) => path.push(word.to_owned()),
            _ => {
                *here += 1;
                return;
            }
        }
        *here += 1;
        if words.get(*here).is_none_or(|next| next != "::") {
            found.push(path);
            return;
        }
        *here += 1;
    }
}

/// Every file of these folders of the repository with one of these endings, as path and text.
pub fn files(folders: &[&str], endings: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut todo: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            let inside = fs::read_dir(&path).expect("a folder");
            todo.extend(inside.map(|entry| entry.expect("an entry").path()));
        } else if path
            .extension()
            .is_some_and(|e| endings.iter().any(|ending| e == *ending))
        {
            let name = path
                .strip_prefix(root)
                .expect("inside")
                .display()
                .to_string();
            found.push((name, fs::read_to_string(&path).expect("text")));
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folders:?}");
    found
}

/// What ships, in Rust.
pub fn shipped() -> Vec<(String, String)> {
    files(
        &["src", "ui/src", "ui/build.rs", "hardware/src", ".ci"],
        &["rs"],
    )
}

/// The modules of a file of the root package: `src/kiosk/view.rs` is `kiosk`, `view`.
pub fn module(file: &str) -> Vec<&str> {
    let inner = file.trim_start_matches("src/").trim_end_matches(".rs");
    inner
        .split('/')
        .filter(|part| *part != "mod" && *part != "lib")
        .collect()
}
