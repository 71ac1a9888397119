//! What the books of lending say beside things and loans: stands, answers, amounts, reservations,
//! the laundry, and the weather.

use super::reading::READING;
use crate::desk::facts::LoanEnded;
use crate::lending::{
    Answered, Booking, KindId, LoanId, Money, Question, Reservation, Stand, ThingState, WashMove,
};
use crate::people::PersonId;
use crate::store::error::{Doing, StoreError};
use crate::store::sql;
use crate::store::words::from_word;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

/// Rows as a closure reads them.
fn rows<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    sql::rows(connection, READING, sql, params, read)
}

/// Every stand, with where its things are.
pub(in crate::store) fn all_stands(connection: &Connection) -> Result<Vec<Stand>, StoreError> {
    rows(
        connection,
        "SELECT kind, total, (SELECT count(*) FROM lending_loans AS loan
             WHERE loan.kind = pool.kind AND thing IS NULL AND returned_at_ms IS NULL),
             dirty, washing
         FROM lending_pools AS pool ORDER BY kind",
        [],
        |row| {
            Ok(Stand {
                kind: KindId(row.get(0)?),
                total: row.get(1)?,
                out: row.get(2)?,
                dirty: row.get(3)?,
                washing: row.get(4)?,
            })
        },
    )
}

/// What was asked at the return of a loan, with what was said.
pub(in crate::store) fn answers_of(
    connection: &Connection,
    loan: LoanId,
) -> Result<Vec<Answered>, StoreError> {
    let found: Vec<(String, Option<bool>)> = rows(
        connection,
        "SELECT question, yes FROM lending_questions WHERE loan = ?1 ORDER BY question",
        [loan.to_string()],
        |row| row.try_into(),
    )?;
    found
        .into_iter()
        .map(|(question, yes)| {
            let question = Question::try_from(question).map_err(|_| StoreError::Unreadable {
                doing: READING,
                row: format!("question of loan {loan}"),
            })?;
            Ok(Answered { question, yes })
        })
        .collect()
}

/// The amounts entered about a loan, the oldest first.
pub(in crate::store) fn money_of(
    connection: &Connection,
    loan: LoanId,
) -> Result<Vec<Money>, StoreError> {
    let found: Vec<(String, u32)> = rows(
        connection,
        "SELECT of, amount_fen FROM lending_bookings WHERE loan = ?1 ORDER BY at_ms, id",
        [loan.to_string()],
        |row| row.try_into(),
    )?;
    found
        .into_iter()
        .map(|(of, amount_fen)| {
            let of: Booking = from_word(of, READING, || format!("amount of loan {loan}"))?;
            Ok(Money {
                loan,
                of,
                amount_fen,
            })
        })
        .collect()
}

/// How and when a loan ended; nothing while it goes on.
pub(in crate::store) fn ending_of(
    connection: &Connection,
    loan: LoanId,
) -> Result<Option<LoanEnded>, StoreError> {
    let sql = "SELECT returned_at_ms, brought_by = 'nobody' FROM lending_loans
        WHERE id = ?1 AND returned_at_ms IS NOT NULL";
    let found: Vec<(i64, bool)> = rows(connection, sql, [loan.to_string()], |row| row.try_into())?;
    let Some((at_ms, is_lost)) = found.into_iter().next() else {
        return Ok(None);
    };
    let at = DateTime::from_timestamp_millis(at_ms).ok_or_else(|| StoreError::Unreadable {
        doing: READING,
        row: format!("end of loan {loan}"),
    })?;
    Ok(Some(match is_lost {
        true => LoanEnded::Lost(at),
        false => LoanEnded::Back(at),
    }))
}

/// Whether a loan ended because its thing was lost.
pub(super) fn is_lost(connection: &Connection, loan: LoanId) -> Result<bool, StoreError> {
    let ended = ending_of(connection, loan)?;
    Ok(matches!(ended, Some(LoanEnded::Lost(_))))
}

/// How the thing of a loan stands; nothing for one out of a stand.
pub(super) fn state_of_loan(
    connection: &Connection,
    loan: LoanId,
) -> Result<Option<ThingState>, StoreError> {
    let sql = "SELECT state FROM lending_things
        WHERE id = (SELECT thing FROM lending_loans WHERE id = ?1)";
    let found: Vec<String> = rows(connection, sql, [loan.to_string()], |row| row.get(0))?;
    let state = found.into_iter().next();
    state
        .map(|state| from_word(state, READING, || format!("thing of loan {loan}")))
        .transpose()
}

/// Everything that is kept for somebody, the earliest first.
pub(in crate::store) fn all_reservations(
    connection: &Connection,
) -> Result<Vec<Reservation>, StoreError> {
    reservations_where(connection, "ended IS NULL ORDER BY from_ms, id", [])
}

pub(super) fn reservations_where(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Vec<Reservation>, StoreError> {
    let sql = format!(
        "SELECT id, thing, person, from_ms, until_ms FROM lending_reservations WHERE {condition}"
    );
    let found: Vec<(String, String, String, i64, i64)> =
        rows(connection, &sql, params, |row| row.try_into())?;
    found
        .into_iter()
        .map(|(id, thing, person, from_ms, until_ms)| {
            let row = || format!("reservation {id}");
            let moment = |ms| {
                DateTime::from_timestamp_millis(ms).ok_or_else(|| StoreError::Unreadable {
                    doing: READING,
                    row: row(),
                })
            };
            Ok(Reservation {
                thing: from_word(thing, READING, row)?,
                person: from_word(person, READING, row)?,
                from: moment(from_ms)?,
                until: moment(until_ms)?,
                id: from_word(id.clone(), READING, row)?,
            })
        })
        .collect()
}

/// How many of a kind somebody was given since then.
pub(super) fn given_since(
    connection: &Connection,
    kind: &KindId,
    person: PersonId,
    since: DateTime<Utc>,
) -> Result<u32, StoreError> {
    connection
        .prepare_cached(
            "SELECT count(*) FROM lending_given WHERE person = ?1 AND kind = ?2 AND at_ms >= ?3",
        )
        .and_then(|mut select| {
            let since = since.timestamp_millis();
            select.query_row(params![person.to_string(), kind.0, since], |row| row.get(0))
        })
        .doing(READING)
}

/// How many of a kind went out since then, and how many came back.
pub(super) fn went_since(
    connection: &Connection,
    kind: &KindId,
    since: DateTime<Utc>,
) -> Result<(u32, u32), StoreError> {
    connection
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE lent_at_ms >= ?2),
                 count(*) FILTER (WHERE returned_at_ms >= ?2 AND brought_by <> 'nobody')
             FROM lending_loans WHERE kind = ?1 AND thing IS NULL",
        )
        .and_then(|mut select| {
            let since = since.timestamp_millis();
            select.query_row(params![kind.0, since], |row| row.try_into())
        })
        .doing(READING)
}

/// The counts of the laundry since then, by kind and move.
pub(in crate::store) fn washes_since(
    connection: &Connection,
    since: DateTime<Utc>,
) -> Result<Vec<(KindId, WashMove, u32)>, StoreError> {
    let found: Vec<(String, String, u32)> = rows(
        connection,
        "SELECT kind, how, sum(count) FROM lending_washes WHERE at_ms >= ?1 GROUP BY kind, how",
        [since.timestamp_millis()],
        |row| row.try_into(),
    )?;
    found
        .into_iter()
        .map(|(kind, how, count)| {
            let how = from_word(how, READING, || format!("laundry of {kind}"))?;
            Ok((KindId(kind), how, count))
        })
        .collect()
}

/// Whether rain mode is on.
pub(in crate::store) fn rains(connection: &Connection) -> Result<bool, StoreError> {
    let falls = connection
        .prepare_cached("SELECT falls FROM lending_rain WHERE id = 1")
        .and_then(|mut select| select.query_row([], |row| row.get(0)).optional())
        .doing(READING)?;
    Ok(falls.unwrap_or(false))
}
