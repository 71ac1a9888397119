//! The state of the staff window between two events, and the step from one to the next.

use super::event::{Answer, Doer, Effect, Event, Order, Outcome, Refusal, RequestId, Timer};
use super::facts::{Calls, DeviceFact, Facts, Hit};
use super::locked::Locked;
use super::rooms::{Look, Room, Table, found};
use super::{Dialog, House, say};
use crate::people::staff::Member;
use crate::people::{Language, PersonId, ReaderName, Signal};
use chrono::{DateTime, Timelike, Utc};
use std::time::Duration;

/// The state of the staff window.
#[derive(Clone, Debug, Default)]
pub struct Session {
    pub(super) language: Language,
    pub(super) dark: bool,
    pub(super) me: Option<Member>,
    pub(super) locked: Locked,
    /// What needs a person while nobody works here.
    pub(super) calls: Calls,
    /// The name that a new house's first supervisor typed.
    pub(super) founder: String,
    /// The reader whose card is looked up for a log-in.
    pub(super) held_up: Option<ReaderName>,
    pub(super) facts: Facts,
    pub(super) devices: Vec<DeviceFact>,
    pub(super) place: Place,
    pub(super) search: String,
    pub(super) hits: Option<Vec<Hit>>,
    /// Enter was pressed in the search box before the books had answered.
    pub(super) leads_on: bool,
    pub(super) scan: String,
    pub(super) scans: Vec<Scanned>,
    pub(super) dialog: Option<Dialog>,
    pub(super) notice: Option<Result<Outcome, Refusal>>,
    /// The form whose order was not answered yet.
    pub(super) submitted: Option<Dialog>,
    /// Pieces that came in since the form that repeats was opened.
    pub(super) pieces: u32,
    /// When a key was last touched.
    pub(super) touched: DateTime<Utc>,
    /// More was committed while facts were being read.
    stale: bool,
    pub(super) asked: Vec<(RequestId, Awaited)>,
    pub(super) next_id: u64,
}

/// Where the eyes are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub room: Room,
    pub tab: usize,
    pub row: usize,
    /// The chosen row, so that it stays chosen when others come and go.
    pub key: String,
    pub focus: Focus,
    /// A scan led here from the scan field, which keeps the keys: with nothing in it, Enter is for the
    /// row.
    pub led: bool,
}

impl Default for Place {
    fn default() -> Self {
        Place {
            room: Room::Today,
            tab: 0,
            row: 0,
            key: String::new(),
            focus: Focus::Table,
            led: false,
        }
    }
}

/// What takes the characters that are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// The table: a character is an action.
    Table,
    /// The search box.
    Search,
    /// The scan field.
    Scan,
}

/// A scan, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scanned {
    pub id: u64,
    pub code: String,
    pub done: Option<Result<Outcome, Refusal>>,
    /// It would have led somewhere, and a form was open.
    pub held: bool,
    /// A form has been open since, which says it too: it covers the lines.
    pub beside_form: bool,
}

/// What an answer is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Awaited {
    /// Who somebody is.
    Staff,
    /// Whether a PIN is right.
    LogIn,
    /// What the rooms show.
    Facts,
    /// What needs a person, while nobody works here.
    Calls,
    /// What the search box found.
    Search,
    /// Who may be meant in this field of a form.
    Candidates(usize),
    /// What somebody wrote on the glass.
    Signature,
    /// What became of what this scan had led to.
    Led(u64),
    /// What became of an order; of this scan, where it was one.
    Order(Option<u64>),
}

impl Awaited {
    /// Whether it is about who comes to work here.
    pub fn is_about_who(&self) -> bool {
        matches!(self, Awaited::Staff | Awaited::LogIn)
    }
}

/// What one event led to.
#[derive(Clone, Debug)]
pub struct Step {
    /// The next state.
    pub session: Session,
    /// What to do, in this order.
    pub effects: Vec<Effect>,
    /// Whether this event made sense here.
    pub expected: bool,
}

/// One step in the making.
pub(super) struct Turn<'a> {
    pub session: Session,
    pub house: &'a House,
    pub at: DateTime<Utc>,
    pub effects: Vec<Effect>,
    pub expected: bool,
}

impl Session {
    /// The first state of the window, and what it needs done.
    pub fn start(house: &House, at: DateTime<Utc>) -> Step {
        let mut turn = Turn::new(Session::default(), house, at);
        turn.next_minute();
        turn.end()
    }

    /// Whether the desk waits for a card right now, so that one at any reader is meant for it.
    pub fn wants_card(&self) -> bool {
        self.dialog.as_ref().is_some_and(Dialog::wants_card)
    }
}

/// One event at one moment: the next state and what to do. Pure.
pub fn step(session: Session, house: &House, at: DateTime<Utc>, event: Event) -> Step {
    let mut turn = Turn::new(session, house, at);
    turn.take(event);
    turn.end()
}

impl Turn<'_> {
    fn new(session: Session, house: &House, at: DateTime<Utc>) -> Turn<'_> {
        Turn {
            session,
            house,
            at,
            effects: Vec::new(),
            expected: true,
        }
    }

    fn end(self) -> Step {
        Step {
            session: self.session,
            effects: self.effects,
            expected: self.expected,
        }
    }

    /// Events that mean the same everywhere come first, and once.
    fn take(&mut self, event: Event) {
        match event {
            Event::TimerFired(Timer::Minute) => self.next_minute(),
            Event::TimerFired(Timer::Idle) => self.idle(),
            Event::DevicesChanged(devices) => self.session.devices = devices,
            Event::BooksChanged => self.read_facts(),
            Event::Answered(request, answer) => self.answered(request, answer),
            Event::Failed(request) => self.failed(request),
            // Nobody's touch: a reader that fails must not keep the desk open.
            Event::CardNotRead(reader, why) => self.card_not_read(reader, why),
            Event::DocumentPresented(shown) => {
                self.session.touched = self.at;
                self.document_presented(shown);
            }
            event => {
                self.session.touched = self.at;
                match (&self.session.me, self.session.dialog.is_some()) {
                    (_, true) => self.in_dialog(event),
                    (None, false) => self.while_locked(event),
                    (Some(_), false) => self.at_work(event),
                }
            }
        }
    }

    pub(super) fn ask(&mut self, awaited: Awaited) -> RequestId {
        self.session.next_id += 1;
        let request = RequestId(self.session.next_id);
        // Of searches only the latest is of use, and whoever says who they are is no longer who was before.
        self.session.asked.retain(|(_, other)| match &awaited {
            Awaited::Search | Awaited::Candidates(_) => *other != awaited,
            Awaited::Staff | Awaited::LogIn => !other.is_about_who(),
            _ => true,
        });
        self.session.asked.push((request, awaited));
        request
    }

    /// Reads what the window shows; while nobody works here that is only what calls for somebody.
    pub(super) fn read_facts(&mut self) {
        let me = self.me();
        let awaited = match me {
            Some(_) => Awaited::Facts,
            None => Awaited::Calls,
        };
        if self
            .session
            .asked
            .iter()
            .any(|(_, other)| *other == awaited)
        {
            self.session.stale = true;
            return;
        }
        self.session.stale = false;
        let request = self.ask(awaited);
        self.effects.push(match me {
            Some(me) => Effect::ReadFacts(request, me),
            None => Effect::ReadCalls(request),
        });
    }

    /// Whoever works here has chosen a language, and finds it again after the desk has locked itself.
    pub(super) fn remember_language(&mut self) {
        let (me, language) = (&mut self.session.me, self.session.language);
        if let Some(me) = me {
            me.language = language;
            self.effects
                .push(Effect::RememberLanguage(me.person, language));
        }
    }

    /// Nobody works here any more: what was on the screen is gone.
    pub(super) fn lock(&mut self) {
        if let Some(doer) = self.doer() {
            self.effects.push(Effect::LogOut(doer));
        }
        self.session = Session {
            language: self.session.language,
            dark: self.session.dark,
            devices: std::mem::take(&mut self.session.devices),
            next_id: self.session.next_id,
            ..Session::default()
        };
        self.read_facts();
    }

    fn idle(&mut self) {
        if self.session.me.is_none() {
            return;
        }
        // From a clock that was set back it locks itself after the usual time.
        self.session.touched = self.session.touched.min(self.at);
        let since = self.at - self.session.touched;
        match (self.house.locks_after).checked_sub(since.to_std().unwrap_or_default()) {
            Some(left) if !left.is_zero() => {
                self.effects.push(Effect::StartTimer(Timer::Idle, left));
            }
            _ => self.lock(),
        }
    }

    fn next_minute(&mut self) {
        let into = self.at.timestamp_millis().rem_euclid(60_000).unsigned_abs();
        debug_assert!(self.at.second() < 60);
        let left = Duration::from_millis(60_000 - into);
        self.effects.push(Effect::StartTimer(Timer::Minute, left));
        if self.session.me.is_some() {
            self.effects.push(Effect::ReadDevices);
        }
    }

    pub(super) fn me(&self) -> Option<PersonId> {
        self.session.me.as_ref().map(|me| me.person)
    }

    pub(super) fn doer(&self) -> Option<Doer> {
        self.session.me.as_ref().map(Doer::of)
    }

    /// Has the store do this in the name of whoever works here.
    pub(super) fn order(&mut self, order: Order, scan: Option<u64>) {
        let Some(doer) = self.doer() else {
            self.found_house(order);
            return;
        };
        let led = self.scan_that_led_here().filter(|_| scan.is_none());
        let request = self.ask(led.map_or(Awaited::Order(scan), Awaited::Led));
        self.effects
            .push(Effect::Do(request, doer, Box::new(order)));
    }

    // Answers

    fn answered(&mut self, request: RequestId, answer: Answer) {
        let Some(place) = self.session.asked.iter().position(|(id, _)| *id == request) else {
            match answer {
                // Let in, and somebody else stands here by now: they do not work here.
                Answer::LoggedIn(Ok(member)) => {
                    self.effects.push(Effect::LogOut(Doer::of(&member)));
                }
                _ => self.expected = false,
            }
            return;
        };
        let (_, awaited) = self.session.asked.remove(place);
        match (awaited, answer) {
            (Awaited::Staff | Awaited::LogIn, answer) => self.answered_locked(answer),
            (Awaited::Facts, Answer::Facts(facts)) => {
                self.session.facts = *facts;
                self.keep_row();
                if self.session.stale {
                    self.read_facts();
                }
                self.search_again();
            }
            (Awaited::Calls, Answer::Calls(calls)) => {
                self.session.calls = calls;
                if self.session.stale {
                    self.read_facts();
                }
            }
            (Awaited::Search, Answer::Found(hits)) => self.found(hits),
            (Awaited::Candidates(place), Answer::Candidates(found)) => {
                self.candidates(place, found);
            }
            (Awaited::Signature, Answer::Signature(strokes)) => self.show_signature(strokes),
            (Awaited::Order(scan), Answer::Done(done)) => self.done(scan, *done),
            (Awaited::Led(scan), Answer::Done(done)) => {
                self.came_of(scan, &done);
                self.done(None, *done);
            }
            _ => self.expected = false,
        }
    }

    fn failed(&mut self, request: RequestId) {
        let Some(place) = self.session.asked.iter().position(|(id, _)| *id == request) else {
            return;
        };
        let (_, awaited) = self.session.asked.remove(place);
        match awaited {
            Awaited::Order(scan) => self.done(scan, Err(Refusal::NotDone)),
            Awaited::Led(_) => self.done(None, Err(Refusal::NotDone)),
            Awaited::Staff | Awaited::LogIn => {
                self.answer_reader(Signal::Refused);
                let said = say::refusal(&Refusal::NotDone, self.house, self.session.language);
                self.session.locked.problem = Some(said);
            }
            Awaited::Candidates(place) => self.candidates(place, Vec::new()),
            Awaited::Search => self.session.leads_on = false,
            Awaited::Facts | Awaited::Calls | Awaited::Signature => {}
        }
    }

    fn done(&mut self, scan: Option<u64>, done: Result<Outcome, Refusal>) {
        match scan {
            Some(line) => self.scan_done(line, done),
            None => {
                match &done {
                    Err(refusal) => self.refused(refusal),
                    Ok(_) => {
                        let form = self.session.submitted.take();
                        if form.is_some_and(|form| form.repeats()) {
                            self.session.pieces += 1;
                        }
                    }
                }
                self.session.notice = Some(done);
            }
        }
    }

    /// Keeps the chosen row, or the place where it was.
    pub(super) fn keep_row(&mut self) {
        let Some(table) = self.table() else {
            return;
        };
        let place = &mut self.session.place;
        match table.rows.iter().position(|row| row.key == place.key) {
            Some(row) => place.row = row,
            None => {
                place.row = place.row.min(table.rows.len().saturating_sub(1));
                place.key = table
                    .rows
                    .get(place.row)
                    .map(|row| row.key.clone())
                    .unwrap_or_default();
            }
        }
    }

    pub(super) fn table(&self) -> Option<Table> {
        let look = look(&self.session, self.house, self.at)?;
        Some(shown(&self.session, &look))
    }
}

/// What the rooms are drawn from; nothing while nobody works here.
pub(super) fn look<'a>(
    session: &'a Session,
    house: &'a House,
    at: DateTime<Utc>,
) -> Option<Look<'a>> {
    session.me.as_ref().map(|me| Look {
        house,
        facts: &session.facts,
        devices: &session.devices,
        me,
        language: session.language,
        at,
    })
}

/// The table on the screen: what was found, or that of the room.
pub(super) fn shown(session: &Session, look: &Look<'_>) -> Table {
    match &session.hits {
        Some(hits) => found(hits, look),
        None => session.place.room.table(session.place.tab, look),
    }
}
