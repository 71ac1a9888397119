//! Typing a number, by finger or on a keyboard.

use super::Touches;
use super::form::Form;
use super::phrases::Phrases;
use crate::kiosk::Touch;
use crate::kiosk::view::{NumberAsked, TypeNumber};
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{NumberAdapter, NumberForm};

pub fn form(page: &TypeNumber, said: &Phrases) -> Form {
    let (title, example, wrong) = match page.number {
        NumberAsked::Card => ("type-card-title", "type-card-example", "type-card-wrong"),
        NumberAsked::Tag => ("type-tag-title", "type-tag-example", "type-tag-wrong"),
        NumberAsked::TagOrSlip => ("type-any-title", "type-any-example", "type-tag-wrong"),
    };
    Form::Number(NumberForm {
        title: said.text(title),
        example: said.text(example),
        typed: page.typed.as_str().into(),
        wrong: match page.wrong {
            true => said.text(wrong),
            false => SharedString::new(),
        },
        letters: page.number != NumberAsked::Card,
        erase: said.text("erase"),
        confirm: said.text("confirm"),
    })
}

pub fn connect(touches: &Touches<'_>) {
    let shown = touches.kiosk.global::<NumberAdapter<'_>>();
    let tell = touches.tell.clone();
    shown.on_key(move |key| {
        let mut characters = key.chars();
        // A keyboard has keys without a character; those of a number are plain.
        if let (Some(character), None) = (characters.next(), characters.next())
            && (character.is_ascii_alphanumeric() || matches!(character, ',' | '-'))
        {
            tell(Touch::Key(character.to_ascii_uppercase()));
        }
    });
    shown.on_erased(touches.always(Touch::Erase));
    shown.on_entered(touches.always(Touch::Enter));
}
