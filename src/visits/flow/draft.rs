//! What a visitor has told so far, and what they choose from.

use crate::people::{Bilingual, PersonId, TenantId};
use crate::visits::{VisitId, VisitorType, Who};

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
    /// What they carry in.
    pub things: String,
}

impl Draft {
    /// The first words of a visitor.
    pub(super) fn of(of: VisitorType, who: Who) -> Self {
        Draft {
            of,
            who,
            company: String::new(),
            purpose: String::new(),
            tenant: None,
            host: None,
            permit: String::new(),
            things: String::new(),
        }
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
}
