//! Barcode and QR scanners that send a line of text a code (hardware.md §6.1).

use std::fmt;
use std::time::Duration;

use encoding_rs::GB18030;

use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};

/// A code without an end mark ends after this pause (§6.1: 50–100 ms).
pub const IDLE_END: Duration = Duration::from_millis(80);

/// The same code again within this, counted from when it was last seen, is one scan (§6.1: 1–2 s).
pub const SAME_CODE: Duration = Duration::from_millis(1500);

/// The longest code in characters: what the largest QR holds (§6.1).
pub const LONGEST: usize = 4296;

/// Most bytes of the longest code: an AIM prefix, and four to a character.
const MOST_BYTES: usize = 3 + 4 * LONGEST;

/// AIM identifiers of the symbologies in use here: QR, Code 128, EAN-13, Data Matrix.
const AIM: [&[u8]; 6] = [b"]Q1", b"]C0", b"]C1", b"]E0", b"]d1", b"]d2"];

/// What the scanner tells.
#[derive(Clone, PartialEq, Eq)]
pub enum Tell {
    /// A code was scanned; untrusted text without control characters.
    Code(String),
    /// Something was scanned that is no code.
    Unreadable {
        /// Why not.
        reason: Unreadable,
    },
}

impl fmt::Debug for Tell {
    /// Codes can stand for persons: they are hidden.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "Code(… {} characters)", code.chars().count()),
            Self::Unreadable { reason } => write!(f, "Unreadable({reason:?})"),
        }
    }
}

/// Why a scan is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// Longer than [`LONGEST`].
    TooLong,
    /// Neither UTF-8 nor GB18030.
    NotText,
    /// A control character within.
    ControlCharacter,
}

/// The scanner is never asked anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {}

/// The dialogue with a line scanner.
#[derive(Default)]
pub struct Scanner {
    code: Vec<u8>,
    overflow: usize,
    last_byte: Moment,
    last_code: Option<(String, Moment)>,
}

impl Scanner {
    /// A scanner not heard yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn end(&mut self, now: Moment, line: &mut Line<Tell>) {
        let overflow = std::mem::take(&mut self.overflow);
        let bytes = std::mem::take(&mut self.code);
        if bytes.is_empty() {
            return;
        }
        let read = if overflow > 0 {
            Err(Unreadable::TooLong)
        } else {
            text(&bytes)
        };
        match read {
            Err(reason) => {
                line.reject();
                line.discard(bytes.len() + overflow);
                line.tell(Tell::Unreadable { reason });
            }
            Ok(code) if code.is_empty() => {}
            Ok(code) => {
                line.frame();
                let again =
                    |(last, seen): &(String, Moment)| *last == code && now - *seen < SAME_CODE;
                if !self.last_code.as_ref().is_some_and(again) {
                    line.tell(Tell::Code(code.clone()));
                }
                self.last_code = Some((code, now));
            }
        }
    }
}

fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    let bytes = AIM
        .iter()
        .find_map(|aim| bytes.strip_prefix(*aim))
        .unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or(Unreadable::NotText)?
            .into_owned(),
    };
    if text.chars().nth(LONGEST).is_some() {
        return Err(Unreadable::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(Unreadable::ControlCharacter);
    }
    Ok(text)
}

impl Dialogue for Scanner {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, _now: Moment, _line: &mut Line<Tell>) {
        self.code = Vec::new();
        self.overflow = 0;
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        if now - self.last_byte >= IDLE_END {
            self.end(now, line);
        }
        self.last_byte = now;
        for &byte in bytes {
            match byte {
                b'\r' | b'\n' => self.end(now, line),
                _ if self.code.len() < MOST_BYTES => self.code.push(byte),
                _ => self.overflow += 1,
            }
        }
    }

    fn asked(&mut self, _now: Moment, ask: Ask, _line: &mut Line<Tell>) {
        match ask {}
    }

    fn due(&self) -> Option<Moment> {
        (!self.code.is_empty()).then(|| self.last_byte + IDLE_END)
    }

    fn waited(&mut self, now: Moment, line: &mut Line<Tell>) {
        if self.due().is_some_and(|due| due <= now) {
            self.end(now, line);
        }
    }

    fn written(&mut self, _now: Moment, _n: usize, _line: &mut Line<Tell>) {}

    fn closed(&mut self, _now: Moment, _line: &mut Line<Tell>) {}
}
