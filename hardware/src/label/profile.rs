//! What a make of label printer can do; chosen by a person (hardware.md §8).

use std::borrow::Cow;
use std::time::Duration;

use crate::link::serial::Flow;

/// One make of label printer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Its name in settings.
    pub name: &'static str,
    /// Dots a millimetre: 8 at 203 dpi, 12 at 300 dpi.
    pub dots_per_mm: u8,
    /// Dots across the head.
    pub head_dots: u16,
    /// Whether labels come out with their lower edge first.
    pub upside_down: bool,
    /// What it speaks.
    pub language: Language,
    /// The usual handshake. Never XON/XOFF with one-byte status: 11 and 13 are status bytes too.
    pub flow: Flow,
    /// The least that it takes to answer again once it has lost its power, however short that was; no maker
    /// says. One that was heard less than that ago never lost it.
    pub restart: Duration,
}

/// A printer's command language, and what of it differs between makes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Language {
    /// TSPL or TSPL2 (§8.1).
    Tspl {
        /// The font for text.
        font: BitmapFont,
        /// What becomes of a quotation mark within text.
        quotes: Quotes,
        /// Which question it answers.
        status: TsplStatus,
    },
    /// ZPL II (§8.2).
    Zpl {
        /// The font for text.
        font: ScalableFont,
    },
}

/// A TSPL font of fixed dots, magnified in whole steps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BitmapFont {
    /// Its name on the printer; no quotation marks.
    pub name: Cow<'static, str>,
    /// Dots of an ASCII character across; a Chinese one takes two.
    pub width: u8,
    /// Dots of a character from top to bottom.
    pub height: u8,
    /// The characters it has.
    pub characters: Characters,
}

/// The characters a TSPL font has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Characters {
    /// ASCII only.
    Ascii,
    /// ASCII and the 7,445 of GB 2312; many rare characters in names are missing.
    Gb2312,
    /// ASCII and all two-byte codes of GBK.
    Gbk,
}

/// What becomes of a quotation mark within TSPL text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quotes {
    /// It is written `\["]`, as the makers' manuals say.
    Escaped,
    /// This printer has no escape: text with such a mark is drawn, or gets another mark.
    Never,
}

/// The status question a TSPL printer answers (§8.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TsplStatus {
    /// `ESC ! ?`, one byte.
    OneByte,
    /// `ESC ! S`, eight bytes; newer firmware.
    EightBytes,
}

/// A ZPL font of any size.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScalableFont {
    /// A TrueType file on the printer with Chinese characters, such as `E:SIMSUN.TTF`; the built-in
    /// font 0, which has only Western ones, where there is none.
    pub file: Option<Cow<'static, str>>,
}

impl Profile {
    /// A 203 dpi TSPL printer with simplified Chinese, as sold under many names.
    #[must_use]
    pub fn tspl_203dpi() -> Self {
        Self {
            name: "tspl-203dpi",
            dots_per_mm: 8,
            head_dots: 832,
            upside_down: false,
            language: Language::Tspl {
                font: BitmapFont {
                    name: Cow::Borrowed("TSS24.BF2"),
                    width: 12,
                    height: 24,
                    characters: Characters::Gbk,
                },
                quotes: Quotes::Escaped,
                status: TsplStatus::OneByte,
            },
            flow: Flow::Hardware,
            restart: Duration::from_millis(500),
        }
    }

    /// A 203 dpi TSPL2 printer without Chinese characters and with the longer status.
    #[must_use]
    pub fn tspl2_203dpi_western() -> Self {
        Self {
            name: "tspl2-203dpi-western",
            language: Language::Tspl {
                font: BitmapFont {
                    name: Cow::Borrowed("2"),
                    width: 12,
                    height: 20,
                    characters: Characters::Ascii,
                },
                quotes: Quotes::Escaped,
                status: TsplStatus::EightBytes,
            },
            ..Self::tspl_203dpi()
        }
    }

    /// A 203 dpi ZPL printer with its built-in font.
    #[must_use]
    pub fn zpl_203dpi() -> Self {
        Self {
            name: "zpl-203dpi",
            language: Language::Zpl {
                font: ScalableFont { file: None },
            },
            ..Self::tspl_203dpi()
        }
    }

    /// A 300 dpi ZPL printer with its built-in font.
    #[must_use]
    pub fn zpl_300dpi() -> Self {
        Self {
            name: "zpl-300dpi",
            dots_per_mm: 12,
            head_dots: 1248,
            ..Self::zpl_203dpi()
        }
    }

    /// Every profile.
    #[must_use]
    pub fn all() -> [Self; 4] {
        [
            Self::tspl_203dpi(),
            Self::tspl2_203dpi_western(),
            Self::zpl_203dpi(),
            Self::zpl_300dpi(),
        ]
    }

    /// The profile of that name in settings.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|profile| profile.name == name)
    }

    /// The names of the makes that speak ZPL, or of those that speak TSPL; the commonest first.
    #[must_use]
    pub fn names_of(zpl: bool) -> Vec<&'static str> {
        let speaks = |profile: &Self| matches!(profile.language, Language::Zpl { .. }) == zpl;
        let those = Self::all().into_iter().filter(speaks);
        those.map(|profile| profile.name).collect()
    }

    /// The names that settings may use.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        Self::all().map(|profile| profile.name).to_vec()
    }
}
