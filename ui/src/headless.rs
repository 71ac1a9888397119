//! The screens without a display: real pixels, a hand-driven clock, controls found by their labels.

#![forbid(unsafe_code)]

pub use i_slint_backend_testing::ElementRoot;
use i_slint_backend_testing::{
    AccessibleRole, ElementHandle, ElementQuery, TestingBackend, TestingBackendOptions,
};
use slint::platform::{
    PlatformError, PointerEventButton, SetPlatformError, WindowEvent, set_platform,
};
use slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};

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

/// What one element of the screen says and where it stands, in logical pixels of the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The label, which is the visible text.
    pub label: String,
    /// A control to touch, or words.
    pub control: bool,
    /// It lies in a part of the page that scrolls, and may be out of sight.
    pub scrolls: bool,
    /// From the left edge.
    pub x: f32,
    /// From the upper edge.
    pub y: f32,
    /// How wide.
    pub width: f32,
    /// How high.
    pub height: f32,
}

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
            let places = labelled(component, label, true)
                .into_iter()
                .map(|(at, _)| at);
            all.extend(places.filter(|at| !all.contains(at)).collect::<Vec<_>>());
            if !turn_on(component) {
                break;
            }
        }
        all.sort_unstable();
        wanted = Some(all.get(number - 1).copied());
    }
    for _ in 0..TURNS {
        let found = labelled(component, label, wanted.is_some())
            .into_iter()
            .find(|(at, element)| {
                wanted.is_none_or(|wanted| wanted == Some(*at)) && in_sight(component, element)
            });
        if let Some((_, element)) = found {
            element.mock_single_click(PointerEventButton::Left);
            settle();
            return Ok(());
        }
        if !turn_on(component) {
            break;
        }
    }
    Err(NoSuchControl {
        label: label.to_owned(),
        there: elements(component, true).iter().map(label_of).collect(),
    })
}

/// The controls with this label, each once, with where it stands: pixels down, pixels across; on its
/// page, however far its list is turned, where that is asked for, which takes its time.
fn labelled(
    component: &(impl ElementRoot + ComponentHandle),
    label: &str,
    on_its_page: bool,
) -> Vec<((i32, i32), ElementHandle)> {
    let inner = |list: &ElementHandle| {
        let inner = list.query_descendants().match_descendants().find_all();
        inner.iter().map(place).collect::<Vec<_>>()
    };
    let lists: Vec<Vec<(f32, f32, f32, f32)>> = match on_its_page {
        true => ElementQuery::from_root(component)
            .match_descendants()
            .match_inherits("Flickable")
            .find_all()
            .iter()
            .map(inner)
            .collect(),
        false => Vec::new(),
    };
    let mut found: Vec<((i32, i32), ElementHandle)> = Vec::new();
    for element in elements(component, true) {
        let at = place(&element);
        // What a list holds begins where its first piece does, above its edge or not.
        let list = lists.iter().find(|list| list.contains(&at));
        let top = list.and_then(|list| list.iter().map(|at| at.1).min_by(f32::total_cmp));
        let at = ((at.1 - top.unwrap_or(0.0)).round() as i32, at.0 as i32);
        // A component counts twice, once as itself and once as what it is made from.
        let is_new = found.iter().all(|(other, _)| *other != at);
        if is_new && label_of(&element) == label {
            found.push((at, element));
        }
    }
    found
}

/// Signs on the pad, as a finger would: one stroke up and down from left to right.
///
/// # Errors
///
/// Where there is no pad on the screen.
pub fn sign(component: &(impl ElementRoot + ComponentHandle)) -> Result<(), NoSuchControl> {
    settle();
    let pad = ElementQuery::from_root(component)
        .match_descendants()
        .match_id("Pad::area")
        .find_first()
        .ok_or_else(|| NoSuchControl {
            label: "Pad".to_owned(),
            there: elements(component, true).iter().map(label_of).collect(),
        })?;
    let (x, y, width, height) = place(&pad);
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
    settle();
    let controls: Vec<ElementHandle> = elements(component, true)
        .into_iter()
        .filter(|element| element.id().is_some_and(|id| id == "Further::turns"))
        .collect();
    let mut turned = Vec::new();
    for control in &controls {
        // A component counts twice, once as itself and once as what it is made from.
        if !turned.contains(&place(control)) {
            turned.push(place(control));
            control.mock_single_click(PointerEventButton::Left);
        }
    }
    settle();
    !controls.is_empty()
}

/// Whether the middle of an element lies where a finger reaches it, not under the edge of a list.
fn in_sight(component: &impl ElementRoot, element: &ElementHandle) -> bool {
    let at = element.absolute_position();
    let middle = at.y + element.size().height / 2.0;
    let lists = ElementQuery::from_root(component)
        .match_descendants()
        .match_inherits("Flickable")
        .find_all();
    lists.iter().all(|list| {
        let inside = list
            .query_descendants()
            .match_descendants()
            .find_all()
            .iter()
            .any(|inner| place(inner) == place(element));
        let top = list.absolute_position().y;
        !inside || middle > top && middle < top + list.size().height
    })
}

/// The labels of everything on the screen, controls and words.
pub fn labels(component: &(impl ElementRoot + ComponentHandle)) -> Vec<String> {
    pieces(component)
        .into_iter()
        .map(|piece| piece.label)
        .collect()
}

/// Everything on the screen with where it stands.
pub fn pieces(component: &(impl ElementRoot + ComponentHandle)) -> Vec<Piece> {
    settle();
    let scrolled = scrolled(component);
    [true, false]
        .into_iter()
        .flat_map(|control| {
            elements(component, control)
                .into_iter()
                .map(move |element| (control, element))
        })
        .map(|(control, element)| piece(&element, control, &scrolled))
        .filter(|piece| !piece.label.is_empty())
        .fold(Vec::new(), once)
}

/// Every text with where it stands, the words on controls among them, which have no label of their
/// own. Texts that only measure are left out.
pub fn texts(component: &(impl ElementRoot + ComponentHandle)) -> Vec<Piece> {
    settle();
    let scrolled = scrolled(component);
    ElementQuery::from_root(component)
        .match_descendants()
        .match_inherits("Text")
        .find_all()
        .iter()
        .filter(|element| {
            let id = element.id().unwrap_or_default();
            !id.ends_with("::probe") && !id.ends_with("::measure")
        })
        .map(|element| piece(element, false, &scrolled))
        .filter(|piece| piece.width > 0.0 && piece.height > 0.0)
        .fold(Vec::new(), once)
}

/// A component counts as an element of its own beside the element it is made from; both are one
/// piece.
fn once(mut pieces: Vec<Piece>, piece: Piece) -> Vec<Piece> {
    if !pieces.contains(&piece) {
        pieces.push(piece);
    }
    pieces
}

/// Where the elements of scrolling parts stand.
fn scrolled(component: &impl ElementRoot) -> Vec<(f32, f32, f32, f32)> {
    ElementQuery::from_root(component)
        .match_descendants()
        .match_inherits("Flickable")
        .find_all()
        .iter()
        .flat_map(|flickable| flickable.query_descendants().match_descendants().find_all())
        .map(|element| place(&element))
        .collect()
}

fn place(element: &ElementHandle) -> (f32, f32, f32, f32) {
    let (at, size) = (element.absolute_position(), element.size());
    (at.x, at.y, size.width, size.height)
}

fn piece(element: &ElementHandle, control: bool, scrolled: &[(f32, f32, f32, f32)]) -> Piece {
    let (x, y, width, height) = place(element);
    let scrolls = scrolled.contains(&(x, y, width, height));
    Piece {
        label: label_of(element),
        control,
        scrolls,
        x,
        y,
        width,
        height,
    }
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

fn label_of(element: &ElementHandle) -> String {
    element.accessible_label().unwrap_or_default().into()
}

fn elements(component: &impl ElementRoot, controls: bool) -> Vec<ElementHandle> {
    let role = if controls {
        AccessibleRole::Button
    } else {
        AccessibleRole::Text
    };
    ElementQuery::from_root(component)
        .match_descendants()
        .match_accessible_role(role)
        .find_all()
}
