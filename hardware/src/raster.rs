//! Text as black and white dots, for printers that do not have its characters in a font of their own.

use std::fmt;

use ab_glyph::{Font, FontArc, Glyph, GlyphId, PxScale, ScaleFont, point};

use crate::escpos::encode::GETA;

/// A dot is black from this coverage on. Below a half, so that thin strokes stay whole.
const BLACK: f32 = 0.42;

/// A picture of black and white dots. `Debug` hides what it shows.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Raster {
    /// Dots in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Row by row from the top, [`Raster::row_bytes`] bytes each, the leftmost dot in the highest
    /// bit, 1 for black; what fills up a row's last byte is white.
    pub bits: Vec<u8>,
}

impl Raster {
    /// A white picture.
    #[must_use]
    pub fn white(width: u32, height: u32) -> Self {
        let bytes = width.div_ceil(8) as usize * height as usize;
        Self {
            width,
            height,
            bits: vec![0; bytes],
        }
    }

    /// One line of text; a Chinese character is `size` dots wide.
    ///
    /// The picture is [`line_height`] dots high and as wide as [`text_width`] says. Control
    /// characters are left out; a character that the font does not have becomes 〓.
    #[must_use]
    pub fn text(text: &str, font: &FontArc, size: u32) -> Self {
        let (glyphs, width) = placed(text, font, size);
        let mut raster = Self::white(width, line_height(size));
        for glyph in glyphs {
            raster.draw(font, glyph);
        }
        raster
    }

    /// The same, one dot heavier to the right.
    #[must_use]
    pub fn bold(&self) -> Self {
        let mut bold = Self::white(self.width + 1, self.height);
        for y in 0..self.height {
            for x in (0..self.width).filter(|x| self.is_black(*x, y)) {
                bold.blacken(x, y);
                bold.blacken(x + 1, y);
            }
        }
        bold
    }

    /// Bytes in a row.
    #[must_use]
    pub fn row_bytes(&self) -> usize {
        self.width.div_ceil(8) as usize
    }

    /// Whether a dot is black; outside the picture all is white.
    #[must_use]
    pub fn is_black(&self, x: u32, y: u32) -> bool {
        let byte = self.place(x, y).and_then(|at| self.bits.get(at));
        byte.is_some_and(|byte| byte & (0x80 >> (x % 8)) != 0)
    }

    /// Makes a dot black, if it is within the picture.
    pub fn blacken(&mut self, x: u32, y: u32) {
        let at = self.place(x, y);
        if let Some(byte) = at.and_then(|at| self.bits.get_mut(at)) {
            *byte |= 0x80 >> (x % 8);
        }
    }

    fn place(&self, x: u32, y: u32) -> Option<usize> {
        let inside = x < self.width && y < self.height;
        inside.then(|| y as usize * self.row_bytes() + (x / 8) as usize)
    }

    fn draw(&mut self, font: &FontArc, glyph: Glyph) {
        let Some(outline) = font.outline_glyph(glyph) else {
            return;
        };
        let corner = outline.px_bounds().min;
        outline.draw(|dx, dy, coverage| {
            let (x, y) = (corner.x + dx as f32, corner.y + dy as f32);
            if coverage >= BLACK && x >= 0.0 && y >= 0.0 {
                self.blacken(x as u32, y as u32);
            }
        });
    }
}

impl fmt::Debug for Raster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raster({} × {})", self.width, self.height)
    }
}

/// How many dots wide a line of text is where a Chinese character is `size` dots wide.
#[must_use]
pub fn text_width(text: &str, font: &FontArc, size: u32) -> u32 {
    placed(text, font, size).1
}

/// How many dots high a line is: a quarter more than a Chinese character, for what hangs below.
#[must_use]
pub fn line_height(size: u32) -> u32 {
    size + size.div_ceil(4)
}

/// The glyphs of a line where they stand, and the width of all with what hangs over at both ends.
fn placed(text: &str, font: &FontArc, size: u32) -> (Vec<Glyph>, u32) {
    let em = font.units_per_em().unwrap_or(1000.0);
    let scale = PxScale::from(font.height_unscaled() / em * size as f32);
    let scaled = font.as_scaled(scale);
    let mut glyphs = Vec::new();
    let mut x = 0.0;
    for c in text.chars().filter(|c| !c.is_control()) {
        let id = match font.glyph_id(c) {
            GlyphId(0) => font.glyph_id(GETA),
            id => id,
        };
        // Accents reach to 0.95 em above the base line, descenders to 0.24 em below it.
        glyphs.push(id.with_scale_and_position(scale, point(x, size as f32)));
        x += scaled.h_advance(id);
    }
    let ink = |glyph: Option<&Glyph>| font.outline_glyph(glyph?.clone()).map(|o| o.px_bounds());
    let left = ink(glyphs.first()).map_or(0.0, |ink| ink.min.x.min(0.0));
    let right = ink(glyphs.last()).map_or(x, |ink| ink.max.x.max(x));
    for glyph in &mut glyphs {
        glyph.position.x -= left;
    }
    (glyphs, (right - left).ceil() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font() -> FontArc {
        let font = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../ui/fonts/NotoSansSC-Regular.ttf"
        );
        FontArc::try_from_vec(std::fs::read(font).expect("the shipped font is in the repository"))
            .expect("the shipped font is a font")
    }

    fn ink(raster: &Raster) -> u32 {
        raster.bits.iter().map(|byte| byte.count_ones()).sum()
    }

    #[test]
    fn a_chinese_character_is_as_wide_as_the_size_says() {
        let raster = Raster::text("访客", &font(), 24);
        assert_eq!((raster.width, raster.height), (48, 30));
        assert_eq!(raster.bits.len(), 6 * 30);
        assert!((100..600).contains(&ink(&raster)), "{}", ink(&raster));
    }

    #[test]
    fn nothing_is_cut_off_above_below_or_beside() {
        let text = "jÅ访ÄgpqQß国j";
        for size in [16, 24, 48, 96] {
            let (glyphs, width) = placed(text, &font(), size);
            let height = line_height(size);
            let mut roomy = Raster::white(width + 8, height + 8);
            for mut glyph in glyphs {
                glyph.position += point(4.0, 4.0);
                roomy.draw(&font(), glyph);
            }
            for (x, y) in (0..height + 8).flat_map(|y| (0..width + 8).map(move |x| (x, y))) {
                let within = (4..width + 4).contains(&x) && (4..height + 4).contains(&y);
                assert!(within || !roomy.is_black(x, y), "{x},{y} at {size} dots");
            }
        }
    }

    #[test]
    fn what_the_font_does_not_have_is_a_geta_mark_and_controls_are_nothing() {
        let geta = Raster::text("〓", &font(), 24);
        assert_eq!(Raster::text("\u{10FFFF}", &font(), 24), geta);
        assert_eq!(Raster::text("\n\u{1B}〓\u{7F}", &font(), 24), geta);
        assert!(ink(&geta) > 20);
        let nothing = Raster::text("", &font(), 24);
        assert_eq!((nothing.width, nothing.bits.len()), (0, 0));
    }

    #[test]
    fn bold_keeps_every_dot_and_adds_one_to_the_right() {
        let plain = Raster::text("访客证 Visitor", &font(), 24);
        let bold = plain.bold();
        assert!(ink(&bold) > ink(&plain));
        for (x, y) in (0..plain.height).flat_map(|y| (0..bold.width).map(move |x| (x, y))) {
            let before = x > 0 && plain.is_black(x - 1, y);
            assert_eq!(bold.is_black(x, y), plain.is_black(x, y) || before);
        }
    }
}
