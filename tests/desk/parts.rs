//! A part of a set that comes later than the thing, which may be on its shelf or with somebody else by
//! then.

use crate::support::{CHEN, GRACE, Lobby, desk_house, kinds, pc};
use crate::{Press, Role, Window, house};
use lodge::desk::event::{Doer, Order, Outcome, Refusal};
use lodge::desk::lending::{LendingDone, LendingOrder, LendingStop};
use lodge::desk::{Event, present};
use lodge::lending::check::CheckRefusal;
use lodge::lending::{Answered, BroughtBack, LoanId, Question, ThingState, Wanted};
use lodge::matters::Cause;
use lodge::people::{Act, Bilingual};
use lodge::store::Verdict;

/// A window, and the loan of a PC that came back without these of its two parts, and is out again.
fn without(missing: &[u8]) -> (Window, LoanId) {
    let mut kinds = kinds();
    for kind in kinds.iter_mut().filter(|kind| kind.id == pc()) {
        kind.policy.parts = vec![
            Bilingual::new("充电器", "Charger"),
            Bilingual::new("电脑包", "Bag"),
        ];
    }
    let mut lobby = Lobby::open();
    lobby.kinds = kinds.clone();
    let mut window = Window::of(lobby, desk_house(&kinds), Role::Receptionist);
    let at = window.at;
    let tag = || "PC-01".to_owned();
    let lent = window.lobby.lend(CHEN, Wanted::Tag(tag()), at);
    let loan = lent.expect("a PC").loan;
    let back = window.lobby.take_back(BroughtBack::Tag(tag()), None, at);
    back.expect("it was out");
    let answers = [0, 1].map(|part| Answered {
        question: Question::Part(part),
        yes: Some(!missing.contains(&part)),
    });
    let done = order(
        &mut window,
        LendingOrder::Check {
            thing: loan.item.thing().expect("tagged"),
            answers: answers.to_vec(),
            to: ThingState::Available,
        },
    );
    done.expect("it goes on its shelf");
    let again = window.lobby.lend(GRACE, Wanted::Tag(tag()), at);
    again.expect("it goes out again without them");
    window.happens(Event::BooksChanged);
    (window, loan.id)
}

fn order(window: &mut Window, order: LendingOrder) -> Result<Outcome, Refusal> {
    let doer = Doer {
        person: window.me,
        card: None,
    };
    let books = &mut window.lobby.books;
    let done = books.desk_order(&window.house, doer, &Order::Lending(order), window.at);
    done.expect("writable books")
}

fn causes(window: &Window) -> Vec<Cause> {
    let open = window.lobby.books.open_matters().expect("readable books");
    open.iter().map(|matter| matter.cause).collect()
}

fn missing(window: &Window) -> Option<String> {
    let facts = window.shown().facts.into_iter();
    let mut missing = facts.filter(|(label, _)| label == "缺少配件");
    missing.next().map(|(_, parts)| parts)
}

fn is_sound(window: &Window) {
    let verdict = window.lobby.books.verify().expect("readable books");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
}

#[test]
fn a_part_that_comes_later_settles_its_matter_though_the_thing_is_out_again() {
    let (mut window, loan) = without(&[1]);
    assert_eq!(causes(&window), [Cause::ThingIncomplete]);
    window.press(Press::F(7));
    assert_eq!(missing(&window).as_deref(), Some("电脑包"));
    window.press(Press::Char('m'));
    let asked = present(&window.session, &house(), window.at).dialog;
    let asked = asked.expect("a form");
    assert_eq!(asked.fields.len(), 1);
    assert_eq!(asked.fields[0].label, "电脑包");
    // Enter alone says nothing came.
    window.press(Press::Enter);
    assert_eq!(causes(&window), [Cause::ThingIncomplete]);
    window.types("y");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert_eq!(causes(&window), [] as [Cause; 0]);
    let notice = window.shown().notice.expect("what came of it").1;
    assert_eq!(notice, "配件已齐");
    // Grace still has the PC, and who took the part in stands in the journal.
    let out = window.lobby.books.registers(window.at).expect("books").out;
    assert_eq!(out.len(), 1);
    let mut said = Vec::new();
    let read = window.lobby.books.journal(|entry| {
        if entry.kind == "answered" && entry.subject == loan.to_string() {
            said.push(entry.person);
        }
        Ok(())
    });
    read.expect("readable books");
    assert_eq!(said.last(), Some(&Some(window.me.to_string())));
    is_sound(&window);
}

#[test]
fn parts_come_one_by_one_and_the_last_one_from_the_row_of_the_loan_settles_it() {
    let (mut window, loan) = without(&[0, 1]);
    let came = |part| LendingOrder::PartsCame {
        loan,
        parts: vec![Question::Part(part)],
    };
    let first = order(&mut window, came(1));
    assert_eq!(first, Ok(Outcome::Lending(LendingDone::PartsCame(1))));
    let again = order(&mut window, came(1));
    let stop = LendingStop::Check(CheckRefusal::NothingMissing);
    assert_eq!(again, Err(Refusal::Lending(stop)));
    window.happens(Event::BooksChanged);
    assert_eq!(causes(&window), [Cause::ThingIncomplete]);
    let number = window.lobby.books.registers(window.at).expect("books");
    let register = number.lending.register;
    let line = register.into_iter().find(|fact| fact.loan.id == loan);
    let number = line.expect("a line").loan.number.to_string();
    window.press(Press::Ctrl('k'));
    window.types(&number);
    window.press(Press::Enter);
    assert_eq!(missing(&window).as_deref(), Some("充电器"));
    window.press(Press::Char('m'));
    window.types("y");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert_eq!(causes(&window), [] as [Cause; 0]);
    assert_eq!(missing(&window), None);
    is_sound(&window);
}

#[test]
fn whoever_takes_nothing_back_takes_no_part_in() {
    let (mut window, loan) = without(&[1]);
    window.me = window.lobby.employ("郑保安", Role::Security);
    let before = window.lobby.books.length().expect("a length");
    let parts = vec![Question::Part(1)];
    let done = order(&mut window, LendingOrder::PartsCame { loan, parts });
    assert_eq!(done, Err(Refusal::NotPermitted(Act::TakeBackThings)));
    assert_eq!(window.lobby.books.length().expect("a length"), before);
}
