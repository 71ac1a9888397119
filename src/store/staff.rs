//! Who works at the desk: PINs, and how often one was wrong.
//!
//! A PIN is kept as Argon2id (19 MiB, two passes, one lane) over a pepper that lies in a file of the
//! data folder: whoever has only the database cannot try PINs on it.

use super::books::{Books, Deed};
use super::error::{Doing, StoreError};
use super::journal::Actor;
use super::people;
use super::words::from_word;
use crate::people::staff::{self, Attempts, Claim, LoginRefusal, Member, Pin, PinRefusal};
use crate::people::{CardId, Identity, PersonId, Record, permissions::Act, permits};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The pepper's file in the data folder.
pub const PEPPER: &str = "pepper.key";

/// Memory of one hash, in KiB (19 MiB), its passes and its lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// The secret beside the database, read once.
pub(super) struct Pepper([u8; 32]);

impl Books {
    /// Whether anybody can log in at all; a new house has nobody yet.
    pub fn has_staff(&self) -> Result<bool, StoreError> {
        self.connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM staff_pins)")
            .and_then(|mut select| select.query_row([], |row| row.get(0)))
            .doing("look whether anybody has a PIN")
    }

    /// Finds the member of staff of this card or name.
    pub fn find_staff(&self, who: &Claim) -> Result<Option<Member>, StoreError> {
        let found = match who {
            Claim::Card(credential) => match self.identify_card(credential)? {
                Identity::Known(holder) => Some((holder.person, holder.card)),
                _ => None,
            },
            Claim::Name(name) => by_name(&self.connection, name)?.map(|person| (person, None)),
        };
        let Some((person, card)) = found else {
            return Ok(None);
        };
        let member = member(&self.connection, person, card)?;
        Ok(Some(member).filter(|member| staff::is_staff(&member.roles)))
    }

    /// Lets a member of staff in, where the PIN is right. A wrong one is counted, in the books.
    pub fn log_in(
        &mut self,
        member: &Member,
        pin: &Pin,
        at: DateTime<Utc>,
    ) -> Result<Result<(), LoginRefusal>, StoreError> {
        let person = member.person;
        let Some((salt, hash)) = kept(&self.connection, person)? else {
            return Ok(Err(LoginRefusal::NoPin));
        };
        let attempts = attempts(&self.connection, person)?;
        if let Err(refused) = staff::may_try(attempts, at) {
            return Ok(Err(refused));
        }
        let right = same(&self.hash(pin, &salt)?, &hash);
        let actor = Actor {
            person: Some(person),
            card: member.card,
        };
        self.write("let somebody in", at, actor, |deed| {
            if right {
                deed.record(Record::LoggedIn { person })?;
                return Ok(Ok(()));
            }
            let now = staff::wrong(attempts, at);
            deed.record(Record::PinWrong {
                person,
                wrong: now.wrong,
                paused_until: now.paused_until,
            })?;
            Ok(Err(staff::told(now)))
        })
    }

    /// Writes down that somebody left the desk.
    pub fn log_out(&mut self, by: Actor, at: DateTime<Utc>) -> Result<(), StoreError> {
        let Some(person) = by.person else {
            return Ok(());
        };
        self.write("let somebody go", at, by, |deed| {
            deed.record(Record::LoggedOut { person })
        })
    }

    /// Sets somebody's PIN. One's own is anybody's; another's needs the right to unlock staff.
    pub fn set_pin(
        &mut self,
        person: PersonId,
        pin: &Pin,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<Result<(), PinRefusal>, Act>, StoreError> {
        if let Err(refused) = staff::acceptable(pin) {
            return Ok(Ok(Err(refused)));
        }
        let salt = random::<16>()?;
        let hash = self.hash(pin, &salt)?;
        let done = self.perform("set a PIN", at, by, |deed| {
            if by.person != Some(person) && !permitted(deed, by, Act::UnlockStaff)? {
                return Ok(Err(Act::UnlockStaff));
            }
            keep(deed, person, &salt, &hash)?;
            Ok(Ok(()))
        })?;
        Ok(done.map(Ok))
    }

    /// The PIN of the first member of staff of a new house. Nothing is written where somebody has
    /// one already.
    pub fn set_first_pin(
        &mut self,
        person: PersonId,
        pin: &Pin,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if self.has_staff()? || staff::acceptable(pin).is_err() {
            return Ok(false);
        }
        self.set_sample_pin(person, pin, at)?;
        Ok(true)
    }

    /// Sets a PIN without asking who does it: for the sample building, where nobody is there yet.
    pub fn set_sample_pin(
        &mut self,
        person: PersonId,
        pin: &Pin,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let salt = random::<16>()?;
        let hash = self.hash(pin, &salt)?;
        self.write("set a PIN", at, Actor::default(), |deed| {
            keep(deed, person, &salt, &hash)
        })
    }

    /// Lets a member of staff try again.
    pub fn unlock_staff(
        &mut self,
        person: PersonId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<(), Act>, StoreError> {
        self.perform("let somebody try again", at, by, |deed| {
            match permitted(deed, by, Act::UnlockStaff)? {
                true => deed.record(Record::StaffUnlocked { person }).map(Ok),
                false => Ok(Err(Act::UnlockStaff)),
            }
        })
    }

    /// How often this person's PIN was wrong since it was right.
    pub fn attempts(&self, person: PersonId) -> Result<Attempts, StoreError> {
        attempts(&self.connection, person)
    }

    fn hash(&mut self, pin: &Pin, salt: &[u8]) -> Result<[u8; 32], StoreError> {
        let pepper = match self.pepper.take() {
            Some(pepper) => pepper,
            None => pepper(self.connection.path().map(Path::new))?,
        };
        let (memory, passes, lanes) = COST;
        let mut hash = [0; 32];
        let made = Params::new(memory, passes, lanes, Some(hash.len())).and_then(|cost| {
            let argon =
                Argon2::new_with_secret(&pepper.0, Algorithm::Argon2id, Version::V0x13, cost);
            argon?.hash_password_into(pin.0.as_bytes(), salt, &mut hash)
        });
        self.pepper = Some(pepper);
        // Lengths and costs are constants that the algorithm takes.
        made.map(|()| hash).map_err(|_| StoreError::Unreadable {
            doing: "hash a PIN",
            row: "the cost of a hash".to_owned(),
        })
    }
}

/// Whether whoever acts may do this, by the roles in the books at this very moment.
pub(super) fn permitted(deed: &Deed<'_>, by: Actor, act: Act) -> Result<bool, StoreError> {
    match by.person {
        Some(person) => Ok(permits(&people::roles(&deed.tx, person)?, act)),
        None => Ok(false),
    }
}

fn keep(
    deed: &mut Deed<'_>,
    person: PersonId,
    salt: &[u8; 16],
    hash: &[u8; 32],
) -> Result<(), StoreError> {
    deed.tx
        .execute(
            "INSERT INTO staff_pins (person, salt, hash) VALUES (?1, ?2, ?3)
             ON CONFLICT (person) DO UPDATE SET salt = excluded.salt, hash = excluded.hash",
            params![person.to_string(), salt.as_slice(), hash.as_slice()],
        )
        .doing("keep a PIN")?;
    deed.record(Record::PinSet { person })
}

type Kept = (Vec<u8>, Vec<u8>);

fn kept(connection: &Connection, person: PersonId) -> Result<Option<Kept>, StoreError> {
    connection
        .prepare_cached("SELECT salt, hash FROM staff_pins WHERE person = ?1")
        .and_then(|mut select| {
            select
                .query_row([person.to_string()], |row| row.try_into())
                .optional()
        })
        .doing("look up a PIN")
}

fn attempts(connection: &Connection, person: PersonId) -> Result<Attempts, StoreError> {
    let found: Option<(u32, Option<i64>)> = connection
        .prepare_cached("SELECT wrong, paused_until_ms FROM staff_attempts WHERE person = ?1")
        .and_then(|mut select| {
            select
                .query_row([person.to_string()], |row| row.try_into())
                .optional()
        })
        .doing("count the wrong PINs")?;
    let (wrong, until) = found.unwrap_or_default();
    Ok(Attempts {
        wrong,
        paused_until: until.and_then(DateTime::from_timestamp_millis),
    })
}

/// Takes the same time however much of both is the same.
fn same(one: &[u8], other: &[u8]) -> bool {
    let differ = one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differ == 0
}

/// The one member of staff of this name; none where two have it.
fn by_name(connection: &Connection, name: &str) -> Result<Option<PersonId>, StoreError> {
    const DOING: &str = "look up a member of staff";
    let plain = |name: &str| name.to_lowercase().replace(' ', "");
    let rows: Vec<(String, Option<String>, Option<String>)> = connection
        .prepare_cached(
            "SELECT id, name_chinese, name_latin FROM persons
             WHERE id IN (SELECT person FROM staff_pins)",
        )
        .and_then(|mut select| select.query_map([], |row| row.try_into())?.collect())
        .doing(DOING)?;
    let mut found = rows.into_iter().filter(|(_, chinese, latin)| {
        [chinese, latin]
            .into_iter()
            .flatten()
            .any(|known| plain(known) == plain(name))
    });
    match (found.next(), found.next()) {
        (Some((id, ..)), None) => from_word(id.clone(), DOING, || format!("person {id}")).map(Some),
        _ => Ok(None),
    }
}

pub(super) fn member(
    connection: &Connection,
    person: PersonId,
    card: Option<CardId>,
) -> Result<Member, StoreError> {
    let holder = people::holder(connection, card, person)?;
    Ok(Member {
        person,
        card,
        name: holder.name,
        roles: holder.roles,
        language: holder.language,
    })
}

/// Reads the pepper, or makes it at its first use, readable by this user only.
fn pepper(database: Option<&Path>) -> Result<Pepper, StoreError> {
    const DOING: &str = "read the pepper of the PINs";
    let missing = |source: std::io::Error| StoreError::CannotWrite {
        doing: DOING,
        source: rusqlite::Error::ToSqlConversionFailure(Box::new(source)),
    };
    let folder = database.and_then(Path::parent).unwrap_or(Path::new("."));
    let path = folder.join(PEPPER);
    let mut bytes = [0; 32];
    match File::open(&path) {
        Ok(mut file) => file.read_exact(&mut bytes).map_err(missing)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bytes = random()?;
            let mut file = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
                .map_err(missing)?;
            file.write_all(&bytes)
                .and_then(|()| file.sync_all())
                .map_err(missing)?;
        }
        Err(error) => return Err(missing(error)),
    }
    Ok(Pepper(bytes))
}

/// Bytes nobody can guess, from the system.
fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], StoreError> {
    let mut bytes = [0; LENGTH];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map(|()| bytes)
        .map_err(|source| StoreError::CannotWrite {
            doing: "draw random bytes",
            source: rusqlite::Error::ToSqlConversionFailure(Box::new(source)),
        })
}

pub(super) fn apply(connection: &Connection, record: &Record) -> Result<(), StoreError> {
    const DOING: &str = "count the wrong PINs";
    match record {
        Record::PinWrong {
            person,
            wrong,
            paused_until,
        } => connection
            .prepare_cached(
                "INSERT INTO staff_attempts (person, wrong, paused_until_ms) VALUES (?1, ?2, ?3)
                 ON CONFLICT (person) DO UPDATE SET wrong = excluded.wrong,
                     paused_until_ms = excluded.paused_until_ms",
            )
            .and_then(|mut count| {
                let until = paused_until.map(|until| until.timestamp_millis());
                count.execute(params![person.to_string(), wrong, until])
            })
            .map(|_| ())
            .doing(DOING),
        Record::LoggedIn { person } | Record::StaffUnlocked { person } => connection
            .prepare_cached("DELETE FROM staff_attempts WHERE person = ?1")
            .and_then(|mut forget| forget.execute([person.to_string()]))
            .map(|_| ())
            .doing(DOING),
        _ => Ok(()),
    }
}
