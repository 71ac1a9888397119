//! A label fitted to a printer: every piece at its dot, no bytes yet.
//!
//! The rule for text: it has the size it asks for, on as many lines as its area is high. Does it not
//! fit, it becomes smaller step by step, and is wrapped anew at each size; a word is never broken for
//! that. Only at the smallest size are words broken, and what even then does not fit ends with `…`;
//! [`Layout::shortened`] says so. Lines stand in the middle of the area's height.
//!
//! The letters are the printer's own where they have every character and break no word; else they are
//! drawn from the owner's font, if there is one.
//!
//! Codes are as large as their area allows. A code cannot be shortened: one that is too long for its
//! area, or holds what cannot be written safely, is refused, and with it the label.

use ab_glyph::FontArc;
use thiserror::Error;

use super::document::{Align, Element, Label, Text};
use super::fit::{fitted, plain};
use super::letters::{Letters, heavier};
use super::measure::{Area, Stock};
use super::profile::{Language, Profile};
use super::{codes, tspl};
use crate::raster::Raster;

/// Dots below a bar code for its data in plain, at 8 dots a millimetre.
const PLAIN_MM: u32 = 4;

/// Why a label cannot be printed on a printer, by the index of the element.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Misfit {
    /// The labels are wider than the printer's head.
    #[error("the labels are wider than the printer's head")]
    WiderThanHead,
    /// The element's area is not on the label.
    #[error("element {0} is not on the label")]
    OffLabel(usize),
    /// Not even the smallest text fits into the element's area.
    #[error("no text fits into the area of element {0}")]
    NoRoom(usize),
    /// The code would be too fine to be read.
    #[error("the code of element {0} is too long for its area")]
    CodeTooLong(usize),
    /// The code has no characters, or some that this printer cannot be given.
    #[error("the code of element {0} holds what this printer cannot be given")]
    CodeUnwritable(usize),
}

/// One thing at its place, in dots from the upper left corner.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A line in the printer's own letters.
    Line {
        x: u32,
        y: u32,
        size: u32,
        bold: bool,
        text: String,
        /// The width within which the printer aligns it, where only it can.
        block: Option<(u32, Align)>,
    },
    /// A line drawn from the owner's font.
    Picture { x: u32, y: u32, raster: Raster },
    /// A QR code of level M.
    Qr {
        x: u32,
        y: u32,
        module: u32,
        data: String,
    },
    /// A CODE128 bar code; its data in plain follows below.
    Code128 {
        x: u32,
        y: u32,
        module: u32,
        height: u32,
        data: String,
    },
}

/// A label fitted to a printer.
pub struct Layout {
    pub(crate) stock: Stock,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) pieces: Vec<Piece>,
    shortened: Vec<usize>,
}

impl Layout {
    /// Fits a label to a printer; `font` draws what the printer has no letters for.
    ///
    /// # Errors
    /// When it cannot be printed there as it should be.
    pub fn new(label: &Label, profile: &Profile, font: Option<&FontArc>) -> Result<Self, Misfit> {
        let stock = label.stock;
        let mut layout = Self {
            stock,
            width: stock.width.dots(profile.dots_per_mm),
            height: stock.height.dots(profile.dots_per_mm),
            pieces: Vec::new(),
            shortened: Vec::new(),
        };
        if layout.width > u32::from(profile.head_dots) {
            return Err(Misfit::WiderThanHead);
        }
        for (i, element) in label.elements.iter().enumerate() {
            let (Element::Text(area, _) | Element::Qr(area, _) | Element::Code128(area, _)) =
                element;
            if !area.is_on(&stock) {
                return Err(Misfit::OffLabel(i));
            }
            let area = Dots::of(area, profile.dots_per_mm);
            match element {
                Element::Text(_, text) => layout.text(i, area, text, profile, font)?,
                Element::Qr(_, data) => layout.qr(i, area, data, profile)?,
                Element::Code128(_, data) => layout.code128(i, area, data, profile)?,
            }
        }
        Ok(layout)
    }

    /// The elements whose text did not fit and ends with `…`.
    #[must_use]
    pub fn shortened(&self) -> &[usize] {
        &self.shortened
    }

    fn text(
        &mut self,
        i: usize,
        area: Dots,
        text: &Text,
        profile: &Profile,
        font: Option<&FontArc>,
    ) -> Result<(), Misfit> {
        let (plain, cut) = plain(&text.text);
        let dots_per_mm = profile.dots_per_mm;
        let wanted = text.size.dots(dots_per_mm);
        let fit = |letters, shown: &str| {
            fitted(
                shown,
                letters,
                (area.width, area.height),
                wanted,
                text.bold,
                dots_per_mm,
            )
        };
        let (own, shown) = Letters::own(&plain, profile);
        let with_own = fit(own, &shown);
        let good = shown == plain && with_own.as_ref().is_some_and(|fitted| !fitted.broken);
        let drawn = font.filter(|_| !good).map(Letters::Drawn);
        let with_drawn = drawn.and_then(|letters| Some((letters, fit(letters, &plain)?)));
        let (letters, fitted) = with_drawn
            .or_else(|| Some((own, with_own?)))
            .ok_or(Misfit::NoRoom(i))?;
        if fitted.shortened || cut {
            self.shortened.push(i);
        }
        let (size, line) = (fitted.size, letters.line(fitted.size));
        let n = u32::try_from(fitted.lines.len()).unwrap_or(1);
        let mut y = area.y + (area.height - n * line) / 2;
        for text_line in fitted.lines {
            if !text_line.is_empty() {
                self.pieces
                    .push(piece(letters, area, y, size, text, text_line));
            }
            y += line;
        }
        Ok(())
    }

    fn qr(&mut self, i: usize, area: Dots, data: &str, profile: &Profile) -> Result<(), Misfit> {
        if !writable(data, profile) {
            return Err(Misfit::CodeUnwritable(i));
        }
        let fitted = codes::qr(data.len(), area.width, area.height, profile.dots_per_mm)
            .ok_or(Misfit::CodeTooLong(i))?;
        self.pieces.push(Piece::Qr {
            x: area.x + fitted.left,
            y: area.y + fitted.top,
            module: fitted.module,
            data: data.to_owned(),
        });
        Ok(())
    }

    fn code128(
        &mut self,
        i: usize,
        area: Dots,
        data: &str,
        profile: &Profile,
    ) -> Result<(), Misfit> {
        if !data.is_ascii() || !writable(data, profile) {
            return Err(Misfit::CodeUnwritable(i));
        }
        let fitted = codes::code128(data.len(), area.width, profile.dots_per_mm)
            .ok_or(Misfit::CodeTooLong(i))?;
        let plain = PLAIN_MM * u32::from(profile.dots_per_mm);
        let height = area
            .height
            .checked_sub(plain)
            .filter(|height| *height >= plain);
        self.pieces.push(Piece::Code128 {
            x: area.x + fitted.left,
            y: area.y,
            module: fitted.module,
            height: height.ok_or(Misfit::NoRoom(i))?,
            data: data.to_owned(),
        });
        Ok(())
    }
}

/// An area in dots.
#[derive(Clone, Copy)]
struct Dots {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

impl Dots {
    fn of(area: &Area, dots_per_mm: u8) -> Self {
        Self {
            x: area.x.dots(dots_per_mm),
            y: area.y.dots(dots_per_mm),
            width: area.width.dots(dots_per_mm),
            height: area.height.dots(dots_per_mm),
        }
    }
}

/// One line at its place in the area.
fn piece(letters: Letters, area: Dots, y: u32, size: u32, look: &Text, text: String) -> Piece {
    let bold = look.bold;
    let room = area.width - letters.width(&text, size, bold);
    let x = area.x
        + match look.align {
            Align::Left => 0,
            Align::Centre => room / 2,
            Align::Right => room,
        };
    match letters {
        Letters::Drawn(font) => {
            let mut raster = Raster::text(&text, font, size);
            for _ in 0..if bold { heavier(size) } else { 0 } {
                raster = raster.bold();
            }
            Piece::Picture { x, y, raster }
        }
        Letters::Bitmap(_) => Piece::Line {
            x,
            y,
            size,
            bold,
            text,
            block: None,
        },
        // Only the printer knows how wide these letters are: it aligns them itself.
        Letters::Scalable(_) => Piece::Line {
            x: area.x,
            y,
            size,
            bold,
            text,
            block: Some((area.width, look.align)),
        },
    }
}

/// Whether a code's data can be written in the printer's language without becoming a command.
fn writable(data: &str, profile: &Profile) -> bool {
    !data.is_empty()
        && !data.chars().any(char::is_control)
        && match &profile.language {
            Language::Tspl { quotes, .. } => tspl::quoted(data.as_bytes(), *quotes).is_some(),
            Language::Zpl { .. } => true,
        }
}
