//! `lodge record` and `lodge replay`: a line as text, and what the driver makes of it.

use super::{CommandError, Outcome, output};
use crate::devices::recording::{self, Spoken};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// Records a port, and says what its device tells: never a number or a code.
///
/// # Errors
///
/// Where the port cannot be opened, or the file cannot be made.
pub fn record(
    port: &Path,
    spoken: &Spoken,
    lasts: Option<Duration>,
    out: &Path,
    to: &mut dyn Write,
) -> Result<Outcome, CommandError> {
    let mut written = Ok(());
    let passed = recording::record(port, spoken, lasts, out, &mut |at, words| {
        if written.is_ok() {
            written = row(to, at, &words).and_then(|()| to.flush());
        }
    })?;
    output(written)?;
    let recording::Passed {
        frames,
        rejected,
        discarded,
    } = passed;
    output(writeln!(
        to,
        "{frames} messages understood, {rejected} not believed, {discarded} bytes without meaning: {}",
        out.display()
    ))?;
    Ok(Outcome::Well)
}

/// Says what the driver tells of a recording.
///
/// # Errors
///
/// Where the file cannot be read.
pub fn replay(file: &Path, spoken: &Spoken, to: &mut dyn Write) -> Result<Outcome, CommandError> {
    let told = recording::replay(file, spoken)?;
    for (at, words) in &told {
        output(row(to, *at, words))?;
    }
    if told.is_empty() {
        output(writeln!(to, "The driver tells nothing."))?;
    }
    Ok(Outcome::Well)
}

fn row(to: &mut dyn Write, at: Duration, words: &str) -> io::Result<()> {
    writeln!(to, "{:>9.3} s  {words}", at.as_secs_f64())
}
