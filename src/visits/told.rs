//! What a visitor told at the touch screen, as far as somebody is told it again.

use super::flow::HostLine;
use super::{SignOut, VisitState};

/// What a visitor told and left at the touch screen; empty before they came, and once it is erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What for; empty where the house asks no purpose.
    pub purpose: String,
    /// What was carried in 携带物品; empty for nothing.
    pub things: String,
    /// Whether notice and house rules were signed on the glass.
    pub is_signed: bool,
}

/// What a visitor who leaves has to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftTold {
    /// Which visit.
    pub by: SignOut,
    /// Where it stands.
    pub state: VisitState,
    /// Whether things were carried in.
    pub carries: bool,
    /// What they are: asked only of whoever has proved the visit.
    pub things: String,
    /// Whom they visited, as it stands on the slip; none where that is nobody of the house any more.
    pub host: Option<HostLine>,
}
