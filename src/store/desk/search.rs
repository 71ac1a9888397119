//! What the one search box of the desk finds: people by name, pinyin or initials, things, slips,
//! companies, visits by visitor or number, mail by number or tracking.

use super::facts::{loan_fact, person_fact, tenants};
use crate::desk::facts::Hit;
use crate::people::Role;
use crate::slips::SlipNumber;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::lending;
use chrono::{DateTime, Utc};

/// Results of one kind; more are found by typing more.
const MOST: u32 = 20;

impl Books {
    /// Finds what is meant by this text.
    pub fn search(&self, text: &str, at: DateTime<Utc>) -> Result<Vec<Hit>, StoreError> {
        let connection = &self.connection;
        let text = text.trim();
        let mut hits = Vec::new();
        let today = self.building.local(at).date();
        let number = SlipNumber::from_code(text).or_else(|_| SlipNumber::from_typed(text, today));
        if let Ok(number) = &number
            && let Some((loan, _)) = lending::loan_of_number(connection, number)?
        {
            hits.push(Hit::Loan(Box::new(loan_fact(connection, loan)?)));
        }
        for thing in lending::things_like(connection, text, MOST)? {
            let loan = match lending::out_of_thing(connection, thing.id)? {
                Some(loan) => Some(Box::new(loan_fact(connection, loan)?)),
                None => None,
            };
            hits.push(Hit::Thing(thing, loan));
        }
        let mut visitors = Vec::new();
        for found in self.find_people(text, MOST as usize)? {
            let fact = person_fact(connection, &found.person.to_string())?;
            match fact.roles.as_slice() {
                // Whoever only came to visit is found by the visit.
                [Role::Visitor] => visitors.push(found.person),
                _ => hits.push(Hit::Person(Box::new(fact))),
            }
        }
        let number = number.ok();
        for visit in self.visits_found(&visitors, number.as_ref(), MOST as usize)? {
            hits.push(Hit::Visit(Box::new(self.visit_fact(visit)?)));
        }
        let mut mail = self.mail_by_tracking(text)?;
        if let Some(number) = &number {
            mail.extend(self.mail_by_number(number)?);
        }
        for item in mail {
            let went = self.mail_gone(&item)?.map(Box::new);
            hits.push(Hit::Mail(Box::new(item), went));
        }
        let escaped = text.replace(['%', '_', '\\'], "");
        if !escaped.is_empty() {
            let like = "name_zh LIKE '%' || ?1 || '%' OR name_en LIKE '%' || ?1 || '%'
                 OR id IN (SELECT tenant FROM tenant_rooms WHERE room LIKE ?1 || '%')";
            hits.extend(
                tenants(connection, like, [escaped])?
                    .into_iter()
                    .map(Hit::Tenant),
            );
        }
        Ok(hits)
    }
}
