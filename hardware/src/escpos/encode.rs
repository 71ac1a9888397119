//! A document as ESC/POS bytes (hardware.md §7.2, §7.3).
//!
//! Modes are sent only where they change, and every job begins with ESC @: a slip is as short as it
//! can be, which is also how fast it prints at 9600 baud.

use encoding_rs::{EncoderResult, GB18030};

use super::document::{Align, Document, Row};
use super::profile::{ChineseSize, Cutter, Profile};

/// Printed for a character that the printer's font does not have.
pub const GETA: char = '〓';

/// ESC @: clear the print buffer and all modes.
pub const INITIALISE: [u8; 2] = [0x1B, 0x40];

/// Most bytes in a QR code of level M (ISO 18004, version 40).
const QR_BYTES: usize = 2331;

/// Columns a text takes: one for ASCII, two for all else, whatever Unicode says (§7.3 rule 4).
#[must_use]
pub fn columns(text: &str) -> usize {
    let chars = text.chars().filter(|c| !is_control(*c));
    chars.map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The one or two bytes of a character in GB18030, or those of 〓.
///
/// Four-byte codes print as garbage on common printers (§7.3 rule 2).
#[must_use]
pub fn character(c: char) -> ([u8; 2], usize) {
    let c = if c == '\u{A5}' { '\u{FFE5}' } else { c };
    let mut text = [0; 4];
    let mut bytes = [0; 8];
    let (result, _, n) = GB18030.new_encoder().encode_from_utf8_without_replacement(
        c.encode_utf8(&mut text),
        &mut bytes,
        true,
    );
    match (result, n) {
        (EncoderResult::InputEmpty, 1 | 2) => ([bytes[0], bytes[1]], n),
        _ => ([0xA1, 0xFE], 2),
    }
}

/// A document's bytes for a printer, ESC @ first.
#[must_use]
pub fn encode(document: &Document, profile: &Profile) -> Vec<u8> {
    let mut paper = Encoder {
        profile,
        bytes: INITIALISE.to_vec(),
        align: Align::Left,
        bold: false,
        large: false,
    };
    match profile.chinese {
        true => paper.bytes.extend([0x1C, 0x26]),
        false => paper.bytes.extend([0x1C, 0x2E, 0x1B, 0x74, 0x00]),
    }
    if profile.chinese && profile.tight_chinese {
        paper.bytes.extend([0x1C, 0x53, 0x00, 0x00]);
    }
    for row in &document.rows {
        paper.row(row);
    }
    paper.bytes
}

struct Encoder<'a> {
    profile: &'a Profile,
    bytes: Vec<u8>,
    align: Align,
    bold: bool,
    large: bool,
}

impl Encoder<'_> {
    fn row(&mut self, row: &Row) {
        match row {
            Row::Text {
                text,
                align,
                bold,
                large,
            } => {
                let text = match align {
                    Align::Left => text.trim_end(),
                    Align::Centre | Align::Right => text,
                };
                if !text.is_empty() {
                    self.align(*align);
                    self.bold(*bold);
                    self.large(*large);
                    self.text(text);
                }
                self.bytes.push(0x0A);
            }
            Row::Qr { data, module } => self.qr(data, *module),
            Row::Feed(lines) => self.feed(*lines),
            Row::Cut => self.cut(),
        }
    }

    fn align(&mut self, align: Align) {
        if align != self.align {
            self.align = align;
            self.bytes.extend([0x1B, 0x61, align as u8]);
        }
    }

    fn bold(&mut self, bold: bool) {
        if bold != self.bold {
            self.bold = bold;
            self.bytes.extend([0x1B, 0x45, u8::from(bold)]);
        }
    }

    fn large(&mut self, large: bool) {
        if large == self.large {
            return;
        }
        self.large = large;
        self.bytes
            .extend([0x1D, 0x21, if large { 0x11 } else { 0x00 }]);
        if self.profile.chinese {
            match self.profile.chinese_size {
                ChineseSize::GsBang => {}
                ChineseSize::FsBang => {
                    let size = if large { 0x0C } else { 0x00 };
                    self.bytes.extend([0x1C, 0x21, size]);
                }
                ChineseSize::FsW => self.bytes.extend([0x1C, 0x57, u8::from(large)]),
            }
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars().filter(|c| !is_control(*c)) {
            if self.profile.chinese {
                let (bytes, n) = character(c);
                self.bytes.extend(&bytes[..n]);
            } else if c.is_ascii() {
                self.bytes.push(c as u8);
            } else {
                // Two marks keep the columns that the caller counted.
                self.bytes.extend(b"??");
            }
        }
    }

    /// Native QR, model 2, level M (§7.2). Bytes below 20 are left out: they could form a real-time
    /// command that the printer would execute (§7.5).
    fn qr(&mut self, data: &str, module: u8) {
        let data: Vec<u8> = data.bytes().filter(|byte| *byte >= 0x20).collect();
        self.align(Align::Centre);
        if data.len() > QR_BYTES {
            self.text(&GETA.to_string());
            self.bytes.push(0x0A);
            return;
        }
        let length = u16::try_from(data.len() + 3).unwrap_or(u16::MAX);
        let [low, high] = length.to_le_bytes();
        let head = [0x1D, 0x28, 0x6B];
        let mut function = |parts: &[&[u8]]| {
            self.bytes.extend(head);
            self.bytes.extend(parts.concat());
        };
        function(&[&[0x04, 0x00, 0x31, 0x41, 0x32, 0x00]]);
        function(&[&[0x03, 0x00, 0x31, 0x43, module.clamp(1, 16)]]);
        function(&[&[0x03, 0x00, 0x31, 0x45, 0x31]]);
        function(&[&[low, high, 0x31, 0x50, 0x30], &data]);
        function(&[&[0x03, 0x00, 0x31, 0x51, 0x30]]);
    }

    fn feed(&mut self, lines: u8) {
        match lines {
            0..=3 => self.bytes.extend(vec![0x0A; usize::from(lines)]),
            _ => self.bytes.extend([0x1B, 0x64, lines]),
        }
    }

    fn cut(&mut self) {
        match self.profile.cutter {
            Cutter::FeedPartial => self.bytes.extend([0x1D, 0x56, 0x42, 0x00]),
            Cutter::None => self.feed(self.profile.feed_before_cut),
            cutter => {
                self.feed(self.profile.feed_before_cut);
                let partial = u8::from(cutter == Cutter::Partial);
                self.bytes.extend([0x1D, 0x56, partial]);
            }
        }
    }
}

/// What must not reach a printer as text (§7.3 rule 6).
fn is_control(c: char) -> bool {
    c.is_control()
}
