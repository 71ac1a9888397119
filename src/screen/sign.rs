//! Signing with a finger: the strokes are drawn while they are made, and sent once each is done.

use super::Touches;
use crate::kiosk::Touch;
use crate::people::{Point, Signature};
use lodge_ui::SignAdapter;
use lodge_ui::slint::ComponentHandle;
use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

/// Strokes as an SVG path, in thousandths of the pad's width.
pub(super) fn path(strokes: &Signature) -> String {
    let mut path = String::new();
    for stroke in &strokes.0 {
        add(&mut path, stroke);
    }
    path
}

fn add(path: &mut String, stroke: &[Point]) {
    for (position, (x, y)) in stroke.iter().enumerate() {
        let letter = if position == 0 { 'M' } else { 'L' };
        // Writing into a string cannot fail.
        let _ = write!(path, "{letter}{x} {y} ");
    }
}

pub(super) fn connect(touches: &Touches<'_>) {
    let shown = touches.kiosk.global::<SignAdapter<'_>>();
    let stroke: Rc<RefCell<Vec<Point>>> = Rc::default();
    let kiosk = touches.kiosk.as_weak();
    let began = stroke.clone();
    shown.on_began(move |x, y| {
        *began.borrow_mut() = vec![point(x, y)];
    });
    let moved = stroke.clone();
    shown.on_moved(move |x, y| {
        let mut stroke = moved.borrow_mut();
        let (last, next) = (stroke.last().copied(), point(x, y));
        let (Some(last), Some(kiosk)) = (last, kiosk.upgrade()) else {
            return;
        };
        if last == next {
            return;
        }
        stroke.push(next);
        let shown = kiosk.global::<SignAdapter<'_>>();
        let mut ink = shown.get_ink().to_string();
        add(&mut ink, &[last]);
        let _ = write!(ink, "L{} {} ", next.0, next.1);
        shown.set_ink(ink.into());
    });
    let tell = touches.tell.clone();
    shown.on_lifted(move || {
        let stroke = std::mem::take(&mut *stroke.borrow_mut());
        if !stroke.is_empty() {
            tell(Touch::Stroke(stroke));
        }
    });
}

fn point(x: i32, y: i32) -> Point {
    let thousandths = |value: i32| u16::try_from(value.clamp(0, 1000)).unwrap_or_default();
    (thousandths(x), thousandths(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stroke_begins_anew() {
        let strokes = Signature(vec![vec![(1, 2), (3, 4)], vec![(5, 6)]]);
        assert_eq!(path(&strokes), "M1 2 L3 4 M5 6 ");
    }
}
