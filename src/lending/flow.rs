//! The screens of lending and what leads from one to the next.
//!
//! The flow knows its stages and what to ask of the store; the kiosk feeds it with what people do
//! and carries out what it asks. Nothing here has happened until the store says so.

pub mod reserving;

use super::slots::{Kept, Slot, Vacancy};
use super::{
    Answered, BroughtBack, Counted, GivenReceipt, Kind, KindId, LendOrder, LendRefusal,
    LentReceipt, Loan, LoanId, Question, RenewRefusal, ReservationId, ReserveRefusal, ReturnOrder,
    ReturnReceipt, ReturnRefusal, Stock, Thing, ThingState, Wanted,
};
use crate::people::{Holder, How, Language, PersonId};
use crate::slips::{JobState, SlipNumber};
use chrono::NaiveDate;

/// Where a person is in lending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Which kind of thing.
    Choosing(Vec<Stock>),
    /// Waiting for a card, so that this can be lent.
    AwaitingCard(Goal),
    /// Waiting for the tag of a thing of this kind.
    AwaitingTag(KindId),
    /// Terms to agree to.
    Confirming(Goal),
    /// It is theirs.
    Lent(LentReceipt, Option<JobState>),
    /// It is theirs for good.
    Given(GivenReceipt),
    /// They keep it longer.
    Renewed(Loan),
    /// They have to bring it back in time.
    RefusedRenewal(KindId, Option<String>, RenewRefusal),
    /// Waiting for the tag or slip of what is brought back.
    AwaitingReturn,
    /// It is back, and something is asked about it.
    Asking(ReturnReceipt, Vec<Answered>),
    /// It is back.
    Returned(ReturnReceipt),
    /// Somebody has something kept for them.
    Reserving(reserving::Stage),
    /// Not lent.
    RefusedLoan(LendRefusal),
    /// Not taken back.
    RefusedReturn(ReturnRefusal),
}

/// What somebody is about to borrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Its kind.
    pub kind: KindId,
    /// What people call it; nothing for one out of a stand.
    pub label: Option<String>,
    /// How the store finds it.
    pub wanted: Wanted,
}

/// What the flow wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Write down this loan.
    Lend(LendOrder),
    /// Write down that this is given away.
    Give(LendOrder),
    /// Write down this return.
    Return(ReturnOrder),
    /// Write down what was said about a return.
    Answer(LoanId, Vec<Answered>),
    /// Make this loan longer.
    Renew(Holder, LoanId),
    /// How it looks for this person at the times that are offered for a kind.
    Vacancies(PersonId, KindId),
    /// Keep one of a kind for somebody.
    Reserve(reserving::Order),
    /// Do not keep this any more.
    Cancel(Holder, Kept),
}

impl Ask {
    /// Whether something is written down.
    pub fn is_deed(&self) -> bool {
        !matches!(self, Ask::Vacancies(..))
    }

    /// Whether something comes back, which is taken from anybody.
    pub fn is_return(&self) -> bool {
        matches!(self, Ask::Return(_) | Ask::Answer(..))
    }
}

/// What the store answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A loan, committed or refused.
    Lent(Result<LentReceipt, LendRefusal>),
    /// Something given away, or not.
    Given(Result<GivenReceipt, LendRefusal>),
    /// A return, committed or refused.
    Returned(Result<ReturnReceipt, ReturnRefusal>),
    /// What was said is written down; whether the desk still looks at the thing.
    Answered(bool),
    /// A loan made longer, or not; which one it was about.
    Renewed(LoanId, Result<Loan, RenewRefusal>),
    /// How it looks at the times that are offered for this kind.
    Vacancies(KindId, Vec<Vacancy>),
    /// Something kept for somebody, or not; one of which kind it was about.
    Reserved(KindId, Result<reserving::Receipt, ReserveRefusal>),
    /// This is not kept any more, whether it was until now or not.
    Cancelled(Kept),
}

/// A control of a page of lending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Yes or no to a question of a return.
    Say(Question, bool),
    /// All of them are answered.
    Said,
    /// Keep this longer, on My page.
    Renew(LoanId),
    /// Have something kept, on My page.
    Reserve,
    /// The day to have it kept on.
    Day(NaiveDate),
    /// The time of that day.
    Slot(Slot),
    /// Do not keep this any more, on My page.
    Cancel(ReservationId),
    /// Borrow something else on the same card, on the page that says what was lent.
    Another,
}

/// What comes next.
///
/// While the store writes, the page stays as it is: the answer takes milliseconds, and a page in
/// between would only flicker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Show this stage.
    Show(Stage),
    /// Ask the store, and show what comes of it.
    Ask(Ask),
}

/// Who stands here, as far as lending cares.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The person, once a card told.
    pub holder: Option<&'a Holder>,
    /// Whether that card was tapped or its number typed.
    pub how: How,
    /// The language of the session, and so of the slip.
    pub language: Language,
}

/// A kind was touched. `stock` says what there is, where that is known.
pub fn chose(kind: &Kind, stock: &[Stock], here: Here<'_>) -> Next {
    match kind.counted {
        Counted::Tagged => Next::Show(Stage::AwaitingTag(kind.id.clone())),
        Counted::Pooled | Counted::Consumable
            if stock.iter().any(|s| s.kind == kind.id && s.free == 0) =>
        {
            Next::Show(Stage::RefusedLoan(LendRefusal::NoneLeft {
                kind: kind.id.clone(),
            }))
        }
        Counted::Pooled | Counted::Consumable => {
            let wanted = Wanted::Pool(kind.id.clone());
            towards(
                kind,
                Goal {
                    kind: kind.id.clone(),
                    label: None,
                    wanted,
                },
                here,
            )
        }
    }
}

/// The tag of a thing was scanned by somebody who wants to borrow it.
pub fn tag_read(kind: &Kind, thing: &Thing, loan: Option<&Loan>, here: Here<'_>) -> Next {
    match (thing.state, loan) {
        (ThingState::Available, _) => {
            let goal = Goal {
                kind: kind.id.clone(),
                label: Some(thing.label.clone()),
                wanted: Wanted::Tag(thing.tag.clone()),
            };
            towards(kind, goal, here)
        }
        (ThingState::OnLoan, Some(loan)) => {
            let refusal = LendRefusal::AlreadyOut {
                kind: kind.id.clone(),
                label: thing.label.clone(),
                due: loan.due,
            };
            Next::Show(Stage::RefusedLoan(refusal))
        }
        (state, _) => {
            let refusal = LendRefusal::NotForLoan {
                kind: kind.id.clone(),
                label: thing.label.clone(),
                state,
            };
            Next::Show(Stage::RefusedLoan(refusal))
        }
    }
}

/// A person is known now; the goal goes on.
pub fn towards(kind: &Kind, goal: Goal, here: Here<'_>) -> Next {
    match here.holder {
        None => Next::Show(Stage::AwaitingCard(goal)),
        Some(_) if needs_agreement(kind, here.how) => Next::Show(Stage::Confirming(goal)),
        Some(_) => lend(kind, goal, here),
    }
}

/// The terms were agreed to.
pub fn agreed(kind: &Kind, goal: Goal, here: Here<'_>) -> Next {
    lend(kind, goal, here)
}

fn lend(kind: &Kind, goal: Goal, here: Here<'_>) -> Next {
    let Some(holder) = here.holder else {
        return Next::Show(Stage::AwaitingCard(goal));
    };
    let order = LendOrder {
        borrower: holder.clone(),
        wanted: goal.wanted,
        how: here.how,
        language: here.language,
    };
    Next::Ask(match kind.counted {
        Counted::Consumable => Ask::Give(order),
        Counted::Tagged | Counted::Pooled => Ask::Lend(order),
    })
}

/// A deposit is agreed to first; so is everything on a typed number, which may be somebody else's.
fn needs_agreement(kind: &Kind, how: How) -> bool {
    kind.policy.deposit_fen > 0 || how == How::Typed
}

/// Something is brought back, by tag, slip or a touch on one's own page.
pub fn bring_back(what: BroughtBack, here: Here<'_>) -> Next {
    Next::Ask(Ask::Return(ReturnOrder {
        what,
        by: here.holder.cloned(),
    }))
}

/// The number of a slip was scanned or typed: the loan it belongs to comes back.
pub fn slip_read(number: SlipNumber, here: Here<'_>) -> Next {
    bring_back(BroughtBack::Slip(number), here)
}

/// The store's answer, and what is on the screen meanwhile. Nothing where neither fits the other.
pub fn answered(stage: Option<&Stage>, answer: Answer, loans: &[Loan]) -> Option<Stage> {
    Some(match answer {
        Answer::Lent(Ok(receipt)) => {
            let slip = receipt.job.map(|_| JobState::Queued);
            Stage::Lent(receipt, slip)
        }
        Answer::Given(Ok(receipt)) => Stage::Given(receipt),
        Answer::Lent(Err(refusal)) | Answer::Given(Err(refusal)) => Stage::RefusedLoan(refusal),
        // It is back whatever is said; what is asked comes after.
        Answer::Returned(Ok(receipt)) if !receipt.asks.is_empty() => {
            let open = |question: &Question| Answered {
                question: *question,
                yes: None,
            };
            let asked = receipt.asks.iter().map(open).collect();
            Stage::Asking(receipt, asked)
        }
        Answer::Returned(Ok(receipt)) => Stage::Returned(receipt),
        Answer::Returned(Err(refusal)) => Stage::RefusedReturn(refusal),
        Answer::Answered(awaiting_check) => match stage {
            Some(Stage::Asking(receipt, _)) => Stage::Returned(ReturnReceipt {
                awaiting_check,
                ..receipt.clone()
            }),
            _ => return None,
        },
        Answer::Renewed(_, Ok(loan)) => Stage::Renewed(loan),
        Answer::Renewed(id, Err(refusal)) => {
            let about = loans.iter().find(|loan| loan.id == id)?;
            let label = about.item.label().map(str::to_owned);
            Stage::RefusedRenewal(about.kind.clone(), label, refusal)
        }
        Answer::Vacancies(kind, vacancies) => {
            Stage::Reserving(reserving::Stage::Days(kind, vacancies))
        }
        Answer::Reserved(_, Ok(receipt)) => Stage::Reserving(reserving::Stage::Kept(receipt)),
        Answer::Reserved(kind, Err(refusal)) => {
            Stage::Reserving(reserving::Stage::Refused(kind, refusal))
        }
        Answer::Cancelled(kept) => Stage::Reserving(reserving::Stage::Cancelled(kept)),
    })
}

/// A control of a page of lending was touched; nothing where it does not belong to this page.
pub fn touched(stage: &Stage, touch: Touch, here: Here<'_>) -> Option<Next> {
    let (receipt, asked) = match stage {
        Stage::Asking(receipt, asked) => (receipt, asked),
        Stage::Reserving(stage) => return reserving::touched(stage, touch, here),
        _ => return None,
    };
    match touch {
        Touch::Say(question, yes) => {
            let mut asked = asked.clone();
            let said = asked.iter_mut().find(|said| said.question == question)?;
            said.yes = Some(yes);
            Some(Next::Show(Stage::Asking(receipt.clone(), asked)))
        }
        Touch::Said if asked.iter().all(|said| said.yes.is_some()) => {
            Some(Next::Ask(Ask::Answer(receipt.loan, asked.clone())))
        }
        _ => None,
    }
}

impl Stage {
    /// The stage one step back; none where going back means leaving lending.
    pub fn back(&self) -> Option<Stage> {
        match self {
            Stage::Confirming(goal) | Stage::AwaitingCard(goal) => match &goal.wanted {
                Wanted::Tag(_) => Some(Stage::AwaitingTag(goal.kind.clone())),
                Wanted::Pool(_) => None,
            },
            Stage::RefusedLoan(why) => why.another().cloned().map(Stage::AwaitingTag),
            Stage::Reserving(stage) => stage.back().map(Stage::Reserving),
            _ => None,
        }
    }

    /// Whether the deed is done or refused, so that the page goes home by itself.
    pub fn is_over(&self) -> bool {
        match self {
            // Where another one will do, they go on to it; what they hold is on their own page.
            Stage::RefusedLoan(why) => why.another().is_none() && !why.is_of_own_loans(),
            Stage::RefusedRenewal(..) => false,
            Stage::RefusedReturn(_) => true,
            Stage::Reserving(stage) => stage.is_over(),
            _ => self.is_done(),
        }
    }

    /// Whether the deed is done.
    pub fn is_done(&self) -> bool {
        match self {
            Stage::Lent(..) | Stage::Given(_) | Stage::Renewed(_) | Stage::Returned(_) => true,
            Stage::Reserving(stage) => stage.is_done(),
            _ => false,
        }
    }
}
