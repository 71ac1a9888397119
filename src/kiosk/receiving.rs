//! How visitors are joined to the session.

use super::effect::Ask;
use super::session::{Awaited, Situation};
use super::turn::Turn;
use crate::people::{How, Presented};
use crate::slips::{JobState, SlipNumber};
use crate::visits::VisitId;
use crate::visits::flow::{self, Answer, Here, Next, Stage, Touch};

impl Turn<'_> {
    /// The tile "sign in".
    pub fn receive_visitor(&mut self) {
        self.follow_visit(flow::start());
    }

    /// The tile "sign out".
    pub fn see_visitor_off(&mut self) {
        self.follow_visit(flow::start_leaving());
    }

    pub fn visit_touched(&mut self, stage: &Stage, touch: Touch) {
        match self.with_visits(|here| flow::touched(stage, touch, here)) {
            Some(next) => self.follow_visit(next),
            None => self.expected = false,
        }
    }

    /// What stands in the field while somebody types: only whom they look for is looked up at once.
    pub fn visit_typing(&mut self, stage: &Stage, text: String) {
        let next = self.with_visits(|here| flow::touched(stage, Touch::Typing(text), here));
        if let Some(next) = next {
            self.follow_visit(next);
        }
    }

    /// An invitation's code; false where it is none.
    pub fn invitation_scanned(&mut self, code: &str) -> bool {
        let next = flow::scanned(code);
        let is_invitation = next.is_some();
        if let Some(next) = next {
            self.follow_visit(next);
        }
        is_invitation
    }

    /// The slip of a visit: its visitor leaves, or goes in where somebody has said yes.
    pub fn visit_slip_read(&mut self, number: SlipNumber) {
        self.follow_visit(flow::slip_read(number));
    }

    /// A card where somebody wants to leave; false where it opens its holder's page.
    pub fn visit_card(&mut self, presented: &Presented) -> bool {
        let Situation::Visits(stage) = self.session.situation.clone() else {
            return false;
        };
        let next = flow::card(&stage, &presented.credential);
        let leaves = next.is_some();
        if let Some(next) = next {
            self.follow_visit(next);
        }
        leaves
    }

    pub fn visit_answered(&mut self, answer: Answer) {
        let Situation::Visits(stage) = self.session.situation.clone() else {
            self.expected = false;
            return;
        };
        match flow::answered(&stage, answer) {
            Some(next) => self.follow_visit(next),
            None => self.expected = false,
        }
    }

    /// The host says yes or no, from their own page.
    pub fn say_yes(&mut self, visit: VisitId, yes: bool) {
        let own = self.session.person.as_ref().and_then(|person| {
            let own = person.visits.iter().any(|own| own.id == visit);
            own.then(|| person.holder.clone())
        });
        match own {
            Some(holder) => {
                self.stay();
                let ask = Ask::SayYes(Box::new(holder), visit, yes);
                self.request(Awaited::Yes(yes), ask);
            }
            None => self.expected = false,
        }
    }

    fn follow_visit(&mut self, next: Next) {
        match next {
            Next::Show(stage) => {
                if let Stage::Inside(receipt) = &stage {
                    self.session.slip = Some((receipt.job, JobState::Queued));
                }
                self.go(Situation::Visits(Box::new(stage)));
            }
            Next::Ask(stage, ask) => {
                let live = matches!(ask, flow::Ask::FindHosts { .. });
                self.go(Situation::Visits(Box::new(stage)));
                let ask = Ask::Visits(Box::new(ask));
                match live {
                    true => self.request_live(Awaited::Visits, ask),
                    false => self.request(Awaited::Visits, ask),
                }
            }
            Next::MyPage => self.go_to_own_page(),
            Next::Home => self.go_home(),
        }
    }

    fn with_visits<T>(&self, decide: impl FnOnce(&Here<'_>) -> T) -> T {
        let person = self.session.person.as_ref();
        decide(&Here {
            holder: person.map(|person| &person.holder),
            how: person.map_or(How::Tapped, |person| person.how),
            language: self.session.language,
            at: self.at,
            terms: &self.house.visits,
        })
    }
}
