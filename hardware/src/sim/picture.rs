//! A slip as a picture, a dot a pixel.

use ab_glyph::{Font, FontArc, PxScale, ScaleFont, point};

use super::bars::Bars;
use super::paper::{Cell, LARGE_LINE_DOTS, LINE_DOTS, Slip, Strip, qr};
use crate::raster::Raster;

const MARGIN: u32 = 16;
const COLUMN: u32 = 12;
const GLYPH: f32 = 24.0;
const LARGE: f32 = 44.0 / GLYPH;

struct Picture {
    width: u32,
    pixels: Vec<u8>,
}

impl Picture {
    fn ink(&mut self, x: u32, y: u32, coverage: f32) {
        let i = (y * self.width + x) as usize;
        if let (true, Some(pixel)) = (x < self.width, self.pixels.get_mut(i)) {
            *pixel = (*pixel).min((255.0 * (1.0 - coverage.clamp(0.0, 1.0))) as u8);
        }
    }

    fn cell(&mut self, font: &FontArc, cell: Cell, x: u32, y: u32) {
        // The em square fills the cell; Latin letters are wider than half of it.
        let em = font.height_unscaled() / font.units_per_em().unwrap_or(1000.0) * GLYPH;
        let id = font.glyph_id(cell.c);
        let width = cell.columns() as f32 * COLUMN as f32;
        // What hangs below the base line of a large letter is within its cell.
        let (high, base) = if cell.high {
            (LARGE * em, 38.0)
        } else {
            (em, 21.0)
        };
        let wide = if cell.wide { LARGE * em } else { em };
        let advance = font.as_scaled(PxScale::from(wide)).h_advance(id);
        let squeeze = (width / advance).min(1.0);
        let scale = PxScale {
            x: wide * squeeze,
            y: high,
        };
        let left = (x as f32 + (width - advance * squeeze) / 2.0).max(0.0);
        for shift in 0..=u32::from(cell.bold) {
            let place = point(left + shift as f32, y as f32 + base);
            let Some(outline) = font.outline_glyph(id.with_scale_and_position(scale, place)) else {
                return;
            };
            let bounds = outline.px_bounds();
            outline.draw(|dx, dy, coverage| {
                let x = bounds.min.x.max(0.0) as u32 + dx;
                self.ink(x, bounds.min.y.max(0.0) as u32 + dy, coverage);
            });
        }
    }

    fn line(&mut self, font: &FontArc, cells: &[Cell], align: u8, y: u32) {
        let high = cells.iter().any(|cell| cell.high);
        // All stand on one line, and what is left is below.
        let bottom = y + if high { LARGE_LINE_DOTS } else { GLYPH as u32 };
        let columns: usize = cells.iter().map(|cell| cell.columns()).sum();
        let columns = u32::try_from(columns).unwrap_or(0);
        let mut x = indent(self.width, columns * COLUMN, align);
        for &cell in cells {
            let high = if cell.high { 2 } else { 1 } * GLYPH as u32;
            self.cell(font, cell, x, bottom - high);
            x += u32::try_from(cell.columns()).unwrap_or(0) * COLUMN;
        }
    }

    fn raster(&mut self, raster: &Raster, align: u8, y: u32) {
        let left = indent(self.width, raster.width, align);
        let dots = (0..raster.height).flat_map(|y| (0..raster.width).map(move |x| (x, y)));
        for (dx, dy) in dots.filter(|(x, y)| raster.is_black(*x, *y)) {
            self.ink(left + dx, y + dy, 1.0);
        }
    }

    fn bars(&mut self, bars: &Bars, module: u32, height: u32, left: u32, y: u32) {
        let mut x = left;
        for (i, width) in bars.widths.iter().enumerate() {
            let width = u32::from(*width) * module;
            if i % 2 == 0 {
                for dot in 0..width * height {
                    self.ink(x + dot % width, y + dot / width, 1.0);
                }
            }
            x += width;
        }
    }

    fn qr(&mut self, data: &[u8], module: u32, align: u8, y: u32) {
        let Some(code) = qr(data) else { return };
        let side = u32::try_from(code.width()).unwrap_or(0);
        let left = indent(self.width, side * module, align);
        for (i, colour) in code.to_colors().into_iter().enumerate() {
            let i = u32::try_from(i).unwrap_or(0);
            let (x, y) = (left + i % side * module, y + i / side * module);
            if colour == qrcode::Color::Dark {
                for dot in 0..module * module {
                    self.ink(x + dot % module, y + dot / module, 1.0);
                }
            }
        }
    }
}

fn indent(width: u32, content: u32, align: u8) -> u32 {
    let room = width.saturating_sub(content);
    [0, room / 2, room][usize::from(align.min(2))]
}

/// A slip as a grey PNG `width` dots wide.
pub(crate) fn png(slip: &Slip, width: u32, font: &FontArc) -> Vec<u8> {
    let height = 2 * MARGIN + slip.strips.iter().map(Strip::dots).sum::<u32>();
    let mut picture = Picture {
        width,
        pixels: vec![255; (width * height) as usize],
    };
    let mut y = MARGIN;
    for strip in &slip.strips {
        match strip {
            Strip::Text { cells, align } => picture.line(font, cells, *align, y),
            Strip::Picture { raster, align } => picture.raster(raster, *align, y),
            Strip::Barcode {
                bars,
                module,
                height,
                hri,
                align,
            } => {
                let text: Vec<Cell> = bars.text.chars().map(Cell::plain).collect();
                let (module, height) = (u32::from(*module), u32::from(*height));
                let left = indent(width, bars.modules() * module, *align);
                let above = if hri & 1 != 0 { LINE_DOTS } else { 0 };
                if hri & 1 != 0 {
                    picture.line(font, &text, *align, y);
                }
                picture.bars(bars, module, height, left, y + above);
                if hri & 2 != 0 {
                    picture.line(
                        font,
                        &text,
                        *align,
                        y + above + height + (LINE_DOTS - GLYPH as u32),
                    );
                }
            }
            Strip::Qr {
                data,
                module,
                align,
            } => picture.qr(data, u32::from(*module), *align, y),
        }
        y += strip.dots();
    }
    encode(&picture, height)
}

fn encode(picture: &Picture, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&picture.pixels));
    written.expect("a picture of the size it says, written to memory");
    file
}
