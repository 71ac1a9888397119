//! Who a visitor is: known again, on the list of those who are not admitted, or new.

use super::reading::{READING, text};
use super::{cut, execute};
use crate::people::{Language, PersonId, PersonName, Role};
use crate::store::books::Deed;
use crate::store::error::{Doing, StoreError};
use crate::store::people::{self, PersonRow};
use crate::store::words::from_word;
use crate::visits::rules::{Certainty, Likeness, on_the_list};
use crate::visits::{DoNotAdmitId, DocumentNumber, Identity};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// Entry, document, telephone, and the name in both scripts.
type ListRow = (
    String,
    Option<String>,
    String,
    Option<String>,
    Option<String>,
);

/// Person, the name in both scripts, document, and company.
type VisitorRow = (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
);

/// The keyed digest of a document's number. The key is made when it is first needed.
pub(super) fn digest(deed: &mut Deed<'_>, number: &DocumentNumber) -> Result<String, StoreError> {
    let key = match digest_key(&deed.tx)? {
        Some(key) => key,
        None => {
            let key = deed.random_digits(77)?;
            execute(
                &deed.tx,
                "INSERT INTO visit_digest_key (one, key) VALUES (1, ?1)",
                [&key],
            )?;
            key
        }
    };
    Ok(digest_with(&key, number))
}

/// The same where nothing may be written; none as long as no document was ever digested.
pub(super) fn known_digest(
    connection: &Connection,
    number: &DocumentNumber,
) -> Result<Option<String>, StoreError> {
    let key = digest_key(connection)?;
    Ok(key.map(|key| digest_with(&key, number)))
}

fn digest_key(connection: &Connection) -> Result<Option<String>, StoreError> {
    text(connection, "SELECT key FROM visit_digest_key", [])
}

fn digest_with(key: &str, number: &DocumentNumber) -> String {
    let mut hasher = Sha256::new();
    hasher.update(key.as_bytes());
    hasher.update(number.0.trim().to_uppercase().as_bytes());
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Somebody as the list compares them.
pub(super) fn likeness(deed: &mut Deed<'_>, who: &Identity) -> Result<Likeness, StoreError> {
    let document = match &who.document {
        Some(number) => Some(digest(deed, number)?),
        None => None,
    };
    Ok(likeness_with(document, who))
}

/// The same with a digest that is known already, or where none can be.
pub(super) fn likeness_with(document: Option<String>, who: &Identity) -> Likeness {
    Likeness {
        document,
        phone: digits(&who.phone),
        name: Some(who.name.clone()),
    }
}

/// The same of somebody in the books.
pub(super) fn likeness_of(
    connection: &Connection,
    person: PersonId,
) -> Result<Option<Likeness>, StoreError> {
    connection
        .prepare_cached(
            "SELECT visitor.document, visitor.phone, person.name_chinese, person.name_latin
             FROM visitors AS visitor JOIN persons AS person ON person.id = visitor.person
             WHERE visitor.person = ?1",
        )
        .and_then(|mut select| {
            select
                .query_row([person.to_string()], |row| {
                    let name = PersonName {
                        chinese: row.get(2)?,
                        latin: row.get(3)?,
                    };
                    Ok(Likeness {
                        document: row.get(0)?,
                        phone: row.get(1)?,
                        name: Some(name),
                    })
                })
                .optional()
        })
        .doing(READING)
}

/// The entry of the list that somebody is like.
pub(super) fn not_admitted(
    connection: &Connection,
    who: &Likeness,
) -> Result<Option<(DoNotAdmitId, Certainty)>, StoreError> {
    let rows: Vec<ListRow> = connection
        .prepare_cached(
            "SELECT details.entry, details.document, details.phone, details.name_chinese,
                 details.name_latin
             FROM do_not_admit_details AS details JOIN do_not_admit AS entry
                 ON entry.id = details.entry
             WHERE entry.lifted_at_ms IS NULL ORDER BY entry.entered_at_ms",
        )
        .and_then(|mut select| select.query_map([], |row| row.try_into())?.collect())
        .doing(READING)?;
    let mut list = Vec::new();
    for (entry, document, phone, chinese, latin) in rows {
        let id = from_word(entry.clone(), READING, || format!("list entry {entry}"))?;
        let named = chinese.is_some() || latin.is_some();
        let name = named.then_some(PersonName { chinese, latin });
        list.push((
            id,
            Likeness {
                document,
                phone,
                name,
            },
        ));
    }
    Ok(on_the_list(&list, who))
}

/// The visitor in the books: by document, else by telephone and name, else entered anew.
pub(super) fn visitor(
    deed: &mut Deed<'_>,
    who: &Identity,
    like: &Likeness,
    company: &str,
    language: Language,
) -> Result<PersonId, StoreError> {
    let person = match on_the_books(&deed.tx, who, like)? {
        Some(person) => person,
        None => {
            let row = PersonRow {
                tenant: None,
                name: who.name.clone(),
                roles: vec![Role::Visitor],
                language,
            };
            people::insert_person(deed, &row)?
        }
    };
    execute(
        &deed.tx,
        "INSERT INTO visitors (person, phone, document, company) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (person) DO UPDATE SET
             phone = CASE excluded.phone WHEN '' THEN phone ELSE excluded.phone END,
             document = coalesce(excluded.document, document),
             company = CASE excluded.company WHEN '' THEN company ELSE excluded.company END",
        params![person.to_string(), like.phone, like.document, cut(company)],
    )?;
    Ok(person)
}

/// Somebody whom the books know: by document, else by telephone and name.
pub(super) fn on_the_books(
    connection: &Connection,
    who: &Identity,
    like: &Likeness,
) -> Result<Option<PersonId>, StoreError> {
    if let Some(document) = &like.document {
        let sql = "SELECT person FROM visitors WHERE document = ?1";
        if let Some(id) = text(connection, sql, [document])? {
            return from_word(id, READING, || "a visitor".to_owned()).map(Some);
        }
    }
    if like.phone.is_empty() {
        return Ok(None);
    }
    let same_phone = candidates(connection, "visitor.phone = ?1", &like.phone)?;
    // Another document is another person, whatever the telephone says.
    Ok(same_phone
        .into_iter()
        .find(|one| one.name == who.name && (one.document.is_none() || like.document.is_none()))
        .map(|one| one.person))
}

/// A visitor as the books know them.
pub(super) struct Candidate {
    pub person: PersonId,
    pub name: PersonName,
    document: Option<String>,
    pub company: String,
}

pub(super) fn candidates(
    connection: &Connection,
    condition: &str,
    value: &str,
) -> Result<Vec<Candidate>, StoreError> {
    let rows: Vec<VisitorRow> = connection
        .prepare_cached(&format!(
            "SELECT visitor.person, person.name_chinese, person.name_latin, visitor.document,
                 visitor.company
             FROM visitors AS visitor JOIN persons AS person ON person.id = visitor.person
             WHERE {condition}"
        ))
        .and_then(|mut select| select.query_map([value], |row| row.try_into())?.collect())
        .doing(READING)?;
    rows.into_iter()
        .map(|(id, chinese, latin, document, company)| {
            let person = from_word(id, READING, || "a visitor".to_owned())?;
            Ok(Candidate {
                person,
                name: PersonName { chinese, latin },
                document,
                company,
            })
        })
        .collect()
}

pub(super) fn digits(phone: &str) -> String {
    phone
        .chars()
        .filter(char::is_ascii_digit)
        .take(20)
        .collect()
}
