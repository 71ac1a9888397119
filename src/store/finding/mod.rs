//! Finding people and tenants while their names are typed.
//!
//! Keys are made by `people::finding` and lie in plain indexed tables; what a key finds is compared with
//! the name itself before it counts.

mod keys;
mod lookup;

pub(super) use keys::{person_entered, renew, tenant_entered};

use super::books::Books;
use super::error::{Doing, StoreError};
use super::people::{roles, tenant};
use super::sql;
use super::words::from_word;
use crate::people::address::Written;
use crate::people::directory::TenantsFound;
use crate::people::finding::{HANDFUL, Query, Spoken};
use crate::people::{Bilingual, PersonId, PersonName, Role, Tenant, TenantId, TenantState};
use rusqlite::{Connection, params};

/// Somebody the desk was looking for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPerson {
    /// Who.
    pub person: PersonId,
    /// The whole name.
    pub name: PersonName,
    /// Of which tenant; none for the property office.
    pub tenant: Option<TenantId>,
}

/// Somebody a visitor may have come to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Who.
    pub person: PersonId,
    /// The name as a stranger may see it.
    pub masked: Bilingual,
    /// The company; none for the property office.
    pub tenant: Option<Tenant>,
}

/// What a visitor is told who looks for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostsFound {
    /// These, a handful at most.
    These(Vec<Host>),
    /// Nobody here is known by what was typed: a wrong name, or too little of a right one.
    Nobody,
    /// More than a handful; please type more.
    TooMany,
}

/// Who may be visited besides employees of tenants.
const OF_THE_OFFICE: [Role; 7] = [
    Role::PropertyStaff,
    Role::Receptionist,
    Role::KeyKeeper,
    Role::MailAdministrator,
    Role::Supervisor,
    Role::Security,
    Role::Technician,
];

impl Books {
    /// The first so many people that a query finds, for the desk; those whose name begins with it come
    /// first.
    pub fn find_people(&self, typed: &str, limit: usize) -> Result<Vec<FoundPerson>, StoreError> {
        let mut found = Vec::new();
        if let Some(query) = Query::read(typed) {
            lookup::persons(&self.connection, &query, |row| {
                if found.len() < limit && Spoken::person(&row.name).is_found_by(&query) {
                    found.push(row);
                }
                Ok(found.len() < limit)
            })?;
        }
        Ok(found)
    }

    /// Whom a visitor may mean. A visitor has to know a name; see `Spoken::is_known_by`.
    pub fn find_hosts(
        &self,
        typed: &str,
        tenant: Option<TenantId>,
    ) -> Result<HostsFound, StoreError> {
        let Some(query) = Query::read(typed) else {
            return Ok(HostsFound::Nobody);
        };
        let connection = &self.connection;
        let mut hosts = Vec::new();
        let mut look_at = |row: FoundPerson| {
            if Spoken::person(&row.name).is_known_by(&query, tenant.is_some()) {
                hosts.extend(host(connection, row)?);
            }
            Ok(hosts.len() <= HANDFUL)
        };
        match tenant {
            Some(tenant) => lookup::persons_of(connection, tenant, &mut look_at)?,
            None => lookup::persons(connection, &query, &mut look_at)?,
        }
        Ok(match hosts.len() {
            0 => HostsFound::Nobody,
            1..=HANDFUL => HostsFound::These(hosts),
            _ => HostsFound::TooMany,
        })
    }

    /// The first so many tenants that a query finds by name, pinyin, initials or room, for the desk: also
    /// those who have moved or are not here yet.
    pub fn find_tenants(&self, typed: &str, limit: usize) -> Result<Vec<Tenant>, StoreError> {
        self.tenants_found(typed, limit, |_| true)
    }

    /// The first handful of those on the directory of the house, where everybody may look.
    pub fn find_listed(&self, typed: &str) -> Result<TenantsFound, StoreError> {
        let mut tenants =
            self.tenants_found(typed, HANDFUL + 1, |tenant| tenant.state.is_listed())?;
        let more = tenants.len() > HANDFUL;
        tenants.truncate(HANDFUL);
        Ok(TenantsFound {
            query: typed.to_owned(),
            tenants,
            more,
        })
    }

    fn tenants_found(
        &self,
        typed: &str,
        limit: usize,
        is_meant: impl Fn(&Tenant) -> bool,
    ) -> Result<Vec<Tenant>, StoreError> {
        let mut found: Vec<Tenant> = Vec::new();
        if let Some(query) = Query::read(typed) {
            for id in lookup::tenants(&self.connection, &query)? {
                if found.len() == limit {
                    break;
                }
                let row = tenant(&self.connection, id)?;
                let by_room = match &query {
                    Query::Letters { run, .. } => row
                        .rooms
                        .iter()
                        .any(|room| keys::room(room).starts_with(run.as_str())),
                    Query::Chinese(_) => false,
                };
                let name = Spoken::text(&row.name.zh, &row.name.en);
                if is_meant(&row) && (by_room || name.is_found_by(&query)) {
                    found.push(row);
                }
            }
        }
        Ok(found)
    }

    /// The first so many companies that a letter with this address in English is for. Only the desk
    /// asks: whoever types the house's street at the touch screen is not shown every company in it.
    pub(super) fn find_addressed(
        &self,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Tenant>, StoreError> {
        let Some(written) = Written::read(typed) else {
            return Ok(Vec::new());
        };
        let connection = &self.connection;
        // A house has hundreds of companies, not thousands: each address is compared.
        let addresses: Vec<(String, String, String)> = sql::rows(
            connection,
            "look for an address",
            "SELECT id, address_en, coalesce((SELECT group_concat(room, ' ')
                 FROM tenant_rooms WHERE tenant = tenants.id), '')
             FROM tenants ORDER BY name_zh",
            [],
            |row| row.try_into(),
        )?;
        let house = &self.building.name.en;
        let theirs = addresses
            .into_iter()
            .filter(|(_, address, rooms)| written.is_for(address, rooms, house));
        theirs
            .take(limit)
            .map(|(id, ..)| {
                let row = format!("tenant {id}");
                tenant(connection, from_word(id, "look for an address", || row)?)
            })
            .collect()
    }
}

/// This person as a host; none who is nobody to visit, or whose tenant has left.
fn host(connection: &Connection, row: FoundPerson) -> Result<Option<Host>, StoreError> {
    let roles = roles(connection, row.person)?;
    let of_office = || roles.iter().any(|role| OF_THE_OFFICE.contains(role));
    let tenant = match row.tenant {
        Some(id) => Some(tenant(connection, id)?),
        None => None,
    };
    let visited = match &tenant {
        Some(tenant) => tenant.state != TenantState::Moved && roles.contains(&Role::TenantMember),
        None => of_office(),
    };
    Ok(visited.then(|| Host {
        person: row.person,
        masked: row.name.masked_in_both(),
        tenant,
    }))
}

/// One person of the tables, by number or by identifier.
fn person(connection: &Connection, id: String) -> Result<FoundPerson, StoreError> {
    const DOING: &str = "look up who was found";
    let (tenant, chinese, latin): (Option<String>, _, _) = connection
        .prepare_cached("SELECT tenant, name_chinese, name_latin FROM persons WHERE id = ?1")
        .and_then(|mut select| select.query_row(params![id], |row| row.try_into()))
        .doing(DOING)?;
    let row = || format!("person {id}");
    let tenant = tenant.map(|tenant| from_word(tenant, DOING, row));
    Ok(FoundPerson {
        person: from_word(id.clone(), DOING, row)?,
        name: PersonName { chinese, latin },
        tenant: tenant.transpose()?,
    })
}
