//! Signing in and out, and a message for a host who is out.

mod arriving;
mod here;
mod refused;
mod signing;
mod telling;

use super::form::{Controls, Form};
use super::phrases::Phrases;
use super::write::{self, Asked};
use crate::kiosk::Touch;
use crate::kiosk::view::View;
use crate::visits::VisitorType;
use crate::visits::flow::{Stage, Touch as VisitTouch};
use lodge_ui::slint::SharedString;
use lodge_ui::{Control, MessageForm, Picture};

pub fn form(stage: &Stage, said: &Phrases, view: &View, controls: &mut Controls) -> Form {
    let send = Touch::Visits;
    match stage {
        Stage::Arriving => arriving::arriving(said, controls),
        Stage::Types { .. } => arriving::types(said, controls),
        Stage::Recognising(_) => super::wait::form(said),
        Stage::TypingCode { is_wrong, .. } => {
            let wrong = is_wrong.then(|| said.text("visit-code-wrong"));
            typing(
                "visit-code",
                "visit-code-how",
                wrong,
                None,
                said,
                view,
                controls,
            )
        }
        Stage::TypingNumber { is_wrong, .. } => {
            let wrong = is_wrong.then(|| said.text("visit-number-wrong"));
            typing(
                "visit-number",
                "visit-number-how",
                wrong,
                None,
                said,
                view,
                controls,
            )
        }
        Stage::ProvingNumber { is_wrong, .. } => {
            let wrong = is_wrong.then(|| said.text("visit-proof-wrong"));
            typing(
                "visit-phone-tail",
                "visit-proof-how",
                wrong,
                None,
                said,
                view,
                controls,
            )
        }
        Stage::Unproven { way } => refused::unproven(*way, said, controls),
        Stage::TypingTail { .. } => typing(
            "visit-phone-tail",
            "visit-phone-tail-how",
            None,
            None,
            said,
            view,
            controls,
        ),
        Stage::NamingReturning { is_wrong, .. } => {
            arriving::naming(*is_wrong, said, view, controls)
        }
        Stage::TypingName { .. } => typing(
            "visit-name",
            "visit-name-how",
            None,
            None,
            said,
            view,
            controls,
        ),
        Stage::TypingPhone { .. } => typing(
            "visit-phone",
            "visit-phone-how",
            None,
            None,
            said,
            view,
            controls,
        ),
        Stage::Paused { until } => arriving::paused(*until, said, view, controls),
        Stage::ItIsMe { draft } => arriving::it_is_me(draft, said, controls),
        Stage::Company { seen, .. } => telling::company(seen, said, view, controls),
        Stage::Purpose(_) => telling::purpose(said, view, controls),
        Stage::Tenants {
            draft,
            tenants,
            is_read,
        } => telling::companies(draft, tenants, *is_read, said, controls),
        Stage::FindingTenant { found, .. } => telling::finding(found, said, view, controls),
        Stage::Host { draft, hosts, .. } => telling::host(draft, hosts, said, view, controls),
        Stage::Permit { .. } => typing(
            "visit-permit",
            "visit-permit-how",
            None,
            None,
            said,
            view,
            controls,
        ),
        Stage::PermitRefused { why, .. } => refused::permit(why, said, controls),
        Stage::Things { .. } => {
            let nothing = controls.control(
                said.text("visit-nothing"),
                Picture::Carried,
                send(VisitTouch::Nothing),
            );
            typing(
                "visit-things",
                "visit-things-how",
                None,
                Some(nothing),
                said,
                view,
                controls,
            )
        }
        Stage::Signing(draft) => signing::form(draft, said, view, controls),
        Stage::Inside(receipt, _) => here::inside(receipt, said, view, controls),
        Stage::Waiting {
            number,
            host,
            answer,
            ..
        } => here::waiting(&number.to_string(), host.as_ref(), *answer, said, controls),
        Stage::SeeTheDesk => here::see_the_desk(said, controls),
        Stage::NotSignedIn(refusal) => refused::not_signed_in(refusal, said, controls),
        Stage::MessageFrom { host, speaker, .. } => {
            let myself = speaker.as_ref();
            let myself = myself.map(|speaker| here::myself(speaker, said, controls));
            here::message(host, "visit-message-from", myself, said, view, controls)
        }
        Stage::Message { host, .. } => {
            here::message(host, "visit-message", None, said, view, controls)
        }
        Stage::MessageKept => over(
            "visit-message-kept",
            "visit-message-kept-detail",
            Picture::LeaveWord,
            said,
            controls,
        ),
        Stage::Leaving { is_wrong, .. } => {
            let wrong = is_wrong.then(|| said.text("visit-number-wrong"));
            typing(
                "visit-leaving",
                "visit-leaving-how",
                wrong,
                None,
                said,
                view,
                controls,
            )
        }
        Stage::ThingsOut { things, .. } => here::things_out(things, said, controls),
        Stage::Gone { host, .. } => here::gone(host.is_some(), said, controls),
        Stage::Ended { host, .. } => refused::ended(host.as_ref(), said, controls),
        Stage::NotLeft(refusal) => refused::not_moved(refusal, said, controls),
    }
}

/// The word and the picture of a type.
fn type_of(of: VisitorType) -> (&'static str, Picture) {
    match of {
        VisitorType::Guest => ("visit-guest", Picture::Person),
        VisitorType::Interview => ("visit-interview", Picture::Interview),
        VisitorType::Courier => ("visit-courier", Picture::Courier),
        VisitorType::Contractor => ("visit-contractor", Picture::Contractor),
        VisitorType::ProspectiveTenant => ("visit-viewing", Picture::Viewing),
    }
}

fn typing(
    title: &'static str,
    how: &'static str,
    wrong: Option<SharedString>,
    second: Option<Control>,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let asked = Asked {
        title: said.text(title),
        detail: said.text(how),
        wrong,
        known: None,
        second: second.unwrap_or_default(),
        action: controls.control(said.text("next"), Picture::Done, Touch::Enter),
    };
    written(asked, said, view)
}

pub(super) fn written(asked: Asked, said: &Phrases, view: &View) -> Form {
    match &view.writing {
        Some(writing) => write::form(asked, writing, said),
        None => super::wait::form(said),
    }
}

fn over(
    title: &'static str,
    detail: &'static str,
    picture: Picture,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    Form::Message(MessageForm {
        picture,
        title: said.text(title),
        detail: said.text(detail),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}
