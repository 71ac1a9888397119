//! Who else may collect somebody's mail.

use super::super::form::{Controls, Form};
use super::super::phrases::{Phrases, list, parts, shown};
use super::super::wait;
use super::super::write::{self, Asked};
use crate::kiosk::Touch;
use crate::kiosk::view::View;
use crate::mail::flow::{Change, Touch as MailTouch};
use crate::mail::{AuthorityLine, AuthorityRefusal, Colleague, Covers, Lasts};
use lodge_ui::slint::SharedString;
use lodge_ui::{Control, Line, List, ListingForm, MessageForm, Picture, Tone};

pub(super) fn deputies(
    given: &[AuthorityLine],
    changed: Option<Change>,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    let lines: Vec<Line> = given
        .iter()
        .map(|line| Line {
            title: shown(&line.holder.masked(said.language)),
            detail: parts(&[&said.text(covers(line.covers)), &lasts(line, said)]),
            picture: Picture::HandedOver,
            action: said.text("mail-withdraw"),
            touch: controls.add(Touch::Mail(MailTouch::Withdraw(line.id))),
            ..Line::default()
        })
        .collect();
    Form::Listing(ListingForm {
        title: said.text("mail-deputies"),
        detail: match changed {
            // Nobody is announced over an empty list.
            None if lines.is_empty() => SharedString::new(),
            None => said.text("mail-deputies-detail"),
            Some(Change::Given) => said.text("mail-deputy-given"),
            Some(Change::Withdrawn) => said.text("mail-deputy-withdrawn"),
        },
        nothing: match lines.is_empty() {
            true => said.text("mail-deputies-none"),
            false => SharedString::new(),
        },
        lists: list([List {
            title: SharedString::new(),
            lines: list(lines),
        }]),
        action: controls.control(
            said.text("mail-new-deputy"),
            Picture::HandedOver,
            Touch::Mail(MailTouch::NewDeputy),
        ),
        ..ListingForm::default()
    })
}

pub(super) fn naming(
    found: &[Colleague],
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let lines: Vec<Line> = found
        .iter()
        .map(|colleague| Line {
            title: shown(&colleague.name.masked(said.language)),
            picture: Picture::Person,
            touch: controls.add(Touch::Mail(MailTouch::Deputy(colleague.person))),
            ..Line::default()
        })
        .collect();
    let asked = Asked {
        title: said.text("mail-name-deputy"),
        detail: said.text("mail-name-deputy-detail"),
        wrong: None,
        known: (!lines.is_empty()).then(|| (said.text("mail-found"), lines)),
        second: Control::default(),
        action: Control::default(),
    };
    match &view.writing {
        Some(writing) => write::form(asked, writing, said),
        None => wait::form(said),
    }
}

pub(super) fn terms(
    deputy: &Colleague,
    chosen: Covers,
    chosen_time: Lasts,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    let mut option = |title: &'static str, on: bool, touch: MailTouch| Line {
        title: said.text(title),
        picture: if on { Picture::Done } else { Picture::None },
        touch: controls.add(Touch::Mail(touch)),
        ..Line::default()
    };
    let what = [Covers::Everything, Covers::Unsigned]
        .map(|one| option(covers(one), one == chosen, MailTouch::Cover(one)));
    let long = [
        (Lasts::Once, "mail-lasts-once"),
        (Lasts::Today, "mail-lasts-today"),
        (Lasts::UntilWithdrawn, "mail-lasts-on"),
    ]
    .map(|(one, word)| option(word, one == chosen_time, MailTouch::Last(one)));
    let name = deputy.name.masked(said.language);
    Form::Listing(ListingForm {
        title: said.with("mail-deputy-terms", &[("name", &name)]),
        lists: list([
            List {
                title: said.text("mail-covers"),
                lines: list(what),
            },
            List {
                title: said.text("mail-lasts"),
                lines: list(long),
            },
        ]),
        action: controls.control(
            said.text("confirm"),
            Picture::Done,
            Touch::Mail(MailTouch::Give),
        ),
        ..ListingForm::default()
    })
}

fn covers(covers: Covers) -> &'static str {
    match covers {
        Covers::Everything => "mail-covers-all",
        Covers::Unsigned => "mail-covers-unsigned",
    }
}

fn lasts(line: &AuthorityLine, said: &Phrases) -> SharedString {
    match (line.once, line.until) {
        (true, _) => said.text("mail-lasts-once"),
        (false, Some(until)) => said.with("mail-until", &[("when", &said.until(until))]),
        (false, None) => said.text("mail-lasts-on"),
    }
}

/// Not given, or not taken back; and on to somebody else, or to the list as it is.
pub(super) fn refused(refusal: AuthorityRefusal, said: &Phrases, controls: &mut Controls) -> Form {
    let (title, why) = ("mail-deputy-refused", said.text(why(refusal)));
    if refusal == AuthorityRefusal::CardNotTapped {
        return super::refused(said.text(title), why, said, controls);
    }
    let on = match refusal.is_about_deputy() {
        true => "mail-other-deputy",
        false => "mail-deputies",
    };
    Form::Message(MessageForm {
        picture: Picture::Mailbox,
        tone: Tone::Attend,
        title: said.text(title),
        detail: why,
        action: controls.control(
            said.text(on),
            Picture::HandedOver,
            Touch::Mail(MailTouch::Again),
        ),
        ..MessageForm::default()
    })
}

fn why(refusal: AuthorityRefusal) -> &'static str {
    match refusal {
        AuthorityRefusal::NotPermitted => "mail-deputy-not-permitted",
        AuthorityRefusal::SamePerson => "mail-deputy-same-person",
        AuthorityRefusal::CardNotTapped => "mail-card-not-tapped",
        AuthorityRefusal::NotAColleague => "mail-deputy-not-a-colleague",
        AuthorityRefusal::NoKinds | AuthorityRefusal::AlreadyOver { .. } => "mail-deputy-over",
        AuthorityRefusal::NotFound => "mail-deputy-not-found",
    }
}
