//! What the desk and hosts do: say yes or no, the list of those not admitted, permits, messages.

use super::identity::{digest, digits};
use super::reading::{by_id, permit, text};
use super::sign_in::whose;
use super::{Refusable, cut, execute};
use crate::matters::{Cause, Opening};
use crate::people::{Act, PersonId, Role, permits};
use crate::store::books::{Books, Deed};
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::mail::company_of;
use crate::store::{matters, people};
use crate::visits::{
    ApprovedBy, DoNotAdmit, DoNotAdmitId, MessageId, Permit, PermitId, Record, VisitId,
    VisitRefusal, VisitState,
};
use chrono::{DateTime, Utc};
use rusqlite::params;

impl Books {
    /// The desk has phoned; `said` is who said yes, or no: whoever is visited, or somebody else of their
    /// company.
    pub fn approve_visit_by_phone(
        &mut self,
        visit: VisitId,
        said: PersonId,
        yes: bool,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<(), VisitRefusal>, StoreError> {
        self.perform("write down a yes by phone", at, by, |deed| {
            granted!(allowed(deed, by, Act::ApproveVisit)?);
            // A visitor who says yes to another is nobody's word.
            if !is_of_the_house(deed, said)? {
                return Ok(Err(VisitRefusal::NobodySaidYes));
            }
            let Some(waiting) = by_id(&deed.tx, visit)? else {
                return Ok(Err(VisitRefusal::Unknown));
            };
            let whose = whose(&deed.tx, &waiting)?;
            let company = |person| company_of(&deed.tx, person);
            let is_colleague = match waiting.host {
                Some(host) => {
                    let theirs = company(host)?;
                    theirs.is_some() && theirs == company(said)?
                }
                None => false,
            };
            let theirs = whose == Some(said)
                || is_colleague
                // Nobody is visited: then it is also the word of somebody who may give it.
                || waiting.host.is_none()
                    && permits(&people::roles(&deed.tx, said)?, Act::ApproveVisit);
            if !theirs {
                return Ok(Err(VisitRefusal::NotTheirVisitor));
            }
            decide(deed, visit, said, yes, ApprovedBy::DeskPhone)
        })
    }

    /// The host, or whoever answers for the work on the permit, says yes on their own page, with a card.
    pub fn approve_visit_as_host(
        &mut self,
        visit: VisitId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<(), VisitRefusal>, StoreError> {
        self.perform("write down a host's yes", at, by, |deed| {
            let host = match by_id(&deed.tx, visit)? {
                Some(visit) => whose(&deed.tx, &visit)?,
                None => None,
            };
            match by.person {
                Some(person) if by.card.is_some() && host == Some(person) => {
                    decide(deed, visit, person, true, ApprovedBy::HostCard)
                }
                _ => Ok(Err(VisitRefusal::NotTheHost)),
            }
        })
    }

    /// Puts somebody on the list of those who are not admitted.
    pub fn do_not_admit(
        &mut self,
        entry: &DoNotAdmit,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<DoNotAdmitId, VisitRefusal>, StoreError> {
        self.perform("put somebody on the list", at, by, |deed| {
            granted!(allowed(deed, by, Act::KeepDoNotAdmit)?);
            let who = &entry.who;
            let reason = cut(&entry.reason);
            let phone = digits(&who.phone);
            let named = who.name.chinese.is_some() || who.name.latin.is_some();
            if reason.is_empty() || (who.document.is_none() && phone.is_empty() && !named) {
                return Ok(Err(VisitRefusal::Empty));
            }
            let id = DoNotAdmitId(deed.new_id()?);
            let document = match &who.document {
                Some(number) => Some(digest(deed, number)?),
                None => None,
            };
            deed.record(Record::NotAdmitted { entry: id })?;
            execute(
                &deed.tx,
                "INSERT INTO do_not_admit_details
                     (entry, document, phone, name_chinese, name_latin, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    id.to_string(),
                    document,
                    phone,
                    who.name.chinese,
                    who.name.latin,
                    reason
                ],
            )?;
            super::matching::report_inside(deed)?;
            Ok(Ok(id))
        })
    }

    /// Takes somebody off that list; what was written about them is erased.
    pub fn admit_again(
        &mut self,
        entry: DoNotAdmitId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<(), VisitRefusal>, StoreError> {
        self.perform("take somebody off the list", at, by, |deed| {
            granted!(allowed(deed, by, Act::KeepDoNotAdmit)?);
            let id = entry.to_string();
            let gone = execute(
                &deed.tx,
                "DELETE FROM do_not_admit_details WHERE entry = ?1",
                [id],
            )?;
            if gone == 0 {
                return Ok(Err(VisitRefusal::Unknown));
            }
            deed.record(Record::Lifted { entry })?;
            Ok(Ok(()))
        })
    }

    /// Enters a contractor's work permit 施工出入证.
    pub fn enter_permit(
        &mut self,
        entered: &Permit,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<PermitId, VisitRefusal>, StoreError> {
        self.perform("enter a work permit", at, by, |deed| {
            granted!(allowed(deed, by, Act::EnterPermit)?);
            let (number, company) = (cut(&entered.number), cut(&entered.company));
            if number.is_empty() || company.is_empty() {
                return Ok(Err(VisitRefusal::Empty));
            }
            if entered.until < entered.from {
                return Ok(Err(VisitRefusal::Days));
            }
            if entered.until < deed.today() {
                return Ok(Err(VisitRefusal::PermitOver));
            }
            // ● A member of staff answers for them: whoever may take keys is one.
            let roles = people::roles(&deed.tx, entered.answers)?;
            if !permits(&roles, Act::UseKeys) {
                return Ok(Err(VisitRefusal::NobodyAnswers));
            }
            let known = permit(&deed.tx, &number)?;
            if known.is_some_and(|(_, permit)| !permit.is_withdrawn) {
                return Ok(Err(VisitRefusal::PermitKnown));
            }
            let id = PermitId(deed.new_id()?);
            deed.record(Record::PermitEntered {
                permit: id,
                answers: entered.answers,
                from: entered.from,
                until: entered.until,
            })?;
            execute(
                &deed.tx,
                "INSERT INTO visit_permit_details (permit, number, company) VALUES (?1, ?2, ?3)",
                params![id.to_string(), number, company],
            )?;
            Ok(Ok(id))
        })
    }

    /// Takes a work permit back: nobody comes in with it from now on.
    pub fn withdraw_permit(
        &mut self,
        id: PermitId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<(), VisitRefusal>, StoreError> {
        self.perform("take a work permit back", at, by, |deed| {
            granted!(allowed(deed, by, Act::EnterPermit)?);
            let sql = "SELECT id FROM visit_permits WHERE id = ?1 AND withdrawn_at_ms IS NULL";
            let found = text(&deed.tx, sql, [id.to_string()])?;
            let (Some(person), Some(_)) = (by.person, found) else {
                return Ok(Err(VisitRefusal::NoPermit));
            };
            deed.record(Record::PermitWithdrawn {
                permit: id,
                by: person,
            })?;
            Ok(Ok(()))
        })
    }

    /// ● A visitor leaves a message 留言 for a host who is out; it becomes an open matter.
    pub fn leave_message(
        &mut self,
        host: PersonId,
        sender: &str,
        words: &str,
        at: DateTime<Utc>,
    ) -> Result<Result<MessageId, VisitRefusal>, StoreError> {
        self.perform("write down a message", at, Actor::default(), |deed| {
            let (sender, words) = (cut(sender), cut(words));
            if sender.is_empty() || words.is_empty() {
                return Ok(Err(VisitRefusal::Empty));
            }
            if !is_of_the_house(deed, host)? {
                return Ok(Err(VisitRefusal::HostGone));
            }
            let message = MessageId(deed.new_id()?);
            deed.record(Record::MessageLeft { message, host })?;
            execute(
                &deed.tx,
                "INSERT INTO visit_message_texts (message, sender, text) VALUES (?1, ?2, ?3)",
                params![message.to_string(), sender, words],
            )?;
            matters::open(deed, Opening::unowned(Cause::MessageForHost, message.0))?;
            Ok(Ok(message))
        })
    }
}

/// Refuses whoever the permission table does not let do this.
pub(super) fn allowed(deed: &Deed<'_>, by: Actor, act: Act) -> Refusable<()> {
    Ok(match super::leaving::permitted(deed, by, act)? {
        true => Ok(()),
        false => Err(VisitRefusal::NotPermitted { act }),
    })
}

fn is_of_the_house(deed: &Deed<'_>, person: PersonId) -> Result<bool, StoreError> {
    let outside = [Role::Visitor, Role::Contractor];
    let roles = people::roles(&deed.tx, person)?;
    Ok(roles.iter().any(|role| !outside.contains(role)))
}

fn decide(
    deed: &mut Deed<'_>,
    visit: VisitId,
    said: PersonId,
    yes: bool,
    by: ApprovedBy,
) -> Refusable<()> {
    match by_id(&deed.tx, visit)?.map(|visit| visit.state) {
        None => return Ok(Err(VisitRefusal::Unknown)),
        Some(VisitState::Waiting) => {}
        Some(state) => return Ok(Err(VisitRefusal::Stands(state))),
    }
    if let Some(certainty) = super::matching::doubted(&deed.tx, visit)? {
        return Ok(Err(super::matching::stopped(certainty)));
    }
    deed.record(match yes {
        true => Record::Approved {
            visit,
            by,
            said_yes: said,
        },
        false => Record::Refused {
            visit,
            said_no: said,
        },
    })?;
    Ok(Ok(()))
}
