//! What the rooms of mail, keys and lending show and offer: one place for each piece, a day with each
//! moment, nothing taken away by Enter alone.

use crate::support::{CHEN, GRACE, minutes, monday_morning};
use crate::{Press, Role, Window};
use lodge::desk::Event;
use lodge::desk::services::{KeyOrder, MailOrder};
use lodge::desk::view::{Action, Work};
use lodge::keys::{Decision, Harm, KeyGroup, KeyKind};
use lodge::lending::Wanted;
use lodge::mail::desk::{Intake, Onward, Outcome as Fate, ReturnOrder, ReturnReason, WhyFailed};
use lodge::mail::{Addressee, Item, MailKind, RoundId};

/// The room of mail.
const MAIL: Press = Press::F(5);

/// So many pieces on their shelves.
fn pieces(window: &mut Window, kind: MailKind, count: usize) {
    for place in 1..=count {
        let grace = window.lobby.grace;
        window.mail(MailOrder::TakeIn(Intake {
            tracking: String::new(),
            addressee: Addressee::Person(grace),
            kind,
            shelf: format!("S-{place:02}"),
        }));
    }
}

fn waiting(window: &Window) -> Vec<Item> {
    let waiting = window.lobby.books.mail_waiting_by_shelf();
    waiting.expect("readable books")
}

/// Sets out with all of these, and says which round that is.
fn round(window: &mut Window, items: &[Item]) -> RoundId {
    window.mail(MailOrder::StartRound(
        items.iter().map(|item| item.id).collect(),
    ));
    let open = window.lobby.books.open_mail_rounds();
    *open.expect("readable books").first().expect("a round")
}

fn room_empty(window: &mut Window, round: RoundId, items: &[Item]) {
    for item in items {
        window.mail(MailOrder::Note {
            round,
            item: item.id,
            outcome: Fate::Failed(WhyFailed::RoomEmpty),
        });
    }
}

/// The numbers on the tabs, and that of the counter of mail.
fn counted(work: &Work) -> (Vec<u32>, u32) {
    let number = |tab: &String| tab.rsplit(' ').next().and_then(|count| count.parse().ok());
    let tabs = work.tabs.iter().map(|tab| number(tab).expect("a count"));
    let mail = work.counters.iter().find(|of| of.name == "待取邮件");
    (tabs.collect(), mail.expect("a counter of mail").count)
}

/// Presses the key of an action, and hears what became of it.
fn act(window: &mut Window, key: char) {
    window.press(Press::Char(key));
    window.happens(Event::BooksChanged);
}

fn labelled<'a>(work: &'a Work, label: &str) -> &'a Action {
    let mut actions = work.actions.iter();
    let found = actions.find(|action| action.label.starts_with(label));
    found.unwrap_or_else(|| panic!("no {label} among {:?}", work.actions))
}

#[test]
fn each_piece_of_mail_stands_in_one_table_and_what_waits_is_counted_alike_everywhere() {
    let mut window = Window::open(Role::Supervisor);
    window.press(MAIL);
    pieces(&mut window, MailKind::Letter, 4);
    let items = waiting(&window);
    assert_eq!(counted(&window.shown()), (vec![4, 0, 0, 0, 0], 4));

    // Two come back from two rounds: they lie on their shelf, and say what there is to do.
    for turn in 1..=2 {
        let out = round(&mut window, &items[..2]);
        assert_eq!(counted(&window.shown()), (vec![2, 2, 0, 0, 0], 2), "{turn}");
        room_empty(&mut window, out, &items[..2]);
        window.mail(MailOrder::EndRound(out));
        assert_eq!(counted(&window.shown()), (vec![4, 0, 0, 0, 0], 4), "{turn}");
    }
    window.press(MAIL);
    let work = window.shown();
    let says: Vec<&str> = work.rows.iter().map(|row| row.cells[3].as_str()).collect();
    assert_eq!(says[..2], ["两次投递无人领取"; 2]);
    assert!(!labelled(&work, "定为盲件").by_enter);
    act(&mut window, 'd');
    assert_eq!(counted(&window.shown()), (vec![3, 0, 0, 1, 0], 3));

    // One goes back: asked for, allowed, and with its slip it waits for the postman, only there.
    window.mail(MailOrder::AskReturn(ReturnOrder {
        item: items[3].id,
        onward: Onward::ToSender,
        reason: ReturnReason::ALL[0],
        address: String::new(),
        form: None,
    }));
    assert_eq!(counted(&window.shown()), (vec![2, 0, 1, 1, 0], 2));
    let back = window.lobby.books.mail_returns().expect("readable books")[0].id;
    window.mail(MailOrder::AllowReturn(back));
    assert_eq!(counted(&window.shown()), (vec![2, 0, 1, 1, 0], 2));
    window.mail(MailOrder::PrintReturnSlip(back));
    assert_eq!(counted(&window.shown()), (vec![2, 0, 0, 2, 0], 2));
}

#[test]
fn who_is_to_be_reminded_stands_among_what_waits_until_that_is_done() {
    let mut window = Window::open(Role::Supervisor);
    pieces(&mut window, MailKind::Letter, 2);
    window.at += minutes(24 * 60);
    window.happens(Event::BooksChanged);
    window.press(MAIL);
    let says = |work: &Work| -> Vec<String> {
        let rows = work.rows.iter();
        rows.map(|row| row.cells[3].clone()).collect()
    };
    assert_eq!(says(&window.shown()), ["今日待提醒"; 2]);
    assert!(window.shown().actions.iter().all(|action| !action.by_enter));
    act(&mut window, 'r');
    assert_eq!(says(&window.shown()), ["待取", "今日待提醒"]);
    let kept: Vec<_> = window.shown().actions;
    assert!(
        kept.iter()
            .all(|action| !action.label.contains("件记为已提醒"))
    );
    window.press(Press::Down);
    act(&mut window, 'r');
    assert_eq!(says(&window.shown()), ["待取"; 2]);
}

#[test]
fn enter_ends_no_round_that_has_pieces_without_an_outcome() {
    let mut window = Window::open(Role::Supervisor);
    pieces(&mut window, MailKind::Letter, 2);
    let items = waiting(&window);
    let out = round(&mut window, &items);
    room_empty(&mut window, out, &items[..1]);
    window.press(MAIL);
    window.press(Press::Right);
    // The chosen row is done with: the round is all that is left to do.
    let work = window.shown();
    assert_eq!(work.rows[work.row].cells[3], "未送达");
    let end = labelled(&work, "投递结束");
    assert!(!end.by_enter && end.key == "E", "{end:?}");
    assert!(end.label.contains("1 件未写明"), "{end:?}");
    window.press(Press::Enter);
    let open = |window: &Window| window.lobby.books.open_mail_rounds().expect("readable");
    assert_eq!(open(&window), [out]);
    assert_eq!(window.shown().notice, None);
    room_empty(&mut window, out, &items[1..]);
    assert!(labelled(&window.shown(), "投递结束").by_enter);
    window.press(Press::Enter);
    assert!(open(&window).is_empty());
}

#[test]
fn a_lost_key_that_turned_up_leads_to_the_decision_and_then_to_its_hook() {
    let mut window = Window::open(Role::Supervisor);
    window.keys(KeyOrder::Hang {
        hook: "K-31".to_owned(),
        tag: "T-31".to_owned(),
        kind: KeyKind::Ordinary,
        group: KeyGroup("公共".to_owned()),
        tenant: None,
        pieces: 1,
        opens: String::new(),
    });
    let key = window.lobby.books.hooks().expect("readable books")[0]
        .key
        .id;
    window.keys(KeyOrder::Report {
        key,
        harm: Harm::Lost,
        text: "在电梯间遗失".to_owned(),
    });
    window.keys(KeyOrder::TurnedUp {
        tag: "T-31".to_owned(),
    });
    window.press(Press::F(4));
    let labels = |work: &Work| -> Vec<String> {
        let actions = work.actions.iter();
        actions.map(|action| action.label.clone()).collect()
    };
    let offered = labels(&window.shown());
    assert_eq!(offered[0], "决定如何处理", "{offered:?}");
    assert!(!offered.contains(&"挂回挂钩".to_owned()), "{offered:?}");
    window.press(Press::Char('e'));
    let view = format!(
        "{:?}",
        crate::present(&window.session, &crate::house(), window.at)
    );
    assert!(view.contains("在电梯间遗失"), "the report is read: {view}");
    window.press(Press::Escape);
    let report = window.lobby.books.open_key_reports().expect("readable")[0].id;
    window.keys(KeyOrder::Decide {
        report,
        decision: Decision::Nothing,
        amount_fen: 0,
    });
    let offered = labels(&window.shown());
    assert_eq!(offered[0], "挂回挂钩", "{offered:?}");
}

#[test]
fn a_moment_in_a_table_has_its_day() {
    let mut window = Window::open(Role::Receptionist);
    let at = monday_morning();
    window
        .lobby
        .lend(CHEN, Wanted::Tag("PC-01".to_owned()), at)
        .expect("a PC");
    window.lobby.lend_umbrella(GRACE, at).expect("an umbrella");
    window.happens(Event::BooksChanged);
    window.press(Press::F(3));
    let due = |window: &Window| -> Vec<String> {
        let rows = window.shown().rows;
        rows.iter().map(|row| row.cells[2].clone()).collect()
    };
    assert_eq!(due(&window), ["今天 18:00", "11月25日 周三 18:00"]);
    window.press(Press::F(11));
    assert_eq!(due(&window), ["18:00 today", "18:00 on Wed 25 Nov"]);
    window.at += minutes(24 * 60);
    assert_eq!(due(&window), ["18:00 yesterday", "18:00 tomorrow"]);
}
