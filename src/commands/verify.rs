//! `lodge verify`: the chain of the journal, and the state rebuilt from it.

use super::{CommandError, Outcome, output};
use crate::building::Building;
use crate::store::journal::{Break, hex};
use crate::store::{Books, Verdict};
use std::io::Write;
use std::path::Path;

/// Proves the books and says what was found.
pub fn verify(
    data: &Path,
    building: &Building,
    to: &mut dyn Write,
) -> Result<Outcome, CommandError> {
    let verdict = Books::open_to_read(data, building)?.verify()?;
    let (text, outcome) = describe(&verdict);
    output(to.write_all(text.as_bytes()))?;
    Ok(outcome)
}

fn describe(verdict: &Verdict) -> (String, Outcome) {
    let kept = "Keep the file as it is, restore the latest backup beside it, and call support.\n";
    match verdict {
        Verdict::Sound(sound) => {
            let (rows, head) = (sound.rows, hex(&sound.head));
            let text = format!(
                "The chain holds over {rows} journal rows; the state is what they say.\nHead: {head}\n"
            );
            (text, Outcome::Well)
        }
        Verdict::Broken(broken) => {
            let (seq, what) = match broken {
                Break::Gap { seq } => (seq, "rows before it are missing"),
                Break::Link { seq } => (seq, "it does not follow from the row before it"),
                Break::Row { seq } => (seq, "it is not what was written"),
            };
            (
                format!("The chain is broken at journal row {seq}: {what}.\n{kept}"),
                Outcome::Unwell,
            )
        }
        Verdict::Different { first, count } => {
            let mut text = format!("{count} rows of state are not what the journal says:\n");
            for difference in first {
                let or_nothing = |row: &str| match row {
                    "" => "nothing".to_owned(),
                    row => row.to_owned(),
                };
                let (found, expected) = (
                    or_nothing(&difference.found),
                    or_nothing(&difference.expected),
                );
                text += &format!("  {}: {found}\n    expected {expected}\n", difference.table);
            }
            (text + kept, Outcome::Unwell)
        }
        Verdict::Damaged(what) => (
            format!("The database file is damaged: {what}.\n{kept}"),
            Outcome::Unwell,
        ),
    }
}
