//! Shows a view, says what was touched.
//!
//! The only module beside `ui/` that knows Slint. Everything on the screen comes from the view;
//! nothing is ever read back from it.

mod borrowed;
mod bridge;
mod choose;
mod confirm;
mod desk;
#[cfg(feature = "bench")]
mod dock;
mod frame;
mod give_back;
mod home;
mod look;
mod my_page;
mod out_of_service;
mod panel;
mod phrases;
mod printer_trouble;
mod refused;
#[cfg(feature = "bench")]
mod remote;
mod returned;
mod scan_tag;
mod tap_card;
mod type_number;
mod wait;

pub use bridge::Bridge;
pub use desk::{DeskBridge, DeskWindow};
#[cfg(feature = "bench")]
pub use dock::{DockBridge, DockTouch, DockView, DockWindow, Printer as DockPrinter};
pub use lodge_ui::FONT as PAPER_FONT;
pub use look::{Accent, Look, WindowKind};
pub use panel::Panel;
#[cfg(feature = "bench")]
pub use remote::{Camera, Pixels, without_display};

use crate::kiosk::Touch;
use crate::kiosk::view::{Page, View};
use lodge_ui::slint::{self, ComponentHandle};
use lodge_ui::{Kiosk, Page as Shown};
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

/// The view that is on the screen; touches are read in its light.
type Last = Arc<Mutex<Option<View>>>;

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
    let before = last
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .replace(view.clone());
    let said = Phrases::of(view);
    frame::show(kiosk, &said, view);
    let stays = before.as_ref().is_some_and(|before| {
        before.page == view.page
            && before.language == view.language
            && before.clock.date() == view.clock.date()
            && (before.notices == view.notices || !matches!(view.page, Page::Home(_)))
    });
    if stays {
        return;
    }
    match &view.page {
        Page::Home(page) => home::show(kiosk, &said, page, &view.notices),
        Page::Wait => wait::show(kiosk, &said),
        Page::MyPage(page) => my_page::show(kiosk, &said, page),
        Page::Choose(page) => choose::show(kiosk, &said, page),
        Page::TapCard(page) => tap_card::show(kiosk, &said, page),
        Page::ScanTag(page) => scan_tag::show(kiosk, &said, page),
        Page::TypeNumber(page) => type_number::show(kiosk, &said, page),
        Page::Confirm(page) => confirm::show(kiosk, &said, page),
        Page::Borrowed(page) => borrowed::show(kiosk, &said, page),
        Page::GiveBack(page) => give_back::show(kiosk, &said, page),
        Page::Returned(page) => returned::show(kiosk, &said, page),
        Page::Refused(page) => refused::show(kiosk, &said, page),
        Page::PrinterTrouble(page) => printer_trouble::show(kiosk, &said, page),
        Page::OutOfService(page) => out_of_service::show(kiosk, &said, page),
    }
    frame::turn_to(kiosk, named(&view.page));
    if let Some(left) = before.filter(|before| named(&before.page) != named(&view.page)) {
        forget(kiosk, &left.page);
    }
}

/// Wipes what a page said of a person once it is left.
fn forget(kiosk: &Kiosk, left: &Page) {
    match left {
        Page::MyPage(_) => my_page::forget(kiosk),
        Page::TypeNumber(_) => type_number::forget(kiosk),
        Page::Confirm(_) => confirm::forget(kiosk),
        Page::Borrowed(_) => borrowed::forget(kiosk),
        Page::GiveBack(_) => give_back::forget(kiosk),
        Page::Returned(_) => returned::forget(kiosk),
        Page::Refused(_) => refused::forget(kiosk),
        Page::PrinterTrouble(_) => printer_trouble::forget(kiosk),
        Page::Home(_)
        | Page::Wait
        | Page::Choose(_)
        | Page::TapCard(_)
        | Page::ScanTag(_)
        | Page::OutOfService(_) => {}
    }
}

fn named(page: &Page) -> Shown {
    match page {
        Page::Home(_) => Shown::Home,
        Page::Wait => Shown::Wait,
        Page::MyPage(_) => Shown::MyPage,
        Page::Choose(_) => Shown::Choose,
        Page::TapCard(_) => Shown::TapCard,
        Page::ScanTag(_) => Shown::ScanTag,
        Page::TypeNumber(_) => Shown::TypeNumber,
        Page::Confirm(_) => Shown::Confirm,
        Page::Borrowed(_) => Shown::Borrowed,
        Page::GiveBack(_) => Shown::GiveBack,
        Page::Returned(_) => Shown::Returned,
        Page::Refused(_) => Shown::Refused,
        Page::PrinterTrouble(_) => Shown::PrinterTrouble,
        Page::OutOfService(_) => Shown::OutOfService,
    }
}

fn connect(touches: &Touches<'_>) {
    frame::connect(touches);
    home::connect(touches);
    my_page::connect(touches);
    choose::connect(touches);
    tap_card::connect(touches);
    scan_tag::connect(touches);
    type_number::connect(touches);
    confirm::connect(touches);
    borrowed::connect(touches);
    give_back::connect(touches);
    returned::connect(touches);
    refused::connect(touches);
    printer_trouble::connect(touches);
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

    /// A control of a list: what it means stands in the page that is shown.
    fn on_page(
        &self,
        meaning: impl Fn(&Page, usize) -> Option<Touch> + 'static,
    ) -> impl Fn(i32) + 'static {
        let (tell, last) = (self.tell.clone(), self.last.clone());
        move |position| {
            let touch = {
                let last = last.lock().unwrap_or_else(PoisonError::into_inner);
                usize::try_from(position)
                    .ok()
                    .zip(last.as_ref())
                    .and_then(|(position, view)| meaning(&view.page, position))
            };
            if let Some(touch) = touch {
                tell(touch);
            }
        }
    }
}
