//! Tenants, persons and cards; the rows that may be erased one day.

use super::books::{Books, Deed};
use super::error::{Doing, StoreError};
use super::finding;
use super::journal::Actor;
use super::words::{from_word, to_word};
use crate::people::{
    Bilingual, CardId, CardState, Credential, Holder, Identity, Language, PersonId, PersonName,
    Record, Role, Tenant, TenantId, TenantState, identify,
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

/// A tenant to enter.
#[derive(Clone, Debug)]
pub struct TenantRow {
    /// Its name.
    pub name: Bilingual,
    /// Its rooms, the first one stands on My page.
    pub rooms: Vec<String>,
    /// Its state.
    pub state: TenantState,
}

/// A person to enter.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The company; none for the property office.
    pub tenant: Option<TenantId>,
    /// The name.
    pub name: PersonName,
    /// What this person may be here.
    pub roles: Vec<Role>,
    /// The language to begin with.
    pub language: Language,
}

/// A card to issue.
#[derive(Clone, Debug)]
pub struct CardRow {
    /// Whose.
    pub person: PersonId,
    /// What a reader says of it.
    pub credential: Credential,
    /// Its state.
    pub state: CardState,
}

impl Books {
    /// Enters a tenant.
    pub fn enter_tenant(
        &mut self,
        row: &TenantRow,
        at: DateTime<Utc>,
    ) -> Result<TenantId, StoreError> {
        self.write("enter a tenant", at, Actor::default(), |deed| {
            insert_tenant(deed, row)
        })
    }

    /// Writes down how senders abroad write a company's address.
    pub fn write_address(
        &mut self,
        tenant: TenantId,
        address_en: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write("write down an address", at, Actor::default(), |deed| {
            write_address(&deed.tx, tenant, address_en)
        })
    }

    /// Enters a person.
    pub fn enter_person(
        &mut self,
        row: &PersonRow,
        at: DateTime<Utc>,
    ) -> Result<PersonId, StoreError> {
        self.write("enter a person", at, Actor::default(), |deed| {
            insert_person(deed, row)
        })
    }

    /// Issues a card.
    pub fn issue_card(&mut self, row: &CardRow, at: DateTime<Utc>) -> Result<CardId, StoreError> {
        self.write("issue a card", at, Actor::default(), |deed| {
            insert_card(deed, row)
        })
    }

    /// Remembers the language a person chose; nothing is written where it is the old one.
    pub fn remember_language(
        &mut self,
        person: PersonId,
        language: Language,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        const DOING: &str = "remember a language";
        let actor = Actor {
            person: Some(person),
            card: None,
        };
        self.write(DOING, at, actor, |deed| {
            let changed = deed
                .tx
                .execute(
                    "UPDATE persons SET language = ?2 WHERE id = ?1 AND language <> ?2",
                    params![person.to_string(), to_word(&language)],
                )
                .doing(DOING)?;
            if changed > 0 {
                deed.record(Record::LanguageChosen { person, language })?;
            }
            Ok(())
        })
    }

    /// The companies that work here, the lowest room first; those that have left are not shown the
    /// way to.
    pub fn directory(&self) -> Result<Vec<Tenant>, StoreError> {
        const DOING: &str = "read which company is where";
        let ids: Vec<String> = self
            .connection
            .prepare_cached("SELECT id FROM tenants WHERE state IN ('in', 'moving-out')")
            .and_then(|mut select| select.query_map([], |row| row.get(0))?.collect())
            .doing(DOING)?;
        let mut tenants = ids
            .into_iter()
            .map(|id| {
                let row = format!("tenant {id}");
                tenant(&self.connection, from_word(id, DOING, || row)?)
            })
            .collect::<Result<Vec<Tenant>, StoreError>>()?;
        // A room's number counts its floor first: 907 is below 1203.
        tenants.sort_by_key(|tenant| {
            let room = tenant.rooms.first().cloned().unwrap_or_default();
            let digits = room.chars().take_while(char::is_ascii_digit).count();
            (digits, room, tenant.name.zh.clone())
        });
        Ok(tenants)
    }

    /// Whose card this is, and what that means today.
    pub fn identify_card(&self, credential: &Credential) -> Result<Identity, StoreError> {
        let connection = &self.connection;
        let Some((card, person, state)) = find_card(connection, credential)? else {
            return Ok(Identity::UnknownCard);
        };
        Ok(identify(state, holder(connection, Some(card), person)?))
    }

    /// The same of somebody whose card was read before: it may have been blocked since. Who stands
    /// here without a card, a visitor with a slip, stays who they are.
    pub fn identify_again(&self, known: &Holder) -> Result<Identity, StoreError> {
        const DOING: &str = "look up a card";
        let Some(card) = known.card else {
            return Ok(Identity::Known(known.clone()));
        };
        let connection = &self.connection;
        let state: Option<String> = connection
            .prepare_cached("SELECT state FROM cards WHERE id = ?1")
            .and_then(|mut select| {
                select
                    .query_row([card.to_string()], |row| row.get(0))
                    .optional()
            })
            .doing(DOING)?;
        let Some(state) = state else {
            return Ok(Identity::UnknownCard);
        };
        let state = from_word(state, DOING, || format!("card {card}"))?;
        Ok(identify(
            state,
            holder(connection, Some(card), known.person)?,
        ))
    }
}

/// Enter a tenant, as part of a deed.
pub(super) fn insert_tenant(deed: &mut Deed<'_>, row: &TenantRow) -> Result<TenantId, StoreError> {
    const DOING: &str = "enter a tenant";
    let tenant = TenantId(deed.new_id()?);
    deed.tx
        .execute(
            "INSERT INTO tenants (id, name_zh, name_en, state) VALUES (?1, ?2, ?3, ?4)",
            params![
                tenant.to_string(),
                row.name.zh,
                row.name.en,
                to_word(&row.state)
            ],
        )
        .doing(DOING)?;
    for (position, room) in (1_i64..).zip(&row.rooms) {
        deed.tx
            .execute(
                "INSERT INTO tenant_rooms (tenant, position, room) VALUES (?1, ?2, ?3)",
                params![tenant.to_string(), position, room],
            )
            .doing(DOING)?;
    }
    finding::tenant_entered(&deed.tx, &tenant.to_string(), &row.name, &row.rooms).doing(DOING)?;
    deed.record(Record::TenantEntered {
        tenant,
        state: row.state,
    })?;
    Ok(tenant)
}

/// How senders abroad write a company's address.
pub(super) fn write_address(
    connection: &Connection,
    tenant: TenantId,
    address_en: &str,
) -> Result<(), StoreError> {
    connection
        .execute(
            "UPDATE tenants SET address_en = ?2 WHERE id = ?1",
            params![tenant.to_string(), address_en.trim()],
        )
        .map(|_| ())
        .doing("write down a company's address")
}

/// Enter a person, as part of a deed.
pub(super) fn insert_person(deed: &mut Deed<'_>, row: &PersonRow) -> Result<PersonId, StoreError> {
    const DOING: &str = "enter a person";
    let person = PersonId(deed.new_id()?);
    deed.tx
        .execute(
            "INSERT INTO persons (id, tenant, language, name_chinese, name_latin)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                person.to_string(),
                row.tenant.map(|tenant| tenant.to_string()),
                to_word(&row.language),
                row.name.chinese,
                row.name.latin,
            ],
        )
        .doing(DOING)?;
    for role in &row.roles {
        deed.tx
            .execute(
                "INSERT INTO person_roles (person, role) VALUES (?1, ?2)",
                params![person.to_string(), to_word(role)],
            )
            .doing(DOING)?;
    }
    finding::person_entered(&deed.tx, &person.to_string(), &row.name).doing(DOING)?;
    let roles = row.roles.clone();
    deed.record(Record::PersonEntered {
        person,
        tenant: row.tenant,
        roles,
    })?;
    Ok(person)
}

/// Issue a card, as part of a deed.
pub(super) fn insert_card(deed: &mut Deed<'_>, row: &CardRow) -> Result<CardId, StoreError> {
    const DOING: &str = "issue a card";
    let card = CardId(deed.new_id()?);
    deed.tx
        .execute(
            "INSERT INTO cards (id, person, technology, number, state)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                card.to_string(),
                row.person.to_string(),
                to_word(&row.credential.technology),
                row.credential.number,
                to_word(&row.state),
            ],
        )
        .doing(DOING)?;
    deed.record(Record::CardIssued {
        card,
        person: row.person,
        state: row.state,
    })?;
    Ok(card)
}

pub(super) fn find_card(
    connection: &Connection,
    credential: &Credential,
) -> Result<Option<(CardId, PersonId, CardState)>, StoreError> {
    const DOING: &str = "look up a card";
    let found = connection
        .prepare_cached("SELECT id, person, state FROM cards WHERE technology = ?1 AND number = ?2")
        .and_then(|mut select| {
            select
                .query_row(
                    params![to_word(&credential.technology), credential.number],
                    |row| {
                        Ok((
                            row.get::<_, String>(0)?,
                            row.get::<_, String>(1)?,
                            row.get(2)?,
                        ))
                    },
                )
                .optional()
        })
        .doing(DOING)?;
    found
        .map(|(card, person, state)| {
            let row = || format!("card {card}");
            let state = from_word(state, DOING, row)?;
            Ok((
                from_word(card.clone(), DOING, row)?,
                from_word(person, DOING, row)?,
                state,
            ))
        })
        .transpose()
}

pub(super) fn holder(
    connection: &Connection,
    card: Option<CardId>,
    person: PersonId,
) -> Result<Holder, StoreError> {
    const DOING: &str = "look up a person";
    let row = || format!("person {person}");
    let (tenant, language, chinese, latin) = connection
        .prepare_cached(
            "SELECT tenant, language, name_chinese, name_latin FROM persons WHERE id = ?1",
        )
        .and_then(|mut select| {
            select.query_row([person.to_string()], |row| {
                let tenant: Option<String> = row.get(0)?;
                let language: String = row.get(1)?;
                Ok((tenant, language, row.get(2)?, row.get(3)?))
            })
        })
        .doing(DOING)?;
    let tenant = match tenant {
        Some(id) => Some(self::tenant(connection, from_word(id, DOING, row)?)?),
        None => None,
    };
    Ok(Holder {
        person,
        card,
        name: PersonName { chinese, latin },
        roles: roles(connection, person)?,
        language: from_word(language, DOING, row)?,
        tenant,
    })
}

/// Somebody's name; none where they are not in the books, or no longer.
pub(super) fn name(
    connection: &Connection,
    person: PersonId,
) -> Result<Option<PersonName>, StoreError> {
    connection
        .prepare_cached("SELECT name_chinese, name_latin FROM persons WHERE id = ?1")
        .and_then(|mut select| {
            select
                .query_row([person.to_string()], |row| {
                    Ok(PersonName {
                        chinese: row.get(0)?,
                        latin: row.get(1)?,
                    })
                })
                .optional()
        })
        .doing("look up a name")
}

/// The language remembered for whoever acts, which is that of the window they act in; the first one of
/// the house where nobody does.
pub(super) fn language_of(connection: &Connection, by: Actor) -> Result<Language, StoreError> {
    by.person.map_or_else(
        || Ok(Language::default()),
        |person| reads(connection, person),
    )
}

/// The language remembered for this person.
pub(super) fn reads(connection: &Connection, person: PersonId) -> Result<Language, StoreError> {
    const DOING: &str = "look up a language";
    let word: Option<String> = connection
        .prepare_cached("SELECT language FROM persons WHERE id = ?1")
        .and_then(|mut select| {
            select
                .query_row([person.to_string()], |row| row.get(0))
                .optional()
        })
        .doing(DOING)?;
    word.map_or_else(
        || Ok(Language::default()),
        |word| from_word(word, DOING, || format!("person {person}")),
    )
}

/// What this person may be here, as the books say now.
pub(super) fn roles(connection: &Connection, person: PersonId) -> Result<Vec<Role>, StoreError> {
    const DOING: &str = "look up a person's roles";
    let words: Vec<String> = connection
        .prepare_cached("SELECT role FROM person_roles WHERE person = ?1 ORDER BY role")
        .and_then(|mut select| {
            select
                .query_map([person.to_string()], |row| row.get(0))?
                .collect()
        })
        .doing(DOING)?;
    words
        .into_iter()
        .map(|word| from_word(word, DOING, || format!("person {person}")))
        .collect()
}

/// A tenant with its rooms.
pub(super) fn tenant(connection: &Connection, id: TenantId) -> Result<Tenant, StoreError> {
    const DOING: &str = "look up a tenant";
    let (zh, en, state): (String, String, String) = connection
        .prepare_cached("SELECT name_zh, name_en, state FROM tenants WHERE id = ?1")
        .and_then(|mut select| select.query_row([id.to_string()], |row| row.try_into()))
        .doing(DOING)?;
    let rooms = connection
        .prepare_cached("SELECT room FROM tenant_rooms WHERE tenant = ?1 ORDER BY position")
        .and_then(|mut select| {
            select
                .query_map([id.to_string()], |row| row.get(0))?
                .collect()
        })
        .doing(DOING)?;
    let state = from_word(state, DOING, || format!("tenant {id}"))?;
    Ok(Tenant {
        id,
        name: Bilingual { zh, en },
        rooms,
        state,
    })
}
