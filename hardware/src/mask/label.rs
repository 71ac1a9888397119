//! The masks of label printers (hardware.md §8).

use std::time::Duration;

use super::{Mask, PAUSE, SUBSTITUTE, substituted};
use crate::label::profile::Language;

/// What a printer is asked, in both languages: how it is, in one byte or in eight, and ~HS; and the
/// NULs that a line is opened with.
const QUESTIONS: [&[u8]; 4] = [b"\x1B!?", b"\x1B!S", b"~HS\r\n", b"\0"];

const STX: u8 = 0x02;
const ETX: u8 = 0x03;

/// The third string of ~HS begins with the password of the printer: so many digits and a comma. The
/// others begin with three digits.
const PASSWORD: usize = 4;

/// More than any string of ~HS.
const LONGEST: usize = 128;

/// The mask of printers of that language.
pub(super) fn mask(language: &Language, adapter: Duration) -> Box<dyn Mask> {
    match language {
        Language::Tspl { .. } => Box::new(Tspl),
        Language::Zpl { .. } => Box::new(Zpl {
            held: Vec::new(),
            adapter,
        }),
    }
}

/// What is told is a badge or the label of a parcel, with names on it: of that only the questions are
/// kept.
fn questions(bytes: &[u8]) -> Vec<u8> {
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
    written
}

/// A printer that says how it is, and nothing else.
struct Tspl;

impl Mask for Tspl {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }

    fn said(&mut self, bytes: &[u8]) -> Vec<u8> {
        questions(bytes)
    }

    fn pause(&mut self) -> Vec<u8> {
        Vec::new()
    }
}

/// A printer that says its password as well. A string is held until it is whole, since only its shape
/// tells which of the three it is: one may come late, or without the others.
#[derive(Default)]
struct Zpl {
    held: Vec<u8>,
    adapter: Duration,
}

impl Zpl {
    /// The string that is held, without the password.
    fn string(&mut self) -> Vec<u8> {
        let mut string = std::mem::take(&mut self.held);
        if let [STX, password @ ..] = &mut string[..]
            && password.get(PASSWORD) == Some(&b',')
        {
            password[..PASSWORD].fill(b'0');
        }
        string
    }
}

impl Mask for Zpl {
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut written = Vec::new();
        for &byte in bytes {
            match byte {
                STX => {
                    written.extend(self.pause());
                    self.held.push(byte);
                }
                _ if self.held.is_empty() => match byte {
                    b'\r' | b'\n' => written.push(byte),
                    // The rest of a string whose beginning is lost.
                    _ => written.extend(substituted(1)),
                },
                ETX => {
                    self.held.push(byte);
                    written.extend(self.string());
                }
                _ => {
                    self.held.push(byte);
                    if self.held.len() > LONGEST {
                        written.extend(self.pause());
                    }
                }
            }
        }
        written
    }

    fn said(&mut self, bytes: &[u8]) -> Vec<u8> {
        questions(bytes)
    }

    fn pause(&mut self) -> Vec<u8> {
        substituted(std::mem::take(&mut self.held).len())
    }

    fn patience(&self) -> Duration {
        PAUSE + self.adapter
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::profile::Profile;

    const ANSWER: &[u8] = b"\x02030,0,0,0400,000,0,0,0,000,0,0,0\x03\r\n\
        \x02001,0,0,0,1,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n";

    #[test]
    fn of_a_label_only_the_questions_are_written_down() {
        for profile in Profile::all() {
            let mut mask = mask(&profile.language, Duration::ZERO);
            let said = mask.said(b"\0\x1B!?TEXT 8,8,\"Grace\"\r\n~HS\r\n^FDGrace^FS");
            assert!(said.starts_with(b"\0\x1B!?\x1A"));
            assert!(said.windows(5).any(|bytes| bytes == b"~HS\r\n"));
            assert!(!said.iter().any(u8::is_ascii_lowercase), "{said:?}");
        }
    }

    #[test]
    fn the_password_is_zeros_however_the_answer_is_cut() {
        let mut expected = ANSWER.to_vec();
        let at = ANSWER.windows(4).position(|bytes| bytes == b"1234");
        let at = at.expect("the password");
        expected[at..at + 4].copy_from_slice(b"0000");
        for size in [1, 2, 3, 7, ANSWER.len()] {
            let mut mask = Zpl::default();
            let pieces = ANSWER.chunks(size);
            let written: Vec<u8> = pieces.flat_map(|piece| mask.heard(piece)).collect();
            assert_eq!(written, expected, "{size}");
        }
    }

    #[test]
    fn the_password_is_never_written_wherever_the_answer_pauses_or_begins() {
        let there = |written: &[u8]| written.windows(4).any(|bytes| bytes == b"1234");
        for cut in 0..=ANSWER.len() {
            let (before, after) = ANSWER.split_at(cut);
            for question in [false, true] {
                let mut mask = Zpl::default();
                let mut written = mask.heard(before);
                if question {
                    mask.said(b"~HS\r\n");
                }
                written.extend(mask.pause());
                written.extend(mask.heard(after));
                written.extend(mask.pause());
                assert!(!there(&written), "{cut} {question}: {written:?}");
                assert_eq!(written.len(), ANSWER.len(), "{cut}");
                assert!(!there(&Zpl::default().heard(after)), "{cut}");
            }
        }
    }

    #[test]
    fn a_status_of_one_byte_is_written_as_it_is() {
        let every: Vec<u8> = (0..=255).collect();
        assert_eq!(Tspl.heard(&every), every);
    }
}
