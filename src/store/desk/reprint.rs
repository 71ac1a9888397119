//! A slip printed again: a new job of the same slip, which bears 补打 / REPRINT and its number.

use super::facts::{job_id, rows};
use crate::desk::event::{Outcome, Refusal};
use crate::slips::{Emphasis, JobState, Label, Line, Paper, PrintJobId, Proof, Record, Slip};
use crate::store::books::Deed;
use crate::store::error::StoreError;
use crate::store::slips;
use crate::store::words::from_word;
use rusqlite::params;

const DOING: &str = "print a slip again";

/// Queues the slip of this job again.
pub(super) fn reprint(
    deed: &mut Deed<'_>,
    of: PrintJobId,
) -> Result<Result<Outcome, Refusal>, StoreError> {
    type Raw = (String, String, u32);
    let found: Vec<Raw> = rows(
        &deed.tx,
        "SELECT device, day, count FROM print_jobs WHERE id = ?1",
        [of.to_string()],
        |row| row.try_into(),
    )?;
    let Some((device, day, count)) = found.into_iter().next() else {
        return Ok(Err(Refusal::NoSuchSlip));
    };
    // All printings of this slip, the first one first.
    let printings: Vec<(String, u32, String)> = rows(
        &deed.tx,
        "SELECT id, reprint, state FROM print_jobs
         WHERE device = ?1 AND day = ?2 AND count = ?3 ORDER BY reprint",
        params![device, day, count],
        |row| row.try_into(),
    )?;
    for (id, _, state) in &printings {
        let state: JobState = from_word(state.clone(), DOING, || format!("print job {id}"))?;
        if matches!(state, JobState::Queued | JobState::Sending) {
            return Ok(Err(Refusal::StillPrinting));
        }
    }
    let (Some((first, ..)), Some((_, latest, _))) = (printings.first(), printings.last()) else {
        return Ok(Err(Refusal::NoSuchSlip));
    };
    let content: Vec<String> = rows(
        &deed.tx,
        "SELECT content FROM slips WHERE job = ?1",
        [first],
        |row| row.get(0),
    )?;
    // What stood on old slips is forgotten with the visitors of that time.
    let Some(content) = content.into_iter().next() else {
        return Ok(Err(Refusal::NoSuchSlip));
    };
    let unreadable = || StoreError::Unreadable {
        doing: DOING,
        row: format!("print job {first}"),
    };
    let paper: Paper = serde_json::from_str(&content).map_err(|_| unreadable())?;
    let number = slips::number(&device, &day, count).ok_or_else(unreadable)?;
    let (of, count) = (job_id(first)?, latest + 1);
    let job = PrintJobId(deed.new_id()?);
    deed.record(Record::Reprinted {
        job,
        of,
        number: number.clone(),
        count,
    })?;
    slips::keep_paper(&deed.tx, job, &marked(paper, count))?;
    Ok(Ok(Outcome::Reprinting(number.to_string(), count)))
}

/// Writes down that somebody saw a slip of which nobody knew whether it came out.
pub(super) fn seen(
    deed: &mut Deed<'_>,
    job: PrintJobId,
) -> Result<Result<Outcome, Refusal>, StoreError> {
    let record = Record::Confirmed {
        job,
        proof: Proof::Seen,
    };
    let state = slips::state(&deed.tx, job)?;
    if !state.is_some_and(|state| record.may_follow(state)) {
        return Ok(Err(Refusal::NoSuchSlip));
    }
    deed.record(record)?;
    Ok(Ok(Outcome::SlipSeen))
}

/// The slip with what tells it from the first one, above and below: paper is torn at both ends.
/// A label has one edge and one mark.
fn marked(paper: Paper, count: u32) -> Paper {
    let text = format!("补打 {count} / REPRINT {count}");
    let mark = || Line::centred(text.clone(), Emphasis::Bold);
    let mut lines = vec![mark(), Line::Rule];
    lines.extend(paper.slip.lines);
    lines.extend([Line::Rule, mark()]);
    let label = paper.label.map(|label| Label {
        mark: Some(text.clone()),
        ..label
    });
    Paper {
        slip: Slip { lines },
        label,
    }
}
