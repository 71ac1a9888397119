//! The property office of the simulated town: who works there, its hooks, and whose signature each
//! company accepts.

use super::{Town, TownCard, by, credential, latin};
use crate::keys::{KeyGroup, KeyKind};
use crate::mail::{Addressee, AuthorityOrder, MailKind};
use crate::people::{CardState, Language, PersonId, Role};
use crate::store::{Books, CardRow, KeyEntry, PersonRow, StoreError};
use chrono::{DateTime, Utc};

/// All keys are of this group.
pub const GROUP: &str = "house";

/// Hooks, and how many of each kind.
const HOOKS: [(KeyKind, u32); 3] = [
    (KeyKind::Ordinary, 8),
    (KeyKind::Master, 1),
    (KeyKind::SealedSpare, 1),
];

/// Members of staff who take keys, with cards; the last is the keeper, who may be the second person.
const STAFF: u64 = 5;

/// Hooks whose keys open the unit of a company, and which of the companies.
const OF_TENANTS: [(&str, usize); 2] = [("H-01", 1), ("H-02", 2)];

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

/// Whose unit the key of this hook opens: which of the companies.
pub fn tenant_of(hook: &str) -> Option<usize> {
    let found = OF_TENANTS.iter().find(|(own, _)| *own == hook);
    found.map(|(_, company)| *company)
}

/// Those who take keys, the keeper last, with their cards.
pub(super) fn with_cards(
    books: &mut Books,
    at: DateTime<Utc>,
) -> Result<Vec<TownCard>, StoreError> {
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

/// One of each role that has to do with the desk.
pub(super) fn at_desk(
    books: &mut Books,
    staff: &[TownCard],
    at: DateTime<Utc>,
) -> Result<Vec<(Role, PersonId)>, StoreError> {
    let mut desk = Vec::new();
    for (role, name) in [
        (Role::Supervisor, "Desk"),
        (Role::Auditor, "Audit"),
        (Role::Receptionist, "Front"),
        (Role::MailAdministrator, "Post"),
        (Role::Security, "Guard"),
        (Role::PropertyStaff, "Office"),
    ] {
        desk.push((role, employ(books, name, role, at)?));
    }
    let ends = [
        (Role::Technician, staff.first()),
        (Role::KeyKeeper, staff.last()),
    ];
    desk.extend(
        ends.into_iter()
            .filter_map(|(role, card)| Some((role, card?.person))),
    );
    Ok(desk)
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

/// Hangs the keys and grants them to all staff but the first, who tries in vain.
pub(super) fn hang(books: &mut Books, town: &Town, at: DateTime<Utc>) -> Result<(), StoreError> {
    let group = KeyGroup(GROUP.to_owned());
    for (hook, kind) in hooks() {
        let tenant = tenant_of(&hook).and_then(|company| town.companies.get(company));
        let entry = KeyEntry {
            tag: tag(&hook),
            opens: format!("behind {hook}"),
            tenant: tenant.copied(),
            hook,
            kind,
            group: group.clone(),
            pieces: 1,
        };
        // Nothing refuses a fresh house.
        let _ = books.hang_key(&entry, by(town.supervisor), at)?;
    }
    for card in &town.staff[1..] {
        let _ = books.grant_keys(&group, card.person, None, by(town.supervisor), at)?;
    }
    Ok(())
}

/// The first of each company may sign for it.
pub(super) fn let_sign(
    books: &mut Books,
    town: &Town,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for tenant in &town.companies {
        if let Some(card) = town.cards_of(*tenant).first() {
            let order = signs(card.person, Addressee::Tenant(*tenant));
            let _ = books.enter_mail_authority(&order, by(town.supervisor), at)?;
        }
    }
    Ok(())
}

/// That somebody may collect everything for somebody else, until it is taken back.
pub fn signs(holder: PersonId, principal: Addressee) -> AuthorityOrder {
    AuthorityOrder {
        holder,
        principal,
        kinds: MailKind::ALL.to_vec(),
        until: None,
        once: false,
    }
}
