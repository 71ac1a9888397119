//! Fuzzing the parsers of the hardware, one after another.
//!
//! The stable compiler does: the one sanitizer that would need another is left out, because no parser
//! has unsafe code. What is found stays under the build folder, beside the corpus that is kept; an
//! input that breaks a parser becomes a test first and a file of that corpus afterwards.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::steps::cargo;

/// How long each parser is fuzzed where nothing else is said, in seconds.
const TEN_MINUTES: u32 = 600;

/// What libFuzzer is told besides: inputs are as long as those that are kept may be, and one that
/// takes ten seconds or half a gigabyte breaks a parser too.
const LIMITS: [&str; 3] = ["-max_len=1024", "-timeout=10", "-rss_limit_mb=512"];

/// Which parsers, and for how long.
#[derive(PartialEq, Debug)]
struct Wish {
    target: Option<String>,
    seconds: u32,
}

/// Fuzzes `[TARGET] [SECONDS]`, and stops at the first input that breaks something.
pub fn fuzz(arguments: &[OsString]) -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../hardware/tests/fuzz");
    let Some(wish) = wish(arguments) else {
        eprintln!("cargo fuzzing [TARGET] [SECONDS]");
        return ExitCode::from(2);
    };
    let mut targets = targets(&folder);
    if let Some(wanted) = &wish.target {
        if !targets.contains(wanted) {
            eprintln!("no such target; there are: {}", targets.join(", "));
            return ExitCode::from(2);
        }
        targets.retain(|target| target == wanted);
    }
    if !succeeds(&["fuzz", "--version"]) && !succeeds(&["install", "--locked", "cargo-fuzz"]) {
        eprintln!("cargo-fuzz could not be installed");
        return ExitCode::FAILURE;
    }
    for target in targets {
        eprintln!("── {target}: {} s", wish.seconds);
        if !runs(&folder, &target, wish.seconds) {
            eprintln!("── {target} failed");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn wish(arguments: &[OsString]) -> Option<Wish> {
    let words: Option<Vec<&str>> = arguments.iter().map(|word| word.to_str()).collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let (target, seconds) = match words?[..] {
        [] => (None, None),
        [seconds] if is_number(seconds) => (None, Some(seconds)),
        [target] => (Some(target), None),
        [target, seconds] => (Some(target), Some(seconds)),
        _ => return None,
    };
    Some(Wish {
        target: target.map(str::to_owned),
        seconds: seconds.map_or(Some(TEN_MINUTES), |seconds| seconds.parse().ok())?,
    })
}

/// The names of all targets: one file each.
fn targets(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder.join("targets"))
        .into_iter()
        .flatten();
    let paths = files.filter_map(|file| Some(file.ok()?.path()));
    let mut names: Vec<String> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

fn runs(folder: &Path, target: &str, seconds: u32) -> bool {
    let built = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| folder.join("../../../target"), PathBuf::from);
    // libFuzzer writes what it finds into the first corpus, and only reads the second.
    let found = built.join("fuzz-corpus").join(target);
    if std::fs::create_dir_all(&found).is_err() {
        return false;
    }
    let mut command = cargo();
    command.args(["fuzz", "run", "--sanitizer", "none", "--fuzz-dir"]);
    command.arg(folder);
    command.arg("--target-dir").arg(built.join("fuzz"));
    command.arg(target).arg(found);
    command.arg(folder.join("corpus").join(target)).arg("--");
    command.arg(format!("-max_total_time={seconds}"));
    command.args(LIMITS);
    command.status().is_ok_and(|status| status.success())
}

fn succeeds(arguments: &[&str]) -> bool {
    let status = cargo().args(arguments).status();
    status.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_parser_or_all_are_fuzzed_for_ten_minutes_or_so_many_seconds() {
        let wished = |words: &str| {
            let words: Vec<_> = words.split_whitespace().map(OsString::from).collect();
            wish(&words).map(|wish| (wish.target, wish.seconds))
        };
        let pn532 = || Some("pn532".to_owned());
        assert_eq!(wished(""), Some((None, TEN_MINUTES)));
        assert_eq!(wished("60"), Some((None, 60)));
        assert_eq!(wished("pn532"), Some((pn532(), TEN_MINUTES)));
        assert_eq!(wished("pn532 60"), Some((pn532(), 60)));
        assert_eq!(wished("pn532 long"), None);
        assert_eq!(wished("pn532 60 60"), None);
    }

    #[test]
    fn the_targets_are_found() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../hardware/tests/fuzz");
        assert!(targets(&folder).contains(&"em4100".to_owned()));
    }
}
