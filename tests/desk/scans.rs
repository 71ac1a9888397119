//! A scan at the desk does the obvious, and each is walked to its end: the next key is the answer.

use crate::support::{Lobby, desk_house, kinds};
use crate::{Press, Role, Window, house};
use lodge::desk::services::{MailOrder, ServiceDone, ServiceOrder};
use lodge::desk::view::{Form, Mark};
use lodge::desk::{Event, Outcome, present};
use lodge::keys::KeyState;
use lodge::mail::desk::Intake;
use lodge::mail::{Addressee, Item, MailKind, MailState, PickUpCode};
use lodge::matters::Cause;
use lodge::people::Scanned;
use lodge::visits::{InvitationCode, SignedIn, VisitState, VisitorType};

pub fn scan(window: &mut Window, code: &str) {
    let scanned = Scanned::line(code, "desk", window.at);
    window.happens(Event::CodeScanned(scanned));
    window.happens(Event::BooksChanged);
}

pub fn form(window: &Window) -> Option<Form> {
    present(&window.session, &house(), window.at).dialog
}

/// What the line of the latest scan says behind the code.
pub fn said(window: &Window) -> String {
    window.shown().scans[0].text.clone()
}

/// The room that is open, and the cells of the chosen row.
pub fn stands(window: &Window) -> (usize, String) {
    let work = window.shown();
    (work.room, work.rows[work.row].cells.join(" "))
}

pub fn yes(window: &mut Window, times: usize) {
    for _ in 0..times {
        window.types("y");
    }
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
}

/// A window in this language, of this role.
pub fn in_english(mut window: Window) -> Window {
    window.press(Press::F(11));
    window
}

/// A piece of mail on its shelf, with its code.
pub fn piece(
    window: &mut Window,
    kind: MailKind,
    tracking: &str,
    shelf: &str,
) -> (Item, PickUpCode) {
    let office = window.lobby.employ("钱收发", Role::MailAdministrator);
    let intake = Intake {
        tracking: tracking.to_owned(),
        addressee: Addressee::Person(window.lobby.grace),
        kind,
        shelf: shelf.to_owned(),
    };
    let taken = window.done_by(office, ServiceOrder::Mail(MailOrder::TakeIn(intake)));
    let Outcome::Service(ServiceDone::MailIn(_, digits, _)) = taken else {
        panic!("taken in, not {taken:?}")
    };
    let waiting = window.lobby.books.mail_waiting_by_shelf();
    let mut waiting = waiting.expect("readable books").into_iter();
    let item = waiting.find(|item| item.shelf == shelf);
    let code = PickUpCode::from_digits(&digits).expect("a code");
    (item.expect("a piece"), code)
}

pub fn state_of(window: &Window, item: &Item) -> MailState {
    let found = window.lobby.books.mail_item(item.id);
    found.expect("readable books").expect("a piece").state
}

#[test]
fn the_tag_of_a_key_that_is_out_asks_its_points_and_takes_it_back() {
    for is_english in [false, true] {
        let mut window = Window::open(Role::KeyKeeper);
        let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
        window.key_out("K-31", keeper);
        if is_english {
            window = in_english(window);
        }
        scan(&mut window, "t-k-31");
        let said = said(&window);
        let expected = match is_english {
            true => "Key of hook K-31",
            false => "挂钩 K-31 的钥匙",
        };
        assert!(said.contains(expected), "{said}");
        let asked = form(&window).expect("its points are asked");
        assert_eq!((asked.fields.len(), asked.chosen), (6, 0));
        yes(&mut window, 5);
        let hooks = window.lobby.books.hooks().expect("readable books");
        assert_eq!(hooks[0].key.state, KeyState::OnHook);
        // What was scanned is seen to, and its line says so.
        let after = self::said(&window);
        assert!(after.starts_with("t-k-31") && after != said, "{after}");
        assert_eq!(
            after,
            format!("t-k-31  {}", window.shown().notice.expect("done").1)
        );
        let (room, row) = stands(&window);
        assert!(room == 3 && row.contains("K-31"), "{room} {row}");
    }
}

#[test]
fn the_slip_of_a_visitor_asks_for_what_was_carried_in_by_its_name() {
    for is_english in [false, true] {
        let mut window = Window::open(Role::Receptionist);
        let (visit, number) = window.guest_inside("周远", "电钻一把");
        if is_english {
            window = in_english(window);
        }
        scan(&mut window, &number.code());
        let said = said(&window);
        let expected = match is_english {
            true => "Visitor",
            false => "访客",
        };
        assert!(
            said.contains(expected) && said.contains(&number.to_string()),
            "{said}"
        );
        let asked = form(&window).expect("a question");
        assert!(asked.says.contains("电钻一把"), "{asked:?}");
        // Not everything goes out: the desk looks into it.
        window.press(Press::Enter);
        window.happens(Event::BooksChanged);
        let books = &window.lobby.books;
        let left = books.visit(visit).expect("readable books").expect("it");
        assert_eq!(left.state, VisitState::Left);
        let open = books.open_matters().expect("readable books");
        assert_eq!(open[0].cause, Cause::VisitorThingsMissing);
    }
}

#[test]
fn the_slip_of_a_visitor_who_carried_nothing_in_signs_them_out_at_once() {
    let mut window = Window::open(Role::Receptionist);
    let (visit, number) = window.guest_inside("周远", "");
    scan(&mut window, &number.code());
    assert_eq!(form(&window), None);
    let left = window.lobby.books.visit(visit).expect("readable books");
    assert_eq!(left.expect("a visit").state, VisitState::Left);
    assert!(said(&window).contains("已签离"), "{}", said(&window));
    // Scanned once more, it says so, and shows the visit.
    scan(&mut window, &number.code());
    assert!(said(&window).contains("已离开"), "{}", said(&window));
    assert!(stands(&window).1.contains(&number.to_string()));
}

#[test]
fn the_slip_of_a_visitor_who_waits_leads_to_the_yes() {
    let mut window = Window::open(Role::Receptionist);
    let SignedIn::Waiting { visit, number } = window.signs_in("周远", VisitorType::Guest) else {
        panic!("a yes is asked for")
    };
    window.press(Press::F(9));
    scan(&mut window, &number.code());
    assert_eq!(form(&window), None);
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    let found = window.lobby.books.visit(visit).expect("readable books");
    assert_eq!(found.expect("a visit").state, VisitState::Admitted);
}

#[test]
fn a_pick_up_code_hands_out_all_that_waits_with_a_signature_where_one_is_due() {
    for is_english in [false, true] {
        let mut window = Window::open(Role::Receptionist);
        let (letter, _) = piece(&mut window, MailKind::Letter, "", "S-01");
        let (parcel, code) = piece(&mut window, MailKind::Parcel, "", "S-02");
        if is_english {
            window = in_english(window);
        }
        scan(&mut window, &code.code());
        assert!(said(&window).contains("S-02"), "{}", said(&window));
        let asked = form(&window).expect("who takes it is asked");
        assert!(
            asked.says.contains("S-01") && asked.says.contains("S-02"),
            "{asked:?}"
        );
        let labels: Vec<&str> = asked.fields.iter().map(|field| &*field.label).collect();
        let expected = match is_english {
            true => [
                "Handed out",
                "They showed the pick-up code",
                "They have signed on paper",
            ],
            false => ["交付", "取件人出示了取件码", "已在纸上签收"],
        };
        assert_eq!(labels, expected);
        window.press(Press::Enter);
        // Nobody showed the code: nothing goes.
        window.press(Press::Ctrl('s'));
        assert!(form(&window).expect("a form").problem.is_some());
        window.types("y");
        window.press(Press::Enter);
        // A parcel is signed for.
        window.press(Press::Enter);
        let refused = form(&window).expect("a form");
        assert!(refused.notice.is_some(), "{refused:?}");
        assert_eq!(refused.chosen, 2);
        yes(&mut window, 1);
        assert_eq!(form(&window), None);
        for item in [&letter, &parcel] {
            assert_eq!(state_of(&window, item), MailState::Collected);
        }
    }
}

#[test]
fn a_pick_up_code_hands_out_one_piece_alone_where_that_is_wanted() {
    let mut window = Window::open(Role::Receptionist);
    let (letter, code) = piece(&mut window, MailKind::Letter, "", "S-01");
    let (other, _) = piece(&mut window, MailKind::Letter, "", "S-02");
    // The digits, as somebody reads them out.
    let digits = code.digits();
    window.press(Press::F(9));
    window.types(&format!("{} {}", &digits[..3], &digits[3..]));
    window.press(Press::Enter);
    window.press(Press::Right);
    window.press(Press::Enter);
    yes(&mut window, 1);
    assert_eq!(state_of(&window, &letter), MailState::Collected);
    assert_eq!(state_of(&window, &other), MailState::Waiting);
}

#[test]
fn a_piece_that_went_while_the_form_was_open_is_named_as_not_given() {
    for is_english in [false, true] {
        let mut window = Window::open(Role::Receptionist);
        let (letter, code) = piece(&mut window, MailKind::Letter, "", "S-01");
        let (papers, _) = piece(&mut window, MailKind::PrintedMatter, "", "S-02");
        if is_english {
            window = in_english(window);
        }
        scan(&mut window, &code.code());
        window.mail(MailOrder::StartRound(vec![papers.id]));
        window.press(Press::Enter);
        yes(&mut window, 1);
        assert_eq!(state_of(&window, &letter), MailState::Collected);
        assert_eq!(state_of(&window, &papers), MailState::OutOnRound);
        let (mark, said) = window.shown().notice.expect("a word about it");
        let kind = match is_english {
            true => "Printed matter",
            false => "平刷",
        };
        assert!(
            mark == Mark::Attend && said.contains(kind),
            "{mark:?} {said}"
        );
    }
}

#[test]
fn a_number_on_a_piece_asks_whoever_may_hand_it_out_without_a_code() {
    for by_tracking in [false, true] {
        let mut window = Window::open(Role::MailAdministrator);
        let (parcel, _) = piece(&mut window, MailKind::Parcel, "SF1234567890", "S-02");
        let code = match by_tracking {
            true => "SF1234567890".to_owned(),
            false => parcel.number.as_ref().expect("a number").code(),
        };
        scan(&mut window, &code);
        assert!(said(&window).contains("S-02"), "{}", said(&window));
        let asked = form(&window).expect("who takes it is asked");
        assert_eq!(asked.fields[asked.chosen].label, "领取人");
        window.types("陈晓明");
        window.press(Press::Enter);
        window.types("本人来电");
        window.press(Press::Enter);
        yes(&mut window, 1);
        assert_eq!(state_of(&window, &parcel), MailState::Collected);
        // What is gone is shown as a search finds it.
        scan(&mut window, &code);
        assert_eq!(form(&window), None);
        assert!(said(&window).contains("已取走"), "{}", said(&window));
    }
}

#[test]
fn whoever_may_not_hand_out_without_a_code_is_led_to_the_piece() {
    let mut window = Window::open(Role::Receptionist);
    let (_, _) = piece(&mut window, MailKind::Letter, "SF1234567890", "S-01");
    let (parcel, _) = piece(&mut window, MailKind::Parcel, "SF1234567891", "S-02");
    scan(&mut window, "SF1234567891");
    assert_eq!(form(&window), None);
    let (room, row) = stands(&window);
    assert!(room == 4 && row.contains("S-02"), "{room} {row}");
    assert_eq!(state_of(&window, &parcel), MailState::Waiting);
}

#[test]
fn a_piece_on_a_round_leads_to_its_line_there() {
    let mut window = Window::open(Role::Receptionist);
    let (letter, code) = piece(&mut window, MailKind::Letter, "", "S-01");
    window.mail(MailOrder::StartRound(vec![letter.id]));
    scan(&mut window, &code.code());
    assert_eq!(form(&window), None);
    // Enter is that it was delivered.
    window.press(Press::Enter);
    window.types("陈晓明");
    window.press(Press::Enter);
    assert_eq!(state_of(&window, &letter), MailState::Delivered);
}

#[test]
fn an_invitation_leads_to_the_visit_that_is_expected() {
    for is_english in [false, true] {
        let mut window = Window::open(Role::Receptionist);
        window.announced("孙强");
        let digits = window.announced("周远");
        if is_english {
            window = in_english(window);
        }
        let code = InvitationCode::from_digits(&digits).expect("a code");
        scan(&mut window, &code.code());
        let expected = match is_english {
            true => "Expected",
            false => "预约",
        };
        assert!(said(&window).contains(expected), "{}", said(&window));
        let (room, row) = stands(&window);
        assert!(room == 1 && row.contains('周'), "{room} {row}");
        assert_eq!(window.shown().tab, 2);
    }
}

#[test]
fn a_form_that_is_open_keeps_the_keys_and_what_nothing_has_is_said_so() {
    let mut window = Window::of(Lobby::open(), desk_house(&kinds()), Role::Receptionist);
    window.press(Press::F(2));
    window.press(Press::Char('a'));
    let before = form(&window).expect("a form").title;
    scan(&mut window, "M-0000000");
    assert_eq!(form(&window).expect("a form").title, before);
    window.press(Press::Escape);
    for code in ["M-0000000", "I-000000000", "6901234567892"] {
        scan(&mut window, code);
        assert!(said(&window).contains("不认识这个码"), "{}", said(&window));
    }
}
