//! What the one search box of the desk finds: any record by any word. People, companies and all that is
//! theirs by name, pinyin or initials; things, keys and papers by what stands on them.

use super::facts::{loan_fact, person_fact, tenants};
use super::sought::Sought;
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
    /// Finds what is meant by this text, for whoever reads the registers. What somebody is shown goes by
    /// way of [`Books::search`].
    pub fn search_registers(&self, text: &str, at: DateTime<Utc>) -> Result<Vec<Hit>, StoreError> {
        let connection = &self.connection;
        let text = text.trim();
        let mut hits = Vec::new();
        let mut sought = Sought::new(text);
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
                _ => {
                    sought.people.insert(found.person);
                    hits.push(Hit::Person(Box::new(fact)));
                }
            }
        }
        let companies = self.companies(text)?;
        let ids = companies.iter().filter_map(|hit| match hit {
            Hit::Tenant(fact) => Some(fact.tenant),
            _ => None,
        });
        sought.tenants = ids.collect();
        visitors.extend(self.visitors_of_company(&sought)?);
        let number = number.ok();
        let mut visits = self.visits_found(&visitors, number.as_ref(), MOST as usize)?;
        for visit in self.visits_to(&sought)? {
            if visits.iter().all(|found| found.id != visit.id) {
                visits.push(visit);
            }
        }
        for visit in visits {
            hits.push(Hit::Visit(Box::new(self.visit_fact(visit)?)));
        }
        let mut mail = self.mail_by_tracking(text)?;
        if let Some(number) = &number {
            mail.extend(self.mail_by_number(number)?);
        }
        mail.extend(self.mail_for(&sought)?);
        for item in mail {
            let went = self.mail_gone(&item)?.map(Box::new);
            hits.push(Hit::Mail(Box::new(item), went));
        }
        hits.extend(companies);
        for more in [
            self.keys_like(&sought)?,
            self.grants_like(&sought, at)?,
            self.matters_like(&sought)?,
            self.permits_like(&sought, at)?,
            self.kept_like(&sought)?,
        ] {
            hits.extend(more.into_iter().take(MOST as usize));
        }
        Ok(hits)
    }

    /// Companies by any part of their names, as they are spoken, by a room, or by the address that
    /// stands on a letter.
    fn companies(&self, text: &str) -> Result<Vec<Hit>, StoreError> {
        let escaped = text.replace(['%', '_', '\\'], "");
        if escaped.is_empty() {
            return Ok(Vec::new());
        }
        let like = "name_zh LIKE '%' || ?1 || '%' OR name_en LIKE '%' || ?1 || '%'
             OR id IN (SELECT tenant FROM tenant_rooms WHERE room LIKE ?1 || '%')";
        let mut found = tenants(&self.connection, like, [escaped])?;
        let most = MOST as usize;
        let addressed = self.find_addressed(text, most)?;
        for spoken in self.find_tenants(text, most)?.into_iter().chain(addressed) {
            if found.iter().all(|known| known.tenant != spoken.id) {
                let one = [spoken.id.to_string()];
                found.extend(tenants(&self.connection, "id = ?1", one)?);
            }
        }
        Ok(found.into_iter().map(Hit::Tenant).collect())
    }
}
