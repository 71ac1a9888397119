//! Companies that move in and out, and people who change their company or leave it.

use super::orders::Done;
use crate::desk::event::{LeaveRefusal, Outcome, Refusal, RoleRefusal, TenantWord};
use crate::keys::{self, GrantId};
use crate::mail::{self, AuthorityId};
use crate::matters::{Cause, Opening};
use crate::people::{
    Act, CardId, CardState, PersonId, Record, Role, TenantId, TenantState, permits, staff,
};
use crate::store::books::Deed;
use crate::store::error::{Doing, StoreError};
use crate::store::words::{from_word, to_word};
use crate::store::{matters, people, sql};
use rusqlite::{ToSql, params};
use serde::de::DeserializeOwned;

const TENANT: &str = "write down where a company stands";
const PERSON: &str = "write down where a person works";

/// Where a company stands, and where it is reached. What waits for one that has moved opens the
/// matter of its mail, as what arrives later does; one that is back has none.
pub(super) fn keep_tenant(deed: &mut Deed<'_>, tenant: TenantId, word: &TenantWord) -> Done {
    let kept = |text: &str| text.trim().to_owned();
    let before = people::tenant(&deed.tx, tenant)?.state;
    let state = word.state;
    deed.tx
        .execute(
            "UPDATE tenants SET state = ?2, phone = ?3, forwarding = ?4, address_en = ?5
             WHERE id = ?1",
            params![
                tenant.to_string(),
                to_word(&state),
                kept(&word.phone),
                kept(&word.forwarding),
                kept(&word.address_en)
            ],
        )
        .doing(TENANT)?;
    deed.record(Record::TenantKept { tenant, state })?;
    let cause = Cause::MailForMovedTenant;
    match (before == TenantState::Moved, state == TenantState::Moved) {
        (false, true) if mail_waits(deed, tenant)? => {
            matters::open(deed, Opening::unowned(cause, tenant.0))?;
        }
        (true, false) => matters::lapse_of(deed, cause, tenant.0)?,
        _ => {}
    }
    Ok(Ok(Outcome::TenantKept(state)))
}

/// Where the mail of a company goes; where it stands stays as it is.
pub(super) fn note_forwarding(
    deed: &mut Deed<'_>,
    tenant: TenantId,
    address: &str,
) -> Result<(), StoreError> {
    let state = people::tenant(&deed.tx, tenant)?.state;
    deed.tx
        .execute(
            "UPDATE tenants SET forwarding = ?2 WHERE id = ?1",
            params![tenant.to_string(), address.trim()],
        )
        .doing(TENANT)?;
    deed.record(Record::TenantKept { tenant, state })
}

fn mail_waits(deed: &Deed<'_>, tenant: TenantId) -> Result<bool, StoreError> {
    deed.tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM mail_items WHERE left_at_ms IS NULL
                 AND (addressee = ?1
                     OR addressee IN (SELECT id FROM persons WHERE tenant = ?1)))",
        )
        .and_then(|mut select| select.query_row([tenant.to_string()], |row| row.get(0)))
        .doing(TENANT)
}

/// Somebody works for another company from now on, or is something else here.
pub(super) fn move_person(
    deed: &mut Deed<'_>,
    person: PersonId,
    tenant: Option<TenantId>,
    role: Role,
) -> Done {
    if let Some(refused) = bound(deed, person, &[role])? {
        return Ok(Err(Refusal::Leaving(refused)));
    }
    if works_for(deed, person)? != tenant {
        collects_no_more(deed, person)?;
    }
    gives_up(deed, person, &[role])?;
    deed.tx
        .execute(
            "UPDATE persons SET tenant = ?2 WHERE id = ?1",
            params![person.to_string(), tenant.map(|tenant| tenant.to_string())],
        )
        .doing(PERSON)?;
    nothing_any_more(deed, person)?;
    insert_role(deed, person, role)?;
    let roles = people::roles(&deed.tx, person)?;
    deed.record(Record::PersonMoved {
        person,
        tenant,
        roles,
    })?;
    Ok(Ok(Outcome::PersonMoved))
}

/// Somebody of the property office is one thing more: what they were they stay.
pub(super) fn give_role(deed: &mut Deed<'_>, person: PersonId, role: Role) -> Done {
    let has = match changeable(deed, person, role)? {
        Ok(has) => has,
        Err(refused) => return Ok(Err(refused)),
    };
    if has.contains(&role) {
        return Ok(Err(Refusal::Role(RoleRefusal::HasIt(role))));
    }
    insert_role(deed, person, role)?;
    deed.record(Record::RoleGiven { person, role })?;
    Ok(Ok(Outcome::RoleGiven(role)))
}

/// Somebody of the property office is one thing less, and gives up what only that one permitted. Who
/// would be nothing here becomes something else, or leaves: those are other orders.
pub(super) fn take_role(deed: &mut Deed<'_>, person: PersonId, role: Role) -> Done {
    let has = match changeable(deed, person, role)? {
        Ok(has) => has,
        Err(refused) => return Ok(Err(refused)),
    };
    if !has.contains(&role) {
        return Ok(Err(Refusal::Role(RoleRefusal::HasItNot(role))));
    }
    let left: Vec<Role> = has.into_iter().filter(|other| *other != role).collect();
    if !staff::is_staff(&left) {
        return Ok(Err(Refusal::Role(RoleRefusal::TheOnlyOne(role))));
    }
    if let Some(refused) = bound(deed, person, &left)? {
        return Ok(Err(Refusal::Leaving(refused)));
    }
    gives_up(deed, person, &left)?;
    deed.tx
        .execute(
            "DELETE FROM person_roles WHERE person = ?1 AND role = ?2",
            params![person.to_string(), to_word(&role)],
        )
        .doing(PERSON)?;
    deed.record(Record::RoleTaken { person, role })?;
    Ok(Ok(Outcome::RoleTaken(role)))
}

/// What somebody is here, where that is the desk's to add to: a role of the property office, of
/// somebody else who has one.
fn changeable(
    deed: &Deed<'_>,
    person: PersonId,
    role: Role,
) -> Result<Result<Vec<Role>, Refusal>, StoreError> {
    if deed.actor().person == Some(person) {
        return Ok(Err(Refusal::Leaving(LeaveRefusal::Yourself)));
    }
    let has = people::roles(&deed.tx, person)?;
    Ok(match staff::is_staff(&has) && staff::is_staff(&[role]) {
        true => Ok(has),
        false => Err(Refusal::Role(RoleRefusal::NotOfTheOffice)),
    })
}

fn insert_role(deed: &Deed<'_>, person: PersonId, role: Role) -> Result<(), StoreError> {
    deed.tx
        .execute(
            "INSERT INTO person_roles (person, role) VALUES (?1, ?2)",
            params![person.to_string(), to_word(&role)],
        )
        .doing(PERSON)?;
    Ok(())
}

/// Somebody has left their company: their cards are past their last day, nobody can visit them or have
/// things kept for them, and they do not log in any more. What they have out stays written down.
pub(super) fn end_person(deed: &mut Deed<'_>, person: PersonId) -> Done {
    if let Some(refused) = bound(deed, person, &[])? {
        return Ok(Err(Refusal::Leaving(refused)));
    }
    collects_no_more(deed, person)?;
    takes_no_more_keys(deed, person)?;
    // A lost card stays lost: whoever brings it leaves it at the desk.
    let cards: Vec<String> = sql::rows(
        &deed.tx,
        PERSON,
        "SELECT id FROM cards WHERE person = ?1 AND state = 'active' ORDER BY id",
        [person.to_string()],
        |row| row.get(0),
    )?;
    for id in cards {
        let card: CardId = from_word(id.clone(), PERSON, || format!("card {id}"))?;
        super::orders::set_card(deed, card, CardState::Expired)?;
    }
    nothing_any_more(deed, person)?;
    forget_pin(deed, person)?;
    deed.record(Record::PersonLeft { person })?;
    Ok(Ok(Outcome::PersonLeft))
}

/// What somebody has to give out of their hands before they are only this here.
///
/// ● First-asked responsibility: whoever owns an open matter hands it over. ● A member of staff answers
/// for a contractor's work: its permit is withdrawn, or entered anew in another's name.
fn bound(
    deed: &Deed<'_>,
    person: PersonId,
    roles: &[Role],
) -> Result<Option<LeaveRefusal>, StoreError> {
    if deed.actor().person == Some(person) {
        return Ok(Some(LeaveRefusal::Yourself));
    }
    let count = |sql: &str, params: &[&dyn ToSql]| {
        deed.tx
            .prepare_cached(sql)
            .and_then(|mut select| select.query_row(params, |row| row.get::<_, u32>(0)))
            .doing(PERSON)
    };
    let id = person.to_string();
    let owned = "SELECT count(*) FROM matters WHERE owner = ?1 AND closed_at_ms IS NULL";
    let owned = count(owned, &[&id])?;
    if owned > 0 && !permits(roles, Act::OwnMatters) {
        return Ok(Some(LeaveRefusal::OwnsMatters(owned)));
    }
    let today = deed.today().to_string();
    let answers = "SELECT count(*) FROM visit_permits
         WHERE answers = ?1 AND withdrawn_at_ms IS NULL AND until_day >= ?2";
    let answers = count(answers, &[&id, &today])?;
    let is_bound = answers > 0 && !permits(roles, Act::UseKeys);
    Ok(is_bound.then_some(LeaveRefusal::AnswersForWork(answers)))
}

/// What somebody gives up who is only this here from now on.
fn gives_up(deed: &mut Deed<'_>, person: PersonId, roles: &[Role]) -> Result<(), StoreError> {
    if !permits(roles, Act::UseKeys) {
        takes_no_more_keys(deed, person)?;
    }
    if !staff::is_staff(roles) {
        forget_pin(deed, person)?;
    }
    Ok(())
}

/// Keys are not given on what somebody was before.
fn takes_no_more_keys(deed: &mut Deed<'_>, person: PersonId) -> Result<(), StoreError> {
    let grants =
        "SELECT id FROM key_grants WHERE person = ?1 AND withdrawn_at_ms IS NULL ORDER BY id";
    for grant in ids::<GrantId>(deed, grants, person)? {
        deed.record(keys::Record::GrantWithdrawn { grant })?;
    }
    Ok(())
}

/// Whoever changes the company collects no mail of the old one and its people, and nobody of it theirs.
fn collects_no_more(deed: &mut Deed<'_>, person: PersonId) -> Result<(), StoreError> {
    let given = "SELECT id FROM mail_authorities
         WHERE (holder = ?1 OR principal = ?1) AND withdrawn_at_ms IS NULL ORDER BY id";
    for authority in ids::<AuthorityId>(deed, given, person)? {
        deed.record(mail::Record::AuthorityWithdrawn { authority })?;
    }
    Ok(())
}

fn ids<I: DeserializeOwned>(
    deed: &Deed<'_>,
    sql: &str,
    person: PersonId,
) -> Result<Vec<I>, StoreError> {
    let found: Vec<String> = sql::rows(&deed.tx, PERSON, sql, [person.to_string()], |row| {
        row.get(0)
    })?;
    let read = |id: String| from_word(id.clone(), PERSON, || format!("what {id} names"));
    found.into_iter().map(read).collect()
}

/// The company somebody works for now; none for the property office.
fn works_for(deed: &Deed<'_>, person: PersonId) -> Result<Option<TenantId>, StoreError> {
    let tenant = "SELECT tenant FROM persons WHERE id = ?1 AND tenant IS NOT NULL";
    Ok(ids::<TenantId>(deed, tenant, person)?.pop())
}

fn forget_pin(deed: &Deed<'_>, person: PersonId) -> Result<(), StoreError> {
    deed.tx
        .execute(
            "DELETE FROM staff_pins WHERE person = ?1",
            [person.to_string()],
        )
        .doing(PERSON)?;
    Ok(())
}

/// A visitor's role comes with the visit, and goes with it.
fn nothing_any_more(deed: &mut Deed<'_>, person: PersonId) -> Result<(), StoreError> {
    deed.tx
        .execute(
            "DELETE FROM person_roles WHERE person = ?1 AND role <> 'visitor'",
            [person.to_string()],
        )
        .doing(PERSON)?;
    Ok(())
}
