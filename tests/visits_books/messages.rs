//! A message says from whom it is, whether a name was typed or the screen knew who stands there.

use super::desk::*;
use crate::support::*;
use lodge::people::PersonName;
use lodge::visits::flow::{Answer, Ask, Goodbye, Sender, Speaker};
use lodge::visits::{SignOut, VisitRefusal, VisitorType};

/// Leaves a message for Grace; from whom it is, for its host to read.
fn sender_of(desk: &mut Desk, sender: Sender) -> Result<String, VisitRefusal> {
    let ask = Ask::LeaveMessage {
        host: desk.lobby.grace,
        sender,
        words: "图纸在前台".to_owned(),
    };
    let books = &mut desk.lobby.books;
    let answer = books.answer_visits(&desk.terms, ask, monday_morning());
    let Answer::MessageLeft(left) = answer.expect("writable") else {
        panic!("a message, or why none was left")
    };
    let kept = books.message(left?).expect("readable");
    Ok(kept.expect("a message").0)
}

fn says_goodbye(desk: &mut Desk, by: SignOut) -> Goodbye {
    let ask = Ask::SignOut { by, all_out: None };
    let books = &mut desk.lobby.books;
    let answer = books.answer_visits(&desk.terms, ask, monday_morning());
    match answer.expect("writable") {
        Answer::SignedOut(Ok(goodbye)) => goodbye,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_message_bears_the_whole_name_of_whoever_was_known_and_only_a_mask_stood_on_the_screen() {
    let mut desk = Desk::open();
    let grace = desk.lobby.grace;
    let (visit, _) = desk.waiting(&order(VisitorType::Guest, Some(grace)));
    let books = &desk.lobby.books;
    let visitor = books.visit(visit).expect("readable").expect("a visit");
    for sender in [
        Sender::Visitor(visit),
        Sender::Person(visitor.visitor),
        Sender::Named(PersonName::typed("周远")),
    ] {
        assert_eq!(
            sender_of(&mut desk, sender.clone()).as_deref(),
            Ok("周远"),
            "{sender:?}"
        );
    }
    // Nobody at all is no sender.
    let nobody = Sender::Named(PersonName::default());
    assert_eq!(sender_of(&mut desk, nobody), Err(VisitRefusal::Empty));
    desk.prove();
}

#[test]
fn a_temporary_card_tells_who_has_left_and_a_slip_tells_nobody() {
    let mut desk = Desk::open();
    let by_card = desk.inside(&courier(&desk));
    let (terms, temporary, by) = (desk.terms.clone(), card(0x77), desk.desk);
    let books = &mut desk.lobby.books;
    let issued =
        books.issue_temporary_card(&terms, by_card.visit, &temporary, by, monday_morning());
    assert!(issued.expect("writable").is_ok());
    let goodbye = says_goodbye(&mut desk, SignOut::Card(temporary));
    let speaker = goodbye.speaker.expect("the one with the card");
    assert_eq!(speaker.masked.zh, "周*");
    let host = goodbye.host.expect("a host");
    assert_eq!(host.person, desk.lobby.grace);
    let Speaker { sender, .. } = speaker;
    assert_eq!(sender_of(&mut desk, sender).as_deref(), Ok("周远"));
    let by_slip = desk.inside(&courier(&desk));
    let goodbye = says_goodbye(&mut desk, SignOut::Slip(by_slip.number));
    assert_eq!((goodbye.speaker, goodbye.host.is_some()), (None, true));
    desk.prove();
}
