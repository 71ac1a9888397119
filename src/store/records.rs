//! One journal record of any service, as it is written and read back.

use super::error::StoreError;
use super::journal::Entry;
use crate::{keys, lending, mail, matters, people, slips, visits};

/// A record of one of the services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// Tenants, persons and cards; ids only.
    People(people::Record),
    /// Things on loan.
    Lending(lending::record::Record),
    /// Keys.
    Keys(keys::Record),
    /// Mail.
    Mail(mail::Record),
    /// Visitors.
    Visits(visits::Record),
    /// Open matters.
    Matters(matters::Record),
    /// Paper.
    Slips(slips::Record),
}

impl From<people::Record> for Record {
    fn from(record: people::Record) -> Self {
        Record::People(record)
    }
}

impl From<lending::record::Record> for Record {
    fn from(record: lending::record::Record) -> Self {
        Record::Lending(record)
    }
}

impl From<keys::Record> for Record {
    fn from(record: keys::Record) -> Self {
        Record::Keys(record)
    }
}

impl From<mail::Record> for Record {
    fn from(record: mail::Record) -> Self {
        Record::Mail(record)
    }
}

impl From<visits::Record> for Record {
    fn from(record: visits::Record) -> Self {
        Record::Visits(record)
    }
}

impl From<matters::Record> for Record {
    fn from(record: matters::Record) -> Self {
        Record::Matters(record)
    }
}

impl From<slips::Record> for Record {
    fn from(record: slips::Record) -> Self {
        Record::Slips(record)
    }
}

impl Record {
    /// The service, as the journal names it.
    pub fn service(&self) -> &'static str {
        match self {
            Record::People(_) => "people",
            Record::Lending(_) => "lending",
            Record::Keys(_) => "keys",
            Record::Mail(_) => "mail",
            Record::Visits(_) => "visits",
            Record::Matters(_) => "matters",
            Record::Slips(_) => "slips",
        }
    }

    /// The kind of entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::People(record) => record.kind(),
            Record::Lending(record) => record.kind(),
            Record::Keys(record) => record.kind(),
            Record::Mail(record) => record.kind(),
            Record::Visits(record) => record.kind(),
            Record::Matters(record) => record.kind(),
            Record::Slips(record) => record.kind(),
        }
    }

    /// What the entry is about.
    pub fn subject(&self) -> String {
        match self {
            Record::People(record) => record.subject(),
            Record::Lending(record) => record.subject(),
            Record::Keys(record) => record.subject(),
            Record::Mail(record) => record.subject(),
            Record::Visits(record) => record.subject(),
            Record::Matters(record) => record.subject(),
            Record::Slips(record) => record.subject(),
        }
    }

    /// The results, as JSON.
    pub fn payload(&self) -> String {
        let written = match self {
            Record::People(record) => serde_json::to_string(record),
            Record::Lending(record) => serde_json::to_string(record),
            Record::Keys(record) => serde_json::to_string(record),
            Record::Mail(record) => serde_json::to_string(record),
            Record::Visits(record) => serde_json::to_string(record),
            Record::Matters(record) => serde_json::to_string(record),
            Record::Slips(record) => serde_json::to_string(record),
        };
        written.expect("records are plain structs with text keys, which JSON can always hold")
    }

    /// Reads a journal row back.
    pub fn read(entry: &Entry) -> Result<Self, StoreError> {
        let read = match entry.service.as_str() {
            "people" => serde_json::from_str(&entry.payload).map(Record::People),
            "lending" => serde_json::from_str(&entry.payload).map(Record::Lending),
            "keys" => serde_json::from_str(&entry.payload).map(Record::Keys),
            "mail" => serde_json::from_str(&entry.payload).map(Record::Mail),
            "visits" => serde_json::from_str(&entry.payload).map(Record::Visits),
            "matters" => serde_json::from_str(&entry.payload).map(Record::Matters),
            "slips" => serde_json::from_str(&entry.payload).map(Record::Slips),
            _ => return Err(unreadable(entry)),
        };
        read.map_err(|_| unreadable(entry))
    }
}

fn unreadable(entry: &Entry) -> StoreError {
    StoreError::Unreadable {
        doing: "read the journal",
        row: format!("journal row {}", entry.seq),
    }
}
