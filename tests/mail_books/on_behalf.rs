//! Collecting for somebody else: only with an authority.

use super::office::*;
use crate::support::*;
use lodge::mail::{
    Addressee, AuthorityId, AuthorityOrder, AuthorityRefusal, Covers, Lasts, MailKind,
    PickUpRefusal, Whose,
};
use lodge::people::How;

fn order(office: &Office, once: bool) -> AuthorityOrder {
    AuthorityOrder {
        holder: office.lobby.chen,
        principal: Addressee::Person(office.lobby.grace),
        kinds: Covers::Everything.kinds(),
        until: None,
        once,
    }
}

fn enter(office: &mut Office, order: &AuthorityOrder) -> AuthorityId {
    let desk = office.desk;
    office
        .lobby
        .books
        .enter_mail_authority(order, desk, monday_morning())
        .expect("writable")
        .expect("it is entered")
}

#[test]
fn nobody_collects_a_colleagues_mail_without_an_authority() {
    let mut office = Office::open();
    let parcel = office.for_grace(MailKind::Parcel);
    let by = office.by_card(CHEN);
    let kind = MailKind::Parcel;
    let refused = office.pick_up(
        by.clone(),
        &[parcel.item],
        Some(signature()),
        monday_morning(),
    );
    assert_eq!(refused, Err(PickUpRefusal::NotYours { kind }));
    let standing = order(&office, false);
    let authority = enter(&mut office, &standing);
    let offer = office.lobby.books.offer_mail(&by, monday_morning());
    let offer = offer.expect("readable").expect("her parcel");
    assert_eq!(offer.pieces[0].whose, Whose::OnBehalf(authority));
    let waiting = office
        .lobby
        .books
        .identify(&office.lobby.kinds, &card(CHEN), monday_morning());
    assert_eq!(
        waiting.expect("readable").mail.len(),
        1,
        "his page shows it"
    );
    office
        .pick_up(by, &[parcel.item], Some(signature()), monday_morning())
        .expect("on her behalf");
    office.is_sound();
}

#[test]
fn a_one_time_authority_opens_one_pick_up_however_much_it_takes() {
    let mut office = Office::open();
    let once = order(&office, true);
    enter(&mut office, &once);
    let (first, second) = (
        office.for_grace(MailKind::Letter),
        office.for_grace(MailKind::Letter),
    );
    let by = office.by_card(CHEN);
    let both = [first.item, second.item];
    office
        .pick_up(by.clone(), &both, None, monday_morning())
        .expect("both at once");
    let third = office.for_grace(MailKind::Letter);
    let refused = office.pick_up(by, &[third.item], None, monday_morning() + minutes(1));
    let kind = MailKind::Letter;
    assert_eq!(refused, Err(PickUpRefusal::NotYours { kind }));
    office.is_sound();
}

#[test]
fn a_standing_authority_ends_on_its_day_and_when_it_is_taken_back() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    let mut until = order(&office, false);
    until.until = Some(monday_morning() + minutes(60));
    let authority = enter(&mut office, &until);
    let offered = |office: &Office, at| {
        let offer = office.lobby.books.offer_mail(&office.by_card(CHEN), at);
        offer.expect("readable").is_ok()
    };
    assert!(offered(&office, monday_morning() + minutes(59)));
    assert!(!offered(&office, monday_morning() + minutes(60)));
    let desk = office.desk;
    let at = monday_morning() + minutes(1);
    let withdrawn = office
        .lobby
        .books
        .withdraw_mail_authority(authority, desk, at);
    assert_eq!(withdrawn.expect("writable"), Ok(()));
    assert!(!offered(&office, at));
    let again = office
        .lobby
        .books
        .withdraw_mail_authority(authority, desk, at);
    assert_eq!(again.expect("writable"), Err(AuthorityRefusal::NotFound));
    let by = office.by_card(CHEN);
    office
        .pick_up(by, &[letter.item], None, at)
        .expect_err("it is taken back");
    office.is_sound();
}

#[test]
fn a_companys_signatory_takes_what_is_signed_for() {
    let mut office = Office::open();
    let harbour = Addressee::Tenant(office.harbour);
    let parcel = office.take_in(harbour, MailKind::Parcel);
    let letter = office.take_in(harbour, MailKind::Letter);
    let signatory = AuthorityOrder {
        principal: harbour,
        ..order(&office, false)
    };
    enter(&mut office, &signatory);
    let by = office.by_card(GRACE);
    office
        .pick_up(by, &[letter.item], None, monday_morning())
        .expect("any member");
    let by = office.by_card(CHEN);
    let at = monday_morning();
    office
        .pick_up(by, &[parcel.item], Some(signature()), at)
        .expect("a signatory");
    let stranger = office.by_card(DAI);
    let other = office.take_in(harbour, MailKind::Letter);
    let refused = office.pick_up(stranger, &[other.item], None, monday_morning());
    let kind = MailKind::Letter;
    assert_eq!(refused, Err(PickUpRefusal::NotYours { kind }));
    office.is_sound();
}

#[test]
fn on_ones_own_page_one_lets_a_colleague_collect_and_takes_it_back() {
    let mut office = Office::open();
    let (grace, chen) = (office.lobby.holder(GRACE), office.lobby.chen);
    let at = monday_morning();
    for typed in ["陈晓", "chenx", "Xiaom", "cxm"] {
        let found = office.lobby.books.find_colleagues(grace.person, typed);
        let found: Vec<_> = found.expect("readable").into_iter().collect();
        assert_eq!(found.len(), 1, "{typed}");
        assert_eq!(found[0].person, chen, "{typed}");
    }
    let found = office
        .lobby
        .books
        .find_colleagues(grace.person, "戴")
        .expect("readable");
    assert!(
        found.is_empty(),
        "another company's people are nobody's business"
    );
    let books = &mut office.lobby.books;
    let (covers, lasts) = (Covers::Unsigned, Lasts::Today);
    let mut give = |how, to| {
        books
            .let_collect_mail(&grace, how, to, covers, lasts, at)
            .expect("writable")
    };
    assert_eq!(give(How::Typed, chen), Err(AuthorityRefusal::CardNotTapped));
    assert_eq!(
        give(How::Tapped, office.dai),
        Err(AuthorityRefusal::NotAColleague)
    );
    assert_eq!(
        give(How::Tapped, grace.person),
        Err(AuthorityRefusal::SamePerson)
    );
    let given = give(How::Tapped, chen).expect("she lets him");
    assert_eq!(given.len(), 1);
    assert_eq!((given[0].covers, given[0].once), (Covers::Unsigned, false));
    let midnight = given[0].until.expect("to the end of the day");
    assert_eq!(midnight.to_rfc3339(), "2026-11-23T16:00:00+00:00");
    let by_other = lodge::store::journal::Actor {
        person: Some(chen),
        card: None,
    };
    let refused = books.withdraw_mail_authority(given[0].id, by_other, at);
    assert_eq!(refused.expect("writable"), Err(AuthorityRefusal::NotFound));
    let by_grace = lodge::store::journal::Actor {
        person: Some(grace.person),
        card: grace.card,
    };
    let withdrawn = books.withdraw_mail_authority(given[0].id, by_grace, at);
    assert_eq!(withdrawn.expect("writable"), Ok(()));
    let left = books
        .mail_authorities_given(grace.person, at)
        .expect("readable");
    assert!(left.is_empty());
    office.is_sound();
}

#[test]
fn only_the_desk_enters_authorities_of_others() {
    let mut office = Office::open();
    let standing = order(&office, false);
    let member = lodge::store::journal::Actor {
        person: Some(office.lobby.chen),
        card: None,
    };
    let refused = office
        .lobby
        .books
        .enter_mail_authority(&standing, member, monday_morning());
    assert_eq!(
        refused.expect("writable"),
        Err(AuthorityRefusal::NotPermitted)
    );
}
