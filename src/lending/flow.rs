//! The screens of lending and what leads from one to the next.
//!
//! The flow knows its stages and what to ask of the store; the kiosk feeds it with what people do
//! and carries out what it asks. Nothing here has happened until the store says so.

use super::{
    Answered, BroughtBack, Counted, GivenReceipt, Kind, KindId, LendOrder, LendRefusal,
    LentReceipt, Loan, LoanId, Question, RenewRefusal, ReturnOrder, ReturnReceipt, ReturnRefusal,
    Stock, Thing, ThingState, Wanted,
};
use crate::people::{Holder, How, Language};
use crate::slips::{JobState, SlipNumber};

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
}

impl Ask {
    /// Whether something is written down: everything that lending asks.
    pub fn is_deed(&self) -> bool {
        true
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
    })
}

/// A control of a page of lending was touched; nothing where it does not belong to this page.
pub fn touched(stage: &Stage, touch: Touch) -> Option<Next> {
    let Stage::Asking(receipt, asked) = stage else {
        return None;
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
        Touch::Said | Touch::Renew(_) | Touch::Another => None,
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
            _ => None,
        }
    }

    /// Whether the deed is done or refused, so that the page goes home by itself.
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Stage::Lent(..)
                | Stage::Given(_)
                | Stage::Renewed(_)
                | Stage::Returned(_)
                | Stage::RefusedLoan(_)
                | Stage::RefusedRenewal(..)
                | Stage::RefusedReturn(_)
        )
    }
}
