//! The keys of each name, written with the name.

use crate::people::finding::{Keys, Spoken, VERSION};
use crate::people::{Bilingual, PersonName};
use rusqlite::{Connection, OptionalExtension, params};

/// What kind of key stands in a row.
pub(super) mod kind {
    pub const NAME: i64 = 0;
    pub const INSIDE: i64 = 1;
    pub const PINYIN: i64 = 2;
    pub const INITIALS: i64 = 3;
    pub const WORDS: i64 = 4;
    pub const ROOM: i64 = 5;
}

/// Every key of a name with its kind.
fn each(keys: &Keys) -> impl Iterator<Item = (i64, &String)> {
    let lists = [
        (kind::INSIDE, &keys.inside),
        (kind::PINYIN, &keys.pinyin),
        (kind::INITIALS, &keys.initials),
        (kind::WORDS, &keys.words),
    ];
    let name = keys.name.iter().map(|key| (kind::NAME, key));
    let others = lists
        .into_iter()
        .flat_map(|(kind, keys)| keys.iter().map(move |key| (kind, key)));
    name.chain(others)
}

/// Keeps a person findable by this name and no longer by an earlier one.
pub(in crate::store) fn person_entered(
    connection: &Connection,
    person: &str,
    name: &PersonName,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM findable_persons WHERE person = ?1")?
        .execute([person])?;
    connection
        .prepare_cached("INSERT INTO findable_persons (person) VALUES (?1)")?
        .execute([person])?;
    let number = connection.last_insert_rowid();
    let mut insert = connection
        .prepare_cached("INSERT INTO person_keys (kind, key, number) VALUES (?1, ?2, ?3)")?;
    for (kind, key) in each(&Spoken::person(name).keys()) {
        insert.execute(params![kind, key, number])?;
    }
    Ok(())
}

/// Keeps a tenant findable by this name and these rooms, and no longer by earlier ones.
pub(in crate::store) fn tenant_entered(
    connection: &Connection,
    tenant: &str,
    name: &Bilingual,
    rooms: &[String],
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM tenant_keys WHERE tenant = ?1")?
        .execute([tenant])?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO tenant_keys (kind, key, tenant) VALUES (?1, ?2, ?3)",
    )?;
    for (kind, key) in each(&Spoken::text(&name.zh, &name.en).keys()) {
        insert.execute(params![kind, key, tenant])?;
    }
    for room in rooms.iter().map(|room| self::room(room)) {
        if !room.is_empty() {
            insert.execute(params![kind::ROOM, room, tenant])?;
        }
    }
    Ok(())
}

/// A room as it is compared: "A-1203" is looked for as "a1203".
pub(super) fn room(room: &str) -> String {
    room.chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_lowercase()
}

/// Makes all keys anew where they were made by other rules, or never: in books from before there were
/// any. Everything or nothing of it happens.
pub(in crate::store) fn renew(connection: &Connection) -> rusqlite::Result<()> {
    let version: Option<i64> = connection
        .query_row("SELECT version FROM finding_rules", [], |row| row.get(0))
        .optional()?;
    if version == Some(VERSION) {
        return Ok(());
    }
    let tx = connection.unchecked_transaction()?;
    tx.execute_batch(
        "DELETE FROM person_keys; DELETE FROM findable_persons; DELETE FROM tenant_keys;",
    )?;
    index_everybody(&tx)?;
    index_every_tenant(&tx)?;
    tx.execute(
        "INSERT INTO finding_rules (one, version) VALUES (1, ?1)
         ON CONFLICT (one) DO UPDATE SET version = ?1",
        [VERSION],
    )?;
    tx.commit()
}

fn index_everybody(tx: &Connection) -> rusqlite::Result<()> {
    let mut persons = tx.prepare("SELECT id, name_chinese, name_latin FROM persons")?;
    let mut rows = persons.query([])?;
    while let Some(row) = rows.next()? {
        let (chinese, latin) = (row.get(1)?, row.get(2)?);
        person_entered(
            tx,
            &row.get::<_, String>(0)?,
            &PersonName { chinese, latin },
        )?;
    }
    Ok(())
}

fn index_every_tenant(tx: &Connection) -> rusqlite::Result<()> {
    let mut tenants = tx.prepare("SELECT id, name_zh, name_en FROM tenants")?;
    let mut rooms_of =
        tx.prepare("SELECT room FROM tenant_rooms WHERE tenant = ?1 ORDER BY position")?;
    let mut rows = tenants.query([])?;
    while let Some(row) = rows.next()? {
        let (tenant, zh, en): (String, String, String) = row.try_into()?;
        let rooms: Vec<String> = rooms_of
            .query_map([&tenant], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        tenant_entered(tx, &tenant, &Bilingual { zh, en }, &rooms)?;
    }
    Ok(())
}
