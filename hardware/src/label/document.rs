//! What is to be on a label.

use std::fmt;

use super::measure::{Area, Mm, Stock};

pub use crate::escpos::document::Align;

/// A label: its stock, and what stands where. `Debug` hides what it says.
#[derive(Clone, PartialEq, Eq)]
pub struct Label {
    /// What it is printed on.
    pub stock: Stock,
    /// What is on it, in the order of printing.
    pub elements: Vec<Element>,
}

/// One thing on a label, and the area it has.
#[derive(Clone, PartialEq, Eq)]
pub enum Element {
    /// Text, fitted into its area by the rule of [`super::layout`].
    Text(Area, Text),
    /// A QR code as large as its area allows, in the middle of it.
    Qr(Area, String),
    /// A CODE128 bar code as wide as its area allows, in the middle of it, its data in plain below.
    Code128(Area, String),
}

/// Text and how it should look.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    pub(crate) text: String,
    pub(crate) size: Mm,
    pub(crate) bold: bool,
    pub(crate) align: Align,
}

impl Text {
    /// Plain text 3 mm high at the left.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            size: Mm::whole(3),
            bold: false,
            align: Align::Left,
        }
    }

    /// The height of its letters, unless they must become smaller to fit.
    #[must_use]
    pub fn size(self, size: Mm) -> Self {
        Self { size, ..self }
    }

    /// Heavier.
    #[must_use]
    pub fn bold(self) -> Self {
        let bold = true;
        Self { bold, ..self }
    }

    /// Where its lines stand in the area.
    #[must_use]
    pub fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

impl Label {
    /// An empty label.
    #[must_use]
    pub fn new(stock: Stock) -> Self {
        let elements = Vec::new();
        Self { stock, elements }
    }

    /// Adds text.
    #[must_use]
    pub fn text(self, area: Area, text: Text) -> Self {
        self.element(Element::Text(area, text))
    }

    /// Adds a QR code.
    #[must_use]
    pub fn qr(self, area: Area, data: &str) -> Self {
        self.element(Element::Qr(area, data.to_owned()))
    }

    /// Adds a CODE128 bar code.
    #[must_use]
    pub fn code128(self, area: Area, data: &str) -> Self {
        self.element(Element::Code128(area, data.to_owned()))
    }

    fn element(mut self, element: Element) -> Self {
        self.elements.push(element);
        self
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (width, height) = (self.stock.width, self.stock.height);
        let n = self.elements.len();
        write!(f, "Label({width} × {height} mm, {n} elements)")
    }
}
