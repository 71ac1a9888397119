//! The directory of the house, and companies found on it while one is typed.

use super::Tenant;

/// The most companies that a glance finds one among: about a page of an upright panel.
const A_GLANCE: usize = 6;

/// Whether it is worth typing which of so many companies is meant. Of fewer, the right one is touched
/// before the first letter is.
pub fn is_worth_typing(companies: usize) -> bool {
    companies > A_GLANCE
}

/// Companies found while one is typed. Which ones are in the house stands on its directory, so a single
/// letter may show the first of them, as no letter would show staff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenantsFound {
    /// What was typed; empty for nothing yet.
    pub query: String,
    /// The first handful.
    pub tenants: Vec<Tenant>,
    /// There are more, which further letters part.
    pub more: bool,
}

impl TenantsFound {
    /// Whether something was typed, and no company goes with it.
    pub fn is_nobody(&self) -> bool {
        !self.query.trim().is_empty() && self.tenants.is_empty()
    }
}
