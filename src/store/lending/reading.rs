//! What the books of lending say.

use super::around::all_stands;
use crate::lending::{Counted, Item, Kind, KindId, Loan, LoanId, Stand, Stock, Thing, ThingId};
use crate::people::PersonId;
use crate::slips::SlipNumber;
use crate::store::error::{Doing, StoreError};
use crate::store::slips;
use crate::store::words::from_word;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

const LOAN: &str = "SELECT loan.id, loan.device, loan.day, loan.count, loan.kind, loan.thing,
        thing.label, loan.borrower, loan.lent_at_ms, loan.due_ms, loan.returned_at_ms, loan.renewals,
        loan.deposit_fen
    FROM lending_loans AS loan LEFT JOIN lending_things AS thing ON thing.id = loan.thing";

const THING: &str = "SELECT id, kind, tag, label, state FROM lending_things";

pub(super) const READING: &str = "read the books of lending";

pub(super) fn stock(
    connection: &Connection,
    kind: &Kind,
    at: DateTime<Utc>,
) -> Result<Stock, StoreError> {
    let free = match kind.counted {
        // What is kept for somebody right now is not free.
        Counted::Tagged => connection
            .prepare_cached(
                "SELECT count(*) FROM lending_things AS thing
                 WHERE kind = ?1 AND state = 'available' AND NOT EXISTS
                     (SELECT 1 FROM lending_reservations AS kept WHERE kept.thing = thing.id
                       AND kept.ended IS NULL AND kept.from_ms <= ?2 AND ?2 < kept.until_ms)",
            )
            .and_then(|mut select| {
                select.query_row(params![kind.id.0, at.timestamp_millis()], |row| row.get(0))
            })
            .doing(READING)?,
        Counted::Pooled | Counted::Consumable => {
            let stands = all_stands(connection)?;
            let stand = stands.iter().find(|stand| stand.kind == kind.id);
            stand.map_or(0, Stand::clean)
        }
    };
    Ok(Stock {
        kind: kind.id.clone(),
        free,
    })
}

pub(super) fn thing_by_tag(
    connection: &Connection,
    tag: &str,
) -> Result<Option<Thing>, StoreError> {
    let found = connection
        .prepare_cached(&format!(
            "{THING} WHERE upper(tag) = upper(?1) ORDER BY tag <> ?1"
        ))
        .and_then(|mut select| select.query_row([tag], |row| row.try_into()).optional())
        .doing(READING)?;
    found
        .map(
            |(id, kind, tag, label, state): (String, String, String, String, String)| {
                let row = || format!("thing {tag}");
                Ok(Thing {
                    id: from_word(id, READING, row)?,
                    state: from_word(state, READING, row)?,
                    kind: KindId(kind),
                    tag: tag.clone(),
                    label,
                })
            },
        )
        .transpose()
}

/// A thing by its identifier.
pub(super) fn thing(connection: &Connection, id: ThingId) -> Result<Option<Thing>, StoreError> {
    Ok(things(connection, "id = ?1", [id.to_string()])?.pop())
}

/// Things that this condition picks.
fn things(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Vec<Thing>, StoreError> {
    let tags: Vec<String> = connection
        .prepare_cached(&format!("SELECT tag FROM lending_things WHERE {condition}"))
        .and_then(|mut select| select.query_map(params, |row| row.get(0))?.collect())
        .doing(READING)?;
    let mut things = Vec::new();
    for tag in tags {
        things.extend(thing_by_tag(connection, &tag)?);
    }
    Ok(things)
}

/// Every thing that is not retired, by its tag.
pub(in crate::store) fn all_things(connection: &Connection) -> Result<Vec<Thing>, StoreError> {
    things(connection, "state <> 'retired' ORDER BY kind, tag", [])
}

/// Whether a thing is kept for somebody at this moment.
pub(super) fn is_kept_now(
    connection: &Connection,
    thing: ThingId,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM lending_reservations
                 WHERE thing = ?1 AND ended IS NULL AND from_ms <= ?2 AND ?2 < until_ms)",
        )
        .and_then(|mut select| {
            select.query_row(params![thing.to_string(), at.timestamp_millis()], |row| {
                row.get(0)
            })
        })
        .doing(READING)
}

/// Things whose tag or label begins with this.
pub(in crate::store) fn things_like(
    connection: &Connection,
    text: &str,
    most: u32,
) -> Result<Vec<Thing>, StoreError> {
    let condition = "substr(tag, 1, length(?1)) = upper(?1) OR label = ?1 ORDER BY tag LIMIT ?2";
    things(connection, condition, params![text, most])
}

/// Everything that is out, the earliest due first.
pub(in crate::store) fn all_out(connection: &Connection) -> Result<Vec<Loan>, StoreError> {
    let sql = format!("{LOAN} WHERE loan.returned_at_ms IS NULL ORDER BY loan.due_ms, loan.id");
    Ok(loans(connection, &sql, [])?
        .into_iter()
        .map(|(loan, _)| loan)
        .collect())
}

/// The latest loans, out or back, the newest first. Identifiers are in the order of time.
pub(in crate::store) fn latest(
    connection: &Connection,
    most: u32,
) -> Result<Vec<Loan>, StoreError> {
    let sql = format!("{LOAN} ORDER BY loan.id DESC LIMIT ?1");
    let found = loans(connection, &sql, [most])?;
    Ok(found.into_iter().map(|(loan, _)| loan).collect())
}

/// A loan with the moment it was closed, if it was.
pub(in crate::store) type Found = (Loan, Option<DateTime<Utc>>);

pub(super) fn open_loans(
    connection: &Connection,
    person: PersonId,
) -> Result<Vec<Loan>, StoreError> {
    let sql = format!(
        "{LOAN} WHERE loan.borrower = ?1 AND loan.returned_at_ms IS NULL ORDER BY loan.due_ms, loan.id"
    );
    let found = loans(connection, &sql, [person.to_string()])?;
    Ok(found.into_iter().map(|(loan, _)| loan).collect())
}

pub(super) fn open_loan_of(
    connection: &Connection,
    thing: ThingId,
) -> Result<Option<Loan>, StoreError> {
    let sql = format!("{LOAN} WHERE loan.thing = ?1 AND loan.returned_at_ms IS NULL");
    Ok(loans(connection, &sql, [thing.to_string()])?
        .pop()
        .map(|(loan, _)| loan))
}

pub(in crate::store) fn latest_loan_of(
    connection: &Connection,
    thing: ThingId,
) -> Result<Option<Found>, StoreError> {
    let sql = format!(
        "{LOAN} WHERE loan.thing = ?1
         ORDER BY loan.returned_at_ms IS NULL DESC, loan.lent_at_ms DESC, loan.id DESC LIMIT 1"
    );
    Ok(loans(connection, &sql, [thing.to_string()])?.pop())
}

/// Loans of whose deposit the house holds something.
pub(in crate::store) fn with_deposit_held(
    connection: &Connection,
) -> Result<Vec<Loan>, StoreError> {
    let sql = format!(
        "{LOAN} WHERE loan.id IN (SELECT loan FROM lending_deposits)
         ORDER BY loan.due_ms, loan.id"
    );
    let found = loans(connection, &sql, [])?;
    Ok(found.into_iter().map(|(loan, _)| loan).collect())
}

pub(super) fn loan_by_id(
    connection: &Connection,
    loan: LoanId,
) -> Result<Option<Found>, StoreError> {
    let sql = format!("{LOAN} WHERE loan.id = ?1");
    Ok(loans(connection, &sql, [loan.to_string()])?.pop())
}

pub(super) fn loan_by_number(
    connection: &Connection,
    number: &SlipNumber,
) -> Result<Option<Found>, StoreError> {
    let sql = format!("{LOAN} WHERE loan.device = ?1 AND loan.day = ?2 AND loan.count = ?3");
    let params = params![
        number.device.to_string(),
        number.day.to_string(),
        number.count
    ];
    Ok(loans(connection, &sql, params)?.pop())
}

fn loans(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<Found>, StoreError> {
    let rows: Vec<LoanRow> = connection
        .prepare_cached(sql)
        .and_then(|mut select| select.query_map(params, LoanRow::read)?.collect())
        .doing(READING)?;
    rows.into_iter().map(LoanRow::understand).collect()
}

/// The columns of `LOAN` before they are understood.
struct LoanRow {
    id: String,
    device: String,
    day: String,
    count: u32,
    kind: String,
    thing: Option<String>,
    label: Option<String>,
    borrower: String,
    lent_at_ms: i64,
    due_ms: i64,
    returned_at_ms: Option<i64>,
    renewals: u32,
    deposit_fen: u32,
}

impl LoanRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(LoanRow {
            id: row.get(0)?,
            device: row.get(1)?,
            day: row.get(2)?,
            count: row.get(3)?,
            kind: row.get(4)?,
            thing: row.get(5)?,
            label: row.get(6)?,
            borrower: row.get(7)?,
            lent_at_ms: row.get(8)?,
            due_ms: row.get(9)?,
            returned_at_ms: row.get(10)?,
            renewals: row.get(11)?,
            deposit_fen: row.get(12)?,
        })
    }

    fn understand(self) -> Result<Found, StoreError> {
        let id = self.id.clone();
        let row = || format!("loan {id}");
        let unreadable = || StoreError::Unreadable {
            doing: READING,
            row: row(),
        };
        let moment = |ms| DateTime::from_timestamp_millis(ms).ok_or_else(unreadable);
        let item = match self.thing {
            Some(thing) => Item::Tagged {
                thing: from_word(thing, READING, row)?,
                label: self.label.unwrap_or_default(),
            },
            None => Item::Pooled,
        };
        let loan = Loan {
            id: from_word(self.id, READING, row)?,
            number: slips::number(&self.device, &self.day, self.count).ok_or_else(unreadable)?,
            kind: KindId(self.kind),
            item,
            borrower: from_word(self.borrower, READING, row)?,
            lent_at: moment(self.lent_at_ms)?,
            due: moment(self.due_ms)?,
            renewals: self.renewals,
            deposit_fen: self.deposit_fen,
        };
        Ok((loan, self.returned_at_ms.map(moment).transpose()?))
    }
}
