//! Collecting mail, and who else may collect it.

mod deputies;

use super::form::{Controls, Form, attend, note, notes, strong};
use super::phrases::{Phrases, list, mail_picture, parts};
use super::write::{self, Asked};
use crate::kiosk::Touch;
use crate::kiosk::view::View;
use crate::mail::flow::{Stage, Touch as MailTouch};
use crate::mail::{
    MailId, Offer, PickUpReceipt, PickUpRefusal, Piece, Whose, Withheld, WithheldPiece,
};
use lodge_ui::slint::SharedString;
use lodge_ui::{Control, Line, List, ListingForm, MessageForm, Note, Picture, SignForm, Tone};
use std::collections::BTreeSet;

pub fn form(stage: &Stage, said: &Phrases, view: &View, controls: &mut Controls) -> Form {
    match stage {
        Stage::Presenting { .. } => presenting(said, view, controls),
        Stage::Looking { .. } => super::wait::form(said),
        Stage::Offered { offer, left, .. } => offered(offer, left, said, controls),
        Stage::Signing { offer, left, .. } => signing(offer, left, said, view, controls),
        Stage::Done(receipt) => done(receipt, said, controls),
        Stage::WrongCode { tries_left } => again(
            said.text("mail-wrong-code"),
            said.count("mail-wrong-code-why", *tries_left),
            said,
            controls,
        ),
        Stage::Misread => again(
            said.text("mail-misread"),
            said.text("mail-misread-why"),
            said,
            controls,
        ),
        Stage::CodesPaused { until } => refused(
            said.text("mail-paused"),
            said.with("mail-paused-why", &[("when", &said.moment(*until))]),
            said,
            controls,
        ),
        Stage::Refused(refusal) => not_given(refusal, said, controls),
        Stage::Deputies { given, changed } => deputies::deputies(given, *changed, said, controls),
        Stage::NamingDeputy { found, .. } => deputies::naming(found, said, view, controls),
        Stage::ChoosingTerms {
            deputy,
            covers,
            lasts,
            ..
        } => deputies::terms(deputy, *covers, *lasts, said, controls),
        Stage::DeputyRefused { refusal, .. } => deputies::refused(*refusal, said, controls),
    }
}

fn presenting(said: &Phrases, view: &View, controls: &mut Controls) -> Form {
    let asked = Asked {
        title: said.text("mail-present"),
        detail: said.text("mail-present-detail"),
        wrong: None,
        known: None,
        second: Control::default(),
        action: controls.control(said.text("confirm"), Picture::Done, Touch::Enter),
    };
    match &view.writing {
        Some(writing) => write::form(asked, writing, said),
        None => super::wait::form(said),
    }
}

fn offered(
    offer: &Offer,
    left: &BTreeSet<MailId>,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    let mut lists = vec![List {
        title: SharedString::new(),
        lines: list(
            offer
                .pieces
                .iter()
                .map(|piece| {
                    let stays = left.contains(&piece.item);
                    Line {
                        action: said.text(if stays { "mail-take" } else { "mail-leave" }),
                        touch: controls.add(Touch::Mail(MailTouch::Tick(piece.item))),
                        attend: stays,
                        ..line(piece, said)
                    }
                })
                .collect::<Vec<_>>(),
        ),
    }];
    if !offer.withheld.is_empty() {
        lists.push(List {
            title: said.text("mail-withheld"),
            lines: list(offer.withheld.iter().map(|piece| withheld(piece, said))),
        });
    }
    let taken = offer.pieces.len() - left.len();
    Form::Listing(ListingForm {
        title: said.text("mail-offered"),
        detail: match (taken, offer.on_the_way) {
            (0, _) => said.text("mail-nothing-chosen"),
            (_, 0) => SharedString::new(),
            (_, on_the_way) => said.count("mail-on-the-way", on_the_way),
        },
        lists: list(lists),
        // Nothing is no choice.
        action: match taken {
            0 => Control::default(),
            taken => controls.control(
                said.count("mail-collect", u32::try_from(taken).unwrap_or(u32::MAX)),
                Picture::Done,
                Touch::Mail(MailTouch::Collect),
            ),
        },
        ..ListingForm::default()
    })
}

fn signing(
    offer: &Offer,
    left: &BTreeSet<MailId>,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let taken = offer
        .pieces
        .iter()
        .filter(|piece| !left.contains(&piece.item));
    let paragraphs: Vec<SharedString> = [said.text("mail-sign-why")]
        .into_iter()
        .chain(taken.map(|piece| {
            let Line { title, detail, .. } = line(piece, said);
            parts(&[&title, &detail])
        }))
        .collect();
    sign(said.text("mail-sign"), paragraphs, said, view, controls)
}

/// A page to sign on.
pub(super) fn sign(
    title: SharedString,
    paragraphs: Vec<SharedString>,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let form = SignForm {
        title,
        paragraphs: list(paragraphs),
        prompt: said.text("sign-here"),
        clear: controls.control(said.text("sign-again"), Picture::Erase, Touch::WipePad),
        missing: match view.strokes.is_written() {
            true => SharedString::new(),
            false => said.text("sign-missing"),
        },
        action: controls.control(said.text("confirm"), Picture::Done, Touch::Enter),
        ..SignForm::default()
    };
    Form::Sign(form, view.strokes.clone())
}

/// Pieces that fit under the sentence; more are a list of their own.
const FEW: usize = 2;

fn done(receipt: &PickUpReceipt, said: &Phrases, controls: &mut Controls) -> Form {
    let shelves: BTreeSet<&str> = receipt.pieces.iter().map(|p| p.shelf.as_str()).collect();
    let one_shelf = shelves.len() == 1;
    let lines: Vec<Line> = receipt.pieces.iter().map(|p| line(p, said)).collect();
    let is_long = lines.len() > FEW;
    let taken: Vec<Note> = lines
        .iter()
        .filter(|_| !is_long)
        .map(|line| match one_shelf {
            true => note(line.title.clone(), line.picture),
            false => note(parts(&[&line.title, &line.detail]), line.picture),
        })
        .collect();
    let not_given = receipt.not_given.iter().map(|kind| {
        let kind = said.text(kind.word());
        attend(
            said.with("mail-not-given", &[("kind", &kind)]),
            Picture::Attend,
        )
    });
    let left =
        (receipt.left > 0).then(|| note(said.count("mail-left", receipt.left), Picture::Info));
    Form::Message(MessageForm {
        picture: Picture::Mailbox,
        title: said.text("mail-done"),
        detail: said.text(match one_shelf {
            true => "mail-done-detail",
            false => "mail-done-shelves",
        }),
        caption: match one_shelf {
            true => said.text("mail-shelf"),
            false => SharedString::new(),
        },
        number: match one_shelf {
            true => shelves.into_iter().collect::<String>().into(),
            false => SharedString::new(),
        },
        notes: notes(taken.into_iter().chain(not_given).chain(left)),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        lines_title: said.text("mail-taken"),
        lines: match is_long {
            true => list(lines),
            false => list([]),
        },
        ..MessageForm::default()
    })
}

/// Nothing waits here because somebody is carrying it to them: no refusal, and nothing to do.
fn under_way(on_the_way: u32, said: &Phrases, controls: &mut Controls) -> Form {
    Form::Message(MessageForm {
        picture: Picture::Mailbox,
        title: said.text("mail-under-way"),
        detail: said.count("mail-under-way-how", on_the_way),
        notes: notes([note(said.text("mail-under-way-next"), Picture::Info)]),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

fn not_given(refusal: &PickUpRefusal, said: &Phrases, controls: &mut Controls) -> Form {
    let mut more = Vec::new();
    let why = match refusal {
        PickUpRefusal::UnknownCode => said.text("mail-unknown-code"),
        PickUpRefusal::NothingWaits {
            on_the_way,
            withheld: kept,
        } => {
            if *on_the_way > 0 && kept.is_empty() {
                return under_way(*on_the_way, said, controls);
            }
            if *on_the_way > 0 {
                more.push(note(
                    said.count("mail-on-the-way", *on_the_way),
                    Picture::Info,
                ));
            }
            more.extend(kept.iter().map(|piece| {
                let Line { title, detail, .. } = withheld(piece, said);
                attend(parts(&[&title, &detail]), Picture::Attend)
            }));
            said.text(match kept.is_empty() {
                false => "mail-only-withheld",
                true => "mail-nothing-waits",
            })
        }
        PickUpRefusal::NothingChosen => said.text("mail-nothing-chosen"),
        PickUpRefusal::SignatureMissing => said.text("mail-signature-missing"),
        PickUpRefusal::Gone { kind, .. } => {
            said.with("mail-gone", &[("kind", &said.text(kind.word()))])
        }
        PickUpRefusal::NotYours { kind } => {
            said.with("mail-not-yours", &[("kind", &said.text(kind.word()))])
        }
        PickUpRefusal::Withheld(piece) => withheld(piece, said).detail,
    };
    more.push(strong(said.text("ask-desk"), Picture::Info));
    message(said.text("mail-refused"), why, more, said, controls)
}

fn refused(
    title: SharedString,
    why: SharedString,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    let next = vec![strong(said.text("ask-desk"), Picture::Info)];
    message(title, why, next, said, controls)
}

fn message(
    title: SharedString,
    why: SharedString,
    more: Vec<Note>,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    Form::Message(MessageForm {
        picture: Picture::Mailbox,
        tone: Tone::Attend,
        title,
        detail: why,
        notes: notes(more),
        action: controls.control(said.text("end"), Picture::None, Touch::End),
        ..MessageForm::default()
    })
}

/// A code that was not right is tried again.
fn again(title: SharedString, why: SharedString, said: &Phrases, controls: &mut Controls) -> Form {
    Form::Message(MessageForm {
        picture: Picture::Mailbox,
        tone: Tone::Attend,
        title,
        detail: why,
        action: controls.control(
            said.text("mail-again"),
            Picture::Keyboard,
            Touch::Mail(MailTouch::Again),
        ),
        ..MessageForm::default()
    })
}

fn line(piece: &Piece, said: &Phrases) -> Line {
    let kind = said.text(piece.kind.word());
    let when = said.moment(piece.arrived);
    let detail = said.with("mail-detail", &[("shelf", &piece.shelf), ("when", &when)]);
    Line {
        title: match piece.whose {
            Whose::Own => kind,
            Whose::Company => said.with("mail-of-company", &[("kind", &kind)]),
            Whose::OnBehalf(_) => said.with(
                "mail-on-behalf",
                &[
                    ("kind", &kind),
                    ("name", &piece.recipient.masked(said.language)),
                ],
            ),
        },
        detail,
        picture: mail_picture(piece.kind),
        ..Line::default()
    }
}

fn withheld(piece: &WithheldPiece, said: &Phrases) -> Line {
    Line {
        title: said.text(piece.kind.word()),
        detail: said.text(match piece.why {
            Withheld::SignatoryNeeded => "mail-signatory-needed",
            Withheld::CardNotTapped => "mail-card-not-tapped",
        }),
        picture: mail_picture(piece.kind),
        attend: true,
        ..Line::default()
    }
}
