//! Streams of bytes for any driver: cut anywhere, or nothing but noise.
#![allow(dead_code)]

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};

/// What a driver makes of a stream that comes in pieces of these lengths, over and over, all at one
/// moment: its tells, and how many bytes meant nothing.
pub fn in_pieces<D: Dialogue>(
    dialogue: &mut D,
    now: Moment,
    stream: &[u8],
    lengths: &[usize],
) -> (Vec<D::Tell>, u64) {
    let mut line = Line::new();
    let (mut rest, mut lengths) = (stream, lengths.iter().cycle());
    while !rest.is_empty() {
        let length = lengths.next().map_or(rest.len(), |length| (*length).max(1));
        let (piece, next) = rest.split_at(rest.len().min(length));
        dialogue.heard(now, piece, &mut line);
        rest = next;
    }
    (line.take_tells(), line.take_discarded())
}

/// Bytes of a linear congruential generator, most of them taken from `marks`: what a protocol's
/// frames begin, end and are filled with.
pub fn noise(n: usize, marks: &[u8]) -> Vec<u8> {
    let mut state = 1u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 24
    };
    let mark = |roll: u32| marks[roll as usize % marks.len()];
    (0..n)
        .map(|_| {
            let roll = next();
            if roll < 200 { mark(next()) } else { roll as u8 }
        })
        .collect()
}
