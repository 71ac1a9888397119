//! The pages of lending, and what My page says of loans.

use super::Presenter;
use crate::kiosk::session::Person;
use crate::kiosk::view::{
    Asking, Borrowed, Choose, Confirm, GiveBack, Given, LoanLine, Offer, Page, PointLine,
    PrinterTrouble, Refusal, Refused, Renewed, Returned, ScanTag, SlipStage, TapCard, Thing,
};
use crate::lending::flow::{Goal, Stage};
use crate::lending::rules::{self, Borrower};
use crate::lending::{
    Answered, Counted, KindId, LendRefusal, LentReceipt, Loan, Question, RenewRefusal,
    ReturnReceipt, ReturnRefusal, Stock,
};
use crate::slips::{JobState, PaperTrouble};

impl Presenter<'_> {
    pub(super) fn lending(&self, stage: &Stage) -> Page {
        match stage {
            Stage::Choosing(stock) => {
                let person = self.session.person.as_deref();
                Page::Choose(Choose {
                    offers: self.offers(stock, person),
                })
            }
            Stage::AwaitingCard(goal) => Page::TapCard(TapCard {
                wanted: Some(self.goal(goal)),
                typing: !self.session.around.reader,
            }),
            Stage::AwaitingTag(kind) => Page::ScanTag(ScanTag {
                wanted: self.thing(kind, None),
            }),
            Stage::Confirming(goal) => self.confirm(goal),
            Stage::Lent(receipt, slip) => self.lent(receipt, *slip),
            Stage::Given(receipt) => Page::Given(Given {
                thing: self.thing(&receipt.kind, None),
                more: self.session.just_now.is_some(),
                before: self.before(false),
            }),
            Stage::Renewed(loan) => Page::Renewed(Renewed {
                thing: self.thing(&loan.kind, loan.item.label()),
                due: self.house.building.local(loan.due),
            }),
            Stage::RefusedRenewal(kind, label, why) => {
                let from = match why {
                    RenewRefusal::Reserved { from } => Some(self.house.building.local(*from)),
                    _ => None,
                };
                let thing = self.thing(kind, label.as_deref());
                Page::Refused(Refused {
                    leads_back: true,
                    ..Refused::new(Refusal::Renew(why.clone(), from), Some(thing))
                })
            }
            Stage::Asking(receipt, asked) => Page::Asking(Asking {
                thing: self.thing(&receipt.kind, receipt.item.label()),
                number: receipt.number.to_string(),
                points: asked
                    .iter()
                    .map(|said| self.point(&receipt.kind, said))
                    .collect(),
            }),
            Stage::AwaitingReturn => Page::GiveBack(GiveBack {
                loans: self
                    .session
                    .person
                    .as_ref()
                    .map_or(Vec::new(), |p| self.loans(&p.loans)),
            }),
            Stage::Returned(receipt) => Page::Returned(self.returned(receipt)),
            Stage::Reserving(stage) => self.reserving(stage),
            Stage::RefusedLoan(why) => self.refused_loan(why),
            Stage::RefusedReturn(why) => self.refused_return(why),
        }
    }

    fn goal(&self, goal: &Goal) -> Thing {
        self.thing(&goal.kind, goal.label.as_deref())
    }

    fn confirm(&self, goal: &Goal) -> Page {
        let (Some(person), Some(kind)) = (&self.session.person, self.house.kind(&goal.kind)) else {
            return Page::Wait;
        };
        let due = rules::due(&kind.policy.due, self.at, self.house.building.zone);
        let due = self.fetched(goal, person).map_or(due, |kept| kept.due(due));
        Page::Confirm(Confirm {
            name: person.holder.name.masked(self.session.language),
            thing: self.goal(goal),
            due: self.house.building.local(due),
            deposit_fen: kind.policy.deposit_fen,
        })
    }

    fn lent(&self, receipt: &LentReceipt, slip: Option<JobState>) -> Page {
        let loan = &receipt.loan;
        let thing = self.thing(&loan.kind, loan.item.label());
        let number = loan.number.to_string();
        let due = self.house.building.local(loan.due);
        let printer_trouble = |trouble: Option<PaperTrouble>| {
            let (thing, number) = (thing.clone(), number.clone());
            Page::PrinterTrouble(PrinterTrouble {
                thing,
                number,
                due,
                trouble,
            })
        };
        let slip = match (slip, self.session.around.printer) {
            (None, _) => SlipStage::None,
            (Some(JobState::Confirmed), _) => SlipStage::Printed,
            (Some(JobState::Unknown), _) => return printer_trouble(None),
            (Some(JobState::Failed), trouble) => return printer_trouble(trouble),
            (Some(_), Some(trouble)) => return printer_trouble(Some(trouble)),
            (Some(JobState::Queued | JobState::Sending), None) => SlipStage::Printing,
        };
        let today = self.house.building.local(self.at).date();
        Page::Borrowed(Borrowed {
            thing,
            number,
            due,
            today,
            slip,
            in_place: self.in_place(&loan.kind),
            more: self.session.just_now.is_some(),
            before: self.before(false),
        })
    }

    fn in_place(&self, kind: &KindId) -> bool {
        let kind = self.house.kind(kind);
        kind.is_some_and(|kind| kind.policy.in_place)
    }

    /// What went out, or came back, on the pages before this one.
    fn before(&self, back: bool) -> Vec<Thing> {
        let so_far = self.session.so_far.iter().filter(|one| one.back == back);
        let mut before: Vec<Thing> = so_far
            .map(|one| self.thing(&one.kind, one.label.as_deref()))
            .collect();
        // The last one is what the page is about.
        before.pop();
        before
    }

    fn point(&self, kind: &KindId, said: &Answered) -> PointLine {
        PointLine {
            question: said.question,
            part: match said.question {
                Question::Part(part) => self
                    .house
                    .kind(kind)
                    .and_then(|kind| kind.policy.parts.get(usize::from(part)).cloned()),
                Question::Whole | Question::Wiped => None,
            },
            yes: said.yes,
        }
    }

    fn returned(&self, receipt: &ReturnReceipt) -> Returned {
        Returned {
            thing: self.thing(&receipt.kind, receipt.item.label()),
            number: receipt.number.to_string(),
            brought_by: receipt.brought_by,
            late: receipt.late,
            awaiting_check: receipt.awaiting_check,
            in_place: self.in_place(&receipt.kind),
            turned_up: receipt.turned_up,
            before: self.before(true),
        }
    }

    fn refused_loan(&self, why: &LendRefusal) -> Page {
        let thing = match why {
            LendRefusal::UnknownTag => None,
            LendRefusal::NotAllowed { kind }
            | LendRefusal::LimitReached { kind, .. }
            | LendRefusal::GivenToday { kind }
            | LendRefusal::NoneLeft { kind } => Some(self.thing(kind, None)),
            LendRefusal::Overdue { kind, label, .. } => Some(self.thing(kind, label.as_deref())),
            LendRefusal::AlreadyOut { kind, label, .. }
            | LendRefusal::Reserved { kind, label, .. }
            | LendRefusal::NotForLoan { kind, label, .. } => Some(self.thing(kind, Some(label))),
        };
        let time = match why {
            LendRefusal::Overdue { due, .. } | LendRefusal::AlreadyOut { due, .. } => {
                Some(self.house.building.local(*due))
            }
            LendRefusal::Reserved { from, .. } => Some(self.house.building.local(*from)),
            _ => None,
        };
        Page::Refused(Refused {
            leads_back: why.another().is_some() || why.is_of_own_loans(),
            ..Refused::new(Refusal::Lend(why.clone(), time), thing)
        })
    }

    fn refused_return(&self, why: &ReturnRefusal) -> Page {
        let (thing, time) = match why {
            ReturnRefusal::Unknown => (None, None),
            ReturnRefusal::NotOut { kind, label, .. } => {
                (Some(self.thing(kind, Some(label))), None)
            }
            ReturnRefusal::AlreadyReturned { kind, label, at } => (
                Some(self.thing(kind, label.as_deref())),
                Some(self.house.building.local(*at)),
            ),
        };
        Page::Refused(Refused::new(Refusal::Return(why.clone(), time), thing))
    }

    /// A thing for a sentence. A kind that left the settings is called by its bare name.
    pub(super) fn thing(&self, kind: &KindId, label: Option<&str>) -> Thing {
        let (name, icon) = match self.house.kind(kind) {
            Some(kind) => (kind.name.clone(), kind.icon),
            None => (
                crate::people::Bilingual::new(&kind.0, &kind.0),
                Default::default(),
            ),
        };
        Thing {
            name,
            icon,
            label: label.map(str::to_owned),
        }
    }

    pub(super) fn loans(&self, loans: &[Loan]) -> Vec<LoanLine> {
        let mut loans: Vec<&Loan> = loans.iter().collect();
        loans.sort_by_key(|loan| loan.due);
        let line = |loan: &Loan| {
            let thing = self.thing(&loan.kind, loan.item.label());
            let pooled = |kind: &crate::lending::Kind| kind.counted == Counted::Pooled;
            LoanLine {
                loan: loan.id,
                name: thing.name,
                icon: thing.icon,
                label: thing.label,
                due: self.house.building.local(loan.due),
                late: rules::is_late(loan.due, self.at),
                give_back: self.house.kind(&loan.kind).is_some_and(pooled),
                renew: self.session.is_own_card()
                    && self.house.kind(&loan.kind).is_some_and(|kind| {
                        loan.renewals < kind.policy.renewals && !rules::is_late(loan.due, self.at)
                    }),
            }
        };
        loans.into_iter().map(line).collect()
    }

    pub(super) fn offers(&self, stock: &[Stock], person: Option<&Person>) -> Vec<Offer> {
        self.house
            .kinds
            .iter()
            .map(|kind| {
                let free = stock
                    .iter()
                    .find(|s| s.kind == kind.id)
                    .map_or(0, |s| s.free);
                // What is kept for this person is free for them.
                let free = free + person.map_or(0, |person| self.kept_now(&kind.id, person));
                let person_refused = person.and_then(|person| {
                    let borrower = Borrower {
                        roles: &person.holder.roles,
                        open: &person.loans,
                    };
                    rules::may_hold_another(kind, &borrower, self.at).err()
                });
                let none_left = || LendRefusal::NoneLeft {
                    kind: kind.id.clone(),
                };
                Offer {
                    kind: kind.id.clone(),
                    name: kind.name.clone(),
                    icon: kind.icon,
                    free,
                    scan: kind.counted == Counted::Tagged,
                    refused: person_refused.or_else(|| (free == 0).then(none_left)),
                }
            })
            // What this person may never have is not dangled before them.
            .filter(|offer| !matches!(offer.refused, Some(LendRefusal::NotAllowed { .. })))
            .collect()
    }
}
