//! What was written down is read where somebody looks for it: reasons, decisions, names, notes.

use crate::support::{GRACE, minutes};
use crate::{Press, Role, Window, house};
use lodge::desk::event::Click;
use lodge::desk::services::{KeyOrder, MailOrder};
use lodge::desk::{Event, present};
use lodge::keys::check::Finding;
use lodge::keys::{Decision, Harm};
use lodge::mail::desk::{Intake, Outcome, Override};
use lodge::mail::{Addressee, Collector, Item, MailKind, PickUpOrder};
use lodge::people::{How, Scanned, Signature};

/// All that the pane beside the table says.
fn pane(window: &Window) -> String {
    let facts = window.shown().facts;
    let lines = facts
        .iter()
        .map(|(label, value)| format!("{label} {value}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn says(window: &Window, wanted: &[&str]) {
    let said = pane(window);
    for text in wanted {
        assert!(said.contains(text), "{text} in {said}");
    }
}

fn open_tab(window: &mut Window, room: u8, tab: usize) {
    window.press(Press::F(room));
    window.happens(Event::Clicked(Click::Tab(tab)));
}

/// What the search box shows of this.
fn find(window: &mut Window, text: &str) {
    window.press(Press::Escape);
    window.press(Press::Ctrl('k'));
    window.types(text);
}

fn piece(window: &mut Window, kind: MailKind) -> Item {
    window.mail(MailOrder::TakeIn(Intake {
        tracking: String::new(),
        addressee: Addressee::Person(window.lobby.grace),
        kind,
        shelf: "S-01".to_owned(),
    }));
    let waiting = window.lobby.books.mail_waiting_by_shelf();
    waiting.expect("readable books").pop().expect("a piece")
}

fn number(item: &Item) -> String {
    item.number.as_ref().expect("a number").to_string()
}

#[test]
fn why_a_key_is_not_back_is_read_in_the_check_and_on_its_hook() {
    let mut window = Window::open(Role::Supervisor);
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    let key = window.key_out("K-31", keeper);
    // The next morning, when the window has locked itself.
    window.at += minutes(24 * 60);
    window.keys(KeyOrder::BeginCheck);
    let facts = window.lobby.books.registers(window.at).expect("readable");
    window.keys(KeyOrder::Note {
        check: facts.key_check.expect("a check").id,
        key,
        finding: Finding::NotBack,
        reason: "方师傅带去了工地".to_owned(),
    });
    window.press(Press::F(4));
    says(&window, &["未归还原因 11月24日", "方师傅带去了工地"]);
    open_tab(&mut window, 4, 1);
    says(&window, &["原因 方师傅带去了工地"]);
    // It is back: nobody asks any more.
    window.keys(KeyOrder::KeyBack {
        tag: "T-K-31".to_owned(),
        answers: lodge::keys::Answers([true; 5]),
        bringer: None,
    });
    window.press(Press::F(4));
    assert!(!pane(&window).contains("工地"), "{}", pane(&window));
}

#[test]
fn what_the_supervisor_decided_and_why_a_key_retired_is_read_afterwards() {
    let mut window = Window::open(Role::Supervisor);
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    let key = window.key_out("K-31", keeper);
    window.keys(KeyOrder::Report {
        key,
        harm: Harm::Lost,
        text: "在电梯间".to_owned(),
    });
    let report = window.lobby.books.open_key_reports().expect("readable")[0].id;
    window.keys(KeyOrder::Decide {
        report,
        decision: Decision::ReKey,
        amount_fen: 5_000,
    });
    let decided = ["经过 在电梯间", "决定 换锁", "赔偿 ¥50"];
    window.press(Press::F(4));
    says(&window, &decided);
    window.keys(KeyOrder::Retire {
        key,
        reason: "锁芯已换，钥匙作废".to_owned(),
    });
    open_tab(&mut window, 4, 6);
    let work = window.shown();
    assert_eq!(work.rows.len(), 2);
    assert!(work.tabs[6].ends_with(" 2"), "{:?}", work.tabs);
    assert!(work.actions.is_empty(), "{:?}", work.actions);
    says(&window, &decided);
    window.press(Press::Down);
    says(
        &window,
        &["挂钩 K-31", "标签 T-K-31", "原因 锁芯已换，钥匙作废"],
    );
}

#[test]
fn who_took_mail_against_the_rule_and_why_is_read_on_its_row() {
    let mut window = Window::open(Role::Supervisor);
    let item = piece(&mut window, MailKind::Parcel);
    window.mail(MailOrder::HandOutAnyway(Override {
        items: vec![item.id],
        to: "周远".to_owned(),
        reason: "收件人来电同意".to_owned(),
        signature: None,
        on_paper: true,
    }));
    find(&mut window, &number(&item));
    says(
        &window,
        &[
            "领取人 周远",
            "原因 收件人来电同意",
            "已签字 纸上签收",
            "无委托交付",
        ],
    );
}

#[test]
fn who_collected_with_a_card_and_signed_on_the_glass_is_read_on_its_row() {
    let mut window = Window::open(Role::Receptionist);
    let item = piece(&mut window, MailKind::Parcel);
    let order = PickUpOrder {
        by: Collector::Card {
            holder: window.lobby.holder(GRACE),
            how: How::Tapped,
        },
        items: vec![item.id],
        signature: Some(Signature(vec![vec![(100, 100), (600, 200)]])),
    };
    let books = &mut window.lobby.books;
    let given = books.pick_up_mail(&order, window.at).expect("writable");
    assert!(given.is_ok(), "{given:?}");
    find(&mut window, &number(&item));
    says(&window, &["领取人 郝*蕾", "已签字 触摸屏签字", "刷卡领取"]);
    // And what was written is drawn.
    window.happens(Event::Clicked(Click::Row(0)));
    window.press(Press::Char('v'));
    let form = present(&window.session, &house(), window.at).dialog;
    let form = form.expect("something to look at");
    assert_eq!(form.says, "触摸屏上的签字");
    assert_eq!(
        form.fields[0].drawn,
        Signature(vec![vec![(100, 100), (600, 200)]])
    );
    window.press(Press::Enter);
    assert_eq!(present(&window.session, &house(), window.at).dialog, None);
}

#[test]
fn who_took_mail_on_a_round_is_read_on_the_round_and_after_it() {
    let mut window = Window::open(Role::Receptionist);
    let item = piece(&mut window, MailKind::Express);
    window.mail(MailOrder::StartRound(vec![item.id]));
    let round = window.lobby.books.open_mail_rounds().expect("readable")[0];
    window.mail(MailOrder::Note {
        round,
        item: item.id,
        outcome: Outcome::Delivered {
            to: "陈晓明".to_owned(),
            signed: true,
        },
    });
    open_tab(&mut window, 5, 1);
    says(&window, &["领取人 陈晓明"]);
    window.mail(MailOrder::EndRound(round));
    find(&mut window, &number(&item));
    says(&window, &["领取人 陈晓明", "已签字 纸上签收"]);
}

#[test]
fn what_a_visitor_came_for_and_carried_in_is_read_on_the_visit_and_its_matter() {
    let mut window = Window::open(Role::Receptionist);
    let (_, number) = window.guest_inside("周远", "电钻一把");
    open_tab(&mut window, 2, 1);
    says(&window, &["用途 会议", "携带物品 电钻一把", "已签字 "]);
    // Not everything goes out again: whoever looks into it knows what to look for.
    let scanned = Scanned::line(&number.code(), "desk", window.at);
    window.happens(Event::CodeScanned(scanned));
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    window.press(Press::F(7));
    says(&window, &["携带物品 电钻一把"]);
}

#[test]
fn a_closed_matter_is_read_with_its_notes_and_nothing_is_done_about_it() {
    let mut window = Window::open(Role::Receptionist);
    window.lobby.books.call_desk(window.at).expect("a call");
    window.happens(Event::BooksChanged);
    window.press(Press::F(7));
    window.press(Press::Char('t'));
    window.happens(Event::BooksChanged);
    window.press(Press::Char('c'));
    window.types("已到台前帮忙");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert!(window.shown().rows.is_empty());
    window.press(Press::Right);
    let work = window.shown();
    assert_eq!((work.tab, work.rows.len()), (1, 1));
    assert!(work.actions.is_empty(), "{:?}", work.actions);
    says(&window, &["备注 已到台前帮忙", "办结人 李"]);
    // A month later it stands in the journal only.
    window.at += minutes(31 * 24 * 60);
    let facts = window.lobby.books.registers(window.at).expect("readable");
    assert!(facts.matters_closed.is_empty());
}
