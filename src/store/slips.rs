//! Print jobs: what is to be printed, and what became of it.

use super::books::{Books, Deed};
use super::error::{Doing, StoreError};
use super::journal::Actor;
use super::sql;
use super::words::{from_word, to_word};
use crate::slips::{
    JobState, Label, Paper, PrintJobId, PrinterName, Record, Slip, SlipNumber, WhyUnknown,
};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, params};

/// A print job that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenJob {
    /// The job.
    pub id: PrintJobId,
    /// The number on the slip.
    pub number: SlipNumber,
    /// Where it stands.
    pub state: JobState,
    /// What it prints.
    pub slip: Slip,
    /// What a label printer makes of it instead, where it is something to wear or to stick on.
    pub label: Option<Label>,
}

impl Books {
    /// Writes down that a job moved on. False where it was not in a state from which it can move
    /// there; then nothing is written.
    pub fn move_job(&mut self, record: Record, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let moved = self.perform("move a print job on", at, Actor::default(), |deed| {
            let state = state(&deed.tx, record.job())?;
            if state.is_some_and(|state| record.may_follow(state)) {
                deed.record(record)?;
                Ok(Ok(()))
            } else {
                Ok(Err(()))
            }
        })?;
        Ok(moved.is_ok())
    }

    /// The printer of each job that is being sent; none for one of the first schema, which does not say.
    /// Before anything is printed those are the ones that were when the program last ended.
    pub fn interrupted_printers(&self) -> Result<Vec<Option<PrinterName>>, StoreError> {
        let printers = sql::rows(
            &self.connection,
            "read by which printer a slip was being printed",
            "SELECT printer FROM print_jobs
             WHERE state IN ('queued', 'sending', 'unknown') AND state = 'sending' ORDER BY id",
            [],
            |row| row.get::<_, Option<String>>(0),
        )?;
        let named = |printer: Option<String>| printer.map(PrinterName);
        Ok(printers.into_iter().map(named).collect())
    }

    /// After a start, before anything is printed: whatever was being sent when the program ended may be
    /// on paper or not, so it is unknown and never silently printed again. Returns how many there were.
    pub fn settle_interrupted_jobs(&mut self, at: DateTime<Utc>) -> Result<usize, StoreError> {
        const DOING: &str = "settle the slips that were being printed";
        if in_state(&self.connection, JobState::Sending, None)?.is_empty() {
            return Ok(0);
        }
        self.write(DOING, at, Actor::default(), |deed| {
            let sending = in_state(&deed.tx, JobState::Sending, None)?;
            for job in &sending {
                deed.record(Record::Unknown {
                    job: *job,
                    why: WhyUnknown::ProgramEnded,
                })?;
            }
            Ok(sending.len())
        })
    }

    /// Print jobs that are not over, oldest first.
    pub fn open_jobs(&self) -> Result<Vec<OpenJob>, StoreError> {
        const DOING: &str = "read the print jobs";
        let rows: Vec<(String, String, String, u32, String, String)> = self
            .connection
            .prepare_cached(
                "SELECT id, print_jobs.device, day, count, state, content
                 FROM print_jobs JOIN slips ON slips.job = print_jobs.id
                 WHERE state IN ('queued', 'sending', 'unknown') ORDER BY id",
            )
            .and_then(|mut select| select.query_map([], |row| row.try_into())?.collect())
            .doing(DOING)?;
        rows.into_iter()
            .map(|(id, device, day, count, state, content)| {
                let row = || format!("print job {id}");
                let unreadable = || StoreError::Unreadable {
                    doing: DOING,
                    row: row(),
                };
                let paper: Paper = serde_json::from_str(&content).map_err(|_| unreadable())?;
                Ok(OpenJob {
                    number: number(&device, &day, count).ok_or_else(unreadable)?,
                    state: from_word(state, DOING, row)?,
                    slip: paper.slip,
                    label: paper.label,
                    id: from_word(id.clone(), DOING, row)?,
                })
            })
            .collect()
    }
}

pub(super) fn state(
    connection: &Connection,
    job: PrintJobId,
) -> Result<Option<JobState>, StoreError> {
    const DOING: &str = "read a print job";
    connection
        .prepare_cached("SELECT state FROM print_jobs WHERE id = ?1")
        .and_then(|mut select| {
            select
                .query_row([job.to_string()], |row| row.get(0))
                .optional()
        })
        .doing(DOING)?
        .map(|word| from_word(word, DOING, || format!("print job {job}")))
        .transpose()
}

/// Jobs in an open state, oldest first; those before an identifier, where one is named.
fn in_state(
    connection: &Connection,
    state: JobState,
    before: Option<&str>,
) -> Result<Vec<PrintJobId>, StoreError> {
    const DOING: &str = "find the print jobs that are not over";
    // The first condition is that of the index.
    let found: Vec<String> = sql::rows(
        connection,
        DOING,
        "SELECT id FROM print_jobs WHERE state IN ('queued', 'sending', 'unknown')
             AND state = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id",
        params![to_word(&state), before],
        |row| row.get(0),
    )?;
    let read = |id: String| from_word(id.clone(), DOING, || format!("print job {id}"));
    found.into_iter().map(read).collect()
}

/// Forgets what stood on slips before a moment: names stand on some of them, and what is that old is not
/// printed again. That they were printed stays in the books. One that never was is given up, and one
/// within which a printer stopped is in doubt.
pub(super) fn forget(deed: &mut Deed<'_>, before: DateTime<Utc>) -> Result<(), StoreError> {
    // Jobs are in the order of time: this is the first identifier of that moment. There is none before 1970,
    // where the moment lies while a clock without a battery begins anew.
    let millis = u64::try_from(before.timestamp_millis()).unwrap_or(0);
    let first = uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid();
    let first = first.to_string();
    for job in in_state(&deed.tx, JobState::Queued, Some(&first))? {
        deed.record(Record::GivenUp { job })?;
    }
    for job in in_state(&deed.tx, JobState::Sending, Some(&first))? {
        let why = WhyUnknown::NoProof;
        deed.record(Record::Unknown { job, why })?;
    }
    let delete = "DELETE FROM slips WHERE job < ?1";
    sql::execute(&deed.tx, "forget old slips", delete, [first])
}

/// A slip number out of its three columns.
pub(super) fn number(device: &str, day: &str, count: u32) -> Option<SlipNumber> {
    let mut letters = device.chars();
    let device = letters.next()?;
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    letters
        .next()
        .is_none()
        .then_some(SlipNumber { device, day, count })
}

/// The next free number of this device and day.
pub(super) fn next_number(
    connection: &Connection,
    device: char,
    day: NaiveDate,
) -> Result<SlipNumber, StoreError> {
    let last: Option<u32> = connection
        .prepare_cached("SELECT last FROM slip_numbers WHERE device = ?1 AND day = ?2")
        .and_then(|mut select| {
            select
                .query_row(params![device.to_string(), day.to_string()], |row| {
                    row.get(0)
                })
                .optional()
        })
        .doing("find the next slip number")?;
    Ok(SlipNumber {
        device,
        day,
        count: last.unwrap_or(0) + 1,
    })
}

/// Notes that a number was given out.
pub(super) fn use_number(connection: &Connection, number: &SlipNumber) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO slip_numbers (device, day, last) VALUES (?1, ?2, ?3)
             ON CONFLICT (device, day) DO UPDATE SET last = max(last, excluded.last)",
        )
        .and_then(|mut insert| {
            insert.execute(params![
                number.device.to_string(),
                number.day.to_string(),
                number.count
            ])
        })
        .map(|_| ())
        .doing("use a slip number")
}

/// Queues a job; part of the record of the deed that the slip is about.
pub(super) fn queue(
    connection: &Connection,
    job: PrintJobId,
    number: &SlipNumber,
    at_ms: i64,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO print_jobs (id, device, day, count, state, moved_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .and_then(|mut insert| {
            insert.execute(params![
                job.to_string(),
                number.device.to_string(),
                number.day.to_string(),
                number.count,
                to_word(&JobState::Queued),
                at_ms,
            ])
        })
        .map(|_| ())
        .doing("queue a slip")
}

/// Keeps what a job prints.
pub(super) fn keep(
    connection: &Connection,
    job: PrintJobId,
    slip: &Slip,
) -> Result<(), StoreError> {
    let paper = Paper::from(slip.clone());
    keep_paper(connection, job, &paper)
}

/// Keeps what a job prints, be it on a slip or on a label.
pub(super) fn keep_paper(
    connection: &Connection,
    job: PrintJobId,
    paper: &Paper,
) -> Result<(), StoreError> {
    let content = serde_json::to_string(paper)
        .expect("paper is made of texts and numbers, which JSON can always hold");
    connection
        .prepare_cached("INSERT INTO slips (job, content) VALUES (?1, ?2)")
        .and_then(|mut insert| insert.execute(params![job.to_string(), content]))
        .map(|_| ())
        .doing("keep a slip")
}

pub(super) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    if let Record::Reprinted {
        job, number, count, ..
    } = record
    {
        queue(connection, *job, number, at_ms)?;
        return connection
            .prepare_cached("UPDATE print_jobs SET reprint = ?2 WHERE id = ?1")
            .and_then(|mut mark| mark.execute(params![job.to_string(), count]))
            .map(|_| ())
            .doing("mark a reprint");
    }
    if let Record::PackPrinted { job, number } = record {
        use_number(connection, number)?;
        connection
            .prepare_cached("INSERT INTO packs (job, at_ms) VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute(params![job.to_string(), at_ms]))
            .doing("write down a fall-back pack")?;
        return queue(connection, *job, number, at_ms);
    }
    let printer = match record {
        Record::Sending { printer, .. } => printer.as_ref().map(|printer| printer.0.as_str()),
        _ => None,
    };
    connection
        .prepare_cached(
            "UPDATE print_jobs SET state = ?2, moved_ms = ?3, printer = coalesce(?4, printer)
             WHERE id = ?1",
        )
        .and_then(|mut update| {
            update.execute(params![
                record.job().to_string(),
                to_word(&record.state()),
                at_ms,
                printer,
            ])
        })
        .map(|_| ())
        .doing("move a print job on")
}
