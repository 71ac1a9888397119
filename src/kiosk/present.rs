//! From the session's state to what the screen shows. Pure.

use super::House;
use super::session::{Awaited, Patience, Person, Session, Situation};
use super::view::{
    Borrowed, Choose, Confirm, DayPart, Directory, GiveBack, Home, HomeTile, KeyLine, LoanLine,
    MailLine, MyPage, Offer, OutOfService, Page, PrinterTrouble, Reception, Refusal, Refused,
    Returned, ScanTag, SlipStage, TapCard, Thing, TypeNumber, View, VisitLine,
};
use crate::lending::flow::{Goal, Stage};
use crate::lending::rules::{self, Borrower};
use crate::lending::{
    Counted, KindId, LendRefusal, LentReceipt, Loan, ReturnReceipt, ReturnRefusal, Stock,
};
use crate::mail;
use crate::people::{Act, Role, permits};
use crate::slips::{JobState, PaperTrouble};
use crate::visits::{Visit, VisitState};
use chrono::{DateTime, NaiveDateTime, NaiveTime, Timelike, Utc};

/// What the touch screen shows for this session at this moment.
pub fn present(session: &Session, house: &House, at: DateTime<Utc>) -> View {
    let shown = Presenter { session, house, at };
    let now = house.building.local(at);
    View {
        language: session.language,
        comfort: session.comfort,
        clock: to_the_minute(now),
        building: house.building.name.clone(),
        page: shown.page(),
        notices: session.around.notices(),
        countdown: match session.patience {
            Patience::Countdown(_, left) => Some(left),
            _ => None,
        },
        trial: house.trial,
        writing: session.writing(),
        strokes: session.strokes.clone(),
        slip: shown.slip(),
        reception: shown.reception(),
        zone: house.building.zone,
    }
}

fn to_the_minute(at: NaiveDateTime) -> NaiveDateTime {
    let time = NaiveTime::from_hms_opt(at.hour(), at.minute(), 0).unwrap_or(at.time());
    at.date().and_time(time)
}

struct Presenter<'a> {
    session: &'a Session,
    house: &'a House,
    at: DateTime<Utc>,
}

impl Presenter<'_> {
    fn page(&self) -> Page {
        if let Some(code) = self.session.around.closed_by() {
            return Page::OutOfService(OutOfService { code });
        }
        let patient = |waiting: &super::session::Waiting| {
            waiting.shown && !waiting.live && waiting.awaited != Awaited::Refresh
        };
        if self.session.waiting.as_ref().is_some_and(patient) {
            return Page::Wait;
        }
        match &self.session.situation {
            Situation::Home => Page::Home(self.home()),
            Situation::MyPage => match &self.session.person {
                Some(person) => Page::MyPage(self.my_page(person)),
                None => Page::Home(self.home()),
            },
            Situation::Typing(typing) => Page::TypeNumber(TypeNumber {
                number: typing.asked,
                typed: typing.typed.clone(),
                wrong: typing.wrong,
            }),
            Situation::Refused(why) => Page::Refused(Refused {
                why: why.clone(),
                thing: None,
            }),
            Situation::Directory(tenants) => Page::Directory(Directory {
                tenants: tenants.clone(),
            }),
            Situation::DeskCalled => Page::DeskCalled,
            Situation::Mail(stage) => Page::Mail(stage.clone()),
            Situation::Keys(stage) => Page::Keys(stage.clone()),
            Situation::Visits(stage) => Page::Visits(stage.clone()),
            Situation::SaidYes(yes) => Page::SaidYes(*yes),
            Situation::Lending(stage) => self.lending(stage),
        }
    }

    /// Where the slip of the page is, where its stage does not keep it.
    fn slip(&self) -> Option<SlipStage> {
        let (_, state) = self.session.slip?;
        Some(match (state, self.session.around.printer) {
            (JobState::Confirmed, _) => SlipStage::Printed,
            (JobState::Unknown | JobState::Failed, _) => SlipStage::Unknown,
            (_, Some(trouble)) => SlipStage::Waiting(trouble),
            (JobState::Queued | JobState::Sending, None) => SlipStage::Printing,
        })
    }

    fn reception(&self) -> Reception {
        let terms = &self.house.visits;
        match self.session.situation {
            Situation::Visits(_) => Reception {
                purposes: terms.purposes.clone(),
                notices: vec![terms.notice.clone(), terms.house_rules.clone()],
            },
            _ => Reception::default(),
        }
    }

    fn visits(&self, visits: &[Visit]) -> Vec<VisitLine> {
        let line = |visit: &Visit| VisitLine {
            visit: visit.id,
            name: visit
                .name
                .as_ref()
                .map(|name| name.masked(self.session.language))
                .unwrap_or_default(),
            expected: visit
                .window
                .filter(|_| visit.state == VisitState::Announced)
                .map(|(from, _)| self.house.building.local(from)),
            waits: visit.state == VisitState::Waiting,
        };
        visits.iter().map(line).collect()
    }

    fn home(&self) -> Home {
        let day_part = match self.house.building.local(self.at).hour() {
            5..12 => DayPart::Morning,
            12..18 => DayPart::Afternoon,
            _ => DayPart::Evening,
        };
        Home {
            day_part,
            tiles: vec![
                HomeTile::SignIn,
                HomeTile::SignOut,
                HomeTile::Borrow,
                HomeTile::GiveBack,
                HomeTile::CollectMail,
                HomeTile::Directory,
            ],
        }
    }

    fn my_page(&self, person: &Person) -> MyPage {
        MyPage {
            name: person.holder.name.masked(self.session.language),
            tenant: person.holder.tenant.as_ref().map(|tenant| {
                (
                    tenant.name.clone(),
                    tenant.rooms.first().cloned().unwrap_or_default(),
                )
            }),
            mail: self.mail(&person.mail),
            loans: self.loans(&person.loans),
            keys: person
                .keys
                .iter()
                .map(|key| KeyLine {
                    hook: key.hook.clone(),
                    due: self.house.building.local(key.due),
                    late: rules::is_late(key.due, self.at),
                })
                .collect(),
            visits: self.visits(&person.visits),
            is_visitor: person.holder.roles.contains(&Role::Visitor),
            takes_keys: permits(&person.holder.roles, Act::UseKeys),
            offers: self.offers(&person.stock, Some(person)),
        }
    }

    /// Waiting mail, one line for each kind and shelf.
    fn mail(&self, waiting: &[mail::Waiting]) -> Vec<MailLine> {
        let mut lines: Vec<MailLine> = Vec::new();
        for item in waiting {
            let arrived = self.house.building.local(item.arrived);
            match lines
                .iter_mut()
                .find(|line| line.kind == item.kind && line.shelf == item.shelf)
            {
                Some(line) => {
                    line.count += 1;
                    line.arrived = line.arrived.max(arrived);
                }
                None => lines.push(MailLine {
                    kind: item.kind,
                    count: 1,
                    shelf: item.shelf.clone(),
                    arrived,
                }),
            }
        }
        lines
    }

    fn loans(&self, loans: &[Loan]) -> Vec<LoanLine> {
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
            }
        };
        loans.into_iter().map(line).collect()
    }

    fn offers(&self, stock: &[Stock], person: Option<&Person>) -> Vec<Offer> {
        self.house
            .kinds
            .iter()
            .map(|kind| {
                let free = stock
                    .iter()
                    .find(|s| s.kind == kind.id)
                    .map_or(0, |s| s.free);
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

    fn lending(&self, stage: &Stage) -> Page {
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
            Stage::AwaitingReturn => Page::GiveBack(GiveBack {
                loans: self
                    .session
                    .person
                    .as_ref()
                    .map_or(Vec::new(), |p| self.loans(&p.loans)),
            }),
            Stage::Returned(receipt) => Page::Returned(self.returned(receipt)),
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
        })
    }

    fn returned(&self, receipt: &ReturnReceipt) -> Returned {
        Returned {
            thing: self.thing(&receipt.kind, receipt.item.label()),
            number: receipt.number.to_string(),
            brought_by: receipt.brought_by,
            late: receipt.late,
            awaiting_check: receipt.awaiting_check,
        }
    }

    fn refused_loan(&self, why: &LendRefusal) -> Page {
        let thing = match why {
            LendRefusal::UnknownTag => None,
            LendRefusal::NotAllowed { kind }
            | LendRefusal::LimitReached { kind, .. }
            | LendRefusal::NoneLeft { kind } => Some(self.thing(kind, None)),
            LendRefusal::Overdue { kind, label, .. } => Some(self.thing(kind, label.as_deref())),
            LendRefusal::AlreadyOut { kind, label, .. }
            | LendRefusal::NotForLoan { kind, label, .. } => Some(self.thing(kind, Some(label))),
        };
        let time = match why {
            LendRefusal::Overdue { due, .. } | LendRefusal::AlreadyOut { due, .. } => {
                Some(self.house.building.local(*due))
            }
            _ => None,
        };
        Page::Refused(Refused {
            why: Refusal::Lend(why.clone(), time),
            thing,
        })
    }

    fn refused_return(&self, why: &ReturnRefusal) -> Page {
        let (thing, time) = match why {
            ReturnRefusal::Unknown => (None, None),
            ReturnRefusal::NeverLent { kind, label, .. } => {
                (Some(self.thing(kind, Some(label))), None)
            }
            ReturnRefusal::AlreadyReturned { kind, label, at } => (
                Some(self.thing(kind, label.as_deref())),
                Some(self.house.building.local(*at)),
            ),
        };
        Page::Refused(Refused {
            why: Refusal::Return(why.clone(), time),
            thing,
        })
    }

    /// A thing for a sentence. A kind that left the settings is called by its bare name.
    fn thing(&self, kind: &KindId, label: Option<&str>) -> Thing {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_on_the_screen_changes_with_the_minute_only() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real day");
        let second = |s| day.and_hms_opt(9, 5, s).expect("a real time");
        assert_eq!(to_the_minute(second(0)), to_the_minute(second(59)));
    }
}
