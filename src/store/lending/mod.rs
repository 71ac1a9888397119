//! Things on loan: what is out, what comes back, and what a code stands for.

mod fold;
mod reading;

pub(super) use fold::apply;
pub(super) use reading::{all_out, all_things, things_like};

use super::books::{Books, Deed};
use super::error::StoreError;
use super::journal::Actor;
use super::{people, slips};
use crate::kiosk::event::CodeMeaning;
use crate::lending::record::{Record, TermsUsed};
use crate::lending::rules::{self, Borrower, OnShelf};
use crate::lending::{
    BroughtBack, Kind, KindId, LendOrder, LendRefusal, LentReceipt, Loan, LoanId, ReturnOrder,
    ReturnReceipt, ReturnRefusal, Stock, Thing, ThingId, ThingState, Wanted, slip,
};
use crate::people::PersonId;
use crate::slips::{PrintJobId, SlipNumber};
use crate::visits::SignOut;
use chrono::{DateTime, Utc};
use reading::{
    latest_loan_of, loan_by_id, loan_by_number, open_loan_of, open_loans, stock, thing_by_tag,
};

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
        if let Some((key, is_out)) = self.key_of_tag(code)? {
            return Ok(CodeMeaning::Key(key, is_out));
        }
        let today = self.building.local(at).date();
        let number = SlipNumber::from_code(code)
            .or_else(|_| SlipNumber::from_typed(code, today))
            .ok();
        let Some(number) = number else {
            return Ok(CodeMeaning::Nothing);
        };
        // Numbers are given out once, whatever they are for.
        let visit = self.visit_to_end(&SignOut::Slip(number.clone()))?;
        Ok(match visit {
            Some(_) => CodeMeaning::Visit(number),
            None => CodeMeaning::Slip(number),
        })
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
            stock = reading::stock(&deed.tx, kind)?;
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

/// Takes back in a deed of the desk, whose actor is who took it, not who brought it.
pub(super) fn take_back_in(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    what: &BroughtBack,
) -> Refusable<ReturnReceipt, ReturnRefusal> {
    let order = ReturnOrder {
        what: what.clone(),
        by: None,
    };
    take_back(deed, kinds, &order)
}

/// Whether a thing bears this tag.
pub(super) fn tag_in_use(connection: &rusqlite::Connection, tag: &str) -> Result<bool, StoreError> {
    Ok(thing_by_tag(connection, tag)?.is_some())
}

/// The loan with this number, and when it was closed.
pub(super) fn loan_of_number(
    connection: &rusqlite::Connection,
    number: &SlipNumber,
) -> Result<Option<reading::Found>, StoreError> {
    loan_by_number(connection, number)
}

/// The loan of a thing that is out.
pub(super) fn out_of_thing(
    connection: &rusqlite::Connection,
    thing: ThingId,
) -> Result<Option<Loan>, StoreError> {
    open_loan_of(connection, thing)
}
