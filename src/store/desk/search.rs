//! What the one search box of the desk finds: people, things, slips, companies, by how they begin.

use super::facts::{loan_fact, person_fact, rows, tenants};
use crate::desk::facts::Hit;
use crate::slips::SlipNumber;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::lending;
use chrono::{DateTime, Utc};
use rusqlite::params;

/// Results of one kind; more are found by typing more.
const MOST: u32 = 20;

impl Books {
    /// Finds what begins with this text.
    pub fn search(&self, text: &str, at: DateTime<Utc>) -> Result<Vec<Hit>, StoreError> {
        let connection = &self.connection;
        let text = text.trim();
        let mut hits = Vec::new();
        let today = self.building.local(at).date();
        let number = SlipNumber::from_code(text).or_else(|_| SlipNumber::from_typed(text, today));
        if let Ok(number) = number
            && let Some((loan, None)) = lending::loan_of_number(connection, &number)?
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
        // A range, not a pattern: that is what an index answers.
        let (from, to) = (
            text.to_lowercase(),
            format!("{}\u{10FFFF}", text.to_lowercase()),
        );
        let people: Vec<String> = rows(
            connection,
            "SELECT id FROM persons WHERE name_chinese >= ?1 AND name_chinese < ?2
             UNION SELECT id FROM persons WHERE lower(name_latin) >= ?1 AND lower(name_latin) < ?2
             LIMIT ?3",
            params![from, to, MOST],
            |row| row.get(0),
        )?;
        for id in people {
            hits.push(Hit::Person(Box::new(person_fact(connection, &id)?)));
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
