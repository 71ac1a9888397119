//! Deposits at the desk: one that nobody took is asked for, one that is held is given back.

use crate::support::{GRACE, Lobby, building, desk_house, kinds};
use crate::{Press, Role, Window};
use lodge::desk::Event;
use lodge::lending::{BroughtBack, Wanted};
use lodge::store::{Books, Verdict};
use rusqlite::Connection;

/// A house that wants 200 yuan for a PC.
fn window() -> Window {
    let mut kinds = kinds();
    for kind in kinds.iter_mut().filter(|kind| kind.id.0 == "pc") {
        kind.policy.deposit_fen = 20_000;
    }
    let mut lobby = Lobby::open();
    lobby.kinds = kinds.clone();
    Window::of(lobby, desk_house(&kinds), Role::Receptionist)
}

fn lend(window: &mut Window) -> lodge::lending::Loan {
    let at = window.at;
    let wanted = Wanted::Tag("PC-01".to_owned());
    let loan = window.lobby.lend(GRACE, wanted, at).expect("a PC").loan;
    window.happens(Event::BooksChanged);
    loan
}

/// What of the needs is about money.
fn needs(window: &Window) -> Vec<(String, String)> {
    let needs = window.shown().needs.into_iter();
    needs
        .filter(|need| need.title.contains('¥'))
        .map(|need| (need.title, need.about))
        .collect()
}

#[test]
fn a_deposit_that_nobody_took_is_asked_for_until_it_is_taken_and_then_held() {
    let mut window = window();
    lend(&mut window);
    let asked = needs(&window);
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(asked[0].0, "押金 ¥200 待收");
    assert!(asked[0].1.starts_with("笔记本电脑 01 · "), "{asked:?}");
    // It leads to where one key takes it.
    window.press(Press::Char('1'));
    let work = window.shown();
    assert_eq!(work.rows[work.row].cells[3], "押金 ¥200 待收");
    window.press(Press::Char('r'));
    window.happens(Event::BooksChanged);
    assert_eq!(needs(&window), []);
    let held = window.shown().rows;
    assert_eq!((held.len(), held[0].cells[3].as_str()), (1, "¥200"));
    // And one key gives it back; what was given back is not asked for again.
    window.press(Press::Char('r'));
    window.happens(Event::BooksChanged);
    assert!(window.shown().rows.is_empty());
    assert_eq!(needs(&window), []);
}

#[test]
fn what_came_back_before_its_deposit_was_taken_is_asked_for_no_more() {
    let mut window = window();
    let loan = lend(&mut window);
    assert_eq!(needs(&window).len(), 1);
    let at = window.at;
    let back = BroughtBack::Loan(loan.id);
    window.lobby.take_back(back, None, at).expect("it is back");
    window.happens(Event::BooksChanged);
    assert_eq!(needs(&window), []);
}

/// From now on the house wants so much for a PC.
fn wants(window: &mut Window, fen: u32) {
    let kinds = [&mut window.lobby.kinds, &mut window.house.kinds];
    for kind in kinds.into_iter().flatten().filter(|kind| kind.id.0 == "pc") {
        kind.policy.deposit_fen = fen;
    }
    window.happens(Event::BooksChanged);
}

#[test]
fn a_loan_rests_on_the_deposit_of_its_day_whatever_the_house_wants_later() {
    let mut with_deposit = window();
    lend(&mut with_deposit);
    for fen in [0, 50_000] {
        wants(&mut with_deposit, fen);
        assert_eq!(needs(&with_deposit)[0].0, "押金 ¥200 待收");
    }
    let mut without = window();
    wants(&mut without, 0);
    lend(&mut without);
    wants(&mut without, 20_000);
    assert_eq!(needs(&without), []);
}

/// What the latest schemas brought, taken away again, the youngest first.
const BACK_TO_19: &str = "DROP INDEX mail_round_items_by_item; DROP INDEX visits_not_let_in; DROP TRIGGER who_goes_along_answers_until_the_key_is_back;
     DROP TRIGGER only_what_is_on_its_shelf_goes_out; DROP TRIGGER nothing_goes_on_its_shelf_unasked;
     DROP INDEX visits_by_permit;
     DROP TRIGGER a_key_goes_to_whom_it_was_granted;
     DROP TRIGGER nobody_goes_in_on_a_permit_that_does_not_hold;
     DROP TRIGGER nobody_comes_in_on_a_permit_that_does_not_hold;
     DROP TRIGGER a_card_says_yes_for_its_holder;
     DROP TRIGGER who_goes_along_with_a_key_is_inside; DROP INDEX key_loans_with_contractor;
     ALTER TABLE key_loans DROP COLUMN contractor;
     DROP INDEX journal_of_things_back;
     DROP TABLE lending_deposits; DROP INDEX key_uses_untold; DROP INDEX visits_by_host;
     DROP INDEX visits_by_tenant; DROP INDEX mail_items_gone; DROP INDEX matters_closed;
     DROP INDEX journal_of_closed_matters; DROP INDEX journal_of_retired_keys;
     ALTER TABLE printer_rolls DROP COLUMN is_out;
     PRAGMA user_version = 19;";

#[test]
fn older_books_learn_what_is_held_of_deposits() {
    let mut window = window();
    let at = window.at;
    lend(&mut window);
    window.press(Press::Char('1'));
    window.press(Press::Char('r'));
    window.happens(Event::BooksChanged);
    let before = window.lobby.books.registers(at).expect("readable");
    assert_eq!(before.lending.deposits.len(), 1);
    let (folder, path) = window.lobby.close();
    let direct = Connection::open(path).expect("the file");
    direct.execute_batch(BACK_TO_19).expect("the schema before");
    drop(direct);
    let books = Books::open(folder.path(), &building()).expect("brought up to date");
    let after = books.registers(at).expect("readable");
    assert_eq!(after.lending.deposits, before.lending.deposits);
    let verdict = books.verify().expect("readable");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
}

#[test]
fn older_books_learn_the_deposits_of_their_loans_from_the_journal() {
    let mut window = window();
    let loan = lend(&mut window);
    let (folder, path) = window.lobby.close();
    let direct = Connection::open(path).expect("the file");
    direct
        .execute_batch(&format!(
            "{BACK_TO_19}
             ALTER TABLE lending_loans DROP COLUMN deposit_fen;
             ALTER TABLE tenants DROP COLUMN phone; ALTER TABLE tenants DROP COLUMN forwarding;
             ALTER TABLE tenants DROP COLUMN address_en;
             PRAGMA user_version = 16",
        ))
        .expect("the schema before");
    drop(direct);
    let books = Books::open(folder.path(), &building()).expect("brought up to date");
    assert_eq!(books.loans_of(loan.borrower).expect("readable"), [loan]);
    let verdict = books.verify().expect("readable");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
}
