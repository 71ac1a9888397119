//! Mail that was written down wrongly is put right, and nothing of the mistake opens it.

use super::office::*;
use crate::support::*;
use lodge::mail::desk::{Correction, MailRefusal, TakenIn};
use lodge::mail::{Addressee, Collector, MailKind, MailState, PickUpRefusal};
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
