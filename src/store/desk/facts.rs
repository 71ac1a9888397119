//! What the rooms of the desk show, read at one moment.

use crate::desk::facts::{
    Bringer, EntryFact, Facts, JobFact, LoanFact, MatterFact, PersonFact, ReportFact, TenantFact,
    VisitFact,
};
use crate::keys::KeyState;
use crate::lending::{Loan, check, money};
use crate::matters::Matter;
use crate::people::{Bilingual, PersonId, PersonName, Role};
use crate::slips::{PrintJobId, PrinterName};
use crate::store::books::Books;
use crate::store::error::{Doing, StoreError};
pub(super) use crate::store::people::name;
use crate::store::words::from_word;
use crate::store::{lending, people, slips, sql};
use chrono::{DateTime, Timelike, Utc};
use rusqlite::{Connection, Params, params};

pub(super) const READING: &str = "read what the desk shows";

/// Print jobs and rows of today that are shown at most; beside them every slip in doubt, whatever its age.
const SHOWN: u32 = 100;

impl Books {
    /// Everything of the books that the rooms of the desk show, to whoever reads the registers. What
    /// somebody is shown goes by way of [`Books::desk_facts`].
    pub fn registers(&self, at: DateTime<Utc>) -> Result<Facts, StoreError> {
        let connection = &self.connection;
        let midnight = self.building.midnight(at);
        let mail = self.mail_waiting_by_shelf()?;
        let hooks = self.hooks()?;
        // What is lost is not out any more: each counter says what its table says.
        let out = hooks.iter().filter(|fact| fact.key.state == KeyState::Out);
        let keys_out = u32::try_from(out.count()).unwrap_or(u32::MAX);
        Ok(Facts {
            out: lending::all_out(connection)?
                .into_iter()
                .map(|loan| loan_fact(connection, loan))
                .collect::<Result<_, _>>()?,
            things: lending::all_things(connection)?,
            stands: lending::all_stands(connection)?,
            lending: super::lending::facts(connection, midnight)?,
            matters: self
                .open_matters()?
                .into_iter()
                .map(|matter| self.matter_fact(matter))
                .collect::<Result<_, StoreError>>()?,
            jobs: jobs(connection)?,
            today: today(connection, midnight)?,
            lent_by_hour: self.lent_by_hour(midnight)?,
            staff: staff(connection)?,
            tenants: tenants(connection, "1", [])?,
            hooks,
            key_check: self.check_fact(at)?,
            keys_checked: self.keys_checked()?,
            key_reports: self
                .open_key_reports()?
                .into_iter()
                .map(|report| ReportFact {
                    id: report.id,
                    hook: report.hook,
                    harm: report.harm,
                    text: report.text,
                    at: report.at,
                })
                .collect(),
            visits: self.visit_facts(midnight, at)?,
            mail_waiting: u32::try_from(mail.len()).unwrap_or(u32::MAX),
            mail,
            returns: self.mail_returns()?,
            rounds: self.round_facts()?,
            last_round: self.last_mail_round()?,
            post: self.mail_for_the_post()?,
            cards_out: self.card_out_facts()?,
            permits: self.permit_facts(self.building.local(at).date())?,
            barred: self.barred_facts()?,
            grants: self.grant_facts(at)?,
            authorities: self.authority_facts(at)?,
            key_register: self.key_register()?,
            key_uses: self.key_use_facts()?,
            keys_out,
            keys_not_back: self.keys_not_back(at)?,
            keys_past: self.keys_past()?,
            matters_closed: self.matters_closed(at)?,
        })
    }

    /// A matter with whose it is, what was written and what it is about.
    pub(super) fn matter_fact(&self, matter: Matter) -> Result<MatterFact, StoreError> {
        let owner = matter.owner.map(|owner| name(&self.connection, owner));
        Ok(MatterFact {
            owner: owner.transpose()?.flatten(),
            notes: self.matter_notes(matter.id)?,
            about: self.about_matter(&matter)?,
            matter,
        })
    }

    fn visit_facts(
        &self,
        midnight: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<Vec<VisitFact>, StoreError> {
        let mut visits = self.visits_waiting()?;
        visits.extend(self.inside_now()?);
        visits.extend(self.visits_expected(at)?);
        visits.extend(self.visits_left_since(midnight)?);
        visits.extend(self.visits_refused_since(midnight)?);
        visits
            .into_iter()
            .map(|visit| self.visit_fact(visit))
            .collect()
    }

    fn lent_by_hour(&self, midnight: DateTime<Utc>) -> Result<Vec<u32>, StoreError> {
        let moments: Vec<i64> = rows(
            &self.connection,
            "SELECT lent_at_ms FROM lending_loans WHERE lent_at_ms >= ?1",
            [midnight.timestamp_millis()],
            |row| row.get(0),
        )?;
        let mut hours = vec![0; 24];
        for at in moments
            .into_iter()
            .filter_map(DateTime::from_timestamp_millis)
        {
            hours[self.building.local(at).hour() as usize] += 1;
        }
        Ok(hours)
    }
}

pub(super) fn rows<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    sql::rows(connection, READING, sql, params, read)
}

/// A loan with who has it.
pub(super) fn loan_fact(connection: &Connection, loan: Loan) -> Result<LoanFact, StoreError> {
    let nobody = PersonName {
        chinese: None,
        latin: None,
    };
    let tenant = rows(
        connection,
        "SELECT name_zh, name_en FROM tenants
         WHERE id = (SELECT tenant FROM persons WHERE id = ?1)",
        [loan.borrower.to_string()],
        |row| {
            Ok(Bilingual::new(
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
            ))
        },
    )?;
    let number = &loan.number;
    let job: Vec<String> = rows(
        connection,
        "SELECT id FROM print_jobs WHERE device = ?1 AND day = ?2 AND count = ?3 AND reprint = 0",
        params![
            number.device.to_string(),
            number.day.to_string(),
            number.count
        ],
        |row| row.get(0),
    )?;
    Ok(LoanFact {
        borrower: name(connection, loan.borrower)?.unwrap_or(nobody),
        tenant: tenant.into_iter().next(),
        job: job.into_iter().next().map(|id| job_id(&id)).transpose()?,
        bringer: bringer(connection, &loan)?,
        ended: lending::ending_of(connection, loan.id)?,
        held_fen: money::held_of_taken(&lending::money_of(connection, loan.id)?),
        missing: check::missing(&lending::answers_of(connection, loan.id)?),
        loan,
    })
}

/// Who brought it back: whom the desk named, else whose card was shown.
fn bringer(connection: &Connection, loan: &Loan) -> Result<Option<Bringer>, StoreError> {
    let found: Vec<(String, Option<String>, Option<String>)> = rows(
        connection,
        "SELECT brought_by, payload ->> '$.bringer', person
         FROM lending_loans LEFT JOIN journal ON journal.subject = lending_loans.id
             AND journal.service = 'lending' AND journal.kind IN ('returned', 'turned-up')
         WHERE lending_loans.id = ?1 AND brought_by IS NOT NULL AND brought_by <> 'nobody'
         ORDER BY seq DESC LIMIT 1",
        [loan.id.to_string()],
        |row| row.try_into(),
    )?;
    let Some((brought_by, told, actor)) = found.into_iter().next() else {
        return Ok(None);
    };
    let who = told.or(actor).map(|id| {
        let person = from_word(id.clone(), READING, || format!("person {id}"))?;
        name(connection, person)
    });
    let who = who.transpose()?.flatten();
    Ok(Some(match brought_by.as_str() {
        "borrower" => Bringer::Holder,
        "another-person" => Bringer::Another(who),
        _ if who.is_some() => Bringer::AtDesk(who),
        _ => Bringer::Unknown,
    }))
}

pub(super) fn job_id(id: &str) -> Result<PrintJobId, StoreError> {
    from_word(id.to_owned(), READING, || format!("print job {id}"))
}

fn jobs(connection: &Connection) -> Result<Vec<JobFact>, StoreError> {
    type Raw = (
        String,
        String,
        String,
        u32,
        u32,
        String,
        Option<String>,
        i64,
        bool,
    );
    let found: Vec<Raw> = rows(
        connection,
        "SELECT id, device, day, count, reprint, state, printer, moved_ms,
             EXISTS (SELECT 1 FROM print_jobs AS later WHERE later.device = job.device
                 AND later.day = job.day AND later.count = job.count
                 AND later.reprint > 0 AND later.reprint > job.reprint)
         FROM print_jobs AS job WHERE id IN (
             SELECT id FROM (SELECT id FROM print_jobs ORDER BY id DESC LIMIT ?1)
             UNION SELECT id FROM print_jobs AS doubt
                 WHERE state IN ('queued', 'sending', 'unknown') AND state = 'unknown'
                     AND NOT EXISTS (SELECT 1 FROM print_jobs AS later
                         WHERE later.device = doubt.device AND later.day = doubt.day
                             AND later.count = doubt.count AND later.reprint > doubt.reprint))
         ORDER BY id DESC",
        [SHOWN],
        |row| row.try_into(),
    )?;
    let read = |(id, device, day, count, reprint, state, printer, moved, again): Raw| {
        let row = || format!("print job {id}");
        let unreadable = || StoreError::Unreadable {
            doing: READING,
            row: row(),
        };
        Ok(JobFact {
            number: slips::number(&device, &day, count).ok_or_else(unreadable)?,
            state: from_word(state, READING, row)?,
            moved: DateTime::from_timestamp_millis(moved).ok_or_else(unreadable)?,
            id: job_id(&id)?,
            printer: printer.map(PrinterName),
            reprint,
            again,
        })
    };
    found.into_iter().map(read).collect()
}

/// The journal since midnight, without the steps of the printer that say nothing to people.
fn today(connection: &Connection, midnight: DateTime<Utc>) -> Result<Vec<EntryFact>, StoreError> {
    type Raw = (
        i64,
        i64,
        String,
        String,
        String,
        Option<String>,
        Option<String>,
    );
    let first: i64 = connection
        .prepare_cached(
            // Rows are in the order of time, so that the end of the table is enough.
            "SELECT coalesce(min(seq), 0) FROM (SELECT seq, at_ms FROM journal ORDER BY seq DESC
                 LIMIT 2000) WHERE at_ms >= ?1",
        )
        .and_then(|mut select| select.query_row([midnight.timestamp_millis()], |row| row.get(0)))
        .doing(READING)?;
    let found: Vec<Raw> = rows(
        connection,
        "SELECT seq, at_ms, service, kind,
             coalesce((SELECT label FROM lending_things WHERE id = journal.subject),
                 (SELECT thing.label FROM lending_loans AS loan
                      JOIN lending_things AS thing ON thing.id = loan.thing
                      WHERE loan.id = journal.subject),
                 (SELECT printf('%s-%s%s-%04d', device, substr(day, 6, 2), substr(day, 9, 2), count)
                      FROM lending_loans WHERE id = journal.subject),
                 (SELECT printf('%s-%s%s-%04d', device, substr(day, 6, 2), substr(day, 9, 2), count)
                      FROM print_jobs WHERE id = journal.subject),
                 (SELECT printf('%s-%s%s-%04d', device, substr(day, 6, 2), substr(day, 9, 2), count)
                      FROM visits WHERE id = journal.subject AND device IS NOT NULL),
                 (SELECT number FROM visit_permit_details WHERE permit = journal.subject),
                 (SELECT coalesce(was_hook, hook) FROM keys WHERE id = journal.subject),
                 (SELECT hook FROM key_loans WHERE id = journal.subject),
                 (SELECT coalesce(keys.was_hook, keys.hook) FROM key_reports AS report JOIN keys ON keys.id = report.key
                      WHERE report.id = journal.subject),
                 (SELECT key_group FROM key_grants WHERE id = journal.subject),
                 (SELECT printf('%s-%s%s-%04d', device, substr(day, 6, 2), substr(day, 9, 2), count)
                      FROM mail_items WHERE device IS NOT NULL AND id IN (journal.subject,
                          (SELECT item FROM mail_returns WHERE id = journal.subject))),
                 (SELECT printf('%s-%s%s-%04d', device, substr(day, 6, 2), substr(day, 9, 2), count)
                      FROM mail_rounds WHERE id = journal.subject), ''),
             name_chinese, name_latin
         FROM journal LEFT JOIN persons ON persons.id = journal.person
         WHERE seq >= ?1 AND at_ms >= ?3 AND NOT (service = 'slips' AND kind = 'sending')
         ORDER BY seq DESC LIMIT ?2",
        params![first.max(1), SHOWN, midnight.timestamp_millis()],
        |row| row.try_into(),
    )?;
    let read = |(seq, at_ms, service, kind, about, chinese, latin): Raw| EntryFact {
        seq,
        at: DateTime::from_timestamp_millis(at_ms).unwrap_or_default(),
        service,
        kind,
        about,
        person: (chinese.is_some() || latin.is_some()).then_some(PersonName { chinese, latin }),
    };
    Ok(match first {
        0 => Vec::new(),
        _ => found.into_iter().map(read).collect(),
    })
}

fn staff(connection: &Connection) -> Result<Vec<PersonFact>, StoreError> {
    let works: Vec<String> = rows(
        connection,
        "SELECT DISTINCT person FROM person_roles
         WHERE role NOT IN ('visitor', 'tenant-member', 'contractor') ORDER BY person LIMIT 500",
        [],
        |row| row.get(0),
    )?;
    works.iter().map(|id| person_fact(connection, id)).collect()
}

/// A person as the desk knows them.
pub(super) fn person_fact(connection: &Connection, id: &str) -> Result<PersonFact, StoreError> {
    let row = || format!("person {id}");
    let person: PersonId = from_word(id.to_owned(), READING, row)?;
    let tenant = rows(
        connection,
        "SELECT name_zh, name_en, coalesce((SELECT group_concat(room, ' ') FROM tenant_rooms
             WHERE tenant = tenants.id), '')
         FROM tenants WHERE id = (SELECT tenant FROM persons WHERE id = ?1)",
        [id],
        |row| {
            let name = Bilingual::new(row.get::<_, String>(0)?, row.get::<_, String>(1)?);
            Ok((name, row.get(2)?))
        },
    )?;
    let cards: Vec<(String, String)> = rows(
        connection,
        "SELECT id, state FROM cards WHERE person = ?1 ORDER BY id",
        [id],
        |row| row.try_into(),
    )?;
    let (loans, keys, has_pin) = connection
        .prepare_cached(
            "SELECT (SELECT count(*) FROM lending_loans
                     WHERE borrower = ?1 AND returned_at_ms IS NULL),
                 (SELECT count(*) FROM key_loans WHERE holder = ?1 AND returned_at_ms IS NULL),
                 EXISTS (SELECT 1 FROM staff_pins WHERE person = ?1)",
        )
        .and_then(|mut select| select.query_row([id], |row| row.try_into()))
        .doing(READING)?;
    let roles: Vec<Role> = people::roles(connection, person)?;
    Ok(PersonFact {
        name: name(connection, person)?.unwrap_or(PersonName {
            chinese: None,
            latin: None,
        }),
        tenant: tenant.into_iter().next(),
        cards: cards
            .into_iter()
            .map(|(card, state)| {
                Ok((
                    from_word(card, READING, row)?,
                    from_word(state, READING, row)?,
                ))
            })
            .collect::<Result<_, StoreError>>()?,
        person,
        roles,
        loans,
        keys,
        has_pin,
    })
}

/// Companies, those that this condition picks.
pub(super) fn tenants(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Vec<TenantFact>, StoreError> {
    type Raw = (
        String,
        String,
        String,
        String,
        String,
        String,
        String,
        String,
    );
    let found: Vec<Raw> = rows(
        connection,
        &format!(
            "SELECT id, name_zh, name_en, state, coalesce((SELECT group_concat(room, ' ')
                 FROM tenant_rooms WHERE tenant = tenants.id), '') AS rooms,
                 phone, forwarding, address_en
             FROM tenants WHERE {condition} ORDER BY name_zh LIMIT 500"
        ),
        params,
        |row| row.try_into(),
    )?;
    found
        .into_iter()
        .map(
            |(id, zh, en, state, rooms, phone, forwarding, address_en)| {
                let row = || format!("tenant {id}");
                Ok(TenantFact {
                    name: Bilingual { zh, en },
                    state: from_word(state, READING, row)?,
                    tenant: from_word(id.clone(), READING, row)?,
                    rooms,
                    phone,
                    forwarding,
                    address_en,
                })
            },
        )
        .collect()
}
