//! No, because; each reason in a sentence of its own, each with a next step.

use super::form::{Controls, Form, notes, strong};
use super::phrases::Phrases;
use crate::kiosk::Touch;
use crate::kiosk::view::{Refusal, Refused};
use crate::lending::{LendRefusal, RenewRefusal, ReserveRefusal, ReturnRefusal, ThingState};
use crate::people::NotRead;
use lodge_ui::slint::SharedString;
use lodge_ui::{MessageForm, Picture, Tone};

/// What a refusal says: that it is one, why, and what to do now.
struct Sentences {
    title: &'static str,
    why: SharedString,
    next: &'static str,
}

pub fn form(page: &Refused, said: &Phrases, controls: &mut Controls) -> Form {
    let Sentences { title, why, next } = sentences(page, said);
    Form::Message(MessageForm {
        picture: match &page.why {
            Refusal::LostCard => Picture::Stop,
            Refusal::NotRead(_)
            | Refusal::UnknownCard
            | Refusal::NotInside
            | Refusal::ExpiredCard
            | Refusal::TenantMoved => Picture::Card,
            Refusal::SeenTo => Picture::Info,
            Refusal::UnknownCode => Picture::Attend,
            Refusal::Lend(..) | Refusal::Renew(..) | Refusal::Reserve(..) | Refusal::Return(..) => {
                Picture::Attend
            }
            Refusal::NotDone => Picture::Wait,
        },
        // Only what must go no further is red.
        tone: match page.why {
            Refusal::LostCard => Tone::Stop,
            _ => Tone::Attend,
        },
        title: said.text(title),
        detail: why,
        notes: notes([strong(said.text(next), Picture::Info)]),
        action: match page.leads_back {
            true => controls.control(said.text(way_back(page)), Picture::None, Touch::Back),
            false => controls.control(said.text("end"), Picture::None, Touch::End),
        },
        ..MessageForm::default()
    })
}

/// Where the way back leads, where it is not the page before.
fn way_back(page: &Refused) -> &'static str {
    match &page.why {
        Refusal::Lend(why, _) if why.is_of_own_loans() => "place-my-page",
        Refusal::Renew(..) => "place-my-page",
        _ => "back",
    }
}

fn sentences(page: &Refused, said: &Phrases) -> Sentences {
    let plain = |title, why, next| Sentences {
        title,
        why: said.text(why),
        next,
    };
    match &page.why {
        Refusal::NotRead(NotRead::RandomNumber) => plain(
            "refused-random-number",
            "refused-random-number-why",
            "refused-random-number-next",
        ),
        Refusal::NotRead(NotRead::Several) => plain(
            "refused-several-cards",
            "refused-several-cards-why",
            "refused-several-cards-next",
        ),
        Refusal::NotRead(NotRead::Again) => plain(
            "refused-read-again",
            "refused-read-again-why",
            "refused-read-again-next",
        ),
        Refusal::NotRead(NotRead::NotThisKind) => plain(
            "refused-other-card",
            "refused-other-card-why",
            "refused-other-card-next",
        ),
        Refusal::NotRead(NotRead::NotProven) => {
            plain("refused-not-proven", "refused-not-proven-why", "ask-desk")
        }
        Refusal::NotRead(NotRead::Document) => plain(
            "refused-document",
            "refused-document-why",
            "refused-document-next",
        ),
        Refusal::UnknownCard => plain(
            "refused-unknown-card",
            "refused-unknown-card-why",
            "refused-unknown-card-next",
        ),
        Refusal::NotInside => plain(
            "refused-not-inside",
            "refused-not-inside-why",
            "refused-not-inside-next",
        ),
        Refusal::LostCard => plain(
            "refused-lost-card",
            "refused-lost-card-why",
            "refused-lost-card-next",
        ),
        Refusal::ExpiredCard => plain(
            "refused-expired-card",
            "refused-expired-card-why",
            "refused-expired-card-next",
        ),
        Refusal::TenantMoved => plain(
            "refused-tenant-moved",
            "refused-tenant-moved-why",
            "ask-desk",
        ),
        Refusal::UnknownCode => plain(
            "refused-unknown-code",
            "refused-unknown-code-why",
            "refused-unknown-code-next",
        ),
        Refusal::SeenTo => plain(
            "refused-seen-to",
            "refused-seen-to-why",
            "refused-seen-to-next",
        ),
        Refusal::Lend(why, at) => {
            let when = at.map(|at| said.when(at)).unwrap_or_default();
            not_lent(why, &thing(page, said), &when, said)
        }
        Refusal::Renew(why, at) => {
            let when = at.map(|at| said.when(at)).unwrap_or_default();
            not_renewed(why, &thing(page, said), &when, said)
        }
        Refusal::Reserve(why, at) => {
            let when = at.map(|at| said.when(at)).unwrap_or_default();
            not_kept(why, &thing(page, said), &when, said)
        }
        Refusal::Return(why, at) => {
            let when = at.map(|at| said.when(at)).unwrap_or_default();
            not_taken_back(why, &thing(page, said), &when, said)
        }
        Refusal::NotDone => plain(
            "refused-not-done",
            "refused-not-done-why",
            "refused-not-done-next",
        ),
    }
}

fn thing(page: &Refused, said: &Phrases) -> String {
    page.thing
        .as_ref()
        .map(|thing| said.thing(thing))
        .unwrap_or_default()
}

fn not_lent(why: &LendRefusal, thing: &str, when: &str, said: &Phrases) -> Sentences {
    match why {
        LendRefusal::NotAllowed { .. } => Sentences {
            title: "refused-not-lent",
            why: said.with("refused-not-allowed", &[("thing", thing)]),
            next: "refused-not-allowed-next",
        },
        LendRefusal::LimitReached { limit, .. } => Sentences {
            title: "refused-not-lent",
            why: said.with(
                "refused-limit",
                &[("thing", thing), ("limit", &limit.to_string())],
            ),
            next: "refused-limit-next",
        },
        LendRefusal::GivenToday { .. } => Sentences {
            title: "refused-given-today",
            why: said.with("refused-given-today-why", &[("thing", thing)]),
            next: "refused-given-today-next",
        },
        LendRefusal::Overdue { .. } => Sentences {
            title: "refused-not-lent",
            why: said.with("refused-overdue", &[("thing", thing), ("when", when)]),
            next: "refused-overdue-next",
        },
        LendRefusal::NoneLeft { .. } => Sentences {
            title: "refused-none-left",
            why: said.with("refused-none-left-why", &[("thing", thing)]),
            next: "refused-none-left-next",
        },
        LendRefusal::UnknownTag => Sentences {
            title: "refused-unknown-tag",
            why: said.text("refused-unknown-tag-why"),
            next: "refused-unknown-tag-next",
        },
        LendRefusal::AlreadyOut { .. } => Sentences {
            title: "refused-already-out",
            why: said.with(
                "refused-already-out-why",
                &[("thing", thing), ("when", when)],
            ),
            next: "refused-already-out-next",
        },
        LendRefusal::Reserved { .. } => Sentences {
            title: "refused-not-lent",
            why: said.with("refused-reserved", &[("thing", thing), ("when", when)]),
            next: "choose-another",
        },
        LendRefusal::NotForLoan { state, .. } => Sentences {
            title: "refused-not-lent",
            why: said.with(state_of(*state), &[("thing", thing)]),
            next: "choose-another",
        },
    }
}

fn not_renewed(why: &RenewRefusal, thing: &str, when: &str, said: &Phrases) -> Sentences {
    let because = |id: &str| said.with(id, &[("thing", thing), ("when", when)]);
    Sentences {
        title: "refused-not-renewed",
        why: match why {
            RenewRefusal::Unknown => because("refused-not-yours"),
            RenewRefusal::Never => because("refused-never-renewed"),
            RenewRefusal::TooOften { limit } => said.with(
                "refused-too-often",
                &[("thing", thing), ("limit", &limit.to_string())],
            ),
            RenewRefusal::Overdue => because("refused-renew-overdue"),
            RenewRefusal::Reserved { .. } => because("refused-reserved"),
        },
        next: match why {
            RenewRefusal::Unknown => "refused-already-returned-next",
            RenewRefusal::Overdue => "refused-overdue-next",
            _ => "refused-not-renewed-next",
        },
    }
}

fn not_kept(why: &ReserveRefusal, thing: &str, when: &str, said: &Phrases) -> Sentences {
    let because = |id: &str| said.with(id, &[("thing", thing), ("when", when)]);
    let (why, next) = match why {
        ReserveRefusal::NotAllowed => (because("refused-not-allowed"), "refused-not-allowed-next"),
        ReserveRefusal::LimitReached { limit } => {
            let values = [("thing", thing), ("limit", &limit.to_string())];
            let why = said.with("refused-reserve-limit", &values);
            (why, "refused-reserve-limit-next")
        }
        ReserveRefusal::Taken { .. } => {
            (because("refused-reserve-taken"), "refused-reserve-another")
        }
        ReserveRefusal::Late { .. } => (because("refused-reserve-late"), "refused-reserve-another"),
        ReserveRefusal::NotForLoan(state) => (because(state_of(*state)), "ask-desk"),
        ReserveRefusal::WrongTime => (because("refused-reserve-none"), "refused-reserve-another"),
        // No other time helps.
        ReserveRefusal::Unknown => (because("refused-reserve-gone"), "refused-reserve-other"),
        ReserveRefusal::NotReservable => {
            (because("refused-reserve-never"), "refused-reserve-other")
        }
    };
    Sentences {
        title: "refused-not-reserved",
        why,
        next,
    }
}

fn not_taken_back(why: &ReturnRefusal, thing: &str, when: &str, said: &Phrases) -> Sentences {
    match why {
        ReturnRefusal::Unknown => Sentences {
            title: "refused-unknown-tag",
            why: said.text("refused-unknown-return-why"),
            next: "refused-unknown-return-next",
        },
        ReturnRefusal::NotOut { state, .. } => Sentences {
            title: "refused-never-lent",
            why: said.with(state_of(*state), &[("thing", thing)]),
            next: "hand-in",
        },
        ReturnRefusal::AlreadyReturned { .. } => Sentences {
            title: "refused-already-returned",
            why: said.with(
                "refused-already-returned-why",
                &[("thing", thing), ("when", when)],
            ),
            next: "refused-already-returned-next",
        },
    }
}

/// How a thing stands, as a sentence.
fn state_of(state: ThingState) -> &'static str {
    match state {
        ThingState::Available => "state-available",
        ThingState::OnLoan => "state-on-loan",
        ThingState::AwaitingCheck => "state-awaiting-check",
        ThingState::Reserved => "state-reserved",
        ThingState::InRepair => "state-in-repair",
        ThingState::Retired => "state-retired",
        ThingState::Lost => "state-lost",
    }
}
