//! Papers come in the language of whoever prints them; what somebody is given, in their own.

use crate::support::{Lobby, desk_house, helmet, kinds, monday_morning, more_kinds};
use crate::{Press, Role, Window};
use chrono::TimeDelta;
use lodge::desk::event::{Doer, Order};
use lodge::desk::lending::LendingOrder;
use lodge::desk::pack;
use lodge::desk::services::{KeyOrder, MailOrder, ServiceOrder, VisitOrder};
use lodge::keys::{Harm, KeyGroup, KeyKind};
use lodge::mail::desk::{Intake, Onward, ReturnForm, ReturnOrder, ReturnReason};
use lodge::mail::{Addressee, MailId, MailKind};
use lodge::people::{Language, PersonId};

/// The staff window of a house with everything that has papers, in English where this says so.
fn window(in_english: bool) -> Window {
    let mut kinds = kinds();
    kinds.extend(more_kinds());
    let mut lobby = Lobby::open();
    lobby.kinds = kinds.clone();
    let counted = lobby.books.count_pool(&helmet(), 3, monday_morning());
    counted.expect("a stand of helmets");
    let mut window = Window::of(lobby, desk_house(&kinds), Role::Supervisor);
    if in_english {
        window.press(Press::F(11));
    }
    window
}

/// What this order printed last.
fn paper(window: &mut Window, order: Order) -> String {
    let doer = Doer {
        person: window.me,
        card: None,
    };
    let books = &mut window.lobby.books;
    let done = books.desk_order(&window.house, doer, &order, window.at);
    done.expect("writable books")
        .unwrap_or_else(|refusal| panic!("{order:?}: {refusal:?}"));
    last(window)
}

fn last(window: &Window) -> String {
    let jobs = window.lobby.books.open_jobs().expect("readable books");
    jobs.last().expect("a paper").slip.to_text(48)
}

fn mail(order: MailOrder) -> Order {
    Order::Service(ServiceOrder::Mail(order))
}

fn registered(addressee: Addressee) -> Order {
    mail(MailOrder::TakeIn(Intake {
        tracking: String::new(),
        addressee,
        kind: MailKind::RegisteredLetter,
        shelf: "B-09".to_owned(),
    }))
}

fn waiting(window: &Window) -> Vec<MailId> {
    let waiting = window.lobby.books.mail_waiting_by_shelf();
    let waiting = waiting.expect("readable books");
    waiting.iter().map(|item| item.id).collect()
}

fn ask_return(item: MailId) -> Order {
    let written = || "as written".to_owned();
    mail(MailOrder::AskReturn(ReturnOrder {
        item,
        onward: Onward::ToSender,
        reason: ReturnReason::ALL[0],
        address: String::new(),
        form: Some(ReturnForm {
            addressee: written(),
            address: written(),
            sender: written(),
            tracking: written(),
            enquiries: written(),
        }),
    }))
}

/// Every paper that is printed at the desk, in the order of its titles below.
fn papers(window: &mut Window) -> Vec<String> {
    let grace: PersonId = window.lobby.grace;
    let hang = KeyOrder::Hang {
        hook: "K-31".to_owned(),
        tag: "T-31".to_owned(),
        kind: KeyKind::Ordinary,
        group: KeyGroup("A".to_owned()),
        tenant: None,
        pieces: 1,
        opens: String::new(),
    };
    window.keys(hang);
    let key = window.lobby.books.hooks().expect("readable books")[0]
        .key
        .id;
    let report = KeyOrder::Report {
        key,
        harm: Harm::Lost,
        text: "in the lift".to_owned(),
    };
    let mut papers = Vec::new();
    papers.push(paper(window, registered(Addressee::Person(grace))));
    let item = waiting(window)[0];
    let round = mail(MailOrder::StartRound(vec![item]));
    papers.push(paper(window, round));
    paper(window, registered(Addressee::Person(grace)));
    let item = waiting(window)[0];
    papers.push(paper(window, ask_return(item)));
    for order in [
        Order::Service(ServiceOrder::Visits(VisitOrder::PrintRollCall)),
        Order::Service(ServiceOrder::Keys(KeyOrder::PrintMap)),
        Order::Service(ServiceOrder::Keys(report)),
        Order::Lending(LendingOrder::PrintWashSheet),
        Order::PrintPack,
    ] {
        papers.push(paper(window, order));
    }
    papers
}

fn titled(papers: &[String], building: &str, titles: [&str; 8]) {
    assert_eq!(papers.len(), titles.len());
    for (paper, title) in papers.iter().zip(titles) {
        assert!(paper.contains(title), "{title}: {paper}");
        assert!(paper.contains(building), "{title}: {paper}");
    }
}

#[test]
fn who_works_in_english_prints_every_paper_of_the_desk_in_english() {
    let mut window = window(true);
    let papers = papers(&mut window);
    let titles = [
        "Mail",
        "Delivery round",
        "Special-mail return form",
        "Roll call",
        "Hook list",
        "Report of a lost or damaged key",
        "Laundry sheet",
        "Fall-back pack",
    ];
    titled(&papers, "Cloud Rest Centre", titles);
    let chinese = |char: char| ('\u{4e00}'..='\u{9fff}').contains(&char);
    for paper in &papers {
        // Who signs has no name but a Chinese one.
        let paper = paper.replace("李静华", "");
        assert!(!paper.chars().any(chinese), "{paper}");
    }
}

#[test]
fn who_works_in_chinese_prints_them_in_chinese() {
    let mut window = window(false);
    let papers = papers(&mut window);
    let titles = [
        "邮件",
        "投递",
        "特殊邮件退信表",
        "点名",
        "挂钩",
        "钥匙",
        "洗",
        "应急清单",
    ];
    titled(&papers, "云栖中心", titles);
}

#[test]
fn a_return_slip_is_in_the_language_of_whoever_prints_it() {
    let mut window = window(true);
    let grace = window.lobby.grace;
    window.mail(MailOrder::TakeIn(Intake {
        tracking: String::new(),
        addressee: Addressee::Person(grace),
        kind: MailKind::Letter,
        shelf: "B-09".to_owned(),
    }));
    let item = waiting(&window)[0];
    let Order::Service(ServiceOrder::Mail(asked)) = ask_return(item) else {
        panic!("an order about mail")
    };
    window.mail(asked);
    let back = window.lobby.books.mail_returns().expect("readable books")[0].id;
    window.mail(MailOrder::AllowReturn(back));
    let slip = paper(&mut window, mail(MailOrder::PrintReturnSlip(back)));
    assert!(slip.contains("Return slip"), "{slip}");
}

#[test]
fn a_notice_is_in_the_language_of_its_addressee_whoever_prints_it() {
    let mut window = window(false);
    let (grace, chen) = (window.lobby.grace, window.lobby.chen);
    for (person, title) in [(grace, "Mail is waiting for you"), (chen, "取件通知")] {
        paper(&mut window, registered(Addressee::Person(person)));
        let items = window.lobby.books.mail_here_for(Addressee::Person(person));
        let item = items.expect("readable books")[0].id;
        let notice = paper(&mut window, mail(MailOrder::PrintNotice(item)));
        assert!(notice.contains(title), "{notice}");
    }
}

#[test]
fn the_pack_of_the_hour_is_in_the_language_of_the_settings() {
    for (language, title) in [
        (Language::Chinese, "应急清单"),
        (Language::English, "Fall-back pack"),
    ] {
        let mut window = window(true);
        let kinds = window.lobby.kinds.clone();
        let every = TimeDelta::hours(1);
        let terms = pack::Terms { every, language };
        let books = &mut window.lobby.books;
        books
            .print_due_pack(&kinds, terms, window.at)
            .expect("writable books");
        assert!(last(&window).contains(title), "{}", last(&window));
    }
}
