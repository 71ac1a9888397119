//! Whatever stands against a visit is said as soon as it is known, not after the signature.

use super::again::{known, naming};
use super::*;

fn inside() -> SignInRefusal {
    SignInRefusal::AlreadyInside { number: number() }
}

fn waiting(is_admitted: bool) -> SignInRefusal {
    SignInRefusal::AlreadyWaiting {
        number: number(),
        host: Some(HostLine {
            person: HOST,
            masked: name(),
        }),
        is_admitted,
    }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).expect("a real day")
}

fn permit_page() -> Stage {
    let (pages, _) = walk(VisitorType::Contractor);
    let page = pages
        .into_iter()
        .find(|page| matches!(page, Stage::Permit { .. }));
    page.expect("a contractor is asked for the permit")
}

#[test]
fn an_invitation_out_of_its_hours_is_refused_as_soon_as_its_code_is_read() {
    let code = InvitationCode::from_digits("40718523").expect("eight digits");
    let (stage, _) = asked(scanned(&code.code()));
    for refusal in [
        SignInRefusal::TooEarly {
            from: DateTime::UNIX_EPOCH,
            opens: DateTime::UNIX_EPOCH,
        },
        SignInRefusal::TooLate {
            until: DateTime::UNIX_EPOCH,
        },
        SignInRefusal::HostGone,
        inside(),
    ] {
        let page = shown(answered(&stage, Answer::Invited(Err(refusal.clone()))));
        assert_eq!(page, Stage::NotSignedIn(refusal));
    }
}

#[test]
fn whoever_is_inside_or_waits_is_told_so_with_the_telephone_and_not_with_the_signature() {
    let phone = Stage::TypingPhone {
        of: VisitorType::Guest,
        name: "周远".to_owned(),
        typed: String::new(),
    };
    let (on, ask) = asked(touch(&phone, typed("138 0000 0001")));
    assert!(matches!(ask, Ask::CheckVisitor(_)) && !ask.is_deed());
    let page = shown(answered(&on, Answer::Checked(Err(inside()))));
    assert_eq!(page, Stage::NotSignedIn(inside()));
    let free = shown(answered(&on, Answer::Checked(Ok(()))));
    let Stage::Company { draft, .. } = free else {
        panic!("{free:?}")
    };
    let Who::Named(who) = draft.who else {
        panic!("{draft:?}")
    };
    assert_eq!(who.phone, "138 0000 0001");
    // A name alone is nobody whom the books could know.
    let none = shown(touch(&phone, typed("")));
    assert!(matches!(none, Stage::Company { .. }));
    // The same of somebody who was here before.
    let Answer::Known(Some(mut again)) = known(None) else {
        panic!("somebody")
    };
    again.open = Some(inside());
    let page = shown(answered(&naming(false), Answer::Known(Some(again))));
    assert_eq!(page, Stage::NotSignedIn(inside()));
}

#[test]
fn whoever_waits_already_goes_on_waiting_whichever_way_they_come() {
    let (pages, _) = walk(VisitorType::Courier);
    let pad = &pages[pages.len() - 2];
    for (is_admitted, reply) in [(false, Reply::AskedBefore), (true, Reply::Yes)] {
        let Answer::Known(Some(mut again)) = known(None) else {
            panic!("somebody")
        };
        again.open = Some(waiting(is_admitted));
        let known = || Answer::Known(Some(again.clone()));
        let code = Stage::TypingCode {
            typed: "40718523".to_owned(),
            is_wrong: false,
        };
        for page in [
            shown(answered(pad, Answer::SignedIn(Err(waiting(is_admitted))))),
            shown(answered(&naming(false), known())),
            shown(answered(&code, Answer::Invited(Err(waiting(is_admitted))))),
        ] {
            let Stage::Waiting { host, answer, .. } = page else {
                panic!("{page:?}")
            };
            assert_eq!((host.is_some(), answer), (true, reply));
        }
        // A slip says nothing of a later visit's host.
        let slip = Stage::Recognising(Shown::Slip(number()));
        let page = shown(answered(&slip, known()));
        assert!(
            matches!(page, Stage::Waiting { host: None, .. }),
            "{page:?}"
        );
    }
}

#[test]
fn a_permit_that_does_not_hold_is_refused_before_the_pad_and_can_be_typed_again() {
    let page = permit_page();
    let (on, ask) = asked(touch(&page, typed("SG-99")));
    assert!(matches!(&ask, Ask::CheckPermit(number, _) if number == "SG-99"));
    assert!(!ask.is_deed());
    for why in [
        SignInRefusal::PermitMissing,
        SignInRefusal::PermitNotYet { from: day() },
        SignInRefusal::PermitExpired { until: day() },
        SignInRefusal::PermitWithdrawn,
    ] {
        let refused = shown(answered(&on, Answer::Checked(Err(why.clone()))));
        assert!(
            matches!(&refused, Stage::PermitRefused { why: said, .. } if *said == why),
            "{refused:?}"
        );
        // It is no end: nobody is sent home, and the way back is the number.
        assert!(!refused.is_over());
        let back = refused.back().expect("a way back");
        assert!(matches!(&back, Stage::Permit { draft, .. } if draft.permit.is_empty()));
        assert_eq!(
            back.typed(),
            "SG-99",
            "a slip of the finger is mended, not typed whole"
        );
        // A permit that ends while somebody signs is no other thing.
        let (pages, _) = walk(VisitorType::Contractor);
        let pad = &pages[pages.len() - 2];
        let late = shown(answered(pad, Answer::SignedIn(Err(why))));
        assert!(
            matches!(late.back(), Some(Stage::Permit { .. })),
            "{late:?}"
        );
    }
    let pad = shown(answered(&on, Answer::Checked(Ok(()))));
    assert!(matches!(pad, Stage::Signing(draft) if draft.permit == "SG-99"));
}

#[test]
fn numbers_of_permits_and_of_visits_are_not_guessed_without_end() {
    let mut tries = Tries::default();
    for _ in 0..WRONG_TRIES {
        tries = with(&tries, |here| {
            let answer = Answer::Checked(Err(SignInRefusal::PermitMissing));
            tries_after(&permit_page(), &answer, here)
        });
    }
    let next = with(&tries, |here| touched(&permit_page(), typed("SG-40"), here));
    assert!(matches!(shown(next), Stage::Paused { .. }));
    let next = with(&tries, |here| {
        touched(&Stage::Arriving, Touch::ByNumber, here)
    });
    assert!(matches!(shown(next), Stage::Paused { .. }));
}
