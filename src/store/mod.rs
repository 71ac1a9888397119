//! SQLite: the journal first, then the state, in one transaction; the only module that names it.
//!
//! `Books` is one open database. One thread owns it for writing (`thread`); reading commands open
//! their own. A commit is durable when the call returns: WAL with `synchronous=FULL`.

/// Goes on with what an answer holds, or returns its refusal from the deed. It stands before the modules, which
/// know it by that.
macro_rules! granted {
    ($answer:expr) => {
        match $answer {
            Ok(granted) => granted,
            Err(refused) => return Ok(Err(refused)),
        }
    };
}

mod books;
mod chores;
mod desk;
mod error;
mod finding;
mod ids;
pub mod journal;
mod keys;
mod lending;
#[cfg(test)]
mod logged;
mod mail;
mod matters;
mod migrations;
mod my_page;
mod open;
#[cfg(feature = "bench")]
mod other_writer;
mod people;
mod pins;
mod printers;
mod rebuild;
mod records;
mod slips;
mod sql;
mod staff;
mod tags;
mod thread;
mod visits;
mod words;

pub use books::Books;
pub use chores::Chores;
pub use error::{OpenError, StoreError};
pub use finding::{FoundPerson, Host, HostsFound};
pub use keys::{KeyEntry, OpenReport};
#[cfg(test)]
pub(crate) use logged::logged;
pub use mail::{ReceivedBy, RoundSheet};
pub use open::{DATABASE, LOCK, OLDEST_SQLITE, SCHEMA, sqlite};
#[cfg(feature = "bench")]
pub use other_writer::OtherWriter;
pub use people::{CardRow, PersonRow, TenantRow};
pub use pins::{PEPPER, PinCheck};
pub use rebuild::{Difference, Sound, Verdict};
pub use records::Record;
pub use slips::OpenJob;
pub use staff::GivenPin;
pub use thread::Store;
