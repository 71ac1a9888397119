//! Mail that was written down wrongly is put right, and nothing of the mistake opens it.

use super::office::*;
use crate::support::*;
use lodge::mail::desk::{Correction, Intake, MailRefusal, Outcome, TakenIn, WhyFailed};
use lodge::mail::{Addressee, Collector, MailKind, MailState, PickUpRefusal, rules};
use lodge::matters::Cause;
use lodge::people::{Act, Language};
use lodge::store::journal::Actor;

impl Office {
    fn correct(&mut self, correction: &Correction, by: Actor) -> Result<(), MailRefusal> {
        let (terms, at) = (self.terms.clone(), monday_morning() + minutes(5));
        let books = &mut self.lobby.books;
        let done = books.correct_mail(correction, &terms, Language::Chinese, by, at);
        done.expect("writable").map(drop)
    }
}

fn for_chen(taken: &TakenIn, office: &Office) -> Correction {
    Correction {
        item: taken.item,
        addressee: Addressee::Person(office.lobby.chen),
        kind: MailKind::Express,
        shelf: "b-07".to_owned(),
    }
}

#[test]
fn the_right_addressee_has_it_and_the_wrong_one_neither_sees_it_nor_collects_it() {
    let mut office = Office::open();
    let taken = office.for_grace(MailKind::Parcel);
    let mailer = office.mailer;
    let right = for_chen(&taken, &office);
    assert_eq!(office.correct(&right, mailer), Ok(()));
    let at = monday_morning() + minutes(6);
    let books = &office.lobby.books;
    // The code that was given out opens nothing.
    let old = Collector::Code(taken.code.clone());
    let offered = books.offer_mail(&old, at).expect("readable");
    assert_eq!(offered.map(drop), Err(PickUpRefusal::UnknownCode));
    let here = |person| {
        let here = books.mail_here_for(Addressee::Person(person));
        here.expect("readable").len()
    };
    assert_eq!((here(office.lobby.grace), here(office.lobby.chen)), (0, 1));
    let label = office.latest_slip();
    for said in ["陈*明", "特快专递", "B-07", "A-1123-0002"] {
        assert!(label.contains(said), "{said} in\n{label}");
    }
    assert!(!label.contains(&taken.code.code()));
    office.is_sound();
}

#[test]
fn what_has_left_its_shelf_is_not_corrected_nor_put_where_nothing_is() {
    let mut office = Office::open();
    let taken = office.for_grace(MailKind::Letter);
    let (mailer, stranger) = (office.mailer, Actor::of(&office.lobby.holder(GRACE)));
    let right = for_chen(&taken, &office);
    let act = Act::HandleMail;
    let forbidden = office.correct(&right, stranger);
    assert_eq!(forbidden, Err(MailRefusal::NotPermitted { act }));
    let nowhere = Correction {
        shelf: " ".to_owned(),
        ..right.clone()
    };
    let shelf = String::new();
    let unknown = office.correct(&nowhere, mailer);
    assert_eq!(unknown, Err(MailRefusal::UnknownShelf { shelf }));
    office.round(&[taken.item]);
    let state = MailState::OutOnRound;
    let gone = office.correct(&right, mailer);
    assert_eq!(gone, Err(MailRefusal::StandsOtherwise { state }));
    office.is_sound();
}

#[test]
fn what_was_tried_for_the_wrong_addressee_is_not_held_against_the_right_one() {
    let mut office = Office::open();
    let taken = office.for_grace(MailKind::Parcel);
    let mailer = office.mailer;
    for _ in 0..2 {
        let round = office.round(&[taken.item]);
        let nobody = Outcome::Failed(WhyFailed::NobodyThere);
        office.note(round, taken.item, nobody);
    }
    let (by, at) = (office.desk, monday_morning() + minutes(40));
    let books = &mut office.lobby.books;
    let reminded = books.note_mail_reminded(&[taken.item], by, at);
    reminded.expect("writable").expect("they were told");
    let causes = |office: &Office| {
        let open = office.lobby.books.open_matters().expect("readable");
        open.iter().map(|matter| matter.cause).collect::<Vec<_>>()
    };
    assert_eq!(causes(&office), [Cause::MailUnclaimed]);
    // The wrong shelf alone changes nothing about it.
    let mut right = for_chen(&taken, &office);
    right.addressee = Addressee::Person(office.lobby.grace);
    assert_eq!(office.correct(&right, mailer), Ok(()));
    assert_eq!(causes(&office), [Cause::MailUnclaimed]);
    assert_eq!(office.correct(&for_chen(&taken, &office), mailer), Ok(()));
    assert_eq!(causes(&office), []);
    let here = Addressee::Person(office.lobby.chen);
    let item = office.lobby.books.mail_here_for(here).expect("readable");
    assert_eq!((item[0].attempts, item[0].reminded), (0, None));
    let dead = rules::may_be_dead_letter(&item[0], &office.terms, at);
    assert_eq!(dead, Err(MailRefusal::TooFewAttempts { attempts: 0 }));
    office.is_sound();
}

#[test]
fn what_never_had_a_number_gets_another_code_and_no_label() {
    let mut office = Office::open();
    let (grace, at) = (office.lobby.grace, monday_morning());
    let books = &mut office.lobby.books;
    let old = books
        .receive_mail(MailKind::Letter, grace, "A-11", at)
        .expect("writable");
    let right = Correction {
        item: old,
        addressee: Addressee::Person(office.lobby.chen),
        kind: MailKind::Parcel,
        shelf: "B-07".to_owned(),
    };
    let (terms, by) = (office.terms.clone(), office.mailer);
    let books = &mut office.lobby.books;
    let done = books.correct_mail(&right, &terms, Language::Chinese, by, at);
    let (number, code) = done.expect("writable").expect("corrected");
    assert_eq!(number, None);
    let offered = books.offer_mail(&Collector::Code(code), at);
    assert!(offered.expect("readable").is_ok(), "its code opens it");
    office.is_sound();
}

#[test]
fn a_piece_that_is_scanned_twice_is_taken_in_once() {
    let mut office = Office::open();
    let intake = |office: &Office| Intake {
        addressee: Addressee::Person(office.lobby.grace),
        kind: MailKind::Parcel,
        shelf: "b-04".to_owned(),
        tracking: " SF1234567890 ".to_owned(),
    };
    let take = |office: &mut Office| {
        let (terms, by, at) = (office.terms.clone(), office.desk, monday_morning());
        let (intake, books) = (intake(office), &mut office.lobby.books);
        let taken = books.take_mail_in(&intake, &terms, Language::Chinese, by, at);
        taken.expect("writable")
    };
    let first = take(&mut office).expect("it is taken in");
    let again = take(&mut office).map(drop);
    let number = first.number;
    assert_eq!(again, Err(MailRefusal::TrackingHere { number }));
    // Once it has left, the carrier may use its number again.
    let (by, at) = (office.by_card(GRACE), monday_morning());
    let signature = Some(signature());
    office
        .pick_up(by, &[first.item], signature, at)
        .expect("hers");
    take(&mut office).expect("another piece");
    office.is_sound();
}

#[test]
fn a_house_that_labels_everything_labels_letters_too() {
    for (everything, is_labelled) in [(false, false), (true, true)] {
        let mut office = Office::open();
        office.terms.label_everything = everything;
        let grace = Addressee::Person(office.lobby.grace);
        let taken = office.take_in(grace, MailKind::Letter);
        assert_eq!(taken.label.is_some(), is_labelled);
        office.is_sound();
    }
}
