//! Behind `cargo kiosk` and `cargo checks`: sees to the Debian packages, then runs the real thing.
//!
//! It has no dependencies, so that a bare machine builds it in a second and hears what it lacks
//! before the long build begins.

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
        _ => {
            eprintln!("cargo kiosk [what to run]   sets the machine up and runs the program");
            eprintln!("cargo checks                format, lints and every test");
            ExitCode::from(2)
        }
    }
}
