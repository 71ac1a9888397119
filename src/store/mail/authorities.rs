//! Who may collect for whom: given at the desk or on one's own page.

use super::permitted;
use super::reading::{authorities, company_of};
use crate::mail::{
    Addressee, Authority, AuthorityId, AuthorityLine, AuthorityOrder, AuthorityRefusal, Colleague,
    Covers, Lasts, Record, rules,
};
use crate::people::finding::{Query, Spoken};
use crate::people::{Act, Holder, How, PersonId, PersonName};
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::people;
use crate::store::words::from_word;
use chrono::{DateTime, Days, NaiveTime, Utc};
use rusqlite::Connection;

type Answer<T> = Result<Result<T, AuthorityRefusal>, StoreError>;

/// Colleagues shown at most: whoever sees more types another letter.
const MOST_COLLEAGUES: usize = 6;

/// Authorities in the list of the desk at most.
const MOST_SHOWN: usize = 500;

impl Books {
    /// Enters an authority at the desk, also one of a company: from its list of signatories.
    pub fn enter_mail_authority(
        &mut self,
        order: &AuthorityOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Answer<AuthorityId> {
        self.perform(
            "enter an authority for mail",
            at,
            by,
            |deed| match permitted(deed, by, Act::HandleMail)? {
                Ok(_) => enter(deed, order),
                Err(_) => Ok(Err(AuthorityRefusal::NotPermitted)),
            },
        )
    }

    /// Lets a colleague collect one's own mail, on one's own page.
    pub fn let_collect_mail(
        &mut self,
        giver: &Holder,
        how: How,
        deputy: PersonId,
        covers: Covers,
        lasts: Lasts,
        at: DateTime<Utc>,
    ) -> Answer<Vec<AuthorityLine>> {
        let by = Actor::of(giver);
        self.perform("let somebody collect mail", at, by, |deed| {
            if how == How::Typed {
                return Ok(Err(AuthorityRefusal::CardNotTapped));
            }
            let company = company_of(&deed.tx, giver.person)?;
            if company.is_none() || company != company_of(&deed.tx, deputy)? {
                return Ok(Err(AuthorityRefusal::NotAColleague));
            }
            let order = AuthorityOrder {
                holder: deputy,
                principal: Addressee::Person(giver.person),
                kinds: covers.kinds(),
                until: (lasts == Lasts::Today).then(|| end_of_day(deed)),
                once: lasts == Lasts::Once,
            };
            granted!(enter(deed, &order)?);
            Ok(Ok(given_by(&deed.tx, giver.person, at)?))
        })
    }

    /// Takes an authority back: its giver on their own page, or the desk.
    pub fn withdraw_mail_authority(
        &mut self,
        id: AuthorityId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Answer<()> {
        self.perform("take an authority back", at, by, |deed| {
            let Some(person) = by.person else {
                return Ok(Err(AuthorityRefusal::NotPermitted));
            };
            let found = authorities(&deed.tx, "id = ?1", [id.to_string()])?.pop();
            let Some(found) = found.filter(|found| found.holds(at)) else {
                return Ok(Err(AuthorityRefusal::NotFound));
            };
            if found.principal != Addressee::Person(person) {
                // Nobody learns whether somebody else has given one.
                let at_desk = permitted(deed, by, Act::HandleMail)?;
                granted!(at_desk.map_err(|_| AuthorityRefusal::NotFound));
            }
            deed.record(Record::AuthorityWithdrawn { authority: id })?;
            Ok(Ok(()))
        })
    }

    /// Whom this person lets collect now.
    pub fn mail_authorities_given(
        &self,
        person: PersonId,
        at: DateTime<Utc>,
    ) -> Result<Vec<AuthorityLine>, StoreError> {
        given_by(&self.connection, person, at)
    }

    /// All authorities that hold now, for the desk: companies' signatories 签字有效人员 first.
    pub fn mail_authorities(&self, at: DateTime<Utc>) -> Result<Vec<Authority>, StoreError> {
        let mut found = authorities(
            &self.connection,
            "(until_ms IS NULL OR until_ms > ?1)",
            [at.timestamp_millis()],
        )?;
        found.retain(|authority| authority.holds(at));
        found.sort_by_key(|authority| match authority.principal {
            Addressee::Tenant(tenant) => (0, tenant.0),
            Addressee::Person(person) => (1, person.0),
        });
        found.truncate(MOST_SHOWN);
        Ok(found)
    }

    /// The authorities of a company or person that hold now.
    pub fn mail_authorities_of(
        &self,
        principal: Addressee,
        at: DateTime<Utc>,
    ) -> Result<Vec<Authority>, StoreError> {
        let mut found = of_principal(&self.connection, principal)?;
        found.retain(|authority| authority.holds(at));
        Ok(found)
    }

    /// People of one's own company by name, pinyin or initials.
    pub fn find_colleagues(
        &self,
        person: PersonId,
        typed: &str,
    ) -> Result<Vec<Colleague>, StoreError> {
        const DOING: &str = "find colleagues";
        let Some(company) = company_of(&self.connection, person)? else {
            return Ok(Vec::new());
        };
        let Some(query) = Query::read(typed) else {
            return Ok(Vec::new());
        };
        let rows: Vec<(String, Option<String>, Option<String>)> = self
            .connection
            .prepare_cached(
                "SELECT id, name_chinese, name_latin FROM persons
                 WHERE tenant = ?1 AND id <> ?2 ORDER BY name_chinese, name_latin, id",
            )
            .and_then(|mut select| {
                select
                    .query_map([company.to_string(), person.to_string()], |row| {
                        row.try_into()
                    })?
                    .collect()
            })
            .doing(DOING)?;
        rows.into_iter()
            .map(|(id, chinese, latin)| (id, PersonName { chinese, latin }))
            .filter(|(_, name)| Spoken::person(name).is_found_by(&query))
            .take(MOST_COLLEAGUES)
            .map(|(id, name)| {
                let row = || format!("person {id}");
                Ok(Colleague {
                    person: from_word(id.clone(), DOING, row)?,
                    name,
                })
            })
            .collect()
    }
}

fn enter(deed: &mut Deed<'_>, order: &AuthorityOrder) -> Answer<AuthorityId> {
    granted!(rules::may_let_collect(order, deed.at));
    if people::name(&deed.tx, order.holder)?.is_none()
        || super::reading::recipient(&deed.tx, order.principal)?.is_none()
    {
        return Ok(Err(AuthorityRefusal::NotFound));
    }
    let authority = AuthorityId(deed.new_id()?);
    deed.record(Record::AuthorityGiven {
        authority,
        holder: order.holder,
        principal: order.principal,
        kinds: order.kinds.clone(),
        until: order.until,
        once: order.once,
    })?;
    Ok(Ok(authority))
}

/// The first moment of tomorrow on the building's clock.
fn end_of_day(deed: &Deed<'_>) -> DateTime<Utc> {
    let tomorrow = deed.today() + Days::new(1);
    deed.building.moment(tomorrow, NaiveTime::MIN)
}

fn of_principal(
    connection: &Connection,
    principal: Addressee,
) -> Result<Vec<Authority>, StoreError> {
    let (id, is) = super::fold::columns(&principal);
    authorities(
        connection,
        "principal = ?1 AND principal_is = ?2",
        [id.as_str(), is],
    )
}

fn given_by(
    connection: &Connection,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<Vec<AuthorityLine>, StoreError> {
    let mut given = of_principal(connection, Addressee::Person(person))?;
    given.retain(|authority| authority.holds(at));
    given
        .into_iter()
        .map(|authority| {
            Ok(AuthorityLine {
                id: authority.id,
                holder: people::name(connection, authority.holder)?.unwrap_or_default(),
                covers: Covers::of(&authority.kinds),
                until: authority.until,
                once: authority.once,
            })
        })
        .collect()
}
