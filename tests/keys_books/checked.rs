//! The keeper's check: what was noted and is otherwise by now, keys that are away, and checks that were
//! begun and not closed.

use crate::*;
use lodge::keys::CheckId;
use lodge::matters::{self, Move};

fn note(hooks: &mut Hooks, check: CheckId, key: KeyId, finding: Finding, at: DateTime<Utc>) {
    let keeper = hooks.keeper;
    hooks
        .lobby
        .books
        .note_key(check, key, finding, "", keeper, at)
        .expect("writable")
        .expect("it agrees with the books");
}

#[test]
fn a_check_does_not_close_on_what_was_so_in_the_morning() {
    let mut hooks = Hooks::open();
    let (plain, master, keeper) = (hooks.plain, hooks.master, hooks.keeper);
    let begun = hooks.lobby.books.begin_key_check(keeper, morning());
    let check = begun.expect("writable").expect("the first of the day");
    note(&mut hooks, check, plain, Finding::Here, morning());
    note(&mut hooks, check, master, Finding::Here, morning());
    hooks
        .take(plain, TECHNICIAN, None, morning() + minutes(5))
        .expect("a grant");
    let evening = morning() + TimeDelta::hours(12);
    let closed = hooks.lobby.books.close_key_check(check, keeper, evening);
    let hook = "K-12".to_owned();
    assert_eq!(
        closed.expect("writable"),
        Err(KeyRefusal::OpenLine { hook })
    );
    // Noted while it was out and not due, it counts for nothing once it is late.
    let noon = morning() + TimeDelta::hours(3);
    note(&mut hooks, check, plain, Finding::Out, noon);
    let books = &mut hooks.lobby.books;
    let closed = books.close_key_check(check, keeper, evening);
    assert!(closed.expect("writable").is_err());
    let noted = books.note_key(check, plain, Finding::NotBack, "仍在维修", keeper, evening);
    assert_eq!(noted.expect("writable"), Ok(()));
    let closed = books.close_key_check(check, keeper, evening);
    assert_eq!(closed.expect("writable"), Ok(()));
    hooks.is_sound();
}

#[test]
fn the_schema_alone_closes_no_check_on_what_is_otherwise_by_now() {
    let mut hooks = Hooks::open();
    let (plain, master, keeper) = (hooks.plain, hooks.master, hooks.keeper);
    let begun = hooks.lobby.books.begin_key_check(keeper, morning());
    let check = begun.expect("writable").expect("the first of the day");
    note(&mut hooks, check, plain, Finding::Here, morning());
    note(&mut hooks, check, master, Finding::Here, morning());
    hooks
        .take(plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let (_folder, path) = hooks.lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    let at = morning().timestamp_millis();
    let close = format!("UPDATE key_checks SET closed_at_ms = {at}");
    let error = direct.execute_batch(&close).expect_err("a stale line");
    assert!(error.to_string().contains("open"), "{error}");
    let second =
        format!("INSERT INTO key_checks (id, day, begun_at_ms) VALUES ('x', '2026-11-24', {at})");
    let error = direct.execute_batch(&second).expect_err("one is open");
    assert!(error.to_string().contains("older check"), "{error}");
}

#[test]
fn a_damaged_key_that_is_at_the_locksmiths_is_not_back_with_its_reason() {
    let mut hooks = Hooks::open();
    let (plain, master, keeper) = (hooks.plain, hooks.master, hooks.keeper);
    let books = &mut hooks.lobby.books;
    let reported = books.report_key(plain, Harm::Damaged, "弯了", keeper, morning());
    assert!(reported.expect("writable").is_ok());
    let begun = books.begin_key_check(keeper, morning());
    let check = begun.expect("writable").expect("the first of the day");
    note(&mut hooks, check, master, Finding::Here, morning());
    let books = &mut hooks.lobby.books;
    for (reason, closes) in [("", false), ("在锁匠处", true)] {
        let noted = books.note_key(check, plain, Finding::NotBack, reason, keeper, morning());
        assert_eq!(noted.expect("writable"), Ok(()));
        let closed = books.close_key_check(check, keeper, morning());
        assert_eq!(closed.expect("writable").is_ok(), closes, "{reason}");
    }
    hooks.is_sound();
}

#[test]
fn a_check_that_was_not_closed_comes_before_the_next() {
    let mut hooks = Hooks::open();
    let (plain, master, keeper) = (hooks.plain, hooks.master, hooks.keeper);
    let begin = |hooks: &mut Hooks, at| {
        let begun = hooks.lobby.books.begin_key_check(keeper, at);
        begun.expect("writable").expect("a check")
    };
    let monday = begin(&mut hooks, morning());
    let tuesday = morning() + TimeDelta::days(1);
    assert_eq!(begin(&mut hooks, tuesday), monday, "it goes on");
    let seen = hooks.lobby.books.registers(tuesday).expect("readable");
    let check = seen.key_check.expect("the one of Monday");
    assert_eq!((check.id, check.closed), (monday, false));
    assert_eq!(check.day.to_string(), "2026-11-23");
    note(&mut hooks, monday, plain, Finding::Here, tuesday);
    note(&mut hooks, monday, master, Finding::Here, tuesday);
    let closed = hooks.lobby.books.close_key_check(monday, keeper, tuesday);
    assert_eq!(closed.expect("writable"), Ok(()));
    let next = begin(&mut hooks, tuesday);
    assert_ne!(next, monday);
    let seen = hooks.lobby.books.registers(tuesday).expect("readable");
    let check = seen.key_check.expect("the one of Tuesday");
    assert_eq!((check.id, &*check.day.to_string()), (next, "2026-11-24"));
    hooks.is_sound();
}

#[test]
fn a_day_without_a_check_is_a_matter_that_somebody_owns_until_the_next_one_is_closed() {
    let mut hooks = Hooks::open();
    let (plain, master, keeper) = (hooks.plain, hooks.master, hooks.keeper);
    let hour = |hooks: &mut Hooks, days| {
        let at = morning() + TimeDelta::days(days);
        let (visits, mail) = (Default::default(), Default::default());
        let done = hooks.lobby.books.do_chores(&visits, &mail, at);
        (done.expect("writable").matters, at)
    };
    // The day on which the keys were hung, and the next: nothing was left out yet.
    assert_eq!(hour(&mut hooks, 0).0, 0);
    assert_eq!(hour(&mut hooks, 1).0, 0);
    // Tuesday was; one matter of it, however often the hour comes.
    assert_eq!(hour(&mut hooks, 2).0, 1);
    assert_eq!(hour(&mut hooks, 3).0, 0);
    assert_eq!(hooks.causes(), [Cause::KeysUnchecked]);
    let open = hooks.lobby.books.open_matters().expect("readable");
    let tuesday = matters::day(open[0].about).expect("a day");
    assert_eq!(tuesday.to_string(), "2026-11-24");
    // Begun is not done.
    let (_, thursday) = hour(&mut hooks, 3);
    let begun = hooks.lobby.books.begin_key_check(keeper, thursday);
    let check = begun.expect("writable").expect("a check");
    note(&mut hooks, check, plain, Finding::Here, thursday);
    assert_eq!(hooks.causes(), [Cause::KeysUnchecked]);
    note(&mut hooks, check, master, Finding::Here, thursday);
    let books = &mut hooks.lobby.books;
    let closed = books.close_key_check(check, keeper, thursday);
    assert_eq!(closed.expect("writable"), Ok(()));
    assert_eq!(hooks.causes(), []);
    // Whoever closed the check had it in hand.
    let over = hooks.lobby.books.matter(open[0].id).expect("readable");
    assert_eq!(over.and_then(|matter| matter.owner), keeper.person);
    // What is closed by hand is not opened by the hour again.
    let (new, monday) = hour(&mut hooks, 7);
    assert_eq!(new, 1);
    let open = hooks.lobby.books.open_matters().expect("readable");
    for wish in [Move::Take, Move::Close] {
        let books = &mut hooks.lobby.books;
        let moved = books.move_matter(open[0].id, wish, "放假", keeper, monday);
        moved.expect("writable").expect("the keeper may");
    }
    assert_eq!(hour(&mut hooks, 8).0, 0);
    assert_eq!(hooks.causes(), []);
    hooks.is_sound();
}

#[test]
fn the_register_says_who_took_which_key_for_what_until_when_and_who_brought_it_back() {
    let mut hooks = Hooks::open();
    let (plain, master) = (hooks.plain, hooks.master);
    hooks
        .take(master, TECHNICIAN, Some(KEEPER), morning())
        .expect("two cards");
    hooks
        .take(plain, TECHNICIAN, None, morning() + minutes(1))
        .expect("a grant");
    let seen = hooks.lobby.books.registers(morning()).expect("readable");
    let hook = seen.hooks.iter().find(|fact| fact.key.id == master);
    let taking = hook.and_then(|fact| fact.out.as_ref()).expect("it is out");
    assert_eq!(taking.purpose, Some(Purpose::WorkOrder("2026-0815".into())));
    assert_eq!(taking.contractor.as_deref(), Some("张三"));
    let chinese = |name: &Option<PersonName>| name.clone().and_then(|name| name.chinese);
    assert_eq!(chinese(&taking.holder).as_deref(), Some("工程甲"));
    assert_eq!(chinese(&taking.second).as_deref(), Some("钥匙乙"));
    assert_eq!(taking.loan.taken_at, morning());
    assert_eq!(taking.ended, None);
    let later = morning() + minutes(30);
    for (tag, by) in [("KEY-0001", Some(BOSS)), ("KEY-0012", None)] {
        hooks.bring_back(tag, by, &[], later).expect("it was out");
    }
    let seen = hooks.lobby.books.registers(later).expect("readable");
    let hooks_then: Vec<&str> = seen
        .key_register
        .iter()
        .map(|taking| taking.loan.hook.as_str())
        .collect();
    assert_eq!(hooks_then, ["K-12", "K-01"], "the newest first");
    let ended = |place: usize| seen.key_register[place].ended.clone().expect("it is back");
    assert_eq!(ended(0), TakingEnded::Back(later, Bringer::Unknown));
    let TakingEnded::Back(at, Bringer::Another(who)) = ended(1) else {
        panic!("{:?}", ended(1));
    };
    assert_eq!((at, chinese(&who).as_deref()), (later, Some("主管丙")));
}
