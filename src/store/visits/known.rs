//! Who was here before, and what of the last visit still holds.

use super::asked;
use super::identity::{Candidate, candidates, known_digest};
use super::reading::{READING, by_number};
use crate::people::finding::{Query, Spoken};
use crate::people::{PersonId, PersonName, TenantId, TenantState};
use crate::slips::SlipNumber;
use crate::store::books::Books;
use crate::store::error::{Doing, StoreError};
use crate::store::people;
use crate::store::words::from_word;
use crate::visits::flow::{HostLine, TenantLine};
use crate::visits::rules::sound_alike;
use crate::visits::{DocumentNumber, Known, LastVisit, VisitState};
use rusqlite::{Connection, OptionalExtension};

/// Companies offered to somebody who types theirs.
const A_FEW: usize = 4;

/// Type, host, company visited, purpose, permit and notice of a visit.
type LastRow = (
    String,
    Option<String>,
    Option<String>,
    String,
    String,
    String,
);

impl Books {
    /// Somebody who was here before: the whole name and the last four digits of the telephone
    /// together. Nothing is said where more than one fits.
    pub fn returning_visitor(
        &self,
        name: &PersonName,
        tail: &str,
    ) -> Result<Option<Known>, StoreError> {
        if tail.len() != 4 || !tail.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(None);
        }
        let mut found = candidates(&self.connection, "substr(visitor.phone, -4) = ?1", tail)?;
        found.retain(|one| sound_alike(&one.name, name));
        self.only_one(&found)
    }

    /// Whoever showed this document before.
    pub fn visitor_of_document(
        &self,
        number: &DocumentNumber,
    ) -> Result<Option<Known>, StoreError> {
        match known_digest(&self.connection, number)? {
            Some(digest) => self.only_one(&candidates(
                &self.connection,
                "visitor.document = ?1",
                &digest,
            )?),
            None => Ok(None),
        }
    }

    /// Whose slip this was, where that visit is over and its visitor is not erased.
    pub fn visitor_of_slip(&self, number: &SlipNumber) -> Result<Option<Known>, StoreError> {
        match by_number(&self.connection, number)? {
            Some(visit) if visit.state == VisitState::Left => {
                let id = visit.visitor.to_string();
                self.only_one(&candidates(&self.connection, "visitor.person = ?1", &id)?)
            }
            _ => Ok(None),
        }
    }

    /// The first few companies that visitors came from, by name, pinyin or initials.
    pub fn companies_seen(&self, typed: &str) -> Result<Vec<String>, StoreError> {
        let Some(query) = Query::read(typed) else {
            return Ok(Vec::new());
        };
        let mut select = self
            .connection
            .prepare_cached("SELECT DISTINCT company FROM visitors WHERE company <> '' ORDER BY 1")
            .doing(READING)?;
        let mut rows = select.query([]).doing(READING)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().doing(READING)? {
            let company: String = row.get(0).doing(READING)?;
            if Spoken::text(&company, &company).is_found_by(&query) {
                found.push(company);
            }
            if found.len() == A_FEW {
                break;
            }
        }
        Ok(found)
    }

    fn only_one(&self, found: &[Candidate]) -> Result<Option<Known>, StoreError> {
        let [one] = found else {
            return Ok(None);
        };
        Ok(Some(Known {
            person: one.person,
            masked: one.name.masked_in_both(),
            company: one.company.clone(),
            last: last(&self.connection, one.person)?,
            open: None,
        }))
    }
}

/// The latest visit somebody came for. Hosts and companies that are gone are left out.
pub(super) fn last(
    connection: &Connection,
    person: PersonId,
) -> Result<Option<LastVisit>, StoreError> {
    let row: Option<LastRow> = connection
        .prepare_cached(
            "SELECT visit.type, visit.host, visit.tenant, coalesce(details.purpose, ''),
                 coalesce(permit.number, ''), coalesce(details.signature ->> '$.notice', '')
             FROM visits AS visit
             LEFT JOIN visit_details AS details ON details.visit = visit.id
             LEFT JOIN visit_permit_details AS permit ON permit.permit = visit.permit
             WHERE visit.visitor = ?1 AND visit.came_at_ms IS NOT NULL
             ORDER BY visit.came_at_ms DESC, visit.id DESC LIMIT 1",
        )
        .and_then(|mut select| {
            select
                .query_row([person.to_string()], |row| row.try_into())
                .optional()
        })
        .doing(READING)?;
    let Some((of, host_id, tenant_id, purpose, permit, notice)) = row else {
        return Ok(None);
    };
    let at = || "the last visit of somebody".to_owned();
    let host_id = host_id.map(|id| from_word(id, READING, at)).transpose()?;
    let tenant_id = tenant_id.map(|id| from_word(id, READING, at)).transpose()?;
    Ok(Some(LastVisit {
        of: from_word(of, READING, at)?,
        purpose,
        host: host(connection, host_id)?,
        tenant: tenant(connection, tenant_id)?,
        permit,
        notice,
    }))
}

/// A host as a stranger may see them; none where they are gone.
pub(super) fn host(
    connection: &Connection,
    person: Option<PersonId>,
) -> Result<Option<HostLine>, StoreError> {
    let Some(person) = person else {
        return Ok(None);
    };
    if asked::host(connection, person)?.is_none() {
        return Ok(None);
    }
    Ok(people::name(connection, person)?.map(|name| HostLine {
        person,
        masked: name.masked_in_both(),
    }))
}

/// A company with its first room; none where it has moved.
pub(super) fn tenant(
    connection: &Connection,
    tenant: Option<TenantId>,
) -> Result<Option<TenantLine>, StoreError> {
    let Some(id) = tenant else {
        return Ok(None);
    };
    let row = people::tenant(connection, id)?;
    Ok((row.state != TenantState::Moved).then(|| TenantLine::from(row)))
}
