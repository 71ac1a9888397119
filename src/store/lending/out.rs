//! Something goes out: on loan, or for good.

use super::Refusable;
use super::around::given_since;
use super::kept::reservations_of;
use super::reading::{self, open_loan_of, open_loans, thing_by_tag};
use crate::lending::record::{Record, TermsUsed};
use crate::lending::reserving::{self, Ending};
use crate::lending::rules::{self, Borrower, OnShelf};
use crate::lending::{
    Counted, GivenReceipt, Kind, KindId, LendOrder, LendRefusal, LentReceipt, Loan, LoanId, Wanted,
    slip,
};
use crate::slips::PrintJobId;
use crate::store::books::Deed;
use crate::store::{people, slips};

pub(super) fn lend(
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
    let Some(kind) = lent(kinds, kind) else {
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
            stock = reading::stock(&deed.tx, kind, deed.at)?;
            OnShelf::Pooled(&stock)
        }
    };
    let person = order.borrower.person;
    let (roles, open) = (
        people::roles(&deed.tx, person)?,
        open_loans(&deed.tx, person)?,
    );
    let borrower = Borrower {
        roles: &roles,
        open: &open,
    };
    let item = match rules::may_borrow(kind, &borrower, shelf, deed.at) {
        Ok(item) => item,
        Err(refused) => return Ok(Err(refused)),
    };
    let due = rules::due(&kind.policy.due, deed.at, deed.building.zone);
    let kept = reservations_of(&deed.tx, &item)?;
    let turn = match reserving::turn_of(&kept, person, deed.at, due) {
        Ok(turn) => turn,
        Err(from) => {
            return Ok(Err(LendRefusal::Reserved {
                kind: kind.id.clone(),
                label: item.label().unwrap_or_default().to_owned(),
                from,
            }));
        }
    };
    let today = deed.today();
    let loan = Loan {
        id: LoanId(deed.new_id()?),
        number: slips::next_number(&deed.tx, deed.building.device, today)?,
        kind: kind.id.clone(),
        item,
        borrower: person,
        lent_at: deed.at,
        due: turn.due,
        renewals: 0,
        deposit_fen: kind.policy.deposit_fen,
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
            deposit_fen: loan.deposit_fen,
        },
        job,
    })?;
    if let Some(reservation) = turn.fetched.map(|kept| kept.id) {
        let how = Ending::Fetched;
        deed.record(Record::ReservationEnded { reservation, how })?;
    }
    if let Some(job) = job {
        let slip = slip::borrowed(deed.building, kind, &loan, order.language);
        slips::keep(&deed.tx, job, &slip)?;
    }
    Ok(Ok(LentReceipt { loan, job }))
}

/// Gives one of a kind away. How many one person gets is counted by the day.
pub(super) fn give(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    order: &LendOrder,
) -> Refusable<GivenReceipt, LendRefusal> {
    let Wanted::Pool(kind) = &order.wanted else {
        return Ok(Err(LendRefusal::UnknownTag));
    };
    let consumable = |kind: &&Kind| kind.counted == Counted::Consumable;
    let Some(kind) = lent(kinds, kind).filter(consumable) else {
        return Ok(Err(LendRefusal::UnknownTag));
    };
    let person = order.borrower.person;
    let midnight = deed.building.midnight(deed.at);
    let roles = people::roles(&deed.tx, person)?;
    let given = given_since(&deed.tx, &kind.id, person, midnight)?;
    let stock = reading::stock(&deed.tx, kind, deed.at)?;
    if let Err(refused) = rules::may_have_one(kind, &roles, given, &stock) {
        return Ok(Err(refused));
    }
    deed.record(Record::Given {
        of: kind.id.clone(),
        person,
        how: order.how,
    })?;
    let kind = kind.id.clone();
    Ok(Ok(GivenReceipt { kind }))
}

/// The kind of this name, where the house still lends it.
pub(super) fn lent<'a>(kinds: &'a [Kind], id: &KindId) -> Option<&'a Kind> {
    kinds.iter().find(|kind| kind.id == *id)
}
