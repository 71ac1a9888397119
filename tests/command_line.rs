//! The command line as somebody at a terminal meets it.

mod support;

use lodge::people::Role;
use lodge::people::staff::{Claim, Member, Pin};
use lodge::store::{Books, PEPPER};
use lodge_hardware::link::pty::Pty;
use std::path::Path;
use std::process::{Command, Output};
use support::{Lobby, building, log_in, minutes, monday_morning};

fn lodge(arguments: &[&str], data: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lodge"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        // No lodge.toml lies there.
        .current_dir(data)
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn without_a_display_it_says_so_in_one_sentence_and_names_the_headless_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = lodge(&[], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.contains("there is no display") && said.contains("lodge tour"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn the_journal_comes_oldest_first_as_lines_of_json_also_while_a_kiosk_runs() {
    let lobby = Lobby::open();
    let output = lodge(&["journal", "--json"], lobby.path());
    assert!(output.status.success(), "{}", said(&output));
    let rows: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    assert!(rows.len() > 10, "{} rows", rows.len());
    let numbers: Vec<i64> = rows.iter().filter_map(|row| row["seq"].as_i64()).collect();
    assert_eq!(numbers, (1..=rows.len() as i64).collect::<Vec<_>>());
    let text = String::from_utf8_lossy(&lodge(&["journal"], lobby.path()).stdout).into_owned();
    assert_eq!(text.lines().count(), rows.len());
    for personal in ["陈晓明", "Grace", "CDA4EC", "海港"] {
        assert!(!text.contains(personal), "the journal names {personal}");
    }
}

#[test]
fn verify_says_sound_or_what_is_wrong_and_the_exit_status_agrees() {
    let lobby = Lobby::open();
    let output = lodge(&["verify"], lobby.path());
    assert!(
        output.status.success() && said(&output).contains("The chain holds"),
        "{}",
        said(&output)
    );
    let (folder, path) = lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    direct
        .execute("DELETE FROM lending_pools", [])
        .expect("touched");
    drop(direct);
    let output = lodge(&["verify"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("not what the journal says"),
        "{}",
        said(&output)
    );
}

#[test]
fn the_doctor_names_a_port_that_is_not_there_and_is_not_content() {
    let lobby = Lobby::open();
    let settings = lobby.path().join("house.toml");
    std::fs::write(
        &settings,
        "[building]\nname = { zh = \"云栖中心\", en = \"Cloud Rest Centre\" }\n
         [[device]]\nname = \"front\"\nkind = \"reader\"\nport = \"/dev/serial/by-id/not-there\"\n",
    )
    .expect("settings");
    let path = settings.display().to_string();
    let output = lodge(&["doctor", "--settings", &path], lobby.path());
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("FAIL  reader-front") && said.contains("Not found: plug it in"),
        "{said}"
    );
    for about in [
        "settings",
        "SQLite",
        "database",
        "disk",
        "clock",
        "libraries",
        "fonts",
    ] {
        assert!(said.contains(about), "nothing about {about}: {said}");
    }
}

#[test]
fn the_doctor_finds_a_port_that_two_readers_share_free_for_both() {
    let lobby = Lobby::open();
    let port = lobby.path().join("rs485");
    let _pty = Pty::plugged_at(&port).expect("a terminal");
    let reader = |name: &str, address: u8| {
        let port = port.display();
        format!(
            "[[device]]\nname = \"{name}\"\nkind = \"reader\"\nprotocol = \"osdp\"\n\
             port = \"{port}\"\naddress = {address}\n"
        )
    };
    let house = "[building]\nname = { zh = \"塔\", en = \"Tower\" }\n";
    let settings = lobby.path().join("lodge.toml");
    let text = format!("{house}{}{}", reader("front", 0), reader("staff", 1));
    std::fs::write(&settings, text).expect("settings");
    let path = settings.display().to_string();
    let said = said(&lodge(&["doctor", "--settings", &path], lobby.path()));
    for id in ["reader-front", "reader-staff"] {
        let is_it = |line: &&str| line.contains(id);
        let line = said.lines().find(is_it).unwrap_or_default();
        assert!(line.starts_with("ok"), "{id}: {said}");
    }
}

#[test]
fn the_doctor_of_a_trial_is_content() {
    let lobby = Lobby::open();
    let output = lodge(&["doctor"], lobby.path());
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("Fit for service."),
        "{}",
        said(&output)
    );
}

#[test]
fn settings_that_make_no_sense_start_nothing_and_say_where_and_what() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = folder.path().join("lodge.toml");
    std::fs::write(
        &settings,
        "[building]\nname = { zh = \"塔\", en = \"Tower\" }\nopen = 8\n",
    )
    .expect("settings");
    let path = settings.display().to_string();
    let output = lodge(&["--settings", &path], folder.path());
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said.contains("lodge.toml, line 3") && said.contains("for example"),
        "{said}"
    );
    assert!(
        !folder.path().join("lodge.db").exists(),
        "nothing is started half configured"
    );
}

/// A supervisor whom ten wrong PINs have locked out, and their house.
fn locked_out(lobby: &mut Lobby) -> Member {
    lobby.employ("周敏", Role::Supervisor);
    let zhou = member(&lobby.books, "周敏");
    for hour in 0..10 {
        let at = monday_morning() + minutes(hour * 60);
        let wrong = log_in(&mut lobby.books, &zhou, &Pin("204817".to_owned()), at);
        assert!(wrong.is_err());
    }
    zhou
}

fn member(books: &Books, name: &str) -> Member {
    let found = books.find_staff(&Claim::Name(name.to_owned()));
    found.expect("readable books").expect("staff")
}

/// The PIN that the command said.
fn given(said: &str) -> Pin {
    let digits: Vec<&str> = said
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 8)
        .collect();
    assert_eq!(digits.len(), 1, "{said}");
    Pin(digits[0].to_owned())
}

#[test]
fn a_supervisor_locked_out_comes_in_again_by_a_new_pin_from_the_terminal() {
    let mut lobby = Lobby::open();
    let zhou = locked_out(&mut lobby);
    let beside = lodge(&["new-pin", "周敏"], lobby.path());
    assert_eq!(beside.status.code(), Some(1));
    assert!(said(&beside).contains("stop it first"), "{}", said(&beside));
    let (folder, _) = lobby.close();
    let nobody = lodge(&["new-pin", "郝格蕾"], folder.path());
    assert_eq!(nobody.status.code(), Some(1), "a tenant");
    assert!(said(&nobody).contains("Nobody"), "{}", said(&nobody));

    let output = lodge(&["new-pin", "周敏"], folder.path());
    let words = said(&output);
    assert!(output.status.success(), "{words}");
    let pin = given(&words);
    let mut books = Books::open(folder.path(), &building()).expect("the same books");
    let mut kinds = Vec::new();
    let read = books.journal(|entry| {
        assert!(!entry.payload.contains(&pin.0));
        kinds.push((entry.kind, entry.person));
        Ok(())
    });
    read.expect("readable");
    let program = |kind: &str| (kind.to_owned(), None);
    assert!(kinds.ends_with(&[program("pin-set"), program("staff-unlocked")]));
    let at = monday_morning() + minutes(24 * 60);
    assert_eq!(log_in(&mut books, &zhou, &pin, at), Ok(()));
}

#[test]
fn where_the_pepper_is_gone_a_new_pin_comes_with_a_new_one_and_all_others_are_forgotten() {
    let mut lobby = Lobby::open();
    lobby.employ("李静华", Role::Receptionist);
    let zhou = locked_out(&mut lobby);
    std::fs::remove_file(lobby.path().join(PEPPER)).expect("a pepper");
    let (folder, _) = lobby.close();
    let output = lodge(&["new-pin", "周", "敏"], folder.path());
    let words = said(&output);
    assert!(output.status.success(), "{words}");
    assert!(words.contains("1 in all"), "{words}");
    let at = monday_morning() + minutes(24 * 60);
    let mut books = Books::open(folder.path(), &building()).expect("the same books");
    assert_eq!(log_in(&mut books, &zhou, &given(&words), at), Ok(()));
    assert!(books.has_staff().expect("readable"));
    drop(books);
    // Who has no PIN any more is given one the same way.
    let words = said(&lodge(&["new-pin", "李静华"], folder.path()));
    let mut books = Books::open(folder.path(), &building()).expect("the same books");
    let li = member(&books, "李静华");
    assert_eq!(log_in(&mut books, &li, &given(&words), at), Ok(()));
    assert!(!words.contains("in all"), "{words}");
}

#[test]
fn commands_that_need_books_make_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = lodge(&["new-pin", "周敏"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("there is no Lodge database"));
    assert!(!folder.path().join("lodge.db").exists());
}

#[test]
fn reading_commands_say_what_to_do_where_there_is_nothing_to_read() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["journal", "verify"] {
        let output = lodge(&[command], folder.path());
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said(&output).contains("there is no Lodge database"),
            "{}",
            said(&output)
        );
    }
}
