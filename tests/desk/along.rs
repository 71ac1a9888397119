//! A key for a contractor: whoever is signed in is chosen, not typed.

use crate::support::{card, monday_morning};
use crate::{Press, Role, Window};
use lodge::desk::dialog::Seek;
use lodge::desk::{Event, present};
use lodge::people::{Certainty, How, PersonId, Presented, Scanned};
use lodge::store::Verdict;
use lodge::visits::SignOut;

/// A lobby where a key was taken and came back, and two contractors are signed in, and a third firm has a
/// permit.
fn lobby(role: Role) -> (Window, PersonId) {
    let mut window = Window::open(role);
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    window.key_out("K-31", keeper);
    let scanned = Scanned::line("T-K-31", "desk", window.at);
    window.happens(Event::CodeScanned(scanned));
    window.types("yyyyy");
    window.press(Press::Enter);
    let lobby = &mut window.lobby;
    for (number, company) in [
        ("SG-1", "远山建设"),
        ("SG-2", "宏图装饰"),
        ("SG-3", "宏大机电"),
    ] {
        lobby.permit(number, company, keeper, monday_morning());
    }
    let (liu, _) = lobby.contractor("刘强", "远山建设", "SG-1", monday_morning());
    lobby.contractor("柳青", "宏图装饰", "SG-2", monday_morning());
    window.happens(Event::BooksChanged);
    (window, liu)
}

/// The form of a key that goes out, with the card read, at the field of the contractor.
fn form(window: &mut Window) {
    window.press(Press::F(4));
    window.press(Press::Char('o'));
    let held_up = Presented {
        credential: card(0xAA),
        how: How::Tapped,
        reader: None,
        at: window.at,
        certainty: Certainty::Checked,
    };
    window.happens(Event::CardPresented(held_up));
    for _ in 0..3 {
        window.press(Press::Tab { back: false });
    }
}

fn offers(window: &Window) -> Vec<String> {
    let form = present(&window.session, &window.house, window.at).dialog;
    form.expect("a form").fields[3].offers.clone()
}

/// What the register says of the contractor of the key that is out.
fn along(window: &Window) -> Option<String> {
    let facts = window.lobby.books.registers(window.at).expect("readable");
    let out = facts.hooks.iter().find_map(|fact| fact.out.clone());
    out.expect("it is out").contractor
}

fn journal(window: &Window) -> String {
    let mut last = String::new();
    let keep = |entry: lodge::store::journal::Entry| {
        if entry.kind == "signed-out" {
            last = entry.payload;
        }
        Ok(())
    };
    window.lobby.books.journal(keep).expect("a journal");
    last
}

fn sound(window: &Window) {
    let verdict = window.lobby.books.verify().expect("readable books");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
}

#[test]
fn two_letters_name_the_contractor_who_is_signed_in() {
    let (mut window, liu) = lobby(Role::Receptionist);
    form(&mut window);
    assert_eq!(
        offers(&window),
        [""; 0],
        "nobody is offered before a letter"
    );
    window.types("lq");
    assert_eq!(
        offers(&window),
        ["刘* · 远山建设", "柳* · 宏图装饰", "照此填写：lq"]
    );
    window.press(Press::Enter);
    assert_eq!(along(&window).as_deref(), Some("刘强 · 远山建设"));
    // The journal says who, and not what they are called.
    let entry = journal(&window);
    assert!(entry.contains(&liu.to_string()), "{entry}");
    assert!(!entry.contains("刘强"), "{entry}");
    sound(&window);
}

#[test]
fn the_company_finds_its_people_and_a_permit_its_company() {
    let (mut window, _) = lobby(Role::Receptionist);
    form(&mut window);
    window.types("hong");
    assert_eq!(
        offers(&window),
        [
            "柳* · 宏图装饰",
            "宏图装饰 · SG-2",
            "宏大机电 · SG-3",
            "照此填写：hong"
        ]
    );
    window.press(Press::Right);
    window.press(Press::Right);
    window.press(Press::Enter);
    assert_eq!(along(&window).as_deref(), Some("宏大机电"));
    sound(&window);
}

#[test]
fn whoever_is_not_known_is_written_down_as_typed() {
    for (typed, back) in [("张师傅", false), ("刘", true)] {
        let (mut window, liu) = lobby(Role::Receptionist);
        form(&mut window);
        window.types(typed);
        // Another one of that name: the last of the choices, one step back from the first.
        if back {
            window.press(Press::Left);
        }
        window.press(Press::Enter);
        assert_eq!(along(&window).as_deref(), Some(typed));
        assert!(!journal(&window).contains(&liu.to_string()));
        sound(&window);
    }
}

#[test]
fn a_key_for_nobody_else_is_taken_as_before() {
    let (mut window, _) = lobby(Role::Receptionist);
    form(&mut window);
    window.press(Press::Enter);
    assert_eq!(along(&window), None);
    sound(&window);
}

#[test]
fn whoever_has_left_meanwhile_is_refused_and_chosen_anew() {
    let (mut window, liu) = lobby(Role::Receptionist);
    form(&mut window);
    window.types("liuqiang");
    let inside = window.lobby.books.inside_now().expect("readable");
    let visit = inside.iter().find(|visit| visit.visitor == liu);
    let number = visit
        .and_then(|visit| visit.number.clone())
        .expect("a number");
    let books = &mut window.lobby.books;
    let out = books.sign_out(&SignOut::Slip(number), None, window.at);
    out.expect("writable books").expect("signed out");
    window.press(Press::Enter);
    let form = present(&window.session, &window.house, window.at).dialog;
    let form = form.expect("the form is there again");
    assert_eq!(form.chosen, 3);
    assert_eq!(
        form.notice.expect("why").1,
        "这位施工人员已签离，请另选在楼内的施工人员。"
    );
    let hooks = window.lobby.books.hooks().expect("readable books");
    assert!(hooks[0].out.is_none());
}

#[test]
fn only_those_who_take_keys_are_told_which_contractors_are_inside() {
    for (role, is_told) in [(Role::PropertyStaff, true), (Role::Auditor, true)] {
        let (window, _) = lobby(role);
        let found = window
            .lobby
            .books
            .desk_candidates(window.me, Seek::Contractor, "liuqiang");
        assert_eq!(found.expect("readable").len() == 1, is_told, "{role:?}");
    }
    let (window, _) = lobby(Role::Receptionist);
    for who in [window.lobby.grace, window.lobby.chen] {
        let books = &window.lobby.books;
        let found = books.desk_candidates(who, Seek::Contractor, "liuqiang");
        assert_eq!(found.expect("readable"), []);
    }
}
