//! What is on the paper, as a person would see it.

use qrcode::{EcLevel, QrCode};

/// Dots a text line takes with its spacing; 8 dots are 1 mm.
pub const LINE_DOTS: u32 = 30;

/// One character as printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cell {
    pub(crate) c: char,
    pub(crate) wide: bool,
    pub(crate) high: bool,
    pub(crate) bold: bool,
}

impl Cell {
    /// Columns it takes.
    pub(crate) fn columns(self) -> usize {
        let one = if self.c.is_ascii() { 1 } else { 2 };
        if self.wide { 2 * one } else { one }
    }
}

/// One strip across the paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Strip {
    Text {
        cells: Vec<Cell>,
        align: u8,
    },
    Qr {
        data: Vec<u8>,
        module: u8,
        align: u8,
    },
}

impl Strip {
    /// How long it is, in dots.
    pub(crate) fn dots(&self) -> u32 {
        match self {
            Self::Text { cells, .. } if cells.iter().any(|cell| cell.high) => 2 * LINE_DOTS,
            Self::Text { .. } => LINE_DOTS,
            Self::Qr { data, module, .. } => qr(data).map_or(LINE_DOTS, |code| {
                u32::try_from(code.width()).unwrap_or(0) * u32::from(*module)
            }),
        }
    }

    fn text(&self, columns: usize) -> String {
        let (text, align, width) = match self {
            Self::Text { cells, align } => {
                let text: String = cells.iter().map(|cell| cell.c).collect();
                (text, *align, cells.iter().map(|cell| cell.columns()).sum())
            }
            Self::Qr { data, align, .. } => {
                let text = format!("[QR {}]", String::from_utf8_lossy(data));
                let width = text.chars().count();
                (text, *align, width)
            }
        };
        let room = columns.saturating_sub(width);
        let indent = [0, room / 2, room][usize::from(align.min(2))];
        format!("{}{text}", " ".repeat(indent))
            .trim_end()
            .to_owned()
    }
}

/// The QR code a printer makes of these bytes; `None` when they are too many.
pub(crate) fn qr(data: &[u8]) -> Option<QrCode> {
    QrCode::with_error_correction_level(data, EcLevel::M).ok()
}

/// A piece of paper.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Slip {
    pub(crate) strips: Vec<Strip>,
    pub(crate) columns: usize,
}

impl Slip {
    /// What it says, a line a row; a QR code as `[QR data]`.
    #[must_use]
    pub fn text(&self) -> String {
        let rows = self.strips.iter().map(|strip| strip.text(self.columns));
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Whether nothing is on it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text().trim().is_empty()
    }
}
