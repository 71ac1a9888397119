//! What the forms of the room of lending come to.

use super::LendingOrder;
use crate::desk::dialog::{Dialog, Problem};
use crate::desk::event::Order;
use crate::desk::wishes::{self, Calendar};
use crate::lending::{
    Answered, Booking, BroughtBack, KindId, LoanId, Question, ThingId, ThingState, WashMove, money,
};
use chrono::NaiveDate;

/// Where a thing goes that the desk has looked at, in the order of the choices.
pub const GOES_TO: [ThingState; 3] = [
    ThingState::Available,
    ThingState::InRepair,
    ThingState::Retired,
];

/// The most that is entered at once, in yuan: beyond it somebody leant on a key.
const MOST_YUAN: u32 = 100_000;

/// What a form about things on loan comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum LendingWish {
    /// The desk looked at this thing: a field for each question, then where it goes.
    Check(ThingId, Vec<Question>),
    /// Parts that were missing came: a field for each.
    PartsCame(LoanId, Vec<Question>),
    /// Somebody else than the borrower brings this loan's thing: who.
    BackByAnother(LoanId),
    /// An amount is entered about this loan: what for, how much.
    Book(LoanId),
    /// This loan ends without its thing: what is charged.
    WriteOff(LoanId),
    /// Keep this thing for somebody: who, on which of these days, from when, until when.
    Reserve(ThingId, Vec<NaiveDate>),
    /// Things of this kind move to or from the laundry: which way, how many.
    Wash(KindId),
}

impl LendingWish {
    /// The order that the form comes to, as it is filled in.
    pub fn order(&self, form: &Dialog) -> Result<Order, Problem> {
        Ok(Order::Lending(match self {
            LendingWish::BackByAnother(loan) => {
                let bringer = wishes::person(form, 0)?;
                return Ok(Order::TakeBack(BroughtBack::Loan(*loan), Some(bringer)));
            }
            LendingWish::Check(thing, questions) => LendingOrder::Check {
                thing: *thing,
                answers: questions
                    .iter()
                    .enumerate()
                    .map(|(place, question)| Answered {
                        question: *question,
                        yes: Some(form.yes(place)),
                    })
                    .collect(),
                to: GOES_TO[form.choice(questions.len()).min(GOES_TO.len() - 1)],
            },
            LendingWish::PartsCame(loan, missing) => {
                let came = missing.iter().enumerate();
                let came = came.filter(|(place, _)| form.yes(*place));
                let parts: Vec<Question> = came.map(|(_, question)| *question).collect();
                if parts.is_empty() {
                    return Err(Problem::NotConfirmed(0));
                }
                LendingOrder::PartsCame { loan: *loan, parts }
            }
            LendingWish::Book(loan) => LendingOrder::Book {
                loan: *loan,
                of: Booking::ALL[form.choice(0).min(Booking::ALL.len() - 1)],
                amount_fen: fen(&form.text(1))?,
            },
            LendingWish::WriteOff(loan) => LendingOrder::WriteOff {
                loan: *loan,
                amount_fen: match form.text(0).as_str() {
                    "" => 0,
                    amount => fen(amount)?,
                },
            },
            LendingWish::Reserve(thing, days) => LendingOrder::Reserve {
                thing: *thing,
                who: wishes::person(form, 0)?,
                day: *days.get(form.choice(1)).ok_or(Problem::NobodyThere)?,
                from: Calendar::time(&form.text(2)).ok_or(Problem::NotATime(2))?,
                until: Calendar::time(&form.text(3)).ok_or(Problem::NotATime(3))?,
            },
            LendingWish::Wash(kind) => LendingOrder::Wash {
                kind: kind.clone(),
                how: WashMove::ALL[form.choice(0).min(WashMove::ALL.len() - 1)],
                count: form.amount(1)?,
            },
        }))
    }
}

/// Yuan as they are typed, `50` or `50.5`, in fen.
fn fen(typed: &str) -> Result<u32, Problem> {
    let fen = money::fen(typed).filter(|fen| *fen <= MOST_YUAN * 100);
    fen.ok_or(Problem::NotAnAmount(MOST_YUAN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_yuan_with_at_most_two_decimals() {
        for (typed, expected) in [
            ("50", Ok(5_000)),
            ("50.5", Ok(5_050)),
            ("0.07", Ok(7)),
            ("100000", Ok(10_000_000)),
        ] {
            assert_eq!(fen(typed), expected, "{typed}");
        }
        for typed in [
            "",
            ".",
            "-1",
            "1.234",
            "1,5",
            "100000.01",
            "five",
            "99999999999",
        ] {
            assert_eq!(fen(typed), Err(Problem::NotAnAmount(MOST_YUAN)), "{typed}");
        }
    }
}
