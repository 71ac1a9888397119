//! Whoever is known already: by an invitation, a document, an old slip, or digits and a name.

use super::*;
use crate::people::PersonName;

fn invited(notice: &str) -> Answer {
    Answer::Invited(Ok(Invited {
        visit: VisitId(Uuid::from_u128(3)),
        of: VisitorType::Guest,
        masked: name(),
        host: None,
        tenant: None,
        notice: notice.to_owned(),
    }))
}

pub(super) fn known(last: Option<LastVisit>) -> Answer {
    Answer::Known(Some(Known {
        person: HOST,
        masked: name(),
        company: "远山".to_owned(),
        last,
        open: None,
    }))
}

pub(super) fn last_visit() -> LastVisit {
    LastVisit {
        of: VisitorType::Guest,
        purpose: Terms::default().purposes(VisitorType::Guest)[1].zh.clone(),
        host: Some(HostLine {
            person: HOST,
            masked: name(),
        }),
        tenant: Some(TenantLine {
            tenant: TENANT,
            name: name(),
            room: "1203".to_owned(),
        }),
        permit: String::new(),
        notice: Terms::default().notice_version(),
    }
}

fn read() -> Identity {
    Identity {
        name: PersonName::typed("周远"),
        phone: String::new(),
        document: Some(DocumentNumber("110101199003070017".to_owned())),
    }
}

pub(super) fn naming(is_whole: bool) -> Stage {
    Stage::NamingReturning {
        tail: "0001".to_owned(),
        typed: "周远".to_owned(),
        looks: 0,
        is_whole,
        is_wrong: false,
    }
}

fn signed(pad: &Stage) -> SignInOrder {
    match asked(touch(pad, Touch::Signed(pen()))) {
        (_, Ask::SignIn(order)) => order,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_invited_visitor_signs_and_is_through() {
    let code = InvitationCode::from_digits("40718523").expect("eight digits");
    let (stage, ask) = asked(scanned(&code.code()));
    assert_eq!(ask, Ask::Invitation(code));
    // One stroke and "that is me": the notice stands over the pad the first time.
    let pad = shown(answered(&stage, invited("")));
    assert!(
        matches!(&pad, Stage::Signing(Draft { familiar: Some(known), .. }) if !known.has_read),
        "{pad:?}"
    );
    assert!(matches!(signed(&pad).who, Who::Invited(_)));
    let again = shown(answered(
        &stage,
        invited(&Terms::default().notice_version()),
    ));
    assert!(
        matches!(&again, Stage::Signing(Draft { familiar: Some(known), .. }) if known.has_read),
        "{again:?}"
    );
    let gone = shown(answered(
        &stage,
        Answer::Invited(Err(SignInRefusal::UnknownInvitation)),
    ));
    assert!(matches!(gone, Stage::TypingCode { is_wrong: true, .. }));
    assert_eq!(scanned("M-1234567"), None);
}

#[test]
fn the_last_digit_of_a_code_and_of_a_telephone_needs_no_next() {
    let typing = Stage::TypingCode {
        typed: String::new(),
        is_wrong: false,
    };
    let seven = shown(touch(&typing, Touch::Typing("4071852".to_owned())));
    assert!(matches!(seven, Stage::TypingCode { .. }));
    let (_, ask) = asked(touch(&typing, Touch::Typing("40718523".to_owned())));
    assert!(matches!(ask, Ask::Invitation(_)));
    let tail = shown(touch(&Stage::Arriving, Touch::BeenHere));
    let three = shown(touch(&tail, Touch::Typing("000".to_owned())));
    assert!(matches!(three, Stage::TypingTail { .. }));
    let four = shown(touch(&tail, Touch::Typing("0001".to_owned())));
    assert!(matches!(four, Stage::NamingReturning { ref tail, .. } if tail == "0001"));
}

#[test]
fn a_name_is_looked_up_while_it_is_typed_once_it_can_be_whole_and_not_without_end() {
    let mut stage = naming(false);
    for (typed, is_asked) in [
        ("周", false),
        ("周远", true),
        ("zhou", true),
        ("zho", false),
    ] {
        let next = touch(&stage, Touch::Typing(typed.to_owned()));
        assert_eq!(matches!(next, Some(Next::Ask(..))), is_asked, "{typed}");
    }
    let mut looks = 0;
    while let Some(Next::Ask(on, ask)) = touch(&stage, Touch::Typing("周远".to_owned())) {
        assert!(ask.follows_typing(&on), "{on:?}");
        (stage, looks) = (on, looks + 1);
        assert!(looks < 100, "a list of names can be tried through");
    }
    // Whoever says that it is whole is answered.
    let (on, ask) = asked(touch(&stage, typed("周远")));
    assert!(!ask.follows_typing(&on));
    assert!(matches!(
        shown(answered(&on, Answer::Known(None))),
        Stage::NamingReturning { is_wrong: true, .. }
    ));
}

#[test]
fn whoever_comes_again_signs_for_the_last_errand_or_tells_another() {
    for (stage, by) in [
        (naming(false), Proof::NameAndTelephone),
        (Stage::Recognising(Shown::Document(read())), Proof::Document),
        (Stage::Recognising(Shown::Slip(number())), Proof::Slip),
    ] {
        let pad = shown(answered(&stage, known(Some(last_visit()))));
        let Stage::Signing(draft) = &pad else {
            panic!("{pad:?}")
        };
        let familiar = draft.familiar.as_ref().expect("somebody known");
        assert_eq!((familiar.by, familiar.has_read), (by, true));
        let order = signed(&pad);
        assert_eq!(order.who, Who::Returning(HOST));
        assert_eq!((order.host, order.tenant), (Some(HOST), Some(TENANT)));
        assert_eq!(order.purpose, draft.purpose);
        assert_eq!(pad.back(), Some(Stage::Arriving));
        let types = shown(touch(&pad, Touch::Otherwise));
        let purpose = shown(touch(&types, Touch::Type(VisitorType::Guest)));
        assert!(matches!(&purpose, Stage::Purpose(draft) if draft.host.is_none()));
    }
}

#[test]
fn what_is_no_longer_so_is_asked_behind_is_it_you() {
    let gone = |change: fn(&mut LastVisit)| {
        let mut last = last_visit();
        change(&mut last);
        let me = shown(answered(&naming(false), known(Some(last))));
        assert!(matches!(me, Stage::ItIsMe { .. }), "{me:?}");
        assert_eq!(touch(&me, Touch::No), Some(Next::Show(Stage::Arriving)));
        touch(&me, Touch::Yes)
    };
    assert!(matches!(
        gone(|last| last.host = None),
        Some(Next::Show(Stage::Host { .. }))
    ));
    assert!(matches!(
        gone(|last| (last.host, last.tenant) = (None, None)),
        Some(Next::Ask(Stage::Tenants { .. }, Ask::Tenants))
    ));
    assert!(matches!(
        gone(|last| last.purpose = "不再提供".to_owned()),
        Some(Next::Show(Stage::Purpose(_)))
    ));
    assert!(matches!(
        gone(|last| last.of = VisitorType::Contractor),
        Some(Next::Show(Stage::Permit { .. }))
    ));
    // Somebody was announced once and never came: all but the name is new.
    let never = shown(answered(&naming(false), known(None)));
    assert!(matches!(never, Stage::Types { draft: Some(_) }));
}

#[test]
fn a_document_spares_the_typing_and_an_open_slip_is_no_second_visit() {
    let (stage, ask) = asked(document_read(read()));
    assert!(matches!(ask, Ask::ByDocument(_)));
    assert_eq!(shown(answered(&stage, Answer::Listed)), Stage::SeeTheDesk);
    let types = shown(answered(&stage, Answer::Known(None)));
    let company = shown(touch(&types, Touch::Type(VisitorType::Guest)));
    assert!(matches!(&company, Stage::Company { draft, .. } if draft.who == Who::Named(read())));
    let nobody = Identity {
        document: None,
        ..read()
    };
    assert_eq!(document_read(nobody), None);
    let Next::Ask(slip, ask) = slip_shown(number()) else {
        panic!("whose slip?")
    };
    assert_eq!(ask, Ask::BySlip(number()));
    let (_, ask) = asked(answered(&slip, Answer::Known(None)));
    assert_eq!(ask, Ask::VisitToEnd(SignOut::Slip(number())));
    let ended = Stage::Ended {
        number: number(),
        host: None,
    };
    let (_, ask) = asked(touch(&ended, Touch::Again));
    assert_eq!(ask, Ask::BySlip(number()));
}

#[test]
fn guessing_is_slowed_down_and_forgotten_once_somebody_is_found() {
    let stage = Stage::TypingCode {
        typed: "40718523".to_owned(),
        is_wrong: false,
    };
    let mut tries = Tries::default();
    for _ in 0..WRONG_TRIES {
        assert_eq!(with(&tries, paused), None);
        tries = with(&tries, |here| {
            tries_after(
                &stage,
                &Answer::Invited(Err(SignInRefusal::UnknownInvitation)),
                here,
            )
        });
    }
    assert!(matches!(
        with(&tries, paused),
        Some(Next::Show(Stage::Paused { .. }))
    ));
    // Every way in is closed for that while, by hand and by scanner.
    for touch in [Touch::ByCode, Touch::BeenHere] {
        let next = with(&tries, |here| touched(&Stage::Arriving, touch, here));
        assert!(matches!(next, Some(Next::Show(Stage::Paused { .. }))));
    }
    let code = InvitationCode::from_digits("40718523").expect("eight digits");
    let next = with(&tries, |here| super::super::scanned(&code.code(), here));
    assert!(matches!(next, Some(Next::Show(Stage::Paused { .. }))));
    // Digits count before their name is known, and are forgiven with it.
    let tail = Stage::TypingTail {
        typed: String::new(),
    };
    let mut tries = Tries::default();
    for _ in 1..WRONG_TRIES {
        let next = Next::Show(naming(false));
        tries = with(&tries, |here| tries_after_touch(&tail, &next, here));
    }
    tries = with(&tries, |here| {
        tries_after(&naming(false), &known(None), here)
    });
    assert_eq!(tries, Tries::default());
    tries = with(&tries, |here| {
        tries_after(&naming(true), &Answer::Known(None), here)
    });
    assert_ne!(tries, Tries::default());
}
