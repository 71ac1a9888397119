//! The room of keys: a damaged key that comes back, a matter that only a decision closes, checks that
//! nobody closed, the register, and keys that retire.

use crate::support::{PIN, minutes};
use crate::{Press, Role, Window};
use lodge::desk::Event;
use lodge::desk::Mark;
use lodge::desk::services::{KeyOrder, ServiceOrder};
use lodge::keys::{Harm, KeyId, KeyState};
use lodge::people::{Certainty, How, Presented};

const KEYS: Press = Press::F(4);

/// A window of a supervisor, and a key that is out.
fn with_key_out() -> (Window, KeyId) {
    let mut window = Window::open(Role::Supervisor);
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    let key = window.key_out("K-31", keeper);
    (window, key)
}

fn damaged(window: &mut Window, key: KeyId) {
    window.keys(KeyOrder::Report {
        key,
        harm: Harm::Damaged,
        text: "弯了".to_owned(),
    });
}

fn offered(window: &Window) -> Vec<char> {
    let work = window.shown();
    let keys = work
        .actions
        .iter()
        .filter_map(|action| action.key.chars().next());
    keys.collect()
}

fn says(window: &Window, text: &str) {
    let view = crate::present(&window.session, &crate::house(), window.at);
    let view = format!("{view:?}");
    assert!(view.contains(text), "{text} in {view}");
}

fn titles(window: &Window) -> Vec<String> {
    let work = window.shown();
    work.needs.iter().map(|need| need.title.clone()).collect()
}

#[test]
fn a_key_reported_damaged_while_it_is_out_is_taken_back_at_the_desk() {
    let (mut window, key) = with_key_out();
    damaged(&mut window, key);
    window.press(KEYS);
    assert_eq!(offered(&window)[..3], ['R', 'E', 'L']);
    window.press(Press::Char('r'));
    for _ in 0..5 {
        window.types("y");
    }
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    says(
        &window,
        "挂钩 K-31 的钥匙已归还，请收好，主管决定前不要挂回",
    );
    let books = &window.lobby.books;
    let line = &books.hooks().expect("readable")[0];
    assert_eq!(
        (line.key.state, line.out.is_some()),
        (KeyState::Damaged, false)
    );
    assert_eq!(books.open_key_reports().expect("readable").len(), 1);
    // What is damaged can get lost, and nothing hangs there undecided.
    assert_eq!(offered(&window)[..2], ['E', 'L']);
}

#[test]
fn nobody_closes_the_matter_of_a_lost_key_by_hand_and_the_decision_does() {
    let (mut window, key) = with_key_out();
    let keeper = window.me;
    window.reported_lost(key, keeper);
    window.press(Press::F(7));
    window.press(Press::Char('t'));
    window.happens(Event::BooksChanged);
    window.press(Press::Char('c'));
    window.happens(Event::BooksChanged);
    says(
        &window,
        "这项待办由主管在“钥匙”（F4）中决定（E），决定后自动关闭。",
    );
    assert_eq!(window.shown().rows.len(), 1);
    window.press(Press::Char('e'));
    window.press(Press::Enter);
    window.types("20");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert!(window.shown().rows.is_empty(), "{:?}", window.shown().rows);
}

#[test]
fn the_check_needs_somebody_from_an_hour_before_closing_and_is_not_forgotten_at_midnight() {
    let (mut window, _) = with_key_out();
    window.keys(KeyOrder::BeginCheck);
    assert_eq!(titles(&window), [""; 0], "it is morning");
    window.at += minutes(10 * 60);
    window.happens(Event::BooksChanged);
    assert_eq!(titles(&window), ["今天的钥匙清点还没有结束"]);
    window.at += minutes(60);
    window.happens(Event::BooksChanged);
    let now = titles(&window);
    assert!(
        now.contains(&"今天的钥匙清点还没有结束".to_owned()),
        "{now:?}"
    );
    // The next morning the check of the day before is the one that is there.
    window.at += minutes(13 * 60);
    window.lobby.books.hooks().expect("readable");
    window.happens(Event::BooksChanged);
    log_in_again(&mut window);
    let now = titles(&window);
    let older = now
        .iter()
        .position(|title| title.contains("钥匙清点还没有结束"));
    let older = older.unwrap_or_else(|| panic!("{now:?}"));
    assert!(now[older].contains("11月23日"), "{now:?}");
    window.press(KEYS);
    window.press(Press::Right);
    assert!(
        window.shown().tabs[1].contains("11月23日"),
        "{:?}",
        window.shown().tabs
    );
}

#[test]
fn a_day_on_which_nobody_went_through_the_hooks_is_not_forgotten_at_midnight() {
    let (mut window, _) = with_key_out();
    let missed = |window: &Window| -> Vec<String> {
        let mut now = titles(window);
        now.retain(|title| title.contains("没有清点钥匙"));
        now
    };
    let morning_of = |window: &mut Window| {
        window.at += minutes(24 * 60);
        window.happens(Event::BooksChanged);
        log_in_again(window);
    };
    morning_of(&mut window);
    assert!(
        missed(&window).is_empty(),
        "the first key was hung yesterday"
    );
    morning_of(&mut window);
    assert_eq!(missed(&window), ["2026年11月24日 周二没有清点钥匙"]);
    says(&window, "完成今天的清点即可");
    morning_of(&mut window);
    assert_eq!(missed(&window), ["2026年11月24日 周二起没有清点钥匙"]);
    // Begun today, it is still to be closed; closed, it settles what was left out.
    window.keys(KeyOrder::BeginCheck);
    assert_eq!(missed(&window).len(), 1);
    window.keys(KeyOrder::KeyBack {
        tag: "T-K-31".to_owned(),
        answers: lodge::keys::Answers([true; 5]),
        bringer: None,
    });
    window.press(KEYS);
    window.press(Press::Right);
    for key in ['h', 'c'] {
        window.press(Press::Char(key));
        window.happens(Event::BooksChanged);
    }
    assert!(missed(&window).is_empty(), "{:?}", titles(&window));
    morning_of(&mut window);
    assert!(missed(&window).is_empty(), "yesterday was gone through");
    // A check that was begun and not closed speaks for itself.
    window.keys(KeyOrder::BeginCheck);
    morning_of(&mut window);
    morning_of(&mut window);
    assert!(missed(&window).is_empty(), "{:?}", titles(&window));
}

/// Whoever was away for hours logs in again.
fn log_in_again(window: &mut Window) {
    if window.work().is_none() {
        window.types("李静华");
        window.press(Press::Enter);
        window.types(PIN);
        window.press(Press::Enter);
    }
}

#[test]
fn a_line_that_no_longer_holds_is_open_again_and_a_closed_check_is_done() {
    let (mut window, key) = with_key_out();
    window.keys(KeyOrder::BeginCheck);
    window.press(KEYS);
    window.press(Press::Right);
    window.press(Press::Char('o'));
    window.happens(Event::BooksChanged);
    assert!(
        window.shown().tabs[1].ends_with(" 0"),
        "{:?}",
        window.shown().tabs
    );
    window.keys(KeyOrder::KeyBack {
        tag: "T-K-31".to_owned(),
        answers: lodge::keys::Answers([true; 5]),
        bringer: None,
    });
    assert!(
        window.shown().tabs[1].ends_with(" 1"),
        "{:?}",
        window.shown().tabs
    );
    says(&window, "情况已变，请重新登记");
    window.press(Press::Char('h'));
    window.happens(Event::BooksChanged);
    window.press(Press::Char('c'));
    window.happens(Event::BooksChanged);
    damaged(&mut window, key);
    assert!(
        window.shown().tabs[1].ends_with(" 0"),
        "{:?}",
        window.shown().tabs
    );
}

#[test]
fn the_register_and_the_hook_say_who_has_the_key_for_what_and_since_when() {
    let (mut window, _) = with_key_out();
    window.press(KEYS);
    let facts = |window: &Window| format!("{:?}", window.shown().facts);
    let seen = facts(&window);
    assert!(seen.contains("巡查") && seen.contains("领用时间"), "{seen}");
    for _ in 0..5 {
        window.press(Press::Right);
    }
    let row = window.shown().rows[0].clone();
    assert_eq!(row.cells[0], "K-31");
    assert!(
        row.cells[1].starts_with('方') && row.cells[2] == "巡查",
        "{row:?}"
    );
    assert_eq!(row.cells[4], "未归还");
    let supervisor = window.me;
    let back = KeyOrder::KeyBack {
        tag: "T-K-31".to_owned(),
        answers: lodge::keys::Answers([true; 5]),
        bringer: None,
    };
    window.done_by(supervisor, ServiceOrder::Keys(back));
    let seen = facts(&window);
    assert!(seen.contains("在前台归还（李*华收）"), "{seen}");
}

#[test]
fn a_key_retires_with_its_reason_and_its_hook_is_free() {
    let (mut window, _) = with_key_out();
    window.press(KEYS);
    assert!(!offered(&window).contains(&'X'), "somebody has it");
    window.keys(KeyOrder::KeyBack {
        tag: "T-K-31".to_owned(),
        answers: lodge::keys::Answers([true; 5]),
        bringer: None,
    });
    window.press(Press::Char('x'));
    window.types("wrong");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    says(&window, "挂钩 K-31 的钥匙已停用，挂钩可以再用");
    assert!(window.shown().rows.is_empty(), "{:?}", window.shown().rows);
    window.press(Press::F(1));
    let today = format!("{:?}", window.shown().rows);
    assert!(today.contains("钥匙停用"), "{today}");
}

#[test]
fn a_key_that_is_back_says_what_it_waits_for_and_that_its_unit_is_to_be_seen_to() {
    let (mut window, key) = with_key_out();
    damaged(&mut window, key);
    window.press(KEYS);
    window.press(Press::Char('r'));
    for answer in ["n", "y", "y", "y", "y"] {
        window.types(answer);
    }
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    says(
        &window,
        "挂钩 K-31 的钥匙已归还，请收好，主管决定前不要挂回 · 未确认的事项已登记待办",
    );
}

#[test]
fn a_key_that_is_decided_about_comes_back_to_the_keeper_who_is_asked_to_hang_it() {
    let (mut window, key) = with_key_out();
    damaged(&mut window, key);
    window.press(KEYS);
    window.press(Press::Char('e'));
    window.press(Press::Enter);
    window.types("20");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    window.press(Press::Char('r'));
    for _ in 0..5 {
        window.types("y");
    }
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    says(
        &window,
        "挂钩 K-31 的钥匙已归还，主管已有决定，请收好，交钥匙管理员处理",
    );
    assert_eq!(titles(&window), ["损坏的钥匙：请挂回或停用"]);
    // It is done where it stands.
    window.press(Press::Char('1'));
    window.press(Press::Char('a'));
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert!(titles(&window).is_empty(), "{:?}", titles(&window));
}

#[test]
fn the_register_says_of_a_lost_key_that_it_did_not_come_back() {
    let (mut window, key) = with_key_out();
    let keeper = window.me;
    window.reported_lost(key, keeper);
    window.press(KEYS);
    for _ in 0..5 {
        window.press(Press::Right);
    }
    let work = window.shown();
    assert!(work.rows[0].cells[4].starts_with("遗失"), "{work:?}");
    assert_eq!(work.rows[0].mark, Mark::Attend);
    let brought = work.facts.iter().find(|(label, _)| label == "归还人");
    assert_eq!(brought, None, "nobody did");
}

#[test]
fn a_tag_that_is_in_use_has_the_cursor_on_it_and_so_has_a_hook() {
    let (mut window, _) = with_key_out();
    for (hook, tag, wrong, sentence) in [
        ("k-32", "pc-01", 1, "标签 PC-01 已经用在别的物品上。"),
        ("k-31", "t-k-32", 0, "这个挂钩已经在用。"),
    ] {
        window.press(KEYS);
        window.press(Press::Char('h'));
        for text in [hook, tag, "", "楼层"] {
            window.types(text);
            window.press(Press::Tab { back: false });
        }
        for _ in 0..3 {
            window.press(Press::Enter);
        }
        window.happens(Event::BooksChanged);
        let form = crate::present(&window.session, &crate::house(), window.at).dialog;
        let form = form.expect("it stays");
        assert_eq!(form.chosen, wrong, "{form:?}");
        says(&window, sentence);
        window.press(Press::Escape);
    }
}

#[test]
fn at_night_the_desk_says_that_an_emergency_is_given_a_key_at_any_time_where_it_is() {
    let emergency = "紧急情况随时可以，用途请选“紧急情况”";
    for in_curfew in [true, false] {
        let (mut window, _) = with_key_out();
        window.keys(KeyOrder::KeyBack {
            tag: "T-K-31".to_owned(),
            answers: lodge::keys::Answers([true; 5]),
            bringer: None,
        });
        window.house.keys.emergency_in_curfew = in_curfew;
        window.at += minutes(13 * 60);
        window.happens(Event::BooksChanged);
        log_in_again(&mut window);
        window.press(KEYS);
        window.press(Press::Char('o'));
        window.happens(Event::CardPresented(Presented {
            credential: crate::support::card(0xAA),
            how: How::Tapped,
            reader: None,
            at: window.at,
            certainty: Certainty::Checked,
        }));
        for _ in 0..4 {
            window.press(Press::Enter);
        }
        says(&window, "钥匙不能在外过夜");
        let view = crate::present(&window.session, &window.house, window.at);
        assert_eq!(
            format!("{view:?}").contains(emergency),
            in_curfew,
            "{view:?}"
        );
    }
}
