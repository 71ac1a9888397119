//! What the records after lending and returning change in the books of lending.

use super::fold::{ask, close, execute, is_dirty, set_state, set_state_of_loan};
use crate::lending::record::Record;
use crate::lending::{LoanId, ThingState, WashMove};
use crate::store::error::StoreError;
use crate::store::slips;
use crate::store::words::to_word;
use rusqlite::{Connection, params};

pub(super) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    match record {
        // Folded beside their deeds, in `fold`.
        Record::ThingEntered { .. }
        | Record::PoolCounted { .. }
        | Record::Lent { .. }
        | Record::Returned { .. } => Ok(()),
        Record::Answered {
            loan,
            answers,
            state,
        } => {
            for said in answers {
                ask(connection, *loan, said.question, said.yes)?;
            }
            match state {
                Some(state) => set_state_of_loan(connection, *loan, *state),
                None => Ok(()),
            }
        }
        Record::Renewed {
            loan,
            due,
            renewals,
        } => execute(
            connection,
            "UPDATE lending_loans SET due_ms = ?2, renewals = ?3 WHERE id = ?1",
            params![loan.to_string(), due.timestamp_millis(), renewals],
        ),
        Record::Lost { loan } => {
            close(connection, *loan, "nobody", at_ms)?;
            set_state_of_loan(connection, *loan, ThingState::Lost)?;
            change_total(connection, loan.to_string(), -1)
        }
        Record::TurnedUp {
            loan,
            brought_by,
            asks,
            washed,
            ..
        } => {
            execute(
                connection,
                "UPDATE lending_loans SET returned_at_ms = ?2, brought_by = ?3
                 WHERE id = ?1 AND brought_by = 'nobody'",
                params![loan.to_string(), at_ms, to_word(brought_by)],
            )?;
            set_state_of_loan(connection, *loan, ThingState::AwaitingCheck)?;
            change_total(connection, loan.to_string(), 1)?;
            for question in asks {
                ask(connection, *loan, *question, None)?;
            }
            match washed {
                true => is_dirty(connection, *loan),
                false => Ok(()),
            }
        }
        Record::ThingMoved { thing, state } => set_state(connection, *thing, *state),
        Record::Booked {
            booking,
            loan,
            of,
            amount_fen,
        } => {
            execute(
                connection,
                "INSERT INTO lending_bookings (id, loan, of, amount_fen, at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    booking.to_string(),
                    loan.to_string(),
                    to_word(of),
                    amount_fen,
                    at_ms
                ],
            )?;
            hold_what_is_left(connection, *loan)
        }
        Record::Reserved {
            reservation,
            thing,
            person,
            from,
            until,
        } => execute(
            connection,
            "INSERT INTO lending_reservations (id, thing, person, from_ms, until_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                reservation.to_string(),
                thing.to_string(),
                person.to_string(),
                from.timestamp_millis(),
                until.timestamp_millis(),
            ],
        ),
        Record::ReservationEnded { reservation, how } => execute(
            connection,
            "UPDATE lending_reservations SET ended = ?2 WHERE id = ?1 AND ended IS NULL",
            params![reservation.to_string(), to_word(how)],
        ),
        Record::Given { of, person, .. } => {
            execute(
                connection,
                "INSERT INTO lending_given (kind, person, at_ms) VALUES (?1, ?2, ?3)",
                params![of.0, person.to_string(), at_ms],
            )?;
            execute(
                connection,
                "UPDATE lending_pools SET total = total - 1 WHERE kind = ?1",
                [&of.0],
            )
        }
        Record::WashSheetPrinted { number, job } => {
            slips::use_number(connection, number)?;
            slips::queue(connection, *job, number, at_ms)
        }
        Record::Washed { of, how, count } => {
            wash(connection, &of.0, *how, *count)?;
            execute(
                connection,
                "INSERT INTO lending_washes (kind, how, count, at_ms) VALUES (?1, ?2, ?3, ?4)",
                params![of.0, to_word(how), count, at_ms],
            )
        }
        Record::Rain { on } => execute(
            connection,
            "INSERT INTO lending_rain (id, falls) VALUES (1, ?1)
             ON CONFLICT (id) DO UPDATE SET falls = excluded.falls",
            [on],
        ),
    }
}

/// One more or one less belongs to the stand that this loan came out of.
fn change_total(connection: &Connection, loan: String, by: i32) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE lending_pools SET total = max(0, total + ?2)
         WHERE kind = (SELECT kind FROM lending_loans WHERE id = ?1 AND thing IS NULL)",
        params![loan, by],
    )
}

/// The house holds what is left of a loan's deposit.
fn hold_what_is_left(connection: &Connection, loan: LoanId) -> Result<(), StoreError> {
    let loan = loan.to_string();
    execute(
        connection,
        "DELETE FROM lending_deposits WHERE loan = ?1",
        [&loan],
    )?;
    execute(
        connection,
        "INSERT INTO lending_deposits (loan, held_fen)
         SELECT loan, sum(CASE of WHEN 'deposit-taken' THEN amount_fen ELSE -amount_fen END) AS held_fen
         FROM lending_bookings
         WHERE loan = ?1 AND of IN ('deposit-taken', 'deposit-returned', 'deposit-kept')
         GROUP BY loan HAVING held_fen > 0",
        [&loan],
    )
}

fn wash(connection: &Connection, kind: &str, how: WashMove, count: u32) -> Result<(), StoreError> {
    let sql = match how {
        WashMove::Sent => {
            "UPDATE lending_pools SET dirty = dirty - ?2, washing = washing + ?2 WHERE kind = ?1"
        }
        WashMove::Back => "UPDATE lending_pools SET washing = washing - ?2 WHERE kind = ?1",
        // The laundry's first, then what was not clean.
        WashMove::WrittenOff => {
            "UPDATE lending_pools SET total = total - ?2,
                 washing = washing - min(washing, ?2),
                 dirty = dirty - (?2 - min(washing, ?2))
             WHERE kind = ?1"
        }
    };
    execute(connection, sql, params![kind, count])
}
