//! Who reads what at the desk. The books decide, whatever a window asks: whoever does not read the
//! registers gets what their own work needs, and nothing of visitors, mail, loans and people.

use super::orders::Done;
use crate::desk::about::About;
use crate::desk::dialog::Seek;
use crate::desk::event::{Outcome, Refusal, SignedFor};
use crate::desk::facts::{Candidate, Facts, Hit, HookFact, MatterFact, PersonFact};
use crate::desk::scanning::Meant;
use crate::keys::{KeyGroup, KeyState};
use crate::people::{Act, PersonId, Role, Signature, permits};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::people;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// What somebody who does not read the registers sees all the same.
struct Own {
    who: PersonId,
    roles: Vec<Role>,
    /// The groups of keys granted to them.
    groups: BTreeSet<KeyGroup>,
}

impl Own {
    fn may(&self, act: Act) -> bool {
        permits(&self.roles, act)
    }

    /// A key that they may take, or have.
    fn hook(&self, mut fact: HookFact) -> Option<HookFact> {
        let holds =
            |fact: &HookFact| fact.out.as_ref().map(|out| out.loan.holder) == Some(self.who);
        let is_theirs = holds(&fact);
        let is_granted = self.may(Act::UseKeys) && self.groups.contains(&fact.key.group);
        if !is_theirs && !is_granted {
            return None;
        }
        // Who else has it, and whom they go along with, stands in the register.
        if let Some(out) = fact.out.as_mut().filter(|_| !is_theirs) {
            (out.holder, out.second, out.contractor) = (None, None, None);
        }
        Some(fact)
    }

    /// A matter that they own, or that nobody has taken yet.
    fn matter(&self, mut fact: MatterFact) -> Option<MatterFact> {
        let owner = fact.matter.owner;
        if !self.may(Act::OwnMatters) || owner.is_some_and(|owner| owner != self.who) {
            return None;
        }
        if matches!(fact.about, About::Alert(_)) && !self.may(Act::ApproveVisit) {
            fact.about = About::Nothing;
        }
        Some(fact)
    }
}

impl Books {
    /// What the rooms show this person.
    pub fn desk_facts(&self, who: PersonId, at: DateTime<Utc>) -> Result<Facts, StoreError> {
        let Some(own) = self.own(who, at)? else {
            return self.registers(at);
        };
        let all = self.registers(at)?;
        let hooks: Vec<HookFact> = all
            .hooks
            .into_iter()
            .filter_map(|fact| own.hook(fact))
            .collect();
        let out = hooks.iter().filter(|fact| fact.key.state == KeyState::Out);
        let keys_out = u32::try_from(out.count()).unwrap_or(u32::MAX);
        let mut key_reports = all.key_reports;
        key_reports.retain(|report| hooks.iter().any(|fact| fact.key.hook == report.hook));
        let mut grants = all.grants;
        grants.retain(|fact| fact.grant.person == who);
        // To hand a matter over one has to know to whom, and no more of them.
        let staff = all.staff.into_iter().filter(|_| own.may(Act::OwnMatters));
        let staff = staff.map(|other| PersonFact {
            tenant: None,
            cards: Vec::new(),
            loans: 0,
            keys: 0,
            has_pin: false,
            ..other
        });
        let matters = all.matters.into_iter();
        Ok(Facts {
            matters: matters.filter_map(|fact| own.matter(fact)).collect(),
            staff: staff.collect(),
            hooks,
            key_reports,
            grants,
            keys_out,
            ..Facts::default()
        })
    }

    /// What this text finds for this person.
    pub fn search(
        &self,
        who: PersonId,
        text: &str,
        at: DateTime<Utc>,
    ) -> Result<Vec<Hit>, StoreError> {
        let hits = self.search_registers(text, at)?;
        let Some(own) = self.own(who, at)? else {
            return Ok(hits);
        };
        let theirs = hits.into_iter().filter_map(|hit| match hit {
            Hit::Key(fact) => own.hook(*fact).map(|fact| Hit::Key(Box::new(fact))),
            Hit::Matter(fact) => own.matter(*fact).map(|fact| Hit::Matter(Box::new(fact))),
            Hit::Grant(fact) => (fact.grant.person == who).then_some(Hit::Grant(fact)),
            _ => None,
        });
        Ok(theirs.collect())
    }

    /// What somebody wrote on the glass; nothing where it is erased, or not this person's to see.
    pub fn signature(&self, who: PersonId, of: SignedFor) -> Result<Option<Signature>, StoreError> {
        match self.reads_registers(who)? {
            true => self.strokes_of(of),
            false => Ok(None),
        }
    }

    /// Who may be meant in a form that this person fills in. Whoever does not read who is in the house
    /// is offered those they work with.
    pub fn desk_candidates(
        &self,
        who: PersonId,
        seek: Seek,
        typed: &str,
    ) -> Result<Vec<Candidate>, StoreError> {
        match (self.reads_registers(who)?, seek) {
            (true, _) => self.candidates(seek, typed),
            (false, Seek::OfTheHouse | Seek::Staff) => self.candidates(Seek::Staff, typed),
            // Whoever signs a key out stays with the contractor they do it for.
            (false, Seek::Contractor) if self.takes_keys(who)? => self.candidates(seek, typed),
            (false, Seek::Addressee | Seek::Tenant | Seek::Contractor) => Ok(Vec::new()),
        }
    }

    /// What came of a scan, as far as its doer may read it.
    pub(super) fn scan_read(&self, by: Actor, done: Done) -> Done {
        let done = done?;
        let is_read_in_registers = matches!(
            &done,
            Ok(Outcome::Meant(
                Meant::Visit(_) | Meant::Leaving(_) | Meant::Mail(..)
            ))
        );
        let reads = match by.person {
            Some(person) => self.reads_registers(person)?,
            None => false,
        };
        Ok(match is_read_in_registers && !reads {
            true => Err(Refusal::NotPermitted(Act::ReadRegisters)),
            false => done,
        })
    }

    fn reads_registers(&self, who: PersonId) -> Result<bool, StoreError> {
        let roles = people::roles(&self.connection, who)?;
        Ok(permits(&roles, Act::ReadRegisters))
    }

    /// What is their own, of those who do not read the registers.
    fn own(&self, who: PersonId, at: DateTime<Utc>) -> Result<Option<Own>, StoreError> {
        let roles = people::roles(&self.connection, who)?;
        if permits(&roles, Act::ReadRegisters) {
            return Ok(None);
        }
        let grants = self.grant_facts(at)?.into_iter();
        let theirs = grants.filter(|fact| fact.grant.person == who);
        Ok(Some(Own {
            who,
            roles,
            groups: theirs.map(|fact| fact.grant.group).collect(),
        }))
    }
}
