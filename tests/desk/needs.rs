//! What needs a person: each line says what it is about, once, and leads to where it is seen to.

use crate::support::{GRACE, minutes};
use crate::{Window, house};
use lodge::desk::event::Click;
use lodge::desk::services::{MailOrder, ServiceOrder, VisitOrder};
use lodge::desk::{Event, Mark, Press, present};
use lodge::mail::desk::Intake;
use lodge::mail::{Addressee, MailId, MailKind};
use lodge::matters::Cause;
use lodge::people::Role;
use lodge::visits::{SignedIn, VisitorType};

/// All that the pane beside the table says.
fn pane(window: &Window) -> String {
    let facts = window.shown().facts;
    let lines = facts
        .iter()
        .map(|(label, value)| format!("{label} {value}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn need(window: &Window, wanted: &str) -> (String, String) {
    let needs = window.shown().needs;
    let found = needs.iter().find(|need| need.title.contains(wanted));
    let found = found.unwrap_or_else(|| panic!("{wanted} in {needs:?}"));
    (found.title.clone(), found.about.clone())
}

fn doubted(role: Role) -> Window {
    let mut window = Window::open(role);
    window.barred("王五", "13911112222");
    let came = window.signs_in("汪午", VisitorType::Courier);
    assert_eq!(came, SignedIn::SeeTheDesk);
    window
}

#[test]
fn a_possible_match_is_one_line_shows_both_and_enter_decides_nothing() {
    let mut window = doubted(Role::Receptionist);
    assert_eq!(window.shown().needs.len(), 1, "{:?}", window.shown().needs);
    window.press(Press::Char('1'));
    let said = pane(&window);
    for known in ["汪午", "远山设计", "0009", "王五", "2222", "前次纠纷"] {
        assert!(said.contains(known), "{known}: {said}");
    }
    assert!(!said.contains("1391111"), "a tail is enough: {said}");
    let before = window.lobby.books.length().expect("a length");
    window.press(Press::Enter);
    let view = present(&window.session, &house(), window.at);
    assert!(view.dialog.is_none(), "{view:?}");
    assert_eq!(window.lobby.books.length().expect("a length"), before);
    assert!(window.shown().actions.iter().all(|action| !action.by_enter));
    // Its own key asks why, with both beside each other once more.
    window.press(Press::Char('n'));
    let form = present(&window.session, &house(), window.at).dialog;
    let says = form.expect("a form").says;
    assert!(says.contains("汪午") && says.contains("王五"), "{says}");
    window.press(Press::Escape);
    // The matter says as much, no more, and is settled where it stands.
    window.press(Press::F(7));
    let row = window.shown().rows[0].clone();
    assert_eq!(row.cells[0], "疑似谢绝名单，请核对");
    assert!(pane(&window).contains("王五"));
    window.press(Press::Char('n'));
    window.types("看过证件");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert!(window.shown().rows.is_empty() && window.shown().needs.is_empty());
}

/// A guest with a yes, who came on the list after it: by this name and telephone.
fn listed_after_the_yes(name: &str, phone: &str) -> Window {
    let mut window = Window::open(Role::Receptionist);
    let SignedIn::Waiting { visit, .. } = window.signs_in("汪午", VisitorType::Guest) else {
        panic!("a yes is asked for")
    };
    let (said, yes) = (window.lobby.grace, true);
    let yes = VisitOrder::SayYes { visit, said, yes };
    window.done(ServiceOrder::Visits(yes));
    window.barred(name, phone);
    window.press(Press::F(2));
    assert_eq!(window.shown().rows[0].mark, Mark::Good, "nobody knows yet");
    window.press(Press::Char('g'));
    window.happens(Event::BooksChanged);
    window
}

/// Why whoever stands first is not let in.
fn stopped(window: &Window) -> String {
    let work = window.shown();
    assert_eq!(work.rows[0].mark, Mark::Stop);
    work.notice.expect("a notice").1
}

fn labels(window: &Window) -> Vec<String> {
    let actions = window.shown().actions.into_iter();
    actions.map(|action| action.label).collect()
}

#[test]
fn whoever_comes_on_the_list_after_the_yes_is_looked_at_and_then_goes_in() {
    let mut window = listed_after_the_yes("王五", "13911112222");
    assert_eq!(stopped(&window), "疑似谢绝名单，请先核对。");
    assert!(
        pane(&window).contains("疑似谢绝名单，待核对"),
        "{}",
        pane(&window)
    );
    assert_eq!(window.shown().needs.len(), 1, "{:?}", window.shown().needs);
    let offered = labels(&window);
    assert!(
        offered.iter().any(|label| label == "不是名单上的人"),
        "{offered:?}"
    );
    assert!(
        offered.iter().all(|label| label != "准予进入"),
        "{offered:?}"
    );
    window.press(Press::Char('y'));
    window.types("看过证件");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert!(
        window.shown().needs.is_empty(),
        "{:?}",
        window.shown().needs
    );
    assert_eq!(window.lobby.books.inside_now().expect("readable").len(), 1);
}

#[test]
fn whoever_comes_on_the_list_for_certain_after_the_yes_is_only_sent_away() {
    let mut window = listed_after_the_yes("王五", "13800000009");
    assert_eq!(stopped(&window), "此人在谢绝名单上，不能进入。");
    let said = pane(&window);
    for known in ["谢绝名单上的人", "王五", "前次纠纷", "汪午"] {
        assert!(said.contains(known), "{known}: {said}");
    }
    let (title, _) = need(&window, "在谢绝名单上");
    assert!(title.contains("汪"), "{title}");
    assert_eq!(window.shown().needs.len(), 1, "{:?}", window.shown().needs);
    let offered = labels(&window);
    assert!(
        offered.iter().any(|label| label == "谢绝来访"),
        "{offered:?}"
    );
    for other in ["准予进入", "不是名单上的人"] {
        assert!(offered.iter().all(|label| label != other), "{offered:?}");
    }
    window.press(Press::Char('n'));
    window.types("名单上的电话");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert!(
        window.shown().needs.is_empty(),
        "{:?}",
        window.shown().needs
    );
    assert!(
        window
            .lobby
            .books
            .visits_waiting()
            .expect("readable")
            .is_empty()
    );
    // Who was sent away stands among those of today.
    window.press(Press::F(2));
    (0..3).for_each(|_| window.press(Press::Right));
    let today = window.shown().rows;
    assert_eq!(today.len(), 1, "{today:?}");
    assert_eq!(today[0].mark, Mark::Stop);
    assert!(pane(&window).contains("已谢绝"), "{}", pane(&window));
}

#[test]
fn whoever_lets_nobody_in_does_not_read_whom_the_list_names() {
    let mut window = doubted(Role::Security);
    window.press(Press::F(2));
    let said = format!("{:?}", window.shown());
    assert!(said.contains("疑似谢绝名单"), "{said}");
    for hidden in ["王五", "汪午", "2222", "前次纠纷"] {
        assert!(!said.contains(hidden), "{hidden}: {said}");
    }
}

#[test]
fn a_certain_match_says_so_with_whom_the_list_names_and_why() {
    let mut window = Window::open(Role::Receptionist);
    window.barred("王五", "13800000009");
    window.signs_in("周远", VisitorType::Courier);
    window.press(Press::F(7));
    let row = window.shown().rows[0].clone();
    assert_eq!(row.cells[0], "谢绝名单上的人到访，请立即处理");
    assert!(pane(&window).contains("前次纠纷"), "{}", pane(&window));
}

#[test]
fn a_matter_says_which_key_who_reported_it_and_who_has_it() {
    let mut window = Window::open(Role::Receptionist);
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    let key = window.key_out("K-31", keeper);
    let reporter = window.lobby.employ("郑保安", Role::Security);
    window.reported_lost(key, reporter);
    let (title, about) = need(&window, "遗失");
    assert_eq!(title, "钥匙遗失");
    assert!(
        about.contains("K-31 · 报告人 郑*安 · 领用人 方*匙"),
        "{about}"
    );
    assert!(!about.contains("还没有人接手"), "{about}");
    window.press(Press::F(7));
    assert!(window.shown().rows[0].cells[1].starts_with("K-31"));
    assert!(pane(&window).contains("在电梯间"), "{}", pane(&window));
}

#[test]
fn special_mail_that_waits_for_the_supervisor_needs_a_person() {
    let mut window = Window::open(Role::Supervisor);
    window.special_return_asked();
    let (_, about) = need(&window, "特殊邮件退信表待批准");
    assert!(about.contains("挂号信 · 郝*蕾"), "{about}");
    window.press(Press::Char('1'));
    assert!(pane(&window).contains("写在信封上"), "{}", pane(&window));
    window.press(Press::Char('y'));
    window.happens(Event::BooksChanged);
    assert!(
        window.shown().needs.is_empty(),
        "{:?}",
        window.shown().needs
    );
}

#[test]
fn the_counters_agree_with_what_they_open() {
    let mut window = Window::open(Role::Supervisor);
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    window.key_out("K-31", keeper);
    let lent = window.lobby.lend_umbrella(GRACE, window.at);
    lent.expect("an umbrella");
    window.signs_in("吴双", VisitorType::Courier);
    let counts = |window: &Window| {
        let counters = window.shown().counters;
        let of = |name: &str| {
            let found = counters.iter().position(|counter| counter.name == name);
            let place = found.unwrap_or_else(|| panic!("{name} in {counters:?}"));
            (place, counters[place].count)
        };
        [of("在楼访客"), of("逾期")]
    };
    window.happens(Event::BooksChanged);
    assert_eq!(counts(&window).map(|(_, count)| count), [1, 0]);
    // Days later nobody and nothing is back: a key, an umbrella, a visitor. Nobody closed the lobby.
    window.at += minutes(5 * 24 * 60);
    window.happens(Event::Clicked(Click::Room(0)));
    let [inside, overdue] = counts(&window);
    assert_eq!((inside.1, overdue.1), (1, 3));
    window.happens(Event::Clicked(Click::Counter(overdue.0)));
    let work = window.shown();
    assert_eq!(work.rows.len(), 3, "{:?}", work.rows);
    let what: Vec<&str> = work.rows.iter().map(|row| &*row.cells[0]).collect();
    assert_eq!(what, ["钥匙 K-31", "爱心伞", "访客未离开"]);
    let late = [Mark::Stop, Mark::Attend];
    assert!(
        work.rows.iter().all(|row| late.contains(&row.mark)),
        "{work:?}"
    );
    // Each of them stands among what needs a person as well, beside the check that nobody began.
    assert_eq!(work.needs.len(), 4, "{:?}", work.needs);
    window.happens(Event::Clicked(Click::Counter(inside.0)));
    assert_eq!(window.shown().rows.len(), 1);
}

fn take_in(window: &mut Window, kind: MailKind, shelf: &str) -> MailId {
    window.mail(MailOrder::TakeIn(Intake {
        tracking: String::new(),
        addressee: Addressee::Person(window.lobby.grace),
        kind,
        shelf: shelf.to_owned(),
    }));
    let waiting = window.lobby.books.mail_waiting_by_shelf();
    waiting.expect("readable books").last().expect("a piece").id
}

/// So many minutes later; whoever works here logs in again where the desk has locked itself.
fn log_in(window: &mut Window, minutes_on: i64) {
    window.at += minutes(minutes_on);
    window.happens(Event::BooksChanged);
    if window.work().is_none() {
        window.types("李静华");
        window.press(Press::Enter);
        window.types(crate::support::PIN);
        window.press(Press::Enter);
    }
}

#[test]
fn a_day_without_a_delivery_round_needs_somebody_until_it_sets_out() {
    let mut window = Window::open(Role::MailAdministrator);
    // The last round set out on Friday.
    window.at -= minutes(3 * 24 * 60);
    let friday = take_in(&mut window, MailKind::Newspaper, "S-00");
    window.mail(MailOrder::StartRound(vec![friday]));
    window.at += minutes(3 * 24 * 60);
    for (kind, shelf) in [
        (MailKind::Letter, "S-01"),
        (MailKind::Newspaper, "S-02"),
        (MailKind::Parcel, "S-03"),
    ] {
        take_in(&mut window, kind, shelf);
    }
    let round = |window: &Window| -> Vec<(Mark, String, String)> {
        let needs = window.shown().needs.into_iter();
        let of_round = needs.filter(|need| need.title.contains("信件报纸"));
        of_round
            .map(|need| (need.mark, need.title, need.about))
            .collect()
    };
    assert!(round(&window).is_empty(), "it is morning");
    log_in(&mut window, 8 * 60);
    let today = "今天的信件报纸还没有出发投递".to_owned();
    let soon = "2 件待投递 · 快到关门时间了".to_owned();
    assert_eq!(round(&window), [(Mark::Attend, today.clone(), soon)]);
    log_in(&mut window, 3 * 60);
    let late = "2 件待投递 · 已过关门时间".to_owned();
    assert_eq!(round(&window), [(Mark::Stop, today, late)]);
    log_in(&mut window, 13 * 60);
    let missed = "2026年11月23日 周一起没有投递信件报纸".to_owned();
    let ask = "2 件待投递 · 现在出发投递即可".to_owned();
    assert_eq!(round(&window), [(Mark::Stop, missed, ask)]);
    // The matter of it is somebody's, and no second line.
    let count = window.shown().needs.len();
    let terms = (window.house.visits.clone(), window.house.mail.clone());
    let chores = window.lobby.books.do_chores(&terms.0, &terms.1, window.at);
    chores.expect("writable books");
    window.press(Press::F(7));
    window.happens(Event::BooksChanged);
    let matters = window.shown().rows;
    let missed = "当天没有投递信件报纸";
    let row = matters.iter().position(|row| row.cells[0] == missed);
    let row = row.expect("a matter");
    assert_eq!(matters[row].cells[1], "2026年11月23日 周一");
    let needs = window.shown().needs;
    assert!(needs.iter().all(|need| need.title != missed), "{needs:?}");
    assert!(needs.len() >= count, "{needs:?}");
    window.happens(Event::Clicked(Click::Row(row)));
    window.press(Press::Char('t'));
    window.happens(Event::BooksChanged);
    let (_, _, about) = round(&window).remove(0);
    assert!(about.contains("李*华"), "{about}");
    // One key leads there, another sets out.
    let needs = window.shown().needs;
    let place = needs
        .iter()
        .position(|need| need.title.contains("信件报纸"));
    let digit = char::from(b'1' + u8::try_from(place.expect("a line")).expect("a few"));
    window.press(Press::Char(digit));
    assert_eq!((window.shown().room, window.shown().tab), (4, 0));
    window.press(Press::Char('s'));
    window.happens(Event::BooksChanged);
    assert!(round(&window).is_empty(), "{:?}", round(&window));
    let open = window.lobby.books.open_matters().expect("books");
    assert!(open.iter().all(|matter| matter.cause != Cause::RoundMissed));
    assert_eq!(
        window.lobby.books.open_mail_rounds().expect("books").len(),
        2
    );
}

#[test]
fn mail_to_be_reminded_of_is_one_line_for_whoever_handles_mail_until_all_are() {
    let mut window = Window::open(Role::MailAdministrator);
    for (kind, shelf) in [(MailKind::Parcel, "S-01"), (MailKind::Parcel, "S-02")] {
        window.mail(MailOrder::TakeIn(Intake {
            tracking: String::new(),
            addressee: Addressee::Person(window.lobby.grace),
            kind,
            shelf: shelf.to_owned(),
        }));
    }
    let lines = |window: &Window| -> Vec<(Mark, String)> {
        let needs = window.shown().needs.into_iter();
        let reminders = needs.filter(|need| need.title.contains("待提醒"));
        reminders.map(|need| (need.mark, need.title)).collect()
    };
    assert_eq!(lines(&window), [], "what came today is no reminder yet");
    window.at += minutes(24 * 60);
    window.happens(Event::BooksChanged);
    let both = (Mark::Attend, "2 件邮件今日待提醒".to_owned());
    assert_eq!(lines(&window), [both]);
    // It leads to where one key says that all were.
    let needs = window.shown().needs;
    let place = needs.iter().position(|need| need.title.contains("待提醒"));
    window.happens(Event::Clicked(Click::Need(place.expect("a line"))));
    assert_eq!((window.shown().room, window.shown().tab), (4, 0));
    window.press(Press::Char('r'));
    window.happens(Event::BooksChanged);
    let one = (Mark::Attend, "1 件邮件今日待提醒".to_owned());
    assert_eq!(lines(&window), [one]);
    window.press(Press::Down);
    window.press(Press::Char('r'));
    window.happens(Event::BooksChanged);
    assert_eq!(lines(&window), []);
    // The next day it is due again, and no line of a keeper of keys.
    window.at += minutes(24 * 60);
    window.happens(Event::BooksChanged);
    assert_eq!(lines(&window).len(), 1);
    window.press(Press::F(12));
    window.lobby.employ("方钥匙", Role::KeyKeeper);
    window.types("方钥匙");
    window.press(Press::Enter);
    window.types(crate::support::PIN);
    window.press(Press::Enter);
    assert_eq!(lines(&window), []);
}

#[test]
fn what_a_round_has_not_brought_back_is_asked_for_at_closing_time_and_on_every_day_after_it() {
    let mut window = Window::open(Role::MailAdministrator);
    let letter = take_in(&mut window, MailKind::Letter, "S-01");
    window.mail(MailOrder::StartRound(vec![letter]));
    let out = |window: &Window| {
        let needs = window.shown().needs;
        let of_rounds = needs
            .into_iter()
            .filter(|need| need.title.contains("出发的投递"));
        of_rounds
            .map(|need| (need.mark, need.title))
            .collect::<Vec<_>>()
    };
    assert_eq!(out(&window), []);
    let says = "2026年11月23日 周一出发的投递还有 1 件没有结果".to_owned();
    log_in(&mut window, 11 * 60);
    assert_eq!(out(&window), [(Mark::Attend, says.clone())]);
    log_in(&mut window, 13 * 60);
    assert_eq!(out(&window), [(Mark::Stop, says)]);
}
