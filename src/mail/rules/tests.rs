//! The rules of mail, without books.

use super::*;
use crate::mail::desk::{FormField, ReturnForm, ReturnReason, WhyFailed};
use crate::mail::{AuthorityId, MailId, MailKind, Recipient, RecipientName, ReturnId};
use crate::people::{Bilingual, PersonName};
use chrono::TimeDelta;
use uuid::Uuid;

pub const GRACE: PersonId = PersonId(Uuid::from_u128(1));
pub const CHEN: PersonId = PersonId(Uuid::from_u128(2));
pub const HARBOUR: TenantId = TenantId(Uuid::from_u128(3));

pub fn monday() -> DateTime<Utc> {
    "2026-11-23T01:05:00Z".parse().expect("a real moment")
}

/// Something for Grace that came on Monday morning.
pub fn item(kind: MailKind) -> Item {
    Item {
        id: MailId(Uuid::from_u128(100 + kind as u128)),
        number: None,
        kind,
        recipient: Recipient {
            addressee: Addressee::Person(GRACE),
            name: RecipientName::Person(PersonName {
                chinese: Some("郝格蕾".into()),
                latin: Some("Grace Hart".into()),
            }),
            room: Some("1203".into()),
            company: Some(HARBOUR),
            has_moved: false,
            has_left: false,
        },
        shelf: "B-04".into(),
        arrived: monday(),
        state: MailState::Waiting,
        attempts: 0,
        reminded: None,
        went_round: None,
        failed: None,
    }
}

/// Something for Grace's company.
fn for_harbour(kind: MailKind) -> Item {
    let mut item = item(kind);
    item.recipient.addressee = Addressee::Tenant(HARBOUR);
    item.recipient.name = RecipientName::Tenant(Bilingual::new("海港贸易", "Harbour Trading"));
    item
}

fn authority(holder: PersonId, principal: Addressee) -> Authority {
    Authority {
        id: AuthorityId(Uuid::from_u128(50)),
        holder,
        principal,
        kinds: MailKind::ALL.to_vec(),
        until: None,
        once: false,
        is_used: false,
        is_withdrawn: false,
    }
}

fn card(person: PersonId, how: How, authorities: &[Authority]) -> Collecting<'_> {
    Collecting::Card {
        person,
        company: Some(HARBOUR),
        how,
        authorities,
    }
}

#[test]
fn everybody_gets_their_own_mail_of_every_kind_by_card_and_by_code() {
    let code = Collecting::Code(Addressee::Person(GRACE));
    for kind in MailKind::ALL {
        for by in [card(GRACE, How::Tapped, &[]), code] {
            assert_eq!(
                right(&by, &item(kind), monday()),
                Ok(Whose::Own),
                "{kind:?}"
            );
        }
    }
}

#[test]
fn a_colleagues_mail_is_nobodys_business_without_an_authority() {
    for kind in MailKind::ALL {
        let chen = card(CHEN, How::Tapped, &[]);
        assert_eq!(right(&chen, &item(kind), monday()), Err(NotGiven::Stranger));
        let code = Collecting::Code(Addressee::Person(CHEN));
        assert_eq!(right(&code, &item(kind), monday()), Err(NotGiven::Stranger));
    }
}

#[test]
fn a_standing_authority_opens_what_it_covers_until_it_ends_or_is_taken_back() {
    let parcel = item(MailKind::Parcel);
    let good = authority(CHEN, Addressee::Person(GRACE));
    let tried =
        |authority: Authority, now| right(&card(CHEN, How::Tapped, &[authority]), &parcel, now);
    let given = Ok(Whose::OnBehalf(good.id));
    assert_eq!(tried(good.clone(), monday()), given);
    let until = Authority {
        until: Some(monday()),
        ..good.clone()
    };
    let (before, stranger) = (monday() - TimeDelta::seconds(1), Err(NotGiven::Stranger));
    assert_eq!(tried(until.clone(), before), given);
    assert_eq!(tried(until, monday()), stranger);
    let letters = Authority {
        kinds: vec![MailKind::Letter],
        ..good.clone()
    };
    assert_eq!(tried(letters, monday()), stranger);
    let withdrawn = Authority {
        is_withdrawn: true,
        ..good.clone()
    };
    assert_eq!(tried(withdrawn, monday()), stranger);
    let another = authority(CHEN, Addressee::Tenant(HARBOUR));
    assert_eq!(tried(another, monday()), stranger);
}

#[test]
fn a_one_time_authority_is_good_once() {
    let parcel = item(MailKind::Parcel);
    let mut once = authority(CHEN, Addressee::Person(GRACE));
    once.once = true;
    let by = [once.clone()];
    assert!(right(&card(CHEN, How::Tapped, &by), &parcel, monday()).is_ok());
    once.is_used = true;
    let by = [once];
    let again = right(&card(CHEN, How::Tapped, &by), &parcel, monday());
    assert_eq!(again, Err(NotGiven::Stranger));
}

#[test]
fn a_companys_ordinary_mail_goes_to_its_people_and_what_is_signed_for_to_its_signatories() {
    let signatory = [authority(CHEN, Addressee::Tenant(HARBOUR))];
    for kind in MailKind::ALL {
        let item = for_harbour(kind);
        let member = right(&card(CHEN, How::Tapped, &[]), &item, monday());
        let by_code = right(
            &Collecting::Code(Addressee::Tenant(HARBOUR)),
            &item,
            monday(),
        );
        let needed = Err(NotGiven::Withheld(Withheld::SignatoryNeeded));
        if kind.needs_signature() {
            assert_eq!((member, by_code), (needed, needed), "{kind:?}");
        } else {
            assert_eq!((member, by_code), (Ok(Whose::Company), Ok(Whose::Own)));
        }
        let signatory = right(&card(CHEN, How::Tapped, &signatory), &item, monday());
        assert!(signatory.is_ok(), "{kind:?}");
    }
}

#[test]
fn a_typed_card_number_collects_nothing() {
    for kind in MailKind::ALL {
        let given = right(&card(GRACE, How::Typed, &[]), &item(kind), monday());
        assert_eq!(given, Err(NotGiven::Withheld(Withheld::CardNotTapped)));
    }
}

#[test]
fn all_that_waits_is_offered_together_and_what_is_on_its_way_is_told() {
    let mut on_round = item(MailKind::Letter);
    on_round.state = MailState::OutOnRound;
    let mut gone = item(MailKind::Airmail);
    gone.state = MailState::Collected;
    let items = vec![
        item(MailKind::Parcel),
        for_harbour(MailKind::Letter),
        for_harbour(MailKind::MoneyOrder),
        on_round,
        gone,
    ];
    let offer = offer(&card(GRACE, How::Tapped, &[]), items, monday()).expect("something waits");
    let kinds: Vec<MailKind> = offer.pieces.iter().map(|piece| piece.kind).collect();
    assert_eq!(kinds, [MailKind::Parcel, MailKind::Letter]);
    assert_eq!(offer.on_the_way, 1);
    let withheld = WithheldPiece {
        kind: MailKind::MoneyOrder,
        why: Withheld::SignatoryNeeded,
    };
    assert_eq!(offer.withheld, [withheld]);
}

#[test]
fn nothing_to_take_says_what_is_on_its_way_and_what_is_not_given_here() {
    let mut on_round = item(MailKind::Letter);
    on_round.state = MailState::OutOnRound;
    let refused = offer(&card(GRACE, How::Tapped, &[]), vec![on_round], monday());
    let nothing = PickUpRefusal::NothingWaits {
        on_the_way: 1,
        withheld: vec![],
    };
    assert_eq!(refused, Err(nothing));
}

#[test]
fn what_is_signed_for_is_not_handed_out_without_a_signature() {
    let grace = card(GRACE, How::Tapped, &[]);
    for kind in MailKind::ALL {
        let unsigned = hand_out(&grace, vec![item(kind)], false, monday());
        match kind.needs_signature() {
            true => assert_eq!(unsigned, Err(PickUpRefusal::SignatureMissing)),
            false => assert!(unsigned.is_ok()),
        }
        assert!(hand_out(&grace, vec![item(kind)], true, monday()).is_ok());
    }
}

#[test]
fn what_went_in_the_meantime_is_gone_and_what_is_anothers_is_not_given() {
    let mut gone = item(MailKind::Letter);
    gone.state = MailState::Delivered;
    let (kind, state) = (MailKind::Letter, MailState::Delivered);
    let grace = card(GRACE, How::Tapped, &[]);
    let refused = hand_out(&grace, vec![gone.clone()], true, monday());
    assert_eq!(refused, Err(PickUpRefusal::Gone { kind, state }));
    let chen = card(CHEN, How::Tapped, &[]);
    let refused = hand_out(&chen, vec![gone], true, monday());
    assert_eq!(refused, Err(PickUpRefusal::NotYours { kind }));
    let refused = hand_out(&chen, vec![], true, monday());
    assert_eq!(refused, Err(PickUpRefusal::NothingChosen));
}

#[test]
fn nobody_collects_for_themselves_by_authority_and_none_ends_before_it_begins() {
    let good = AuthorityOrder {
        holder: CHEN,
        principal: Addressee::Person(GRACE),
        kinds: vec![MailKind::Letter],
        until: None,
        once: true,
    };
    assert_eq!(may_let_collect(&good, monday()), Ok(()));
    let own = AuthorityOrder {
        principal: Addressee::Person(CHEN),
        ..good.clone()
    };
    assert_eq!(
        may_let_collect(&own, monday()),
        Err(AuthorityRefusal::SamePerson)
    );
    let empty = AuthorityOrder {
        kinds: vec![],
        ..good.clone()
    };
    assert_eq!(
        may_let_collect(&empty, monday()),
        Err(AuthorityRefusal::NoKinds)
    );
    let past = AuthorityOrder {
        until: Some(monday()),
        ..good
    };
    let over = AuthorityRefusal::AlreadyOver { until: monday() };
    assert_eq!(may_let_collect(&past, monday()), Err(over));
}

#[test]
fn a_round_asks_for_a_signature_or_a_name_and_for_papers_nothing() {
    for kind in MailKind::ALL {
        let mut item = item(kind);
        item.state = MailState::OutOnRound;
        let delivered = |to: &str, signed| {
            let to = to.to_owned();
            may_note(&item, &Outcome::Delivered { to, signed })
        };
        assert_eq!(delivered("Reception", true), Ok(()));
        assert_eq!(
            delivered("", false).is_ok(),
            kind.goes_in_bulk(),
            "{kind:?}"
        );
        assert_eq!(
            delivered("Reception", false).is_err(),
            kind.needs_signature()
        );
        assert_eq!(
            may_note(&item, &Outcome::Failed(WhyFailed::RoomEmpty)),
            Ok(())
        );
        item.state = MailState::Waiting;
        let refused = may_note(&item, &Outcome::Failed(WhyFailed::RoomEmpty));
        assert_eq!(refused, Err(MailRefusal::NotOnThisRound));
    }
}

#[test]
fn mail_is_dead_after_two_attempts_and_not_before() {
    let terms = Terms::default();
    let mut letter = item(MailKind::Letter);
    letter.failed = Some(WhyFailed::RoomEmpty);
    for attempts in [0, 1] {
        letter.attempts = attempts;
        let refused = may_be_dead_letter(&letter, &terms, monday());
        assert_eq!(refused, Err(MailRefusal::TooFewAttempts { attempts }));
    }
    letter.attempts = 2;
    assert_eq!(may_be_dead_letter(&letter, &terms, monday()), Ok(()));
    letter.state = MailState::Collected;
    let state = letter.state;
    let refused = may_be_dead_letter(&letter, &terms, monday());
    assert_eq!(refused, Err(MailRefusal::StandsOtherwise { state }));
}

#[test]
fn whoever_works_here_and_was_not_there_twice_may_claim_it_as_long_as_it_is_held() {
    let terms = Terms::default();
    let mut tried = item(MailKind::RegisteredLetter);
    tried.attempts = 2;
    tried.failed = Some(WhyFailed::NobodyThere);
    let held = monday() + TimeDelta::days(30);
    let still = Err(MailRefusal::StillHeld { until: held });
    assert_eq!(may_be_dead_letter(&tried, &terms, held), still);
    let later = held + TimeDelta::minutes(1);
    assert_eq!(may_be_dead_letter(&tried, &terms, later), Ok(()));
    for why in [
        WhyFailed::RoomEmpty,
        WhyFailed::Moved,
        WhyFailed::LeftCompany,
        WhyFailed::Declined,
    ] {
        tried.failed = Some(why);
        assert_eq!(
            may_be_dead_letter(&tried, &terms, monday()),
            Ok(()),
            "{why:?}"
        );
    }
    tried.failed = Some(WhyFailed::NobodyThere);
    tried.recipient.has_left = true;
    assert_eq!(may_be_dead_letter(&tried, &terms, monday()), Ok(()));
}

#[test]
fn special_mail_is_written_down_as_something_else_by_the_supervisor_alone() {
    let may = |from, to, role| may_be_of_kind(&item(from), to, &[role]).is_ok();
    for (from, to, needs) in [
        (MailKind::RegisteredLetter, MailKind::Letter, true),
        (MailKind::Airmail, MailKind::PrintedMatter, true),
        (MailKind::Express, MailKind::Letter, true),
        (MailKind::Letter, MailKind::RegisteredLetter, false),
        (MailKind::RegisteredLetter, MailKind::MoneyOrder, false),
        (MailKind::Letter, MailKind::PrintedMatter, false),
    ] {
        assert!(may(from, to, Role::Supervisor));
        for role in [Role::Receptionist, Role::MailAdministrator] {
            assert_eq!(may(from, to, role), !needs, "{from:?} {to:?} {role:?}");
        }
    }
}

mod returns;
