//! Money, laundry, what is given away, rain, and who may do all that.

use super::desk::Desk;
use crate::support::*;
use lodge::desk::event::{Outcome, Refusal};
use lodge::desk::lending::{LendingDone, LendingOrder, LendingStop};
use lodge::lending::money::MoneyRefusal;
use lodge::lending::{
    Booking, BroughtBack, LendRefusal, ThingState, Wanted, WashMove, WashRefusal,
};
use lodge::people::Act;

#[test]
fn no_more_of_a_deposit_goes_out_than_came_in() {
    let mut desk = Desk::open();
    let loan = desk
        .lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("one")
        .loan
        .id;
    let book = |of, amount_fen| LendingOrder::Book {
        loan,
        of,
        amount_fen,
    };
    let booked = Ok(Outcome::Lending(LendingDone::Booked));
    assert_eq!(desk.does(book(Booking::DepositTaken, 5_000), 1), booked);
    assert_eq!(desk.does(book(Booking::DepositKept, 2_000), 2), booked);
    assert_eq!(
        desk.does(book(Booking::DepositReturned, 3_001), 3),
        Err(Refusal::Lending(LendingStop::Money(
            MoneyRefusal::MoreThanHeld { held_fen: 3_000 }
        )))
    );
    assert_eq!(desk.does(book(Booking::DepositReturned, 3_000), 4), booked);
    desk.prove();
}

#[test]
fn helmets_go_to_the_laundry_before_they_go_out_again_and_the_counts_add_up() {
    let mut desk = Desk::open();
    assert_eq!(desk.free(&helmet()), 3);
    let number = desk
        .lobby
        .lend(GRACE, Wanted::Pool(helmet()), monday_morning())
        .expect("a helmet")
        .loan
        .number;
    desk.lobby
        .take_back(BroughtBack::Slip(number), None, desk.later(60))
        .expect("back");
    assert_eq!(desk.free(&helmet()), 2, "the third is not clean");
    let wash = |how, count| LendingOrder::Wash {
        kind: helmet(),
        how,
        count,
    };
    assert_eq!(
        desk.does(wash(WashMove::Sent, 2), 61),
        Err(Refusal::Lending(LendingStop::Wash(
            WashRefusal::MoreThanThere { there: 1 }
        )))
    );
    let moved = |desk: &mut Desk, how, minute| match desk.does(wash(how, 1), minute) {
        Ok(Outcome::Lending(LendingDone::Washed(stand))) => (
            stand.clean(),
            stand.out,
            stand.dirty,
            stand.washing,
            stand.total,
        ),
        other => panic!("a count, not {other:?}"),
    };
    assert_eq!(moved(&mut desk, WashMove::Sent, 62), (2, 0, 0, 1, 3));
    assert_eq!(moved(&mut desk, WashMove::Back, 63), (3, 0, 0, 0, 3));
    // The day on paper says the same, and adds up.
    assert_eq!(
        desk.does(LendingOrder::PrintWashSheet, 63),
        Ok(Outcome::Lending(LendingDone::WashSheetPrinting))
    );
    let jobs = desk.lobby.books.open_jobs().expect("readable");
    let sheet = jobs.last().expect("a sheet").slip.to_text(32);
    // Grace keeps the stand, and reads English.
    for (label, count) in [
        ("Issued today", 1),
        ("Returned today", 1),
        ("Sent today", 1),
        ("Back today", 1),
        ("Written off today", 0),
        ("In the stand", 3),
        ("Out", 0),
        ("To wash", 0),
        ("At the laundry", 0),
        ("In all", 3),
    ] {
        let line = sheet.lines().find(|line| line.starts_with(label));
        let line = line.unwrap_or_else(|| panic!("{label} in\n{sheet}"));
        assert!(line.ends_with(&format!(" {count}")), "{line}");
    }
    assert!(!sheet.contains("Umbrella"), "{sheet}");
    assert_eq!(
        desk.does(
            LendingOrder::Wash {
                kind: umbrella(),
                how: WashMove::Sent,
                count: 1
            },
            64
        ),
        Err(Refusal::Lending(LendingStop::Wash(WashRefusal::NotWashed)))
    );
    desk.prove();
}

#[test]
fn what_is_given_away_is_counted_by_the_day_and_ends_with_the_box() {
    let mut desk = Desk::open();
    let (kinds, books) = (desk.lobby.kinds.clone(), &mut desk.lobby.books);
    let mut order = order_for(&books.identify_card(&card(GRACE)).expect("readable"));
    order.wanted = Wanted::Pool(shoe_cover());
    let at = |minutes| monday_morning() + chrono::TimeDelta::minutes(minutes);
    let mut give = |minutes| {
        books
            .give_out(&kinds, &order, at(minutes))
            .expect("writable")
    };
    assert!(give(0).is_ok());
    let today = LendRefusal::GivenToday { kind: shoe_cover() };
    assert_eq!(give(1), Err(today));
    assert!(give(24 * 60).is_ok(), "the next day brings another");
    assert_eq!(
        give(48 * 60),
        Err(LendRefusal::NoneLeft { kind: shoe_cover() })
    );
    desk.prove();
}

#[test]
fn rain_is_what_the_desk_says_it_is() {
    let mut desk = Desk::open();
    let rains = |desk: &Desk| {
        let weather = desk.lobby.books.weather(&kinds(), monday_morning());
        weather.expect("readable").rain
    };
    assert!(!rains(&desk));
    for falls in [true, false] {
        let done = desk.does(LendingOrder::Rain(falls), 1);
        assert_eq!(done, Ok(Outcome::Lending(LendingDone::Rain(falls))));
        assert_eq!(rains(&desk), falls);
    }
    desk.prove();
}

#[test]
fn each_order_asks_for_what_its_doer_may() {
    let mut desk = Desk::open();
    let loan = desk
        .lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("one")
        .loan
        .id;
    let thing = desk.thing("PC-01");
    desk.by = desk.guard;
    for (order, act) in [
        (
            LendingOrder::Check {
                thing,
                answers: vec![],
                to: ThingState::InRepair,
            },
            Act::TakeBackThings,
        ),
        (
            LendingOrder::WriteOff {
                loan,
                amount_fen: 1,
            },
            Act::SettleLoans,
        ),
        (LendingOrder::Rain(true), Act::KeepStock),
    ] {
        assert_eq!(desk.does(order, 1), Err(Refusal::NotPermitted(act)));
    }
    desk.prove();
}
