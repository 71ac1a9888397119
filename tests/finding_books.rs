//! Finding people and tenants: the desk finds everybody, a visitor only whom they know.

mod finding_books {
    pub mod crowd;
    pub mod measured;
}
mod support;

use finding_books::crowd::*;
use lodge::people::finding::{Query, Spoken};
use lodge::people::{Bilingual, Language, PersonName, Role, TenantId, TenantState};
use lodge::store::{Books, DATABASE, HostsFound, PersonRow, TenantRow};
use support::*;

#[test]
fn the_desk_finds_everybody_a_comparison_of_every_name_would_find() {
    let folder = tempfile::tempdir().expect("a folder");
    let (books, names) = crowded(folder.path(), 3_000);
    let spoken: Vec<Spoken> = names.iter().map(Spoken::person).collect();
    let (mut dice, mut found_in_all) = (Dice(11), 0);
    for _ in 0..40 {
        let name = dice.of(&names).clone();
        for typed in typed(&mut dice, &name) {
            let query = Query::read(&typed).expect("something to find");
            let known = spoken.iter().filter(|s| s.is_known_by(&query, false));
            assert!(known.into_iter().all(|s| s.is_found_by(&query)), "{typed}");
            let shown = |name: &PersonName| format!("{:?} {:?}", name.chinese, name.latin);
            let mut wanted: Vec<String> = names
                .iter()
                .zip(&spoken)
                .filter(|(_, spoken)| spoken.is_found_by(&query))
                .map(|(name, _)| shown(name))
                .collect();
            let found = books.find_people(&typed, usize::MAX).expect("readable");
            let mut found: Vec<String> = found.iter().map(|row| shown(&row.name)).collect();
            wanted.sort();
            found.sort();
            assert_eq!(found, wanted, "{typed}");
            assert!(found.contains(&shown(&name)), "{typed} {name:?}");
            found_in_all += found.len();
        }
    }
    assert!(found_in_all > 500, "{found_in_all}");
}

#[test]
fn somebody_just_entered_is_found_at_once_by_every_reading() {
    let mut lobby = Lobby::open();
    let row = PersonRow {
        tenant: None,
        name: PersonName {
            chinese: Some("单乐".into()),
            latin: Some("Zoë Shan".into()),
        },
        roles: vec![Role::Receptionist],
        language: Language::Chinese,
    };
    let person = lobby
        .books
        .enter_person(&row, monday_morning())
        .expect("a person");
    for typed in [
        "单", "单乐", "shanle", "shanyue", "danl", "sy", "zoe", "SHAN zo",
    ] {
        let found = lobby.books.find_people(typed, 5).expect("readable");
        assert!(found.iter().any(|row| row.person == person), "{typed}");
    }
    assert!(
        lobby
            .books
            .find_people("  ", 5)
            .expect("readable")
            .is_empty()
    );
    assert_eq!(lobby.books.find_people("乐", 5).expect("readable"), []);
}

fn tenant(lobby: &mut Lobby, zh: &str, en: &str, room: &str, state: TenantState) -> TenantId {
    let row = TenantRow {
        name: Bilingual::new(zh, en),
        rooms: vec![room.to_owned()],
        state,
    };
    lobby
        .books
        .enter_tenant(&row, monday_morning())
        .expect("a tenant")
}

fn enter(lobby: &mut Lobby, tenant: Option<TenantId>, zh: &str, role: Role) {
    let row = PersonRow {
        tenant,
        name: PersonName {
            chinese: Some(zh.into()),
            latin: None,
        },
        roles: vec![role],
        language: Language::Chinese,
    };
    lobby
        .books
        .enter_person(&row, monday_morning())
        .expect("a person");
}

fn hosts(lobby: &Lobby, typed: &str, tenant: Option<TenantId>) -> Vec<String> {
    match lobby.books.find_hosts(typed, tenant).expect("readable") {
        HostsFound::These(hosts) => hosts.into_iter().map(|host| host.masked.zh).collect(),
        HostsFound::Nobody => vec![],
        HostsFound::TooMany => vec!["too many".into()],
    }
}

#[test]
fn a_visitor_finds_a_host_by_knowing_the_name_and_sees_it_masked() {
    let mut lobby = Lobby::open();
    let harbour = lobby.holder(CHEN).tenant.expect("a tenant").id;
    let other = tenant(&mut lobby, "云帆设计", "Sail", "0801", TenantState::In);
    enter(&mut lobby, Some(other), "陈晓明", Role::TenantMember);
    enter(&mut lobby, None, "欧阳晓岚", Role::Receptionist);
    for typed in [
        "陈晓",
        "陈晓明",
        "晓明",
        "chenx",
        "chenxiaoming",
        "xiaoming",
    ] {
        assert_eq!(hosts(&lobby, typed, Some(harbour)), ["陈*明"], "{typed}");
        assert_eq!(hosts(&lobby, typed, None), ["陈*明", "陈*明"], "{typed}");
    }
    assert_eq!(hosts(&lobby, "cxm", Some(harbour)), ["陈*明"]);
    assert!(hosts(&lobby, "cxm", None).is_empty());
    assert_eq!(hosts(&lobby, "ouyangx", None), ["欧阳*岚"]);
    assert!(hosts(&lobby, "ouyangx", Some(other)).is_empty());
    assert_eq!(hosts(&lobby, "grace", None), ["郝*蕾"]);
}

#[test]
fn no_question_of_a_visitor_lists_the_staff_of_a_company() {
    let mut lobby = Lobby::open();
    let firm = tenant(&mut lobby, "长青科技", "Evergreen", "0901", TenantState::In);
    for given in ["晓明", "晓红", "晓岚", "伟", "芳", "建国"] {
        enter(
            &mut lobby,
            Some(firm),
            &format!("王{given}"),
            Role::TenantMember,
        );
    }
    // A surname, one character, one or two letters, nothing.
    for typed in [
        "王", "wang", "w", "wa", "wan", "", "*", "%", "_", "晓", "xm",
    ] {
        assert!(hosts(&lobby, typed, Some(firm)).is_empty(), "{typed}");
        assert!(hosts(&lobby, typed, None).is_empty(), "{typed}");
    }
    assert_eq!(hosts(&lobby, "王晓", Some(firm)).len(), 3);
    for given in ["晓光", "晓东", "晓梅"] {
        enter(
            &mut lobby,
            Some(firm),
            &format!("王{given}"),
            Role::TenantMember,
        );
    }
    assert_eq!(hosts(&lobby, "王晓", Some(firm)), ["too many"]);
    assert_eq!(hosts(&lobby, "王晓", None), ["too many"]);
    assert_eq!(hosts(&lobby, "王晓红", Some(firm)), ["王*红"]);
}

#[test]
fn only_who_works_here_can_be_visited() {
    let mut lobby = Lobby::open();
    let gone = tenant(&mut lobby, "旧梦", "Dream", "0701", TenantState::Moved);
    let here = tenant(&mut lobby, "新梦", "New", "0702", TenantState::MovingOut);
    enter(&mut lobby, Some(gone), "赵走远", Role::TenantMember);
    enter(&mut lobby, Some(here), "赵还在", Role::TenantMember);
    enter(&mut lobby, Some(here), "赵施工", Role::Contractor);
    enter(&mut lobby, None, "赵访客", Role::Visitor);
    enter(&mut lobby, None, "赵保安", Role::Security);
    for (typed, found) in [
        ("赵走", vec![]),
        ("赵还", vec!["赵*在"]),
        ("赵施", vec![]),
        ("赵访", vec![]),
        ("赵保", vec!["赵*安"]),
    ] {
        assert_eq!(hosts(&lobby, typed, None), found, "{typed}");
    }
    assert!(hosts(&lobby, "赵走", Some(gone)).is_empty());
}

#[test]
fn a_tenant_is_found_by_name_pinyin_initials_and_room() {
    let mut lobby = Lobby::open();
    let sail = tenant(
        &mut lobby,
        "云帆设计有限公司",
        "Sail & Design",
        "A-0801",
        TenantState::In,
    );
    let found = |typed: &str| -> Vec<String> {
        let found = lobby.books.find_tenants(typed, 9).expect("readable");
        found.into_iter().map(|tenant| tenant.name.zh).collect()
    };
    for typed in [
        "云帆",
        "设计有限",
        "yunf",
        "yunfansheji",
        "yunfanshejiyouxiangongs",
        "yfsj",
        "yfsjyxgs",
        "sail",
        "design sa",
        "A-08",
        "a0801",
    ] {
        assert_eq!(found(typed), ["云帆设计有限公司"], "{typed}");
    }
    assert_eq!(found("1203").len(), 2, "two share a room");
    assert!(found("9999").is_empty() && found("").is_empty());
    assert_eq!(
        lobby.books.find_tenants("1203", 1).expect("readable").len(),
        1
    );
    assert!(lobby.books.find_tenants("云帆", 9).expect("readable")[0].id == sail);
}

#[test]
fn people_of_books_from_before_are_found_after_opening_them_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = rusqlite::Connection::open(folder.path().join(DATABASE)).expect("a file");
    for schema in [
        include_str!("../src/store/migrations/0001_lane.sql"),
        include_str!("../src/store/migrations/0002_card_technologies.sql"),
        include_str!("../src/store/migrations/0003_printers.sql"),
        include_str!("../src/store/migrations/0004_matters.sql"),
        "PRAGMA application_id = 0x4C4F4447;
         PRAGMA user_version = 4;
         INSERT INTO tenants VALUES ('01936000-0000-7000-8000-000000000001', '海港', 'Harbour', 'in');
         INSERT INTO tenant_rooms VALUES ('01936000-0000-7000-8000-000000000001', 1, '1203');
         INSERT INTO persons VALUES ('01936000-0000-7000-8000-000000000002',
             '01936000-0000-7000-8000-000000000001', 'english', '仇晓明', 'Grace Hart');",
    ] {
        old.execute_batch(schema).expect("the schema of before");
    }
    drop(old);
    let books = Books::open(folder.path(), &building()).expect("they are brought up to date");
    for typed in ["仇晓", "qiux", "choux", "cxm", "hart"] {
        assert_eq!(
            books.find_people(typed, 5).expect("readable").len(),
            1,
            "{typed}"
        );
    }
    assert_eq!(books.find_tenants("12", 5).expect("readable").len(), 1);
}

#[test]
fn a_name_that_is_gone_leaves_no_key_and_no_key_is_anybody_elses() {
    let (folder, path) = Lobby::open().close();
    let direct = rusqlite::Connection::open(&path).expect("the file");
    direct
        .pragma_update(None, "foreign_keys", true)
        .expect("on");
    let count = |sql: &str| -> i64 {
        direct
            .query_row(sql, [], |row| row.get(0))
            .expect("a count")
    };
    assert!(count("SELECT count(*) FROM person_keys WHERE key LIKE 'chenx%'") > 0);
    direct
        .execute_batch(
            "DELETE FROM cards WHERE person IN (SELECT id FROM persons WHERE name_chinese = '陈晓明');
             DELETE FROM person_roles WHERE person IN (SELECT id FROM persons WHERE name_chinese = '陈晓明');
             DELETE FROM persons WHERE name_chinese = '陈晓明';",
        )
        .expect("a person can go");
    assert_eq!(
        count("SELECT count(*) FROM person_keys WHERE key LIKE 'chenx%'"),
        0
    );
    for refused in [
        "INSERT INTO person_keys VALUES (2, 'nobody', 9999)",
        "INSERT INTO person_keys VALUES (9, 'x', 1)",
        "INSERT INTO findable_persons (person) VALUES ('nobody')",
        "INSERT INTO tenant_keys VALUES (0, 'x', 'nobody')",
    ] {
        direct.execute(refused, []).expect_err(refused);
    }
    drop(folder);
}
