//! A slip as a picture, a dot a pixel.

use ab_glyph::{Font, FontArc, PxScale, ScaleFont, point};

use super::paper::{Cell, LINE_DOTS, Slip, Strip, qr};

const MARGIN: u32 = 16;
const COLUMN: u32 = 12;
const GLYPH: f32 = 24.0;

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
        let narrow = if cell.c.is_ascii() { 0.85 } else { 0.95 };
        let scale = PxScale {
            x: if cell.wide { 2.0 } else { 1.0 } * em * narrow,
            y: if cell.high { 2.0 } else { 1.0 } * em * 0.95,
        };
        let scaled = font.as_scaled(scale);
        let id = font.glyph_id(cell.c);
        let width = cell.columns() as f32 * COLUMN as f32;
        let left = (x as f32 + (width - scaled.h_advance(id)) / 2.0).max(0.0);
        let up = 0.85 * if cell.high { 2.0 * GLYPH } else { GLYPH };
        for shift in 0..=u32::from(cell.bold) {
            let place = point(left + shift as f32, y as f32 + up);
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
            Strip::Text { cells, align } => {
                let columns: usize = cells.iter().map(|cell| cell.columns()).sum();
                let columns = u32::try_from(columns).unwrap_or(0);
                let mut x = indent(width, columns * COLUMN, *align);
                let bottom = y + strip.dots() - (LINE_DOTS - GLYPH as u32);
                for &cell in cells {
                    let high = if cell.high { 2 } else { 1 } * GLYPH as u32;
                    picture.cell(font, cell, x, bottom - high);
                    x += u32::try_from(cell.columns()).unwrap_or(0) * COLUMN;
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
