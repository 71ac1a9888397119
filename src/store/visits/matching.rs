//! A visitor who is perhaps on the list: somebody at the desk looks, and answers for it.

use super::before_signing::permit_stands;
use super::identity::{likeness_of, not_admitted};
use super::reading::{READING, by_id, open_visits, text};
use super::sign_in::{alert, enter};
use super::{Refusable, cut};
use crate::matters::Cause;
use crate::people::{Act, Language, PersonId, PersonName};
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::matters;
use crate::store::words::from_word;
use crate::visits::rules::{Certainty, Likeness, after_coming};
use crate::visits::{
    ApprovedBy, Described, DoNotAdmitId, Doubt, EnteredReceipt, Record, Terms, Visit, VisitId,
    VisitRefusal, VisitState,
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
            let Some(doubt) = doubted(&deed.tx, visit)? else {
                return Ok(Err(VisitRefusal::NoMatch));
            };
            if admit {
                // Whoever it is for certain is nobody else, however somebody looks.
                let matched = listed(&deed.tx, &waiting)?.map(|(_, certainty)| certainty);
                if doubt.max(matched.unwrap_or(doubt)) == Certainty::Certain {
                    return Ok(Err(VisitRefusal::Listed));
                }
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

    /// The desk lets in somebody to whom a yes was said; the slip prints in the visitor's language.
    pub fn let_visitor_in(
        &mut self,
        visit: VisitId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<EnteredReceipt, VisitRefusal>, StoreError> {
        let done = self.perform("let a visitor in at the desk", at, by, |deed| {
            granted!(super::desk::allowed(deed, by, Act::ApproveVisit)?);
            let Some(visit) = by_id(&deed.tx, visit)? else {
                return Ok(Err(VisitRefusal::Unknown));
            };
            if let Err(listed) = not_listed_since(deed, &visit)? {
                return Ok(Ok(Err(listed)));
            }
            match visit.state {
                VisitState::Admitted => {
                    granted!(permit_stands(&deed.tx, &visit, deed.today())?);
                    let language = language(&deed.tx, &visit)?;
                    Ok(Ok(Ok(enter(deed, &visit, language)?)))
                }
                state => Ok(Err(VisitRefusal::Stands(state))),
            }
        })?;
        Ok(done.flatten())
    }

    /// A visitor who is, or may be, on the list, beside the entry; none where the desk has looked, or
    /// nobody took them for one of the list.
    pub fn doubt_about(&self, visit: VisitId) -> Result<Option<Doubt>, StoreError> {
        match doubted(&self.connection, visit)? {
            Some(_) => self.alert(visit),
            None => Ok(None),
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

/// ● Whoever came on the list while they waited does not go in: the desk is told at once, and looks first
/// where it is not certain. What is reported here stays written although they are refused.
pub(super) fn not_listed_since(deed: &mut Deed<'_>, visit: &Visit) -> Refusable<()> {
    if visit.state != VisitState::Admitted {
        return Ok(Ok(()));
    }
    let certainty = match listed(&deed.tx, visit)? {
        Some(matched) => report(deed, visit.id, matched)?,
        // Told before, of somebody who has another telephone by now: nobody has answered for it yet.
        None => open_report(&deed.tx, visit.id)?,
    };
    Ok(certainty.map_or(Ok(()), |certainty| Err(stopped(certainty))))
}

/// ● Whoever is inside and comes on the list is told of at once: nobody stops them at a door any more.
pub(super) fn report_inside(deed: &mut Deed<'_>) -> Result<(), StoreError> {
    for visit in open_visits(&deed.tx, "visit.state = 'inside'", [])? {
        if let Some(matched) = listed(&deed.tx, &visit)? {
            report(deed, visit.id, matched)?;
        }
    }
    Ok(())
}

/// ● Tells the desk of somebody who did not sign in, and is known by a name alone that is like one of the list.
/// Whether it is.
pub(in crate::store) fn report_named(deed: &mut Deed<'_>, name: &str) -> Result<bool, StoreError> {
    let like = Likeness {
        document: None,
        phone: String::new(),
        name: Some(PersonName::typed(name)),
    };
    let Some((entry, certainty)) = not_admitted(&deed.tx, &like)? else {
        return Ok(false);
    };
    let attempt = VisitId(deed.new_id()?);
    alert(deed, attempt, entry, certainty)?;
    Ok(true)
}

/// ● Tells the desk that this visitor is like an entry of the list, unless it knows that already. How sure
/// that is; nothing where the desk has looked and found somebody else.
pub(super) fn report(
    deed: &mut Deed<'_>,
    visit: VisitId,
    (entry, certainty): (DoNotAdmitId, Certainty),
) -> Result<Option<Certainty>, StoreError> {
    Ok(match reported(&deed.tx, visit)? {
        Some((_, true)) if certainty == Certainty::Possible => None,
        Some((told, false)) if told >= certainty => Some(told),
        // Not told yet, or not that it is certain.
        _ => {
            alert(deed, visit, entry, certainty)?;
            Some(certainty)
        }
    })
}

/// Why somebody like an entry of the list goes no further.
pub(super) fn stopped(certainty: Certainty) -> VisitRefusal {
    match certainty {
        Certainty::Certain => VisitRefusal::Listed,
        Certainty::Possible => VisitRefusal::LookFirst,
    }
}

/// The entry of the list that a visitor is like now.
fn listed(
    connection: &Connection,
    visit: &Visit,
) -> Result<Option<(DoNotAdmitId, Certainty)>, StoreError> {
    match likeness_of(connection, visit.visitor)? {
        Some(like) => not_admitted(connection, &like),
        None => Ok(None),
    }
}

/// How sure it is that somebody at the lodge is on the list, where the desk has not answered for it yet.
pub(super) fn doubted(
    connection: &Connection,
    visit: VisitId,
) -> Result<Option<Certainty>, StoreError> {
    let sql = "SELECT id FROM visits WHERE id = ?1 AND state IN ('waiting', 'admitted')";
    if text(connection, sql, [visit.to_string()])?.is_none() {
        return Ok(None);
    }
    open_report(connection, visit)
}

/// How sure it was when a visit was reported that nobody has answered for.
fn open_report(connection: &Connection, visit: VisitId) -> Result<Option<Certainty>, StoreError> {
    let open = reported(connection, visit)?.filter(|(_, is_cleared)| !is_cleared);
    Ok(open.map(|(certainty, _)| certainty))
}

/// How sure it was when a visit was reported, and whether the desk has looked since and found somebody
/// else; nothing where it was not reported, or the entry was taken off the list.
fn reported(
    connection: &Connection,
    visit: VisitId,
) -> Result<Option<(Certainty, bool)>, StoreError> {
    let row = || format!("alert {visit}");
    let found: Option<(String, bool)> = connection
        .prepare_cached(
            "SELECT alert.certainty, alert.cleared_by IS NOT NULL
             FROM visit_alerts AS alert JOIN do_not_admit AS entry ON entry.id = alert.entry
             WHERE alert.id = ?1 AND entry.lifted_at_ms IS NULL",
        )
        .and_then(|mut select| {
            select
                .query_row([visit.to_string()], |row| row.try_into())
                .optional()
        })
        .doing(READING)?;
    found
        .map(|(certainty, is_cleared)| Ok((from_word(certainty, READING, row)?, is_cleared)))
        .transpose()
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
