//! Taking mail in at the desk: seconds an item, one or many.

use super::reading::{self, code_of, item, recipient};
use super::{Refusable, keep, kept, number, open_batch, paper, permitted, write};
use crate::mail::desk::{Intake, MailRefusal, TakenIn};
use crate::mail::held_until;
use crate::mail::{
    Addressee, BatchId, Item, MailId, MailState, PickUpCode, Record, Terms, rules, slip,
};
use crate::matters::Opening;
use crate::people::{Act, Language};
use crate::slips::{Paper, PrintJobId, SlipNumber};
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::words::from_word;
use crate::store::{people, slips};
use chrono::{DateTime, Utc};
use rusqlite::params;

impl Books {
    /// Takes one item in, into the open batch of whoever does it; the first one opens it.
    pub fn take_mail_in(
        &mut self,
        intake: &Intake,
        terms: &Terms,
        language: Language,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<TakenIn> {
        self.perform("take mail in", at, by, |deed| {
            let person = granted!(permitted(deed, by, Act::HandleMail)?);
            let shelf = intake.shelf.trim().to_uppercase();
            if shelf.is_empty() || !terms.has_shelf(&shelf) {
                return Ok(Err(MailRefusal::UnknownShelf { shelf }));
            }
            let Some(recipient) = recipient(&deed.tx, intake.addressee)? else {
                return Ok(Err(MailRefusal::UnknownAddressee));
            };
            let tracking = kept(&intake.tracking);
            if let Some(number) = here_as(deed, &tracking)? {
                return Ok(Err(MailRefusal::TrackingHere { number }));
            }
            let batch = match open_batch(deed, person)? {
                Some(id) => from_word(id, reading::READING, || "batch of mail".to_owned())?,
                None => {
                    let batch = BatchId(deed.new_id()?);
                    deed.record(Record::BatchOpened { batch, by: person })?;
                    batch
                }
            };
            let id = MailId(deed.new_id()?);
            // Letters and papers go round the same day: what is signed for gets a label.
            let label = match intake.kind.needs_signature() || terms.label_everything {
                true => Some(PrintJobId(deed.new_id()?)),
                false => None,
            };
            let number = number(deed)?;
            deed.record(Record::TakenIn {
                item: id,
                batch,
                addressee: intake.addressee,
                of: intake.kind,
                shelf: shelf.clone(),
                number: number.clone(),
                label,
            })?;
            let code = free_code(deed)?;
            write(
                deed,
                "INSERT INTO mail_codes (item, code) VALUES (?1, ?2)",
                params![id.to_string(), code.digits()],
            )?;
            if !tracking.is_empty() {
                write(
                    deed,
                    "INSERT INTO mail_trackings (item, tracking) VALUES (?1, ?2)",
                    params![id.to_string(), tracking],
                )?;
            }
            let entered = Item {
                id,
                number: Some(number.clone()),
                kind: intake.kind,
                recipient,
                shelf,
                arrived: at,
                state: MailState::Waiting,
                attempts: 0,
                reminded: None,
                went_round: None,
                failed: None,
            };
            if let Some(job) = label {
                let paper = Paper {
                    slip: slip::label(deed.building, &entered, language),
                    label: Some(slip::parcel(deed.building, &entered, language)),
                };
                slips::keep_paper(&deed.tx, job, &paper)?;
            }
            super::open_matters(deed, rules::on_arrival(&entered))?;
            Ok(Ok(TakenIn {
                item: id,
                number,
                code,
                label,
                in_batch: in_batch(deed, batch)?,
            }))
        })
    }

    /// Ends the open batch of whoever does it; says how many items are in it.
    pub fn close_mail_batch(&mut self, by: Actor, at: DateTime<Utc>) -> Refusable<u32> {
        self.perform("close a batch of mail", at, by, |deed| {
            let person = granted!(permitted(deed, by, Act::HandleMail)?);
            let Some(id) = open_batch(deed, person)? else {
                return Ok(Err(MailRefusal::NoOpenBatch));
            };
            let batch = from_word(id, reading::READING, || "batch of mail".to_owned())?;
            deed.record(Record::BatchClosed { batch })?;
            Ok(Ok(in_batch(deed, batch)?))
        })
    }

    /// Prints a notice with the pick-up code for the addressee: left at the door after an attempt,
    /// or given to whoever asks at the desk. A person reads it in the language remembered for them, a
    /// company in this one.
    pub fn print_mail_notice(
        &mut self,
        id: MailId,
        terms: &Terms,
        language: Language,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<PrintJobId> {
        self.perform("print a notice of mail", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            let Some(item) = item(&deed.tx, id)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            if item.state.has_left() {
                return Ok(Err(MailRefusal::StandsOtherwise { state: item.state }));
            }
            print_notice(deed, &item, terms, language).map(Ok)
        })
    }

    /// Writes down that the addressees of these were reminded.
    pub fn note_mail_reminded(
        &mut self,
        items: &[MailId],
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("note a reminder", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            if items.is_empty() {
                return Ok(Err(MailRefusal::NothingChosen));
            }
            for id in items {
                let Some(item) = item(&deed.tx, *id)? else {
                    return Ok(Err(MailRefusal::NotFound));
                };
                if item.state != MailState::Waiting {
                    return Ok(Err(MailRefusal::StandsOtherwise { state: item.state }));
                }
            }
            let items = items.to_vec();
            deed.record(Record::Reminded { items })?;
            Ok(Ok(()))
        })
    }

    /// Opens the matters that time alone brings up: special mail that is late, mail held too long.
    /// One that was closed is not opened again. Says how many are new.
    pub fn open_due_mail_matters(
        &mut self,
        terms: &Terms,
        at: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let mut due: Vec<Opening> = Vec::new();
        for state in [MailState::Waiting, MailState::OutOnRound] {
            for item in reading::in_state(&self.connection, state)? {
                for opening in crate::mail::due_matters(&item, terms, at) {
                    if !self.was_opened(&opening)? {
                        due.push(opening);
                    }
                }
            }
        }
        if due.is_empty() {
            return Ok(0);
        }
        let count = due.len();
        self.write("open due matters of mail", at, Actor::default(), |deed| {
            super::open_matters(deed, due)
        })?;
        Ok(count)
    }
}

/// Prints the notice with the pick-up code of an item that is here or on its round.
pub(super) fn print_notice(
    deed: &mut Deed<'_>,
    item: &Item,
    terms: &Terms,
    language: Language,
) -> Result<PrintJobId, StoreError> {
    let code = match code_of(&deed.tx, item.id)? {
        Some(code) => code,
        // Items of the first books came without one.
        None => {
            let code = free_code(deed)?;
            write(
                deed,
                "INSERT INTO mail_codes (item, code) VALUES (?1, ?2)",
                params![item.id.to_string(), code.digits()],
            )?;
            code
        }
    };
    let (number, job) = paper(deed)?;
    let language = match item.recipient.addressee {
        Addressee::Person(person) => people::reads(&deed.tx, person)?,
        Addressee::Tenant(_) => language,
    };
    let until = held_until(item, terms);
    let slip = slip::notice(deed.building, item, &code, until, language);
    deed.record(Record::NoticePrinted {
        item: item.id,
        number,
        job,
    })?;
    keep(deed, job, &slip)?;
    Ok(job)
}

/// What is here under this number of the carrier: the same piece, scanned again.
fn here_as(deed: &Deed<'_>, tracking: &str) -> Result<Option<SlipNumber>, StoreError> {
    let found = reading::by_tracking(&deed.tx, tracking)?;
    let here = found.into_iter().find(|item| !item.state.has_left());
    Ok(here.and_then(|item| item.number))
}

/// A code that nothing here has.
pub(super) fn free_code(deed: &mut Deed<'_>) -> Result<PickUpCode, StoreError> {
    loop {
        let digits = deed.random_digits(crate::mail::CODE_DIGITS)?;
        let Ok(code) = PickUpCode::from_digits(&digits) else {
            continue;
        };
        if reading::item_of_code(&deed.tx, &code)?.is_none() {
            return Ok(code);
        }
    }
}

fn in_batch(deed: &Deed<'_>, batch: BatchId) -> Result<u32, StoreError> {
    deed.tx
        .prepare_cached("SELECT count(*) FROM mail_items WHERE batch = ?1")
        .and_then(|mut select| select.query_row([batch.to_string()], |row| row.get(0)))
        .doing(reading::READING)
}
