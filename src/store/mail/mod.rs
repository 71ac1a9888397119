//! Mail in the books: intake, pick-up, rounds, returns, and what the desk asks about it.

mod asked;
mod authorities;
mod correcting;
mod fold;
mod intake;
mod looking;
mod pick_up;
mod reading;
mod returns;
mod rounds;

pub(super) use fold::apply;
pub use looking::{ReceivedBy, RoundSheet};
pub(super) use pick_up::waiting_for;
pub(super) use reading::company_of;

use super::books::{Books, Deed};
use super::error::{Doing, StoreError};
use super::journal::Actor;
use super::{matters, people};
use crate::mail::desk::MailRefusal;
use crate::mail::{MailId, MailKind, Record};
use crate::matters::Opening;
use crate::people::{Act, PersonId, Role, permits};
use crate::slips::{PrintJobId, Slip, SlipNumber};
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Params, params};

/// The longest text of people that is kept, in characters: a few lines.
const LONGEST_TEXT: usize = 300;

type Refusable<T, R = MailRefusal> = Result<Result<T, R>, StoreError>;

impl Books {
    /// Writes down that something came for somebody, outside any batch: how sample lobbies are
    /// furnished. The desk takes mail in with [`Books::take_mail_in`].
    pub fn receive_mail(
        &mut self,
        kind: MailKind,
        addressee: PersonId,
        shelf: &str,
        at: DateTime<Utc>,
    ) -> Result<MailId, StoreError> {
        self.write("write down a piece of mail", at, Actor::default(), |deed| {
            let item = MailId(deed.new_id()?);
            let shelf = shelf.to_owned();
            deed.record(Record::Arrived {
                item,
                addressee,
                of: kind,
                shelf,
            })?;
            Ok(item)
        })
    }
}

/// Who acts, with the roles of this moment, where the permission table lets them.
fn permitted(deed: &Deed<'_>, by: Actor, act: Act) -> Refusable<PersonId> {
    let Some(person) = by.person else {
        return Ok(Err(MailRefusal::NobodyActs));
    };
    let roles = roles(deed, person)?;
    Ok(match permits(&roles, act) {
        true => Ok(person),
        false => Err(MailRefusal::NotPermitted { act }),
    })
}

fn roles(deed: &Deed<'_>, person: PersonId) -> Result<Vec<Role>, StoreError> {
    people::roles(&deed.tx, person)
}

/// The next number, and a job that prints under it.
fn paper(deed: &mut Deed<'_>) -> Result<(SlipNumber, PrintJobId), StoreError> {
    let job = PrintJobId(deed.new_id()?);
    Ok((number(deed)?, job))
}

fn number(deed: &Deed<'_>) -> Result<SlipNumber, StoreError> {
    let day = deed.today();
    super::slips::next_number(&deed.tx, deed.building.device, day)
}

fn keep(deed: &Deed<'_>, job: PrintJobId, slip: &Slip) -> Result<(), StoreError> {
    super::slips::keep(&deed.tx, job, slip)
}

fn open_matters(
    deed: &mut Deed<'_>,
    openings: impl IntoIterator<Item = Opening>,
) -> Result<(), StoreError> {
    for opening in openings {
        matters::open(deed, opening)?;
    }
    Ok(())
}

/// A row that is no state: personal, or free text of people.
fn write(deed: &Deed<'_>, sql: &str, values: impl Params) -> Result<(), StoreError> {
    deed.tx
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute(values))
        .map(|_| ())
        .doing("write the personal rows of mail")
}

/// A piece leaves the house, with its addressee or with the postman: its code is nobody's any more,
/// and what was open about it is done.
fn leaves(deed: &mut Deed<'_>, item: MailId) -> Result<(), StoreError> {
    write(
        deed,
        "DELETE FROM mail_codes WHERE item = ?1",
        [item.to_string()],
    )?;
    matters::lapse(deed, item.0)
}

/// A text as it is kept: trimmed, and not endless.
fn kept(text: &str) -> String {
    text.trim().chars().take(LONGEST_TEXT).collect()
}

/// The batch this person has open.
fn open_batch(deed: &Deed<'_>, person: PersonId) -> Result<Option<String>, StoreError> {
    deed.tx
        .prepare_cached("SELECT id FROM mail_batches WHERE opened_by = ?1 AND closed_at_ms IS NULL")
        .and_then(|mut select| {
            select
                .query_row(params![person.to_string()], |row| row.get(0))
                .optional()
        })
        .doing(reading::READING)
}
