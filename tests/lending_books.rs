//! Lending as the books hold it: real SQLite, one deed after the other.

mod support;

use lodge::kiosk::event::CodeMeaning;
use lodge::lending::flow::reserving;
use lodge::lending::slots::Slot;
use lodge::lending::{BroughtBack, BroughtBy, LendRefusal, ReturnRefusal, ThingState, Wanted};
use lodge::people::Identity;
use lodge::slips::{JobState, PrinterName, Proof, Record, WhyUnknown};
use lodge::store::Verdict;
use support::*;

fn tag(tag: &str) -> Wanted {
    Wanted::Tag(tag.to_owned())
}

#[test]
fn an_umbrella_is_lent_until_six_in_the_evening_two_days_later() {
    let mut lobby = Lobby::open();
    let receipt = lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("an umbrella");
    assert_eq!(receipt.loan.due.to_rfc3339(), "2026-11-25T10:00:00+00:00");
    assert_eq!(receipt.loan.number.to_string(), "A-1123-0001");
    let open = lobby
        .books
        .loans_of(lobby.grace)
        .expect("the books can be read");
    assert_eq!(open, [receipt.loan]);
}

#[test]
fn its_slip_waits_to_be_printed_in_the_same_commit() {
    let mut lobby = Lobby::open();
    let receipt = lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("an umbrella");
    let jobs = lobby.books.open_jobs().expect("the books can be read");
    let [job] = jobs.as_slice() else {
        panic!("one job, not {jobs:?}")
    };
    assert_eq!((Some(job.id), job.state), (receipt.job, JobState::Queued));
    insta::assert_snapshot!(job.slip.to_text(32), @r"
                云栖中心
                借用凭条
    --------------------------------
              爱心伞

    借出时间
           2026年11月23日 周一 09:05
    请于此前归还
           2026年11月25日 周三 18:00
    单号                 A-1123-0001

    [QR A-20261123-0001-V]

        归还时扫描此码或物品标签

              请慢走，再见
    ");
}

#[test]
fn a_second_umbrella_is_refused_with_the_limit() {
    let mut lobby = Lobby::open();
    lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("an umbrella");
    let refused = lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect_err("only one each");
    assert_eq!(
        refused,
        LendRefusal::LimitReached {
            kind: umbrella(),
            limit: 1
        }
    );
    assert_eq!(
        lobby.books.open_jobs().expect("readable").len(),
        1,
        "a refusal prints nothing"
    );
}

#[test]
fn the_last_umbrella_goes_out_and_the_next_person_hears_that_none_is_left() {
    let mut lobby = Lobby::open();
    lobby.kinds[0].policy.at_once = 2;
    lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("the first of two");
    lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("the second of two");
    let refused = lobby
        .lend_umbrella(CHEN, monday_morning())
        .expect_err("none left");
    assert_eq!(refused, LendRefusal::NoneLeft { kind: umbrella() });
}

#[test]
fn something_overdue_blocks_the_next_loan_and_says_what_and_since_when() {
    let mut lobby = Lobby::open();
    let first = lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("an umbrella");
    let late = first.loan.due + minutes(1);
    let refused = lobby
        .lend(GRACE, tag("PC-01"), late)
        .expect_err("the umbrella is overdue");
    let (kind, label) = (umbrella(), None);
    assert_eq!(
        refused,
        LendRefusal::Overdue {
            kind,
            label,
            due: first.loan.due
        }
    );
    lobby
        .lend(GRACE, tag("PC-01"), first.loan.due)
        .expect("the due minute is still in time");
}

#[test]
fn a_pc_already_out_is_refused_with_its_due_time() {
    let mut lobby = Lobby::open();
    let first = lobby
        .lend(GRACE, tag("PC-01"), monday_morning())
        .expect("a PC");
    let refused = lobby
        .lend(CHEN, tag("PC-01"), monday_morning())
        .expect_err("it is out");
    let label = "01".to_owned();
    assert_eq!(
        refused,
        LendRefusal::AlreadyOut {
            kind: pc(),
            label,
            due: first.loan.due
        }
    );
}

#[test]
fn a_pc_in_repair_and_an_unknown_tag_are_refused_each_in_its_own_way() {
    let mut lobby = Lobby::open();
    let refused = lobby
        .lend(GRACE, tag("PC-02"), monday_morning())
        .expect_err("in repair");
    let (label, state) = ("02".to_owned(), ThingState::InRepair);
    assert_eq!(
        refused,
        LendRefusal::NotForLoan {
            kind: pc(),
            label,
            state
        }
    );
    let refused = lobby
        .lend(GRACE, tag("XX-99"), monday_morning())
        .expect_err("unknown");
    assert_eq!(refused, LendRefusal::UnknownTag);
}

#[test]
fn a_return_is_accepted_from_anybody_and_says_from_whom() {
    for (by, brought_by) in [
        (None, BroughtBy::Unknown),
        (Some(GRACE), BroughtBy::Borrower),
        (Some(CHEN), BroughtBy::AnotherPerson),
    ] {
        let mut lobby = Lobby::open();
        let lent = lobby
            .lend_umbrella(GRACE, monday_morning())
            .expect("an umbrella");
        let what = BroughtBack::Slip(lent.loan.number);
        let back = lobby
            .take_back(what, by, monday_morning() + minutes(5))
            .expect("it is taken");
        assert_eq!(
            (back.brought_by, back.late, back.awaiting_check),
            (brought_by, false, false)
        );
        let stock = lobby
            .books
            .stock(&lobby.kinds, monday_morning())
            .expect("readable");
        assert_eq!(stock[0].free, 2, "the stand is full again");
    }
}

#[test]
fn a_pc_waits_for_the_desk_before_it_goes_out_again() {
    let mut lobby = Lobby::open();
    lobby
        .lend(GRACE, tag("PC-01"), monday_morning())
        .expect("a PC");
    let what = BroughtBack::Tag("PC-01".to_owned());
    let back = lobby
        .take_back(what, None, monday_morning())
        .expect("it is taken");
    assert!(back.awaiting_check);
    let refused = lobby
        .lend(CHEN, tag("PC-01"), monday_morning())
        .expect_err("not checked yet");
    let (label, state) = ("01".to_owned(), ThingState::AwaitingCheck);
    assert_eq!(
        refused,
        LendRefusal::NotForLoan {
            kind: pc(),
            label,
            state
        }
    );
}

#[test]
fn what_cannot_come_back_says_why_in_its_own_way() {
    let mut lobby = Lobby::open();
    let at = monday_morning();
    let by_tag = |tag: &str| BroughtBack::Tag(tag.to_owned());
    let never = lobby
        .take_back(by_tag("PC-02"), None, at)
        .expect_err("never out");
    let (label, state) = ("02".to_owned(), ThingState::InRepair);
    assert_eq!(
        never,
        ReturnRefusal::NotOut {
            kind: pc(),
            label,
            state
        }
    );
    assert_eq!(
        lobby.take_back(by_tag("XX-99"), None, at),
        Err(ReturnRefusal::Unknown)
    );
    let not_out = |state| {
        let label = "01".to_owned();
        Err(ReturnRefusal::NotOut {
            kind: pc(),
            label,
            state,
        })
    };
    let never = lobby.take_back(by_tag("PC-01"), None, at);
    assert_eq!(never, not_out(ThingState::Available), "never lent");
    let order = reserving::Order {
        holder: lobby.holder(CHEN),
        kind: pc(),
        slot: Slot {
            from: at,
            until: at + minutes(60),
        },
    };
    lobby.kinds[1].policy.reservable = true;
    let kinds = lobby.kinds.clone();
    let kept = lobby.books.reserve_one(&kinds, &order, at);
    kept.expect("writable").expect("free");
    let kept = lobby.take_back(by_tag("PC-01"), None, at);
    assert_eq!(kept, not_out(ThingState::Reserved));
    let lent = lobby.lend_umbrella(GRACE, at).expect("an umbrella");
    let what = BroughtBack::Loan(lent.loan.id);
    lobby
        .take_back(what.clone(), None, at + minutes(3))
        .expect("it is taken");
    let twice = lobby
        .take_back(what, None, at + minutes(4))
        .expect_err("it is back already");
    let at = at + minutes(3);
    assert_eq!(
        twice,
        ReturnRefusal::AlreadyReturned {
            kind: umbrella(),
            label: None,
            at
        }
    );
}

#[test]
fn a_code_is_a_thing_a_slip_or_nothing_of_ours() {
    let mut lobby = Lobby::open();
    let at = monday_morning();
    let lent = lobby.lend_umbrella(GRACE, at).expect("an umbrella");
    let read = |code: &str| lobby.books.read_code(code, at).expect("readable");
    assert!(matches!(read(" PC-01 "), CodeMeaning::Thing(thing, None) if thing.label == "01"));
    assert_eq!(
        read(&lent.loan.number.code()),
        CodeMeaning::Slip(lent.loan.number.clone())
    );
    assert_eq!(read("a-1123-0001"), CodeMeaning::Slip(lent.loan.number));
    assert_eq!(read("6901234567892"), CodeMeaning::Nothing);
}

#[test]
fn every_card_has_its_own_answer() {
    let lobby = Lobby::open();
    let identify = |number| lobby.books.identify_card(&card(number)).expect("readable");
    assert!(matches!(identify(GRACE), Identity::Known(holder) if holder.person == lobby.grace));
    assert_eq!(identify(LOST), Identity::LostCard);
    assert_eq!(identify(MOVED), Identity::TenantMoved);
    assert_eq!(identify(0x01_0000_0001), Identity::UnknownCard);
}

#[test]
fn a_print_job_only_moves_forward() {
    let mut lobby = Lobby::open();
    let at = monday_morning();
    let job = lobby
        .lend_umbrella(GRACE, at)
        .expect("an umbrella")
        .job
        .expect("a slip");
    let mut moved = |record| lobby.books.move_job(record, at).expect("writable");
    assert!(
        !moved(Record::Confirmed {
            job,
            proof: Proof::Fence
        }),
        "not sent yet"
    );
    let sending = || Record::Sending {
        job,
        printer: Some(PrinterName("desk".to_owned())),
    };
    assert!(moved(sending()));
    assert!(!moved(sending()), "sent once");
    assert!(moved(Record::Unknown {
        job,
        why: WhyUnknown::LineLost
    }));
    assert!(!moved(sending()), "never silently printed again");
}

#[test]
fn the_state_is_what_the_journal_says_and_a_touched_row_is_found() {
    let mut lobby = Lobby::open();
    let at = monday_morning();
    let lent = lobby.lend_umbrella(GRACE, at).expect("an umbrella");
    lobby.lend(CHEN, tag("PC-01"), at).expect("a PC");
    lobby
        .take_back(BroughtBack::Loan(lent.loan.id), None, at)
        .expect("it is taken");
    let Verdict::Sound(sound) = lobby.books.verify().expect("readable") else {
        panic!("the books should be sound")
    };
    assert!(sound.rows > 10);
    let (folder, path) = lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    direct
        .execute(
            "UPDATE lending_things SET state = 'retired' WHERE tag = 'PC-01'",
            [],
        )
        .expect("touched");
    drop(direct);
    let books = lodge::store::Books::open_to_read(folder.path(), &building()).expect("readable");
    let verdict = books.verify().expect("readable");
    assert!(
        matches!(&verdict, Verdict::Different { first, count: 1 }
        if first[0].table == "lending_things" && first[0].found.contains("retired")),
        "{verdict:?}"
    );
}

#[test]
fn a_missing_row_is_one_difference_and_those_behind_it_are_none() {
    let mut lobby = Lobby::open();
    let at = monday_morning();
    // Numbers of two days: their rows begin with the same letter of the device.
    lobby.lend_umbrella(GRACE, at).expect("an umbrella");
    let tomorrow = at + minutes(24 * 60);
    lobby.lend_umbrella(CHEN, tomorrow).expect("an umbrella");
    let (folder, path) = lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    let gone = direct.execute("DELETE FROM slip_numbers WHERE day = '2026-11-23'", []);
    assert_eq!(gone, Ok(1));
    drop(direct);
    let books = lodge::store::Books::open_to_read(folder.path(), &building()).expect("readable");
    let verdict = books.verify().expect("readable");
    assert!(
        matches!(&verdict, Verdict::Different { first, count: 1 }
        if first[0].found.is_empty() && first[0].expected.contains("2026-11-23")),
        "{verdict:?}"
    );
}

#[test]
fn a_changed_journal_row_breaks_the_chain() {
    let lobby = Lobby::open();
    let (folder, path) = lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    let update = "UPDATE journal SET subject = 'x' WHERE seq = 3";
    direct
        .execute(update, [])
        .expect_err("the schema forbids it");
    direct
        .execute_batch(&format!("DROP TRIGGER journal_is_never_changed; {update}"))
        .expect("forced");
    drop(direct);
    let books = lodge::store::Books::open_to_read(folder.path(), &building()).expect("readable");
    let verdict = books.verify().expect("readable");
    assert_eq!(
        verdict,
        Verdict::Broken(lodge::store::journal::Break::Row { seq: 3 })
    );
}
