//! Scans one after the other at the desk: none is lost, and none becomes anything else.

use super::scans::{form, in_english, piece, said, scan, stands, state_of, yes};
use crate::{CHEN, GRACE, Press, Role, Wanted, Window};
use chrono::TimeDelta;
use lodge::desk::Event;
use lodge::desk::services::{ServiceOrder, VisitOrder};
use lodge::desk::view::Mark;
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

/// The lines beside the form that is open, the newest first.
fn beside(window: &Window) -> Vec<(Mark, String)> {
    let lines = form(window).expect("a form").scans.into_iter();
    lines.map(|line| (line.mark, line.text)).collect()
}

#[test]
fn what_comes_back_while_a_form_is_open_is_taken_back_and_said_in_it() {
    let mut window = Window::open(Role::Receptionist);
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    window.key_out("K-31", keeper);
    let lent = [GRACE, CHEN].map(|to| {
        let lent = window.lobby.lend_umbrella(to, window.at);
        lent.expect("an umbrella").loan
    });
    let pc = window
        .lobby
        .lend(CHEN, Wanted::Tag("PC-01".to_owned()), window.at)
        .expect("a PC");
    window.happens(Event::BooksChanged);
    scan(&mut window, "T-K-31");
    let before = form(&window).expect("its points are asked");
    for loan in &lent {
        scan(&mut window, &loan.number.code());
    }
    scan(&mut window, "PC-01");
    let now = form(&window).expect("the form stays");
    assert_eq!((&now.fields, now.chosen), (&before.fields, before.chosen));
    let lines = beside(&window);
    assert_eq!(lines.len(), 3);
    for (_, line) in &lines {
        assert!(line.contains("已归还"), "{lines:?}");
    }
    yes(&mut window, 5);
    assert_eq!(form(&window), None);
    window.press(Press::F(3));
    let rows = window.shown().rows;
    assert!(rows.is_empty(), "{} is out: {rows:?}", pc.loan.number);
    // Behind the form its line is gone with it.
    scan(&mut window, "T-K-31");
    window.press(Press::Escape);
    window.press(Press::F(2));
    window.press(Press::Char('a'));
    assert!(beside(&window).is_empty());
}

#[test]
fn a_label_scanned_while_another_piece_is_asked_about_is_not_typed_and_said_to_wait() {
    for is_english in [false, true] {
        let mut window = Window::open(Role::MailAdministrator);
        let shelves = ["S-01", "S-02", "S-03"];
        let items = shelves.map(|shelf| piece(&mut window, MailKind::Letter, "", shelf).0);
        if is_english {
            window = in_english(window);
        }
        let codes = items
            .each_ref()
            .map(|item| item.number.as_ref().expect("a number").code());
        scan(&mut window, &codes[0]);
        let before = form(&window).expect("who takes it is asked");
        scan(&mut window, &codes[1]);
        scan(&mut window, &codes[2]);
        let now = form(&window).expect("the form stays");
        assert_eq!((&now.fields, now.chosen), (&before.fields, before.chosen));
        let waits = match is_english {
            true => "a form is open",
            false => "表单未关闭",
        };
        let lines = beside(&window);
        for ((mark, line), shelf) in lines.iter().zip(["S-03", "S-02"]) {
            let says = line.contains(shelf) && line.contains(waits);
            assert!(says && *mark == Mark::Attend, "{line}");
        }
        assert_eq!(lines.len(), 2);
        // Nobody took it: nothing goes.
        window.press(Press::Enter);
        assert!(form(&window).expect("a form").problem.is_some());
        window.press(Press::Escape);
        assert!(said(&window).contains(waits), "{}", said(&window));
        for item in &items {
            assert_eq!(state_of(&window, item), MailState::Waiting);
        }
        // Scanned again, it is asked about.
        scan(&mut window, &codes[1]);
        assert!(form(&window).is_some() && !said(&window).contains(waits));
    }
}

#[test]
fn a_scan_fills_a_field_for_codes_alone() {
    let mut window = Window::open(Role::Supervisor);
    window.press(Press::F(5));
    window.press(Press::Char('i'));
    scan(&mut window, "SF1234567890");
    let now = form(&window).expect("mail comes in");
    assert_eq!((&*now.fields[0].value, now.chosen), ("SF1234567890", 1));
    // The second is no name, and the first stays.
    scan(&mut window, "YT9876543210");
    let now = form(&window).expect("mail comes in");
    assert_eq!((&*now.fields[0].value, now.chosen), ("SF1234567890", 1));
    assert!(now.fields[1].value.is_empty());
    assert!(beside(&window)[0].1.contains("YT9876543210"));
    // Nor is a code whose end would be cut off.
    window.press(Press::Up);
    scan(&mut window, &"9".repeat(41));
    let now = form(&window).expect("mail comes in");
    assert_eq!(&*now.fields[0].value, "SF1234567890");
    assert_eq!(beside(&window).len(), 2);
    // Another key in the place of one that is lost.
    window.press(Press::Escape);
    window.press(Press::F(4));
    window.press(Press::Char('h'));
    window.press(Press::Down);
    scan(&mut window, "T-K-77");
    let now = form(&window).expect("a key is new");
    assert_eq!((&*now.fields[1].value, now.chosen), ("T-K-77", 2));
}
