//! Where a page of keys leads back to, and when it is over.

use super::Stage;
use chrono::{DateTime, Utc};

impl Stage {
    /// More time was asked for: what runs out on this page begins anew.
    pub fn prolong(&mut self, now: DateTime<Utc>) {
        if let Stage::AwaitingSecond { since, .. } = self {
            *since = now;
        }
    }

    /// The stage one step back; none where going back means leaving keys.
    pub fn back(&self) -> Option<Stage> {
        match self {
            Stage::TypingOrder(key) => Some(Stage::AskingPurpose {
                key: key.clone(),
                only_emergency: false,
            }),
            Stage::Confirming(wish) => Some(Stage::AskingPurpose {
                key: wish.key.clone(),
                only_emergency: wish.in_curfew.is_some(),
            }),
            Stage::ChoosingContractor { wish, .. }
            | Stage::TypingContractor(wish)
            | Stage::AwaitingSecond { wish, .. } => Some(Stage::Confirming(wish.clone())),
            Stage::Looking
            | Stage::Choosing(_)
            | Stage::AskingPurpose { .. }
            | Stage::Taken(_)
            | Stage::Returning { .. }
            | Stage::TurningUp
            | Stage::TurnedUp(_)
            | Stage::Returned(_)
            | Stage::Refused(_)
            | Stage::RefusedReturn(_) => None,
        }
    }

    /// Whether the deed is done or refused, so that the page goes home by itself.
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Stage::Taken(_)
                | Stage::Returned(_)
                | Stage::TurnedUp(_)
                | Stage::Refused(_)
                | Stage::RefusedReturn(_)
        )
    }

    /// Whether it was done.
    pub fn is_done(&self) -> bool {
        matches!(
            self,
            Stage::Taken(_) | Stage::Returned(_) | Stage::TurnedUp(_)
        )
    }
}
