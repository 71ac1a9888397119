//! Delivery rounds, attempts, and dead letters 盲件.

use super::office::*;
use crate::support::*;
use lodge::mail::desk::{MailRefusal, Outcome, WhyFailed};
use lodge::mail::{Addressee, Item, MailKind, MailState, rules};
use lodge::matters::{self, Cause};
use lodge::people::Language;

fn handed(to: &str, signed: bool) -> Outcome {
    Outcome::Delivered {
        to: to.to_owned(),
        signed,
    }
}

const NOBODY: Outcome = Outcome::Failed(WhyFailed::NobodyThere);
const EMPTY: Outcome = Outcome::Failed(WhyFailed::RoomEmpty);

#[test]
fn a_round_goes_door_by_door_with_its_list() {
    let mut office = Office::open();
    let harbour = Addressee::Tenant(office.harbour);
    office.take_in(harbour, MailKind::Newspaper);
    office.for_grace(MailKind::RegisteredLetter);
    let dai = Addressee::Person(office.dai);
    office.take_in(dai, MailKind::Letter);
    let mut due = office.waiting(rules::goes_round);
    rules::in_order_of_doors(&mut due);
    let rooms: Vec<_> = due
        .iter()
        .filter_map(|item| item.recipient.room.clone())
        .collect();
    assert_eq!(rooms, ["0901", "1203", "1203"]);
    let ids: Vec<_> = due.iter().map(|item| item.id).collect();
    let round = office.round(&ids);
    insta::assert_snapshot!(office.latest_slip(), @r"
                云栖中心
                 投递单
    --------------------------------
    日期   2026年11月23日 周一 09:05
    件数                           3
    --------------------------------
    0901
    □ 平信 戴一         A-1123-0003
    1203
    □ 报纸 海港贸易有限公司
                         A-1123-0001
    □ 挂号信 郝格蕾     A-1123-0002
       签收             ____________
    --------------------------------
    单号                 A-1123-0004
    ");
    let books = &office.lobby.books;
    assert_eq!(books.open_mail_rounds().expect("readable"), [round]);
    let sheet = books.mail_round(round).expect("readable");
    assert_eq!(sheet.expect("the round").round.open, 3);
    assert_eq!(office.waiting(rules::goes_round), []);
    office.is_sound();
}

#[test]
fn a_round_ends_when_everything_on_it_has_its_outcome() {
    let mut office = Office::open();
    let paper = office.for_grace(MailKind::Magazine);
    let letter = office.for_grace(MailKind::Letter);
    let order = office.for_grace(MailKind::MoneyOrder);
    let round = office.round(&[paper.item, letter.item, order.item]);
    let (mailer, at) = (office.mailer, monday_morning() + minutes(20));
    let house = (&office.terms, Language::Chinese);
    let books = &mut office.lobby.books;
    let bulk = books
        .note_bulk_delivered(round, mailer, at)
        .expect("writable");
    assert_eq!(bulk, Ok(1), "the magazine needs no name");
    let note = |books: &mut lodge::store::Books, item, outcome: Outcome| {
        books
            .note_mail_outcome((round, item), &outcome, house, mailer, at)
            .expect("writable")
            .map(|_| ())
    };
    let kind = MailKind::MoneyOrder;
    let refused = note(books, order.item, handed("王秘书", false));
    assert_eq!(refused, Err(MailRefusal::SignatureMissing { kind }));
    let refused = note(books, letter.item, handed(" ", false));
    assert_eq!(refused, Err(MailRefusal::NameMissing));
    let open = books.end_mail_round(round, mailer, at).expect("writable");
    assert_eq!(open, Err(MailRefusal::RoundStillOpen { count: 2 }));
    assert_eq!(note(books, order.item, handed("王秘书", true)), Ok(()));
    assert_eq!(note(books, letter.item, NOBODY), Ok(()));
    assert_eq!(
        note(books, letter.item, NOBODY),
        Err(MailRefusal::NotOnThisRound)
    );
    assert_eq!(
        books.end_mail_round(round, mailer, at).expect("writable"),
        Ok(())
    );
    let again = books.end_mail_round(round, mailer, at).expect("writable");
    assert_eq!(again, Err(MailRefusal::NotOnThisRound));
    let sheet = books
        .mail_round(round)
        .expect("readable")
        .expect("the round");
    assert_eq!((sheet.round.delivered, sheet.round.failed), (2, 1));
    let names: Vec<_> = sheet
        .items
        .iter()
        .filter_map(|(_, by)| by.clone())
        .collect();
    assert_eq!(names.len(), 1);
    assert_eq!(names[0].0, "王秘书");
    assert_eq!(office.state(letter.item), MailState::Waiting);
    assert_eq!(office.state(order.item), MailState::Delivered);
    office.is_sound();
}

#[test]
fn what_is_out_or_gone_does_not_go_round_again() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    office.round(&[letter.item]);
    let (mailer, at) = (office.mailer, monday_morning());
    let books = &mut office.lobby.books;
    let mut start = |items: &[_]| {
        let started = books.start_mail_round(items, Language::Chinese, mailer, at);
        started.expect("writable").map(|_| ())
    };
    let state = MailState::OutOnRound;
    assert_eq!(
        start(&[letter.item]),
        Err(MailRefusal::StandsOtherwise { state })
    );
    assert_eq!(start(&[]), Err(MailRefusal::NothingChosen));
}

#[test]
fn a_round_that_did_not_come_to_a_door_made_no_attempt_there() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    for _ in 0..3 {
        let round = office.round(&[letter.item]);
        office.note(round, letter.item, Outcome::NotTried);
        let (by, at) = (office.mailer, monday_morning());
        let ended = office.lobby.books.end_mail_round(round, by, at);
        assert_eq!(ended.expect("writable"), Ok(()));
        // It goes out with the next round, and nobody is told that it was tried.
        let due = office.waiting(rules::goes_round);
        let due: Vec<_> = due.iter().map(|item| (item.id, item.attempts)).collect();
        assert_eq!(due, [(letter.item, 0)]);
    }
    assert_eq!(office.lobby.books.open_matters().expect("readable"), []);
    office.is_sound();
}

#[test]
fn after_two_failed_attempts_it_is_a_dead_letter_and_goes_back_to_the_post() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    let (desk, at) = (office.desk, monday_morning() + minutes(60));
    let terms = office.terms.clone();
    for attempts in [0, 1] {
        let refused = office
            .lobby
            .books
            .declare_dead_letter(letter.item, &terms, desk, at);
        assert_eq!(
            refused.expect("writable"),
            Err(MailRefusal::TooFewAttempts { attempts })
        );
        let dead = |item: &Item| rules::may_be_dead_letter(item, &terms, at).is_ok();
        assert_eq!(office.waiting(dead), []);
        let round = office.round(&[letter.item]);
        office.note(round, letter.item, EMPTY);
    }
    let proposed = office.waiting(|item| rules::may_be_dead_letter(item, &terms, at).is_ok());
    assert_eq!(proposed.len(), 1);
    let matters = office.lobby.books.open_matters().expect("readable");
    assert_eq!(matters[0].cause, Cause::MailUnclaimed);
    assert_eq!(office.waiting(rules::goes_round), []);
    let books = &mut office.lobby.books;
    let early = books
        .hand_mail_to_post(&[letter.item], desk, at)
        .expect("writable");
    let state = MailState::Waiting;
    assert_eq!(early, Err(MailRefusal::StandsOtherwise { state }));
    let dead = books
        .declare_dead_letter(letter.item, &terms, desk, at)
        .expect("writable");
    assert_eq!(dead, Ok(()));
    assert_eq!(books.mail_for_the_post().expect("readable").len(), 1);
    let posted = books
        .hand_mail_to_post(&[letter.item], desk, at)
        .expect("writable");
    assert_eq!(posted, Ok(()));
    assert_eq!(office.state(letter.item), MailState::HandedToPost);
    office.is_sound();
}

#[test]
fn a_dead_letter_whose_addressee_turns_up_in_time_is_collected() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    for _ in 0..2 {
        let round = office.round(&[letter.item]);
        office.note(round, letter.item, EMPTY);
    }
    let (desk, at) = (office.desk, monday_morning() + minutes(60));
    let terms = office.terms.clone();
    let books = &mut office.lobby.books;
    let early = books
        .recall_dead_letter(letter.item, desk, at)
        .expect("writable");
    let state = MailState::Waiting;
    assert_eq!(early, Err(MailRefusal::StandsOtherwise { state }));
    books
        .declare_dead_letter(letter.item, &terms, desk, at)
        .expect("writable")
        .expect("dead");
    books
        .recall_dead_letter(letter.item, desk, at)
        .expect("writable")
        .expect("back");
    let by = office.by_card(GRACE);
    office.pick_up(by, &[letter.item], None, at).expect("hers");
    office.is_sound();
}

#[test]
fn where_nobody_was_there_to_sign_a_notice_prints_for_the_door() {
    let mut office = Office::open();
    let registered = office.for_grace(MailKind::RegisteredLetter);
    let letter = office.for_grace(MailKind::Letter);
    let parcel = office.for_grace(MailKind::Parcel);
    let order = office.for_grace(MailKind::MoneyOrder);
    let round = office.round(&[registered.item, letter.item, parcel.item, order.item]);
    let notice = office.note(round, registered.item, NOBODY);
    assert!(notice.is_some(), "it is signed for");
    let paper = office.latest_slip();
    assert!(paper.contains(registered.code.digits()), "{paper}");
    assert!(
        paper.contains("Registered letter"),
        "Grace reads English: {paper}"
    );
    assert!(!paper.contains("Grace"), "it hangs on a door: {paper}");
    assert_eq!(office.note(round, letter.item, NOBODY), None, "a letter");
    let moved = Outcome::Failed(WhyFailed::LeftCompany);
    assert_eq!(
        office.note(round, parcel.item, moved),
        None,
        "nobody reads it"
    );
    office.terms.notice_after_attempt = false;
    assert_eq!(
        office.note(round, order.item, NOBODY),
        None,
        "the house's wish"
    );
    office.is_sound();
}

#[test]
fn a_day_without_a_round_is_a_matter_that_somebody_owns_until_one_sets_out() {
    let mut office = Office::open();
    let missed = |office: &mut Office, days: i64| {
        let at = monday_morning() + minutes(days * 24 * 60);
        let (visits, mail) = (Default::default(), Default::default());
        let done = office.lobby.books.do_chores(&visits, &mail, at);
        done.expect("writable");
        let open = office.lobby.books.open_matters().expect("readable");
        let of_rounds = open
            .into_iter()
            .filter(|matter| matter.cause == Cause::RoundMissed);
        of_rounds.collect::<Vec<_>>()
    };
    let first = office.for_grace(MailKind::Letter).item;
    office.round(&[first]);
    // What came behind the round of Monday goes on Tuesday, and did not.
    let second = office.for_grace(MailKind::Letter).item;
    assert_eq!(missed(&mut office, 0), []);
    assert_eq!(missed(&mut office, 1), []);
    let open = missed(&mut office, 2);
    assert_eq!(missed(&mut office, 3), open, "one, however many days");
    let day = open.first().and_then(|matter| matters::day(matter.about));
    assert_eq!(
        day.map(|day| day.to_string()).as_deref(),
        Some("2026-11-24")
    );
    assert_eq!(open[0].owner, None);
    let thursday = monday_morning() + minutes(3 * 24 * 60);
    let (books, by) = (&mut office.lobby.books, office.mailer);
    let started = books.start_mail_round(&[second], Language::Chinese, by, thursday);
    started.expect("writable").expect("they set out");
    let over = office.lobby.books.matter(open[0].id).expect("readable");
    assert_eq!(over.and_then(|matter| matter.owner), office.mailer.person);
    assert_eq!(missed(&mut office, 3), []);
    office.is_sound();
}

#[test]
fn a_round_with_one_letter_leaves_the_day_open_for_the_others() {
    let mut office = Office::open();
    let taken = office.for_grace(MailKind::Letter).item;
    let left = office.for_grace(MailKind::Newspaper).item;
    let set_out = |office: &mut Office, item| {
        let (books, by) = (&mut office.lobby.books, office.mailer);
        let at = monday_morning() + minutes(10);
        let started = books.start_mail_round(&[item], Language::Chinese, by, at);
        started.expect("writable").expect("they set out").0
    };
    set_out(&mut office, taken);
    let went = |office: &Office| {
        let waiting = office.waiting(|_| true);
        let left = waiting.iter().find(|item| item.id == left);
        left.and_then(|item| item.went_round)
            .map(|day| day.to_string())
    };
    assert_eq!(went(&office), None);
    let round = set_out(&mut office, left);
    office.note(round, left, Outcome::NotTried);
    assert_eq!(went(&office), None, "broken off before its door");
    let round = set_out(&mut office, left);
    office.note(round, left, NOBODY);
    assert_eq!(went(&office).as_deref(), Some("2026-11-23"));
    office.is_sound();
}
