//! What the rooms of visitors, keys and mail list beside what happens now: cards that are out,
//! permits, those who are not admitted, grants, rounds.

use super::facts::{READING, name, rows};
use crate::desk::facts::{
    AuthorityFact, BarredFact, CardOutFact, GrantFact, KeyUseFact, PermitFact, RoundFact, VisitFact,
};
use crate::keys::{Grant, KeyGroup, KeyLoan};
use crate::mail::{Addressee, RecipientName};
use crate::people::{Bilingual, PersonId, PersonName};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::people;
use crate::store::words::from_word;
use crate::visits::Visit;
use chrono::{DateTime, NaiveDate, Utc};

impl Books {
    /// A visit with whom it is for.
    pub(super) fn visit_fact(&self, visit: Visit) -> Result<VisitFact, StoreError> {
        let host = visit.host.map(|host| name(&self.connection, host));
        let tenant = visit
            .tenant
            .map(|tenant| people::tenant(&self.connection, tenant));
        Ok(VisitFact {
            host: host.transpose()?.flatten(),
            tenant: tenant.transpose()?.map(|tenant| tenant.name),
            code: self.code_of_visit(visit.id)?,
            doubt: self.doubt_about(visit.id)?.map(Box::new),
            told: self.visit_told(visit.id)?,
            visit,
        })
    }

    /// The temporary cards that are out, each with its visit.
    pub(super) fn card_out_facts(&self) -> Result<Vec<CardOutFact>, StoreError> {
        let mut facts = Vec::new();
        for card in self.cards_out()? {
            if let Some(visit) = self.visit(card.visit)? {
                let visit = self.visit_fact(visit)?;
                facts.push(CardOutFact { card, visit });
            }
        }
        Ok(facts)
    }

    /// The work permits that are not over, the next to end first.
    pub(super) fn permit_facts(&self, today: NaiveDate) -> Result<Vec<PermitFact>, StoreError> {
        let found: Vec<(String, String, String, String, String, String)> = rows(
            &self.connection,
            "SELECT permit.id, details.number, details.company, permit.answers, permit.from_day,
                 permit.until_day
             FROM visit_permits AS permit
             JOIN visit_permit_details AS details ON details.permit = permit.id
             WHERE permit.withdrawn_at_ms IS NULL AND permit.until_day >= ?1
             ORDER BY permit.until_day, details.number LIMIT 500",
            [today.to_string()],
            |row| row.try_into(),
        )?;
        found
            .into_iter()
            .map(|(id, number, company, answers, from, until)| {
                let row = || format!("permit {number}");
                let answers: PersonId = from_word(answers, READING, row)?;
                Ok(PermitFact {
                    permit: from_word(id, READING, row)?,
                    days: (
                        from_word(from, READING, row)?,
                        from_word(until, READING, row)?,
                    ),
                    answers: name(&self.connection, answers)?,
                    number: number.clone(),
                    company,
                })
            })
            .collect()
    }

    /// Those who are not admitted, the latest first.
    pub(super) fn barred_facts(&self) -> Result<Vec<BarredFact>, StoreError> {
        type Raw = (
            String,
            Option<String>,
            Option<String>,
            String,
            bool,
            String,
            i64,
        );
        let found: Vec<Raw> = rows(
            &self.connection,
            "SELECT entry.id, details.name_chinese, details.name_latin, details.phone,
                 details.document IS NOT NULL, details.reason, entry.entered_at_ms
             FROM do_not_admit AS entry
             JOIN do_not_admit_details AS details ON details.entry = entry.id
             WHERE entry.lifted_at_ms IS NULL ORDER BY entry.entered_at_ms DESC LIMIT 500",
            [],
            |row| row.try_into(),
        )?;
        found
            .into_iter()
            .map(|(id, chinese, latin, phone, has_document, reason, since)| {
                let row = || format!("list entry {id}");
                let named = chinese.is_some() || latin.is_some();
                Ok(BarredFact {
                    name: named.then_some(PersonName { chinese, latin }),
                    since: moment(since, row)?,
                    entry: from_word(id.clone(), READING, row)?,
                    phone,
                    has_document,
                    reason,
                })
            })
            .collect()
    }

    /// The grants of keys that hold.
    pub(super) fn authority_facts(
        &self,
        at: DateTime<Utc>,
    ) -> Result<Vec<AuthorityFact>, StoreError> {
        let held = self.mail_authorities(at)?.into_iter();
        held.map(|authority| {
            let principal = match authority.principal {
                Addressee::Person(person) => {
                    let name = name(&self.connection, person)?;
                    RecipientName::Person(name.unwrap_or_default())
                }
                Addressee::Tenant(tenant) => {
                    RecipientName::Tenant(people::tenant(&self.connection, tenant)?.name)
                }
            };
            Ok(AuthorityFact {
                principal,
                holder: name(&self.connection, authority.holder)?,
                authority,
            })
        })
        .collect()
    }

    pub(super) fn grant_facts(&self, at: DateTime<Utc>) -> Result<Vec<GrantFact>, StoreError> {
        let found: Vec<(String, String, String, i64, Option<i64>)> = rows(
            &self.connection,
            "SELECT id, key_group, person, from_ms, until_ms FROM key_grants
             WHERE withdrawn_at_ms IS NULL AND (until_ms IS NULL OR until_ms > ?1)
             ORDER BY key_group, from_ms, id LIMIT 500",
            [at.timestamp_millis()],
            |row| row.try_into(),
        )?;
        found
            .into_iter()
            .map(|(id, group, person, from, until)| {
                let row = || format!("grant {id}");
                let person = from_word(person, READING, row)?;
                Ok(GrantFact {
                    name: name(&self.connection, person)?,
                    grant: Grant {
                        id: from_word(id.clone(), READING, row)?,
                        group: KeyGroup(group),
                        person,
                        from: moment(from, row)?,
                        until: until.map(|until| moment(until, row)).transpose()?,
                    },
                })
            })
            .collect()
    }

    /// Uses of keys to tenants' units, of which the tenants were not told, the oldest first.
    pub(super) fn key_use_facts(&self) -> Result<Vec<KeyUseFact>, StoreError> {
        let tenants: Vec<(String, String, String)> = rows(
            &self.connection,
            "SELECT id, name_zh, name_en FROM tenants WHERE id IN
                 (SELECT tenant FROM keys WHERE tenant IS NOT NULL AND EXISTS
                     (SELECT 1 FROM key_loans WHERE key = keys.id AND told_at_ms IS NULL))",
            [],
            |row| row.try_into(),
        )?;
        let mut facts: Vec<KeyUseFact> = Vec::new();
        for (id, zh, en) in tenants {
            let tenant = from_word(id.clone(), READING, || format!("tenant {id}"))?;
            for loan in self.key_uses_to_tell(tenant)? {
                facts.push(KeyUseFact {
                    holder: name(&self.connection, loan.holder)?,
                    tenant: Bilingual::new(zh.clone(), en.clone()),
                    loan,
                });
            }
        }
        facts.sort_by_key(|fact: &KeyUseFact| {
            let loan: &KeyLoan = &fact.loan;
            (loan.taken_at, loan.id.0)
        });
        Ok(facts)
    }

    /// The rounds that are not over, with all that went along.
    pub(super) fn round_facts(&self) -> Result<Vec<RoundFact>, StoreError> {
        let mut facts = Vec::new();
        for id in self.open_mail_rounds()? {
            if let Some(sheet) = self.mail_round(id)? {
                let taken_by = sheet.items.iter().filter_map(|(item, by)| {
                    let by = by.as_ref()?;
                    Some((item.id, by.0.clone()))
                });
                facts.push(RoundFact {
                    carrier: name(&self.connection, sheet.round.carrier)?,
                    taken_by: taken_by.collect(),
                    items: sheet.items.into_iter().map(|(item, _)| item).collect(),
                    round: sheet.round,
                });
            }
        }
        Ok(facts)
    }
}

fn moment(ms: i64, row: impl FnOnce() -> String) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| StoreError::Unreadable {
        doing: READING,
        row: row(),
    })
}
