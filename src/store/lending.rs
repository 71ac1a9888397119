//! Things on loan: what is out, what comes back, and what a code stands for.

use super::books::{Books, Deed};
use super::error::{Doing, StoreError};
use super::journal::Actor;
use super::words::{from_word, to_word};
use super::{people, slips};
use crate::kiosk::event::CodeMeaning;
use crate::lending::record::{Record, TermsUsed};
use crate::lending::rules::{self, Borrower, OnShelf};
use crate::lending::{
    BroughtBack, BroughtBy, Counted, Item, Kind, KindId, LendOrder, LendRefusal, LentReceipt, Loan,
    LoanId, ReturnOrder, ReturnReceipt, ReturnRefusal, Stock, Thing, ThingId, ThingState, Wanted,
    slip,
};
use crate::people::PersonId;
use crate::slips::{PrintJobId, SlipNumber};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

const LOAN: &str = "SELECT loan.id, loan.device, loan.day, loan.count, loan.kind, loan.thing,
        thing.label, loan.borrower, loan.lent_at_ms, loan.due_ms, loan.returned_at_ms
    FROM lending_loans AS loan LEFT JOIN lending_things AS thing ON thing.id = loan.thing";

const THING: &str = "SELECT id, kind, tag, label, state FROM lending_things";

impl Books {
    /// Enters a tagged thing.
    pub fn enter_thing(
        &mut self,
        kind: &KindId,
        tag: &str,
        label: &str,
        state: ThingState,
        at: DateTime<Utc>,
    ) -> Result<ThingId, StoreError> {
        self.write("enter a thing", at, Actor::default(), |deed| {
            let thing = ThingId(deed.new_id()?);
            let (of, tag, label) = (kind.clone(), tag.to_owned(), label.to_owned());
            deed.record(Record::ThingEntered {
                thing,
                of,
                tag,
                label,
                state,
            })?;
            Ok(thing)
        })
    }

    /// Writes down how many a stand holds, in and out together.
    pub fn count_pool(
        &mut self,
        kind: &KindId,
        total: u32,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write("count a stand", at, Actor::default(), |deed| {
            deed.record(Record::PoolCounted {
                of: kind.clone(),
                total,
            })
        })
    }

    /// What there is to borrow of these kinds.
    pub fn stock(&self, kinds: &[Kind]) -> Result<Vec<Stock>, StoreError> {
        kinds
            .iter()
            .map(|kind| stock(&self.connection, kind))
            .collect()
    }

    /// What this person has on loan, the earliest first.
    pub fn loans_of(&self, person: PersonId) -> Result<Vec<Loan>, StoreError> {
        open_loans(&self.connection, person)
    }

    /// What a scanned or typed code stands for.
    pub fn read_code(&self, code: &str, at: DateTime<Utc>) -> Result<CodeMeaning, StoreError> {
        let code = code.trim();
        if let Some(thing) = thing_by_tag(&self.connection, code)? {
            let loan = open_loan_of(&self.connection, thing.id)?;
            return Ok(CodeMeaning::Thing(thing, loan));
        }
        let today = self.building.local(at).date();
        let number = SlipNumber::from_code(code)
            .or_else(|_| SlipNumber::from_typed(code, today))
            .ok();
        Ok(number.map_or(CodeMeaning::Nothing, CodeMeaning::Slip))
    }

    /// Lends, where the rules allow it on what is in the books at this very moment.
    pub fn lend(
        &mut self,
        kinds: &[Kind],
        order: &LendOrder,
        at: DateTime<Utc>,
    ) -> Result<Result<LentReceipt, LendRefusal>, StoreError> {
        let borrower = &order.borrower;
        let actor = Actor {
            person: Some(borrower.person),
            card: Some(borrower.card),
        };
        self.perform("write down the loan", at, actor, |deed| {
            lend(deed, kinds, order)
        })
    }

    /// Takes back; refused only where there is nothing to take back.
    pub fn take_back(
        &mut self,
        kinds: &[Kind],
        order: &ReturnOrder,
        at: DateTime<Utc>,
    ) -> Result<Result<ReturnReceipt, ReturnRefusal>, StoreError> {
        let actor = Actor {
            person: order.by.as_ref().map(|by| by.person),
            card: order.by.as_ref().map(|by| by.card),
        };
        self.perform("write down the return", at, actor, |deed| {
            take_back(deed, kinds, order)
        })
    }
}

type Refusable<T, R> = Result<Result<T, R>, StoreError>;

fn lend(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    order: &LendOrder,
) -> Refusable<LentReceipt, LendRefusal> {
    let thing = match &order.wanted {
        Wanted::Tag(tag) => match thing_by_tag(&deed.tx, tag)? {
            Some(thing) => Some(thing),
            None => return Ok(Err(LendRefusal::UnknownTag)),
        },
        Wanted::Pool(_) => None,
    };
    let kind = match (&order.wanted, &thing) {
        (Wanted::Pool(kind), _) => kind,
        (_, Some(thing)) => &thing.kind,
        _ => return Ok(Err(LendRefusal::UnknownTag)),
    };
    let Some(kind) = kinds.iter().find(|known| known.id == *kind) else {
        return Ok(Err(LendRefusal::UnknownTag));
    };
    let out = match &thing {
        Some(thing) => open_loan_of(&deed.tx, thing.id)?,
        None => None,
    };
    let stock;
    let shelf = match &thing {
        Some(thing) => OnShelf::Tagged(thing, out.as_ref()),
        None => {
            stock = self::stock(&deed.tx, kind)?;
            OnShelf::Pooled(&stock)
        }
    };
    let person = order.borrower.person;
    let (roles, open) = (
        people::roles(&deed.tx, person)?,
        open_loans(&deed.tx, person)?,
    );
    let item = match rules::may_borrow(
        kind,
        &Borrower {
            roles: &roles,
            open: &open,
        },
        shelf,
        deed.at,
    ) {
        Ok(item) => item,
        Err(refused) => return Ok(Err(refused)),
    };
    let loan = Loan {
        id: LoanId(deed.new_id()?),
        number: slips::next_number(
            &deed.tx,
            deed.building.device,
            deed.building.local(deed.at).date(),
        )?,
        kind: kind.id.clone(),
        item,
        borrower: person,
        lent_at: deed.at,
        due: rules::due(&kind.policy.due, deed.at, deed.building.zone),
    };
    let job = match kind.policy.slip {
        true => Some(PrintJobId(deed.new_id()?)),
        false => None,
    };
    deed.record(Record::Lent {
        loan: loan.id,
        number: loan.number.clone(),
        of: loan.kind.clone(),
        item: loan.item.clone(),
        borrower: loan.borrower,
        how: order.how,
        due: loan.due,
        terms: TermsUsed {
            at_once: kind.policy.at_once,
            days: kind.policy.due.days,
            deposit_fen: kind.policy.deposit_fen,
        },
        job,
    })?;
    if let Some(job) = job {
        let slip = slip::borrowed(deed.building, kind, &loan, order.language);
        slips::keep(&deed.tx, job, &slip)?;
    }
    Ok(Ok(LentReceipt { loan, job }))
}

fn take_back(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    order: &ReturnOrder,
) -> Refusable<ReturnReceipt, ReturnRefusal> {
    let (thing, loan) = match &order.what {
        BroughtBack::Tag(tag) => match thing_by_tag(&deed.tx, tag)? {
            Some(thing) => {
                let loan = latest_loan_of(&deed.tx, thing.id)?;
                (Some(thing), loan)
            }
            None => (None, None),
        },
        BroughtBack::Slip(number) => (None, loan_by_number(&deed.tx, number)?),
        BroughtBack::Loan(loan) => (None, loan_by_id(&deed.tx, *loan)?),
    };
    let loan = match (loan, thing) {
        (Some((loan, None)), _) => loan,
        (Some((loan, Some(at))), _) => {
            let label = loan.item.label().map(str::to_owned);
            return Ok(Err(ReturnRefusal::AlreadyReturned {
                kind: loan.kind,
                label,
                at,
            }));
        }
        (
            None,
            Some(Thing {
                kind, label, state, ..
            }),
        ) => {
            return Ok(Err(ReturnRefusal::NeverLent { kind, label, state }));
        }
        (None, None) => return Ok(Err(ReturnRefusal::Unknown)),
    };
    let by = order.by.as_ref().map(|holder| holder.person);
    // A kind that left the settings is taken back all the same; the desk looks at it.
    let self_return = kinds
        .iter()
        .find(|kind| kind.id == loan.kind)
        .is_some_and(|kind| kind.policy.self_return);
    let receipt = rules::take_back(self_return, &loan, by, deed.at);
    deed.record(Record::Returned {
        loan: loan.id,
        brought_by: receipt.brought_by,
        late: receipt.late,
        awaiting_check: receipt.awaiting_check,
    })?;
    Ok(Ok(receipt))
}

// The fold

pub(super) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    match record {
        Record::ThingEntered {
            thing,
            of,
            tag,
            label,
            state,
        } => execute(
            connection,
            "INSERT INTO lending_things (id, kind, tag, label, state) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![thing.to_string(), of.0, tag, label, to_word(state)],
        ),
        Record::PoolCounted { of, total } => execute(
            connection,
            "INSERT INTO lending_pools (kind, total) VALUES (?1, ?2)
             ON CONFLICT (kind) DO UPDATE SET total = excluded.total",
            params![of.0, total],
        ),
        Record::Lent {
            loan,
            number,
            of,
            item,
            borrower,
            due,
            job,
            ..
        } => {
            let thing = match item {
                Item::Tagged { thing, .. } => Some(*thing),
                Item::Pooled => None,
            };
            execute(
                connection,
                "INSERT INTO lending_loans
                     (id, device, day, count, kind, thing, borrower, lent_at_ms, due_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    loan.to_string(),
                    number.device.to_string(),
                    number.day.to_string(),
                    number.count,
                    of.0,
                    thing.map(|thing| thing.to_string()),
                    borrower.to_string(),
                    at_ms,
                    due.timestamp_millis(),
                ],
            )?;
            if let Some(thing) = thing {
                set_state(connection, thing, ThingState::OnLoan)?;
            }
            slips::use_number(connection, number)?;
            match job {
                Some(job) => slips::queue(connection, *job, number, at_ms),
                None => Ok(()),
            }
        }
        Record::Returned {
            loan,
            brought_by,
            awaiting_check,
            ..
        } => {
            close(connection, *loan, *brought_by, at_ms)?;
            let state = match awaiting_check {
                true => ThingState::AwaitingCheck,
                false => ThingState::Available,
            };
            execute(
                connection,
                "UPDATE lending_things SET state = ?2
                 WHERE id = (SELECT thing FROM lending_loans WHERE id = ?1)",
                params![loan.to_string(), to_word(&state)],
            )
        }
    }
}

fn close(
    connection: &Connection,
    loan: LoanId,
    brought_by: BroughtBy,
    at_ms: i64,
) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE lending_loans SET returned_at_ms = ?2, brought_by = ?3
         WHERE id = ?1 AND returned_at_ms IS NULL",
        params![loan.to_string(), at_ms, to_word(&brought_by)],
    )
}

fn set_state(connection: &Connection, thing: ThingId, state: ThingState) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE lending_things SET state = ?2 WHERE id = ?1",
        params![thing.to_string(), to_word(&state)],
    )
}

fn execute(connection: &Connection, sql: &str, params: impl Params) -> Result<(), StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute(params))
        .map(|_| ())
        .doing("write the books of lending")
}

// Reading

const READING: &str = "read the books of lending";

fn stock(connection: &Connection, kind: &Kind) -> Result<Stock, StoreError> {
    let sql = match kind.counted {
        Counted::Tagged => {
            "SELECT count(*) FROM lending_things WHERE kind = ?1 AND state = 'available'"
        }
        Counted::Pooled => {
            "SELECT max(0, coalesce((SELECT total FROM lending_pools WHERE kind = ?1), 0)
                - (SELECT count(*) FROM lending_loans
                   WHERE kind = ?1 AND thing IS NULL AND returned_at_ms IS NULL))"
        }
    };
    let free = connection
        .prepare_cached(sql)
        .and_then(|mut select| select.query_row([&kind.id.0], |row| row.get(0)))
        .doing(READING)?;
    Ok(Stock {
        kind: kind.id.clone(),
        free,
    })
}

fn thing_by_tag(connection: &Connection, tag: &str) -> Result<Option<Thing>, StoreError> {
    let found = connection
        .prepare_cached(&format!("{THING} WHERE tag = ?1"))
        .and_then(|mut select| {
            select
                .query_row([tag], |row| {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                        row.get(4)?,
                    ))
                })
                .optional()
        })
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

/// A loan with the moment it was closed, if it was.
type Found = (Loan, Option<DateTime<Utc>>);

fn open_loans(connection: &Connection, person: PersonId) -> Result<Vec<Loan>, StoreError> {
    let sql = format!(
        "{LOAN} WHERE loan.borrower = ?1 AND loan.returned_at_ms IS NULL ORDER BY loan.due_ms, loan.id"
    );
    let found = loans(connection, &sql, [person.to_string()])?;
    Ok(found.into_iter().map(|(loan, _)| loan).collect())
}

fn open_loan_of(connection: &Connection, thing: ThingId) -> Result<Option<Loan>, StoreError> {
    let sql = format!("{LOAN} WHERE loan.thing = ?1 AND loan.returned_at_ms IS NULL");
    Ok(loans(connection, &sql, [thing.to_string()])?
        .pop()
        .map(|(loan, _)| loan))
}

fn latest_loan_of(connection: &Connection, thing: ThingId) -> Result<Option<Found>, StoreError> {
    let sql = format!(
        "{LOAN} WHERE loan.thing = ?1
         ORDER BY loan.returned_at_ms IS NULL DESC, loan.lent_at_ms DESC, loan.id DESC LIMIT 1"
    );
    Ok(loans(connection, &sql, [thing.to_string()])?.pop())
}

fn loan_by_id(connection: &Connection, loan: LoanId) -> Result<Option<Found>, StoreError> {
    let sql = format!("{LOAN} WHERE loan.id = ?1");
    Ok(loans(connection, &sql, [loan.to_string()])?.pop())
}

fn loan_by_number(
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
        };
        Ok((loan, self.returned_at_ms.map(moment).transpose()?))
    }
}
