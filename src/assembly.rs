//! The whole program put together: books, session, devices and screen.
//!
//! The installed kiosk, the trial and the program under a tour differ in their clock, their devices
//! and their window; everything else is this.

use crate::config::{Device, Settings};
use crate::desk;
use crate::devices::{Activity, Clock};
use crate::kiosk::Touch;
use crate::runtime::{self, DeskParts, Onlooker, Parts, Running};
use crate::screen::{self, DeskWindow, Look, Panel, Screen, ScreenError, WindowKind};
use crate::store::{Books, OpenError, StoreError};
use ab_glyph::FontArc;
use std::cell::OnceCell;
use std::path::Path;
use std::rc::Rc;

/// What differs from one way of running to another.
pub struct Site<'a> {
    /// What the house decides.
    pub settings: &'a Settings,
    /// The devices, simulated or real.
    pub devices: &'a [Device],
    /// People and devices are made up.
    pub trial: bool,
    /// The open database.
    pub books: Books,
    /// The folder it lies in.
    pub data: &'a Path,
    /// What time it is.
    pub clock: Clock,
    /// Whether anybody is still at work.
    pub activity: Activity,
    /// The panel.
    pub panel: Panel,
    /// The whole panel, or a window.
    pub window: WindowKind,
    /// The staff window: its size, and how far from the left it stands; none where there is none.
    pub desk: Option<((u32, u32), u32)>,
    /// Who looks on, in a tour.
    pub onlooker: Option<Box<dyn Onlooker>>,
}

/// The windows of the program, on the main thread.
pub struct Windows {
    /// The touch screen.
    pub screen: Screen,
    /// The staff window.
    pub desk: Option<DeskWindow>,
}

/// Why the program did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is nothing to open a window on.
    #[error(
        "there is no display (DISPLAY is not set); start Lodge on the kiosk's own screen, or see it \
         without one: lodge tour --out DIR"
    )]
    NoDisplay,
    /// The database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Filling the trial's database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The simulated devices of the trial.
    #[error("making the simulated devices")]
    Devices(#[source] std::io::Error),
    /// There is no window.
    #[error(transparent)]
    Screen(#[from] ScreenError),
    /// The system gives no threads or pipes.
    #[error("starting the threads of the lodge")]
    Threads(#[source] std::io::Error),
}

/// Opens the screen and starts everything behind it. The screen still has to be run.
pub fn assemble(site: Site<'_>) -> Result<(Windows, Running), StartError> {
    let Site {
        settings,
        devices,
        trial,
        books,
        data,
        clock,
        activity,
        panel,
        window,
        desk,
        onlooker,
    } = site;
    let look = look(settings, window);
    // The screen is there before the session it speaks to; nobody can touch it until it is run.
    let touches = Rc::new(OnceCell::<Box<dyn Fn(Touch)>>::new());
    let heard = touches.clone();
    let screen = screen::open(&panel, &look, move |touch| {
        if let Some(tell) = heard.get() {
            tell(touch);
        }
    })?;
    let at_desk = Rc::new(OnceCell::<Box<dyn Fn(desk::Event)>>::new());
    let desk = match desk {
        Some((size, left)) => {
            let heard = at_desk.clone();
            let opened = DeskWindow::open(size, left, &look, move |event| {
                if let Some(tell) = heard.get() {
                    tell(event);
                }
            });
            Some(opened?)
        }
        None => None,
    };
    let side = desk.as_ref().map(|window| {
        let bridge = window.bridge();
        DeskParts {
            house: settings.desk_house(trial),
            publish: Box::new(move |view, done| bridge.publish(view, done)),
        }
    });
    let (shows, quits) = (screen.bridge(), screen.bridge());
    let running = runtime::start(Parts {
        house: settings.house(trial),
        books,
        devices: devices.to_vec(),
        data: data.to_owned(),
        font: FontArc::try_from_slice(screen::PAPER_FONT).expect("the font is a font"),
        clock,
        activity,
        publish: Box::new(move |view, done| shows.publish(view, done)),
        onlooker,
        desk: side,
        packs: settings.desk().packs,
        quit: Box::new(move || quits.quit()),
    })
    .map_err(StartError::Threads)?;
    // Nobody else sets it.
    let _ = touches.set(Box::new(running.touches()));
    let _ = at_desk.set(Box::new(running.desk_events()));
    Ok((Windows { screen, desk }, running))
}

/// Runs an installed kiosk until the system ends it.
///
/// # Errors
///
/// Where it does not start.
pub fn run(settings: &Settings, data: &Path) -> Result<(), StartError> {
    need_display()?;
    let books = Books::open(data, &settings.building())?;
    let (windows, running) = assemble(Site {
        settings,
        devices: settings.devices(),
        trial: false,
        books,
        data,
        clock: Clock::system(),
        activity: Activity::new(),
        panel: panel(settings),
        window: match settings.fullscreen() {
            true => WindowKind::Installed,
            false => {
                let Panel {
                    width_px: width,
                    height_px: height,
                    ..
                } = panel(settings);
                WindowKind::Framed { width, height }
            }
        },
        desk: desk_beside(settings, panel(settings).width_px),
        onlooker: None,
    })?;
    windows.screen.run()?;
    drop(running);
    Ok(())
}

/// The staff window of the settings, so far from the left edge of the screen.
pub fn desk_beside(settings: &Settings, left: u32) -> Option<((u32, u32), u32)> {
    let desk = settings.desk();
    desk.window
        .then_some(((desk.width_px, desk.height_px), left))
}

/// Says in one sentence what a window needs, before a library says it in many.
///
/// # Errors
///
/// [`StartError::NoDisplay`].
pub fn need_display() -> Result<(), StartError> {
    match std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty()) {
        true => Ok(()),
        false => Err(StartError::NoDisplay),
    }
}

/// The panel of the settings.
pub fn panel(settings: &Settings) -> Panel {
    let panel = settings.panel();
    Panel {
        width_px: panel.width_px,
        height_px: panel.height_px,
        diagonal_inches: panel.diagonal_inches,
    }
}

fn look(settings: &Settings, window: WindowKind) -> Look {
    let panel = settings.panel();
    Look {
        accent: Some(panel.accent),
        high_contrast: panel.high_contrast,
        dark: false,
        low_reach: panel.low_reach,
        window,
    }
}
