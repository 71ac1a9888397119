//! Somebody who was here before, and what may be carried over from the last visit.

use super::VisitorType;
use super::flow::{HostLine, TenantLine};
use crate::people::{Bilingual, PersonId};

/// Somebody who was here before, behind a mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub person: PersonId,
    /// The masked name.
    pub masked: Bilingual,
    /// The company of the last visit.
    pub company: String,
    /// The last visit; none where somebody was announced and never came.
    pub last: Option<LastVisit>,
}

/// A visit that may be offered again. What is no longer so is left out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastVisit {
    /// Of which type.
    pub of: VisitorType,
    /// What for, in the words of that time.
    pub purpose: String,
    /// Whom they visited; none where they are gone.
    pub host: Option<HostLine>,
    /// Which company; none where it has moved.
    pub tenant: Option<TenantLine>,
    /// The number on the permit; whether it still holds is looked up when it is used.
    pub permit: String,
    /// Which notice was read and signed; empty for none.
    pub notice: String,
}

/// By what somebody is known again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The code of an invitation.
    Invitation,
    /// An identity document on the reader.
    Document,
    /// The whole name and the last four digits of the telephone.
    NameAndTelephone,
    /// The slip of a visit that is over. Whoever finds one learns no more than what stands on it.
    Slip,
}
