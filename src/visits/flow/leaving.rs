//! Waiting for a yes, a message for a host who is out, and the way out.

use super::{
    Answer, Ask, Goodbye, Here, HostLine, Next, Reply, Sender, Shown, Speaker, Stage, Touch, says,
    slip_read,
};
use crate::people::PersonName;
use crate::slips::SlipNumber;
use crate::visits::{LeftTold, SignInRefusal, SignOut, VisitRefusal, VisitState};

/// Something on one of these pages was touched.
pub(super) fn touched(stage: &Stage, touch: Touch, here: &Here<'_>) -> Option<Next> {
    use Next::{Ask as Asked, Show};
    Some(match (stage.clone(), touch) {
        (Stage::Waiting { number, answer, .. }, Touch::AnyAnswer) if answer != Reply::Yes => {
            Asked(stage.clone(), Ask::Standing(number))
        }
        (
            Stage::Waiting {
                number,
                answer: Reply::Yes,
                ..
            },
            Touch::GoIn,
        ) => Asked(stage.clone(), Ask::Enter(number, here.language)),
        (from, Touch::LeaveMessage) => Show(Stage::MessageFrom {
            host: from.message_for()?.clone(),
            speaker: from.speaker().cloned().or_else(|| Speaker::with_card(here)),
            from: Box::new(from),
            typed: String::new(),
        }),
        (
            Stage::MessageFrom {
                from,
                host,
                speaker,
                ..
            },
            Touch::Typed(sender),
        ) if says(&sender) => Show(Stage::Message {
            from,
            host,
            speaker,
            sender,
            typed: String::new(),
        }),
        (
            Stage::MessageFrom {
                from,
                host,
                speaker: Some(speaker),
                ..
            },
            Touch::Myself,
        ) => Show(Stage::Message {
            from,
            host,
            sender: String::new(),
            speaker: Some(speaker),
            typed: String::new(),
        }),
        (
            Stage::Message {
                from,
                host,
                speaker,
                sender,
                ..
            },
            Touch::Typed(words),
        ) if says(&words) => {
            let ask = Ask::LeaveMessage {
                host: host.person,
                sender: match says(&sender) {
                    true => Sender::Named(PersonName::typed(&sender)),
                    false => speaker.as_ref()?.sender.clone(),
                },
                words: words.clone(),
            };
            let stage = Stage::Message {
                from,
                host,
                speaker,
                sender,
                typed: words,
            };
            Asked(stage, ask)
        }
        (Stage::ThingsOut { by, .. }, answer @ (Touch::Yes | Touch::No)) => {
            let all_out = Some(answer == Touch::Yes);
            Asked(stage.clone(), Ask::SignOut { by, all_out })
        }
        // Whoever forgot to sign out does it first, and needs to look for no number.
        (Stage::NotSignedIn(SignInRefusal::AlreadyInside { number }), Touch::Leave) => {
            slip_read(number)
        }
        // Whoever comes again shows with the slip who they are.
        (Stage::Ended { number, .. }, Touch::Again) => {
            let ask = Ask::BySlip(number.clone());
            Asked(Stage::Recognising(Shown::Slip(number)), ask)
        }
        _ => return None,
    })
}

/// What the store says to it.
pub(super) fn answered(stage: &Stage, answer: Answer, here: &Here<'_>) -> Option<Next> {
    use Next::{Ask as Asked, Show};
    Some(match (stage.clone(), answer) {
        (Stage::Waiting { host, speaker, .. }, Answer::Stands(number, state)) => match state {
            // The desk has let them in: where to go is told here too.
            Some(VisitState::Inside) => Asked(stage.clone(), Ask::Enter(number, here.language)),
            Some(state) => Show(not_inside(number, host, state, speaker)),
            None => Show(Stage::NotLeft(VisitRefusal::Unknown)),
        },
        (
            Stage::Waiting {
                number,
                host,
                speaker,
                ..
            },
            Answer::Entered(done),
        ) => Show(match done {
            Ok(receipt) => Stage::Inside(receipt, speaker),
            Err(VisitRefusal::Stands(VisitState::Waiting)) => Stage::Waiting {
                number,
                host,
                answer: Reply::NotYet,
                speaker,
            },
            // A no of the host is told by the desk, with its reasons; so is what the list says.
            Err(
                VisitRefusal::Stands(VisitState::Refused)
                | VisitRefusal::LookFirst
                | VisitRefusal::Listed,
            ) => Stage::SeeTheDesk,
            Err(refusal) => Stage::NotLeft(refusal),
        }),
        (Stage::Message { .. }, Answer::MessageLeft(done)) => Show(match done {
            Ok(_) => Stage::MessageKept,
            Err(refusal) => Stage::NotLeft(refusal),
        }),
        (Stage::Leaving { typed, .. }, Answer::VisitToEnd(found)) => match found {
            Err(SignOut::Slip(_)) => Show(Stage::Leaving {
                typed,
                is_wrong: true,
            }),
            Err(SignOut::Card(card)) => Next::Card(card),
            Ok(LeftTold {
                state: VisitState::Inside,
                carries: true,
                by,
                things,
                ..
            }) => Show(Stage::ThingsOut { by, things }),
            Ok(LeftTold {
                state: VisitState::Inside,
                by,
                ..
            }) => Asked(stage.clone(), Ask::SignOut { by, all_out: None }),
            // A card whose visit is over says the same here as anywhere else.
            Ok(LeftTold {
                by: SignOut::Card(card),
                ..
            }) => Next::Card(card),
            Ok(LeftTold {
                by: SignOut::Slip(number),
                state: VisitState::Left,
                host,
                ..
            }) => Show(Stage::Ended { number, host }),
            Ok(LeftTold {
                by: SignOut::Slip(number),
                state,
                ..
            }) => Show(not_inside(number, None, state, None)),
        },
        (Stage::Leaving { .. } | Stage::ThingsOut { .. }, Answer::SignedOut(done)) => {
            Show(match done {
                Ok(Goodbye { host, speaker }) => Stage::Gone { host, speaker },
                Err(refusal) => Stage::NotLeft(refusal),
            })
        }
        _ => return None,
    })
}

/// The page of a number whose visitor is not inside: whoever waits is told of the answer, and goes in
/// once it is yes.
pub(super) fn not_inside(
    number: SlipNumber,
    host: Option<HostLine>,
    state: VisitState,
    speaker: Option<Speaker>,
) -> Stage {
    match state {
        VisitState::Waiting => Stage::Waiting {
            number,
            host,
            answer: Reply::NotYet,
            speaker,
        },
        VisitState::Admitted => Stage::Waiting {
            number,
            host,
            answer: Reply::Yes,
            speaker,
        },
        // A no is told by the desk, with its reasons.
        VisitState::Refused => Stage::SeeTheDesk,
        VisitState::Left => Stage::Ended { number, host },
        state => Stage::NotLeft(VisitRefusal::Stands(state)),
    }
}
