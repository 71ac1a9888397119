//! Books from before a damaged key could come back: they are brought up to date as it happened, and the
//! journal says the same.

use crate::*;
use lodge::desk::facts::HookFact;
use lodge::keys::{KeyLoanId, Record, ReportId};
use lodge::slips::{PrintJobId, SlipNumber};
use lodge::store::journal::{Entry, GENESIS, Hash};
use lodge::store::{Books, DATABASE};
use rusqlite::{Connection, Params, params};
use uuid::Uuid;

/// The last schema that knew nothing of it.
const BEFORE: usize = 14;

const HOLDER: PersonId = PersonId(Uuid::from_u128(0xA));

/// A house under that schema, which writes what its program wrote.
struct OldHouse {
    folder: tempfile::TempDir,
    direct: Connection,
    rows: i64,
    prev: Hash,
    reports: u32,
    at: DateTime<Utc>,
}

impl OldHouse {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let direct = Connection::open(folder.path().join(DATABASE)).expect("a file");
        let migrations = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/migrations");
        let files = std::fs::read_dir(migrations).expect("the migrations");
        let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        files.sort();
        for file in &files[..BEFORE] {
            let script = std::fs::read_to_string(file).expect("readable");
            direct.execute_batch(&script).expect("the schema of then");
        }
        direct
            .execute_batch(&format!(
                "PRAGMA application_id = 0x4C4F4447; PRAGMA user_version = {BEFORE}"
            ))
            .expect("ours");
        OldHouse {
            folder,
            direct,
            rows: 0,
            prev: GENESIS,
            reports: 0,
            at: morning(),
        }
    }

    fn journal(&mut self, record: &Record) {
        self.rows += 1;
        self.at += minutes(1);
        let mut payload = serde_json::to_value(record).expect("JSON");
        // They did not say it.
        payload.as_object_mut().expect("a record").remove("aside");
        let mut entry = Entry {
            seq: self.rows,
            id: Uuid::from_u128(u128::from(self.rows.unsigned_abs())).to_string(),
            at_ms: self.at.timestamp_millis(),
            device: "A".into(),
            person: None,
            card: None,
            service: "keys".into(),
            kind: record.kind().into(),
            subject: record.subject(),
            payload: payload.to_string(),
            prev: self.prev,
            hash: GENESIS,
        };
        entry.hash = entry.expected_hash();
        self.prev = entry.hash;
        self.sql(
            "INSERT INTO journal VALUES (?1, ?2, ?3, ?4, NULL, NULL, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                entry.seq,
                entry.id,
                entry.at_ms,
                entry.device,
                entry.service,
                entry.kind,
                entry.subject,
                entry.payload,
                entry.prev,
                entry.hash
            ],
        );
    }

    fn sql(&self, sql: &str, params: impl Params) {
        let done = self.direct.execute(sql, params);
        assert!(done.expect(sql) > 0, "{sql}");
    }

    fn stands(&self, key: KeyId, state: &str) {
        let sql = "UPDATE keys SET state = ?2, turned_up_at_ms = NULL WHERE id = ?1";
        self.sql(sql, params![key.to_string(), state]);
    }

    fn now(&self) -> i64 {
        self.at.timestamp_millis()
    }

    fn hung(&mut self, number: u32) -> KeyId {
        self.hung_with(number, &format!("KEY-{number}"))
    }

    fn hung_with(&mut self, number: u32, tag: &str) -> KeyId {
        let key = KeyId(Uuid::from_u128(0x1000 + u128::from(number)));
        let hook = format!("K-{number}");
        self.journal(&Record::Hung {
            key,
            hook: hook.clone(),
            tag: tag.to_owned(),
            of: KeyKind::Ordinary,
            group: KeyGroup("floor-12".into()),
            tenant: None,
            pieces: 1,
        });
        self.sql(
            "INSERT INTO keys (id, hook, tag, kind, key_group, pieces, state)
             VALUES (?1, ?2, ?3, 'ordinary', 'floor-12', 1, 'on-hook')",
            params![key.to_string(), hook, tag],
        );
        key
    }

    fn taken(&mut self, key: KeyId) -> KeyLoanId {
        let loan = KeyLoanId(Uuid::from_u128(
            0x2000 + u128::from(self.rows.unsigned_abs()),
        ));
        let hook: String = self
            .direct
            .query_row(
                "SELECT hook FROM keys WHERE id = ?1",
                [key.to_string()],
                |row| row.get(0),
            )
            .expect("a key");
        let due = self.at + TimeDelta::hours(8);
        self.journal(&Record::SignedOut {
            loan,
            key,
            hook: hook.clone(),
            holder: HOLDER,
            due,
            purpose: Purpose::Repair,
            second: None,
            goes_along: false,
            contractor: None,
        });
        self.sql(
            "INSERT INTO key_loans (id, hook, holder, taken_at_ms, due_ms, key, purpose, goes_along)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'repair', 0)",
            params![
                loan.to_string(),
                hook,
                HOLDER.to_string(),
                self.now(),
                due.timestamp_millis(),
                key.to_string()
            ],
        );
        self.stands(key, "out");
        loan
    }

    fn reported(&mut self, key: KeyId, harm: Harm) -> ReportId {
        self.reports += 1;
        let id = |of: u128| Uuid::from_u128(of + u128::from(self.reports));
        let (report, job) = (ReportId(id(0x3000)), PrintJobId(id(0x4000)));
        let number = SlipNumber {
            device: 'A',
            day: "2026-11-23".parse().expect("a day"),
            count: self.reports,
        };
        let (device, day) = (number.device.to_string(), number.day.to_string());
        let count = number.count;
        self.journal(&Record::Reported {
            report,
            key,
            harm,
            number,
            job,
        });
        let word = match harm {
            Harm::Lost => "lost",
            Harm::Damaged => "damaged",
        };
        let (key_id, now) = (key.to_string(), self.now());
        self.sql(
            "INSERT INTO key_reports (id, device, day, count, key, harm, reported_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![report.to_string(), device, day, count, key_id, word, now],
        );
        // Also where somebody had it.
        self.stands(key, word);
        if harm == Harm::Lost {
            let lost = "UPDATE key_loans SET returned_at_ms = ?2
                WHERE key = ?1 AND returned_at_ms IS NULL";
            let done = self.direct.execute(lost, params![key_id, now]);
            done.expect("with nobody any more");
        }
        self.sql(
            "INSERT INTO slip_numbers (device, day, last) VALUES (?1, ?2, ?3)
             ON CONFLICT (device, day) DO UPDATE SET last = excluded.last",
            params![device, day, count],
        );
        self.sql(
            "INSERT INTO print_jobs (id, device, day, count, state, moved_ms)
             VALUES (?1, ?2, ?3, ?4, 'queued', ?5)",
            params![job.to_string(), device, day, count, now],
        );
        report
    }

    fn decided(&mut self, report: ReportId) {
        self.journal(&Record::Decided {
            report,
            decision: Decision::Copy,
            amount_fen: 0,
        });
        self.sql(
            "UPDATE key_reports SET decision = 'copy', amount_fen = 0, decided_at_ms = ?2
             WHERE id = ?1",
            params![report.to_string(), self.now()],
        );
    }

    /// Every point confirmed.
    fn returned(&mut self, key: KeyId, loan: KeyLoanId) {
        self.journal(&Record::Returned {
            loan,
            key,
            by_another: false,
            late: false,
            denied: Vec::new(),
            aside: false,
            bringer: None,
        });
        self.sql(
            "UPDATE key_loans SET returned_at_ms = ?2, by_another = 0, denied = '[]'
             WHERE id = ?1 AND returned_at_ms IS NULL",
            params![loan.to_string(), self.now()],
        );
        self.stands(key, "on-hook");
    }

    fn hung_back(&mut self, key: KeyId) {
        let tag: String = self
            .direct
            .query_row(
                "SELECT tag FROM keys WHERE id = ?1",
                [key.to_string()],
                |row| row.get(0),
            )
            .expect("a key");
        self.journal(&Record::HungBack { key, tag });
        // Whoever had it.
        self.stands(key, "on-hook");
    }

    fn brought_up_to_date(self) -> (tempfile::TempDir, Books) {
        drop(self.direct);
        let books = Books::open(self.folder.path(), &building()).expect("up to date");
        (self.folder, books)
    }
}

fn is_sound(books: &Books) {
    let verdict = books.verify().expect("a rebuild");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
}

fn stand(books: &Books) -> Vec<(KeyState, bool)> {
    let lines = books.hooks().expect("readable");
    let stand = |line: &HookFact| (line.key.state, line.out.is_some());
    lines.iter().map(stand).collect()
}

#[test]
fn books_of_before_say_where_each_key_is_and_the_journal_says_the_same() {
    let mut house = OldHouse::open();
    // Reported while it was out, decided, and brought back whole: it hangs there.
    let whole = house.hung(1);
    let loan = house.taken(whole);
    let report = house.reported(whole, Harm::Damaged);
    house.decided(report);
    house.returned(whole, loan);
    // The same, and not brought back.
    let out = house.hung(2);
    house.taken(out);
    house.reported(out, Harm::Damaged);
    // Hung back while its taking stood open.
    let hung = house.hung(3);
    house.taken(hung);
    let report = house.reported(hung, Harm::Damaged);
    house.decided(report);
    house.hung_back(hung);
    let hung_at = house.now();
    // The same, and damaged once more, on its hook.
    let again = house.hung(4);
    house.taken(again);
    let report = house.reported(again, Harm::Damaged);
    house.decided(report);
    house.hung_back(again);
    house.reported(again, Harm::Damaged);
    // The same, and lost from there.
    let lost = house.hung(5);
    house.taken(lost);
    let report = house.reported(lost, Harm::Damaged);
    house.decided(report);
    house.hung_back(lost);
    let report = house.reported(lost, Harm::Lost);
    // Lost by whoever had it, decided, and a copy hangs there.
    let copied = house.hung(6);
    house.taken(copied);
    let of_copy = house.reported(copied, Harm::Lost);
    let lost_at = house.now();
    house.decided(of_copy);
    house.hung_back(copied);
    house.decided(report);
    // Hung back while its taking stood open, and brought back in the end.
    let late = house.hung(7);
    let loan = house.taken(late);
    let report = house.reported(late, Harm::Damaged);
    house.decided(report);
    house.hung_back(late);
    house.returned(late, loan);
    let (_folder, books) = house.brought_up_to_date();
    is_sound(&books);
    assert_eq!(
        stand(&books),
        [
            (KeyState::OnHook, false),
            (KeyState::Out, true),
            (KeyState::OnHook, false),
            (KeyState::Damaged, false),
            (KeyState::Lost, false),
            (KeyState::OnHook, false),
            (KeyState::OnHook, false),
        ]
    );
    let seen = books.registers(morning()).expect("readable");
    let ended = |hook: &str| {
        let mut takings = seen.key_register.iter();
        let taking = takings.find(|taking| taking.loan.hook == hook);
        taking.expect("a taking").ended.clone()
    };
    let at = |ms| DateTime::from_timestamp_millis(ms).expect("a moment");
    let back = TakingEnded::Back(at(hung_at), Bringer::Keeper);
    assert_eq!(ended("K-3"), Some(back), "the keeper hung it back");
    assert_eq!(ended("K-6"), Some(TakingEnded::Lost(at(lost_at))));
}

#[test]
fn what_hangs_on_its_hook_in_the_books_of_before_goes_out_again() {
    let mut house = OldHouse::open();
    let key = house.hung(1);
    let loan = house.taken(key);
    let report = house.reported(key, Harm::Damaged);
    house.decided(report);
    house.returned(key, loan);
    let damaged = house.hung(2);
    house.taken(damaged);
    house.reported(damaged, Harm::Damaged);
    let now = house.at + minutes(1);
    let (folder, books) = house.brought_up_to_date();
    let mut hooks = Hooks::staffed(Lobby {
        folder,
        books,
        kinds: kinds(),
        grace: HOLDER,
        chen: HOLDER,
    });
    let taken = hooks.take(key, TECHNICIAN, None, now);
    assert!(taken.is_ok(), "{taken:?}");
    hooks.is_sound();
    let back = hooks.bring_back("KEY-1", None, &[], now).expect("out");
    assert_eq!(back.awaits, None);
    // What was reported in those days waits for its decision all the same.
    let back = hooks.bring_back("KEY-2", None, &[], now).expect("out");
    assert_eq!(back.awaits, Some(Awaits::Decision));
    hooks.is_sound();
}

#[test]
fn a_tag_that_the_books_of_before_hold_in_small_letters_is_found_and_given_to_nobody_else() {
    let mut house = OldHouse::open();
    house.hung_with(1, "Key-1");
    // Both were possible then.
    house.hung_with(2, "Key-2");
    house.hung_with(3, "KEY-2");
    let (folder, books) = house.brought_up_to_date();
    is_sound(&books);
    let hook = |tag: &str| {
        let found = books.key_of_tag(tag).expect("readable");
        found.map(|(key, _)| key.hook)
    };
    for tag in ["Key-1", "KEY-1", "key-1"] {
        assert_eq!(hook(tag).as_deref(), Some("K-1"), "{tag}");
    }
    assert_eq!(hook("Key-2").as_deref(), Some("K-2"));
    assert_eq!(hook("KEY-2").as_deref(), Some("K-3"));
    let mut hooks = Hooks::staffed(Lobby {
        folder,
        books,
        kinds: kinds(),
        grace: HOLDER,
        chen: HOLDER,
    });
    let (tag, keeper) = ("KEY-1".to_owned(), hooks.keeper);
    let entry = KeyEntry {
        hook: "K-9".into(),
        tag: tag.clone(),
        kind: KeyKind::Ordinary,
        group: KeyGroup("floor-12".into()),
        tenant: None,
        pieces: 1,
        opens: String::new(),
    };
    let hung = hooks.lobby.books.hang_key(&entry, keeper, morning());
    assert_eq!(hung.expect("writable"), Err(KeyRefusal::TagTaken { tag }));
}
