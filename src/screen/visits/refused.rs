//! Why somebody was not signed in, or nothing moved on, and what to do now.

use super::super::form::{Controls, Form, notes, strong};
use super::super::phrases::Phrases;
use super::here;
use crate::kiosk::Touch;
use crate::visits::flow::{HostLine, Touch as VisitTouch, Way};
use crate::visits::{SignInRefusal, VisitRefusal, VisitState};
use crate::words::dates;
use lodge_ui::slint::SharedString;
use lodge_ui::{Control, MessageForm, Picture, Tone};

/// Whoever is told this signs in once more.
const BEGIN_AGAIN: &str = "visit-begin-again";

/// Why somebody cannot sign in; whoever is inside already can leave from here.
pub fn not_signed_in(refusal: &SignInRefusal, said: &Phrases, controls: &mut Controls) -> Form {
    let (why, next) = why(refusal, said);
    let title = match refusal {
        SignInRefusal::AlreadyInside { .. } | SignInRefusal::AlreadyWaiting { .. } => {
            "visit-signed-in-before"
        }
        _ => "visit-not-signed-in",
    };
    match refusal {
        SignInRefusal::AlreadyInside { .. } => {
            let leave = Touch::Visits(VisitTouch::Leave);
            Form::Message(MessageForm {
                action: controls.control(said.text("sign-out"), Picture::SignOut, leave),
                ..no(title, why, next, said)
            })
        }
        _ => over(why, title, next, said, controls),
    }
}

/// What is to be done next is the thing to touch.
fn over(
    why: SharedString,
    title: &'static str,
    next: &'static str,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    Form::Message(MessageForm {
        action: match next {
            BEGIN_AGAIN => controls.control(said.text("sign-in"), Picture::SignIn, Touch::SignIn),
            _ => controls.control(said.text("end"), Picture::None, Touch::End),
        },
        ..no(title, why, next, said)
    })
}

/// A permit that does not hold. A number that nobody knows was perhaps mistyped; one that is known is right,
/// and typing it again helps nobody.
pub fn permit(refusal: &SignInRefusal, said: &Phrases, controls: &mut Controls) -> Form {
    let (why, next) = why(refusal, said);
    match refusal {
        SignInRefusal::PermitMissing => Form::Message(MessageForm {
            action: controls.control(
                said.text("visit-type-again"),
                Picture::Keyboard,
                Touch::Back,
            ),
            ..no("visit-not-signed-in", why, next, said)
        }),
        _ => desk_first("visit-not-signed-in", why, next, said, controls),
    }
}

/// The desk helps; whoever mistyped may still go back and type again.
fn desk_first(
    title: &'static str,
    why: SharedString,
    next: &'static str,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    Form::Message(MessageForm {
        action: controls.control(said.text("call-desk"), Picture::Bell, Touch::CallDesk),
        ..no(title, why, next, said)
    })
}

/// A number that nothing proves: what does, and who helps whoever has none of it.
pub fn unproven(way: Way, said: &Phrases, controls: &mut Controls) -> Form {
    let has_to_hand = said.text(match way {
        Way::In => "visit-unproven-in",
        Way::Out => "visit-unproven-out",
    });
    desk_first(
        "visit-unproven",
        has_to_hand,
        "visit-unproven-else",
        said,
        controls,
    )
}

/// Why, and what to do now.
fn why(refusal: &SignInRefusal, said: &Phrases) -> (SharedString, &'static str) {
    let day = |day| dates::day(said.language, day);
    match refusal {
        SignInRefusal::NoName => (said.text("visit-no-name"), BEGIN_AGAIN),
        SignInRefusal::NotSigned => (said.text("sign-missing"), BEGIN_AGAIN),
        SignInRefusal::NoHost => (said.text("visit-no-host"), BEGIN_AGAIN),
        SignInRefusal::HostGone => (said.text("visit-host-gone"), "ask-desk"),
        SignInRefusal::AlreadyInside { number } => {
            let number = number.to_string();
            (
                said.with("visit-already-inside", &[("number", &number)]),
                "visit-sign-out-first",
            )
        }
        SignInRefusal::AlreadyWaiting { number, .. } => {
            let number = number.to_string();
            (
                said.with("visit-already-waiting", &[("number", &number)]),
                "wait",
            )
        }
        SignInRefusal::PermitMissing => (said.text("visit-permit-missing"), "visit-permit-check"),
        SignInRefusal::PermitNotYet { from } => (
            said.with("visit-permit-not-yet", &[("day", &day(*from))]),
            "visit-permit-come-back",
        ),
        SignInRefusal::PermitExpired { until } => (
            said.with("visit-permit-expired", &[("day", &day(*until))]),
            "visit-permit-renew",
        ),
        SignInRefusal::PermitWithdrawn => (said.text("visit-permit-withdrawn"), "ask-desk"),
        SignInRefusal::TooEarly { from, opens } => {
            let (when, opens) = (said.moment(*from), said.moment(*opens));
            let values = [("when", when.as_str()), ("opens", opens.as_str())];
            (said.with("visit-too-early", &values), "ask-desk")
        }
        SignInRefusal::TooLate { until } => (
            said.with("visit-too-late", &[("when", &said.moment(*until))]),
            "ask-desk",
        ),
        SignInRefusal::UnknownInvitation => (said.text("visit-code-wrong"), "ask-desk"),
        SignInRefusal::InvitationUsed => (said.text("visit-invitation-used"), BEGIN_AGAIN),
        SignInRefusal::InvitationWithdrawn => (said.text("visit-code-withdrawn"), "ask-desk"),
        SignInRefusal::UnknownVisitor => (said.text("visit-unknown"), BEGIN_AGAIN),
    }
}

/// A visit that is over; whoever holds its slip may come again.
pub fn ended(host: Option<&HostLine>, said: &Phrases, controls: &mut Controls) -> Form {
    Form::Message(MessageForm {
        picture: Picture::SignOut,
        title: said.text("visit-ended"),
        detail: said.text("visit-come-again-how"),
        second: host.map_or_else(Control::default, |_| here::leave_message(said, controls)),
        action: controls.control(
            said.text("visit-come-again"),
            Picture::SignIn,
            Touch::Visits(VisitTouch::Again),
        ),
        ..MessageForm::default()
    })
}

/// Why somebody who waits, or wants to leave, gets no further.
pub fn not_moved(refusal: &VisitRefusal, said: &Phrases, controls: &mut Controls) -> Form {
    let why = match refusal {
        VisitRefusal::Stands(VisitState::Left) => said.text("visit-over"),
        // It was never begun: a new one is the way in.
        VisitRefusal::Stands(state @ (VisitState::Lapsed | VisitState::Withdrawn)) => {
            let why = said.text(match state {
                VisitState::Withdrawn => "visit-code-withdrawn",
                _ => "visit-lapsed",
            });
            return over(why, "visit-not-signed-in", BEGIN_AGAIN, said, controls);
        }
        // Somebody who waited, and is not let in any more.
        VisitRefusal::NoPermit | VisitRefusal::PermitOver => {
            let why = said.text("visit-permit-no-more");
            return over(why, "visit-not-signed-in", "ask-desk", said, controls);
        }
        VisitRefusal::HostGone => said.text("visit-host-gone"),
        VisitRefusal::CardNotOut => said.text("visit-card-not-out"),
        VisitRefusal::Unknown
        | VisitRefusal::Stands(_)
        | VisitRefusal::NotPermitted { .. }
        | VisitRefusal::NotTheHost
        | VisitRefusal::NobodySaidYes
        | VisitRefusal::NotTheirVisitor
        | VisitRefusal::LookFirst
        | VisitRefusal::Listed
        | VisitRefusal::NoMatch
        | VisitRefusal::Window
        | VisitRefusal::Days
        | VisitRefusal::Empty
        | VisitRefusal::PermitKnown
        | VisitRefusal::NobodyAnswers
        | VisitRefusal::NoCards
        | VisitRefusal::CardTaken
        | VisitRefusal::HasCard => said.text("visit-no-such"),
    };
    over(why, "visit-nothing-done", "ask-desk", said, controls)
}

fn no(title: &'static str, why: SharedString, next: &'static str, said: &Phrases) -> MessageForm {
    MessageForm {
        picture: Picture::Attend,
        tone: Tone::Attend,
        title: said.text(title),
        detail: why,
        notes: notes([strong(said.text(next), Picture::Info)]),
        ..MessageForm::default()
    }
}
