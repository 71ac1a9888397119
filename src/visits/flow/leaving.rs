//! Waiting for a yes, a message for a host who is out, and the way out.

use super::{Answer, Ask, Here, Next, Reply, Shown, Stage, Touch, says};
use crate::slips::SlipNumber;
use crate::visits::{LeftTold, SignOut, VisitRefusal, VisitState};

/// Something on one of these pages was touched.
pub(super) fn touched(stage: &Stage, touch: Touch, here: &Here<'_>) -> Option<Next> {
    use Next::{Ask as Asked, Show};
    Some(match (stage.clone(), touch) {
        (Stage::Waiting { number, .. }, Touch::GoIn) => {
            Asked(stage.clone(), Ask::Enter(number, here.language))
        }
        (
            Stage::Waiting {
                host: Some(host), ..
            },
            Touch::LeaveMessage,
        ) => Show(Stage::MessageFrom {
            host,
            typed: String::new(),
        }),
        (Stage::MessageFrom { host, .. }, Touch::Typed(sender)) if says(&sender) => {
            Show(Stage::Message {
                host,
                sender,
                typed: String::new(),
            })
        }
        (Stage::Message { host, sender, .. }, Touch::Typed(words)) if says(&words) => {
            let ask = Ask::LeaveMessage {
                host: host.person,
                sender: sender.clone(),
                words: words.clone(),
            };
            Asked(
                Stage::Message {
                    host,
                    sender,
                    typed: words,
                },
                ask,
            )
        }
        (Stage::Leaving { .. }, Touch::Typed(typed)) => {
            // Whatever the zone, today is not after tomorrow in UTC; no slip is from the future.
            let today = here.at.date_naive().succ_opt()?;
            match SlipNumber::from_typed(&typed, today) {
                Ok(number) => Asked(
                    Stage::Leaving { typed },
                    Ask::VisitToEnd(SignOut::Slip(number)),
                ),
                Err(_) => Show(Stage::NotLeft(VisitRefusal::Unknown)),
            }
        }
        (Stage::ThingsOut { by }, answer @ (Touch::Yes | Touch::No)) => {
            let all_out = Some(answer == Touch::Yes);
            Asked(stage.clone(), Ask::SignOut { by, all_out })
        }
        // Whoever comes again shows with the slip who they are.
        (Stage::Ended { number }, Touch::Again) => {
            let ask = Ask::BySlip(number.clone());
            Asked(Stage::Recognising(Shown::Slip(number)), ask)
        }
        _ => return None,
    })
}

/// What the store says to it.
pub(super) fn answered(stage: &Stage, answer: Answer) -> Option<Next> {
    use Next::{Ask as Asked, Show};
    Some(match (stage.clone(), answer) {
        (Stage::Waiting { number, host, .. }, Answer::Entered(done)) => Show(match done {
            Ok(receipt) => Stage::Inside(receipt),
            Err(VisitRefusal::Stands(VisitState::Waiting)) => Stage::Waiting {
                number,
                host,
                answer: Reply::NotYet,
            },
            // A no of the host is told by the desk, with its reasons.
            Err(VisitRefusal::Stands(VisitState::Refused)) => Stage::SeeTheDesk,
            Err(refusal) => Stage::NotLeft(refusal),
        }),
        (Stage::Message { .. }, Answer::MessageLeft(done)) => Show(match done {
            Ok(_) => Stage::MessageKept,
            Err(refusal) => Stage::NotLeft(refusal),
        }),
        (Stage::Leaving { .. }, Answer::VisitToEnd(found)) => match found {
            None => Show(Stage::NotLeft(VisitRefusal::Unknown)),
            Some(LeftTold {
                state: VisitState::Inside,
                carries: true,
                by,
            }) => Show(Stage::ThingsOut { by }),
            // The slip of somebody to whom a yes was said in the meantime lets them in.
            Some(LeftTold {
                state: state @ (VisitState::Waiting | VisitState::Admitted),
                by,
                ..
            }) => match by {
                SignOut::Slip(number) => Show(Stage::Waiting {
                    number,
                    host: None,
                    answer: match state {
                        VisitState::Admitted => Reply::Yes,
                        _ => Reply::Asked,
                    },
                }),
                SignOut::Card(_) => Show(Stage::NotLeft(VisitRefusal::Unknown)),
            },
            // A no is told by the desk, with its reasons.
            Some(LeftTold {
                state: VisitState::Refused,
                ..
            }) => Show(Stage::SeeTheDesk),
            Some(LeftTold {
                state: VisitState::Left,
                by: SignOut::Slip(number),
                ..
            }) => Show(Stage::Ended { number }),
            Some(LeftTold { by, .. }) => Asked(stage.clone(), Ask::SignOut { by, all_out: None }),
        },
        (Stage::Leaving { .. } | Stage::ThingsOut { .. }, Answer::SignedOut(done)) => {
            Show(match done {
                Ok(_) => Stage::Gone,
                Err(refusal) => Stage::NotLeft(refusal),
            })
        }
        _ => return None,
    })
}
