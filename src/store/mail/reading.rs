//! What the books of mail say.

use crate::mail::{
    Addressee, Authority, Item, MailId, MailState, PickUpCode, Recipient, RecipientName,
};
use crate::people::{Bilingual, PersonId, PersonName, TenantId, TenantState};
use crate::store::error::{Doing, StoreError};
use crate::store::words::from_word;
use crate::store::{people, slips};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::de::DeserializeOwned;

pub(super) const READING: &str = "read the books of mail";

/// An item with the name and door of its addressee. A name that was erased is empty.
const ITEM: &str = "SELECT item.id, item.kind, item.addressee, item.addressee_is, item.shelf,
        item.arrived_at_ms, item.state, item.attempts, item.reminded_at_ms,
        item.device, item.day, item.count,
        person.name_chinese, person.name_latin,
        tenant.id, tenant.name_zh, tenant.name_en, tenant.state,
        (SELECT room FROM tenant_rooms WHERE tenant_rooms.tenant = tenant.id
         ORDER BY position LIMIT 1),
        person.id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM person_roles WHERE person_roles.person = person.id),
        nullif(max(
            coalesce((SELECT max(day) FROM mail_round_items AS along
                JOIN mail_rounds AS round ON round.id = along.round
                WHERE along.item = item.id), ''),
            coalesce((SELECT day FROM mail_rounds AS gone
                WHERE gone.day <= coalesce(item.day, '9999')
                    AND gone.started_at_ms <= item.arrived_at_ms
                ORDER BY gone.day DESC LIMIT 1), '')), ''),
        (SELECT why FROM mail_round_items AS tried
         WHERE tried.item = item.id AND tried.outcome = 'failed'
         ORDER BY tried.noted_ms DESC LIMIT 1)
    FROM mail_items AS item
    LEFT JOIN persons AS person ON item.addressee_is = 'person' AND person.id = item.addressee
    LEFT JOIN tenants AS tenant ON tenant.id =
        CASE item.addressee_is WHEN 'tenant' THEN item.addressee ELSE person.tenant END";

/// Items by what follows the join: a WHERE and an ORDER.
pub(super) fn items(
    connection: &Connection,
    which: &str,
    params: impl Params,
) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = connection
        .prepare_cached(&format!("{ITEM} {which}"))
        .and_then(|mut select| select.query_map(params, ItemRow::read)?.collect())
        .doing(READING)?;
    rows.into_iter().map(ItemRow::understand).collect()
}

pub(super) fn item(connection: &Connection, id: MailId) -> Result<Option<Item>, StoreError> {
    Ok(items(connection, "WHERE item.id = ?1", [id.to_string()])?.pop())
}

/// What is here for this addressee, the oldest first.
pub(super) fn here_for(
    connection: &Connection,
    addressee: Addressee,
) -> Result<Vec<Item>, StoreError> {
    let (id, is) = super::fold::columns(&addressee);
    items(
        connection,
        "WHERE item.addressee = ?1 AND item.addressee_is = ?2 AND item.left_at_ms IS NULL
         ORDER BY item.arrived_at_ms, item.day, item.count, item.id",
        [id.as_str(), is],
    )
}

/// All that is in this state, the oldest first.
pub(super) fn in_state(connection: &Connection, state: MailState) -> Result<Vec<Item>, StoreError> {
    items(
        connection,
        "WHERE item.state = ?1 AND item.left_at_ms IS NULL
         ORDER BY item.arrived_at_ms, item.day, item.count, item.id",
        [crate::store::words::to_word(&state)],
    )
}

/// The item that is here under this code.
pub(super) fn item_of_code(
    connection: &Connection,
    code: &PickUpCode,
) -> Result<Option<Item>, StoreError> {
    let which = "JOIN mail_codes ON mail_codes.item = item.id WHERE mail_codes.code = ?1";
    Ok(items(connection, which, [code.digits()])?.pop())
}

/// All that came under this number of the carrier, the latest first.
pub(super) fn by_tracking(
    connection: &Connection,
    tracking: &str,
) -> Result<Vec<Item>, StoreError> {
    let which = "JOIN mail_trackings ON mail_trackings.item = item.id
        WHERE mail_trackings.tracking = ?1 ORDER BY item.arrived_at_ms DESC, item.id";
    items(connection, which, [tracking])
}

pub(super) fn code_of(
    connection: &Connection,
    item: MailId,
) -> Result<Option<PickUpCode>, StoreError> {
    let digits: Option<String> = connection
        .prepare_cached("SELECT code FROM mail_codes WHERE item = ?1")
        .and_then(|mut select| {
            select
                .query_row([item.to_string()], |row| row.get(0))
                .optional()
        })
        .doing(READING)?;
    digits
        .map(|digits| {
            PickUpCode::from_digits(&digits).map_err(|_| StoreError::Unreadable {
                doing: READING,
                row: format!("code of item {item}"),
            })
        })
        .transpose()
}

/// The company somebody works for.
pub(in crate::store) fn company_of(
    connection: &Connection,
    person: PersonId,
) -> Result<Option<TenantId>, StoreError> {
    let company: Option<Option<String>> = connection
        .prepare_cached("SELECT tenant FROM persons WHERE id = ?1")
        .and_then(|mut select| {
            select
                .query_row([person.to_string()], |row| row.get(0))
                .optional()
        })
        .doing(READING)?;
    let row = || format!("person {person}");
    company
        .flatten()
        .map(|company| from_word(company, READING, row))
        .transpose()
}

/// For whom something comes, with name and door; nothing where they are not in the books.
pub(super) fn recipient(
    connection: &Connection,
    addressee: Addressee,
) -> Result<Option<Recipient>, StoreError> {
    let tenant = match addressee {
        Addressee::Tenant(tenant) => Some(tenant),
        Addressee::Person(person) => company_of(connection, person)?,
    };
    let company: Option<(String, String, String, Option<String>)> = match tenant {
        None => None,
        Some(tenant) => connection
            .prepare_cached(
                "SELECT name_zh, name_en, state, (SELECT room FROM tenant_rooms
                     WHERE tenant = tenants.id ORDER BY position LIMIT 1)
                 FROM tenants WHERE id = ?1",
            )
            .and_then(|mut select| {
                select
                    .query_row([tenant.to_string()], |row| row.try_into())
                    .optional()
            })
            .doing(READING)?,
    };
    let (room, has_moved, company_name) = match company {
        None => (None, false, None),
        Some((zh, en, state, room)) => {
            let state: TenantState = from_word(state, READING, || "tenant".to_owned())?;
            (
                room,
                state == TenantState::Moved,
                Some(Bilingual { zh, en }),
            )
        }
    };
    let name = match addressee {
        Addressee::Tenant(_) => company_name.map(RecipientName::Tenant),
        Addressee::Person(person) => people::name(connection, person)?.map(RecipientName::Person),
    };
    let has_left = match addressee {
        Addressee::Tenant(_) => false,
        Addressee::Person(person) => people::roles(connection, person)?.is_empty(),
    };
    Ok(name.map(|name| Recipient {
        addressee,
        name,
        room,
        company: tenant,
        has_moved,
        has_left,
    }))
}

const AUTHORITY: &str = "SELECT id, holder, principal, principal_is, kinds, until_ms, once,
    used_at_ms IS NOT NULL, withdrawn_at_ms IS NOT NULL FROM mail_authorities";

/// Authorities that were not taken back, by what follows; the oldest first.
pub(super) fn authorities(
    connection: &Connection,
    which: &str,
    params: impl Params,
) -> Result<Vec<Authority>, StoreError> {
    type Raw = (
        String,
        String,
        String,
        String,
        String,
        Option<i64>,
        bool,
        bool,
        bool,
    );
    let sql = format!("{AUTHORITY} WHERE withdrawn_at_ms IS NULL AND {which} ORDER BY id");
    let rows: Vec<Raw> = connection
        .prepare_cached(&sql)
        .and_then(|mut select| select.query_map(params, |row| row.try_into())?.collect())
        .doing(READING)?;
    rows.into_iter()
        .map(
            |(id, holder, principal, is, kinds, until, once, is_used, is_withdrawn)| {
                let row = || format!("authority {id}");
                let unreadable = || StoreError::Unreadable {
                    doing: READING,
                    row: row(),
                };
                Ok(Authority {
                    holder: from_word(holder, READING, row)?,
                    principal: addressee(principal, &is, row)?,
                    kinds: serde_json::from_str(&kinds).map_err(|_| unreadable())?,
                    until: until
                        .map(|ms| DateTime::from_timestamp_millis(ms).ok_or_else(unreadable))
                        .transpose()?,
                    once,
                    is_used,
                    is_withdrawn,
                    id: from_word(id.clone(), READING, row)?,
                })
            },
        )
        .collect()
}

/// What somebody was let collect for others.
pub(super) fn authorities_held(
    connection: &Connection,
    person: PersonId,
) -> Result<Vec<Authority>, StoreError> {
    authorities(connection, "holder = ?1", [person.to_string()])
}

fn addressee(id: String, is: &str, row: impl Fn() -> String) -> Result<Addressee, StoreError> {
    match is {
        "tenant" => from_word(id, READING, row).map(Addressee::Tenant),
        _ => from_word(id, READING, row).map(Addressee::Person),
    }
}

/// The columns of `ITEM` before they are understood.
struct ItemRow {
    id: String,
    kind: String,
    addressee: String,
    addressee_is: String,
    shelf: String,
    arrived_ms: i64,
    state: String,
    attempts: u32,
    reminded_ms: Option<i64>,
    number: (Option<String>, Option<String>, Option<u32>),
    person: PersonName,
    company: Option<String>,
    company_name: (Option<String>, Option<String>),
    company_state: Option<String>,
    room: Option<String>,
    has_left: bool,
    went_round: Option<String>,
    failed: Option<String>,
}

impl ItemRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(ItemRow {
            id: row.get(0)?,
            kind: row.get(1)?,
            addressee: row.get(2)?,
            addressee_is: row.get(3)?,
            shelf: row.get(4)?,
            arrived_ms: row.get(5)?,
            state: row.get(6)?,
            attempts: row.get(7)?,
            reminded_ms: row.get(8)?,
            number: (row.get(9)?, row.get(10)?, row.get(11)?),
            person: PersonName {
                chinese: row.get(12)?,
                latin: row.get(13)?,
            },
            company: row.get(14)?,
            company_name: (row.get(15)?, row.get(16)?),
            company_state: row.get(17)?,
            room: row.get(18)?,
            has_left: row.get(19)?,
            went_round: row.get(20)?,
            failed: row.get(21)?,
        })
    }

    fn understand(self) -> Result<Item, StoreError> {
        let id = self.id.clone();
        let row = || format!("item of mail {id}");
        let unreadable = || StoreError::Unreadable {
            doing: READING,
            row: row(),
        };
        let moment = |ms: i64| -> Result<DateTime<Utc>, StoreError> {
            DateTime::from_timestamp_millis(ms).ok_or_else(unreadable)
        };
        let number = match self.number {
            (Some(device), Some(day), Some(count)) => {
                Some(slips::number(&device, &day, count).ok_or_else(unreadable)?)
            }
            _ => None,
        };
        let addressee = addressee(self.addressee, &self.addressee_is, row)?;
        let name = match addressee {
            Addressee::Person(_) => RecipientName::Person(self.person),
            Addressee::Tenant(_) => RecipientName::Tenant(Bilingual {
                zh: self.company_name.0.unwrap_or_default(),
                en: self.company_name.1.unwrap_or_default(),
            }),
        };
        let state: Option<TenantState> = optional(self.company_state, row)?;
        Ok(Item {
            id: from_word(self.id, READING, row)?,
            number,
            kind: from_word(self.kind, READING, row)?,
            recipient: Recipient {
                addressee,
                name,
                room: self.room,
                company: optional(self.company, row)?,
                has_moved: state == Some(TenantState::Moved),
                has_left: self.has_left,
            },
            shelf: self.shelf,
            arrived: moment(self.arrived_ms)?,
            state: from_word(self.state, READING, row)?,
            attempts: self.attempts,
            reminded: self.reminded_ms.map(moment).transpose()?,
            went_round: optional(self.went_round, row)?,
            failed: optional(self.failed, row)?,
        })
    }
}

fn optional<T: DeserializeOwned>(
    word: Option<String>,
    row: impl Fn() -> String,
) -> Result<Option<T>, StoreError> {
    word.map(|word| from_word(word, READING, row)).transpose()
}
