//! `lodge install-key`: has the running kiosk give a reader its own key.

use super::{CommandError, Outcome, output};
use crate::devices::hatch::{self, Knock, Reply};
use crate::people::ReaderName;
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
            "The reader is given its key within the next minute; lodge doctor says whether it took it.",
        ),
        Reply::NotOpen => (
            Outcome::Unwell,
            "The port of this reader is not open; plug it in, then say it again.",
        ),
        _ => (
            Outcome::Unwell,
            "There is no OSDP reader of this name; lodge doctor lists the devices.",
        ),
    };
    output(writeln!(to, "{says}"))?;
    Ok(outcome)
}
