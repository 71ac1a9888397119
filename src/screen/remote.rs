//! The screen by its labels, without a display: how tours touch and look.

use super::Screen;
use super::bridge::Bridge;
use crate::kiosk::View;
use lodge_ui::Kiosk;
use lodge_ui::headless::{self, ElementRoot};
use lodge_ui::slint::{ComponentHandle, Weak};
use std::sync::{PoisonError, mpsc};

/// Takes the place of the display. Once in a process, before the first window.
///
/// # Errors
///
/// Where a display was taken already.
pub fn without_display() -> Result<(), String> {
    headless::init(true, true).map_err(|error| error.to_string())
}

/// Pixels: width, height, and red, green, blue and alpha of each, row by row.
pub type Pixels = (u32, u32, Vec<u8>);

/// Takes pictures of the touch screen on the screen's own thread.
pub struct Camera(Weak<Kiosk>);

impl Screen {
    /// A camera in front of this screen.
    pub fn camera(&self) -> Camera {
        Camera(self.kiosk.as_weak())
    }
}

impl Camera {
    /// Takes a picture.
    ///
    /// # Errors
    ///
    /// Where the screen has ended or cannot be drawn.
    pub fn take(&self) -> Result<Pixels, String> {
        let kiosk = self.0.upgrade().ok_or("the screen has ended")?;
        headless::snapshot(&kiosk).map_err(|error| error.to_string())
    }
}

impl Bridge {
    /// Touches the control with this label; where several have it, the one in this place, from 1.
    ///
    /// # Errors
    ///
    /// Where there is none; says which there are.
    pub fn press(&self, label: &str, number: usize) -> Result<(), String> {
        press_one_of(&self.kiosk, label.to_owned(), number)
    }

    /// Signs on the pad.
    ///
    /// # Errors
    ///
    /// Where there is none on the screen.
    pub fn sign(&self) -> Result<(), String> {
        ask(&self.kiosk, |kiosk| {
            headless::snapshot(kiosk).map_err(|error| error.to_string())?;
            headless::sign(kiosk).map_err(|error| error.to_string())
        })?
    }

    /// Everything that is on the screen, as it reads.
    ///
    /// # Errors
    ///
    /// Where the screen has ended.
    pub fn labels(&self) -> Result<Vec<String>, String> {
        ask(&self.kiosk, headless::labels)
    }

    /// The view that is on the screen; none before the first.
    pub fn view(&self) -> Option<View> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.view.clone()
    }

    /// Takes a picture.
    ///
    /// # Errors
    ///
    /// Where the screen has ended or cannot be drawn.
    pub fn picture(&self) -> Result<Pixels, String> {
        picture(&self.kiosk)
    }
}

/// Touches the control of any window that has this label; where several have it, the one in this place.
pub(super) fn press_one_of<W: ComponentHandle + ElementRoot + 'static>(
    window: &Weak<W>,
    label: String,
    number: usize,
) -> Result<(), String> {
    ask(window, move |window| {
        // Nobody touches what has not been drawn; drawing also lays out what a new page brought.
        headless::snapshot(window).map_err(|error| error.to_string())?;
        headless::press_one_of(window, &label, number).map_err(|error| error.to_string())
    })?
}

/// Takes a picture of any window.
pub(super) fn picture<W: ComponentHandle + 'static>(window: &Weak<W>) -> Result<Pixels, String> {
    ask(window, |window| {
        headless::snapshot(window).map_err(|error| error.to_string())
    })?
}

/// Asks the thread of any window and waits for its answer.
pub(super) fn ask<W: ComponentHandle + 'static, T: Send + 'static>(
    window: &Weak<W>,
    question: impl FnOnce(&W) -> T + Send + 'static,
) -> Result<T, String> {
    let ended = || "the screen has ended".to_owned();
    let (answer, answered) = mpsc::channel();
    let asked = window.upgrade_in_event_loop(move |window| {
        // Whoever asked is waiting below.
        let _ = answer.send(question(&window));
    });
    asked.map_err(|_| ended())?;
    answered.recv().map_err(|_| ended())
}
