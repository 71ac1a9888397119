//! Companies that move in and out, and people who change their company or leave it.

use crate::support::{CHEN, GRACE, LOST, card, minutes, monday_morning};
use crate::{Press, Role, Window};
use chrono::TimeDelta;
use lodge::desk::dialog::Seek;
use lodge::desk::event::{Doer, LeaveRefusal, Order, Outcome, Refusal};
use lodge::desk::services::{KeyOrder, MailOrder, ServiceOrder, VisitOrder};
use lodge::desk::view::Work;
use lodge::desk::{Event, present};
use lodge::keys::KeyGroup;
use lodge::mail::desk::Intake;
use lodge::mail::{Addressee, AuthorityOrder, MailKind};
use lodge::matters::{Cause, MatterId, MatterRefusal, Move};
use lodge::people::staff::Claim;
use lodge::people::{Identity, PersonId};
use lodge::store::Verdict;
use lodge::visits::Permit;

const PEOPLE: Press = Press::F(6);
const PHONE: &str = "02158001234";
const ADDRESS: &str = "苏州路 88 号";

/// The table of companies, with the one of Grace and Chen chosen.
fn harbour(window: &mut Window) {
    window.press(PEOPLE);
    window.press(Press::Right);
    let rows = window.shown().rows;
    let place = rows.iter().position(|row| row.cells[0].contains("海港"));
    for _ in 0..place.expect("the company") {
        window.press(Press::Down);
    }
}

/// Fills in the state of the chosen company: so many choices on, and where it is reached.
fn state(window: &mut Window, on: usize, phone: &str, address: &str) {
    window.press(Press::Char('s'));
    for _ in 0..on {
        window.press(Press::Right);
    }
    window.press(Press::Enter);
    window.types(phone);
    window.press(Press::Enter);
    window.types(address);
    window.press(Press::Ctrl('s'));
    window.happens(Event::BooksChanged);
}

fn letter(window: &mut Window) {
    let grace = window.lobby.grace;
    window.mail(MailOrder::TakeIn(Intake {
        tracking: String::new(),
        addressee: Addressee::Person(grace),
        kind: MailKind::Letter,
        shelf: "A-01".to_owned(),
    }));
}

fn identity(window: &Window, number: u64) -> Identity {
    let found = window.lobby.books.identify_card(&card(number));
    found.expect("readable books")
}

fn says(work: &Work, label: &str) -> String {
    let fact = work.facts.iter().find(|(known, _)| known == label);
    fact.unwrap_or_else(|| panic!("no {label} in {:?}", work.facts))
        .1
        .clone()
}

fn phoned(window: &Window) -> Vec<MatterId> {
    let open = window.lobby.books.open_matters().expect("readable books");
    let about = open
        .iter()
        .filter(|matter| matter.cause == Cause::MailForMovedTenant);
    about.map(|matter| matter.id).collect()
}

fn sound(window: &Window) {
    let verdict = window.lobby.books.verify().expect("readable books");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
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

#[test]
fn a_company_that_moves_out_is_phoned_about_its_mail_and_its_cards_say_so() {
    let mut window = Window::open(Role::Supervisor);
    letter(&mut window);
    assert!(phoned(&window).is_empty());
    harbour(&mut window);
    // In, moving out, moved.
    state(&mut window, 2, PHONE, ADDRESS);
    let work = window.shown();
    assert_eq!(work.rows[work.row].cells[2], "已迁出");
    assert_eq!(says(&work, "租户电话"), PHONE);
    assert_eq!(says(&work, "转投地址"), ADDRESS);
    for number in [GRACE, CHEN] {
        assert_eq!(identity(&window, number), Identity::TenantMoved);
    }
    // What waits already has its matter, with the number to phone.
    assert_eq!(phoned(&window).len(), 1);
    letter(&mut window);
    assert_eq!(phoned(&window).len(), 1, "one matter a company");
    window.press(Press::F(7));
    let work = window.shown();
    assert_eq!(says(&work, "租户电话"), PHONE);
    assert_eq!(says(&work, "转投地址"), ADDRESS);
    window.press(Press::F(11));
    assert_eq!(says(&window.shown(), "Company phone"), PHONE);
    window.press(Press::F(11));
    // Its ordinary mail is held for fourteen days, not thirty.
    window.at += minutes(15 * 24 * 60);
    let terms = lodge::mail::Terms::default();
    let waiting = window.lobby.books.mail_waiting_by_shelf().expect("mail");
    let overdue = |item| lodge::mail::is_overdue(item, &terms, window.at);
    assert!(waiting.iter().all(overdue));
    sound(&window);
}

#[test]
fn mail_of_a_moved_company_goes_on_to_the_address_that_is_written_down() {
    let mut window = Window::open(Role::Supervisor);
    letter(&mut window);
    harbour(&mut window);
    state(&mut window, 2, PHONE, ADDRESS);
    window.press(Press::F(5));
    window.press(Press::Char('o'));
    window.press(Press::Ctrl('s'));
    let back = window.lobby.books.mail_returns().expect("readable books");
    let back = back.first().expect("a return was asked for");
    assert_eq!(back.address, ADDRESS);
    assert_eq!(back.onward, lodge::mail::desk::Onward::Forward);
}

#[test]
fn a_company_that_is_back_opens_doors_again_and_nobody_phones_it() {
    let mut window = Window::open(Role::Supervisor);
    letter(&mut window);
    harbour(&mut window);
    state(&mut window, 2, PHONE, "");
    assert_eq!(phoned(&window).len(), 1);
    // Moved, moving in, in; the phone is kept where it is not typed over.
    state(&mut window, 2, "", "");
    assert!(matches!(identity(&window, GRACE), Identity::Known(_)));
    assert!(phoned(&window).is_empty());
    assert_eq!(says(&window.shown(), "租户电话"), PHONE);
    sound(&window);
}

#[test]
fn who_may_not_enter_companies_does_not_move_them_either() {
    let mut window = Window::open(Role::Receptionist);
    harbour(&mut window);
    let work = window.shown();
    let mut actions = work.actions.iter();
    let offered = actions.find(|action| action.label == "租户状态");
    assert!(offered.expect("the act is shown").forbidden);
    window.press(Press::Char('s'));
    assert!(window.shown().notice.is_some());
}

/// The row of somebody among what a search finds.
fn found(window: &mut Window, name: &str) {
    window.press(Press::Ctrl('k'));
    window.types(name);
    window.press(Press::Enter);
}

#[test]
fn who_has_left_the_company_has_cards_past_their_last_day() {
    let mut window = Window::open(Role::Supervisor);
    found(&mut window, "陈晓明");
    window.press(Press::Char('e'));
    // A no is not a yes.
    window.press(Press::Enter);
    assert!(matches!(identity(&window, CHEN), Identity::Known(_)));
    window.press(Press::Char('y'));
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert_eq!(identity(&window, CHEN), Identity::ExpiredCard);
    assert_eq!(identity(&window, LOST), Identity::LostCard);
    // Nobody visits them, or has things kept for them.
    let hosts = window.lobby.books.candidates(Seek::OfTheHouse, "陈晓明");
    assert_eq!(hosts.expect("readable books"), []);
    sound(&window);
}

#[test]
fn who_owns_an_open_matter_hands_it_over_before_they_leave() {
    let mut window = Window::open(Role::Supervisor);
    let other: PersonId = window.lobby.employ("孙前台", Role::Receptionist);
    harbour(&mut window);
    letter(&mut window);
    state(&mut window, 2, "", "");
    let matter = phoned(&window)[0];
    let taken = Order::MoveMatter(matter, Move::Take, String::new());
    order(&mut window, &taken).expect("taken");
    let over = Order::MoveMatter(matter, Move::HandOver(other), "请致电".to_owned());
    order(&mut window, &over).expect("handed over");
    let refused = order(&mut window, &Order::EndPerson(other));
    let expected = Refusal::Leaving(LeaveRefusal::OwnsMatters(1));
    assert_eq!(refused, Err(expected));
    let closed = Order::MoveMatter(matter, Move::Close, "已通知".to_owned());
    order(&mut window, &closed).expect("a supervisor closes it");
    let left = order(&mut window, &Order::EndPerson(other));
    assert_eq!(left, Ok(Outcome::PersonLeft));
    let me = Order::EndPerson(window.me);
    let refused = order(&mut window, &me);
    assert_eq!(refused, Err(Refusal::Leaving(LeaveRefusal::Yourself)));
}

#[test]
fn who_changes_the_company_is_there_from_now_on_with_the_same_card() {
    let mut window = Window::open(Role::Supervisor);
    found(&mut window, "陈晓明");
    window.press(Press::Char('g'));
    // From their company to the one before it: the property office comes first in the choice.
    window.press(Press::Left);
    window.press(Press::Left);
    window.press(Press::Enter);
    window.press(Press::Right);
    window.press(Press::Enter);
    let came_of_it = window.shown().notice.expect("what came of it").1;
    assert_eq!(came_of_it, "单位与角色已变更");
    let Identity::Known(holder) = identity(&window, CHEN) else {
        panic!("the card is good")
    };
    assert_eq!(holder.tenant, None);
    assert_eq!(holder.roles, [Role::PropertyStaff]);
    sound(&window);
}

/// What a member of staff is asked to give out of their hands, by leaving or by becoming something else.
fn refusals(window: &mut Window, person: PersonId) -> [Result<Outcome, Refusal>; 2] {
    let moved = Order::MovePerson {
        person,
        tenant: None,
        role: Role::Auditor,
    };
    [moved, Order::EndPerson(person)].map(|asked| order(window, &asked))
}

#[test]
fn who_owns_an_open_matter_becomes_nothing_that_owns_none() {
    let mut window = Window::open(Role::Supervisor);
    let other = window.lobby.employ("孙前台", Role::Receptionist);
    harbour(&mut window);
    letter(&mut window);
    state(&mut window, 2, "", "");
    let matter = phoned(&window)[0];
    for word in [Move::Take, Move::HandOver(other)] {
        let order_of = Order::MoveMatter(matter, word, "请致电".to_owned());
        order(&mut window, &order_of).expect("taken and handed over");
    }
    let owns = Err(Refusal::Leaving(LeaveRefusal::OwnsMatters(1)));
    assert_eq!(refusals(&mut window, other), [owns.clone(), owns]);
    // What owns matters too keeps it.
    let keeps = Order::MovePerson {
        person: other,
        tenant: None,
        role: Role::MailAdministrator,
    };
    assert_eq!(order(&mut window, &keeps), Ok(Outcome::PersonMoved));
    sound(&window);
}

#[test]
fn who_answers_for_a_contractors_work_gives_it_to_somebody_else_before() {
    let mut window = Window::open(Role::Supervisor);
    let keeper = window.lobby.employ("赵建国", Role::KeyKeeper);
    let today = monday_morning().date_naive();
    let permit = |until| {
        ServiceOrder::Visits(VisitOrder::EnterPermit(Permit {
            number: format!("SG-{until}"),
            company: "远山建设".to_owned(),
            answers: keeper,
            from: today,
            until,
        }))
    };
    window.done(permit(today));
    let answers = Err(Refusal::Leaving(LeaveRefusal::AnswersForWork(1)));
    assert_eq!(refusals(&mut window, keeper), [answers.clone(), answers]);
    // Work that is over binds nobody.
    window.at += TimeDelta::days(1);
    let left = order(&mut window, &Order::EndPerson(keeper));
    assert_eq!(left, Ok(Outcome::PersonLeft));
    sound(&window);
}

#[test]
fn what_somebody_was_given_is_taken_back_with_what_they_were_here() {
    let mut window = Window::open(Role::Supervisor);
    let keeper = window.lobby.employ("赵建国", Role::KeyKeeper);
    let (grace, chen) = (window.lobby.grace, window.lobby.chen);
    let Identity::Known(holder) = identity(&window, GRACE) else {
        panic!("the card is good")
    };
    window.done(ServiceOrder::Keys(KeyOrder::Grant {
        group: KeyGroup("机房".to_owned()),
        person: keeper,
        until: None,
    }));
    let collects = |holder, principal| {
        ServiceOrder::Mail(MailOrder::LetCollect(AuthorityOrder {
            holder,
            principal,
            kinds: MailKind::ALL.to_vec(),
            until: None,
            once: false,
        }))
    };
    let company = holder.tenant.expect("a company").id;
    window.done(collects(chen, Addressee::Tenant(company)));
    window.done(collects(grace, Addressee::Person(chen)));
    let given = |window: &Window| {
        let facts = window.lobby.books.registers(window.at).expect("readable");
        (facts.grants.len(), facts.authorities.len())
    };
    assert_eq!(given(&window), (1, 2));
    for (person, tenant, role) in [
        (chen, None, Role::Contractor),
        (keeper, Some(company), Role::TenantMember),
    ] {
        let moved = Order::MovePerson {
            person,
            tenant,
            role,
        };
        assert_eq!(order(&mut window, &moved), Ok(Outcome::PersonMoved));
    }
    assert_eq!(given(&window), (0, 0));
    // Nor does the PIN of then open the desk, should they be staff again.
    let back = Order::MovePerson {
        person: keeper,
        tenant: None,
        role: Role::KeyKeeper,
    };
    assert_eq!(order(&mut window, &back), Ok(Outcome::PersonMoved));
    let claim = Claim::Name("赵建国".to_owned());
    let member = window.lobby.books.find_staff(&claim).expect("readable");
    assert!(member.is_none(), "nobody has a PIN under this name");
    sound(&window);
}

#[test]
fn a_matter_goes_only_to_who_may_act_on_it() {
    let mut window = Window::open(Role::Supervisor);
    let staff = window.lobby.employ("王保洁", Role::PropertyStaff);
    let other = window.lobby.employ("孙前台", Role::Receptionist);
    harbour(&mut window);
    letter(&mut window);
    state(&mut window, 2, "", "");
    let matter = phoned(&window)[0];
    let take = Order::MoveMatter(matter, Move::Take, String::new());
    order(&mut window, &take).expect("taken");
    let hands = |to| Order::MoveMatter(matter, Move::HandOver(to), "请致电".to_owned());
    assert_eq!(
        order(&mut window, &hands(staff)),
        Err(Refusal::Matter(MatterRefusal::CannotOwn, None))
    );
    // Nor does the form name them.
    window.press(Press::F(7));
    window.press(Press::Char('h'));
    let form = present(&window.session, &window.house, window.at).dialog;
    assert_eq!(form.expect("a form").fields[0].value, "孙*台");
    window.press(Press::Escape);
    order(&mut window, &hands(other)).expect("handed over");
    sound(&window);
}
