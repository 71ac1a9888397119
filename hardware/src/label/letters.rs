//! With which letters a text is printed: the printer's own, or drawn from the owner's font.

use ab_glyph::FontArc;

use super::profile::{BitmapFont, Characters, Language, Profile, ScalableFont};
use super::{tspl, zpl};
use crate::raster::{line_height, text_width};

/// Most times a bitmap font is magnified.
const MOST_TIMES: u32 = 10;

/// Text smaller than this is not read at arm's length: 2 mm.
const LEAST_MM: u32 = 2;

/// Letters of any kind, measured in dots. A size is the height of a Chinese character.
#[derive(Clone, Copy)]
pub(crate) enum Letters<'a> {
    Bitmap(&'a BitmapFont),
    Scalable(&'a ScalableFont),
    Drawn(&'a FontArc),
}

impl<'a> Letters<'a> {
    /// The printer's own letters, and what of a text they can show: a character that is missing becomes
    /// one that is not.
    pub(crate) fn own(text: &str, profile: &'a Profile) -> (Self, String) {
        match &profile.language {
            Language::Tspl { font, quotes, .. } => {
                (Self::Bitmap(font), tspl::shown(text, font, *quotes))
            }
            Language::Zpl { font } => (Self::Scalable(font), zpl::shown(text, font)),
        }
    }

    /// The sizes to try, from the one wanted down; at least one.
    pub(crate) fn sizes(self, wanted: u32, dots_per_mm: u8) -> Vec<u32> {
        match self {
            Self::Bitmap(font) => {
                let height = u32::from(font.height.max(1));
                let times = (wanted / height).clamp(1, MOST_TIMES);
                (1..=times).rev().map(|times| times * height).collect()
            }
            Self::Scalable(_) | Self::Drawn(_) => {
                let least = LEAST_MM * u32::from(dots_per_mm);
                (least..=wanted.max(least)).rev().collect()
            }
        }
    }

    /// What shows that text does not end here.
    pub(crate) fn mark(self) -> &'static str {
        match self {
            Self::Bitmap(font) if font.characters == Characters::Ascii => "...",
            Self::Scalable(font) if font.file.is_none() => "...",
            _ => "…",
        }
    }

    /// Dots from one line to the next.
    pub(crate) fn line(self, size: u32) -> u32 {
        match self {
            Self::Bitmap(_) | Self::Scalable(_) => size + size / 8,
            Self::Drawn(_) => line_height(size),
        }
    }

    /// Dots that a line of text takes across.
    pub(crate) fn width(self, text: &str, size: u32, bold: bool) -> u32 {
        let heavier = if bold { heavier(size) } else { 0 };
        heavier
            + match self {
                Self::Bitmap(font) => {
                    let times = size / u32::from(font.height.max(1));
                    let columns = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 });
                    columns.sum::<u32>() * u32::from(font.width) * times
                }
                Self::Scalable(_) => {
                    let thousandths: u32 = text.chars().map(zpl::thousandths).sum();
                    (thousandths * size).div_ceil(1000)
                }
                Self::Drawn(font) => text_width(text, font, size),
            }
    }
}

/// How many dots bold letters of a size are heavier.
pub(crate) fn heavier(size: u32) -> u32 {
    size.div_ceil(32)
}
