//! How a PIN is kept, and held against what somebody typed.
//!
//! A PIN is kept as Argon2id (19 MiB, two passes, one lane) over a pepper that lies in a file of the
//! data folder: whoever has only the database cannot try PINs on it.

use super::books::Books;
use super::error::StoreError;
use crate::people::staff::{self, Pin};
use argon2::{Algorithm, Argon2, Params, Version};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The pepper's file in the data folder.
pub const PEPPER: &str = "pepper.key";

/// Memory of one hash, in KiB (19 MiB), its passes and its lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Digits of a PIN that the program chooses.
const FRESH_DIGITS: u32 = 8;

/// The secret beside the database, read once.
#[derive(Clone)]
pub(super) struct Pepper(Arc<[u8; 32]>);

/// A PIN as it stands in the books.
pub(super) struct KeptPin {
    /// Random bytes of its own.
    pub salt: Vec<u8>,
    /// The hash over PIN, salt and pepper.
    pub hash: Vec<u8>,
}

/// What a PIN is held against; on any thread, since it takes its time.
pub struct PinCheck {
    pepper: Pepper,
    kept: KeptPin,
}

impl PinCheck {
    pub(super) fn new(pepper: Pepper, kept: KeptPin) -> Self {
        PinCheck { pepper, kept }
    }

    /// Whether this is the PIN.
    ///
    /// # Errors
    ///
    /// Where the machine has not the memory for one hash.
    pub fn is(&self, pin: &Pin) -> Result<bool, StoreError> {
        let hash = self.pepper.hash(pin, &self.kept.salt)?;
        Ok(same(&hash, &self.kept.hash))
    }
}

impl Pepper {
    /// A PIN as it is kept from now on.
    pub fn keep(&self, pin: &Pin) -> Result<KeptPin, StoreError> {
        let salt = random::<16>()?;
        let hash = self.hash(pin, &salt)?.to_vec();
        let salt = salt.to_vec();
        Ok(KeptPin { salt, hash })
    }

    fn hash(&self, pin: &Pin, salt: &[u8]) -> Result<[u8; 32], StoreError> {
        let (memory, passes, lanes) = COST;
        let mut hash = [0; 32];
        let made = Params::new(memory, passes, lanes, Some(hash.len())).and_then(|cost| {
            let secret = self.0.as_slice();
            let argon = Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, cost);
            argon?.hash_password_into(pin.0.as_bytes(), salt, &mut hash)
        });
        // Lengths and costs are constants that the algorithm takes.
        made.map(|()| hash).map_err(|_| StoreError::Unreadable {
            doing: "hash a PIN",
            row: "the cost of a hash".to_owned(),
        })
    }
}

impl Books {
    /// The pepper, read once. In a house where nobody has a PIN yet nothing hangs on it, and it is made.
    ///
    /// # Errors
    ///
    /// Where PINs hang on one that is not there whole: under another none of them would ever be right.
    pub(super) fn pepper(&mut self) -> Result<Pepper, StoreError> {
        if let Some(pepper) = &self.pepper {
            return Ok(pepper.clone());
        }
        let path = self.pepper_file();
        let pepper = match read(&path)? {
            Some(pepper) => pepper,
            None if self.has_staff()? => {
                let doing = "look at a PIN";
                return Err(StoreError::NoPepper { doing, path });
            }
            None => FreshPepper::draw(&path)?.keep()?,
        };
        self.pepper = Some(pepper.clone());
        Ok(pepper)
    }

    /// The pepper; a fresh one where it is not there whole, whatever hangs on it.
    pub(super) fn pepper_or_fresh(&self) -> Result<(Pepper, Option<FreshPepper>), StoreError> {
        let path = self.pepper_file();
        Ok(match read(&path)? {
            Some(pepper) => (pepper, None),
            None => {
                let fresh = FreshPepper::draw(&path)?;
                (fresh.pepper.clone(), Some(fresh))
            }
        })
    }

    fn pepper_file(&self) -> PathBuf {
        let database = self.connection.path().map(Path::new);
        let folder = database.and_then(Path::parent);
        folder.unwrap_or(Path::new(".")).join(PEPPER)
    }
}

/// The pepper of this file; none where it is not there, or not whole.
fn read(path: &Path) -> Result<Option<Pepper>, StoreError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(bytes.try_into().ok().map(|bytes| Pepper(Arc::new(bytes)))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StoreError::File {
            doing: "read the pepper of the PINs",
            path: path.to_owned(),
            source,
        }),
    }
}

/// A pepper on the disk, but not yet under its name: there it is whole, or not at all.
pub(super) struct FreshPepper {
    pepper: Pepper,
    path: PathBuf,
    beside: PathBuf,
}

impl FreshPepper {
    fn draw(path: &Path) -> Result<FreshPepper, StoreError> {
        let bytes = random()?;
        let beside = path.with_extension("new");
        // What a power cut left of an earlier one is nobody's.
        match std::fs::remove_file(&beside) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
        .and_then(|()| {
            OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&beside)
        })
        .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
        .map_err(not_written(&beside))?;
        Ok(FreshPepper {
            pepper: Pepper(Arc::new(bytes)),
            path: path.to_owned(),
            beside,
        })
    }

    /// Puts it under its name, in the place of whatever is there.
    pub fn keep(self) -> Result<Pepper, StoreError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::rename(&self.beside, &self.path)
            // The name is on the disk with the folder.
            .and_then(|()| File::open(folder)?.sync_all())
            .map_err(not_written(&self.path))?;
        Ok(self.pepper)
    }
}

fn not_written(path: &Path) -> impl FnOnce(std::io::Error) -> StoreError {
    let path = path.to_owned();
    |source| StoreError::File {
        doing: "make the pepper of the PINs",
        path,
        source,
    }
}

/// A PIN nobody can guess, and which nobody would try first.
pub(super) fn fresh_pin() -> Result<Pin, StoreError> {
    loop {
        let number = u64::from_be_bytes(random()?) % 10_u64.pow(FRESH_DIGITS);
        let pin = Pin(format!("{number:0width$}", width = FRESH_DIGITS as usize));
        if staff::acceptable(&pin).is_ok() {
            return Ok(pin);
        }
    }
}

/// Bytes nobody can guess, from the system.
fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], StoreError> {
    let mut bytes = [0; LENGTH];
    let path = Path::new("/dev/urandom");
    File::open(path)
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map(|()| bytes)
        .map_err(|source| StoreError::File {
            doing: "draw random bytes",
            path: path.to_owned(),
            source,
        })
}

/// Takes the same time however much of both is the same.
fn same(one: &[u8], other: &[u8]) -> bool {
    let differ = one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differ == 0
}
