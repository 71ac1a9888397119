//! Temporary cards that did not come back with their visitors: looked for in the matter and in their table.

use crate::support::card;
use crate::{Press, Role, Window};
use lodge::desk::Event;
use lodge::desk::event::Click;
use lodge::desk::services::{ServiceOrder, VisitOrder};
use lodge::people::{Certainty, How, Identity, Presented, Scanned};
use lodge::visits::VisitId;

/// A visitor has left with a temporary card.
fn gone_with_a_card() -> (Window, VisitId) {
    let mut window = Window::open(Role::Receptionist);
    let (visit, number) = window.guest_inside("周远", "");
    let issue = VisitOrder::IssueCard(visit, card(0x77));
    window.done(ServiceOrder::Visits(issue));
    let scanned = Scanned::line(&number.code(), "desk", window.at);
    window.happens(Event::CodeScanned(scanned));
    window.happens(Event::BooksChanged);
    (window, visit)
}

fn rows(window: &mut Window, room: u8, tab: usize) -> usize {
    window.press(Press::F(room));
    window.happens(Event::Clicked(Click::Tab(tab)));
    window.shown().rows.len()
}

#[test]
fn a_card_that_is_gone_is_written_off_from_its_matter_with_a_reason() {
    let (mut window, _) = gone_with_a_card();
    assert_eq!(rows(&mut window, 2, 4), 1);
    assert_eq!(rows(&mut window, 7, 0), 1);
    // Enter takes the matter, and nothing away.
    let work = window.shown();
    let labels: Vec<(&str, bool)> = work
        .actions
        .iter()
        .map(|action| (&*action.label, action.by_enter))
        .collect();
    assert_eq!(
        labels,
        [("接手", true), ("收回临时卡", false), ("临时卡遗失", false)]
    );
    window.press(Press::Char('x'));
    window.press(Press::Enter);
    assert_eq!(rows_of_matters(&window), 1, "a reason is needed");
    window.types("访客说丢在地铁上");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    let notice = window.shown().notice.expect("what came of it").1;
    assert_eq!(notice, "临时卡已作废，原因已记下");
    assert_eq!(rows_of_matters(&window), 0);
    assert_eq!(rows(&mut window, 2, 4), 0);
    let card = window.lobby.books.identify_card(&card(0x77));
    assert_eq!(card.expect("readable books"), Identity::LostCard);
    // Why, is read in the closed matter.
    assert_eq!(rows(&mut window, 7, 1), 1);
    let facts = format!("{:?}", window.shown().facts);
    assert!(facts.contains("访客说丢在地铁上"), "{facts}");
}

#[test]
fn a_card_that_comes_back_is_taken_from_its_matter_and_nobody_looks_for_it_any_more() {
    let (mut window, _) = gone_with_a_card();
    rows(&mut window, 7, 0);
    window.press(Press::Char('b'));
    window.happens(Event::CardPresented(Presented {
        credential: card(0x77),
        how: How::Tapped,
        reader: None,
        at: window.at,
        certainty: Certainty::Checked,
    }));
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert_eq!(rows_of_matters(&window), 0);
    assert_eq!(rows(&mut window, 2, 4), 0);
}

fn rows_of_matters(window: &Window) -> usize {
    let open = window.lobby.books.open_matters();
    open.expect("readable books").len()
}
