//! What is to be on the paper, already wrapped to its columns.

use super::code128::{Code128, Hri};

/// A slip: rows from top to bottom.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// One row, or what happens between rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Row {
    /// A row of text; the caller has wrapped it (see [`super::encode::columns_on`]).
    Text {
        /// The text; control characters are left out. Where the printer's fonts lack a character
        /// the row is drawn from the owner's font; without one the character becomes 〓 or `??`.
        text: String,
        /// Where it stands.
        align: Align,
        /// Heavier.
        bold: bool,
        /// Twice as wide and twice as high.
        large: bool,
    },
    /// A centred QR code.
    Qr {
        /// What it says.
        data: String,
        /// Dots a module, 1 to 16; 6 suits 80 mm.
        module: u8,
    },
    /// A centred barcode; one too wide for the paper gets narrower modules, and one that is too
    /// wide even so is printed as text.
    Barcode {
        /// What it says.
        code: Code128,
        /// How high its bars are, in dots.
        height: u8,
        /// Dots a module, 2 to 6.
        module: u8,
        /// Where its text stands.
        hri: Hri,
    },
    /// Empty lines.
    Feed(u8),
    /// Feed past the cutter, and cut where there is one.
    Cut,
}

/// Where a row stands between the margins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Align {
    /// At the left margin.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right margin.
    Right,
}

impl Document {
    /// An empty slip.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a plain row at the left margin.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.row(Row::Text {
            text: text.to_owned(),
            align: Align::Left,
            bold: false,
            large: false,
        })
    }

    /// Adds a large bold row in the middle.
    #[must_use]
    pub fn title(self, text: &str) -> Self {
        self.row(Row::Text {
            text: text.to_owned(),
            align: Align::Centre,
            bold: true,
            large: true,
        })
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, row: Row) -> Self {
        self.rows.push(row);
        self
    }
}
