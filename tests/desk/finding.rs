//! Any record by any word, in one box; Enter leads to its row in its room.

use crate::support::{GRACE, Lobby, desk_house, kinds, minutes};
use crate::{Press, Role, Window};
use lodge::desk::dialog::Seek;
use lodge::desk::event::{Doer, Order};
use lodge::desk::facts::Candidate;
use lodge::desk::lending::LendingOrder;
use lodge::desk::services::{KeyOrder, MailOrder, ServiceOrder, VisitOrder};
use lodge::desk::{Event, Room};
use lodge::keys::{Harm, KeyGroup};
use lodge::mail::desk::Intake;
use lodge::mail::{Addressee, Collector, MailKind, PickUpOrder};
use lodge::people::{How, Language};
use lodge::store::Verdict;
use lodge::visits::{Permit, VisitorType};

/// A lobby with something of everything: a key that the keeper has, a grant, a lost key and its matter, a
/// work permit, a PC kept for Grace, mail for her that waits and that is gone, a visitor of hers.
fn full() -> Window {
    let mut kinds = kinds();
    for kind in &mut kinds {
        kind.policy.reservable = true;
    }
    let mut lobby = Lobby::open();
    lobby.kinds = kinds.clone();
    let mut window = Window::of(lobby, desk_house(&kinds), Role::Supervisor);
    let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
    window.key_out("K-31", keeper);
    window.done_by(keeper, hung("K-32"));
    let hooks = window.lobby.books.hooks().expect("readable books");
    let lost = hooks.into_iter().find(|fact| fact.key.hook == "K-32");
    window.keys(KeyOrder::Report {
        key: lost.expect("a key").key.id,
        harm: Harm::Lost,
        text: "掉进电梯井".to_owned(),
    });
    let today = window.house.building.local(window.at).date();
    window.done_by(
        window.me,
        ServiceOrder::Visits(VisitOrder::EnterPermit(Permit {
            number: "SG-39".to_owned(),
            company: "宏图装饰".to_owned(),
            answers: keeper,
            from: today,
            until: today,
        })),
    );
    keep_a_pc(&mut window);
    for kind in [MailKind::Letter, MailKind::Parcel] {
        window.mail(MailOrder::TakeIn(Intake {
            tracking: String::new(),
            addressee: Addressee::Person(window.lobby.grace),
            kind,
            shelf: "S-01".to_owned(),
        }));
    }
    let waiting = window.lobby.books.mail_waiting_by_shelf();
    let letter = waiting
        .expect("readable")
        .into_iter()
        .find(|item| item.kind == MailKind::Letter);
    let order = PickUpOrder {
        by: Collector::Card {
            holder: window.lobby.holder(GRACE),
            how: How::Tapped,
        },
        items: vec![letter.expect("a letter").id],
        signature: None,
    };
    let given = window.lobby.books.pick_up_mail(&order, window.at);
    given.expect("writable books").expect("handed out");
    window.signs_in("周远", VisitorType::Guest);
    window
}

fn hung(hook: &str) -> ServiceOrder {
    ServiceOrder::Keys(KeyOrder::Hang {
        hook: hook.to_owned(),
        tag: format!("T-{hook}"),
        kind: lodge::keys::KeyKind::Ordinary,
        group: KeyGroup("机房".to_owned()),
        tenant: None,
        pieces: 1,
        opens: "水泵房".to_owned(),
    })
}

fn keep_a_pc(window: &mut Window) {
    let building = window.house.building.clone();
    let pc = window
        .lobby
        .books
        .registers(window.at)
        .expect("readable")
        .things;
    let local = |at| building.local(at);
    let order = Order::Lending(LendingOrder::Reserve {
        thing: pc.first().expect("a PC").id,
        who: window.lobby.grace,
        day: local(window.at).date(),
        from: local(window.at + minutes(120)).time(),
        until: local(window.at + minutes(240)).time(),
    });
    let doer = Doer {
        person: window.me,
        card: None,
    };
    let done = window
        .lobby
        .books
        .desk_order(&window.house, doer, &order, window.at);
    done.expect("writable").expect("kept");
    window.happens(Event::BooksChanged);
}

/// What was found of this, by kind and name, in the order of the table.
fn found(window: &mut Window, text: &str) -> Vec<String> {
    window.press(Press::Escape);
    window.press(Press::Ctrl('k'));
    window.types(text);
    let rows = window.shown().rows;
    let first = rows
        .iter()
        .map(|row| format!("{} {}", row.cells[0], row.cells[1]));
    first.collect()
}

#[test]
fn every_record_is_found_by_what_stands_on_it_and_by_whose_it_is() {
    let mut window = full();
    let expected: [(&str, &[&str]); 14] = [
        ("k-31", &["钥匙 K-31"]),
        ("T-K-32", &["钥匙 K-32"]),
        ("机房", &["钥匙 K-32"]),
        ("公共", &["钥匙 K-31", "钥匙授权 公共"]),
        (
            "fangyao",
            &[
                "人员 方*匙",
                "钥匙 K-31",
                "钥匙授权 公共",
                "施工出入证 SG-39",
            ],
        ),
        ("sg-3", &["施工出入证 SG-39"]),
        ("hongtu", &["施工出入证 SG-39"]),
        ("电梯井", &["待办 钥匙遗失"]),
        ("lost", &["待办 钥匙遗失"]),
        ("PC-01", &["物品 笔记本电脑 01", "预留 笔记本电脑 01"]),
        (
            "hgl",
            &[
                "人员 郝*蕾",
                "来访 周*",
                "邮件 包裹",
                "邮件 平信",
                "预留 笔记本电脑 01",
            ],
        ),
        // The company that somebody comes from, and the one they go to.
        ("yuanshan", &["来访 周*"]),
        ("haigang", &["来访 周*", "租户 海港贸易有限公司"]),
        // What a key opens is for nobody to search by.
        ("水泵房", &[]),
    ];
    for (text, expected) in expected {
        assert_eq!(found(&mut window, text), expected, "{text}");
    }
}

#[test]
fn enter_leads_from_what_was_found_to_its_row_in_its_room() {
    let mut window = full();
    let place = |room| Room::ALL.iter().position(|of| *of == room).expect("one");
    let expected = [
        ("k-31", 0, Room::Keys, 0, "K-31"),
        ("公共", 1, Room::Keys, 3, "公共"),
        ("sg-39", 0, Room::Visitors, 5, "SG-39"),
        ("电梯井", 0, Room::Matters, 0, "钥匙遗失"),
        ("hgl", 1, Room::Visitors, 0, "周*"),
        ("hgl", 2, Room::Mail, 0, "包裹"),
        ("hgl", 4, Room::Lending, 4, "笔记本电脑 01"),
    ];
    for (text, down, room, tab, cell) in expected {
        found(&mut window, text);
        for _ in 0..down {
            window.press(Press::Down);
        }
        window.press(Press::Enter);
        let work = window.shown();
        assert_eq!((work.room, work.tab), (place(room), tab), "{text}");
        assert!(work.search.text.is_empty(), "{text}");
        assert_eq!(work.rows[work.row].cells[0], cell, "{text}");
    }
    // What stands in no room stays among what was found, and is worked on there.
    found(&mut window, "hgl");
    window.press(Press::Enter);
    let work = window.shown();
    assert_eq!((work.search.text.as_str(), work.rows.len()), ("hgl", 5));
    assert!(!work.actions.is_empty());
}

#[test]
fn what_a_key_opens_is_read_among_what_was_found_only_by_whoever_uses_keys() {
    for (role, reads) in [(Role::Security, true), (Role::MailAdministrator, false)] {
        let mut window = Window::open(role);
        let keeper = window.lobby.employ("方钥匙", Role::KeyKeeper);
        window.done_by(keeper, hung("K-32"));
        assert_eq!(found(&mut window, "k-32"), ["钥匙 K-32"]);
        let pane = format!("{:?}", window.shown().facts);
        assert_eq!(pane.contains("水泵房"), reads, "{role:?}: {pane}");
    }
}

/// What mail may be for, as the form of the mail room offers it for this.
fn offered(window: &Window, seek: Seek, typed: &str) -> Vec<String> {
    let books = &window.lobby.books;
    let found = books.candidates(seek, typed).expect("readable");
    let name = |found: Candidate| found.name.masked(Language::Chinese);
    found.into_iter().map(name).collect()
}

#[test]
fn mail_finds_its_company_by_the_address_that_a_sender_abroad_wrote() {
    let mut window = Window::open(Role::Supervisor);
    window.press(Press::F(6));
    window.press(Press::Right);
    window.press(Press::Char('m'));
    for text in [
        "云帆设计有限公司",
        "Sail & Design",
        "0801",
        "Room 0801, 8th Floor, 18 Harbour Road (West)",
    ] {
        window.types(text);
        window.press(Press::Enter);
    }
    window.happens(Event::BooksChanged);
    for typed in ["Rm 0801, 8/F, 18 Harbour Rd. W", "harb", "18 harbour"] {
        let expected = match typed {
            // Whoever is called so comes before whoever is there.
            "harb" => vec!["海港贸易有限公司", "云帆设计有限公司"],
            _ => vec!["云帆设计有限公司"],
        };
        for seek in [Seek::Addressee, Seek::Tenant] {
            assert_eq!(offered(&window, seek, typed), expected, "{typed}");
        }
        let expected = expected.iter().map(|name| format!("租户 {name}"));
        assert_eq!(
            found(&mut window, typed),
            expected.collect::<Vec<_>>(),
            "{typed}"
        );
    }
    // Whoever does not know the address yet finds the room in this house.
    let by_room = offered(&window, Seek::Addressee, "Rm 1203, 12/F, Cloud Rest Ctr");
    assert!(
        by_room.contains(&"海港贸易有限公司".to_owned()),
        "{by_room:?}"
    );
    // A visitor at the touch screen is shown no company by its street.
    let books = &window.lobby.books;
    assert!(
        books
            .find_tenants("18 harbour", 9)
            .expect("readable")
            .is_empty()
    );

    // The address stands on its row, and is written anew there.
    found(&mut window, "Sail");
    window.press(Press::Enter);
    window.press(Press::Char('s'));
    for _ in 0..3 {
        window.press(Press::Enter);
    }
    window.types("99 Bund");
    window.press(Press::Enter);
    window.happens(Event::BooksChanged);
    assert_eq!(
        offered(&window, Seek::Addressee, "99 bund"),
        ["云帆设计有限公司"]
    );
    assert!(offered(&window, Seek::Addressee, "18 harbour").is_empty());
    let facts = window.shown().facts;
    let address = facts.iter().find(|(_, value)| value == "99 Bund");
    assert!(address.is_some(), "{facts:?}");
    let verdict = window.lobby.books.verify().expect("readable");
    assert!(matches!(verdict, Verdict::Sound(_)));
}
