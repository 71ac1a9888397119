//! Amounts about loans: deposits that are due and that are held, damage, losses.

use super::{out_row, what};
use crate::desk::dialog::{Dialog, Field, Wish};
use crate::desk::event::Order;
use crate::desk::facts::LoanFact;
use crate::desk::lending::{LendingOrder, LendingWish};
use crate::desk::rooms::{Action, Look, Mark, Row};
use crate::lending::{Booking, Item};
use crate::people::Act;
use crate::words;

/// The deposit that a loan rests on and nobody took yet, in fen.
fn due_fen(fact: &LoanFact) -> Option<u32> {
    let due = fact.loan.deposit_fen;
    (fact.ended.is_none() && fact.held_fen.is_none() && due > 0).then_some(due)
}

/// Loans whose deposit is still to be taken, then those whose deposit the house holds.
pub fn rows(look: &Look<'_>) -> Vec<Row> {
    let held = look.facts.lending.deposits.iter();
    due(look)
        .chain(held.filter_map(|fact| held_row(fact, look)))
        .collect()
}

/// Loans whose deposit is still to be taken.
pub fn due<'a>(look: &'a Look<'_>) -> impl Iterator<Item = Row> + use<'a> {
    let out = look.facts.out.iter();
    out.filter_map(|fact| Some(due_row(fact, due_fen(fact)?, look)))
}

/// What a loan's row offers about money.
pub fn actions(fact: &LoanFact, look: &Look<'_>) -> [Action; 2] {
    [book(fact, look), write_off(fact, look)]
}

/// A deposit that is due: taking the whole of it is one key.
fn due_row(fact: &LoanFact, due: u32, look: &Look<'_>) -> Row {
    let row = deposit_row(
        fact,
        look.with("desk-deposit-due", &[("money", words::money(due).into())]),
        look,
    );
    let take = settle(
        'R',
        "desk-do-deposit-take",
        fact,
        Booking::DepositTaken,
        due,
        look,
    );
    Row {
        mark: Mark::Attend,
        actions: vec![take, book(fact, look)],
        ..row
    }
}

/// A deposit that the house holds, also where the thing is back.
fn held_row(fact: &LoanFact, look: &Look<'_>) -> Option<Row> {
    let held = fact.held_fen?;
    let row = deposit_row(fact, words::money(held), look);
    let give_back = settle(
        'R',
        "desk-do-deposit-back",
        fact,
        Booking::DepositReturned,
        held,
        look,
    );
    Some(Row {
        mark: Mark::Plain,
        actions: vec![give_back, book(fact, look)],
        ..row
    })
}

/// One key for an amount that is known.
fn settle(
    key: char,
    word: &'static str,
    fact: &LoanFact,
    of: Booking,
    amount_fen: u32,
    look: &Look<'_>,
) -> Action {
    let loan = fact.loan.id;
    let label = look.with(word, &[("money", words::money(amount_fen).into())]);
    let order = Order::Lending(LendingOrder::Book {
        loan,
        of,
        amount_fen,
    });
    Action::order(key, label, Act::SettleLoans, order).by_its_key()
}

fn deposit_row(fact: &LoanFact, money: String, look: &Look<'_>) -> Row {
    let mut row = out_row(fact, look);
    row.facts.push((look.say("desk-col-held"), money.clone()));
    let number = fact.loan.number.to_string();
    Row {
        key: format!("deposit {}", fact.loan.id),
        cells: vec![
            row.cells.swap_remove(0),
            row.cells.swap_remove(1),
            number,
            money,
        ],
        ..row
    }
}

/// Enters an amount about a loan: a deposit, damage, a loss.
pub fn book(fact: &LoanFact, look: &Look<'_>) -> Action {
    let words = Booking::ALL.map(|of| look.say(booking_word(of)));
    let dialog = Dialog {
        title: look.with("desk-ask-book", &[("what", what(fact, look).into())]),
        says: look.say("desk-ask-book-how"),
        fields: vec![
            Field::choice(look.say("desk-field-booking"), words.to_vec()),
            Field::text(look.say("desk-field-yuan"), 9),
        ],
        wish: Wish::Lending(LendingWish::Book(fact.loan.id)),
        chosen: 0,
        problem: None,
    };
    Action::ask('D', look.say("desk-do-book"), Act::SettleLoans, dialog)
}

/// The word for an amount.
fn booking_word(of: Booking) -> &'static str {
    match of {
        Booking::DepositTaken => "desk-booking-taken",
        Booking::DepositReturned => "desk-booking-returned",
        Booking::DepositKept => "desk-booking-kept",
        Booking::Damage => "desk-booking-damage",
        Booking::Loss => "desk-booking-loss",
    }
}

fn write_off(fact: &LoanFact, look: &Look<'_>) -> Action {
    let dialog = Dialog {
        title: look.with("desk-ask-write-off", &[("what", what(fact, look).into())]),
        says: look.say(match fact.loan.item {
            Item::Tagged { .. } => "desk-ask-write-off-how",
            // Out of a stand: it has no tag.
            _ => "desk-ask-write-off-pooled",
        }),
        fields: vec![Field::text(look.say("desk-field-yuan"), 9).not_needed()],
        wish: Wish::Lending(LendingWish::WriteOff(fact.loan.id)),
        chosen: 0,
        problem: None,
    };
    let label = look.say("desk-do-report-lost");
    Action::ask('L', label, Act::SettleLoans, dialog)
}
