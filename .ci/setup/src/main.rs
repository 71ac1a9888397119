//! Behind `cargo kiosk`, `cargo checks` and `cargo fuzzing`: sees to the Debian packages, then runs
//! the real thing.
//!
//! It has no dependencies, so that a bare machine builds it in a second and hears what it lacks
//! before the long build begins.

mod fuzzing;
mod packages;
mod steps;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let job = arguments.next();
    let rest: Vec<_> = arguments.collect();
    match job.as_ref().and_then(|job| job.to_str()) {
        Some("kiosk") => {
            packages::see_to(packages::RUN);
            steps::kiosk(&rest)
        }
        Some("checks") if rest.is_empty() => {
            packages::see_to(&[packages::RUN, packages::TEST].concat());
            steps::checks()
        }
        Some("fuzzing") => {
            packages::see_to(packages::FUZZ);
            fuzzing::fuzz(&rest)
        }
        _ => {
            eprintln!("cargo kiosk [what to run]   sets the machine up and runs the program");
            eprintln!("cargo checks                format, lints and every test");
            eprintln!("cargo fuzzing [TARGET] [SECONDS]   fuzzes the parsers of the hardware");
            ExitCode::from(2)
        }
    }
}
