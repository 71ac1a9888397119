//! A message for a host who is out, wherever somebody turns out to have come in vain.

use super::*;

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
    let inside = Stage::Inside(let_in());
    let from = shown(touch(&inside, Touch::LeaveMessage));
    assert_eq!(from.back(), Some(inside), "where to go is not lost");
    let words = shown(touch(&from, typed("周远")));
    let (on, ask) = asked(touch(&words, typed("图纸在前台")));
    let expected = Ask::LeaveMessage {
        host: HOST,
        sender: "周远".to_owned(),
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
    for page in [ended(host.clone()), Stage::Gone { host }] {
        assert!(page.is_over());
        let from = shown(touch(&page, Touch::LeaveMessage));
        assert_eq!(from.back(), Some(page));
    }
}

#[test]
fn where_nobody_was_named_there_is_nobody_to_leave_a_message_for() {
    for page in [
        ended(None),
        Stage::Inside(receipt()),
        Stage::Gone { host: None },
        Stage::Waiting {
            number: number(),
            host: None,
            answer: Reply::NotYet,
        },
        Stage::Waiting {
            number: number(),
            host: Some(host()),
            answer: Reply::Yes,
        },
    ] {
        assert_eq!(page.message_for(), None, "{page:?}");
        assert_eq!(touch(&page, Touch::LeaveMessage), None, "{page:?}");
    }
}
