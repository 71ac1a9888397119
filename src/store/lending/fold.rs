//! What a record of lending changes in its books; the same for a deed and for a rebuild.

use super::after;
use crate::lending::record::Record;
use crate::lending::{LoanId, Question, ThingId, ThingState};
use crate::store::error::StoreError;
use crate::store::words::to_word;
use crate::store::{slips, sql};
use rusqlite::{Connection, Params, params};

pub(in crate::store) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    match record {
        Record::ThingEntered {
            thing,
            of,
            tag,
            label,
            state,
        } => execute(
            connection,
            "INSERT INTO lending_things (id, kind, tag, label, state) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![thing.to_string(), of.0, tag, label, to_word(state)],
        ),
        Record::PoolCounted { of, total } => execute(
            connection,
            "INSERT INTO lending_pools (kind, total) VALUES (?1, ?2)
             ON CONFLICT (kind) DO UPDATE SET total = excluded.total",
            params![of.0, total],
        ),
        Record::Lent {
            loan,
            number,
            of,
            item,
            borrower,
            due,
            terms,
            job,
            how: _,
        } => {
            let thing = item.thing();
            execute(
                connection,
                "INSERT INTO lending_loans
                     (id, device, day, count, kind, thing, borrower, lent_at_ms, due_ms,
                      deposit_fen)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    loan.to_string(),
                    number.device.to_string(),
                    number.day.to_string(),
                    number.count,
                    of.0,
                    thing.map(|thing| thing.to_string()),
                    borrower.to_string(),
                    at_ms,
                    due.timestamp_millis(),
                    terms.deposit_fen,
                ],
            )?;
            if let Some(thing) = thing {
                set_state(connection, thing, ThingState::OnLoan)?;
            }
            slips::use_number(connection, number)?;
            match job {
                Some(job) => slips::queue(connection, *job, number, at_ms),
                None => Ok(()),
            }
        }
        Record::Returned {
            loan,
            brought_by,
            awaiting_check,
            asks,
            washed,
            ..
        } => {
            close(connection, *loan, &to_word(brought_by), at_ms)?;
            let state = match awaiting_check {
                true => ThingState::AwaitingCheck,
                false => ThingState::Available,
            };
            set_state_of_loan(connection, *loan, state)?;
            for question in asks {
                ask(connection, *loan, *question, None)?;
            }
            match washed {
                true => is_dirty(connection, *loan),
                false => Ok(()),
            }
        }
        other => after::apply(connection, at_ms, other),
    }
}

/// What came back with a loan is washed before it goes out again.
pub(super) fn is_dirty(connection: &Connection, loan: LoanId) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE lending_pools SET dirty = dirty + 1
         WHERE kind = (SELECT kind FROM lending_loans WHERE id = ?1)",
        [loan.to_string()],
    )
}

/// Notes a question of a return, or the answer to it.
pub(super) fn ask(
    connection: &Connection,
    loan: LoanId,
    question: Question,
    yes: Option<bool>,
) -> Result<(), StoreError> {
    execute(
        connection,
        "INSERT INTO lending_questions (loan, question, yes) VALUES (?1, ?2, ?3)
         ON CONFLICT (loan, question) DO UPDATE SET yes = excluded.yes",
        params![loan.to_string(), String::from(question), yes],
    )
}

/// Closes a loan; `brought_by` is 'nobody' for one that is lost.
pub(super) fn close(
    connection: &Connection,
    loan: LoanId,
    brought_by: &str,
    at_ms: i64,
) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE lending_loans SET returned_at_ms = ?2, brought_by = ?3
         WHERE id = ?1 AND returned_at_ms IS NULL",
        params![loan.to_string(), at_ms, brought_by],
    )
}

/// Says how the thing of a loan stands; nothing for one out of a stand.
pub(super) fn set_state_of_loan(
    connection: &Connection,
    loan: LoanId,
    state: ThingState,
) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE lending_things SET state = ?2
         WHERE id = (SELECT thing FROM lending_loans WHERE id = ?1)",
        params![loan.to_string(), to_word(&state)],
    )
}

pub(super) fn set_state(
    connection: &Connection,
    thing: ThingId,
    state: ThingState,
) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE lending_things SET state = ?2 WHERE id = ?1",
        params![thing.to_string(), to_word(&state)],
    )
}

pub(super) fn execute(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<(), StoreError> {
    sql::execute(connection, "write the books of lending", sql, params)
}
