//! `lodge record` and `lodge replay`: a line as text, and what the driver makes of it.

use super::doctor::kiosk_runs;
use super::which::{NotKnown, Which};
use super::{CommandError, Outcome, output};
use crate::devices::recording::{self, Passed};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// Records the line of a device, and says what it tells: never a number or a code. A device of the house is
/// the kiosk's while one runs on this data folder.
///
/// # Errors
///
/// Where the kiosk runs, the port cannot be opened, or the file cannot be made.
pub fn record(
    which: &Which<'_>,
    data: &Path,
    lasts: Option<Duration>,
    out: &Path,
    to: &mut dyn Write,
) -> Result<Outcome, CommandError> {
    let mut written = Ok(());
    let mut told = |at, words: String| {
        if written.is_ok() {
            written = row(to, at, &words).and_then(|()| to.flush());
        }
    };
    let passed = match which {
        Which::OfHouse(device) => {
            // Also where the port is free at this moment: the kiosk opens it again as soon as it can.
            if kiosk_runs(data) {
                return Err(CommandError::KioskRuns {
                    data: data.to_owned(),
                    device: device.id(),
                });
            }
            recording::record_device(device, lasts, out, &mut told)?
        }
        Which::Made(_, None) => return Err(NotKnown::NoPort.into()),
        Which::Made(spoken, Some(port)) => recording::record(port, spoken, lasts, out, &mut told)?,
    };
    output(written)?;
    let Passed {
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
pub fn replay(file: &Path, which: &Which<'_>, to: &mut dyn Write) -> Result<Outcome, CommandError> {
    let told = match which {
        Which::OfHouse(device) => recording::replay_device(file, device)?,
        Which::Made(spoken, _) => recording::replay(file, spoken)?,
    };
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
