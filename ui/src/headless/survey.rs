//! What is on the screen at one moment, found in one walk over it: the walk is what takes the time.

use super::settle;
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementRoot};
use slint::ComponentHandle;
use slint::platform::PointerEventButton;
use std::ops::ControlFlow;

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

/// From the left edge, from the upper edge, width and height.
type Place = (f32, f32, f32, f32);

/// What is on the screen, until it changes.
pub struct Survey {
    things: Vec<Thing>,
    lists: Vec<List>,
}

/// An element that says something, or can be touched.
pub(super) struct Thing {
    pub(super) element: ElementHandle,
    kind: Kind,
    label: String,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A control with a label.
    Control,
    /// Words with a label.
    Words,
    /// Whatever draws letters, those on a control too.
    Text,
}

/// A part of the page that scrolls.
struct List {
    /// Its window on what it holds: upper and lower edge.
    edges: (f32, f32),
    /// Where what it holds stands now.
    held: Vec<Place>,
}

impl Survey {
    /// Looks once at everything that is on the screen.
    pub fn of(component: &(impl ElementRoot + ComponentHandle)) -> Self {
        settle();
        let mut survey = Survey {
            things: Vec::new(),
            lists: Vec::new(),
        };
        component
            .root_element()
            .visit_descendants(|element| -> ControlFlow<()> {
                survey.note(element);
                ControlFlow::Continue(())
            });
        survey
    }

    fn note(&mut self, element: ElementHandle) {
        let is = |wanted: &str| {
            let name = element.type_name().is_some_and(|name| name == wanted);
            name || element
                .bases()
                .is_some_and(|mut bases| bases.any(|base| base == wanted))
        };
        if is("Flickable") {
            self.lists.push(List::of(&element));
            return;
        }
        // A space is a space, whether a line may end there or not.
        let label = || {
            let label = element.accessible_label().unwrap_or_default();
            label.replace('\u{a0}', " ")
        };
        let kind = match element.accessible_role() {
            Some(AccessibleRole::Button) if !label().is_empty() => Some(Kind::Control),
            Some(AccessibleRole::Text) if !label().is_empty() => Some(Kind::Words),
            _ => None,
        };
        // Texts that only measure say nothing to anybody.
        let measures = |id: &str| id.ends_with("::probe") || id.ends_with("::measure");
        let draws = is("Text") && !element.id().is_some_and(|id| measures(&id));
        for kind in kind.into_iter().chain(draws.then_some(Kind::Text)) {
            self.things.push(Thing {
                label: label(),
                place: place(&element),
                element: element.clone(),
                kind,
            });
        }
    }

    /// Everything with a label: controls, then words.
    pub fn pieces(&self) -> Vec<Piece> {
        let of = |kind| self.things.iter().filter(move |thing| thing.kind == kind);
        let all = of(Kind::Control).chain(of(Kind::Words));
        all.map(|thing| self.piece(thing)).fold(Vec::new(), once)
    }

    /// Every text, the words on controls among them; none that has no room.
    pub fn texts(&self) -> Vec<Piece> {
        let drawn = |thing: &&Thing| thing.kind == Kind::Text && thing.has_room();
        let all = self.things.iter().filter(drawn);
        all.map(|thing| self.piece(thing)).fold(Vec::new(), once)
    }

    /// The labels of all controls.
    pub(super) fn controls(&self) -> Vec<String> {
        let all = self
            .things
            .iter()
            .filter(|thing| thing.kind == Kind::Control);
        all.map(|thing| thing.label.clone()).collect()
    }

    /// The controls with this label.
    pub(super) fn labelled(&self, label: &str) -> impl Iterator<Item = &Thing> {
        self.things
            .iter()
            .filter(move |thing| thing.kind == Kind::Control && thing.label == label)
    }

    /// Turns the lists on that are longer than their room; false where there are none.
    pub(super) fn turn_on(&self) -> bool {
        let turns = |thing: &&Thing| {
            let id = || thing.element.id().unwrap_or_default();
            thing.kind == Kind::Control && id() == "Further::turns"
        };
        let mut any = false;
        for thing in self.things.iter().filter(turns) {
            thing.element.mock_single_click(PointerEventButton::Left);
            any = true;
        }
        settle();
        any
    }

    /// Where a thing stands on its page, however far its list is turned: pixels down, pixels across.
    pub(super) fn on_its_page(&self, thing: &Thing) -> (i32, i32) {
        let tops = |list: &List| list.held.iter().map(|held| held.1).min_by(f32::total_cmp);
        // What a list holds begins where its first piece does, above its edge or not.
        let list = self
            .lists
            .iter()
            .find(|list| list.held.contains(&thing.place));
        let top = list.and_then(tops).unwrap_or(0.0);
        ((thing.place.1 - top).round() as i32, thing.place.0 as i32)
    }

    /// Whether the middle of a thing lies where a finger reaches it, not under the edge of a list.
    pub(super) fn in_sight(&self, thing: &Thing) -> bool {
        let middle = thing.place.1 + thing.place.3 / 2.0;
        self.lists.iter().all(|list| {
            let (top, end) = list.edges;
            !list.held.contains(&thing.place) || middle > top && middle < end
        })
    }

    fn piece(&self, thing: &Thing) -> Piece {
        let (x, y, width, height) = thing.place;
        Piece {
            label: thing.label.clone(),
            control: thing.kind == Kind::Control,
            scrolls: self
                .lists
                .iter()
                .any(|list| list.held.contains(&thing.place)),
            x,
            y,
            width,
            height,
        }
    }
}

impl Thing {
    fn has_room(&self) -> bool {
        self.place.2 > 0.0 && self.place.3 > 0.0
    }
}

impl List {
    fn of(element: &ElementHandle) -> Self {
        let mut held = Vec::new();
        element.visit_descendants(|inner| -> ControlFlow<()> {
            held.push(place(&inner));
            ControlFlow::Continue(())
        });
        let (_, top, _, height) = place(element);
        List {
            edges: (top, top + height),
            held,
        }
    }
}

/// A component may be made from another: both are one piece.
fn once(mut pieces: Vec<Piece>, piece: Piece) -> Vec<Piece> {
    if !pieces.contains(&piece) {
        pieces.push(piece);
    }
    pieces
}

pub(super) fn place(element: &ElementHandle) -> Place {
    let (at, size) = (element.absolute_position(), element.size());
    (at.x, at.y, size.width, size.height)
}
