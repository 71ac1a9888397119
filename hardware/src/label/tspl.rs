//! A layout as TSPL (hardware.md §8.1).
//!
//! Text never leaves its quotation marks: control characters are gone before, a mark within is
//! escaped or replaced, and no pair of bytes that a printer may take for an escape or for an
//! immediate command is ever sent within text or a picture.

use super::layout::{Layout, Piece};
use super::letters::heavier;
use super::measure::Spacing;
use super::profile::{BitmapFont, Characters, Language, Profile, Quotes};
use crate::escpos::encode::{GETA, character};
use crate::raster::Raster;

/// Most bytes of one BITMAP: how much a printer whose line was cut may still be waiting for.
pub(crate) const BAND: usize = 1024;

/// Pairs that mean something of their own to a printer: the beginning of an escape within quotation
/// marks, what some may take for one, and the beginnings of immediate commands, which some firmware
/// obeys wherever they stand.
const SPECIAL: [[u8; 2]; 4] = [*b"\\[", *b"\\\"", *b"~!", *b"\x1B!"];

/// A layout's bytes, one label printed once.
///
/// Empty for a printer of another language.
#[must_use]
pub fn encode(layout: &Layout, profile: &Profile) -> Vec<u8> {
    let Language::Tspl { font, quotes, .. } = &profile.language else {
        return Vec::new();
    };
    let mut bytes = Vec::new();
    let stock = &layout.stock;
    let spacing = match stock.spacing {
        Spacing::Gap(gap) => format!("GAP {gap} mm,0 mm"),
        Spacing::Mark(mark) => format!("BLINE {mark} mm,0 mm"),
        Spacing::Continuous => "GAP 0 mm,0 mm".to_owned(),
    };
    let direction = u8::from(!profile.upside_down);
    let (width, height) = (stock.width, stock.height);
    let head = format!(
        "SIZE {width} mm,{height} mm\r\n{spacing}\r\nDIRECTION {direction}\r\nREFERENCE 0,0\r\nCLS\r\n"
    );
    bytes.extend(head.as_bytes());
    for piece in &layout.pieces {
        write(piece, font, *quotes, &mut bytes);
    }
    bytes.extend(b"PRINT 1,1\r\n");
    bytes
}

fn write(piece: &Piece, font: &BitmapFont, quotes: Quotes, bytes: &mut Vec<u8>) {
    match piece {
        Piece::Line {
            x,
            y,
            size,
            bold,
            text,
            ..
        } => {
            let times = size / u32::from(font.height.max(1));
            let content = content(text, font, quotes).unwrap_or_default();
            // There is no bold: the line is printed again a little to the right.
            for x in [Some(*x), bold.then(|| x + heavier(*size))]
                .into_iter()
                .flatten()
            {
                let name = &font.name;
                let head = format!("TEXT {x},{y},\"{name}\",0,{times},{times},\"");
                bytes.extend(head.as_bytes());
                bytes.extend(&content);
                bytes.extend(b"\"\r\n");
            }
        }
        Piece::Picture { x, y, raster } => picture(*x, *y, raster, bytes),
        Piece::Qr { x, y, module, data } => {
            bytes.extend(format!("QRCODE {x},{y},M,{module},A,0,\"").as_bytes());
            bytes.extend(quoted(data.as_bytes(), quotes).unwrap_or_default());
            bytes.extend(b"\"\r\n");
        }
        Piece::Code128 {
            x,
            y,
            module,
            height,
            data,
        } => {
            let head = format!("BARCODE {x},{y},\"128\",{height},1,0,{module},{module},\"");
            bytes.extend(head.as_bytes());
            bytes.extend(quoted(data.as_bytes(), quotes).unwrap_or_default());
            bytes.extend(b"\"\r\n");
        }
    }
}

/// BITMAPs of at most [`BAND`] bytes; 0 is black.
fn picture(x: u32, y: u32, raster: &Raster, bytes: &mut Vec<u8>) {
    let row = raster.row_bytes().max(1);
    let rows = (BAND / row).max(1);
    let mut y = y;
    for band in raster.bits.chunks(rows * row) {
        let height = band.len() / row;
        bytes.extend(format!("BITMAP {x},{y},{row},{height},0,").as_bytes());
        let mut before = b',';
        for dots in band {
            let mut dots = !dots;
            if SPECIAL.contains(&[before, dots]) {
                // One dot less is not seen.
                dots |= 0x80 >> dots.leading_ones();
            }
            bytes.push(dots);
            before = dots;
        }
        bytes.extend(b"\r\n");
        y += u32::try_from(height).unwrap_or(0);
    }
}

/// A text as a printer of this font can show it: what it does not have becomes 〓, or ? where it has
/// only ASCII; what it could misunderstand becomes a like character.
pub(crate) fn shown(text: &str, font: &BitmapFont, quotes: Quotes) -> String {
    let ascii = font.characters == Characters::Ascii;
    let known: String = text
        .chars()
        .map(|c| match code(c, font.characters) {
            Some(_) => c,
            None if ascii && c == '…' => '.',
            None if ascii => '?',
            None => GETA,
        })
        .collect();
    if content(&known, font, quotes).is_some() {
        return known;
    }
    let alike = known.chars().map(|c| match (c, ascii) {
        ('"', true) => '\'',
        ('"', false) => '\u{FF02}',
        ('[', true) => '(',
        ('[', false) => '\u{FF3B}',
        ('!', true) => '.',
        ('!', false) => '\u{FF01}',
        (c, _) => c,
    });
    alike.collect()
}

/// The bytes between two quotation marks; `None` when they would not surely stay between them.
pub(crate) fn quoted(bytes: &[u8], quotes: Quotes) -> Option<Vec<u8>> {
    let special = |pair: &[u8]| SPECIAL.iter().any(|special| special == pair);
    if bytes.windows(2).any(special) || bytes.ends_with(b"\\") {
        return None;
    }
    let mut content = Vec::new();
    for &byte in bytes {
        match (byte, quotes) {
            (b'"', Quotes::Never) => return None,
            (b'"', Quotes::Escaped) => content.extend(b"\\[\"]"),
            _ => content.push(byte),
        }
    }
    Some(content)
}

/// A text between two quotation marks.
fn content(text: &str, font: &BitmapFont, quotes: Quotes) -> Option<Vec<u8>> {
    let codes = text.chars().filter_map(|c| code(c, font.characters));
    let mut bytes: Vec<u8> = codes
        .flat_map(|([a, b], n)| [a, b].into_iter().take(n))
        .collect();
    if bytes.ends_with(b"\\") {
        // Keeps it away from the mark behind it; some Chinese characters end with this byte too.
        bytes.push(b' ');
    }
    quoted(&bytes, quotes)
}

/// A character's one or two bytes, if the font has it. A four-byte GB 18030 code is none (§7.3).
fn code(c: char, characters: Characters) -> Option<([u8; 2], usize)> {
    if c.is_control() {
        return None;
    }
    let ([a, b], n) = character(c);
    let known = match characters {
        _ if n == 1 => true,
        Characters::Ascii => false,
        Characters::Gb2312 => (0xA1..=0xF7).contains(&a) && b >= 0xA1,
        Characters::Gbk => true,
    };
    let missing = n == 2 && character(GETA).0 == [a, b] && c != GETA;
    (known && !missing).then_some(([a, b], n))
}
