//! What a house may set about its keys. What the rule book demands is not here.

use chrono::NaiveTime;

/// The terms of a house for its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Until when keys are due on the day they were taken; the building's closing time where none.
    pub due_at: Option<NaiveTime>,
    /// Minutes before that from which no key is given any more.
    pub no_more_minutes: u32,
    /// Whether a key is given in an emergency while no keys are given, until they are again.
    pub emergency_in_curfew: bool,
    /// Whether masters need a second person's card.
    pub second_card_for_masters: bool,
    /// Whether sealed spare keys need a second person's card.
    pub second_card_for_spares: bool,
    /// Seconds in which the second card has to follow.
    pub second_card_seconds: u32,
    /// Whether a tenant is told that a key to its unit was used.
    pub tells_tenants: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Terms {
            due_at: None,
            no_more_minutes: 15,
            emergency_in_curfew: true,
            second_card_for_masters: true,
            second_card_for_spares: true,
            second_card_seconds: 60,
            tells_tenants: true,
        }
    }
}
