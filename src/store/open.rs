//! Opening a database: locked, checked and migrated, or left exactly as it was.

use super::books::Books;
use super::error::OpenError;
use super::migrations::MIGRATIONS;
use crate::building::Building;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// The database's name in the data folder.
pub const DATABASE: &str = "lodge.db";

/// The file whose lock says that a kiosk runs here.
pub const LOCK: &str = "lodge.lock";

/// The oldest SQLite that loses no commits in WAL mode (a fault in WAL resets before it).
pub const OLDEST_SQLITE: &str = "3.51.3";
const OLDEST_SQLITE_NUMBER: i32 = 3_051_003;

/// "LODG", so that no other program's database is taken for ours.
const APPLICATION_ID: i32 = 0x4C4F_4447;

/// The schema this program knows.
pub const SCHEMA: u32 = MIGRATIONS.len() as u32;

/// Pages of WAL after which it is written back even while people wait; more would slow every read.
const LARGEST_WAL_PAGES: u32 = 4_000;

/// A database up to this size is read whole before it is opened, which takes a fraction of a second;
/// a larger one is read behind the running program by [`Books::inspect`]. In bytes.
const LARGEST_CHECKED_AT_OPEN: u64 = 32 << 20;

impl Books {
    /// The database file, where it was too large to be read whole when it was opened.
    pub fn not_read_whole(&self) -> Option<PathBuf> {
        let path = PathBuf::from(self.connection.path()?);
        let length = std::fs::metadata(&path).map(|file| file.len()).unwrap_or(0);
        (length > LARGEST_CHECKED_AT_OPEN).then_some(path)
    }

    /// Reads every page of a database, on a connection of its own behind the running program.
    pub fn inspect(path: &Path) -> Result<(), OpenError> {
        check_pages(&connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?, path)
    }

    /// Opens the data folder for the kiosk; makes folder and database where there are none.
    pub fn open(data: &Path, building: &Building) -> Result<Self, OpenError> {
        check_sqlite()?;
        let folder = |source| OpenError::Folder {
            path: data.to_owned(),
            source,
        };
        std::fs::create_dir_all(data).map_err(folder)?;
        let lock = lock(data)?;
        let path = data.join(DATABASE);
        let found = schema_in_header(&path)?;
        let alone = found.is_some() && !has_log(&path);
        if alone {
            // Opening for writing makes a log and an index beside the file; it is read as it lies
            // first, so that a file we refuse stays as it was.
            judge(&as_it_lies(&path)?, &path)?;
        }
        let connection = connect(
            &path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        )?;
        let judged = match found {
            Some(_) if !alone => judge(&connection, &path),
            _ => Ok(()),
        };
        let opened = judged
            .and_then(|()| prepare(&connection, &path))
            .and_then(|()| check_pragmas(&connection, &path));
        if let Err(error) = opened {
            // Closing must not write the WAL of a file we refused back into it.
            let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
            return Err(error);
        }
        Ok(Books::new(connection, Some(lock), building.clone()))
    }

    /// Opens the data folder for reading, also while a kiosk runs there.
    pub fn open_to_read(data: &Path, building: &Building) -> Result<Self, OpenError> {
        check_sqlite()?;
        let path = data.join(DATABASE);
        if !path.exists() {
            return Err(OpenError::Missing(path));
        }
        schema_in_header(&path)?;
        let connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let found = user_version(&connection, &path)?;
        if found > SCHEMA {
            return Err(OpenError::Newer {
                path,
                found,
                known: SCHEMA,
            });
        }
        if found < SCHEMA {
            return Err(OpenError::Older {
                path,
                found,
                known: SCHEMA,
            });
        }
        Ok(Books::new(connection, None, building.clone()))
    }
}

/// The SQLite in this build, and whether it may be trusted with commits.
pub fn sqlite() -> (&'static str, bool) {
    (
        rusqlite::version(),
        rusqlite::version_number() >= OLDEST_SQLITE_NUMBER,
    )
}

fn check_sqlite() -> Result<(), OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE_NUMBER {
        return Err(OpenError::SqliteTooOld {
            found: rusqlite::version(),
        });
    }
    Ok(())
}

/// Takes the folder for this process; the system frees it when the process ends, however it ends.
fn lock(data: &Path) -> Result<File, OpenError> {
    let path = data.join(LOCK);
    let folder = |source| OpenError::Folder {
        path: data.to_owned(),
        source,
    };
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|source| match source.kind() {
            std::io::ErrorKind::StorageFull => OpenError::DiskFull(data.to_owned()),
            _ => folder(source),
        })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(data.to_owned())),
        Err(TryLockError::Error(source)) => Err(folder(source)),
    }
}

/// What the file itself says it is, read without SQLite so that nothing is changed by looking.
///
/// The header is 100 bytes: "SQLite format 3\0", the user version at 60 and the application id at
/// 68, both big-endian (sqlite.org/fileformat2.html §1.3). None where there is no file yet.
fn schema_in_header(path: &Path) -> Result<Option<u32>, OpenError> {
    use std::io::Read;
    let mut header = [0; 100];
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(OpenError::Folder {
                path: path.to_owned(),
                source,
            });
        }
    };
    let length = file.metadata().map(|data| data.len()).unwrap_or_default();
    if length == 0 {
        // A crash between making the file and writing its first page.
        return Ok(None);
    }
    let read = file.read_exact(&mut header).is_ok();
    if !read || !header.starts_with(b"SQLite format 3\0") {
        return Err(OpenError::NotOurs(path.to_owned()));
    }
    let field = |at: usize| {
        let bytes = header[at..at + 4]
            .try_into()
            .expect("four bytes of a header of a hundred");
        u32::from_be_bytes(bytes)
    };
    let (schema, application) = (field(60), field(68));
    // All of a new database may still be in its WAL: then both are zero.
    if application != 0 && application != APPLICATION_ID.cast_unsigned() {
        return Err(OpenError::NotOurs(path.to_owned()));
    }
    if schema > SCHEMA {
        return Err(OpenError::Newer {
            path: path.to_owned(),
            found: schema,
            known: SCHEMA,
        });
    }
    Ok(Some(schema))
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, OpenError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(path, flags).map_err(|source| explain(path, source))?;
    // Room for every statement there is: one that fell out is parsed anew whenever it is next said.
    connection.set_prepared_statement_cache_capacity(512);
    Ok(connection)
}

fn user_version(connection: &Connection, path: &Path) -> Result<u32, OpenError> {
    connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(|source| explain(path, source))
}

/// Whether there is a log with commits beside the file.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// Opens a file that has no log, so that reading it leaves no trace.
fn as_it_lies(path: &Path) -> Result<Connection, OpenError> {
    let mut uri = "file:".to_owned();
    for char in path.display().to_string().chars() {
        match char {
            '%' => uri += "%25",
            '?' => uri += "%3f",
            '#' => uri += "%23",
            char => uri.push(char),
        }
    }
    uri += "?immutable=1";
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(uri, flags).map_err(|source| explain(path, source))
}

/// Decides whether this is a database of ours that can be trusted.
fn judge(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let sql = |source| explain(path, source);
    // The log may hold a later schema than the header of the file.
    let schema = user_version(connection, path)?;
    if schema > SCHEMA {
        let path = path.to_owned();
        return Err(OpenError::Newer {
            path,
            found: schema,
            known: SCHEMA,
        });
    }
    let application: i32 = connection
        .query_row("PRAGMA application_id", [], |row| row.get(0))
        .map_err(sql)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(sql)?;
    if application != APPLICATION_ID && (application != 0 || tables > 0) {
        return Err(OpenError::NotOurs(path.to_owned()));
    }
    if schema > 0 {
        check_last_row(connection, path)?;
        let length = std::fs::metadata(path).map(|file| file.len()).unwrap_or(0);
        if length <= LARGEST_CHECKED_AT_OPEN {
            check_pages(connection, path)?;
        }
    }
    Ok(())
}

fn prepare(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let sql = |source| explain(path, source);
    let schema = user_version(connection, path)?;
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .map_err(sql)?;
    connection
        .pragma_update(None, "synchronous", "FULL")
        .map_err(sql)?;
    connection
        .pragma_update(None, "foreign_keys", true)
        .map_err(sql)?;
    connection
        .pragma_update(None, "trusted_schema", false)
        .map_err(sql)?;
    connection
        .pragma_update(None, "cell_size_check", true)
        .map_err(sql)?;
    // The thread writes back when nobody waits; this is only the upper bound.
    connection
        .pragma_update(None, "wal_autocheckpoint", LARGEST_WAL_PAGES)
        .map_err(sql)?;
    if schema < SCHEMA {
        migrate(connection, path, schema)?;
    }
    // Pinyin is not in SQL: the keys of names follow the schema.
    super::finding::renew(connection).map_err(sql)
}

/// Looks for torn or garbled pages before anything is written: the structure of every page is read,
/// the contents are not. `lodge verify` reads those.
fn check_pages(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|source| explain(path, source))?;
    match verdict.as_str() {
        "ok" => Ok(()),
        // The first line only names the database; one sentence is enough for people.
        _ => Err(OpenError::Damaged {
            path: path.to_owned(),
            what: verdict.lines().last().unwrap_or_default().to_owned(),
        }),
    }
}

/// The end of the journal is what the next row is chained to.
fn check_last_row(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let damaged = |what: String| OpenError::Damaged {
        path: path.to_owned(),
        what,
    };
    match super::journal::last(connection) {
        Err(error) => Err(damaged(error.to_string())),
        Ok(Some(entry)) if entry.expected_hash() != entry.hash => Err(damaged(format!(
            "journal row {} is not what was written",
            entry.seq
        ))),
        Ok(_) => Ok(()),
    }
}

/// Brings an older schema up to ours: each step in one transaction, behind a backup.
fn migrate(connection: &Connection, path: &Path, from: u32) -> Result<(), OpenError> {
    let sql = |source| explain(path, source);
    if from > 0 {
        back_up(connection, path, from)?;
    }
    for (version, statements) in (1..).zip(MIGRATIONS).skip(from as usize) {
        let script = format!(
            "BEGIN IMMEDIATE;
             {statements}
             PRAGMA application_id = {APPLICATION_ID};
             PRAGMA user_version = {version};
             COMMIT;"
        );
        connection.execute_batch(&script).map_err(|source| {
            if !connection.is_autocommit() {
                let _ = connection.execute_batch("ROLLBACK");
            }
            sql(source)
        })?;
    }
    Ok(())
}

/// The tables of the newest schema in an empty database.
pub(super) fn create_schema(connection: &Connection) -> rusqlite::Result<()> {
    MIGRATIONS
        .iter()
        .try_for_each(|statements| connection.execute_batch(statements))
}

/// A copy of the database as it is, beside it, before its schema changes.
fn back_up(connection: &Connection, path: &Path, schema: u32) -> Result<(), OpenError> {
    let folder = path.with_file_name("backups");
    std::fs::create_dir_all(&folder).map_err(|source| OpenError::Folder {
        path: folder.clone(),
        source,
    })?;
    let copy: PathBuf = folder.join(format!("before-schema-{}.db", schema + 1));
    connection
        .backup("main", &copy, None::<fn(rusqlite::backup::Progress)>)
        .map_err(|source| explain(&copy, source))
}

/// What must hold on every connection that writes, read back because a pragma can fail silently.
fn check_pragmas(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let read = |name: &str| -> Result<String, OpenError> {
        connection
            .query_row(&format!("PRAGMA {name}"), [], |row| {
                row.get::<_, rusqlite::types::Value>(0)
                    .map(|value| match value {
                        rusqlite::types::Value::Integer(number) => number.to_string(),
                        rusqlite::types::Value::Text(text) => text,
                        other => format!("{other:?}"),
                    })
            })
            .map_err(|source| explain(path, source))
    };
    for (name, wanted) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
    ] {
        let found = read(name)?;
        if found != wanted {
            return Err(OpenError::Damaged {
                path: path.to_owned(),
                what: format!("{name} stays at {found} where {wanted} is needed"),
            });
        }
    }
    Ok(())
}

fn explain(path: &Path, source: rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::NotOurs(path),
        Some(ErrorCode::DatabaseCorrupt) => OpenError::Damaged {
            path,
            what: source.to_string(),
        },
        Some(ErrorCode::DiskFull) => OpenError::DiskFull(path),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            let source = std::io::Error::other(source);
            OpenError::Folder { path, source }
        }
        _ => OpenError::Sqlite { path, source },
    }
}
