//! What somebody reads at the desk goes by their role; the books decide it, not the window.

use crate::Window;
use crate::support::GRACE;
use lodge::desk::event::{Doer, Order, Refusal, SignedFor};
use lodge::desk::facts::{Facts, Hit};
use lodge::desk::services::MailOrder;
use lodge::desk::{Event, Press};
use lodge::mail::desk::Intake;
use lodge::mail::{Addressee, MailKind};
use lodge::people::{Act, Role, permits};
use lodge::visits::{SignedIn, VisitorType};

const STAFF: [Role; 8] = [
    Role::Receptionist,
    Role::KeyKeeper,
    Role::MailAdministrator,
    Role::Security,
    Role::Technician,
    Role::PropertyStaff,
    Role::Auditor,
    Role::Supervisor,
];

/// A lobby in which something of every service stands, and somebody of this role at the desk.
fn busy(role: Role) -> (Window, SignedFor, String) {
    let mut window = Window::open(role);
    let supervisor = window.lobby.employ("赵总", Role::Supervisor);
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    window.key_out("K-31", keeper);
    let lent = window.lobby.lend_umbrella(GRACE, window.at);
    lent.expect("an umbrella");
    let SignedIn::Waiting { visit, number } = window.signs_in("江一帆", VisitorType::Guest)
    else {
        panic!("a yes is asked for")
    };
    let intake = MailOrder::TakeIn(Intake {
        tracking: String::new(),
        addressee: Addressee::Person(window.lobby.grace),
        kind: MailKind::Parcel,
        shelf: "S-01".to_owned(),
    });
    window.done_by(
        supervisor,
        lodge::desk::services::ServiceOrder::Mail(intake),
    );
    window.lobby.books.call_desk(window.at).expect("a call");
    window.happens(Event::BooksChanged);
    (window, SignedFor::Visit(visit), number.to_string())
}

fn facts(window: &Window) -> Facts {
    let read = window.lobby.books.desk_facts(window.me, window.at);
    read.expect("readable books")
}

fn found(window: &Window, text: &str) -> Vec<Hit> {
    let found = window.lobby.books.search(window.me, text, window.at);
    found.expect("readable books")
}

#[test]
fn whoever_reads_registers_reads_all_of_them_and_nobody_else_any() {
    for role in STAFF {
        let reads = permits(&[role], Act::ReadRegisters);
        let (window, signed, _) = busy(role);
        let seen = facts(&window);
        let registers = [
            seen.visits.len(),
            seen.mail.len(),
            seen.out.len(),
            seen.hooks.len(),
            seen.key_register.len(),
            seen.tenants.len(),
            seen.today.len(),
            seen.lending.register.len(),
        ];
        assert!(
            registers.iter().all(|rows| (*rows > 0) == reads),
            "{role:?}: {registers:?}"
        );
        for text in ["江一帆", "郝格蕾", "海港", "K-31"] {
            assert_eq!(!found(&window, text).is_empty(), reads, "{role:?}: {text}");
        }
        let signature = window.lobby.books.signature(window.me, signed);
        let signature = signature.expect("readable books");
        assert_eq!(signature.is_some(), reads, "{role:?}");
        let owns = permits(&[role], Act::OwnMatters);
        assert_eq!(!seen.matters.is_empty(), reads || owns, "{role:?}");
    }
}

#[test]
fn whoever_does_not_read_a_register_is_told_so_and_sees_no_name() {
    for role in [Role::Technician, Role::PropertyStaff] {
        let (mut window, _, number) = busy(role);
        for room in 1..=6 {
            window.press(Press::F(room));
            let work = window.shown();
            if (role, room) == (Role::Technician, 6) {
                continue;
            }
            let usual = room == 4;
            let told = work.empty == "您的角色不查阅这份登记。";
            assert_eq!(told, !usual, "{role:?} {room}: {}", work.empty);
            let said = format!("{work:?}");
            for name in ["江", "郝", "海港", "方*匙"] {
                assert!(!said.contains(name), "{role:?} {room} {name}: {said}");
            }
        }
        // A visitor's slip says no more to them than the tables do.
        let doer = Doer {
            person: window.me,
            card: None,
        };
        let (books, at) = (&mut window.lobby.books, window.at);
        let done = books.desk_order(&window.house, doer, &Order::Scan(number), at);
        assert_eq!(
            done.expect("readable books").err(),
            Some(Refusal::NotPermitted(Act::ReadRegisters)),
            "{role:?}"
        );
    }
}

#[test]
fn a_technician_sees_the_keys_they_may_take_and_the_matters_that_are_theirs_to_take() {
    let mut window = Window::open(Role::Technician);
    let me = window.me;
    window.key_out("K-31", me);
    window.lobby.books.call_desk(window.at).expect("a call");
    window.happens(Event::BooksChanged);
    let seen = facts(&window);
    assert_eq!(
        (seen.hooks.len(), seen.grants.len(), seen.keys_out),
        (1, 1, 1)
    );
    assert_eq!(found(&window, "K-31").len(), 1);
    window.press(Press::F(7));
    assert_eq!(window.shown().rows.len(), 1);
    window.press(Press::Char('t'));
    window.happens(Event::BooksChanged);
    assert_eq!(facts(&window).matters.len(), 1, "what they took is theirs");
    // What a colleague has in hand is not.
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    let other = window.lobby.books.desk_facts(keeper, window.at);
    assert_eq!(other.expect("readable books").matters.len(), 1);
    let colleague = window.lobby.employ("冯工", Role::Technician);
    let other = window.lobby.books.desk_facts(colleague, window.at);
    let other = other.expect("readable books");
    assert!(other.matters.is_empty() && other.hooks.is_empty());
}
