//! What the desk's orders do to the books, and who may give them.

mod support;

use lodge::desk::Refusal;
use lodge::desk::event::{Doer, Order, Outcome, TenantWord};
use lodge::desk::facts::Hit;
use lodge::lending::{BroughtBack, ReturnRefusal, Wanted};
use lodge::matters::{Cause, MatterId, Move};
use lodge::people::staff::{Claim, Pin};
use lodge::people::{
    Act, Bilingual, CardState, Identity, PersonId, PersonName, Role, TenantState, permits,
};
use lodge::slips::{JobState, Proof, Record as Paper, WhyUnknown};
use lodge::store::{DATABASE, Verdict};
use support::{CHEN, GRACE, Lobby, PIN, card, minutes, monday_morning, umbrella};

fn order(lobby: &mut Lobby, person: PersonId, order: &Order) -> Result<Outcome, Refusal> {
    let doer = Doer { person, card: None };
    let at = monday_morning() + minutes(10);
    let house = support::desk_house(&lobby.kinds);
    lobby
        .books
        .desk_order(&house, doer, order, at)
        .expect("books that can be written")
}

fn is_sound(lobby: &Lobby) -> bool {
    matches!(lobby.books.verify().expect("a proof"), Verdict::Sound(_))
}

/// Orders of every kind that needs a permission.
fn orders(lobby: &mut Lobby) -> Vec<(Act, Order)> {
    let receipt = lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("an umbrella");
    let job = receipt.job.expect("a slip");
    let staff = lobby.grace;
    let harbour = lobby.holder(GRACE).tenant.expect("a company").id;
    vec![
        (Act::TakeBackThings, Order::Scan(receipt.loan.number.code())),
        (
            Act::TakeBackThings,
            Order::TakeBack(BroughtBack::Loan(receipt.loan.id), None),
        ),
        (
            Act::KeepStock,
            Order::CountStand {
                kind: umbrella(),
                total: 9,
            },
        ),
        (
            Act::KeepStock,
            Order::EnterThing {
                kind: support::pc(),
                tag: "PC-77".to_owned(),
                label: "77".to_owned(),
            },
        ),
        (Act::ReadRegisters, Order::PrintPack),
        (Act::ReprintSlips, Order::Reprint(job)),
        (Act::ReprintSlips, Order::SlipSeen(job)),
        (
            Act::OwnMatters,
            Order::MoveMatter(MatterId(receipt.loan.id.0), Move::Take, String::new()),
        ),
        (
            Act::KeepPeople,
            Order::EnterTenant {
                name: Bilingual::new("新租户", "New Tenant"),
                rooms: vec!["1801".to_owned()],
                address_en: String::new(),
            },
        ),
        (
            Act::KeepPeople,
            Order::EnterPerson {
                name: PersonName {
                    chinese: Some("王新".to_owned()),
                    latin: None,
                },
                tenant: None,
                role: Role::TenantMember,
            },
        ),
        (
            Act::KeepPeople,
            Order::KeepTenant(
                harbour,
                TenantWord {
                    state: TenantState::MovingOut,
                    phone: "02158001234".to_owned(),
                    forwarding: String::new(),
                    address_en: String::new(),
                },
            ),
        ),
        (
            Act::KeepPeople,
            Order::MovePerson {
                person: lobby.chen,
                tenant: None,
                role: Role::PropertyStaff,
            },
        ),
        (
            Act::KeepPeople,
            Order::GiveRole(lobby.chen, Role::Receptionist),
        ),
        (
            Act::KeepPeople,
            Order::TakeRole(lobby.chen, Role::PropertyStaff),
        ),
        (Act::KeepPeople, Order::EndPerson(lobby.chen)),
        (
            Act::KeepCards,
            Order::IssueCard {
                person: staff,
                credential: card(0x77),
            },
        ),
        (
            Act::UnlockStaff,
            Order::SetPin(staff, Pin("975310".to_owned())),
        ),
        (Act::UnlockStaff, Order::Unlock(staff)),
    ]
}

#[test]
fn every_order_asks_the_permission_table_and_writes_nothing_where_it_says_no() {
    let roles = [
        Role::PropertyStaff,
        Role::Receptionist,
        Role::KeyKeeper,
        Role::MailAdministrator,
        Role::Supervisor,
        Role::Security,
        Role::Technician,
        Role::Auditor,
    ];
    let (mut allowed, mut forbidden) = (0, 0);
    for role in roles {
        let mut lobby = Lobby::open();
        let who = lobby.employ("李静华", role);
        for (act, wanted) in orders(&mut lobby) {
            let before = lobby.books.length().expect("a length");
            let done = order(&mut lobby, who, &wanted);
            if permits(&[role], act) {
                assert_ne!(done, Err(Refusal::NotPermitted(act)), "{role:?} {wanted:?}");
                allowed += 1;
            } else {
                assert_eq!(done, Err(Refusal::NotPermitted(act)), "{role:?} {wanted:?}");
                assert_eq!(lobby.books.length().expect("a length"), before);
                forbidden += 1;
            }
        }
        assert!(is_sound(&lobby));
    }
    assert!(allowed > 20 && forbidden > 40, "{allowed} {forbidden}");
}

#[test]
fn one_scan_takes_back_and_every_other_scan_says_why_not() {
    let mut lobby = Lobby::open();
    let li = lobby.employ("李静华", Role::Receptionist);
    let lent = lobby.lend(CHEN, Wanted::Tag("PC-01".to_owned()), monday_morning());
    lent.expect("a PC");
    let scan = |code: &str| Order::Scan(code.to_owned());
    match order(&mut lobby, li, &scan("PC-01")) {
        Ok(Outcome::TakenBack(receipt)) => assert!(receipt.awaiting_check),
        other => panic!("{other:?}"),
    }
    let again = order(&mut lobby, li, &scan("PC-01"));
    let before = matches!(
        again,
        Err(Refusal::Return(ReturnRefusal::AlreadyReturned { .. }))
    );
    assert!(before, "{again:?}");
    let never = order(&mut lobby, li, &scan("PC-02"));
    assert!(
        matches!(never, Err(Refusal::Return(ReturnRefusal::NotOut { .. }))),
        "{never:?}"
    );
    let unknown = order(&mut lobby, li, &scan("6901234567892"));
    assert_eq!(unknown, Err(Refusal::Return(ReturnRefusal::Unknown)));
    // The row names who took it back.
    let mut who = None;
    let keep = |entry: lodge::store::journal::Entry| {
        if entry.kind == "returned" {
            who = entry.person;
        }
        Ok(())
    };
    lobby.books.journal(keep).expect("a journal");
    assert_eq!(who, Some(li.to_string()));
}

#[test]
fn a_slip_in_doubt_is_printed_again_only_with_its_mark_and_number() {
    let mut lobby = Lobby::open();
    let li = lobby.employ("李静华", Role::Receptionist);
    let at = monday_morning();
    let job = lobby
        .lend_umbrella(GRACE, at)
        .expect("an umbrella")
        .job
        .expect("a slip");
    assert_eq!(
        order(&mut lobby, li, &Order::Reprint(job)),
        Err(Refusal::StillPrinting)
    );
    let end = |lobby: &mut Lobby, job| {
        let why = WhyUnknown::NoProof;
        for record in [
            Paper::Sending { job, printer: None },
            Paper::Unknown { job, why },
        ] {
            assert!(lobby.books.move_job(record, at).expect("books"));
        }
    };
    end(&mut lobby, job);
    for count in [1, 2] {
        let done = order(&mut lobby, li, &Order::Reprint(job));
        assert_eq!(
            done,
            Ok(Outcome::Reprinting("A-1123-0001".to_owned(), count))
        );
        let open = lobby.books.open_jobs().expect("jobs");
        let queued: Vec<_> = open
            .iter()
            .filter(|job| job.state == JobState::Queued)
            .collect();
        assert_eq!(queued.len(), 1);
        let text = queued[0].slip.to_text(32);
        let mark = format!("补打 {count} / REPRINT {count}");
        assert_eq!(text.matches(&mark).count(), 2, "{text}");
        end(&mut lobby, queued[0].id);
    }
    assert_eq!(
        order(&mut lobby, li, &Order::SlipSeen(job)),
        Ok(Outcome::SlipSeen)
    );
    assert_eq!(
        order(&mut lobby, li, &Order::SlipSeen(job)),
        Err(Refusal::NoSuchSlip)
    );
    assert!(is_sound(&lobby));
}

#[test]
fn a_slip_in_doubt_is_on_the_desks_list_however_many_were_printed_since() {
    let mut lobby = Lobby::open();
    let li = lobby.employ("李静华", Role::Receptionist);
    let at = monday_morning();
    let lent = lobby.lend_umbrella(GRACE, at).expect("an umbrella");
    let doubtful = lent.job.expect("a slip");
    let again = |lobby: &mut Lobby| {
        let done = order(lobby, li, &Order::PrintPack);
        assert!(done.is_ok(), "{done:?}");
    };
    let end = |lobby: &mut Lobby, job, end| {
        for record in [Paper::Sending { job, printer: None }, end] {
            assert!(lobby.books.move_job(record, at).expect("books"));
        }
    };
    let why = WhyUnknown::NoProof;
    let job = doubtful;
    end(&mut lobby, job, Paper::Unknown { job, why });
    for _ in 0..120 {
        again(&mut lobby);
        let queued = lobby.books.open_jobs().expect("jobs");
        let job = queued.last().expect("a pack").id;
        let proof = Proof::Fence;
        end(&mut lobby, job, Paper::Confirmed { job, proof });
    }
    let listed = |lobby: &Lobby| {
        let facts = lobby.books.registers(at + minutes(11)).expect("books");
        let ids: Vec<_> = facts.jobs.iter().map(|job| job.id).collect();
        assert!(
            ids.is_sorted_by(|one, next| one.0 > next.0),
            "the latest first"
        );
        (ids.len(), ids.contains(&doubtful))
    };
    assert_eq!(listed(&lobby), (101, true));
    // Printed again it is seen to, and goes the way of all slips.
    assert!(order(&mut lobby, li, &Order::Reprint(doubtful)).is_ok());
    assert_eq!(listed(&lobby), (100, false));
}

#[test]
fn a_card_is_issued_once_and_opens_nothing_once_it_is_blocked() {
    let mut lobby = Lobby::open();
    let li = lobby.employ("李静华", Role::Receptionist);
    let issue = |person| Order::IssueCard {
        person,
        credential: card(0x1234),
    };
    let (grace, chen) = (lobby.grace, lobby.chen);
    assert_eq!(
        order(&mut lobby, li, &issue(grace)),
        Ok(Outcome::CardIssued)
    );
    assert_eq!(order(&mut lobby, li, &issue(chen)), Err(Refusal::CardInUse));
    let holder = lobby.holder(0x1234);
    assert_eq!(holder.person, grace);
    let block = Order::MoveCard(holder.card.expect("a card"), CardState::Lost);
    assert_eq!(
        order(&mut lobby, li, &block),
        Ok(Outcome::CardMoved(CardState::Lost))
    );
    let now = lobby
        .books
        .identify_card(&card(0x1234))
        .expect("readable books");
    assert_eq!(now, Identity::LostCard);
}

#[test]
fn a_call_from_the_touch_screen_waits_until_somebody_takes_it() {
    let mut lobby = Lobby::open();
    let li = lobby.employ("李静华", Role::Receptionist);
    for _ in 0..3 {
        lobby.books.call_desk(monday_morning()).expect("a call");
    }
    let calls = lobby.books.open_matters().expect("matters");
    assert_eq!(calls.len(), 1, "an impatient finger calls once");
    assert_eq!((calls[0].cause, calls[0].owner), (Cause::DeskCalled, None));
    let take = Order::MoveMatter(calls[0].id, Move::Take, String::new());
    assert_eq!(
        order(&mut lobby, li, &take),
        Ok(Outcome::MatterMoved(Move::Take))
    );
    let close = Order::MoveMatter(calls[0].id, Move::Close, "已到台前".to_owned());
    assert_eq!(
        order(&mut lobby, li, &close),
        Ok(Outcome::MatterMoved(Move::Close))
    );
    assert!(lobby.books.open_matters().expect("matters").is_empty());
}

#[test]
fn a_new_house_founds_its_first_supervisor_once() {
    let mut lobby = Lobby::open();
    let found = |name: &str| Order::Found {
        name: PersonName {
            chinese: Some(name.to_owned()),
            latin: None,
        },
        pin: Pin(PIN.to_owned()),
    };
    let nobody = PersonId(uuid::Uuid::nil());
    assert!(!lobby.books.has_staff().expect("readable books"));
    assert_eq!(
        order(&mut lobby, nobody, &found("周敏")),
        Ok(Outcome::Founded)
    );
    assert_eq!(
        order(&mut lobby, nobody, &found("别人")),
        Err(Refusal::NotNew)
    );
    let who = lobby
        .books
        .find_staff(&Claim::Name("周敏".to_owned()))
        .expect("books");
    assert!(who.is_some_and(|member| member.may(Act::UnlockStaff)));
}

#[test]
fn a_founder_without_a_pin_is_never_left_behind() {
    let mut lobby = Lobby::open();
    let found = Order::Found {
        name: PersonName::typed("周敏"),
        pin: Pin(PIN.to_owned()),
    };
    // As where the power goes between the person and the PIN.
    let direct = rusqlite::Connection::open(lobby.path().join(DATABASE)).expect("the file");
    let cut =
        "CREATE TRIGGER cut BEFORE INSERT ON staff_pins BEGIN SELECT RAISE(ABORT, 'cut'); END";
    direct.execute_batch(cut).expect("a trigger");
    let house = support::desk_house(&lobby.kinds);
    let doer = Doer {
        person: PersonId(uuid::Uuid::nil()),
        card: None,
    };
    let at = monday_morning();
    let books = &mut lobby.books;
    books.desk_order(&house, doer, &found, at).expect_err("cut");
    let supervisors = "SELECT count(*) FROM person_roles WHERE role = 'supervisor'";
    let left: i64 = direct
        .query_row(supervisors, [], |row| row.get(0))
        .expect("a count");
    assert_eq!(left, 0);
    direct.execute_batch("DROP TRIGGER cut").expect("dropped");
    let founded = books.desk_order(&house, doer, &found, at).expect("books");
    assert_eq!(founded, Ok(Outcome::Founded));
}

/// A hit as people would name it.
fn called(hit: &Hit) -> String {
    let name = |name: &PersonName| name.chinese.clone().unwrap_or_default();
    match hit {
        Hit::Person(fact) => name(&fact.name),
        Hit::Thing(thing, _) => thing.tag.clone(),
        Hit::Loan(fact) => fact.loan.number.to_string(),
        Hit::Tenant(fact) => fact.name.zh.clone(),
        other => panic!("not in this lobby: {other:?}"),
    }
}

#[test]
fn the_search_box_finds_people_things_numbers_and_companies() {
    let mut lobby = Lobby::open();
    lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("an umbrella");
    let harbour = "海港贸易有限公司";
    let expected: [(&str, &[&str]); 13] = [
        ("郝", &["郝格蕾"]),
        ("grace", &["郝格蕾"]),
        ("Gra", &["郝格蕾"]),
        ("cxm", &["陈晓明"]),
        ("PC", &["PC-01", "PC-02"]),
        ("pc-01", &["PC-01"]),
        ("A-1123-0001", &["A-1123-0001"]),
        ("海港", &[harbour]),
        ("harbour", &[harbour]),
        ("haigang", &[harbour]),
        ("1203", &["旧日设计", harbour]),
        ("100%", &[]),
        ("没有这个", &[]),
    ];
    for (text, expected) in expected {
        let hits = lobby
            .books
            .search_registers(text, monday_morning())
            .expect("readable books");
        let mut found: Vec<String> = hits.iter().map(called).collect();
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
}
