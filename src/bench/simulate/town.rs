//! The simulated town: a building, its companies, its people and their cards, all invented.

use crate::building::Building;
use crate::config::Settings;
use crate::kiosk::House;
use crate::lending::{KindId, ThingState};
use crate::people::{
    Bilingual, CardState, Credential, Language, NumberConvention, PersonId, PersonName, Role,
    TenantState,
};
use crate::store::{Books, CardRow, PersonRow, StoreError, TenantRow};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::Path;

/// Companies in the building, and people in each.
const TENANTS: u64 = 12;
const MEMBERS: u64 = 10;

/// How many umbrellas stand in the stand.
pub const UMBRELLAS: u32 = 40;

/// Tagged things: kind, how many, and the letters of their tags.
pub const TAGGED: [(&str, u32, &str); 2] = [("pc", 6, "PC"), ("trolley", 3, "TRO")];

/// Monday 23 November 2026, 08:00 in Shanghai.
pub fn opening() -> DateTime<Utc> {
    "2026-11-23T00:00:00Z".parse().expect("a real moment")
}

/// When somebody comes, counted from the opening: three rushes, and a trickle between them.
pub fn arrival(random: &mut fastrand::Rng) -> TimeDelta {
    let (from, minutes) = match random.u8(..10) {
        0..3 => (30, 60),
        3..5 => (225, 90),
        5..8 => (570, 60),
        _ => (0, 720),
    };
    TimeDelta::seconds(from * 60 + random.i64(0..minutes * 60))
}

/// A folder for the books that goes away with the simulation: in memory where the system has one,
/// since nobody pulls the plug of this machine on purpose.
pub fn folder() -> std::io::Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    match tempfile::tempdir_in(memory) {
        Ok(folder) => Ok(folder),
        Err(_) => tempfile::tempdir(),
    }
}

/// The house of the simulation.
pub fn house() -> House {
    Settings::defaults().house(true)
}

/// The building of the simulation.
pub fn building() -> Building {
    Settings::defaults().building()
}

/// A card of the town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TownCard {
    /// Its number.
    pub number: u64,
    /// Whose it is.
    pub person: PersonId,
    /// Whether it opens anything.
    pub valid: bool,
}

/// The credential of a number.
pub fn credential(number: u64) -> Credential {
    NumberConvention::default().credential(number)
}

/// Fills fresh books.
pub fn furnish(books: &mut Books) -> Result<Vec<TownCard>, StoreError> {
    let at = opening() - TimeDelta::days(1);
    let mut cards = Vec::new();
    for company in 0..TENANTS {
        let state = match company {
            0 => TenantState::Moved,
            _ => TenantState::In,
        };
        let tenant = books.enter_tenant(
            &TenantRow {
                name: Bilingual::new(format!("第{company}公司"), format!("Company {company}")),
                rooms: vec![format!("{}01", company + 2)],
                state,
            },
            at,
        )?;
        for member in 0..MEMBERS {
            let number = 0x01_0000_1000 + company * 0x100 + member;
            let person = books.enter_person(
                &PersonRow {
                    tenant: Some(tenant),
                    name: PersonName {
                        chinese: None,
                        latin: Some(format!("Member{member} Company{company}")),
                    },
                    roles: vec![Role::TenantMember],
                    language: match member % 3 {
                        0 => Language::English,
                        _ => Language::Chinese,
                    },
                },
                at,
            )?;
            let state = match member {
                9 => CardState::Lost,
                8 => CardState::Expired,
                _ => CardState::Active,
            };
            let credential = credential(number);
            books.issue_card(
                &CardRow {
                    person,
                    credential,
                    state,
                },
                at,
            )?;
            let valid = state == CardState::Active && company > 0;
            cards.push(TownCard {
                number,
                person,
                valid,
            });
        }
    }
    books.count_pool(&KindId("umbrella".to_owned()), UMBRELLAS, at)?;
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
    Ok(cards)
}
