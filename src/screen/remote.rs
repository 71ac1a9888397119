//! The screen by its labels, without a display: how tours touch and look.

use super::Screen;
use super::bridge::Bridge;
use crate::kiosk::View;
use lodge_ui::Kiosk;
use lodge_ui::headless;
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
        let label = label.to_owned();
        self.ask(move |kiosk| {
            // Nobody touches what has not been drawn; drawing also lays out what a new page brought.
            headless::snapshot(kiosk).map_err(|error| error.to_string())?;
            headless::press_one_of(kiosk, &label, number).map_err(|error| error.to_string())
        })?
    }

    /// Signs on the pad.
    ///
    /// # Errors
    ///
    /// Where there is none on the screen.
    pub fn sign(&self) -> Result<(), String> {
        self.ask(|kiosk| {
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
        self.ask(headless::labels)
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
        self.ask(|kiosk| headless::snapshot(kiosk).map_err(|error| error.to_string()))?
    }

    /// Asks the screen's thread and waits for its answer.
    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Kiosk) -> T + Send + 'static,
    ) -> Result<T, String> {
        let ended = |_| "the screen has ended".to_owned();
        let (answer, answered) = mpsc::channel();
        let asked = self.kiosk.upgrade_in_event_loop(move |kiosk| {
            // Whoever asked is waiting below.
            let _ = answer.send(question(&kiosk));
        });
        asked.map_err(|_| "the screen has ended".to_owned())?;
        answered.recv().map_err(ended)
    }
}
