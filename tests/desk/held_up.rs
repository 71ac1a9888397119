//! What is held up to the desk's reader, and what its lamp says to it.

use crate::support::card;
use crate::{Press, Role, Window};
use chrono::{DateTime, Utc};
use lodge::desk::event::{Doer, Order};
use lodge::desk::view::{Form, State};
use lodge::desk::{Event, present};
use lodge::people::{
    Certainty, How, NotRead, PersonName, Presented, PresentedDocument, ReadDocument, ReaderName,
    Signal,
};

const NUMBER: &str = "11010519491231002X";

fn reader() -> ReaderName {
    ReaderName("desk".to_owned())
}

pub fn tapped(number: u64, at: DateTime<Utc>) -> Event {
    Event::CardPresented(Presented {
        credential: card(number),
        how: How::Tapped,
        reader: Some(reader()),
        at,
        certainty: Certainty::Checked,
    })
}

fn document(at: DateTime<Utc>) -> Event {
    Event::DocumentPresented(PresentedDocument {
        document: ReadDocument {
            name: PersonName {
                chinese: Some("虚构".to_owned()),
                latin: None,
            },
            number: NUMBER.to_owned(),
        },
        reader: reader(),
        at,
        certainty: Certainty::Checked,
    })
}

/// What the lamp showed since it was last looked at.
fn lamp(window: &mut Window) -> Vec<Signal> {
    let signals = std::mem::take(&mut window.signals);
    assert!(signals.iter().all(|(at, _)| *at == reader()), "{signals:?}");
    signals.into_iter().map(|(_, signal)| signal).collect()
}

fn line(window: &Window) -> String {
    let view = present(&window.session, &window.house, window.at);
    match (view.state, view.dialog) {
        (_, Some(form)) => form.notice.map(|(_, said)| said),
        (State::Work(work), None) => work.notice.map(|(_, said)| said),
        (State::Locked(locked), None) => locked.problem,
    }
    .unwrap_or_default()
}

fn form(window: &Window) -> Option<Form> {
    present(&window.session, &window.house, window.at).dialog
}

#[test]
fn what_was_not_read_is_said_in_one_line_wherever_the_desk_stands() {
    let mut window = Window::open(Role::Supervisor);
    let reasons = [
        (NotRead::Again, "没有读完整"),
        (NotRead::Several, "不止一张"),
        (NotRead::RandomNumber, "手机"),
        (NotRead::NotThisKind, "不认这种卡"),
        (NotRead::NotProven, "没有通过验证"),
    ];
    let says_all = |window: &mut Window, place: &str| {
        for (why, words) in reasons {
            window.happens(Event::CardNotRead(reader(), why));
            let said = line(window);
            assert!(said.contains(words), "{place}: {said}");
            assert_eq!(lamp(window), [Signal::Refused], "{place}");
        }
    };
    says_all(&mut window, "at work");
    window.press(Press::F(2));
    assert_eq!(line(&window), "", "the next key wipes it");
    window.press(Press::Left);
    window.press(Press::Char('n'));
    assert!(form(&window).is_some());
    says_all(&mut window, "in a form");
    window.press(Press::Escape);
    window.press(Press::F(12));
    says_all(&mut window, "locked");
}

#[test]
fn a_reader_that_fails_all_the_time_keeps_no_desk_open() {
    let mut window = Window::open(Role::Supervisor);
    for _ in 0..5 {
        window.at += crate::minutes(1);
        window.happens(Event::CardNotRead(reader(), NotRead::Again));
    }
    window.happens(Event::TimerFired(lodge::desk::Timer::Idle));
    assert!(window.work().is_none());
}

#[test]
fn a_document_fills_the_field_for_its_number_and_is_wanted_nowhere_else() {
    let mut window = Window::open(Role::Supervisor);
    let shown = document(window.at);
    window.happens(shown.clone());
    assert!(line(&window).contains("证件号码"), "{}", line(&window));
    assert_eq!(lamp(&mut window), [Signal::Refused]);

    window.press(Press::F(2));
    window.press(Press::Left);
    window.press(Press::Char('n'));
    window.happens(shown.clone());
    assert_eq!(lamp(&mut window), [Signal::Granted]);
    let fields = form(&window).expect("the form").fields;
    assert_eq!(fields[3].value, NUMBER);
    assert_eq!(line(&window), "");
    window.types("虚构");
    (0..4).for_each(|_| window.press(Press::Tab { back: false }));
    window.types("闹事");
    window.press(Press::Enter);
    assert!(form(&window).is_none());
    let visits = window.lobby.books.registers(window.at).expect("facts");
    assert!(visits.barred.iter().any(|entry| entry.has_document));

    window.press(Press::F(12));
    window.happens(shown);
    assert!(line(&window).contains("证件号码"), "{}", line(&window));
    assert_eq!(lamp(&mut window), [Signal::Refused]);
}

#[test]
fn the_lamp_says_whether_a_card_logs_in_and_whether_a_form_took_it() {
    let mut window = Window::open(Role::Supervisor);
    let issue = Order::IssueCard {
        person: window.me,
        credential: card(0x51),
    };
    let me = Doer {
        person: window.me,
        card: None,
    };
    let books = &mut window.lobby.books;
    let issued = books.desk_order(&window.house, me, &issue, window.at);
    issued.expect("books").expect("a card");
    window.press(Press::F(12));
    window.happens(tapped(0x99, window.at));
    assert_eq!(lamp(&mut window), [Signal::Wait, Signal::Refused]);
    window.happens(tapped(0x51, window.at));
    assert_eq!(lamp(&mut window), [Signal::Wait, Signal::Granted]);
    window.types(crate::PIN);
    window.press(Press::Enter);
    assert!(window.work().is_some() && lamp(&mut window).is_empty());

    // The form of a new card takes it; one about a company has no use for it, and says so.
    window.press(Press::Ctrl('k'));
    window.types("郝");
    window.press(Press::Enter);
    window.press(Press::Char('k'));
    assert!(form(&window).is_some());
    window.happens(tapped(0x52, window.at));
    assert_eq!(lamp(&mut window), [Signal::Granted]);
    window.press(Press::Escape);
    window.press(Press::F(2));
    window.press(Press::Left);
    window.press(Press::Char('n'));
    window.happens(tapped(0x52, window.at));
    assert_eq!(lamp(&mut window), [Signal::Refused]);
    assert_eq!(line(&window), "这张表单不需要刷卡。");
}
