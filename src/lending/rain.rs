//! Rain mode: "tap your card, take an umbrella".

use super::{Counted, Kind, KindIcon};

/// What is taken with one tap while it rains: the first umbrella that stands in a stand.
pub fn umbrella(kinds: &[Kind]) -> Option<&Kind> {
    kinds
        .iter()
        .find(|kind| kind.icon == KindIcon::Umbrella && kind.counted == Counted::Pooled)
}
