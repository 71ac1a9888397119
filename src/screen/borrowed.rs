//! It is yours.

use super::form::{Controls, Form, attend, none, note, notes, strong};
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::{Borrowed, SlipStage, Thing};
use crate::lending::flow::Touch as LendingTouch;
use lodge_ui::{Control, MessageForm, Note, Picture};

pub fn form(page: &Borrowed, said: &Phrases, controls: &mut Controls) -> Form {
    let said = Phrases {
        today: page.today,
        ..*said
    };
    // Said once, where people look for it; it comes back on the slip.
    let id = match page.in_place {
        true => "in-place-until",
        false => "please-return",
    };
    let due = strong(
        said.with(id, &[("when", &said.when(page.due))]),
        Picture::Clock,
    );
    Form::Message(MessageForm {
        picture: picture(page.thing.icon),
        title: said.text(match page.in_place {
            true => "in-place-title",
            false => "borrowed-title",
        }),
        caption: said.text("number"),
        number: page.number.as_str().into(),
        below: said.thing(&page.thing).into(),
        notes: notes(
            [due]
                .into_iter()
                .chain(slip(page.slip, &said))
                .chain(so_far("so-far-lent", &page.before, &said)),
        ),
        second: another(page.more, &said, controls),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

/// Borrows something else on the same card, where that may be.
pub(super) fn another(more: bool, said: &Phrases, controls: &mut Controls) -> Control {
    match more {
        true => controls.control(
            said.text("borrow-another"),
            Picture::Borrow,
            Touch::Lending(LendingTouch::Another),
        ),
        false => none(),
    }
}

/// What went before in one go, as one line.
pub(super) fn so_far(id: &str, before: &[Thing], said: &Phrases) -> Option<Note> {
    let things: Vec<String> = before.iter().map(|thing| said.thing(thing)).collect();
    let things = things.join(said.text("and-also").as_str());
    let line = || note(said.with(id, &[("things", &things)]), Picture::Done);
    (!before.is_empty()).then(line)
}

/// Where the slip is, where one is due.
pub(super) fn slip(stage: SlipStage, said: &Phrases) -> Option<Note> {
    let plain = |text| note(text, Picture::Printer);
    Some(match stage {
        SlipStage::None => return None,
        SlipStage::Printing => plain(said.text("slip-printing")),
        SlipStage::Printed => plain(said.text("slip-printed")),
        SlipStage::BadgePrinting => plain(said.text("badge-printing")),
        SlipStage::BadgePrinted => plain(said.text("badge-printed")),
        SlipStage::Unknown => attend(said.text("slip-unknown"), Picture::Printer),
        SlipStage::Waiting(why) => attend(
            said.with("slip-waiting", &[("why", &said.paper(why))]),
            Picture::Printer,
        ),
    })
}
