//! The screens without a display: real pixels, a hand-driven clock, controls found by their labels.

#![forbid(unsafe_code)]

mod survey;

pub use i_slint_backend_testing::ElementRoot;
use i_slint_backend_testing::{ElementQuery, TestingBackend, TestingBackendOptions};
use slint::platform::{
    PlatformError, PointerEventButton, SetPlatformError, WindowEvent, set_platform,
};
use slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};
pub use survey::{Piece, Survey};

/// Takes the place of the display; once in a process and before the first window.
///
/// With `mock_time` the clock of animations and timers stands still; `threading` allows an event
/// loop with events from other threads.
pub fn init(mock_time: bool, threading: bool) -> Result<(), SetPlatformError> {
    set_platform(Box::new(TestingBackend::new(TestingBackendOptions {
        mock_time,
        threading,
        renderer_name: Some("software".into()),
    })))
}

/// No control with this label is on the screen, or it is covered or switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchControl {
    /// What was looked for.
    pub label: String,
    /// The labels of the controls that are there.
    pub there: Vec<String>,
}

impl std::fmt::Display for NoSuchControl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "no control 「{}」 on the screen, only {:?}",
            self.label, self.there
        )
    }
}

impl std::error::Error for NoSuchControl {}

/// Touches the control with this label in its middle, as a finger would; where it is out of sight
/// in a list longer than its room, turns the list on first.
pub fn press(
    component: &(impl ElementRoot + ComponentHandle),
    label: &str,
) -> Result<(), NoSuchControl> {
    press_one_of(component, label, 1)
}

/// The same where several controls have this label: the one in this place among them, from 1, from
/// the top of the page down, those under the edge of a list among them.
///
/// # Errors
///
/// Where there are not so many.
pub fn press_one_of(
    component: &(impl ElementRoot + ComponentHandle),
    label: &str,
    number: usize,
) -> Result<(), NoSuchControl> {
    // Whichever a finger reaches first, unless another one is meant.
    let mut wanted = None;
    if number > 1 {
        let mut all = Vec::new();
        for _ in 0..TURNS {
            let survey = Survey::of(component);
            all.extend(
                survey
                    .labelled(label)
                    .map(|thing| survey.on_its_page(thing)),
            );
            if !survey.turn_on() {
                break;
            }
        }
        all.sort_unstable();
        all.dedup();
        wanted = Some(all.get(number - 1).copied());
    }
    for _ in 0..TURNS {
        let survey = Survey::of(component);
        let found = survey.labelled(label).find(|thing| {
            wanted.is_none_or(|wanted| wanted == Some(survey.on_its_page(thing)))
                && survey.in_sight(thing)
        });
        if let Some(thing) = found {
            thing.element.mock_single_click(PointerEventButton::Left);
            settle();
            return Ok(());
        }
        if !survey.turn_on() {
            break;
        }
    }
    Err(NoSuchControl {
        label: label.to_owned(),
        there: Survey::of(component).controls(),
    })
}

/// Signs on the pad, as a finger would: one stroke up and down from left to right.
///
/// # Errors
///
/// Where there is no pad on the screen.
pub fn sign(component: &(impl ElementRoot + ComponentHandle)) -> Result<(), NoSuchControl> {
    settle();
    let pad = ElementQuery::from_root(component)
        .match_id("Pad::area")
        .find_first()
        .ok_or_else(|| NoSuchControl {
            label: "Pad".to_owned(),
            there: Survey::of(component).controls(),
        })?;
    let (x, y, width, height) = survey::place(&pad);
    let at = |step: u8| {
        let share = f32::from(step) / 20.0;
        let up = if step.is_multiple_of(2) { 0.3 } else { 0.6 };
        slint::LogicalPosition::new(x + width * (0.15 + 0.7 * share), y + height * up)
    };
    let send = |event| component.window().dispatch_event(event);
    let button = PointerEventButton::Left;
    send(WindowEvent::PointerPressed {
        position: at(0),
        button,
    });
    for step in 1..=20 {
        send(WindowEvent::PointerMoved { position: at(step) });
    }
    send(WindowEvent::PointerReleased {
        position: at(20),
        button,
    });
    settle();
    Ok(())
}

/// More turns than any list takes.
const TURNS: usize = 8;

/// Turns the lists on that are longer than their room; false where there are none.
pub fn turn_on(component: &(impl ElementRoot + ComponentHandle)) -> bool {
    Survey::of(component).turn_on()
}

/// The labels of everything on the screen, controls and words.
pub fn labels(component: &(impl ElementRoot + ComponentHandle)) -> Vec<String> {
    pieces(component)
        .into_iter()
        .map(|piece| piece.label)
        .collect()
}

/// Everything on the screen with where it stands: controls, then words.
pub fn pieces(component: &(impl ElementRoot + ComponentHandle)) -> Vec<Piece> {
    Survey::of(component).pieces()
}

/// Every text with where it stands, the words on controls among them, which have no label of their
/// own. Texts that only measure are left out.
pub fn texts(component: &(impl ElementRoot + ComponentHandle)) -> Vec<Piece> {
    Survey::of(component).texts()
}

/// The pixels: width, height and RGBA bytes, row by row.
pub fn snapshot(component: &impl ComponentHandle) -> Result<(u32, u32, Vec<u8>), PlatformError> {
    settle();
    let picture: SharedPixelBuffer<Rgba8Pixel> = component.window().take_snapshot()?;
    Ok((
        picture.width(),
        picture.height(),
        picture.as_bytes().to_vec(),
    ))
}

/// Lets everything that follows from a change happen.
pub fn settle() {
    slint::platform::update_timers_and_animations();
}
