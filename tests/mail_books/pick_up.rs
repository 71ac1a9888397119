//! Collecting mail by card and by code.

use super::office::*;
use crate::support::*;
use lodge::mail::desk::{MailRefusal, Override};
use lodge::mail::{
    Addressee, Collector, MailKind, MailState, PickUpCode, PickUpRefusal, Whose, Withheld,
    WithheldPiece,
};
use lodge::people::{Act, How};

#[test]
fn all_that_waits_is_offered_together_by_card_and_by_code() {
    let mut office = Office::open();
    let first = office.for_grace(MailKind::Letter);
    let grace = Addressee::Person(office.lobby.grace);
    office.take_in_at(grace, MailKind::Parcel, monday_morning() + minutes(1));
    let harbour = Addressee::Tenant(office.harbour);
    office.take_in_at(harbour, MailKind::Newspaper, monday_morning() + minutes(2));
    let chen = Addressee::Person(office.lobby.chen);
    office.take_in(chen, MailKind::Letter);
    let offer = |by: &Collector| {
        let offer = office.lobby.books.offer_mail(by, monday_morning());
        offer.expect("readable").expect("something waits")
    };
    let by_card = offer(&office.by_card(GRACE));
    let whose: Vec<Whose> = by_card.pieces.iter().map(|piece| piece.whose).collect();
    assert_eq!(whose, [Whose::Own, Whose::Own, Whose::Company]);
    let by_code = offer(&Collector::Code(first.code));
    assert_eq!(by_code.pieces.len(), 2, "a code stands for its addressee");
}

#[test]
fn a_parcel_is_handed_out_against_a_signature_that_is_kept_apart() {
    let mut office = Office::open();
    let taken = office.for_grace(MailKind::Parcel);
    let at = monday_morning() + minutes(5);
    let by = office.by_card(GRACE);
    let refused = office.pick_up(by.clone(), &[taken.item], None, at);
    assert_eq!(refused, Err(PickUpRefusal::SignatureMissing));
    let a_tap = lodge::people::Signature(vec![vec![(1, 1)]]);
    let refused = office.pick_up(by.clone(), &[taken.item], Some(a_tap), at);
    assert_eq!(refused, Err(PickUpRefusal::SignatureMissing));
    assert_eq!(office.state(taken.item), MailState::Waiting);
    let receipt = office.pick_up(by, &[taken.item], Some(signature()), at);
    let receipt = receipt.expect("it is hers");
    assert_eq!((receipt.pieces.len(), receipt.left), (1, 0));
    assert_eq!(receipt.pieces[0].shelf, "B-04");
    office.is_sound();
    let (_folder, path) = office.lobby.close();
    let direct = rusqlite::Connection::open(path).expect("the file");
    let count = |sql: &str| -> i64 {
        direct
            .query_row(sql, [], |row| row.get(0))
            .expect("a count")
    };
    assert_eq!(
        count("SELECT count(*) FROM mail_signatures WHERE strokes LIKE '%600%'"),
        1
    );
    assert_eq!(
        count("SELECT count(*) FROM journal WHERE payload LIKE '%600,400%'"),
        0
    );
    assert_eq!(
        count("SELECT count(*) FROM mail_codes"),
        0,
        "its code is free again"
    );
}

#[test]
fn some_may_be_left_and_wait_on() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    let parcel = office.for_grace(MailKind::Parcel);
    let by = office.by_card(GRACE);
    let receipt = office.pick_up(by, &[letter.item, letter.item], None, monday_morning());
    let receipt = receipt.expect("the letter");
    assert_eq!((receipt.pieces.len(), receipt.left), (1, 1));
    assert_eq!(office.state(parcel.item), MailState::Waiting);
}

#[test]
fn what_was_handed_out_is_gone_for_the_next_one() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    let parcel = office.for_grace(MailKind::Parcel);
    let code = Collector::Code(parcel.code.clone());
    office
        .pick_up(code.clone(), &[letter.item], None, monday_morning())
        .expect("by code");
    let by = office.by_card(GRACE);
    let again = office.pick_up(by, &[letter.item], None, monday_morning());
    let (kind, state) = (MailKind::Letter, MailState::Collected);
    assert_eq!(again, Err(PickUpRefusal::Gone { kind, state }));
    let spent = Collector::Code(letter.code);
    let offer = office.lobby.books.offer_mail(&spent, monday_morning());
    assert_eq!(offer.expect("readable"), Err(PickUpRefusal::UnknownCode));
}

#[test]
fn a_code_that_nothing_has_and_an_empty_shelf_each_say_so() {
    let mut office = Office::open();
    let code = PickUpCode::from_typed("000000").expect("six digits");
    let books = &office.lobby.books;
    let unknown = books.offer_mail(&Collector::Code(code.clone()), monday_morning());
    assert_eq!(unknown.expect("readable"), Err(PickUpRefusal::UnknownCode));
    let nothing = books.offer_mail(&office.by_card(GRACE), monday_morning());
    let refusal = PickUpRefusal::NothingWaits {
        on_the_way: 0,
        withheld: vec![],
    };
    assert_eq!(nothing.expect("readable"), Err(refusal));
    let refused = office.pick_up(Collector::Code(code), &[], None, monday_morning());
    assert_eq!(refused, Err(PickUpRefusal::UnknownCode));
}

#[test]
fn what_is_on_its_way_is_told_and_not_given() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    office.round(&[letter.item]);
    let offer = office
        .lobby
        .books
        .offer_mail(&office.by_card(GRACE), monday_morning());
    let refusal = PickUpRefusal::NothingWaits {
        on_the_way: 1,
        withheld: vec![],
    };
    assert_eq!(offer.expect("readable"), Err(refusal));
    let waiting = office
        .lobby
        .books
        .identify(&office.lobby.kinds, &card(GRACE), monday_morning());
    assert!(waiting.expect("readable").mail.is_empty());
}

#[test]
fn a_typed_card_number_and_a_companys_code_give_nothing_that_is_signed_for() {
    let mut office = Office::open();
    let own = office.for_grace(MailKind::Parcel);
    let typed = Collector::Card {
        holder: office.lobby.holder(GRACE),
        how: How::Typed,
    };
    let kind = MailKind::Parcel;
    let why = Withheld::CardNotTapped;
    let refused = office.pick_up(typed, &[own.item], Some(signature()), monday_morning());
    assert_eq!(
        refused,
        Err(PickUpRefusal::Withheld(WithheldPiece { kind, why }))
    );
    let harbour = Addressee::Tenant(office.harbour);
    let company = office.take_in(harbour, MailKind::Parcel);
    let why = Withheld::SignatoryNeeded;
    for by in [Collector::Code(company.code.clone()), office.by_card(GRACE)] {
        let refused = office.pick_up(by, &[company.item], Some(signature()), monday_morning());
        assert_eq!(
            refused,
            Err(PickUpRefusal::Withheld(WithheldPiece { kind, why }))
        );
    }
}

#[test]
fn staff_hand_mail_to_somebody_else_with_a_name_and_a_reason() {
    let mut office = Office::open();
    let parcel = office.for_grace(MailKind::Parcel);
    let order = |to: &str, reason: &str, signed: bool| Override {
        items: vec![parcel.item],
        to: to.to_owned(),
        reason: reason.to_owned(),
        signature: signed.then(signature),
        on_paper: false,
    };
    let at = monday_morning();
    let (desk, mailer) = (office.desk, office.mailer);
    let books = &mut office.lobby.books;
    let mut hand = |order: Override, by| {
        books
            .hand_mail_out_anyway(&order, by, at)
            .expect("writable")
            .map(|_| ())
    };
    let act = Act::OverridePickUp;
    let whole = || order("陈妹妹", "家属，电话核实", true);
    assert_eq!(hand(whole(), desk), Err(MailRefusal::NotPermitted { act }));
    assert_eq!(
        hand(order(" ", "x", true), mailer),
        Err(MailRefusal::NameMissing)
    );
    assert_eq!(
        hand(order("陈妹妹", "", true), mailer),
        Err(MailRefusal::ReasonMissing)
    );
    let kind = MailKind::Parcel;
    let unsigned = hand(order("陈妹妹", "家属", false), mailer);
    assert_eq!(unsigned, Err(MailRefusal::SignatureMissing { kind }));
    assert_eq!(hand(whole(), mailer), Ok(()));
    let state = MailState::Collected;
    assert_eq!(
        hand(whole(), mailer),
        Err(MailRefusal::StandsOtherwise { state })
    );
    office.is_sound();
    let mut told = Vec::new();
    let each = |entry: lodge::store::journal::Entry| {
        told.push(entry.payload);
        Ok(())
    };
    office.lobby.books.journal(each).expect("readable");
    assert!(
        told.iter()
            .all(|payload| !payload.contains("陈妹妹") && !payload.contains("家属"))
    );
}

#[test]
fn what_nobody_may_sign_for_at_the_screen_is_signed_for_on_paper_at_the_desk() {
    let mut office = Office::open();
    let harbour = Addressee::Tenant(office.harbour);
    let parcel = office.take_in(harbour, MailKind::Parcel);
    let order = |on_paper| Override {
        items: vec![parcel.item],
        to: "陈妹妹".to_owned(),
        reason: "公司前台，电话核实".to_owned(),
        signature: None,
        on_paper,
    };
    let (by, at) = (office.mailer, monday_morning());
    let books = &mut office.lobby.books;
    let kind = MailKind::Parcel;
    let unsigned = books.hand_mail_out_anyway(&order(false), by, at);
    assert_eq!(
        unsigned.expect("writable").map(drop),
        Err(MailRefusal::SignatureMissing { kind })
    );
    let handed = books.hand_mail_out_anyway(&order(true), by, at);
    assert_eq!(handed.expect("writable").map(drop), Ok(()));
    let mut signed = Vec::new();
    let each = |entry: lodge::store::journal::Entry| {
        if entry.kind == "picked-up" {
            signed.push(entry.payload.contains("\"signed\":true"));
        }
        Ok(())
    };
    office.lobby.books.journal(each).expect("readable");
    assert_eq!(signed, [true], "the books say that somebody signed");
    office.is_sound();
}
