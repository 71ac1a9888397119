//! What a visitor has told so far, and what they choose from.

use super::{Here, Stage};
use crate::people::directory::TenantsFound;
use crate::people::{Bilingual, How, PersonId, PersonName, Tenant, TenantId};
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
    /// The same by typing: what was typed, and those it found.
    FindingTenant(String, TenantsFound),
    /// Whom they visit.
    Host,
    /// The number on the permit.
    Permit,
}

/// Who stands here, as far as this very conversation has told: by the name they gave, or behind the mask
/// they were found under. What only the books know of somebody makes nobody a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Who.
    pub sender: Sender,
    /// The name as others at the screen may see it.
    pub masked: Bilingual,
}

/// From whom a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Somebody of this name, as far as anybody knows.
    Named(PersonName),
    /// Somebody in the books.
    Person(PersonId),
    /// Whoever this visit is of.
    Visitor(VisitId),
}

impl Speaker {
    /// Somebody who gave this name.
    pub(super) fn named(name: &PersonName) -> Self {
        Speaker {
            masked: name.masked_in_both(),
            sender: Sender::Named(name.clone()),
        }
    }

    /// Whoever is signing in.
    pub(super) fn of(draft: &Draft) -> Option<Self> {
        let sender = match &draft.who {
            Who::Named(who) => return Some(Speaker::named(&who.name)),
            Who::Returning(person) => Sender::Person(*person),
            Who::Invited(visit) => Sender::Visitor(*visit),
        };
        let masked = draft.familiar.as_ref()?.masked.clone();
        Some(Speaker { sender, masked })
    }

    /// Whoever has tapped their own card. A typed number may be somebody else's, and so may a slip that
    /// stands for a card.
    pub(super) fn with_card(here: &Here<'_>) -> Option<Self> {
        let holder = here.holder.filter(|holder| holder.card.is_some())?;
        if here.how != How::Tapped {
            return None;
        }
        Some(Speaker {
            sender: Sender::Person(holder.person),
            masked: holder.name.masked_in_both(),
        })
    }
}

/// What is said to whoever has left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goodbye {
    /// Whom they visited; none where that is nobody of the house any more.
    pub host: Option<HostLine>,
    /// Who has left, where a temporary card told: it opens their own page as well. A slip may have been
    /// found.
    pub speaker: Option<Speaker>,
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
            Some(Walked::FindingTenant(typed, found)) => Stage::FindingTenant {
                draft: Draft {
                    tenant: None,
                    host: None,
                    ..self
                },
                typed,
                found,
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

impl From<Tenant> for TenantLine {
    fn from(tenant: Tenant) -> Self {
        TenantLine {
            tenant: tenant.id,
            name: tenant.name,
            room: tenant.rooms.into_iter().next().unwrap_or_default(),
        }
    }
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
