//! Characters as the bytes that a printer's own fonts print (hardware.md §7.3).

use encoding_rs::{EncoderResult, GB18030};

use super::profile::Profile;

/// Printed for a character that a Chinese printer's font does not have.
pub const GETA: char = '〓';

/// GETA's two bytes.
const GETA_BYTES: [u8; 2] = [0xA1, 0xFE];

/// One character as its bytes. One byte is one column, on Chinese and Western printers alike, and
/// more are two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Code {
    One(u8),
    Two([u8; 2]),
    Four([u8; 4]),
}

/// Columns a text takes on a printer with a Chinese font: one for ASCII, two for all else, whatever
/// Unicode says (§7.3 rule 4). Never too few for a Western printer; see [`columns_on`].
#[must_use]
pub fn columns(text: &str) -> usize {
    let chars = printable(text);
    chars.map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Columns a text takes on this printer: letters of a Western code page are one wide, and what is
/// drawn or marked for want of a letter is two.
#[must_use]
pub fn columns_on(text: &str, profile: &Profile) -> usize {
    printable(text).map(|c| width(c, profile)).sum()
}

/// Columns of one character on this printer.
pub(crate) fn width(c: char, profile: &Profile) -> usize {
    match code(c, profile) {
        Some(Code::One(_)) => 1,
        Some(Code::Two(_) | Code::Four(_)) | None => 2,
    }
}

/// The characters that may reach a printer: control characters could be commands (§7.3 rule 6).
pub(crate) fn printable(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_control())
}

/// Whether the printer's own fonts have all of a text.
pub(crate) fn is_native(text: &str, profile: &Profile) -> bool {
    printable(text).all(|c| code(c, profile).is_some())
}

/// A character in the printer's own fonts; `None` when they do not have it.
pub(crate) fn code(c: char, profile: &Profile) -> Option<Code> {
    match profile.chinese {
        true => gb18030(c, profile.four_byte),
        false => profile.code_table.page.byte(c).map(Code::One),
    }
}

/// What is printed when a character is missing and nothing can be drawn: as wide as was counted.
pub(crate) fn mark(profile: &Profile) -> [u8; 2] {
    match profile.chinese {
        true => GETA_BYTES,
        false => *b"??",
    }
}

/// The one or two bytes of a character in GB18030, or those of 〓.
#[must_use]
pub fn character(c: char) -> ([u8; 2], usize) {
    match gb18030(c, false) {
        Some(Code::One(byte)) => ([byte, 0], 1),
        Some(Code::Two(bytes)) => (bytes, 2),
        Some(Code::Four(_)) | None => (GETA_BYTES, 2),
    }
}

/// Four-byte codes print as garbage on common printers (§7.3 rule 2). Where there is a font for them,
/// it is one of Chinese characters: all else with such a code is missing there too.
fn gb18030(c: char, four_byte: bool) -> Option<Code> {
    let c = if c == '\u{A5}' { '\u{FFE5}' } else { c };
    let mut text = [0; 4];
    let mut bytes = [0; 8];
    let (result, _, n) = GB18030.new_encoder().encode_from_utf8_without_replacement(
        c.encode_utf8(&mut text),
        &mut bytes,
        true,
    );
    match (result, n) {
        (EncoderResult::InputEmpty, 1) => Some(Code::One(bytes[0])),
        (EncoderResult::InputEmpty, 2) => Some(Code::Two([bytes[0], bytes[1]])),
        (EncoderResult::InputEmpty, 4) if four_byte && is_chinese(c) => {
            Some(Code::Four([bytes[0], bytes[1], bytes[2], bytes[3]]))
        }
        _ => None,
    }
}

/// CJK unified ideographs, those of the planes above included.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFD}')
}
