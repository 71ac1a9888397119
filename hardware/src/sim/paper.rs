//! What is on the paper, as a person would see it.

use qrcode::{EcLevel, QrCode};

use super::bars::Bars;
use crate::raster::Raster;

pub use crate::escpos::profile::{LARGE_LINE_DOTS, LINE_DOTS};

/// One character as printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cell {
    pub(crate) c: char,
    /// Columns at its normal size: one from a code table, two from the Chinese font.
    pub(crate) base: usize,
    pub(crate) wide: bool,
    pub(crate) high: bool,
    pub(crate) bold: bool,
}

impl Cell {
    /// A letter one column wide.
    pub(crate) fn plain(c: char) -> Self {
        Self {
            c,
            base: 1,
            wide: false,
            high: false,
            bold: false,
        }
    }

    /// Columns it takes.
    pub(crate) fn columns(self) -> usize {
        if self.wide { 2 * self.base } else { self.base }
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
    Picture {
        raster: Raster,
        align: u8,
    },
    Barcode {
        bars: Bars,
        module: u8,
        height: u8,
        /// Bit 0: its text stands above; bit 1: below.
        hri: u8,
        align: u8,
    },
}

impl Strip {
    /// How long it is, in dots.
    pub(crate) fn dots(&self) -> u32 {
        match self {
            Self::Text { cells, .. } if cells.iter().any(|cell| cell.high) => LARGE_LINE_DOTS,
            Self::Text { .. } => LINE_DOTS,
            Self::Qr { data, module, .. } => qr(data).map_or(LINE_DOTS, |code| {
                u32::try_from(code.width()).unwrap_or(0) * u32::from(*module)
            }),
            Self::Picture { raster, .. } => raster.height,
            Self::Barcode { height, hri, .. } => {
                u32::from(*height) + (hri & 3).count_ones() * LINE_DOTS
            }
        }
    }

    /// What a person reads on it; white paper from a picture is nothing.
    fn text(&self, columns: usize) -> Option<String> {
        let (text, align, width) = match self {
            Self::Text { cells, align } => {
                let text: String = cells.iter().map(|cell| cell.c).collect();
                (text, *align, cells.iter().map(|cell| cell.columns()).sum())
            }
            Self::Qr { data, align, .. } => {
                labelled(format!("[QR {}]", String::from_utf8_lossy(data)), *align)
            }
            Self::Picture { raster, .. } if raster.bits.iter().all(|byte| *byte == 0) => {
                return None;
            }
            Self::Picture { raster, align } => {
                let size = format!("[picture {}x{}]", raster.width, raster.height);
                labelled(size, *align)
            }
            Self::Barcode { bars, align, .. } => {
                labelled(format!("[CODE128 {}]", bars.text), *align)
            }
        };
        let room = columns.saturating_sub(width);
        let indent = [0, room / 2, room][usize::from(align.min(2))];
        let text = format!("{}{text}", " ".repeat(indent));
        Some(text.trim_end().to_owned())
    }
}

fn labelled(text: String, align: u8) -> (String, u8, usize) {
    let width = text.chars().count();
    (text, align, width)
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
    /// What it says, a line a row; codes as `[QR data]` and `[CODE128 data]`, what was drawn by its
    /// size.
    #[must_use]
    pub fn text(&self) -> String {
        let strips = self.strips.iter();
        let rows = strips.filter_map(|strip| strip.text(self.columns));
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Whether nothing is on it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text().trim().is_empty()
    }
}
