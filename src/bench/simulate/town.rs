//! The simulated town: a building, its companies, its people and their cards, its staff and its
//! hooks, all invented; `goods` has what is lent, `papers` permits and documents.

mod goods;
mod papers;

pub use goods::{STANDS, TAGGED, WASHED, deposit_of, parts_of};
pub use papers::{BARRED, BARRED_BY_DOCUMENT, PERMITS, Paper, paper};

use crate::building::Building;
use crate::config::Settings;
use crate::keys::{KeyGroup, KeyKind};
use crate::kiosk::House;
use crate::people::{
    Bilingual, CardState, Credential, Language, NumberConvention, PersonId, PersonName, Role,
    TenantState,
};
use crate::store::journal::Actor;
use crate::store::{Books, CardRow, KeyEntry, PersonRow, StoreError, TenantRow};
use crate::visits::{DoNotAdmit, DocumentNumber, Identity, Permit};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::Path;

/// Companies in the building, and people in each.
const TENANTS: u64 = 12;
const MEMBERS: u64 = 10;

/// Hooks, and how many of each kind.
const HOOKS: [(KeyKind, u32); 3] = [
    (KeyKind::Ordinary, 8),
    (KeyKind::Master, 1),
    (KeyKind::SealedSpare, 1),
];

/// Members of staff who take keys, with cards; the last is the keeper, who may be the second person.
const STAFF: u64 = 5;

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
    /// Who does everything at the desk.
    pub supervisor: PersonId,
    /// Who may read, and nothing else.
    pub auditor: PersonId,
}

/// Everybody of the company of this person: cards were entered company by company.
pub fn colleagues(cards: &[TownCard], person: PersonId) -> impl Iterator<Item = PersonId> {
    let size = usize::try_from(MEMBERS).unwrap_or(usize::MAX);
    let mut companies = cards.chunks(size);
    let own = companies.find(|cards| cards.iter().any(|card| card.person == person));
    own.into_iter().flatten().map(|card| card.person)
}

/// The code on the tag of a hook.
pub fn tag(hook: &str) -> String {
    format!("KEY-{hook}")
}

/// Every hook with its kind.
pub fn hooks() -> Vec<(String, KeyKind)> {
    let kinds = HOOKS
        .iter()
        .flat_map(|(kind, count)| (0..*count).map(move |_| *kind));
    let hooks = kinds.enumerate();
    hooks
        .map(|(place, kind)| (format!("H-{:02}", place + 1), kind))
        .collect()
}

/// The credential of a number.
pub fn credential(number: u64) -> Credential {
    NumberConvention::default().credential(number)
}

/// Fills fresh books.
pub fn furnish(books: &mut Books) -> Result<Town, StoreError> {
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
    goods::enter(books, at)?;
    let staff = staff(books, at)?;
    let supervisor = employ(books, "Desk", Role::Supervisor, at)?;
    let auditor = employ(books, "Audit", Role::Auditor, at)?;
    hang(books, supervisor, &staff, at)?;
    bar(books, supervisor, at)?;
    permit(books, supervisor, &staff, at)?;
    Ok(Town {
        cards,
        staff,
        supervisor,
        auditor,
    })
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

fn employ(
    books: &mut Books,
    name: &str,
    role: Role,
    at: DateTime<Utc>,
) -> Result<PersonId, StoreError> {
    let row = PersonRow {
        tenant: None,
        name: latin(name),
        roles: vec![role],
        language: Language::Chinese,
    };
    books.enter_person(&row, at)
}

fn staff(books: &mut Books, at: DateTime<Utc>) -> Result<Vec<TownCard>, StoreError> {
    let mut cards = Vec::new();
    for member in 0..STAFF {
        let role = match member + 1 == STAFF {
            true => Role::KeyKeeper,
            false => Role::Technician,
        };
        let person = employ(books, &format!("Staff{member}"), role, at)?;
        let number = 0x01_00F0_0000 + member;
        let row = CardRow {
            person,
            credential: credential(number),
            state: CardState::Active,
        };
        books.issue_card(&row, at)?;
        cards.push(TownCard {
            number,
            person,
            valid: true,
        });
    }
    Ok(cards)
}

/// Hangs the keys and grants them to all staff but the first, who tries in vain.
fn hang(
    books: &mut Books,
    supervisor: PersonId,
    staff: &[TownCard],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let group = KeyGroup("house".to_owned());
    for (hook, kind) in hooks() {
        let entry = KeyEntry {
            tag: tag(&hook),
            opens: format!("behind {hook}"),
            hook,
            kind,
            group: group.clone(),
            tenant: None,
            pieces: 1,
        };
        let _ = books.hang_key(&entry, by(supervisor), at)?;
    }
    for card in &staff[1..] {
        let _ = books.grant_keys(&group, card.person, None, by(supervisor), at)?;
    }
    Ok(())
}
