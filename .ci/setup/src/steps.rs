//! What runs once the machine is ready: the program, or format, lints and tests.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// One step of the checks.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
}

/// The quick ones first. The tests run to their end even where one fails, so that one run tells all.
const CHECKS: &[Step] = &[
    Step {
        name: "format",
        arguments: &["fmt", "--all", "--check"],
    },
    Step {
        name: "lints",
        arguments: &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    },
    // What is installed in a lobby needs neither trial nor tours.
    Step {
        name: "lints without the trial",
        arguments: &[
            "clippy",
            "--package",
            "lodge",
            "--no-default-features",
            "--",
            "-D",
            "warnings",
        ],
    },
    Step {
        name: "tests",
        arguments: &["test", "--workspace", "--no-fail-fast"],
    },
];

/// Becomes the kiosk: signals of a service manager reach the program, not us.
pub fn kiosk(arguments: &[OsString]) -> ExitCode {
    let error = cargo()
        .args(["run", "--release", "--package", "lodge", "--"])
        .args(arguments)
        .exec();
    eprintln!("cargo could not be started: {error}");
    ExitCode::FAILURE
}

/// Runs the checks up to the first step that fails.
pub fn checks() -> ExitCode {
    for step in CHECKS {
        eprintln!("── {}: cargo {}", step.name, step.arguments.join(" "));
        let begun = Instant::now();
        let passed = match cargo().args(step.arguments).status() {
            Ok(status) => status.success(),
            Err(error) => {
                eprintln!("cargo could not be started: {error}");
                false
            }
        };
        let seconds = begun.elapsed().as_secs_f64();
        if !passed {
            eprintln!("── {} failed after {seconds:.1} s", step.name);
            return ExitCode::FAILURE;
        }
        eprintln!("── {} passed in {seconds:.1} s", step.name);
    }
    ExitCode::SUCCESS
}

/// The cargo that started us, without what it told us about this package: build scripts that look at
/// those variables would think that everything changed.
pub fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_about_this_package) {
            command.env_remove(name);
        }
    }
    command
}

fn is_about_this_package(variable: &str) -> bool {
    variable.starts_with("CARGO_PKG_")
        || variable.starts_with("CARGO_MANIFEST_")
        || matches!(
            variable,
            "CARGO_CRATE_NAME" | "CARGO_BIN_NAME" | "CARGO_PRIMARY_PACKAGE"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checks_look_at_the_format_every_lint_and_every_test() {
        let names: Vec<_> = CHECKS.iter().map(|step| step.name).collect();
        assert_eq!(
            names,
            ["format", "lints", "lints without the trial", "tests"]
        );
        let everything = |step: &&Step| {
            step.arguments.contains(&"--workspace") || step.arguments.contains(&"--all")
        };
        assert_eq!(CHECKS.iter().filter(everything).count(), 3);
    }

    #[test]
    fn where_to_build_and_what_to_build_with_is_passed_on() {
        for kept in ["CARGO", "CARGO_HOME", "CARGO_TARGET_DIR", "PATH"] {
            assert!(!is_about_this_package(kept), "{kept}");
        }
        for dropped in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_BIN_NAME"] {
            assert!(is_about_this_package(dropped), "{dropped}");
        }
    }
}
