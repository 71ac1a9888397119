//! Leaving: by slip, card, desk, or at closing time; temporary cards; erasing.

use super::reading::{READING, by_id, by_number, one, open_visits, text};
use super::{Refusable, cut, execute};
use crate::matters::{Cause, Opening};
use crate::people::{Act, CardId, CardState, Credential};
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::people::{self, CardRow};
use crate::store::words::{from_word, to_word};
use crate::store::{matters, slips, staff};
use crate::visits::rules::carried_out;
use crate::visits::{Leaving, Record, SignOut, Terms, Visit, VisitId, VisitRefusal, VisitState};
use chrono::{DateTime, Utc};
use rusqlite::params;

impl Books {
    /// Which visit a slip or temporary card would end.
    pub fn visit_to_end(&self, by: &SignOut) -> Result<Option<Visit>, StoreError> {
        find(&self.connection, by)
    }

    /// Signs out by slip or card. `all_out` answers whether everything carried in goes out again.
    pub fn sign_out(
        &mut self,
        by: &SignOut,
        all_out: Option<bool>,
        at: DateTime<Utc>,
    ) -> Result<Result<VisitId, VisitRefusal>, StoreError> {
        self.perform("sign a visitor out", at, Actor::default(), |deed| {
            let Some(visit) = find(&deed.tx, by)? else {
                return Ok(Err(VisitRefusal::Unknown));
            };
            let leaving = match by {
                SignOut::Slip(_) => Leaving::Slip,
                SignOut::Card(_) => Leaving::Card,
            };
            leave(deed, &visit, leaving, all_out)
        })
    }

    /// The desk signs a visitor out.
    pub fn sign_out_at_desk(
        &mut self,
        visit: VisitId,
        all_out: Option<bool>,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<VisitId, VisitRefusal>, StoreError> {
        self.perform("sign a visitor out", at, by, |deed| {
            granted!(super::desk::allowed(deed, by, Act::SignOutVisitor)?);
            match by_id(&deed.tx, visit)? {
                Some(visit) => leave(deed, &visit, Leaving::Desk, all_out),
                None => Ok(Err(VisitRefusal::Unknown)),
            }
        })
    }

    /// The lobby closed: whoever came before and is still inside left unseen, and nothing comes of
    /// what was open then. Who comes after closing time stays until the next. Returns how many were
    /// signed out.
    pub fn close_visits(
        &mut self,
        terms: &Terms,
        closed: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        self.write("close the day's visits", at, Actor::default(), |deed| {
            let open = open_visits(
                &deed.tx,
                // Whoever went in after closing time is inside, and on the roll, until they leave.
                "((visit.state IN ('waiting', 'admitted') AND visit.came_at_ms <= ?1)
                     OR (visit.state = 'inside' AND visit.inside_at_ms <= ?1)
                     OR (visit.state = 'announced' AND visit.until_ms <= ?1))
                 ORDER BY visit.id",
                [closed.timestamp_millis()],
            )?;
            let mut left = 0;
            for visit in open {
                if visit.state == VisitState::Inside {
                    if !terms.signs_out_at_closing {
                        continue;
                    }
                    let Ok(_) = leave(deed, &visit, Leaving::NotConfirmed, None)? else {
                        continue;
                    };
                    left += 1;
                } else {
                    deed.record(Record::Lapsed { visit: visit.id })?;
                }
            }
            // Until here a code that was used, or taken back, could say so to whoever held it up again.
            execute(
                &deed.tx,
                // Codes are few and visits are years of them: each code looks its own visit up.
                "DELETE FROM visit_codes WHERE EXISTS (SELECT 1 FROM visits AS visit
                     WHERE visit.id = visit_codes.visit
                         AND visit.state NOT IN ('announced', 'waiting', 'admitted', 'inside')
                         AND visit.until_ms <= ?1)",
                [closed.timestamp_millis()],
            )?;
            Ok(left)
        })
    }

    /// Issues a temporary card with a visit, by tapping it at the desk.
    pub fn issue_temporary_card(
        &mut self,
        terms: &Terms,
        visit: VisitId,
        credential: &Credential,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<CardId, VisitRefusal>, StoreError> {
        self.perform("issue a temporary card", at, by, |deed| {
            granted!(super::desk::allowed(deed, by, Act::KeepCards)?);
            if !terms.temporary_cards {
                return Ok(Err(VisitRefusal::NoCards));
            }
            let Some(visit) = by_id(&deed.tx, visit)? else {
                return Ok(Err(VisitRefusal::Unknown));
            };
            if visit.state != VisitState::Inside {
                return Ok(Err(VisitRefusal::Stands(visit.state)));
            }
            let id = visit.id.to_string();
            let out = "SELECT card FROM visit_cards WHERE visit = ?1 AND returned_at_ms IS NULL";
            if text(&deed.tx, out, [&id])?.is_some() {
                return Ok(Err(VisitRefusal::HasCard));
            }
            let card = match people::find_card(&deed.tx, credential)? {
                None => {
                    let (person, state) = (visit.visitor, CardState::Active);
                    let row = CardRow {
                        person,
                        credential: credential.clone(),
                        state,
                    };
                    people::insert_card(deed, &row)?
                }
                // Only a card that was a visitor's before, and has come back, is a temporary one.
                Some((card, ..)) => {
                    let free = text(
                        &deed.tx,
                        "SELECT card FROM visit_cards WHERE card = ?1
                         GROUP BY card HAVING count(*) = count(returned_at_ms)",
                        [card.to_string()],
                    )?;
                    if free.is_none() {
                        return Ok(Err(VisitRefusal::CardTaken));
                    }
                    execute(
                        &deed.tx,
                        "UPDATE cards SET person = ?2, state = 'active' WHERE id = ?1",
                        params![card.to_string(), visit.visitor.to_string()],
                    )?;
                    card
                }
            };
            deed.record(Record::CardIssued {
                visit: visit.id,
                card,
            })?;
            Ok(Ok(card))
        })
    }

    /// A temporary card came back to the desk; it opens nothing from now on.
    pub fn return_temporary_card(
        &mut self,
        credential: &Credential,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<CardId, VisitRefusal>, StoreError> {
        self.perform("take a temporary card back", at, by, |deed| {
            granted!(super::desk::allowed(deed, by, Act::KeepCards)?);
            let Some((card, ..)) = people::find_card(&deed.tx, credential)? else {
                return Ok(Err(VisitRefusal::CardNotOut));
            };
            let Some(visit) = out_with(deed, card)? else {
                return Ok(Err(VisitRefusal::CardNotOut));
            };
            take_card(deed, visit, card)?;
            Ok(Ok(card))
        })
    }

    /// A temporary card does not come back: it is lost, the matter about it is over with the reason, and
    /// nothing of the house keeps its visitor's name here any longer.
    pub fn write_off_temporary_card(
        &mut self,
        card: CardId,
        reason: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<CardId, VisitRefusal>, StoreError> {
        self.perform("write a temporary card off", at, by, |deed| {
            granted!(super::desk::allowed(deed, by, Act::KeepCards)?);
            let reason = cut(reason);
            if reason.is_empty() {
                return Ok(Err(VisitRefusal::Empty));
            }
            let (Some(person), Some(visit)) = (by.person, out_with(deed, card)?) else {
                return Ok(Err(VisitRefusal::CardNotOut));
            };
            move_card(deed, card, CardState::Lost)?;
            deed.record(Record::CardGone {
                visit,
                card,
                by: person,
            })?;
            // Whoever is still inside has no matter yet; the reason has its place all the same.
            let (cause, about, owner) = (Cause::VisitorCardOut, visit.0, Some(person));
            matters::open(
                deed,
                Opening {
                    cause,
                    about,
                    owner,
                },
            )?;
            matters::settle(deed, cause, about, person, &reason)?;
            Ok(Ok(card))
        })
    }

    /// Erases names, numbers, words and signatures of visitors who were last here before a moment
    /// and have nothing of the house. Their visits stay as counts. Returns of how many visitors.
    pub fn erase_visitors(
        &mut self,
        before: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<u32, StoreError> {
        const GONE: &str = "SELECT visitor.person FROM visitors AS visitor
            WHERE NOT EXISTS (SELECT 1 FROM visits AS visit WHERE visit.visitor = visitor.person
                AND (visit.state IN ('announced', 'waiting', 'admitted', 'inside')
                    OR coalesce(visit.left_at_ms, visit.came_at_ms, visit.until_ms) >= ?1))
            AND NOT EXISTS (SELECT 1 FROM lending_loans AS loan
                WHERE loan.borrower = visitor.person AND loan.returned_at_ms IS NULL)
            AND NOT EXISTS (SELECT 1 FROM visit_cards AS out JOIN visits AS visit
                ON visit.id = out.visit
                WHERE visit.visitor = visitor.person AND out.returned_at_ms IS NULL)
            AND NOT EXISTS (SELECT 1 FROM person_roles AS role
                WHERE role.person = visitor.person AND role.role <> 'visitor')";
        self.write("erase visitors", at, Actor::default(), |deed| {
            let gone: Vec<String> = deed
                .tx
                .prepare_cached(GONE)
                .and_then(|mut select| {
                    select
                        .query_map([before.timestamp_millis()], |row| row.get(0))?
                        .collect()
                })
                .doing(READING)?;
            for person in &gone {
                for sql in [
                    "DELETE FROM visit_details WHERE visit IN
                         (SELECT id FROM visits WHERE visitor = ?1)",
                    "DELETE FROM visit_codes WHERE visit IN
                         (SELECT id FROM visits WHERE visitor = ?1)",
                    "DELETE FROM key_contractors WHERE loan IN (SELECT id FROM key_loans
                         WHERE contractor = ?1 AND returned_at_ms IS NOT NULL)",
                    "DELETE FROM visitors WHERE person = ?1",
                    "DELETE FROM cards WHERE person = ?1",
                    "DELETE FROM person_roles WHERE person = ?1",
                    "DELETE FROM persons WHERE id = ?1",
                ] {
                    execute(&deed.tx, sql, [person])?;
                }
            }
            let visitors = u32::try_from(gone.len()).unwrap_or(u32::MAX);
            if visitors > 0 {
                deed.record(Record::Erased { visitors, before })?;
            }
            execute(
                &deed.tx,
                "DELETE FROM visit_message_texts WHERE message IN
                     (SELECT id FROM visit_messages WHERE at_ms < ?1)",
                [before.timestamp_millis()],
            )?;
            // Contractors whom the holder of a key went along with are visitors by another door.
            execute(
                &deed.tx,
                "DELETE FROM key_contractors WHERE loan IN
                     (SELECT id FROM key_loans WHERE returned_at_ms < ?1)",
                [before.timestamp_millis()],
            )?;
            // Badges, roll calls and fall-back packs name who was inside.
            slips::forget(deed, before)?;
            Ok(visitors)
        })
    }
}

fn find(connection: &rusqlite::Connection, by: &SignOut) -> Result<Option<Visit>, StoreError> {
    match by {
        SignOut::Slip(number) => by_number(connection, number),
        SignOut::Card(credential) => match people::find_card(connection, credential)? {
            Some((card, ..)) => one(
                connection,
                "WHERE visit.id = (SELECT visit FROM visit_cards
                     WHERE card = ?1 AND returned_at_ms IS NULL)",
                [card.to_string()],
            ),
            None => Ok(None),
        },
    }
}

fn leave(
    deed: &mut Deed<'_>,
    visit: &Visit,
    leaving: Leaving,
    all_out: Option<bool>,
) -> Refusable<VisitId> {
    if visit.state != VisitState::Inside {
        return Ok(Err(VisitRefusal::Stands(visit.state)));
    }
    let (carried_out, is_missing) = carried_out(visit.carries, leaving, all_out);
    deed.record(Record::Left {
        visit: visit.id,
        leaving,
        carried_out,
    })?;
    if is_missing {
        matters::open(
            deed,
            Opening::unowned(Cause::VisitorThingsMissing, visit.id.0),
        )?;
    }
    let sql = "SELECT card FROM visit_cards WHERE visit = ?1 AND returned_at_ms IS NULL";
    if let Some(card) = text(&deed.tx, sql, [visit.id.to_string()])? {
        let card = from_word(card, READING, || format!("visit {}", visit.id))?;
        // A card that was tapped is not in the box yet: it stays out, but opens nothing more.
        move_card(deed, card, CardState::Expired)?;
        matters::open(deed, Opening::unowned(Cause::VisitorCardOut, visit.id.0))?;
    }
    Ok(Ok(visit.id))
}

/// With which visit a temporary card is out.
fn out_with(deed: &Deed<'_>, card: CardId) -> Result<Option<VisitId>, StoreError> {
    let sql = "SELECT visit FROM visit_cards WHERE card = ?1 AND returned_at_ms IS NULL";
    let visit = text(&deed.tx, sql, [card.to_string()])?;
    let row = || format!("card {card}");
    visit
        .map(|visit| from_word(visit, READING, row))
        .transpose()
}

/// The card is in the box: what was open about it is over.
fn take_card(deed: &mut Deed<'_>, visit: VisitId, card: CardId) -> Result<(), StoreError> {
    move_card(deed, card, CardState::Expired)?;
    deed.record(Record::CardReturned { visit, card })?;
    matters::lapse_of(deed, Cause::VisitorCardOut, visit.0)
}

fn move_card(deed: &Deed<'_>, card: CardId, state: CardState) -> Result<(), StoreError> {
    execute(
        &deed.tx,
        "UPDATE cards SET state = ?2 WHERE id = ?1",
        [card.to_string(), to_word(&state)],
    )?;
    Ok(())
}

/// Whether the actor is somebody the books allow this.
pub(super) fn permitted(deed: &Deed<'_>, by: Actor, act: Act) -> Result<bool, StoreError> {
    staff::permitted(deed, by, act)
}
