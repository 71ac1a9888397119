//! A visitor who is perhaps on the list: somebody at the desk looks, and answers for it.

use super::reading::{READING, by_id, text};
use super::sign_in::enter;
use super::{Refusable, cut, granted};
use crate::matters::Cause;
use crate::people::{Act, Language, PersonId};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::matters;
use crate::store::words::from_word;
use crate::visits::rules::after_coming;
use crate::visits::{
    ApprovedBy, EnteredReceipt, Record, Terms, Visit, VisitId, VisitRefusal, VisitState,
};
use chrono::{DateTime, Utc};
use rusqlite::Connection;

impl Books {
    /// Somebody at the desk has looked at a visitor who is perhaps on the list: it is somebody else,
    /// or it is not and they are sent away. In the name of whoever looked, with the reason.
    ///
    /// Whoever is somebody else waits on for a yes where their type needs one, and goes in at once
    /// where it needs none: then the slip prints.
    pub fn settle_match(
        &mut self,
        terms: &Terms,
        visit: VisitId,
        admit: bool,
        reason: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<VisitState, VisitRefusal>, StoreError> {
        self.perform("look at a possible match", at, by, |deed| {
            granted!(super::desk::allowed(deed, by, Act::ApproveVisit)?);
            let (Some(person), Some(waiting)) = (by.person, by_id(&deed.tx, visit)?) else {
                return Ok(Err(VisitRefusal::Unknown));
            };
            let reason = cut(reason);
            if reason.is_empty() {
                return Ok(Err(VisitRefusal::Empty));
            }
            if !is_doubtful(&deed.tx, visit)? {
                return Ok(Err(VisitRefusal::NoMatch));
            }
            let cause = Cause::VisitorNotAdmitted;
            matters::settle(deed, cause, visit.0, person, &reason)?;
            if !admit {
                let said_no = person;
                deed.record(Record::Refused { visit, said_no })?;
                return Ok(Ok(VisitState::Refused));
            }
            deed.record(Record::MatchCleared { visit, by: person })?;
            let invited = waiting.window.is_some();
            if after_coming(waiting.of, invited, terms) == VisitState::Waiting {
                return Ok(Ok(VisitState::Waiting));
            }
            deed.record(Record::Approved {
                visit,
                by: match invited {
                    true => ApprovedBy::Invitation,
                    false => ApprovedBy::DeskPhone,
                },
                said_yes: person,
            })?;
            enter(deed, &waiting, language(&deed.tx, &waiting)?)?;
            Ok(Ok(VisitState::Inside))
        })
    }

    /// The desk lets in somebody to whom a yes was said; the slip prints in the visitor's language.
    pub fn let_visitor_in(
        &mut self,
        visit: VisitId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<EnteredReceipt, VisitRefusal>, StoreError> {
        self.perform("let a visitor in at the desk", at, by, |deed| {
            let checked: Refusable<()> = super::desk::allowed(deed, by, Act::ApproveVisit);
            granted!(checked?);
            let Some(visit) = by_id(&deed.tx, visit)? else {
                return Ok(Err(VisitRefusal::Unknown));
            };
            match visit.state {
                VisitState::Admitted => {
                    let language = language(&deed.tx, &visit)?;
                    Ok(Ok(enter(deed, &visit, language)?))
                }
                state => Ok(Err(VisitRefusal::Stands(state))),
            }
        })
    }

    /// Why a visitor is perhaps on the list, as far as it is still there; none where the desk has
    /// looked, or nobody took them for one of the list.
    pub fn doubt_about(&self, visit: VisitId) -> Result<Option<String>, StoreError> {
        text(
            &self.connection,
            "SELECT coalesce(details.reason, '') FROM visits AS visit
             JOIN visit_alerts AS alert ON alert.id = visit.id
             LEFT JOIN do_not_admit_details AS details ON details.entry = alert.entry
             WHERE visit.id = ?1 AND visit.state = 'waiting' AND alert.cleared_by IS NULL",
            [visit.to_string()],
        )
    }
}

/// Whether the desk has to look at this visitor first.
pub(super) fn is_doubtful(connection: &Connection, visit: VisitId) -> Result<bool, StoreError> {
    let sql =
        "SELECT visit.id FROM visits AS visit JOIN visit_alerts AS alert ON alert.id = visit.id
        WHERE visit.id = ?1 AND visit.state = 'waiting' AND alert.cleared_by IS NULL";
    Ok(text(connection, sql, [visit.to_string()])?.is_some())
}

/// The language a visitor signed in with.
fn language(connection: &Connection, visit: &Visit) -> Result<Language, StoreError> {
    let person: PersonId = visit.visitor;
    let sql = "SELECT language FROM persons WHERE id = ?1";
    match text(connection, sql, [person.to_string()])? {
        Some(word) => from_word(word, READING, || format!("person {person}")),
        None => Ok(Language::default()),
    }
}
