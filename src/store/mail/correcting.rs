//! What was written down wrongly when mail came: the wrong Zhang, the wrong kind, the wrong shelf.

use super::intake::free_code;
use super::reading::{item, recipient};
use super::{Refusable, number, permitted, roles, write};
use crate::mail::desk::{Correction, MailRefusal};
use crate::mail::{Item, MailState, PickUpCode, Record, Terms, rules, slip};
use crate::people::{Act, Language};
use crate::slips::{Paper, PrintJobId, SlipNumber};
use crate::store::books::Books;
use crate::store::journal::Actor;
use crate::store::{matters, slips};
use chrono::{DateTime, Utc};
use rusqlite::params;

impl Books {
    /// Puts right what was written down about an item on its shelf. Whoever was taken for the addressee
    /// may know its code and hold its label, so that it gets new ones. What has no number, and so no
    /// label, only gets another code.
    pub fn correct_mail(
        &mut self,
        correction: &Correction,
        terms: &Terms,
        language: Language,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<(Option<SlipNumber>, PickUpCode)> {
        self.perform("correct mail", at, by, |deed| {
            let person = granted!(permitted(deed, by, Act::HandleMail)?);
            let Some(before) = item(&deed.tx, correction.item)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            if before.state != MailState::Waiting {
                let state = before.state;
                return Ok(Err(MailRefusal::StandsOtherwise { state }));
            }
            let roles = roles(deed, person)?;
            granted!(rules::may_be_of_kind(&before, correction.kind, &roles));
            let shelf = correction.shelf.trim().to_uppercase();
            if shelf.is_empty() || !terms.has_shelf(&shelf) {
                return Ok(Err(MailRefusal::UnknownShelf { shelf }));
            }
            let Some(recipient) = recipient(&deed.tx, correction.addressee)? else {
                return Ok(Err(MailRefusal::UnknownAddressee));
            };
            let number = match &before.number {
                Some(_) => Some(number(deed)?),
                None => None,
            };
            let label = match number.is_some() && correction.kind.needs_signature() {
                true => Some(PrintJobId(deed.new_id()?)),
                false => None,
            };
            let afresh = before.recipient.addressee != correction.addressee;
            deed.record(Record::Corrected {
                item: before.id,
                addressee: correction.addressee,
                of: correction.kind,
                shelf: shelf.clone(),
                number: number.clone(),
                label,
                afresh,
            })?;
            let code = free_code(deed)?;
            write(
                deed,
                "INSERT INTO mail_codes (item, code) VALUES (?1, ?2)
                 ON CONFLICT (item) DO UPDATE SET code = excluded.code",
                params![before.id.to_string(), code.digits()],
            )?;
            let corrected = Item {
                number: number.clone(),
                kind: correction.kind,
                recipient,
                shelf,
                ..before
            };
            if let Some(job) = label {
                let paper = Paper {
                    slip: slip::label(deed.building, &corrected, language),
                    label: Some(slip::parcel(deed.building, &corrected, language)),
                };
                slips::keep_paper(&deed.tx, job, &paper)?;
            }
            if afresh {
                for cause in rules::OF_ADDRESSEE {
                    matters::lapse_of(deed, cause, corrected.id.0)?;
                }
            }
            super::open_matters(deed, rules::on_arrival(&corrected))?;
            Ok(Ok((number, code)))
        })
    }
}
