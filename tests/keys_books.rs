//! The books of the keys: the department's rules, kept by the program and by the schema alone.

mod support;

mod keys_books {
    mod again;
    mod along;
    mod checked;
    mod in_writing;
    mod schema;
    mod seen_to;
    mod upgraded;
}

use chrono::{DateTime, TimeDelta, Utc};
use lodge::desk::facts::{Bringer, TakingEnded};
use lodge::keys::check::Finding;
use lodge::keys::{
    Answers, Awaits, Contractor, Decision, Harm, KeyGroup, KeyId, KeyKind, KeyRefusal,
    KeyReturnRefusal, KeyState, Point, Purpose, ReturnOrder, TakeOrder, TakeReceipt, TakeRefusal,
    Terms,
};
use lodge::matters::Cause;
use lodge::people::{Act, CardState, Holder, How, Identity, Language, PersonId, PersonName, Role};
use lodge::store::journal::Actor;
use lodge::store::{CardRow, KeyEntry, PersonRow, Verdict};
use support::*;

const TECHNICIAN: u64 = 0x01_0055_0001;
const KEEPER: u64 = 0x01_0055_0002;
const BOSS: u64 = 0x01_0055_0003;

struct Hooks {
    lobby: Lobby,
    terms: Terms,
    keeper: Actor,
    boss: Actor,
    plain: KeyId,
    master: KeyId,
}

impl Hooks {
    fn open() -> Self {
        let mut hooks = Hooks::staffed(Lobby::open());
        hooks.plain = hooks.hang("K-12", "KEY-0012", KeyKind::Ordinary, 2);
        hooks.master = hooks.hang("K-01", "KEY-0001", KeyKind::Master, 1);
        hooks
    }

    /// A house with everybody who has to do with keys, and none that a test hung.
    fn staffed(mut lobby: Lobby) -> Self {
        let at = monday_morning();
        let mut staff = |name: &str, role, number| {
            let row = PersonRow {
                tenant: None,
                name: PersonName {
                    chinese: Some(name.into()),
                    latin: None,
                },
                roles: vec![role],
                language: Language::Chinese,
            };
            let person = lobby.books.enter_person(&row, at).expect("a person");
            let row = CardRow {
                person,
                credential: card(number),
                state: CardState::Active,
            };
            lobby.books.issue_card(&row, at).expect("a card");
            person
        };
        let technician = staff("工程甲", Role::Technician, TECHNICIAN);
        let keeper = actor(staff("钥匙乙", Role::KeyKeeper, KEEPER));
        let boss = actor(staff("主管丙", Role::Supervisor, BOSS));
        let group = KeyGroup("floor-12".into());
        lobby
            .books
            .grant_keys(&group, technician, None, keeper, at)
            .expect("writable")
            .expect("a grant");
        Hooks {
            lobby,
            terms: Terms::default(),
            keeper,
            boss,
            plain: KeyId(uuid::Uuid::nil()),
            master: KeyId(uuid::Uuid::nil()),
        }
    }

    fn hang(&mut self, hook: &str, tag: &str, kind: KeyKind, pieces: u32) -> KeyId {
        let entry = KeyEntry {
            hook: hook.into(),
            tag: tag.into(),
            kind,
            group: KeyGroup("floor-12".into()),
            tenant: None,
            pieces,
            opens: "1203".into(),
        };
        let books = &mut self.lobby.books;
        books
            .hang_key(&entry, self.keeper, monday_morning())
            .expect("writable")
            .expect("a free hook")
    }

    fn holder(&self, number: u64) -> Holder {
        match self.lobby.books.identify_card(&card(number)) {
            Ok(Identity::Known(holder)) => holder,
            other => panic!("{other:?}"),
        }
    }

    fn take(
        &mut self,
        key: KeyId,
        who: u64,
        second: Option<u64>,
        at: DateTime<Utc>,
    ) -> Result<TakeReceipt, TakeRefusal> {
        let order = TakeOrder {
            holder: self.holder(who),
            how: How::Tapped,
            key,
            purpose: Purpose::WorkOrder("2026-0815".into()),
            contractor: Some(Contractor::Named("张三".into())),
            second: second.map(|number| self.holder(number)),
        };
        self.lobby
            .books
            .sign_key_out(&self.terms, &order, Actor::of(&order.holder), at)
            .expect("writable")
    }

    fn bring_back(
        &mut self,
        tag: &str,
        by: Option<u64>,
        denied: &[Point],
        at: DateTime<Utc>,
    ) -> Result<lodge::keys::ReturnReceipt, KeyReturnRefusal> {
        let order = ReturnOrder {
            tag: tag.into(),
            by: by.map(|number| self.holder(number)),
            answers: Answers(Point::ALL.map(|point| !denied.contains(&point))),
        };
        self.lobby
            .books
            .take_key_back(
                &order,
                order.by.as_ref().map(Actor::of).unwrap_or_default(),
                at,
            )
            .expect("writable")
    }

    fn causes(&self) -> Vec<Cause> {
        let open = self.lobby.books.open_matters().expect("readable");
        open.iter().map(|matter| matter.cause).collect()
    }

    fn state(&self, hook: &str) -> KeyState {
        let hooks = self.lobby.books.hooks().expect("readable");
        let line = hooks.iter().find(|line| line.key.hook == hook);
        line.expect("a hook").key.state
    }

    fn is_sound(&self) {
        let verdict = self.lobby.books.verify().expect("readable");
        assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
    }
}

fn actor(person: PersonId) -> Actor {
    Actor {
        person: Some(person),
        card: None,
    }
}

fn morning() -> DateTime<Utc> {
    monday_morning()
}

#[test]
fn a_key_is_signed_out_in_detail_and_comes_back_confirmed() {
    let mut hooks = Hooks::open();
    let receipt = hooks.take(hooks.plain, TECHNICIAN, None, morning());
    let receipt = receipt.expect("a grant");
    assert_eq!((receipt.hook.as_str(), receipt.pieces), ("K-12", 2));
    assert!(receipt.goes_along);
    let line = &hooks.lobby.books.hooks().expect("readable")[1];
    let taking = line.out.as_ref().expect("it is out");
    assert_eq!(taking.contractor.as_deref(), Some("张三"));
    assert_eq!(line.key.state, KeyState::Out);
    let back = hooks.bring_back("KEY-0012", None, &[], morning() + minutes(30));
    let back = back.expect("it was out");
    assert!(!back.by_another && !back.late && back.denied.is_empty());
    assert_eq!(hooks.state("K-12"), KeyState::OnHook);
    assert!(hooks.causes().is_empty());
    hooks.is_sound();
}

#[test]
fn the_contractors_name_and_the_work_orders_reason_are_not_in_the_journal() {
    let mut hooks = Hooks::open();
    hooks
        .take(hooks.plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let mut journal = String::new();
    hooks
        .lobby
        .books
        .journal(|entry| {
            journal.push_str(&entry.payload);
            Ok(())
        })
        .expect("readable");
    assert!(journal.contains("2026-0815") && journal.contains("K-12"));
    assert!(!journal.contains("张三") && !journal.contains("1203"));
}

#[test]
fn a_contractors_name_goes_when_its_time_is_up_and_stays_while_the_key_is_out() {
    let mut hooks = Hooks::open();
    let taken = hooks.take(hooks.plain, TECHNICIAN, None, morning());
    taken.expect("a grant");
    let before = morning() + minutes(60 * 24);
    let month = morning() + minutes(60 * 24 * 31);
    let named = |hooks: &Hooks| {
        let facts = hooks.lobby.books.registers(month).expect("readable");
        facts.key_register[0].contractor.clone()
    };
    let erase = |hooks: &mut Hooks| {
        let erased = hooks.lobby.books.erase_visitors(before, month);
        erased.expect("writable")
    };
    erase(&mut hooks);
    assert_eq!(named(&hooks).as_deref(), Some("张三"), "the key is out");
    let back = hooks.bring_back("KEY-0012", None, &[], morning() + minutes(30));
    back.expect("it was out");
    erase(&mut hooks);
    // That somebody went along stays; who that was is nowhere in the file.
    assert_eq!(named(&hooks).as_deref(), Some(""));
    hooks.is_sound();
    let (_folder, path) = hooks.lobby.close();
    let raw = rusqlite::Connection::open(path).expect("the file");
    let tables: Vec<String> = raw
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .and_then(|mut select| select.query_map([], |row| row.get(0))?.collect())
        .expect("the tables");
    assert!(tables.len() > 30, "{tables:?}");
    for table in tables {
        let mut select = raw
            .prepare(&format!("SELECT * FROM {table}"))
            .expect("rows");
        let columns = select.column_count();
        let mut rows = select.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for column in 0..columns {
                let value = format!("{:?}", row.get_ref(column).expect("a value"));
                let text = row.get::<_, String>(column).unwrap_or_default();
                assert!(!text.contains("张三"), "{table}: {value}");
            }
        }
    }
}

#[test]
fn nobody_without_a_grant_and_nobody_outside_the_office_takes_a_key() {
    let mut hooks = Hooks::open();
    let hook = "K-12".to_owned();
    assert_eq!(
        hooks.take(hooks.plain, BOSS, None, morning()),
        Err(TakeRefusal::NotGranted { hook })
    );
    assert_eq!(
        hooks.take(hooks.plain, GRACE, None, morning()),
        Err(TakeRefusal::NotStaff)
    );
}

#[test]
fn a_master_needs_another_persons_card_and_the_schema_wants_another_person_too() {
    let mut hooks = Hooks::open();
    let hook = "K-01".to_owned();
    assert_eq!(
        hooks.take(hooks.master, TECHNICIAN, None, morning()),
        Err(TakeRefusal::SecondPersonNeeded { hook })
    );
    assert_eq!(
        hooks.take(hooks.master, TECHNICIAN, Some(TECHNICIAN), morning()),
        Err(TakeRefusal::SamePerson)
    );
    assert!(
        hooks
            .take(hooks.master, TECHNICIAN, Some(KEEPER), morning())
            .is_ok()
    );
    hooks.is_sound();
}

#[test]
fn a_return_is_taken_from_anybody_and_every_no_opens_a_matter() {
    let mut hooks = Hooks::open();
    hooks
        .take(hooks.plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let late = morning() + TimeDelta::hours(12);
    let back = hooks.bring_back(
        "KEY-0012",
        Some(BOSS),
        &[Point::Windows, Point::Whole],
        late,
    );
    let back = back.expect("it was out");
    assert!(back.by_another && back.late);
    assert_eq!(hooks.state("K-12"), KeyState::Damaged);
    assert_eq!(hooks.causes(), [Cause::UnitNotSafe, Cause::KeyDamaged]);
    let jobs = hooks.lobby.books.open_jobs().expect("readable");
    assert_eq!(jobs.len(), 1, "the report to the supervisor is paper");
    assert_eq!(
        hooks.bring_back("KEY-0012", None, &[], late),
        Err(KeyReturnRefusal::NotOut {
            hook: "K-12".into()
        })
    );
    assert_eq!(
        hooks.bring_back("KEY-9999", None, &[], late),
        Err(KeyReturnRefusal::UnknownTag)
    );
    hooks.is_sound();
}

#[test]
fn the_keepers_check_is_not_closed_with_one_line_unanswered() {
    let mut hooks = Hooks::open();
    hooks
        .take(hooks.plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let evening = morning() + TimeDelta::hours(12);
    let (plain, master, keeper) = (hooks.plain, hooks.master, hooks.keeper);
    let books = &mut hooks.lobby.books;
    let check = books
        .begin_key_check(keeper, evening)
        .expect("writable")
        .expect("the first of the day");
    let open = |hook: &str| Err(KeyRefusal::OpenLine { hook: hook.into() });
    let mut note = |key, finding, reason: &str| {
        books
            .note_key(check, key, finding, reason, keeper, evening)
            .expect("writable")
    };
    assert_eq!(note(master, Finding::Here, ""), Ok(()));
    assert!(matches!(
        note(plain, Finding::Here, ""),
        Err(KeyRefusal::OtherwiseInTheBooks { .. })
    ));
    assert_eq!(note(plain, Finding::NotBack, ""), Ok(()));
    let closed = books.close_key_check(check, keeper, evening);
    assert_eq!(closed.expect("writable"), open("K-12"));
    let noted = books.note_key(check, plain, Finding::NotBack, "仍在维修", keeper, evening);
    assert_eq!(noted.expect("writable"), Ok(()));
    let closed = books.close_key_check(check, keeper, evening);
    assert_eq!(closed.expect("writable"), Ok(()));
    let again = books.begin_key_check(keeper, evening);
    assert_eq!(again.expect("writable"), Err(KeyRefusal::CheckedToday));
    hooks.is_sound();
}

#[test]
fn the_map_of_the_hooks_says_where_every_key_is_and_never_what_it_opens() {
    let mut hooks = Hooks::open();
    hooks
        .take(hooks.plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let keeper = hooks.keeper;
    let job = hooks
        .lobby
        .books
        .print_key_map(Language::Chinese, keeper, morning())
        .expect("writable")
        .expect("a job");
    let jobs = hooks.lobby.books.open_jobs().expect("readable");
    let map = jobs.iter().find(|open| open.id == job).expect("queued");
    let text = format!("{:?}", map.slip);
    assert!(text.contains("K-12") && text.contains("领出至 20:00") && text.contains("在位"));
    assert!(!text.contains("1203"));
}
