//! Who brought something back: whoever takes it in at the desk can say so, and the registers read it.

use crate::support::{CHEN, GRACE};
use crate::{Press, Role, Window};
use lodge::desk::Event;
use lodge::lending::{BroughtBack, Wanted};

fn pane(window: &Window, label: &str) -> Option<String> {
    let facts = window.shown().facts;
    let found = facts.into_iter().find(|(name, _)| name == label);
    found.map(|(_, value)| value)
}

fn to_register(window: &mut Window, room: u8) {
    window.press(Press::F(room));
    while !window.shown().tabs[window.shown().tab].starts_with("登记") {
        window.press(Press::Right);
    }
}

#[test]
fn a_thing_that_somebody_else_brings_to_the_desk_says_who_in_the_register_and_where_it_is_found() {
    let mut window = Window::open(Role::Receptionist);
    let at = window.at;
    let lent = window.lobby.lend_umbrella(GRACE, at).expect("an umbrella");
    let number = lent.loan.number.to_string();
    window.happens(Event::BooksChanged);
    window.press(Press::F(3));
    window.press(Press::Char('b'));
    window.types("陈晓明");
    window.press(Press::Enter);
    let (_, notice) = window.shown().notice.expect("a notice");
    assert!(notice.contains("已归还"), "{notice}");
    window.happens(Event::BooksChanged);
    to_register(&mut window, 3);
    assert_eq!(pane(&window, "归还人").as_deref(), Some("陈*明代还"));
    window.press(Press::Ctrl('k'));
    window.types(&number);
    assert_eq!(pane(&window, "归还人").as_deref(), Some("陈*明代还"));
    let verified = window.lobby.books.verify();
    verified.expect("books that can be read");
}

#[test]
fn the_register_of_loans_says_whose_card_was_shown_or_who_took_it_in() {
    let mut window = Window::open(Role::Receptionist);
    let at = window.at;
    let mut told = Vec::new();
    for by in [Some(GRACE), Some(CHEN), None] {
        let wanted = Wanted::Tag("PC-01".to_owned());
        let lent = window.lobby.lend(CHEN, wanted, at);
        let loan = BroughtBack::Loan(lent.expect("a PC").loan.id);
        let back = window.lobby.take_back(loan, by, at);
        back.expect("it is back");
        let thing = window.lobby.books.registers(at).expect("books").things;
        let thing = thing.iter().find(|thing| thing.tag == "PC-01");
        let check = lodge::desk::lending::LendingOrder::Check {
            thing: thing.expect("the PC").id,
            answers: Vec::new(),
            to: lodge::lending::ThingState::Available,
        };
        window.lends(check);
        to_register(&mut window, 3);
        for _ in 0..5 {
            window.press(Press::Up);
        }
        told.push(pane(&window, "归还人").unwrap_or_default());
    }
    window.lobby.lend_umbrella(GRACE, at).expect("an umbrella");
    window.happens(Event::BooksChanged);
    window.press(Press::F(3));
    window.press(Press::Char('r'));
    window.happens(Event::BooksChanged);
    to_register(&mut window, 3);
    for _ in 0..5 {
        window.press(Press::Up);
    }
    told.push(pane(&window, "归还人").unwrap_or_default());
    assert_eq!(
        told,
        ["郝*蕾代还", "本人", "未刷卡", "在前台归还（李*华收）"]
    );
}

#[test]
fn a_key_that_somebody_else_brings_to_the_desk_says_who_in_its_register() {
    for (typed, says) in [
        ("方钥匙", "本人"),
        ("郑保安", "郑*安代还"),
        ("", "在前台归还（李*华收）"),
    ] {
        let mut window = Window::open(Role::Receptionist);
        let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
        window.lobby.employ("郑保安", Role::Security);
        window.key_out("K-31", keeper);
        window.press(Press::F(4));
        window.press(Press::Char('r'));
        for _ in 0..5 {
            window.press(Press::Char('y'));
        }
        window.types(typed);
        window.press(Press::Enter);
        window.happens(Event::BooksChanged);
        to_register(&mut window, 4);
        assert_eq!(pane(&window, "归还人").as_deref(), Some(says), "{typed}");
    }
}
