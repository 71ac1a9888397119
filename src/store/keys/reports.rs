//! Reports of lost and damaged keys 钥匙丢失损坏报告, until the supervisor has decided.

use super::fold::execute;
use super::reading::{self, READING, key_by_id, moment, open_loan};
use super::{again, kept, permitted};
use crate::keys::rules::{self, LastReport, Reporting};
use crate::keys::{Decision, Harm, Key, KeyId, KeyRefusal, Record, ReportId, slip};
use crate::matters::Cause;
use crate::matters::Opening;
use crate::people::{Act, PersonId};
use crate::slips::{PrintJobId, Slip, SlipNumber};
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::words::from_word;
use crate::store::{matters, people, slips};
use chrono::{DateTime, Utc};
use rusqlite::params;

type Refusable<T> = Result<Result<T, KeyRefusal>, StoreError>;

/// A report the supervisor has not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenReport {
    /// Which.
    pub id: ReportId,
    /// Of which hook.
    pub hook: String,
    /// What happened.
    pub harm: Harm,
    /// What was written.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Books {
    /// Reports a key lost or damaged: in writing, to the supervisor, at once. Anybody who uses keys
    /// may and must. What is reported damaged while somebody has it is still with them.
    pub fn report_key(
        &mut self,
        key: KeyId,
        harm: Harm,
        text: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<ReportId> {
        self.perform("report a key", at, by, |deed| {
            let person = granted!(permitted(deed, by, Act::UseKeys)?);
            let Some(key) = key_by_id(&deed.tx, key)? else {
                return Ok(Err(KeyRefusal::NotFound));
            };
            let open = reading::open_report(&deed.tx, key.id)?;
            let last = match open {
                None => LastReport::Decided,
                Some(open) if has_words(deed, open)? => LastReport::Written,
                Some(_) => LastReport::Wordless,
            };
            let reporting = granted!(rules::may_report(&key, harm, last));
            let loan = open_loan(&deed.tx, key.id)?;
            let holder = loan.as_ref().map(|loan| loan.holder);
            let text = kept(text);
            // ● In writing.
            if text.is_empty() {
                return Ok(Err(KeyRefusal::ReasonMissing));
            }
            let report = match (reporting, open) {
                (Reporting::Raised, Some(open)) => raise(deed, open, &key, &text, holder)?,
                (Reporting::Described, Some(open)) => {
                    describe(deed, open, &key, &text, holder)?;
                    return Ok(Ok(open));
                }
                _ => report(deed, &key, harm, &text, holder)?,
            };
            if let Some(loan) = loan.filter(|_| harm == Harm::Lost) {
                matters::lapse_of(deed, Cause::ContractorWithKey, loan.id.0)?;
            }
            // What the keeper was asked about it waits for the supervisor now.
            again::keeper_is_done(deed, key.id, person)?;
            Ok(Ok(report))
        })
    }

    /// The supervisor decides what follows from a report; that closes its matter. The key hangs on
    /// its hook when the keeper says so, who is asked to where it is here: [`Books::hang_key_back`].
    pub fn decide_key_report(
        &mut self,
        report: ReportId,
        decision: Decision,
        amount_fen: u32,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("decide about a key", at, by, |deed| {
            let person = granted!(permitted(deed, by, Act::DecideKeyLoss)?);
            let open = reading::text(
                &deed.tx,
                "SELECT key FROM key_reports WHERE id = ?1 AND decided_at_ms IS NULL",
                [report.to_string()],
            )?;
            let Some(key) = open else {
                return Ok(Err(KeyRefusal::NotFound));
            };
            let key = from_word(key, READING, || format!("report {report}"))?;
            deed.record(Record::Decided {
                report,
                decision,
                amount_fen,
            })?;
            for harm in [Harm::Lost, Harm::Damaged] {
                matters::settle(deed, rules::reported(harm), report.0, person, "")?;
            }
            again::ask_keeper(deed, key)?;
            Ok(Ok(()))
        })
    }

    /// Reports that wait for the supervisor, the oldest first.
    pub fn open_key_reports(&self) -> Result<Vec<OpenReport>, StoreError> {
        let rows: Vec<(String, String, String, Option<String>, i64)> = self
            .connection
            .prepare_cached(
                "SELECT key_reports.id, hook, harm, text, reported_at_ms
                 FROM key_reports JOIN keys ON keys.id = key
                 LEFT JOIN key_report_texts ON report = key_reports.id
                 WHERE decided_at_ms IS NULL ORDER BY reported_at_ms, key_reports.id",
            )
            .and_then(|mut select| select.query_map([], |row| row.try_into())?.collect())
            .doing(READING)?;
        rows.into_iter()
            .map(|(id, hook, harm, text, at_ms)| {
                let row = || format!("report {id}");
                Ok(OpenReport {
                    harm: from_word(harm, READING, row)?,
                    text: text.unwrap_or_default(),
                    at: moment(at_ms, row)?,
                    id: from_word(id.clone(), READING, row)?,
                    hook,
                })
            })
            .collect()
    }
}

/// Writes the report of a key: number, paper, and the matter that stays open until the supervisor
/// has decided.
pub(super) fn report(
    deed: &mut Deed<'_>,
    key: &Key,
    harm: Harm,
    text: &str,
    holder: Option<PersonId>,
) -> Result<ReportId, StoreError> {
    let report = ReportId(deed.new_id()?);
    let (number, job, paper) = written(deed, key, harm, text, holder)?;
    deed.record(Record::Reported {
        report,
        key: key.id,
        harm,
        number,
        job,
    })?;
    slips::keep(&deed.tx, job, &paper)?;
    keep_text(deed, report, text)?;
    let opening = Opening::unowned(rules::reported(harm), report.0);
    matters::open(deed, opening)?;
    Ok(report)
}

/// The open report of a damaged key becomes one of a loss, which is written to the supervisor too;
/// whoever has its matter in hand keeps it.
fn raise(
    deed: &mut Deed<'_>,
    report: ReportId,
    key: &Key,
    text: &str,
    holder: Option<PersonId>,
) -> Result<ReportId, StoreError> {
    let (number, job, paper) = written(deed, key, Harm::Lost, text, holder)?;
    deed.record(Record::Raised {
        report,
        key: key.id,
        number,
        job,
    })?;
    slips::keep(&deed.tx, job, &paper)?;
    keep_text(deed, report, text)?;
    matters::becomes(
        deed,
        rules::reported(Harm::Damaged),
        rules::reported(Harm::Lost),
        report.0,
    )?;
    Ok(report)
}

/// The open report of a damaged key says what the damage is, on another paper for the supervisor.
fn describe(
    deed: &mut Deed<'_>,
    report: ReportId,
    key: &Key,
    text: &str,
    holder: Option<PersonId>,
) -> Result<(), StoreError> {
    let (number, job, paper) = written(deed, key, Harm::Damaged, text, holder)?;
    deed.record(Record::Described {
        report,
        number,
        job,
    })?;
    slips::keep(&deed.tx, job, &paper)?;
    keep_text(deed, report, text)
}

fn has_words(deed: &Deed<'_>, report: ReportId) -> Result<bool, StoreError> {
    let words = reading::text(
        &deed.tx,
        "SELECT text FROM key_report_texts WHERE report = ?1",
        [report.to_string()],
    )?;
    Ok(words.is_some())
}

/// The paper for the supervisor, with its number and its job.
fn written(
    deed: &mut Deed<'_>,
    key: &Key,
    harm: Harm,
    text: &str,
    holder: Option<PersonId>,
) -> Result<(SlipNumber, PrintJobId, Slip), StoreError> {
    let day = deed.today();
    let number = slips::next_number(&deed.tx, deed.building.device, day)?;
    let job = PrintJobId(deed.new_id()?);
    let name = match holder {
        Some(holder) => people::name(&deed.tx, holder)?,
        None => None,
    };
    let language = people::language_of(&deed.tx, deed.actor())?;
    let holder = name.map(|name| name.whole(language).to_owned());
    let paper = slip::report(
        deed.building,
        &slip::Report {
            number: &number,
            hook: &key.hook,
            harm,
            text,
            holder: holder.as_deref(),
            at: deed.at,
        },
        language,
    );
    Ok((number, job, paper))
}

/// Keeps what was written, behind what was written before.
fn keep_text(deed: &Deed<'_>, report: ReportId, text: &str) -> Result<(), StoreError> {
    if text.is_empty() {
        return Ok(());
    }
    execute(
        &deed.tx,
        "INSERT INTO key_report_texts (report, text) VALUES (?1, ?2)
         ON CONFLICT (report) DO UPDATE SET text = text || ' · ' || excluded.text",
        params![report.to_string(), text],
    )
}
