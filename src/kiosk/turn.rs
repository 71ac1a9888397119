//! One event at one moment: what means the same on every page comes first, and once.

use super::House;
use super::effect::{Ask, Effect};
use super::event::{Event, StoreHealth, Touch};
use super::session::{
    Awaited, Entry, Intent, Presentation, RequestId, Session, Situation, Typing, Waiting,
};
use super::view::{Comfort, NumberAsked, Refusal};
use crate::keys;
use crate::lending::flow::{Goal, Stage};
use crate::people::{
    How, Language, NotRead, Presented, PresentedDocument, ReaderName, Signal, Signature,
};
use crate::slips::SlipNumber;
use chrono::{DateTime, Utc};
use std::time::Duration;

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
    let mut turn = Turn::new(session, house, at);
    let has_read = matches!(event, Event::CodeScanned(_));
    turn.take(event);
    turn.see_to_scanners(has_read);
    turn.end_of_step()
}

/// One step in the making.
pub(super) struct Turn<'a> {
    pub session: Session,
    pub house: &'a House,
    pub at: DateTime<Utc>,
    pub effects: Vec<Effect>,
    pub expected: bool,
}

impl<'a> Turn<'a> {
    pub fn new(session: Session, house: &'a House, at: DateTime<Utc>) -> Self {
        Turn {
            session,
            house,
            at,
            effects: Vec::new(),
            expected: true,
        }
    }

    pub fn end_of_step(self) -> Step {
        Step {
            session: self.session,
            effects: self.effects,
            expected: self.expected,
        }
    }

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
                Some(awaited) => {
                    self.take_answer(awaited, answer);
                    self.close();
                }
                None => self.expected = false,
            },
            Event::Failed(request) => match self.answered(request) {
                Some(Awaited::Refresh) => {}
                Some(_) => self.go(Situation::Refused(Refusal::NotDone)),
                None => self.expected = false,
            },
            Event::SlipMoved(job, state) => self.slip_moved(job, state),
            Event::SlipOffered(job, medium) => self.slip_offered(job, medium),
            Event::BooksChanged(weather) => {
                self.session.weather = weather;
                self.refresh();
            }
            Event::Touched(Touch::End) => self.end(),
            Event::Touched(Touch::MoreTime) => self.prolong(),
            Event::Touched(Touch::OtherLanguage) => self.switch_language(),
            Event::Touched(Touch::Comfort) => self.switch_comfort(),
            Event::Touched(touch) => self.touched(touch),
            Event::CardPresented(presented) => self.card_presented(presented),
            Event::CardNotRead(reader, why) => self.card_not_read(reader, why),
            Event::DocumentPresented(presented) => self.document_presented(presented),
            Event::CodeScanned(scanned) => self.code_scanned(scanned.text),
        }
    }

    // Requests

    /// Sends a request; only one is under way at a time, so a second tap does no harm.
    pub fn request(&mut self, awaited: Awaited, ask: Ask) {
        self.send(awaited, ask, false);
    }

    /// Sends a request that follows what is typed. The page stays, and so do its keys.
    pub fn request_live(&mut self, awaited: Awaited, ask: Ask) {
        self.send(awaited, ask, true);
    }

    fn send(&mut self, awaited: Awaited, ask: Ask, live: bool) {
        self.forget_request();
        let request = RequestId(self.new_id());
        let timer = self.start_timer(ONE_MOMENT);
        self.session.waiting = Some(Waiting {
            request,
            awaited,
            writes: ask.is_deed(),
            live,
            timer,
            shown: false,
        });
        self.effects.push(Effect::Ask(request, ask));
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
        self.session.is_busy()
    }

    fn forget_request(&mut self) {
        if let Some(waiting) = self.session.waiting.take() {
            self.effects.push(Effect::StopTimer(waiting.timer));
        }
    }

    pub fn is_committing(&self) -> bool {
        self.session.is_committing()
    }

    pub fn new_id(&mut self) -> u64 {
        let id = self.session.next_id;
        self.session.next_id += 1;
        id
    }

    // Pages

    /// Goes to a page and lets it run out in its own time.
    pub fn go(&mut self, situation: Situation) {
        let over = situation.is_over();
        self.leave_questions(&situation);
        self.ask_for_text(&situation);
        self.session.situation = situation;
        // The deed ends the person's stay: whoever scans next may be somebody else.
        self.session.just_now = match over {
            true => {
                self.session.held_up = None;
                self.session.person.take()
            }
            false => None,
        };
        self.stay();
    }

    /// Home, and every trace of the person is gone.
    pub fn go_home(&mut self) {
        self.leave_questions(&Situation::Home);
        self.forget_request();
        self.stop_patience();
        self.session.situation = Situation::Home;
        self.session.person = None;
        self.session.just_now = None;
        self.session.so_far.clear();
        self.session.field = None;
        self.session.slip = None;
        self.session.strokes = Signature::default();
        self.session.held_up = None;
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

    // Devices and store

    fn store_changed(&mut self, health: StoreHealth) {
        // Damage does not go away: only a start looks at the whole file, and may find it sound.
        if self.session.around.store == StoreHealth::Damaged {
            return;
        }
        let before = std::mem::replace(&mut self.session.around.store, health);
        if health != before {
            self.close();
        }
    }

    /// Out of service: what is being written down is waited for, what came of it is read to the end, and nothing
    /// else goes on.
    fn close(&mut self) {
        let is_told = self.is_committing() || self.session.situation.is_over();
        if self.session.around.closed_by().is_some() && !is_told {
            self.go_home();
        }
    }

    fn card_presented(&mut self, presented: Presented) {
        if self.is_busy() || self.session.around.closed_by().is_some() {
            return;
        }
        self.try_again();
        if self.visit_card(&presented) {
            return;
        }
        let goal = self.awaited_goal();
        self.identify(presented, goal);
    }

    /// What somebody is about to borrow, as soon as it is known who they are.
    pub fn awaited_goal(&self) -> Option<Goal> {
        match &self.session.situation {
            Situation::Lending(Stage::AwaitingCard(goal) | Stage::Confirming(goal)) => {
                Some(goal.clone())
            }
            Situation::Typing(typing) => match typing.from.as_ref() {
                Situation::Lending(Stage::AwaitingCard(goal)) => Some(goal.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// Looks up who is inside with this slip; they go on to the goal.
    pub fn identify_visitor(&mut self, number: SlipNumber, goal: Goal) {
        let presentation = Presentation {
            how: How::Tapped,
            reader: None,
            goal: Some(goal),
        };
        self.stay();
        self.request(
            Awaited::Identity(presentation),
            Ask::IdentifyVisitor(number),
        );
    }

    /// Looks a card up; its holder goes on to the goal, where there is one.
    pub fn identify(&mut self, presented: Presented, goal: Option<Goal>) {
        let presentation = Presentation {
            how: presented.how,
            reader: presented.reader.clone(),
            goal,
        };
        self.stay();
        self.session.held_up = Some(presented.clone());
        self.signal(presented.reader.clone(), Signal::Wait);
        self.request(Awaited::Identity(presentation), Ask::Identify(presented));
    }

    fn card_not_read(&mut self, reader: ReaderName, why: NotRead) {
        if self.is_busy() || self.session.around.closed_by().is_some() {
            return;
        }
        self.signal(Some(reader), Signal::Refused);
        self.ask_again(Refusal::NotRead(why));
    }

    /// What was held up leads nowhere; the page that stands there comes back.
    pub fn ask_again(&mut self, why: Refusal) {
        self.try_again();
        let from = Box::new(self.session.situation.clone());
        self.go(Situation::TryAgain(from, why));
    }

    /// What led nowhere is tried again: the page that stood there before is meant.
    fn try_again(&mut self) {
        if let Situation::TryAgain(from, _) = &self.session.situation {
            self.session.situation = (**from).clone();
        }
    }

    /// A document says who a visitor is. Whoever stands on another page is told that it opens nothing.
    fn document_presented(&mut self, presented: PresentedDocument) {
        if self.is_busy() || self.session.around.closed_by().is_some() {
            return;
        }
        self.try_again();
        let PresentedDocument {
            document, reader, ..
        } = presented;
        match self.visitor_shown(document) {
            true => self.signal(Some(reader), Signal::Granted),
            false => self.card_not_read(reader, NotRead::Document),
        }
    }

    /// Shows something at the reader, where there was one.
    pub fn signal(&mut self, reader: Option<ReaderName>, signal: Signal) {
        self.effects
            .extend(reader.map(|reader| Effect::Signal(reader, signal)));
    }

    fn code_scanned(&mut self, code: String) {
        if self.is_busy() || self.session.around.closed_by().is_some() {
            return;
        }
        self.try_again();
        if self.mail_scanned(&code) || self.invitation_scanned(&code) {
            return;
        }
        // Also where somebody borrows: what is out in the books, and is held up here, comes back first.
        let intent = match &self.session.situation {
            Situation::Lending(Stage::AwaitingReturn) => Intent::GiveBack,
            Situation::Typing(Typing {
                asked: NumberAsked::TagOrSlip,
                ..
            }) => Intent::GiveBack,
            Situation::Keys(stage) if matches!(**stage, keys::flow::Stage::TypingOrder(_)) => {
                Intent::Order(code.clone())
            }
            _ => Intent::Obvious,
        };
        self.read_code(intent, Entry::Scanned, code);
    }

    pub fn read_code(&mut self, intent: Intent, entry: Entry, code: String) {
        self.stay();
        self.request(Awaited::Code(intent, entry), Ask::ReadCode(code));
    }

    // Language and comfort

    fn switch_language(&mut self) {
        self.session.language = self.session.language.other();
        self.session.language_chosen = true;
        // A typed number may be somebody else's: nothing is remembered of it.
        if let Some(person) = &self.session.person
            && person.how == How::Tapped
        {
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
