//! Lending, joined to the session: what its pages send, what the books answer, several things in one
//! go, and rain.

use super::effect::{Ask, Effect};
use super::session::{Awaited, Situation, SoFar};
use super::turn::Turn;
use super::view::Refusal;
use crate::lending::flow::{self, Answer, Ask as Wish, Goal, Next, Stage, Touch, reserving};
use crate::lending::rain::{self, Way};
use crate::lending::rules::{self, Borrower};
use crate::lending::{Answered, BroughtBack, Counted, KindId, LoanId, ReturnRefusal};
use crate::people::How;

impl Situation {
    /// The questions of a return, where they stand on the page or come back to it.
    pub(super) fn questions(&self) -> Option<(LoanId, &[Answered])> {
        match self {
            Situation::Lending(Stage::Asking(receipt, asked)) => Some((receipt.loan, asked)),
            Situation::TryAgain(from, _) => from.questions(),
            _ => None,
        }
    }
}

impl Turn<'_> {
    /// Goes where a flow leads, or asks what it asks.
    pub fn follow(&mut self, next: Next) {
        match next {
            Next::Show(stage) => self.go(Situation::Lending(stage)),
            Next::Ask(wish) => self.wish(wish),
        }
    }

    fn wish(&mut self, wish: Wish) {
        self.stay();
        let person = self.session.person.as_ref();
        let holder = person.map(|person| person.holder.clone());
        self.request(Awaited::Lending, Ask::Lending(holder, Box::new(wish)));
    }

    pub fn chose(&mut self, kind: &KindId) {
        let Some(kind) = self.house.kind(kind) else {
            self.expected = false;
            return;
        };
        let stock = match (&self.session.situation, &self.session.person) {
            (Situation::Lending(Stage::Choosing(stock)), _) => stock.clone(),
            (_, Some(person)) => person.stock.clone(),
            _ => Vec::new(),
        };
        let refusal = self.session.person.as_ref().and_then(|person| {
            let borrower = Borrower {
                roles: &person.holder.roles,
                open: &person.loans,
            };
            rules::may_hold_another(kind, &borrower, self.at).err()
        });
        let next = match refusal {
            Some(refusal) => Next::Show(Stage::RefusedLoan(refusal)),
            None => flow::chose(kind, &stock, self.session.here()),
        };
        self.follow(next);
    }

    /// A loan on the person's own page. Tagged things are scanned instead, which proves that they
    /// are really here.
    pub fn give_back(&mut self, loan: LoanId) {
        let own = self.session.person.as_ref().and_then(|person| {
            let own = person.loans.iter().find(|own| own.id == loan)?;
            let kind = self.house.kind(&own.kind)?;
            (kind.counted == Counted::Pooled).then_some(own.id)
        });
        match own {
            Some(loan) => {
                let next = flow::bring_back(BroughtBack::Loan(loan), self.session.here());
                self.follow(next);
            }
            None => self.expected = false,
        }
    }

    /// The terms were agreed to.
    pub fn agreed(&mut self, goal: Goal) {
        match self.house.kind(&goal.kind) {
            Some(kind) => self.follow(flow::agreed(kind, goal, self.session.here())),
            None => self.expected = false,
        }
    }

    /// What lending offers on My page.
    pub fn own_lending_touched(&mut self, touch: Touch) {
        let Some(person) = &self.session.person else {
            self.expected = false;
            return;
        };
        let here = self.session.here();
        let next = match touch {
            // None of these was offered.
            _ if !self.session.is_own_card() => None,
            Touch::Renew(loan) => {
                let renew = Wish::Renew(person.holder.clone(), loan);
                Some(Next::Ask(renew))
            }
            Touch::Reserve => reserving::begin(&self.house.kinds, here),
            Touch::Cancel(reservation) => reserving::cancel(&person.kept, reservation, here),
            _ => None,
        };
        self.follow_if(next);
    }

    /// A control of a page of lending.
    pub fn lending_touched(&mut self, stage: &Stage, touch: Touch) {
        if touch == Touch::Another {
            return self.another(stage);
        }
        let next = flow::touched(stage, touch, self.session.here());
        self.follow_if(next);
    }

    /// Goes where a touch leads; one that leads nowhere does not belong to the page.
    pub fn follow_if(&mut self, next: Option<Next>) {
        match next {
            Some(next) => self.follow(next),
            None => self.expected = false,
        }
    }

    /// Whoever has just borrowed something borrows something else on the same card.
    fn another(&mut self, stage: &Stage) {
        let Some(mut person) = self.session.just_now.take() else {
            self.expected = false;
            return;
        };
        if let Stage::Lent(receipt, _) = stage {
            person.loans.push(receipt.loan.clone());
        }
        self.session.person = Some(person);
        self.offer_kinds();
    }

    /// The books have answered.
    pub fn lending_answered(&mut self, answer: Answer) {
        // A slip of no loan, as a tag of no thing.
        if let Answer::Returned(Err(ReturnRefusal::Unknown)) = answer {
            return self.ask_again(Refusal::Return(ReturnRefusal::Unknown, None));
        }
        let stage = match &self.session.situation {
            Situation::Lending(stage) => Some(stage),
            _ => None,
        };
        let person = self.session.person.as_ref();
        let loans = person.map_or(&[][..], |person| person.loans.as_slice());
        let Some(next) = flow::answered(stage, answer, loans) else {
            self.expected = false;
            return;
        };
        let asked = matches!(stage, Some(Stage::Asking(..)));
        self.note_before(&next, asked);
        self.go(Situation::Lending(next));
    }

    /// The questions of a return are left before all of them are answered: what was said until now is
    /// written down, so that a damage somebody told of is not lost with what they left open.
    pub fn leave_questions(&mut self, next: &Situation) {
        let Some((loan, said)) = self.session.situation.questions() else {
            return;
        };
        let goes_on = match next {
            Situation::Lending(Stage::Returned(receipt)) => receipt.loan == loan,
            next => next.questions().is_some_and(|(other, _)| other == loan),
        };
        if goes_on || said.iter().all(|said| said.yes.is_none()) {
            return;
        }
        let answer = Wish::Answer(loan, said.to_vec());
        let person = self.session.person.as_ref();
        let holder = person.map(|person| person.holder.clone());
        let tell = Effect::Tell(Ask::Lending(holder, Box::new(answer)));
        self.effects.push(tell);
    }

    /// Keeps what went out or came back, for the pages that follow in one go.
    fn note_before(&mut self, next: &Stage, asked: bool) {
        let (kind, item, back) = match next {
            Stage::Lent(receipt, _) => (&receipt.loan.kind, Some(&receipt.loan.item), false),
            Stage::Given(receipt) => (&receipt.kind, None, false),
            Stage::Asking(receipt, _) => (&receipt.kind, Some(&receipt.item), true),
            // Its questions came before, and it was noted then.
            Stage::Returned(receipt) if !asked => (&receipt.kind, Some(&receipt.item), true),
            _ => return,
        };
        self.session.so_far.push(SoFar {
            kind: kind.clone(),
            label: item.and_then(|item| item.label()).map(str::to_owned),
            back,
        });
    }

    /// While it rains, a card on the home screen means an umbrella. Whoever may have none, or has
    /// one already, sees their own page; so does a number that was typed.
    pub fn rains_on(&self, how: How) -> Option<Next> {
        let rains = self.session.weather.rain || self.house.is_rain_hour(self.at);
        if !rains || how == How::Typed || self.session.situation != Situation::Home {
            return None;
        }
        let person = self.session.person.as_ref()?;
        let borrower = Borrower {
            roles: &person.holder.roles,
            open: &person.loans,
        };
        let theirs = rain::umbrellas(&self.house.kinds)
            .filter(|kind| rules::may_hold_another(kind, &borrower, self.at).is_ok());
        match rain::offer(theirs, &person.stock)? {
            (_, Way::NoneLeft) => None,
            (kind, Way::Take | Way::Scan) => {
                Some(flow::chose(kind, &person.stock, self.session.here()))
            }
        }
    }
}
