//! The number of a visit, typed: whoever types it proves with the end of a telephone whose it is.

use super::desk::*;
use crate::support::*;
use lodge::people::Language;
use lodge::slips::SlipNumber;
use lodge::visits::flow::{Answer, Ask, Proven};
use lodge::visits::{SignOut, VisitState, VisitorType, Who};

fn says(desk: &mut Desk, number: &SlipNumber, tail: Option<&str>) -> Proven {
    let ask = Ask::ByNumber {
        number: number.clone(),
        tail: tail.map(str::to_owned),
    };
    match desk.asks(ask, monday_morning() + minutes(1)) {
        Answer::ByNumber(of, proven) if of == *number => proven,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_end_of_the_telephone_proves_a_number_wherever_its_visit_stands() {
    let mut desk = Desk::open();
    let (visit, number) = desk.waiting(&order(VisitorType::Guest, Some(desk.lobby.grace)));
    let proves = |desk: &mut Desk, state| {
        assert_eq!(says(desk, &number, None), Proven::AsksTail);
        for wrong in ["", "1", "001", "0002", "1380", "13800000001"] {
            let proven = says(desk, &number, Some(wrong));
            assert_eq!(proven, Proven::WrongTail, "{wrong}");
        }
        assert_eq!(says(desk, &number, Some("0001")), Proven::Stands(state));
    };
    proves(&mut desk, VisitState::Waiting);
    let at = monday_morning() + minutes(1);
    let by = lodge::store::journal::Actor::of(&desk.lobby.holder(GRACE));
    let yes = desk.lobby.books.approve_visit_as_host(visit, by, at);
    assert_eq!(yes.expect("writable"), Ok(()));
    proves(&mut desk, VisitState::Admitted);
    let books = &mut desk.lobby.books;
    let entered = books.enter_visitor(&number, Language::Chinese, at);
    assert!(entered.expect("writable").is_ok());
    proves(&mut desk, VisitState::Inside);
    let out = SignOut::Slip(number.clone());
    let left = desk.lobby.books.sign_out(&out, None, at);
    assert!(left.expect("writable").is_ok());
    proves(&mut desk, VisitState::Left);
    desk.prove();
}

#[test]
fn where_no_telephone_was_told_a_number_proves_nothing() {
    let mut desk = Desk::open();
    let mut order = courier(&desk);
    order.who = Who::Named(identity("周远", ""));
    let number = desk.inside(&order).number;
    let inside = Proven::Unprovable(VisitState::Inside);
    assert_eq!(says(&mut desk, &number, None), inside);
    // Fewer digits than are asked for are none.
    order.who = Who::Named(identity("周元", "110"));
    let number = desk.inside(&order).number;
    assert_eq!(says(&mut desk, &number, None), inside);
    let nobody = SlipNumber {
        count: 99,
        ..number
    };
    assert_eq!(says(&mut desk, &nobody, None), Proven::Unknown);
    assert_eq!(says(&mut desk, &nobody, Some("0001")), Proven::Unknown);
}
