//! A visitor who is here: in, waiting for a yes, leaving a message, on the way out.

use super::super::borrowed;
use super::super::form::{Controls, Form, note, notes, strong};
use super::super::phrases::Phrases;
use super::super::write::Asked;
use super::written;
use crate::kiosk::Touch;
use crate::kiosk::view::{SlipStage, View};
use crate::visits::EnteredReceipt;
use crate::visits::flow::{HostLine, Reply, Speaker, Touch as VisitTouch};
use lodge_ui::{Control, MessageForm, Picture, Tone};

pub(super) fn inside(
    receipt: &EnteredReceipt,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let to = receipt.to.as_ref().map(|to| {
        let values = [
            ("tenant", to.tenant.text(said.language)),
            ("room", to.room.as_str()),
        ];
        strong(said.with("visit-go-to", &values), Picture::Place)
    });
    // Where no company is visited, there is somebody to ask for.
    let host = receipt.host.as_ref().filter(|_| to.is_none());
    let host = host.map(|host| {
        let values = [("name", host.masked.text(said.language))];
        strong(said.with("visit-ask-for", &values), Picture::Person)
    });
    let slip = view.slip.and_then(|stage| borrowed::slip(stage, said));
    Form::Message(MessageForm {
        picture: Picture::SignIn,
        title: said.text("visit-inside"),
        detail: said.text(match view.slip {
            Some(SlipStage::BadgePrinting | SlipStage::BadgePrinted) => "visit-inside-badge",
            _ => "visit-inside-detail",
        }),
        caption: said.text("visit-number"),
        number: receipt.number.to_string().into(),
        notes: notes(to.into_iter().chain(host).chain(slip)),
        // Whoever finds nobody up there comes down again, and the page may still stand.
        second: receipt
            .host
            .as_ref()
            .map_or_else(Control::default, |_| leave_message(said, controls)),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

pub(super) fn waiting(
    number: &str,
    host: Option<&HostLine>,
    answer: Reply,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    let remark = match answer {
        Reply::Asked => Some(note(said.text("visit-waiting-how"), Picture::Info)),
        Reply::AskedBefore => Some(strong(said.text("visit-signed-in-before"), Picture::Info)),
        Reply::NotYet => Some(strong(said.text("visit-not-yet"), Picture::Wait)),
        Reply::Yes => None,
    };
    let is_yes = answer == Reply::Yes;
    Form::Message(MessageForm {
        picture: match is_yes {
            true => Picture::Done,
            false => Picture::Wait,
        },
        title: said.text(match is_yes {
            true => "visit-may-go-in",
            false => "visit-waiting",
        }),
        detail: match host {
            _ if is_yes => said.text("visit-may-go-in-how"),
            Some(host) => said.with(
                "visit-waiting-host",
                &[("name", host.masked.text(said.language))],
            ),
            None => said.text("visit-waiting-desk"),
        },
        caption: said.text("visit-number"),
        number: number.into(),
        notes: notes(remark),
        second: match host.filter(|_| !is_yes) {
            Some(_) => leave_message(said, controls),
            None => Control::default(),
        },
        // Nobody is asked to go in before somebody has said yes.
        action: match is_yes {
            true => controls.control(
                said.text("visit-go-in"),
                Picture::SignIn,
                Touch::Visits(VisitTouch::GoIn),
            ),
            false => controls.control(
                said.text("visit-any-answer"),
                Picture::Find,
                Touch::Visits(VisitTouch::AnyAnswer),
            ),
        },
        ..MessageForm::default()
    })
}

/// A message for a host who is out.
pub(super) fn leave_message(said: &Phrases, controls: &mut Controls) -> Control {
    controls.control(
        said.text("visit-leave-message"),
        Picture::LeaveWord,
        Touch::Visits(VisitTouch::LeaveMessage),
    )
}

/// Goodbye; whoever found nobody may leave a message for them.
pub(super) fn gone(has_host: bool, said: &Phrases, controls: &mut Controls) -> Form {
    Form::Message(MessageForm {
        picture: Picture::SignOut,
        title: said.text("visit-gone"),
        detail: said.text("visit-gone-detail"),
        second: match has_host {
            true => leave_message(said, controls),
            false => Control::default(),
        },
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

pub(super) fn see_the_desk(said: &Phrases, controls: &mut Controls) -> Form {
    Form::Message(MessageForm {
        picture: Picture::Bell,
        tone: Tone::Attend,
        title: said.text("visit-see-desk"),
        detail: said.text("visit-see-desk-detail"),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

/// The widest a masked name may stand on a control beside the way on, in halves of a Chinese character: in
/// large letters a panel that lies has no room for more beside its keys.
const WIDEST_NAME: usize = 12;

/// Nobody types twice who they are.
pub(super) fn myself(speaker: &Speaker, said: &Phrases, controls: &mut Controls) -> Control {
    let name = speaker.masked.text(said.language);
    let fits = name.chars().scan(0, |wide, char| {
        *wide += if char.is_ascii() { 1 } else { 2 };
        (*wide <= WIDEST_NAME).then_some(())
    });
    let name = cut(name, fits.count());
    controls.control(
        said.with("visit-message-myself", &[("name", &name)]),
        Picture::Person,
        Touch::Visits(VisitTouch::Myself),
    )
}

/// The beginning of a text that is too long for its place.
fn cut(text: &str, longest: usize) -> String {
    let mut begun: String = text.chars().take(longest).collect();
    if begun.len() < text.len() {
        begun.push('…');
    }
    begun
}

pub(super) fn message(
    host: &HostLine,
    title: &'static str,
    second: Option<Control>,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let name = host.masked.text(said.language);
    let asked = Asked {
        title: said.text(title),
        detail: said.with("visit-message-to", &[("name", name)]),
        wrong: None,
        known: None,
        second: second.unwrap_or_default(),
        action: controls.control(said.text("next"), Picture::Done, Touch::Enter),
    };
    written(asked, said, view)
}

/// Characters of what was carried in that stand on the page at most.
const LONGEST_THINGS: usize = 60;

pub(super) fn things_out(things: &str, said: &Phrases, controls: &mut Controls) -> Form {
    let named = cut(things, LONGEST_THINGS);
    Form::Message(MessageForm {
        picture: Picture::Carried,
        title: said.text("visit-things-out"),
        detail: match named.is_empty() {
            true => said.text("visit-things-out-detail"),
            false => said.with("visit-things-out-named", &[("things", &named)]),
        },
        second: controls.control(
            said.text("visit-things-not"),
            Picture::Attend,
            Touch::Visits(VisitTouch::No),
        ),
        action: controls.control(
            said.text("visit-things-all"),
            Picture::Done,
            Touch::Visits(VisitTouch::Yes),
        ),
        ..MessageForm::default()
    })
}
