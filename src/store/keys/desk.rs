//! What the desk and the key keeper do: hooks, grants, reports, the daily check, the map.

use super::fold::execute;
use super::reading::{self, READING, key_by_id, moment, open_loan};
use super::{is_whole, kept, permitted};
use crate::keys::{
    Decision, Grant, GrantId, Harm, Key, KeyGroup, KeyId, KeyKind, KeyLoan, KeyLoanId, KeyRefusal,
    Record, ReportId, rules, slip,
};
use crate::matters::Opening;
use crate::people::{Act, Language, PersonId, PersonName, TenantId};
use crate::slips::PrintJobId;
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::words::from_word;
use crate::store::{matters, people, slips};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

type Refusable<T> = Result<Result<T, KeyRefusal>, StoreError>;

/// A key to be hung on a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// The hook: `K-17`.
    pub hook: String,
    /// The code on its tag.
    pub tag: String,
    /// What it is.
    pub kind: KeyKind,
    /// The group it is granted with.
    pub group: KeyGroup,
    /// Whose unit it opens.
    pub tenant: Option<TenantId>,
    /// How many keys hang together.
    pub pieces: u32,
    /// What it opens, for those who may know.
    pub opens: String,
}

/// A hook as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookLine {
    /// The key.
    pub key: Key,
    /// Its open taking.
    pub out: Option<KeyLoan>,
    /// Who has it.
    pub holder: Option<PersonName>,
    /// With whom the holder goes along.
    pub contractor: Option<String>,
    /// What it opens.
    pub opens: Option<String>,
}

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
    /// Hangs a key on a hook.
    pub fn hang_key(&mut self, entry: &KeyEntry, by: Actor, at: DateTime<Utc>) -> Refusable<KeyId> {
        self.perform("hang a key on its hook", at, by, |deed| {
            granted!(permitted(deed, by, Act::KeepKeys)?);
            let taken = reading::text(
                &deed.tx,
                "SELECT id FROM keys WHERE hook = ?1 OR tag = ?2",
                params![entry.hook, entry.tag],
            )?;
            if taken.is_some() {
                return Ok(Err(KeyRefusal::Taken));
            }
            let key = KeyId(deed.new_id()?);
            deed.record(Record::Hung {
                key,
                hook: entry.hook.clone(),
                tag: entry.tag.clone(),
                of: entry.kind,
                group: entry.group.clone(),
                tenant: entry.tenant,
                pieces: entry.pieces.max(1),
            })?;
            let opens = kept(&entry.opens);
            if !opens.is_empty() {
                execute(
                    &deed.tx,
                    "INSERT INTO key_openings (key, opens) VALUES (?1, ?2)",
                    params![key.to_string(), opens],
                )?;
            }
            Ok(Ok(key))
        })
    }

    /// Lets somebody take the keys of a group.
    pub fn grant_keys(
        &mut self,
        group: &KeyGroup,
        person: PersonId,
        until: Option<DateTime<Utc>>,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<GrantId> {
        self.perform("grant keys", at, by, |deed| {
            granted!(permitted(deed, by, Act::KeepKeys)?);
            if until.is_some_and(|until| until <= deed.at) {
                return Ok(Err(KeyRefusal::AlreadyOver));
            }
            let grant = GrantId(deed.new_id()?);
            deed.record(Record::Granted {
                grant,
                group: group.clone(),
                person,
                from: deed.at,
                until,
            })?;
            Ok(Ok(grant))
        })
    }

    /// Takes a grant back.
    pub fn withdraw_key_grant(
        &mut self,
        grant: GrantId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("withdraw a grant of keys", at, by, |deed| {
            granted!(permitted(deed, by, Act::KeepKeys)?);
            let open = reading::text(
                &deed.tx,
                "SELECT id FROM key_grants WHERE id = ?1 AND withdrawn_at_ms IS NULL",
                [grant.to_string()],
            )?;
            if open.is_none() {
                return Ok(Err(KeyRefusal::NotFound));
            }
            deed.record(Record::GrantWithdrawn { grant })?;
            Ok(Ok(()))
        })
    }

    /// The grants of a person.
    pub fn key_grants_of(&self, person: PersonId) -> Result<Vec<Grant>, StoreError> {
        reading::grants_of(&self.connection, person)
    }

    /// Reports a key lost or damaged: in writing, to the supervisor, at once. Anybody who uses keys
    /// may and must.
    pub fn report_key(
        &mut self,
        key: KeyId,
        harm: Harm,
        text: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<ReportId> {
        self.perform("report a key", at, by, |deed| {
            granted!(permitted(deed, by, Act::UseKeys)?);
            let Some(key) = key_by_id(&deed.tx, key)? else {
                return Ok(Err(KeyRefusal::NotFound));
            };
            if !is_whole(&key) {
                return Ok(Err(KeyRefusal::OtherwiseInTheBooks { hook: key.hook }));
            }
            let holder = open_loan(&deed.tx, key.id)?.map(|loan| loan.holder);
            report(deed, &key, harm, &kept(text), holder).map(Ok)
        })
    }

    /// The supervisor decides what follows from a report; that closes its matter. The key hangs on
    /// its hook when the keeper says so: [`Books::hang_key_back`].
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
                "SELECT id FROM key_reports WHERE id = ?1 AND decided_at_ms IS NULL",
                [report.to_string()],
            )?;
            if open.is_none() {
                return Ok(Err(KeyRefusal::NotFound));
            }
            deed.record(Record::Decided {
                report,
                decision,
                amount_fen,
            })?;
            for harm in [Harm::Lost, Harm::Damaged] {
                matters::settle(deed, rules::reported(harm), report.0, person, "")?;
            }
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

    /// Every hook with who has its key, by hook.
    pub fn hooks(&self) -> Result<Vec<HookLine>, StoreError> {
        let keys = reading::keys(
            &self.connection,
            "WHERE state <> 'retired' ORDER BY hook",
            [],
        )?;
        keys.into_iter()
            .map(|key| hook_line(&self.connection, key))
            .collect()
    }

    // The tenants

    /// Takings of keys to this tenant's unit that it has not been told of, the oldest first.
    pub fn key_uses_to_tell(&self, tenant: TenantId) -> Result<Vec<KeyLoan>, StoreError> {
        reading::loans(
            &self.connection,
            "WHERE told_at_ms IS NULL AND key IN (SELECT id FROM keys WHERE tenant = ?1)
             ORDER BY taken_at_ms, id",
            [tenant.to_string()],
        )
    }

    /// Notes that a tenant was told that a key to its unit was used.
    pub fn tell_tenant(&mut self, loan: KeyLoanId, by: Actor, at: DateTime<Utc>) -> Refusable<()> {
        self.perform("note that a tenant was told", at, by, |deed| {
            granted!(permitted(deed, by, Act::UseKeys)?);
            let open = reading::text(
                &deed.tx,
                "SELECT id FROM key_loans WHERE id = ?1 AND told_at_ms IS NULL AND key IS NOT NULL",
                [loan.to_string()],
            )?;
            if open.is_none() {
                return Ok(Err(KeyRefusal::NotFound));
            }
            deed.record(Record::TenantTold { loan })?;
            Ok(Ok(()))
        })
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
    let day = deed.today();
    let number = slips::next_number(&deed.tx, deed.building.device, day)?;
    let job = PrintJobId(deed.new_id()?);
    let name = match holder {
        Some(holder) => people::name(&deed.tx, holder)?,
        None => None,
    };
    // Staff read the reports of a house in its first language.
    let language = Language::default();
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
    deed.record(Record::Reported {
        report,
        key: key.id,
        harm,
        number,
        job,
    })?;
    slips::keep(&deed.tx, job, &paper)?;
    if !text.is_empty() {
        execute(
            &deed.tx,
            "INSERT INTO key_report_texts (report, text) VALUES (?1, ?2)",
            params![report.to_string(), text],
        )?;
    }
    let opening = Opening {
        cause: rules::reported(harm),
        about: report.0,
        owner: None,
    };
    matters::open(deed, opening)?;
    Ok(report)
}

fn hook_line(connection: &Connection, key: Key) -> Result<HookLine, StoreError> {
    let out = open_loan(connection, key.id)?;
    let opens = reading::text(
        connection,
        "SELECT opens FROM key_openings WHERE key = ?1",
        [key.id.to_string()],
    )?;
    let (holder, contractor) = match &out {
        Some(loan) => (
            people::name(connection, loan.holder)?,
            reading::text(
                connection,
                "SELECT contractor FROM key_contractors WHERE loan = ?1",
                [loan.id.to_string()],
            )?,
        ),
        None => (None, None),
    };
    Ok(HookLine {
        key,
        out,
        holder,
        contractor,
        opens,
    })
}
