//! What somebody wrote on the glass, read where somebody at the desk wants to see it.

use super::facts::{READING, rows};
use crate::desk::event::SignedFor;
use crate::people::Signature;
use crate::store::books::Books;
use crate::store::error::StoreError;

impl Books {
    /// The strokes; nothing where nobody signed on the glass, or where they are erased.
    pub(super) fn strokes_of(&self, of: SignedFor) -> Result<Option<Signature>, StoreError> {
        let (sql, id) = match of {
            SignedFor::Visit(visit) => (
                "SELECT signature -> '$.strokes' FROM visit_details
                 WHERE visit = ?1 AND signature IS NOT NULL",
                visit.to_string(),
            ),
            SignedFor::Mail(item) => (
                "SELECT glass.strokes FROM mail_items AS item
                 JOIN mail_signatures AS glass ON glass.pick_up = item.pick_up
                 WHERE item.id = ?1",
                item.to_string(),
            ),
        };
        let found: Vec<String> = rows(&self.connection, sql, [&id], |row| row.get(0))?;
        let Some(strokes) = found.into_iter().next() else {
            return Ok(None);
        };
        let read = serde_json::from_str(&strokes).map_err(|_| StoreError::Unreadable {
            doing: READING,
            row: format!("signature of {id}"),
        });
        read.map(Some)
    }
}
