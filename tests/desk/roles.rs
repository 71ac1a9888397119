//! More than one role of the property office a person: given and taken away in one form.

use crate::support::{PIN, monday_morning};
use crate::{Press, Role, Window};
use lodge::desk::event::{Click, Doer, LeaveRefusal, Order, Outcome, Refusal, RoleRefusal};
use lodge::desk::services::{KeyOrder, MailOrder, ServiceOrder, VisitOrder};
use lodge::desk::{Event, present};
use lodge::keys::KeyGroup;
use lodge::mail::desk::{Intake, Onward, ReturnOrder, ReturnReason};
use lodge::mail::{Addressee, MailKind};
use lodge::people::staff::Claim;
use lodge::people::{Act, PersonId};
use lodge::store::Verdict;
use lodge::visits::Permit;

const MAIL: Press = Press::F(5);

/// A lobby in which a supervisor works at the desk, and a receptionist is employed.
fn lobby() -> (Window, PersonId) {
    let mut window = Window::open(Role::Supervisor);
    let sun = window.lobby.employ("孙前台", Role::Receptionist);
    window.happens(Event::BooksChanged);
    (window, sun)
}

/// The form of roles on the row of this person, as the search box finds it.
fn form(window: &mut Window) {
    window.press(Press::Ctrl('k'));
    window.types("孙前台");
    window.press(Press::Enter);
    window.press(Press::Char('r'));
}

/// What can be chosen in the form, as far as the arrow goes.
fn choices(window: &mut Window) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    loop {
        let form = present(&window.session, &window.house, window.at).dialog;
        let now = form.expect("a form").fields[0].value.clone();
        if seen.contains(&now) {
            return seen;
        }
        seen.push(now);
        window.press(Press::Right);
    }
}

fn said(window: &Window) -> String {
    window.shown().notice.expect("what came of it").1
}

/// What the chosen line says of the roles.
fn line(window: &Window) -> String {
    let work = window.shown();
    work.rows[work.row].cells[2].clone()
}

fn order(window: &mut Window, order: &Order) -> Result<Outcome, Refusal> {
    let doer = Doer {
        person: window.me,
        card: None,
    };
    let books = &mut window.lobby.books;
    let done = books.desk_order(&window.house, doer, order, window.at);
    window.happens(Event::BooksChanged);
    done.expect("writable books")
}

fn works(window: &mut Window, name: &str) {
    window.press(Press::F(12));
    window.types(name);
    window.press(Press::Enter);
    window.types(PIN);
    window.press(Press::Enter);
}

/// The return that waits for somebody's yes; whether whoever works here may say it, and says it.
fn checks(window: &mut Window) -> bool {
    window.press(MAIL);
    window.happens(Event::Clicked(Click::Tab(2)));
    let work = window.shown();
    let yes = work
        .actions
        .iter()
        .find(|action| action.key.starts_with('Y'));
    let forbidden = yes.unwrap_or_else(|| panic!("{work:?}")).forbidden;
    window.press(Press::Char('y'));
    window.happens(Event::BooksChanged);
    let back = &window.lobby.books.mail_returns().expect("readable books")[0];
    assert_eq!(back.allowed_by.is_some(), !forbidden);
    !forbidden
}

fn sound(window: &Window) {
    let verdict = window.lobby.books.verify().expect("readable books");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
}

/// ● Ordinary mail: the mail administrator checks, then prints the return slip.
#[test]
fn a_receptionist_who_is_also_mail_administrator_checks_a_mail_return_and_afterwards_does_not() {
    let (mut window, _) = lobby();
    let grace = window.lobby.grace;
    let goes_back = |window: &mut Window| {
        window.mail(MailOrder::TakeIn(Intake {
            tracking: String::new(),
            addressee: Addressee::Person(grace),
            kind: MailKind::Letter,
            shelf: "A-01".to_owned(),
        }));
        let here = window.lobby.books.mail_here_for(Addressee::Person(grace));
        window.mail(MailOrder::AskReturn(ReturnOrder {
            item: here.expect("readable books")[0].id,
            onward: Onward::ToSender,
            reason: ReturnReason::ALL[0],
            address: String::new(),
            form: None,
        }));
    };
    goes_back(&mut window);
    works(&mut window, "孙前台");
    assert!(!checks(&mut window), "a receptionist alone");

    works(&mut window, "李静华");
    form(&mut window);
    // The first letter of its pinyin finds the role, behind another that begins so; one key more agrees.
    window.types("yy");
    window.press(Press::Enter);
    assert_eq!(said(&window), "已增加角色：邮件管理员");
    window.happens(Event::BooksChanged);
    assert_eq!(line(&window), "邮件管理员 · 前台");
    window.press(Press::F(11));
    assert_eq!(line(&window), "Mail administrator · Receptionist");
    window.press(Press::F(11));

    works(&mut window, "孙前台");
    assert!(checks(&mut window), "also the mail administrator");
    let back = window.lobby.books.mail_returns().expect("readable books")[0].id;
    window.mail(MailOrder::DropReturn(back));

    works(&mut window, "李静华");
    goes_back(&mut window);
    form(&mut window);
    assert_eq!(
        choices(&mut window).last().expect("some"),
        "邮件管理员：收回"
    );
    window.types("yy");
    window.press(Press::Enter);
    assert_eq!(said(&window), "已收回角色：邮件管理员");
    works(&mut window, "孙前台");
    assert!(!checks(&mut window), "a receptionist alone again");
    sound(&window);
}

#[test]
fn the_only_role_is_not_taken_away_and_none_is_given_twice() {
    let (mut window, sun) = lobby();
    form(&mut window);
    let offered = choices(&mut window);
    assert_eq!(offered.len(), 7, "{offered:?}");
    assert!(offered.iter().all(|choice| choice.ends_with("：增加")));
    assert!(!offered.contains(&"前台：增加".to_owned()));
    // What the form does not offer, the books refuse all the same.
    let (reception, keys) = (Role::Receptionist, Role::KeyKeeper);
    let before = window.lobby.books.length().expect("a length");
    for (wanted, why) in [
        (
            Order::TakeRole(sun, reception),
            RoleRefusal::TheOnlyOne(reception),
        ),
        (Order::TakeRole(sun, keys), RoleRefusal::HasItNot(keys)),
        (
            Order::GiveRole(sun, reception),
            RoleRefusal::HasIt(reception),
        ),
        (
            Order::GiveRole(sun, Role::TenantMember),
            RoleRefusal::NotOfTheOffice,
        ),
        (
            Order::GiveRole(window.lobby.grace, keys),
            RoleRefusal::NotOfTheOffice,
        ),
    ] {
        let refused = order(&mut window, &wanted);
        assert_eq!(refused, Err(Refusal::Role(why)), "{wanted:?}");
    }
    let me = window.me;
    for own in [
        Order::GiveRole(me, keys),
        Order::TakeRole(me, Role::Supervisor),
    ] {
        let refused = order(&mut window, &own);
        assert_eq!(refused, Err(Refusal::Leaving(LeaveRefusal::Yourself)));
    }
    assert_eq!(window.lobby.books.length().expect("a length"), before);
}

#[test]
fn nobody_is_offered_roles_of_the_office_who_is_not_of_it_nor_their_own() {
    let (mut window, _) = lobby();
    for name in ["陈晓明", "李静华"] {
        window.press(Press::Escape);
        window.press(Press::Ctrl('k'));
        window.types(name);
        window.press(Press::Enter);
        let work = window.shown();
        let mut cells = work.rows[work.row].cells.iter();
        assert!(cells.any(|cell| cell.starts_with(&name[..3])), "{work:?}");
        assert!(
            !work
                .actions
                .iter()
                .any(|action| action.key.starts_with('R')),
            "{name}"
        );
    }
}

#[test]
fn a_role_goes_with_what_only_it_permitted_and_with_nothing_else() {
    let (mut window, sun) = lobby();
    let give = |window: &mut Window, role| {
        let given = order(window, &Order::GiveRole(sun, role));
        assert_eq!(given, Ok(Outcome::RoleGiven(role)));
    };
    give(&mut window, Role::Auditor);
    give(&mut window, Role::KeyKeeper);
    window.done(ServiceOrder::Keys(KeyOrder::Grant {
        group: KeyGroup("机房".to_owned()),
        person: sun,
        until: None,
    }));
    let today = monday_morning().date_naive();
    window.done(ServiceOrder::Visits(VisitOrder::EnterPermit(Permit {
        number: "SG-0815".to_owned(),
        company: "远山建设".to_owned(),
        answers: sun,
        from: today,
        until: today,
    })));
    let grants = |window: &Window| {
        let facts = window.lobby.books.registers(window.at).expect("readable");
        facts.grants.len()
    };
    // A key keeper takes keys and answers for work as well.
    let taken = order(&mut window, &Order::TakeRole(sun, Role::Receptionist));
    assert_eq!(taken, Ok(Outcome::RoleTaken(Role::Receptionist)));
    assert_eq!(grants(&window), 1);
    // An auditor does neither.
    let refused = order(&mut window, &Order::TakeRole(sun, Role::KeyKeeper));
    let answers = Refusal::Leaving(LeaveRefusal::AnswersForWork(1));
    assert_eq!(refused, Err(answers));
    window.at += chrono::TimeDelta::days(1);
    let taken = order(&mut window, &Order::TakeRole(sun, Role::KeyKeeper));
    assert_eq!(taken, Ok(Outcome::RoleTaken(Role::KeyKeeper)));
    assert_eq!(grants(&window), 0);
    // Who still works at the desk keeps the PIN.
    let claim = Claim::Name("孙前台".to_owned());
    let member = window.lobby.books.find_staff(&claim).expect("readable");
    assert_eq!(member.expect("an auditor").roles, [Role::Auditor]);
    sound(&window);
}

#[test]
fn whoever_moves_to_one_role_is_told_of_all_they_lose() {
    let (mut window, sun) = lobby();
    order(&mut window, &Order::GiveRole(sun, Role::KeyKeeper)).expect("given");
    form(&mut window);
    window.press(Press::Escape);
    window.press(Press::Char('g'));
    let form = present(&window.session, &window.house, window.at).dialog;
    let says = form.expect("a form").says;
    assert!(says.contains("前台 · 钥匙管理员"), "{says}");
}

#[test]
fn a_receptionist_gives_nobody_a_role() {
    let mut window = Window::open(Role::Receptionist);
    let sun = window.lobby.employ("孙前台", Role::Receptionist);
    form(&mut window);
    let work = window.shown();
    let action = work
        .actions
        .iter()
        .find(|action| action.key.starts_with('R'));
    assert!(action.expect("the act is shown").forbidden);
    for wanted in [
        Order::GiveRole(sun, Role::Supervisor),
        Order::TakeRole(sun, Role::Receptionist),
    ] {
        let refused = order(&mut window, &wanted);
        assert_eq!(refused, Err(Refusal::NotPermitted(Act::KeepPeople)));
    }
}
