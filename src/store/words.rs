//! Enums as words in columns: the same words that the journal's payloads use.

use super::error::StoreError;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The word of an enum without fields.
pub fn to_word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        other => unreachable!("only enums without fields become columns, not {other:?}"),
    }
}

/// Reads a word back; `row` names the place for the error.
pub fn from_word<T: DeserializeOwned>(
    word: String,
    doing: &'static str,
    row: impl FnOnce() -> String,
) -> Result<T, StoreError> {
    serde_json::from_value(Value::String(word))
        .map_err(|_| StoreError::Unreadable { doing, row: row() })
}
