//! What a record of the keys changes in their books; the same for a deed and for a rebuild.

use crate::keys::{Harm, KeyId, KeyState, Point, Purpose, Record};
use crate::store::error::StoreError;
use crate::store::slips;
use crate::store::sql;
use crate::store::words::to_word;
use rusqlite::{Connection, Params, params};

pub(in crate::store) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    let run = |sql: &str, params: &[&dyn rusqlite::ToSql]| execute(connection, sql, params);
    match record {
        Record::Hung {
            key,
            hook,
            tag,
            of,
            group,
            tenant,
            pieces,
        } => execute(
            connection,
            "INSERT INTO keys (id, hook, tag, kind, key_group, tenant, pieces, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'on-hook')",
            params![
                key.to_string(),
                hook,
                tag,
                to_word(of),
                group.0,
                tenant.map(|tenant| tenant.to_string()),
                pieces,
            ],
        ),
        Record::Granted {
            grant,
            group,
            person,
            from,
            until,
        } => execute(
            connection,
            "INSERT INTO key_grants (id, key_group, person, from_ms, until_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                grant.to_string(),
                group.0,
                person.to_string(),
                from.timestamp_millis(),
                until.map(|until| until.timestamp_millis()),
            ],
        ),
        Record::GrantWithdrawn { grant } => run(
            "UPDATE key_grants SET withdrawn_at_ms = ?2 WHERE id = ?1",
            &[&grant.to_string(), &at_ms],
        ),
        Record::Taken {
            loan,
            hook,
            holder,
            due,
        } => execute(
            connection,
            "INSERT INTO key_loans (id, hook, holder, taken_at_ms, due_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                loan.to_string(),
                hook,
                holder.to_string(),
                at_ms,
                due.timestamp_millis(),
            ],
        ),
        Record::SignedOut {
            loan,
            key,
            hook,
            holder,
            due,
            purpose,
            second,
            goes_along,
            contractor,
        } => {
            let (word, order) = purpose_columns(purpose);
            execute(
                connection,
                "INSERT INTO key_loans (id, hook, holder, taken_at_ms, due_ms, key, purpose,
                     work_order, second, goes_along, contractor)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    loan.to_string(),
                    hook,
                    holder.to_string(),
                    at_ms,
                    due.timestamp_millis(),
                    key.to_string(),
                    word,
                    order,
                    second.map(|second| second.to_string()),
                    goes_along,
                    contractor.map(|contractor| contractor.to_string()),
                ],
            )?;
            set_state(connection, *key, KeyState::Out)
        }
        Record::Returned {
            loan,
            key,
            by_another,
            denied,
            aside,
            ..
        } => {
            let words: Vec<String> = denied.iter().map(to_word).collect();
            execute(
                connection,
                "UPDATE key_loans SET returned_at_ms = ?2, by_another = ?3, denied = ?4
                 WHERE id = ?1 AND by_another IS NULL",
                params![
                    loan.to_string(),
                    at_ms,
                    by_another,
                    serde_json::to_string(&words).unwrap_or_default(),
                ],
            )?;
            let state = match *aside || denied.contains(&Point::Whole) {
                true => KeyState::Damaged,
                false => KeyState::OnHook,
            };
            set_state(connection, *key, state)
        }
        Record::Reported {
            report,
            key,
            harm,
            number,
            job,
        } => {
            execute(
                connection,
                "INSERT INTO key_reports (id, device, day, count, key, harm, reported_at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    report.to_string(),
                    number.device.to_string(),
                    number.day.to_string(),
                    number.count,
                    key.to_string(),
                    to_word(harm),
                    at_ms,
                ],
            )?;
            match harm {
                Harm::Lost => lose(connection, at_ms, *key)?,
                // Whoever has a damaged key still has it.
                Harm::Damaged => execute(
                    connection,
                    "UPDATE keys SET state = 'damaged', turned_up_at_ms = NULL
                     WHERE id = ?1 AND state <> 'out'",
                    [key.to_string()],
                )?,
            }
            slips::use_number(connection, number)?;
            slips::queue(connection, *job, number, at_ms)
        }
        Record::Raised {
            report,
            key,
            number,
            job,
        } => {
            run(
                "UPDATE key_reports SET harm = 'lost' WHERE id = ?1",
                &[&report.to_string()],
            )?;
            lose(connection, at_ms, *key)?;
            slips::use_number(connection, number)?;
            slips::queue(connection, *job, number, at_ms)
        }
        Record::Described { number, job, .. } => {
            slips::use_number(connection, number)?;
            slips::queue(connection, *job, number, at_ms)
        }
        Record::Decided {
            report,
            decision,
            amount_fen,
        } => execute(
            connection,
            "UPDATE key_reports SET decision = ?2, amount_fen = ?3, decided_at_ms = ?4
                 WHERE id = ?1",
            params![report.to_string(), to_word(decision), amount_fen, at_ms],
        ),
        Record::TurnedUp { key } => run(
            "UPDATE keys SET turned_up_at_ms = ?2 WHERE id = ?1",
            &[&key.to_string(), &at_ms],
        ),
        Record::HungBack { key, tag } => {
            // Older books hung keys on their hooks whose takings stood open.
            close_loan(connection, at_ms, *key, false)?;
            run(
                "UPDATE keys SET state = 'on-hook', turned_up_at_ms = NULL, tag = ?2 WHERE id = ?1",
                &[&key.to_string(), tag],
            )
        }
        // A hook and a tag are of one key in the table, so those of a retired key move beside.
        Record::Retired { key } => run(
            "UPDATE keys SET state = 'retired', turned_up_at_ms = NULL,
                 was_hook = hook, was_tag = tag, hook = id, tag = id WHERE id = ?1",
            &[&key.to_string()],
        ),
        Record::CheckBegun { check, day } => run(
            "INSERT INTO key_checks (id, day, begun_at_ms) VALUES (?1, ?2, ?3)",
            &[&check.to_string(), &day.to_string(), &at_ms],
        ),
        Record::Found {
            check,
            key,
            finding,
            has_reason,
        } => execute(
            connection,
            "INSERT INTO key_findings (check_id, key, finding, has_reason) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (check_id, key)
                 DO UPDATE SET finding = excluded.finding, has_reason = excluded.has_reason",
            params![
                check.to_string(),
                key.to_string(),
                to_word(finding),
                has_reason
            ],
        ),
        Record::CheckClosed { check } => run(
            "UPDATE key_checks SET closed_at_ms = ?2 WHERE id = ?1",
            &[&check.to_string(), &at_ms],
        ),
        Record::MapPrinted { number, job } => {
            slips::use_number(connection, number)?;
            slips::queue(connection, *job, number, at_ms)
        }
        Record::TenantTold { loan } => run(
            "UPDATE key_loans SET told_at_ms = ?2 WHERE id = ?1",
            &[&loan.to_string(), &at_ms],
        ),
    }
}

/// A purpose as its two columns: the word, and the work order's number where it is one.
fn purpose_columns(purpose: &Purpose) -> (String, Option<&str>) {
    match purpose {
        Purpose::WorkOrder(number) => ("work-order".to_owned(), Some(number)),
        purpose => (to_word(purpose), None),
    }
}

/// Nobody knows where a key is: it is with nobody any more.
fn lose(connection: &Connection, at_ms: i64, key: KeyId) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE keys SET state = 'lost', turned_up_at_ms = NULL WHERE id = ?1",
        [key.to_string()],
    )?;
    close_loan(connection, at_ms, key, true)
}

/// A taking is over without anybody bringing the key.
fn close_loan(
    connection: &Connection,
    at_ms: i64,
    key: KeyId,
    is_lost: bool,
) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE key_loans SET returned_at_ms = ?2, lost = ?3
         WHERE key = ?1 AND returned_at_ms IS NULL",
        params![key.to_string(), at_ms, is_lost],
    )
}

fn set_state(connection: &Connection, key: KeyId, state: KeyState) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE keys SET state = ?2 WHERE id = ?1",
        params![key.to_string(), to_word(&state)],
    )
}

pub(super) fn execute(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<(), StoreError> {
    sql::execute(connection, "write the books of the keys", sql, params)
}
