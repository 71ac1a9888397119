//! Announcing visits, one by one or by a table.

use super::identity::{likeness, visitor};
use super::reading::{READING, by_id, text, visits};
use super::{Refusable, execute};
use crate::people::{Act, Language, PersonId, PersonName};
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::words::from_word;
use crate::visits::announcing::{LineError, Row, Wrong};
use crate::visits::{
    Announced, Announcement, CODE_DIGITS, Identity, InvitationCode, Record, Visit, VisitId,
    VisitRefusal, VisitState,
};
use chrono::{DateTime, LocalResult, NaiveDateTime, TimeZone, Utc};
use rusqlite::params;

/// All visits of a table, or what is wrong with its lines.
type TableAnnounced = Result<Vec<Announced>, Vec<LineError>>;

impl Books {
    /// The desk announces a visit.
    pub fn announce_visit(
        &mut self,
        visit: &Announcement,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<Announced, VisitRefusal>, StoreError> {
        self.perform("announce a visit", at, by, |deed| {
            granted!(super::desk::allowed(deed, by, Act::AnnounceVisit)?);
            announce(deed, visit)
        })
    }

    /// Announces a whole table, or nothing of it: then every wrong line says what is wrong.
    pub fn announce_table(
        &mut self,
        rows: &[Row],
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<TableAnnounced> {
        let zone = self.building.zone;
        let done = self.perform("announce a table of visits", at, by, |deed| {
            if let Err(refused) = super::desk::allowed(deed, by, Act::AnnounceVisit)? {
                return Ok(Err(Err(refused)));
            }
            let mut wrong = Vec::new();
            let mut announced = Vec::new();
            for row in rows {
                let host = match hosts(deed, &row.host, &row.room)?.as_slice() {
                    [host] => *host,
                    found => {
                        let why = match found.is_empty() {
                            true => Wrong::UnknownHost,
                            false => Wrong::SeveralHosts,
                        };
                        wrong.push(LineError {
                            line: row.line,
                            wrong: why,
                        });
                        continue;
                    }
                };
                let moment = |local: NaiveDateTime| match zone.from_local_datetime(&local) {
                    LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
                    LocalResult::None => local.and_utc(),
                };
                let visit = Announcement {
                    visitor: Identity {
                        name: PersonName::typed(&row.name),
                        phone: row.phone.clone(),
                        document: None,
                    },
                    company: row.company.clone(),
                    of: row.of,
                    host,
                    from: moment(row.day.and_time(row.from)),
                    until: moment(row.day.and_time(row.until)),
                };
                match announce(deed, &visit)? {
                    Ok(one) => announced.push(one),
                    Err(_) => {
                        wrong.push(LineError {
                            line: row.line,
                            wrong: Wrong::UnknownHost,
                        });
                    }
                }
            }
            match wrong.is_empty() {
                true => Ok(Ok(announced)),
                false => Ok(Err(Ok(wrong))),
            }
        })?;
        Ok(match done {
            Ok(announced) => Ok(Ok(announced)),
            Err(Ok(wrong)) => Ok(Err(wrong)),
            Err(Err(refused)) => Err(refused),
        })
    }
}

impl Books {
    /// The desk takes an expected visit back: its code opens nothing from now on, and the host reads
    /// of it on their own page.
    pub fn withdraw_visit(
        &mut self,
        visit: VisitId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("take an expected visit back", at, by, |deed| {
            granted!(super::desk::allowed(deed, by, Act::AnnounceVisit)?);
            let (Some(person), Some(found)) = (by.person, by_id(&deed.tx, visit)?) else {
                return Ok(Err(VisitRefusal::Unknown));
            };
            if found.state != VisitState::Announced {
                return Ok(Err(VisitRefusal::Stands(found.state)));
            }
            // The code stays until its time is over, so that whoever holds it learns why.
            deed.record(Record::Withdrawn { visit, by: person })?;
            Ok(Ok(()))
        })
    }

    /// Visits to this host that the desk took back and whose time is not over, the earliest first.
    pub fn visits_withdrawn(
        &self,
        host: PersonId,
        at: DateTime<Utc>,
    ) -> Result<Vec<Visit>, StoreError> {
        visits(
            &self.connection,
            "WHERE visit.host = ?1 AND visit.withdrawn_by IS NOT NULL AND visit.until_ms > ?2
             ORDER BY visit.from_ms, visit.id",
            params![host.to_string(), at.timestamp_millis()],
        )
    }

    /// The digits of an announced visit's code; none once it was used or is over.
    pub fn code_of_visit(&self, visit: VisitId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT code FROM visit_codes WHERE visit =
             (SELECT id FROM visits WHERE id = ?1 AND state = 'announced')";
        text(&self.connection, sql, [visit.to_string()])
    }
}

fn announce(deed: &mut Deed<'_>, announced: &Announcement) -> Refusable<Announced> {
    if announced.until <= announced.from || announced.until <= deed.at {
        return Ok(Err(VisitRefusal::Window));
    }
    let name = &announced.visitor.name;
    if [&name.chinese, &name.latin]
        .into_iter()
        .flatten()
        .all(|name| name.trim().is_empty())
    {
        return Ok(Err(VisitRefusal::Empty));
    }
    let Some(host) = super::asked::host(&deed.tx, announced.host)? else {
        return Ok(Err(VisitRefusal::HostGone));
    };
    let like = likeness(deed, &announced.visitor)?;
    let person = visitor(
        deed,
        &announced.visitor,
        &like,
        &announced.company,
        Language::default(),
    )?;
    let visit = VisitId(deed.new_id()?);
    let code = free_code(deed)?;
    deed.record(Record::Announced {
        visit,
        of: announced.of,
        visitor: person,
        host: announced.host,
        tenant: host,
        from: announced.from,
        until: announced.until,
    })?;
    execute(
        &deed.tx,
        "INSERT INTO visit_codes (visit, code) VALUES (?1, ?2)",
        params![visit.to_string(), code.digits()],
    )?;
    Ok(Ok(Announced { visit, code }))
}

/// A code that no announced visit has.
fn free_code(deed: &mut Deed<'_>) -> Result<InvitationCode, StoreError> {
    loop {
        let digits = deed.random_digits(CODE_DIGITS)?;
        let sql = "SELECT code FROM visit_codes WHERE code = ?1";
        let taken = super::reading::text(&deed.tx, sql, [&digits])?.is_some();
        if let (false, Ok(code)) = (taken, InvitationCode::from_digits(&digits)) {
            return Ok(code);
        }
    }
}

/// Who has this whole name and works in this room; without one, in the property office.
fn hosts(deed: &Deed<'_>, name: &str, room: &str) -> Result<Vec<PersonId>, StoreError> {
    let ids: Vec<String> = deed
        .tx
        .prepare_cached(
            "SELECT DISTINCT person.id FROM persons AS person
             JOIN person_roles AS role ON role.person = person.id
             LEFT JOIN tenant_rooms AS room ON room.tenant = person.tenant
             WHERE (person.name_chinese = ?1 OR person.name_latin = ?1) AND CASE ?2
                 WHEN '' THEN person.tenant IS NULL
                     AND role.role NOT IN ('visitor', 'tenant-member', 'contractor')
                 ELSE role.role = 'tenant-member' AND room.room = ?2 END",
        )
        .and_then(|mut select| {
            select
                .query_map(params![name, room], |row| row.get(0))?
                .collect()
        })
        .doing(READING)?;
    ids.into_iter()
        .map(|id| from_word(id, READING, || "a host".to_owned()))
        .collect()
}
