//! Keys that were lost or damaged, on their way back to the hook: one that turns up, and one that
//! hangs there again; and keys that are no longer kept.

use super::fold::execute;
use super::reading::{self, key_by_id, key_by_tag, open_loan};
use super::{kept, permitted};
use crate::keys::{KeyId, KeyRefusal, KeyReturnRefusal, KeyState, Record, rules};
use crate::matters::{Cause, Opening};
use crate::people::{Act, PersonId};
use crate::store::books::{Books, Deed};
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::{matters, tags};
use chrono::{DateTime, Utc};
use rusqlite::params;

impl Books {
    /// Notes that a lost key is here again, whoever brings it; returns its hook. It hangs there again
    /// when the keeper says so: [`Books::hang_key_back`].
    pub fn key_turned_up(
        &mut self,
        tag: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<String, KeyReturnRefusal>, StoreError> {
        self.perform("note that a lost key is here again", at, by, |deed| {
            let Some(key) = key_by_tag(&deed.tx, tag)? else {
                return Ok(Err(KeyReturnRefusal::UnknownTag));
            };
            match key.state {
                KeyState::Lost => deed.record(Record::TurnedUp { key: key.id })?,
                // Scanned once more.
                KeyState::TurnedUp => return Ok(Ok(key.hook)),
                _ => return Ok(Err(KeyReturnRefusal::NotOut { hook: key.hook })),
            }
            // While its report is open, that is the matter; once it was decided, somebody has to see
            // to what was found.
            if reading::open_report(&deed.tx, key.id)?.is_none() {
                ask_keeper(deed, key.id)?;
            }
            Ok(Ok(key.hook))
        })
    }

    /// Hangs a key that was lost or damaged, or what replaces it, on its hook again; `tag` is the code
    /// on it from now on.
    pub fn hang_key_back(
        &mut self,
        key: KeyId,
        tag: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<String, KeyRefusal>, StoreError> {
        self.perform("hang a key on its hook again", at, by, |deed| {
            let keeper = granted!(permitted(deed, by, Act::KeepKeys)?);
            let Some(key) = key_by_id(&deed.tx, key)? else {
                return Ok(Err(KeyRefusal::NotFound));
            };
            let is_out = open_loan(&deed.tx, key.id)?.is_some();
            let is_decided = reading::open_report(&deed.tx, key.id)?.is_none();
            granted!(rules::may_hang_back(&key, is_out, is_decided));
            let tag = tags::kept(tag);
            if tags::in_use(&deed.tx, &tag, Some(key.id))? {
                return Ok(Err(KeyRefusal::TagTaken { tag }));
            }
            deed.record(Record::HungBack { key: key.id, tag })?;
            keeper_is_done(deed, key.id, keeper)?;
            Ok(Ok(key.hook))
        })
    }

    /// A key is no longer kept: there is none any more, or it was entered wrongly. Its hook and its
    /// tag are free again.
    pub fn retire_key(
        &mut self,
        key: KeyId,
        reason: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<String, KeyRefusal>, StoreError> {
        self.perform("retire a key", at, by, |deed| {
            let keeper = granted!(permitted(deed, by, Act::KeepKeys)?);
            let Some(key) = key_by_id(&deed.tx, key)? else {
                return Ok(Err(KeyRefusal::NotFound));
            };
            let reason = kept(reason);
            if reason.is_empty() {
                return Ok(Err(KeyRefusal::ReasonMissing));
            }
            let is_out = open_loan(&deed.tx, key.id)?.is_some();
            let is_decided = reading::open_report(&deed.tx, key.id)?.is_none();
            granted!(rules::may_retire(&key, is_out, is_decided));
            deed.record(Record::Retired { key: key.id })?;
            execute(
                &deed.tx,
                "INSERT INTO key_retirements (key, reason) VALUES (?1, ?2)",
                params![key.id.to_string(), reason],
            )?;
            keeper_is_done(deed, key.id, keeper)?;
            Ok(Ok(key.hook))
        })
    }
}

/// Asks the keeper to see to a key that is here and about which no report is open: it hangs on its hook
/// again, or retires.
pub(super) fn ask_keeper(deed: &mut Deed<'_>, key: KeyId) -> Result<(), StoreError> {
    let stands = key_by_id(&deed.tx, key)?;
    let cause = stands.and_then(|key| rules::asked_of_keeper(key.state));
    if let Some(cause) = cause {
        let opening = Opening::unowned(cause, key.0);
        matters::open(deed, opening)?;
    }
    Ok(())
}

/// The keeper has seen to it, or it is a matter of the supervisor again.
pub(super) fn keeper_is_done(
    deed: &mut Deed<'_>,
    key: KeyId,
    by: PersonId,
) -> Result<(), StoreError> {
    for cause in [Cause::KeyTurnedUp, Cause::KeyToHang] {
        matters::settle(deed, cause, key.0, by, "")?;
    }
    Ok(())
}
