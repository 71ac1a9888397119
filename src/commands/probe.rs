//! `lodge doctor --probe`: what is on a port, and the lines that bring it into the settings.

use super::{CommandError, Outcome, output};
use crate::devices::probe;
use std::io::Write;

/// Asks what is on a port. Nothing else may use it meanwhile, so a kiosk that has it in its settings is
/// stopped first.
///
/// # Errors
///
/// Where the port cannot be opened, or the answer cannot be written.
pub fn probe(port: &str, to: &mut dyn Write) -> Result<Outcome, CommandError> {
    let mut says = |words: &str| {
        // Progress is for whoever looks; the answer is what counts.
        let _ = writeln!(to, "  {words}").and_then(|()| to.flush());
    };
    let found = probe::probe(port, &mut says).map_err(CommandError::Port)?;
    if found.is_empty() {
        output(writeln!(
            to,
            "Nothing answered. See that it is switched on and its cable is whole; a card reader or a \
             scanner is heard only while a card is held up or a code is scanned."
        ))?;
        return Ok(Outcome::Unwell);
    }
    for found in &found {
        if let Some(identity) = &found.identity {
            output(writeln!(to, "It says that it is: {identity}"))?;
        }
        output(writeln!(to, "For the settings:\n\n{}", found.settings))?;
    }
    Ok(Outcome::Well)
}
