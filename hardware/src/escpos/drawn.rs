//! Lines drawn from a font, in the columns, the height and the weight of the printer's own lines.

use ab_glyph::{Font, FontArc, GlyphId, PxScale, ScaleFont, point};

use super::document::Align;
use super::profile::{COLUMN_DOTS, LARGE_LINE_DOTS, LINE_DOTS, Profile};
use super::text::{GETA, printable, width};
use crate::raster::Raster;

/// Dots of the em, and how far down its base line is; a large line has no white below it, so that
/// what hangs below the base line needs room in its 48 dots.
const EM: f32 = 24.0;
const BASE: f32 = 21.0;
const LARGE_EM: f32 = 44.0;
const LARGE_BASE: f32 = 38.0;
/// A dot is black from this coverage on; thin strokes stay whole.
const BLACK: f32 = 0.45;
/// White left between two letters squeezed into their columns.
const BETWEEN: f32 = 1.0;

/// How a line is to look.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) align: Align,
    pub(crate) bold: bool,
    pub(crate) large: bool,
}

/// A text as pictures, a line each, broken where the paper ends; each as wide as its text, in whole
/// bytes, so that ESC a places it like a line of letters.
pub(crate) fn lines(text: &str, look: Look, profile: &Profile, font: &FontArc) -> Vec<Raster> {
    let size = if look.large { 2 } else { 1 };
    let room = (usize::from(profile.columns) / size).max(2);
    let mut lines = vec![(Vec::new(), 0)];
    for c in printable(text) {
        let columns = width(c, profile);
        if lines.last().is_some_and(|(_, used)| used + columns > room) {
            lines.push((Vec::new(), 0));
        }
        if let Some((cells, used)) = lines.last_mut() {
            cells.push((c, columns));
            *used += columns;
        }
    }
    let line = |(cells, used): (Vec<_>, usize)| line(&cells, used, look, font);
    lines.into_iter().map(line).collect()
}

fn line(cells: &[(char, usize)], columns: usize, look: Look, font: &FontArc) -> Raster {
    let size = if look.large { 2 } else { 1 };
    let dots = |columns: usize| u32::try_from(columns).unwrap_or(0) * COLUMN_DOTS * size;
    let whole = dots(columns).next_multiple_of(8);
    let spare = whole - dots(columns);
    let mut x = match look.align {
        Align::Left => 0,
        Align::Centre => spare / 2,
        Align::Right => spare,
    };
    let height = if look.large {
        LARGE_LINE_DOTS
    } else {
        LINE_DOTS
    };
    let mut picture = Raster::white(whole, height);
    for &(c, columns) in cells {
        letter(&mut picture, font, c, (x, dots(columns)), look);
        x += dots(columns);
    }
    picture
}

/// Draws a letter in the middle of its columns, squeezed where it is too wide for them.
fn letter(picture: &mut Raster, font: &FontArc, c: char, (x, room): (u32, u32), look: Look) {
    let (em, base) = match look.large {
        true => (LARGE_EM, LARGE_BASE),
        false => (EM, BASE),
    };
    let id = match font.glyph_id(c) {
        GlyphId(0) => font.glyph_id(GETA),
        id => id,
    };
    let em = font.height_unscaled() / font.units_per_em().unwrap_or(1000.0) * em;
    let wide = font.as_scaled(PxScale::from(em)).h_advance(id);
    // A sign with white around it, such as a quote, is moved together; a wide letter is squeezed.
    let natural = font.outline_glyph(id.with_scale(em));
    let ink = natural.map_or(0.0..0.0, |glyph| {
        let bounds = glyph.px_bounds();
        bounds.min.x..bounds.max.x
    });
    let (room, x) = (room as f32, x as f32);
    let inked = ink.end - ink.start;
    let (squeeze, left) = if wide <= room {
        (1.0, (room - wide) / 2.0)
    } else if inked <= room {
        (1.0, (room - inked) / 2.0 - ink.start)
    } else {
        ((room - BETWEEN) / wide, BETWEEN / 2.0)
    };
    let scale = PxScale {
        x: em * squeeze,
        y: em,
    };
    let place = point((x + left).round(), base);
    let Some(outline) = font.outline_glyph(id.with_scale_and_position(scale, place)) else {
        return;
    };
    let corner = outline.px_bounds().min;
    outline.draw(|dx, dy, coverage| {
        let (x, y) = (corner.x + dx as f32, corner.y + dy as f32);
        if coverage >= BLACK && x >= 0.0 && y >= 0.0 {
            for heavier in 0..=u32::from(look.bold) {
                picture.blacken(x as u32 + heavier, y as u32);
            }
        }
    });
}
