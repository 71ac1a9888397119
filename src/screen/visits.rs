//! Signing in and out, and a message for a host who is out.

mod arriving;
mod here;
mod refused;
mod signing;

use super::form::{Controls, Form};
use super::phrases::{Phrases, list};
use super::write::{self, Asked};
use crate::kiosk::Touch;
use crate::kiosk::view::View;
use crate::visits::VisitorType;
use crate::visits::flow::{Companies, Draft, Hosts, Stage, TenantLine, Touch as VisitTouch};
use lodge_ui::slint::SharedString;
use lodge_ui::{Choice, Control, Line, List, ListingForm, MenuForm, MessageForm, Picture};

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
        Stage::Company { seen, .. } => company(seen, said, view, controls),
        Stage::Purpose(_) => purpose(said, view, controls),
        Stage::Tenants {
            tenants, is_read, ..
        } => companies(tenants, *is_read, said, controls),
        Stage::Host { draft, hosts, .. } => host(draft, hosts, said, view, controls),
        Stage::Permit { .. } => typing(
            "visit-permit",
            "visit-permit-how",
            None,
            None,
            said,
            view,
            controls,
        ),
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
        Stage::Inside(receipt) => here::inside(receipt, said, view, controls),
        Stage::Waiting {
            number,
            host,
            answer,
        } => here::waiting(&number.to_string(), host.as_ref(), *answer, said, controls),
        Stage::SeeTheDesk => here::see_the_desk(said, controls),
        Stage::NotSignedIn(refusal) => refused::not_signed_in(refusal, said, controls),
        Stage::MessageFrom { host, .. } => {
            here::message(host, "visit-message-from", said, view, controls)
        }
        Stage::Message { host, .. } => here::message(host, "visit-message", said, view, controls),
        Stage::MessageKept => over(
            "visit-message-kept",
            "visit-message-kept-detail",
            Picture::LeaveWord,
            said,
            controls,
        ),
        Stage::Leaving { .. } => typing(
            "visit-leaving",
            "visit-leaving-how",
            None,
            None,
            said,
            view,
            controls,
        ),
        Stage::ThingsOut { .. } => here::things_out(said, controls),
        Stage::Gone => over(
            "visit-gone",
            "visit-gone-detail",
            Picture::SignOut,
            said,
            controls,
        ),
        Stage::Ended { .. } => refused::ended(said, controls),
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

fn company(seen: &Companies, said: &Phrases, view: &View, controls: &mut Controls) -> Form {
    let lines: Vec<Line> = seen
        .names
        .iter()
        .enumerate()
        .map(|(place, name)| Line {
            title: name.into(),
            picture: Picture::Building,
            touch: controls.add(Touch::Visits(VisitTouch::Company(place))),
            ..Line::default()
        })
        .collect();
    let asked = Asked {
        title: said.text("visit-company"),
        detail: said.text("visit-company-how"),
        wrong: None,
        known: (!lines.is_empty()).then(|| (said.text("visit-companies-seen"), lines)),
        second: Control::default(),
        action: controls.control(said.text("next"), Picture::Done, Touch::Enter),
    };
    written(asked, said, view)
}

fn purpose(said: &Phrases, view: &View, controls: &mut Controls) -> Form {
    let tiles: Vec<Choice> = view
        .reception
        .purposes
        .iter()
        .enumerate()
        .map(|(place, purpose)| Choice {
            title: purpose.text(said.language).into(),
            second: SharedString::new(),
            picture: Picture::LeaveWord,
            filled: place == 0,
            dim: false,
            touch: controls.add(Touch::Visits(VisitTouch::Purpose(place))),
        })
        .collect();
    Form::Menu(MenuForm {
        title: said.text("visit-purpose"),
        tiles: list(tiles),
        ..MenuForm::default()
    })
}

fn companies(
    tenants: &[TenantLine],
    is_read: bool,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    let lines: Vec<Line> = tenants
        .iter()
        .map(|line| Line {
            title: line.name.text(said.language).into(),
            detail: said.with("directory-rooms", &[("rooms", &line.room)]),
            picture: Picture::Building,
            touch: controls.add(Touch::Visits(VisitTouch::Tenant(line.tenant))),
            ..Line::default()
        })
        .collect();
    Form::Listing(ListingForm {
        title: said.text("visit-which-company"),
        nothing: match is_read && lines.is_empty() {
            true => said.text("directory-nothing"),
            false => SharedString::new(),
        },
        lists: list([List {
            title: SharedString::new(),
            lines: list(lines),
        }]),
        ..ListingForm::default()
    })
}

fn host(
    draft: &Draft,
    hosts: &Hosts,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let company = draft.tenant.as_ref();
    let known = match hosts {
        Hosts::These(hosts) => {
            let lines = hosts.iter().map(|line| Line {
                title: line.masked.text(said.language).into(),
                picture: Picture::Person,
                touch: controls.add(Touch::Visits(VisitTouch::Host(line.person))),
                ..Line::default()
            });
            Some((said.text("mail-found"), lines.collect()))
        }
        Hosts::NotAsked | Hosts::Nobody | Hosts::TooMany => None,
    };
    let asked = Asked {
        title: said.text("visit-host"),
        detail: match company {
            Some(line) => said.with(
                "visit-host-at",
                &[("company", line.name.text(said.language))],
            ),
            None => said.text("visit-host-how"),
        },
        wrong: match hosts {
            Hosts::Nobody => Some(said.text("visit-host-nobody")),
            Hosts::TooMany => Some(said.text("visit-host-more")),
            Hosts::These(_) | Hosts::NotAsked => None,
        },
        known,
        second: Control::default(),
        action: Control::default(),
    };
    written(asked, said, view)
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
