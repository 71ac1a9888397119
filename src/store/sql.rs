//! The two things every book does with SQL: read rows, and write some.

use super::error::{Doing, StoreError};
use rusqlite::{Connection, Params, Row};

/// The rows of a query, as a closure reads each.
pub(super) fn rows<T>(
    connection: &Connection,
    doing: &'static str,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut select| select.query_map(params, read)?.collect())
        .doing(doing)
}

/// Runs a statement that answers nothing.
pub(super) fn execute(
    connection: &Connection,
    doing: &'static str,
    sql: &str,
    params: impl Params,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute(params))
        .map(|_| ())
        .doing(doing)
}
