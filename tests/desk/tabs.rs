//! The window itself: every tab of every room is in sight, in both languages, at both widths.

use crate::{Press, Role, Window, house, present};
use lodge::desk::event::{Click, Event};
use lodge::screen::{DeskWindow, Look};
use lodge_ui::headless::{self, Piece};

/// The usual window, and the smallest there is.
const SIZES: [(u32, u32); 2] = [(1440, 900), (1180, 720)];

#[test]
fn every_tab_is_in_sight_in_both_languages_at_both_widths() {
    headless::init(true, false).expect("no window on this thread before this one");
    let mut window = Window::open(Role::Supervisor);
    for size in SIZES {
        let desk = DeskWindow::open(size, 0, &Look::default(), |_| {}).expect("a window");
        for language in ["zh", "en"] {
            for room in 1..=8 {
                window.press(Press::F(room));
                let tabs = window.shown().tabs;
                for (place, name) in tabs.iter().enumerate() {
                    window.happens(Event::Clicked(Click::Tab(place)));
                    desk.show(&present(&window.session, &house(), window.at));
                    let at = format!("{size:?} {language} F{room} {name}");
                    in_sight(&desk, size, &window.shown().tabs, &at);
                }
            }
            window.press(Press::F(11));
        }
    }
}

/// The tabs stand between the rail and the pane, apart from one another, and each is as wide as it says.
fn in_sight(desk: &DeskWindow, size: (u32, u32), tabs: &[String], at: &str) {
    let pieces = headless::pieces(desk.window());
    let slim = size.0 < 1320;
    let middle = match slim {
        true => (164.0, size.0 as f32 - 300.0),
        false => (208.0, size.0 as f32 - 352.0),
    };
    let found: Vec<&Piece> = tabs
        .iter()
        .map(|tab| {
            let mut pieces = pieces.iter();
            let found = pieces.find(|piece| piece.control && piece.label == *tab);
            found.unwrap_or_else(|| panic!("{at}: no tab {tab}"))
        })
        .collect();
    for (place, one) in found.iter().enumerate() {
        let ends = one.x + one.width;
        assert!(
            one.x >= middle.0 && ends <= middle.1,
            "{at}: cut off: {one:?}"
        );
        for other in &found[..place] {
            let beside = one.x >= other.x + other.width + 4.0 || other.x >= ends + 4.0;
            let below = (one.y - other.y).abs() >= one.height + 4.0;
            assert!(beside || below, "{at}: {one:?} on {other:?}");
        }
    }
}
