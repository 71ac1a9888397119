//! The simulated town: a building, its companies, its people and their cards, its staff and its
//! hooks, all invented; `goods` has what is lent, `papers` permits and documents.

mod goods;
mod papers;
mod staff;

pub use goods::{STANDS, TAGGED, WASHED, deposit_of, parts_of};
pub use papers::{BARRED, BARRED_BY_DOCUMENT, PERMITS, Paper, paper};
pub use staff::{GROUP, hooks, signs, tag, tenant_of};

use crate::building::Building;
use crate::config::Settings;
use crate::kiosk::House;
use crate::people::{
    Bilingual, CardState, Credential, Language, NumberConvention, PersonId, PersonName, Role,
    TenantId, TenantState,
};
use crate::store::journal::Actor;
use crate::store::{Books, CardRow, PersonRow, StoreError, TenantRow};
use crate::visits::{DoNotAdmit, DocumentNumber, Identity, Permit};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::Path;

/// Companies in the building, and people in each.
const TENANTS: u64 = 12;
const MEMBERS: u64 = 10;

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

/// The house of the staff window.
pub fn desk_house() -> crate::desk::House {
    crate::desk::House {
        kinds: goods::kinds(),
        ..Settings::defaults().desk_house(true)
    }
}

/// The house of the simulation.
pub fn house() -> House {
    House {
        kinds: goods::kinds(),
        ..Settings::defaults().house(true)
    }
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

/// Everybody of the town.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town {
    /// The cards of the tenants.
    pub cards: Vec<TownCard>,
    /// The cards of those who take keys, the keeper's last.
    pub staff: Vec<TownCard>,
    /// Who may do everything at the desk.
    pub supervisor: PersonId,
    /// Whoever works at the desk and in the house, a person a role; the supervisor among them.
    pub desk: Vec<(Role, PersonId)>,
    /// The companies, in the order of the cards.
    pub companies: Vec<TenantId>,
}

impl Town {
    /// The company of this person; none for the property office and for visitors.
    pub fn company_of(&self, person: PersonId) -> Option<TenantId> {
        let mut companies = self.companies.iter().zip(companies(&self.cards));
        let own = companies.find(|(_, cards)| cards.iter().any(|card| card.person == person));
        own.map(|(tenant, _)| *tenant)
    }

    /// The cards of the people of this company.
    pub fn cards_of(&self, tenant: TenantId) -> &[TownCard] {
        let mut companies = self.companies.iter().zip(companies(&self.cards));
        let own = companies.find(|(company, _)| **company == tenant);
        own.map(|(_, cards)| cards).unwrap_or_default()
    }

    /// Whoever has this role.
    pub fn with(&self, role: Role) -> PersonId {
        let found = self.desk.iter().find(|(own, _)| *own == role);
        found.map_or(self.supervisor, |(_, person)| *person)
    }
}

fn companies(cards: &[TownCard]) -> impl Iterator<Item = &[TownCard]> {
    cards.chunks(usize::try_from(MEMBERS).unwrap_or(usize::MAX))
}

/// Everybody of the company of this person: cards were entered company by company.
pub fn colleagues(cards: &[TownCard], person: PersonId) -> impl Iterator<Item = PersonId> {
    let own = companies(cards).find(|cards| cards.iter().any(|card| card.person == person));
    own.into_iter().flatten().map(|card| card.person)
}

/// The credential of a number.
pub fn credential(number: u64) -> Credential {
    NumberConvention::default().credential(number)
}

/// Fills fresh books.
pub fn furnish(books: &mut Books) -> Result<Town, StoreError> {
    let at = opening() - TimeDelta::days(1);
    let (mut cards, mut companies) = (Vec::new(), Vec::new());
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
        companies.push(tenant);
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
    goods::enter(books, at)?;
    let staff = staff::with_cards(books, at)?;
    let desk = staff::at_desk(books, &staff, at)?;
    let mut town = Town {
        supervisor: desk[0].1,
        cards,
        staff,
        desk,
        companies,
    };
    town.supervisor = town.with(Role::Supervisor);
    staff::hang(books, &town, at)?;
    staff::let_sign(books, &town, at)?;
    bar(books, town.supervisor, at)?;
    permit(books, town.supervisor, &town.staff, at)?;
    Ok(town)
}

/// Puts on the list who is not admitted: by name, and one by document alone.
fn bar(books: &mut Books, supervisor: PersonId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let listed = papers::paper(BARRED_BY_DOCUMENT, "");
    let documents = listed.map(|paper| Identity {
        name: PersonName::default(),
        phone: String::new(),
        document: Some(DocumentNumber(paper.number)),
    });
    let names = BARRED.map(|name| Identity {
        name: latin(name),
        phone: String::new(),
        document: None,
    });
    for who in names.into_iter().chain(documents) {
        let entry = DoNotAdmit {
            who,
            reason: "made up".to_owned(),
        };
        // The supervisor keeps the list; nothing refuses a fresh house.
        let _ = books.do_not_admit(&entry, by(supervisor), at)?;
    }
    Ok(())
}

/// Enters the permits of the first morning, each with a member of staff who answers for the work.
fn permit(
    books: &mut Books,
    supervisor: PersonId,
    staff: &[TownCard],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for permit in permits(staff) {
        let _ = books.enter_permit(&permit, by(supervisor), at)?;
    }
    Ok(())
}

/// The permits of the first morning, with whoever answers for each.
pub fn permits(staff: &[TownCard]) -> impl Iterator<Item = Permit> {
    let today = building().local(opening()).date();
    let all = PERMITS.iter().zip(staff.iter().cycle());
    all.map(move |((number, from, until), card)| Permit {
        number: (*number).to_owned(),
        company: "Far Mountain".to_owned(),
        answers: card.person,
        from: today + TimeDelta::days(*from),
        until: today + TimeDelta::days(*until),
    })
}

fn latin(name: &str) -> PersonName {
    PersonName {
        chinese: None,
        latin: Some(name.to_owned()),
    }
}

fn by(person: PersonId) -> Actor {
    Actor {
        person: Some(person),
        card: None,
    }
}
