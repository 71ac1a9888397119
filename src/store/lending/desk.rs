//! What the desk does with things beside lending them: it looks at them, writes them off, settles
//! money, keeps them for somebody, sends them to the laundry, and says that it rains.

use super::around::{all_stands, answers_of, money_of, washes_since, went_since};
use super::out::lent;
use super::reading::{self, latest_loan_of, loan_by_id};
use super::{back, kept};
use crate::desk::event::{Outcome, Refusal};
use crate::desk::lending::{LendingDone, LendingOrder, LendingStop};
use crate::lending::check::{self, CheckRefusal};
use crate::lending::money::{self, BookingId, MoneyRefusal};
use crate::lending::record::Record;
use crate::lending::slots::Slot;
use crate::lending::wash::{self, WashRefusal};
use crate::lending::{
    Answered, Booking, CountRefusal, Item, Kind, KindId, LoanId, Question, Stand, ThingId,
    ThingState, WashDay, WashMove, slip,
};
use crate::matters::{Cause, Opening};
use crate::people::{Act, PersonId};
use crate::slips::PrintJobId;
use crate::store::books::{Books, Deed};
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::staff::permitted;
use crate::store::{matters, people, slips};
use chrono::{DateTime, Utc};

type Done = Result<Result<LendingDone, LendingStop>, StoreError>;

/// What whoever does this must be permitted.
fn needed(order: &LendingOrder) -> Act {
    match order {
        LendingOrder::Check { .. } | LendingOrder::PartsCame { .. } => Act::TakeBackThings,
        LendingOrder::Book { .. } | LendingOrder::WriteOff { .. } => Act::SettleLoans,
        LendingOrder::Reserve { .. }
        | LendingOrder::Cancel(_)
        | LendingOrder::Wash { .. }
        | LendingOrder::PrintWashSheet
        | LendingOrder::Rain(_) => Act::KeepStock,
    }
}

impl Books {
    /// Does what the desk asked for about things on loan, or says why not.
    pub(in crate::store) fn lending_order(
        &mut self,
        kinds: &[Kind],
        order: &LendingOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<Outcome, Refusal>, StoreError> {
        self.perform("do what the desk asked for", at, by, |deed| {
            let act = needed(order);
            let (Some(doer), true) = (by.person, permitted(deed, by, act)?) else {
                return Ok(Err(Refusal::NotPermitted(act)));
            };
            let done = perform(deed, kinds, doer, order)?;
            Ok(done.map(Outcome::Lending).map_err(Refusal::Lending))
        })
    }
}

fn perform(deed: &mut Deed<'_>, kinds: &[Kind], doer: PersonId, order: &LendingOrder) -> Done {
    match order {
        LendingOrder::Check { thing, answers, to } => {
            check_thing(deed, kinds, doer, *thing, answers, *to)
        }
        LendingOrder::PartsCame { loan, parts } => parts_came(deed, doer, *loan, parts),
        LendingOrder::Book {
            loan,
            of,
            amount_fen,
        } => book(deed, *loan, *of, *amount_fen),
        LendingOrder::WriteOff { loan, amount_fen } => write_off(deed, doer, *loan, *amount_fen),
        LendingOrder::Reserve {
            thing,
            day,
            from,
            until,
            who,
        } => {
            let house = deed.building;
            let slot = Slot {
                from: house.moment(*day, *from),
                until: house.moment(*day, *until),
            };
            Ok(kept::reserve(deed, kinds, *thing, *who, slot)?
                .map(|_| LendingDone::Reserved)
                .map_err(LendingStop::Reserve))
        }
        LendingOrder::Cancel(reservation) => Ok(match kept::cancel(deed, *reservation)? {
            true => Ok(LendingDone::Cancelled),
            false => Err(LendingStop::NotKept),
        }),
        LendingOrder::Wash { kind, how, count } => wash(deed, kinds, kind, *how, *count),
        LendingOrder::PrintWashSheet => print_wash_sheet(deed, kinds),
        LendingOrder::Rain(on) => {
            deed.record(Record::Rain { on: *on })?;
            Ok(Ok(LendingDone::Rain(*on)))
        }
    }
}

/// ● Answers what was asked at the return, then puts the thing where it belongs.
fn check_thing(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    doer: PersonId,
    thing: ThingId,
    answers: &[Answered],
    to: ThingState,
) -> Done {
    let Some(found) = reading::thing(&deed.tx, thing)? else {
        return Ok(Err(LendingStop::Check(CheckRefusal::Unknown)));
    };
    let loan = latest_loan_of(&deed.tx, thing)?.map(|(loan, _)| loan.id);
    if let Some(loan) = loan {
        back::answer(deed, kinds, loan, answers, Some(doer))?;
    }
    let known = match loan {
        Some(loan) => answers_of(&deed.tx, loan)?,
        None => Vec::new(),
    };
    if let Err(refused) = check::may_move(found.state, to, &known) {
        return Ok(Err(LendingStop::Check(refused)));
    }
    if let Some(loan) = loan {
        for cause in check::over(&known) {
            matters::settle(deed, cause, loan.0, doer, "")?;
        }
    }
    let told = match to {
        ThingState::InRepair | ThingState::Retired => kept::release(deed, thing, doer)?,
        _ => 0,
    };
    deed.record(Record::ThingMoved { thing, state: to })?;
    Ok(Ok(LendingDone::Checked(to, told)))
}

/// What was missing of a set comes later than the thing, wherever that is by now.
fn parts_came(deed: &mut Deed<'_>, doer: PersonId, loan: LoanId, parts: &[Question]) -> Done {
    let known = answers_of(&deed.tx, loan)?;
    let answers = match check::came(&known, parts) {
        Ok(answers) => answers,
        Err(refused) => return Ok(Err(LendingStop::Check(refused))),
    };
    deed.record(Record::Answered {
        loan,
        answers,
        state: None,
    })?;
    let known = answers_of(&deed.tx, loan)?;
    let left = check::missing(&known).len();
    if check::over(&known).contains(&Cause::ThingIncomplete) {
        matters::settle(deed, Cause::ThingIncomplete, loan.0, doer, "")?;
    }
    Ok(Ok(LendingDone::PartsCame(left)))
}

fn book(deed: &mut Deed<'_>, loan: LoanId, of: Booking, amount_fen: u32) -> Done {
    if loan_by_id(&deed.tx, loan)?.is_none() {
        return Ok(Err(LendingStop::Money(MoneyRefusal::Unknown)));
    }
    if let Err(refused) = money::may_book(&money_of(&deed.tx, loan)?, of, amount_fen) {
        return Ok(Err(LendingStop::Money(refused)));
    }
    let booking = BookingId(deed.new_id()?);
    deed.record(Record::Booked {
        booking,
        loan,
        of,
        amount_fen,
    })?;
    Ok(Ok(LendingDone::Booked))
}

/// What went out will not come back: the loan ends, the amount is entered, and somebody owns it.
fn write_off(deed: &mut Deed<'_>, doer: PersonId, loan: LoanId, amount_fen: u32) -> Done {
    let Some((found, None)) = loan_by_id(&deed.tx, loan)? else {
        return Ok(Err(LendingStop::NotOut));
    };
    let told = match found.item.thing() {
        Some(thing) => kept::release(deed, thing, doer)?,
        None => 0,
    };
    deed.record(Record::Lost { loan })?;
    if amount_fen > 0 {
        let booking = BookingId(deed.new_id()?);
        deed.record(Record::Booked {
            booking,
            loan,
            of: Booking::Loss,
            amount_fen,
        })?;
    }
    let opening = Opening {
        cause: Cause::ThingLost,
        about: loan.0,
        owner: Some(doer),
    };
    matters::open(deed, opening)?;
    let label = match found.item {
        Item::Tagged { label, .. } => Some(label),
        Item::Pooled => None,
    };
    Ok(Ok(LendingDone::WrittenOff(label, told)))
}

/// Somebody counted what belongs to a stand, for the first time or again.
pub(in crate::store) fn count_stand(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    kind: &KindId,
    total: u32,
) -> Result<Result<(), CountRefusal>, StoreError> {
    let Some(stand) = stand_of(deed, kinds, kind)? else {
        return Ok(Err(CountRefusal::NoStand(kind.clone())));
    };
    if let Err(refused) = wash::may_count(&stand, total) {
        return Ok(Err(refused));
    }
    let of = kind.clone();
    deed.record(Record::PoolCounted { of, total })?;
    Ok(Ok(()))
}

/// The stand of a kind; nothing for things that are told apart.
fn stand_of(deed: &Deed<'_>, kinds: &[Kind], kind: &KindId) -> Result<Option<Stand>, StoreError> {
    let stands = wash::stands(kinds, &all_stands(&deed.tx)?);
    Ok(stands.into_iter().find(|stand| stand.kind == *kind))
}

fn wash(deed: &mut Deed<'_>, kinds: &[Kind], kind: &KindId, how: WashMove, count: u32) -> Done {
    let washed = lent(kinds, kind).is_some_and(|kind| kind.policy.washed);
    let Some(stand) = stand_of(deed, kinds, kind)?.filter(|_| washed) else {
        return Ok(Err(LendingStop::Wash(WashRefusal::NotWashed)));
    };
    let after = match wash::moved(&stand, how, count) {
        Ok(after) => after,
        Err(refused) => return Ok(Err(LendingStop::Wash(refused))),
    };
    deed.record(Record::Washed {
        of: kind.clone(),
        how,
        count,
    })?;
    Ok(Ok(LendingDone::Washed(after)))
}

/// ● Issued, returned, to the laundry, back: the counts of the day on paper, to be counted against.
fn print_wash_sheet(deed: &mut Deed<'_>, kinds: &[Kind]) -> Done {
    let midnight = deed.building.midnight(deed.at);
    let moved = washes_since(&deed.tx, midnight)?;
    let mut days = Vec::new();
    for stand in wash::stands(kinds, &all_stands(&deed.tx)?) {
        let Some(kind) = lent(kinds, &stand.kind).filter(|kind| kind.policy.washed) else {
            continue;
        };
        let (issued, returned) = went_since(&deed.tx, &kind.id, midnight)?;
        let moved = moved.iter().filter(|(of, ..)| *of == kind.id);
        let moved = moved.map(|(_, how, count)| (*how, *count)).collect();
        let day = WashDay {
            stand,
            issued,
            returned,
            moved,
        };
        days.push((kind, day));
    }
    if days.is_empty() {
        return Ok(Err(LendingStop::Wash(WashRefusal::NotWashed)));
    }
    let day = deed.today();
    let number = slips::next_number(&deed.tx, deed.building.device, day)?;
    let job = PrintJobId(deed.new_id()?);
    deed.record(Record::WashSheetPrinted {
        number: number.clone(),
        job,
    })?;
    let language = people::language_of(&deed.tx, deed.actor())?;
    let paper = slip::wash_sheet(deed.building, &number, &days, deed.at, language);
    slips::keep(&deed.tx, job, &paper)?;
    Ok(Ok(LendingDone::WashSheetPrinting))
}
