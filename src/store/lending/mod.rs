//! Things on loan: what is out, what comes back, and what a code stands for.

mod after;
mod around;
mod back;
mod desk;
mod fold;
mod kept;
mod out;
mod reading;

pub(super) use around::{
    all_reservations, all_stands, answers_of, ending_of, money_of, rains, washes_since,
};
pub(super) use desk::count_stand;
pub(super) use fold::apply;
pub(super) use reading::{
    all_out, all_things, latest, latest_loan_of, things_like, with_deposit_held,
};

use super::books::{Books, Deed};
use super::error::StoreError;
use super::journal::Actor;
use super::tags;
use crate::kiosk::event::CodeMeaning;
use crate::lending::flow::{Answer, Ask};
use crate::lending::rain::{self, Weather};
use crate::lending::record::Record;
use crate::lending::{
    Answered, BroughtBack, GivenReceipt, Kind, KindId, LendOrder, LendRefusal, LentReceipt, Loan,
    LoanId, RenewRefusal, ReturnOrder, ReturnReceipt, ReturnRefusal, Stock, ThingId, ThingState,
};
use crate::people::{Holder, PersonId};
use crate::slips::SlipNumber;
use crate::visits::SignOut;
use chrono::{DateTime, Utc};
use reading::{loan_by_number, open_loan_of, open_loans, stock, thing_by_tag};

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
            let (of, tag, label) = (kind.clone(), tags::kept(tag), label.to_owned());
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

    /// Answers what the touch screen's pages of lending ask.
    pub fn answer_lending(
        &mut self,
        kinds: &[Kind],
        holder: Option<&Holder>,
        ask: Ask,
        at: DateTime<Utc>,
    ) -> Result<Answer, StoreError> {
        Ok(match ask {
            Ask::Lend(order) => Answer::Lent(self.lend(kinds, &order, at)?),
            Ask::Give(order) => Answer::Given(self.give_out(kinds, &order, at)?),
            Ask::Return(order) => Answer::Returned(self.take_back(kinds, &order, at)?),
            Ask::Answer(loan, answers) => {
                Answer::Answered(self.answer_return(kinds, loan, &answers, holder, at)?)
            }
            Ask::Renew(holder, loan) => {
                Answer::Renewed(loan, self.renew(kinds, &holder, loan, at)?)
            }
            Ask::Vacancies(person, kind) => {
                let found = self.vacancies(kinds, person, &kind, at)?;
                Answer::Vacancies(kind, found)
            }
            Ask::Reserve(order) => {
                let reserved = self.reserve_one(kinds, &order, at)?;
                Answer::Reserved(order.kind, reserved)
            }
            Ask::Cancel(holder, kept) => {
                self.cancel_kept(&holder, kept.reservation.id, at)?;
                Answer::Cancelled(kept)
            }
        })
    }

    /// What there is to borrow of these kinds.
    pub fn stock(&self, kinds: &[Kind], at: DateTime<Utc>) -> Result<Vec<Stock>, StoreError> {
        kinds
            .iter()
            .map(|kind| stock(&self.connection, kind, at))
            .collect()
    }

    /// Whether rain mode is on, and what there is of every kind of umbrella.
    pub fn weather(&self, kinds: &[Kind], at: DateTime<Utc>) -> Result<Weather, StoreError> {
        let umbrellas = rain::umbrellas(kinds).map(|kind| stock(&self.connection, kind, at));
        Ok(Weather {
            rain: rains(&self.connection)?,
            umbrellas: umbrellas.collect::<Result<_, _>>()?,
        })
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
        if self.visit_to_end(&SignOut::Slip(number.clone()))?.is_some() {
            return Ok(CodeMeaning::Visit(number));
        }
        Ok(match self.mail_by_number(&number)? {
            Some(_) => CodeMeaning::Mail(number),
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
        let actor = Actor::of(&order.borrower);
        self.perform("write down the loan", at, actor, |deed| {
            out::lend(deed, kinds, order)
        })
    }

    /// Gives something away, where the rules allow it; nothing of it comes back.
    pub fn give_out(
        &mut self,
        kinds: &[Kind],
        order: &LendOrder,
        at: DateTime<Utc>,
    ) -> Refusable<GivenReceipt, LendRefusal> {
        let actor = Actor::of(&order.borrower);
        self.perform("write down what was given", at, actor, |deed| {
            out::give(deed, kinds, order)
        })
    }

    /// Makes a loan longer, by whoever has it.
    pub fn renew(
        &mut self,
        kinds: &[Kind],
        holder: &Holder,
        loan: LoanId,
        at: DateTime<Utc>,
    ) -> Refusable<Loan, RenewRefusal> {
        self.perform("make a loan longer", at, Actor::of(holder), |deed| {
            kept::renew(deed, kinds, holder.person, loan)
        })
    }

    /// Takes back; refused only where there is nothing to take back.
    pub fn take_back(
        &mut self,
        kinds: &[Kind],
        order: &ReturnOrder,
        at: DateTime<Utc>,
    ) -> Result<Result<ReturnReceipt, ReturnRefusal>, StoreError> {
        let actor = order.by.as_ref().map(Actor::of).unwrap_or_default();
        self.perform("write down the return", at, actor, |deed| {
            let by = order.by.as_ref().map(|holder| holder.person);
            back::take_back(deed, kinds, &order.what, by)
        })
    }

    /// Writes down what whoever brought a thing said about it. What was said before stays where
    /// nothing new is said. Returns whether the desk still has to look at the thing.
    pub fn answer_return(
        &mut self,
        kinds: &[Kind],
        loan: LoanId,
        answers: &[Answered],
        by: Option<&Holder>,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let actor = by.map(Actor::of).unwrap_or_default();
        self.write("write down what was said of a return", at, actor, |deed| {
            back::answer(deed, kinds, loan, answers, None)
        })
    }
}

type Refusable<T, R> = Result<Result<T, R>, StoreError>;

/// Takes back in a deed of the desk, whose actor is who took it; who brought it is told, or nobody asked.
pub(super) fn take_back_in(
    deed: &mut Deed<'_>,
    kinds: &[Kind],
    what: &BroughtBack,
    bringer: Option<PersonId>,
) -> Refusable<ReturnReceipt, ReturnRefusal> {
    back::take_back(deed, kinds, what, bringer)
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
