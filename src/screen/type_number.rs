//! Typing a number, by finger or on a keyboard.

use super::Touches;
use super::phrases::Phrases;
use crate::kiosk::Touch;
use crate::kiosk::view::{NumberAsked, TypeNumber};
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{Kiosk, TypeNumberAdapter};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &TypeNumber) {
    let shown = kiosk.global::<TypeNumberAdapter<'_>>();
    let (title, example, wrong) = match page.number {
        NumberAsked::Card => ("type-card-title", "type-card-example", "type-card-wrong"),
        NumberAsked::Tag => ("type-tag-title", "type-tag-example", "type-tag-wrong"),
        NumberAsked::TagOrSlip => ("type-any-title", "type-any-example", "type-tag-wrong"),
    };
    shown.set_title(said.text(title));
    shown.set_example(said.text(example));
    shown.set_wrong(if page.wrong {
        said.text(wrong)
    } else {
        SharedString::new()
    });
    shown.set_typed(page.typed.as_str().into());
    shown.set_letters(page.number != NumberAsked::Card);
    shown.set_erase(said.text("erase"));
    shown.set_confirm(said.text("confirm"));
}

pub fn forget(kiosk: &Kiosk) {
    kiosk
        .global::<TypeNumberAdapter<'_>>()
        .set_typed(SharedString::new());
}

pub fn connect(touches: &Touches<'_>) {
    let shown = touches.kiosk.global::<TypeNumberAdapter<'_>>();
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
