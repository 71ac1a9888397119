//! One open database and the one way to write in it.

use super::error::{Doing, StoreError};
use super::ids::IdSource;
use super::journal::{self, Actor, Entry};
use super::records::Record;
use super::{keys, lending, mail, matters, slips, staff, visits};
use crate::building::Building;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fs::File;

/// One open database: what the lodge knows.
pub struct Books {
    pub(super) connection: Connection,
    pub(super) building: Building,
    ids: IdSource,
    pub(super) pepper: Option<super::pins::Pepper>,
    /// Held for as long as this process may write; the system lets go of it when the process ends.
    _lock: Option<File>,
}

impl Books {
    pub(super) fn new(connection: Connection, lock: Option<File>, building: Building) -> Self {
        Books {
            connection,
            building,
            ids: IdSource::random(),
            pepper: None,
            _lock: lock,
        }
    }

    /// From now on every identifier follows from what is in the books, so that two runs of the same
    /// script write the same journal. Never for a real lobby: two kiosks would make equal ids.
    pub fn make_ids_repeatable(&mut self) {
        self.ids = IdSource::repeatable();
    }

    /// Runs one deed in one transaction. Nothing of it is there until this returns, all of it is on
    /// the disk afterwards; `Ok(Err(_))` is a refusal, which writes nothing.
    pub(super) fn perform<T, R>(
        &mut self,
        doing: &'static str,
        at: DateTime<Utc>,
        actor: Actor,
        deed: impl FnOnce(&mut Deed<'_>) -> Result<Result<T, R>, StoreError>,
    ) -> Result<Result<T, R>, StoreError> {
        let tx = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing(doing)?;
        let mut open = Deed {
            tx,
            building: &self.building,
            ids: &mut self.ids,
            at,
            actor,
        };
        match deed(&mut open)? {
            Ok(done) => {
                open.tx.commit().doing(doing)?;
                Ok(Ok(done))
            }
            Err(refused) => Ok(Err(refused)),
        }
    }

    /// A deed that cannot be refused.
    pub(super) fn write<T>(
        &mut self,
        doing: &'static str,
        at: DateTime<Utc>,
        actor: Actor,
        deed: impl FnOnce(&mut Deed<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = self.perform(doing, at, actor, |open| {
            deed(open).map(Ok::<T, std::convert::Infallible>)
        })?;
        match done {
            Ok(done) => Ok(done),
            Err(never) => match never {},
        }
    }

    /// Hands every row of the journal to `each`, oldest first.
    pub fn journal(
        &self,
        each: impl FnMut(Entry) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        journal::for_each(&self.connection, each)
    }

    /// How many rows the journal has.
    pub fn length(&self) -> Result<i64, StoreError> {
        journal::head(&self.connection).map(|(seq, _)| seq)
    }

    /// Tries whether the books can be written again, without changing anything in them.
    pub fn try_to_write(&mut self) -> Result<(), StoreError> {
        const DOING: &str = "try to write";
        // Setting the version to what it is writes a page and waits for the disk, as a deed does.
        let tx = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing(DOING)?;
        tx.pragma_update(None, "user_version", super::SCHEMA)
            .doing(DOING)?;
        tx.commit().doing(DOING)
    }

    /// Writes the log of recent commits back into the database file, once it is worth it.
    ///
    /// The first commit behind it begins the log anew, which costs a second wait for the disk; so it
    /// is done when nobody stands at the screen, and once for many loans.
    pub fn tidy(&self) -> Result<(), StoreError> {
        const DOING: &str = "write the log back into the database";
        let checkpoint = |mode: &str| {
            self.connection
                .query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
                    row.get::<_, i64>(1)
                })
                .doing(DOING)
        };
        if checkpoint("NOOP")? > LONG_LOG_PAGES {
            checkpoint("PASSIVE")?;
        }
        Ok(())
    }
}

/// Pages of log worth writing back: some hundred loans, 4 MiB to read again after a power cut.
const LONG_LOG_PAGES: i64 = 1_000;

/// One transaction in the making.
pub(super) struct Deed<'a> {
    pub tx: Transaction<'a>,
    pub building: &'a Building,
    ids: &'a mut IdSource,
    pub at: DateTime<Utc>,
    actor: Actor,
}

impl Deed<'_> {
    /// The day of the building on which it is done.
    pub fn today(&self) -> NaiveDate {
        self.building.local(self.at).date()
    }

    /// Writes a journal row and what follows from it.
    pub fn record(&mut self, record: impl Into<Record>) -> Result<(), StoreError> {
        let record = record.into();
        let id = self.new_id()?;
        let entry = journal::append(
            &self.tx,
            id,
            self.building.device,
            self.at,
            self.actor,
            &record,
        )?;
        apply(&self.tx, entry.at_ms, &record)
    }

    /// A new identifier.
    pub fn new_id(&mut self) -> Result<uuid::Uuid, StoreError> {
        let (seq, _) = journal::head(&self.tx)?;
        Ok(self.ids.next(self.at, seq))
    }

    /// Who does it.
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// So many random decimal digits. Whoever keeps them sees to it that no two are open at once.
    pub fn random_digits(&mut self, count: usize) -> Result<String, StoreError> {
        let (seq, _) = journal::head(&self.tx)?;
        Ok(self.ids.digits(count, self.at, seq))
    }
}

/// What a record changes in the state tables; the same for a deed and for a rebuild.
pub(super) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    match record {
        // Rows about people may be erased one day, so they are outside the fold; wrong PINs are not.
        Record::People(record) => staff::apply(connection, record),
        Record::Lending(record) => lending::apply(connection, at_ms, record),
        Record::Keys(record) => keys::apply(connection, at_ms, record),
        Record::Mail(record) => mail::apply(connection, at_ms, record),
        Record::Visits(record) => visits::apply(connection, at_ms, record),
        Record::Matters(record) => matters::apply(connection, at_ms, record),
        Record::Slips(record) => slips::apply(connection, at_ms, record),
    }
}
