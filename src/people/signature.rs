//! A signature on the glass: strokes of a finger, not a picture.

use serde::{Deserialize, Serialize};

/// One point of a stroke: thousandths of the pad's width, right and down from its upper left corner.
/// The pad is [`PAD_HEIGHT`] of them high.
pub type Point = (u16, u16);

/// How high the pad is, in thousandths of its width.
pub const PAD_HEIGHT: u16 = 400;

/// The strokes of a signature, in the order in which they were made.
///
/// Personal: it is kept in rows that can be erased, never in the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Signature(pub Vec<Vec<Point>>);

/// Points kept of one signature. A finger on the glass makes about a hundred a second; half a
/// minute of writing is longer than any name.
const MOST_POINTS: usize = 3_000;

/// The shortest way a finger must go to have written something, in thousandths of its width.
const SHORTEST: u32 = 150;

impl Signature {
    /// Adds a stroke; what goes beyond the most that is kept is left out.
    pub fn add(&mut self, stroke: Vec<Point>) {
        let kept: usize = self.0.iter().map(Vec::len).sum();
        let room = MOST_POINTS.saturating_sub(kept);
        let stroke: Vec<Point> = stroke
            .into_iter()
            .map(|(x, y)| (x.min(1000), y.min(PAD_HEIGHT)))
            .take(room)
            .collect();
        if !stroke.is_empty() {
            self.0.push(stroke);
        }
    }

    /// Whether somebody has written something, and not only touched the pad.
    pub fn is_written(&self) -> bool {
        let length = |stroke: &Vec<Point>| -> u32 {
            let step = |pair: &[Point]| {
                u32::from(pair[0].0.abs_diff(pair[1].0)) + u32::from(pair[0].1.abs_diff(pair[1].1))
            };
            stroke.windows(2).map(step).sum()
        };
        self.0.iter().map(length).sum::<u32>() >= SHORTEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_is_no_signature_and_a_line_is_one() {
        let mut signature = Signature::default();
        signature.add(vec![(500, 200), (505, 200)]);
        assert!(!signature.is_written());
        signature.add(vec![(100, 200), (300, 220)]);
        assert!(signature.is_written());
    }

    #[test]
    fn it_never_grows_without_end_and_never_leaves_the_pad() {
        let mut signature = Signature::default();
        for _ in 0..10 {
            signature.add(vec![(2000, 3000); 1_000]);
        }
        assert_eq!(signature.0.iter().map(Vec::len).sum::<usize>(), MOST_POINTS);
        assert!(
            signature
                .0
                .iter()
                .flatten()
                .all(|point| *point == (1000, PAD_HEIGHT))
        );
    }
}
