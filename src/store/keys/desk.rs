//! What the desk and the key keeper do with hooks and grants, and what tenants are told.

use super::fold::execute;
use super::reading;
use super::{kept, permitted};
use crate::keys::{GrantId, Key, KeyGroup, KeyId, KeyKind, KeyLoan, KeyLoanId, KeyRefusal, Record};
use crate::people::{Act, PersonId, TenantId};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::tags;
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

impl Books {
    /// Hangs a key on a hook.
    pub fn hang_key(&mut self, entry: &KeyEntry, by: Actor, at: DateTime<Utc>) -> Refusable<KeyId> {
        self.perform("hang a key on its hook", at, by, |deed| {
            granted!(permitted(deed, by, Act::KeepKeys)?);
            let tag = tags::kept(&entry.tag);
            let hook = tags::hook(&entry.hook);
            // The first books kept hooks as they were typed.
            let same = "SELECT id FROM keys WHERE hook = ?1 OR upper(hook) = ?1";
            if reading::text(&deed.tx, same, [&hook])?.is_some() {
                return Ok(Err(KeyRefusal::HookTaken));
            }
            if tags::in_use(&deed.tx, &tag, None)? {
                return Ok(Err(KeyRefusal::TagTaken { tag }));
            }
            let key = KeyId(deed.new_id()?);
            deed.record(Record::Hung {
                key,
                hook,
                tag,
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

/// Every key that is kept, by hook, with what it opens.
pub(in crate::store) fn kept_keys(
    connection: &Connection,
) -> Result<Vec<(Key, Option<String>)>, StoreError> {
    let keys = reading::keys(connection, "WHERE state <> 'retired' ORDER BY hook", [])?;
    keys.into_iter()
        .map(|key| {
            let opens = reading::text(
                connection,
                "SELECT opens FROM key_openings WHERE key = ?1",
                [key.id.to_string()],
            )?;
            Ok((key, opens))
        })
        .collect()
}
