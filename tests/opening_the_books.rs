//! Data folders that cannot be used: one clear sentence each, and the file is left as it was.

mod support;

use lodge::people::Identity;
use lodge::store::{Books, DATABASE, OpenError, SCHEMA};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};
use support::*;

/// One test at a time: a child process that another test is just starting holds this one's locks for a
/// moment, between fork and exec.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Every byte of the database, its log and whatever else lies in the folder.
fn everything_in(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the data folder")
        .map(|entry| entry.expect("an entry of it").path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(path).expect("a file"))
        })
        .filter(|(name, _)| name != lodge::store::LOCK)
        .collect();
    files.sort();
    files
}

/// Opens it for the kiosk, which must be refused, and checks that nothing was touched.
fn refused(folder: &Path) -> OpenError {
    let before = everything_in(folder);
    let error = Books::open(folder, &building())
        .err()
        .expect("this must not open");
    assert!(
        everything_in(folder) == before,
        "{error}: the folder was changed"
    );
    error
}

fn one_sentence(error: &OpenError, words: &[&str]) {
    let said = error.to_string();
    for word in words {
        assert!(said.contains(word), "\"{said}\" should say \"{word}\"");
    }
    assert!(!said.contains('\n'), "it is more than one line: {said}");
}

#[test]
fn a_database_of_a_newer_version_is_left_as_it_is() {
    let _alone = alone();
    let (folder, path) = Lobby::open().close();
    let direct = rusqlite::Connection::open(&path).expect("the file");
    direct
        .pragma_update(None, "user_version", SCHEMA + 1)
        .expect("a later schema");
    drop(direct);
    let error = refused(folder.path());
    assert!(matches!(error, OpenError::Newer { .. }), "{error:?}");
    one_sentence(&error, &["newer Lodge", "install that version again"]);
}

#[test]
fn books_of_the_first_schema_are_brought_up_to_date_behind_a_copy() {
    let _alone = alone();
    // The first schema as it shipped, with the one person of a house and her card.
    let folder = tempfile::tempdir().expect("a folder");
    let first = rusqlite::Connection::open(folder.path().join(DATABASE)).expect("a file");
    first
        .execute_batch(include_str!("../src/store/migrations/0001_lane.sql"))
        .expect("the first schema");
    first
        .execute_batch(
            "PRAGMA application_id = 0x4C4F4447;
             PRAGMA user_version = 1;
             INSERT INTO persons VALUES
                 ('01936000-0000-7000-8000-000000000001', NULL, 'english', NULL, 'Grace Hart');
             INSERT INTO cards VALUES
                 ('01936000-0000-7000-8000-000000000002',
                  '01936000-0000-7000-8000-000000000001', 'em4100', '00CDA4EC', 'active');",
        )
        .expect("a person with a card");
    drop(first);
    let books = Books::open(folder.path(), &building()).expect("they are brought up to date");
    let identity = books.identify_card(&card(GRACE)).expect("readable");
    assert!(matches!(identity, Identity::Known(_)), "{identity:?}");
    let copy = folder.path().join("backups/before-schema-2.db");
    let copy = rusqlite::Connection::open(copy).expect("the copy");
    let version: u32 = copy
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .expect("its schema");
    assert_eq!(version, 1);
}

#[test]
fn a_database_damaged_on_any_page_is_left_as_it_is() {
    let _alone = alone();
    let (folder, path) = Lobby::open().close();
    // A page that a change of schema left empty could be garbled without harm; here none is empty.
    let direct = rusqlite::Connection::open(&path).expect("the file");
    direct.execute_batch("VACUUM").expect("no empty pages");
    drop(direct);
    let whole = std::fs::read(&path).expect("the file");
    let pages = whole.len() / 4096;
    assert!(pages > 10, "only {pages} pages");
    let mut noticed = 0;
    for page in 0..pages {
        let mut bytes = whole.clone();
        // The head of a page says what it is and where its cells begin; the first page keeps the
        // name of the file format, so that it is ours and damaged.
        let at = page * 4096 + if page == 0 { 100 } else { 0 };
        bytes[at..at + 8].copy_from_slice(&[0xA5; 8]);
        std::fs::write(&path, bytes).expect("written");
        let error = refused(folder.path());
        assert!(
            matches!(error, OpenError::Damaged { .. }),
            "page {page}: {error:?}"
        );
        one_sentence(&error, &["is damaged", "backups"]);
        noticed += 1;
    }
    assert_eq!(noticed, pages);
    std::fs::write(&path, &whole).expect("written");
    Books::open(folder.path(), &building()).expect("undamaged, it opens");
}

#[test]
fn a_database_cut_short_is_left_as_it_is() {
    let _alone = alone();
    let (folder, path) = Lobby::open().close();
    let whole = std::fs::read(&path).expect("the file");
    for length in [whole.len() / 2, 4096 * 3, 4096 + 17, 99] {
        std::fs::write(&path, &whole[..length]).expect("written");
        let error = refused(folder.path());
        let known = matches!(error, OpenError::Damaged { .. } | OpenError::NotOurs(_));
        assert!(known, "{length} bytes: {error:?}");
    }
}

#[test]
fn a_journal_whose_last_row_was_changed_is_left_as_it_is() {
    let _alone = alone();
    let (folder, path) = Lobby::open().close();
    let direct = rusqlite::Connection::open(&path).expect("the file");
    direct
        .execute_batch(
            "DROP TRIGGER journal_is_never_changed;
             UPDATE journal SET payload = '{}' WHERE seq = (SELECT max(seq) FROM journal);",
        )
        .expect("forced");
    drop(direct);
    let error = refused(folder.path());
    one_sentence(&error, &["is damaged", "is not what was written"]);
}

#[test]
fn a_file_that_is_no_database_of_ours_is_left_as_it_is() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(DATABASE);
    std::fs::write(
        &path,
        "Dear diary, today it rained and nobody took an umbrella. ".repeat(5),
    )
    .expect("written");
    one_sentence(
        &refused(folder.path()),
        &["is not a Lodge database", "left as it is"],
    );
    std::fs::remove_file(&path).expect("removed");
    let other = rusqlite::Connection::open(&path).expect("a database");
    other
        .execute_batch("CREATE TABLE recipes (name TEXT)")
        .expect("somebody else's table");
    drop(other);
    one_sentence(&refused(folder.path()), &["is not a Lodge database"]);
}

#[test]
fn a_second_kiosk_on_the_same_data_is_refused_and_readers_are_not() {
    let _alone = alone();
    let lobby = Lobby::open();
    let error = Books::open(lobby.path(), &building())
        .err()
        .expect("the first one has it");
    assert!(matches!(error, OpenError::InUse(_)), "{error:?}");
    one_sentence(&error, &["another Lodge is already running", "--data"]);
    let reader = Books::open_to_read(lobby.path(), &building()).expect("reading is allowed");
    assert!(matches!(
        reader.verify(),
        Ok(lodge::store::Verdict::Sound(_))
    ));
    let path = lobby.path().to_owned();
    let (_folder, _) = lobby.close();
    Books::open(&path, &building()).expect("once the first has gone, the next may");
}

#[test]
fn reading_what_is_not_there_makes_nothing() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a folder");
    let error = Books::open_to_read(folder.path(), &building())
        .err()
        .expect("nothing to read");
    one_sentence(&error, &["there is no Lodge database", "--data"]);
    assert!(everything_in(folder.path()).is_empty());
}

#[test]
fn a_crash_between_making_the_file_and_its_first_page_is_no_damage() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(DATABASE), "").expect("an empty file");
    Books::open(folder.path(), &building()).expect("it is made as if it were not there");
}

/// Runs a test of this file again, in a mount namespace of its own with `mount` done first.
///
/// Also where tests run as root, for whom a folder is never read-only otherwise.
fn inside(mount: &str, test: &str, folder: &Path) -> Output {
    let mut unshare = Command::new("unshare");
    match runs_as_root() {
        // Root needs no user namespace, which a chroot may not make.
        true => unshare.args(["--mount", "--propagation", "private"]),
        false => unshare.args(["--map-root-user", "--mount"]),
    };
    unshare
        .args(["sh", "-c"])
        .arg(format!("{mount} && exec \"$0\" --exact {test} --nocapture"))
        .arg(std::env::current_exe().expect("this test"))
        .env(INSIDE, folder)
        .output()
        .expect("unshare comes with Debian's util-linux")
}

/// The owner of a process's own folder in /proc is whoever it runs as.
fn runs_as_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

const INSIDE: &str = "LODGE_TEST_INSIDE";

fn passed(output: &Output) {
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("the inner part ran"), "{said}");
}

#[test]
fn a_read_only_folder_says_so_and_stays_as_it_is() {
    let _alone = alone();
    if let Some(folder) = std::env::var_os(INSIDE) {
        let error = refused(Path::new(&folder));
        assert!(matches!(error, OpenError::Folder { .. }), "{error:?}");
        one_sentence(&error, &["cannot write in the data folder", "read-only"]);
        println!("the inner part ran");
        return;
    }
    let (folder, _) = Lobby::open().close();
    let path = folder.path().display();
    let mount = format!("mount --bind {path} {path} && mount -o remount,ro,bind {path}");
    let test = "a_read_only_folder_says_so_and_stays_as_it_is";
    passed(&inside(&mount, test, folder.path()));
}

#[test]
fn a_full_disk_refuses_the_loan_keeps_what_was_there_and_goes_on_when_there_is_room() {
    let _alone = alone();
    if std::env::var_os(INSIDE).is_some() {
        let mut lobby = Lobby::open();
        lobby
            .lend_umbrella(GRACE, monday_morning())
            .expect("an umbrella");
        lobby.books.tidy().expect("written back");
        let filler = lobby.path().join("filler");
        let mut file = std::fs::File::create(&filler).expect("a file");
        while std::io::Write::write(&mut file, &[0; 512]).is_ok_and(|written| written > 0) {}
        drop(file);
        let mut refusals = 0;
        for _ in 0..50 {
            // The log has room for a few loans until it has to grow.
            let borrower = lobby.holder(CHEN);
            let order = lodge::lending::LendOrder {
                borrower,
                wanted: lodge::lending::Wanted::Pool(umbrella()),
                how: lodge::people::How::Tapped,
                language: lodge::people::Language::Chinese,
            };
            match lobby.books.lend(&lobby.kinds, &order, monday_morning()) {
                Ok(Ok(receipt)) => {
                    let what = lodge::lending::BroughtBack::Loan(receipt.loan.id);
                    let order = lodge::lending::ReturnOrder { what, by: None };
                    let _ = lobby
                        .books
                        .take_back(&lobby.kinds, &order, monday_morning());
                }
                Ok(Err(refused)) => assert!(refusals > 0, "{refused:?}"),
                Err(error) => {
                    assert!(error.to_string().contains("the disk is full"), "{error}");
                    refusals += 1;
                }
            }
        }
        assert!(refusals > 0, "the disk was never full");
        std::fs::remove_file(&filler).expect("room again");
        lobby.books.try_to_write().expect("it can be written again");
        assert!(matches!(
            lobby.books.verify(),
            Ok(lodge::store::Verdict::Sound(_))
        ));
        let open = lobby.books.loans_of(lobby.grace).expect("readable");
        assert_eq!(open.len(), 1, "what was there is still there");
        println!("the inner part ran");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display();
    let mount = format!("mount -t tmpfs -o size=1500k tmpfs {path} && export TMPDIR={path}");
    let test = "a_full_disk_refuses_the_loan_keeps_what_was_there_and_goes_on_when_there_is_room";
    passed(&inside(&mount, test, folder.path()));
}

#[test]
fn a_disk_without_room_for_the_first_page_says_so() {
    let _alone = alone();
    if let Some(folder) = std::env::var_os(INSIDE) {
        let data = Path::new(&folder).join("data");
        let mut file = std::fs::File::create(Path::new(&folder).join("filler")).expect("a file");
        while std::io::Write::write(&mut file, &[0; 512]).is_ok_and(|written| written > 0) {}
        let error = Books::open(&data, &building())
            .err()
            .expect("there is no room");
        one_sentence(&error, &["is full", "free some space"]);
        println!("the inner part ran");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display();
    let mount = format!("mount -t tmpfs -o size=64k tmpfs {path}");
    let test = "a_disk_without_room_for_the_first_page_says_so";
    passed(&inside(&mount, test, folder.path()));
}
