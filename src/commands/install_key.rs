//! `lodge install-key`: has the running kiosk give a reader its own key.

use super::{CommandError, Outcome, output};
use crate::devices::hatch::{self, Knock, Reply};
use crate::people::{Language, ReaderName};
use std::io::Write;
use std::path::Path;

/// Asks the kiosk on this data folder to give the reader of this name the key of its `key_file`.
///
/// # Errors
///
/// Where no kiosk runs there, or the answer cannot be written.
pub fn install_key(data: &Path, reader: &str, to: &mut dyn Write) -> Result<Outcome, CommandError> {
    let knock = Knock::InstallKey(ReaderName(reader.to_owned()));
    let reply = hatch::knock(data, &knock).map_err(CommandError::NoKiosk)?;
    let (outcome, says) = match reply {
        Reply::Done => (
            Outcome::Well,
            "The reader is given its key within the next minute; lodge doctor says whether it took it."
                .to_owned(),
        ),
        // What is wrong says what to do about it.
        Reply::NotOpen(Some(fault)) => (
            Outcome::Unwell,
            format!("{}; then say it again.", fault.says(Language::English)),
        ),
        Reply::NotOpen(None) => (
            Outcome::Unwell,
            "The port of this reader is being opened; say it again in a moment.".to_owned(),
        ),
        _ => (
            Outcome::Unwell,
            "There is no OSDP reader of this name; lodge doctor lists the devices.".to_owned(),
        ),
    };
    output(writeln!(to, "{says}"))?;
    Ok(outcome)
}
