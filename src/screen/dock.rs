//! The dock's window: shows what stands around the touch screen, says what was done to it.

use super::ScreenError;
use crate::people::Language;
use crate::words;
use lodge_ui::slint::{ComponentHandle, ModelRc, PhysicalPosition, VecModel, Weak};
use lodge_ui::{Act, Dock, DockAdapter};
use std::rc::Rc;

/// What the dock shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DockView {
    /// Cards to tap, by what is written on them.
    pub cards: Vec<String>,
    /// Codes to scan.
    pub codes: Vec<String>,
    /// The device that is chosen.
    pub device: DockDevice,
    /// The time on the program's clock.
    pub clock: String,
    /// The paper that came out, the latest slip first.
    pub paper: String,
    /// What readers with a lamp show.
    pub lamps: Vec<DockLamp>,
}

/// What a reader shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DockLamp {
    /// What the settings call it.
    pub name: String,
    /// The colour of its lamp, an id of the translation files.
    pub lamp: &'static str,
    /// Whether its buzzer sounds.
    pub sounding: bool,
}

/// A device at the dock, and what can be done to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DockDevice {
    /// What it is: an id of the translation files.
    pub said: &'static str,
    /// What the settings call it.
    pub name: String,
    /// What can be done to it, by ids of the translation files, and whether it is.
    pub can: Vec<(&'static str, bool)>,
}

/// What was done at the dock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DockTouch {
    /// This card is held up.
    Card(usize),
    /// This code is scanned.
    Code(usize),
    /// The next device is chosen.
    NextDevice,
    /// This is done to the chosen device, or undone.
    Do(usize),
    /// The clock is moved on by so many minutes.
    Later(u64),
    /// The slips are taken.
    Tear,
    /// A picture of the touch screen is taken.
    Picture,
}

/// How far the clock moves, in minutes, with the words for it.
const LATER: [(u64, &str); 3] = [(1, "dock-minute"), (60, "dock-hour"), (24 * 60, "dock-day")];

/// Pixels between the touch screen and the dock.
const GAP: i32 = 16;

/// The dock's window.
pub struct DockWindow {
    dock: Dock,
}

/// Shows dock views from other threads.
#[derive(Clone)]
pub struct DockBridge(Weak<Dock>);

impl DockWindow {
    /// Opens the dock `beside` so many pixels of touch screen.
    ///
    /// # Errors
    ///
    /// Where the windowing system gives no second window.
    pub fn open(beside: u32, touch: impl Fn(DockTouch) + 'static) -> Result<Self, ScreenError> {
        let dock = Dock::new().map_err(ScreenError::Open)?;
        let tell: Rc<dyn Fn(DockTouch)> = Rc::new(touch);
        label(&dock);
        connect(&dock, &tell);
        dock.show().map_err(ScreenError::Open)?;
        let left = i32::try_from(beside).unwrap_or_default() + GAP;
        dock.window().set_position(PhysicalPosition::new(left, 0));
        Ok(DockWindow { dock })
    }

    /// A way for other threads to show views.
    pub fn bridge(&self) -> DockBridge {
        DockBridge(self.dock.as_weak())
    }
}

impl DockBridge {
    /// Shows this.
    pub fn show(&self, view: DockView) {
        // The loop ended, which is how a program normally ends.
        let _ = self.0.upgrade_in_event_loop(move |dock| show(&dock, &view));
    }
}

/// How tests touch the dock and look at it.
#[cfg(test)]
impl DockBridge {
    pub(crate) fn press(&self, label: &str) -> Result<(), String> {
        super::remote::press_one_of(&self.0, label.to_owned(), 1)
    }

    pub(crate) fn labels(&self) -> Result<Vec<String>, String> {
        super::remote::ask(&self.0, lodge_ui::headless::labels)
    }
}

/// The dock is for whoever tries Lodge, in whatever language: it says everything in both.
fn both(id: &str) -> String {
    format!(
        "{} {}",
        words::text(Language::Chinese, id),
        words::text(Language::English, id)
    )
}

fn label(dock: &Dock) {
    let adapter = dock.global::<DockAdapter<'_>>();
    adapter.set_title(both("dock-title").into());
    adapter.set_cards_title(both("dock-cards").into());
    adapter.set_codes_title(both("dock-codes").into());
    adapter.set_device_title(both("dock-device").into());
    adapter.set_clock_title(both("dock-clock").into());
    adapter.set_paper_title(both("dock-paper").into());
    adapter.set_tear(both("dock-tear").into());
    adapter.set_picture(both("dock-picture").into());
    adapter.set_clocks(acts(LATER.iter().map(|(_, id)| (both(id), false))));
}

fn connect(dock: &Dock, tell: &Rc<dyn Fn(DockTouch)>) {
    let adapter = dock.global::<DockAdapter<'_>>();
    let of_list = |meaning: fn(usize) -> Option<DockTouch>| {
        let tell = tell.clone();
        move |index: i32| {
            if let Some(touch) = usize::try_from(index).ok().and_then(meaning) {
                tell(touch);
            }
        }
    };
    let always = |touch: DockTouch| {
        let tell = tell.clone();
        move || tell(touch)
    };
    adapter.on_card(of_list(|index| Some(DockTouch::Card(index))));
    adapter.on_code(of_list(|index| Some(DockTouch::Code(index))));
    adapter.on_next_device(always(DockTouch::NextDevice));
    adapter.on_done(of_list(|index| Some(DockTouch::Do(index))));
    adapter.on_later(of_list(|index| {
        LATER
            .get(index)
            .map(|(minutes, _)| DockTouch::Later(*minutes))
    }));
    adapter.on_torn(always(DockTouch::Tear));
    adapter.on_pictured(always(DockTouch::Picture));
}

fn show(dock: &Dock, view: &DockView) {
    let adapter = dock.global::<DockAdapter<'_>>();
    let plain = |texts: &[String]| acts(texts.iter().map(|text| (text.clone(), false)));
    adapter.set_clock(view.clock.as_str().into());
    adapter.set_cards(plain(&view.cards));
    adapter.set_codes(plain(&view.codes));
    let DockDevice { said, name, can } = &view.device;
    // Before the window is told of any there is none.
    if !said.is_empty() {
        adapter.set_device(format!("{} {name} ▸", both(said)).into());
    }
    adapter.set_deeds(acts(can.iter().map(|(said, on)| (both(said), *on))));
    adapter.set_paper(view.paper.as_str().into());
    let lamps: Vec<String> = view.lamps.iter().map(lamp).collect();
    adapter.set_lamps(lamps.join("\n").into());
}

/// A lamp and a buzzer in words.
fn lamp(shown: &DockLamp) -> String {
    let buzzer = if shown.sounding {
        "dock-buzzer"
    } else {
        "dock-quiet"
    };
    format!("{} {} · {}", shown.name, both(shown.lamp), both(buzzer))
}

fn acts(acts: impl IntoIterator<Item = (String, bool)>) -> ModelRc<Act> {
    let acts: Vec<Act> = acts
        .into_iter()
        .map(|(text, on)| Act {
            text: text.into(),
            on,
        })
        .collect();
    ModelRc::new(VecModel::from(acts))
}
