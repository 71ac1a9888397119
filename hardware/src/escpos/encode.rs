//! A document as ESC/POS bytes (hardware.md §7.2, §7.3).
//!
//! Modes are sent only where they change, and every job begins with ESC @: a slip is as short as it
//! can be, which is also how fast it prints at 9600 baud.

use ab_glyph::FontArc;

use super::code128::{Code128, Hri};
use super::document::{Align, Document, Row};
use super::drawn::{self, Look};
use super::image::{BAND_BYTES, bands};
use super::profile::{ChineseSize, Cutter, Profile};
use super::text::{Code, code, is_native, mark, printable};

pub use super::text::{GETA, character, columns, columns_on};

/// ESC @: clear the print buffer and all modes.
pub const INITIALISE: [u8; 2] = [0x1B, 0x40];

/// Most bytes in a QR code of level M (ISO 18004, version 40).
const QR_BYTES: usize = 2331;

/// Most bytes one command waits for: the longest QR code with its head; a picture's bands are shorter.
pub(crate) const LONGEST_COMMAND: usize = QR_BYTES + 8;

/// A document's bytes for a printer, ESC @ first.
///
/// With a font, a row that has a character the printer lacks is drawn; without one the character
/// becomes a mark.
#[must_use]
pub fn encode(document: &Document, profile: &Profile, font: Option<&FontArc>) -> Vec<u8> {
    encode_in_parts(document, profile, font, BAND_BYTES).0
}

/// The same, with the lengths after which no command is left half said: there other commands may
/// come between. Pictures come in bands of no more than `band` bytes.
pub(crate) fn encode_in_parts(
    document: &Document,
    profile: &Profile,
    font: Option<&FontArc>,
    band: usize,
) -> (Vec<u8>, Vec<usize>) {
    let mut paper = Encoder {
        profile,
        font,
        band,
        bytes: INITIALISE.to_vec(),
        ends: Vec::new(),
        align: Align::Left,
        bold: false,
        large: false,
    };
    paper.begin();
    for row in &document.rows {
        paper.row(row);
        paper.ends.push(paper.bytes.len());
    }
    (paper.bytes, paper.ends)
}

struct Encoder<'a> {
    profile: &'a Profile,
    font: Option<&'a FontArc>,
    band: usize,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    align: Align,
    bold: bool,
    large: bool,
}

impl Encoder<'_> {
    /// What ESC @ does not set as a slip needs it.
    fn begin(&mut self) {
        let profile = self.profile;
        match profile.chinese {
            true => self.bytes.extend([0x1C, 0x26]),
            false => {
                let number = profile.code_table.number;
                self.bytes.extend([0x1C, 0x2E, 0x1B, 0x74, number]);
            }
        }
        if let Some(set) = profile.national_set {
            self.bytes.extend([0x1B, 0x52, set]);
        }
        if profile.chinese && profile.tight_chinese {
            self.bytes.extend([0x1C, 0x53, 0x00, 0x00]);
        }
    }

    fn row(&mut self, row: &Row) {
        match row {
            Row::Text {
                text,
                align,
                bold,
                large,
            } => {
                let look = Look {
                    align: *align,
                    bold: *bold,
                    large: *large,
                };
                self.row_of_text(text, look);
            }
            Row::Qr { data, module } => self.qr(data, *module),
            Row::Barcode {
                code,
                height,
                module,
                hri,
            } => self.barcode(code, *height, *module, *hri),
            Row::Feed(lines) => self.feed(*lines),
            Row::Cut => self.cut(),
        }
    }

    fn row_of_text(&mut self, text: &str, look: Look) {
        let text = match look.align {
            Align::Left => text.trim_end(),
            Align::Centre | Align::Right => text,
        };
        match self.font {
            Some(font) if !is_native(text, self.profile) => {
                self.align(look.align);
                let lines = drawn::lines(text, look, self.profile, font);
                for band in lines.iter().flat_map(|line| bands(line, self.band)) {
                    self.bytes.extend(band);
                    self.ends.push(self.bytes.len());
                }
            }
            _ => {
                if !text.is_empty() {
                    self.align(look.align);
                    self.bold(look.bold);
                    self.large(look.large);
                    self.text(text);
                }
                self.bytes.push(0x0A);
            }
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
        for c in printable(text) {
            match code(c, self.profile) {
                Some(Code::One(byte)) => self.bytes.push(byte),
                Some(Code::Two(bytes)) => self.bytes.extend(bytes),
                Some(Code::Four(bytes)) => self.bytes.extend(bytes),
                None => self.bytes.extend(mark(self.profile)),
            }
        }
    }

    /// Native QR, model 2, level M (§7.2). Bytes below 20 are left out: they could form a real-time
    /// command that the printer would execute (§7.5).
    fn qr(&mut self, data: &str, module: u8) {
        let data: Vec<u8> = data.bytes().filter(|byte| *byte >= 0x20).collect();
        self.align(Align::Centre);
        if data.len() > QR_BYTES {
            self.bytes.extend(mark(self.profile));
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

    /// GS h, GS w, GS H and GS k 49 (§7.2).
    fn barcode(&mut self, code: &Code128, height: u8, module: u8, hri: Hri) {
        let Some(module) = code.fitting(module, self.profile.dots) else {
            let look = Look {
                align: Align::Left,
                bold: false,
                large: false,
            };
            return self.row_of_text(code.text(), look);
        };
        self.align(Align::Centre);
        let bytes = code.bytes();
        let count = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
        self.bytes.extend([0x1D, 0x68, height.max(1)]);
        self.bytes.extend([0x1D, 0x77, module]);
        self.bytes.extend([0x1D, 0x48, hri as u8]);
        self.bytes.extend([0x1D, 0x6B, 0x49, count]);
        self.bytes.extend(bytes);
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
