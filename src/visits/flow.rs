//! Signing in and out at the touch screen, and a message for a host who is out.
//!
//! A draft goes from page to page and is written whole, once it is signed: who walks away before has
//! left nothing behind.

mod draft;
mod stage;
mod steps;
#[cfg(test)]
mod tests;

pub use draft::{Draft, HostLine, Hosts, Invited, TenantLine};
pub use stage::{Answer, Ask, Next, Stage, Touch};

use super::{
    InvitationCode, LeftTold, SignInOrder, SignOut, SignedIn, Terms, VisitRefusal, VisitState,
    VisitorType, Who,
};
use crate::people::{Credential, Holder, How, Language, PersonName, Signature};
use crate::slips::SlipNumber;
use chrono::{DateTime, Utc};
use steps::{
    company_or_further, host_or_further, permit_or_things, purpose_or_further, tenant_or_further,
    things_or_sign,
};

/// Who stands here, and when.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The person, once a card told.
    pub holder: Option<&'a Holder>,
    /// Whether that card was tapped or its number typed.
    pub how: How,
    /// The language of the session.
    pub language: Language,
    /// Now.
    pub at: DateTime<Utc>,
    /// The terms of the house.
    pub terms: &'a Terms,
}

/// The tile "sign in".
pub fn start() -> Next {
    Next::Show(Stage::Types)
}

/// The tile "sign out".
pub fn start_leaving() -> Next {
    Next::Show(Stage::Leaving {
        typed: String::new(),
    })
}

/// An invitation was scanned, wherever the person is; none where the code is none.
pub fn scanned(code: &str) -> Option<Next> {
    let code = InvitationCode::from_code(code).ok()?;
    let stage = Stage::TypingCode {
        of: VisitorType::Guest,
        typed: String::new(),
        is_wrong: false,
    };
    Some(Next::Ask(stage, Ask::Invitation(code)))
}

/// The number of a visit was scanned or typed: the visitor leaves.
pub fn slip_read(number: SlipNumber) -> Next {
    let stage = Stage::Leaving {
        typed: String::new(),
    };
    Next::Ask(stage, Ask::VisitToEnd(SignOut::Slip(number)))
}

/// A temporary card was tapped where somebody wants to leave.
pub fn card(stage: &Stage, credential: &Credential) -> Option<Next> {
    matches!(stage, Stage::Leaving { .. }).then(|| {
        Next::Ask(
            stage.clone(),
            Ask::VisitToEnd(SignOut::Card(credential.clone())),
        )
    })
}

/// A document was read. None where nobody was asked for one.
pub fn document_read(stage: &Stage, read: &super::Identity) -> Option<Next> {
    let (Stage::Identifying { of } | Stage::TypingName { of, .. }) = stage else {
        return None;
    };
    Some(company_or_further(Draft::of(*of, Who::Named(read.clone()))))
}

/// Something on a page was touched. None where it makes no sense there.
pub fn touched(stage: &Stage, touch: Touch, here: &Here<'_>) -> Option<Next> {
    use Next::{Ask as Asked, Show};
    Some(match (stage.clone(), touch) {
        (Stage::Types, Touch::Type(of)) => Show(Stage::Identifying { of }),
        (Stage::Identifying { of }, Touch::ByCode) => Show(Stage::TypingCode {
            of,
            typed: String::new(),
            is_wrong: false,
        }),
        (Stage::Identifying { of }, Touch::ByName { returning }) => Show(Stage::TypingName {
            of,
            returning,
            typed: String::new(),
        }),
        (Stage::TypingCode { of, .. }, Touch::Typed(typed)) => {
            let code =
                InvitationCode::from_typed(&typed).or_else(|_| InvitationCode::from_code(&typed));
            let is_wrong = code.is_err();
            let stage = Stage::TypingCode {
                of,
                typed,
                is_wrong,
            };
            match code {
                Ok(code) => Asked(stage, Ask::Invitation(code)),
                Err(_) => Show(stage),
            }
        }
        (Stage::TypingName { of, returning, .. }, Touch::Typed(name)) if says(&name) => {
            Show(Stage::TypingPhone {
                of,
                returning,
                name,
                typed: String::new(),
            })
        }
        (
            Stage::TypingPhone {
                of,
                returning: true,
                name,
                ..
            },
            Touch::Typed(typed),
        ) => {
            let tail = typed.trim().to_owned();
            let ask = Ask::Returning {
                name: named(&name),
                tail,
            };
            Asked(
                Stage::TypingPhone {
                    of,
                    returning: true,
                    name,
                    typed,
                },
                ask,
            )
        }
        (Stage::TypingPhone { of, name, .. }, Touch::Typed(phone)) => {
            let who = super::Identity {
                name: named(&name),
                phone,
                document: None,
            };
            company_or_further(Draft::of(of, Who::Named(who)))
        }
        (Stage::ItIsMe { draft, .. }, Touch::Yes) => match draft.who {
            Who::Invited(_) => permit_or_things(draft),
            _ => purpose_or_further(draft),
        },
        (Stage::ItIsMe { draft, .. }, Touch::No) => Show(Stage::Identifying { of: draft.of }),
        (Stage::Company { draft, .. }, Touch::Typed(company)) => {
            purpose_or_further(Draft { company, ..draft })
        }
        (Stage::Purpose(draft), Touch::Purpose(place)) => {
            let purpose = here
                .terms
                .purposes
                .get(place)?
                .text(here.language)
                .to_owned();
            tenant_or_further(Draft { purpose, ..draft })
        }
        (Stage::Tenants { draft, tenants, .. }, Touch::Tenant(chosen)) => {
            let tenant = tenants.into_iter().find(|line| line.tenant == chosen);
            host_or_further(Draft {
                tenant: Some(tenant?),
                ..draft
            })
        }
        (Stage::Host { draft, .. }, Touch::Typed(query) | Touch::Typing(query)) if says(&query) => {
            let tenant = draft.tenant.as_ref().map(|line| line.tenant);
            let ask = Ask::FindHosts {
                query: query.clone(),
                tenant,
            };
            Asked(
                Stage::Host {
                    draft,
                    typed: query,
                    hosts: Hosts::NotAsked,
                },
                ask,
            )
        }
        (
            Stage::Host {
                draft,
                hosts: Hosts::These(hosts),
                ..
            },
            Touch::Host(chosen),
        ) => {
            let host = hosts.into_iter().find(|line| line.person == chosen)?;
            permit_or_things(Draft {
                host: Some(host),
                ..draft
            })
        }
        (Stage::Permit { draft, .. }, Touch::Typed(permit)) if says(&permit) => {
            things_or_sign(Draft { permit, ..draft })
        }
        (Stage::Things { draft, .. }, Touch::Nothing) => Show(Stage::Signing(draft)),
        (Stage::Things { draft, .. }, Touch::Typed(things)) => {
            Show(Stage::Signing(Draft { things, ..draft }))
        }
        (Stage::Signing(draft), Touch::Signed(signature)) if signature.is_written() => {
            let order = order(&draft, signature, here.language);
            Asked(Stage::Signing(draft), Ask::SignIn(order))
        }
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
        _ => return None,
    })
}

/// What the store says. None where nobody waits for it any more.
pub fn answered(stage: &Stage, answer: Answer) -> Option<Next> {
    use Next::{Ask as Asked, Show};
    Some(match (stage.clone(), answer) {
        (Stage::TypingCode { .. }, Answer::Invited(Some(invited))) => {
            let draft = Draft::of(invited.of, Who::Invited(invited.visit));
            Show(Stage::ItIsMe {
                draft,
                masked: invited.masked,
            })
        }
        (Stage::TypingCode { of, typed, .. }, Answer::Invited(None)) => Show(Stage::TypingCode {
            of,
            typed,
            is_wrong: true,
        }),
        (Stage::TypingPhone { of, .. }, Answer::Returning(Some(known))) => {
            let mut draft = Draft::of(of, Who::Returning(known.person));
            draft.company = known.company;
            Show(Stage::ItIsMe {
                draft,
                masked: known.masked,
            })
        }
        // Not found is no dead end: the same name and a whole telephone make a new visitor.
        (Stage::TypingPhone { of, name, .. }, Answer::Returning(None)) => {
            Show(Stage::TypingPhone {
                of,
                returning: false,
                name,
                typed: String::new(),
            })
        }
        (Stage::Tenants { draft, .. }, Answer::Tenants(tenants)) => Show(Stage::Tenants {
            draft,
            tenants,
            is_read: true,
        }),
        // An answer to what was typed before is late.
        (Stage::Host { draft, typed, .. }, Answer::Hosts(query, hosts)) if typed == query => {
            Show(Stage::Host {
                draft,
                typed,
                hosts,
            })
        }
        (Stage::Signing(draft), Answer::SignedIn(done)) => Show(match done {
            Ok(SignedIn::Inside(receipt)) => Stage::Inside(receipt),
            Ok(SignedIn::Waiting { number, .. }) => Stage::Waiting {
                number,
                host: draft.host,
                is_asked_again: false,
            },
            Ok(SignedIn::SeeTheDesk) => Stage::SeeTheDesk,
            Err(refusal) => Stage::NotSignedIn(refusal),
        }),
        (Stage::Waiting { number, host, .. }, Answer::Entered(done)) => Show(match done {
            Ok(receipt) => Stage::Inside(receipt),
            Err(VisitRefusal::Stands(VisitState::Waiting)) => Stage::Waiting {
                number,
                host,
                is_asked_again: true,
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
                state: VisitState::Waiting | VisitState::Admitted,
                by,
                ..
            }) => match by {
                SignOut::Slip(number) => Show(Stage::Waiting {
                    number,
                    host: None,
                    is_asked_again: false,
                }),
                SignOut::Card(_) => Show(Stage::NotLeft(VisitRefusal::Unknown)),
            },
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

fn order(draft: &Draft, signature: Signature, language: Language) -> SignInOrder {
    SignInOrder {
        who: draft.who.clone(),
        of: draft.of,
        company: draft.company.clone(),
        purpose: draft.purpose.clone(),
        host: draft.host.as_ref().map(|host| host.person),
        tenant: draft.tenant.as_ref().map(|tenant| tenant.tenant),
        permit: draft.permit.clone(),
        things: draft.things.clone(),
        signature,
        language,
    }
}

fn says(text: &str) -> bool {
    !text.trim().is_empty()
}

/// A typed name in the script it is typed in.
fn named(text: &str) -> PersonName {
    let text = text.trim().to_owned();
    match text.chars().any(crate::pinyin::is_chinese) {
        true => PersonName {
            chinese: Some(text),
            latin: None,
        },
        false => PersonName {
            chinese: None,
            latin: Some(text),
        },
    }
}
