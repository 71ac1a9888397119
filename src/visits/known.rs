//! Somebody who was here before, and what may be carried over from the last visit.

use super::flow::{HostLine, TenantLine};
use super::{SignInRefusal, VisitorType};
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
    /// Why they cannot sign in now: they are inside, or wait for a yes. What the list of those who are
    /// not admitted says is left to the signing, which reports it.
    pub open: Option<SignInRefusal>,
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
    /// The number on the permit; empty where it does not hold today.
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
