//! Who works at the desk: who comes in, and how often a PIN was wrong.

use super::books::{Books, Deed};
use super::error::{Doing, StoreError};
use super::journal::Actor;
use super::people;
use super::pins::{KeptPin, PinCheck, fresh_pin};
use super::words::from_word;
use crate::people::staff::{
    self, Attempts, Claim, LoginRefusal, Member, NotGiven, Pin, PinRefusal,
};
use crate::people::{CardId, Identity, PersonId, PersonName, Record, permissions::Act, permits};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

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
            Claim::Name(name) => {
                let with_pin = "SELECT person FROM staff_pins";
                match by_name(&self.connection, name, with_pin)?[..] {
                    [person] => Some((person, None)),
                    _ => None,
                }
            }
        };
        let Some((person, card)) = found else {
            return Ok(None);
        };
        let member = member(&self.connection, person, card)?;
        Ok(Some(member).filter(|member| staff::is_staff(&member.roles)))
    }

    /// Begins to let a member of staff in: whether they may try at all, and what their PIN is held
    /// against. The look itself takes a tenth of a second, in which the books stand open for others.
    pub fn begin_login(
        &mut self,
        member: &Member,
        at: DateTime<Utc>,
    ) -> Result<Result<PinCheck, LoginRefusal>, StoreError> {
        let Some(kept) = kept(&self.connection, member.person)? else {
            return Ok(Err(LoginRefusal::NoPin));
        };
        if let Err(refused) = staff::may_try(self.attempts(member.person)?, at) {
            return Ok(Err(refused));
        }
        Ok(match self.pepper() {
            Ok(pepper) => Ok(PinCheck::new(pepper, kept)),
            Err(StoreError::NoPepper { .. }) => Err(LoginRefusal::NoPepper),
            Err(error) => return Err(error),
        })
    }

    /// Lets a member of staff in, where the PIN was right. A wrong one is counted, in the books.
    pub fn end_login(
        &mut self,
        member: &Member,
        right: bool,
        at: DateTime<Utc>,
    ) -> Result<Result<(), LoginRefusal>, StoreError> {
        let person = member.person;
        let attempts = self.attempts(person)?;
        // Somebody may have tried elsewhere meanwhile.
        if let Err(refused) = staff::may_try(attempts, at) {
            return Ok(Err(refused));
        }
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
        let pin = self.pepper()?.keep(pin)?;
        let done = self.perform("set a PIN", at, by, |deed| {
            if by.person != Some(person) && !permitted(deed, by, Act::UnlockStaff)? {
                return Ok(Err(Act::UnlockStaff));
            }
            keep(deed, person, &pin)?;
            Ok(Ok(()))
        })?;
        Ok(done.map(Ok))
    }

    /// Sets a PIN without asking who does it: for the sample building, where nobody is there yet.
    pub fn set_sample_pin(
        &mut self,
        person: PersonId,
        pin: &Pin,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let pin = self.pepper()?.keep(pin)?;
        self.write("set a PIN", at, Actor::default(), |deed| {
            keep(deed, person, &pin)
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

    /// Lets the member of staff of this whole name in again with a PIN that nobody chose, as the program's own
    /// deed: for whoever stands at the machine itself. Where the pepper is not there whole there is a new one
    /// afterwards, and all other PINs are forgotten.
    pub fn give_new_pin(
        &mut self,
        name: &str,
        at: DateTime<Utc>,
    ) -> Result<Result<GivenPin, NotGiven>, StoreError> {
        let mut found = Vec::new();
        for person in by_name(&self.connection, name, "SELECT person FROM person_roles")? {
            let member = member(&self.connection, person, None)?;
            found.extend(staff::is_staff(&member.roles).then_some(member));
        }
        let member = match (found.pop(), found.pop()) {
            (Some(member), None) => member,
            (None, _) => return Ok(Err(NotGiven::Nobody)),
            (Some(_), Some(_)) => return Ok(Err(NotGiven::Several)),
        };
        let (pepper, fresh) = self.pepper_or_fresh()?;
        let pin = fresh_pin()?;
        let kept = pepper.keep(&pin)?;
        let person = member.person;
        let forgotten = self.write("give somebody a new PIN", at, Actor::default(), |deed| {
            let others = match fresh {
                Some(_) => Some(forget_others(deed, person)?),
                None => None,
            };
            keep(deed, person, &kept)?;
            deed.record(Record::StaffUnlocked { person })?;
            Ok(others)
        })?;
        // Last: where the power goes before it, no PIN is looked at, and the next new one brings a pepper.
        if let Some(fresh) = fresh {
            fresh.keep()?;
        }
        self.pepper = Some(pepper);
        let name = member.name;
        Ok(Ok(GivenPin {
            name,
            pin,
            forgotten,
        }))
    }

    /// How often this person's PIN was wrong since it was right.
    pub fn attempts(&self, person: PersonId) -> Result<Attempts, StoreError> {
        attempts(&self.connection, person)
    }
}

/// A PIN that the program chose for somebody.
#[derive(Clone, Debug)]
pub struct GivenPin {
    /// Whose it is.
    pub name: PersonName,
    /// The PIN.
    pub pin: Pin,
    /// How many other PINs are forgotten, where the pepper had to be made anew.
    pub forgotten: Option<usize>,
}

/// Whether whoever acts may do this, by the roles in the books at this very moment.
pub(super) fn permitted(deed: &Deed<'_>, by: Actor, act: Act) -> Result<bool, StoreError> {
    match by.person {
        Some(person) => Ok(permits(&people::roles(&deed.tx, person)?, act)),
        None => Ok(false),
    }
}

pub(super) fn keep(deed: &mut Deed<'_>, person: PersonId, pin: &KeptPin) -> Result<(), StoreError> {
    deed.tx
        .execute(
            "INSERT INTO staff_pins (person, salt, hash) VALUES (?1, ?2, ?3)
             ON CONFLICT (person) DO UPDATE SET salt = excluded.salt, hash = excluded.hash",
            params![person.to_string(), pin.salt, pin.hash],
        )
        .doing("keep a PIN")?;
    deed.record(Record::PinSet { person })
}

fn forget_others(deed: &Deed<'_>, person: PersonId) -> Result<usize, StoreError> {
    deed.tx
        .execute(
            "DELETE FROM staff_pins WHERE person <> ?1",
            [person.to_string()],
        )
        .doing("forget the PINs of a lost pepper")
}

fn kept(connection: &Connection, person: PersonId) -> Result<Option<KeptPin>, StoreError> {
    connection
        .prepare_cached("SELECT salt, hash FROM staff_pins WHERE person = ?1")
        .and_then(|mut select| {
            let read = |row: &rusqlite::Row<'_>| {
                Ok(KeptPin {
                    salt: row.get(0)?,
                    hash: row.get(1)?,
                })
            };
            select.query_row([person.to_string()], read).optional()
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

/// Who of these is called so.
fn by_name(connection: &Connection, name: &str, these: &str) -> Result<Vec<PersonId>, StoreError> {
    const DOING: &str = "look up a member of staff";
    let plain = |name: &str| name.to_lowercase().replace(' ', "");
    let rows: Vec<(String, Option<String>, Option<String>)> = connection
        .prepare_cached(&format!(
            "SELECT id, name_chinese, name_latin FROM persons WHERE id IN ({these}) ORDER BY id"
        ))
        .and_then(|mut select| select.query_map([], |row| row.try_into())?.collect())
        .doing(DOING)?;
    rows.into_iter()
        .filter(|(_, chinese, latin)| {
            [chinese, latin]
                .into_iter()
                .flatten()
                .any(|known| plain(known) == plain(name))
        })
        .map(|(id, ..)| from_word(id.clone(), DOING, || format!("person {id}")))
        .collect()
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
