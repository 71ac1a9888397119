//! Waiting for a yes: nobody is asked to go in before, and the number is the way back.

use super::*;
use crate::people::{Credential, Technology};

fn page(answer: Reply) -> Stage {
    Stage::Waiting {
        number: number(),
        host: Some(HostLine {
            person: HOST,
            masked: name(),
        }),
        answer,
        speaker: Some(speaker()),
    }
}

#[test]
fn whoever_waits_asks_for_the_answer_and_goes_in_once_it_is_yes() {
    for reply in [Reply::Asked, Reply::AskedBefore, Reply::NotYet] {
        assert_eq!(touch(&page(reply), Touch::GoIn), None, "{reply:?}");
        let (on, ask) = asked(touch(&page(reply), Touch::AnyAnswer));
        assert_eq!(ask, Ask::Standing(number()));
        assert!(!ask.is_deed(), "a look lets nobody in");
        let stands = |state| answered(&on, Answer::Stands(number(), Some(state)));
        assert_eq!(shown(stands(VisitState::Waiting)), page(Reply::NotYet));
        assert_eq!(shown(stands(VisitState::Admitted)), page(Reply::Yes));
        assert_eq!(shown(stands(VisitState::Refused)), Stage::SeeTheDesk);
        assert_eq!(
            shown(stands(VisitState::Lapsed)),
            Stage::NotLeft(VisitRefusal::Stands(VisitState::Lapsed))
        );
        // The desk has let them in meanwhile: where to go is told all the same.
        let (_, ask) = asked(stands(VisitState::Inside));
        assert_eq!(ask, Ask::Enter(number(), Language::Chinese));
    }
    assert_eq!(touch(&page(Reply::Yes), Touch::AnyAnswer), None);
    let (_, ask) = asked(touch(&page(Reply::Yes), Touch::GoIn));
    assert_eq!(ask, Ask::Enter(number(), Language::Chinese));
}

#[test]
fn a_card_that_ends_no_visit_means_on_the_way_out_what_it_means_everywhere() {
    let credential = Credential {
        technology: Technology::Em4100,
        number: "0100ABCDEF".to_owned(),
    };
    let Next::Show(leaving) = start_leaving() else {
        panic!("the way out")
    };
    let (on, ask) = asked(card(&leaving, &credential));
    let by = SignOut::Card(credential.clone());
    assert_eq!(ask, Ask::VisitToEnd(by.clone()));
    let told = |state| {
        answered(
            &on,
            Answer::VisitToEnd(Ok(LeftTold {
                host: None,
                by: by.clone(),
                state,
                carries: false,
                things: String::new(),
            })),
        )
    };
    for over in [VisitState::Left, VisitState::Lapsed] {
        assert_eq!(told(over), Some(Next::Card(credential.clone())));
    }
    let of_a_tenant = answered(&on, Answer::VisitToEnd(Err(by.clone())));
    assert_eq!(of_a_tenant, Some(Next::Card(credential.clone())));
    assert!(matches!(
        told(VisitState::Inside),
        Some(Next::Ask(_, Ask::SignOut { .. }))
    ));
}
