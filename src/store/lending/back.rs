//! Something comes back, and what is said about it.

use super::Refusable;
use super::around::{answers_of, is_lost, money_of, state_of_loan};
use super::kept::end_with_loan;
use super::out::lent;
use super::reading::{is_kept_now, latest_loan_of, loan_by_id, loan_by_number, thing_by_tag};
use crate::lending::record::Record;
use crate::lending::{
    Answered, Booking, BroughtBack, Counted, Kind, Loan, LoanId, Question, ReturnReceipt,
    ReturnRefusal, Thing, ThingState, check, rules,
};
use crate::matters::{Cause, Opening};
use crate::people::PersonId;
use crate::store::books::Deed;
use crate::store::error::StoreError;
use crate::store::matters;

pub(super) fn take_back(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    what: &BroughtBack,
    by: Option<PersonId>,
) -> Refusable<ReturnReceipt, ReturnRefusal> {
    let (thing, loan) = match what {
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
    let is_kept = match &thing {
        Some(thing) => is_kept_now(&deed.tx, thing.id, deed.at)?,
        None => false,
    };
    let loan = match (loan, thing) {
        (Some((loan, None)), _) => loan,
        (Some((loan, Some(_))), _) if is_lost(&deed.tx, loan.id)? => {
            return turn_up(deed, kinds, &loan, by).map(Ok);
        }
        // Somebody comes for it: that says more than whether it was ever out.
        (
            _,
            Some(Thing {
                kind,
                label,
                state: ThingState::Available,
                ..
            }),
        ) if is_kept => {
            let state = ThingState::Reserved;
            return Ok(Err(ReturnRefusal::NotOut { kind, label, state }));
        }
        // How it stands says more than when it came back.
        (
            Some((_, Some(_))),
            Some(Thing {
                kind,
                label,
                state: state @ (ThingState::InRepair | ThingState::Retired),
                ..
            }),
        ) => return Ok(Err(ReturnRefusal::NotOut { kind, label, state })),
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
        ) => return Ok(Err(ReturnRefusal::NotOut { kind, label, state })),
        (None, None) => return Ok(Err(ReturnRefusal::Unknown)),
    };
    let kind = lent(kinds, &loan.kind);
    let receipt = rules::take_back(kind, &loan, by, deed.at);
    let washed = kind.is_some_and(is_washed);
    deed.record(Record::Returned {
        loan: loan.id,
        brought_by: receipt.brought_by,
        late: receipt.late,
        awaiting_check: receipt.awaiting_check,
        asks: receipt.asks.clone(),
        washed,
        bringer: bringer(deed, by),
    })?;
    end_with_loan(deed, &loan)?;
    Ok(Ok(receipt))
}

fn is_washed(kind: &Kind) -> bool {
    kind.policy.washed && kind.counted == Counted::Pooled
}

/// Who brought it, where the row of the journal does not say so by itself.
fn bringer(deed: &Deed<'_>, by: Option<PersonId>) -> Option<PersonId> {
    by.filter(|by| deed.actor().person != Some(*by))
}

/// What was written off as lost is here again. Whoever found it is asked nothing; the desk has to look at
/// all that is asked at a return: ● nobody knows whether data is on it.
fn turn_up(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    loan: &Loan,
    by: Option<PersonId>,
) -> Result<ReturnReceipt, StoreError> {
    let kind = lent(kinds, &loan.kind);
    let receipt = ReturnReceipt {
        turned_up: true,
        awaiting_check: true,
        ..rules::take_back(None, loan, by, deed.at)
    };
    deed.record(Record::TurnedUp {
        loan: loan.id,
        brought_by: receipt.brought_by,
        asks: kind.map(check::questions).unwrap_or_default(),
        washed: kind.is_some_and(is_washed),
        bringer: bringer(deed, by),
    })?;
    // Where somebody was charged for it, what becomes of that is still to be said.
    let charged = money_of(&deed.tx, loan.id)?;
    if charged.iter().all(|money| money.of != Booking::Loss) {
        matters::lapse_of(deed, Cause::ThingLost, loan.id.0)?;
    }
    Ok(receipt)
}

/// Writes down answers about a return, and opens the matter that a "no" leaves. Says whether the desk
/// still looks at the thing: it does not where it may be put back alone and everything was well, or where
/// it has looked already. What it found then stands, however late whoever stands at the screen says
/// something else.
pub(super) fn answer(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    loan: LoanId,
    answers: &[Answered],
    owner: Option<PersonId>,
) -> Result<bool, StoreError> {
    let asked = answers_of(&deed.tx, loan)?;
    let stands = state_of_loan(&deed.tx, loan)?;
    let waits = stands == Some(ThingState::AwaitingCheck);
    let was_looked_at = owner.is_none() && stands.is_some() && !waits;
    let may_be_said = |asked: &&Answered| !was_looked_at || asked.yes.is_none();
    let open: Vec<Question> = asked
        .iter()
        .filter(may_be_said)
        .map(|asked| asked.question)
        .collect();
    let answers: Vec<Answered> = answers
        .iter()
        .filter(|said| said.yes.is_some() && open.contains(&said.question))
        .copied()
        .collect();
    let Some((closed, _)) = loan_by_id(&deed.tx, loan)? else {
        return Ok(true);
    };
    let all_well = asked.iter().all(|asked| {
        let now = answers.iter().find(|said| said.question == asked.question);
        now.unwrap_or(asked).yes == Some(true)
    });
    let alone = lent(kinds, &closed.kind).is_some_and(|kind| kind.policy.self_return);
    // Where nobody stands at the desk, the last answer puts it on the shelf.
    let shelved = owner.is_none() && all_well && alone && waits;
    if !answers.is_empty() || shelved {
        deed.record(Record::Answered {
            loan,
            answers: answers.clone(),
            state: shelved.then_some(ThingState::Available),
        })?;
    }
    for cause in check::left_open(&answers) {
        let opening = Opening {
            cause,
            about: loan.0,
            owner,
        };
        matters::open(deed, opening)?;
    }
    Ok(!shelved && !was_looked_at)
}
