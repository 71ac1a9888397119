//! Forms at the desk: where the cursor stands after a refusal, and what takes more than Enter.

use crate::support::{CHEN, GRACE, Lobby, card, desk_house, kinds, minutes};
use crate::{Window, house};
use lodge::desk::services::MailOrder;
use lodge::desk::view::Form;
use lodge::desk::{Event, Press, present};
use lodge::lending::Wanted;
use lodge::mail::desk::Intake;
use lodge::mail::{Addressee, MailKind};
use lodge::people::{CardState, Role};
use lodge::store::CardRow;

fn form(window: &Window) -> Option<Form> {
    present(&window.session, &house(), window.at).dialog
}

fn open_form(window: &Window) -> Form {
    form(window).expect("a form")
}

fn tab(window: &mut Window, count: usize) {
    for _ in 0..count {
        window.press(Press::Tab { back: false });
    }
}

#[test]
fn a_refused_form_stands_at_the_field_that_is_wrong() {
    let mut window = Window::open(Role::Receptionist);
    window.press(Press::F(2));
    window.press(Press::Char('a'));
    window.types("周远");
    tab(&mut window, 5);
    window.types("gra");
    tab(&mut window, 2);
    window.types("1000");
    tab(&mut window, 1);
    window.types("0930");
    window.press(Press::Up);
    window.press(Press::Ctrl('s'));
    let refused = open_form(&window);
    assert!(
        refused
            .notice
            .is_some_and(|(_, why)| why.contains("时间不对"))
    );
    assert_eq!(refused.fields[refused.chosen].label, "到");
    // The first digit takes the place of what was wrong; Enter is all it needs.
    window.types("1130");
    window.press(Press::Enter);
    assert_eq!(form(&window), None);
    let notice = window.shown().notice.expect("what came of it").1;
    assert!(notice.contains("预约码"), "{notice}");
}

#[test]
fn a_tag_in_use_is_typed_anew_where_it_stands() {
    let mut window = Window::open(Role::Receptionist);
    window.press(Press::F(3));
    for _ in 0..3 {
        window.press(Press::Right);
    }
    window.press(Press::Char('n'));
    window.press(Press::Enter);
    window.types("PC-01");
    window.press(Press::Enter);
    window.types("01");
    window.press(Press::Enter);
    let refused = open_form(&window);
    assert_eq!((refused.chosen, &*refused.fields[1].value), (1, "PC-01"));
    window.types("PC-09");
    window.press(Press::Enter);
    window.press(Press::Enter);
    assert_eq!(form(&window), None);
}

#[test]
fn mail_that_nobody_signed_for_is_asked_about_at_the_signature() {
    let mut window = Window::open(Role::Supervisor);
    window.mail(MailOrder::TakeIn(Intake {
        tracking: String::new(),
        addressee: Addressee::Person(window.lobby.grace),
        kind: MailKind::RegisteredLetter,
        shelf: "B-09".to_owned(),
    }));
    window.press(Press::F(5));
    window.press(Press::Char('h'));
    window.types("陈晓明");
    tab(&mut window, 1);
    window.types("本人来电");
    window.press(Press::Ctrl('s'));
    let refused = open_form(&window);
    assert!(refused.notice.is_some(), "{refused:?}");
    assert_eq!(refused.fields[refused.chosen].label, "已在纸上签收");
    window.press(Press::Char('y'));
    window.press(Press::Enter);
    assert_eq!(form(&window), None);
}

#[test]
fn a_thing_that_is_not_back_is_kept_from_a_later_hour_typed_where_the_cursor_stands() {
    let mut kinds = kinds();
    for kind in &mut kinds {
        kind.policy.reservable = true;
    }
    let mut lobby = Lobby::open();
    lobby.kinds = kinds.clone();
    let mut window = Window::of(lobby, desk_house(&kinds), Role::Receptionist);
    let lent = window
        .lobby
        .lend(CHEN, Wanted::Tag("PC-01".to_owned()), window.at);
    lent.expect("a PC");
    // The next day it is still out.
    window.at += minutes(24 * 60);
    window.happens(Event::BooksChanged);
    window.press(Press::F(3));
    for _ in 0..3 {
        window.press(Press::Right);
    }
    let rows = window.shown().rows;
    let pc = rows
        .iter()
        .position(|row| format!("{row:?}").contains("PC-01"));
    for _ in 0..pc.expect("the PC is in stock") {
        window.press(Press::Down);
    }
    window.press(Press::Char('v'));
    window.types("gra");
    window.press(Press::Ctrl('s'));
    let refused = open_form(&window);
    let why = refused.notice.clone().expect("why not").1;
    assert!(why.contains("现在还没有回来"), "{why}");
    assert_eq!(refused.fields[refused.chosen].label, "从");
    window.types("1300");
    assert_eq!(open_form(&window).fields[refused.chosen].value, "1300");
}

#[test]
fn a_name_that_is_missing_is_asked_at_its_field() {
    let mut window = Window::open(Role::Supervisor);
    window.press(Press::F(6));
    window.press(Press::Char('n'));
    tab(&mut window, 3);
    window.press(Press::Enter);
    let stopped = open_form(&window);
    assert!(stopped.problem.is_some());
    assert_eq!(stopped.chosen, 0);
}

#[test]
fn an_expected_visit_is_withdrawn_by_its_key_and_a_yes_and_is_never_since() {
    let mut window = Window::open(Role::Receptionist);
    window.announced("周远");
    window.press(Press::F(2));
    window.press(Press::Right);
    window.press(Press::Right);
    let work = window.shown();
    assert_eq!(work.rows.len(), 1);
    let labels: Vec<&str> = work.facts.iter().map(|(label, _)| &**label).collect();
    assert!(labels.contains(&"预约时间"), "{labels:?}");
    assert!(!labels.contains(&"时间"), "{labels:?}");
    let before = window.lobby.books.length().expect("a length");
    window.press(Press::Enter);
    assert_eq!(form(&window), None, "Enter takes nothing away");
    window.press(Press::Char('w'));
    window.press(Press::Enter);
    let asked = open_form(&window);
    assert!(asked.problem.is_some_and(|why| why.contains("确实撤销")));
    assert_eq!(window.lobby.books.length().expect("a length"), before);
    window.press(Press::Char('y'));
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    let work = window.shown();
    assert!(work.rows.is_empty());
    assert!(
        work.notice
            .is_some_and(|(_, said)| said.contains("预约已撤销"))
    );
    // A search still finds it, and says what became of it; its code is told no more.
    window.press(Press::Ctrl('k'));
    window.types("周远");
    let found = format!("{:?}", window.shown().facts);
    assert!(
        found.contains("已撤销") && !found.contains("预约码"),
        "{found}"
    );
}

#[test]
fn the_third_card_of_a_person_is_blocked_too() {
    let mut window = Window::open(Role::Receptionist);
    for number in [0xB2, 0xB3] {
        let row = CardRow {
            person: window.lobby.grace,
            credential: card(number),
            state: CardState::Active,
        };
        let books = &mut window.lobby.books;
        books.issue_card(&row, window.at).expect("a card");
    }
    window.press(Press::Ctrl('k'));
    window.types("郝");
    window.press(Press::Enter);
    window.press(Press::Char('c'));
    let asked = open_form(&window);
    assert!(asked.fields[0].value.contains("挂失身份卡 3"), "{asked:?}");
    window.press(Press::Enter);
    let state = |number| {
        let found = window.lobby.books.identify_card(&card(number));
        format!("{:?}", found.expect("readable books"))
    };
    let blocked = [GRACE, 0xB2, 0xB3].map(|number| state(number) == "LostCard");
    assert_eq!(blocked.iter().filter(|lost| **lost).count(), 1);
    assert!(!blocked[0], "the first one stays");
}
