//! One session after the other at the touch screen, and the events that mean the same on every page.

use super::House;
use super::effect::Effect;
use super::event::{Event, StoreHealth, Touch};
use super::trouble::Surroundings;
use super::view::{Comfort, NumberAsked, Refusal};
use crate::keys::HeldKey;
use crate::lending::flow::{Goal, Here, Stage};
use crate::lending::{Loan, Stock};
use crate::mail::Waiting as WaitingMail;
use crate::people::{Holder, How, Language, Presented};
use chrono::{DateTime, Timelike, Utc};
use std::time::Duration;

/// A request the store has not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(pub u64);

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimerId(pub u64);

/// The touch screen's state between two events.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) language: Language,
    /// Chosen in this session, so that a card's remembered language does not override it.
    pub(super) language_chosen: bool,
    pub(super) comfort: Comfort,
    pub(super) around: Surroundings,
    pub(super) situation: Situation,
    pub(super) person: Option<Box<Person>>,
    pub(super) waiting: Option<Waiting>,
    pub(super) patience: Patience,
    minute: Option<TimerId>,
    next_id: u64,
}

/// Where the session is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Situation {
    Home,
    MyPage,
    Lending(Stage),
    Typing(Typing),
    Refused(Refusal),
}

/// A number being typed, and where it leads back to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typing {
    pub asked: NumberAsked,
    pub typed: String,
    pub wrong: bool,
    pub from: Box<Situation>,
}

/// The person who stands here, with what My page shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Person {
    pub holder: Holder,
    pub how: How,
    pub loans: Vec<Loan>,
    pub mail: Vec<WaitingMail>,
    pub keys: Vec<HeldKey>,
    pub stock: Vec<Stock>,
}

/// What the store was asked, and how long we have waited for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Waiting {
    pub request: RequestId,
    pub awaited: Awaited,
    pub timer: TimerId,
    /// Long enough that "one moment" is on the screen.
    pub shown: bool,
}

/// What an answer is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Awaited {
    /// Who this is; then on to the goal, if there was one.
    Identity(How, Option<Goal>),
    /// What there is, to choose from.
    Stock,
    /// What there is, to correct what is on the page.
    Refresh,
    /// What a code stands for.
    Code(Intent),
    /// A loan.
    Lend,
    /// A return.
    Return,
}

/// Why a code was scanned, as far as the page tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    /// Somebody wants to borrow this.
    Borrow,
    /// Somebody brings this back.
    GiveBack,
    /// The obvious thing: out comes back, in goes out.
    Obvious,
}

/// What ends this page when nobody does anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Patience {
    /// Nothing: home, untouched.
    Endless,
    /// The idle time runs.
    Idle(TimerId),
    /// The countdown runs: so many seconds are left.
    Countdown(TimerId, u32),
    /// The page goes home by itself.
    Page(TimerId),
}

/// How long an answer may take before "one moment" is shown; shorter waits would only flicker.
const ONE_MOMENT: Duration = Duration::from_millis(300);

/// What one event led to.
#[derive(Clone, Debug)]
pub struct Step {
    /// The next state.
    pub session: Session,
    /// What to do, in this order.
    pub effects: Vec<Effect>,
    /// Whether this event made sense on this page. If not, it is counted and logged, no more.
    pub expected: bool,
}

/// One event at one moment: the next state and what to do. Pure.
pub fn step(session: Session, house: &House, at: DateTime<Utc>, event: Event) -> Step {
    let mut turn = Turn {
        session,
        house,
        at,
        effects: Vec::new(),
        expected: true,
    };
    turn.take(event);
    Step {
        session: turn.session,
        effects: turn.effects,
        expected: turn.expected,
    }
}

impl Session {
    /// The first state of the program, and what it needs done.
    pub fn start(house: &House, at: DateTime<Utc>) -> Step {
        let session = Session {
            language: Language::default(),
            language_chosen: false,
            comfort: Comfort::default(),
            around: Surroundings::default(),
            situation: Situation::Home,
            person: None,
            waiting: None,
            patience: Patience::Endless,
            minute: None,
            next_id: 1,
        };
        let mut turn = Turn {
            session,
            house,
            at,
            effects: Vec::new(),
            expected: true,
        };
        turn.start_minute();
        Step {
            session: turn.session,
            effects: turn.effects,
            expected: true,
        }
    }
}

/// One step in the making.
pub(super) struct Turn<'a> {
    pub session: Session,
    pub house: &'a House,
    pub at: DateTime<Utc>,
    pub effects: Vec<Effect>,
    pub expected: bool,
}

impl Turn<'_> {
    /// Events that mean the same on every page come first, and once.
    fn take(&mut self, event: Event) {
        match event {
            Event::TimerFired(timer) => self.timer_fired(timer),
            Event::DeviceChanged(change) => {
                let in_trouble_before = self.slip_in_trouble();
                self.session.around.note(change);
                if self.slip_in_trouble() != in_trouble_before {
                    self.stay();
                }
            }
            Event::StoreChanged(health) => self.store_changed(health),
            Event::Answered(request, answer) => match self.answered(request) {
                Some(awaited) => self.take_answer(awaited, answer),
                None => self.expected = false,
            },
            Event::Failed(request) => match self.answered(request) {
                Some(Awaited::Refresh) => {}
                Some(_) => self.go(Situation::Refused(Refusal::NotDone)),
                None => self.expected = false,
            },
            Event::SlipMoved(job, state) => self.slip_moved(job, state),
            Event::LendingChanged => self.refresh(),
            Event::Touched(Touch::End) => self.end(),
            Event::Touched(Touch::MoreTime) => self.stay(),
            Event::Touched(Touch::OtherLanguage) => self.switch_language(),
            Event::Touched(Touch::Comfort) => self.switch_comfort(),
            Event::Touched(touch) => self.touched(touch),
            Event::CardPresented(presented) => self.card_presented(presented),
            Event::CodeScanned(code) => self.code_scanned(code),
        }
    }

    // Requests

    /// Sends a request; only one is under way at a time, so a second tap does no harm.
    pub fn request(&mut self, awaited: Awaited, effect: impl FnOnce(RequestId) -> Effect) {
        self.forget_request();
        let request = RequestId(self.new_id());
        let timer = self.start_timer(ONE_MOMENT);
        self.session.waiting = Some(Waiting {
            request,
            awaited,
            timer,
            shown: false,
        });
        self.effects.push(effect(request));
    }

    fn answered(&mut self, request: RequestId) -> Option<Awaited> {
        self.session
            .waiting
            .as_ref()
            .filter(|waiting| waiting.request == request)?;
        let waiting = self.session.waiting.take()?;
        self.effects.push(Effect::StopTimer(waiting.timer));
        Some(waiting.awaited)
    }

    /// Whether something is being looked up or written down for somebody right now.
    pub fn is_busy(&self) -> bool {
        self.session
            .waiting
            .as_ref()
            .is_some_and(|waiting| waiting.awaited != Awaited::Refresh)
    }

    fn forget_request(&mut self) {
        if let Some(waiting) = self.session.waiting.take() {
            self.effects.push(Effect::StopTimer(waiting.timer));
        }
    }

    // Pages

    /// Goes to a page and lets it run out in its own time.
    pub fn go(&mut self, situation: Situation) {
        let over = match &situation {
            Situation::Lending(stage) => stage.is_over(),
            Situation::Refused(_) => true,
            _ => false,
        };
        self.session.situation = situation;
        if over {
            // The deed ends the person's stay: whoever scans next may be somebody else.
            self.session.person = None;
        }
        self.stay();
    }

    /// Starts the time of the page anew.
    pub fn stay(&mut self) {
        self.stop_patience();
        let timeouts = &self.house.timeouts;
        let delay = match &self.session.situation {
            Situation::Home if self.session.is_untouched() => return,
            Situation::Lending(Stage::Lent(..) | Stage::Returned(_)) if !self.slip_in_trouble() => {
                Some(timeouts.done)
            }
            Situation::Lending(stage) if stage.is_over() => Some(timeouts.note),
            Situation::Refused(_) => Some(timeouts.note),
            _ => None,
        };
        self.session.patience = match delay {
            Some(delay) => Patience::Page(self.start_timer(delay)),
            None => Patience::Idle(self.start_timer(timeouts.idle)),
        };
    }

    fn stop_patience(&mut self) {
        match self.session.patience {
            Patience::Endless => {}
            Patience::Idle(timer) | Patience::Countdown(timer, _) | Patience::Page(timer) => {
                self.effects.push(Effect::StopTimer(timer));
            }
        }
        self.session.patience = Patience::Endless;
    }

    /// Home, and every trace of the person is gone.
    pub fn go_home(&mut self) {
        self.forget_request();
        self.stop_patience();
        self.session.situation = Situation::Home;
        self.session.person = None;
        self.session.language = Language::default();
        self.session.language_chosen = false;
        self.session.comfort = Comfort::default();
    }

    /// Somebody ends the session. What is being written down is written to its end first.
    fn end(&mut self) {
        if !self.is_committing() {
            self.go_home();
        }
    }

    pub fn is_committing(&self) -> bool {
        self.session
            .waiting
            .as_ref()
            .is_some_and(|waiting| matches!(waiting.awaited, Awaited::Lend | Awaited::Return))
    }

    // Timers

    fn timer_fired(&mut self, timer: TimerId) {
        if self.session.minute == Some(timer) {
            self.start_minute();
        } else if self
            .session
            .waiting
            .as_ref()
            .is_some_and(|waiting| waiting.timer == timer)
        {
            self.waited();
        } else {
            match self.session.patience {
                Patience::Idle(running) if running == timer => self.count_down_from_start(),
                Patience::Countdown(running, left) if running == timer => self.count_down(left),
                Patience::Page(running) if running == timer => self.go_home(),
                // A timer that was stopped while it fired.
                _ => self.expected = false,
            }
        }
    }

    /// The clock on the screen changes with the minute; nothing else wakes an untouched home screen.
    fn start_minute(&mut self) {
        let into =
            u64::from(self.at.second()) * 1000 + u64::from(self.at.timestamp_subsec_millis());
        let rest = Duration::from_millis(60_000 - into.min(59_999));
        self.session.minute = Some(self.start_timer(rest));
    }

    fn waited(&mut self) {
        let Some(mut waiting) = self.session.waiting.take() else {
            return;
        };
        if waiting.shown {
            match waiting.awaited {
                Awaited::Refresh => {}
                _ => self.go(Situation::Refused(Refusal::NotDone)),
            }
        } else {
            waiting.shown = true;
            waiting.timer = self.start_timer(self.house.timeouts.answer);
            self.session.waiting = Some(waiting);
        }
    }

    fn count_down_from_start(&mut self) {
        let seconds = self
            .house
            .timeouts
            .countdown
            .as_secs()
            .try_into()
            .unwrap_or(u32::MAX);
        self.count_down(seconds + 1);
    }

    fn count_down(&mut self, left: u32) {
        if left <= 1 {
            if self.is_committing() {
                self.stay();
            } else {
                self.go_home();
            }
        } else {
            let timer = self.start_timer(Duration::from_secs(1));
            self.session.patience = Patience::Countdown(timer, left - 1);
        }
    }

    pub fn start_timer(&mut self, delay: Duration) -> TimerId {
        let timer = TimerId(self.new_id());
        self.effects.push(Effect::StartTimer(timer, delay));
        timer
    }

    fn new_id(&mut self) -> u64 {
        let id = self.session.next_id;
        self.session.next_id += 1;
        id
    }

    // Devices and store

    fn store_changed(&mut self, health: StoreHealth) {
        self.session.around.store = health;
        if health != StoreHealth::Well {
            self.go_home();
        }
    }

    fn card_presented(&mut self, presented: Presented) {
        if self.is_busy() || self.session.around.closed_by().is_some() {
            return;
        }
        let goal = match &self.session.situation {
            Situation::Lending(Stage::AwaitingCard(goal) | Stage::Confirming(goal)) => {
                Some(goal.clone())
            }
            Situation::Typing(typing) => match typing.from.as_ref() {
                Situation::Lending(Stage::AwaitingCard(goal)) => Some(goal.clone()),
                _ => None,
            },
            _ => None,
        };
        let how = presented.how;
        self.stay();
        self.request(Awaited::Identity(how, goal), |request| {
            Effect::Identify(request, presented)
        });
    }

    fn code_scanned(&mut self, code: String) {
        if self.is_busy() || self.session.around.closed_by().is_some() {
            return;
        }
        let intent = match &self.session.situation {
            Situation::Lending(Stage::AwaitingTag(_) | Stage::Choosing(_)) => Intent::Borrow,
            Situation::Lending(Stage::AwaitingReturn) => Intent::GiveBack,
            Situation::Typing(Typing {
                asked: NumberAsked::Tag,
                ..
            }) => Intent::Borrow,
            Situation::Typing(Typing {
                asked: NumberAsked::TagOrSlip,
                ..
            }) => Intent::GiveBack,
            _ => Intent::Obvious,
        };
        self.read_code(intent, code);
    }

    pub fn read_code(&mut self, intent: Intent, code: String) {
        self.stay();
        self.request(Awaited::Code(intent), |request| {
            Effect::ReadCode(request, code)
        });
    }

    // Language and comfort

    fn switch_language(&mut self) {
        self.session.language = self.session.language.other();
        self.session.language_chosen = true;
        if let Some(person) = &self.session.person {
            let remember = Effect::RememberLanguage(person.holder.person, self.session.language);
            self.effects.push(remember);
        }
        self.stay();
    }

    /// Plain → large → large and low → low → plain: one control, four ways of standing here.
    fn switch_comfort(&mut self) {
        self.session.comfort = match self.session.comfort {
            Comfort {
                large: false,
                low: false,
            } => Comfort {
                large: true,
                low: false,
            },
            Comfort {
                large: true,
                low: false,
            } => Comfort {
                large: true,
                low: true,
            },
            Comfort {
                large: true,
                low: true,
            } => Comfort {
                large: false,
                low: true,
            },
            Comfort {
                large: false,
                low: true,
            } => Comfort {
                large: false,
                low: false,
            },
        };
        self.stay();
    }
}

impl Session {
    /// Whether this is the home screen as nobody has touched it.
    fn is_untouched(&self) -> bool {
        self.situation == Situation::Home
            && self.waiting.is_none()
            && self.comfort == Comfort::default()
            && !self.language_chosen
    }

    /// Who stands here, as far as lending cares.
    pub(super) fn here(&self) -> Here<'_> {
        Here {
            holder: self.person.as_ref().map(|person| &person.holder),
            how: self
                .person
                .as_ref()
                .map_or(How::Tapped, |person| person.how),
            language: self.language,
        }
    }
}
