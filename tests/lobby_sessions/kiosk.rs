//! The session machine with books, a clock moved by hand, and somebody at the screen.

use crate::support::*;
use chrono::{DateTime, TimeDelta, Utc};
use lodge::kiosk::event::Answer;
use lodge::kiosk::session::{RequestId, TimerId};
use lodge::kiosk::timeouts::Timeouts;
use lodge::kiosk::{Ask, Effect, Event, House, Session, Step, Touch, View, present, step};
use lodge::lending::rain::Weather;
use lodge::people::{
    Certainty, How, Language, NumberConvention, PersonName, Presented, ReaderName, Role, Scanned,
    Signal, Signature,
};
use lodge::runtime::answer;
use lodge::slips::SlipNumber;
use lodge::store::journal::Actor;
use lodge::visits::{Approval, Identity, SignInOrder, SignedIn, Terms, VisitId, VisitorType, Who};
use std::collections::VecDeque;

/// Somebody at the screen.
pub struct Kiosk {
    pub lobby: Lobby,
    pub house: House,
    pub session: Session,
    pub now: DateTime<Utc>,
    pub timers: Vec<(TimerId, DateTime<Utc>)>,
    pub unexpected: u32,
    pub signals: Vec<(ReaderName, Signal)>,
    /// What scanners that read on command were told, oldest first: to read, or to stop.
    pub told_to_read: Vec<bool>,
    pub jobs: Vec<lodge::slips::PrintJobId>,
    /// What the desk says about the weather.
    pub rain: bool,
    /// What a store that is slow was asked and has not answered.
    pub unanswered: Option<VecDeque<(RequestId, Ask)>>,
}

impl Kiosk {
    pub fn open() -> Self {
        let lobby = Lobby::open();
        let house = House {
            building: building(),
            kinds: kinds(),
            visits: Default::default(),
            keys: Default::default(),
            mail: Default::default(),
            timeouts: Timeouts::default(),
            cards: NumberConvention::Bits32,
            rain_hours: Vec::new(),
            codes_on_command: false,
            trial: false,
        };
        let now = monday_morning();
        let Step {
            session, effects, ..
        } = Session::start(&house, now);
        let timers = Vec::new();
        let mut kiosk = Kiosk {
            lobby,
            house,
            session,
            now,
            timers,
            unexpected: 0,
            signals: Vec::new(),
            told_to_read: Vec::new(),
            jobs: Vec::new(),
            rain: false,
            unanswered: None,
        };
        kiosk.perform(effects);
        kiosk
    }

    pub fn happens(&mut self, event: Event) -> View {
        let step = step(self.session.clone(), &self.house, self.now, event);
        self.session = step.session;
        self.unexpected += u32::from(!step.expected);
        self.perform(step.effects);
        self.sees()
    }

    /// A commit of somebody else's was told to the session, as the runtime does.
    pub fn hears_of_the_books(&mut self) -> View {
        let books = &self.lobby.books;
        let weather = books
            .weather(&self.house.kinds, self.now)
            .expect("readable");
        let rain = self.rain;
        self.happens(Event::BooksChanged(Weather { rain, ..weather }))
    }

    /// The desk has switched rain mode.
    pub fn rains(&mut self, falls: bool) {
        self.rain = falls;
        self.hears_of_the_books();
    }

    pub fn sees(&self) -> View {
        present(&self.session, &self.house, self.now)
    }

    /// From now on the store answers when it is told to.
    pub fn store_is_slow(&mut self) {
        self.unanswered = Some(VecDeque::new());
    }

    /// The store answers what it was asked first.
    pub fn store_answers(&mut self) -> View {
        let (request, ask) = self.next_unanswered();
        self.answers(request, ask);
        self.sees()
    }

    /// The store fails at what it was asked first.
    pub fn store_fails(&mut self) -> View {
        let (request, _) = self.next_unanswered();
        self.happens(Event::Failed(request))
    }

    fn next_unanswered(&mut self) -> (RequestId, Ask) {
        let unanswered = self.unanswered.as_mut().expect("a slow store");
        unanswered.pop_front().expect("something was asked")
    }

    fn answers(&mut self, request: RequestId, ask: Ask) {
        let books = &mut self.lobby.books;
        let answer = answer(books, &self.house, ask, self.now).expect("books");
        if let Answer::Lending(answer) = &answer
            && let lodge::lending::flow::Answer::Lent(Ok(lent)) = answer.as_ref()
        {
            self.jobs.extend(lent.job);
        }
        self.happens(Event::Answered(request, answer));
    }

    /// The store answers at once, unless it is slow; timers wait for `wait`.
    pub fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask(request, ask) => match &mut self.unanswered {
                    Some(unanswered) => unanswered.push_back((request, ask)),
                    None => self.answers(request, ask),
                },
                Effect::Tell(ask) => {
                    let books = &mut self.lobby.books;
                    answer(books, &self.house, ask, self.now).expect("books");
                }
                Effect::RememberLanguage(person, language) => self
                    .lobby
                    .books
                    .remember_language(person, language, self.now)
                    .expect("writable"),
                Effect::StartTimer(timer, delay) => self.timers.push((timer, self.now + delay)),
                Effect::Signal(reader, signal) => self.signals.push((reader, signal)),
                Effect::ReadCodes(reading) => self.told_to_read.push(reading),
                Effect::StopTimer(timer) => self.timers.retain(|(running, _)| *running != timer),
            }
        }
    }

    /// Time passes and timers fire in their order.
    pub fn wait(&mut self, delay: TimeDelta) -> View {
        let until = self.now + delay;
        while let Some(next) = self
            .timers
            .iter()
            .copied()
            .filter(|(_, at)| *at <= until)
            .min_by_key(|(_, at)| *at)
        {
            self.timers.retain(|timer| *timer != next);
            self.now = self.now.max(next.1);
            self.happens(Event::TimerFired(next.0));
        }
        self.now = until;
        self.sees()
    }

    pub fn tap(&mut self, number: u64) -> View {
        let presented = Presented {
            credential: card(number),
            how: How::Tapped,
            reader: Some(ReaderName("front".to_owned())),
            at: self.now,
            certainty: Certainty::Repeated,
        };
        self.happens(Event::CardPresented(presented))
    }

    pub fn scan(&mut self, code: &str) -> View {
        self.happens(Event::CodeScanned(Scanned::line(code, "front", self.now)))
    }

    /// A courier who has signed in and waits for Grace's yes: the visit and its number.
    pub fn courier_waits(&mut self) -> (VisitId, SlipNumber) {
        let order = SignInOrder {
            who: Who::Named(Identity {
                name: PersonName::typed("周远"),
                phone: "13800000001".to_owned(),
                document: None,
            }),
            of: VisitorType::Courier,
            company: String::new(),
            purpose: String::new(),
            host: Some(self.lobby.grace),
            tenant: None,
            permit: String::new(),
            things: String::new(),
            signature: Signature(vec![vec![(100, 100), (600, 200)]]),
            language: Language::Chinese,
        };
        let terms = Terms {
            courier: Approval::HostOrDesk,
            ..Terms::default()
        };
        match self.lobby.books.sign_in(&terms, &order, self.now) {
            Ok(Ok(SignedIn::Waiting { visit, number })) => (visit, number),
            other => panic!("{other:?}"),
        }
    }

    /// Grace says yes with her card, or no to the desk, which phones her.
    pub fn grace_says(&mut self, visit: VisitId, yes: bool) {
        let grace = Actor::of(&self.lobby.holder(GRACE));
        let said = match (yes, grace.person) {
            (false, Some(person)) => {
                let desk = Actor {
                    person: Some(self.lobby.employ("前台丁", Role::Receptionist)),
                    card: None,
                };
                let books = &mut self.lobby.books;
                books.approve_visit_by_phone(visit, person, false, desk, self.now)
            }
            _ => {
                let books = &mut self.lobby.books;
                books.approve_visit_as_host(visit, grace, self.now)
            }
        };
        assert_eq!(said.expect("writable"), Ok(()));
    }

    pub fn touch(&mut self, touch: Touch) -> View {
        self.happens(Event::Touched(touch))
    }

    pub fn type_in(&mut self, text: &str) -> View {
        for key in text.chars() {
            self.touch(Touch::Key(key));
        }
        self.touch(Touch::Enter)
    }
}

pub fn seconds(count: i64) -> TimeDelta {
    TimeDelta::seconds(count)
}
