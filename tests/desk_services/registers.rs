//! What the desk's rooms list: each act leaves its row, and the act that ends it takes the row away.

use super::desk::*;
use crate::support::*;
use lodge::desk::event::{Order, Outcome, Refusal};
use lodge::desk::facts::Facts;
use lodge::desk::services::{
    KeyOrder, MailOrder, ServiceDone, ServiceOrder, ServiceRefusal, VisitOrder,
};
use lodge::keys::{Decision, Harm};
use lodge::mail::desk::{Outcome as Fate, WhyFailed};
use lodge::mail::{MailKind, MailState, rules};
use lodge::visits::Permit;
use lodge::visits::announcing::{LineError, Wrong};

fn facts(desk: &Desk) -> Facts {
    let read = desk.lobby.books.registers(now());
    read.expect("books that can be read")
}

/// Pieces on their shelf that two rounds came back with.
fn proposed(facts: &Facts) -> usize {
    let waiting = facts.mail.iter();
    waiting
        .filter(|item| rules::may_be_dead_letter(item, &Default::default(), now()).is_ok())
        .count()
}

#[test]
fn permits_cards_and_the_list_of_those_who_are_not_admitted_stand_at_the_desk() {
    let mut desk = Desk::open();
    let entry = desk.barred("王五");
    let visit = desk.courier_inside("吴双");
    desk.visits(VisitOrder::IssueCard(visit, card(0x0A)));
    desk.visits(VisitOrder::EnterPermit(Permit {
        number: "SG-17".to_owned(),
        company: "远山设计".to_owned(),
        answers: desk.keeper,
        from: today(),
        until: today(),
    }));
    let seen = facts(&desk);
    assert_eq!(seen.permits.len(), 1);
    assert_eq!(seen.permits[0].number, "SG-17");
    assert_eq!(seen.cards_out.len(), 1);
    assert_eq!(seen.cards_out[0].visit.visit.id, visit);
    assert_eq!((seen.barred.len(), seen.barred[0].entry), (1, entry));
    desk.visits(VisitOrder::AdmitAgain(entry));
    desk.visits(VisitOrder::ReturnCard(card(0x0A)));
    let seen = facts(&desk);
    assert!(seen.barred.is_empty() && seen.cards_out.is_empty());
    desk.prove();
}

#[test]
fn grants_uses_and_reports_of_keys_stand_at_the_desk_until_somebody_ends_them() {
    let mut desk = Desk::open();
    let grant = desk.granted();
    let used = desk.key_used("K-32");
    let report = desk.key_reported("K-33");
    let seen = facts(&desk);
    assert_eq!(seen.grants.len(), 1);
    assert_eq!(seen.key_uses.len(), 1);
    assert_eq!(seen.key_reports.len(), 1);
    desk.keys(KeyOrder::TellTenant(used));
    desk.keys(KeyOrder::WithdrawGrant(grant));
    desk.keys(KeyOrder::Decide {
        report,
        decision: Decision::ReKey,
        amount_fen: 12_000,
    });
    let seen = facts(&desk);
    assert!(seen.grants.is_empty() && seen.key_uses.is_empty() && seen.key_reports.is_empty());
    desk.prove();
}

#[test]
fn a_round_lists_every_piece_until_it_is_over_and_cannot_end_with_one_open() {
    let mut desk = Desk::open();
    let letters = [MailKind::Letter, MailKind::RegisteredLetter].map(|kind| desk.letter(kind));
    desk.mail(MailOrder::StartRound(letters.to_vec()));
    let seen = facts(&desk);
    let [round] = seen.rounds.as_slice() else {
        panic!("one round, not {:?}", seen.rounds)
    };
    assert_eq!(round.items.len(), 2);
    let id = round.round.id;
    desk.mail(MailOrder::Note {
        round: id,
        item: letters[0],
        outcome: Fate::Failed(WhyFailed::RoomEmpty),
    });
    let supervisor = desk.supervisor;
    let early = ServiceOrder::Mail(MailOrder::EndRound(id));
    assert!(
        desk.does_as(supervisor, Order::Service(early.clone()))
            .is_err()
    );
    desk.mail(MailOrder::Note {
        round: id,
        item: letters[1],
        outcome: Fate::Delivered {
            to: "郝格蕾".to_owned(),
            signed: true,
        },
    });
    desk.mail(MailOrder::EndRound(id));
    assert!(facts(&desk).rounds.is_empty());
    let tried = desk.lobby.books.mail_item(letters[0]).expect("readable");
    let tried = tried.expect("a letter");
    assert_eq!((tried.state, tried.attempts), (MailState::Waiting, 1));
    desk.prove();
}

#[test]
fn a_key_that_is_lost_is_not_counted_among_those_that_are_out() {
    let mut desk = Desk::open();
    desk.key("K-31");
    desk.granted();
    desk.key_used("K-32");
    assert_eq!(facts(&desk).keys_out, 1);
    let key = desk.key_of("K-32");
    desk.keys(KeyOrder::Report {
        key,
        harm: Harm::Lost,
        text: "不见了".to_owned(),
    });
    assert_eq!(facts(&desk).keys_out, 0);
}

#[test]
fn what_nobody_claims_on_two_rounds_goes_to_the_post_or_comes_back() {
    let mut desk = Desk::open();
    let items = [MailKind::Letter; 2].map(|kind| desk.letter(kind));
    for _ in 0..2 {
        desk.mail(MailOrder::StartRound(items.to_vec()));
        let round = facts(&desk).rounds[0].round.id;
        for item in items {
            desk.mail(MailOrder::Note {
                round,
                item,
                outcome: Fate::Failed(WhyFailed::RoomEmpty),
            });
        }
        desk.mail(MailOrder::EndRound(round));
    }
    assert_eq!(proposed(&facts(&desk)), 2, "on their shelf, and proposed");
    for item in items {
        desk.mail(MailOrder::DeadLetter(item));
    }
    let seen = facts(&desk);
    assert_eq!(
        (proposed(&seen), seen.mail.len(), seen.post.len()),
        (0, 0, 2)
    );
    desk.mail(MailOrder::Recall(items[0]));
    desk.mail(MailOrder::HandToPost(vec![items[1]]));
    let seen = facts(&desk);
    assert!(seen.post.is_empty());
    assert_eq!(
        seen.mail.iter().map(|item| item.id).collect::<Vec<_>>(),
        [items[0]]
    );
    desk.prove();
}

#[test]
fn a_file_announces_its_visits_whole_or_says_which_lines_are_wrong() {
    let mut desk = Desk::open();
    let table = |host: &str| {
        format!(
            "姓名,被访人,房间,日期,开始,结束\n\
             周远,郝格蕾,1203,2026-11-24,09:00,10:00\nAnn Lee,{host},1203,2026-11-24,09:00,10:00\n"
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("visitors.csv");
    let order = ServiceOrder::Visits(VisitOrder::AnnounceFile(path.display().to_string()));
    let supervisor = desk.supervisor;
    let mut announce = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("a file");
        desk.does_as(supervisor, Order::Service(order.clone()))
    };
    let wrong = announce(table("没有此人").as_bytes());
    let lines = vec![LineError {
        line: 3,
        wrong: Wrong::UnknownHost,
    }];
    let refusal = Refusal::Service(ServiceRefusal::Table(lines));
    assert_eq!(wrong, Err(refusal));
    // As a spreadsheet in China saves it.
    let right = table("陈晓明");
    let (gb, ..) = encoding_rs::GB18030.encode(&right);
    let done = announce(&gb);
    assert_eq!(done, Ok(Outcome::Service(ServiceDone::TableAnnounced(2))));
    let seen = facts(&desk);
    let names: Vec<_> = seen.visits.iter().map(|fact| &fact.visit.name).collect();
    assert_eq!(names.len(), 2, "the wrong table announced nobody");
    assert!(names.iter().any(|name| name.as_ref().is_some_and(|name| {
        name.latin.as_deref() == Some("Ann Lee") && name.chinese.is_none()
    })));
    let codes: Vec<_> = seen.visits.iter().map(|fact| fact.code.clone()).collect();
    assert!(
        codes
            .iter()
            .all(|code| code.as_ref().is_some_and(|code| code.len() == 8))
    );
    desk.prove();
}

#[test]
fn a_line_of_today_says_which_key_which_piece_and_which_visit() {
    let mut desk = Desk::open();
    desk.courier_inside("吴双");
    desk.key_reported("K-33");
    let (item, _) = desk.return_asked();
    let permit = desk.permit("SG-17");
    desk.visits(VisitOrder::WithdrawPermit(permit));
    let number = desk.lobby.books.mail_item(item).expect("readable");
    let number = number
        .expect("a piece")
        .number
        .expect("a number")
        .to_string();
    let today = facts(&desk).today;
    let about = |kind: &str| {
        let found = today.iter().find(|entry| entry.kind == kind);
        found.unwrap_or_else(|| panic!("{kind}")).about.clone()
    };
    assert_eq!(about("entered"), "A-1123-0001");
    assert_eq!(about("hung"), "K-33");
    assert_eq!(about("reported"), "K-33");
    assert_eq!(about("return-asked"), number);
    assert_eq!(about("permit-withdrawn"), "SG-17");
}
