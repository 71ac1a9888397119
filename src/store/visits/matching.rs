//! A visitor who is perhaps on the list: somebody at the desk looks, and answers for it.

use super::before_signing::permit_stands;
use super::identity::{likeness_of, not_admitted};
use super::reading::{READING, by_id, text};
use super::sign_in::{alert, enter};
use super::{Refusable, cut};
use crate::matters::Cause;
use crate::people::{Act, Language, PersonId, PersonName};
use crate::store::books::Books;
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::matters;
use crate::store::words::from_word;
use crate::visits::rules::{Certainty, after_coming};
use crate::visits::{
    ApprovedBy, Described, Doubt, EnteredReceipt, Record, Terms, Visit, VisitId, VisitRefusal,
    VisitState,
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row};

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
            if admit {
                granted!(permit_stands(&deed.tx, &waiting, deed.today())?);
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
            // Who came on the list while they waited may have their yes already.
            if waiting.state == VisitState::Waiting {
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
            }
            enter(deed, &waiting, language(&deed.tx, &waiting)?)?;
            Ok(Ok(VisitState::Inside))
        })
    }

    /// ● Whoever came on the list while they waited does not go in: the desk is told at once, and looks first.
    pub(super) fn not_listed_since(&mut self, visit: &Visit, at: DateTime<Utc>) -> Refusable<()> {
        let like = match visit.state {
            VisitState::Admitted => likeness_of(&self.connection, visit.visitor)?,
            _ => None,
        };
        let matched = match like {
            Some(like) => not_admitted(&self.connection, &like)?,
            None => None,
        };
        let Some((entry, certainty)) = matched else {
            return Ok(Ok(()));
        };
        let told = match is_cleared(&self.connection, visit.id)? {
            Some(true) if certainty == Certainty::Possible => return Ok(Ok(())),
            Some(false) => return Ok(Err(VisitRefusal::LookFirst)),
            told => told,
        };
        self.write(
            "report somebody on the list",
            at,
            Actor::default(),
            |deed| {
                let about = match told {
                    Some(_) => VisitId(deed.new_id()?),
                    None => visit.id,
                };
                alert(deed, about, entry, certainty)
            },
        )?;
        Ok(Err(VisitRefusal::LookFirst))
    }

    /// The desk lets in somebody to whom a yes was said; the slip prints in the visitor's language.
    pub fn let_visitor_in(
        &mut self,
        visit: VisitId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<EnteredReceipt, VisitRefusal>, StoreError> {
        let Some(visit) = by_id(&self.connection, visit)? else {
            return Ok(Err(VisitRefusal::Unknown));
        };
        granted!(self.not_listed_since(&visit, at)?);
        self.perform("let a visitor in at the desk", at, by, |deed| {
            let checked: Refusable<()> = super::desk::allowed(deed, by, Act::ApproveVisit);
            granted!(checked?);
            match visit.state {
                VisitState::Admitted => {
                    granted!(permit_stands(&deed.tx, &visit, deed.today())?);
                    let language = language(&deed.tx, &visit)?;
                    Ok(Ok(enter(deed, &visit, language)?))
                }
                state => Ok(Err(VisitRefusal::Stands(state))),
            }
        })
    }

    /// A visitor who is perhaps on the list, beside the entry; none where the desk has looked, or
    /// nobody took them for one of the list.
    pub fn doubt_about(&self, visit: VisitId) -> Result<Option<Doubt>, StoreError> {
        match is_doubtful(&self.connection, visit)? {
            true => self.alert(visit),
            false => Ok(None),
        }
    }

    /// Why somebody was sent to the desk: who came, beside the entry of the list, as far as the books
    /// still hold either.
    pub fn alert(&self, attempt: VisitId) -> Result<Option<Doubt>, StoreError> {
        let row = || format!("alert {attempt}");
        let found = self
            .connection
            .prepare_cached(
                "SELECT alert.certainty, visit.id IS NOT NULL, person.name_chinese,
                     person.name_latin, coalesce(visitor.company, ''), coalesce(visitor.phone, ''),
                     visitor.document IS NOT NULL, details.reason, details.name_chinese,
                     details.name_latin, coalesce(details.phone, ''), details.document IS NOT NULL,
                     entry.entered_at_ms
                 FROM visit_alerts AS alert
                 JOIN do_not_admit AS entry ON entry.id = alert.entry
                 LEFT JOIN do_not_admit_details AS details ON details.entry = alert.entry
                 LEFT JOIN visits AS visit ON visit.id = alert.id
                 LEFT JOIN persons AS person ON person.id = visit.visitor
                 LEFT JOIN visitors AS visitor ON visitor.person = visit.visitor
                 WHERE alert.id = ?1",
            )
            .and_then(|mut select| {
                select
                    .query_row([attempt.to_string()], |row| {
                        let certainty: String = row.get(0)?;
                        let came: bool = row.get(1)?;
                        let company: String = row.get(4)?;
                        let reason: Option<String> = row.get(7)?;
                        let since: i64 = row.get(12)?;
                        let visitor = described(row, [2, 3, 5, 6])?;
                        let listed = described(row, [8, 9, 10, 11])?;
                        Ok((
                            certainty,
                            came.then_some(Described { company, ..visitor }),
                            reason.is_some().then_some(listed),
                            reason.unwrap_or_default(),
                            since,
                        ))
                    })
                    .optional()
            })
            .doing(READING)?;
        found
            .map(|(certainty, visitor, listed, reason, since)| {
                let certainty: Certainty = from_word(certainty, READING, row)?;
                Ok(Doubt {
                    is_certain: certainty == Certainty::Certain,
                    since: DateTime::from_timestamp_millis(since).filter(|_| listed.is_some()),
                    visitor,
                    listed,
                    reason,
                })
            })
            .transpose()
    }
}

/// Digits of a telephone that are told of somebody: enough to tell two of one name apart.
const TAIL: usize = 4;

/// Somebody out of a row: the places of both names, the telephone, and whether a document is known.
fn described(
    row: &Row<'_>,
    [chinese, latin, phone, document]: [usize; 4],
) -> rusqlite::Result<Described> {
    let name = PersonName {
        chinese: row.get(chinese)?,
        latin: row.get(latin)?,
    };
    let phone: String = row.get(phone)?;
    let tail = phone.len().saturating_sub(TAIL);
    Ok(Described {
        name: (name != PersonName::default()).then_some(name),
        company: String::new(),
        phone_tail: phone.get(tail..).unwrap_or_default().to_owned(),
        has_document: row.get(document)?,
    })
}

/// Whether the desk has to look at this visitor first.
pub(super) fn is_doubtful(connection: &Connection, visit: VisitId) -> Result<bool, StoreError> {
    let sql =
        "SELECT visit.id FROM visits AS visit JOIN visit_alerts AS alert ON alert.id = visit.id
        WHERE visit.id = ?1 AND visit.state IN ('waiting', 'admitted')
            AND alert.certainty = 'possible' AND alert.cleared_by IS NULL";
    Ok(text(connection, sql, [visit.to_string()])?.is_some())
}

/// Whether the desk has looked at a visit that was reported and found somebody else; nothing where it was
/// not reported.
pub(super) fn is_cleared(
    connection: &Connection,
    visit: VisitId,
) -> Result<Option<bool>, StoreError> {
    let sql = "SELECT coalesce(cleared_by, '') FROM visit_alerts WHERE id = ?1";
    Ok(text(connection, sql, [visit.to_string()])?.map(|by| !by.is_empty()))
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
