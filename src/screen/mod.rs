//! Shows a view, says what was touched.
//!
//! The only module beside `ui/` that knows Slint. Everything on the screen comes from the view;
//! nothing is ever read back from it.

mod asking;
mod borrowed;
mod bridge;
mod choose;
mod confirm;
mod desk;
mod desk_called;
mod directory;
#[cfg(feature = "bench")]
mod dock;
mod form;
mod frame;
mod give_back;
mod given;
mod home;
mod keys;
mod look;
mod mail;
mod my_page;
mod out_of_service;
mod panel;
mod phrases;
mod printer_trouble;
mod refused;
#[cfg(feature = "bench")]
mod remote;
mod reserving;
mod returned;
mod said_yes;
mod scan_tag;
mod sign;
mod tap_card;
mod type_number;
mod visits;
mod wait;
mod write;

pub use bridge::Bridge;
pub use desk::{DeskBridge, DeskWindow};
#[cfg(feature = "bench")]
pub use dock::{DockBridge, DockDevice, DockLamp, DockTouch, DockView, DockWindow};
pub use lodge_ui::FONT as PAPER_FONT;
pub use look::{Look, WindowKind};
pub use panel::Panel;
#[cfg(feature = "bench")]
pub use remote::{Camera, Pixels, without_display};

use crate::kiosk::Touch;
use crate::kiosk::view::{Page, View};
use crate::people::Signature as Strokes;
use form::{Controls, Form};
use lodge_ui::Kiosk;
use lodge_ui::slint::{self, ComponentHandle};
use phrases::Phrases;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

/// What the windowing system refused.
#[derive(Debug, thiserror::Error)]
pub enum ScreenError {
    /// No window came up.
    #[error(
        "opening the window: is a display there (DISPLAY), and are libfontconfig1 and the X11 \
         libraries installed?"
    )]
    Open(#[source] slint::PlatformError),
    /// The window went away with an error.
    #[error("running the window")]
    Run(#[source] slint::PlatformError),
}

/// The touch screen. It lives on the main thread.
pub struct Screen {
    kiosk: Kiosk,
    last: Last,
}

/// The view that is on the screen, and what its controls send.
#[derive(Default)]
struct Shown {
    view: Option<View>,
    controls: Controls,
}

type Last = Arc<Mutex<Shown>>;

/// Opens the touch screen; `touch` hears of every control that is touched.
pub fn open(
    panel: &Panel,
    look: &Look,
    touch: impl Fn(Touch) + 'static,
) -> Result<Screen, ScreenError> {
    let kiosk = Kiosk::new().map_err(ScreenError::Open)?;
    let last = Last::default();
    panel.apply(&kiosk);
    look.apply(&kiosk, panel);
    connect(&Touches {
        kiosk: &kiosk,
        last: last.clone(),
        tell: Rc::new(touch),
    });
    Ok(Screen { kiosk, last })
}

impl Screen {
    /// Shows this view at once.
    pub fn show(&self, view: &View) {
        show(&self.kiosk, &self.last, view);
    }

    /// A way for other threads to show views.
    pub fn bridge(&self) -> Bridge {
        Bridge::new(self.kiosk.as_weak(), self.last.clone())
    }

    /// Shows the window and waits until it is closed or told to quit.
    pub fn run(&self) -> Result<(), ScreenError> {
        self.kiosk.show().map_err(ScreenError::Open)?;
        slint::run_event_loop().map_err(ScreenError::Run)
    }

    /// The window itself, for tours and tests that look at pixels and touch controls.
    pub fn kiosk(&self) -> &Kiosk {
        &self.kiosk
    }
}

/// Puts a view on the screen. What did not change is left alone, so that a finger on a control is
/// not interrupted by the clock.
fn show(kiosk: &Kiosk, last: &Last, view: &View) {
    let said = Phrases::of(view);
    frame::show(kiosk, &said, view);
    let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
    let before = last.view.replace(view.clone());
    let stays = before.is_some_and(|before| {
        before.page == view.page
            && before.language == view.language
            && before.clock.date() == view.clock.date()
            && before.writing == view.writing
            && before.strokes == view.strokes
            && before.slip == view.slip
            && (before.notices == view.notices || !matches!(view.page, Page::Home(_)))
    });
    if stays {
        return;
    }
    last.controls = Controls::default();
    let form = form_of(view, &said, &mut last.controls);
    frame::show_end(kiosk, &said, &view.page, &last.controls);
    drop(last);
    form::show(kiosk, form);
}

/// A page in the words of its language.
fn form_of(view: &View, said: &Phrases, controls: &mut Controls) -> Form {
    match &view.page {
        Page::Home(page) => home::form(page, said, &view.notices, controls),
        Page::Wait => wait::form(said),
        Page::MyPage(page) => my_page::form(page, said, controls),
        Page::Choose(page) => choose::form(page, said, controls),
        Page::TapCard(page) => tap_card::form(page, said, controls),
        Page::ScanTag(page) => scan_tag::form(page, said, controls),
        Page::TypeNumber(page) => type_number::form(page, said),
        Page::Confirm(page) => confirm::form(page, said, controls),
        Page::Borrowed(page) => borrowed::form(page, said, controls),
        Page::GiveBack(page) => give_back::form(page, said, controls),
        Page::Given(page) => given::given(page, said, controls),
        Page::Renewed(page) => given::renewed(page, said, controls),
        Page::Reserving(page) => reserving::form(page, said, controls),
        Page::Asking(page) => asking::form(page, said, controls),
        Page::Returned(page) => returned::form(page, said, controls),
        Page::Directory(page) => directory::form(page, said, controls),
        Page::FindTenant { found } => directory::finding(found, said, view),
        Page::Visits(stage) => visits::form(stage, said, view, controls),
        Page::SaidYes => said_yes::form(said, controls),
        Page::Keys(stage) => keys::form(stage, said, view, controls),
        Page::Mail(stage) => mail::form(stage, said, view, controls),
        Page::DeskCalled => desk_called::form(said, controls),
        Page::Refused(page) => refused::form(page, said, controls),
        Page::PrinterTrouble(page) => printer_trouble::form(page, said, controls),
        Page::OutOfService(page) => out_of_service::form(page, said),
    }
}

/// What can be touched on a page, beside what stands around every page.
#[cfg(feature = "bench")]
pub fn controls(view: &View) -> Vec<Touch> {
    let mut controls = Controls::default();
    form_of(view, &Phrases::of(view), &mut controls);
    controls.all()
}

fn connect(touches: &Touches<'_>) {
    frame::connect(touches);
    type_number::connect(touches);
    sign::connect(touches);
    write::connect(touches);
}

/// From the controls of the pages to whoever listens.
struct Touches<'a> {
    kiosk: &'a Kiosk,
    last: Last,
    tell: Rc<dyn Fn(Touch)>,
}

impl Touches<'_> {
    /// A control that always means the same.
    fn always(&self, touch: Touch) -> impl Fn() + 'static {
        let tell = self.tell.clone();
        move || tell(touch.clone())
    }

    /// A control of the page that is shown, which gave it its number.
    fn by_number(&self) -> impl Fn(i32) + 'static {
        let (tell, last) = (self.tell.clone(), self.last.clone());
        move |number| {
            let touch = {
                let last = last.lock().unwrap_or_else(PoisonError::into_inner);
                last.controls.get(number).cloned()
            };
            if let Some(touch) = touch {
                tell(touch);
            }
        }
    }
}
