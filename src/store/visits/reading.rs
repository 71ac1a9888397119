//! What the books of visitors say.

use crate::people::PersonName;
use crate::slips::SlipNumber;
use crate::store::error::{Doing, StoreError};
use crate::store::slips;
use crate::store::words::from_word;
use crate::visits::rules::Validity;
use crate::visits::{PermitId, Visit, VisitId};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row, StatementStatus, params};

pub(super) const READING: &str = "read the books of visitors";

/// A visit that was taken back is stored as lapsed, with whoever did it.
const VISIT: &str = "SELECT visit.id, visit.type, visit.visitor, visit.host, visit.tenant,
        CASE WHEN visit.withdrawn_by IS NULL THEN visit.state ELSE 'withdrawn' END,
        visit.device, visit.day, visit.count, visit.from_ms, visit.until_ms,
        visit.came_at_ms, visit.inside_at_ms, visit.left_at_ms, visit.leaving, visit.carries,
        person.name_chinese, person.name_latin
    FROM visits AS visit LEFT JOIN persons AS person ON person.id = visit.visitor";

/// The visits a condition and an order choose.
pub(super) fn visits(
    connection: &Connection,
    rest: &str,
    params: impl Params,
) -> Result<Vec<Visit>, StoreError> {
    let mut select = connection
        .prepare_cached(&format!("{VISIT} {rest}"))
        .doing(READING)?;
    let mut rows = select.query(params).doing(READING)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().doing(READING)? {
        found.push(visit(row)?);
    }
    drop(rows);
    // Most visits are over, years of them: whoever asks for some reads no others.
    let others = select.get_status(StatementStatus::FullscanStep);
    debug_assert_eq!(others, 0, "{rest}");
    Ok(found)
}

/// The visits that are not over and that a condition and an order choose. SQLite takes the index of the
/// open ones only where its condition stands in the question word for word.
pub(super) fn open_visits(
    connection: &Connection,
    rest: &str,
    params: impl Params,
) -> Result<Vec<Visit>, StoreError> {
    let open = "visit.state IN ('announced', 'waiting', 'admitted', 'inside')";
    visits(connection, &format!("WHERE {open} AND {rest}"), params)
}

pub(super) fn one(
    connection: &Connection,
    rest: &str,
    params: impl Params,
) -> Result<Option<Visit>, StoreError> {
    Ok(visits(connection, rest, params)?.into_iter().next())
}

pub(super) fn by_id(connection: &Connection, id: VisitId) -> Result<Option<Visit>, StoreError> {
    one(connection, "WHERE visit.id = ?1", [id.to_string()])
}

pub(in crate::store) fn by_number(
    connection: &Connection,
    number: &SlipNumber,
) -> Result<Option<Visit>, StoreError> {
    one(
        connection,
        "WHERE visit.device = ?1 AND visit.day = ?2 AND visit.count = ?3",
        params![
            number.device.to_string(),
            number.day.to_string(),
            number.count
        ],
    )
}

fn visit(row: &Row<'_>) -> Result<Visit, StoreError> {
    let id: String = row.get(0).doing(READING)?;
    let at = || format!("visit {id}");
    let text = |place: usize| row.get::<_, Option<String>>(place).doing(READING);
    let unreadable = || StoreError::Unreadable {
        doing: READING,
        row: at(),
    };
    let moment = |place: usize| -> Result<Option<DateTime<Utc>>, StoreError> {
        let ms: Option<i64> = row.get(place).doing(READING)?;
        ms.map(|ms| DateTime::from_timestamp_millis(ms).ok_or_else(unreadable))
            .transpose()
    };
    let word = |place: usize| Ok::<_, StoreError>(text(place)?.unwrap_or_default());
    let number = match (text(6)?, text(7)?) {
        (Some(device), Some(day)) => {
            let count = row.get(8).doing(READING)?;
            Some(slips::number(&device, &day, count).ok_or_else(unreadable)?)
        }
        _ => None,
    };
    let leaving = text(14)?
        .map(|word| from_word(word, READING, at))
        .transpose()?;
    let (chinese, latin) = (text(16)?, text(17)?);
    Ok(Visit {
        of: from_word(word(1)?, READING, at)?,
        visitor: from_word(word(2)?, READING, at)?,
        name: (chinese.is_some() || latin.is_some()).then_some(PersonName { chinese, latin }),
        host: text(3)?
            .map(|word| from_word(word, READING, at))
            .transpose()?,
        tenant: text(4)?
            .map(|word| from_word(word, READING, at))
            .transpose()?,
        state: from_word(word(5)?, READING, at)?,
        number,
        window: moment(9)?.zip(moment(10)?),
        came_at: moment(11)?,
        inside_at: moment(12)?,
        left: moment(13)?.zip(leaving),
        carries: row.get(15).doing(READING)?,
        id: from_word(id.clone(), READING, at)?,
    })
}

/// One text, where there is one.
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

/// The permit with this number: the one that was not taken back, where there is one.
pub(super) fn permit(
    connection: &Connection,
    number: &str,
) -> Result<Option<(PermitId, Validity)>, StoreError> {
    one_permit(
        connection,
        "JOIN visit_permit_details AS details ON details.permit = permit.id
         WHERE details.number = ?1 ORDER BY permit.withdrawn_at_ms IS NOT NULL LIMIT 1",
        number.trim(),
    )
}

/// The permit that a visitor came with; none where they need none.
pub(super) fn permit_of(
    connection: &Connection,
    visit: VisitId,
) -> Result<Option<(PermitId, Validity)>, StoreError> {
    one_permit(
        connection,
        "JOIN visits AS visit ON visit.permit = permit.id WHERE visit.id = ?1",
        &visit.to_string(),
    )
}

fn one_permit(
    connection: &Connection,
    rest: &str,
    value: &str,
) -> Result<Option<(PermitId, Validity)>, StoreError> {
    let found: Option<(String, String, String, bool)> = connection
        .prepare_cached(&format!(
            "SELECT permit.id, permit.from_day, permit.until_day,
                 permit.withdrawn_at_ms IS NOT NULL
             FROM visit_permits AS permit {rest}"
        ))
        .and_then(|mut select| select.query_row([value], |row| row.try_into()).optional())
        .doing(READING)?;
    found
        .map(|(id, from, until, is_withdrawn)| {
            let at = || format!("permit {id}");
            let validity = Validity {
                from: from_word(from, READING, at)?,
                until: from_word(until, READING, at)?,
                is_withdrawn,
            };
            Ok((from_word(id.clone(), READING, at)?, validity))
        })
        .transpose()
}
