//! Keys that were lost or damaged, on their way back to the hook: one that turns up, and one that
//! hangs there again.

use super::permitted;
use super::reading::{self, key_by_id, key_by_tag};
use crate::keys::{KeyId, KeyRefusal, KeyReturnRefusal, KeyState, Record, rules};
use crate::matters::{Cause, Opening};
use crate::people::Act;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::matters;
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
            if reading::is_decided(&deed.tx, key.id)? {
                let opening = Opening {
                    cause: Cause::KeyTurnedUp,
                    about: key.id.0,
                    owner: None,
                };
                matters::open(deed, opening)?;
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
            let is_decided = reading::is_decided(&deed.tx, key.id)?;
            granted!(rules::may_hang_back(&key, is_decided));
            let taken = reading::text(
                &deed.tx,
                "SELECT id FROM keys WHERE tag = ?1 AND id <> ?2",
                params![tag, key.id.to_string()],
            )?;
            if taken.is_some() {
                return Ok(Err(KeyRefusal::Taken));
            }
            deed.record(Record::HungBack {
                key: key.id,
                tag: tag.to_owned(),
            })?;
            matters::settle(deed, Cause::KeyTurnedUp, key.id.0, keeper, "")?;
            Ok(Ok(key.hook))
        })
    }
}
