//! Tags and hooks: ● one code is on one thing or on one key, never on both, in whatever case it was typed.

use super::error::{Doing, StoreError};
use rusqlite::{Connection, params};

/// A tag as it is kept: labels bear capitals, and whoever types need not press Shift.
pub(super) fn kept(tag: &str) -> String {
    tag.trim().to_ascii_uppercase()
}

/// A hook as it is kept, as it stands on the board.
pub(super) fn hook(typed: &str) -> String {
    typed.trim().to_uppercase()
}

/// Whether a key or a thing has this tag already; `but` is the key that is being given it.
pub(super) fn in_use(
    connection: &Connection,
    tag: &str,
    but: Option<crate::keys::KeyId>,
) -> Result<bool, StoreError> {
    let but = but.map(|key| key.to_string()).unwrap_or_default();
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM lending_things WHERE upper(tag) = ?1)
                 OR EXISTS (SELECT 1 FROM keys WHERE upper(tag) = ?1 AND id <> ?2)",
        )
        .and_then(|mut select| select.query_row(params![kept(tag), but], |row| row.get(0)))
        .doing("look for a tag")
}
