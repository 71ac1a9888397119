//! `lodge journal`: the journal, oldest first.

use super::{CommandError, Outcome, output};
use crate::building::Building;
use crate::store::Books;
use crate::store::journal::Entry;
use chrono::DateTime;
use std::io::{self, Write};
use std::path::Path;

/// Prints every row, as a line for people or as a line of JSON.
pub fn journal(
    data: &Path,
    building: &Building,
    json: bool,
    to: &mut dyn Write,
) -> Result<Outcome, CommandError> {
    let books = Books::open_to_read(data, building)?;
    let mut written = Ok(());
    books.journal(|entry| {
        if written.is_ok() {
            written = if json {
                print_json(&entry, to)
            } else {
                print(&entry, building, to)
            };
        }
        Ok(())
    })?;
    output(written.and_then(|()| to.flush()))?;
    Ok(Outcome::Well)
}

fn print_json(entry: &Entry, to: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *to, &entry.printed())?;
    writeln!(to)
}

/// `42  2026-11-23 09:05:12  A  lending  lent  0190…  {…}`
fn print(entry: &Entry, building: &Building, to: &mut dyn Write) -> io::Result<()> {
    let at = DateTime::from_timestamp_millis(entry.at_ms).unwrap_or_default();
    let at = building.local(at).format("%Y-%m-%d %H:%M:%S");
    let Entry {
        seq,
        device,
        service,
        kind,
        subject,
        payload,
        ..
    } = entry;
    writeln!(
        to,
        "{seq:>6}  {at}  {device}  {service:<8} {kind:<16} {subject}  {payload}"
    )
}
