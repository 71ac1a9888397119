//! The mask of a receipt printer (hardware.md §7.4, §7.5).

use super::{Mask, SUBSTITUTE};

/// The questions a printer is asked, each with how long it is: ESC @, DLE EOT, DLE ENQ, GS a, GS r,
/// GS I, GS ( H, and the NULs that a line is opened with.
const QUESTIONS: [(&[u8], usize); 8] = [
    (&[0x1B, b'@'], 2),
    (&[0x10, 0x04], 3),
    (&[0x10, 0x05], 3),
    (&[0x1D, b'a'], 3),
    (&[0x1D, b'r'], 3),
    (&[0x1D, b'I'], 3),
    (&[0x1D, b'(', b'H', 0x06, 0x00, b'0', b'0'], 11),
    (&[0x00], 1),
];

/// What a printer says is about itself. What it is told is a slip, with names on it: of that only
/// the questions are kept.
pub(super) struct EscPos;

impl Mask for EscPos {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }

    fn said(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut rest = bytes;
        let mut written = Vec::new();
        while !rest.is_empty() {
            let question = QUESTIONS.iter().find(|(begin, _)| rest.starts_with(begin));
            let whole = question.and_then(|(_, length)| rest.split_at_checked(*length));
            if let Some((question, behind)) = whole {
                written.extend_from_slice(question);
                rest = behind;
            } else {
                written.push(SUBSTITUTE);
                rest = &rest[1..];
            }
        }
        written
    }

    fn pause(&mut self) -> Vec<u8> {
        Vec::new()
    }
}
