//! What a record of visits changes in its books; the same for a deed and for a rebuild.

use super::execute;
use crate::store::error::StoreError;
use crate::store::slips;
use crate::store::words::to_word;
use crate::visits::{ApprovedBy, Record, VisitState};
use rusqlite::{Connection, params};

pub(in crate::store) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    let on = |id: &str, set: &str| {
        let sql = format!("UPDATE visits SET {set} WHERE id = ?1");
        execute(connection, &sql, params![id, at_ms])
    };
    match record {
        Record::Announced {
            visit,
            of,
            visitor,
            host,
            tenant,
            from,
            until,
        } => execute(
            connection,
            "INSERT INTO visits (id, type, visitor, host, tenant, state, from_ms, until_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, 'announced', ?6, ?7)",
            params![
                visit.to_string(),
                to_word(of),
                visitor.to_string(),
                host.to_string(),
                tenant.map(|tenant| tenant.to_string()),
                from.timestamp_millis(),
                until.timestamp_millis(),
            ],
        )?,
        Record::Came {
            visit,
            of,
            visitor,
            host,
            tenant,
            permit,
            number,
            state,
            invited,
            carries,
        } => {
            let approval = invited.then(|| to_word(&ApprovedBy::Invitation));
            execute(
                connection,
                "INSERT INTO visits (id, type, visitor, host, tenant, permit, state, device, day,
                     count, came_at_ms, approval, carries)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                 ON CONFLICT (id) DO UPDATE SET permit = excluded.permit, state = excluded.state,
                     device = excluded.device, day = excluded.day, count = excluded.count,
                     came_at_ms = excluded.came_at_ms, approval = excluded.approval,
                     carries = excluded.carries",
                params![
                    visit.to_string(),
                    to_word(of),
                    visitor.to_string(),
                    host.map(|host| host.to_string()),
                    tenant.map(|tenant| tenant.to_string()),
                    permit.map(|permit| permit.to_string()),
                    to_word(state),
                    number.device.to_string(),
                    number.day.to_string(),
                    number.count,
                    at_ms,
                    approval,
                    carries,
                ],
            )?;
            return slips::use_number(connection, number);
        }
        Record::Approved {
            visit,
            by,
            said_yes,
        } => execute(
            connection,
            "UPDATE visits SET state = 'admitted', approval = ?2, said_yes = ?3 WHERE id = ?1",
            params![visit.to_string(), to_word(by), said_yes.to_string()],
        )?,
        Record::Refused { visit, said_no } => execute(
            connection,
            "UPDATE visits SET state = 'refused', said_yes = ?2 WHERE id = ?1",
            params![visit.to_string(), said_no.to_string()],
        )?,
        Record::Entered { visit, number, job } => {
            on(&visit.to_string(), "state = 'inside', inside_at_ms = ?2")?;
            return slips::queue(connection, *job, number, at_ms);
        }
        Record::Left {
            visit,
            leaving,
            carried_out,
        } => execute(
            connection,
            "UPDATE visits SET state = 'left', left_at_ms = ?2, leaving = ?3, carried_out = ?4
             WHERE id = ?1",
            params![
                visit.to_string(),
                at_ms,
                to_word(leaving),
                to_word(carried_out)
            ],
        )?,
        Record::Lapsed { visit } => execute(
            connection,
            "UPDATE visits SET state = ?2 WHERE id = ?1",
            params![visit.to_string(), to_word(&VisitState::Lapsed)],
        )?,
        Record::Withdrawn { visit, by } => execute(
            connection,
            "UPDATE visits SET state = ?2, withdrawn_by = ?3 WHERE id = ?1",
            params![
                visit.to_string(),
                to_word(&VisitState::Lapsed),
                by.to_string()
            ],
        )?,
        Record::CardIssued { visit, card } => execute(
            connection,
            "INSERT INTO visit_cards (visit, card, issued_at_ms) VALUES (?1, ?2, ?3)
             ON CONFLICT (visit, card) DO UPDATE SET returned_at_ms = NULL",
            params![visit.to_string(), card.to_string(), at_ms],
        )?,
        // Whether a card came back or is gone, it is out no longer; which of both, the journal tells.
        Record::CardReturned { visit, card } | Record::CardGone { visit, card, .. } => execute(
            connection,
            "UPDATE visit_cards SET returned_at_ms = ?3 WHERE visit = ?1 AND card = ?2",
            params![visit.to_string(), card.to_string(), at_ms],
        )?,
        Record::PermitEntered {
            permit,
            answers,
            from,
            until,
        } => execute(
            connection,
            "INSERT INTO visit_permits (id, answers, from_day, until_day) VALUES (?1, ?2, ?3, ?4)",
            params![
                permit.to_string(),
                answers.to_string(),
                from.to_string(),
                until.to_string()
            ],
        )?,
        Record::PermitWithdrawn { permit, by } => execute(
            connection,
            "UPDATE visit_permits SET withdrawn_at_ms = ?2, withdrawn_by = ?3
             WHERE id = ?1 AND withdrawn_at_ms IS NULL",
            params![permit.to_string(), at_ms, by.to_string()],
        )?,
        Record::NotAdmitted { entry } => execute(
            connection,
            "INSERT INTO do_not_admit (id, entered_at_ms) VALUES (?1, ?2)",
            params![entry.to_string(), at_ms],
        )?,
        Record::Lifted { entry } => execute(
            connection,
            "UPDATE do_not_admit SET lifted_at_ms = ?2 WHERE id = ?1 AND lifted_at_ms IS NULL",
            params![entry.to_string(), at_ms],
        )?,
        Record::Alerted {
            visit,
            entry,
            certainty,
        } => execute(
            connection,
            // Who was found to be somebody else may come on the list for certain: that is looked at anew.
            "INSERT INTO visit_alerts (id, entry, certainty, at_ms) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET entry = excluded.entry,
                 certainty = excluded.certainty, at_ms = excluded.at_ms, cleared_by = NULL",
            params![
                visit.to_string(),
                entry.to_string(),
                to_word(certainty),
                at_ms
            ],
        )?,
        Record::MatchCleared { visit, by } => execute(
            connection,
            "UPDATE visit_alerts SET cleared_by = ?2 WHERE id = ?1 AND cleared_by IS NULL",
            params![visit.to_string(), by.to_string()],
        )?,
        Record::MessageLeft { message, host } => execute(
            connection,
            "INSERT INTO visit_messages (id, host, at_ms) VALUES (?1, ?2, ?3)",
            params![message.to_string(), host.to_string(), at_ms],
        )?,
        Record::RollCalled { number, job, .. } => {
            slips::use_number(connection, number)?;
            return slips::queue(connection, *job, number, at_ms);
        }
        // Only rows outside the fold went.
        Record::Erased { .. } => 0,
    };
    Ok(())
}
