//! The one page that ends signing in: what was told, what is recorded and why, and a pad.

use super::super::form::{Controls, Form, note, notes, strong};
use super::super::phrases::{Phrases, list, parts};
use super::type_of;
use crate::kiosk::Touch;
use crate::kiosk::view::View;
use crate::visits::flow::{Draft, Familiar, Touch as VisitTouch};
use crate::visits::{Proof, VisitorType};
use lodge_ui::slint::SharedString;
use lodge_ui::{Control, Note, Picture, SignForm};

pub(super) fn form(draft: &Draft, said: &Phrases, view: &View, controls: &mut Controls) -> Form {
    let known = draft.familiar.as_ref();
    let has_read = known.is_some_and(|known| known.has_read);
    // Whoever signed these words last time may go by them, and read them again below.
    let before = has_read.then(|| said.text("visit-notice-as-before"));
    let notices = view.reception.notices.iter();
    let notices = notices.map(|text| text.text(said.language).into());
    let paragraphs: Vec<SharedString> = before.into_iter().chain(notices).collect();
    let way = |word: &str, picture, touch, controls: &mut Controls| {
        controls.control(said.text(word), picture, Touch::Visits(touch))
    };
    let mut ways = Vec::new();
    if draft.steps.things {
        let word = match draft.things.trim().is_empty() {
            true => "visit-i-carry",
            false => "visit-i-carry-more",
        };
        ways.push(way(word, Picture::Carried, VisitTouch::Carry, controls));
    }
    if known.is_some() && !draft.is_invited() {
        let picture = Picture::LeaveWord;
        ways.push(way(
            "visit-otherwise",
            picture,
            VisitTouch::Otherwise,
            controls,
        ));
    }
    let facts = facts(draft, known, said);
    let form = SignForm {
        title: match known {
            Some(known) => {
                let name = known.masked.text(said.language);
                said.with("visit-welcome-back", &[("name", name)])
            }
            None if draft.steps.signature => said.text("visit-sign"),
            None => said.text("visit-agree"),
        },
        facts: notes(brief(&facts, known, said)),
        paragraphs: list(paragraphs),
        ways: list(ways),
        // Without these there is no pad.
        prompt: match draft.steps.signature {
            true => said.text("sign-here"),
            false => SharedString::new(),
        },
        clear: match draft.steps.signature {
            true => controls.control(said.text("sign-again"), Picture::Erase, Touch::WipePad),
            false => Control::default(),
        },
        missing: match view.strokes.is_written() || !draft.steps.signature {
            true => SharedString::new(),
            false => said.text("sign-missing"),
        },
        action: controls.control(
            said.text(match known {
                Some(_) => "visit-me-sign",
                None => "confirm",
            }),
            Picture::Done,
            match draft.steps.signature {
                true => Touch::Enter,
                false => Touch::Visits(VisitTouch::Yes),
            },
        ),
    };
    Form::Sign(form, view.strokes.clone())
}

/// What brings somebody here, said once: most come for a visit, and only what for is news.
fn errand(draft: &Draft, kind: SharedString, said: &Phrases) -> SharedString {
    let purpose = draft.purpose.as_str();
    match draft.of {
        _ if purpose.is_empty() || purpose == kind.as_str() => kind,
        VisitorType::Guest => purpose.into(),
        _ => said.with(
            "visit-fact-errand",
            &[("type", &kind), ("purpose", purpose)],
        ),
    }
}

/// What is signed for. Somebody who has just told it all is shown only what they carry.
fn facts(draft: &Draft, known: Option<&Familiar>, said: &Phrases) -> Vec<Note> {
    let mut facts = Vec::new();
    if let Some(known) = known {
        let heading = match known.by {
            Proof::Invitation => "visit-as-invited",
            Proof::Document | Proof::NameAndTelephone | Proof::Slip => "visit-same-as-last",
        };
        facts.push(strong(said.text(heading), Picture::Expected));
        let (word, picture) = type_of(draft.of);
        let kind = said.text(word);
        facts.push(note(errand(draft, kind, said), picture));
        if let Some(tenant) = &draft.tenant {
            let company = tenant.name.text(said.language);
            let values = [("company", company), ("room", tenant.room.as_str())];
            facts.push(note(said.with("visit-fact-to", &values), Picture::Building));
        }
        if let Some(host) = &draft.host {
            let values = [("name", host.masked.text(said.language))];
            facts.push(note(said.with("visit-fact-host", &values), Picture::Person));
        }
        // A slip says whom its visitor came to see, but not from where: nor does this page then.
        if !draft.company.is_empty() && known.by != Proof::Slip {
            let values = [("company", draft.company.as_str())];
            facts.push(note(said.with("visit-fact-from", &values), Picture::People));
        }
        if draft.steps.permit && !draft.permit.is_empty() && known.by != Proof::Slip {
            let values = [("permit", draft.permit.as_str())];
            let permit = said.with("visit-fact-permit", &values);
            facts.push(note(permit, Picture::Contractor));
        }
    }
    if draft.steps.things {
        let things = draft.things.trim();
        facts.push(match things.is_empty() {
            true => note(said.text("visit-fact-nothing"), Picture::Carried),
            false => strong(
                said.with("visit-fact-things", &[("things", things)]),
                Picture::Carried,
            ),
        });
    }
    if known.is_some() {
        facts.push(note(said.text("visit-not-you"), Picture::Back));
    }
    facts
}

/// The same in few lines, so that what is agreed to is in sight beside it: what is known of the errand in one
/// line, what is carried in, and whom to be.
fn brief(facts: &[Note], known: Option<&Familiar>, said: &Phrases) -> Vec<Note> {
    if known.is_none() {
        return facts.to_vec();
    }
    let not_you = said.text("visit-not-you");
    let (told, carried): (Vec<&Note>, Vec<&Note>) = facts
        .iter()
        .filter(|fact| fact.text != not_you)
        .partition(|fact| fact.picture != Picture::Carried);
    let told: Vec<&str> = told.iter().map(|fact| fact.text.as_str()).collect();
    let told = note(parts(&told), Picture::Expected);
    let mut lines = vec![told];
    lines.extend(carried.into_iter().cloned());
    lines.push(note(not_you, Picture::Back));
    lines
}
