//! A label as it came out: what it says, and how it looks.

use ab_glyph::FontArc;

use super::bars;
use crate::label::Spacing;
use crate::raster::Raster;
use crate::sim::paper;

/// One thing drawn, in dots from the upper left corner.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// Text in a font of fixed dots: an ASCII character `width` dots wide, a Chinese one twice that.
    Grid {
        x: u32,
        y: u32,
        width: u32,
        height: u32,
        text: String,
    },
    /// Text in a font of any size.
    Scaled {
        x: u32,
        y: u32,
        height: u32,
        text: String,
        /// The width it is aligned in, to the (R)ight or in the (C)entre.
        block: Option<(u32, char)>,
    },
    /// A picture.
    Dots { x: u32, y: u32, raster: Raster },
    /// A QR code.
    Qr {
        x: u32,
        y: u32,
        module: u32,
        data: Vec<u8>,
    },
    /// A CODE128 bar code.
    Bars {
        x: u32,
        y: u32,
        module: u32,
        height: u32,
        data: String,
    },
}

/// Things on one label: more has no room in a printer.
const MOST_ITEMS: usize = 1_000;
/// A picture of more bytes, or pictures of more together, have no room in it.
pub(super) const LARGEST_PICTURE: usize = 1 << 22;
/// The largest number of a place or a size, in dots.
pub(super) const FARTHEST: u32 = 32_000;

/// Puts one more thing on a label; `None` where there is no room for it.
pub(super) fn put(items: &mut Vec<Item>, item: Item) -> Option<()> {
    let bytes = |item: &Item| match item {
        Item::Dots { raster, .. } => raster.bits.len(),
        _ => 0,
    };
    let drawn: usize = items.iter().chain([&item]).map(bytes).sum();
    (items.len() < MOST_ITEMS && drawn <= LARGEST_PICTURE).then(|| items.push(item))
}

/// A label that came out.
#[derive(Clone, PartialEq, Eq)]
pub struct Sheet {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) spacing: Option<Spacing>,
    pub(super) items: Vec<Item>,
    torn: Option<u32>,
}

/// Wider and longer than any label, in dots: half a metre, four metres.
const LARGEST: (u32, u32) = (4_096, 32_768);

impl Sheet {
    /// A label as it is told to be, within what a head and a roll can do.
    pub(super) fn new(width: u32, height: u32, spacing: Option<Spacing>, items: Vec<Item>) -> Self {
        Self {
            width: width.min(LARGEST.0),
            height: height.min(LARGEST.1),
            spacing,
            items,
            torn: None,
        }
    }

    /// Only so many dots of it came out.
    pub(super) fn torn(self, out: u32) -> Self {
        let torn = Some(out);
        Self { torn, ..self }
    }

    /// Whether all of it is on paper.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.torn.is_none()
    }

    /// What it says, an element a line; a picture as its place and size.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut last = None;
        for item in &self.items {
            let line = match item {
                Item::Grid { text, y, .. } | Item::Scaled { text, y, .. } => {
                    // Printed twice, a little to the right: bold.
                    if last.replace((text, y)) == Some((text, y)) {
                        continue;
                    }
                    text.clone()
                }
                Item::Dots { x, y, raster } => {
                    format!("[{} × {} dots at {x}, {y}]", raster.width, raster.height)
                }
                Item::Qr { data, .. } => format!("[QR {}]", String::from_utf8_lossy(data)),
                Item::Bars { data, .. } => format!("[128 {data}]"),
            };
            lines.push(line);
        }
        if let Some(out) = self.torn {
            lines.push(format!("[torn after {out} dots]"));
        }
        lines.join("\n")
    }

    /// How it looks, a dot a dot; `font` stands in for the printer's own.
    #[must_use]
    pub fn picture(&self, font: &FontArc) -> Raster {
        let mut picture = Raster::white(self.width, self.torn.unwrap_or(self.height));
        for item in &self.items {
            match item {
                Item::Grid {
                    x,
                    y,
                    width,
                    height,
                    text,
                } => {
                    let mut x = *x;
                    for c in text.chars() {
                        let cell = if c.is_ascii() { *width } else { 2 * width };
                        glyph(&mut picture, c, font, (x, *y, cell, *height));
                        x += cell;
                    }
                }
                Item::Scaled {
                    x,
                    y,
                    height,
                    text,
                    block,
                } => {
                    // As many letters as the label has room for at their narrowest.
                    let most = 4 * picture.width / (*height).max(1) + 4;
                    let shown: String = text.chars().take(most as usize).collect();
                    // Smaller, as font 0 is narrower than what stands in for it.
                    let drawn = Raster::text(&shown, font, 4 * height / 5);
                    let room = |width: u32| width.saturating_sub(drawn.width);
                    let left = match block {
                        Some((width, 'R')) => room(*width),
                        Some((width, 'C')) => room(*width) / 2,
                        _ => 0,
                    };
                    let place = (x + left, *y, drawn.width, drawn.height);
                    stamp(&mut picture, &drawn, place);
                }
                Item::Dots { x, y, raster } => {
                    stamp(&mut picture, raster, (*x, *y, raster.width, raster.height));
                }
                Item::Qr { x, y, module, data } => {
                    let Some(code) = paper::qr(data) else {
                        continue;
                    };
                    let side = u32::try_from(code.width()).unwrap_or(0);
                    let mut dots = Raster::white(side, side);
                    for (i, colour) in code.to_colors().into_iter().enumerate() {
                        let i = u32::try_from(i).unwrap_or(0);
                        if colour == qrcode::Color::Dark {
                            dots.blacken(i % side, i / side);
                        }
                    }
                    let side = side * module;
                    stamp(&mut picture, &dots, (*x, *y, side, side));
                }
                Item::Bars {
                    x,
                    y,
                    module,
                    height,
                    data,
                } => {
                    let modules = bars::modules(data);
                    let n = u32::try_from(modules.len()).unwrap_or(0);
                    let mut dots = Raster::white(n, 1);
                    for (at, _) in (0..).zip(&modules).filter(|(_, black)| **black) {
                        dots.blacken(at, 0);
                    }
                    stamp(&mut picture, &dots, (*x, *y, n * module, *height));
                    let plain = Raster::text(data, font, 20);
                    let left = x + (n * module).saturating_sub(plain.width) / 2;
                    let place = (left, y + height + 2, plain.width, plain.height);
                    stamp(&mut picture, &plain, place);
                }
            }
        }
        picture
    }

    /// How it looks as a grey PNG, a dot a pixel.
    #[must_use]
    pub fn png(&self, font: &FontArc) -> Vec<u8> {
        let picture = self.picture(font);
        let all = (0..picture.height).flat_map(|y| (0..picture.width).map(move |x| (x, y)));
        let pixels: Vec<u8> = all
            .map(|(x, y)| if picture.is_black(x, y) { 0 } else { 255 })
            .collect();
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, picture.width.max(1), picture.height.max(1));
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        let written = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&pixels));
        written.expect("a picture of the size it says, written to memory");
        file
    }
}

/// One character in its cell, narrower if it must be.
fn glyph(
    picture: &mut Raster,
    c: char,
    font: &FontArc,
    (x, y, cell, height): (u32, u32, u32, u32),
) {
    let drawn = Raster::text(&c.to_string(), font, height);
    let width = drawn.width.min(cell);
    let place = (
        x + (cell - width) / 2,
        y.saturating_sub(height / 8),
        width,
        drawn.height,
    );
    stamp(picture, &drawn, place);
}

/// Draws black dots over a picture, stretched to a width and a height.
fn stamp(picture: &mut Raster, dots: &Raster, (x, y, width, height): (u32, u32, u32, u32)) {
    for (dx, dy) in (0..height).flat_map(|dy| (0..width).map(move |dx| (dx, dy))) {
        if dots.is_black(dx * dots.width / width, dy * dots.height / height) {
            picture.blacken(x + dx, y + dy);
        }
    }
}
