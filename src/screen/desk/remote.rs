//! The staff window without a display: how tours press keys and look.

use super::DeskBridge;
use crate::screen::Pixels;
use crate::screen::remote::{ask, picture, press_one_of};
use lodge_ui::DeskWindow;
use lodge_ui::headless;
use lodge_ui::slint::ComponentHandle;
use lodge_ui::slint::platform::{Key, WindowEvent};

impl DeskBridge {
    /// Presses a key by its name: `Ctrl+K`, `F3`, `Enter`, `Down`, `R`.
    ///
    /// # Errors
    ///
    /// Where there is no such key, or the screen has ended.
    pub fn key(&self, name: &str) -> Result<(), String> {
        let (ctrl, rest) = match name.strip_prefix("Ctrl+") {
            Some(rest) => (true, rest),
            None => (false, name),
        };
        let key = key(rest).ok_or_else(|| format!("there is no key \"{name}\""))?;
        ask(&self.window, move |desk| {
            if ctrl {
                dispatch(desk, true, Key::Control.into());
            }
            dispatch(desk, true, key);
            dispatch(desk, false, key);
            if ctrl {
                dispatch(desk, false, Key::Control.into());
            }
        })
    }

    /// Types this, one character after the other.
    ///
    /// # Errors
    ///
    /// Where the screen has ended.
    pub fn type_in(&self, text: &str) -> Result<(), String> {
        let text = text.to_owned();
        ask(&self.window, move |desk| {
            for char in text.chars() {
                dispatch(desk, true, char);
                dispatch(desk, false, char);
            }
        })
    }

    /// Touches the control with this label.
    ///
    /// # Errors
    ///
    /// Where there is none; says which there are.
    pub fn press(&self, label: &str) -> Result<(), String> {
        press_one_of(&self.window, label.to_owned(), 1)
    }

    /// Everything that is on the window, as it reads.
    ///
    /// # Errors
    ///
    /// Where the screen has ended.
    pub fn labels(&self) -> Result<Vec<String>, String> {
        ask(&self.window, headless::labels)
    }

    /// Takes a picture.
    ///
    /// # Errors
    ///
    /// Where the screen has ended or cannot be drawn.
    pub fn picture(&self) -> Result<Pixels, String> {
        picture(&self.window)
    }
}

fn dispatch(desk: &DeskWindow, down: bool, char: char) {
    // Without a windowing system nobody says that this is the window with the keyboard.
    desk.window()
        .dispatch_event(WindowEvent::WindowActiveChanged(true));
    let text = char.into();
    desk.window().dispatch_event(match down {
        true => WindowEvent::KeyPressed { text },
        false => WindowEvent::KeyReleased { text },
    });
}

fn key(name: &str) -> Option<char> {
    let named = match name {
        "Enter" => Key::Return,
        "Esc" => Key::Escape,
        "Backspace" => Key::Backspace,
        "Tab" => Key::Tab,
        "Up" => Key::UpArrow,
        "Down" => Key::DownArrow,
        "Left" => Key::LeftArrow,
        "Right" => Key::RightArrow,
        "F1" => Key::F1,
        "F2" => Key::F2,
        "F3" => Key::F3,
        "F4" => Key::F4,
        "F5" => Key::F5,
        "F6" => Key::F6,
        "F7" => Key::F7,
        "F8" => Key::F8,
        "F9" => Key::F9,
        "F11" => Key::F11,
        "F12" => Key::F12,
        _ => {
            let mut chars = name.chars();
            let only = chars.next().filter(|_| chars.next().is_none())?;
            return Some(only.to_ascii_lowercase());
        }
    };
    Some(named.into())
}
