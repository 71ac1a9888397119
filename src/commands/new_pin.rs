//! `lodge new-pin`: lets a member of staff in again, with a PIN that the program chose.

use super::{CommandError, Outcome, output};
use crate::building::Building;
use crate::devices::Clock;
use crate::people::Language;
use crate::people::staff::NotGiven;
use crate::store::{Books, DATABASE, OpenError, PEPPER};
use chrono::DateTime;
use std::io::Write;
use std::path::Path;

/// Gives the member of staff of this name a new PIN and says it. The kiosk is stopped meanwhile: its hatch is for
/// devices, and who may log in passes through no socket.
///
/// # Errors
///
/// Where a kiosk runs there, there is no database, or it cannot be written.
pub fn new_pin(
    data: &Path,
    building: &Building,
    name: &str,
    to: &mut dyn Write,
) -> Result<Outcome, CommandError> {
    let database = data.join(DATABASE);
    if !database.exists() {
        // Opening would make one, for a house that has none.
        return Err(OpenError::Missing(database).into());
    }
    let mut books = Books::open(data, building)?;
    let at = DateTime::from_timestamp_millis(Clock::system().wall_ms()).unwrap_or_default();
    let (outcome, says) = match books.give_new_pin(name, at)? {
        Ok(given) => {
            let name = given.name.whole(Language::English);
            let mut says = format!(
                "From now on {name} has the PIN {}, and may try again at once. It is not shown a second time.",
                given.pin.0
            );
            if let Some(others) = given.forgotten {
                says += &format!(
                    "\n{PEPPER} was missing or not whole; there is a new one, which belongs into the next backup. \
                     Under it no other PIN can be right, so the others, {others} in all, are forgotten: whoever had \
                     one is given a new one by lodge new-pin."
                );
            }
            (Outcome::Well, says)
        }
        Err(NotGiven::Nobody) => (
            Outcome::Unwell,
            "Nobody of this name works at the desk; the whole name is needed, as it stands in the books."
                .to_owned(),
        ),
        Err(NotGiven::Several) => (
            Outcome::Unwell,
            "Several members of staff have this name; a supervisor has to help them at the desk."
                .to_owned(),
        ),
    };
    output(writeln!(to, "{says}"))?;
    Ok(outcome)
}
