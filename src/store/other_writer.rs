//! Another program in the middle of a transaction of the same database, as a backup or a curious
//! administrator may be: for tours, which show what people see meanwhile.

use super::error::{Doing, StoreError};
use super::open::DATABASE;
use rusqlite::Connection;
use std::path::Path;

/// Nobody else can write until this is dropped; it has changed nothing then.
pub struct OtherWriter {
    _transaction: Connection,
}

impl OtherWriter {
    /// Begins to write to the database in this data folder.
    ///
    /// # Errors
    ///
    /// Where there is none, or somebody else is writing for longer than SQLite waits.
    pub fn begin(data: &Path) -> Result<Self, StoreError> {
        const DOING: &str = "begin a transaction beside the kiosk";
        let connection = Connection::open(data.join(DATABASE)).doing(DOING)?;
        connection.execute_batch("BEGIN IMMEDIATE").doing(DOING)?;
        Ok(OtherWriter {
            _transaction: connection,
        })
    }
}
