//! What can go wrong with the store, as sentences that say what to do.

use std::path::PathBuf;

/// Why the database was not opened. It has not been touched.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another kiosk has it.
    #[error("another Lodge is already running on {}; stop it first, or give this one its own --data folder", .0.display())]
    InUse(PathBuf),
    /// The folder cannot be made or written.
    #[error("cannot write in the data folder {}; check that it exists, belongs to the user Lodge runs as, and is not mounted read-only", path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no database to read.
    #[error("there is no Lodge database at {}; check --data, or start the kiosk once to make one", .0.display())]
    Missing(PathBuf),
    /// Some other file.
    #[error("{} is not a Lodge database; it was left as it is: move it away, or check --data", .0.display())]
    NotOurs(PathBuf),
    /// A later version of the program made it.
    #[error("{} was written by a newer Lodge (schema {found}, this one knows {known}); install that version again, the file was left as it is", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// An earlier version of the program made it, and reading does not change it.
    #[error("{} was written by an older Lodge (schema {found}, this one knows {known}); start the kiosk once, which brings it up to date behind a backup", path.display())]
    Older {
        /// Which file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// It cannot be trusted.
    #[error("the database {} is damaged ({what}); it was left as it is: keep it, restore the latest copy from the backups folder beside it, and call support", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// The disk is full.
    #[error("the disk of {} is full; free some space and start again, nothing was lost", .0.display())]
    DiskFull(PathBuf),
    /// The SQLite in this build is too old to be trusted.
    #[error("this build contains SQLite {found}, which can lose commits; build Lodge with SQLite {needed} or later", needed = super::OLDEST_SQLITE)]
    SqliteTooOld {
        /// Its version.
        found: &'static str,
    },
    /// Anything else that SQLite says.
    #[error("could not open the database {}; see the cause below", path.display())]
    Sqlite {
        /// Which file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

/// Why something was not written or read. Nothing of it has happened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full.
    #[error("could not {doing}: the disk is full; free some space")]
    DiskFull {
        /// What we were doing.
        doing: &'static str,
    },
    /// The database became read-only, or the disk fails.
    #[error(
        "could not {doing}: the database cannot be written; check the disk and the folder's rights"
    )]
    CannotWrite {
        /// What we were doing.
        doing: &'static str,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file is damaged.
    #[error(
        "could not {doing}: the database is damaged; keep the file and restore the latest backup"
    )]
    Damaged {
        /// What we were doing.
        doing: &'static str,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// A row holds what no version of the program writes.
    #[error(
        "could not {doing}: {row} holds a value this version does not know; keep the file and call support"
    )]
    Unreadable {
        /// What we were doing.
        doing: &'static str,
        /// Which table and row.
        row: String,
    },
    /// A constraint refused what a rule had allowed: the rule has a hole.
    #[error("could not {doing}: the database refused it; nothing was written, please report this")]
    Refused {
        /// What we were doing.
        doing: &'static str,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// A statement, or the kind of a value, is not what the program takes it for: a bug. The disk is well, and so is
    /// all that asks for something else; a row that cannot be understood is [`StoreError::Unreadable`].
    #[error(
        "could not {doing}: the program and its database do not fit together; please report this"
    )]
    Misfit {
        /// What we were doing.
        doing: &'static str,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// What every PIN is hashed with is not there, or not whole.
    #[error(
        "could not {doing}: {} is missing or not whole, and every PIN hangs on it; put it back from the backup, \
         or give new PINs by lodge new-pin", path.display()
    )]
    NoPepper {
        /// What we were doing.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
    },
    /// A file that is no database cannot be read or written.
    #[error(
        "could not {doing}: {} cannot be used; check that it belongs to the user Lodge runs as", path.display()
    )]
    File {
        /// What we were doing.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl StoreError {
    /// Sorts what SQLite said by what a person has to do about it.
    pub(super) fn from_sqlite(doing: &'static str, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::DiskFull { doing },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged { doing, source }
            }
            Some(ErrorCode::ConstraintViolation) => StoreError::Refused { doing, source },
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::NoLargeFileSupport
                | ErrorCode::OutOfMemory,
            ) => StoreError::CannotWrite { doing, source },
            _ => StoreError::Misfit { doing, source },
        }
    }

    /// What this means for the kiosk: whether it can go on.
    pub fn health(&self) -> crate::kiosk::event::StoreHealth {
        use crate::kiosk::event::StoreHealth;
        match self {
            StoreError::DiskFull { .. } | StoreError::CannotWrite { .. } => {
                StoreHealth::CannotWrite
            }
            StoreError::Damaged { .. } | StoreError::Unreadable { .. } => StoreHealth::Damaged,
            StoreError::Refused { .. }
            | StoreError::Misfit { .. }
            | StoreError::NoPepper { .. }
            | StoreError::File { .. } => StoreHealth::Well,
        }
    }
}

/// Names what was being done when SQLite failed.
pub(super) trait Doing<T> {
    /// `doing` continues the sentence "could not …".
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, rusqlite::Error> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::from_sqlite(doing, source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::event::StoreHealth;
    use rusqlite::{Connection, ffi};

    #[test]
    fn what_is_not_the_disks_closes_no_kiosk_and_is_told_with_its_cause() {
        let books = Connection::open_in_memory().expect("memory");
        let ask = |sql: &str| books.query_row(sql, [], |row| row.get::<_, i64>(0));
        for sql in [
            "SELECT seq FROM not_there",
            "SELECT seq FROM",
            "SELECT 'a word'",
            "SELECT NULL",
            "SELECT 1 WHERE 0",
        ] {
            let error = ask(sql).doing("look something up").expect_err(sql);
            assert_eq!(error.health(), StoreHealth::Well, "{sql}");
            assert!(std::error::Error::source(&error).is_some(), "{sql}");
        }
    }

    #[test]
    fn what_is_the_disks_closes_the_kiosk_until_it_is_well() {
        for code in [
            ffi::SQLITE_BUSY,
            ffi::SQLITE_LOCKED,
            ffi::SQLITE_IOERR,
            ffi::SQLITE_READONLY,
            ffi::SQLITE_CANTOPEN,
            ffi::SQLITE_PERM,
            ffi::SQLITE_FULL,
            ffi::SQLITE_PROTOCOL,
            ffi::SQLITE_NOMEM,
        ] {
            let source = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let error = StoreError::from_sqlite("write something down", source);
            assert_eq!(error.health(), StoreHealth::CannotWrite, "{error:?}");
        }
    }
}
