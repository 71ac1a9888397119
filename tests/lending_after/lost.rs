//! What was lost and is here again.

use super::desk::Desk;
use crate::support::*;
use lodge::desk::event::Refusal;
use lodge::desk::lending::{LendingOrder, LendingStop};
use lodge::lending::check::CheckRefusal;
use lodge::lending::{Answered, BroughtBack, Question, ThingState, Wanted, WashMove};
use lodge::matters::Cause;

#[test]
fn what_turns_up_is_not_looked_for_any_more_unless_somebody_was_charged_for_it() {
    for (amount_fen, left) in [(0, vec![]), (450_000, vec![Cause::ThingLost])] {
        let mut desk = Desk::open();
        let loan = desk.takes(GRACE, 0).expect("a PC").loan.id;
        let order = LendingOrder::WriteOff { loan, amount_fen };
        assert!(desk.does(order, 5).is_ok());
        assert_eq!(desk.causes(), [Cause::ThingLost]);
        let tag = BroughtBack::Tag("PC-01".to_owned());
        let at = desk.moment(90);
        let back = desk
            .lobby
            .take_back(tag, Some(CHEN), at)
            .expect("it is here");
        assert!(back.turned_up);
        assert_eq!(desk.causes(), left, "{amount_fen}");
        desk.prove();
    }
}

#[test]
fn a_helmet_that_turns_up_goes_to_the_laundry_before_it_goes_out_again() {
    let mut desk = Desk::open();
    let at = monday_morning();
    let lent = desk.lobby.lend(GRACE, Wanted::Pool(helmet()), at);
    let loan = lent.expect("a clean one").loan.id;
    let order = LendingOrder::WriteOff {
        loan,
        amount_fen: 0,
    };
    desk.does(order, 1).expect("it is lost");
    assert_eq!(desk.free(&helmet()), 2, "of three");
    let back = BroughtBack::Loan(loan);
    let found = desk.moment(2);
    let back = desk.lobby.take_back(back, None, found);
    let back = back.expect("it is here");
    assert!(back.turned_up);
    assert_eq!(desk.free(&helmet()), 2, "it is here, and not clean");
    let wash = LendingOrder::Wash {
        kind: helmet(),
        how: WashMove::Sent,
        count: 1,
    };
    assert!(desk.does(wash, 3).is_ok());
    desk.prove();
}

#[test]
fn a_pc_that_turns_up_stays_off_the_shelf_until_somebody_has_looked_for_data_on_it() {
    let mut desk = Desk::open();
    let loan = desk.takes(GRACE, 0).expect("a PC").loan.id;
    let order = LendingOrder::WriteOff {
        loan,
        amount_fen: 0,
    };
    desk.does(order, 5).expect("it is lost");
    let (tag, at) = (BroughtBack::Tag("PC-01".to_owned()), desk.moment(90));
    let back = desk.lobby.take_back(tag, Some(CHEN), at);
    assert_eq!(
        back.expect("it is here").asks,
        [],
        "whoever finds it knows nothing"
    );
    let thing = desk.thing("PC-01");
    let look = |answers: &[(Question, bool)]| LendingOrder::Check {
        thing,
        answers: answers
            .iter()
            .map(|(question, yes)| Answered {
                question: *question,
                yes: Some(*yes),
            })
            .collect(),
        to: ThingState::Available,
    };
    let refused = |why| Err(Refusal::Lending(LendingStop::Check(why)));
    assert_eq!(
        desk.does(look(&[]), 91),
        refused(CheckRefusal::Unanswered(Question::Part(0)))
    );
    let with_data = [
        (Question::Part(0), true),
        (Question::Whole, true),
        (Question::Wiped, false),
    ];
    assert_eq!(
        desk.does(look(&with_data), 92),
        refused(CheckRefusal::NotWiped)
    );
    desk.goes(ThingState::Available, 93).expect("wiped");
    desk.prove();
}
