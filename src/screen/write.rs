//! Typing a text, by finger or on a keyboard: the engine's keys as the screen shows them.

use super::Touches;
use super::form::Form;
use super::phrases::{Phrases, list};
use crate::kiosk::Touch;
use crate::kiosk::view::Writing;
use crate::typing::{Mode, Press};
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{Control, Keys, Line, WriteAdapter, WriteForm};

/// What a page asks to be typed.
pub(super) struct Asked {
    pub title: SharedString,
    pub detail: SharedString,
    /// What was wrong with it, where something was.
    pub wrong: Option<SharedString>,
    /// What can be chosen instead, under its name.
    pub known: Option<(SharedString, Vec<Line>)>,
    pub second: Control,
    pub action: Control,
}

/// A page on which something is typed.
pub(super) fn form(asked: Asked, writing: &Writing, said: &Phrases) -> Form {
    let (lines_title, lines) = asked.known.unwrap_or_default();
    Form::Write(WriteForm {
        title: asked.title,
        wrong: asked.wrong.is_some(),
        detail: asked.wrong.unwrap_or(asked.detail),
        text: writing.text.as_str().into(),
        lines_title,
        lines: list(lines),
        second: asked.second,
        action: asked.action,
        keys: keys(writing, said),
    })
}

fn keys(writing: &Writing, said: &Phrases) -> Keys {
    let modes = writing.purpose.modes();
    let mode = modes.iter().position(|mode| *mode == writing.mode);
    let rows = writing
        .rows
        .iter()
        .map(|row| list(row.iter().map(|key| SharedString::from(key.to_string()))));
    Keys {
        mode: mode
            .and_then(|mode| i32::try_from(mode).ok())
            .unwrap_or_default(),
        modes: list(modes.iter().map(|mode| said.text(mode_word(*mode)))),
        rows: list(rows),
        composing: writing.composing.as_str().into(),
        candidates: list(writing.candidates.iter().map(|word| word.as_str().into())),
        more: writing.more,
        shifts: writing.mode == Mode::English,
        shifted: writing.capital,
        spaces: writing.purpose.takes(' ') || writing.mode == Mode::Pinyin,
        erase: said.text("erase"),
        blank: said.text("key-space"),
        shift_word: said.text("key-shift"),
        further: said.text("further"),
    }
}

fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Pinyin => "key-pinyin",
        Mode::English => "key-english",
        Mode::Symbols => "key-symbols",
        Mode::Code => "key-code",
    }
}

pub fn connect(touches: &Touches<'_>) {
    let shown = touches.kiosk.global::<WriteAdapter<'_>>();
    let tell = touches.tell.clone();
    shown.on_key(move |key| {
        let mut characters = key.chars();
        // A keyboard has keys without a character; the field itself takes only what fits into it.
        if let (Some(character), None) = (characters.next(), characters.next())
            && !character.is_control()
        {
            tell(Touch::Press(Press::Key(character)));
        }
    });
    shown.on_erased(touches.always(Touch::Press(Press::Erase)));
    shown.on_space(touches.always(Touch::Press(Press::Space)));
    shown.on_shift(touches.always(Touch::Press(Press::Shift)));
    shown.on_next_candidates(touches.always(Touch::Press(Press::NextCandidates)));
    shown.on_entered(touches.always(Touch::Enter));
    let tell = touches.tell.clone();
    shown.on_candidate(move |place| {
        if let Ok(place) = usize::try_from(place) {
            tell(Touch::Press(Press::Candidate(place)));
        }
    });
    let (tell, last) = (touches.tell.clone(), touches.last.clone());
    shown.on_mode_chosen(move |place| {
        let purpose = {
            let last = last
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            last.view
                .as_ref()
                .and_then(|view| view.writing.as_ref())
                .map(|writing| writing.purpose)
        };
        let chosen = usize::try_from(place)
            .ok()
            .and_then(|place| purpose?.modes().get(place));
        if let Some(mode) = chosen {
            tell(Touch::Press(Press::Mode(*mode)));
        }
    });
}
