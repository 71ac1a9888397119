//! Who may be meant in a form of the desk, while a name is typed.

use crate::desk::dialog::Seek;
use crate::desk::facts::{Candidate, Whom};
use crate::keys::Inside;
use crate::mail::{Addressee, RecipientName};
use crate::people::finding::{Query, Spoken};
use crate::people::{Act, Bilingual, Role, Tenant, TenantState, permits};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::finding::FoundPerson;
use crate::store::people;

/// Names that are offered at most.
const MOST: usize = 8;

/// Companies among them, where people are meant as well.
const MOST_COMPANIES: usize = 3;

/// People that are looked at for those who fit.
const LOOKED_AT: usize = 60;

impl Books {
    /// Who may be meant by what was typed: name, pinyin, initials, the room of a company, and last,
    /// so that it comes before nobody of that name, its address in English.
    pub fn candidates(&self, seek: Seek, typed: &str) -> Result<Vec<Candidate>, StoreError> {
        let mut found = Vec::new();
        let companies = match seek {
            Seek::Contractor => return self.contractors(typed),
            Seek::OfTheHouse | Seek::Staff => 0,
            Seek::Addressee => MOST_COMPANIES,
            Seek::Tenant => MOST,
        };
        if companies > 0 {
            let tenants = self.find_tenants(typed, companies)?;
            found.extend(tenants.into_iter().map(company));
        }
        let people = match seek {
            Seek::Tenant => Vec::new(),
            _ => self.find_people(typed, LOOKED_AT)?,
        };
        // Whoever has left comes behind those of the same name who are here.
        let mut left = Vec::new();
        for row in people {
            if found.len() == MOST {
                break;
            }
            match self.candidate(seek, row)? {
                Some(candidate) if candidate.has_left => left.push(candidate),
                candidate => found.extend(candidate),
            }
        }
        left.truncate(MOST - found.len());
        found.extend(left);
        if companies > 0 {
            for tenant in self.find_addressed(typed, MOST)? {
                let who = Whom::Known(Addressee::Tenant(tenant.id));
                if found.len() < MOST && found.iter().all(|known| known.who != who) {
                    found.push(company(tenant));
                }
            }
        }
        Ok(found)
    }

    /// The contractors who are inside, by name or company.
    fn contractors(&self, typed: &str) -> Result<Vec<Candidate>, StoreError> {
        let Some(query) = Query::read(typed) else {
            return Ok(Vec::new());
        };
        let is_meant = |inside: &Inside| {
            Spoken::person(&inside.name).is_found_by(&query)
                || Spoken::text(&inside.company, &inside.company).is_found_by(&query)
        };
        let inside = self.contractors_inside()?.into_iter().filter(is_meant);
        let candidate = |inside: Inside| Candidate {
            who: Whom::Known(Addressee::Person(inside.person)),
            name: RecipientName::Person(inside.name),
            company: Some(Bilingual::new(inside.company.clone(), inside.company)),
            room: String::new(),
            has_moved: false,
            has_left: false,
        };
        Ok(inside.take(MOST).map(candidate).collect())
    }

    /// This person, where they are one of those who are sought.
    fn candidate(&self, seek: Seek, row: FoundPerson) -> Result<Option<Candidate>, StoreError> {
        let connection = &self.connection;
        let roles = people::roles(connection, row.person)?;
        let outside = [Role::Visitor, Role::Contractor];
        let is_of_the_house = roles.iter().any(|role| !outside.contains(role));
        let tenant = row
            .tenant
            .map(|tenant| people::tenant(connection, tenant))
            .transpose()?;
        let has_moved = tenant.as_ref().is_some_and(has_moved);
        // Nobody is deleted: mail still comes for them, and is tried twice like any other.
        let has_left = roles.is_empty();
        let fits = match seek {
            Seek::OfTheHouse => is_of_the_house && !has_moved,
            Seek::Staff => permits(&roles, Act::UseKeys),
            Seek::Addressee => is_of_the_house || has_left,
            Seek::Tenant | Seek::Contractor => false,
        };
        Ok(fits.then(|| Candidate {
            who: Whom::Known(Addressee::Person(row.person)),
            name: RecipientName::Person(row.name),
            room: room(tenant.as_ref()),
            company: tenant.map(|tenant| tenant.name),
            has_moved,
            has_left,
        }))
    }
}

fn company(tenant: Tenant) -> Candidate {
    Candidate {
        who: Whom::Known(Addressee::Tenant(tenant.id)),
        room: room(Some(&tenant)),
        has_moved: has_moved(&tenant),
        has_left: false,
        name: RecipientName::Tenant(tenant.name),
        company: None,
    }
}

fn room(tenant: Option<&Tenant>) -> String {
    let room = tenant.and_then(|tenant| tenant.rooms.first());
    room.cloned().unwrap_or_default()
}

fn has_moved(tenant: &Tenant) -> bool {
    tenant.state == TenantState::Moved
}
