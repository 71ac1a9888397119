//! ESC/POS as a printer reads it (hardware.md §7.2).

use encoding_rs::GB18030;

/// One command taken from the receive buffer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Command {
    Initialise,
    Print,
    Feed(u8),
    FeedDots(u8),
    Align(u8),
    Bold(bool),
    Size(u8),
    /// ESC !: bold, high and wide in one.
    Modes(u8),
    ChineseMode(bool),
    ChineseSize(u8),
    ChineseLarge(bool),
    CodeTable(u8),
    NationalSet(u8),
    /// GS v 0: its mode, the bytes of a row, and the rows.
    Raster(u8, usize, Vec<u8>),
    /// ESC *: how many bytes a column has, and the columns.
    Columns(usize, Vec<u8>),
    BarcodeHeight(u8),
    BarcodeModule(u8),
    BarcodeHri(u8),
    Code128(Vec<u8>),
    Identity(u8),
    QrModule(u8),
    QrStore(Vec<u8>),
    QrPrint,
    Cut,
    FeedLinesAndCut,
    Asb(u8),
    PaperAnswer,
    ProcessId([u8; 4]),
    /// A character of two bytes, or of four.
    Wide(char),
    /// A byte that the national set or the code table gives a meaning.
    Byte(u8),
    /// It changes nothing that the twin shows.
    Ignored,
    /// No command that a printer documents.
    Unknown,
}

/// A picture of more bytes is none: no printer has the memory for it.
const LARGEST_PICTURE: usize = 1 << 22;

/// The codes of more than one byte that a printer takes for characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Codes {
    /// None.
    #[default]
    OneByte,
    /// Those of two.
    TwoBytes,
    /// Those of two and of four.
    FourBytes,
}

/// The first command in `bytes` and its length; `None` while it is not whole.
pub(crate) fn first(bytes: &[u8], codes: Codes) -> Option<(Command, usize)> {
    use Command as C;
    let at = |i: usize| bytes.get(i).copied();
    // What only has a length, where nothing of it is seen on the paper here.
    let passed = |length: usize| bytes.get(..length).map(|_| (C::Ignored, length));
    Some(match (at(0)?, at(1)) {
        (0x0A, _) => (C::Print, 1),
        (0x1B, next) => match next? {
            0x40 => (C::Initialise, 2),
            0x64 => (C::Feed(at(2)?), 3),
            0x4A => (C::FeedDots(at(2)?), 3),
            0x61 => (C::Align(at(2)?), 3),
            0x45 | 0x47 => (C::Bold(at(2)? & 1 == 1), 3),
            0x21 => (C::Modes(at(2)?), 3),
            0x74 => (C::CodeTable(at(2)?), 3),
            0x52 => (C::NationalSet(at(2)?), 3),
            0x69 | 0x6D => (C::Cut, 2),
            0x2A => columns(bytes)?,
            // Line spacing as usual.
            0x32 => (C::Ignored, 2),
            // Underline, line spacing, font, space between, turned, upside down.
            0x2D | 0x33 | 0x4D | 0x20 | 0x56 | 0x7B => passed(3)?,
            // Places on the line, panel.
            0x24 | 0x5C | 0x63 => passed(4)?,
            // The drawer.
            0x70 => passed(5)?,
            _ => (C::Unknown, 2),
        },
        (0x1C, next) => match next? {
            0x26 => (C::ChineseMode(true), 2),
            0x2E => (C::ChineseMode(false), 2),
            0x21 => (C::ChineseSize(at(2)?), 3),
            0x57 => (C::ChineseLarge(at(2)? & 1 == 1), 3),
            // Underline, Japanese codes.
            0x2D | 0x43 => passed(3)?,
            0x53 => passed(4)?,
            _ => (C::Unknown, 2),
        },
        (0x1D, next) => match next? {
            0x21 => (C::Size(at(2)?), 3),
            0x61 => (C::Asb(at(2)?), 3),
            0x72 => match at(2)? & 0x0F {
                1 => (C::PaperAnswer, 3),
                _ => (C::Ignored, 3),
            },
            0x49 => (C::Identity(at(2)?), 3),
            0x68 => (C::BarcodeHeight(at(2)?), 3),
            0x77 => (C::BarcodeModule(at(2)?), 3),
            0x48 => (C::BarcodeHri(at(2)?), 3),
            // Font of the text at a bar code, reverse.
            0x66 | 0x42 => passed(3)?,
            // Left margin, units, print width.
            0x4C | 0x50 | 0x57 => passed(4)?,
            0x6B => barcode(bytes)?,
            0x76 => raster(bytes)?,
            0x56 => match at(2)? {
                0x41 | 0x42 => at(3).map(|_| (C::FeedLinesAndCut, 4))?,
                0 | 1 | 0x30 | 0x31 => (C::Cut, 3),
                _ => (C::Unknown, 3),
            },
            0x28 => block(bytes)?,
            _ => (C::Unknown, 2),
        },
        (0x81..=0xFE, next) if codes != Codes::OneByte => {
            let length = match (codes, next?) {
                (Codes::FourBytes, b'0'..=b'9') => 4,
                _ => 2,
            };
            let code = bytes.get(..length)?;
            let text = GB18030.decode_without_bom_handling(code).0;
            (C::Wide(text.chars().next().unwrap_or('\u{FFFD}')), length)
        }
        (byte @ (0x20..=0x7E | 0x80..), _) => (C::Byte(byte), 1),
        _ => (C::Ignored, 1),
    })
}

/// ESC * m nL nH …: columns of 8 dots, or of 24 for the modes 32 and 33.
fn columns(bytes: &[u8]) -> Option<(Command, usize)> {
    let [_, _, mode, low, high, ..] = *bytes else {
        return None;
    };
    let deep = match mode {
        0 | 1 => 1,
        32 | 33 => 3,
        _ => return Some((Command::Unknown, 2)),
    };
    let length = 5 + deep * usize::from(u16::from_le_bytes([low, high]));
    let columns = bytes.get(5..length)?.to_vec();
    Some((Command::Columns(deep, columns), length))
}

/// GS v 0 m xL xH yL yH …
fn raster(bytes: &[u8]) -> Option<(Command, usize)> {
    let [_, _, zero, mode, xl, xh, yl, yh, ..] = *bytes else {
        return None;
    };
    let two = |low, high| usize::from(u16::from_le_bytes([low, high]));
    let width = two(xl, xh);
    let length = 8 + width * two(yl, yh);
    if zero != 0x30 || length > LARGEST_PICTURE {
        return Some((Command::Unknown, 2));
    }
    let rows = bytes.get(8..length)?.to_vec();
    Some((Command::Raster(mode, width, rows), length))
}

/// GS k m n …, or GS k m … NUL for the older kinds.
fn barcode(bytes: &[u8]) -> Option<(Command, usize)> {
    let [_, _, kind, ref rest @ ..] = *bytes else {
        return None;
    };
    if kind < 0x41 {
        let end = rest.iter().position(|byte| *byte == 0)?;
        return Some((Command::Ignored, 3 + end + 1));
    }
    let length = 4 + usize::from(*rest.first()?);
    let data = bytes.get(4..length)?.to_vec();
    let command = match kind {
        0x49 => Command::Code128(data),
        0x41..=0x48 => Command::Ignored,
        _ => Command::Unknown,
    };
    Some((command, length))
}

/// GS ( x pL pH …
fn block(bytes: &[u8]) -> Option<(Command, usize)> {
    let [_, _, kind, low, high, ..] = *bytes else {
        return None;
    };
    let length = usize::from(u16::from_le_bytes([low, high]));
    let data = bytes.get(5..5 + length)?;
    let command = match (kind, data) {
        (0x48, &[0x30, 0x30, a, b, c, d]) => Command::ProcessId([a, b, c, d]),
        (0x6B, &[0x31, 0x43, module]) => Command::QrModule(module),
        (0x6B, [0x31, 0x50, 0x30, data @ ..]) => Command::QrStore(data.to_vec()),
        (0x6B, [0x31, 0x51, 0x30]) => Command::QrPrint,
        _ => Command::Ignored,
    };
    Some((command, 5 + length))
}
