//! Mail that goes back or on, and who lets it go.

use super::reading::{READING, item};
use super::{Refusable, keep, kept, number, paper, permitted, roles, write};
use crate::mail::desk::{MailRefusal, Return, ReturnForm, ReturnOrder};
use crate::mail::{MailState, Record, ReturnId, rules, slip};
use crate::people::{Act, Language, PersonId};
use crate::slips::PrintJobId;
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::people;
use crate::store::words::from_word;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

impl Books {
    /// Asks that an item go back or on. Special mail brings its form 特殊邮件退信表, which prints for the
    /// file, and waits for the supervisor.
    pub fn ask_mail_return(
        &mut self,
        order: &ReturnOrder,
        language: Language,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<ReturnId> {
        self.perform("ask that mail go back", at, by, |deed| {
            let person = granted!(permitted(deed, by, Act::HandleMail)?);
            let Some(item) = item(&deed.tx, order.item)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            granted!(rules::may_ask_return(&item, order));
            let back = ReturnId(deed.new_id()?);
            // A form that somebody filled in for ordinary mail is no form: there is none for it.
            let form = order.form.as_ref().filter(|_| item.kind.is_special());
            let printed = match form {
                Some(_) => Some(paper(deed)?),
                None => None,
            };
            deed.record(Record::ReturnAsked {
                back,
                item: item.id,
                onward: order.onward,
                reason: order.reason,
                special: item.kind.is_special(),
                by: person,
                form: printed.clone(),
            })?;
            let address = kept(&order.address);
            if !address.is_empty() {
                write(
                    deed,
                    "INSERT INTO mail_forwardings (back, address) VALUES (?1, ?2)",
                    params![back.to_string(), address],
                )?;
            }
            if let (Some(form), Some((number, job))) = (form, printed) {
                keep_form(deed, back, form)?;
                let who = name(deed, person, language)?;
                let slip = slip::special_return_form(
                    deed.building,
                    &number,
                    at,
                    &item,
                    order.reason,
                    form,
                    &who,
                    language,
                );
                keep(deed, job, &slip)?;
            }
            Ok(Ok(back))
        })
    }

    /// Lets it go: the mail administrator has checked ordinary mail, the supervisor approves special
    /// mail that somebody else filled in.
    pub fn allow_mail_return(
        &mut self,
        id: ReturnId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("let mail go back", at, by, |deed| {
            let Some(person) = by.person else {
                return Ok(Err(MailRefusal::NobodyActs));
            };
            let Some(back) = one(&deed.tx, id)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            let roles = roles(deed, person)?;
            granted!(rules::may_allow_return(&back, person, &roles));
            deed.record(Record::ReturnAllowed {
                back: id,
                by: person,
            })?;
            Ok(Ok(()))
        })
    }

    /// It does not go after all: not approved, or its addressee turned up. It lies on its shelf again.
    pub fn drop_mail_return(
        &mut self,
        id: ReturnId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("keep mail that was to go back", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            let Some(back) = one(&deed.tx, id)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            granted!(rules::may_move(&back.item, MailState::Waiting));
            deed.record(Record::ReturnDropped { back: id })?;
            Ok(Ok(()))
        })
    }

    /// Queues the return slip 改批退条, which was allowed before.
    pub fn print_return_slip(
        &mut self,
        id: ReturnId,
        language: Language,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<PrintJobId> {
        self.perform("print a return slip", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            let Some(back) = one(&deed.tx, id)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            granted!(rules::may_print_return(&back));
            let number = number(deed)?;
            let job = PrintJobId(deed.new_id()?);
            let allowed_by = match back.allowed_by {
                Some(person) => name(deed, person, language)?,
                None => String::new(),
            };
            let slip = slip::return_slip(deed.building, &number, at, &back, &allowed_by, language);
            deed.record(Record::ReturnPrinted {
                back: id,
                number,
                job,
            })?;
            keep(deed, job, &slip)?;
            Ok(Ok(job))
        })
    }

    /// What goes back or on and has not left yet, the oldest first.
    pub fn mail_returns(&self) -> Result<Vec<Return>, StoreError> {
        let ids: Vec<String> = self
            .connection
            .prepare_cached(
                "SELECT back.id FROM mail_returns AS back JOIN mail_items AS item
                     ON item.id = back.item
                 WHERE back.dropped_at_ms IS NULL AND item.left_at_ms IS NULL
                 ORDER BY back.asked_at_ms, back.id",
            )
            .and_then(|mut select| select.query_map([], |row| row.get(0))?.collect())
            .doing(READING)?;
        let mut returns = Vec::new();
        for id in ids {
            let id = from_word(id, READING, || "return of mail".to_owned())?;
            returns.extend(one(&self.connection, id)?);
        }
        Ok(returns)
    }
}

fn keep_form(deed: &Deed<'_>, back: ReturnId, form: &ReturnForm) -> Result<(), StoreError> {
    let [addressee, address, sender, tracking, enquiries] = form.fields().map(|(_, it)| kept(it));
    write(
        deed,
        "INSERT INTO mail_return_forms (back, addressee, address, sender, tracking, enquiries)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            back.to_string(),
            addressee,
            address,
            sender,
            tracking,
            enquiries
        ],
    )
}

/// The whole name of a member of staff: papers of the desk carry it.
fn name(deed: &Deed<'_>, person: PersonId, language: Language) -> Result<String, StoreError> {
    let name = people::name(&deed.tx, person)?;
    Ok(name.map_or_else(String::new, |name| name.whole(language).to_owned()))
}

/// A return that was not dropped.
fn one(connection: &Connection, id: ReturnId) -> Result<Option<Return>, StoreError> {
    type Raw = (
        String,
        String,
        String,
        String,
        i64,
        Option<String>,
        bool,
        Option<String>,
    );
    let found: Option<Raw> = connection
        .prepare_cached(
            "SELECT item, onward, reason, asked_by, asked_at_ms, allowed_by,
                 printed_job IS NOT NULL, address
             FROM mail_returns LEFT JOIN mail_forwardings ON back = id
             WHERE id = ?1 AND dropped_at_ms IS NULL",
        )
        .and_then(|mut select| {
            select
                .query_row([id.to_string()], |row| row.try_into())
                .optional()
        })
        .doing(READING)?;
    let Some((item_id, onward, reason, asked_by, asked_ms, allowed_by, is_printed, address)) =
        found
    else {
        return Ok(None);
    };
    let row = || format!("return {id}");
    let unreadable = || StoreError::Unreadable {
        doing: READING,
        row: row(),
    };
    let item = item(connection, from_word(item_id, READING, row)?)?.ok_or_else(unreadable)?;
    Ok(Some(Return {
        id,
        item,
        onward: from_word(onward, READING, row)?,
        reason: from_word(reason, READING, row)?,
        asked_by: from_word(asked_by, READING, row)?,
        asked: DateTime::from_timestamp_millis(asked_ms).ok_or_else(unreadable)?,
        allowed_by: allowed_by
            .map(|person| from_word(person, READING, row))
            .transpose()?,
        is_printed,
        address: address.unwrap_or_default(),
        form: form(connection, id)?,
    }))
}

fn form(connection: &Connection, id: ReturnId) -> Result<Option<ReturnForm>, StoreError> {
    connection
        .prepare_cached(
            "SELECT addressee, address, sender, tracking, enquiries
             FROM mail_return_forms WHERE back = ?1",
        )
        .and_then(|mut select| {
            select
                .query_row([id.to_string()], |row| {
                    Ok(ReturnForm {
                        addressee: row.get(0)?,
                        address: row.get(1)?,
                        sender: row.get(2)?,
                        tracking: row.get(3)?,
                        enquiries: row.get(4)?,
                    })
                })
                .optional()
        })
        .doing(READING)
}
