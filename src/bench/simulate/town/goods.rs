//! What the simulated house lends: umbrellas, PCs in sets and trolleys on a deposit, helmets and shoe
//! covers that are washed.

use crate::config::Settings;
use crate::lending::{Counted, Kind, KindIcon, KindId, Policy, ThingState};
use crate::people::{Bilingual, Role};
use crate::store::{Books, StoreError};
use chrono::{DateTime, Utc};

/// Tagged things: kind, how many, and the letters of their tags.
pub const TAGGED: [(&str, u32, &str); 2] = [("pc", 6, "PC"), ("trolley", 3, "TRO")];

/// Stands, and how many belong to each. The washed ones are small, so that they run out of clean ones.
pub const STANDS: [(&str, u32); 3] = [("umbrella", 40), ("helmet", 12), ("shoe-cover", 16)];

/// What is washed before it goes out again.
pub const WASHED: [&str; 2] = ["helmet", "shoe-cover"];

/// What is left at the desk for one of these, in fen.
const DEPOSITS: [(&str, u32); 2] = [("pc", 50_000), ("trolley", 5_000)];

/// What belongs to each PC.
const PARTS: [(&str, &str); 2] = [("充电器", "charger"), ("电脑包", "bag")];

/// How many parts belong to one of this kind.
pub fn parts_of(kind: &KindId) -> u8 {
    match kind.0.as_str() {
        "pc" => 2,
        _ => 0,
    }
}

/// What is left at the desk for one of this kind, in fen; 0 for nothing.
pub fn deposit_of(kind: &KindId) -> u32 {
    let own = DEPOSITS.iter().find(|(id, _)| kind.0 == *id);
    own.map_or(0, |(_, fen)| *fen)
}

/// The kinds of the house: the usual ones on these terms, and two that are washed.
pub fn kinds() -> Vec<Kind> {
    let mut kinds = Settings::defaults().kinds();
    for kind in &mut kinds {
        kind.policy.deposit_fen = deposit_of(&kind.id);
        if parts_of(&kind.id) > 0 {
            let parts = PARTS.map(|(zh, en)| Bilingual::new(zh, en));
            kind.policy.parts = parts.to_vec();
        }
    }
    let plain = kinds.last().map(|kind| kind.policy.clone());
    let names = [("安全帽", "Safety helmet"), ("鞋套", "Shoe covers")];
    for (id, (zh, en)) in WASHED.into_iter().zip(names) {
        kinds.extend(plain.clone().map(|plain| Kind {
            id: KindId(id.to_owned()),
            name: Bilingual::new(zh, en),
            icon: KindIcon::Package,
            counted: Counted::Pooled,
            policy: Policy {
                who: vec![Role::TenantMember, Role::Visitor],
                deposit_fen: 0,
                washed: true,
                ..plain
            },
        }));
    }
    kinds
}

/// Puts all of it on its shelves.
pub fn enter(books: &mut Books, at: DateTime<Utc>) -> Result<(), StoreError> {
    for (kind, total) in STANDS {
        books.count_pool(&KindId(kind.to_owned()), total, at)?;
    }
    for (kind, count, letters) in TAGGED {
        for number in 1..=count {
            let label = format!("{number:02}");
            books.enter_thing(
                &KindId(kind.to_owned()),
                &format!("{letters}-{label}"),
                &label,
                ThingState::Available,
                at,
            )?;
        }
    }
    Ok(())
}
