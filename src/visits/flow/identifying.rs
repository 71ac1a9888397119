//! Who somebody is: new, invited, or here before and known by a document, a slip or by name.

use super::steps::{company_or_further, familiar};
use super::telling::of_type;
use super::{
    Answer, Ask, Draft, Familiar, Here, Invited, Next, Proven, Reply, Sender, Shown, Speaker,
    Stage, Touch, says, slip_read,
};
use crate::people::PersonName;
use crate::visits::{
    CODE_DIGITS, Identity, InvitationCode, Known, LastVisit, Proof, SignInRefusal, Tries,
    VisitorType, Who,
};

/// Digits of a telephone that somebody gives who was here before.
pub(super) const TAIL: usize = 4;

/// How often a name is looked up while it is typed, for one set of digits. A name has room in it; a
/// list of names has not.
const LOOKS: u8 = 24;

/// Something on one of these pages was touched.
pub(super) fn touched(stage: &Stage, touch: Touch, here: &Here<'_>) -> Option<Next> {
    use Next::{Ask as Asked, Show};
    Some(match (stage.clone(), touch) {
        (Stage::Arriving | Stage::NamingReturning { .. }, Touch::FirstTime) => {
            Show(Stage::Types { draft: None })
        }
        (Stage::Arriving, Touch::BeenHere) => paused(here).unwrap_or(Show(Stage::TypingTail {
            typed: String::new(),
        })),
        (Stage::Arriving, Touch::ByCode) => paused(here).unwrap_or(Show(Stage::TypingCode {
            typed: String::new(),
            is_wrong: false,
        })),
        (Stage::Arriving, Touch::ByNumber) => paused(here).unwrap_or(Show(Stage::TypingNumber {
            typed: String::new(),
            is_wrong: false,
        })),
        (Stage::Types { draft: None }, Touch::Type(of)) => Show(Stage::TypingName {
            of,
            typed: String::new(),
        }),
        (Stage::Types { draft: Some(draft) }, Touch::Type(of)) => {
            of_type(Draft { of, ..draft }, here)
        }
        // Eight digits are a code: nobody has to say that they are done.
        (Stage::TypingCode { .. }, Touch::Typing(typed)) => {
            match digits(&typed).len() == CODE_DIGITS {
                true => code(typed, here),
                false => Show(Stage::TypingCode {
                    typed,
                    is_wrong: false,
                }),
            }
        }
        (Stage::TypingCode { .. }, Touch::Typed(typed)) => code(typed, here),
        (Stage::TypingTail { .. }, Touch::Typing(typed) | Touch::Typed(typed)) => {
            match digits(&typed).len() == TAIL {
                true => paused(here).unwrap_or(Show(naming(digits(&typed)))),
                false => Show(Stage::TypingTail { typed }),
            }
        }
        (
            Stage::NamingReturning {
                tail,
                looks,
                is_wrong,
                ..
            },
            Touch::Typing(typed),
        ) => {
            let is_asked = is_enough(&typed) && looks < LOOKS;
            let stage = Stage::NamingReturning {
                tail: tail.clone(),
                typed: typed.clone(),
                looks: looks + u8::from(is_asked),
                is_whole: false,
                // What was wrong stays said until something else is typed.
                is_wrong: is_wrong && !is_asked,
            };
            match is_asked {
                true => Asked(stage, returning(&typed, tail)),
                false => Show(stage),
            }
        }
        (Stage::NamingReturning { tail, looks, .. }, Touch::Typed(typed)) if says(&typed) => {
            let ask = returning(&typed, tail.clone());
            let stage = Stage::NamingReturning {
                tail,
                typed,
                looks,
                is_whole: true,
                is_wrong: false,
            };
            paused(here).unwrap_or(Asked(stage, ask))
        }
        (Stage::TypingName { of, .. }, Touch::Typed(name)) if says(&name) => {
            match here.terms.steps(of).phone {
                true => Show(Stage::TypingPhone {
                    of,
                    name,
                    typed: String::new(),
                }),
                false => by_name_alone(of, named(&name, ""), here),
            }
        }
        (Stage::TypingPhone { of, name, .. }, Touch::Typed(typed)) => {
            let who = named(&name, &typed);
            match digits(&typed).is_empty() {
                true => by_name_alone(of, who, here),
                false => {
                    let ask = Ask::CheckVisitor(who);
                    Asked(Stage::TypingPhone { of, name, typed }, ask)
                }
            }
        }
        _ => return None,
    })
}

/// What the store says to it.
pub(super) fn answered(stage: &Stage, answer: Answer, here: &Here<'_>) -> Option<Next> {
    use Next::Show;
    Some(match (stage.clone(), answer) {
        (Stage::TypingCode { .. }, Answer::Invited(Ok(found))) => invited(found, here),
        (Stage::TypingCode { typed, .. }, Answer::Invited(Err(refusal))) => Show(match refusal {
            SignInRefusal::UnknownInvitation => Stage::TypingCode {
                typed,
                is_wrong: true,
            },
            // A code may have been found.
            known => stopped(known, None),
        }),
        (Stage::TypingPhone { of, name, typed }, Answer::Checked(checked)) => match checked {
            Ok(()) => {
                let who = Who::Named(named(&name, &typed));
                company_or_further(Draft::of(of, who, here.terms), here.terms)
            }
            Err(refusal) => {
                let speaker = Speaker::named(&PersonName::typed(&name));
                Show(stopped(refusal, Some(speaker)))
            }
        },
        (Stage::NamingReturning { .. }, Answer::Known(Some(known))) => {
            known_again(known, Proof::NameAndTelephone, here)
        }
        (
            Stage::NamingReturning {
                tail,
                typed,
                looks,
                is_whole,
                is_wrong,
            },
            Answer::Known(None),
        ) => Show(Stage::NamingReturning {
            tail,
            typed,
            looks,
            is_whole,
            is_wrong: is_wrong || is_whole,
        }),
        // The document is the proof; no further question.
        (Stage::Recognising(Shown::Document(_)), Answer::Known(Some(known))) => {
            known_again(known, Proof::Document, here)
        }
        (Stage::Recognising(Shown::Document(_)), Answer::Listed) => Show(Stage::SeeTheDesk),
        (Stage::Recognising(Shown::Document(read)), Answer::Known(None)) => Show(Stage::Types {
            draft: Some(Draft::of(VisitorType::Guest, Who::Named(read), here.terms)),
        }),
        (Stage::Recognising(Shown::Slip(_)), Answer::Known(Some(known))) => {
            known_again(known, Proof::Slip, here)
        }
        // Its visit is not over: whoever holds it goes in, or leaves.
        (Stage::Recognising(Shown::Slip(number)), Answer::Known(None)) => slip_read(number),
        _ => return None,
    })
}

/// How much was guessed at this screen after a touch led on from this page.
pub(super) fn tries_after_touch(before: &Stage, next: &Next, here: &Here<'_>) -> Tries {
    match (before, next) {
        // Counts until a name that goes with it is found: digits without end are no way to one.
        (Stage::TypingTail { .. }, Next::Show(Stage::NamingReturning { .. })) => {
            here.tries.missed(here.at)
        }
        _ => here.tries.clone(),
    }
}

/// The same after an answer to what this page asked.
pub(super) fn tries_after(stage: &Stage, answer: &Answer, here: &Here<'_>) -> Tries {
    match (stage, answer) {
        (_, Answer::Invited(Err(SignInRefusal::UnknownInvitation)))
        | (_, Answer::ByNumber(_, Proven::Unknown | Proven::WrongTail | Proven::Unprovable(_)))
        | (_, Answer::Checked(Err(SignInRefusal::PermitMissing)))
        | (Stage::NamingReturning { is_whole: true, .. }, Answer::Known(None)) => {
            here.tries.missed(here.at)
        }
        (_, Answer::Invited(_) | Answer::Known(Some(_))) => here.tries.found(),
        _ => here.tries.clone(),
    }
}

/// The page to wait on, where too much was guessed here.
pub(super) fn paused(here: &Here<'_>) -> Option<Next> {
    let until = here.tries.paused(here.at)?;
    Some(Next::Show(Stage::Paused { until }))
}

fn code(typed: String, here: &Here<'_>) -> Next {
    let code = InvitationCode::from_typed(&typed).or_else(|_| InvitationCode::from_code(&typed));
    let is_wrong = code.is_err();
    let stage = Stage::TypingCode { typed, is_wrong };
    match code {
        Ok(code) => paused(here).unwrap_or(Next::Ask(stage, Ask::Invitation(code))),
        Err(_) => Next::Show(stage),
    }
}

/// A name alone is nobody whom the books know.
fn by_name_alone(of: VisitorType, who: Identity, here: &Here<'_>) -> Next {
    let draft = Draft::of(of, Who::Named(who), here.terms);
    company_or_further(draft, here.terms)
}

/// Somebody new, as they type themselves.
fn named(name: &str, phone: &str) -> Identity {
    Identity {
        name: PersonName::typed(name),
        phone: phone.to_owned(),
        document: None,
    }
}

/// Where it ends for whoever cannot sign in now. Whoever has signed in already and waits goes on waiting.
pub(super) fn stopped(refusal: SignInRefusal, speaker: Option<Speaker>) -> Stage {
    match refusal {
        SignInRefusal::AlreadyWaiting {
            number,
            host,
            is_admitted,
        } => Stage::Waiting {
            number,
            host,
            answer: match is_admitted {
                true => Reply::Yes,
                false => Reply::AskedBefore,
            },
            speaker,
        },
        refusal => Stage::NotSignedIn(refusal),
    }
}

fn naming(tail: String) -> Stage {
    Stage::NamingReturning {
        tail,
        typed: String::new(),
        looks: 0,
        is_whole: false,
        is_wrong: false,
    }
}

fn returning(typed: &str, tail: String) -> Ask {
    Ask::Returning {
        name: PersonName::typed(typed),
        tail,
    }
}

/// Whether this may be a whole name: nobody is looked up by a surname alone.
fn is_enough(typed: &str) -> bool {
    let chinese = typed
        .chars()
        .filter(|c| crate::pinyin::is_chinese(*c))
        .count();
    chinese >= 2 || typed.trim().chars().count() >= 4
}

pub(super) fn digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).collect()
}

fn invited(found: Invited, here: &Here<'_>) -> Next {
    let draft = Draft {
        host: found.host,
        tenant: found.tenant,
        familiar: Some(Familiar {
            masked: found.masked,
            by: Proof::Invitation,
            has_read: found.notice == here.terms.notice_version(),
        }),
        ..Draft::of(found.of, Who::Invited(found.visit), here.terms)
    };
    familiar(draft, here.terms)
}

/// The errand of the last visit is offered again; what is no longer so is asked anew.
fn known_again(known: Known, by: Proof, here: &Here<'_>) -> Next {
    if let Some(refusal) = known.open {
        let speaker = Speaker {
            sender: Sender::Person(known.person),
            masked: known.masked,
        };
        return Next::Show(match (stopped(refusal, Some(speaker)), by) {
            // Whoever finds a slip learns no more than what stands on it.
            (Stage::Waiting { number, answer, .. }, Proof::Slip) => Stage::Waiting {
                number,
                host: None,
                answer,
                speaker: None,
            },
            (stage, _) => stage,
        });
    }
    let masked = known.masked;
    let draft = Draft {
        company: known.company,
        ..Draft::of(VisitorType::Guest, Who::Returning(known.person), here.terms)
    };
    let Some(last) = known.last else {
        let familiar = Some(Familiar {
            masked,
            by,
            has_read: false,
        });
        return Next::Show(Stage::Types {
            draft: Some(Draft { familiar, ..draft }),
        });
    };
    let LastVisit {
        of,
        purpose,
        host,
        tenant,
        permit,
        notice,
    } = last;
    let offered = here.terms.purposes(of).iter();
    let purpose = offered
        .filter(|one| one.zh == purpose || one.en == purpose)
        .map(|one| one.text(here.language).to_owned())
        .next();
    let steps = here.terms.steps(of);
    let draft = Draft {
        of,
        steps,
        purpose: purpose.unwrap_or_default(),
        // What the house asks no longer, nobody is taken to have told.
        host: host.filter(|_| steps.host),
        tenant: tenant.filter(|_| steps.tenant || steps.host),
        permit,
        familiar: Some(Familiar {
            masked,
            by,
            has_read: notice == here.terms.notice_version(),
        }),
        ..draft
    };
    familiar(draft, here.terms)
}
