//! How the desk's window moves by keys alone, on real books.

mod support;

mod desk {
    mod along;
    mod bringers;
    mod cards;
    mod deposits;
    mod finding;
    mod forms;
    mod held_up;
    mod keys;
    mod left;
    mod locked;
    mod moving;
    mod needs;
    mod papers;
    mod parts;
    mod reading;
    mod register;
    mod roles;
    mod rooms;
    mod scans;
    mod scans_on;
    mod seeking;
    mod setting;
    mod stands;
    mod tabs;
    mod written;
}

use chrono::{DateTime, Utc};
use lodge::desk::event::{Answer, Doer, Effect, Order, RequestId};
use lodge::desk::lending::LendingOrder;
use lodge::desk::services::{KeyOrder, MailOrder, ServiceOrder};
use lodge::desk::view::{State, Work};
use lodge::desk::{Event, House, Press, Session, present, step};
use lodge::lending::{BroughtBack, Wanted};
use lodge::people::staff::Member;
use lodge::people::{PersonId, ReaderName, Role, Signal};
use support::{CHEN, GRACE, Lobby, PIN, kinds, log_in, minutes, monday_morning};

fn house() -> House {
    support::desk_house(&kinds())
}

/// The machine with real books behind it, and a clock moved by hand.
struct Window {
    lobby: Lobby,
    house: House,
    session: Session,
    at: DateTime<Utc>,
    /// Who works here.
    me: PersonId,
    /// What readers were to show.
    signals: Vec<(ReaderName, Signal)>,
}

impl Window {
    fn open(role: Role) -> Self {
        Window::of(Lobby::open(), house(), role)
    }

    fn of(mut lobby: Lobby, house: House, role: Role) -> Self {
        let me = lobby.employ("李静华", role);
        let at = monday_morning();
        let session = Session::start(&house, at).session;
        let mut window = Window {
            lobby,
            house,
            session,
            at,
            me,
            signals: Vec::new(),
        };
        window.types("李静华");
        window.press(Press::Enter);
        window.types(PIN);
        window.press(Press::Enter);
        window
    }

    fn press(&mut self, press: Press) {
        self.happens(Event::Pressed(press));
    }

    fn types(&mut self, text: &str) {
        text.chars().for_each(|char| self.press(Press::Char(char)));
    }

    fn happens(&mut self, event: Event) {
        for effect in self.begins(event) {
            self.answers(effect);
        }
    }

    /// The books answer.
    fn answers(&mut self, effect: Effect) {
        if let Some((request, answer)) = self.perform(effect) {
            self.happens(Event::Answered(request, answer));
        }
    }

    /// Something happens, and the books have not answered yet.
    fn begins(&mut self, event: Event) -> Vec<Effect> {
        let next = step(
            std::mem::take(&mut self.session),
            &self.house,
            self.at,
            event,
        );
        self.session = next.session;
        next.effects
    }

    fn perform(&mut self, effect: Effect) -> Option<(RequestId, Answer)> {
        let (books, house, at) = (&mut self.lobby.books, &self.house, self.at);
        const READ: &str = "readable books";
        Some(match effect {
            Effect::FindStaff(request, claim) => {
                let found: Option<Member> = books.find_staff(&claim).expect(READ);
                (request, Answer::Staff(found.map(Box::new)))
            }
            Effect::LogIn(request, member, pin) => {
                let done = log_in(books, &member, &pin, at);
                (request, Answer::LoggedIn(done.map(|()| member)))
            }
            Effect::ReadFacts(request, who) => (
                request,
                Answer::Facts(Box::new(books.desk_facts(who, at).expect(READ))),
            ),
            Effect::ReadCalls(request) => (request, Answer::Calls(books.desk_calls().expect(READ))),
            Effect::Search(request, who, text) => (
                request,
                Answer::Found(books.search(who, &text, at).expect(READ)),
            ),
            Effect::Find(request, who, seek, typed) => {
                let found = books.desk_candidates(who, seek, &typed).expect(READ);
                (request, Answer::Candidates(found))
            }
            Effect::ReadSignature(request, who, of) => (
                request,
                Answer::Signature(books.signature(who, of).expect(READ)),
            ),
            Effect::Do(request, doer, order) => {
                let done = books.desk_order(house, doer, &order, at).expect(READ);
                (request, Answer::Done(Box::new(done)))
            }
            Effect::RememberLanguage(person, language) => {
                let done = books.remember_language(person, language, at);
                done.expect("writable books");
                return None;
            }
            Effect::Signal(reader, signal) => {
                self.signals.push((reader, signal));
                return None;
            }
            _ => return None,
        })
    }

    /// Something is done elsewhere, in the same name, and the window hears of it.
    fn done(&mut self, order: ServiceOrder) {
        let doer = Doer {
            person: self.me,
            card: None,
        };
        let order = Order::Service(order);
        let books = &mut self.lobby.books;
        let done = books.desk_order(&self.house, doer, &order, self.at);
        let done = done.expect("books that can be written");
        done.unwrap_or_else(|refusal| panic!("{order:?}: {refusal:?}"));
        self.happens(Event::BooksChanged);
    }

    fn mail(&mut self, order: MailOrder) {
        self.done(ServiceOrder::Mail(order));
    }

    fn lends(&mut self, order: LendingOrder) {
        let doer = Doer {
            person: self.me,
            card: None,
        };
        let order = Order::Lending(order);
        let done = (self.lobby.books).desk_order(&self.house, doer, &order, self.at);
        let done = done.expect("books that can be written");
        done.unwrap_or_else(|refusal| panic!("{order:?}: {refusal:?}"));
        self.happens(Event::BooksChanged);
    }

    fn keys(&mut self, order: KeyOrder) {
        self.done(ServiceOrder::Keys(order));
    }

    fn work(&self) -> Option<Box<Work>> {
        match present(&self.session, &self.house, self.at).state {
            State::Work(work) => Some(work),
            State::Locked(_) => None,
        }
    }

    fn shown(&self) -> Box<Work> {
        self.work().expect("somebody works here")
    }
}

#[test]
fn the_desk_locks_itself_and_shows_nothing_of_what_was_there() {
    let mut window = Window::open(Role::Receptionist);
    window
        .lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("an umbrella");
    window.happens(Event::BooksChanged);
    window.press(Press::F(3));
    assert_eq!(window.shown().rows.len(), 1);
    window.at += minutes(4);
    window.happens(Event::TimerFired(lodge::desk::Timer::Idle));
    assert!(window.work().is_some(), "four minutes are not five");
    window.at += minutes(1);
    window.happens(Event::TimerFired(lodge::desk::Timer::Idle));
    let view = format!("{:?}", present(&window.session, &house(), window.at));
    assert!(view.contains("Locked"), "{view}");
    for trace in ["Grace", "郝", "雨伞", "爱心伞", "李"] {
        assert!(!view.contains(trace), "{trace} stays: {view}");
    }
}

#[test]
fn what_a_role_does_not_permit_is_dim_and_does_nothing() {
    let mut window = Window::open(Role::Auditor);
    window
        .lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("an umbrella");
    window.happens(Event::BooksChanged);
    window.press(Press::F(3));
    let work = window.shown();
    assert!(!work.actions.is_empty() && work.actions.iter().all(|action| action.forbidden));
    assert!(work.forbidden.is_some());
    let before = window.lobby.books.length().expect("a length");
    window.press(Press::Enter);
    assert_eq!(window.lobby.books.length().expect("a length"), before);
    assert!(window.shown().notice.is_some());
}

#[test]
fn the_chosen_row_stays_chosen_when_another_goes() {
    let mut window = Window::open(Role::Receptionist);
    let at = monday_morning();
    let first = window
        .lobby
        .lend(CHEN, Wanted::Tag("PC-01".to_owned()), at)
        .expect("a PC");
    window.lobby.lend_umbrella(GRACE, at).expect("an umbrella");
    window.happens(Event::BooksChanged);
    window.press(Press::F(3));
    window.press(Press::Down);
    let chosen = |work: &Work| work.rows[work.row].cells[3].clone();
    let umbrella = chosen(&window.shown());
    window
        .lobby
        .take_back(BroughtBack::Loan(first.loan.id), None, at)
        .expect("a return");
    window.happens(Event::BooksChanged);
    assert_eq!(chosen(&window.shown()), umbrella);
}

#[test]
fn only_the_latest_search_is_shown() {
    let mut window = Window::open(Role::Receptionist);
    window.press(Press::Ctrl('k'));
    window.types("郝");
    assert_eq!(window.shown().rows.len(), 1);
    let late = Answer::Found(Vec::new());
    window.happens(Event::Answered(RequestId(1), late));
    assert_eq!(
        window.shown().rows.len(),
        1,
        "a late answer to an old search is dropped"
    );
    window.press(Press::Escape);
    assert!(window.shown().search.text.is_empty());
}
