//! Scans one after the other at the desk: none is lost, and none becomes anything else.

use super::scans::{form, piece, said, scan, stands, state_of};
use crate::{Press, Role, Window};
use chrono::TimeDelta;
use lodge::desk::Event;
use lodge::desk::services::{ServiceOrder, VisitOrder};
use lodge::mail::{MailKind, MailState};
use lodge::visits::{InvitationCode, SignedIn, VisitState, VisitorType};

#[test]
fn an_invitation_that_was_withdrawn_stays_on_the_screen() {
    let mut window = Window::open(Role::Receptionist);
    let digits = window.announced("周远");
    let code = InvitationCode::from_digits(&digits).expect("a code");
    let visit = window.lobby.books.invitation(&code);
    let visit = visit.expect("readable books").expect("an invitation");
    window.done(ServiceOrder::Visits(VisitOrder::Withdraw(visit.id)));
    scan(&mut window, &code.code());
    // Anything at all is committed elsewhere.
    window.happens(Event::BooksChanged);
    let (room, row) = stands(&window);
    assert!(room == 1 && row.contains('周'), "{room} {row}");
    window.press(Press::Escape);
    assert!(!window.shown().tabs.is_empty());
}

#[test]
fn a_slip_of_last_year_shows_its_visitor_and_not_that_of_this_years_number() {
    let mut window = Window::open(Role::Receptionist);
    let (visit, old) = window.guest_inside("周远", "");
    window.done(ServiceOrder::Visits(VisitOrder::SignOut(visit, None)));
    window.at += TimeDelta::days(365);
    let (_, new) = window.guest_inside("孙强", "");
    assert_eq!(old.to_string(), new.to_string());
    scan(&mut window, &old.code());
    window.happens(Event::BooksChanged);
    let (_, row) = stands(&window);
    assert!(row.contains('周') && !row.contains('孙'), "{row}");
}

#[test]
fn codes_that_are_typed_into_the_scan_field_one_after_the_other_stay_codes() {
    let mut window = Window::open(Role::Receptionist);
    let (first, _) = piece(&mut window, MailKind::Letter, "SF1234567890", "S-01");
    let (second, _) = piece(&mut window, MailKind::Letter, "SF1234567891", "S-02");
    let before = window.lobby.books.length().expect("a length");
    window.press(Press::F(9));
    for (code, shelf) in [("SF1234567890", "S-01"), ("SF1234567891", "S-02")] {
        window.types(code);
        window.press(Press::Enter);
        let (room, row) = stands(&window);
        assert!(room == 4 && row.contains(shelf), "{room} {row}");
        assert!(window.shown().scan.focus && window.shown().notice.is_none());
    }
    assert_eq!(window.shown().scans.len(), 2);
    assert_eq!(window.lobby.books.length().expect("a length"), before);
    for item in [first, second] {
        assert_eq!(state_of(&window, &item), MailState::Waiting);
    }
}

#[test]
fn behind_the_slip_of_a_visitor_who_waits_enter_is_the_yes_and_another_code_is_a_code() {
    let mut window = Window::open(Role::Receptionist);
    let SignedIn::Waiting { visit, number } = window.signs_in("周远", VisitorType::Guest) else {
        panic!("a yes is asked for")
    };
    let state = |window: &Window| {
        let found = window.lobby.books.visit(visit).expect("readable books");
        found.expect("a visit").state
    };
    window.press(Press::F(9));
    window.types(&number.code());
    window.press(Press::Enter);
    // Letters of these are actions of the row.
    window.types("YN");
    assert_eq!(window.shown().scan.text, "YN");
    window.press(Press::Enter);
    assert!(said(&window).contains("不认识这个码"), "{}", said(&window));
    // Nothing was led to: Enter is for nobody.
    window.press(Press::Enter);
    assert!(state(&window) == VisitState::Waiting && form(&window).is_none());
    window.types(&number.code());
    window.press(Press::Enter);
    window.press(Press::Enter);
    assert_eq!(state(&window), VisitState::Admitted);
}
