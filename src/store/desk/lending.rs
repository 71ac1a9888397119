//! What the room of lending shows beside loans, things and stands.

use super::facts::{loan_fact, name};
use crate::desk::lending::{KeptFact, LendingFacts};
use crate::lending::ThingState;
use crate::store::error::StoreError;
use crate::store::lending;
use chrono::{DateTime, Utc};
use rusqlite::Connection;

/// Loans in the register on the screen; older ones are found by the search box.
const A_SCREENFUL: u32 = 100;

pub(super) fn facts(
    connection: &Connection,
    midnight: DateTime<Utc>,
) -> Result<LendingFacts, StoreError> {
    let mut asked = Vec::new();
    for thing in lending::all_things(connection)? {
        if !matches!(
            thing.state,
            ThingState::AwaitingCheck | ThingState::InRepair
        ) {
            continue;
        }
        if let Some((loan, _)) = lending::latest_loan_of(connection, thing.id)? {
            asked.push((thing.id, lending::answers_of(connection, loan.id)?));
        }
    }
    let mut kept = Vec::new();
    for reservation in lending::all_reservations(connection)? {
        kept.push(KeptFact {
            person: name(connection, reservation.person)?.unwrap_or_default(),
            kept: reservation,
        });
    }
    let mut deposits = Vec::new();
    for loan in lending::with_deposit_held(connection)? {
        deposits.push(loan_fact(connection, loan)?);
    }
    let mut register = Vec::new();
    for loan in lending::latest(connection, A_SCREENFUL)? {
        register.push(loan_fact(connection, loan)?);
    }
    Ok(LendingFacts {
        register,
        asked,
        kept,
        deposits,
        washes: lending::washes_since(connection, midnight)?,
        rain: lending::rains(connection)?,
    })
}
