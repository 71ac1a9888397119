//! Rain mode: "tap your card, take an umbrella".

use super::{Counted, Kind, KindIcon, Stock};

/// The weather, and what there is against it, as of the last commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weather {
    /// Whether the desk switched rain mode on.
    pub rain: bool,
    /// What there is of every kind of umbrella. Nothing before the books were read.
    pub umbrellas: Vec<Stock>,
}

/// How somebody gets an umbrella.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A card, and one out of the stand.
    Take,
    /// A card, and the tag of one.
    Scan,
    /// Not before one is brought back.
    NoneLeft,
}

/// The kinds that help against rain.
pub fn umbrellas(kinds: &[Kind]) -> impl Iterator<Item = &Kind> {
    kinds
        .iter()
        .filter(|kind| kind.icon == KindIcon::Umbrella && kind.counted != Counted::Consumable)
}

/// The umbrella that is had with the fewest steps, of kinds whose stock is known: one in a stand
/// before one to scan.
pub fn offer<'a>(
    umbrellas: impl Iterator<Item = &'a Kind>,
    stock: &[Stock],
) -> Option<(&'a Kind, Way)> {
    let way = |kind: &'a Kind| {
        let stock = stock.iter().find(|stock| stock.kind == kind.id)?;
        let way = match kind.counted {
            _ if stock.free == 0 => Way::NoneLeft,
            Counted::Tagged => Way::Scan,
            Counted::Pooled | Counted::Consumable => Way::Take,
        };
        Some((kind, way))
    };
    umbrellas.filter_map(way).min_by_key(|(_, way)| match way {
        Way::Take => 0,
        Way::Scan => 1,
        Way::NoneLeft => 2,
    })
}
