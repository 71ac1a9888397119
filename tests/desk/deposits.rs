//! Deposits at the desk: one that nobody took is asked for, one that is held is given back.

use crate::support::{GRACE, Lobby, desk_house, kinds};
use crate::{Press, Role, Window};
use lodge::desk::Event;
use lodge::lending::{BroughtBack, Wanted};

/// A house that wants 200 yuan for a PC.
fn window() -> Window {
    let mut kinds = kinds();
    for kind in kinds.iter_mut().filter(|kind| kind.id.0 == "pc") {
        kind.policy.deposit_fen = 20_000;
    }
    let mut lobby = Lobby::open();
    lobby.kinds = kinds.clone();
    Window::of(lobby, desk_house(&kinds), Role::Receptionist)
}

fn lend(window: &mut Window) -> lodge::lending::Loan {
    let at = window.at;
    let wanted = Wanted::Tag("PC-01".to_owned());
    let loan = window.lobby.lend(GRACE, wanted, at).expect("a PC").loan;
    window.happens(Event::BooksChanged);
    loan
}

/// What of the needs is about money.
fn needs(window: &Window) -> Vec<(String, String)> {
    let needs = window.shown().needs.into_iter();
    needs
        .filter(|need| need.title.contains('¥'))
        .map(|need| (need.title, need.about))
        .collect()
}

#[test]
fn a_deposit_that_nobody_took_is_asked_for_until_it_is_taken_and_then_held() {
    let mut window = window();
    lend(&mut window);
    let asked = needs(&window);
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(asked[0].0, "押金 ¥200 待收");
    assert!(asked[0].1.starts_with("笔记本电脑 01 · "), "{asked:?}");
    // It leads to where one key takes it.
    window.press(Press::Char('1'));
    let work = window.shown();
    assert_eq!(work.rows[work.row].cells[3], "押金 ¥200 待收");
    window.press(Press::Char('r'));
    window.happens(Event::BooksChanged);
    assert_eq!(needs(&window), []);
    let held = window.shown().rows;
    assert_eq!((held.len(), held[0].cells[3].as_str()), (1, "¥200"));
    // And one key gives it back; what was given back is not asked for again.
    window.press(Press::Char('r'));
    window.happens(Event::BooksChanged);
    assert!(window.shown().rows.is_empty());
    assert_eq!(needs(&window), []);
}

#[test]
fn what_came_back_before_its_deposit_was_taken_is_asked_for_no_more() {
    let mut window = window();
    let loan = lend(&mut window);
    assert_eq!(needs(&window).len(), 1);
    let at = window.at;
    let back = BroughtBack::Loan(loan.id);
    window.lobby.take_back(back, None, at).expect("it is back");
    window.happens(Event::BooksChanged);
    assert_eq!(needs(&window), []);
}
