//! The number of a visit, typed: it leads back to the waiting or out of the house, once it is proven.

use super::*;
use crate::people::{Credential, PersonName, Technology};

fn in_by() -> Stage {
    shown(touch(&Stage::Arriving, Touch::ByNumber))
}

fn out_by() -> Stage {
    Stage::Leaving {
        typed: String::new(),
        is_wrong: false,
    }
}

/// What a page says once the books have said this of the number.
fn told(page: &Stage, proven: Proven) -> Option<Next> {
    answered(page, Answer::ByNumber(number(), proven))
}

/// The page of the four digits, reached from this one.
fn asks_tail(page: &Stage) -> Stage {
    let (on, ask) = asked(touch(page, typed("A-0101-0001")));
    assert!(matches!(ask, Ask::ByNumber { tail: None, .. }));
    assert!(!ask.is_deed());
    shown(told(&on, Proven::AsksTail))
}

#[test]
fn four_digits_prove_a_number_and_nobody_goes_on_without_them() {
    for page in [in_by(), out_by()] {
        let proof = asks_tail(&page);
        let back = proof.back().expect("a way back");
        assert_eq!(std::mem::discriminant(&back), std::mem::discriminant(&page));
        let three = shown(touch(&proof, Touch::Typing("000".to_owned())));
        assert_eq!(touch(&three, Touch::Leave), None);
        // The fourth digit asks by itself.
        let (on, ask) = asked(touch(&three, Touch::Typing("0001".to_owned())));
        let tail = Some("0001".to_owned());
        let number = number();
        assert_eq!(ask, Ask::ByNumber { number, tail });
        let wrong = shown(told(&on, Proven::WrongTail));
        assert!(matches!(
            &wrong,
            Stage::ProvingNumber { is_wrong: true, .. }
        ));
        let retyped = shown(touch(&wrong, Touch::Typing("000".to_owned())));
        assert!(matches!(
            retyped,
            Stage::ProvingNumber {
                is_wrong: false,
                ..
            }
        ));
    }
}

#[test]
fn the_number_leads_back_to_the_waiting_and_never_out_of_the_house() {
    assert_eq!(in_by().back(), Some(Stage::Arriving));
    for page in [in_by(), asks_tail(&in_by())] {
        let stands = |state| shown(told(&page, Proven::Stands(state)));
        let answers = [
            (VisitState::Waiting, Reply::NotYet),
            (VisitState::Admitted, Reply::Yes),
        ];
        for (state, reply) in answers {
            let waiting = stands(state);
            assert!(matches!(waiting, Stage::Waiting { answer, .. } if answer == reply));
        }
        let inside = SignInRefusal::AlreadyInside { number: number() };
        assert_eq!(
            stands(VisitState::Inside),
            Stage::NotSignedIn(inside),
            "nobody who wants in is signed out"
        );
        // Whoever forgot to sign out last time does it from there.
        let (_, ask) = asked(touch(&stands(VisitState::Inside), Touch::Leave));
        assert_eq!(ask, Ask::VisitToEnd(SignOut::Slip(number())));
        let ended = Stage::Ended {
            number: number(),
            host: None,
        };
        assert_eq!(stands(VisitState::Left), ended);
    }
}

#[test]
fn a_number_typed_to_leave_does_once_it_is_proven_what_the_slip_does() {
    for page in [out_by(), asks_tail(&out_by())] {
        let (_, ask) = asked(told(&page, Proven::Stands(VisitState::Inside)));
        assert_eq!(ask, Ask::VisitToEnd(SignOut::Slip(number())));
    }
}

#[test]
fn a_number_that_nothing_proves_shows_nobody_lets_nobody_in_and_signs_nobody_out() {
    for (page, way) in [(in_by(), Way::In), (out_by(), Way::Out)] {
        for state in [
            VisitState::Waiting,
            VisitState::Admitted,
            VisitState::Refused,
            VisitState::Inside,
        ] {
            let unproven = shown(told(&page, Proven::Unprovable(state)));
            // Where the visit stands is nobody's business, and nothing on this page leads on.
            assert_eq!(unproven, Stage::Unproven { way }, "{state:?}");
            assert_eq!(unproven.waits_for_a_yes(), None);
            for on in [Touch::AnyAnswer, Touch::GoIn, Touch::Leave, Touch::Again] {
                assert_eq!(touch(&unproven, on.clone()), None, "{on:?}");
            }
            let stands = Answer::Stands(number(), Some(VisitState::Admitted));
            assert_eq!(answered(&unproven, stands), None, "{state:?}");
            assert_eq!(unproven.back(), Some(page.clone()), "mistyped, perhaps");
        }
        for over in [VisitState::Left, VisitState::Lapsed] {
            let stage = shown(told(&page, Proven::Unprovable(over)));
            assert_eq!(stage, Stage::NotLeft(VisitRefusal::Stands(over)));
        }
    }
}

/// Whoever signed in with a document and has lost the slip leaves with the document, or with the card.
#[test]
fn where_a_number_proves_nothing_a_document_does_and_so_does_a_temporary_card() {
    let (way_out, way_in) = (Way::Out, Way::In);
    for way in [way_out, way_in] {
        assert!(Stage::Unproven { way }.asks_who());
    }
    let shows = Stage::Recognising(Shown::Document(Identity {
        name: PersonName::typed("周远"),
        phone: String::new(),
        document: Some(DocumentNumber("X0001".to_owned())),
    }));
    let known = Known {
        person: PersonId(Uuid::from_u128(5)),
        masked: name(),
        company: String::new(),
        last: None,
        open: Some(SignInRefusal::AlreadyInside { number: number() }),
    };
    let inside = shown(answered(&shows, Answer::Known(Some(known))));
    let (_, ask) = asked(touch(&inside, Touch::Leave));
    assert_eq!(ask, Ask::VisitToEnd(SignOut::Slip(number())));
    let credential = Credential {
        technology: Technology::Em4100,
        number: "0100ABCDEF".to_owned(),
    };
    let unproven = Stage::Unproven { way: way_out };
    let (_, ask) = asked(card(&unproven, &credential));
    assert_eq!(ask, Ask::VisitToEnd(SignOut::Card(credential.clone())));
    assert_eq!(card(&Stage::Unproven { way: way_in }, &credential), None);
}

#[test]
fn a_card_held_up_instead_of_the_digits_means_what_it_means_on_the_way_out() {
    let credential = Credential {
        technology: Technology::Em4100,
        number: "0100ABCDEF".to_owned(),
    };
    let proof = asks_tail(&out_by());
    let (on, ask) = asked(card(&proof, &credential));
    assert_eq!(ask, Ask::VisitToEnd(SignOut::Card(credential.clone())));
    let by = SignOut::Card(credential);
    let state = VisitState::Inside;
    let carries = false;
    let told = LeftTold {
        host: None,
        by,
        state,
        carries,
        things: String::new(),
    };
    let ends = answered(&on, Answer::VisitToEnd(Ok(told)));
    assert!(
        matches!(ends, Some(Next::Ask(_, Ask::SignOut { .. }))),
        "{ends:?}"
    );
    assert_eq!(
        card(
            &asks_tail(&in_by()),
            &Credential {
                technology: Technology::Em4100,
                number: "0100ABCDEF".to_owned(),
            }
        ),
        None,
        "who wants in is not signed out by a card"
    );
}

#[test]
fn an_unknown_number_is_said_until_something_else_is_typed() {
    for page in [in_by(), out_by()] {
        let (on, _) = asked(touch(&page, typed("A-0101-0001")));
        let wrong = shown(told(&on, Proven::Unknown));
        let is_wrong = |stage: &Stage| {
            matches!(
                stage,
                Stage::TypingNumber { is_wrong: true, .. } | Stage::Leaving { is_wrong: true, .. }
            )
        };
        assert!(is_wrong(&wrong), "{wrong:?}");
        let nonsense = shown(touch(&page, typed("hello")));
        assert!(is_wrong(&nonsense), "{nonsense:?}");
        let retyped = shown(touch(&wrong, Touch::Typing("A".to_owned())));
        assert!(!is_wrong(&retyped), "{retyped:?}");
    }
}

#[test]
fn a_number_is_typed_with_or_without_its_letter_and_its_dashes() {
    let typed_in = |page: &Stage, text: &str| match asked(touch(page, typed(text))).1 {
        Ask::ByNumber { number, tail: None } => number,
        ask => panic!("{text}: {ask:?}"),
    };
    for page in [in_by(), out_by()] {
        for text in ["A-0101-0042", "0101-0042", "01010042", "a01010042"] {
            assert_eq!(typed_in(&page, text).to_string(), "A-0101-0042", "{text}");
        }
        assert_eq!(typed_in(&page, "B-0101-0042").device, 'B');
    }
    for nonsense in [
        "",
        "42",
        "0101",
        "13010042",
        "AB-0101-0042",
        "0101-004",
        "0101é042",
    ] {
        let page = shown(touch(&in_by(), typed(nonsense)));
        assert!(
            matches!(page, Stage::TypingNumber { is_wrong: true, .. }),
            "{nonsense}: {page:?}"
        );
    }
}

#[test]
fn neither_numbers_nor_their_proofs_are_guessed_without_end() {
    let pages = [
        (in_by(), Proven::Unknown, "A-1123-0002"),
        (out_by(), Proven::Unknown, "A-1123-0002"),
        (
            in_by(),
            Proven::Unprovable(VisitState::Inside),
            "A-1123-0002",
        ),
        (
            out_by(),
            Proven::Unprovable(VisitState::Inside),
            "A-1123-0002",
        ),
        (asks_tail(&in_by()), Proven::WrongTail, "0002"),
        (asks_tail(&out_by()), Proven::WrongTail, "0002"),
    ];
    for (page, proven, text) in pages {
        let mut tries = Tries::default();
        for _ in 0..WRONG_TRIES {
            tries = with(&tries, |here| {
                tries_after(&page, &Answer::ByNumber(number(), proven), here)
            });
        }
        let next = with(&tries, |here| touched(&page, typed(text), here));
        assert!(matches!(shown(next), Stage::Paused { .. }), "{page:?}");
    }
}
