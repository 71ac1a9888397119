//! What open matters are about: each is told by the books of its service.

use super::facts::{READING, name, rows};
use crate::desk::about::About;
use crate::lending::{KindId, LoanId, check};
use crate::mail::MailId;
use crate::matters::{self, Cause, Matter};
use crate::people::{Bilingual, PersonId, PersonName};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::words::from_word;
use crate::store::{lending, slips};
use crate::visits::{MessageId, VisitId};
use chrono::DateTime;
use uuid::Uuid;

impl Books {
    /// What a matter is about, as far as the books still say.
    pub(super) fn about_matter(&self, matter: &Matter) -> Result<About, StoreError> {
        let about = matter.about;
        let found = match matter.cause {
            Cause::DeskCalled => None,
            Cause::ThingDamaged
            | Cause::ThingIncomplete
            | Cause::DataNotWiped
            | Cause::ThingLost => self.about_loan(about)?,
            Cause::ReservationLost => self.about_reservation(about)?,
            Cause::SpecialMailLate | Cause::MailHeldTooLong | Cause::MailUnclaimed => {
                let item = self.mail_item(MailId(about))?;
                item.map(|item| About::Mail(Box::new(item)))
            }
            Cause::MailForMovedTenant => {
                let names: Vec<(String, String, String, String)> = rows(
                    &self.connection,
                    "SELECT name_zh, name_en, phone, forwarding FROM tenants WHERE id = ?1",
                    [about.to_string()],
                    |row| row.try_into(),
                )?;
                let name = names.into_iter().next();
                name.map(|(zh, en, phone, forwarding)| About::Company {
                    name: Bilingual::new(zh, en),
                    phone,
                    forwarding,
                })
            }
            Cause::VisitorNotAdmitted => {
                let alert = self.alert(VisitId(about))?;
                alert.map(|doubt| About::Alert(Box::new(doubt)))
            }
            Cause::VisitorThingsMissing | Cause::VisitorCardOut => {
                match self.visit(VisitId(about))? {
                    Some(visit) => Some(About::Visit(Box::new(self.visit_fact(visit)?))),
                    None => None,
                }
            }
            Cause::RoundMissed | Cause::KeysUnchecked => matters::day(about).map(About::Day),
            Cause::MessageForHost => self.about_message(MessageId(about))?,
            Cause::UnitNotSafe
            | Cause::KeyInEmergency
            | Cause::KeyWasOut
            | Cause::ContractorWithKey => self.about_key(
                "SELECT hook, holder, NULL, '', FALSE FROM key_loans WHERE id = ?1",
                about,
            )?,
            // Whoever had it when it was reported: a lost key is with nobody any more.
            Cause::KeyLost | Cause::KeyDamaged => self.about_key(
                "SELECT coalesce(keys.was_hook, keys.hook),
                     (SELECT holder FROM key_loans AS loan
                      WHERE loan.key = keys.id AND loan.taken_at_ms <= report.reported_at_ms
                          AND coalesce(loan.returned_at_ms, report.reported_at_ms)
                              >= report.reported_at_ms),
                     (SELECT person FROM journal
                      WHERE service = 'keys' AND kind = 'reported' AND subject = report.id),
                     coalesce(words.text, ''), keys.turned_up_at_ms IS NOT NULL
                 FROM key_reports AS report JOIN keys ON keys.id = report.key
                 LEFT JOIN key_report_texts AS words ON words.report = report.id
                 WHERE report.id = ?1",
                about,
            )?,
            Cause::KeyTurnedUp | Cause::KeyToHang => self.about_key(
                "SELECT coalesce(was_hook, hook), NULL, NULL, '', FALSE FROM keys WHERE id = ?1",
                about,
            )?,
        };
        Ok(found.unwrap_or(About::Nothing))
    }

    fn about_loan(&self, loan: Uuid) -> Result<Option<About>, StoreError> {
        type Raw = (String, Option<String>, String, String, u32, String);
        let found: Vec<Raw> = rows(
            &self.connection,
            "SELECT loan.kind, thing.label, loan.device, loan.day, loan.count, loan.borrower
             FROM lending_loans AS loan LEFT JOIN lending_things AS thing ON thing.id = loan.thing
             WHERE loan.id = ?1",
            [loan.to_string()],
            |row| row.try_into(),
        )?;
        let Some((kind, label, device, day, count, borrower)) = found.into_iter().next() else {
            return Ok(None);
        };
        let number = slips::number(&device, &day, count);
        Ok(Some(About::Thing {
            kind: KindId(kind),
            label,
            number: number.ok_or_else(|| StoreError::Unreadable {
                doing: READING,
                row: format!("loan {loan}"),
            })?,
            borrower: self.named(Some(borrower))?,
            missing: check::missing(&lending::answers_of(&self.connection, LoanId(loan))?),
        }))
    }

    fn about_reservation(&self, reservation: Uuid) -> Result<Option<About>, StoreError> {
        type Raw = (String, String, String, i64, Option<String>, Option<String>);
        let found: Vec<Raw> = rows(
            &self.connection,
            "SELECT thing.kind, thing.label, kept.person, kept.from_ms, tenants.name_zh,
                 tenants.name_en
             FROM lending_reservations AS kept JOIN lending_things AS thing ON thing.id = kept.thing
             LEFT JOIN persons ON persons.id = kept.person
             LEFT JOIN tenants ON tenants.id = persons.tenant
             WHERE kept.id = ?1",
            [reservation.to_string()],
            |row| row.try_into(),
        )?;
        let Some((kind, label, person, from_ms, zh, en)) = found.into_iter().next() else {
            return Ok(None);
        };
        let from = DateTime::from_timestamp_millis(from_ms);
        Ok(Some(About::Kept {
            kind: KindId(kind),
            label,
            person: self.named(Some(person))?,
            tenant: zh.zip(en).map(|(zh, en)| Bilingual::new(zh, en)),
            from: from.ok_or_else(|| StoreError::Unreadable {
                doing: READING,
                row: format!("reservation {reservation}"),
            })?,
        }))
    }

    /// A key with who holds it, who reported it and what was written, in this order of columns.
    fn about_key(&self, sql: &str, id: Uuid) -> Result<Option<About>, StoreError> {
        type Raw = (String, Option<String>, Option<String>, String, bool);
        let found: Vec<Raw> = rows(&self.connection, sql, [id.to_string()], |row| {
            row.try_into()
        })?;
        let Some((hook, holder, reporter, text, is_here)) = found.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some(About::Key {
            holder: self.named(holder)?,
            reporter: self.named(reporter)?,
            hook,
            text,
            is_here,
        }))
    }

    fn about_message(&self, message: MessageId) -> Result<Option<About>, StoreError> {
        let hosts: Vec<String> = rows(
            &self.connection,
            "SELECT host FROM visit_messages WHERE id = ?1",
            [message.to_string()],
            |row| row.get(0),
        )?;
        let (sender, text) = self.message(message)?.unwrap_or_default();
        Ok(Some(About::Message {
            host: self.named(hosts.into_iter().next())?,
            sender,
            text,
        }))
    }

    pub(super) fn named(&self, person: Option<String>) -> Result<Option<PersonName>, StoreError> {
        let Some(id) = person else {
            return Ok(None);
        };
        let person: PersonId = from_word(id.clone(), READING, || format!("person {id}"))?;
        name(&self.connection, person)
    }
}
