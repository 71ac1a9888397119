//! Keys in the books: sign-out and return, and what the touch screen asks.

mod again;
mod checking;
mod desk;
mod fold;
mod reading;
mod reports;

pub(super) use fold::apply;
pub(super) use reading::{grants_of, held_by};

pub use desk::KeyEntry;
pub(super) use desk::kept_keys;
pub use reports::OpenReport;

use super::books::{Books, Deed};
use super::error::StoreError;
use super::journal::Actor;
use super::{matters, people, visits};
use crate::keys::flow::{Answer, Ask};
use crate::keys::{
    Answers, Awaits, Contractor, Harm, Inside, Key, KeyLoanId, KeyReturnRefusal, Point, Record,
    ReturnOrder, ReturnReceipt, TakeOrder, TakeReceipt, TakeRefusal, Terms, rules,
};
use crate::matters::{Cause, Opening};
use crate::people::{Act, Holder, PersonId, permits};
use chrono::{DateTime, Utc};
use reading::{key_by_id, key_by_tag, open_loan};
use rusqlite::params;

/// The longest text of people that is kept, in characters: a few lines.
pub(super) const LONGEST_TEXT: usize = 300;

impl Books {
    /// Answers the touch screen; `holder` is whose card is in the session.
    pub fn answer_keys(
        &mut self,
        terms: &Terms,
        holder: Option<&Holder>,
        ask: Ask,
        at: DateTime<Utc>,
    ) -> Result<Answer, StoreError> {
        Ok(match ask {
            Ask::Offered => Answer::Offered(match holder {
                Some(holder) => self.keys_for(holder.person, at)?,
                None => Vec::new(),
            }),
            // Who is inside is told to those who take keys, whatever the page was.
            Ask::Contractors => Answer::Contractors(match holder {
                Some(holder) if self.takes_keys(holder.person)? => self.contractors_inside()?,
                _ => Vec::new(),
            }),
            Ask::Take(order) => {
                let by = Actor::of(&order.holder);
                Answer::Taken(self.sign_key_out(terms, &order, by, at)?)
            }
            Ask::Return(order) => {
                let by = order.by.as_ref().map(Actor::of).unwrap_or_default();
                Answer::Returned(self.take_key_back(&order, by, at)?)
            }
            Ask::TurnedUp { tag } => {
                let by = holder.map(Actor::of).unwrap_or_default();
                Answer::TurnedUp(self.key_turned_up(&tag, by, at)?)
            }
        })
    }

    /// Whether this person may take keys at all.
    pub(super) fn takes_keys(&self, person: PersonId) -> Result<bool, StoreError> {
        Ok(permits(
            &people::roles(&self.connection, person)?,
            Act::UseKeys,
        ))
    }

    /// Contractors who are inside, whoever came last first.
    pub fn contractors_inside(&self) -> Result<Vec<Inside>, StoreError> {
        reading::contractors(
            &self.connection,
            "ORDER BY visit.inside_at_ms DESC, visit.id",
            [],
        )
    }

    /// The keys on their hooks that this person was granted, by hook.
    pub fn keys_for(&self, person: PersonId, at: DateTime<Utc>) -> Result<Vec<Key>, StoreError> {
        let grants = grants_of(&self.connection, person)?;
        let mut keys = reading::keys(
            &self.connection,
            "WHERE state = 'on-hook' ORDER BY hook",
            [],
        )?;
        keys.retain(|key| rules::is_granted(&grants, &key.group, at));
        Ok(keys)
    }

    /// The key with this tag, and whether it is out.
    pub fn key_of_tag(&self, tag: &str) -> Result<Option<(Key, bool)>, StoreError> {
        let Some(key) = key_by_tag(&self.connection, tag)? else {
            return Ok(None);
        };
        let is_out = open_loan(&self.connection, key.id)?.is_some();
        Ok(Some((key, is_out)))
    }

    /// Signs a key out, where the rules allow it on what is in the books at this very moment; `by` is
    /// who does it: the holder at the touch screen, a member of staff at the desk.
    pub fn sign_key_out(
        &mut self,
        terms: &Terms,
        order: &TakeOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<TakeReceipt, TakeRefusal>, StoreError> {
        let done = self.perform("sign a key out", at, by, |deed| {
            let Some(key) = key_by_id(&deed.tx, order.key)? else {
                return Ok(Err(TakeRefusal::UnknownTag));
            };
            let out = open_loan(&deed.tx, key.id)?;
            let roles = people::roles(&deed.tx, order.holder.person)?;
            let grants = grants_of(&deed.tx, order.holder.person)?;
            let taker = rules::Taker {
                person: order.holder.person,
                roles: &roles,
                how: order.how,
                grants: &grants,
            };
            let second = match &order.second {
                Some(second) => Some((second.person, people::roles(&deed.tx, second.person)?)),
                None => None,
            };
            let second = second.as_ref().map(|(person, roles)| rules::Second {
                person: *person,
                roles,
            });
            let house = (terms, deed.building);
            let (out, purpose) = (out.as_ref(), &order.purpose);
            let until = rules::may_take(&key, out, &taker, second, purpose, deed.at, house);
            let until = granted!(until);
            let due = until.due;
            let loan = KeyLoanId(deed.new_id()?);
            let (contractor, person) = match &order.contractor {
                Some(Contractor::Inside(person)) => match contractor_inside(&deed.tx, *person)? {
                    Some(words) => (Some(words), Some(*person)),
                    None => return Ok(Err(TakeRefusal::ContractorGone)),
                },
                Some(Contractor::Named(name)) => {
                    // ● Told to the desk at once, and written although nothing goes out.
                    if visits::report_named(deed, name)? {
                        return Ok(Ok(Err(TakeRefusal::ContractorUnknown)));
                    }
                    (Some(kept(name)), None)
                }
                None => (None, None),
            };
            let contractor = contractor.filter(|name| !name.is_empty());
            deed.record(Record::SignedOut {
                loan,
                key: key.id,
                hook: key.hook.clone(),
                holder: order.holder.person,
                due,
                purpose: order.purpose.clone(),
                second: second.map(|second| second.person),
                goes_along: contractor.is_some(),
                contractor: person,
            })?;
            if let Some(name) = &contractor {
                fold::execute(
                    &deed.tx,
                    "INSERT INTO key_contractors (loan, contractor) VALUES (?1, ?2)",
                    params![loan.to_string(), name],
                )?;
            }
            if contractor.is_some() {
                // ● Whoever signs for contractors goes along, and stays responsible until it is back.
                let opening = Opening {
                    owner: Some(order.holder.person),
                    ..Opening::unowned(Cause::ContractorWithKey, loan.0)
                };
                matters::open(deed, opening)?;
            }
            if until.in_curfew {
                let opening = Opening::unowned(Cause::KeyInEmergency, loan.0);
                matters::open(deed, opening)?;
            }
            Ok(Ok(Ok(TakeReceipt {
                loan,
                hook: key.hook,
                pieces: key.pieces,
                due,
                goes_along: contractor.is_some(),
            })))
        })?;
        Ok(done.flatten())
    }

    /// Takes a key back, from whoever brings it; each "no" leaves a matter. `by` is who does it:
    /// whoever's card told at the touch screen, a member of staff at the desk.
    pub fn take_key_back(
        &mut self,
        order: &ReturnOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<ReturnReceipt, KeyReturnRefusal>, StoreError> {
        let bringer = order.by.as_ref().map(|by| by.person);
        self.key_back(&order.tag, order.answers, bringer, by, at)
    }

    /// The same, by whoever brings it.
    pub(in crate::store) fn key_back(
        &mut self,
        tag: &str,
        answers: Answers,
        bringer: Option<PersonId>,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<ReturnReceipt, KeyReturnRefusal>, StoreError> {
        self.perform("take a key back", at, by, |deed| {
            let Some(key) = key_by_tag(&deed.tx, tag)? else {
                return Ok(Err(KeyReturnRefusal::UnknownTag));
            };
            let Some(loan) = open_loan(&deed.tx, key.id)? else {
                return Ok(Err(KeyReturnRefusal::NotOut { hook: key.hook }));
            };
            let denied = answers.denied();
            let by_another = bringer.is_some_and(|person| person != loan.holder);
            let late = rules::is_late(loan.due, deed.at);
            let reports = reading::reports_since(&deed.tx, key.id, loan.id)?;
            let awaits = rules::awaits(&denied, &reports);
            deed.record(Record::Returned {
                loan: loan.id,
                key: key.id,
                by_another,
                late,
                denied: denied.clone(),
                aside: awaits.is_some(),
                bringer: bringer.filter(|person| deed.actor().person != Some(*person)),
            })?;
            matters::lapse_of(deed, Cause::ContractorWithKey, loan.id.0)?;
            for cause in rules::left_open(&denied) {
                if cause == Cause::UnitNotSafe {
                    let opening = Opening::unowned(cause, loan.id.0);
                    matters::open(deed, opening)?;
                }
            }
            // ● Where it came back before the keeper asked for it, nobody has written down why it did not
            // come in time.
            let due = deed.building.local(loan.due).date();
            if due < deed.today() && !reading::is_explained(&deed.tx, key.id, due)? {
                matters::open(deed, Opening::unowned(Cause::KeyWasOut, loan.id.0))?;
            }
            // A key that was reported while it was out has its report.
            if denied.contains(&Point::Whole) && reading::open_report(&deed.tx, key.id)?.is_none() {
                reports::report(deed, &key, Harm::Damaged, "", Some(loan.holder))?;
            }
            if awaits == Some(Awaits::Keeper) {
                again::ask_keeper(deed, key.id)?;
            }
            Ok(Ok(ReturnReceipt {
                hook: key.hook,
                by_another,
                late,
                denied,
                awaits,
            }))
        })
    }
}

/// A text of people as it is kept.
pub(super) fn kept(text: &str) -> String {
    text.trim().chars().take(LONGEST_TEXT).collect()
}

type Refusable<T, R> = Result<Result<T, R>, StoreError>;

/// Who acts, where the permission table lets them.
fn permitted(
    deed: &Deed<'_>,
    by: Actor,
    act: crate::people::Act,
) -> Refusable<PersonId, crate::keys::KeyRefusal> {
    let allowed = super::staff::permitted(deed, by, act)?;
    Ok(match (allowed, by.person) {
        (true, Some(person)) => Ok(person),
        _ => Err(crate::keys::KeyRefusal::NotPermitted(act)),
    })
}

/// What is kept of a contractor who is inside: the name, and the company that works.
fn contractor_inside(
    connection: &rusqlite::Connection,
    person: PersonId,
) -> Result<Option<String>, StoreError> {
    let found = reading::contractors(connection, "AND visit.visitor = ?1", [person.to_string()])?;
    Ok(found.into_iter().next().map(|inside| {
        let name = inside.name.chinese.or(inside.name.latin);
        let parts = [name.unwrap_or_default(), inside.company];
        let there: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        kept(&there.join(" · "))
    }))
}
