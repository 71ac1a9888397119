//! A visitor beside the entry of the list that they may be, so that somebody can compare.

use crate::people::PersonName;
use chrono::{DateTime, Utc};

/// Somebody as far as the books may say who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// The name, where it is known.
    pub name: Option<PersonName>,
    /// The company they come from; empty for none.
    pub company: String,
    /// The last digits of the telephone; empty where none is known.
    pub phone_tail: String,
    /// Whether a document was read. Its number is nowhere: two of the same would be a certain match.
    pub has_document: bool,
}

/// Somebody who is, or may be, one of the list of those who are not admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Whether it is certain, by document or telephone.
    pub is_certain: bool,
    /// Who came; nobody where it became no visit: nothing of them is kept.
    pub visitor: Option<Described>,
    /// Who stands on the list; nobody once the entry is lifted.
    pub listed: Option<Described>,
    /// Why they stand there; empty once the entry is lifted.
    pub reason: String,
    /// Since when they stand there.
    pub since: Option<DateTime<Utc>>,
}
