//! What My page and the desk ask about visits.

use super::Refusable;
use super::reading::{READING, open_visits, text, visits};
use crate::people::{Act, Language, PersonId, TenantId, TenantState};
use crate::slips::{PrintJobId, SlipNumber};
use crate::store::books::Books;
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::words::from_word;
use crate::store::{people, slips, sql};
use crate::visits::slip::{Present, roll_call};
use crate::visits::{CardOut, MessageId, PermitTakenBack, Told, Visit, VisitId, VisitRefusal};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

impl Books {
    /// ● Who is inside now, the longest first.
    pub fn inside_now(&self) -> Result<Vec<Visit>, StoreError> {
        open_visits(
            &self.connection,
            "visit.state = 'inside' ORDER BY visit.inside_at_ms, visit.id",
            [],
        )
    }

    /// One visit, wherever it stands.
    pub fn visit(&self, visit: VisitId) -> Result<Option<Visit>, StoreError> {
        super::reading::by_id(&self.connection, visit)
    }

    /// What a visitor told at the touch screen, as far as it is not erased.
    pub fn visit_told(&self, visit: VisitId) -> Result<Told, StoreError> {
        let found = sql::rows(
            &self.connection,
            READING,
            "SELECT purpose, things, coalesce(json_array_length(signature, '$.strokes'), 0) > 0
             FROM visit_details WHERE visit = ?1",
            [visit.to_string()],
            |row| {
                Ok(Told {
                    purpose: row.get(0)?,
                    things: row.get(1)?,
                    is_signed: row.get(2)?,
                })
            },
        )?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    /// The visits of visitors found by name, and the one of this number, the latest first.
    pub fn visits_found(
        &self,
        visitors: &[PersonId],
        number: Option<&SlipNumber>,
        limit: usize,
    ) -> Result<Vec<Visit>, StoreError> {
        let mut found = Vec::new();
        if let Some(number) = number {
            found.extend(super::reading::by_number(&self.connection, number)?);
        }
        for visitor in visitors {
            found.extend(visits(
                &self.connection,
                "WHERE visit.visitor = ?1 ORDER BY visit.id DESC LIMIT 3",
                [visitor.to_string()],
            )?);
        }
        found.truncate(limit);
        Ok(found)
    }

    /// Who is expected and not over yet, the earliest first.
    pub fn visits_expected(&self, at: DateTime<Utc>) -> Result<Vec<Visit>, StoreError> {
        open_visits(
            &self.connection,
            "visit.state = 'announced' AND visit.until_ms > ?1
             ORDER BY visit.from_ms, visit.id",
            [at.timestamp_millis()],
        )
    }

    /// Who waits for a yes, the longest first: the desk's call list.
    pub fn visits_waiting(&self) -> Result<Vec<Visit>, StoreError> {
        open_visits(
            &self.connection,
            "visit.state IN ('waiting', 'admitted') ORDER BY visit.came_at_ms, visit.id",
            [],
        )
    }

    /// Who left since a moment, the latest first; with those that nobody saw leave.
    pub fn visits_left_since(&self, since: DateTime<Utc>) -> Result<Vec<Visit>, StoreError> {
        visits(
            &self.connection,
            "WHERE visit.left_at_ms >= ?1 ORDER BY visit.left_at_ms DESC, visit.id",
            [since.timestamp_millis()],
        )
    }

    /// Who came since a moment and was never let in, the latest first.
    pub fn visits_refused_since(&self, since: DateTime<Utc>) -> Result<Vec<Visit>, StoreError> {
        visits(
            &self.connection,
            "WHERE visit.state IN ('refused', 'lapsed') AND visit.came_at_ms >= ?1
             ORDER BY visit.came_at_ms DESC, visit.id",
            [since.timestamp_millis()],
        )
    }

    /// The visitors somebody expects or who wait for their yes: what My page shows.
    pub fn visits_of_host(
        &self,
        host: PersonId,
        at: DateTime<Utc>,
    ) -> Result<Vec<Visit>, StoreError> {
        visits(
            &self.connection,
            // Whom the desk has to look at first is not the host's to let in yet.
            "WHERE visit.id IN (
                     SELECT id FROM visits WHERE host = ?1 AND state IN ('announced', 'waiting')
                     UNION ALL SELECT works.id FROM visit_permits AS permit
                     JOIN visits AS works ON works.permit = permit.id
                         AND works.state IN ('announced', 'waiting')
                     WHERE permit.answers = ?1 AND works.host IS NULL)
                 AND (visit.state = 'waiting' OR visit.until_ms > ?2)
                 AND NOT (visit.state = 'waiting' AND EXISTS
                     (SELECT 1 FROM visit_alerts AS alert
                      JOIN do_not_admit AS entry ON entry.id = alert.entry
                      WHERE alert.id = visit.id AND alert.cleared_by IS NULL
                          AND entry.lifted_at_ms IS NULL))
             ORDER BY visit.state DESC, visit.from_ms, visit.came_at_ms",
            rusqlite::params![host.to_string(), at.timestamp_millis()],
        )
    }

    /// Work permits that the desk took back before their last day, for whoever answers for the work, the
    /// latest first. One that was entered anew under its number holds, and is no news.
    pub fn permits_taken_back(
        &self,
        answers: PersonId,
        at: DateTime<Utc>,
    ) -> Result<Vec<PermitTakenBack>, StoreError> {
        let today = self.building.local(at).date().to_string();
        sql::rows(
            &self.connection,
            READING,
            "SELECT details.number, details.company FROM visit_permits AS permit
             JOIN visit_permit_details AS details ON details.permit = permit.id
             WHERE permit.answers = ?1 AND permit.withdrawn_at_ms IS NOT NULL
                 AND permit.until_day >= ?2 AND NOT EXISTS
                     (SELECT 1 FROM visit_permit_details AS same
                      JOIN visit_permits AS other ON other.id = same.permit
                      WHERE same.number = details.number AND other.withdrawn_at_ms IS NULL)
             ORDER BY permit.withdrawn_at_ms DESC, permit.id",
            [answers.to_string(), today],
            |row| {
                Ok(PermitTakenBack {
                    number: row.get(0)?,
                    company: row.get(1)?,
                })
            },
        )
    }

    /// The temporary cards that are out, the longest first.
    pub fn cards_out(&self) -> Result<Vec<CardOut>, StoreError> {
        let rows: Vec<(String, String, i64, bool)> = self
            .connection
            .prepare_cached(
                "SELECT out.card, out.visit, out.issued_at_ms, visit.state <> 'inside'
                 FROM visit_cards AS out JOIN visits AS visit ON visit.id = out.visit
                 WHERE out.returned_at_ms IS NULL ORDER BY out.issued_at_ms",
            )
            .and_then(|mut select| select.query_map([], |row| row.try_into())?.collect())
            .doing(READING)?;
        rows.into_iter()
            .map(|(card, visit, since, is_overdue)| {
                let row = || format!("card {card}");
                let unreadable = || StoreError::Unreadable {
                    doing: READING,
                    row: row(),
                };
                Ok(CardOut {
                    visit: from_word(visit, READING, row)?,
                    since: DateTime::from_timestamp_millis(since).ok_or_else(unreadable)?,
                    is_overdue,
                    card: from_word(card.clone(), READING, row)?,
                })
            })
            .collect()
    }

    /// How many messages for this host nobody at the desk has passed on yet.
    pub fn messages_for(&self, host: PersonId) -> Result<u32, StoreError> {
        self.connection
            .prepare_cached(
                "SELECT count(*) FROM matters JOIN visit_messages AS message
                     ON message.id = matters.about
                 WHERE matters.cause = 'message-for-host' AND matters.closed_at_ms IS NULL
                     AND message.host = ?1",
            )
            .and_then(|mut select| select.query_row([host.to_string()], |row| row.get(0)))
            .doing(READING)
    }

    /// What somebody left word of; none once it is erased.
    pub fn message(&self, message: MessageId) -> Result<Option<(String, String)>, StoreError> {
        self.connection
            .prepare_cached("SELECT sender, text FROM visit_message_texts WHERE message = ?1")
            .and_then(|mut select| {
                select
                    .query_row([message.to_string()], |row| row.try_into())
                    .optional()
            })
            .doing(READING)
    }

    /// ● Prints the roll call: everybody inside, with a box to tick for each.
    pub fn print_roll_call(
        &mut self,
        language: Language,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<(SlipNumber, PrintJobId), VisitRefusal>, StoreError> {
        self.perform("print the roll call", at, by, |deed| {
            let checked: Refusable<()> = super::desk::allowed(deed, by, Act::ReadRegisters);
            granted!(checked?);
            let inside = open_visits(
                &deed.tx,
                "visit.state = 'inside' ORDER BY visit.inside_at_ms, visit.id",
                [],
            )?;
            let mut present = Vec::new();
            for visit in inside {
                let room = match visit.tenant {
                    Some(tenant) => people::tenant(&deed.tx, tenant)?.rooms.into_iter().next(),
                    None => None,
                };
                let name = visit
                    .name
                    .map(|name| name.whole(language).to_owned())
                    .unwrap_or_default();
                if let Some(number) = visit.number {
                    present.push(Present {
                        name,
                        number,
                        room: room.unwrap_or_default(),
                    });
                }
            }
            let number = slips::next_number(&deed.tx, deed.building.device, deed.today())?;
            let job = PrintJobId(deed.new_id()?);
            let count = u32::try_from(present.len()).unwrap_or(u32::MAX);
            deed.record(crate::visits::Record::RollCalled {
                number: number.clone(),
                job,
                count,
            })?;
            let paper = roll_call(deed.building, &number, &present, at, language);
            slips::keep(&deed.tx, job, &paper)?;
            Ok(Ok((number, job)))
        })
    }
}

/// The company of somebody who may be visited; nothing where nobody is there to visit.
pub(super) fn host(
    connection: &Connection,
    person: PersonId,
) -> Result<Option<Option<TenantId>>, StoreError> {
    let sql = "SELECT coalesce(person.tenant, '') FROM persons AS person
        WHERE person.id = ?1 AND EXISTS (SELECT 1 FROM person_roles AS role
            WHERE role.person = person.id AND role.role NOT IN ('visitor', 'contractor'))";
    let Some(tenant) = text(connection, sql, [person.to_string()])? else {
        return Ok(None);
    };
    if tenant.is_empty() {
        return Ok(Some(None));
    }
    let tenant = from_word(tenant, READING, || format!("person {person}"))?;
    Ok(match people::tenant(connection, tenant)?.state {
        TenantState::Moved => None,
        _ => Some(Some(tenant)),
    })
}
