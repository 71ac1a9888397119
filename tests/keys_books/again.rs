//! Keys that are lost, turn up, and hang on their hooks again.

use crate::*;

#[test]
fn a_lost_key_stays_with_the_supervisor_until_it_is_decided() {
    let mut hooks = Hooks::open();
    hooks
        .take(hooks.plain, TECHNICIAN, None, morning())
        .expect("a grant");
    let (plain, keeper, boss) = (hooks.plain, hooks.keeper, hooks.boss);
    let books = &mut hooks.lobby.books;
    let report = books
        .report_key(plain, Harm::Lost, "地铁上丢失", keeper, morning())
        .expect("writable")
        .expect("a report");
    let again = books.report_key(plain, Harm::Lost, "找不到了", keeper, morning());
    assert!(matches!(
        again.expect("writable"),
        Err(KeyRefusal::OtherwiseInTheBooks { .. })
    ));
    let refused = books.decide_key_report(report, Decision::ReKey, 30_000, keeper, morning());
    assert_eq!(
        refused.expect("writable"),
        Err(KeyRefusal::NotPermitted(Act::DecideKeyLoss))
    );
    assert_eq!(books.open_key_reports().expect("readable").len(), 1);
    assert_eq!(hooks.causes(), [Cause::KeyLost]);
    assert_eq!(hooks.state("K-12"), KeyState::Lost);
    let books = &mut hooks.lobby.books;
    let decided = books.decide_key_report(report, Decision::ReKey, 30_000, boss, morning());
    assert_eq!(decided.expect("writable"), Ok(()));
    assert!(hooks.causes().is_empty());
    // What was decided is not done yet: nothing hangs there before somebody hangs it.
    assert_eq!(hooks.state("K-12"), KeyState::Lost);
    let books = &mut hooks.lobby.books;
    let hung = books.hang_key_back(plain, "KEY-0112", keeper, morning() + minutes(60));
    assert_eq!(hung.expect("writable"), Ok("K-12".into()));
    assert_eq!(hooks.state("K-12"), KeyState::OnHook);
    hooks.is_sound();
    let taken = hooks.take(plain, TECHNICIAN, None, morning() + minutes(70));
    assert!(taken.is_ok());
    let old = hooks.bring_back("KEY-0012", None, &[], morning() + minutes(80));
    assert_eq!(
        old,
        Err(KeyReturnRefusal::UnknownTag),
        "the lock is another"
    );
    let new = hooks.bring_back("KEY-0112", None, &[], morning() + minutes(80));
    assert!(new.is_ok());
}

#[test]
fn a_lost_key_that_turns_up_is_taken_in_by_whoever_brings_it_and_hangs_once_it_is_decided() {
    let mut hooks = Hooks::open();
    let (plain, master) = (hooks.plain, hooks.master);
    let (keeper, boss) = (hooks.keeper, hooks.boss);
    let nobody = Actor::default();
    let books = &mut hooks.lobby.books;
    let report = books
        .report_key(plain, Harm::Lost, "找不到了", keeper, morning())
        .expect("writable")
        .expect("a report");
    let mut turns_up = |tag: &str| {
        books
            .key_turned_up(tag, nobody, morning())
            .expect("writable")
    };
    assert_eq!(turns_up("KEY-0012"), Ok("K-12".into()));
    assert_eq!(turns_up("KEY-0012"), Ok("K-12".into()), "scanned once more");
    let hook = "K-01".into();
    assert_eq!(turns_up("KEY-0001"), Err(KeyReturnRefusal::NotOut { hook }));
    assert_eq!(turns_up("KEY-9999"), Err(KeyReturnRefusal::UnknownTag));
    assert_eq!(hooks.state("K-12"), KeyState::TurnedUp);
    let hook = "K-12".into();
    let state = KeyState::TurnedUp;
    assert_eq!(
        hooks.take(plain, TECHNICIAN, None, morning()),
        Err(TakeRefusal::NotThere { hook, state })
    );
    assert_eq!(hooks.causes(), [Cause::KeyLost], "its report is the matter");
    let books = &mut hooks.lobby.books;
    let hang = |books: &mut lodge::store::Books, key, tag| {
        books
            .hang_key_back(key, tag, keeper, morning())
            .expect("writable")
    };
    let undecided = Err(KeyRefusal::Undecided {
        hook: "K-12".into(),
    });
    assert_eq!(hang(books, plain, "KEY-0012"), undecided);
    books
        .decide_key_report(report, Decision::Nothing, 0, boss, morning())
        .expect("writable")
        .expect("an open report");
    assert_eq!(
        hooks.causes(),
        [Cause::KeyTurnedUp],
        "decided, it waits for the keeper"
    );
    let books = &mut hooks.lobby.books;
    let tag = "KEY-0001".to_owned();
    assert_eq!(
        hang(books, plain, "key-0001"),
        Err(KeyRefusal::TagTaken { tag })
    );
    assert_eq!(hang(books, plain, "KEY-0012"), Ok("K-12".into()));
    let otherwise = Err(KeyRefusal::OtherwiseInTheBooks {
        hook: "K-01".into(),
    });
    assert_eq!(hang(books, master, "KEY-0001"), otherwise);
    assert!(hooks.causes().is_empty());
    hooks.is_sound();
}

#[test]
fn what_turns_up_after_it_was_decided_leaves_a_matter_until_it_hangs() {
    let mut hooks = Hooks::open();
    let (plain, keeper, boss) = (hooks.plain, hooks.keeper, hooks.boss);
    let books = &mut hooks.lobby.books;
    let report = books
        .report_key(plain, Harm::Lost, "找不到了", keeper, morning())
        .expect("writable")
        .expect("a report");
    books
        .decide_key_report(report, Decision::Copy, 2_000, boss, morning())
        .expect("writable")
        .expect("an open report");
    books
        .key_turned_up("KEY-0012", keeper, morning())
        .expect("writable")
        .expect("it is lost");
    assert_eq!(hooks.causes(), [Cause::KeyTurnedUp]);
    let books = &mut hooks.lobby.books;
    books
        .hang_key_back(plain, "KEY-0012", keeper, morning())
        .expect("writable")
        .expect("it is decided");
    assert!(hooks.causes().is_empty());
    hooks.is_sound();
}
