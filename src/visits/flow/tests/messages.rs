//! A message for a host who is out, wherever somebody turns out to have come in vain.

use super::*;
use crate::people::CardId;

fn host() -> HostLine {
    HostLine {
        person: HOST,
        masked: name(),
    }
}

fn let_in() -> EnteredReceipt {
    EnteredReceipt {
        host: Some(host()),
        ..receipt()
    }
}

fn gone(host: Option<HostLine>) -> Stage {
    Stage::Gone {
        host,
        speaker: None,
    }
}

/// The slip of a visit that is over is scanned.
fn ended(host: Option<HostLine>) -> Stage {
    let Next::Ask(leaving, Ask::VisitToEnd(by)) = slip_read(number()) else {
        panic!("which visit?")
    };
    let told = LeftTold {
        by,
        state: VisitState::Left,
        carries: false,
        things: String::new(),
        host,
    };
    shown(answered(&leaving, Answer::VisitToEnd(Ok(told))))
}

#[test]
fn whoever_needs_no_yes_and_finds_nobody_leaves_a_message_from_the_page_that_let_them_in() {
    let inside = Stage::Inside(let_in(), None);
    let from = shown(touch(&inside, Touch::LeaveMessage));
    assert_eq!(from.back(), Some(inside), "where to go is not lost");
    let words = shown(touch(&from, typed("周远")));
    let (on, ask) = asked(touch(&words, typed("图纸在前台")));
    let expected = Ask::LeaveMessage {
        host: HOST,
        sender: Sender::Named(PersonName::typed("周远")),
        words: "图纸在前台".to_owned(),
    };
    assert_eq!(ask, expected);
    let message = crate::visits::MessageId(Uuid::from_u128(9));
    let kept = shown(answered(&on, Answer::MessageLeft(Ok(message))));
    assert_eq!(kept, Stage::MessageKept);
}

#[test]
fn whoever_has_left_in_vain_leaves_a_message_then_or_with_the_slip_later() {
    let host = Some(host());
    for page in [ended(host.clone()), gone(host)] {
        assert!(page.is_over());
        let from = shown(touch(&page, Touch::LeaveMessage));
        assert_eq!(from.back(), Some(page));
    }
}

#[test]
fn where_nobody_was_named_there_is_nobody_to_leave_a_message_for() {
    for page in [
        ended(None),
        Stage::Inside(receipt(), None),
        gone(None),
        Stage::Waiting {
            number: number(),
            host: None,
            answer: Reply::NotYet,
            speaker: None,
        },
        Stage::Waiting {
            number: number(),
            host: Some(host()),
            answer: Reply::Yes,
            speaker: None,
        },
    ] {
        assert_eq!(page.message_for(), None, "{page:?}");
        assert_eq!(touch(&page, Touch::LeaveMessage), None, "{page:?}");
    }
}

/// Whom the page offers as the sender of a message.
fn offered(page: &Stage) -> Option<Speaker> {
    match shown(touch(page, Touch::LeaveMessage)) {
        Stage::MessageFrom { speaker, typed, .. } => {
            assert_eq!(typed, "", "a name is offered, not written out");
            speaker
        }
        other => panic!("{other:?}"),
    }
}

/// The pad of a visitor, signed: inside, or in front of the page that waits.
fn signed(pad: &Stage, waits: bool) -> Stage {
    let done = match waits {
        true => SignedIn::Waiting {
            visit: VisitId(Uuid::from_u128(3)),
            number: number(),
        },
        false => SignedIn::Inside(let_in()),
    };
    shown(answered(pad, Answer::SignedIn(Ok(done))))
}

#[test]
fn whoever_has_just_signed_in_types_their_name_no_second_time() {
    let (pages, _) = walk(VisitorType::Guest);
    let pad = &pages[pages.len() - 2];
    for page in [signed(pad, true), signed(pad, false)] {
        assert_eq!(offered(&page), Some(speaker()));
    }
    // Going in keeps who stands here; so does every look for an answer.
    let waiting = signed(pad, true);
    let no = Answer::Stands(number(), Some(VisitState::Waiting));
    let waiting = shown(answered(&waiting, no));
    assert_eq!(offered(&waiting), Some(speaker()));
    let inside = shown(answered(&waiting, Answer::Entered(Ok(let_in()))));
    assert_eq!(offered(&inside), Some(speaker()));
    let from = shown(touch(&inside, Touch::LeaveMessage));
    let words = shown(touch(&from, Touch::Myself));
    assert_eq!(
        words.back().as_ref(),
        Some(&from),
        "and may say somebody else"
    );
    let (_, ask) = asked(touch(&words, typed("图纸在前台")));
    assert!(
        matches!(&ask, Ask::LeaveMessage { sender, .. } if *sender == speaker().sender),
        "{ask:?}"
    );
    // What was typed all the same stands there still, one's own name too.
    for name in ["孙双", "周远"] {
        let another = shown(touch(&from, typed(name)));
        assert_eq!(another.back().expect("a page before it").typed(), name);
        let (_, ask) = asked(touch(&another, typed("图纸在前台")));
        let expected = Sender::Named(PersonName::typed(name));
        assert!(matches!(&ask, Ask::LeaveMessage { sender, .. } if *sender == expected));
    }
}

#[test]
fn whoever_was_found_again_is_offered_behind_the_mask_they_were_shown() {
    let known = super::again::known(Some(super::again::last_visit()));
    let pad = shown(answered(&super::again::naming(false), known));
    let speaker = offered(&signed(&pad, true)).expect("somebody known");
    assert_eq!(
        (speaker.sender, speaker.masked),
        (Sender::Person(HOST), name())
    );
}

#[test]
fn whoever_waits_already_is_known_by_what_they_gave_and_by_no_slip_or_code() {
    let waits = SignInRefusal::AlreadyWaiting {
        number: number(),
        host: Some(host()),
        is_admitted: false,
    };
    let phone = Stage::TypingPhone {
        of: VisitorType::Guest,
        name: "周远".to_owned(),
        typed: "13800000001".to_owned(),
    };
    let page = shown(answered(&phone, Answer::Checked(Err(waits.clone()))));
    assert_eq!(offered(&page), Some(speaker()));
    let code = Stage::TypingCode {
        typed: String::new(),
        is_wrong: false,
    };
    let page = shown(answered(&code, Answer::Invited(Err(waits))));
    assert_eq!(offered(&page), None);
    for page in [gone(Some(host())), ended(Some(host()))] {
        assert_eq!(offered(&page), None);
        let from = shown(touch(&page, Touch::LeaveMessage));
        assert_eq!(touch(&from, Touch::Myself), None);
    }
}

#[test]
fn a_card_says_who_leaves_a_message_and_a_typed_number_does_not() {
    let holder = Holder {
        person: PersonId(Uuid::from_u128(5)),
        name: PersonName::typed("陈晓明"),
        tenant: None,
        roles: Vec::new(),
        language: Language::Chinese,
        card: Some(CardId(Uuid::from_u128(6))),
    };
    let of_a_slip = Holder {
        card: None,
        ..holder.clone()
    };
    let from = |holder: &Holder, how| {
        let next = with(&Tries::default(), |here| {
            let here = Here {
                holder: Some(holder),
                how,
                ..*here
            };
            touched(&gone(Some(host())), Touch::LeaveMessage, &here)
        });
        match shown(next) {
            Stage::MessageFrom { speaker, .. } => speaker,
            other => panic!("{other:?}"),
        }
    };
    let speaker = from(&holder, How::Tapped).expect("the holder");
    assert_eq!(speaker.sender, Sender::Person(holder.person));
    assert_eq!(speaker.masked.zh, "陈*明");
    assert_eq!(from(&holder, How::Typed), None);
    assert_eq!(from(&of_a_slip, How::Tapped), None);
    // Whoever has left by a temporary card was told by it.
    let Next::Ask(leaving, _) = slip_read(number()) else {
        panic!("which visit?")
    };
    let goodbye = Goodbye {
        host: Some(host()),
        speaker: Some(speaker.clone()),
    };
    let page = shown(answered(&leaving, Answer::SignedOut(Ok(goodbye))));
    assert_eq!(offered(&page), Some(speaker));
}
