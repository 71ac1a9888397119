//! How visitors are joined to the session.

use super::effect::Ask;
use super::session::{Awaited, ShownSlip, Situation};
use super::turn::Turn;
use crate::people::{How, Presented, ReadDocument, Role, Signal};
use crate::slips::{JobState, Medium, SlipNumber};
use crate::visits::flow::{self, Answer, Here, Next, Stage, Touch};
use crate::visits::{DocumentNumber, Identity, Tries, VisitId};

impl Turn<'_> {
    /// The tile "sign in".
    pub fn receive_visitor(&mut self) {
        self.follow_visit(flow::start());
    }

    /// The tile "sign out".
    pub fn see_visitor_off(&mut self) {
        let own = self.session.person.as_ref().filter(|person| {
            person.how == How::Tapped && person.holder.roles.contains(&Role::Visitor)
        });
        let next = match own.and(self.session.held_up.as_ref()) {
            Some(presented) => flow::leaving_with(&presented.credential),
            None => flow::start_leaving(),
        };
        self.follow_visit(next);
    }

    /// Something on a page of visitors was touched.
    pub fn visit_touched(&mut self, stage: &Stage, touch: Touch) {
        match self.with_visits(|here| flow::touched(stage, touch, here)) {
            Some(next) => self.visit_led_on(stage, next),
            None => self.expected = false,
        }
    }

    /// What stands in the field while somebody types: some pages look it up at once.
    pub fn visit_typing(&mut self, stage: &Stage, text: String) {
        let next = self.with_visits(|here| flow::touched(stage, Touch::Typing(text), here));
        if let Some(next) = next {
            self.visit_led_on(stage, next);
        }
    }

    /// An invitation's code; false where it is none.
    pub fn invitation_scanned(&mut self, code: &str) -> bool {
        let next = self.with_visits(|here| flow::scanned(code, here));
        let is_invitation = next.is_some();
        if let Some(next) = next {
            self.follow_visit(next);
        }
        is_invitation
    }

    /// The slip of a visit: its visitor leaves, or goes in where somebody has said yes; where somebody
    /// is asked who they are, they come again.
    pub fn visit_slip_read(&mut self, number: SlipNumber) {
        let next = match &self.session.situation {
            Situation::Visits(stage) if stage.asks_who() => flow::slip_shown(number),
            _ => flow::slip_read(number),
        };
        self.follow_visit(next);
    }

    /// The number of a visit was typed where a tag or a slip is asked for. It says nothing about who typed it,
    /// here no more than on the page of signing out: that page asks for what proves it.
    pub fn visit_number_typed(&mut self, number: SlipNumber) {
        let next = self.with_visits(|here| flow::number_typed(number, here));
        self.follow_visit(next);
    }

    /// An identity document was read; false where nobody is asked who they are.
    pub fn visitor_shown(&mut self, document: ReadDocument) -> bool {
        let is_asked = match &self.session.situation {
            Situation::Home => true,
            Situation::Visits(stage) => stage.asks_who(),
            _ => false,
        };
        let read = Identity {
            name: document.name,
            phone: String::new(),
            document: Some(DocumentNumber(document.number)),
        };
        match flow::document_read(read).filter(|_| is_asked) {
            Some(next) => {
                self.follow_visit(next);
                true
            }
            None => false,
        }
    }

    /// A card where somebody wants to leave; false where it opens its holder's page.
    pub fn visit_card(&mut self, presented: &Presented) -> bool {
        let Situation::Visits(stage) = self.session.situation.clone() else {
            return false;
        };
        let next = flow::card(&stage, &presented.credential);
        let leaves = next.is_some();
        if let Some(next) = next {
            self.signal(presented.reader.clone(), Signal::Wait);
            self.session.held_up = Some(presented.clone());
            self.follow_visit(next);
        }
        leaves
    }

    /// The store answers what a page of visitors asked.
    pub fn visit_answered(&mut self, answer: Answer) {
        let Situation::Visits(stage) = self.session.situation.clone() else {
            self.expected = false;
            return;
        };
        let next = self.with_visits(|here| flow::answered(&stage, answer.clone(), here));
        let tries = self.with_visits(|here| flow::tries_after(&stage, &answer, here));
        if matches!(&next, Some(next) if !matches!(next, Next::Card(_)))
            && let Some(presented) = self.session.held_up.take()
        {
            self.signal(presented.reader, Signal::Granted);
        }
        match next {
            Some(next) => self.follow_unless_paused(next, tries),
            None => self.expected = false,
        }
    }

    fn visit_led_on(&mut self, from: &Stage, next: Next) {
        let tries = self.with_visits(|here| flow::tries_after_touch(from, &next, here));
        self.follow_unless_paused(next, tries);
    }

    /// Goes on, unless that was one try too many.
    fn follow_unless_paused(&mut self, next: Next, tries: Tries) {
        let is_another = tries != self.session.visit_tries;
        self.session.visit_tries = tries;
        let pause = self.with_visits(flow::paused).filter(|_| is_another);
        self.follow_visit(pause.unwrap_or(next));
    }

    /// The host says yes, from their own page. A no is said at the desk, where reasons can be given.
    pub fn say_yes(&mut self, visit: VisitId) {
        // It lets somebody in: it takes the host's card, not a number that was read on it.
        let by_card = self
            .session
            .person
            .as_ref()
            .filter(|_| self.session.is_own_card());
        let own = by_card.and_then(|person| {
            let own = person.visits.iter().any(|own| own.id == visit);
            own.then(|| person.holder.clone())
        });
        match own {
            Some(holder) => {
                self.stay();
                let ask = Ask::SayYes(Box::new(holder), visit);
                self.request(Awaited::Yes, ask);
            }
            None => self.expected = false,
        }
    }

    fn follow_visit(&mut self, next: Next) {
        match next {
            Next::Show(stage) => {
                if let Stage::Inside(receipt, _) = &stage {
                    self.session.slip = receipt.job.map(|job| ShownSlip {
                        job,
                        state: JobState::Queued,
                        medium: match self.session.around.badges {
                            true => Medium::Label,
                            false => Medium::Receipt,
                        },
                    });
                }
                self.go(Situation::Visits(Box::new(stage)));
            }
            Next::Ask(stage, ask) => {
                let live = ask.follows_typing(&stage);
                self.go(Situation::Visits(Box::new(stage)));
                let ask = Ask::Visits(Box::new(ask));
                match live {
                    true => self.request_live(Awaited::Visits, ask),
                    false => self.request(Awaited::Visits, ask),
                }
            }
            // It is the card that was held up just now.
            Next::Card(_) => match self.session.held_up.take() {
                Some(presented) => self.identify(presented, None),
                None => self.go_to_own_page(),
            },
            Next::MyPage => self.go_to_own_page(),
            Next::Home => self.go_home(),
        }
    }

    fn with_visits<T>(&self, decide: impl FnOnce(&Here<'_>) -> T) -> T {
        let session = &self.session;
        let person = session.person.as_ref().or(session.just_now.as_ref());
        decide(&Here {
            holder: person.map(|person| &person.holder),
            how: person.map_or(How::Tapped, |person| person.how),
            language: self.session.language,
            at: self.at,
            device: self.house.building.device,
            terms: &self.house.visits,
            tries: &self.session.visit_tries,
        })
    }
}
