//! The search box before the books have answered: what was typed counts, not what an earlier answer shows.

use crate::{Press, Role, Window};
use lodge::desk::Event;
use lodge::desk::event::Effect;

/// A window with two of one surname, the second of whom is found only by the whole name.
fn window() -> Window {
    let mut window = Window::open(Role::Supervisor);
    for name in ["王建国", "王强"] {
        window.lobby.employ(name, Role::PropertyStaff);
    }
    window.happens(Event::BooksChanged);
    window.press(Press::Ctrl('k'));
    window.types("王");
    window
}

/// The key is pressed, and the books have not answered yet.
fn pressed(window: &mut Window, press: Press) -> Vec<Effect> {
    window.begins(Event::Pressed(press))
}

fn chosen(window: &Window) -> String {
    let work = window.shown();
    work.rows[work.row].cells.join(" ")
}

#[test]
fn enter_before_the_answer_leads_to_what_was_typed() {
    let mut window = window();
    window.press(Press::Up);
    assert!(chosen(&window).contains("王*国"), "{}", chosen(&window));
    let asked = pressed(&mut window, Press::Char('强'));
    window.press(Press::Enter);
    for effect in asked {
        window.answers(effect);
    }
    let work = window.shown();
    assert!(work.room == 5 && !work.tabs.is_empty(), "its room is open");
    assert!(work.search.text.is_empty() && !work.search.focus);
    let row = chosen(&window);
    assert!(row.contains("王*") && !row.contains('国'), "{row}");
}

#[test]
fn whoever_goes_on_otherwise_is_not_led_away_by_a_late_answer() {
    for goes_on in [Press::Escape, Press::F(3)] {
        let mut window = window();
        let asked = pressed(&mut window, Press::Char('强'));
        window.press(Press::Enter);
        window.press(goes_on);
        let before = format!("{:?}", window.shown());
        for effect in asked {
            window.answers(effect);
        }
        assert_eq!(format!("{:?}", window.shown()), before, "{goes_on:?}");
        assert!(window.shown().search.text.is_empty());
    }
}

#[test]
fn a_search_whose_text_was_taken_back_shows_nothing() {
    let mut window = window();
    window.press(Press::Erase);
    let asked = pressed(&mut window, Press::Char('王'));
    window.press(Press::Erase);
    for effect in asked {
        window.answers(effect);
    }
    assert!(!window.shown().tabs.is_empty(), "the room is shown");
}
