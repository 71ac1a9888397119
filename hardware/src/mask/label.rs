//! The mask of a label printer (hardware.md §8).

use super::{Mask, SUBSTITUTE};

/// What a printer is asked, in both languages: how it is, in one byte or in eight, and ~HS; and the
/// NULs that a line is opened with.
const QUESTIONS: [&[u8]; 4] = [b"\x1B!?", b"\x1B!S", b"~HS\r\n", b"\0"];

const STX: u8 = 0x02;
const ETX: u8 = 0x03;

/// The third string of ~HS begins with the password of the printer: four digits.
const PASSWORD: usize = 4;

/// What a label printer says is about itself, but for its password. What it is told is a badge or the
/// label of a parcel, with names on it: of that only the questions are kept.
#[derive(Default)]
pub(super) struct Label {
    /// Which string of an answer this is, and how much of it was heard; nothing outside of one.
    string: Option<usize>,
    strings: u8,
}

impl Mask for Label {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        let hidden = |byte: &u8| {
            match (*byte, self.string) {
                (STX, _) => {
                    self.string = Some(0);
                    self.strings = self.strings.saturating_add(1);
                }
                (ETX, _) => self.string = None,
                (_, Some(heard)) => {
                    self.string = Some(heard + 1);
                    // Two strings about itself, then the password.
                    if self.strings == 3 && heard < PASSWORD && byte.is_ascii_digit() {
                        return b'0';
                    }
                }
                (_, None) => {}
            }
            *byte
        };
        bytes.iter().map(hidden).collect()
    }

    fn said(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut rest = bytes;
        let mut written = Vec::new();
        while let [_, after @ ..] = rest {
            let question = QUESTIONS.iter().find(|question| rest.starts_with(question));
            if let Some(question) = question {
                written.extend_from_slice(question);
                rest = &rest[question.len()..];
            } else {
                written.push(SUBSTITUTE);
                rest = after;
            }
        }
        if written.iter().any(|byte| *byte != SUBSTITUTE) {
            // A question: its answer begins with the first string.
            self.strings = 0;
        }
        written
    }

    fn pause(&mut self) -> Vec<u8> {
        (self.string, self.strings) = (None, 0);
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_label_only_the_questions_are_written_down() {
        let mut mask = Label::default();
        let said = mask.said(b"\0\x1B!?TEXT 8,8,\"Grace\"\r\n~HS\r\n^FDGrace^FS");
        assert!(said.starts_with(b"\0\x1B!?\x1A"));
        assert!(said.windows(5).any(|bytes| bytes == b"~HS\r\n"));
        assert!(!said.iter().any(u8::is_ascii_lowercase), "{said:?}");
    }

    #[test]
    fn the_password_of_an_answer_is_zeros_however_the_answer_is_cut() {
        let answer = b"\x02030,0,0,0400,000,0,0,0,000,0,0,0\x03\r\n\
            \x02001,0,0,0,1,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n";
        let mut expected = answer.to_vec();
        let at = answer.windows(4).position(|bytes| bytes == b"1234");
        let at = at.expect("the password");
        expected[at..at + 4].copy_from_slice(b"0000");
        for size in [1, 2, 3, 7, answer.len()] {
            let mut mask = Label::default();
            mask.said(b"~HS\r\n");
            let pieces = answer.chunks(size);
            let written: Vec<u8> = pieces.flat_map(|piece| mask.heard(piece)).collect();
            assert_eq!(written, expected, "{size}");
        }
    }
}
