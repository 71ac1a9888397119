//! Who works at the desk: PINs, wrong ones, and the supervisor who lets somebody in again.

mod support;

use lodge::kiosk::event::StoreHealth;
use lodge::people::staff::{Claim, LoginRefusal, Member, Pin, PinRefusal};
use lodge::people::{Act, PersonId, Role};
use lodge::store::journal::Actor;
use lodge::store::{Books, PEPPER, Verdict};
use std::os::unix::fs::PermissionsExt;
use support::{Lobby, PIN, building, log_in, minutes, monday_morning};

const WRONG: &str = "204817";

fn enter(lobby: &mut Lobby, name: &str, role: Role) -> Member {
    lobby.employ(name, role);
    let who = Claim::Name(name.to_owned());
    lobby
        .books
        .find_staff(&who)
        .expect("readable books")
        .expect("staff")
}

fn pin(digits: &str) -> Pin {
    Pin(digits.to_owned())
}

fn actor(person: PersonId) -> Actor {
    Actor {
        person: Some(person),
        card: None,
    }
}

fn try_pin(
    books: &mut Books,
    member: &Member,
    digits: &str,
    minute: i64,
) -> Result<(), LoginRefusal> {
    let at = monday_morning() + minutes(minute);
    log_in(books, member, &pin(digits), at)
}

#[test]
fn the_right_pin_lets_in_and_the_journal_says_who_but_never_the_pin() {
    let mut lobby = Lobby::open();
    let li = enter(&mut lobby, "李静华", Role::Receptionist);
    assert_eq!(
        try_pin(&mut lobby.books, &li, WRONG, 0),
        Err(LoginRefusal::WrongPin { left: 4 })
    );
    assert_eq!(try_pin(&mut lobby.books, &li, PIN, 0), Ok(()));
    let mut kinds = Vec::new();
    lobby
        .books
        .journal(|entry| {
            assert!(!entry.payload.contains(PIN) && !entry.payload.contains(WRONG));
            kinds.push(entry.kind);
            Ok(())
        })
        .expect("a journal");
    assert!(
        kinds.ends_with(&["pin-set", "pin-wrong", "logged-in"].map(str::to_owned)),
        "{kinds:?}"
    );
    assert!(matches!(
        lobby.books.verify().expect("a proof"),
        Verdict::Sound(_)
    ));
}

#[test]
fn wrong_pins_are_counted_over_a_restart() {
    let mut lobby = Lobby::open();
    let li = enter(&mut lobby, "李静华", Role::Receptionist);
    for left in [4, 3, 2, 1] {
        assert_eq!(
            try_pin(&mut lobby.books, &li, WRONG, 0),
            Err(LoginRefusal::WrongPin { left })
        );
    }
    let (folder, _) = lobby.close();
    let mut books = Books::open(folder.path(), &building()).expect("the same books");
    let until = monday_morning() + minutes(1);
    assert_eq!(
        try_pin(&mut books, &li, WRONG, 0),
        Err(LoginRefusal::Paused { until })
    );
    assert_eq!(
        try_pin(&mut books, &li, PIN, 0),
        Err(LoginRefusal::Paused { until })
    );
    assert_eq!(try_pin(&mut books, &li, PIN, 1), Ok(()));
    assert_eq!(books.attempts(li.person).expect("a count").wrong, 0);
}

#[test]
fn a_right_pin_does_not_let_in_who_was_paused_while_it_was_looked_at() {
    let mut lobby = Lobby::open();
    let li = enter(&mut lobby, "李静华", Role::Receptionist);
    let at = monday_morning();
    let begun = lobby.books.begin_login(&li, at).expect("readable books");
    let check = begun.expect("nothing was wrong yet");
    for _ in 0..5 {
        assert!(try_pin(&mut lobby.books, &li, WRONG, 0).is_err());
    }
    let right = check.is(&pin(PIN)).expect("memory for a hash");
    assert!(right);
    let until = at + minutes(1);
    let ended = lobby.books.end_login(&li, right, at);
    assert_eq!(
        ended.expect("writable books"),
        Err(LoginRefusal::Paused { until })
    );
}

#[test]
fn after_ten_wrong_pins_only_a_supervisor_helps() {
    let mut lobby = Lobby::open();
    let li = enter(&mut lobby, "李静华", Role::Receptionist);
    let zhou = enter(&mut lobby, "周敏", Role::Supervisor);
    for hour in 0..10 {
        assert!(try_pin(&mut lobby.books, &li, WRONG, hour * 60).is_err());
    }
    let day = 24 * 60;
    let refused = Err(LoginRefusal::NeedsSupervisor);
    assert_eq!(try_pin(&mut lobby.books, &li, PIN, day), refused);
    let at = monday_morning() + minutes(day);
    let by_herself = lobby
        .books
        .unlock_staff(li.person, actor(li.person), at)
        .expect("books");
    assert_eq!(by_herself, Err(Act::UnlockStaff));
    let unlocked = lobby
        .books
        .unlock_staff(li.person, actor(zhou.person), at)
        .expect("books");
    assert_eq!(unlocked, Ok(()));
    assert_eq!(try_pin(&mut lobby.books, &li, PIN, day), Ok(()));
    assert!(matches!(
        lobby.books.verify().expect("a proof"),
        Verdict::Sound(_)
    ));
}

#[test]
fn one_changes_ones_own_pin_and_nobody_elses() {
    let mut lobby = Lobby::open();
    let li = enter(&mut lobby, "李静华", Role::Receptionist);
    let zhou = enter(&mut lobby, "周敏", Role::Supervisor);
    let at = monday_morning();
    let mut set = |whose: PersonId, digits: &str, by: PersonId| {
        lobby
            .books
            .set_pin(whose, &pin(digits), actor(by), at)
            .expect("books")
    };
    assert_eq!(set(zhou.person, "135791", li.person), Err(Act::UnlockStaff));
    assert_eq!(
        set(li.person, "111111", li.person),
        Ok(Err(PinRefusal::TooEasy))
    );
    assert_eq!(set(li.person, "135791", li.person), Ok(Ok(())));
    assert_eq!(set(li.person, "246813", zhou.person), Ok(Ok(())));
    assert_eq!(try_pin(&mut lobby.books, &li, "246813", 0), Ok(()));
}

#[test]
fn the_pepper_lies_outside_the_database_for_this_user_only() {
    let mut lobby = Lobby::open();
    let li = enter(&mut lobby, "李静华", Role::Receptionist);
    let path = lobby.path().join(PEPPER);
    let mode = std::fs::metadata(&path)
        .expect("the pepper")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let (folder, _) = lobby.close();
    // Another pepper, as where somebody took only the database away.
    std::fs::write(folder.path().join(PEPPER), [7; 32]).expect("another pepper");
    let mut books = Books::open(folder.path(), &building()).expect("the same books");
    assert_eq!(
        try_pin(&mut books, &li, PIN, 0),
        Err(LoginRefusal::WrongPin { left: 4 })
    );
}

#[test]
fn without_a_whole_pepper_no_pin_is_looked_at_none_counted_and_nothing_made_in_its_place() {
    let mut lobby = Lobby::open();
    let li = enter(&mut lobby, "李静华", Role::Receptionist);
    let path = lobby.path().join(PEPPER);
    let pepper = std::fs::read(&path).expect("the pepper");
    let (folder, _) = lobby.close();
    let open = || Books::open(folder.path(), &building()).expect("the same books");
    let half = &pepper[..16];
    for left in [None, Some(half), Some(&[0; 33])] {
        std::fs::remove_file(&path).expect("it was there");
        if let Some(left) = left {
            std::fs::write(&path, left).expect("what is left of it");
        }
        let mut books = open();
        for _ in 0..12 {
            let refused = try_pin(&mut books, &li, PIN, 0);
            assert_eq!(refused, Err(LoginRefusal::NoPepper));
        }
        // Whoever is logged in already keeps no PIN over another pepper either.
        let own = books.set_pin(
            li.person,
            &pin("135791"),
            actor(li.person),
            monday_morning(),
        );
        assert_eq!(own.expect_err("no pepper").health(), StoreHealth::Well);
        assert_eq!(books.attempts(li.person).expect("a count").wrong, 0);
        assert_eq!(std::fs::read(&path).ok().as_deref(), left);
        // Its whole file lies there in between, for the next turn.
        std::fs::write(&path, &pepper).expect("from the backup");
    }
    assert_eq!(try_pin(&mut open(), &li, PIN, 0), Ok(()));
}

#[test]
fn a_pepper_that_cannot_be_read_keeps_one_from_the_desk_and_nobody_from_the_kiosk() {
    let mut lobby = Lobby::open();
    let li = enter(&mut lobby, "李静华", Role::Receptionist);
    let path = lobby.path().join(PEPPER);
    let (folder, _) = lobby.close();
    std::fs::remove_file(&path).expect("it was there");
    std::fs::create_dir(&path).expect("something that is no file");
    let mut books = Books::open(folder.path(), &building()).expect("the same books");
    let Err(error) = books.begin_login(&li, monday_morning()) else {
        panic!("it cannot be read")
    };
    assert_eq!(error.health(), StoreHealth::Well);
    assert!(error.to_string().contains(PEPPER), "{error}");
}

#[test]
fn what_a_power_cut_left_of_a_new_pepper_is_in_nobodys_way() {
    let mut lobby = Lobby::open();
    let path = lobby.path().join(PEPPER);
    std::fs::write(&path, [7; 5]).expect("half a file");
    std::fs::write(path.with_extension("new"), [7; 5]).expect("half a file");
    // Nobody has a PIN yet: nothing hangs on it.
    let li = enter(&mut lobby, "李静华", Role::Receptionist);
    assert_eq!(try_pin(&mut lobby.books, &li, PIN, 0), Ok(()));
    assert_eq!(std::fs::read(&path).expect("a pepper").len(), 32);
    assert!(!path.with_extension("new").exists());
}

#[test]
fn the_schema_itself_refuses_a_fifth_wrong_pin_without_a_pause() {
    let lobby = Lobby::open();
    let (_folder, path) = lobby.close();
    let books = rusqlite::Connection::open(path).expect("the database");
    for (wrong, until) in [(5, None), (11, None), (4, Some(1))] {
        let refused = books.execute(
            "INSERT INTO staff_attempts (person, wrong, paused_until_ms) VALUES ('x', ?1, ?2)",
            rusqlite::params![wrong, until],
        );
        assert!(refused.is_err(), "{wrong} {until:?}");
    }
}

#[test]
fn tenants_find_no_way_in() {
    let lobby = Lobby::open();
    for name in ["郝格蕾", "Grace Hart", "nobody"] {
        let who = Claim::Name(name.to_owned());
        assert_eq!(lobby.books.find_staff(&who).expect("readable books"), None);
    }
}
