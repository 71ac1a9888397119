//! A layout as ZPL II (hardware.md §8.2).
//!
//! Field data is UTF-8 with `^FH`: the three characters that mean something, `^`, `~` and `_`, are
//! written in hexadecimal, so no text leaves its field.

use super::document::Align;
use super::layout::{Layout, Piece};
use super::letters::heavier;
use super::measure::Spacing;
use super::profile::{Language, Profile, ScalableFont};
use crate::raster::Raster;

/// A layout's bytes, one label printed once.
///
/// Empty for a printer of another language.
#[must_use]
pub fn encode(layout: &Layout, profile: &Profile) -> Vec<u8> {
    let Language::Zpl { font } = &profile.language else {
        return Vec::new();
    };
    let spacing = match layout.stock.spacing {
        Spacing::Gap(_) => 'Y',
        Spacing::Mark(_) => 'M',
        Spacing::Continuous => 'N',
    };
    let turned = if profile.upside_down { 'I' } else { 'N' };
    let (width, height) = (layout.width, layout.height);
    let mut text = format!("^XA^CI28^MN{spacing}^PO{turned}^LH0,0^PW{width}^LL{height}\r\n");
    for piece in &layout.pieces {
        write(piece, font, &mut text);
    }
    text.push_str("^PQ1^XZ\r\n");
    text.into_bytes()
}

fn write(piece: &Piece, font: &ScalableFont, out: &mut String) {
    match piece {
        Piece::Line {
            x,
            y,
            size,
            bold,
            text,
            block,
        } => {
            let data = field(text);
            // There is no bold: the line is printed again a little to the right.
            for x in [Some(*x), bold.then(|| x + heavier(*size))]
                .into_iter()
                .flatten()
            {
                let letters = match &font.file {
                    None => format!("^A0N,{size},{size}"),
                    Some(file) => format!("^A@N,{size},{size},{file}"),
                };
                let block = match block {
                    // A backslash would mean something within a block.
                    Some((width, align)) if *align != Align::Left && !text.contains('\\') => {
                        let align = if *align == Align::Right { 'R' } else { 'C' };
                        format!("^FB{width},1,0,{align}")
                    }
                    _ => String::new(),
                };
                out.push_str(&format!("^FO{x},{y}{letters}{block}^FH^FD{data}^FS\r\n"));
            }
        }
        Piece::Picture { x, y, raster } => {
            let (n, row) = (raster.bits.len(), raster.row_bytes());
            let dots = squeezed(raster);
            out.push_str(&format!("^FO{x},{y}^GFA,{n},{n},{row},{dots}^FS\r\n"));
        }
        Piece::Qr { x, y, module, data } => {
            let data = field(data);
            out.push_str(&format!("^FO{x},{y}^BQN,2,{module}^FH^FDMA,{data}^FS\r\n"));
        }
        Piece::Code128 {
            x,
            y,
            module,
            height,
            data,
        } => {
            // Set B throughout; > begins what is not data.
            let data = field(&data.replace('>', ">0"));
            out.push_str(&format!(
                "^FO{x},{y}^BY{module}^BCN,{height},Y,N,N^FH^FD>:{data}^FS\r\n"
            ));
        }
    }
}

/// Text as field data.
fn field(text: &str) -> String {
    let mut data = String::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '^' => data.push_str("_5E"),
            '~' => data.push_str("_7E"),
            '_' => data.push_str("_5F"),
            c => data.push(c),
        }
    }
    data
}

/// Dots in hexadecimal with runs counted: `,` for a white rest of a row, `:` for a row like the one
/// above, `G` to `Y` for 1 to 19 and `g` to `z` for 20 to 400 of the digit that follows.
fn squeezed(raster: &Raster) -> String {
    let mut out = String::new();
    let mut above: Option<&[u8]> = None;
    for row in raster.bits.chunks(raster.row_bytes().max(1)) {
        if above == Some(row) {
            out.push(':');
            continue;
        }
        above = Some(row);
        let digits: Vec<u8> = row.iter().flat_map(|byte| [byte >> 4, byte & 15]).collect();
        let inked = digits.iter().rposition(|digit| *digit != 0);
        let inked = inked.map_or(0, |last| last + 1);
        for run in digits[..inked].chunk_by(|a, b| a == b) {
            counted(run.len(), run[0], &mut out);
        }
        if inked < digits.len() {
            out.push(',');
        }
    }
    out
}

fn counted(mut n: usize, digit: u8, out: &mut String) {
    let digit = char::from_digit(u32::from(digit), 16).unwrap_or('0');
    let letter = |first: u8, n: usize| char::from(first + u8::try_from(n).unwrap_or(0));
    while n > 0 {
        let now = n.min(419);
        if now >= 20 {
            out.push(letter(b'g', now / 20 - 1));
        }
        if !now.is_multiple_of(20) && now > 1 {
            out.push(letter(b'G', now % 20 - 1));
        }
        out.push(digit.to_ascii_uppercase());
        n -= now;
    }
}

/// A text as a printer of this font can show it; what it does not have becomes a question mark.
pub(crate) fn shown(text: &str, font: &ScalableFont) -> String {
    let western = font.file.is_none();
    let known = |c: char| !western || c.is_ascii() || ('\u{A0}'..='\u{FF}').contains(&c);
    let chars = text.chars().map(|c| match c {
        c if known(c) => c,
        '…' => '.',
        _ => '?',
    });
    chars.collect()
}

/// How wide a character is, in thousandths of its height: not less than in the built-in font 0.
pub(crate) fn thousandths(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 'I' | ' ' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' => 330,
        'M' | 'W' | '@' | '%' => 950,
        'm' | 'w' => 860,
        'A'..='Z' | '\u{80}'..='\u{FF}' => 700,
        '\0'..='\u{7F}' => 600,
        _ => 1000,
    }
}
