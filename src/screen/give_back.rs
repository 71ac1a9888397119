//! Please scan what you bring back.

use super::form::{Controls, Form};
use super::my_page;
use super::phrases::{Phrases, list};
use crate::kiosk::Touch;
use crate::kiosk::view::GiveBack;
use lodge_ui::{MessageForm, Picture};

pub fn form(page: &GiveBack, said: &Phrases, controls: &mut Controls) -> Form {
    let second = controls.control(
        said.text("type-number"),
        Picture::Keyboard,
        Touch::TypeInstead,
    );
    let loans = page.loans.iter();
    let lines: Vec<_> = loans
        .map(|line| my_page::loan(line, said, controls))
        .collect();
    Form::Message(MessageForm {
        picture: Picture::Scan,
        title: said.text("give-back-title"),
        detail: said.text("give-back-detail"),
        second,
        lines_title: said.text("my-loans"),
        lines: list(lines),
        ..MessageForm::default()
    })
}
