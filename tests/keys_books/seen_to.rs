//! Damaged keys that come back, reports that stay open until they are decided, keys that retire, and a
//! key in an emergency at night.

use crate::*;
use lodge::matters::{MatterRefusal, Move};
use lodge::store::Books;

fn report(books: &mut Books, key: KeyId, harm: Harm, by: Actor, at: DateTime<Utc>) {
    books
        .report_key(key, harm, "弯了", by, at)
        .expect("writable")
        .expect("it can be reported");
}

#[test]
fn who_signs_for_a_contractor_owns_a_matter_until_the_key_is_back_or_lost() {
    for is_lost in [false, true] {
        let mut hooks = Hooks::open();
        let (plain, keeper) = (hooks.plain, hooks.keeper);
        let taken = hooks.take(plain, TECHNICIAN, None, morning());
        let loan = taken.expect("a grant").loan;
        let open = hooks.lobby.books.open_matters().expect("readable");
        let about: Vec<_> = open.iter().map(|open| (open.cause, open.about)).collect();
        assert_eq!(about, [(Cause::ContractorWithKey, loan.0)]);
        let technician = hooks.holder(TECHNICIAN).person;
        assert_eq!(open[0].owner, Some(technician));
        let at = morning() + minutes(30);
        for by in [actor(technician), hooks.boss] {
            let closed = hooks
                .lobby
                .books
                .move_matter(open[0].id, Move::Close, "", by, at);
            assert_eq!(closed.expect("writable"), Err(MatterRefusal::KeyIsOut));
        }
        if is_lost {
            report(&mut hooks.lobby.books, plain, Harm::Lost, keeper, at);
            assert_eq!(hooks.causes(), [Cause::KeyLost]);
        } else {
            let back = hooks.bring_back("KEY-0012", None, &[], at);
            assert!(back.is_ok(), "{back:?}");
            assert!(hooks.causes().is_empty());
        }
        hooks.is_sound();
    }
}

#[test]
fn a_key_reported_damaged_while_it_is_out_comes_back_and_joins_its_report() {
    for denied in [&[][..], &[Point::Whole]] {
        let mut hooks = Hooks::open();
        let (plain, keeper, boss) = (hooks.plain, hooks.keeper, hooks.boss);
        hooks
            .take(plain, TECHNICIAN, None, morning())
            .expect("a grant");
        let at = morning() + minutes(10);
        report(&mut hooks.lobby.books, plain, Harm::Damaged, keeper, at);
        assert_eq!(hooks.state("K-12"), KeyState::Out, "it is with its holder");
        let books = &mut hooks.lobby.books;
        let hung = books.hang_key_back(plain, "KEY-0012", keeper, at);
        let otherwise = Err(KeyRefusal::OtherwiseInTheBooks {
            hook: "K-12".into(),
        });
        assert_eq!(hung.expect("writable"), otherwise);
        let back = hooks.bring_back("KEY-0012", Some(TECHNICIAN), denied, at + minutes(20));
        let awaits = back.expect("it was out").awaits;
        assert_eq!(awaits, Some(Awaits::Decision));
        assert_eq!(hooks.state("K-12"), KeyState::Damaged);
        assert_eq!(
            hooks.causes(),
            [Cause::KeyDamaged],
            "one report, one matter"
        );
        let books = &mut hooks.lobby.books;
        let open = books.open_key_reports().expect("readable");
        assert_eq!(open.len(), 1);
        let later = at + minutes(30);
        let hung = books.hang_key_back(plain, "KEY-0012", keeper, later);
        let hook = "K-12".into();
        assert_eq!(hung.expect("writable"), Err(KeyRefusal::Undecided { hook }));
        let decided = books.decide_key_report(open[0].id, Decision::Copy, 2_000, boss, later);
        assert_eq!(decided.expect("writable"), Ok(()));
        assert_eq!(hooks.causes(), [Cause::KeyToHang], "the keeper is asked");
        let books = &mut hooks.lobby.books;
        let hung = books.hang_key_back(plain, "KEY-0012", keeper, later);
        assert_eq!(hung.expect("writable"), Ok("K-12".into()));
        assert!(hooks.causes().is_empty());
        hooks.is_sound();
        assert!(hooks.take(plain, TECHNICIAN, None, later).is_ok());
    }
}

#[test]
fn what_is_decided_while_a_damaged_key_is_out_still_waits_for_the_keeper() {
    let mut hooks = Hooks::open();
    let (plain, keeper, boss) = (hooks.plain, hooks.keeper, hooks.boss);
    hooks
        .take(plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let books = &mut hooks.lobby.books;
    report(books, plain, Harm::Damaged, keeper, morning());
    let open = books.open_key_reports().expect("readable");
    let decided = books.decide_key_report(open[0].id, Decision::ReKey, 0, boss, morning());
    assert_eq!(decided.expect("writable"), Ok(()));
    let hung = books.hang_key_back(plain, "KEY-0012", keeper, morning());
    assert!(
        matches!(
            hung.expect("writable"),
            Err(KeyRefusal::OtherwiseInTheBooks { .. })
        ),
        "somebody has it"
    );
    let back = hooks.bring_back("KEY-0012", None, &[], morning() + minutes(5));
    let awaits = back.expect("it was out").awaits;
    assert_eq!(awaits, Some(Awaits::Keeper));
    assert_eq!(hooks.state("K-12"), KeyState::Damaged);
    assert_eq!(hooks.causes(), [Cause::KeyToHang], "the keeper is asked");
    hooks.is_sound();
    // Hurt once more, it waits for the supervisor again, and for the keeper behind that.
    let books = &mut hooks.lobby.books;
    report(books, plain, Harm::Damaged, keeper, morning());
    assert_eq!(hooks.causes(), [Cause::KeyDamaged]);
    let books = &mut hooks.lobby.books;
    let open = books.open_key_reports().expect("readable");
    let decided = books.decide_key_report(open[0].id, Decision::Copy, 0, boss, morning());
    assert_eq!(decided.expect("writable"), Ok(()));
    assert_eq!(hooks.causes(), [Cause::KeyToHang]);
    let books = &mut hooks.lobby.books;
    let retired = books.retire_key(plain, "换锁", keeper, morning());
    assert_eq!(retired.expect("writable"), Ok("K-12".into()));
    assert!(hooks.causes().is_empty());
    hooks.is_sound();
}

#[test]
fn a_clock_that_was_set_back_keeps_no_key_from_coming_back() {
    let mut hooks = Hooks::open();
    let (plain, keeper) = (hooks.plain, hooks.keeper);
    hooks
        .take(plain, TECHNICIAN, None, morning())
        .expect("a grant");
    // It was fast: what is reported behind the taking bears a time before it.
    let corrected = morning() - minutes(4);
    report(
        &mut hooks.lobby.books,
        plain,
        Harm::Damaged,
        keeper,
        corrected,
    );
    let back = hooks.bring_back("KEY-0012", None, &[], corrected + minutes(1));
    assert_eq!(
        back.expect("it was out").awaits,
        Some(Awaits::Decision),
        "its report is open"
    );
    assert_eq!(hooks.state("K-12"), KeyState::Damaged);
    hooks.is_sound();
}

#[test]
fn a_report_that_is_settled_says_nothing_of_a_later_taking() {
    let mut hooks = Hooks::open();
    let (plain, keeper, boss) = (hooks.plain, hooks.keeper, hooks.boss);
    let fast = morning() + minutes(60);
    let books = &mut hooks.lobby.books;
    report(books, plain, Harm::Damaged, keeper, fast);
    let open = books.open_key_reports().expect("readable");
    let decided = books.decide_key_report(open[0].id, Decision::Copy, 0, boss, fast);
    assert_eq!(decided.expect("writable"), Ok(()));
    let hung = books.hang_key_back(plain, "KEY-0012", keeper, fast);
    assert_eq!(hung.expect("writable"), Ok("K-12".into()));
    hooks
        .take(plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let back = hooks.bring_back("KEY-0012", None, &[], morning() + minutes(5));
    assert_eq!(back.expect("it was out").awaits, None);
    assert_eq!(hooks.state("K-12"), KeyState::OnHook);
    hooks.is_sound();
}

#[test]
fn a_key_that_was_lost_and_turns_up_bent_is_reported_once_more() {
    let mut hooks = Hooks::open();
    let (plain, keeper, boss) = (hooks.plain, hooks.keeper, hooks.boss);
    let books = &mut hooks.lobby.books;
    report(books, plain, Harm::Lost, keeper, morning());
    let open = books.open_key_reports().expect("readable");
    let decided = books.decide_key_report(open[0].id, Decision::Copy, 0, boss, morning());
    assert_eq!(decided.expect("writable"), Ok(()));
    let turned_up = books.key_turned_up("KEY-0012", keeper, morning());
    assert!(turned_up.expect("writable").is_ok());
    report(books, plain, Harm::Damaged, keeper, morning());
    assert_eq!(hooks.state("K-12"), KeyState::Damaged);
    assert_eq!(hooks.causes(), [Cause::KeyDamaged]);
    hooks.is_sound();
}

#[test]
fn a_damaged_key_that_gets_lost_stays_one_report_and_goes_on_with_its_owner() {
    let mut hooks = Hooks::open();
    let (plain, keeper, boss) = (hooks.plain, hooks.keeper, hooks.boss);
    let books = &mut hooks.lobby.books;
    report(books, plain, Harm::Damaged, keeper, morning());
    let matter = books.open_matters().expect("readable")[0].id;
    let taken = books.move_matter(matter, Move::Take, "", keeper, morning());
    assert_eq!(taken.expect("writable"), Ok(()));
    let at = morning() + minutes(60);
    report(books, plain, Harm::Lost, keeper, at);
    let open = books.open_key_reports().expect("readable");
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].harm, &*open[0].text), (Harm::Lost, "弯了 · 弯了"));
    let matters = books.open_matters().expect("readable");
    assert_eq!(matters.len(), 1);
    assert_eq!(matters[0].cause, Cause::KeyLost);
    assert_eq!(matters[0].owner, keeper.person);
    let jobs = books.open_jobs().expect("readable");
    assert_eq!(jobs.len(), 2, "the loss is written to the supervisor too");
    let again = books.report_key(plain, Harm::Lost, "找不到了", keeper, at);
    assert!(again.expect("writable").is_err(), "it is lost already");
    // It turns up, and is gone once more: that is no second matter.
    let turned_up = books.key_turned_up("KEY-0012", keeper, at);
    assert!(turned_up.expect("writable").is_ok());
    report(books, plain, Harm::Lost, keeper, at);
    let decided = books.decide_key_report(open[0].id, Decision::ReKey, 0, boss, at);
    assert_eq!(decided.expect("writable"), Ok(()));
    assert_eq!(hooks.state("K-12"), KeyState::Lost);
    assert!(hooks.causes().is_empty());
    let books = &mut hooks.lobby.books;
    let turned_up = books.key_turned_up("KEY-0012", keeper, at);
    assert!(turned_up.expect("writable").is_ok());
    report(books, plain, Harm::Lost, keeper, at);
    assert_eq!(
        hooks.causes(),
        [Cause::KeyLost],
        "a report of its own by now"
    );
    hooks.is_sound();
}

#[test]
fn the_matter_of_a_lost_or_damaged_key_is_closed_by_the_decision_alone() {
    let mut hooks = Hooks::open();
    let desk = actor(hooks.lobby.employ("周敏", Role::Receptionist));
    let (plain, master, keeper, boss) = (hooks.plain, hooks.master, hooks.keeper, hooks.boss);
    let books = &mut hooks.lobby.books;
    report(books, plain, Harm::Damaged, keeper, morning());
    report(books, master, Harm::Lost, keeper, morning());
    for matter in books.open_matters().expect("readable") {
        let mut moved = |wish, by| {
            books
                .move_matter(matter.id, wish, "", by, morning())
                .expect("writable")
        };
        assert_eq!(moved(Move::Take, desk), Ok(()));
        for by in [desk, boss] {
            assert_eq!(moved(Move::Close, by), Err(MatterRefusal::DecidedInKeys));
        }
    }
    assert_eq!(hooks.causes().len(), 2);
    let (_folder, path) = hooks.lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    let by_hand = "UPDATE matters SET closed_at_ms = 1";
    let error = direct.execute_batch(by_hand).expect_err("undecided");
    assert!(error.to_string().contains("not decided"), "{error}");
}

#[test]
fn a_key_that_retires_frees_its_hook_and_its_tag_and_stands_in_no_check() {
    let mut hooks = Hooks::open();
    let (plain, keeper, boss) = (hooks.plain, hooks.keeper, hooks.boss);
    let at = morning();
    let books = &mut hooks.lobby.books;
    let retire = |books: &mut Books, reason: &str, by| {
        books.retire_key(plain, reason, by, at).expect("writable")
    };
    assert_eq!(retire(books, " ", keeper), Err(KeyRefusal::ReasonMissing));
    let desk = Actor::default();
    assert_eq!(
        retire(books, "错登", desk),
        Err(KeyRefusal::NotPermitted(Act::KeepKeys))
    );
    report(books, plain, Harm::Lost, keeper, at);
    let hook = "K-12".into();
    assert_eq!(
        retire(books, "丢了", keeper),
        Err(KeyRefusal::Undecided { hook })
    );
    let open = books.open_key_reports().expect("readable");
    let decided = books.decide_key_report(open[0].id, Decision::ReKey, 0, boss, at);
    assert_eq!(decided.expect("writable"), Ok(()));
    assert_eq!(retire(books, "换锁", keeper), Ok("K-12".into()));
    assert!(retire(books, "换锁", keeper).is_err(), "it is retired");
    let lines = books.hooks().expect("readable");
    assert_eq!(lines.len(), 1, "{lines:?}");
    let back = books.key_of_tag("KEY-0012").expect("readable");
    assert_eq!(back, None, "its tag is nobody's");
    // The hook and the tag are free, and the check asks for what hangs there now.
    let anew = KeyEntry {
        hook: "K-12".into(),
        tag: "key-0012".into(),
        kind: KeyKind::Ordinary,
        group: KeyGroup("floor-12".into()),
        tenant: None,
        pieces: 1,
        opens: String::new(),
    };
    let hung = books.hang_key(&anew, keeper, at).expect("writable");
    let anew = hung.expect("a free hook");
    let check = books.begin_key_check(keeper, at).expect("writable");
    let lines = books
        .key_check(check.expect("a check"), at)
        .expect("readable");
    let keys: Vec<KeyId> = lines.iter().map(|line| line.key).collect();
    assert_eq!(keys.len(), 2);
    assert!(keys.contains(&anew) && !keys.contains(&plain));
    hooks.is_sound();
    let taken = hooks.take(anew, TECHNICIAN, None, at).expect("a grant");
    assert_eq!(taken.hook, "K-12");
    hooks.is_sound();
    let books = &mut hooks.lobby.books;
    let gone = books
        .retire_key(anew, "错登", keeper, at)
        .expect("writable");
    assert!(
        matches!(gone, Err(KeyRefusal::OtherwiseInTheBooks { .. })),
        "somebody has it"
    );
    let (_folder, path) = hooks.lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    for (sql, why) in [
        (
            format!("UPDATE keys SET state = 'on-hook' WHERE id = '{plain}'"),
            "retired",
        ),
        (
            format!("UPDATE keys SET state = 'on-hook' WHERE id = '{anew}'"),
            "somebody has",
        ),
        (
            format!(
                "UPDATE keys SET state = 'retired', was_hook = hook, was_tag = tag
                 WHERE id = '{anew}'"
            ),
            "is out",
        ),
    ] {
        let error = direct.execute_batch(&sql).expect_err(&sql).to_string();
        assert!(error.contains(why), "{sql}: {error}");
    }
}

#[test]
fn a_tag_is_on_one_key_or_one_thing_in_whatever_case_it_was_typed() {
    let mut hooks = Hooks::open();
    let keeper = hooks.keeper;
    let books = &mut hooks.lobby.books;
    for tag in ["pc-01", "PC-01", "key-0012"] {
        let entry = KeyEntry {
            hook: "K-77".into(),
            tag: tag.into(),
            kind: KeyKind::Ordinary,
            group: KeyGroup("floor-12".into()),
            tenant: None,
            pieces: 1,
            opens: String::new(),
        };
        let hung = books.hang_key(&entry, keeper, morning());
        let tag = tag.to_uppercase();
        assert_eq!(hung.expect("writable"), Err(KeyRefusal::TagTaken { tag }));
    }
    let again = KeyEntry {
        hook: "k-12".into(),
        tag: "KEY-0777".into(),
        kind: KeyKind::Ordinary,
        group: KeyGroup("floor-12".into()),
        tenant: None,
        pieces: 1,
        opens: String::new(),
    };
    let hung = books.hang_key(&again, keeper, morning());
    assert_eq!(hung.expect("writable"), Err(KeyRefusal::HookTaken));
    let hung = books.hang_key(
        &KeyEntry {
            hook: " k-78 ".into(),
            ..again
        },
        keeper,
        morning(),
    );
    assert!(hung.expect("writable").is_ok());
    assert_eq!(hooks.state("K-78"), KeyState::OnHook);
    let books = &mut hooks.lobby.books;
    let found = books.key_of_tag("key-0012").expect("readable");
    assert!(found.is_some(), "a scanner that sends small letters");
    hooks.is_sound();
    let (_folder, path) = hooks.lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    for sql in [
        "UPDATE keys SET tag = 'pc-01' WHERE hook = 'K-12'",
        "UPDATE lending_things SET tag = 'key-0012' WHERE tag = 'PC-01'",
        "INSERT INTO keys (id, hook, tag, kind, key_group, pieces, state)
         VALUES ('x', 'K-99', 'pc-01', 'ordinary', 'x', 1, 'on-hook')",
        "INSERT INTO keys (id, hook, tag, kind, key_group, pieces, state)
         VALUES ('x', 'K-99', 'key-0012', 'ordinary', 'x', 1, 'on-hook')",
        "INSERT INTO lending_things (id, kind, tag, label, state)
         VALUES ('x', 'pc', 'Key-0012', 'x', 'available')",
        "INSERT INTO lending_things (id, kind, tag, label, state)
         VALUES ('x', 'pc', 'pc-01', 'x', 'available')",
    ] {
        let error = direct.execute_batch(sql).expect_err(sql).to_string();
        assert!(error.contains("the tag is in use"), "{sql}: {error}");
    }
}

#[test]
fn a_key_taken_in_an_emergency_at_night_is_due_at_opening_and_the_keeper_is_told() {
    let mut hooks = Hooks::open();
    let night = morning() + TimeDelta::hours(14);
    let opens: DateTime<Utc> = "2026-11-24T00:00:00Z".parse().expect("a moment");
    let mut take = |terms: &Terms, purpose: Purpose| {
        let order = TakeOrder {
            holder: hooks.holder(TECHNICIAN),
            how: How::Tapped,
            key: hooks.plain,
            purpose,
            contractor: None,
            second: None,
        };
        let books = &mut hooks.lobby.books;
        books
            .sign_key_out(terms, &order, Actor::of(&order.holder), night)
            .expect("writable")
    };
    let curfew = Err(TakeRefusal::Curfew { again: opens });
    let never = Terms {
        emergency_in_curfew: false,
        ..Terms::default()
    };
    assert_eq!(take(&never, Purpose::Emergency), curfew);
    assert_eq!(take(&Terms::default(), Purpose::Repair), curfew);
    let taken = take(&Terms::default(), Purpose::Emergency).expect("an emergency");
    assert_eq!(taken.due, opens);
    assert_eq!(hooks.causes(), [Cause::KeyInEmergency]);
    hooks.is_sound();
}
