//! Taking and bringing back a key.

mod along;

use super::form::{Controls, Form, attend, note, notes, strong};
use super::phrases::{Phrases, list};
use super::write::{self, Asked};
use crate::keys::flow::{Stage, Touch as KeyTouch, Wish};
use crate::keys::slip::state_word;
use crate::keys::{
    Key, KeyKind, KeyReturnRefusal, Point, Purpose, ReturnReceipt, TakeReceipt, TakeRefusal,
};
use crate::kiosk::Touch;
use crate::kiosk::view::View;
use lodge_ui::slint::SharedString;
use lodge_ui::{
    Check, ChecksForm, Choice, Control, Line, List, ListingForm, MenuForm, MessageForm, Note,
    Picture, Tone,
};

pub fn form(stage: &Stage, said: &Phrases, view: &View, controls: &mut Controls) -> Form {
    match stage {
        Stage::Looking | Stage::TurningUp => super::wait::form(said),
        Stage::Choosing(keys) => choosing(keys, said, controls),
        Stage::AskingPurpose {
            key,
            only_emergency,
        } => purpose(key, *only_emergency, said, controls),
        Stage::TypingOrder(_) => typing(
            said.text("key-order-title"),
            said.text("key-order-detail"),
            said,
            view,
            controls,
        ),
        Stage::ChoosingContractor { inside, .. } => along::choosing(inside, said, controls),
        Stage::TypingContractor(_) => typing(
            said.text("key-contractor-title"),
            said.text("key-contractor-detail"),
            said,
            view,
            controls,
        ),
        Stage::Confirming(wish) => confirming(wish, said, controls),
        Stage::AwaitingSecond {
            wish,
            seconds,
            not_yet,
            ..
        } => second(wish, *seconds, not_yet.as_ref(), said),
        Stage::Taken(receipt) => taken(receipt, said, controls),
        Stage::Returning { hook, answers, .. } => returning(hook, answers, said, controls),
        Stage::Returned(receipt) => returned(receipt, said, controls),
        Stage::TurnedUp(hook) => turned_up(hook, said, controls),
        Stage::Refused(refusal) => refused(refusal, said, controls),
        Stage::RefusedReturn(refusal) => {
            let (why, next) = match refusal {
                KeyReturnRefusal::UnknownTag => (said.text("key-unknown-tag"), "hand-in"),
                KeyReturnRefusal::NotOut { hook } => {
                    (said.with("key-not-out", &[("hook", hook)]), "hand-in")
                }
                KeyReturnRefusal::TagNotScanned => {
                    (said.text("key-tag-typed"), "key-tag-typed-next")
                }
            };
            no("key-not-returned", why, said.text(next), said, controls)
        }
    }
}

fn choosing(keys: &[Key], said: &Phrases, controls: &mut Controls) -> Form {
    // Nobody is asked to choose among none.
    if keys.is_empty() {
        return Form::Message(MessageForm {
            picture: Picture::Key,
            tone: Tone::Attend,
            title: said.text("key-none"),
            detail: said.text("key-none-why"),
            ..MessageForm::default()
        });
    }
    let lines: Vec<Line> = keys
        .iter()
        .map(|key| Line {
            title: hook(key, said),
            detail: about(key, said),
            picture: Picture::Key,
            touch: controls.add(Touch::Keys(KeyTouch::Key(key.id))),
            ..Line::default()
        })
        .collect();
    Form::Listing(ListingForm {
        title: said.text("key-choose"),
        detail: said.text("key-choose-detail"),
        lists: list([List {
            title: SharedString::new(),
            lines: list(lines),
        }]),
        ..ListingForm::default()
    })
}

/// What may be said of a key on a page that others can see: whether it is special, never what it
/// opens.
fn about(key: &Key, said: &Phrases) -> SharedString {
    match (key.kind, key.pieces) {
        (KeyKind::Master, _) => said.text("key-master"),
        (KeyKind::SealedSpare, _) => said.text("key-sealed-spare"),
        (KeyKind::Ordinary, 1) => SharedString::new(),
        (KeyKind::Ordinary, pieces) => said.count("key-pieces", pieces),
    }
}

fn hook(key: &Key, said: &Phrases) -> SharedString {
    said.with("key-line", &[("hook", &key.hook)])
}

fn purpose(key: &Key, only_emergency: bool, said: &Phrases, controls: &mut Controls) -> Form {
    let mut tile = |title: &'static str, picture, filled, touch| Choice {
        title: said.text(title),
        second: SharedString::new(),
        picture,
        filled,
        dim: false,
        touch: controls.add(Touch::Keys(touch)),
    };
    // While the house gives no keys there is nothing else to choose.
    if only_emergency {
        let emergency = KeyTouch::For(Purpose::Emergency);
        return Form::Menu(MenuForm {
            title: said.text("key-purpose"),
            detail: said.text("key-only-emergency"),
            tiles: list([tile("key-for-emergency", Picture::Attend, true, emergency)]),
            ..MenuForm::default()
        });
    }
    let tiles = [
        tile("key-for-order", Picture::Paper, true, KeyTouch::ForOrder),
        tile(
            "key-for-inspection",
            Picture::Checked,
            false,
            KeyTouch::For(Purpose::Inspection),
        ),
        tile(
            "key-for-repair",
            Picture::Wrench,
            false,
            KeyTouch::For(Purpose::Repair),
        ),
        tile(
            "key-for-cleaning",
            Picture::Done,
            false,
            KeyTouch::For(Purpose::Cleaning),
        ),
        tile(
            "key-for-viewing",
            Picture::Viewing,
            false,
            KeyTouch::For(Purpose::Viewing),
        ),
        tile(
            "key-for-emergency",
            Picture::Attend,
            false,
            KeyTouch::For(Purpose::Emergency),
        ),
    ];
    Form::Menu(MenuForm {
        title: said.text("key-purpose"),
        detail: hook(key, said),
        tiles: list(tiles),
        ..MenuForm::default()
    })
}

fn typing(
    title: SharedString,
    detail: SharedString,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let asked = Asked {
        title,
        detail,
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

fn confirming(wish: &Wish, said: &Phrases, controls: &mut Controls) -> Form {
    let mut remarks = vec![strong(purpose_words(&wish.purpose, said), Picture::Paper)];
    let when = wish.in_curfew.map(|due| said.moment(due));
    remarks.extend(
        wish.contractor
            .as_ref()
            .map(|along| along::remark(along, said)),
    );
    match when {
        Some(when) => {
            let until = said.with("key-emergency-until", &[("when", &when)]);
            remarks.push(attend(until, Picture::Clock));
        }
        None if wish.contractor.is_none() => {
            remarks.push(note(said.text("key-responsible"), Picture::Info));
        }
        None => {}
    }
    Form::Message(MessageForm {
        picture: Picture::Key,
        title: said.text("key-confirm"),
        detail: about(&wish.key, said),
        caption: said.text("key-hook"),
        number: wish.key.hook.as_str().into(),
        notes: notes(remarks),
        second: controls.control(
            said.text("key-with-contractor"),
            Picture::Contractor,
            Touch::Keys(KeyTouch::GoAlong),
        ),
        action: controls.control(
            said.text("confirm"),
            Picture::Done,
            Touch::Keys(KeyTouch::Confirm),
        ),
        ..MessageForm::default()
    })
}

fn purpose_words(purpose: &Purpose, said: &Phrases) -> SharedString {
    match purpose {
        Purpose::Inspection => said.text("key-for-inspection"),
        Purpose::Cleaning => said.text("key-for-cleaning"),
        Purpose::Viewing => said.text("key-for-viewing"),
        Purpose::Repair => said.text("key-for-repair"),
        Purpose::Emergency => said.text("key-for-emergency"),
        Purpose::WorkOrder(number) => said.with("key-order", &[("number", number)]),
    }
}

fn second(wish: &Wish, seconds: u32, not_yet: Option<&TakeRefusal>, said: &Phrases) -> Form {
    let because = not_yet.map(|why| attend(sentence(why, said), Picture::Attend));
    let others = [
        strong(hook(&wish.key, said), Picture::Key),
        note(said.count("key-second-within", seconds), Picture::Clock),
    ];
    Form::Message(MessageForm {
        picture: Picture::Reader,
        tone: match because.is_some() {
            true => Tone::Attend,
            false => Tone::Plain,
        },
        title: said.text("key-second"),
        detail: said.text("key-second-detail"),
        notes: notes(because.into_iter().chain(others)),
        ..MessageForm::default()
    })
}

fn taken(receipt: &TakeReceipt, said: &Phrases, controls: &mut Controls) -> Form {
    let due = said.with("please-return", &[("when", &said.moment(receipt.due))]);
    let mut remarks = vec![strong(due, Picture::Clock)];
    if receipt.pieces > 1 {
        remarks.push(note(said.count("key-pieces", receipt.pieces), Picture::Key));
    }
    if receipt.goes_along {
        remarks.push(attend(said.text("key-go-along"), Picture::Contractor));
    }
    Form::Message(MessageForm {
        picture: Picture::Key,
        title: said.text("key-taken"),
        detail: said.text("key-taken-detail"),
        caption: said.text("key-hook"),
        number: receipt.hook.as_str().into(),
        notes: notes(remarks),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

fn returning(
    hook: &str,
    answers: &[Option<bool>; Point::ALL.len()],
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    let checks: Vec<Check> = Point::ALL
        .into_iter()
        .zip(answers)
        .map(|(point, answer)| {
            let mut say = |word, yes| {
                controls.control(
                    said.text(word),
                    Picture::None,
                    Touch::Keys(KeyTouch::Answer(point, yes)),
                )
            };
            Check {
                text: said.text(point.word()),
                yes: say("yes", true),
                no: say("no", false),
                said_yes: *answer == Some(true),
                said_no: *answer == Some(false),
            }
        })
        .collect();
    let open = answers.iter().filter(|answer| answer.is_none()).count();
    Form::Checks(ChecksForm {
        title: said.text("key-checklist"),
        detail: said.with("key-line", &[("hook", hook)]),
        checks: list(checks),
        missing: match open {
            0 => SharedString::new(),
            open => said.count("key-points-left", u32::try_from(open).unwrap_or(u32::MAX)),
        },
        action: match open {
            0 => controls.control(
                said.text("key-give-back"),
                Picture::Done,
                Touch::Keys(KeyTouch::Finish),
            ),
            _ => Control::default(),
        },
    })
}

fn returned(receipt: &ReturnReceipt, said: &Phrases, controls: &mut Controls) -> Form {
    let mut remarks = Vec::new();
    if !receipt.denied.is_empty() {
        remarks.push(attend(said.text("key-will-look"), Picture::Attend));
    }
    let told = [
        (receipt.by_another, "returned-by-another"),
        (receipt.late, "returned-late"),
    ];
    let told = told.into_iter().filter(|(is_so, _)| *is_so);
    remarks.extend(told.map(|(_, id)| note(said.text(id), Picture::Info)));
    if receipt.awaits.is_some() {
        let thanks = said.text("key-returned-to-desk");
        return to_desk(&receipt.hook, thanks, remarks, said, controls);
    }
    Form::Message(MessageForm {
        picture: Picture::Key,
        title: said.text("key-returned"),
        detail: said.text("key-returned-detail"),
        caption: said.text("key-hook"),
        number: receipt.hook.as_str().into(),
        notes: notes(remarks),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

/// A lost key is here.
fn turned_up(hook: &str, said: &Phrases, controls: &mut Controls) -> Form {
    to_desk(hook, said.text("key-turned-up"), Vec::new(), said, controls)
}

/// Whoever brings a key that does not hang again gives it to the desk, which is said first. Its hook in
/// large figures would have it hung there.
fn to_desk(
    hook: &str,
    thanks: SharedString,
    remarks: Vec<Note>,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    let hook = note(said.with("key-line", &[("hook", hook)]), Picture::Key);
    Form::Message(MessageForm {
        picture: Picture::HandedOver,
        tone: Tone::Attend,
        title: said.text("key-to-desk"),
        detail: thanks,
        notes: notes([hook].into_iter().chain(remarks)),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

fn refused(refusal: &TakeRefusal, said: &Phrases, controls: &mut Controls) -> Form {
    let next = match refusal {
        TakeRefusal::NotStaff | TakeRefusal::UnknownTag => said.text("ask-desk"),
        TakeRefusal::CardNotTapped => said.text("key-at-desk"),
        // Only the keeper can help with what is granted and with what does not hang.
        TakeRefusal::NotGranted { .. } | TakeRefusal::NotThere { .. } => {
            said.text("key-ask-keeper")
        }
        TakeRefusal::AlreadyOut { .. } => said.text("key-already-out-next"),
        TakeRefusal::Curfew { again } => {
            said.with("key-curfew-next", &[("when", &said.moment(*again))])
        }
        TakeRefusal::SecondPersonNeeded { .. }
        | TakeRefusal::SamePerson
        | TakeRefusal::SecondMayNot => said.text("key-second-detail"),
        TakeRefusal::ContractorGone => said.text("key-contractor-gone-next"),
        TakeRefusal::ContractorUnknown => said.text("key-contractor-unknown-next"),
    };
    no("key-refused", sentence(refusal, said), next, said, controls)
}

/// Why no key is given, or why a card was not the second one.
fn sentence(refusal: &TakeRefusal, said: &Phrases) -> SharedString {
    match refusal {
        TakeRefusal::NotStaff => said.text("key-not-staff"),
        TakeRefusal::CardNotTapped => said.text("mail-card-not-tapped"),
        TakeRefusal::NotGranted { hook } => said.with("key-not-granted", &[("hook", hook)]),
        TakeRefusal::UnknownTag => said.text("key-unknown-tag"),
        TakeRefusal::AlreadyOut { hook, due } => said.with(
            "key-already-out",
            &[("hook", hook), ("when", &said.moment(*due))],
        ),
        TakeRefusal::NotThere { hook, state } => said.with(
            "key-not-there",
            &[("hook", hook), ("state", &said.text(state_word(*state)))],
        ),
        TakeRefusal::Curfew { .. } => said.text("key-curfew"),
        TakeRefusal::SecondPersonNeeded { .. } => said.text("key-second-missing"),
        TakeRefusal::SamePerson => said.text("key-same-person"),
        TakeRefusal::SecondMayNot => said.text("key-second-may-not"),
        TakeRefusal::ContractorGone => said.text("key-contractor-gone"),
        TakeRefusal::ContractorUnknown => said.text("key-contractor-unknown"),
    }
}

fn no(
    title: &'static str,
    why: SharedString,
    next: SharedString,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    Form::Message(MessageForm {
        picture: Picture::Key,
        tone: Tone::Attend,
        title: said.text(title),
        detail: why,
        notes: notes([strong(next, Picture::Info)]),
        action: controls.control(said.text("end"), Picture::None, Touch::End),
        ..MessageForm::default()
    })
}
