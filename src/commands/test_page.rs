//! `lodge test-page`: has the running kiosk print all that a printer can do.

use super::{CommandError, Outcome, output};
use crate::devices::hatch::{self, Knock, Reply};
use crate::slips::PrinterName;
use std::io::Write;
use std::path::Path;

/// Asks the kiosk on this data folder for a test page of the printer of this name.
///
/// # Errors
///
/// Where no kiosk runs there, or the answer cannot be written.
pub fn test_page(data: &Path, printer: &str, to: &mut dyn Write) -> Result<Outcome, CommandError> {
    let knock = Knock::TestPage(PrinterName(printer.to_owned()));
    let reply = hatch::knock(data, &knock).map_err(CommandError::NoKiosk)?;
    let (outcome, says) = match reply {
        Reply::Done => (Outcome::Well, "The page is on its way."),
        _ => (
            Outcome::Unwell,
            "There is no printer of this name; lodge doctor lists the devices.",
        ),
    };
    output(writeln!(to, "{says}"))?;
    Ok(outcome)
}
