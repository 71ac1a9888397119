//! Mail for somebody who has left, and for a company that has: what the mail administrator does about it.

use crate::support::{GRACE, minutes};
use crate::{Press, Role, Window};
use lodge::desk::dialog::Seek;
use lodge::desk::event::{Doer, Order, Outcome, Refusal, TenantWord};
use lodge::desk::services::{MailOrder, ServiceOrder};
use lodge::desk::{Event, present};
use lodge::mail::desk::Intake;
use lodge::mail::{Addressee, Item, MailKind};
use lodge::people::{Act, TenantId, TenantState};
use lodge::store::Verdict;

const MAIL: Press = Press::F(5);
const MATTERS: Press = Press::F(7);
const ADDRESS: &str = "苏州路 88 号";

fn doing(window: &mut Window, role: Role, order: &Order) -> Result<Outcome, Refusal> {
    let person = window.lobby.employ("周主管", role);
    let doer = Doer { person, card: None };
    let books = &mut window.lobby.books;
    let done = books.desk_order(&window.house, doer, order, window.at);
    window.happens(Event::BooksChanged);
    done.expect("writable books")
}

/// The one piece that is here.
fn piece(window: &Window) -> Item {
    let grace = Addressee::Person(window.lobby.grace);
    let here = window.lobby.books.mail_here_for(grace).expect("readable");
    here.into_iter().next().expect("a piece")
}

/// Carried to the door, where somebody says that the addressee has left.
fn tried(window: &mut Window) {
    let item = piece(window).id;
    window.mail(MailOrder::StartRound(vec![item]));
    let round = window.lobby.books.open_mail_rounds().expect("readable")[0];
    window.press(MAIL);
    window.press(Press::Right);
    // The likeliest reason is chosen already: Enter writes it down.
    window.press(Press::Char('n'));
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    window.mail(MailOrder::EndRound(round));
    window.at += minutes(24 * 60);
}

fn sound(window: &Window) {
    let verdict = window.lobby.books.verify().expect("readable books");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
}

/// ● Left the company: after two delivery attempts with nobody claiming it, dead letter.
#[test]
fn mail_for_somebody_who_has_left_is_taken_in_for_them_and_is_dead_after_two_attempts() {
    let mut window = Window::open(Role::MailAdministrator);
    let grace = window.lobby.grace;
    let left = doing(&mut window, Role::Supervisor, &Order::EndPerson(grace));
    assert_eq!(left, Ok(Outcome::PersonLeft));
    // Nobody visits them or gets a key for them; mail still comes.
    for seek in [Seek::OfTheHouse, Seek::Staff] {
        let found = window.lobby.books.candidates(seek, "hgl");
        assert_eq!(found.expect("readable"), []);
    }
    let found = window.lobby.books.candidates(Seek::Addressee, "hgl");
    let found = found.expect("readable");
    assert!(found.len() == 1 && found[0].has_left, "{found:?}");
    window.press(MAIL);
    window.press(Press::Char('i'));
    window.press(Press::Enter);
    window.types("hgl");
    let offered = format!(
        "{:?}",
        present(&window.session, &window.house, window.at).dialog
    );
    assert!(offered.contains("已离开"), "{offered}");
    window.press(Press::Enter);
    window.press(Press::Enter);
    window.types("A-01");
    window.press(Press::Enter);
    window.press(Press::Escape);
    window.happens(Event::BooksChanged);
    assert!(piece(&window).recipient.has_left);
    let row = window.shown().rows[0].cells.clone();
    assert!(row.contains(&"收件人已离职".to_owned()), "{row:?}");
    // Nobody reads a reminder, and nobody has to write one.
    window.at += minutes(24 * 60);
    assert!(!lodge::mail::reminder_due(
        &piece(&window),
        &window.house.mail,
        window.at,
        window.house.building.zone
    ));

    tried(&mut window);
    let once = piece(&window);
    assert_eq!(once.attempts, 1);
    tried(&mut window);
    assert_eq!(piece(&window).attempts, 2);
    window.press(MAIL);
    window.press(Press::Char('d'));
    window.happens(Event::BooksChanged);
    let state = piece(&window).state;
    assert_eq!(state, lodge::mail::MailState::DeadLetter);
    sound(&window);
}

#[test]
fn whoever_is_here_comes_before_their_namesake_who_has_left() {
    let mut window = Window::open(Role::Receptionist);
    let gone = window.lobby.employ("郝格蕾", Role::Technician);
    doing(&mut window, Role::Supervisor, &Order::EndPerson(gone)).expect("left");
    let found = window.lobby.books.candidates(Seek::Addressee, "hgl");
    let left: Vec<bool> = found
        .expect("readable")
        .iter()
        .map(|candidate| candidate.has_left)
        .collect();
    assert_eq!(left, [false, true]);
}

/// A lobby where mail waits for a company that has moved and said nothing of where to.
fn moved(role: Role) -> (Window, TenantId) {
    let mut window = Window::open(role);
    let harbour = window.lobby.holder(GRACE).tenant.expect("a company").id;
    let word = TenantWord {
        state: TenantState::Moved,
        phone: "02158001234".to_owned(),
        forwarding: String::new(),
        address_en: "18 Suzhou Road".to_owned(),
    };
    let order = Order::KeepTenant(harbour, word);
    doing(&mut window, Role::Supervisor, &order).expect("moved");
    let intake = MailOrder::TakeIn(Intake {
        tracking: String::new(),
        addressee: Addressee::Tenant(harbour),
        kind: MailKind::Letter,
        shelf: "A-01".to_owned(),
    });
    let order = Order::Service(ServiceOrder::Mail(intake));
    doing(&mut window, Role::Supervisor, &order).expect("taken in");
    (window, harbour)
}

/// ● A moved tenant is phoned, or the post office forwards: by whoever has the mail in hand.
#[test]
fn the_mail_administrator_notes_where_the_mail_of_a_moved_company_goes() {
    for room in [MAIL, MATTERS] {
        let (mut window, _) = moved(Role::MailAdministrator);
        window.press(room);
        window.press(Press::Char('f'));
        let asked = format!(
            "{:?}",
            present(&window.session, &window.house, window.at).dialog
        );
        assert!(
            asked.contains("02158001234"),
            "the number to phone: {asked}"
        );
        window.types(ADDRESS);
        window.press(Press::Enter);
        window.happens(Event::BooksChanged);
        assert_eq!(window.shown().notice.expect("a word").1, "转投地址已记下");
        // The return fills it in; where the company stands and how it is written to stay as they were.
        window.press(MAIL);
        window.press(Press::Char('o'));
        window.press(Press::Ctrl('s'));
        let back = window.lobby.books.mail_returns().expect("readable books");
        assert_eq!(back.first().expect("a return").address, ADDRESS);
        let addressed = window.lobby.books.candidates(Seek::Tenant, "18 suzhou");
        let addressed = addressed.expect("readable");
        assert!(addressed.len() == 1 && addressed[0].has_moved);
        sound(&window);
    }
}

/// ● Moved, and tried twice with nobody claiming it: a dead letter. It goes on no round of the day.
#[test]
fn mail_of_a_company_that_has_moved_is_dead_after_two_attempts_at_its_old_door() {
    let (mut window, harbour) = moved(Role::Receptionist);
    let piece = |window: &Window| {
        let theirs = Addressee::Tenant(harbour);
        let here = window.lobby.books.mail_here_for(theirs);
        here.expect("readable").into_iter().next().expect("a piece")
    };
    window.happens(Event::BooksChanged);
    for attempts in 1..=2 {
        window.press(MAIL);
        assert!(
            !window
                .shown()
                .actions
                .iter()
                .any(|action| action.key == "S")
        );
        window.press(Press::Char('b'));
        window.happens(Event::BooksChanged);
        window.press(Press::Right);
        window.press(Press::Char('n'));
        window.press(Press::Ctrl('s'));
        window.happens(Event::BooksChanged);
        window.press(Press::Char('e'));
        window.happens(Event::BooksChanged);
        assert_eq!(piece(&window).attempts, attempts);
    }
    window.press(MAIL);
    assert!(
        !window
            .shown()
            .actions
            .iter()
            .any(|action| action.key == "B")
    );
    window.press(Press::Char('d'));
    window.happens(Event::BooksChanged);
    assert_eq!(piece(&window).state, lodge::mail::MailState::DeadLetter);
    sound(&window);
}

#[test]
fn who_may_not_note_where_mail_goes_does_not() {
    let (mut window, harbour) = moved(Role::Receptionist);
    window.press(MAIL);
    let work = window.shown();
    let mut actions = work.actions.iter();
    let offered = actions.find(|action| action.label == "转投地址");
    assert!(offered.expect("the act is shown").forbidden);
    let note = MailOrder::NoteForwarding(harbour, ADDRESS.to_owned());
    let order = Order::Service(ServiceOrder::Mail(note));
    let done = doing(&mut window, Role::Receptionist, &order);
    assert_eq!(done, Err(Refusal::NotPermitted(Act::NoteForwarding)));
}
