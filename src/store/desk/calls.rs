//! What calls for somebody at the desk while nobody works there.

use crate::desk::facts::Calls;
use crate::matters::Cause;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::visits::VisitState;
use std::collections::BTreeSet;

impl Books {
    /// How many call, must be looked at, wait. What somebody has in hand calls nobody any more.
    pub fn desk_calls(&self) -> Result<Calls, StoreError> {
        let mut calls = Calls::default();
        let mut to_check = BTreeSet::new();
        for visit in self.visits_waiting()? {
            if self.doubt_about(visit.id)?.is_some() {
                to_check.insert(visit.id.0);
            } else if visit.state == VisitState::Waiting {
                calls.waiting += 1;
            }
        }
        for matter in self.open_matters()? {
            match (matter.cause, matter.owner) {
                (Cause::DeskCalled, None) => calls.called += 1,
                // Somebody who went away, or never became a visit, is the desk's to know of as well.
                (Cause::VisitorNotAdmitted, None) => drop(to_check.insert(matter.about)),
                _ => {}
            }
        }
        calls.to_check = u32::try_from(to_check.len()).unwrap_or(u32::MAX);
        Ok(calls)
    }
}
