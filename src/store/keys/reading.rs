//! What the books of the keys say.

use crate::keys::{Grant, HeldKey, Inside, Key, KeyGroup, KeyId, KeyLoan, KeyLoanId, ReportId};
use crate::people::{PersonId, PersonName};
use crate::store::error::{Doing, StoreError};
use crate::store::sql;
use crate::store::words::from_word;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row};

const KEY: &str =
    "SELECT id, coalesce(was_hook, hook), coalesce(was_tag, tag), kind, key_group, tenant, pieces,
    CASE WHEN turned_up_at_ms IS NULL THEN state ELSE 'turned-up' END FROM keys";

const LOAN: &str = "SELECT id, key, hook, holder, taken_at_ms, due_ms FROM key_loans";

pub(super) const READING: &str = "read the books of the keys";

/// A moment out of a column; `row` names the place for the error.
pub(super) fn moment(ms: i64, row: impl FnOnce() -> String) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| StoreError::Unreadable {
        doing: READING,
        row: row(),
    })
}

/// The keys this person holds, the earliest due first.
pub(in crate::store) fn held_by(
    connection: &Connection,
    person: PersonId,
) -> Result<Vec<HeldKey>, StoreError> {
    let loans = loans(
        connection,
        "WHERE holder = ?1 AND returned_at_ms IS NULL ORDER BY due_ms, hook",
        [person.to_string()],
    )?;
    Ok(loans
        .into_iter()
        .map(|loan| HeldKey {
            hook: loan.hook,
            due: loan.due,
        })
        .collect())
}

pub(super) fn loans(
    connection: &Connection,
    which: &str,
    params: impl Params,
) -> Result<Vec<KeyLoan>, StoreError> {
    let rows: Vec<(String, Option<String>, String, String, i64, i64)> = connection
        .prepare_cached(&format!("{LOAN} {which}"))
        .and_then(|mut select| select.query_map(params, |row| row.try_into())?.collect())
        .doing(READING)?;
    rows.into_iter()
        .map(|(id, key, hook, holder, taken_ms, due_ms)| {
            let row = || format!("taking {id}");
            Ok(KeyLoan {
                key: key.map(|key| from_word(key, READING, row)).transpose()?,
                holder: from_word(holder, READING, row)?,
                taken_at: moment(taken_ms, row)?,
                due: moment(due_ms, row)?,
                id: from_word(id.clone(), READING, row)?,
                hook,
            })
        })
        .collect()
}

/// The open taking of a key, if it is out.
pub(super) fn open_loan(
    connection: &Connection,
    key: KeyId,
) -> Result<Option<KeyLoan>, StoreError> {
    let found = loans(
        connection,
        "WHERE key = ?1 AND returned_at_ms IS NULL",
        [key.to_string()],
    )?;
    Ok(found.into_iter().next())
}

pub(super) fn keys(
    connection: &Connection,
    which: &str,
    params: impl Params,
) -> Result<Vec<Key>, StoreError> {
    let rows: Vec<Raw> = connection
        .prepare_cached(&format!("{KEY} {which}"))
        .and_then(|mut select| select.query_map(params, raw)?.collect())
        .doing(READING)?;
    rows.into_iter().map(key).collect()
}

pub(super) fn key_by_tag(connection: &Connection, tag: &str) -> Result<Option<Key>, StoreError> {
    let which = "WHERE upper(tag) = upper(?1) ORDER BY tag <> ?1";
    Ok(keys(connection, which, [tag])?.into_iter().next())
}

pub(super) fn key_by_id(connection: &Connection, id: KeyId) -> Result<Option<Key>, StoreError> {
    let found = keys(connection, "WHERE id = ?1", [id.to_string()])?;
    Ok(found.into_iter().next())
}

/// The report of a key about which the supervisor has not decided.
pub(super) fn open_report(
    connection: &Connection,
    key: KeyId,
) -> Result<Option<ReportId>, StoreError> {
    let open = text(
        connection,
        "SELECT id FROM key_reports WHERE key = ?1 AND decided_at_ms IS NULL",
        [key.to_string()],
    )?;
    let row = || format!("report of key {key}");
    open.map(|id| from_word(id, READING, row)).transpose()
}

/// Of each report of a key since this taking of it, whether the supervisor has decided. The journal
/// knows what came after what, also where the clock was set back in between.
pub(super) fn reports_since(
    connection: &Connection,
    key: KeyId,
    taken: KeyLoanId,
) -> Result<Vec<bool>, StoreError> {
    connection
        .prepare_cached(
            "SELECT report.decided_at_ms IS NOT NULL FROM key_reports AS report
             JOIN journal AS said ON said.service = 'keys' AND said.kind = 'reported'
                 AND said.subject = report.id
             WHERE report.key = ?1 AND said.seq > (SELECT seq FROM journal
                 WHERE service = 'keys' AND kind = 'signed-out' AND subject = ?2)",
        )
        .and_then(|mut select| {
            select
                .query_map([key.to_string(), taken.to_string()], |row| row.get(0))?
                .collect()
        })
        .doing(READING)
}

/// Whether a check of this day or a later one says in writing why a key was not back.
pub(super) fn is_explained(
    connection: &Connection,
    key: KeyId,
    since: NaiveDate,
) -> Result<bool, StoreError> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM key_findings AS found
                 JOIN key_checks AS day ON day.id = found.check_id
                 WHERE found.key = ?1 AND found.has_reason = 1 AND day.day >= ?2)",
        )
        .and_then(|mut select| {
            select.query_row([key.to_string(), since.to_string()], |row| row.get(0))
        })
        .doing(READING)
}

/// The grants of a person that were not withdrawn.
pub(in crate::store) fn grants_of(
    connection: &Connection,
    person: PersonId,
) -> Result<Vec<Grant>, StoreError> {
    let rows: Vec<(String, String, i64, Option<i64>)> = connection
        .prepare_cached(
            "SELECT id, key_group, from_ms, until_ms FROM key_grants
             WHERE person = ?1 AND withdrawn_at_ms IS NULL ORDER BY key_group, id",
        )
        .and_then(|mut select| {
            select
                .query_map([person.to_string()], |row| row.try_into())?
                .collect()
        })
        .doing(READING)?;
    rows.into_iter()
        .map(|(id, group, from_ms, until_ms)| {
            let row = || format!("grant {id}");
            Ok(Grant {
                group: KeyGroup(group),
                person,
                from: moment(from_ms, row)?,
                until: until_ms.map(|ms| moment(ms, row)).transpose()?,
                id: from_word(id.clone(), READING, row)?,
            })
        })
        .collect()
}

/// What one column of one row says, if there is such a row.
pub(super) fn text(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<String>, StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut select| select.query_row(params, |row| row.get(0)).optional())
        .doing(READING)
}

type Raw = (
    String,
    String,
    String,
    String,
    String,
    Option<String>,
    u32,
    String,
);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    row.try_into()
}

fn key((id, hook, tag, kind, group, tenant, pieces, state): Raw) -> Result<Key, StoreError> {
    let row = || format!("key {id}");
    Ok(Key {
        kind: from_word(kind, READING, row)?,
        tenant: tenant
            .map(|tenant| from_word(tenant, READING, row))
            .transpose()?,
        state: from_word(state, READING, row)?,
        id: from_word(id.clone(), READING, row)?,
        group: KeyGroup(group),
        hook,
        tag,
        pieces,
    })
}

/// Contractors who are inside, those that a condition and an order choose.
pub(super) fn contractors(
    connection: &Connection,
    rest: &str,
    params: impl Params,
) -> Result<Vec<Inside>, StoreError> {
    type Raw = (String, Option<String>, Option<String>, String);
    // The first condition is that of the index of open visits, word for word.
    let found: Vec<Raw> = sql::rows(
        connection,
        READING,
        &format!(
            "SELECT visit.visitor, person.name_chinese, person.name_latin,
                 coalesce(nullif(visitor.company, ''), permit.company, '')
             FROM visits AS visit JOIN persons AS person ON person.id = visit.visitor
             LEFT JOIN visitors AS visitor ON visitor.person = visit.visitor
             LEFT JOIN visit_permit_details AS permit ON permit.permit = visit.permit
             WHERE visit.state IN ('announced', 'waiting', 'admitted', 'inside')
                 AND visit.state = 'inside' AND visit.type = 'contractor' {rest}"
        ),
        params,
        |row| row.try_into(),
    )?;
    found
        .into_iter()
        .map(|(id, chinese, latin, company)| {
            Ok(Inside {
                person: from_word(id.clone(), READING, || format!("visitor {id}"))?,
                name: PersonName { chinese, latin },
                company,
            })
        })
        .collect()
}
