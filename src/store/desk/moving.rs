//! Companies that move in and out, and people who change their company or leave it.

use super::orders::Done;
use crate::desk::event::{LeaveRefusal, Outcome, Refusal, TenantWord};
use crate::matters::{Cause, Opening};
use crate::people::{CardId, CardState, PersonId, Record, Role, TenantId, TenantState};
use crate::store::books::Deed;
use crate::store::error::{Doing, StoreError};
use crate::store::words::{from_word, to_word};
use crate::store::{matters, people, sql};
use rusqlite::params;

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
    if deed.actor().person == Some(person) {
        return Ok(Err(Refusal::Leaving(LeaveRefusal::Yourself)));
    }
    deed.tx
        .execute(
            "UPDATE persons SET tenant = ?2 WHERE id = ?1",
            params![person.to_string(), tenant.map(|tenant| tenant.to_string())],
        )
        .doing(PERSON)?;
    nothing_any_more(deed, person)?;
    deed.tx
        .execute(
            "INSERT INTO person_roles (person, role) VALUES (?1, ?2)",
            params![person.to_string(), to_word(&role)],
        )
        .doing(PERSON)?;
    let roles = people::roles(&deed.tx, person)?;
    deed.record(Record::PersonMoved {
        person,
        tenant,
        roles,
    })?;
    Ok(Ok(Outcome::PersonMoved))
}

/// Somebody has left their company: their cards are past their last day, nobody can visit them or have
/// things kept for them, and they do not log in any more. What they have out stays written down.
///
/// ● First-asked responsibility: whoever owns an open matter hands it over before.
pub(super) fn end_person(deed: &mut Deed<'_>, person: PersonId) -> Done {
    if deed.actor().person == Some(person) {
        return Ok(Err(Refusal::Leaving(LeaveRefusal::Yourself)));
    }
    let owned: u32 = deed
        .tx
        .prepare_cached("SELECT count(*) FROM matters WHERE owner = ?1 AND closed_at_ms IS NULL")
        .and_then(|mut select| select.query_row([person.to_string()], |row| row.get(0)))
        .doing(PERSON)?;
    if owned > 0 {
        return Ok(Err(Refusal::Leaving(LeaveRefusal::OwnsMatters(owned))));
    }
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
    deed.tx
        .execute(
            "DELETE FROM staff_pins WHERE person = ?1",
            [person.to_string()],
        )
        .doing(PERSON)?;
    deed.record(Record::PersonLeft { person })?;
    Ok(Ok(Outcome::PersonLeft))
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
