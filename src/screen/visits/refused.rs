//! Why somebody was not signed in, or nothing moved on, and what to do now.

use super::super::form::{Controls, Form, notes, strong};
use super::super::phrases::Phrases;
use crate::kiosk::Touch;
use crate::visits::flow::Touch as VisitTouch;
use crate::visits::{SignInRefusal, VisitRefusal, VisitState};
use crate::words::dates;
use lodge_ui::slint::SharedString;
use lodge_ui::{MessageForm, Picture, Tone};

pub fn not_signed_in(refusal: &SignInRefusal, said: &Phrases, controls: &mut Controls) -> Form {
    let day = |day| dates::day(said.language, day);
    let (why, next) = match refusal {
        SignInRefusal::NoName => (said.text("visit-no-name"), "visit-begin-again"),
        SignInRefusal::NotSigned => (said.text("sign-missing"), "visit-begin-again"),
        SignInRefusal::NoHost => (said.text("visit-no-host"), "visit-begin-again"),
        SignInRefusal::HostGone => (said.text("visit-host-gone"), "ask-desk"),
        SignInRefusal::AlreadyInside { number } => {
            let number = number.to_string();
            (
                said.with("visit-already-inside", &[("number", &number)]),
                "visit-sign-out-first",
            )
        }
        SignInRefusal::AlreadyWaiting { number } => {
            let number = number.to_string();
            (
                said.with("visit-already-waiting", &[("number", &number)]),
                "visit-type-number",
            )
        }
        SignInRefusal::PermitMissing => (said.text("visit-permit-missing"), "ask-desk"),
        SignInRefusal::PermitNotYet { from } => (
            said.with("visit-permit-not-yet", &[("day", &day(*from))]),
            "ask-desk",
        ),
        SignInRefusal::PermitExpired { until } => (
            said.with("visit-permit-expired", &[("day", &day(*until))]),
            "ask-desk",
        ),
        SignInRefusal::TooEarly { from } => (
            said.with("visit-too-early", &[("when", &said.moment(*from))]),
            "ask-desk",
        ),
        SignInRefusal::TooLate { until } => (
            said.with("visit-too-late", &[("when", &said.moment(*until))]),
            "ask-desk",
        ),
        SignInRefusal::UnknownInvitation => (said.text("visit-code-wrong"), "ask-desk"),
        SignInRefusal::UnknownVisitor => (said.text("visit-unknown"), "visit-begin-again"),
    };
    let title = match refusal {
        SignInRefusal::AlreadyInside { .. } | SignInRefusal::AlreadyWaiting { .. } => {
            "visit-signed-in-before"
        }
        _ => "visit-not-signed-in",
    };
    no(title, why, next, said, controls)
}

/// A visit that is over; whoever holds its slip may come again.
pub fn ended(said: &Phrases, controls: &mut Controls) -> Form {
    Form::Message(MessageForm {
        picture: Picture::SignOut,
        title: said.text("visit-over"),
        detail: said.text("visit-come-again-how"),
        second: controls.control(
            said.text("visit-come-again"),
            Picture::SignIn,
            Touch::Visits(VisitTouch::Again),
        ),
        action: controls.control(said.text("end"), Picture::End, Touch::End),
        ..MessageForm::default()
    })
}

pub fn not_moved(refusal: &VisitRefusal, said: &Phrases, controls: &mut Controls) -> Form {
    let why = match refusal {
        VisitRefusal::Stands(VisitState::Left | VisitState::Lapsed) => said.text("visit-over"),
        VisitRefusal::HostGone => said.text("visit-host-gone"),
        VisitRefusal::CardNotOut => said.text("visit-card-not-out"),
        VisitRefusal::Unknown
        | VisitRefusal::Stands(_)
        | VisitRefusal::NotPermitted { .. }
        | VisitRefusal::NotTheHost
        | VisitRefusal::NobodySaidYes
        | VisitRefusal::NotTheirVisitor
        | VisitRefusal::LookFirst
        | VisitRefusal::NoMatch
        | VisitRefusal::Window
        | VisitRefusal::Days
        | VisitRefusal::Empty
        | VisitRefusal::PermitKnown
        | VisitRefusal::PermitOver
        | VisitRefusal::NobodyAnswers
        | VisitRefusal::NoCards
        | VisitRefusal::CardTaken
        | VisitRefusal::HasCard => said.text("visit-no-such"),
    };
    no("visit-nothing-done", why, "ask-desk", said, controls)
}

fn no(
    title: &'static str,
    why: SharedString,
    next: &'static str,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    Form::Message(MessageForm {
        picture: Picture::Attend,
        tone: Tone::Attend,
        title: said.text(title),
        detail: why,
        notes: notes([strong(said.text(next), Picture::Info)]),
        action: controls.control(said.text("end"), Picture::None, Touch::End),
        ..MessageForm::default()
    })
}
