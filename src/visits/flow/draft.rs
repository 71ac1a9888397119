//! What a visitor has told so far, and what they choose from.

use super::Stage;
use crate::people::{Bilingual, PersonId, TenantId};
use crate::visits::{Proof, Steps, Terms, VisitId, VisitorType, Who};

/// What a visitor has told so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Of which type.
    pub of: VisitorType,
    /// Who.
    pub who: Who,
    /// The company they come from.
    pub company: String,
    /// What for.
    pub purpose: String,
    /// Which company they visit.
    pub tenant: Option<TenantLine>,
    /// Whom they visit.
    pub host: Option<HostLine>,
    /// The number on the permit.
    pub permit: String,
    /// What they carry in; empty for nothing, which is what most people carry.
    pub things: String,
    /// Who they are known to be; none for somebody who has just told their name.
    pub familiar: Option<Familiar>,
    /// What the house asks of this type.
    pub steps: Steps,
    /// The pages that led here since it is known who they are, the latest last.
    pub walked: Vec<Walked>,
}

/// A page that was gone through, with what cannot be read again where one goes back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walked {
    /// Is it you?
    ItIsMe,
    /// Which type.
    Types,
    /// The company they come from.
    Company,
    /// What for.
    Purpose,
    /// Which company they visit, and those there were to choose from.
    Tenants(Vec<TenantLine>),
    /// Whom they visit.
    Host,
    /// The number on the permit.
    Permit,
}

/// Somebody whom the house knows already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Familiar {
    /// The masked name.
    pub masked: Bilingual,
    /// By what they are known.
    pub by: Proof,
    /// The notice in force is the one they read and signed last time.
    pub has_read: bool,
}

impl Draft {
    /// The first words of a visitor.
    pub(super) fn of(of: VisitorType, who: Who, terms: &Terms) -> Self {
        Draft {
            of,
            who,
            steps: terms.steps(of),
            walked: Vec::new(),
            company: String::new(),
            purpose: String::new(),
            tenant: None,
            host: None,
            permit: String::new(),
            things: String::new(),
            familiar: None,
        }
    }

    /// Whether this is for an announced visit: what for and whom they visit is settled.
    pub fn is_invited(&self) -> bool {
        matches!(self.who, Who::Invited(_))
    }

    /// The same person with another errand.
    pub(super) fn anew(self) -> Self {
        Draft {
            purpose: String::new(),
            tenant: None,
            host: None,
            permit: String::new(),
            walked: Vec::new(),
            ..self
        }
    }

    /// The same once this page is behind them. Whoever was there before has been back.
    pub(super) fn past(mut self, page: Walked) -> Self {
        let same =
            |before: &Walked| std::mem::discriminant(before) == std::mem::discriminant(&page);
        if let Some(place) = self.walked.iter().position(same) {
            self.walked.truncate(place);
        }
        self.walked.push(page);
        self
    }

    /// The page they came from, with what they told there.
    pub(super) fn back(mut self) -> Stage {
        match self.walked.pop() {
            // Who somebody is, is asked anew: nobody else's name comes up again.
            None if self.familiar.is_some() => Stage::Arriving,
            None => Stage::Types { draft: None },
            Some(Walked::ItIsMe) => Stage::ItIsMe { draft: self },
            Some(Walked::Types) => Stage::Types {
                draft: Some(self.anew()),
            },
            Some(Walked::Company) => Stage::Company {
                typed: self.company.clone(),
                draft: self,
                seen: Companies::default(),
            },
            Some(Walked::Purpose) => Stage::Purpose(self),
            Some(Walked::Tenants(tenants)) => Stage::Tenants {
                draft: Draft {
                    tenant: None,
                    host: None,
                    ..self
                },
                tenants,
                is_read: true,
            },
            Some(Walked::Host) => Stage::Host {
                draft: Draft { host: None, ..self },
                typed: String::new(),
                hosts: Hosts::NotAsked,
            },
            Some(Walked::Permit) => Stage::Permit {
                typed: self.permit.clone(),
                draft: self,
            },
        }
    }

    /// Whether a purpose is asked of this visitor.
    pub(super) fn asks_purpose(&self, terms: &Terms) -> bool {
        !self.is_invited() && !terms.purposes(self.of).is_empty()
    }
}

/// A company to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantLine {
    /// Which.
    pub tenant: TenantId,
    /// Its name.
    pub name: Bilingual,
    /// Its first room.
    pub room: String,
}

/// A host to choose, behind a mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostLine {
    /// Who.
    pub person: PersonId,
    /// The masked name.
    pub masked: Bilingual,
}

/// What a search for a host found. Staff is never listed: somebody has to be known by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// Nothing was typed yet, or the answer is on its way.
    NotAsked,
    /// These.
    These(Vec<HostLine>),
    /// Nobody is known by what was typed.
    Nobody,
    /// Too many; please type more.
    TooMany,
}

/// Whoever an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The announced visit.
    pub visit: VisitId,
    /// Of which type.
    pub of: VisitorType,
    /// The visitor's masked name.
    pub masked: Bilingual,
    /// Whom they visit.
    pub host: Option<HostLine>,
    /// Which company.
    pub tenant: Option<TenantLine>,
    /// Which notice they signed at their last visit; empty for none.
    pub notice: String,
}

/// Companies that visitors came from, found by what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Companies {
    /// What was typed.
    pub query: String,
    /// The first few.
    pub names: Vec<String>,
}
