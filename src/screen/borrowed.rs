//! It is yours.

use super::form::{Controls, Form, attend, note, notes, strong};
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::{Borrowed, SlipStage};
use crate::words::dates;
use lodge_ui::{MessageForm, Note, Picture};

pub fn form(page: &Borrowed, said: &Phrases, controls: &mut Controls) -> Form {
    let said = Phrases {
        today: page.today,
        ..*said
    };
    let due = strong(
        dates::day_time(said.language, page.due).into(),
        Picture::Clock,
    );
    Form::Message(MessageForm {
        picture: picture(page.thing.icon),
        title: said.text("borrowed-title"),
        detail: said.with("please-return", &[("when", &said.when(page.due))]),
        caption: said.text("number"),
        number: page.number.as_str().into(),
        below: said.thing(&page.thing).into(),
        notes: notes([due].into_iter().chain(slip(page.slip, &said))),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

/// Where the slip is, where one is due.
pub(super) fn slip(stage: SlipStage, said: &Phrases) -> Option<Note> {
    let plain = |text| note(text, Picture::Printer);
    Some(match stage {
        SlipStage::None => return None,
        SlipStage::Printing => plain(said.text("slip-printing")),
        SlipStage::Printed => plain(said.text("slip-printed")),
        SlipStage::Unknown => attend(said.text("slip-unknown"), Picture::Printer),
        SlipStage::Waiting(why) => attend(
            said.with("slip-waiting", &[("why", &said.paper(why))]),
            Picture::Printer,
        ),
    })
}
