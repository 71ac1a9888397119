//! A house asks each type of visitors what it wants to know; what it asks is due.

use super::desk::*;
use crate::support::*;
use chrono::DateTime;
use lodge::matters::Cause;
use lodge::people::{Language, Signature};
use lodge::visits::{Approval, Asked, SignInRefusal, Steps, VisitorType};

#[test]
fn where_no_signature_is_asked_none_is_due_and_none_counts_as_given() {
    let mut desk = Desk::open();
    let mut unsigned = courier(&desk);
    unsigned.signature = Signature::default();
    assert_eq!(desk.sign_in(&unsigned), Err(SignInRefusal::NotSigned));
    let asks = Steps {
        signature: false,
        ..VisitorType::Courier.steps()
    };
    desk.terms.asks.insert(VisitorType::Courier, asks);
    let receipt = desk.inside(&unsigned);
    let books = &mut desk.lobby.books;
    let told = books.visit_told(receipt.visit).expect("readable");
    assert!(!told.is_signed);
    let out = lodge::visits::SignOut::Slip(receipt.number.clone());
    let gone = books.sign_out(&out, None, monday_morning());
    gone.expect("writable").expect("signed out");
    // Who has signed no notice reads it again.
    let known = books.visitor_of_slip(&receipt.number).expect("readable");
    let last = known.expect("somebody").last.expect("a visit");
    assert!(last.notice.is_empty(), "{last:?}");
    // Another type signs as before.
    let mut guest = order(VisitorType::Guest, Some(desk.lobby.grace));
    guest.signature = Signature::default();
    assert_eq!(desk.sign_in(&guest), Err(SignInRefusal::NotSigned));
    desk.prove();
}

#[test]
fn whom_a_house_does_not_ask_for_nobody_has_to_name() {
    let mut desk = Desk::open();
    let order = order(VisitorType::Guest, None);
    assert_eq!(desk.sign_in(&order), Err(SignInRefusal::NoHost));
    desk.terms.guest = Approval::None;
    let asks = Steps::of(&[Asked::Phone, Asked::Signature]);
    desk.terms.asks.insert(VisitorType::Guest, asks);
    let receipt = desk.inside(&order);
    assert_eq!((receipt.host, receipt.to), (None, None));
    desk.prove();
}

/// ● If the host is out, the visitor can leave a message: also where nobody's yes is needed.
#[test]
fn whoever_needs_no_yes_leaves_a_message_for_the_host_they_were_sent_to() {
    let mut desk = Desk::open();
    desk.terms.guest = Approval::None;
    let grace = desk.lobby.grace;
    let receipt = desk.inside(&order(VisitorType::Guest, Some(grace)));
    let host = receipt.host.expect("somebody to ask for");
    assert_eq!(host.person, grace);
    let books = &mut desk.lobby.books;
    let left = books.leave_message(host.person, "周远", "图纸在前台", monday_morning());
    left.expect("writable").expect("kept");
    assert!(desk.causes().contains(&Cause::MessageForHost));
    desk.prove();
}

#[test]
fn a_clock_that_begins_in_1970_throws_no_slip_away_that_was_just_made() {
    let mut desk = Desk::open();
    let (by, now) = (desk.desk, DateTime::UNIX_EPOCH + minutes(10));
    let books = &mut desk.lobby.books;
    let listed = books.print_roll_call(Language::Chinese, by, now);
    let (_, job) = listed.expect("writable").expect("a roll call");
    let a_month_before = now - minutes(60 * 24 * 30);
    books.erase_visitors(a_month_before, now).expect("writable");
    let open = books.open_jobs().expect("readable");
    assert!(open.iter().any(|open| open.id == job));
    desk.prove();
}
