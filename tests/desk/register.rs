//! The register of loans: what came back and what did not, and what is charged once it is over.

use crate::support::{CHEN, GRACE, desk_house, minutes, monday_morning};
use crate::{Press, Role, Window};
use lodge::desk::Event;
use lodge::desk::event::{Doer, Order};
use lodge::desk::lending::LendingOrder;
use lodge::lending::{BroughtBack, LoanId, Wanted};

/// Chen's umbrella was written off, and Grace's PC came back; the loan of the PC, and its number.
fn day() -> (Window, LoanId, String) {
    let mut window = Window::open(Role::Receptionist);
    let at = monday_morning();
    let lobby = &mut window.lobby;
    let lost = lobby.lend_umbrella(CHEN, at).expect("one").loan.id;
    let tag = "PC-01".to_owned();
    let lent = lobby.lend(GRACE, Wanted::Tag(tag.clone()), at + minutes(1));
    let loan = lent.expect("a PC").loan;
    let back = lobby.take_back(BroughtBack::Tag(tag), None, at + minutes(2));
    back.expect("it is back");
    let doer = Doer {
        person: window.me,
        card: None,
    };
    let order = Order::Lending(LendingOrder::WriteOff {
        loan: lost,
        amount_fen: 0,
    });
    let house = desk_house(&window.lobby.kinds);
    let done = window.lobby.books.desk_order(&house, doer, &order, at);
    done.expect("writable").expect("it is written off");
    window.happens(Event::BooksChanged);
    (window, loan.id, loan.number.to_string())
}

#[test]
fn the_register_says_lost_of_what_did_not_come_back() {
    let (mut window, ..) = day();
    window.press(Press::F(3));
    while !window.shown().tabs[window.shown().tab].starts_with("登记") {
        window.press(Press::Right);
    }
    let work = window.shown();
    let says: Vec<(&str, &str)> = work
        .rows
        .iter()
        .map(|row| (row.cells[0].as_str(), row.cells[3].as_str()))
        .collect();
    assert_eq!(says[0].0, "笔记本电脑 01");
    assert!(
        says[0].1.contains("09:07") && !says[0].1.contains("遗失"),
        "{says:?}"
    );
    assert_eq!(says[1].0, "爱心伞");
    assert!(says[1].1.starts_with("遗失"), "{says:?}");
    // Nothing is taken back again; an amount is all that is entered of what is over.
    let labels: Vec<&str> = work
        .actions
        .iter()
        .map(|action| action.label.as_str())
        .collect();
    assert!(labels.contains(&"押金、赔偿"), "{labels:?}");
    assert!(!labels.contains(&"归还"), "{labels:?}");
}

#[test]
fn a_loan_that_is_over_is_found_by_its_number_and_a_damage_charged() {
    let (mut window, loan, number) = day();
    window.press(Press::Ctrl('k'));
    window.types(&number);
    let work = window.shown();
    assert_eq!(work.rows.len(), 1, "{:?}", work.rows);
    let labels: Vec<&str> = work
        .actions
        .iter()
        .map(|action| action.label.as_str())
        .collect();
    assert_eq!(labels, ["押金、赔偿"], "it is over");
    let back = work.facts.iter().find(|(label, _)| label == "归还");
    assert!(
        back.is_some_and(|(_, when)| when.contains("09:07")),
        "{:?}",
        work.facts
    );
    // On to the row that was found; then what for, and how much.
    window.press(Press::Enter);
    window.press(Press::Char('d'));
    for _ in 0..3 {
        window.press(Press::Right);
    }
    window.press(Press::Tab { back: false });
    window.types("120");
    window.press(Press::Enter);
    let mut booked = Vec::new();
    let read = window.lobby.books.journal(|entry| {
        if entry.kind == "booked" {
            booked.push((entry.subject, entry.payload));
        }
        Ok(())
    });
    read.expect("readable");
    let [(about, amount)] = booked.as_slice() else {
        panic!("one amount, not {booked:?}")
    };
    assert_eq!(*about, loan.to_string());
    assert!(
        amount.contains("damage") && amount.contains("12000"),
        "{amount}"
    );
}
